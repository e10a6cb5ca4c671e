//! The labels for programs.

use serde::Serialize;

use super::label::{Flag, Label, Made};
use crate::report::Section;
use crate::report::barcode::Symbology;

#[derive(Serialize)]
struct LabelRow<'a> {
    number: u32,
    po: Option<&'a str>,
    sscc: Option<&'a str>,
    texts: Vec<&'a str>,
    main: &'a [String],
    side: &'a [String],
    flags: &'a [Flag],
    barcodes: Vec<Bars<'a>>,
}

#[derive(Serialize)]
struct Bars<'a> {
    symbology: &'static str,
    text: &'a str,
}

/// Returns the labels for programs.
pub(super) fn sections(made: &Made) -> Vec<Section> {
    vec![Section::new("labels", made.labels.iter().map(row))]
}

fn row(label: &Label) -> LabelRow<'_> {
    let codes = label.codes.iter();
    LabelRow {
        number: label.number,
        po: label.po.as_deref(),
        sscc: label.sscc.as_deref(),
        texts: label.main.iter().chain(&label.side).map(String::as_str).collect(),
        main: &label.main,
        side: &label.side,
        flags: &label.flags,
        barcodes: codes
            .map(|code| Bars { symbology: name(code.symbology), text: &code.text })
            .collect(),
    }
}

/// Returns what a symbology is called.
pub(super) fn name(symbology: Symbology) -> &'static str {
    match symbology {
        Symbology::Code128 => "code128",
        Symbology::Sscc => "gs1-128",
        Symbology::Ean13 => "ean13",
        Symbology::Itf14 => "itf14",
        Symbology::Qr => "qr",
    }
}
