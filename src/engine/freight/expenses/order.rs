//! Rows in the order of their days: books begin with the first day or with
//! the last, and a row that stands elsewhere has a wrong date or place.

use chrono::NaiveDate;

use crate::finding::{Finding, codes};
use crate::records::{ExpenseBook, ExpenseLine};

/// Dated rows that a book needs before it has an order.
const ENOUGH: usize = 4;

/// Of so many dated rows one may stand out of its order; of more that do, the
/// book has another one.
const ONE_IN: usize = 4;

/// Returns the rows of a book, first day first.
pub(super) fn lines(book: &ExpenseBook) -> Box<dyn Iterator<Item = &ExpenseLine> + '_> {
    let lines = book.records.lines.iter();
    if is_backwards(book) { Box::new(lines.rev()) } else { Box::new(lines) }
}

/// Whether a book begins with its last day.
fn is_backwards(book: &ExpenseBook) -> bool {
    let days: Vec<NaiveDate> = book.records.lines.iter().filter_map(|line| line.date).collect();
    let steps = |is: fn(&[NaiveDate]) -> bool| days.windows(2).filter(|pair| is(pair)).count();
    steps(|pair| pair[0] > pair[1]) > steps(|pair| pair[0] < pair[1])
}

/// Says which rows of a book that runs by its days stand out of their order.
pub(super) fn out_of_order(book: &ExpenseBook) -> Vec<Finding> {
    let dated: Vec<(&ExpenseLine, NaiveDate)> =
        lines(book).filter_map(|line| Some((line, line.date?))).collect();
    let days: Vec<NaiveDate> = dated.iter().map(|(_, day)| *day).collect();
    let kept = in_order(&days);
    let odd = kept.iter().filter(|kept| !**kept).count();
    if days.len() < ENOUGH || odd * ONE_IN > days.len() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (at, (line, day)) in dated.iter().enumerate().filter(|(at, _)| !kept[*at]) {
        // Beside it stands what it disagrees with: the row above, or below.
        let above = (0..at).rev().find(|&above| kept[above] && days[above] > *day);
        let below = || (at + 1..days.len()).find(|&below| kept[below] && days[below] < *day);
        let Some(other) = above.or_else(below) else { continue };
        let place = |line: &ExpenseLine| match &book.day_column {
            Some(column) => line.cell(column),
            None => line.at.clone(),
        };
        let finding = Finding::of(codes::DATE_OUT_OF_ORDER)
            .at(place(line))
            .related(place(dated[other].0))
            .with("item", line.what())
            .with("found", day)
            .with("other", days[other]);
        findings.push(finding);
    }
    findings
}

/// Marks the most days that run on in order; of equal ones those that come
/// first, so that a day is odd that lies before the one above it.
fn in_order(days: &[NaiveDate]) -> Vec<bool> {
    // By length less one, the rows with which runs of that length end: each
    // later one has an earlier day.
    let mut ends: Vec<Vec<usize>> = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let length =
            ends.partition_point(|level| level.last().is_some_and(|&end| days[end] <= *day));
        match ends.get_mut(length) {
            Some(level) => level.push(at),
            None => ends.push(vec![at]),
        }
    }
    let mut kept = vec![false; days.len()];
    let mut behind: Option<usize> = None;
    for level in ends.iter().rev() {
        let leads_on =
            |&&at: &&usize| behind.is_none_or(|behind| at < behind && days[at] <= days[behind]);
        behind = level.iter().find(leads_on).copied();
        if let Some(at) = behind {
            kept[at] = true;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_that_breaks_the_order_is_the_one_told() {
        let odd = |days: &[u32]| -> Vec<u32> {
            let dates: Vec<NaiveDate> =
                days.iter().map(|day| NaiveDate::from_ymd_opt(2026, 10, *day).unwrap()).collect();
            let kept = in_order(&dates);
            days.iter().zip(kept).filter(|(_, kept)| !kept).map(|(day, _)| *day).collect()
        };
        assert_eq!(odd(&[1, 2, 2, 5, 3, 6, 7]), [3]);
        assert_eq!(odd(&[5, 26, 6, 7]), [26]);
        assert_eq!(odd(&[1, 1, 2, 3]), [0; 0]);
        assert_eq!(odd(&[1, 5, 3, 7]), [3]);
    }
}
