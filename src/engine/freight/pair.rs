//! One parcel on both sides: charges judged by what was agreed, the freight
//! priced again, the difference taken apart.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::basis::Basis;
use super::causes::Case;
use super::settle::{Settled, Settling};
use super::tariff::{Priced, cents};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::outcome::{Cause, CauseCode, Line, Note, Reason, Status};
use crate::records::BillLine;

/// How a parcel was priced again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repricing {
    /// By our weight and place.
    pub ours: Option<Priced>,
    /// By the billed weight and place.
    pub billed: Option<Priced>,
    /// What was charged beside the freight.
    pub charges: Vec<ChargeCheck>,
    /// What is to be paid by the agreed rates, charges included, on the
    /// footing of the bill.
    pub payable: Option<Decimal>,
}

/// A charge beside the freight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeCheck {
    /// What the bill calls it.
    pub name: Arc<str>,
    /// What is billed.
    pub billed: Decimal,
    /// What of that was agreed.
    pub agreed: Decimal,
}

/// What is charged beside the freight of one parcel.
#[derive(Debug, Clone, Copy, Default)]
struct Beside {
    /// Agreed, and not in our own figure.
    agreed: Decimal,
    /// Not agreed.
    extra: Decimal,
    /// In our own figure already.
    within: Decimal,
    /// What every parcel pays, where our log has the freight alone.
    unlogged: Decimal,
}

impl Settling<'_> {
    pub(super) fn basis(&self, carrier: &str) -> Basis {
        let none = Basis {
            share: Decimal::ONE,
            source: None,
            bill_net: true,
            log_net: false,
            log_has_charges: false,
            agreeing: 0,
            of: 0,
        };
        self.bases.get(carrier).copied().unwrap_or(none)
    }

    /// Makes the line of a parcel that both sides have.
    pub(super) fn pair(
        &mut self,
        freight: &[usize],
        charges: &[usize],
        parcels: &[usize],
    ) -> Settled {
        let mut rows: Vec<usize> = freight.iter().chain(charges).copied().collect();
        rows.sort_unstable();
        let carrier = Arc::clone(&self.sides.left[rows[0]].party);
        let basis = self.basis(&carrier);
        let one = match (freight, parcels) {
            ([row], [parcel]) => Some((*row, *parcel)),
            _ => None,
        };
        let (ours, by_weight, by_place) = one.map_or((None, None, None), |(row, parcel)| {
            let (billed, logged) = (&self.sides.billed[row], &self.sides.logged[parcel]);
            let ours = self.rates.ours(&carrier, logged, Some(billed));
            let at_ours = self.rates.at_billed_weight(&carrier, billed, &logged.place);
            let at_theirs = self.rates.at_billed_weight(&carrier, billed, &billed.place);
            (ours, at_ours, at_theirs)
        });
        let left: Decimal = rows.iter().map(|&row| self.sides.left[row].amount).sum();
        let right: Decimal = parcels.iter().map(|&parcel| self.sides.right[parcel].amount).sum();
        let checks = self.charges(&carrier, freight, charges, ours.as_ref());
        let beside = self.charged_beside(&checks, &basis, ours.as_ref(), (left, right));
        let Beside { agreed, extra, within, unlogged } = beside;
        self.sides.right[parcels[0]].amount += agreed + unlogged;
        self.measure(one, ours.as_ref(), by_weight.as_ref());
        let difference = left - right - agreed - unlogged;
        let mut line = Line::new(Status::Matched, rows, parcels.to_vec(), difference);
        line.notes = self.notes(&line);
        line.evidence = self.evidence(&line);
        if difference.abs() > self.tolerance || !extra.is_zero() {
            line.status = Status::Differs;
            let billed = left - agreed - extra - within;
            let own = right + unlogged - within;
            let logs_none = |&index: &usize| self.sides.logged[index].line.freight.is_none();
            let by_rates = parcels.iter().all(logs_none);
            let priced = [&ours, &by_weight, &by_place];
            line.causes = self.causes(one, (own, by_rates), billed, priced, &basis);
            if !extra.is_zero() {
                line.causes.push(Cause { code: CauseCode::Surcharge, amount: extra });
            }
            self.paid_otherwise(&mut line);
        } else if !difference.is_zero() {
            line.causes = vec![Cause { code: CauseCode::Rounding, amount: difference }];
        }
        let carried = |&parcel: &usize| self.sides.logged[parcel].carried;
        if line.status == Status::Matched && parcels.iter().all(carried) {
            line.reason = Some(Reason::CarriedForward);
        }
        let payable = ours.as_ref().map(|p| basis.of_list(p.list) + agreed + within);
        let repricing = Repricing { ours, billed: by_place, charges: checks, payable };
        Settled { line, repricing: Some(repricing) }
    }

    /// Weighs what is charged beside the freight of a parcel billed and booked
    /// at these amounts.
    fn charged_beside(
        &self,
        checks: &[ChargeCheck],
        basis: &Basis,
        ours: Option<&Priced>,
        (left, right): (Decimal, Decimal),
    ) -> Beside {
        let near = |amount: Decimal| amount.abs() <= self.tolerance;
        let charged: Decimal = checks.iter().map(|check| check.billed).sum();
        let agreed: Decimal = checks.iter().map(|check| check.agreed).sum();
        let mut beside = Beside { agreed, extra: charged - agreed, ..Beside::default() };
        if basis.log_has_charges || near(left - right) {
            (beside.agreed, beside.extra) = (Decimal::ZERO, Decimal::ZERO);
        }
        if basis.log_has_charges {
            // Our own figure may hold the charges already; not one that it is
            // short of by just as much.
            beside.within = charged;
            let short = |check: &&ChargeCheck| near(left - right - check.billed);
            if let Some(check) = checks.iter().find(short) {
                beside.extra = check.billed;
                beside.within -= check.billed;
            }
        }
        // Our log may hold the freight alone, without what every parcel pays.
        if let Some(priced) = ours.filter(|_| !near(left - right)) {
            let list = basis.of_list(priced.list);
            let fees = list - basis.of_list(priced.list - priced.fees);
            if near(right + fees - list) {
                beside.unlogged = fees;
            }
        }
        beside
    }

    /// Gives both sides the weight or the volume that their prices go by.
    fn measure(
        &mut self,
        one: Option<(usize, usize)>,
        ours: Option<&Priced>,
        theirs: Option<&Priced>,
    ) {
        let (Some((row, parcel)), Some(ours)) = (one, ours) else { return };
        self.sides.right[parcel].measure(ours.chargeable, "kg");
        if let (Some(ours), Some(theirs)) = (ours.metres, theirs.and_then(|priced| priced.metres)) {
            self.sides.right[parcel].measure(ours, "m³");
            self.sides.left[row].measure(theirs, "m³");
        }
    }

    /// A parcel that was paid on the spot or by the receiver is billed though
    /// nothing is due.
    fn paid_otherwise(&self, line: &mut Line) {
        let due = line.right.iter().all(|&index| self.sides.logged[index].is_due);
        if !due {
            line.reason = Some(Reason::DoubleBilled);
            line.causes = vec![Cause { code: CauseCode::Surcharge, amount: line.difference }];
        }
    }

    fn causes(
        &self,
        one: Option<(usize, usize)>,
        (ours, by_rates): (Decimal, bool),
        billed: Decimal,
        [priced, by_weight, by_place]: [&Option<Priced>; 3],
        basis: &Basis,
    ) -> Vec<Cause> {
        let row = one.map(|(row, _)| &self.sides.billed[row]);
        let parcel = one.map(|(_, parcel)| &self.sides.logged[parcel]);
        let weights = parcel
            .and_then(|parcel| parcel.line.weight)
            .zip(row.and_then(|row| row.line.chargeable_weight));
        // The list price of a parcel holds what every parcel pays.
        let list = row.filter(|row| row.line.has_payable).and_then(|row| {
            let carrier = &self.sides.left[one?.0].party;
            Some(row.line.freight? + self.rates.charged_in_price(carrier, row))
        });
        let same_place =
            row.zip(parcel).is_none_or(|(row, parcel)| row.place.agrees(&parcel.place));
        Case {
            ours,
            billed,
            billed_list: list,
            priced: priced.as_ref(),
            by_weight: by_weight.as_ref(),
            by_place: by_place.as_ref(),
            weights,
            same_place,
            by_rates,
            basis,
        }
        .causes()
    }

    /// Judges the charges beside the freight: rows and columns of their own.
    fn charges(
        &self,
        carrier: &str,
        freight: &[usize],
        charges: &[usize],
        priced: Option<&Priced>,
    ) -> Vec<ChargeCheck> {
        let share = self.basis(carrier).share;
        let mut checks = Vec::new();
        let mut check = |row: usize, name: &Arc<str>, billed: Decimal| {
            let source = &self.sides.billed[row];
            if self.rates.is_in_price(carrier, source.line.date, name) {
                return;
            }
            let agreed = self.rates.agreed_fee(carrier, source, name, billed, priced);
            checks.push(ChargeCheck {
                name: Arc::clone(name),
                billed,
                agreed: agreed.unwrap_or_default(),
            });
        };
        for &row in freight {
            let line = &self.sides.billed[row].line;
            // A column that the row's amount does not hold is no charge.
            if !is_freight_alone(line, share) {
                for (name, charge) in &line.charges {
                    check(row, name, *charge);
                }
            }
        }
        for &row in charges {
            let line = &self.sides.billed[row].line;
            let name = line.service.clone().or_else(|| line.remark.clone()).unwrap_or_default();
            check(row, &name, line.amount);
        }
        checks
    }

    fn notes(&self, line: &Line) -> Vec<Note> {
        let mut notes = Vec::new();
        let text = |numbers: &[crate::engine::entry::DocumentNo]| -> Vec<Arc<str>> {
            numbers.iter().map(|number| Arc::clone(&number.text)).collect()
        };
        let left: Vec<_> = line.left.iter().map(|&index| &self.sides.left[index]).collect();
        let right: Vec<_> = line.right.iter().map(|&index| &self.sides.right[index]).collect();
        let same = |numbers: &[Arc<str>]| {
            right
                .iter()
                .flat_map(|entry| text(&entry.document_nos))
                .any(|other| numbers.contains(&other))
        };
        if left
            .iter()
            .any(|entry| !entry.document_nos.is_empty() && !same(&text(&entry.document_nos)))
        {
            notes.push(Note::DocumentNoFormat);
        }
        match (left.len(), right.len()) {
            (1, 1) => {}
            (1, _) => notes.push(Note::Split),
            (_, 1) => notes.push(Note::Combined),
            _ => notes.push(Note::Grouped),
        }
        let days = left
            .first()
            .and_then(|entry| entry.date)
            .zip(right.first().and_then(|entry| entry.date));
        if days.is_some_and(|(one, other)| one != other) {
            notes.push(Note::Date);
        }
        notes
    }

    fn evidence(&self, line: &Line) -> Vec<Evidence> {
        let mut entries = line.left.iter().map(|&index| &self.sides.left[index]);
        let numbered = entries.any(|entry| !entry.document_nos.is_empty());
        let mut fields = vec![if numbered { Field::DocumentNo } else { Field::Date }];
        if line.difference.abs() <= self.tolerance {
            fields.push(Field::Amount);
        }
        let say = |field| Evidence { field, agreement: Agreement::Equal, weight: 0 };
        fields.into_iter().map(say).collect()
    }

    /// Prices a billed parcel that our log does not have.
    pub(super) fn billed_alone(&self, row: usize) -> Option<Repricing> {
        let (carrier, billed) = (&self.sides.left[row].party, &self.sides.billed[row]);
        let priced = self.rates.at_billed_weight(carrier, billed, &billed.place)?;
        Some(Repricing { ours: None, billed: Some(priced), charges: Vec::new(), payable: None })
    }

    /// Prices a parcel of our log that no bill has.
    pub(super) fn logged_alone(&self, parcel: usize) -> Option<Repricing> {
        let (carrier, logged) = (&self.sides.right[parcel].party, &self.sides.logged[parcel]);
        let priced = self.rates.ours(carrier, logged, None)?;
        let payable = Some(self.basis(carrier).of_list(priced.list));
        Some(Repricing { ours: Some(priced), billed: None, charges: Vec::new(), payable })
    }
}

/// Whether the amount of a row is its freight alone, charges in columns
/// beside it left out.
fn is_freight_alone(line: &BillLine, share: Decimal) -> bool {
    let near = |sum: Decimal| (line.amount - sum).abs() <= Decimal::new(1, 2);
    line.freight.is_some_and(|freight| {
        near(freight - line.discount.unwrap_or_default())
            || near(cents(freight.saturating_mul(share)))
    })
}
