//! What the papers say of each item: stock, orders, plans, the last purchase.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Wants;
use super::levels::root;
use crate::engine::stock::items::ItemId;
use crate::location::Location;
use crate::records::stock::{
    MovementClass, MovementLine, MovementSource, OpenOrderLine, Planning, StockLine,
};

/// What there is of an item.
#[derive(Debug, Clone, Default)]
pub(super) struct Stock {
    pub(super) on_hand: Decimal,
    pub(super) allocated: Decimal,
    /// What the table itself says is on order.
    table_on_order: Option<Decimal>,
    daily_usage: Option<Decimal>,
    pub(super) at: Vec<Location>,
}

/// What is coming of an item.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Coming {
    pub(super) open: Decimal,
    pub(super) overdue: Decimal,
    pub(super) next: Option<NaiveDate>,
}

/// How an item is planned, of all that the papers say.
#[derive(Debug, Clone, Default)]
pub(super) struct Planned {
    pub(super) safety_stock: Option<Decimal>,
    pub(super) reorder_point: Option<Decimal>,
    pub(super) daily_usage: Option<Decimal>,
    pub(super) lead_days: Option<Decimal>,
    pub(super) safety_days: Option<Decimal>,
    pub(super) usage_deviation: Option<Decimal>,
    /// Whether a sheet gives the deviation, rather than the movements.
    pub(super) deviation_given: bool,
    pub(super) lead_deviation: Option<Decimal>,
    pub(super) order_multiple: Option<Decimal>,
    pub(super) min_order: Option<Decimal>,
    pub(super) last_price: Option<Decimal>,
    pub(super) supplier: Option<Arc<str>>,
}

/// The last purchase of an item.
#[derive(Debug, Clone, Default)]
pub(super) struct Bought {
    pub(super) supplier: Option<Arc<str>>,
    pub(super) price: Option<Decimal>,
}

/// What the papers say, by item.
pub(super) struct Sources<'a> {
    wants: &'a Wants<'a>,
    order: Vec<ItemId>,
    stock: FxHashMap<ItemId, Stock>,
    lines: FxHashMap<ItemId, Vec<&'a StockLine>>,
    orders: FxHashMap<ItemId, Vec<&'a OpenOrderLine>>,
    bought: FxHashMap<ItemId, Last>,
    deviations: FxHashMap<ItemId, Decimal>,
    listed: FxHashMap<ItemId, Listed>,
}

/// What a price list says of buying an item.
#[derive(Debug, Clone, Default)]
struct Listed {
    order_multiple: Option<Decimal>,
    min_order: Option<Decimal>,
    lead_days: Option<Decimal>,
}

/// The last purchase so far.
#[derive(Debug, Clone, Default)]
struct Last {
    supplied: Option<(Option<NaiveDate>, Arc<str>)>,
    priced: Option<(Option<NaiveDate>, Decimal)>,
    /// From a price list: weaker than any purchase.
    listed: Bought,
}

impl Last {
    fn take(
        &mut self,
        day: Option<NaiveDate>,
        supplier: Option<&Arc<str>>,
        price: Option<Decimal>,
    ) {
        let later = |known: Option<Option<NaiveDate>>| known.is_none_or(|known| day >= known);
        if let Some(supplier) = supplier
            && later(self.supplied.as_ref().map(|(day, _)| *day))
        {
            self.supplied = Some((day, Arc::clone(supplier)));
        }
        if let Some(price) = price
            && later(self.priced.map(|(day, _)| day))
        {
            self.priced = Some((day, price));
        }
    }
}

impl<'a> Sources<'a> {
    pub(super) fn of(wants: &'a Wants<'a>) -> Self {
        let mut sources = Self {
            wants,
            order: Vec::new(),
            stock: FxHashMap::default(),
            lines: FxHashMap::default(),
            orders: FxHashMap::default(),
            bought: FxHashMap::default(),
            deviations: FxHashMap::default(),
            listed: FxHashMap::default(),
        };
        sources.read_stock();
        sources.read_orders();
        sources.read_movements();
        sources.read_prices();
        sources
    }

    /// Returns the items of the books, in their order.
    pub(super) fn order(&self) -> Vec<ItemId> {
        self.order.clone()
    }

    pub(super) fn stock(&self, item: ItemId) -> Option<&Stock> {
        self.stock.get(&item)
    }

    /// Returns what is coming: by the purchase orders, else by the table.
    pub(super) fn coming(&self, item: ItemId, today: NaiveDate) -> Coming {
        let Some(orders) = self.orders.get(&item) else {
            let open = self.stock.get(&item).and_then(|stock| stock.table_on_order);
            return Coming { open: open.unwrap_or_default(), ..Coming::default() };
        };
        let mut coming = Coming::default();
        for line in orders {
            coming.open = coming.open.checked_add(line.open).unwrap_or(coming.open);
            match line.promised.filter(|_| !line.open.is_zero()) {
                Some(day) if day < today => {
                    coming.overdue =
                        coming.overdue.checked_add(line.open).unwrap_or(coming.overdue);
                }
                Some(day) => coming.next = Some(coming.next.map_or(day, |next| next.min(day))),
                None => {}
            }
        }
        coming
    }

    /// Returns how an item is planned: levels that its rows give are of each
    /// place, unless all of them give the same; all else is of the item.
    pub(super) fn planned(&self, item: ItemId) -> Planned {
        let none = Vec::new();
        let lines = self.lines.get(&item).unwrap_or(&none);
        let first = |pick: fn(&Planning) -> Option<Decimal>| {
            lines.iter().find_map(|line| pick(&line.planning))
        };
        let listed = self.listed.get(&item).cloned().unwrap_or_default();
        let stock = self.stock.get(&item);
        let stated = first(|planning| planning.usage_deviation);
        Planned {
            safety_stock: level(lines, |planning| planning.safety_stock),
            reorder_point: level(lines, |planning| planning.reorder_point),
            daily_usage: first(|planning| planning.daily_usage)
                .or_else(|| stock.and_then(|stock| stock.daily_usage)),
            lead_days: first(|planning| planning.lead_days).or(listed.lead_days),
            safety_days: first(|planning| planning.safety_days),
            usage_deviation: stated.or_else(|| self.deviations.get(&item).copied()),
            deviation_given: stated.is_some(),
            lead_deviation: first(|planning| planning.lead_deviation),
            order_multiple: first(|planning| planning.order_multiple).or(listed.order_multiple),
            min_order: first(|planning| planning.min_order).or(listed.min_order),
            last_price: first(|planning| planning.last_price),
            supplier: lines.iter().find_map(|line| line.planning.supplier.clone()),
        }
    }

    pub(super) fn bought(&self, item: ItemId) -> Bought {
        let Some(last) = self.bought.get(&item) else { return Bought::default() };
        let supplier = last.supplied.as_ref().map(|(_, supplier)| Arc::clone(supplier));
        Bought {
            supplier: supplier.or_else(|| last.listed.supplier.clone()),
            price: last.priced.map(|(_, price)| price).or(last.listed.price),
        }
    }

    fn read_stock(&mut self) {
        let ledger = self.wants.ledger;
        for balance in &ledger.balances {
            if !self.stock.contains_key(&balance.item) {
                self.order.push(balance.item);
            }
            let stock = self.stock.entry(balance.item).or_default();
            // What moved after the day of the table is in none of its figures.
            let later = balance.on_table_day.and_then(|then| balance.closing.checked_sub(then));
            let stated = balance.table_closing;
            let now = stated.and_then(|stated| stated.checked_add(later.unwrap_or_default()));
            let on_hand = now.unwrap_or(balance.closing);
            stock.on_hand = stock.on_hand.checked_add(on_hand).unwrap_or(stock.on_hand);
            stock.at.extend(balance.table_rows.iter().cloned());
            let usage = [stock.daily_usage, balance.daily_usage];
            stock.daily_usage = usage.into_iter().flatten().reduce(|a, b| a.saturating_add(b));
        }
        let is_counted: FxHashSet<&Location> =
            ledger.balances.iter().flat_map(|balance| &balance.table_rows).collect();
        let lines = self.wants.tables.iter().flat_map(|table| &table.records.lines);
        for line in lines.filter(|line| line.repeats.is_none() && is_counted.contains(&line.at)) {
            let Some(item) = ledger.items.id(&line.item) else { continue };
            let stock = self.stock.entry(item).or_default();
            let add = |sum: Decimal, more: Option<Decimal>| {
                sum.checked_add(more.unwrap_or_default()).unwrap_or(sum)
            };
            stock.allocated = add(stock.allocated, line.figures.allocated);
            let on_order = line.figures.on_order;
            if on_order.is_some() {
                stock.table_on_order =
                    Some(add(stock.table_on_order.unwrap_or_default(), on_order));
            }
            self.lines.entry(item).or_default().push(line);
        }
    }

    fn read_orders(&mut self) {
        for line in self.wants.orders {
            let Some(item) = self.wants.ledger.items.id(&line.item) else { continue };
            self.orders.entry(item).or_default().push(line);
            let last = self.bought.entry(item).or_default();
            let supplier = line.supplier.as_ref().map(|supplier| &supplier.value);
            last.take(line.ordered_on, supplier, line.unit_price);
        }
    }

    /// Reads the last receipts, and how much the days' usage differs.
    fn read_movements(&mut self) {
        let papers = self.wants.movements;
        let mut used: FxHashMap<ItemId, FxHashMap<NaiveDate, Decimal>> = FxHashMap::default();
        let (mut first, mut last_day) = (None::<NaiveDate>, None::<NaiveDate>);
        for paper in papers {
            for line in &paper.records.lines {
                let Some(item) = self.wants.ledger.items.id(&line.item) else { continue };
                let day = line.moment.map(|moment| moment.day);
                if line.class == MovementClass::Receipt && line.quantity > Decimal::ZERO {
                    self.receipt(item, line, day);
                }
                if paper.source != MovementSource::Ledger {
                    continue;
                }
                first = [first, day].into_iter().flatten().min();
                last_day = last_day.max(day);
                if let (MovementClass::Issue, Some(day)) = (line.class, day) {
                    let sum = used.entry(item).or_default().entry(day).or_default();
                    *sum = sum.checked_sub(line.quantity).unwrap_or(*sum);
                }
            }
        }
        let Some(days) = first.zip(last_day).map(|(first, last)| (last - first).num_days() + 1)
        else {
            return;
        };
        for (item, by_day) in used {
            if let Some(deviation) = deviation(by_day.values().copied(), days) {
                self.deviations.insert(item, deviation);
            }
        }
    }

    fn receipt(&mut self, item: ItemId, line: &MovementLine, day: Option<NaiveDate>) {
        let last = self.bought.entry(item).or_default();
        last.take(day, line.party.as_ref(), line.unit_price);
    }

    fn read_prices(&mut self) {
        for line in self.wants.prices {
            let Some(item) = self.wants.ledger.items.id(&line.item) else { continue };
            let today = self.wants.today;
            let over = line.valid_to.is_some_and(|last| last < today);
            let early = line.valid_from.is_some_and(|first| first > today);
            if over || early {
                continue;
            }
            let last = self.bought.entry(item).or_default();
            last.listed = Bought {
                supplier: line.party.as_ref().map(|party| Arc::clone(&party.value)),
                price: Some(line.unit_price),
            };
            let listed = self.listed.entry(item).or_default();
            listed.order_multiple = line.order_multiple.or(listed.order_multiple);
            listed.min_order = line.min_order.or(listed.min_order);
            listed.lead_days = line.lead_days.or(listed.lead_days);
        }
    }
}

/// Returns a level of an item's rows: the one they all give, else their sum.
fn level(lines: &[&StockLine], pick: fn(&Planning) -> Option<Decimal>) -> Option<Decimal> {
    let mut given = lines.iter().filter_map(|line| pick(&line.planning));
    let first = given.next()?;
    let others: Vec<Decimal> = given.collect();
    if others.iter().all(|other| *other == first) {
        return Some(first);
    }
    others.into_iter().try_fold(first, Decimal::checked_add)
}

/// Returns the standard deviation of the usage of `days` days, of which those
/// not among `used` used nothing.
fn deviation(used: impl Iterator<Item = Decimal> + Clone, days: i64) -> Option<Decimal> {
    let count = Decimal::from(days);
    if days < 2 {
        return None;
    }
    let sum = used.clone().try_fold(Decimal::ZERO, Decimal::checked_add)?;
    let mean = sum.checked_div(count)?;
    let idle = days.checked_sub(i64::try_from(used.clone().count()).ok()?)?;
    let square = |used: Decimal| {
        let off = used.checked_sub(mean)?;
        off.checked_mul(off)
    };
    let of_idle = square(Decimal::ZERO)?.checked_mul(Decimal::from(idle))?;
    let sum = used.map(square).try_fold(of_idle, |sum, one| sum.checked_add(one?))?;
    root(sum.checked_div(count.checked_sub(Decimal::ONE)?)?)
}
