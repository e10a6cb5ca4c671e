//! `gendan pack labels`: carton labels and shipping marks with barcodes, one
//! for every carton.

mod cartons;
mod json;
mod label;
mod marks;
mod sheets;

use std::str::FromStr;

use clap::{Args, ValueEnum};

use self::cartons::Cartons;
use self::label::Maker;
use crate::args::Inputs;
use crate::commands::pack::no_carton_list;
use crate::commands::{Context, Run};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::report::barcode::Symbology;
use crate::report::{InputRead, Report, appendix, labels};

/// What a label is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum Size {
    /// A page of 105 × 148 mm for each.
    #[default]
    A6,
    /// A page of 4 × 6 inches for each.
    #[value(name = "4x6")]
    FourBySix,
    /// Four on a page of A4.
    A4,
}

/// A barcode that labels carry, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    symbology: Symbology,
    /// The text, with `{po}`, `{number}` and the like; `None`: the usual one.
    text: Option<String>,
}

/// Print carton labels and shipping marks with barcodes
#[derive(Debug, Args)]
pub struct Labels {
    #[command(flatten)]
    inputs: Inputs,
    /// What they are printed on: a6, 4x6 or a4 (four to a page)
    #[arg(long, value_name = "SIZE", value_enum, default_value_t)]
    size: Size,
    /// A barcode to print: sscc, code128, qr, ean13=DIGITS, itf14=DIGITS; a text after = may hold {po}, {style}, {colour}, {size}, {number}, {sscc}
    #[arg(long, value_name = "BARCODE")]
    barcode: Vec<Wanted>,
    /// Who the cartons are for, as the main mark names them
    #[arg(long, value_name = "NAME")]
    consignee: Option<String>,
    /// Where the goods were made
    #[arg(long, value_name = "COUNTRY", default_value = "CHINA")]
    origin: String,
    /// The carton numbers to print, such as 7 or 20-35; all if none is named
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',')]
    number: Vec<Numbers>,
    /// The serial number of the first SSCC, instead of that in gendan.toml
    #[arg(long, value_name = "NUMBER")]
    serial: Option<u64>,
}

impl Run for Labels {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let settings = &context.settings.labels;
        let wants_sscc = self.barcode.iter().any(|wanted| wanted.symbology == Symbology::Sscc);
        if wants_sscc && settings.company_prefix.is_none() {
            return Err(Finding::of(codes::NO_COMPANY_PREFIX).into());
        }
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let cartons = Cartons::of(&reading, context);
        if cartons.lists.is_empty() {
            return Err(no_carton_list(&reading.findings));
        }
        let maker = Maker {
            settings,
            wanted: &self.barcode,
            consignee: self.consignee.as_deref(),
            origin: &self.origin,
            numbers: &self.number,
            first_serial: self.serial.unwrap_or(settings.next_serial),
        };
        let made = maker.labels(&cartons.lists)?;
        if made.labels.is_empty()
            && let Some(numbers) = self.number.first()
        {
            let found = format!("{}-{}", numbers.from, numbers.to);
            let finding = Finding::of(codes::BAD_ARGUMENT).with("argument", "--number");
            return Err(finding.with("found", found).into());
        }

        let mut report = Report::new("pack-labels", labels::text(lang, "cartonlabel.title"), lang);
        for (read, rejected) in reading.tables.iter().zip(&cartons.rejected) {
            let rejected = u32::try_from(rejected.unwrap_or(0)).unwrap_or(u32::MAX);
            report.inputs.push(InputRead { rejected, ..InputRead::of(read) });
        }
        report.findings.extend(reading.findings);
        report.findings.extend(cartons.findings);
        if made.labels.len() > sheets::MOST {
            let finding = Finding::of(codes::LABELS_NOT_DRAWN)
                .with("count", made.labels.len())
                .with("limit", sheets::MOST);
            report.findings.push(finding);
        }
        report.sections = json::sections(&made);
        report.sheets.push(sheets::list(&made, lang));
        report.sheets.extend(sheets::pages(&made, self.size, lang));
        if let Some(next) = made.next_serial {
            let values = [("next", next.to_string())];
            let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
            report.notes.push(labels::fill(lang, "cartonlabel.next_serial", &values));
        }
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// Carton numbers from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Numbers {
    from: u32,
    to: u32,
}

/// What was written are no carton numbers.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("7, 20-35")]
struct NoNumbers;

impl FromStr for Numbers {
    type Err = NoNumbers;

    fn from_str(text: &str) -> Result<Self, NoNumbers> {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| NoNumbers);
        let numbers = Self { from: number(from)?, to: number(to)? };
        if numbers.from <= numbers.to { Ok(numbers) } else { Err(NoNumbers) }
    }
}

/// What was written is no barcode.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("sscc, code128, qr, ean13=DIGITS, itf14=DIGITS")]
struct NoBarcode;

impl FromStr for Wanted {
    type Err = NoBarcode;

    fn from_str(text: &str) -> Result<Self, NoBarcode> {
        let (name, text) = match text.split_once('=') {
            Some((name, text)) => (name, Some(text.to_owned())),
            None => (text, None),
        };
        let symbology = match name.to_ascii_lowercase().replace(['-', '_', ' '], "").as_str() {
            "sscc" | "gs1128" => Symbology::Sscc,
            "code128" => Symbology::Code128,
            "ean13" | "ean" => Symbology::Ean13,
            "itf14" | "itf" => Symbology::Itf14,
            "qr" => Symbology::Qr,
            _ => return Err(NoBarcode),
        };
        // An article's number is not to be guessed; a serial number is ours.
        let needs_text = matches!(symbology, Symbology::Ean13 | Symbology::Itf14);
        let wrong = needs_text && text.is_none() || symbology == Symbology::Sscc && text.is_some();
        if wrong { Err(NoBarcode) } else { Ok(Self { symbology, text }) }
    }
}
