//! What is short for many orders at once: needs, netted item by item against
//! stock and what is promised, shared out in the order of service.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::FxHashMap;

use super::allocate::{Coming, Demand, Pool, Ready, Share, allocate};
use super::graph::Graph;
use super::item::ItemId;
use super::needs::Needs;
use super::order::{Order, Rule, served};
use super::sets::{Own, Sets, whole};
use super::tidy;

/// What there is of an item, and how it is bought.
#[derive(Debug, Clone, Default)]
pub struct Supply {
    /// In stock.
    pub on_hand: Decimal,
    /// Of it promised to others.
    pub allocated: Decimal,
    /// Of it kept for safety.
    pub safety_stock: Decimal,
    /// On open purchase orders.
    pub coming: Vec<Coming>,
    /// The least that can be bought.
    pub minimum: Option<Decimal>,
    /// What it is bought in multiples of.
    pub multiple: Option<Decimal>,
    /// Whether the customer gives it: then it is chased, not bought.
    pub given: bool,
}

impl Shortage {
    /// Returns an item's netting.
    pub fn item(&self, item: ItemId) -> Option<&ItemNet> {
        // Items stand in the order of their numbers.
        let place = self.items.binary_search_by_key(&item, |net| net.item).ok()?;
        self.items.get(place)
    }
}

impl Supply {
    /// Returns what of the stock is free; below zero if more is promised and
    /// kept than there is.
    pub(super) fn free(&self) -> Decimal {
        self.on_hand - self.allocated - self.safety_stock
    }

    pub(super) fn pool(&self) -> Pool {
        Pool::new(self.free(), self.coming.clone())
    }
}

/// One item over all orders.
#[derive(Debug, Clone)]
pub struct ItemNet {
    /// The item.
    pub item: ItemId,
    /// What all orders need.
    pub gross: Decimal,
    /// What of the open purchase orders counts.
    pub in_time: Decimal,
    /// What of them does not.
    pub late: Decimal,
    /// What another item takes over.
    pub substituted: Decimal,
    /// What is missing.
    pub net: Decimal,
    /// What to buy: to minimum and multiple.
    pub purchase: Decimal,
    /// The first day that misses something, else the first that needs it.
    pub needed_by: Option<NaiveDate>,
    /// Who gets what.
    pub shares: Vec<Share>,
}

/// One order over all its items.
#[derive(Debug, Clone)]
pub struct OrderNet {
    /// The order, by its place.
    pub order: usize,
    /// Whether nothing is short.
    pub enough: bool,
    /// How many complete sets can be made of what is in stock for it.
    pub buildable: Decimal,
    /// When everything is there.
    pub ready: Ready,
    /// What is short.
    pub waiting_for: Vec<ItemId>,
}

/// A part that is taken ready-made from stock or purchase.
#[derive(Debug, Clone, Copy)]
pub struct Assembly {
    /// The part.
    pub item: ItemId,
    /// The order it is for.
    pub order: usize,
    /// What the order needs of it.
    pub needed: Decimal,
    /// What is there ready-made; only the rest needs its own parts.
    pub ready_made: Decimal,
    /// What of that is in stock, and not still to come.
    pub from_stock: Decimal,
}

/// A use of one item in place of another.
#[derive(Debug, Clone, Copy)]
pub struct Replacement {
    /// The order.
    pub order: usize,
    /// What is short.
    pub item: ItemId,
    /// What is taken for it.
    pub by: ItemId,
    /// How much of what is short is covered.
    pub covers: Decimal,
    /// How much of the other is taken.
    pub taken: Decimal,
}

/// What is short, and who waits for what.
#[derive(Debug, Clone, Default)]
pub struct Shortage {
    /// Items, in the order of the papers.
    pub items: Vec<ItemNet>,
    /// Orders, in the order in which they are served.
    pub orders: Vec<OrderNet>,
    /// Parts taken ready-made.
    pub assemblies: Vec<Assembly>,
    /// Items used in place of others.
    pub replacements: Vec<Replacement>,
}

/// Nets the needs of all orders, none of them beyond the [`Limits`].
///
/// [`Limits`]: super::Limits
pub fn shortage(
    graph: &Graph,
    orders: &[Order],
    supplies: &FxHashMap<ItemId, Supply>,
    rule: Rule,
) -> Shortage {
    let sequence = served(orders, rule);
    let mut needs = Needs::new(graph, supplies);
    let mut result = Shortage::default();
    let mut demands: BTreeMap<ItemId, Vec<Demand>> = BTreeMap::new();
    for &place in &sequence {
        let order = &orders[place];
        for (item, needed) in needs.of(order, place, &mut result.assemblies) {
            let demand = Demand { order: place, needed: tidy(needed), by: order.needed_by };
            demands.entry(item).or_default().push(demand);
        }
    }
    let mut pools: FxHashMap<ItemId, Pool> = FxHashMap::default();
    let none = Supply::default();
    for (item, demands) in demands {
        let supply = supplies.get(&item).unwrap_or(&none);
        let mut pool = supply.pool();
        let shares = allocate(&mut pool, &demands, rule);
        pools.insert(item, pool);
        result.items.push(net(item, supply, shares));
    }
    replace(graph, supplies, &mut pools, &mut result);
    result.orders = orders_of(graph, orders, &sequence, &result);
    result
}

/// Nets one item over time: what is missing on its worst day.
fn net(item: ItemId, supply: &Supply, shares: Vec<Share>) -> ItemNet {
    let mut days: BTreeMap<NaiveDate, Decimal> = BTreeMap::new();
    for share in &shares {
        let day = share.demand.by.unwrap_or(NaiveDate::MAX);
        *days.entry(day).or_default() += share.demand.needed;
    }
    let mut coming = supply.coming.clone();
    coming.sort_by_key(|coming| coming.due);
    let total: Decimal = coming.iter().map(|coming| coming.quantity).sum();
    // What counts for a day counts for every later one.
    let (mut counted, mut at) = (Decimal::ZERO, 0);
    let (mut gross, mut net, mut first_short) = (Decimal::ZERO, Decimal::ZERO, None);
    for (day, needed) in &days {
        gross += *needed;
        let by = (*day != NaiveDate::MAX).then_some(*day);
        while let Some(one) = coming.get(at).filter(|one| one.due.counts(by)) {
            counted += one.quantity;
            at += 1;
        }
        let missing = gross - supply.free() - counted;
        if missing > Decimal::ZERO && first_short.is_none() {
            first_short = Some(*day);
        }
        net = net.max(missing);
    }
    let in_time = if net > Decimal::ZERO { gross - supply.free() - net } else { counted };
    let needed_by = first_short.or_else(|| days.keys().next().copied());
    ItemNet {
        item,
        gross: tidy(gross),
        in_time: tidy(in_time),
        late: tidy(total - in_time),
        substituted: Decimal::ZERO,
        net: tidy(net),
        purchase: purchase(net, supply),
        needed_by: needed_by.filter(|day| *day != NaiveDate::MAX),
        shares,
    }
}

/// Returns what to buy for what is missing: the minimum at least, in whole
/// multiples.
pub fn purchase(net: Decimal, supply: &Supply) -> Decimal {
    if net <= Decimal::ZERO || supply.given {
        return Decimal::ZERO;
    }
    let least = net.max(supply.minimum.unwrap_or_default());
    let whole = supply.multiple.filter(|multiple| *multiple > Decimal::ZERO).and_then(|multiple| {
        let packs = least.checked_div(multiple)?;
        let packs = packs.round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity);
        packs.checked_mul(multiple)
    });
    tidy(whole.unwrap_or(least))
}

/// Covers what is short by what may take its place and is free.
fn replace(
    graph: &Graph,
    supplies: &FxHashMap<ItemId, Supply>,
    pools: &mut FxHashMap<ItemId, Pool>,
    result: &mut Shortage,
) {
    let none = Supply::default();
    let places: FxHashMap<ItemId, usize> =
        result.items.iter().enumerate().map(|(at, net)| (net.item, at)).collect();
    for substitute in &graph.substitutes {
        let Some(place) = places.get(&substitute.item) else { continue };
        let net = &mut result.items[*place];
        let supply = supplies.get(&substitute.by).unwrap_or(&none);
        let pool = pools.entry(substitute.by).or_insert_with(|| supply.pool());
        let before = net.substituted;
        for share in net.shares.iter_mut().filter(|share| share.short() > Decimal::ZERO) {
            let Some(wanted) = share.short().checked_mul(substitute.ratio) else { continue };
            let demand = Demand { needed: wanted, ..share.demand };
            let taken = pool.take(demand, wanted, false);
            let covers = if taken.short() <= Decimal::ZERO {
                share.short()
            } else {
                tidy(taken.allocated().checked_div(substitute.ratio).unwrap_or_default())
            };
            if covers <= Decimal::ZERO {
                continue;
            }
            let stock = taken
                .from_stock
                .checked_div(taken.allocated())
                .and_then(|part| part.checked_mul(covers));
            let stock = tidy(stock.unwrap_or_default()).min(covers);
            share.from_stock += stock;
            share.from_coming += covers - stock;
            if share.short() <= Decimal::ZERO {
                share.ready = taken.ready;
            }
            net.substituted += covers;
            result.replacements.push(Replacement {
                order: share.demand.order,
                item: substitute.item,
                by: substitute.by,
                covers,
                taken: tidy(taken.allocated()),
            });
        }
        let covered = net.substituted - before;
        if covered > Decimal::ZERO {
            net.net = (net.net - covered).max(Decimal::ZERO);
            let bought = supplies.get(&net.item).unwrap_or(&none);
            net.purchase = purchase(net.net, bought);
        }
    }
}

/// Puts the shares of all items together by order.
fn orders_of(
    graph: &Graph,
    orders: &[Order],
    sequence: &[usize],
    result: &Shortage,
) -> Vec<OrderNet> {
    let fresh = |place: usize| OrderNet {
        order: place,
        enough: true,
        buildable: whole(orders[place].quantity),
        ready: Ready::Now,
        waiting_for: Vec::new(),
    };
    let mut nets: Vec<OrderNet> = (0..orders.len()).map(fresh).collect();
    let mut own: Vec<Option<Own>> = Vec::new();
    own.resize_with(orders.len(), || None);
    for part in &result.assemblies {
        let own = own[part.order].get_or_insert_default();
        own.add_ready(part.item, part.ready_made, part.from_stock);
    }
    for net in &result.items {
        for share in &net.shares {
            let place = share.demand.order;
            let order = &mut nets[place];
            order.ready = order.ready.max(share.ready);
            if share.short() > Decimal::ZERO {
                order.enough = false;
                order.waiting_for.push(net.item);
            }
            if let Some(own) = &mut own[place] {
                own.add_stock(net.item, share.demand.needed, share.from_stock);
                continue;
            }
            // All that it needs is there: no need to reckon.
            if share.from_stock >= share.demand.needed {
                continue;
            }
            let sets = share.from_stock.checked_mul(orders[place].quantity);
            let sets = sets.and_then(|sets| sets.checked_div(share.demand.needed)).map(tidy);
            if let Some(sets) = sets.filter(|_| share.demand.needed > Decimal::ZERO) {
                order.buildable = order.buildable.min(whole(sets));
            }
        }
    }
    let mut sets = Sets::new(graph);
    for (place, own) in own.iter().enumerate() {
        if let Some(own) = own {
            nets[place].buildable = sets.buildable(&orders[place], own);
        }
    }
    sequence.iter().map(|place| nets[*place].clone()).collect()
}
