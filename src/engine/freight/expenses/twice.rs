//! Expenses that are in the books twice: in one of them, or in two.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Book;
use crate::finding::{Finding, codes};
use crate::records::ExpenseLine;
use crate::text::fold;

/// What two rows must have in common.
type Key = (Option<NaiveDate>, [String; 4], Option<Decimal>, Option<Decimal>);

fn key(line: &ExpenseLine) -> Key {
    let texts = [&line.category, &line.description, &line.route, &line.handler];
    let texts = texts.map(|text| text.as_deref().map(fold).unwrap_or_default());
    let normal = |amount: Option<Decimal>| amount.map(|amount| amount.normalize());
    (line.date, texts, normal(line.income), normal(line.amount))
}

/// Says which rows say the same as another one in everything, their vouchers
/// included.
pub(super) fn written_twice(books: &[&Book]) -> Vec<Finding> {
    let mut known: BTreeMap<Key, Vec<&ExpenseLine>> = BTreeMap::new();
    let mut findings = Vec::new();
    for line in books.iter().flat_map(|book| &book.records.records.lines) {
        let alike = known.entry(key(line)).or_default();
        match alike.iter().find(|first| is_again(first, line)) {
            Some(first) => findings.push(
                Finding::of(codes::DUPLICATE_EXPENSE)
                    .with("item", line.what())
                    .with("amount", line.amount.or(line.income).unwrap_or_default())
                    .at(line.at.clone())
                    .related(first.at.clone()),
            ),
            None => alike.push(line),
        }
    }
    findings
}

/// Whether two rows that read alike are one expense. With a voucher each they
/// are two; two shops may well have had the same lunch, but not the same
/// person or voucher.
fn is_again(first: &ExpenseLine, line: &ExpenseLine) -> bool {
    let numbers = first.voucher_no.as_deref().zip(line.voucher_no.as_deref());
    let same_number = numbers.map(|(one, other)| fold(one) == fold(other));
    let same_book = first.at.sheet == line.at.sheet;
    let tied = same_book || line.handler.is_some() || same_number == Some(true);
    same_number != Some(false) && tied
}
