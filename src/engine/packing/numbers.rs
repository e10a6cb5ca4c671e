//! Carton numbers: continuous within a list or an order, each used once.

use super::CartonRange;

/// What is wrong with the numbers of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Numbers that no carton has, before the range at `range`.
    Gap {
        /// The first number missing.
        from: u32,
        /// The last number missing.
        to: u32,
        /// The range behind the gap, by its place in the list.
        range: usize,
    },
    /// Numbers that two ranges claim.
    Overlap {
        /// The first number used twice.
        from: u32,
        /// The last number used twice.
        to: u32,
        /// The range that had them first.
        first: usize,
        /// The range that has them again.
        second: usize,
    },
}

/// Finds gaps and overlaps in the numbers of ranges that count together. The
/// first number is whatever the list begins with, unless it should be 1.
pub fn faults(ranges: &[&CartonRange]) -> Vec<NumberFault> {
    let mut order: Vec<usize> = (0..ranges.len()).collect();
    order.sort_by_key(|&at| (ranges[at].from, ranges[at].to, at));
    let mut faults = Vec::new();
    let mut reached: Option<(u32, usize)> = None;
    for at in order {
        let range = ranges[at];
        match reached {
            Some((last, first)) if range.from <= last => {
                let to = last.min(range.to);
                faults.push(NumberFault::Overlap { from: range.from, to, first, second: at });
            }
            Some((last, _)) if range.from > last + 1 => {
                faults.push(NumberFault::Gap { from: last + 1, to: range.from - 1, range: at });
            }
            _ => {}
        }
        if reached.is_none_or(|(last, _)| range.to > last) {
            reached = Some((range.to, at));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::packing::{CartonKind, Weights};

    fn range((from, to): (u32, u32)) -> CartonRange {
        CartonRange {
            from,
            to,
            destination: None,
            contents: Vec::new(),
            kind: CartonKind::Solid,
            odd: false,
            weights: Weights::default(),
            weighed: false,
            outer: None,
            cbm: None,
            at: None,
        }
    }

    #[test]
    fn gaps_and_overlaps_are_told_with_their_ranges() {
        let list = [(1, 7), (8, 22), (25, 30), (28, 31), (32, 32)].map(range);
        let list: Vec<&CartonRange> = list.iter().collect();
        assert_eq!(
            faults(&list),
            [
                NumberFault::Gap { from: 23, to: 24, range: 2 },
                NumberFault::Overlap { from: 28, to: 30, first: 2, second: 3 },
            ]
        );
        let shuffled = [list[4], list[1], list[0]];
        let gap = NumberFault::Gap { from: 23, to: 31, range: 0 };
        assert_eq!(faults(&shuffled), [gap]);
        assert!(faults(&[]).is_empty());
    }
}
