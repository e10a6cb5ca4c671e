//! Sheets that add up the books by category: they are held against the books
//! and not added to them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Book;
use crate::finding::{Finding, codes};
use crate::period::Month;
use crate::records::ExpenseLine;
use crate::text::fold;

/// Takes the summaries apart from the books: sheets without a day whose rows
/// are all categories that the other sheets have, each once.
pub(super) fn apart(books: &[Book]) -> (Vec<&Book>, Vec<&Book>) {
    let is_dated = |book: &Book| lines(book).any(|line| line.date.is_some());
    let mut sums = Sums::new();
    books
        .iter()
        .filter(|book| is_dated(book))
        .flat_map(lines)
        .for_each(|line| add(&mut sums, line));
    let is_summary = |book: &&Book| {
        let mut named: Vec<String> = lines(book).map(heading).collect();
        let all = named.len();
        named.sort();
        named.dedup();
        !is_dated(book)
            && all > 1
            && named.len() == all
            && named.iter().all(|name| sums.contains_key(name))
    };
    let (summaries, rest) = books.iter().partition(is_summary);
    (rest, summaries)
}

/// Says of each summary that it was not added, and where it is not what the
/// books make: those of the month, or of all months, that it mostly follows.
pub(super) fn check(summaries: &[&Book], books: &[&Book]) -> Vec<Finding> {
    let scopes = scopes(books);
    summaries.iter().flat_map(|summary| of_summary(summary, &scopes)).collect()
}

fn of_summary(summary: &Book, scopes: &[Sums]) -> Vec<Finding> {
    let rows: Vec<(&ExpenseLine, Decimal)> =
        lines(summary).filter_map(|line| Some((line, line.amount?))).collect();
    let differing = |sums: &Sums| -> Vec<Finding> {
        rows.iter().filter_map(|(line, stated)| differs(line, *stated, sums)).collect()
    };
    let nearest = scopes.iter().map(differing).min_by_key(Vec::len).unwrap_or_default();
    let told = if nearest.len() * 2 < rows.len() { nearest } else { Vec::new() };
    let Some((first, _)) = rows.first() else { return told };
    let not_added = Finding::of(codes::EXPENSE_SUMMARY).at(first.at.clone());
    std::iter::once(not_added.with("count", rows.len())).chain(told).collect()
}

fn differs(line: &ExpenseLine, stated: Decimal, sums: &Sums) -> Option<Finding> {
    let sum = sums.get(&heading(line)).copied().unwrap_or_default();
    let finding = Finding::of(codes::EXPENSE_SUMMARY_DIFFERS)
        .at(line.at.clone())
        .with("item", line.what())
        .with("found", stated)
        .with("expected", sum)
        .with("difference", stated.saturating_sub(sum).normalize());
    (stated != sum).then_some(finding)
}

fn lines(book: &Book) -> impl Iterator<Item = &ExpenseLine> {
    book.records.records.lines.iter()
}

/// What the row of a summary adds up.
fn heading(line: &ExpenseLine) -> String {
    line.category.as_deref().or(line.description.as_deref()).map(fold).unwrap_or_default()
}

/// What was paid out by category.
type Sums = BTreeMap<String, Decimal>;

/// Adds up all months together, and each by itself.
fn scopes(books: &[&Book]) -> Vec<Sums> {
    let mut months: BTreeMap<Option<Month>, Sums> = BTreeMap::new();
    for line in books.iter().flat_map(|book| lines(book)) {
        add(months.entry(None).or_default(), line);
        if let Some(date) = line.date {
            add(months.entry(Some(Month::of(date))).or_default(), line);
        }
    }
    months.into_values().collect()
}

fn add(sums: &mut Sums, line: &ExpenseLine) {
    if let Some(category) = line.category.as_deref() {
        let sum = sums.entry(fold(category)).or_default();
        *sum = sum.saturating_add(line.amount.unwrap_or_default());
    }
}
