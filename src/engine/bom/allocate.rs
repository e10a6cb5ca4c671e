//! Who gets what there is of one item: never more than there is.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::order::Rule;
use super::used_up::UsedUp;

/// When an open purchase order comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Due {
    /// Nobody says a day, but the stock table counts it as coming and no
    /// purchase order contradicts.
    Stated,
    /// Promised for a day that has not passed.
    On(NaiveDate),
    /// Promised for a day that has passed.
    Overdue(NaiveDate),
    /// No day is promised.
    Undated,
}

impl Due {
    /// Whether it counts for a need of that day.
    pub fn counts(self, by: Option<NaiveDate>) -> bool {
        match self {
            Self::Stated => true,
            Self::On(day) => by.is_none_or(|by| day <= by),
            Self::Overdue(_) | Self::Undated => false,
        }
    }
}

/// A quantity that is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coming {
    /// When.
    pub due: Due,
    /// How much.
    pub quantity: Decimal,
}

/// What there is of one item.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    /// Free stock: on hand without what is allocated or kept for safety.
    pub stock: Decimal,
    /// What is to come, the soonest first.
    pub coming: Vec<Coming>,
    /// Which of these are used up: thousands of orders do not look at each of
    /// thousands of purchase orders.
    used: UsedUp,
}

/// A need for one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Demand {
    /// The order, by its place.
    pub order: usize,
    /// How much it needs.
    pub needed: Decimal,
    /// By when.
    pub by: Option<NaiveDate>,
}

/// When what an order needs of an item is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ready {
    /// It is there.
    Now,
    /// It comes on this day.
    On(NaiveDate),
    /// Not by anything that is promised.
    Never,
}

/// What an order gets of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// What it needs.
    pub demand: Demand,
    /// What it gets from stock.
    pub from_stock: Decimal,
    /// What it gets from what comes in time.
    pub from_coming: Decimal,
    /// When it has all it needs, late arrivals included.
    pub ready: Ready,
}

impl Share {
    /// Returns what it gets in time.
    pub fn allocated(&self) -> Decimal {
        self.from_stock + self.from_coming
    }

    /// Returns what is short.
    pub fn short(&self) -> Decimal {
        self.demand.needed - self.allocated()
    }
}

impl Pool {
    /// Makes a pool; stock below zero is none.
    pub fn new(stock: Decimal, mut coming: Vec<Coming>) -> Self {
        coming.sort_by_key(|coming| coming.due);
        let used = UsedUp::new(coming.len());
        Self { stock: stock.max(Decimal::ZERO), coming, used }
    }

    /// Whether nothing is there and nothing comes.
    pub(super) fn is_used_up(&mut self) -> bool {
        self.stock <= Decimal::ZERO && self.next(0).is_none()
    }

    /// Returns what there is for a need of that day.
    pub fn available(&self, by: Option<NaiveDate>) -> Decimal {
        let coming = self.coming.iter().filter(|coming| coming.due.counts(by));
        coming.fold(self.stock, |sum, coming| sum.saturating_add(coming.quantity))
    }

    /// Takes up to `needed` out of it, in time for that day.
    pub fn take(&mut self, demand: Demand, needed: Decimal, stock_last: bool) -> Share {
        let mut share = Share {
            demand,
            from_stock: Decimal::ZERO,
            from_coming: Decimal::ZERO,
            ready: Ready::Now,
        };
        let mut left = needed;
        if stock_last {
            left -= self.take_coming(left, demand.by, true, &mut share);
        }
        share.from_stock = left.min(self.stock);
        self.stock -= share.from_stock;
        left -= share.from_stock;
        if !stock_last {
            self.take_coming(left, demand.by, false, &mut share);
        }
        share
    }

    fn take_coming(
        &mut self,
        wanted: Decimal,
        by: Option<NaiveDate>,
        latest_first: bool,
        share: &mut Share,
    ) -> Decimal {
        let mut taken = Decimal::ZERO;
        // What counts stands before what does not.
        let counts = self.coming.partition_point(|coming| coming.due.counts(by));
        let first = if latest_first { self.previous(counts) } else { self.next(0) };
        let mut next = first.filter(|at| *at < counts);
        while let Some(at) = next.filter(|_| taken < wanted) {
            let coming = &mut self.coming[at];
            let part = (wanted - taken).min(coming.quantity);
            coming.quantity -= part;
            taken += part;
            if let Due::On(day) = coming.due {
                share.ready = share.ready.max(Ready::On(day));
            }
            next = if latest_first { self.previous(at) } else { self.next(at + 1) };
            next = next.filter(|at| *at < counts);
        }
        share.from_coming += taken;
        taken
    }

    /// Returns the first at that place or behind it that is not used up.
    fn next(&mut self, from: usize) -> Option<usize> {
        let mut at = self.used.next(from);
        while self.coming.get(at)?.quantity <= Decimal::ZERO {
            self.used.mark(at);
            at = self.used.next(at);
        }
        Some(at)
    }

    /// Returns the last before that place that is not used up.
    fn previous(&mut self, before: usize) -> Option<usize> {
        let mut at = self.used.previous(before)?;
        while self.coming[at].quantity <= Decimal::ZERO {
            self.used.mark(at);
            at = self.used.previous(at)?;
        }
        Some(at)
    }

    /// Takes what is promised too late, to know when the rest is there.
    fn take_late(&mut self, share: &mut Share) {
        let mut left = share.short();
        // What no day is stated of is no use here; it stands first.
        let stated = self.coming.partition_point(|coming| coming.due == Due::Stated);
        let mut next = self.next(stated);
        while let Some(at) = next.filter(|_| left > Decimal::ZERO) {
            let coming = &mut self.coming[at];
            let Due::On(day) = coming.due else { break };
            let part = left.min(coming.quantity);
            coming.quantity -= part;
            left -= part;
            share.ready = share.ready.max(Ready::On(day));
            next = self.next(at + 1);
        }
        if left > Decimal::ZERO {
            share.ready = Ready::Never;
        }
    }
}

/// Shares an item out among demands that stand in the order of service. What
/// is left in the pool afterwards is free.
pub fn allocate(pool: &mut Pool, demands: &[Demand], rule: Rule) -> Vec<Share> {
    let mut shares: Vec<Share> = Vec::with_capacity(demands.len());
    let mut at = 0;
    while at < demands.len() {
        let same_day = || demands[at..].iter().take_while(|next| next.by == demands[at].by);
        let group = if rule == Rule::ProRata { same_day().count() } else { 1 };
        let group = &demands[at..at + group];
        for (demand, part) in group.iter().zip(parts(pool, group)) {
            shares.push(pool.take(*demand, part, rule == Rule::Rank));
        }
        at += group.len();
    }
    for share in &mut shares {
        if share.short() > Decimal::ZERO {
            pool.take_late(share);
        }
    }
    shares
}

/// Returns what each of a group gets: what it needs, or in proportion, to the
/// digits that need and stock are written with.
fn parts(pool: &Pool, group: &[Demand]) -> Vec<Decimal> {
    let needs = || group.iter().map(|demand| demand.needed);
    if group.len() < 2 {
        return needs().collect();
    }
    let available = pool.available(group[0].by);
    let total = needs().fold(Decimal::ZERO, |sum, need| sum.saturating_add(need));
    if total <= available || total.is_zero() {
        return needs().collect();
    }
    const MOST: u32 = 6;
    let scale = needs().chain([available]).map(|figure| figure.normalize().scale()).max();
    let scale = scale.unwrap_or_default().min(MOST);
    let step = Decimal::new(1, scale);
    let exact =
        |need: Decimal| need.checked_div(total).and_then(|share| share.checked_mul(available));
    let exact: Vec<Decimal> = needs().map(|need| exact(need).unwrap_or_default()).collect();
    let floor = |part: &Decimal| part.round_dp_with_strategy(scale, RoundingStrategy::ToZero);
    let mut parts: Vec<Decimal> = exact.iter().map(floor).collect();
    // What rounding leaves goes to the largest remainders.
    let mut by_rest: Vec<usize> = (0..parts.len()).collect();
    by_rest.sort_by_key(|&at| (std::cmp::Reverse(exact[at] - parts[at]), at));
    let mut left = available - parts.iter().copied().sum::<Decimal>();
    for at in by_rest {
        if left < step {
            break;
        }
        if parts[at] + step <= group[at].needed {
            parts[at] += step;
            left -= step;
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_of_orders_do_not_look_at_thousands_of_purchase_orders_each() {
        // Each looking at each would take an hour.
        const COUNT: u32 = 200_000;
        let day = NaiveDate::from_ymd_opt(2026, 11, 4);
        let coming = |_| Coming { due: Due::On(day.unwrap_or_default()), quantity: Decimal::TWO };
        let demand = |order: u32| Demand { order: order as usize, needed: Decimal::TWO, by: day };
        let demands: Vec<Demand> = (0..COUNT).map(demand).collect();
        for rule in [Rule::Date, Rule::Rank, Rule::ProRata] {
            let mut pool = Pool::new(Decimal::ONE, (0..COUNT).map(coming).collect());
            let shares = allocate(&mut pool, &demands, rule);
            assert!(shares.iter().all(|share| share.short() <= Decimal::ZERO));
            assert_eq!(pool.available(day), Decimal::ONE);
        }
    }
}
