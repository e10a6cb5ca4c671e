//! Loss rates, a column at a time: `3%`, `0.03` and `2` in one column are
//! three, three and two per cent, and so is `1.03` where the column holds
//! factors. Between one tenth and one a bare figure may be a share or per
//! cent; its neighbours decide, and it is said that they did.

use std::borrow::Borrow;

use rust_decimal::Decimal;

use super::{Doubt, Rate};
use crate::input::sheet::{NumberFormat, Value};
use crate::input::values::decimal::decimal;
use crate::input::values::decimal::decimal_text;
use crate::input::values::odd::{Odd, Parsed};

/// A rate as its cell gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    /// Nothing.
    Blank,
    /// Written or shown as per cent: exact, as a share.
    Exact(Decimal),
    /// A bare number.
    Bare(Decimal),
    /// No figure.
    Other,
}

/// The most that a loss is without somebody having to look.
const HIGH: Decimal = Decimal::from_parts(3, 0, 0, false, 1);
/// Bare figures from here to one may be per cent.
const DOUBTFUL: Decimal = Decimal::from_parts(1, 0, 0, false, 1);
/// Bare figures from one to here, written to the hundredth, may be factors.
const FACTOR: Decimal = Decimal::from_parts(11, 0, 0, false, 1);

/// What a header says of the figures below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    /// Nothing.
    Plain,
    /// They are per cent.
    Percent,
    /// They are factors: 1.03 for three per cent.
    Factor,
}

/// Reads the cells of a column.
pub(super) fn rates(
    cells: impl IntoIterator<Item = (impl Borrow<Value>, NumberFormat)>,
    heading: Heading,
) -> Vec<Rate> {
    let written: Vec<Written> =
        cells.into_iter().map(|(value, format)| cell(value.borrow(), format)).collect();
    let column = Column::of(&written, heading);
    written.iter().map(|cell| checked(column.rate(*cell))).collect()
}

fn cell(value: &Value, format: NumberFormat) -> Written {
    let read = match value {
        Value::Text(text) => decimal_text(bare(text)),
        other => decimal(other),
    };
    match read {
        Parsed::Blank(_) => Written::Blank,
        Parsed::Bad(_) => Written::Other,
        Parsed::Value(number) if number.unit.is_some() => Written::Other,
        Parsed::Value(number)
            if number.odds.has(Odd::Percent) || format == NumberFormat::Percent =>
        {
            Written::Exact(number.value)
        }
        Parsed::Value(number) => Written::Bare(number.value),
    }
}

/// Returns the figure of `5%内`, `≤3%`, `约2%`.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_start_matches(['≤', '<', '约', '約', '~', '±']);
    ["以内", "以內", "内", "內", "左右"]
        .iter()
        .fold(text, |text, word| text.trim_end_matches(word))
        .trim()
}

/// What the cells of a column are like together.
struct Column {
    /// The lowest and the highest rate that are sure.
    sure: Option<(Decimal, Decimal)>,
    /// Whether bare figures above one stand in it.
    points: bool,
    /// Whether bare figures below one tenth stand in it.
    shares: bool,
    /// Whether bare figures that may be either stand in it.
    doubtful: bool,
    /// Whether its figures just above one are factors.
    factors: bool,
    heading: Heading,
}

impl Column {
    fn of(cells: &[Written], heading: Heading) -> Self {
        let bares = || {
            cells.iter().filter_map(|cell| match cell {
                Written::Bare(figure) if *figure > Decimal::ZERO => Some(*figure),
                _ => None,
            })
        };
        let sure = || {
            let shares = cells.iter().filter_map(|cell| match cell {
                Written::Exact(share) => Some(*share),
                Written::Bare(figure) if *figure > Decimal::ONE => hundredth(*figure),
                Written::Bare(figure) if *figure < DOUBTFUL => Some(*figure),
                _ => None,
            });
            shares.filter(|share| *share > Decimal::ZERO)
        };
        // Per cent to the hundredth of a point are never all just above one.
        let fine = |figure: &Decimal| figure.normalize().scale() >= 2;
        let points_too = bares().any(|figure| figure >= FACTOR && fine(&figure));
        let factors = match heading {
            Heading::Plain => bares().any(|figure| is_factor(&figure)) && !points_too,
            Heading::Percent => false,
            Heading::Factor => true,
        };
        Self {
            factors,
            sure: sure().min().zip(sure().max()),
            points: bares().any(|figure| figure > Decimal::ONE && !(factors && is_factor(&figure))),
            shares: bares().any(|figure| figure < DOUBTFUL),
            doubtful: bares().any(|figure| (DOUBTFUL..Decimal::ONE).contains(&figure)),
            heading,
        }
    }

    fn rate(&self, cell: Written) -> Rate {
        let figure = match cell {
            Written::Blank => return Rate::default(),
            Written::Other => return Rate { doubt: Some(Doubt::Unreadable), ..Rate::default() },
            Written::Exact(share) => return Rate { share, doubt: None },
            Written::Bare(figure) => figure,
        };
        let points = hundredth(figure).unwrap_or_default();
        let rate =
            |share, doubtful: bool| Rate { share, doubt: doubtful.then_some(Doubt::Convention) };
        if self.heading == Heading::Factor && figure >= Decimal::ONE && figure < Decimal::TWO {
            return rate(figure - Decimal::ONE, false);
        }
        if self.factors && is_factor(&figure) {
            return rate(figure - Decimal::ONE, true);
        }
        if figure > Decimal::ONE {
            return rate(points, false);
        }
        if figure == Decimal::ONE && self.factors && !self.points && !self.shares {
            return rate(Decimal::ZERO, true);
        }
        if figure == Decimal::ONE {
            return rate(points, self.shares && !self.points);
        }
        if figure < DOUBTFUL {
            let in_points = self.heading == Heading::Percent && (self.points || self.doubtful);
            if in_points && !figure.is_zero() {
                return rate(points, true);
            }
            return rate(figure, self.doubtful && figure > Decimal::ZERO);
        }
        if self.heading == Heading::Percent {
            return rate(points, false);
        }
        // The reading that lies nearer to what the sure ones are.
        let is_points = self.sure.is_some_and(|(lowest, highest)| {
            lowest.checked_mul(highest) < figure.checked_mul(points)
        });
        let share = if is_points { points } else { figure };
        rate(share, is_points || self.points || figure > HIGH)
    }
}

/// Whether a bare figure may be a factor: 1.03.
fn is_factor(figure: &Decimal) -> bool {
    *figure > Decimal::ONE && *figure < FACTOR && figure.normalize().scale() >= 2
}

fn hundredth(figure: Decimal) -> Option<Decimal> {
    figure.checked_div(Decimal::ONE_HUNDRED).map(|share| share.normalize())
}

/// Adds the doubt about a rate that is no loss.
fn checked(rate: Rate) -> Rate {
    let impossible = rate.share < Decimal::ZERO || rate.share >= Decimal::ONE;
    if impossible {
        return Rate { share: Decimal::ZERO, doubt: Some(Doubt::Range) };
    }
    match rate.doubt {
        None if rate.share > HIGH => Rate { doubt: Some(Doubt::Range), ..rate },
        _ => rate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> Vec<String> {
        let values: Vec<Value> = cells
            .iter()
            .map(|cell| cell.parse().map_or_else(|_| Value::Text((*cell).into()), Value::Number))
            .collect();
        let read = rates(values.iter().map(|value| (value, NumberFormat::General)), Heading::Plain);
        let show = |rate: &Rate| {
            let mark = match rate.doubt {
                None => "",
                Some(Doubt::Convention) => "?",
                Some(Doubt::Range) => "!",
                Some(Doubt::Unreadable) => "x",
            };
            format!("{}{mark}", rate.share.normalize())
        };
        read.iter().map(show).collect()
    }

    #[test]
    fn three_spellings_of_a_rate_are_one() {
        assert_eq!(read(&["3%", "0.03", "2", "", "0"]), ["0.03", "0.03", "0.02", "0", "0"]);
        assert_eq!(read(&["1", "2", "3"]), ["0.01", "0.02", "0.03"]);
        assert_eq!(read(&["5%内", "≤3%", "0.05"]), ["0.05", "0.03", "0.05"]);
    }

    #[test]
    fn half_a_point_among_points_is_read_by_its_neighbours_and_asked() {
        assert_eq!(read(&["0.5%", "0.005", "0.5", "3%"]), ["0.005", "0.005?", "0.005?", "0.03"]);
        assert_eq!(read(&["0.03", "1"]), ["0.03", "0.01?"]);
        assert_eq!(read(&["0.5"]), ["0.5?"]);
    }

    #[test]
    fn factors_are_known_by_their_header_and_asked_without_one() {
        assert_eq!(read(&["1.03", "1.05", "1"]), ["0.03?", "0.05?", "0?"]);
        assert_eq!(read(&["3%", "0.03", "3", "1.03"]), ["0.03", "0.03", "0.03", "0.03?"]);
        assert_eq!(read(&["1.03", "2.47", "0.86"]), ["0.0103", "0.0247", "0.0086?"]);
        assert_eq!(read(&["1.5", "1", "2"]), ["0.015", "0.01", "0.02"]);
        let figures = [103, 100, 120].map(|cents| Value::Number(Decimal::new(cents, 2)));
        let cells = figures.iter().map(|value| (value, NumberFormat::General));
        let read: Vec<Rate> = rates(cells, Heading::Factor);
        let shares: Vec<String> =
            read.iter().map(|rate| rate.share.normalize().to_string()).collect();
        assert_eq!(shares, ["0.03", "0", "0.2"]);
        assert!(read.iter().all(|rate| rate.doubt.is_none()));
    }

    #[test]
    fn what_is_no_loss_is_said_to_be_none() {
        assert_eq!(read(&["-3%", "120%", "150", "45%", "许多"]), ["0!", "0!", "0!", "0.45!", "0x"]);
    }
}
