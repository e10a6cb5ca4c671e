//! Sheets of packing specs, however they are laid out: a row a style, a row a
//! size or a group of sizes, a row a kind of carton, a card of facts and
//! values, or sentences.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::about::{About, fact_field};
use super::amounts::figures;
use super::edge_columns::edge_columns;
use super::prose::{by_sizes, sentences};
use super::size_groups::names_sizes;
use super::sizes::size_columns;
use super::spec::{Place, SpecEntry};
use crate::engine::packing::Outer;
use crate::finding::Finding;
use crate::input::form;
use crate::input::reading::ReadTable;
use crate::input::sheet::Value;
use crate::input::table::{Column, Role, Table};
use crate::input::values::edges::{in_millimetres, length_unit};
use crate::input::values::text::words;
use crate::kinds;
use crate::location::CellRef;
use crate::text::{fold, header_key};

/// Words by which a kind of carton says that it is for the last one.
const FOR_TAILS: [&str; 6] = ["尾箱", "尾数", "不足", "半箱", "tail", "lastcarton"];

/// Reads a packing spec. `beside` is what another table of the same sheet is
/// about.
pub fn packing_spec(read: &ReadTable, beside: &About) -> (Vec<SpecEntry>, Vec<Finding>) {
    let table = &read.table;
    let about = About::of(read).or(beside);
    let mut findings = Vec::new();
    let mut entries = match form::names(table).is_empty() {
        false => card(read, &about, &mut findings),
        true => rows(read, &about, &mut findings),
    };
    // Facts beside the table hold for all of it.
    let mut facts = Card::new(&about, table.at_start());
    for fact in &table.facts {
        // `每箱件数 | S-L：24件；XL：20件`: the sizes look like keys.
        let beside = names_sizes(&fact.key).then(|| left_of(table, fact.value.at.cell)).flatten();
        if let Some(field) = beside.and_then(|name| fact_field(read.kind, &name)) {
            let place = Place { at: fact.value.at.clone(), unit: None };
            let value = format!("{}:{}", fact.key, fact.value.value);
            facts.take(field, &value, &place, &mut findings);
        } else if let Some(field) = fact_field(read.kind, &fact.key) {
            let unit = header_key(&fact.key).unit.map(Arc::from);
            let place = Place { at: fact.value.at.clone(), unit };
            facts.take(field, &fact.value.value, &place, &mut findings);
        }
    }
    entries.extend(facts.entries());
    if entries.is_empty() {
        let mut told = Card::new(&about, table.at_start());
        for title in &table.titles {
            let place = Place { at: title.at.clone(), unit: None };
            for (field, clause) in sentences(&title.value) {
                told.take(field, &clause, &place, &mut findings);
            }
        }
        entries.extend(told.entries());
    }
    (entries, findings)
}

/// Returns the nearest text on the left of a cell.
fn left_of(table: &Table, cell: CellRef) -> Option<Arc<str>> {
    let mut cells = (0..cell.col).rev();
    cells.find_map(|col| words(&table.sheet.cell(CellRef::new(cell.row, col))?.value()))
}

/// Facts of one card: those of the whole style, and those of single groups of
/// its sizes.
struct Card {
    whole: SpecEntry,
    groups: Vec<SpecEntry>,
    about: About,
}

impl Card {
    fn new(about: &About, at: crate::location::Location) -> Self {
        let whole = SpecEntry::new(about, at);
        Self { whole, groups: Vec::new(), about: about.clone() }
    }

    /// Takes a fact; one that differs by sizes (`S-L：24件；XL：20件`) for
    /// each of them.
    fn take(&mut self, field: &str, value: &str, place: &Place, findings: &mut Vec<Finding>) {
        let parts = match field {
            "pcs_per_carton" | "unit_net_weight" | "polybag_weight" | "carton_size" => {
                by_sizes(value)
            }
            _ => Vec::new(),
        };
        if parts.is_empty() {
            return self.whole.take(field, value, place, findings);
        }
        for (sizes, value) in parts {
            let mut entry = SpecEntry::new(&self.about, place.at.clone());
            entry.sizes = Some(sizes.into());
            entry.take(field, &value, place, findings);
            self.groups.push(entry);
        }
    }

    fn entries(self) -> impl Iterator<Item = SpecEntry> {
        [self.whole].into_iter().chain(self.groups).filter(SpecEntry::says_something)
    }
}

/// Reads a card: the name of a fact on the left, its value on the right.
fn card(read: &ReadTable, about: &About, findings: &mut Vec<Finding>) -> Vec<SpecEntry> {
    let table = &read.table;
    let mut card = Card::new(about, table.at_start());
    let [key, others @ ..] = table.columns.as_slice() else { return Vec::new() };
    // The first fact of a card without headings looks like its header.
    let header = table.header_rows.iter().copied();
    for row in header.chain(table.rows_of(Role::Body)) {
        let Some(name) = text(table, row, key) else { continue };
        let value = others.iter().find_map(|column| Some((text(table, row, column)?, column.col)));
        let Some((value, col)) = value else { continue };
        let Some(field) = fact_field(read.kind, &name) else { continue };
        let unit = header_key(&name).unit.map(Arc::from);
        let place = Place { at: table.at(row, col), unit };
        card.take(field, &value, &place, findings);
    }
    card.entries().collect()
}

/// Facts that may stand in a row with a size a column.
const BY_SIZE: [&str; 8] = [
    "pcs_per_carton",
    "unit_net_weight",
    "polybag_weight",
    "carton_size",
    "carton_tare",
    "max_gross_weight",
    "inner_pack",
    "ratio",
];

/// Reads a spec with a fact a row and a size a column; nothing if the table is
/// not one. Such a table looks like an order.
pub fn spec_across(read: &ReadTable, beside: &About) -> (Vec<SpecEntry>, Vec<Finding>) {
    let (mut entries, mut findings) = (Vec::new(), Vec::new());
    let table = &read.table;
    let sizes = size_columns(table, &[]);
    let (Some(kind), Some(first)) = (kinds::get("packing_spec"), table.columns.first()) else {
        return (entries, findings);
    };
    let fact = |row: u32| {
        let name = text(table, row, first)?;
        let field = fact_field(Some(kind), &name)?;
        BY_SIZE.contains(&field).then(|| (row, field, header_key(&name).unit.map(Arc::from)))
    };
    let rows = table.rows_of(Role::Body).count();
    let facts: Vec<(u32, &str, Option<Arc<str>>)> =
        table.rows_of(Role::Body).filter_map(fact).collect();
    if sizes.is_empty() || facts.len() < 2 || facts.len() * 2 < rows {
        return (entries, findings);
    }
    let about = About::of(read).or(beside);
    for size in sizes {
        let mut entry = SpecEntry::new(&about, table.at(facts[0].0, size.column.col));
        entry.sizes = Some(size.label);
        for (row, field, unit) in &facts {
            let Some(value) = text(table, *row, size.column) else { continue };
            let place = Place { at: table.at(*row, size.column.col), unit: unit.clone() };
            entry.take(field, &value, &place, &mut findings);
        }
        entries.push(entry);
    }
    (entries, findings)
}

/// The columns of a table of specs.
struct Columns<'t> {
    table: &'t Table,
    /// The columns of the three edges, where each has its own.
    edges: Option<[&'t Column; 3]>,
    /// The column of sizes, where its header does not say so.
    sizes: Option<&'t Column>,
}

impl<'t> Columns<'t> {
    fn of(table: &'t Table) -> Self {
        let is_edge = |column: &&Column| column.field == Some("carton_size");
        let said: Vec<&Column> = table.columns.iter().filter(is_edge).collect();
        let edges = match said.as_slice() {
            [length, width, height] => Some([*length, *width, *height]),
            [] => edge_columns(table),
            _ => None,
        };
        let is_edge = |column: &Column| {
            edges.is_some_and(|all| all.iter().any(|edge| edge.col == column.col))
        };
        let silent = |column: &&Column| {
            column.field.is_none() && !is_edge(column) && all_sizes(table, column)
        };
        let sizes = match table.column("size") {
            Some(_) => None,
            None => table.columns.iter().find(silent),
        };
        Self { table, edges, sizes }
    }

    /// Whether a column is read with two others.
    fn is_edge(&self, column: &Column) -> bool {
        self.edges.is_some_and(|edges| edges.iter().any(|edge| edge.col == column.col))
    }
}

/// Whether every text of a column names sizes.
fn all_sizes(table: &Table, column: &Column) -> bool {
    let mut texts = table.rows_of(Role::Body).filter_map(|row| text(table, row, column)).peekable();
    texts.peek().is_some() && texts.all(|text| names_sizes(&text))
}

/// Reads a row a style, a size, a group of sizes or a kind of carton.
fn rows(read: &ReadTable, about: &About, findings: &mut Vec<Finding>) -> Vec<SpecEntry> {
    let table = &read.table;
    let columns = Columns::of(table);
    let mut entries = Vec::new();
    for row in table.rows_of(Role::Body) {
        let entry = spec_row(&columns, row, about, findings);
        if entry.says_something() {
            entries.push(entry);
        }
    }
    let bare = |entry: &SpecEntry| {
        entry.styles.is_empty()
            && entry.sizes.is_none()
            && entry.per_carton.is_none()
            && entry.outer.is_some()
    };
    let are_types = entries.len() > 1 || entries.iter().any(|entry| entry.carton.is_some());
    if are_types && entries.iter().all(bare) {
        entries.iter_mut().for_each(|entry| entry.is_carton_type = true);
    }
    entries
}

fn spec_row(
    columns: &Columns<'_>,
    row: u32,
    about: &About,
    findings: &mut Vec<Finding>,
) -> SpecEntry {
    let table = columns.table;
    let mut entry = SpecEntry::new(about, table.at(row, table.area.first.col));
    for column in &table.columns {
        let Some(value) = text(table, row, column) else { continue };
        let folded = fold(&value);
        let silent = column.field.is_none() || column.field == Some("remark");
        entry.for_tails |= silent && FOR_TAILS.iter().any(|word| folded.contains(word));
        let Some(field) = column.field else { continue };
        let place =
            Place { at: table.at(row, column.col), unit: column.unit.as_deref().map(Arc::from) };
        if !columns.is_edge(column) {
            entry.take(field, &value, &place, findings);
        }
    }
    if let Some(column) = columns.sizes {
        entry.sizes = text(table, row, column);
    }
    if let Some(edges) = columns.edges {
        entry.outer = three_edges(table, row, edges);
    }
    entry
}

fn text(table: &Table, row: u32, column: &Column) -> Option<Arc<str>> {
    match &table.cell(row, column.col)?.value() {
        Value::Error(_) => None,
        value => words(value),
    }
}

fn three_edges(table: &Table, row: u32, columns: [&Column; 3]) -> Option<Outer> {
    let unit = columns[0].unit.as_deref().and_then(length_unit);
    let mut found = [Decimal::ZERO; 3];
    for (edge, column) in found.iter_mut().zip(columns) {
        *edge = figures(&text(table, row, column)?).first()?.0;
    }
    in_millimetres(found, None, unit).map(Outer::new)
}
