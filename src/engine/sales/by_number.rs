//! Orders by their number. Numbers that shops give themselves may be given
//! twice: by two shops, to two buyers.

use rustc_hash::FxHashMap;

use super::evidence::Buyer;
use crate::records::shop::OrderRow;
use crate::text::fold;

/// What stands under each number, in the order it was added.
#[derive(Debug, Default)]
pub(super) struct ByNumber<'a> {
    first: FxHashMap<&'a str, usize>,
    /// The others, of numbers that are given more than once.
    more: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> ByNumber<'a> {
    /// Adds something under a number.
    pub(super) fn add(&mut self, number: &'a str, at: usize) {
        let first = *self.first.entry(number).or_insert(at);
        if first != at {
            self.more.entry(number).or_default().push(at);
        }
    }

    /// Returns what stands under a number.
    pub(super) fn of(&self, number: &str) -> impl Iterator<Item = usize> + '_ {
        let more = self.more.get(number).into_iter().flatten();
        self.first.get(number).into_iter().chain(more).copied()
    }

    /// Returns all numbers with what stands under them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, usize)> + '_ {
        let more = self.more.iter().flat_map(|(number, all)| all.iter().map(|at| (*number, *at)));
        self.first.iter().map(|(number, at)| (*number, *at)).chain(more)
    }
}

/// Whether two rows under one number are orders of two shops: they name
/// others, and the buyers are others, or money or day where these say nothing.
/// Exports that name no shop are two shops' where buyer, money and day are all
/// others.
pub(super) fn of_two_shops(one: &OrderRow, other: &OrderRow) -> bool {
    let same = Buyer::of(one.buyer.as_deref()).agrees(&Buyer::of(other.buyer.as_deref()));
    let (other_money, other_day) = (one.paid != other.paid, one.created != other.created);
    let unnamed = one.shop.is_none() || other.shop.is_none();
    if unnamed {
        return one.at.sheet != other.at.sheet && same == Some(false) && other_money && other_day;
    }
    let others = are_others(one.shop.as_deref(), other.shop.as_deref());
    others && same.map_or(other_money || other_day, |same| !same)
}

/// Whether two names of shops are both there, and not the same.
pub(super) fn are_others(one: Option<&str>, other: Option<&str>) -> bool {
    one.zip(other).is_some_and(|(one, other)| fold(one) != fold(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_may_stand_for_several() {
        let mut by_number = ByNumber::default();
        for (number, at) in [("D1", 0), ("D2", 1), ("D1", 2)] {
            by_number.add(number, at);
        }
        assert_eq!(by_number.of("D1").collect::<Vec<_>>(), [0, 2]);
        assert_eq!(by_number.of("D3").count(), 0);
        assert_eq!(by_number.iter().count(), 3);
    }

    #[test]
    fn shops_are_others_only_where_both_are_named() {
        assert!(are_others(Some("天猫店"), Some("淘宝二店")));
        assert!(!are_others(Some("天猫店"), Some("天貓店 ")));
        assert!(!are_others(Some("天猫店"), None));
    }
}
