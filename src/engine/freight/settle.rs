//! Groups of rows that share waybills → lines: what is paired, what is billed
//! twice, what stands alone and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::basis::Basis;
use super::groups::Group;
use super::pair::Repricing;
use super::pricing::Rates;
use super::roles::Role;
use super::sides::{Sides, Source};
use crate::engine::entry::Entry;
use crate::engine::matching::outcome::{Cause, CauseCode, Line, Reason, Status};
use crate::location::Location;
use crate::period::Period;

/// A line, and how its parcel was priced again.
#[derive(Debug, Clone)]
pub(super) struct Settled {
    pub(super) line: Line,
    pub(super) repricing: Option<Repricing>,
}

impl Settled {
    fn alone(line: Line) -> Self {
        Self { line, repricing: None }
    }
}

/// What settles groups.
pub(super) struct Settling<'a> {
    pub(super) sides: &'a mut Sides,
    pub(super) rates: &'a Rates<'a>,
    pub(super) bases: &'a BTreeMap<Arc<str>, Basis>,
    pub(super) tolerance: Decimal,
    pub(super) spans: &'a Spans,
}

/// Which days each paper covers.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans {
    pub(super) period: Option<Period>,
    /// First and last day of our log.
    pub(super) log: Option<(NaiveDate, NaiveDate)>,
    /// The last day of each carrier's bill, where it ends before the period.
    pub(super) cut_off: BTreeMap<Arc<str>, NaiveDate>,
}

impl Settling<'_> {
    /// Turns one group into lines.
    pub(super) fn settle(&mut self, group: &Group) -> Vec<Settled> {
        if group.decided && !group.left.is_empty() && !group.right.is_empty() {
            let (freight, charges) = self.split(&group.left);
            return vec![self.pair(&freight, &charges, &group.right)];
        }
        let (parcels, beside): (Vec<usize>, Vec<usize>) = group.left.iter().partition(|&&index| {
            matches!(self.sides.billed[index].role, Role::Freight | Role::Charge)
        });
        let (freight, charges) = self.split(&parcels);
        let first = freight.first().or(parcels.first()).copied();
        let mut settled = match (freight.is_empty(), group.right.is_empty()) {
            (_, true) => self.not_ours(freight, charges),
            (true, false) if charges.is_empty() => self.not_theirs(&group.right),
            _ => self.both(freight, charges, &group.right),
        };
        let related = first.into_iter().map(|index| self.sides.left[index].at.clone());
        let logged = group.right.iter().map(|&index| self.sides.right[index].at.clone());
        let related: Vec<Location> = related.chain(logged).collect();
        settled.extend(beside.into_iter().map(|index| self.beside(index, &related)));
        settled
    }

    fn split(&self, rows: &[usize]) -> (Vec<usize>, Vec<usize>) {
        rows.iter().partition(|&&index| self.sides.billed[index].role == Role::Freight)
    }

    pub(super) fn left(&self, index: usize) -> &Entry {
        &self.sides.left[index]
    }

    fn left_only(&self, rows: Vec<usize>, reason: Reason) -> Line {
        let amount = rows.iter().map(|&index| self.left(index).amount).sum();
        Line { reason: Some(reason), ..Line::new(Status::LeftOnly, rows, vec![], amount) }
    }

    /// A row that goes with no parcel of ours: a way back, a discount, a
    /// claim.
    fn beside(&self, index: usize, related: &[Location]) -> Settled {
        let role = self.sides.billed[index].role;
        let reason = if role == Role::Prepaid { Reason::Prepaid } else { Reason::OtherCharge };
        let mut line = self.left_only(vec![index], reason);
        let code = match role {
            Role::Discount | Role::Claim => CauseCode::Discount,
            Role::Movement | Role::Charge => CauseCode::Surcharge,
            Role::Freight | Role::Prepaid => CauseCode::Unexplained,
        };
        if role != Role::Prepaid {
            line.causes = vec![Cause { code, amount: line.difference }];
        }
        line.related = related.to_vec();
        Settled::alone(line)
    }

    /// Parcels that our log does not have.
    fn not_ours(&self, freight: Vec<usize>, mut charges: Vec<usize>) -> Vec<Settled> {
        if freight.is_empty() {
            return charges.into_iter().map(|index| self.beside(index, &[])).collect();
        }
        let mut settled: Vec<Settled> = Vec::new();
        let mut seen: Vec<usize> = Vec::new();
        for index in freight {
            if let Some(&first) = seen.iter().find(|&&other| self.is_same(other, index)) {
                let mut line = self.left_only(vec![index], Reason::DoubleBilled);
                line.related = vec![self.left(first).at.clone()];
                settled.push(Settled::alone(line));
                continue;
            }
            let mut rows = vec![index];
            if seen.is_empty() {
                rows.append(&mut charges);
                rows.sort_unstable();
            }
            seen.push(index);
            let (reason, related) = self.why_not_ours(index);
            let mut line = self.left_only(rows, reason);
            line.related = related;
            settled.push(Settled { line, repricing: self.billed_alone(index) });
        }
        settled
    }

    fn why_not_ours(&self, index: usize) -> (Reason, Vec<Location>) {
        let (entry, billed) = (self.left(index), &self.sides.billed[index]);
        for key in &billed.keys {
            if let Some(at) = self.sides.settled.get(&(Arc::clone(&entry.party), key.clone())) {
                return (Reason::DoubleBilled, vec![at.clone()]);
            }
        }
        let outside = match (entry.date, self.spans.log) {
            (Some(date), Some((first, _))) if date < first => Some(Reason::PriorPeriod),
            (Some(date), Some((_, last))) if date > last => Some(Reason::NextPeriod),
            _ => None,
        };
        // A log that begins and ends inside the month tells nothing of the
        // days around it.
        let outside = outside.filter(|_| {
            let period = self.spans.period;
            entry.date.zip(period).is_some_and(|(date, period)| !period.contains(date))
        });
        // A slip or an order names it: it was sent, and our log left it out.
        if let Some(at) = self.sides.shipped.place(&billed.keys) {
            return (Reason::NotInRegister, vec![at.clone()]);
        }
        // Without a log nothing tells whether it was sent.
        let unknown = billed.keys.is_empty() || self.sides.source == Source::Rates;
        let reason = if unknown { Reason::NoCandidate } else { Reason::NotShipped };
        (outside.unwrap_or(reason), Vec::new())
    }

    /// Parcels that no bill has.
    fn not_theirs(&self, parcels: &[usize]) -> Vec<Settled> {
        let mut seen: Vec<usize> = Vec::new();
        let mut settled = Vec::new();
        for &index in parcels {
            let entry = &self.sides.right[index];
            let mut line = Line::new(Status::RightOnly, vec![], vec![index], -entry.amount);
            match seen.iter().find(|&&other| self.is_same_parcel(other, index)) {
                Some(&first) => {
                    line.reason = Some(Reason::DoubleBooked);
                    line.related = vec![self.sides.right[first].at.clone()];
                }
                None if self.sides.logged[index].carried => {
                    line.reason = Some(Reason::CarriedForward);
                }
                None => line.reason = Some(self.why_not_theirs(entry)),
            }
            seen.push(index);
            settled.push(Settled { line, repricing: self.logged_alone(index) });
        }
        settled
    }

    fn why_not_theirs(&self, entry: &Entry) -> Reason {
        let before =
            self.spans.period.zip(entry.date).is_some_and(|(period, date)| date < period.first);
        let cut_off = self.spans.cut_off.get(&entry.party);
        let after = cut_off.zip(entry.date).is_some_and(|(cut_off, date)| date > *cut_off);
        let later =
            self.spans.period.zip(entry.date).is_some_and(|(period, date)| date > period.last);
        if before {
            Reason::PriorPeriod
        } else if after || later {
            Reason::NextPeriod
        } else {
            Reason::NotBilled
        }
    }

    /// Parcels that both sides have.
    fn both(
        &mut self,
        freight: Vec<usize>,
        mut charges: Vec<usize>,
        parcels: &[usize],
    ) -> Vec<Settled> {
        let (freight, twice) = self.without_doubles(freight, parcels);
        let (parcels, booked_twice) = self.without_double_parcels(parcels, &freight);
        let mut settled = Vec::new();
        let first = freight.first().map(|&index| self.left(index).at.clone());
        let ours = parcels.first().map(|&index| self.sides.right[index].at.clone());
        for index in twice {
            let mut rows = vec![index];
            // What was charged beside the parcel is billed twice with it.
            let again = charges.iter().enumerate().find(|&(at, &charge)| {
                charges[..at].iter().any(|&other| self.is_same(other, charge))
            });
            if let Some((at, _)) = again {
                rows.push(charges.remove(at));
            }
            let mut line = self.left_only(rows, Reason::DoubleBilled);
            line.related = first.iter().chain(&ours).cloned().collect();
            settled.push(Settled::alone(line));
        }
        for index in booked_twice {
            let amount = self.sides.right[index].amount;
            let mut line = Line::new(Status::RightOnly, vec![], vec![index], -amount);
            line.reason = Some(Reason::DoubleBooked);
            line.related = ours.iter().chain(&first).cloned().collect();
            settled.push(Settled::alone(line));
        }
        settled.push(self.pair(&freight, &charges, &parcels));
        settled
    }

    /// Returns the rows that are the parcels', and those that bill one of
    /// them again: if all rows together are what we have, they are parts.
    fn without_doubles(&self, freight: Vec<usize>, parcels: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let ours: Decimal = parcels.iter().map(|&index| self.sides.right[index].amount).sum();
        let theirs: Decimal = freight.iter().map(|&index| self.left(index).amount).sum();
        if freight.len() < 2 || (theirs - ours).abs() <= self.tolerance {
            return (freight, Vec::new());
        }
        let mut by_key: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &index in &freight {
            let key = self.sides.billed[index].keys.first().map_or("", String::as_str);
            by_key.entry(key).or_default().push(index);
        }
        let (mut kept, mut twice) = (Vec::new(), Vec::new());
        for (key, mut rows) in by_key {
            let logged = parcels
                .iter()
                .filter(|&&index| self.sides.logged[index].keys.iter().any(|other| other == key));
            let logged: Vec<usize> = logged.copied().collect();
            let room = logged.len().max(1);
            let alone = logged.len() == 1 && self.sides.logged[logged[0]].keys.len() == 1;
            if alone {
                let expected = self.sides.right[logged[0]].amount;
                rows.sort_by_key(|&index| ((self.left(index).amount - expected).abs(), index));
            }
            twice.extend(rows.split_off(room.min(rows.len())));
            kept.extend(rows);
        }
        kept.sort_unstable();
        twice.sort_unstable();
        (kept, twice)
    }

    fn without_double_parcels(
        &self,
        parcels: &[usize],
        freight: &[usize],
    ) -> (Vec<usize>, Vec<usize>) {
        let ours: Decimal = parcels.iter().map(|&index| self.sides.right[index].amount).sum();
        let theirs: Decimal = freight.iter().map(|&index| self.left(index).amount).sum();
        let (mut kept, mut twice): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        let agrees = (theirs - ours).abs() <= self.tolerance;
        for &index in parcels {
            let again = kept.len() >= freight.len().max(1)
                && kept.iter().any(|&other| self.is_same_parcel(other, index));
            if again && !agrees { twice.push(index) } else { kept.push(index) }
        }
        (kept, twice)
    }

    /// Whether two rows of a bill say the same.
    fn is_same(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.sides.billed[one], &self.sides.billed[other]);
        a.keys == b.keys
            && self.left(one).amount == self.left(other).amount
            && a.line.service == b.line.service
    }

    fn is_same_parcel(&self, one: usize, other: usize) -> bool {
        let (a, b) = (&self.sides.logged[one], &self.sides.logged[other]);
        !a.keys.is_empty() && a.keys == b.keys
    }
}
