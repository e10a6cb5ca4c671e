//! Packing lists: their rows as ranges of cartons.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::about::{About, facts_of};
use super::basis::Basis;
use super::row::{ListRow, RowFields, read_row};
use super::sizes::{size_columns, size_of_row};
use crate::engine::packing::weighings::Weighing;
use crate::engine::packing::{CartonKind, CartonRange, Content, Weights};
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::input::table::{Role, Table};
use crate::input::values::date::DateHints;
use crate::input::values::decimal;
use crate::input::values::decimal::decimal_text;
use crate::location::Location;
use crate::records::reader::{Fields, RowReader};

/// A packing list.
#[derive(Debug, Clone, Default)]
pub struct CartonList {
    /// What it is about.
    pub about: About,
    /// Its cartons, in the order of its rows.
    pub cartons: Vec<ListedCartons>,
    /// What was wrong or doubtful.
    pub findings: Vec<Finding>,
    /// How many rows of data it has.
    pub body: usize,
    /// How many of them could not be used.
    pub rejected: usize,
    /// The sizes in its columns, in their order.
    pub sizes: Vec<Arc<str>>,
    /// What its cartons weighed, where it says nothing else of them.
    pub weighings: Vec<Weighing>,
}

/// A range of cartons and what its row prints for all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCartons {
    /// The cartons.
    pub range: CartonRange,
    /// What the row prints for all of them together.
    pub printed: Printed,
    /// Whether the row has numbers of its own; else they were counted on.
    pub numbered: bool,
    /// Words beside it.
    pub remark: Option<Arc<str>>,
}

/// Figures of a row for all its cartons; `None` where it prints none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Printed {
    /// Net weight in kilograms.
    pub net: Option<Decimal>,
    /// Gross weight in kilograms.
    pub gross: Option<Decimal>,
    /// Volume in cubic metres.
    pub cbm: Option<Decimal>,
}

const FIELDS: Fields =
    Fields { dates: &[], ids: &["order_no", "customer_po", "item_code"], rates: &[] };

/// Reads a packing list. `beside` is what another table of the same sheet is
/// about.
pub fn carton_list(read: &ReadTable, beside: &About) -> CartonList {
    let table = &read.table;
    let mut reader = RowReader::new(table, FIELDS, DateHints::default(), &[]);
    let sizes = size_columns(table, &["pcs_per_carton", "total_pcs"]);
    let labels: Vec<Arc<str>> = sizes.iter().map(|size| Arc::clone(&size.label)).collect();
    let fields = RowFields::of(table, sizes, size_of_row(table));
    let mut rows = Vec::new();
    while reader.advance() {
        rows.push(read_row(&mut reader, &fields));
    }
    let basis = Basis::of(table, &rows);
    let rest = reader.finish();
    let mut list = CartonList {
        // Each table has its own colour.
        about: About::of(read).or(&About { colour: None, ..beside.clone() }),
        sizes: labels,
        findings: rest.findings,
        body: rest.body,
        ..CartonList::default()
    };
    list.weighings = weighings(&rows, &basis, &list.about);
    if !list.weighings.is_empty() {
        return list;
    }
    let mut before: Option<ListRow> = None;
    for mut row in rows {
        if before.as_ref().is_some_and(|before| row.continues(before)) {
            list.add_contents(&row);
            continue;
        }
        row.settle_numbers(list.cartons.last().map_or(0, |last| last.range.to));
        before = list.add_cartons(&row, &basis).then_some(row);
    }
    list.check_totals(read);
    list
}

/// Reads a list that says of carton numbers only what they weighed; nothing if
/// it is not such a list.
fn weighings(rows: &[ListRow], basis: &Basis, about: &About) -> Vec<Weighing> {
    let weighing = |row: &ListRow| {
        let (from, to) = row.numbers.filter(|_| row.sizes.is_empty())?;
        let (gross, _) = basis.gross.split(row.gross, row.total_gross, to - from + 1);
        let po = about.order_of(row.po.clone(), row.order_no.as_ref());
        Some(Weighing { po, from, to, gross: gross?, at: row.at.clone() })
    };
    rows.iter().map(weighing).collect::<Option<_>>().unwrap_or_default()
}

impl CartonList {
    /// Adds the pieces of a row to the cartons of the row before.
    fn add_contents(&mut self, row: &ListRow) {
        let Some(last) = self.cartons.last_mut() else { return };
        let count = last.range.count();
        let mut contents = row.contents(count, &mut self.findings);
        self.about.complete(&mut contents, row.order_no.as_ref());
        last.range.contents.extend(contents);
        last.range.kind = CartonRange::kind_of(&last.range.contents, count);
    }

    /// Adds the cartons of a row; says whether it has any.
    fn add_cartons(&mut self, row: &ListRow, basis: &Basis) -> bool {
        let Some((from, to)) = row.numbers.filter(|_| !row.sizes.is_empty()) else {
            self.rejected += 1;
            let reason = if row.sizes.is_empty() { "no-pieces" } else { "no-cartons" };
            let finding = Finding::of(codes::REJECTED_ROW).with("reason", reason);
            self.findings.push(finding.at(row.at.clone()));
            return false;
        };
        let mut contents = row.contents(to - from + 1, &mut self.findings);
        self.about.complete(&mut contents, row.order_no.as_ref());
        let listed = listed(row, (from, to), contents, basis, &self.about);
        row.check(&listed, &mut self.findings);
        self.cartons.push(listed);
        true
    }

    /// Compares what the sheet says in all (total row, facts below) with its
    /// cartons.
    fn check_totals(&mut self, read: &ReadTable) {
        let table = &read.table;
        let cartons: Decimal =
            Decimal::from(self.cartons.iter().map(|one| u64::from(one.range.count())).sum::<u64>());
        let pieces = self.cartons.iter().map(|one| one.range.pieces()).sum::<Decimal>();
        let totals: Vec<u32> = table.rows_of(Role::Total).collect();
        let [total] = totals.as_slice() else { return };
        for (field, expected) in [("cartons", cartons), ("total_pcs", pieces)] {
            let Some(column) = table.column(field) else { continue };
            let Some(cell) = table.cell(*total, column.col) else { continue };
            let Some(said) = decimal(&cell.value()).value() else { continue };
            let at = table.at(*total, column.col);
            self.tell_total(table, at, said.value, expected);
        }
        for (field, expected) in [("cartons", cartons), ("total_pcs", pieces)] {
            for fact in facts_of(table, read.kind, field) {
                if let Some(said) = decimal_text(&fact.value).value() {
                    self.tell_total(table, fact.at.clone(), said.value, expected);
                }
            }
        }
    }

    fn tell_total(&mut self, table: &Table, at: Location, said: Decimal, expected: Decimal) {
        let told = |finding: &Finding| finding.at.as_ref() == Some(&at);
        if said == expected || table.findings.iter().any(told) {
            return;
        }
        let finding = Finding::of(codes::TOTAL_MISMATCH)
            .with("label", label(table, &at))
            .with("found", said.normalize())
            .with("expected", expected.normalize())
            .with("difference", (said - expected).normalize());
        self.findings.push(finding.at(at));
    }
}

/// Returns the header above a place, for messages.
fn label(table: &Table, at: &Location) -> String {
    let column = table.columns.iter().find(|column| column.col == at.cell.col);
    column.map(|column| column.header.clone()).unwrap_or_default()
}

/// Makes cartons of a row.
fn listed(
    row: &ListRow,
    (from, to): (u32, u32),
    contents: Vec<Content>,
    basis: &Basis,
    about: &About,
) -> ListedCartons {
    let count = to - from + 1;
    let (net, all_net) = basis.net.split(row.net, row.total_net, count);
    let (gross, all_gross) = basis.gross.split(row.gross, row.total_gross, count);
    let (cbm, all_cbm) = basis.cbm.split(row.cbm, None, count);
    let kind = CartonRange::kind_of(&contents, count);
    let odd = row.remark.as_deref().is_some_and(says_odd) || kind == CartonKind::Mixed;
    let range = CartonRange {
        from,
        to,
        destination: row.destination.clone().or_else(|| about.destination.clone()),
        contents,
        kind,
        odd,
        weights: Weights { net_net: row.net_net, net, gross },
        weighed: false,
        outer: row.outer,
        cbm: row.outer.and_then(|outer| outer.cbm()).or(cbm),
        at: Some(row.at.clone()),
    };
    let printed = Printed { net: all_net, gross: all_gross, cbm: all_cbm };
    ListedCartons { range, printed, numbered: row.numbered, remark: row.remark.clone() }
}

/// Whether a remark says that a carton holds what was left over.
fn says_odd(remark: &str) -> bool {
    let folded = crate::text::fold(remark);
    ["尾箱", "零箱", "尾数", "odd", "last", "mixed", "混"].iter().any(|word| folded.contains(word))
}
