//! What is to be bought: what is available and coming against safety stock
//! and reorder point, given or computed.

mod levels;
mod sources;

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::items::{ItemId, Items};
use super::ledger::Ledger;
use crate::location::Location;
use crate::records::PriceLine;
use crate::records::stock::{Movements, OpenOrderLine, StockTable};

pub use levels::{Levels, Method};
use sources::Sources;

/// What the advice is worked out from.
#[derive(Debug, Clone, Copy)]
pub struct Wants<'a> {
    /// The stock tables.
    pub tables: &'a [StockTable],
    /// The movements: ledgers and slips.
    pub movements: &'a [Movements],
    /// What is on order.
    pub orders: &'a [&'a OpenOrderLine],
    /// Agreed prices.
    pub prices: &'a [&'a PriceLine],
    /// The stock, rolled forward.
    pub ledger: &'a Ledger,
    /// How levels are computed where none is given.
    pub rules: Rules,
    /// The day of the advice.
    pub today: NaiveDate,
}

/// How levels are computed where the sheets give none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The form that is asked for; by what is known if none is.
    pub method: Option<Method>,
    /// The days that a purchase takes, of items that do not say.
    pub lead_days: Option<Decimal>,
    /// The days that the safety stock is to last, of items that do not say.
    pub safety_days: Option<Decimal>,
    /// How many standard deviations the statistical form keeps.
    pub service_factor: Decimal,
}

/// An item and what is to be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// The item.
    pub item: ItemId,
    /// What there is.
    pub on_hand: Decimal,
    /// How much of it is promised.
    pub allocated: Decimal,
    /// What is on order, overdue promises included.
    pub on_order: Decimal,
    /// How much of that was promised for before today.
    pub overdue: Decimal,
    /// The day of the next promise that is not over.
    pub next_promise: Option<NaiveDate>,
    /// On hand − allocated.
    pub available: Decimal,
    /// The levels it is held to.
    pub levels: Levels,
    /// What a day uses.
    pub daily_usage: Option<Decimal>,
    /// How much to buy; nought where what is coming is enough.
    pub suggested: Decimal,
    /// The day on which the stock falls below safety.
    pub needed_by: NaiveDate,
    /// The last day to order, where it is known how long a purchase takes.
    pub order_by: Option<NaiveDate>,
    /// From whom it was last bought.
    pub supplier: Option<Arc<str>>,
    /// At which price.
    pub last_price: Option<Decimal>,
    /// Purchases are multiples of this.
    pub multiple: Option<Decimal>,
    /// Purchases are at least this.
    pub minimum: Option<Decimal>,
    /// Its rows in the stock table.
    pub at: Vec<Location>,
}

impl Advice {
    /// Returns what the purchase comes to at the last price.
    pub fn amount(&self) -> Option<Decimal> {
        self.suggested.checked_mul(self.last_price?).map(super::ledger::cents)
    }

    /// Whether it is below its safety stock now.
    pub fn is_below_safety(&self) -> bool {
        self.levels.safety_stock.is_some_and(|safety| self.available < safety)
    }
}

/// Returns the items that are to be bought, and those below their safety
/// stock for which enough is coming, in the order of the stock table.
pub fn reorder(wants: &Wants<'_>) -> Vec<Advice> {
    let sources = Sources::of(wants);
    let mut advice: Vec<Advice> = Vec::new();
    for item in sources.order() {
        let known = advise(wants, &sources, item);
        advice.extend(known.filter(|one| !one.suggested.is_zero() || one.is_below_safety()));
    }
    advice
}

fn advise(wants: &Wants<'_>, sources: &Sources<'_>, item: ItemId) -> Option<Advice> {
    let stock = sources.stock(item)?;
    let coming = sources.coming(item, wants.today);
    let planned = sources.planned(item);
    let levels = Levels::of(&planned, &wants.rules);
    let available = stock.on_hand.checked_sub(stock.allocated)?;
    let position = available.checked_add(coming.open)?;
    let target = levels.target();
    let suggested = target
        .and_then(|target| target.checked_sub(position))
        .filter(|short| *short > Decimal::ZERO)
        .and_then(|short| lot(short, planned.order_multiple, planned.min_order))
        .unwrap_or_default();
    let needed_by = needed_by(available, &levels, planned.daily_usage, wants.today);
    let lead = planned.lead_days.or(wants.rules.lead_days);
    let order_by = lead
        .and_then(|days| days.ceil().to_u64())
        .and_then(|days| needed_by.checked_sub_days(Days::new(days)));
    let bought = sources.bought(item);
    Some(Advice {
        item,
        on_hand: stock.on_hand,
        allocated: stock.allocated,
        on_order: coming.open,
        overdue: coming.overdue,
        next_promise: coming.next,
        available,
        levels,
        daily_usage: planned.daily_usage,
        suggested,
        needed_by,
        order_by,
        supplier: planned.supplier.clone().or(bought.supplier),
        last_price: planned.last_price.or(bought.price),
        multiple: planned.order_multiple,
        minimum: planned.min_order,
        at: stock.at.clone(),
    })
}

/// Returns a quantity that may be bought: at least the minimum, and a whole
/// multiple.
pub fn lot(short: Decimal, multiple: Option<Decimal>, minimum: Option<Decimal>) -> Option<Decimal> {
    let least = minimum.map_or(short, |minimum| short.max(minimum));
    match multiple.filter(|multiple| *multiple > Decimal::ZERO) {
        Some(multiple) => least.checked_div(multiple)?.ceil().checked_mul(multiple),
        None => Some(least),
    }
}

/// Returns the day on which the stock falls below safety: today where it is
/// below already, or where nothing tells how fast it falls.
fn needed_by(
    available: Decimal,
    levels: &Levels,
    daily_usage: Option<Decimal>,
    today: NaiveDate,
) -> NaiveDate {
    /// Farther than this no usage of today tells.
    const FAR: u64 = 3650;
    let spare = available.checked_sub(levels.safety_stock.unwrap_or_default());
    let days = spare
        .filter(|spare| *spare > Decimal::ZERO)
        .zip(daily_usage.filter(|usage| *usage > Decimal::ZERO))
        .and_then(|(spare, usage)| spare.checked_div(usage)?.floor().to_u64());
    today.checked_add_days(Days::new(days.unwrap_or_default().min(FAR))).unwrap_or(today)
}

/// Returns the name of a supplier as purchase requests group by it.
pub fn by_supplier<'a>(
    advice: &'a [Advice],
    items: &Items,
) -> Vec<(Option<Arc<str>>, Vec<&'a Advice>)> {
    let mut groups: Vec<(Option<Arc<str>>, Vec<&Advice>)> = Vec::new();
    for one in advice.iter().filter(|one| !one.suggested.is_zero()) {
        let group = groups.iter_mut().find(|(supplier, _)| *supplier == one.supplier);
        match group {
            Some((_, list)) => list.push(one),
            None => groups.push((one.supplier.clone(), vec![one])),
        }
    }
    // Items that nobody is known to sell come last.
    groups.sort_by_key(|(supplier, _)| supplier.is_none());
    for (_, list) in &mut groups {
        list.sort_by_key(|one| items.name(one.item));
    }
    groups
}
