//! What the month comes to with each carrier: billed, priced again, ours, too
//! much and too little; and the way from their figure to ours.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::basis::Basis;
use super::pair::Repricing;
use super::reconcile::is_outside;
use super::sides::Sides;
use crate::engine::matching::outcome::{Line, Status};
use crate::engine::supplier::Step;
use crate::finding::name;
use crate::location::Location;
use crate::period::Period;

/// The month of one carrier.
#[derive(Debug, Clone)]
pub struct CarrierMonth {
    /// The carrier.
    pub carrier: Arc<str>,
    /// Whether its bill is here.
    pub has_bill: bool,
    /// What it bills.
    pub billed: Decimal,
    /// What our papers come to, on the footing of the bill.
    pub ours: Decimal,
    /// Our log as it is written.
    pub logged: Decimal,
    /// What the billed parcels should cost by the agreed rates, as far as
    /// these price them.
    pub repriced: Decimal,
    /// How many parcels were priced again.
    pub repriced_count: usize,
    /// Billed too much.
    pub over: Decimal,
    /// Billed too little.
    pub under: Decimal,
    /// How its papers write amounts.
    pub basis: Basis,
    /// How many lines have each status.
    pub counts: BTreeMap<Status, usize>,
    /// From their figure to ours.
    pub steps: Vec<Step>,
    /// Its lines, by index.
    pub lines: Vec<usize>,
}

/// Adds up every carrier's lines of the month.
pub(super) fn carriers(
    sides: &Sides,
    period: Period,
    lines: &[Line],
    repricings: &[Option<Repricing>],
    basis_of: impl Fn(&str) -> Basis,
) -> Vec<CarrierMonth> {
    let mut by_carrier: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    let of_month = |line: &&Line| !is_outside(line, sides, period);
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| of_month(line)) {
        let left = line.left.first().map(|&index| &sides.left[index]);
        let entry = left.or_else(|| line.right.first().map(|&index| &sides.right[index]));
        let carrier = entry.map(|entry| Arc::clone(&entry.party)).unwrap_or_default();
        by_carrier.entry(carrier).or_default().push(at);
    }
    let month = |(carrier, own): (Arc<str>, Vec<usize>)| {
        let rows = || own.iter().map(|&at| &lines[at]);
        let left = |line: &Line| -> Decimal {
            line.left.iter().map(|&index| sides.left[index].amount).sum()
        };
        let right = |line: &Line| -> Decimal {
            line.right.iter().map(|&index| sides.right[index].amount).sum()
        };
        let logged = rows()
            .flat_map(|line| &line.right)
            .filter_map(|&index| sides.logged.get(index)?.line.freight);
        let payable = own.iter().filter_map(|&at| {
            let both = !lines[at].left.is_empty() && !lines[at].right.is_empty();
            repricings[at].as_ref()?.payable.filter(|_| both)
        });
        let payable: Vec<Decimal> = payable.collect();
        let mut counts = BTreeMap::new();
        rows().for_each(|line| *counts.entry(line.status).or_default() += 1);
        let open = || rows().filter(|line| line.status != Status::Matched);
        CarrierMonth {
            has_bill: sides.billing.contains(&carrier),
            billed: rows().map(left).sum(),
            ours: rows().map(right).sum(),
            logged: logged.sum(),
            repriced: payable.iter().sum(),
            repriced_count: payable.len(),
            over: open().map(|line| line.difference.max(Decimal::ZERO)).sum(),
            under: open().map(|line| (-line.difference).max(Decimal::ZERO)).sum(),
            basis: basis_of(&carrier),
            counts,
            steps: steps(rows(), sides),
            carrier,
            lines: own,
        }
    };
    by_carrier.into_iter().map(month).collect()
}

/// Returns the way from the billed sum to ours: every cause or reason with
/// what it moves and the lines behind it.
fn steps<'a>(lines: impl Iterator<Item = &'a Line>, sides: &Sides) -> Vec<Step> {
    let (mut billed, mut ours) = (Decimal::ZERO, Decimal::ZERO);
    let mut by_name: BTreeMap<String, (Decimal, Vec<Location>)> = BTreeMap::new();
    for line in lines {
        billed += line.left.iter().map(|&index| sides.left[index].amount).sum::<Decimal>();
        ours += line.right.iter().map(|&index| sides.right[index].amount).sum::<Decimal>();
        let left = line.left.first().map(|&index| sides.left[index].at.clone());
        let at = left.or_else(|| line.right.first().map(|&index| sides.right[index].at.clone()));
        let mut add = |step: String, amount: Decimal| {
            if amount.is_zero() {
                return;
            }
            let entry = by_name.entry(step).or_default();
            entry.0 -= amount;
            entry.1.extend(at.clone());
        };
        match (&line.causes[..], line.reason, line.status) {
            (_, Some(reason), _) => add(name(reason), line.difference),
            (_, None, Status::Suggested | Status::Ambiguous) => {
                add(name(line.status), line.difference)
            }
            (causes, None, _) => {
                causes.iter().for_each(|cause| add(name(cause.code), cause.amount))
            }
        }
    }
    let step = |name: &str, amount| Step { name: name.to_owned(), amount, lines: Vec::new() };
    let mut steps = vec![step("left-closing", billed)];
    let moved: Decimal = by_name.values().map(|(amount, _)| *amount).sum();
    steps.extend(by_name.into_iter().map(|(name, (amount, lines))| Step { name, amount, lines }));
    steps.push(step("right-closing", ours));
    steps.push(step("residual", billed + moved - ours));
    steps
}
