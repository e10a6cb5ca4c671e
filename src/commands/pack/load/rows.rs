//! The cartons of the inputs: rows of plain lists, ranges of packing lists.

use std::sync::Arc;

use crate::commands::Context;
use crate::commands::pack::papers::own_lists;
use crate::commands::pack::{r#final, plan};
use crate::engine::packing::CartonRange;
use crate::finding::{Finding, codes};
use crate::input::columns::{self, Overrides};
use crate::input::reading::{ReadTable, Reading};
use crate::input::table::Table;
use crate::input::values::text::words;
use crate::kinds;
use crate::location::{CellRef, Location};
use crate::records::packing::{About, CartonList, ListedCartons, carton_list};
use crate::records::{CartonRow, CartonRows, carton_rows};
use crate::settings::Settings;

/// Kinds of sheets that list cartons.
const LIST: &str = "carton_list";
const PACKING: &str = "packing_list";

/// All cartons that are to be loaded.
#[derive(Debug, Default)]
pub(super) struct Cargo {
    /// Their rows, in the order of the inputs.
    pub(super) rows: Vec<CartonRow>,
    /// What was wrong or doubtful.
    pub(super) findings: Vec<Finding>,
    /// Of each table: how many rows could not be used; `None` if the table is
    /// none of cartons.
    pub(super) used: Vec<Option<usize>>,
}

impl Cargo {
    /// Reads the cartons of all tables. If none of them is a list of cartons
    /// by its kind, those of the plans and final lists that gendan wrote; if
    /// there is none, any table that has sizes and counts will do.
    pub(super) fn of(reading: &Reading, context: &Context) -> Self {
        let (tables, settings) = (&reading.tables, &context.settings);
        let mut cargo = Self::read(tables, |read| cartons_of(read, settings));
        if cargo.used.iter().all(Option::is_none) {
            cargo.take_own(&own_lists(&reading.ours, &[plan::REPORT, r#final::REPORT], context));
        }
        if cargo.rows.is_empty() && cargo.used.iter().all(Option::is_none) {
            cargo = Self::read(tables, |read| as_list(read, settings));
        }
        cargo
    }

    /// Takes the cartons of lists that gendan wrote: what is in them is what
    /// they are called.
    fn take_own(&mut self, lists: &[CartonList]) {
        let mut rows = CartonRows::default();
        for listed in lists.iter().flat_map(|list| &list.cartons) {
            let range = &listed.range;
            let number = |at: &Location| Arc::from((at.cell.row + 1).to_string());
            rows.take(listed, range.style().cloned().or_else(|| range.at.as_ref().map(number)));
        }
        self.rows.extend(rows.rows);
        self.findings.extend(rows.findings);
    }

    fn read(tables: &[ReadTable], cartons: impl Fn(&ReadTable) -> Option<CartonRows>) -> Self {
        let mut cargo = Self::default();
        for read in tables {
            let Some(found) = cartons(read) else {
                cargo.used.push(None);
                continue;
            };
            cargo.used.push(Some(found.rejected));
            cargo.rows.extend(found.rows);
            cargo.findings.extend(found.findings);
        }
        cargo
    }

    /// Keeps what was found of tables of cartons, and of files as a whole.
    pub(super) fn of_use(&self, findings: Vec<Finding>, tables: &[ReadTable]) -> Vec<Finding> {
        let holds = |at: &Location, cartons: bool| {
            let mut read = tables.iter().zip(&self.used);
            read.any(|(read, used)| used.is_some() == cartons && read.table.sheet.id == at.sheet)
        };
        let concerns = |finding: &Finding| {
            finding.at.as_ref().is_none_or(|at| holds(at, true) || !holds(at, false))
        };
        // That a sheet's kind was not known matters no more once it is read.
        findings
            .into_iter()
            .filter(|one| concerns(one) && one.code != codes::UNKNOWN_KIND)
            .collect()
    }
}

fn cartons_of(read: &ReadTable, settings: &Settings) -> Option<CartonRows> {
    match read.kind?.id.as_str() {
        LIST => Some(carton_rows(&read.table)),
        PACKING => {
            let list = packing_rows(read);
            // A list of sizes and counts alone has no packing to it.
            if list.rows.is_empty() { as_list(read, settings).or(Some(list)) } else { Some(list) }
        }
        _ => None,
    }
}

/// Reads a table as a plain list of cartons, if it has what that needs.
fn as_list(read: &ReadTable, settings: &Settings) -> Option<CartonRows> {
    let kind = kinds::get(LIST)?;
    let mut table = read.table.clone();
    for column in &mut table.columns {
        column.field = None;
    }
    columns::map(&mut table, kind, &Overrides::new(settings, None));
    let has = |group: &Vec<String>| group.iter().any(|field| table.column(field).is_some());
    kind.needs.iter().all(has).then(|| carton_rows(&table))
}

/// Reads a packing list: each range of cartons is a row.
fn packing_rows(read: &ReadTable) -> CartonRows {
    let list = carton_list(read, &About::default());
    let mut rows =
        CartonRows { findings: list.findings, rejected: list.rejected, ..CartonRows::default() };
    for listed in &list.cartons {
        let label = listed.range.at.as_ref().map(|at| label(&read.table, at));
        rows.take(listed, label);
    }
    rows
}

impl CartonRows {
    /// Takes the cartons of a row of a packing list, or says why it cannot.
    fn take(&mut self, listed: &ListedCartons, label: Option<Arc<str>>) {
        if let Some(row) = label.and_then(|label| packing_row(label, listed)) {
            return self.rows.push(row);
        }
        self.rejected += 1;
        let finding = Finding::of(codes::REJECTED_ROW).with("reason", "no-carton-size");
        self.findings.push(match &listed.range.at {
            Some(at) => finding.at(at.clone()),
            None => finding,
        });
    }
}

fn packing_row(label: Arc<str>, listed: &ListedCartons) -> Option<CartonRow> {
    let range = &listed.range;
    let outer = range.outer?;
    let edges = [outer.length, outer.width, outer.height];
    let edges = edges.map(|edge| u32::try_from(edge.ceil()).ok().filter(|edge| *edge > 0));
    let [Some(length), Some(width), Some(height)] = edges else { return None };
    let at = range.at.clone()?;
    Some(CartonRow {
        called: called(range).unwrap_or_else(|| label.clone()),
        label,
        po: range.po().cloned(),
        destination: range.destination.clone(),
        first: Some(range.from),
        quantity: range.count(),
        size: [length, width, height],
        upright: [true; 3],
        gross_weight: range.weights.gross,
        tiers: None,
        bearing: None,
        at,
    })
}

/// Returns the style and colour of what is in cartons, as far as all of it is
/// of one.
fn called(range: &CartonRange) -> Option<Arc<str>> {
    let words: Vec<&str> =
        [range.style(), range.colour()].into_iter().flatten().map(|word| &**word).collect();
    (!words.is_empty()).then(|| words.join(" ").into())
}

/// Returns what a row of a packing list calls its cartons; its number in the
/// sheet if it has no name.
fn label(table: &Table, at: &Location) -> Arc<str> {
    let row = at.cell.row;
    let named = table.column("item_code").and_then(|column| {
        let at = CellRef::new(row, column.col);
        let at = table.filled.get(&at).copied().unwrap_or(at);
        words(&table.sheet.cell(at)?.value())
    });
    named.unwrap_or_else(|| (row + 1).to_string().into())
}
