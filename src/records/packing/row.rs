//! One row of a packing list, as it is printed.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::edge_columns::edge_columns;
use super::list::ListedCartons;
use super::sizes::SizeColumn;
use crate::engine::packing::{Content, Outer};
use crate::finding::{Finding, codes};
use crate::input::table::{Column, Table};
use crate::input::values::edges::{edges, in_millimetres, length_unit};
use crate::location::Location;
use crate::records::reader::RowReader;

/// More cartons than this in one row is a misread number.
const MOST_CARTONS: u32 = 100_000;

/// Which columns a list has beside those of single fields.
pub(super) struct RowFields<'t> {
    sizes: Vec<SizeColumn<'t>>,
    size_of_row: Option<&'t Column>,
    outer: Vec<&'t Column>,
}

impl<'t> RowFields<'t> {
    /// Finds the columns of sizes and edges.
    pub(super) fn of(
        table: &'t Table,
        sizes: Vec<SizeColumn<'t>>,
        size_of_row: Option<&'t Column>,
    ) -> Self {
        let is_outer = |column: &&Column| column.field == Some("carton_size");
        let said: Vec<&Column> = table.columns.iter().filter(is_outer).collect();
        let outer = match edge_columns(table) {
            Some(edges) if said.is_empty() => edges.to_vec(),
            _ => said,
        };
        Self { sizes, size_of_row, outer }
    }
}

/// One row, as it is printed.
#[derive(Debug, Clone)]
pub(super) struct ListRow {
    pub(super) at: Location,
    /// The first and last carton number.
    pub(super) numbers: Option<(u32, u32)>,
    /// Whether the row has a number, its own or that of the row above.
    pub(super) numbered: bool,
    /// Whether that number stands in the row itself.
    own_number: bool,
    /// Whether the row has a weight or outside of its own.
    own_carton: bool,
    cartons: Option<Decimal>,
    pub(super) order_no: Option<Arc<str>>,
    pub(super) po: Option<Arc<str>>,
    style: Option<Arc<str>>,
    colour: Option<Arc<str>>,
    pub(super) destination: Option<Arc<str>>,
    /// Pieces by size, as printed.
    pub(super) sizes: Vec<(Option<Arc<str>>, Decimal)>,
    per_carton: Option<Decimal>,
    total: Option<Decimal>,
    pub(super) net_net: Option<Decimal>,
    pub(super) net: Option<Decimal>,
    pub(super) gross: Option<Decimal>,
    pub(super) total_net: Option<Decimal>,
    pub(super) total_gross: Option<Decimal>,
    pub(super) outer: Option<Outer>,
    pub(super) cbm: Option<Decimal>,
    pub(super) remark: Option<Arc<str>>,
}

/// Reads the row that the reader stands at.
pub(super) fn read_row<'t>(reader: &mut RowReader<'t>, fields: &RowFields<'t>) -> ListRow {
    let (numbers, own_number) = numbers(reader);
    let mut figure = |field: &str| reader.decimal(field).map(|figure| figure.value);
    let cartons = figure("cartons");
    let (per_carton, total) = (figure("pcs_per_carton"), figure("total_pcs"));
    let (net_net, net, gross) =
        (figure("net_net_weight"), figure("net_weight"), figure("gross_weight"));
    let (total_net, total_gross) = (figure("total_net_weight"), figure("total_gross_weight"));
    let cbm = figure("cbm");
    let own = |field: &str| reader.column(field).is_some_and(|column| reader.is_own(column));
    let own_carton = own("gross_weight") || own("carton_size") || own("total_gross_weight");
    let first = |ids: Vec<crate::records::DocumentNo>| ids.into_iter().next().map(|id| id.text);
    let order_no = first(reader.ids("order_no"));
    let po = first(reader.ids("customer_po"));
    let style = first(reader.ids("item_code"));
    let colour = reader.text("color");
    let mut row = ListRow {
        at: reader.at("carton_from"),
        numbered: numbers.is_some(),
        numbers,
        own_number,
        own_carton,
        cartons,
        po,
        order_no,
        style,
        colour,
        destination: reader.text("ship_to"),
        sizes: Vec::new(),
        per_carton,
        total,
        net_net,
        net,
        gross,
        total_net,
        total_gross,
        outer: outer(reader, &fields.outer),
        cbm,
        remark: reader.text("remark"),
    };
    row.sizes = sizes(reader, fields, row.per_carton.or(row.total));
    row
}

/// Returns the pieces by size that a row prints.
fn sizes<'t>(
    reader: &mut RowReader<'t>,
    fields: &RowFields<'t>,
    pieces: Option<Decimal>,
) -> Vec<(Option<Arc<str>>, Decimal)> {
    let inseam = reader.text("inseam");
    let named = |size: &Arc<str>| match &inseam {
        Some(inseam) => Arc::from(format!("{size}/{inseam}")),
        None => Arc::clone(size),
    };
    let mut found = Vec::new();
    for size in &fields.sizes {
        if let Some(figure) = reader.decimal_of(size.column).filter(|f| !f.value.is_zero()) {
            found.push((Some(named(&size.label)), figure.value));
        }
    }
    if !fields.sizes.is_empty() {
        return found;
    }
    let size = fields.size_of_row.and_then(|column| reader.words(column));
    found.extend(pieces.map(|pieces| (size.as_ref().map(named), pieces)));
    found
}

/// Reads the carton numbers of a row, and whether they stand in it.
fn numbers(reader: &mut RowReader<'_>) -> (Option<(u32, u32)>, bool) {
    let Some(column) = reader.column("carton_from") else { return (None, false) };
    let own = reader.is_own(column);
    let Some(text) = reader.words(column) else { return (None, false) };
    let Some((from, to)) = range(&text) else { return (None, own) };
    let last = reader.text("carton_to").and_then(|text| range(&text)).map(|(_, to)| to);
    let to = last.filter(|last| *last >= from).unwrap_or(to);
    (Some((from, to)), own)
}

/// Reads `1-7`, `C/NO. 1~7`, `A001-A007`, `80`.
fn range(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .map(|digits| digits.parse::<u32>().ok());
    let from = numbers.next()??;
    let to = match numbers.next() {
        Some(to) => to?,
        None => from,
    };
    let one_more = numbers.next().is_some();
    (from <= to && to - from < MOST_CARTONS && !one_more).then_some((from, to))
}

/// Reads the outside: in one cell, or an edge a column.
fn outer<'t>(reader: &mut RowReader<'t>, columns: &[&'t Column]) -> Option<Outer> {
    if let [length, width, height] = columns {
        let unit = length.unit.as_deref().and_then(length_unit);
        let mut edge = |column: &'t Column| reader.decimal_of(column).map(|figure| figure.value);
        let figures = [edge(length)?, edge(width)?, edge(height)?];
        return in_millimetres(figures, None, unit).map(Outer::new);
    }
    columns.iter().find_map(|column| {
        let unit = column.unit.as_deref().and_then(length_unit);
        edges(&reader.words(column)?, unit).map(Outer::new)
    })
}

impl ListRow {
    /// Whether the row is about the cartons of the row before: it has their
    /// number, and neither weight nor outside of its own.
    pub(super) fn continues(&self, before: &ListRow) -> bool {
        let same = self.numbers == before.numbers || !self.numbered;
        let has_carton = self.cartons.is_some_and(|cartons| !cartons.is_zero());
        same && before.numbered
            && !self.own_carton
            && !self.sizes.is_empty()
            && (!self.own_number || self.numbers.is_some_and(|(from, to)| from == to))
            && (!has_carton || self.own_number)
    }

    /// Gives the row its numbers: those it prints, made as long as its
    /// cartons are many; else the next ones.
    pub(super) fn settle_numbers(&mut self, last: u32) {
        let count = self.count();
        self.numbers = match (self.numbers, count) {
            (Some((from, to)), Some(count)) if from == to && count > 1 => {
                from.checked_add(count - 1).map(|to| (from, to))
            }
            (Some(numbers), _) => Some(numbers),
            (None, Some(count)) if count > 0 => {
                last.checked_add(count).map(|to| (last.saturating_add(1), to))
            }
            (None, _) => None,
        };
    }

    /// Returns how many cartons the row stands for, as a factor.
    pub(super) fn many(&self) -> Option<Decimal> {
        match self.numbers {
            Some((from, to)) if to > from => Some(Decimal::from(to - from + 1)),
            _ => Some(self.count().map_or(Decimal::ONE, Decimal::from)),
        }
    }

    /// Returns how many cartons the row says it has.
    fn count(&self) -> Option<u32> {
        let computed = || self.total?.checked_div(self.per_carton?);
        let count = self.cartons.or_else(computed)?;
        count.fract().is_zero().then(|| count.to_u32()).flatten().filter(|n| *n < MOST_CARTONS)
    }

    /// Returns what is in one of `count` cartons.
    pub(super) fn contents(&self, count: u32, findings: &mut Vec<Finding>) -> Vec<Content> {
        let sum = self.sizes.iter().map(|(_, pieces)| *pieces);
        let sum = sum.fold(Decimal::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum));
        let cartons = Decimal::from(count);
        let whole = |each: Decimal| each.checked_mul(cartons);
        let are_totals = count > 1 && self.total == Some(sum) && self.per_carton != Some(sum);
        if let Some(per) = self.per_carton.filter(|per| *per != sum && !are_totals) {
            findings.push(self.mismatch(codes::CARTON_PIECES, sum, per));
        } else if let Some(total) = self.total.filter(|_| !are_totals)
            && whole(sum) != Some(total)
        {
            findings.push(self.mismatch(codes::CARTON_PIECES, whole(sum).unwrap_or(sum), total));
        }
        // A piece that takes several cartons (a sofa in three) is no fault.
        let uneven = |pieces: Decimal| {
            pieces > cartons && pieces.checked_rem(cartons).is_none_or(|left| !left.is_zero())
        };
        if are_totals && self.sizes.iter().any(|(_, pieces)| uneven(*pieces)) {
            findings.push(self.mismatch(codes::CARTON_UNEVEN, cartons, sum));
        }
        let each = |pieces: Decimal| match are_totals {
            true => pieces.checked_div(cartons).unwrap_or(pieces).normalize(),
            false => pieces.normalize(),
        };
        let content = |(size, pieces): &(Option<Arc<str>>, Decimal)| Content {
            po: self.po.clone(),
            style: self.style.clone(),
            colour: self.colour.clone(),
            size: size.clone(),
            pieces: each(*pieces),
        };
        self.sizes.iter().map(content).collect()
    }

    /// Compares figures of the row that must agree.
    pub(super) fn check(&self, listed: &ListedCartons, findings: &mut Vec<Finding>) {
        let count = Decimal::from(listed.range.count());
        if let Some(cartons) = self.cartons.filter(|cartons| *cartons != count) {
            findings.push(self.mismatch(codes::CARTON_COUNT, count, cartons));
        }
        let weights = listed.range.weights;
        for (each, all) in [(weights.gross, self.total_gross), (weights.net, self.total_net)] {
            let (Some(each), Some(all)) = (each, all) else { continue };
            let expected = each.checked_mul(count);
            // Totals of weights are printed to two decimals.
            let off = expected.and_then(|expected| expected.checked_sub(all));
            if off.is_none_or(|off| off.abs() > Decimal::new(1, 2)) {
                findings.push(self.mismatch(codes::CARTON_WEIGHT, expected.unwrap_or(each), all));
            }
        }
        if let (Some(net), Some(gross)) = (weights.net, weights.gross)
            && net >= gross
        {
            findings.push(self.mismatch(codes::CARTON_WEIGHT, net, gross));
        }
    }

    fn mismatch(&self, code: crate::finding::Code, expected: Decimal, found: Decimal) -> Finding {
        let carton = self.numbers.map_or_else(String::new, |(from, to)| match from == to {
            true => from.to_string(),
            false => format!("{from}-{to}"),
        });
        Finding::of(code)
            .with("carton", carton)
            .with("found", found.normalize())
            .with("expected", expected.normalize())
            .at(self.at.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn carton_numbers_are_read_in_every_spelling() {
        for (text, numbers) in [
            ("1-7", Some((1, 7))),
            ("8", Some((8, 8))),
            ("C/NO. 001~007", Some((1, 7))),
            ("A001-A007", Some((1, 7))),
            ("80#", Some((80, 80))),
            ("7-1", None),
            ("尾箱", None),
            ("1-99999999999", None),
            ("1,3,5", None),
        ] {
            assert_eq!(range(text), numbers, "{text}");
        }
    }
}
