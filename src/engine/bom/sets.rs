//! How many complete sets of an order its ready-made parts and its share of
//! the other items make.

use rust_decimal::{Decimal, RoundingStrategy};

use super::descent::Descent;
use super::graph::{Graph, StructId};
use super::item::ItemId;
use super::order::Order;
use super::sums::Sums;
use super::tidy;

/// What an order that takes ready-made parts has for it.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// Of ready-made parts in stock.
    ready: Vec<(ItemId, Decimal)>,
    /// Of other items in stock.
    stock: Vec<(ItemId, Decimal)>,
    /// Whether some of its ready-made parts are still to come.
    to_come: bool,
    /// Whether its stock of some item is less than it needs, the parts that
    /// are still to come taken as there.
    less: bool,
}

impl Own {
    /// Adds a ready-made part: what it takes of it, and what of that is there.
    pub(super) fn add_ready(&mut self, item: ItemId, taken: Decimal, from_stock: Decimal) {
        if from_stock > Decimal::ZERO {
            self.ready.push((item, from_stock));
        }
        self.to_come |= taken > from_stock;
    }

    /// Adds another item: what it needs of it, and what it has.
    pub(super) fn add_stock(&mut self, item: ItemId, needed: Decimal, from_stock: Decimal) {
        self.stock.push((item, from_stock));
        self.less |= from_stock < needed;
    }
}

/// Something is missing for so many sets.
struct Missing;

/// Works out complete sets, for one order after the other.
pub(super) struct Sets<'a> {
    descent: Descent<'a, Decimal>,
    ready: Sums,
    stock: Sums,
    needed: Sums,
    seen: Vec<bool>,
}

impl<'a> Sets<'a> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        let sums = || Sums::new(graph.items.len());
        let seen = vec![false; graph.structures.len()];
        Self { descent: Descent::new(graph), ready: sums(), stock: sums(), needed: sums(), seen }
    }

    /// Returns the most sets of an order that need no more than there is.
    pub(super) fn buildable(&mut self, order: &Order, own: &Own) -> Decimal {
        let mut high = whole(order.quantity);
        // Netting has gone this way already, and found everything there.
        if !own.less && !own.to_come {
            return high;
        }
        // It also tells where all that are ordered are too many.
        let known_less = own.less && high == order.quantity;
        if !known_less && self.makes(order.root, high, own) {
            return high;
        }
        // Mostly something is missing altogether, and not even one can be made.
        let mut low = Decimal::ONE;
        if high <= low || self.lacks_for_one(order.root, own) || !self.makes(order.root, low, own) {
            return Decimal::ZERO;
        }
        // `low` can be made, `high` cannot.
        while high - low > Decimal::ONE {
            let Some(middle) = low.checked_add(high).map(|sum| whole(sum / Decimal::TWO)) else {
                return low;
            };
            if self.makes(order.root, middle, own) { low = middle } else { high = middle }
        }
        low
    }

    /// Whether there is enough for so many sets.
    fn makes(&mut self, root: StructId, sets: Decimal, own: &Own) -> bool {
        self.lay_out(own);
        let Self { descent, ready, stock, needed, .. } = self;
        let walked = descent.walk_until(root, sets, |edge, parents, child| {
            let wanted = parents.saturating_mul(edge.factor);
            let Some(child) = child else {
                let there = stock.get(edge.item).copied().unwrap_or_default();
                let sum = needed.add(edge.item, wanted);
                let enough = sum <= there || tidy(sum) <= there;
                return if enough { Ok(()) } else { Err(Missing) };
            };
            let rest = if edge.phantom { None } else { ready.get(edge.item) };
            let taken = rest.map_or(Decimal::ZERO, |rest| {
                let taken = wanted.min(*rest);
                *rest -= taken;
                taken
            });
            *child = child.saturating_add(wanted - taken);
            Ok(())
        });
        self.clear();
        walked.is_ok()
    }

    /// Looks for one item that is short for a single set already: below a way
    /// of parts of which none is ready-made, one set takes no less of it than
    /// the uses on that way say.
    fn lacks_for_one(&mut self, root: StructId, own: &Own) -> bool {
        self.lay_out(own);
        self.seen.fill(false);
        let mut ahead = vec![(root, Decimal::ONE)];
        let mut lacks = false;
        while let Some((id, made)) = ahead.pop() {
            for edge in self.descent.graph().structure(id).edges.iter().filter(|edge| !edge.cut) {
                let needed = made.saturating_mul(edge.factor);
                match edge.child {
                    None => {
                        let there = self.stock.get(edge.item).copied().unwrap_or_default();
                        lacks |= tidy(needed) > there;
                    }
                    Some(_) if !edge.phantom && self.ready.get(edge.item).is_some() => {}
                    Some(child) if self.seen[child.index()] => {}
                    Some(child) => {
                        self.seen[child.index()] = true;
                        ahead.push((child, needed));
                    }
                }
            }
            if lacks {
                break;
            }
        }
        self.clear();
        lacks
    }

    fn lay_out(&mut self, own: &Own) {
        own.ready.iter().for_each(|&(item, quantity)| _ = self.ready.add(item, quantity));
        own.stock.iter().for_each(|&(item, quantity)| _ = self.stock.add(item, quantity));
    }

    fn clear(&mut self) {
        for sums in [&mut self.ready, &mut self.stock, &mut self.needed] {
            sums.clear();
        }
    }
}

/// Returns a quantity without what is no whole piece.
pub(super) fn whole(quantity: Decimal) -> Decimal {
    quantity.round_dp_with_strategy(0, RoundingStrategy::ToZero).normalize()
}
