//! The job: papers in, every party's lines, balances and bridge out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::balance::Balance;
use super::bridge::{Ends, Step, bridge};
use super::checks::{self, Unchecked};
use super::entries::Resolve;
use super::near_party;
use super::papers::Papers;
use super::prices::{AgreedPrices, TaxHabits};
use super::sides::Sides;
use crate::engine::matching;
use crate::engine::matching::conserve::Miscount;
use crate::engine::matching::outcome::{FileVerdict, Habit, Line, Reason, Status};
use crate::engine::matching::sides::Both;
use crate::engine::matching::spec::{SideSpec, Spec};
use crate::finding::Finding;
use crate::period::Period;

/// The month of one party.
#[derive(Debug, Clone)]
pub struct PartyMonth {
    /// The party.
    pub party: Arc<str>,
    /// The code of the currency, if their paper names one.
    pub currency: Option<Arc<str>>,
    /// Their balance, by their paper; `None` without a statement.
    pub left: Option<Balance>,
    /// The closing balance their paper states.
    pub stated_closing: Option<Decimal>,
    /// Our balance, by our books.
    pub right: Balance,
    /// Their closing − ours; of the month's movements where an opening is not
    /// known. `None` without a statement.
    pub difference: Option<Decimal>,
    /// What the bridge leaves unexplained.
    pub residual: Option<Decimal>,
    /// How many lines have each status.
    pub counts: BTreeMap<Status, usize>,
    /// From their balance to ours.
    pub steps: Vec<Step>,
    /// Its lines, by index into [`SupplierMonth::lines`].
    pub lines: Vec<usize>,
}

/// The month.
#[derive(Debug, Clone)]
pub struct SupplierMonth {
    /// The period.
    pub period: Period,
    /// Both sides as entries.
    pub sides: Sides,
    /// Every entry of both sides, each in one line.
    pub lines: Vec<Line>,
    /// What holds for whole papers.
    pub verdicts: Vec<FileVerdict>,
    /// The parties, by name.
    pub parties: Vec<PartyMonth>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
    /// What the papers do not allow to check.
    pub unchecked: Vec<Unchecked>,
}

/// Reconciles a month of which both sides are made. Of its papers only those
/// count that no entries were made of: prices, and which papers there are.
///
/// # Errors
///
/// [`Miscount`] if the result does not add up: gendan's own fault.
pub fn reconcile(
    mut sides: Sides,
    papers: &Papers,
    resolve: Resolve<'_>,
    period: Period,
    rules: &Spec,
) -> Result<SupplierMonth, Miscount> {
    let prices = AgreedPrices::of(papers, resolve);
    let spec = spec(rules, &sides, &prices, period);
    let mut outcome = matching::reconcile(&sides.left, &sides.right, &spec)?;
    name_other_charges(&mut outcome.lines, &sides);

    let mut findings = std::mem::take(&mut sides.findings);
    findings.append(&mut outcome.findings);
    findings.extend(near_party::near_parties(&outcome.lines, &sides));
    if !prices.is_empty() {
        let mut habits = tax_habits(&outcome.verdicts);
        findings.extend(prices.find_footings(&sides.left, &sides.right, &mut habits));
        for line in &outcome.lines {
            findings.extend(prices.check(line, &sides.left, &sides.right, &habits));
        }
    }
    let mut parties = Vec::new();
    for (name, indices) in by_party(&outcome.lines, &sides) {
        let party = party_month(&name, indices, &outcome.lines, &sides);
        if let Some(papers) = sides.parties.get(&name) {
            findings.extend(checks::balances(&name, papers, party.left.as_ref(), &party.right));
        }
        parties.push(party);
    }
    let unchecked = checks::unchecked(papers, &sides);
    let (lines, verdicts) = (outcome.lines, outcome.verdicts);
    Ok(SupplierMonth { period, sides, lines, verdicts, parties, findings, unchecked })
}

/// Names payments to payees of other things (electricity) for what they are:
/// nobody is expected to bill them here.
fn name_other_charges(lines: &mut [Line], sides: &Sides) {
    for line in lines {
        if sides.is_other_charge(line) {
            line.reason = Some(Reason::OtherCharge);
        }
    }
}

fn tax_habits(verdicts: &[FileVerdict]) -> TaxHabits {
    let tax = |verdict: &FileVerdict| match verdict.habit {
        Habit::Tax { rate, inclusive } => Some((Arc::clone(&verdict.party), (rate, inclusive))),
        Habit::Unit { .. } => None,
    };
    TaxHabits::new(verdicts.iter().filter_map(tax).collect())
}

/// Returns the tax rates that the papers themselves state beside those known.
fn stated_rates(sides: &Sides, rules: &Spec) -> BTreeSet<Decimal> {
    let entries = sides.left.iter().chain(&sides.right);
    let rates = entries.filter_map(|entry| entry.tax_rate).map(|rate| rate.normalize());
    let is_rate = |rate: &Decimal| *rate > Decimal::ZERO && *rate < Decimal::ONE;
    rates.filter(|rate| is_rate(rate) && !rules.tax_rates.contains(rate)).collect()
}

fn spec(rules: &Spec, sides: &Sides, prices: &AgreedPrices<'_>, period: Period) -> Spec {
    let mut spec = rules.clone();
    spec.from = Some(period.first);
    spec.to = Some(period.last);
    spec.tax_rates.extend(stated_rates(sides, rules));
    // What settings say of a pack goes before what a price list says.
    spec.packs.extend(prices.packs());
    let cut_offs = sides.parties.iter().filter_map(|(name, party)| {
        let last = party.cut_off.or(party.period.map(|period| period.last))?;
        Some((Arc::clone(name), last))
    });
    spec.sides = Both {
        left: SideSpec {
            cut_off: cut_offs.collect(),
            settled: sides.settled.clone(),
            carried: sides.left_carried.carried.clone(),
        },
        right: SideSpec { carried: sides.right_carried.carried.clone(), ..SideSpec::default() },
    };
    spec
}

fn by_party(lines: &[Line], sides: &Sides) -> BTreeMap<Arc<str>, Vec<usize>> {
    let mut by_party: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    for name in sides.parties.keys() {
        by_party.insert(Arc::clone(name), Vec::new());
    }
    for (index, line) in lines.iter().enumerate() {
        let first = line.left.first().map(|&left| &sides.left[left]);
        let first = first.or_else(|| line.right.first().map(|&right| &sides.right[right]));
        if let Some(entry) = first {
            by_party.entry(Arc::clone(&entry.party)).or_default().push(index);
        }
    }
    by_party
}

fn party_month(name: &Arc<str>, indices: Vec<usize>, all: &[Line], sides: &Sides) -> PartyMonth {
    let papers = sides.parties.get(name).cloned().unwrap_or_default();
    let value = |located: &Option<crate::location::Located<Decimal>>| {
        located.as_ref().map(|located| located.value)
    };
    let lines = || indices.iter().map(|&index| &all[index]);
    let right = Balance::roll(value(&papers.right_opening), sides.right_of(lines()));
    let mut month = PartyMonth {
        party: Arc::clone(name),
        currency: papers.currency,
        left: None,
        stated_closing: value(&papers.stated_closing),
        right,
        difference: None,
        residual: None,
        counts: counts(lines()),
        steps: Vec::new(),
        lines: Vec::new(),
    };
    if !papers.statements.is_empty() {
        let left = Balance::roll(value(&papers.left_opening), sides.left_of(lines()));
        let held =
            lines().filter(|line| !sides.stands_apart(line)).map(|line| sides.held(line)).sum();
        let ends = ends(&left, &right, held);
        month.steps = bridge(ends, lines(), sides);
        month.residual = month.steps.last().map(|step| step.amount);
        month.difference = Some(ends.left_closing - ends.right_closing);
        month.left = Some(left);
    }
    month.lines = indices;
    month
}

/// Returns where both sides stand. An opening that the papers do not tell is
/// taken so that it adds no difference: the bridge is then of the month's
/// movements alone, and the report says so.
fn ends(left: &Balance, right: &Balance, held: Decimal) -> Ends {
    let left_opening = left.opening.or(right.opening.map(|ours| ours - held)).unwrap_or_default();
    let right_opening = right.opening.unwrap_or(left_opening + held);
    Ends {
        left_opening,
        right_opening,
        left_closing: left_opening + left.movement(),
        right_closing: right_opening + right.movement(),
    }
}

fn counts<'a>(lines: impl Iterator<Item = &'a Line>) -> BTreeMap<Status, usize> {
    let mut counts = BTreeMap::new();
    for line in lines {
        *counts.entry(line.status).or_default() += 1;
    }
    counts
}
