//! Sheets with a column of uses for every colour or size: a list for each.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::blocks::Leveled;
use super::{Bom, Variant};
use crate::input::table::Column;
use crate::kinds;
use crate::records::Item;
use crate::records::reader::RowReader;

/// The uses of a sheet that are read apart: each is a line of a list of its
/// own. No product has so many; the lines of more are told to have no use.
const MOST: usize = 100_000;

/// The columns of uses, and what stands in them.
pub(super) struct Variants<'t> {
    columns: Vec<(Arc<str>, &'t Column)>,
    /// The uses of every row, a column each.
    uses: Vec<Vec<Option<Decimal>>>,
}

impl<'t> Variants<'t> {
    pub(super) fn of(reader: &RowReader<'t>) -> Self {
        let named = |column: &'t Column| {
            let mut parts: Vec<&str> = column.parts.iter().map(String::as_str).collect();
            if parts.is_empty() {
                parts.push(&column.header);
            }
            let name = kinds::get("bom").and_then(|kind| kinds::variant(&parts, kind));
            (Arc::from(name.unwrap_or(&column.header)), column)
        };
        let columns = reader.columns("variant_use").into_iter().map(named).collect();
        Self { columns, uses: Vec::new() }
    }

    /// Reads the uses in the row that the reader stands at.
    pub(super) fn read(&mut self, reader: &mut RowReader<'_>) {
        let uses = self.columns.iter().map(|(_, column)| reader.decimal_of(column));
        let uses: Vec<Option<Decimal>> = uses.map(|read| read.map(|figure| figure.value)).collect();
        self.uses.push(uses);
    }

    /// Makes the lists of a sheet out of its rows: one of each product, or one
    /// of each of its colours and sizes.
    pub(super) fn apart(
        &self,
        lines: Vec<Leveled>,
        boms: impl Fn(Vec<Leveled>) -> Vec<Bom>,
    ) -> Vec<Bom> {
        if self.columns.is_empty() || self.columns.len().saturating_mul(lines.len()) > MOST {
            return boms(lines);
        }
        let columns = self.columns.iter().enumerate();
        let of = columns.flat_map(|(at, (name, column))| {
            let mut lists = boms(self.lines_of(&lines, at));
            lists.iter_mut().for_each(|bom| mark(bom, name, column.col));
            lists
        });
        of.collect()
    }

    /// Returns the lines of one column, each with its use in it. A line without
    /// one goes by the use of all, if the sheet has that; a line that only
    /// others use is none of this list.
    fn lines_of(&self, lines: &[Leveled], column: usize) -> Vec<Leveled> {
        let is_use = |usage: &Option<Decimal>| usage.is_some_and(|usage| !usage.is_zero());
        let mut own = Vec::new();
        for (at, (line, uses)) in lines.iter().zip(&self.uses).enumerate() {
            let has_parts = lines.get(at + 1).is_some_and(|next| next.level > line.level);
            let mut line = line.clone();
            line.raw.total = None;
            line.raw.usage = uses[column].or(line.raw.usage);
            // A line that nothing uses stays in the first list, and is told.
            let unused = column == 0 && !uses.iter().any(is_use);
            if is_use(&line.raw.usage) || has_parts || unused {
                own.push(line);
            }
        }
        own
    }
}

/// Calls a list's product by its colour or size too.
fn mark(bom: &mut Bom, name: &Arc<str>, column: u16) {
    let of = bom.product.clone();
    let called = |text: Arc<str>| Arc::from(format!("{text} {name}"));
    bom.product = Item {
        code: bom.product.code.take().map(called),
        name: match of.code {
            Some(_) => bom.product.name.take(),
            None => bom.product.name.take().map(called),
        },
        ..bom.product.clone()
    };
    bom.variant = Some(Variant { of, name: Arc::clone(name) });
    bom.columns.usage = Some(column);
    // What the sheet says it is for is the sum of all.
    bom.head.quantity = None;
}
