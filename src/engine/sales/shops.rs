//! Which shop of the exports a shop of the register is. Names are written
//! differently (青竹旗舰店, 天猫店, A店), so the sales themselves tell, where
//! number and buyer or money agree.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_number::ByNumber;
use super::evidence::Buyer;
use super::orders::Order;
use crate::records::shop::Booking;
use crate::text::fold;

/// Sales that must agree before one name is taken for another.
const ENOUGH: usize = 3;

/// What a name of the register says of an order's shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shop {
    /// It is another one: the name is known as that of another shop.
    Other,
    /// It may be another one: the shop is known by another name.
    Doubtful,
    /// It is the same, or nothing says otherwise.
    Same,
}

/// The names of shops, folded, and what they are to each other.
#[derive(Debug, Default)]
pub(super) struct Shops {
    /// The shop of each name of the register, where it is known.
    of_name: FxHashMap<String, String>,
    /// What the register calls each shop, where it is known.
    of_shop: FxHashMap<String, String>,
    /// All shops of the exports.
    shops: Vec<String>,
}

impl Shops {
    /// Learns the names from sales whose numbers agree.
    pub(super) fn learn(
        orders: &[Order],
        bookings: &[&Booking],
        buyers: &[Buyer],
        by_number: &ByNumber<'_>,
    ) -> Self {
        let shops: FxHashSet<&str> = orders.iter().filter_map(|of| of.shop.as_deref()).collect();
        let names: FxHashSet<&str> =
            bookings.iter().filter_map(|row| row.shop.as_deref()).collect();
        if shops.is_empty() || names.is_empty() {
            return Self::default();
        }
        let mut sales: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for (row, buyer) in bookings.iter().zip(buyers) {
            let (Some(name), Some(number)) = (row.shop.as_deref(), &row.order_no) else { continue };
            let same = by_number.of(&number.key).filter(|&at| {
                let order = &orders[at];
                order.buyer.agrees(buyer).unwrap_or_else(|| order.is_worth(row.amount))
            });
            let shops: Vec<&str> = same.filter_map(|at| orders[at].shop.as_deref()).collect();
            // A number of two shops that fits both says nothing of either.
            if let [shop] = shops[..] {
                *sales.entry((name, shop)).or_default() += 1;
            }
        }
        let mut folded: BTreeMap<(String, String), usize> = BTreeMap::new();
        for ((name, shop), count) in sales {
            *folded.entry((fold(name), fold(shop))).or_default() += count;
        }
        let shops: FxHashSet<String> = shops.into_iter().map(fold).collect();
        let names: FxHashSet<String> = names.into_iter().map(fold).collect();
        let exact = |one: &FxHashSet<String>, other: &FxHashSet<String>| {
            let both = one.intersection(other).cloned();
            both.map(|name| (name.clone(), name)).collect::<FxHashMap<String, String>>()
        };
        let turned = folded.iter().map(|((name, shop), count)| ((shop, name), *count));
        let straight = folded.iter().map(|((name, shop), count)| ((name, shop), *count));
        // Most of a shop's sales go by its usual name; a name that was seen a
        // few times with nothing else is its as well.
        let mut of_name = mostly(straight, (9, 10));
        of_name.extend(exact(&names, &shops));
        let mut of_shop = mostly(turned, (3, 4));
        of_shop.extend(exact(&shops, &names));
        let mut shops: Vec<String> = shops.into_iter().collect();
        shops.sort_unstable();
        Self { of_name, of_shop, shops }
    }

    /// Says what a booking's shop is to an order's.
    pub(super) fn relation(&self, order: &Order, row: &Booking) -> Shop {
        let (Some(shop), Some(name)) = (order.shop.as_deref(), row.shop.as_deref()) else {
            return Shop::Same;
        };
        if shop == name {
            return Shop::Same;
        }
        let (shop, name) = (fold(shop), fold(name));
        match self.of_name.get(&name) {
            _ if shop == name => Shop::Same,
            Some(own) if *own == shop => Shop::Same,
            Some(_) => Shop::Other,
            None if self.is_short_for(&name, &shop) => Shop::Same,
            None if self.of_shop.get(&shop).is_some_and(|known| *known != name) => Shop::Doubtful,
            None => Shop::Same,
        }
    }

    /// Whether a name is short for a shop's, and for no other one's.
    fn is_short_for(&self, name: &str, shop: &str) -> bool {
        let others = || self.shops.iter().filter(|other| *other != shop);
        abbreviates(name, shop) && !others().any(|other| abbreviates(name, other))
    }
}

/// Whether a name is another one with characters left out (青竹旗舰 of
/// 青竹里灯饰旗舰店), or the two that it begins with.
fn abbreviates(name: &str, whole: &str) -> bool {
    let mut left = whole.chars();
    match name.chars().count() {
        ..2 => false,
        2 => whole.starts_with(name),
        _ => name.chars().all(|c| left.any(|other| other == c)),
    }
}

/// Returns what each name goes with in so large a share of its sales.
fn mostly<'a>(
    sales: impl Iterator<Item = ((&'a String, &'a String), usize)>,
    (share, of_all): (usize, usize),
) -> FxHashMap<String, String> {
    let mut of: BTreeMap<&String, Vec<(usize, &String)>> = BTreeMap::new();
    for ((one, other), count) in sales {
        of.entry(one).or_default().push((count, other));
    }
    let most = of.into_iter().filter_map(|(name, others)| {
        let all: usize = others.iter().map(|(count, _)| count).sum();
        let (count, other) = others.into_iter().max()?;
        (count >= ENOUGH && count * of_all >= all * share).then(|| (name.clone(), other.clone()))
    });
    most.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_a_shop_s_only_where_no_other_one_s_is_as_short() {
        let shops = ["云端旗舰店", "天猫田园店", "天猫青竹旗舰店"].map(str::to_owned).to_vec();
        let known = Shops { shops, ..Shops::default() };
        assert!(known.is_short_for("云端", "云端旗舰店"));
        assert!(known.is_short_for("青竹旗舰", "天猫青竹旗舰店"));
        assert!(!known.is_short_for("天猫店", "天猫田园店"));
        assert!(!known.is_short_for("天猫店", "天猫青竹旗舰店"));
        assert!(!known.is_short_for("云", "云端旗舰店"));
    }
}
