//! Which columns of a stock table say what came in and what went out: one for
//! all, one for every kind (采购入库, 生产入库), one for every day; and which of
//! them are the sum of others.

use rust_decimal::Decimal;

use super::super::reader::RowReader;
use crate::input::table::Column;

/// The columns of each side whose sum is what moved.
pub(super) struct Sides<'t> {
    pub(super) received: Vec<&'t Column>,
    pub(super) issued: Vec<&'t Column>,
}

/// Finds the columns of both sides. A column for all beside columns of kinds
/// is their sum, or what they leave out: the rows that then close decide, and
/// without any that do it is the sum.
pub(super) fn sides<'t>(reader: &RowReader<'t>) -> Sides<'t> {
    let readings = |all: &str, parts: &str, days: &str| -> Vec<Vec<&'t Column>> {
        let whole: Vec<&Column> = reader.column(all).into_iter().collect();
        let parts = reader.columns(parts);
        match (whole.is_empty(), parts.is_empty()) {
            (true, true) => vec![reader.columns(days)],
            (true, false) => vec![parts],
            (false, true) => vec![whole],
            (false, false) => vec![whole.clone(), [whole, parts].concat()],
        }
    };
    let mut came = readings("in_qty", "in_part", "day_in");
    let mut went = readings("out_qty", "out_part", "day_out");
    if let ([_], [_]) = (&came[..], &went[..]) {
        return Sides { received: came.remove(0), issued: went.remove(0) };
    }
    let mut best: Option<(usize, Sides<'t>)> = None;
    for received in &came {
        for issued in &went {
            let sides = Sides { received: received.clone(), issued: issued.clone() };
            let closing = closing(reader, &sides);
            if best.as_ref().is_none_or(|(most, _)| closing > *most) {
                best = Some((closing, sides));
            }
        }
    }
    best.map_or(Sides { received: Vec::new(), issued: Vec::new() }, |(_, sides)| sides)
}

/// Counts the rows that close: opening + in − out ± adjusted.
fn closing(reader: &RowReader<'_>, sides: &Sides<'_>) -> usize {
    let figure = |row: u32, field: &str| reader.peek(row, field).unwrap_or_default();
    let sum = |row: u32, columns: &[&Column]| {
        let figures = columns.iter().filter_map(|column| reader.peek_at(row, column.col));
        figures.fold(Decimal::ZERO, Decimal::saturating_add)
    };
    let closes = |row: u32| {
        let adjusted = figure(row, "adjust_qty")
            .saturating_add(figure(row, "gain_qty"))
            .saturating_sub(figure(row, "loss_qty").abs());
        let rolled = figure(row, "opening_qty")
            .saturating_add(sum(row, &sides.received))
            .saturating_sub(sum(row, &sides.issued))
            .saturating_add(adjusted);
        reader.peek(row, "closing_qty") == Some(rolled)
    };
    reader.rows().iter().filter(|row| closes(**row)).count()
}
