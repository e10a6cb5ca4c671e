//! What a careful clerk would say of a deal that both sides wrote.

use gendan::engine::entry::Entry;
use gendan::engine::matching::outcome::{CauseCode, Reason, Status};
use rust_decimal::Decimal;

use super::catalogue::Paper;
use super::sketch::{Deal, cents};
use super::truth::{Class, Expected, Fact};

/// Says what is true of a deal that both sides wrote.
pub(crate) fn judge(deal: &Deal, paper: Paper, left: &[Entry], right: &[Entry], fact: &mut Fact) {
    let difference = total(left) - total(right);
    let ours: Decimal = deal.right.iter().sum();
    let theirs: Decimal = deal.left.iter().sum();
    let quantity = (theirs - ours) * deal.right_price;
    let price = (deal.left_price - deal.right_price) * theirs;
    let mut rest = difference;
    let mut name = |code: CauseCode, amount: Decimal| {
        if !amount.is_zero() {
            rest -= amount;
            fact.causes.push(Expected::needed(code, amount));
        }
    };
    if deal.pieces_as_boxes {
        name(CauseCode::Unit, difference);
    } else {
        if let Paper::Taxed { .. } = paper {
            let net: Decimal = deal.left.iter().map(|&q| cents(q * deal.left_price)).sum();
            name(CauseCode::Tax, total(left) - net);
        }
        name(deal.quantity_cause, quantity);
        name(deal.price_cause, price);
    }
    let slip = deal.slip - deal.right_slip;
    if !slip.is_zero() {
        rest -= slip;
        let or = Some(CauseCode::Arithmetic);
        fact.causes.push(Expected { or, ..Expected::needed(deal.slip_cause, slip) });
    }
    if !rest.is_zero() {
        let needed = deal.cut;
        fact.causes.push(Expected { needed, ..Expected::allowed(CauseCode::Rounding, rest) });
    }
    fact.statuses = vec![match deal.agrees() {
        true => Status::Matched,
        false => Status::Differs,
    }];
    match paper {
        Paper::Taxed { .. } => {
            fact.classes.push(Class::TaxPaper);
            if deal.agrees() {
                fact.statuses.push(Status::Differs);
            }
        }
        Paper::Boxes { listed, .. } => {
            fact.classes.push(Class::UnitPaper);
            let unit = Expected::allowed(CauseCode::Unit, Decimal::ZERO);
            let needed = listed && deal.agrees() && !deal.right_price.is_zero();
            if !deal.pieces_as_boxes {
                fact.causes.push(Expected { needed, ..unit });
            }
        }
        Paper::Lines | Paper::WholeNotes => {}
    }
    if fact.classes.is_empty() {
        fact.classes.push(Class::Plain);
    }
    carried(fact);
}

/// An open item that came may be called so.
fn carried(fact: &mut Fact) {
    if fact.classes.contains(&Class::CarriedFound) {
        fact.reasons = vec![Reason::CarriedForward];
        fact.reason_optional = true;
    }
}

/// Says what is true of a note that they bill in one line.
pub(crate) fn judge_whole(left: &[Entry], right: &[Entry], fact: &mut Fact) {
    let difference = total(left) - total(right);
    if difference.is_zero() {
        fact.statuses = vec![Status::Matched];
        fact.classes.push(Class::WholeNote);
    } else {
        fact.statuses = vec![Status::Differs];
        fact.classes = vec![Class::WholeNoteDiffers];
        let quantity = Expected::needed(CauseCode::Quantity, difference);
        fact.causes.push(Expected { or: Some(CauseCode::Unexplained), ..quantity });
    }
    carried(fact);
}

fn total(entries: &[Entry]) -> Decimal {
    entries.iter().map(|entry| entry.amount).sum()
}
