//! Which papers open the books, which close them, and which movements count.

use chrono::NaiveDate;

use super::{Assumed, Books};
use crate::engine::stock::latest::replaced;
use crate::records::Item;
use crate::records::stock::{
    CountLine, CountSheet, MovementClass, MovementLine, MovementSource, Movements, StockLine,
    StockTable,
};

/// The papers by what they are for.
pub(super) struct Sorted<'a> {
    /// Tables of the end, whose closing stock is compared.
    pub(super) closing: Vec<&'a StockTable>,
    /// Tables of the beginning, whose closing stock opens the books.
    pub(super) earlier: Vec<&'a StockTable>,
    /// Movements that are rolled forward.
    pub(super) rolled: Vec<&'a Movements>,
    /// Ledgers, for the checks of their documents.
    pub(super) ledgers: Vec<&'a Movements>,
    /// All movements, slips that are posted already included.
    all: &'a [Movements],
    counts: &'a [CountSheet],
    pub(super) assumed: Vec<Assumed>,
}

impl<'a> Sorted<'a> {
    pub(super) fn of(books: &Books<'a>) -> Self {
        let is_ledger = |paper: &&Movements| paper.source == MovementSource::Ledger;
        let ledgers: Vec<&Movements> = books.movements.iter().filter(is_ledger).collect();
        let has = |side: MovementSource| {
            let class = match side {
                MovementSource::IssueSlips => MovementClass::Issue,
                _ => MovementClass::Receipt,
            };
            let lines = ledgers.iter().flat_map(|paper| &paper.records.lines);
            lines.filter(|line| line.class == class).take(1).count() > 0
        };
        let mut assumed = Vec::new();
        let mut rolled = ledgers.clone();
        for slips in books.movements.iter().filter(|paper| !is_ledger(paper)) {
            if !has(slips.source) {
                rolled.push(slips);
                assumed.push(Assumed::SlipsCounted);
            }
        }
        let first_moved = rolled
            .iter()
            .flat_map(|paper| &paper.records.lines)
            .filter_map(|line| line.moment.map(|moment| moment.day))
            .min();
        let (earlier, closing) = by_day(books, first_moved);
        if !earlier.is_empty() {
            assumed.push(Assumed::OpeningByEarlierTable);
        }
        if rolled.is_empty() {
            assumed.push(Assumed::TableAlone);
        }
        Self {
            closing,
            earlier,
            rolled,
            ledgers,
            all: books.movements,
            counts: books.counts,
            assumed,
        }
    }

    /// Returns the items of every paper, in the order of its rows.
    pub(super) fn item_lists(&self) -> Vec<Vec<&'a Item>> {
        let tables = self.closing.iter().chain(&self.earlier);
        let tables =
            tables.map(|table| table.records.lines.iter().map(|line| &line.item).collect());
        let moved = self.all.iter();
        let moved = moved.map(|paper| paper.records.lines.iter().map(|line| &line.item).collect());
        let counted = self.counts.iter();
        let counted =
            counted.map(|sheet| sheet.records.lines.iter().map(|line| &line.item).collect());
        tables.chain(moved).chain(counted).collect()
    }

    /// Returns the lines of the closing tables; an export's repetitions are
    /// none.
    pub(super) fn table_lines(&self) -> impl Iterator<Item = &'a StockLine> + '_ {
        self.closing
            .iter()
            .flat_map(|table| &table.records.lines)
            .filter(|line| line.repeats.is_none())
    }

    /// Returns the lines of the closing tables, each with the day whose end
    /// its table shows.
    pub(super) fn dated_lines(&self) -> impl Iterator<Item = (Option<NaiveDate>, &'a StockLine)> {
        dated(&self.closing)
    }

    /// Returns the lines of the earlier tables, likewise.
    pub(super) fn earlier_lines(&self) -> impl Iterator<Item = (Option<NaiveDate>, &'a StockLine)> {
        dated(&self.earlier)
    }

    /// Returns the lines of the count sheets.
    pub(super) fn count_lines(&self) -> impl Iterator<Item = &'a CountLine> + '_ {
        self.counts.iter().flat_map(|sheet| &sheet.records.lines)
    }

    /// Returns the movements that are rolled forward, in the order of the
    /// papers.
    pub(super) fn moves(&self) -> impl Iterator<Item = &'a MovementLine> + '_ {
        self.rolled.iter().flat_map(|paper| &paper.records.lines)
    }
}

fn dated<'a>(
    tables: &[&'a StockTable],
) -> impl Iterator<Item = (Option<NaiveDate>, &'a StockLine)> {
    let lines = |table: &&'a StockTable| {
        let day = table.as_of;
        table.records.lines.iter().map(move |line| (day, line))
    };
    let all: Vec<_> = tables.iter().flat_map(lines).collect();
    all.into_iter().filter(|(_, line)| line.repeats.is_none())
}

/// Sorts tables into those of the beginning and those of the end, by the day
/// they say they are of.
fn by_day<'a>(
    books: &Books<'a>,
    first_moved: Option<NaiveDate>,
) -> (Vec<&'a StockTable>, Vec<&'a StockTable>) {
    let days = || books.tables.iter().filter_map(|table| table.as_of);
    let start = books.period.map(|period| period.first).or(first_moved);
    let last = days().max();
    let before: Option<NaiveDate> = match (start, last) {
        // Closing stock of before the first movement opens the books.
        (Some(start), Some(last)) if last < start => Some(last),
        (_, Some(last)) => days().filter(|day| *day < last).max(),
        _ => None,
    };
    // All movements came after the last table.
    let ended = start.zip(last).is_some_and(|(start, last)| last < start);
    let (mut earlier, mut closing) = (Vec::new(), Vec::new());
    for (table, later) in books.tables.iter().zip(replaced(books.tables)) {
        let day = table.as_of.zip(before);
        if day.is_some_and(|(day, before)| day == before) && (ended || later.is_some()) {
            earlier.push(table);
        } else if later.is_none() || day.is_none_or(|(day, before)| day >= before) {
            closing.push(table);
        }
    }
    (earlier, closing)
}
