//! The job: bills, logs and rate cards in; every row of a bill and every
//! parcel in exactly one line out, each parcel priced again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::basis::{Basis, Sample};
use super::checks::{self, Unchecked};
use super::discounts;
use super::expenses::Expenses;
use super::groups::{Group, groups};
use super::month::{CarrierMonth, carriers};
use super::orders::FreightCost;
use super::pair::Repricing;
use super::papers::Papers;
use super::pricing::Rates;
use super::readings;
use super::residue;
use super::roles::Role;
use super::settle::{Settled, Settling, Spans};
use super::sides::{Billed, Resolve, Sides};
use super::tariff::RateCard;
use crate::engine::matching::conserve::{self, Miscount};
use crate::engine::matching::outcome::{Line, Status};
use crate::engine::matching::spec::Spec;
use crate::finding::Finding;
use crate::period::Period;

/// The freight month.
#[derive(Debug, Clone)]
pub struct FreightMonth {
    /// The period.
    pub period: Period,
    /// Both sides as entries.
    pub sides: Sides,
    /// Every entry of both sides, each in one line.
    pub lines: Vec<Line>,
    /// How each line's parcel was priced again.
    pub repricings: Vec<Option<Repricing>>,
    /// The carriers, by name.
    pub carriers: Vec<CarrierMonth>,
    /// The petty cash books, and each day's freight.
    pub expenses: Expenses,
    /// What freight costs for each order; `None` without orders.
    pub cost: Option<FreightCost>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
    /// What the papers do not allow to check.
    pub unchecked: Vec<Unchecked>,
}

impl FreightMonth {
    /// Whether a line asks nothing: a parcel of ours from another month, or of
    /// a carrier whose bill is not here.
    pub fn stands_apart(&self, line: &Line) -> bool {
        let unbilled =
            |&index: &usize| !self.sides.billing.contains(&self.sides.right[index].party);
        is_outside(line, &self.sides, self.period)
            || line.status == Status::RightOnly && line.right.iter().all(unbilled)
    }
}

/// Whether a line is of parcels of ours alone that were sent in another month:
/// a log may be of the whole year.
pub(super) fn is_outside(line: &Line, sides: &Sides, period: Period) -> bool {
    let outside =
        |&index: &usize| sides.right[index].date.is_some_and(|date| !period.contains(date));
    let carried = |&index: &usize| sides.logged.get(index).is_some_and(|logged| logged.carried);
    line.status == Status::RightOnly
        && line.right.iter().all(outside)
        && !line.right.iter().any(carried)
}

/// Reconciles a month.
///
/// # Errors
///
/// [`Miscount`] if the result does not add up: gendan's own fault.
pub fn reconcile(
    papers: &Papers,
    resolve: Resolve<'_>,
    period: Period,
    rules: &Spec,
) -> Result<FreightMonth, Miscount> {
    let mut sides = Sides::of(papers, resolve);
    let groups = groups(&sides, &rules.together);
    let (cards, read) = readings::settled(&papers.cards, &sides, &groups);
    let (cards, misfits) = checks::fitting(&cards, &sides, &groups);
    let rates = Rates::new(&cards, &sides);
    let bases = bases(&sides, &rates, &groups, &cards);
    set_amounts(&mut sides, &rates, &bases, &groups);
    let spans = spans(&sides, papers, period);
    let mut settling = Settling {
        sides: &mut sides,
        rates: &rates,
        bases: &bases,
        tolerance: rules.tolerance,
        spans: &spans,
    };
    let mut settled: Vec<Settled> =
        groups.iter().flat_map(|group| settling.settle(group)).collect();
    residue::match_rest(&mut settled, &mut settling, rules)?;
    discounts::judge(&mut settled, &mut sides, &bases, rules.tolerance);
    let key = |settled: &Settled| {
        let line = &settled.line;
        let left = line.left.first().map(|&index| sides.left[index].at.clone());
        let right = line.right.first().map(|&index| sides.right[index].at.clone());
        (left.is_none(), left, right)
    };
    settled.sort_by_cached_key(key);
    let (lines, repricings): (Vec<Line>, Vec<Option<Repricing>>) =
        settled.into_iter().map(|settled| (settled.line, settled.repricing)).unzip();
    conserve::check(&sides.left, &sides.right, &lines)?;
    let none = Basis::of(&[], None, false);
    let basis_of = |carrier: &str| bases.get(carrier).copied().unwrap_or(none);
    let carriers = carriers(&sides, period, &lines, &repricings, basis_of);
    let mut findings = read;
    findings.extend(misfits);
    findings.extend(checks::agreed_prices(&lines, &repricings, &sides, rules.tolerance));
    let unchecked = checks::unchecked(papers, &sides);
    let expenses = Expenses::of(papers, &sides);
    findings.extend(expenses.findings.iter().cloned());
    let cost = (!papers.orders.is_empty()).then(|| FreightCost::of(papers, &sides, &lines));
    Ok(FreightMonth {
        period,
        sides,
        lines,
        repricings,
        carriers,
        expenses,
        cost,
        findings,
        unchecked,
    })
}

/// Returns one row of the bill and one parcel for every group that has just
/// these.
pub(super) fn pairs<'a>(
    sides: &'a Sides,
    groups: &'a [Group],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    groups.iter().filter_map(|group| {
        let mut freight =
            group.left.iter().copied().filter(|&index| sides.billed[index].role == Role::Freight);
        match (freight.next(), freight.next(), &group.right[..]) {
            (Some(row), None, [parcel]) => Some((row, *parcel)),
            _ => None,
        }
    })
}

/// Returns the rows of the bill that are the parcels of one row of ours: it
/// names several waybills.
fn parts(sides: &Sides, groups: &[Group]) -> BTreeMap<usize, Vec<usize>> {
    let several = groups.iter().filter_map(|group| {
        let [row] = group.right[..] else { return None };
        let freight = group.left.iter().copied();
        let freight: Vec<usize> =
            freight.filter(|&index| sides.billed[index].role == Role::Freight).collect();
        let is_each = freight.len() > 1 && freight.len() == sides.logged[row].keys.len();
        is_each.then_some((row, freight))
    });
    several.collect()
}

fn bases(
    sides: &Sides,
    rates: &Rates<'_>,
    groups: &[Group],
    cards: &[RateCard],
) -> BTreeMap<Arc<str>, Basis> {
    let mut samples: BTreeMap<Arc<str>, Vec<Sample>> = BTreeMap::new();
    for carrier in &sides.billing {
        samples.entry(Arc::clone(carrier)).or_default();
    }
    let mut beside: BTreeMap<usize, Decimal> = BTreeMap::new();
    for group in groups {
        let charges = group.left.iter().filter(|&&row| sides.billed[row].role == Role::Charge);
        let sum: Decimal = charges.map(|&row| sides.left[row].amount).sum();
        beside.extend(group.left.iter().map(|&row| (row, sum)));
    }
    for (row, parcel) in pairs(sides, groups) {
        let (entry, billed, logged) = (&sides.left[row], &sides.billed[row], &sides.logged[parcel]);
        let columns: Decimal = billed.line.charges.iter().map(|(_, charge)| *charge).sum();
        // What every parcel pays is of its price.
        let in_price = rates.charged_in_price(&entry.party, billed);
        let columns = columns - in_price;
        let columns = if columns < entry.amount { columns } else { Decimal::ZERO };
        let priced = rates.ours(&entry.party, logged, Some(billed));
        samples.entry(Arc::clone(&entry.party)).or_default().push(Sample {
            billed: entry.amount - columns,
            charges: columns + beside.get(&row).copied().unwrap_or_default(),
            billed_list: billed
                .line
                .freight
                .filter(|_| billed.line.has_payable)
                .map(|freight| freight + in_price),
            logged: logged.line.freight.filter(|_| !logged.carried),
            priced: priced.map(|priced| priced.list),
        });
    }
    let deducted = |carrier: &Arc<str>| {
        let rows = sides.left.iter().zip(&sides.billed);
        rows.filter(|(entry, _)| entry.party == *carrier)
            .any(|(_, billed)| billed.role == Role::Discount)
    };
    let agreed = |carrier: &Arc<str>| {
        cards.iter().filter(|card| card.carrier == *carrier).find_map(|card| card.discount)
    };
    samples
        .into_iter()
        .map(|(carrier, samples)| {
            let basis = Basis::of(&samples, agreed(&carrier), deducted(&carrier));
            (carrier, basis)
        })
        .collect()
}

/// Gives our entries what they come to on the footing of the bill: what the
/// log has, else what the agreed rates give, else what is billed.
fn set_amounts(
    sides: &mut Sides,
    rates: &Rates<'_>,
    bases: &BTreeMap<Arc<str>, Basis>,
    groups: &[Group],
) {
    let none = Basis::of(&[], None, false);
    let partners: BTreeMap<usize, usize> =
        pairs(sides, groups).map(|(row, parcel)| (parcel, row)).collect();
    let parts = parts(sides, groups);
    for index in 0..sides.right.len() {
        let party = Arc::clone(&sides.right[index].party);
        let basis = bases.get(&party).copied().unwrap_or(none);
        let logged = &sides.logged[index];
        let row = partners.get(&index).map(|&row| &sides.billed[row]);
        let by_rates = || {
            let several = parts.get(&index).and_then(|rows| {
                let rows: Vec<&Billed> = rows.iter().map(|&row| &sides.billed[row]).collect();
                rates.parts(&party, logged, &rows)
            });
            let list = several.or_else(|| Some(rates.ours(&party, logged, row)?.list));
            list.map(|list| basis.of_list(list))
        };
        let amount = match logged.line.freight {
            _ if !logged.is_due => Some(Decimal::ZERO),
            Some(freight) if logged.carried => Some(freight),
            Some(freight) => Some(basis.on_bill(freight)),
            None => by_rates().or_else(|| row.map(|row| row.line.amount)),
        };
        sides.right[index].amount = amount.unwrap_or_default();
    }
}

fn spans(sides: &Sides, papers: &Papers, period: Period) -> Spans {
    let parcels = sides.right.iter().zip(&sides.logged);
    let days = parcels.filter(|(_, logged)| !logged.carried).filter_map(|(entry, _)| entry.date);
    let log = days.clone().min().zip(days.max());
    let mut cut_off = BTreeMap::new();
    for paper in &papers.bills {
        let (Some(carrier), Some(stated)) = (&paper.party, paper.records.period) else { continue };
        if stated.last < period.last && stated.last >= period.first {
            cut_off.insert(Arc::clone(carrier), stated.last);
        }
    }
    for carrier in &sides.billing {
        /// Fewer parcels behind the bill's last day may as well be forgotten.
        const BEYOND: usize = 2;
        let rows = sides.left.iter().filter(|entry| entry.party == *carrier);
        let Some(last) = rows.filter_map(|entry| entry.date).max() else { continue };
        let ours = sides.right.iter().filter(|entry| entry.party == *carrier);
        let beyond = ours.filter(|entry| entry.date.is_some_and(|date| date > last)).count();
        if beyond >= BEYOND {
            cut_off.entry(Arc::clone(carrier)).or_insert(last);
        }
    }
    Spans { period: Some(period), log, cut_off }
}
