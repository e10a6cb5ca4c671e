//! The proof that nothing was lost: every entry of both sides in exactly one
//! line, amounts in equal amounts out, causes equal to their difference.
//! Checked on every run, in release builds too.

use rust_decimal::Decimal;

use super::outcome::Line;
use super::sides::Side;
use crate::engine::entry::Entry;

/// The result does not add up. This is never the data's fault: gendan itself
/// is wrong, and says so instead of printing a wrong report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Miscount {
    /// An entry is in no line, or in several.
    #[error("entry {index} of the {side:?} side is in {lines} lines of the result")]
    Entry {
        /// The entry's side.
        side: Side,
        /// Its index.
        index: usize,
        /// The lines it is in.
        lines: usize,
    },
    /// A line's difference is not its left amounts less its right amounts.
    #[error("line {line} states a difference of {stated}, its entries differ by {actual}")]
    Difference {
        /// The line.
        line: usize,
        /// What it states.
        stated: Decimal,
        /// What its entries give.
        actual: Decimal,
    },
    /// A line's causes do not sum to its difference.
    #[error("the causes of line {line} sum to {causes}, its difference is {difference}")]
    Causes {
        /// The line.
        line: usize,
        /// The sum of its causes.
        causes: Decimal,
        /// Its difference.
        difference: Decimal,
    },
    /// Amounts too large to be added.
    #[error("the amounts are too large to be added up")]
    Overflow,
}

/// Checks a result against its entries.
pub(in crate::engine) fn check(
    left: &[Entry],
    right: &[Entry],
    lines: &[Line],
) -> Result<(), Miscount> {
    for (side, entries) in [(Side::Left, left), (Side::Right, right)] {
        check_places(side, entries, lines)?;
    }
    for (at, line) in lines.iter().enumerate() {
        check_line(at, line, left, right)?;
    }
    Ok(())
}

fn check_places(side: Side, entries: &[Entry], lines: &[Line]) -> Result<(), Miscount> {
    let mut seen = vec![0_usize; entries.len()];
    for &index in lines.iter().flat_map(|line| line.of(side)) {
        match seen.get_mut(index) {
            Some(count) => *count += 1,
            None => return Err(Miscount::Entry { side, index, lines: 0 }),
        }
    }
    match seen.iter().position(|&count| count != 1) {
        Some(index) => Err(Miscount::Entry { side, index, lines: seen[index] }),
        None => Ok(()),
    }
}

fn check_line(at: usize, line: &Line, left: &[Entry], right: &[Entry]) -> Result<(), Miscount> {
    let actual = difference(line, left, right)?;
    if actual != line.difference {
        return Err(Miscount::Difference { line: at, stated: line.difference, actual });
    }
    let causes = sum(line.causes.iter().map(|cause| cause.amount))?;
    if !line.causes.is_empty() && causes != line.difference {
        return Err(Miscount::Causes { line: at, causes, difference: line.difference });
    }
    Ok(())
}

/// Returns left amounts − right amounts of a line.
fn difference(line: &Line, left: &[Entry], right: &[Entry]) -> Result<Decimal, Miscount> {
    let left = sum(line.left.iter().map(|&index| left[index].amount))?;
    let right = sum(line.right.iter().map(|&index| right[index].amount))?;
    left.checked_sub(right).ok_or(Miscount::Overflow)
}

fn sum(amounts: impl Iterator<Item = Decimal>) -> Result<Decimal, Miscount> {
    let mut total = Decimal::ZERO;
    for amount in amounts {
        total = total.checked_add(amount).ok_or(Miscount::Overflow)?;
    }
    Ok(total)
}
