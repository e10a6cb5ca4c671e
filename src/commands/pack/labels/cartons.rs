//! The cartons of the lists among the inputs: packing lists; without one, the
//! lists of plans and final lists that gendan wrote; without those, plain
//! lists of cartons.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::commands::Context;
use crate::commands::pack::lists::number_findings;
use crate::commands::pack::papers::{beside, own_lists};
use crate::commands::pack::{r#final, plan};
use crate::engine::packing::{CartonKind, CartonRange, Content, Outer, Weights};
use crate::finding::Finding;
use crate::input::reading::{ReadTable, Reading};
use crate::records::packing::{About, CartonList, ListedCartons, Printed, carton_list};
use crate::records::{CartonRow, carton_rows};

/// All lists of cartons.
#[derive(Debug, Default)]
pub(super) struct Cartons {
    /// The lists, in the order of the inputs.
    pub(super) lists: Vec<CartonList>,
    /// What was wrong or doubtful.
    pub(super) findings: Vec<Finding>,
    /// Of each table: how many rows could not be used; `None` if it is no
    /// list of cartons.
    pub(super) rejected: Vec<Option<usize>>,
}

impl Cartons {
    /// Reads the lists. Numbers that two cartons have, and numbers that none
    /// has, are told: two labels would be the same, or one would be missing.
    pub(super) fn of(reading: &Reading, context: &Context) -> Self {
        let mut this = Self { rejected: vec![None; reading.tables.len()], ..Self::default() };
        this.take(reading, "packing_list", carton_list);
        if this.lists.is_empty() {
            this.lists = own_lists(&reading.ours, &[plan::REPORT, r#final::REPORT], context);
        }
        if this.lists.is_empty() {
            this.take(reading, "carton_list", plain_list);
        }
        this.findings.extend(number_findings(&this.lists));
        this
    }

    fn take(&mut self, reading: &Reading, kind: &str, list: fn(&ReadTable, &About) -> CartonList) {
        for (at, read) in reading.tables.iter().enumerate() {
            if read.kind.is_none_or(|own| own.id != kind) {
                continue;
            }
            let list = list(read, &beside(&reading.tables, at));
            self.rejected[at] = Some(list.rejected);
            self.findings.extend(list.findings.iter().cloned());
            self.lists.push(list);
        }
    }
}

/// Reads a plain list of cartons: what is in them it does not say. Rows
/// without numbers are numbered on.
fn plain_list(read: &ReadTable, beside: &About) -> CartonList {
    let rows = carton_rows(&read.table);
    let (findings, rejected) = (rows.findings, rows.rejected);
    let about = About::of(read).or(beside);
    let mut list = CartonList { about, findings, rejected, ..CartonList::default() };
    let mut next = 1_u32;
    for row in rows.rows.iter().filter(|row| row.quantity > 0) {
        let from = row.first.unwrap_or(next);
        let to = from.saturating_add(row.quantity - 1);
        next = to.saturating_add(1);
        list.cartons.push(plain(row, from, to));
    }
    list
}

fn plain(row: &CartonRow, from: u32, to: u32) -> ListedCartons {
    let content = Content {
        po: row.po.clone(),
        style: Some(Arc::clone(&row.called)),
        colour: None,
        size: None,
        pieces: Decimal::ZERO,
    };
    let outer = Outer::new(row.size.map(Decimal::from));
    let weights = Weights { gross: row.gross_weight, ..Weights::default() };
    let range = CartonRange {
        from,
        to,
        destination: row.destination.clone(),
        contents: vec![content],
        kind: CartonKind::Solid,
        odd: false,
        weights,
        weighed: false,
        outer: Some(outer),
        cbm: outer.cbm(),
        at: Some(row.at.clone()),
    };
    let numbered = row.first.is_some();
    ListedCartons { range, printed: Printed::default(), numbered, remark: None }
}
