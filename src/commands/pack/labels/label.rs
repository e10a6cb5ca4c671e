//! One label for every carton: its marks, its flags, its barcodes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::marks;
use super::{Numbers, Wanted};
use crate::engine::packing::{CartonKind, CartonRange, gs1};
use crate::error::Result;
use crate::finding::Finding;
use crate::records::packing::{About, CartonList, po_key};
use crate::report::barcode::{Symbology, barcode};
use crate::settings::LabelSettings;

/// What is written on a carton besides its marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(super) enum Flag {
    /// Several sizes, colours or styles, in no fixed ratio.
    Mixed,
    /// What was left over.
    Odd,
    /// More than one person should lift.
    Heavy,
}

impl Flag {
    /// Returns the word on the carton.
    pub(super) fn word(self) -> &'static str {
        match self {
            Flag::Mixed => "MIXED",
            Flag::Odd => "ODD CARTON",
            Flag::Heavy => "HEAVY",
        }
    }
}

/// A barcode of a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// What its bars mean.
    pub(super) symbology: Symbology,
    /// What they say.
    pub(super) text: String,
}

/// The label of one carton.
#[derive(Debug, Clone)]
pub(super) struct Label {
    /// The carton's number.
    pub(super) number: u32,
    /// The customer's order, if it is of one.
    pub(super) po: Option<Arc<str>>,
    /// Its serial shipping container code.
    pub(super) sscc: Option<String>,
    /// The lines of the main mark.
    pub(super) main: Vec<String>,
    /// The lines of the side mark.
    pub(super) side: Vec<String>,
    /// What is to be watched.
    pub(super) flags: Vec<Flag>,
    /// Its barcodes, the SSCC last: it stands lowest.
    pub(super) codes: Vec<Code>,
}

impl Label {
    /// Returns the lines of the main mark that do not tell its number.
    pub(super) fn unnumbered(&self) -> impl Iterator<Item = &str> {
        self.main.iter().map(String::as_str).filter(|line| !marks::is_number(line))
    }
}

/// All labels.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// The labels, in the order of the lists.
    pub(super) labels: Vec<Label>,
    /// The serial number after the last that was used.
    pub(super) next_serial: Option<u64>,
}

/// What labels are made by.
pub(super) struct Maker<'a> {
    pub(super) settings: &'a LabelSettings,
    pub(super) wanted: &'a [Wanted],
    pub(super) consignee: Option<&'a str>,
    pub(super) origin: &'a str,
    pub(super) first_serial: u64,
    /// The numbers to print; none: all.
    pub(super) numbers: &'a [Numbers],
}

/// The texts that placeholders stand for.
type Values = Vec<(&'static str, String)>;

impl Maker<'_> {
    /// Makes a label for every carton of the lists.
    ///
    /// # Errors
    ///
    /// A barcode that cannot be made: digits that are none, a serial number
    /// that does not fit.
    pub(super) fn labels(&self, lists: &[CartonList]) -> Result<Made> {
        let mut made = Made::default();
        let mut serial = self.first_serial;
        let together = together(lists);
        for list in lists {
            let alone = if names_orders(list) { None } else { Some(totals(list)) };
            let totals = alone.as_ref().unwrap_or(&together);
            for range in list.cartons.iter().map(|one| &one.range) {
                let total = totals.get(&order_key(range)).copied().unwrap_or(range.to);
                for number in range.from..=range.to {
                    // A number keeps its SSCC whatever others are printed.
                    if self.is_wanted(number) {
                        let label = self.label(range, &list.about, number, total, serial)?;
                        made.labels.push(label);
                    }
                    serial += u64::from(self.settings.company_prefix.is_some());
                }
            }
        }
        made.next_serial = (serial > self.first_serial).then_some(serial);
        Ok(made)
    }

    fn is_wanted(&self, number: u32) -> bool {
        let is = |one: &Numbers| (one.from..=one.to).contains(&number);
        self.numbers.is_empty() || self.numbers.iter().any(is)
    }

    fn label(
        &self,
        range: &CartonRange,
        about: &About,
        number: u32,
        total: u32,
        serial: u64,
    ) -> Result<Label> {
        let prefix = self.settings.company_prefix.as_deref();
        let sscc = prefix
            .map(|prefix| {
                let found = || format!("{prefix} + {serial}");
                gs1::sscc(self.settings.extension, prefix, serial)
                    .ok_or_else(|| bad("SSCC", found()))
            })
            .transpose()?;
        let main = marks::main(range, about, (number, total), self.consignee, self.origin);
        let side = marks::side(range, about, self.origin);
        let values = marks::values(range, about, number, sscc.as_deref());
        let codes = self.codes(&values, &side)?;
        let po = range.po().or(about.po.as_ref()).cloned();
        Ok(Label { number, po, sscc, main, side, flags: self.flags(range), codes })
    }

    fn flags(&self, range: &CartonRange) -> Vec<Flag> {
        let heavy = range.weights.gross.is_some_and(|gross| gross > self.settings.heavy_above);
        let flags = [
            (range.kind == CartonKind::Mixed, Flag::Mixed),
            (range.odd, Flag::Odd),
            (heavy, Flag::Heavy),
        ];
        flags.into_iter().filter(|(is, _)| *is).map(|(_, flag)| flag).collect()
    }

    /// Returns the barcodes that were asked for; else the contents and the
    /// number: where there is a prefix, the SSCC.
    fn codes(&self, values: &Values, side: &[String]) -> Result<Vec<Code>> {
        // The logistic unit's own number says which carton it is.
        let number = match self.settings.company_prefix {
            Some(_) => Symbology::Sscc,
            None => Symbology::Code128,
        };
        let usual = [Symbology::Qr, number].map(|symbology| Wanted { symbology, text: None });
        let wanted = if self.wanted.is_empty() { &usual[..] } else { self.wanted };
        let mut codes = Vec::new();
        for one in wanted {
            let Some(text) = text_of(one, values, side) else { continue };
            let text = match one.symbology {
                Symbology::Ean13 => gs1::completed(&text, 13).ok_or_else(|| bad("ean13", &text))?,
                Symbology::Itf14 => gs1::completed(&text, 14).ok_or_else(|| bad("itf14", &text))?,
                _ => text,
            };
            if !self.wanted.is_empty() && barcode(one.symbology, &text).is_none() {
                return Err(bad("--barcode", text));
            }
            codes.push(Code { symbology: one.symbology, text });
        }
        codes.sort_by_key(|code| code.symbology == Symbology::Sscc);
        Ok(codes)
    }
}

/// Returns what a barcode says on a label; `None` if it has nothing to say.
fn text_of(wanted: &Wanted, values: &Values, side: &[String]) -> Option<String> {
    if let Some(pattern) = &wanted.text {
        return Some(crate::lang::fill(pattern, values));
    }
    let value =
        |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
    match wanted.symbology {
        Symbology::Sscc => value("sscc").filter(|sscc| !sscc.is_empty()).cloned(),
        Symbology::Qr => {
            let number = value("number").map(|number| format!("C/NO. {number}"));
            Some(number.into_iter().chain(side.iter().cloned()).collect::<Vec<_>>().join("\n"))
        }
        _ => {
            let parts = [value("po")?, value("number")?];
            let parts: Vec<&str> =
                parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
            let text = parts.join("-");
            text.is_ascii().then_some(text)
        }
    }
}

/// Whether every carton of a list says whose it is: sheets of one order are
/// numbered together.
fn names_orders(list: &CartonList) -> bool {
    list.cartons.iter().all(|one| one.range.po().is_some())
}

fn order_key(range: &CartonRange) -> Option<String> {
    range.po().map(|po| po_key(po))
}

/// Returns the last number of each order over the sheets that it has.
fn together(lists: &[CartonList]) -> BTreeMap<Option<String>, u32> {
    let mut last: BTreeMap<Option<String>, u32> = BTreeMap::new();
    for (po, total) in lists.iter().filter(|list| names_orders(list)).flat_map(totals) {
        let known = last.entry(po).or_default();
        *known = total.max(*known);
    }
    last
}

/// Returns the last number of each order, or of the whole list where orders do
/// not begin anew.
fn totals(list: &CartonList) -> BTreeMap<Option<String>, u32> {
    let mut spans: BTreeMap<Option<String>, (u32, u32)> = BTreeMap::new();
    for range in list.cartons.iter().map(|one| &one.range) {
        let span = spans.entry(order_key(range)).or_insert((range.from, range.to));
        *span = (span.0.min(range.from), span.1.max(range.to));
    }
    let first = spans.values().map(|(from, _)| *from).min();
    let anew = spans.values().filter(|(from, _)| Some(*from) == first).count() > 1;
    let last = spans.values().map(|(_, to)| *to).max().unwrap_or(0);
    spans.into_iter().map(|(po, (_, to))| (po, if anew { to } else { last })).collect()
}

fn bad(argument: &str, found: impl ToString) -> crate::error::Error {
    Finding::bad_argument(argument, found).into()
}
