//! The few rows below a sum that lead from it to the balance: what was owed
//! before, what was paid, taken off or charged besides, what remains.

use rust_decimal::Decimal;

use super::body::Habits;
use super::columns::Class;
use super::figure::figure;
use super::grid::Region;
use super::row::Seen;
use super::shape::Shape;
use super::words::words;
use crate::input::sheet::Cell;
use crate::input::table::Role;
use crate::text::fold;

/// Rows that may stand between the sum and the balance.
const MOST_ROWS: usize = 8;

/// Parts of a sum that may be told below it.
const MOST_PARTS: usize = 40;

/// Cells that such a row may fill: its label, its figure, a remark.
const MOST_CELLS: usize = 4;

/// Returns the role of a row that stands below the sum in line `sum` of the
/// region, if it is such a row: a label, and one figure where figures stand.
pub(super) fn below_sum(
    region: &Region<'_>,
    sum: usize,
    row: &Seen<'_>,
    habits: &Habits,
) -> Option<Role> {
    let (label, figure) = labelled_figure(row, habits)?;
    let says = says(&fold(label.head()?));
    match says {
        Some(Says::Moves) | None if goes_on_telling(region, sum, row) => Some(Role::Note),
        Some(Says::Moves) => Some(Role::Body),
        Some(Says::Opening) => Some(Role::Opening),
        Some(Says::Closing) => Some(Role::Closing),
        Some(Says::Told) => Some(Role::Note),
        Some(Says::Settled) if leaves_rest(region, sum, row, figure.col) => Some(Role::Body),
        Some(Says::Settled) if !closes(region, sum, row, figure.col) => Some(Role::Note),
        Some(Says::Settled) => Some(Role::Closing),
        // Data like the rows above may come to the same figure by chance.
        None if habits.fits(row) => None,
        None => closes(region, sum, row, figure.col).then_some(Role::Closing),
    }
}

/// Whether the rows between the sum and this one tell parts of it (`其中：油费`):
/// the label of the next part alone says no more.
fn goes_on_telling(region: &Region<'_>, sum: usize, row: &Seen<'_>) -> bool {
    let here = region.lines.partition_point(|line| line.row < row.line.row);
    let between = sum + 1..here.min(sum + 1 + MOST_PARTS);
    let tells = |at: usize| {
        let label = region.lines[at].first().and_then(|cell| cell.head());
        label.is_some_and(|label| says(&fold(label)) == Some(Says::Told))
    };
    row.len() <= 2 && between.clone().next().is_some_and(tells) && here - sum <= MOST_PARTS
}

/// Returns the label that a row begins with and its only figure.
fn labelled_figure<'a>(row: &Seen<'a>, habits: &Habits) -> Option<(Cell<'a>, Cell<'a>)> {
    let (label, shape) = row.cells.first()?;
    if !shape.is_text() || row.len() > MOST_CELLS || row.count(|shape| shape == Shape::Date) > 0 {
        return None;
    }
    let mut figures = row.cells.iter().filter(|(_, shape)| *shape == Shape::Number);
    let (figure, _) = figures.next()?;
    let is_priced = habits.class(figure.col) == Class::Single;
    let stands = habits.at(figure.col).is_some_and(|habit| habit.is_numeric());
    (figures.next().is_none() && stands && !is_priced).then_some((*label, *figure))
}

/// Whether a row tells such a thing beside the table's columns: a label, and
/// its figure in the next cell.
pub(super) fn tells_beside(row: &Seen<'_>, habits: &Habits) -> bool {
    let [(label, text), (figure, number), rest @ ..] = row.cells.as_slice() else { return false };
    let stands = habits.at(figure.col).is_some_and(|habit| habit.is_numeric());
    text.is_text()
        && *number == Shape::Number
        && !stands
        && rest.len() + 2 <= MOST_CELLS
        && rest.iter().all(|(_, shape)| shape.is_text())
        && label.head().is_some_and(leads_to_balance)
}

/// Returns the role of the balance that a label names: `加：上月欠款`.
pub(super) fn balance(label: &str) -> Option<Role> {
    match says(&fold(label))? {
        Says::Opening => Some(Role::Opening),
        Says::Closing => Some(Role::Closing),
        Says::Moves | Says::Told | Says::Settled => None,
    }
}

/// Whether a label names what leads from a sum to the balance, or the balance.
pub(super) fn leads_to_balance(label: &str) -> bool {
    says(&fold(label)).is_some_and(|says| says != Says::Told)
}

/// What the words of such a row say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Something moves the balance: `减：已收货款`, `10月5日付款`.
    Moves,
    /// `加：上月欠款`.
    Opening,
    /// `截止10月31日尚欠货款`.
    Closing,
    /// `实付`: what was settled of the sum.
    Settled,
    /// `其中：运费`, `未开票金额`: a part of the sum, told once more.
    Told,
}

fn says(folded: &str) -> Option<Says> {
    let (words, bare) = (words(), undated(folded));
    if bare.is_empty() {
        return None;
    }
    if words.told.begins.after(&bare).is_some() {
        return Some(Says::Told);
    }
    if words.settled.words.has(&bare) {
        return Some(Says::Settled);
    }
    let unsigned = words.moved.before.after(&bare).filter(|rest| !rest.is_empty());
    let text = unsigned.unwrap_or(&bare);
    let pays = words.moved.begins.after(text).is_some();
    if !pays && is_balance(text) {
        let earlier = words.opening.before.after(text).is_some();
        return Some(if earlier { Says::Opening } else { Says::Closing });
    }
    let moves = words.moved.words.has(&bare) || words.moved.holds.is_in(text);
    (pays || unsigned.is_some() || moves).then_some(Says::Moves)
}

/// Whether a label ends in a word for what is owed: `实际应付金额`.
fn is_balance(text: &str) -> bool {
    let words = words();
    let mut rest = text;
    loop {
        if words.balance.words.before(rest).is_some() || words.closing.words.has(rest) {
            return true;
        }
        match words.total.after.before(rest) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
}

/// Takes days, figures and marks out of a label.
fn undated(folded: &str) -> String {
    let mut bare = String::with_capacity(folded.len());
    let mut counted = false;
    for c in folded.chars() {
        let dates = c.is_ascii_digit() || (counted && "年月日号.-/%折".contains(c));
        if !dates && (c.is_alphanumeric()) {
            bare.push(c);
        }
        counted = dates;
    }
    bare
}

/// Whether the figure in this column is what the sum makes with the figures
/// between, each added or taken off.
fn closes(region: &Region<'_>, sum: usize, row: &Seen<'_>, col: u16) -> bool {
    let here = region.lines.partition_point(|line| line.row < row.line.row);
    let stated = row.line.cell(col).and_then(figure);
    stated.is_some_and(|stated| reached(region, sum, here, col).contains(&stated))
}

/// Whether a row below states what remains of the sum when the figure of this
/// one is taken off.
fn leaves_rest(region: &Region<'_>, sum: usize, row: &Seen<'_>, col: u16) -> bool {
    let at = |line: usize| region.lines.get(line)?.cell(col).and_then(figure);
    let here = region.lines.partition_point(|line| line.row < row.line.row);
    let Some(paid) = at(here) else { return false };
    let rests = reached(region, sum, here, col);
    (here + 1..=here + MOST_ROWS).filter_map(at).any(|rest| {
        !rest.is_zero() && rest.checked_add(paid).is_some_and(|both| rests.contains(&both))
    })
}

/// Returns what the sum makes with the figures below it down to a line, each
/// added or taken off.
fn reached(region: &Region<'_>, sum: usize, here: usize, col: u16) -> Vec<Decimal> {
    let at = |line: usize| region.lines.get(line)?.cell(col).and_then(figure);
    let Some(start) = at(sum) else { return Vec::new() };
    let between: Vec<Decimal> = (sum + 1..here).filter_map(at).collect();
    if between.len() > MOST_ROWS {
        return Vec::new();
    }
    let mut reached = vec![start];
    for figure in between {
        let both = |from: &Decimal| [from.checked_add(figure), from.checked_sub(figure)];
        reached = reached.iter().flat_map(both).flatten().collect();
    }
    reached
}

/// Whether a label states what was settled of a sum.
pub(super) fn is_settled(label: &str) -> bool {
    says(&fold(label)) == Some(Says::Settled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_below_a_sum_say_what_they_do() {
        for (label, expected) in [
            ("本月已收货款", Some(Says::Moves)),
            ("减：已收货款", Some(Says::Moves)),
            ("10月5日付款", Some(Says::Moves)),
            ("10月20日付承兑", Some(Says::Moves)),
            ("付上月欠款", Some(Says::Moves)),
            ("扣：次品", Some(Says::Moves)),
            ("扣除品质扣款", Some(Says::Moves)),
            ("模具费", Some(Says::Moves)),
            ("加收急单费", Some(Says::Moves)),
            ("Less: payment received 15-Oct", Some(Says::Moves)),
            ("加：上月欠款", Some(Says::Opening)),
            ("前期结欠", Some(Says::Opening)),
            ("累计欠款", Some(Says::Closing)),
            ("截止10月31日尚欠货款", Some(Says::Closing)),
            ("实际应付", Some(Says::Closing)),
            ("扣除退货后应付款", Some(Says::Closing)),
            ("其中：运费", Some(Says::Told)),
            ("未开票金额", Some(Says::Told)),
            ("本月实收", Some(Says::Settled)),
            ("实付金额：", Some(Says::Settled)),
            ("客户代表", None),
        ] {
            assert_eq!(says(&fold(label)), expected, "{label}");
        }
    }
}
