//! Vouchers of a cash book: expenses that have none, and numbers that two
//! expenses share. Only a column that the book itself keeps is held against
//! it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::Book;
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::period::Month;
use crate::records::{BookColumn, ExpenseBook, ExpenseLine};
use crate::text::fold;

/// Rows of the sheet that paid something out: one expense in several columns
/// of categories is one row.
fn payments(book: &ExpenseBook) -> impl Iterator<Item = &[ExpenseLine]> {
    let same_row = |one: &ExpenseLine, other: &ExpenseLine| one.at.cell.row == other.at.cell.row;
    book.records.lines.chunk_by(same_row).filter(|row| paid(row) > Decimal::ZERO)
}

fn paid(row: &[ExpenseLine]) -> Decimal {
    row.iter().filter_map(|line| line.amount).fold(Decimal::ZERO, Decimal::saturating_add)
}

/// Whether a row says how many vouchers it has.
fn is_counted(row: &[ExpenseLine]) -> bool {
    row.iter().any(|line| line.vouchers.is_some_and(|count| count > Decimal::ZERO))
}

/// Whether a row says which voucher it has.
fn is_numbered(row: &[ExpenseLine]) -> bool {
    row.iter().any(|line| line.voucher_no.is_some())
}

/// Says which payments lack what the others of the book have: the number of
/// their vouchers, or the number on them.
pub(super) fn missing(book: &ExpenseBook) -> Vec<Finding> {
    let kept = |has: fn(&[ExpenseLine]) -> bool| {
        let having = payments(book).filter(|row| has(row)).count();
        having * 2 > payments(book).count()
    };
    let counted = book.count_column.as_ref().filter(|_| kept(is_counted));
    let numbered = book.number_column.as_ref().filter(|_| kept(is_numbered));
    let lacks = |row: &[ExpenseLine]| {
        let count = counted.filter(|_| !is_counted(row));
        let number = numbered.filter(|_| !is_numbered(row));
        count.into_iter().chain(number).collect::<Vec<&BookColumn>>()
    };
    let rows = payments(book).map(|row| (row, lacks(row)));
    rows.filter_map(|(row, columns)| {
        let (first, rest) = columns.split_first()?;
        let names: Vec<&str> = columns.iter().map(|column| &*column.header).collect();
        let finding = Finding::of(codes::MISSING_VOUCHER)
            .with("item", row[0].what())
            .with("amount", paid(row))
            .with("column", names.join(" / "))
            .at(row[0].cell(first));
        Some(rest.iter().fold(finding, |finding, column| finding.related(row[0].cell(column))))
    })
    .collect()
}

/// One document: its number, and the lines that it has in the book.
struct Document<'a> {
    till: usize,
    column: &'a BookColumn,
    key: String,
    lines: &'a [ExpenseLine],
}

impl Document<'_> {
    fn at(&self) -> Location {
        self.lines[0].cell(self.column)
    }

    fn amount(&self) -> Decimal {
        let paid = paid(self.lines);
        let first = self.lines[0].income.unwrap_or_default();
        if paid.is_zero() { first } else { paid }
    }

    /// Whose number it must be: long ones are an invoice's or a receipt's and
    /// come once, short ones begin anew in every till and month.
    fn series(&self) -> (Option<(usize, Option<Month>)>, &str) {
        let digits = self.key.chars().filter(char::is_ascii_digit).count();
        let own = (self.till, self.lines[0].date.map(Month::of));
        ((digits < LONG).then_some(own), &self.key)
    }

    /// Whether two papers of one number cannot be two tills' own.
    fn is_same_number(&self, other: &Self) -> bool {
        self.till == other.till || self.amount() == other.amount()
    }
}

/// Digits from which a number is not counted from one every month.
const LONG: usize = 8;

/// Says which numbers stand on two expenses. Rows of one day and one person
/// that follow each other are one document with several lines. `again`: rows
/// that are told as written twice.
pub(super) fn used_twice(tills: &[Vec<&Book>], again: &[Finding]) -> Vec<Finding> {
    let told: FxHashSet<&Location> =
        again.iter().filter_map(|finding| finding.at.as_ref()).collect();
    let documents: Vec<Document<'_>> = tills
        .iter()
        .enumerate()
        .flat_map(|(till, books)| books.iter().flat_map(move |book| documents(till, &book.records)))
        .collect();
    let mut by_number: BTreeMap<_, Vec<&Document<'_>>> = BTreeMap::new();
    for document in &documents {
        by_number.entry(document.series()).or_default().push(document);
    }
    let shared = by_number.values().filter(|of| of.len() > 1).count();
    // A column that says the same of many rows does not number them.
    if shared > 3 && shared * 3 > by_number.len() {
        return Vec::new();
    }
    let mut findings: Vec<Finding> = by_number
        .values()
        .flat_map(|of| {
            of.iter().skip(1).filter_map(|document| {
                let first = of.iter().find(|first| document.is_same_number(first))?;
                let is_new =
                    !std::ptr::eq(*first, *document) && !told.contains(&document.lines[0].at);
                is_new.then(|| shares(document, first))
            })
        })
        .collect();
    findings.sort_by(|one, other| one.at.cmp(&other.at));
    findings
}

fn shares(document: &Document<'_>, first: &Document<'_>) -> Finding {
    let number = document.lines[0].voucher_no.as_deref().unwrap_or_default();
    Finding::of(codes::VOUCHER_SHARED)
        .at(document.at())
        .related(first.at())
        .with("column", &document.column.header)
        .with("found", number)
        .with("item", document.lines[0].what())
        .with("amount", document.amount())
        .with("other", first.lines[0].what())
        .with("expected", first.amount())
}

/// Collects the lines of a book into its documents.
fn documents(till: usize, book: &ExpenseBook) -> Vec<Document<'_>> {
    let Some(column) = &book.number_column else { return Vec::new() };
    let key = |line: &ExpenseLine| line.voucher_no.as_deref().map(fold).unwrap_or_default();
    let numbers: FxHashSet<String> = book.records.lines.iter().map(key).collect();
    let goes_on = |one: &ExpenseLine, other: &ExpenseLine| {
        let key_of = key(one);
        let same_row = one.at.cell.row == other.at.cell.row;
        let same = key_of == key(other) && one.date == other.date;
        same_row || same && one_person(one, other) && !takes_place_of_next(&key_of, &numbers)
    };
    let lines = book.records.lines.chunk_by(goes_on);
    let documents = lines.map(|lines| Document { till, column, key: key(&lines[0]), lines });
    documents.filter(|document| document.key.contains(|c: char| c.is_ascii_digit())).collect()
}

/// Whether nothing says that two rows are of two people.
fn one_person(one: &ExpenseLine, other: &ExpenseLine) -> bool {
    let of = |line: &ExpenseLine| line.handler.as_deref().map(fold);
    of(one).zip(of(other)).is_none_or(|(one, other)| one == other)
}

/// Whether the number behind this one is missing from a series that goes on:
/// then the second of two rows was to have it.
fn takes_place_of_next(key: &str, numbers: &FxHashSet<String>) -> bool {
    let behind = |steps| next_number(key, steps).is_some_and(|next| numbers.contains(&next));
    !behind(1) && behind(2)
}

/// Counts a number on, at its last digits, keeping their zeros.
fn next_number(key: &str, steps: u64) -> Option<String> {
    let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &key[stem.len()..];
    let next = digits.parse::<u64>().ok()?.checked_add(steps)?;
    Some(format!("{stem}{next:0width$}", width = digits.len()))
}
