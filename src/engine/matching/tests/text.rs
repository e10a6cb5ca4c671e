//! Papers as text: one entry a line.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::engine::entry::{DocumentNo, Entry, EntryType};
use crate::engine::matching::spec::Spec;
use crate::location::{CellRef, Location, SheetId};

/// October 2026.
pub(super) fn october() -> Spec {
    let day = |day| NaiveDate::from_ymd_opt(2026, 10, day);
    Spec { from: day(1), to: day(31), ..Spec::default() }
}

/// Reads entries: `party; day; numbers; item; quantity × price = amount`, and
/// words for the rest (`return`, `payment`, `unit=箱`, `code=…`, `po=…`,
/// `damaged`, `tax`, `net`, `pack=500`, `sheet=…`). `_` is nothing.
pub(super) fn entries(text: &str, file: &str) -> Vec<Entry> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.enumerate().map(|(row, line)| entry(line, file, row)).collect()
}

fn entry(line: &str, file: &str, row: usize) -> Entry {
    let mut parts = line.split(';').map(str::trim);
    let mut next = || parts.next().unwrap_or("_");
    let (party, day, numbers, item, figures) = (next(), next(), next(), next(), next());
    let words: Vec<&str> = parts.flat_map(str::split_whitespace).collect();
    let value = |key: &str| {
        words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('=')).map(Arc::from)
    };
    let (quantity, unit_price, amount) = figures_of(figures);
    let damaged = words.contains(&"damaged");
    Entry {
        party: Arc::from(party),
        entry_type: entry_type(&words),
        document_nos: optional(numbers)
            .map(|numbers| numbers.split_whitespace())
            .into_iter()
            .flatten()
            .map(|text| DocumentNo { text: Arc::from(text), damaged })
            .collect(),
        other_nos: value("po").into_iter().collect(),
        item_code: value("code"),
        item: optional(item).map(Arc::from),
        goods: None,
        quantity,
        unit: value("unit"),
        pack_factor: value("pack").map(|factor| decimal(&factor)),
        unit_price,
        amount,
        tax_rate: None,
        tax_included: if words.contains(&"tax") {
            Some(true)
        } else {
            words.contains(&"net").then_some(false)
        },
        date: date(day),
        remark: None,
        at: place(value("sheet").as_deref().unwrap_or(file), row),
    }
}

fn entry_type(words: &[&str]) -> EntryType {
    let types = [
        ("return", EntryType::Return),
        ("payment", EntryType::Payment),
        ("deduction", EntryType::Deduction),
        ("discount", EntryType::Discount),
        ("charge", EntryType::Charge),
        ("adjustment", EntryType::Adjustment),
    ];
    let found = types.into_iter().find(|(word, _)| words.contains(word));
    found.map_or(EntryType::Goods, |(_, entry_type)| entry_type)
}

fn place(file: &str, row: usize) -> Location {
    let sheet = Arc::new(SheetId { path: file.to_owned(), sheet: None });
    Location::new(&sheet, CellRef::new(row as u32, 7))
}

fn optional(text: &str) -> Option<&str> {
    (text != "_" && !text.is_empty()).then_some(text)
}

fn figures_of(text: &str) -> (Option<Decimal>, Option<Decimal>, Decimal) {
    let (product, amount) = text.split_once('=').unwrap_or(("", text));
    let (quantity, price) = product.split_once('×').unwrap_or(("_", "_"));
    let number = |text: &str| optional(text.trim()).map(decimal);
    (number(quantity), number(price), decimal(amount.trim()))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

/// `10-08` or `8` (October) or `2026-10-08`.
fn date(text: &str) -> Option<NaiveDate> {
    let text = optional(text)?;
    let mut parts: Vec<u32> = text.split('-').map(|part| part.parse().unwrap()).collect();
    let day = parts.pop().unwrap();
    let month = parts.pop().unwrap_or(10);
    let year = parts.pop().unwrap_or(2026);
    NaiveDate::from_ymd_opt(year as i32, month, day)
}
