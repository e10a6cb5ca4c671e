//! Rates, a column at a time: 13, 13% and 0.13 in one column are one rate. A
//! column that leaves a cell in doubt says so.

use std::borrow::Borrow;

use rust_decimal::Decimal;

use super::decimal::{decimal, decimal_text};
use super::odd::{Bad, Odd, Parsed};
use crate::input::sheet::{NumberFormat, Value};

/// What a column's rates are of.
#[derive(Debug, Clone, Copy)]
pub enum RateKind<'a> {
    /// Tax: one of the known rates, as shares (0.13).
    Tax(&'a [Decimal]),
    /// Any other share (loss, shrinkage, discount).
    Share,
}

/// Reads the cells of a column as rates; each is a share (0.13). A cell
/// comes with what its number format makes of it.
pub fn rates(
    cells: impl IntoIterator<Item = (impl Borrow<Value>, NumberFormat)>,
    kind: RateKind<'_>,
) -> Vec<Parsed<Decimal>> {
    let cells: Vec<Parsed<Cell>> =
        cells.into_iter().map(|(value, format)| cell(value.borrow(), format)).collect();
    let plain = || {
        cells.iter().filter_map(|cell| match cell {
            Parsed::Value(Cell::Plain(number)) => Some(*number),
            _ => None,
        })
    };
    let column = Column {
        points: plain().any(|number| number > Decimal::ONE),
        shares: plain().any(|number| number < Decimal::ONE && !number.is_zero()),
    };
    let share = |cell: Parsed<Cell>| match cell {
        Parsed::Blank(odds) => Parsed::Blank(odds),
        Parsed::Bad(bad) => Parsed::Bad(bad),
        Parsed::Value(Cell::Share(share)) => Parsed::Value(share),
        Parsed::Value(Cell::Plain(number)) => {
            column.share(number, kind).map_or(Parsed::Bad(Bad::TwoRates), Parsed::Value)
        }
    };
    cells.into_iter().map(share).collect()
}

/// A rate as one cell gives it.
enum Cell {
    /// Written or shown as per cent: exact.
    Share(Decimal),
    /// A bare number.
    Plain(Decimal),
}

/// What the bare numbers of a column are like.
struct Column {
    /// Some are per cent without a doubt.
    points: bool,
    /// Some are below one.
    shares: bool,
}

fn cell(value: &Value, format: NumberFormat) -> Parsed<Cell> {
    let (number, in_points) = match value {
        Value::Text(text) => {
            let (figure, in_points) = bare(text);
            (decimal_text(figure), in_points)
        }
        other => (decimal(other), false),
    };
    let number = match number {
        Parsed::Blank(odds) => return Parsed::Blank(odds),
        Parsed::Bad(bad) => return Parsed::Bad(bad),
        Parsed::Value(number) => number,
    };
    if number.unit.is_some() {
        return Parsed::Bad(Bad::TrailingText);
    }
    if number.value.is_sign_negative() && !number.value.is_zero() {
        return Parsed::Bad(Bad::NotThis);
    }
    if in_points {
        return hundredth(number.value)
            .map_or(Parsed::Bad(Bad::TooLong), |share| Parsed::Value(Cell::Share(share)));
    }
    let exact = number.odds.has(Odd::Percent) || format == NumberFormat::Percent;
    let cell = if exact { Cell::Share } else { Cell::Plain };
    Parsed::Value(cell(number.value))
}

/// Returns the figure of `税率：13%` and of `13个点`, and whether it counts
/// points.
fn bare(text: &str) -> (&str, bool) {
    let text = text.trim();
    let figure = ["税率", "稅率"].into_iter().find_map(|word| text.strip_prefix(word));
    let figure = figure.unwrap_or(text).trim_start_matches([':', '：', ' ']);
    let points =
        ["个点", "個點", "点", "點"].into_iter().find_map(|word| figure.strip_suffix(word));
    (points.unwrap_or(figure), points.is_some())
}

impl Column {
    /// Returns the share that a bare number means; `None` if it may mean two.
    fn share(&self, number: Decimal, kind: RateKind<'_>) -> Option<Decimal> {
        let as_points = hundredth(number);
        if let RateKind::Tax(known) = kind {
            let is_known = |share: Option<Decimal>| share.filter(|share| known.contains(share));
            match (is_known(Some(number)), is_known(as_points)) {
                (Some(share), None) | (None, Some(share)) => return Some(share),
                _ => {}
            }
        }
        if number.is_zero() {
            return Some(number);
        }
        if number > Decimal::ONE {
            return as_points.filter(|share| *share <= Decimal::ONE);
        }
        if number == Decimal::ONE {
            // One hundred per cent, or one: only its column can tell.
            return match (self.points, self.shares) {
                (true, _) => as_points,
                (false, true) => None,
                (false, false) => as_points,
            };
        }
        // Below one a number is a share, unless it may be half a point.
        let small = number < Decimal::new(2, 1);
        (small || !self.points).then_some(number)
    }
}

fn hundredth(number: Decimal) -> Option<Decimal> {
    let mut share = number;
    share.set_scale(number.scale().checked_add(2)?).ok()?;
    Some(share.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str], kind: RateKind<'_>) -> Vec<String> {
        let cells: Vec<Value> = cells
            .iter()
            .map(|cell| cell.parse().map_or_else(|_| Value::Text((*cell).into()), Value::Number))
            .collect();
        let read = rates(cells.iter().map(|cell| (cell, NumberFormat::General)), kind);
        read.into_iter()
            .map(|rate| match rate {
                Parsed::Value(rate) => rate.normalize().to_string(),
                Parsed::Blank(_) => "blank".to_owned(),
                Parsed::Bad(bad) => bad.name().to_owned(),
            })
            .collect()
    }

    #[test]
    fn one_tax_rate_in_three_spellings_is_one() {
        let known = [13, 9, 6, 3, 1].map(|rate| Decimal::new(rate, 2));
        let tax = RateKind::Tax(&known);
        assert_eq!(read(&["13%", "0.13", "13", "13.00%"], tax), ["0.13"; 4]);
        assert_eq!(read(&["1", "0.01", "1%", "3"], tax), ["0.01", "0.01", "0.01", "0.03"]);
        assert_eq!(read(&["13个点", "税率：13%", "０.13"], tax), ["0.13"; 3]);
        assert_eq!(read(&["", "-", "免税", "0"], tax), ["blank", "blank", "0", "0"]);
    }

    #[test]
    fn a_share_in_doubt_is_said_to_be_in_doubt() {
        let share = RateKind::Share;
        assert_eq!(read(&["3%", "0.03", "2"], share), ["0.03", "0.03", "0.02"]);
        assert_eq!(read(&["0.5", "0.03", "2"], share), ["two-rates", "0.03", "0.02"]);
        assert_eq!(read(&["0.5", "0.03"], share), ["0.5", "0.03"]);
        assert_eq!(read(&["1", "0.03"], share), ["two-rates", "0.03"]);
        assert_eq!(read(&["1", "3"], share), ["0.01", "0.03"]);
        assert_eq!(read(&["150", "-3", "5kg"], share), ["two-rates", "not-this", "trailing-text"]);
    }

    #[test]
    fn a_cell_shown_as_per_cent_is_exact() {
        let cell = Value::Number(Decimal::new(5, 1));
        let read = rates([(&cell, NumberFormat::Percent)], RateKind::Share);
        assert_eq!(read, [Parsed::Value(Decimal::new(5, 1))]);
    }
}
