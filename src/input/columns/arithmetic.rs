//! Quantity × price = amount: the best witness of which column is which, and
//! of what a price is the price of.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::assign::Assignment;
use super::profile::Sample;
use crate::kinds::Kind;

/// Fewer rows prove nothing.
const ENOUGH: usize = 3;
/// The most columns of figures that are tried.
const MOST: usize = 14;

/// How many pieces a price may be for, and what that many are called.
const PRICED_BY: [(i64, &str); 5] =
    [(12, "打"), (1000, "千"), (100, "百"), (144, "罗"), (10, "十")];

/// The columns of figures of a table, on a sample of its rows.
pub(super) struct Figures {
    columns: Vec<(usize, Vec<Option<Decimal>>)>,
}

impl Figures {
    /// Reads the columns `wanted`.
    pub(super) fn of(sample: &Sample<'_>, wanted: impl Iterator<Item = usize>) -> Self {
        let read = wanted.map(|at| (at, sample.figures(at)));
        let figures = read.filter(|(_, values)| values.iter().flatten().count() >= ENOUGH);
        Self { columns: figures.take(MOST).collect() }
    }

    fn values(&self, at: usize) -> Option<&[Option<Decimal>]> {
        let column = self.columns.iter().find(|(column, _)| *column == at);
        column.map(|(_, values)| values.as_slice())
    }

    /// Whether first × second ÷ `divisor` is third on nine rows of ten.
    fn holds(&self, first: usize, second: usize, third: usize, divisor: i64) -> bool {
        let (Some(first), Some(second), Some(third)) =
            (self.values(first), self.values(second), self.values(third))
        else {
            return false;
        };
        let (mut rows, mut good, mut telling) = (0_usize, 0_usize, 0_usize);
        for ((first, second), third) in first.iter().zip(second).zip(third) {
            let (Some(first), Some(second), Some(third)) = (first, second, third) else { continue };
            if third.is_zero() && (first.is_zero() || second.is_zero()) {
                continue;
            }
            rows += 1;
            telling += usize::from(*first != Decimal::ONE && *second != Decimal::ONE);
            good += usize::from(is_product(*first, *second, *third, divisor));
        }
        rows >= ENOUGH && telling >= ENOUGH && good * 10 >= rows * 9
    }
}

/// Whether the product is the amount, but for rounding.
fn is_product(first: Decimal, second: Decimal, amount: Decimal, divisor: i64) -> bool {
    let product = first.checked_mul(second).and_then(|p| p.checked_div(Decimal::from(divisor)));
    let Some(off) = product.and_then(|product| product.checked_sub(amount)) else { return false };
    // Half a cent of rounding on either side, and what a price cut to four
    // digits leaves on a large amount.
    let slack = Decimal::new(2, 2).max(amount.abs() * Decimal::new(2, 5));
    off.abs() <= slack
}

/// Says which columns are quantity, price and amount where headers do not:
/// settles contests, finds columns without a header, and prefers the price
/// that makes the amounts (折后单价) to the one that does not (单价).
pub(super) fn witness(
    assignment: &mut Assignment,
    kind: &'static Kind,
    sample: &Sample<'_>,
    silent: &dyn Fn(usize) -> bool,
) {
    let [first, second, third] = kind.product.as_slice() else { return };
    let names = [first.as_str(), second.as_str(), third.as_str()];
    let choices = names.map(|name| choices(assignment, name, silent));
    let several = choices.iter().any(|choice| choice.len() > 1);
    let open = names.iter().any(|name| assignment.column(name).is_none());
    if choices.iter().any(Vec::is_empty) || !(several || open) {
        return;
    }
    let wanted: BTreeSet<usize> = choices.iter().flatten().copied().collect();
    let figures = Figures::of(sample, wanted.into_iter());
    let now = names.map(|name| assignment.column(name));
    if let [Some(a), Some(b), Some(c)] = now
        && assignment.contests.iter().all(|one| !names.contains(&one.field.name.as_str()))
        && PRICED_BY.iter().map(|(by, _)| *by).chain([1]).any(|by| figures.holds(a, b, c, by))
    {
        return;
    }
    if let Some(columns) = the_one(proven(&figures, &choices), now) {
        for (name, at) in names.into_iter().zip(columns) {
            if let Some(field) = kind.field(name).filter(|_| assignment.column(name) != Some(at)) {
                assignment.settle(at, field);
            }
            assignment.contests.retain(|contest| contest.field.name != name);
        }
    }
}

/// Returns the choices of columns for which the product holds.
fn proven(figures: &Figures, choices: &[Vec<usize>; 3]) -> Vec<[usize; 3]> {
    let mut proven = Vec::new();
    for &a in &choices[0] {
        for &b in choices[1].iter().filter(|b| **b != a) {
            for &c in choices[2].iter().filter(|c| **c != a && **c != b) {
                if figures.holds(a, b, c, 1) {
                    proven.push([a, b, c]);
                }
            }
        }
    }
    proven
}

/// Returns the choice that stands out: the one that keeps most of what the
/// headers say.
fn the_one(mut proven: Vec<[usize; 3]>, now: [Option<usize>; 3]) -> Option<[usize; 3]> {
    // Without any header, a product does not tell its factors apart: the
    // quantity stands before the price.
    if let [one, other] = proven.as_slice()
        && one[2] == other[2]
        && one[0] == other[1]
    {
        proven.retain(|[a, b, _]| a < b);
    }
    let kept = |columns: &[usize; 3]| {
        columns.iter().zip(now).filter(|(at, now)| *now == Some(**at)).count()
    };
    let most = proven.iter().map(kept).max()?;
    proven.retain(|columns| kept(columns) == most);
    match proven.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Returns the columns that may be a field: those that contest it; its own
/// and whatever else its words name; those without a header.
fn choices(assignment: &Assignment, name: &str, silent: &dyn Fn(usize) -> bool) -> Vec<usize> {
    if let Some(contest) = assignment.contests.iter().find(|one| one.field.name == name) {
        return contest.columns.clone();
    }
    let mut columns: Vec<usize> = assignment.column(name).into_iter().collect();
    for at in assignment.alternatives(name) {
        if !columns.contains(&at) {
            columns.push(at);
        }
    }
    if columns.is_empty() {
        let free = |at: &usize| assignment.columns[*at].is_none() && silent(*at);
        columns = (0..assignment.columns.len()).filter(free).collect();
    }
    columns
}

/// Returns the column of the price and what it is the price of, where the
/// amounts are the quantity times the price per dozen, hundred, thousand.
pub(super) fn priced_by(
    assignment: &Assignment,
    kind: &'static Kind,
    sample: &Sample<'_>,
) -> Option<(usize, &'static str)> {
    let [first, second, third] = kind.product.as_slice() else { return None };
    let columns = [first, second, third].map(|name| assignment.column(name));
    let [Some(a), Some(b), Some(c)] = columns else { return None };
    let figures = Figures::of(sample, [a, b, c].into_iter());
    if figures.holds(a, b, c, 1) {
        return None;
    }
    let by = PRICED_BY.iter().find(|(pieces, _)| figures.holds(a, b, c, *pieces));
    by.map(|(_, name)| (b, *name))
}
