//! The papers of the month: for every carrier whose bill has differences the
//! letter to send.

use std::path::Path;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::super::letters;
use super::super::lines::Told;
use crate::documents::letter::{Letter, LetterLine};
use crate::engine::freight::{CarrierMonth, FreightMonth};
use crate::engine::matching::outcome::Status;
use crate::lang::Lang;
use crate::output;
use crate::report::{Document, Report, labels};

/// What all letters share.
pub(super) struct Desk<'a> {
    /// Our own name.
    pub(super) our_name: &'a str,
    /// The day they are made.
    pub(super) today: NaiveDate,
    /// Their language.
    pub(super) lang: Lang,
}

/// In how many days a carrier is asked to answer.
const REPLY_DAYS: u64 = 3;

impl Desk<'_> {
    /// Makes the letters, one file each.
    pub(super) fn letters(
        &self,
        month: &FreightMonth,
        told: &[Told<'_>],
        folder: &Path,
    ) -> Vec<Document> {
        let billing = month.carriers.iter().filter(|carrier| carrier.has_bill);
        let letters = billing.filter_map(|carrier| {
            let lines: Vec<&Told<'_>> = carrier.lines.iter().map(|&index| &told[index]).collect();
            let differs = lines.iter().any(|line| line.is_open());
            let name = output::file_name(&carrier.carrier);
            let path = folder.join(format!("{name} {}.xlsx", month.period));
            differs.then(|| Document { path, report: self.letter(month, carrier, &lines) })
        });
        letters.collect()
    }

    fn letter(&self, month: &FreightMonth, carrier: &CarrierMonth, lines: &[&Told<'_>]) -> Report {
        let matched = || lines.iter().filter(|line| line.line.status == Status::Matched);
        let open = lines.iter().filter(|line| line.is_open());
        let letter = Letter {
            our_name: self.our_name.to_owned(),
            their_name: carrier.carrier.to_string(),
            period: month.period.to_string(),
            currency: labels::text(self.lang, "reconcile.currency").to_owned(),
            date: self.today,
            reply_by: self.today + Days::new(REPLY_DAYS),
            contact: None,
            left_closing: carrier.billed,
            right_closing: carrier.ours,
            opening_difference: Decimal::ZERO,
            matched_count: matched().count(),
            matched_amount: matched().flat_map(|line| &line.right).map(|entry| entry.amount).sum(),
            lines: open.map(|line| letter_line(line)).collect(),
        };
        let mut report = Report::new("carrier-letter", carrier.carrier.as_ref(), self.lang);
        report.period = Some(month.period.to_string());
        report.sheets.push(letter.to_carrier(self.lang));
        report
    }
}

/// Makes the letter's line: what a parcel differs by is a weight or a zone, and
/// a carrier is told which.
fn letter_line(told: &Told<'_>) -> LetterLine {
    let differs = told.line.status == Status::Differs && !told.explanation.is_empty();
    LetterLine { told: differs.then(|| told.explanation.clone()), ..letters::line(told) }
}
