//! The machine side of a freight month: the sections `lines`, `carriers`,
//! `bridge`, `expenses` and `freight_days`.
//!
//! `lines` has the rows of every cross-check and in each:
//! - `repriced`: null, or an object with `ours` and `billed` (each null or an
//!   object: `zone`, `weight`, `volume_weight`, `chargeable_weight`, `first`,
//!   `steps`, `continued`, `to_minimum`, `fees`, `list`, `share`, `net`),
//!   `charges` (each `name`, `billed`, `agreed`) and `payable`.
//!
//! `carriers`: `carrier`, `has_bill`, `billed`, `repriced`, `repriced_count`,
//! `log` (as it is written), `ours` (on the footing of the bill),
//! `difference`, `over`, `under`, `discount` (null, or `share`, `source`,
//! `in_bill`, `in_log`, `agreeing`, `of`), `counts` (by status), `decided`
//! (by choice), `undecided`.
//!
//! `bridge`: `party`, `step`, `amount`, `lines`, as in every cross-check.
//!
//! `expenses`, told apart by `scope`:
//! - `day` and `month`: `date` or `month`, `category`, `count`, `income`,
//!   `amount`; `category` null sums all of the day or month;
//! - `balance`: `sheet`, `date`, `opening`, `income`, `amount`, `closing`,
//!   `stated_closing`, `difference` (stated − closing);
//! - `till`: the same for the books of one till, `sheet` being its first one;
//! - `total`: the same for all tills.
//!
//! `freight_days`: `date`, `parcels`, `monthly`, `cash`, `collect`, `paid`,
//! `difference` (paid − cash).
//!
//! Where orders are given, `freight_cost` (one row): `parcels`, `freight`,
//! `orders` (paid ones), `sales`, `share` (freight ÷ sales),
//! `orders_with_freight`, `freight_per_order` (of these); and `orders`:
//! `order_no`, `buyer`, `at`, `date`, `sales`, `freight`, `share`, `carriers`,
//! `waybills`, `parcels` (places in the log).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::super::json::{LineRow, money, plain};
use super::super::lines::{Decided, Told};
use crate::engine::freight::basis::{Basis, ShareSource};
use crate::engine::freight::expenses::{CashDay, Expenses, FreightDay, Sum, Till};
use crate::engine::freight::orders::{OrderFreight, share};
use crate::engine::freight::tariff::Priced;
use crate::engine::freight::{CarrierMonth, FreightCost, Repricing};
use crate::finding::name;

/// A line, and how its parcel was priced again.
#[derive(Debug, Serialize)]
pub(super) struct FreightLine<'a> {
    #[serde(flatten)]
    line: LineRow<'a>,
    repriced: Option<RepricedRow<'a>>,
}

#[derive(Debug, Serialize)]
struct RepricedRow<'a> {
    ours: Option<PricedRow<'a>>,
    billed: Option<PricedRow<'a>>,
    charges: Vec<ChargeRow<'a>>,
    payable: Option<String>,
}

#[derive(Debug, Serialize)]
struct ChargeRow<'a> {
    name: &'a str,
    billed: String,
    agreed: String,
}

#[derive(Debug, Serialize)]
struct PricedRow<'a> {
    zone: &'a str,
    weight: String,
    volume_weight: Option<String>,
    chargeable_weight: String,
    first: String,
    steps: String,
    continued: String,
    to_minimum: String,
    fees: String,
    list: String,
    share: String,
    net: String,
}

impl<'a> PricedRow<'a> {
    fn new(priced: &'a Priced) -> Self {
        Self {
            zone: &priced.zone,
            weight: plain(priced.weight),
            volume_weight: priced.volume_weight.map(|weight| plain(weight.round_dp(3))),
            chargeable_weight: plain(priced.chargeable),
            first: money(priced.first),
            steps: plain(priced.steps),
            continued: money(priced.continued),
            to_minimum: money(priced.to_minimum),
            fees: money(priced.fees),
            list: money(priced.list),
            share: plain(priced.share),
            net: money(priced.net),
        }
    }
}

impl<'a> FreightLine<'a> {
    /// Makes the row of a line.
    pub(super) fn new(told: &'a Told<'a>, repricing: Option<&'a Repricing>) -> Self {
        let repriced = repricing.map(|repricing| RepricedRow {
            ours: repricing.ours.as_ref().map(PricedRow::new),
            billed: repricing.billed.as_ref().map(PricedRow::new),
            charges: repricing
                .charges
                .iter()
                .map(|check| ChargeRow {
                    name: &check.name,
                    billed: money(check.billed),
                    agreed: money(check.agreed),
                })
                .collect(),
            payable: repricing.payable.map(money),
        });
        Self { line: LineRow::new(told), repriced }
    }
}

/// A carrier of the month.
#[derive(Debug, Serialize)]
pub(super) struct CarrierRow<'a> {
    carrier: &'a str,
    has_bill: bool,
    billed: String,
    repriced: String,
    repriced_count: usize,
    log: String,
    ours: String,
    difference: String,
    over: String,
    under: String,
    discount: Option<DiscountRow>,
    counts: BTreeMap<String, usize>,
    decided: BTreeMap<String, String>,
    undecided: String,
}

#[derive(Debug, Serialize)]
struct DiscountRow {
    share: String,
    source: Option<ShareSource>,
    in_bill: bool,
    in_log: bool,
    agreeing: usize,
    of: usize,
}

impl DiscountRow {
    fn new(basis: &Basis) -> Option<Self> {
        (basis.share < Decimal::ONE).then(|| Self {
            share: plain(basis.share),
            source: basis.source,
            in_bill: basis.bill_net,
            in_log: basis.log_net,
            agreeing: basis.agreeing,
            of: basis.of,
        })
    }
}

impl<'a> CarrierRow<'a> {
    /// Makes the row of a carrier.
    pub(super) fn new(month: &'a CarrierMonth, decided: &Decided) -> Self {
        let by_choice = decided.by_choice.iter();
        Self {
            carrier: &month.carrier,
            has_bill: month.has_bill,
            billed: money(month.billed),
            repriced: money(month.repriced),
            repriced_count: month.repriced_count,
            log: money(month.logged),
            ours: money(month.ours),
            difference: money(month.billed - month.ours),
            over: money(month.over),
            under: money(month.under),
            discount: DiscountRow::new(&month.basis),
            counts: month.counts.iter().map(|(&status, &count)| (name(status), count)).collect(),
            decided: by_choice.map(|(&choice, &sum)| (name(choice), money(sum))).collect(),
            undecided: money(decided.undecided),
        }
    }
}

/// A row of the cash books.
#[derive(Debug, Default, Serialize)]
pub(super) struct ExpenseRow {
    scope: &'static str,
    sheet: Option<String>,
    date: Option<NaiveDate>,
    month: Option<String>,
    category: Option<String>,
    count: usize,
    income: String,
    amount: String,
    opening: Option<String>,
    closing: Option<String>,
    stated_closing: Option<String>,
    difference: Option<String>,
}

impl ExpenseRow {
    /// Makes all rows: days and months by category and as a whole, every
    /// day's balance, the book's.
    pub(super) fn all(expenses: &Expenses) -> Vec<Self> {
        let mut rows = Vec::new();
        let mut days: BTreeMap<NaiveDate, Sum> = BTreeMap::new();
        for ((date, category), sum) in &expenses.days {
            let row = Self { date: Some(*date), ..Self::new("day", Some(category), sum) };
            rows.push(row);
            add(days.entry(*date).or_default(), sum);
        }
        let whole = days
            .iter()
            .map(|(date, sum)| Self { date: Some(*date), ..Self::new("day", None, sum) });
        rows.extend(whole);
        let mut months: BTreeMap<String, Sum> = BTreeMap::new();
        for ((month, category), sum) in &expenses.months {
            let month = month.to_string();
            let row =
                Self { month: Some(month.clone()), ..Self::new("month", Some(category), sum) };
            rows.push(row);
            add(months.entry(month).or_default(), sum);
        }
        let mut total = Sum::default();
        for (month, sum) in &months {
            rows.push(Self { month: Some(month.clone()), ..Self::new("month", None, sum) });
            add(&mut total, sum);
        }
        expenses.undated.values().for_each(|sum| add(&mut total, sum));
        rows.extend(expenses.cash.iter().map(Self::balance));
        rows.extend(expenses.tills.iter().map(Self::till));
        if total.count > 0 {
            let row = Self {
                opening: expenses.opening().map(money),
                closing: expenses.closing().map(money),
                stated_closing: expenses.stated_closing().map(money),
                difference: away(expenses.stated_closing(), expenses.closing()),
                ..Self::new("total", None, &total)
            };
            rows.push(row);
        }
        rows
    }

    fn new(scope: &'static str, category: Option<&str>, sum: &Sum) -> Self {
        Self {
            scope,
            category: category.map(str::to_owned),
            count: sum.count,
            income: money(sum.income),
            amount: money(sum.amount),
            ..Self::default()
        }
    }

    fn balance(day: &CashDay) -> Self {
        Self {
            sheet: Some(day.sheet.to_string()),
            date: Some(day.date),
            opening: day.opening.map(money),
            closing: day.closing.map(money),
            stated_closing: day.stated.map(money),
            difference: away(day.stated, day.closing),
            ..Self::new("balance", None, &day.sum)
        }
    }

    fn till(till: &Till) -> Self {
        Self {
            sheet: Some(till.sheet.to_string()),
            opening: till.opening.map(money),
            closing: till.closing.map(money),
            stated_closing: till.stated.map(money),
            difference: away(till.stated, till.closing),
            ..Self::new("till", None, &till.sum)
        }
    }
}

fn add(sum: &mut Sum, other: &Sum) {
    sum.count += other.count;
    sum.income += other.income;
    sum.amount += other.amount;
}

fn away(stated: Option<Decimal>, closing: Option<Decimal>) -> Option<String> {
    Some(money(stated? - closing?))
}

/// One day's freight.
#[derive(Debug, Serialize)]
pub(super) struct FreightDayRow {
    date: NaiveDate,
    parcels: usize,
    monthly: String,
    cash: String,
    collect: String,
    paid: String,
    difference: String,
}

impl FreightDayRow {
    /// Makes the row of a day.
    pub(super) fn new((date, day): (&NaiveDate, &FreightDay)) -> Self {
        Self {
            date: *date,
            parcels: day.parcels,
            monthly: money(day.monthly),
            cash: money(day.cash),
            collect: money(day.collect),
            paid: money(day.paid),
            difference: money(day.paid - day.cash),
        }
    }
}

/// What freight comes to beside sales.
#[derive(Debug, Serialize)]
pub(super) struct CostRow {
    parcels: usize,
    freight: String,
    orders: usize,
    sales: String,
    share: Option<String>,
    orders_with_freight: usize,
    freight_per_order: Option<String>,
}

impl CostRow {
    /// Makes the row.
    pub(super) fn new(cost: &FreightCost) -> Self {
        Self {
            parcels: cost.parcels,
            freight: money(cost.freight),
            orders: cost.orders,
            sales: money(cost.sales),
            share: cost.share().map(plain),
            orders_with_freight: cost.by_order.len(),
            freight_per_order: cost.per_order().map(money),
        }
    }
}

/// An order and its freight.
#[derive(Debug, Serialize)]
pub(super) struct OrderFreightRow<'a> {
    order_no: Option<&'a str>,
    buyer: Option<&'a str>,
    at: String,
    date: Option<NaiveDate>,
    sales: String,
    freight: String,
    share: Option<String>,
    carriers: Vec<&'a str>,
    waybills: Vec<&'a str>,
    parcels: Vec<String>,
}

impl<'a> OrderFreightRow<'a> {
    /// Makes the row of an order.
    pub(super) fn new(one: &'a OrderFreight) -> Self {
        Self {
            order_no: one.order.order_no.as_deref(),
            buyer: one.order.buyer.as_deref(),
            at: one.order.at.to_string(),
            date: one.order.date,
            sales: money(one.order.paid),
            freight: money(one.freight),
            share: share(one.freight, one.order.paid).map(plain),
            carriers: one.carriers.iter().map(|carrier| &**carrier).collect(),
            waybills: one.waybills.iter().map(|waybill| &**waybill).collect(),
            parcels: one.parcels.iter().map(ToString::to_string).collect(),
        }
    }
}
