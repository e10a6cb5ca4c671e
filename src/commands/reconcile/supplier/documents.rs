//! The papers of the month: for every supplier the statement to sign and the
//! letter of differences to send.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::super::letters;
use super::super::lines::Told;
use super::super::sheets;
use super::job::Job;
use crate::currency::Currency;
use crate::documents::letter::{Letter, LetterLine};
use crate::documents::statement::{Statement, StatementLine};
use crate::engine::entry::Entry;
use crate::engine::matching::outcome::{Line, Reason, Status};
use crate::engine::supplier::{PartyMonth, SupplierMonth};
use crate::lang::Lang;
use crate::output;
use crate::period::Period;
use crate::report::{Document, Report, Sheet, format, labels};

/// What all papers share.
pub(super) struct Desk<'a> {
    /// Whose month it is.
    pub(super) job: Job,
    /// Our own name.
    pub(super) our_name: &'a str,
    /// The day they are made.
    pub(super) today: NaiveDate,
    /// Their language.
    pub(super) lang: Lang,
}

/// In how many days a supplier is asked to answer.
const REPLY_DAYS: u32 = 3;

impl Desk<'_> {
    /// Makes the papers of every supplier with a statement, one file each.
    pub(super) fn papers(
        &self,
        month: &SupplierMonth,
        told: &[Told<'_>],
        folder: &Path,
    ) -> Vec<Document> {
        let partners = month.parties.iter().filter(|party| month.sides.is_partner(&party.party));
        partners
            .map(|party| {
                let name = format!("{} {}.xlsx", output::file_name(&party.party), month.period);
                Document { path: folder.join(name), report: self.paper(month, party, told) }
            })
            .collect()
    }

    fn paper(&self, month: &SupplierMonth, party: &PartyMonth, told: &[Told<'_>]) -> Report {
        let lines: Vec<&Told<'_>> = party.lines.iter().map(|&index| &told[index]).collect();
        let mut report = Report::new(self.papers_name(), party.party.as_ref(), self.lang);
        report.period = Some(month.period.to_string());
        report.sheets.push(self.statement(month, party));
        if party.left.is_some() && lines.iter().any(|line| line.is_open()) {
            report.sheets.push(self.letter(month, party, &lines));
        }
        report
    }

    fn statement(&self, month: &SupplierMonth, party: &PartyMonth) -> Sheet {
        // What we booked twice is ours to correct, not theirs to sign.
        let (twice, lines): (Vec<&Line>, Vec<&Line>) = party
            .lines
            .iter()
            .map(|&index| &month.lines[index])
            .partition(|line| line.reason == Some(Reason::DoubleBooked));
        let twice: Vec<&Entry> = month.sides.right_of(twice.into_iter()).collect();
        let mut entries: Vec<&Entry> = month.sides.right_of(lines.into_iter()).collect();
        entries.sort_by(|a, b| (a.date, &a.at).cmp(&(b.date, &b.at)));
        let statement = Statement {
            our_name: self.our_name.to_owned(),
            their_name: party.party.to_string(),
            period: self.period(month.period),
            currency: self.currency(party),
            document_no: None,
            date: self.today,
            opening: opening(party),
            lines: entries.into_iter().map(statement_line).collect(),
            remark: self.booked_twice(&twice),
            reply_days: REPLY_DAYS,
        };
        match self.job {
            Job::Supplier => statement.sheet(self.lang),
            Job::Reseller => statement.receivable(self.lang),
        }
    }

    fn papers_name(&self) -> &'static str {
        match self.job {
            Job::Supplier => "supplier-papers",
            Job::Reseller => "reseller-papers",
        }
    }

    /// Says what our books hold twice and this paper does not.
    fn booked_twice(&self, entries: &[&Entry]) -> Option<String> {
        let amount: Decimal = entries.iter().map(|entry| entry.amount).sum();
        let numbers: BTreeSet<String> =
            entries.iter().map(|entry| sheets::numbers(&[entry], "\n")).collect();
        let numbers: Vec<String> = numbers.into_iter().filter(|no| !no.is_empty()).collect();
        let (count, amount) = (entries.len().to_string(), format::money(amount));
        let numbers = numbers.join(", ");
        let values = [("count", &*count), ("amount", &*amount), ("numbers", &*numbers)];
        let told = || labels::fill(self.lang, "reconcile.booked_twice", &values);
        (!entries.is_empty()).then(told)
    }

    fn letter(&self, month: &SupplierMonth, party: &PartyMonth, lines: &[&Told<'_>]) -> Sheet {
        let matched: Vec<&&Told<'_>> =
            lines.iter().filter(|line| line.line.status == Status::Matched).collect();
        let step = |name: &str| {
            let step = party.steps.iter().find(|step| step.name == name);
            step.map(|step| step.amount).unwrap_or_default()
        };
        Letter {
            our_name: self.our_name.to_owned(),
            their_name: party.party.to_string(),
            period: self.period(month.period),
            currency: self.currency(party),
            date: self.today,
            reply_by: self.today + Days::new(REPLY_DAYS.into()),
            contact: None,
            left_closing: step("left-closing"),
            right_closing: step("right-closing"),
            opening_difference: -step("opening"),
            matched_count: matched.len(),
            matched_amount: matched.iter().flat_map(|line| &line.right).map(|e| e.amount).sum(),
            lines: self.letter_lines(lines),
        }
        .sheet(self.lang)
    }

    /// Makes the letter's lines. What only waits for the next month is told
    /// note by note: nobody has to look at its lines one by one.
    fn letter_lines(&self, lines: &[&Told<'_>]) -> Vec<LetterLine> {
        let mut letter: Vec<LetterLine> = Vec::new();
        let mut waiting: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for told in lines.iter().filter(|told| told.is_open()) {
            let line = letters::line(told);
            let waits = line.reason == Some(Reason::NextPeriod) && !line.document_no.is_empty();
            if !waits {
                letter.push(line);
                continue;
            }
            match waiting.get_mut(&line.document_no) {
                None => {
                    waiting.insert(line.document_no.clone(), (letter.len(), 1));
                    letter.push(line);
                }
                Some((at, count)) => {
                    *count += 1;
                    let count = count.to_string();
                    let item = labels::fill(self.lang, "reconcile.items", &[("count", &count)]);
                    letter[*at].join(line, item);
                }
            }
        }
        letter
    }

    /// Returns the name of the currency of a party's paper, else of ours.
    fn currency(&self, party: &PartyMonth) -> String {
        let own = party.currency.as_deref().and_then(Currency::in_text);
        own.map_or_else(|| labels::text(self.lang, "reconcile.currency"), |own| own.name(self.lang))
            .to_owned()
    }

    fn period(&self, period: Period) -> String {
        if !period.is_month() {
            return period.to_string();
        }
        let (year, month) = (period.first.format("%Y"), period.first.format("%-m"));
        let values = [("year", year.to_string()), ("month", month.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        labels::fill(self.lang, "reconcile.month", &values)
    }
}

/// Returns the balance that the paper begins with: ours, and where our books
/// do not tell it, theirs, as in the bridge.
fn opening(party: &PartyMonth) -> Decimal {
    let theirs = || party.left.and_then(|left| left.opening);
    party.right.opening.or_else(theirs).unwrap_or_default()
}

fn statement_line(entry: &Entry) -> StatementLine {
    StatementLine {
        date: entry.date,
        entry_type: entry.entry_type,
        document_no: sheets::numbers(&[entry], "\n"),
        item: sheets::item(entry),
        unit: entry.unit.as_deref().map(str::to_owned),
        quantity: entry.quantity,
        unit_price: entry.unit_price,
        amount: entry.amount,
    }
}
