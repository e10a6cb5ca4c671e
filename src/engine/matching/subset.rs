//! Which of several amounts add up to one: every combination of up to about
//! thirty, by meeting in the middle. Counts what chance would offer as well:
//! a sum that is found among many near misses proves nothing.

use rust_decimal::Decimal;

/// Coincidences up to which a sum alone is proof, in millionths.
pub(super) const GATE: u64 = 20_000;
/// The same where the items agree as well.
pub(super) const GATE_WITH_ITEM: u64 = 100_000;
/// Decimals to which amounts are compared.
const DECIMALS: u32 = 4;
/// Part of the target around it in which near misses are counted.
const NEIGHBOURHOOD: i64 = 20;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The members of the only combination; `None`: none, or several.
    pub(super) only: Option<Vec<usize>>,
    /// How many combinations chance would be expected to offer, in millionths.
    pub(super) coincidences: u64,
    /// Steps it took.
    pub(super) steps: u64,
}

/// One combination of a half: its sum and its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    sum: i64,
    members: u32,
}

/// Returns an amount as a whole number; `None` if it is too large.
pub(super) fn whole(amount: Decimal) -> Option<i64> {
    let factor = Decimal::from(10_i64.pow(DECIMALS));
    let number = amount.checked_mul(factor)?;
    let number =
        i64::try_from(number.trunc().mantissa() / 10_i128.pow(number.trunc().scale())).ok();
    number.filter(|number| number.abs() < i64::MAX / 128)
}

/// Looks for combinations of at least two of `amounts` (at most 32) that give
/// `target`. Amounts that are equal count as one and the same.
pub(super) fn search(amounts: &[i64], target: i64) -> Found {
    let amounts = &amounts[..amounts.len().min(32)];
    let (low, high) = amounts.split_at(amounts.len() / 2);
    let (mut first, mut second) = (parts(low, 0), parts(high, low.len()));
    first.sort_unstable();
    second.sort_unstable();
    let steps = (first.len() + second.len()) as u64 * 4;
    let exact = between(&first, &second, target, target);
    let step = granularity(amounts, target);
    let width = (target.abs() / NEIGHBOURHOOD).max(step * 50);
    let near = count(&first, &second, target - width, target + width);
    let near = near.saturating_sub(exact.len().max(1) as u64);
    Found {
        only: only(amounts, exact),
        coincidences: expected(near, step, width).max(spread(amounts, step)),
        steps,
    }
}

/// All combinations of a half, the empty one included.
fn parts(amounts: &[i64], offset: usize) -> Vec<Part> {
    let mut parts = vec![Part { sum: 0, members: 0 }];
    for (at, &amount) in amounts.iter().enumerate() {
        for known in 0..parts.len() {
            let Part { sum, members } = parts[known];
            parts.push(Part { sum: sum + amount, members: members | 1 << (offset + at) });
        }
    }
    parts
}

/// Returns the combinations with a sum from `low` to `high`, of at least two
/// members; not more than a handful.
fn between(first: &[Part], second: &[Part], low: i64, high: i64) -> Vec<u32> {
    const ENOUGH: usize = 64;
    let mut found = Vec::new();
    let mut end = second.len();
    for part in first {
        while end > 0 && part.sum + second[end - 1].sum > high {
            end -= 1;
        }
        for other in second[..end].iter().rev().take_while(|other| part.sum + other.sum >= low) {
            let members = part.members | other.members;
            if members.count_ones() > 1 {
                found.push(members);
            }
            if found.len() >= ENOUGH {
                return found;
            }
        }
    }
    found
}

/// Counts the combinations with a sum from `low` to `high`.
fn count(first: &[Part], second: &[Part], low: i64, high: i64) -> u64 {
    let (mut from, mut to) = (second.len(), second.len());
    let mut count = 0;
    for part in first {
        while to > 0 && part.sum + second[to - 1].sum > high {
            to -= 1;
        }
        while from > 0 && part.sum + second[from - 1].sum >= low {
            from -= 1;
        }
        count += to.saturating_sub(from) as u64;
    }
    count
}

/// Returns the one combination, if all that were found have the same amounts.
fn only(amounts: &[i64], found: Vec<u32>) -> Option<Vec<usize>> {
    let members = |bits: u32| (0..amounts.len()).filter(move |at| bits >> at & 1 == 1);
    let content = |bits: u32| {
        let mut content: Vec<i64> = members(bits).map(|at| amounts[at]).collect();
        content.sort_unstable();
        content
    };
    let first = *found.iter().min()?;
    let expected = content(first);
    found.iter().all(|&bits| content(bits) == expected).then(|| members(first).collect())
}

/// The step in which all amounts lie: 100.00 for round hundreds.
fn granularity(amounts: &[i64], target: i64) -> i64 {
    let divisor = |mut a: i64, mut b: i64| {
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a.abs()
    };
    amounts.iter().fold(target, |step, &amount| divisor(step, amount)).max(1)
}

/// Expected hits on the target, given the near misses on both sides of it.
fn expected(near: u64, step: i64, width: i64) -> u64 {
    let (near, step, width) = (u128::from(near), step as u128, width.max(1) as u128);
    u64::try_from(near * step * 1_000_000 / (2 * width)).unwrap_or(u64::MAX)
}

/// Returns how often chance would offer a sum that was not searched for, in
/// millionths: as one step of all that `amounts` could add up to.
pub(super) fn of_one(amounts: &[i64], target: i64) -> u64 {
    let (step, range) = (granularity(amounts, target) as u64, target.unsigned_abs());
    step.saturating_mul(1_000_000).checked_div(range).unwrap_or(u64::MAX)
}

/// Expected hits if all combinations were spread evenly over their range.
fn spread(amounts: &[i64], step: i64) -> u64 {
    let range: u128 = amounts.iter().map(|amount| u128::from(amount.unsigned_abs())).sum();
    let combinations = (1_u128 << amounts.len()).saturating_sub(amounts.len() as u128 + 1);
    u64::try_from(combinations * step as u128 * 1_000_000 / range.max(1)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_sum_is_found() {
        let amounts = [131_250, 45_670, 88_123, 240_001, 17_777];
        let found = search(&amounts, 131_250 + 88_123 + 17_777);
        assert_eq!(found.only, Some(vec![0, 2, 4]));
        assert!(found.coincidences < 20_000, "{found:?}");
    }

    #[test]
    fn two_sums_are_no_sum() {
        let found = search(&[100, 200, 150, 150], 300);
        assert_eq!(found.only, None);
        let same = search(&[100, 200, 200], 300);
        assert_eq!(same.only.map(|members| members.len()), Some(2), "equal amounts are one choice");
    }

    #[test]
    fn single_amounts_are_not_sums() {
        assert_eq!(search(&[300, 500], 300).only, None);
        assert_eq!(search(&[300, 0], 300).only.map(|m| m.len()), Some(2));
    }

    #[test]
    fn signs_count() {
        let found = search(&[100_000, -20_017, 33_331], 79_983);
        assert_eq!(found.only, Some(vec![0, 1]));
    }

    #[test]
    fn round_hundreds_prove_nothing() {
        let amounts: Vec<i64> = (1..=20).map(|n| (n * 7 % 23) * 1_000_000).collect();
        let found = search(&amounts, 50 * 1_000_000);
        assert!(found.coincidences > 20_000, "{found:?}");
    }

    #[test]
    fn amounts_become_whole_numbers() {
        assert_eq!(whole("12.34".parse().unwrap()), Some(123_400));
        assert_eq!(whole("-0.5".parse().unwrap()), Some(-5_000));
        assert_eq!(whole(Decimal::MAX), None);
    }
}
