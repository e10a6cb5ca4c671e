//! Charges, rebates, deductions, returns and payments that one side has alone
//! or writes wrongly.

use gendan::engine::entry::EntryType;
use gendan::engine::matching::outcome::{CauseCode, Reason, Status};
use rust_decimal::Decimal;

use super::super::catalogue::Paper;
use super::super::clean::{money, return_of};
use super::super::sketch::{Extra, Sketch, october};
use super::super::truth::{Class, Expected, Fact};

/// They bill freight.
pub(super) fn freight(sketch: &mut Sketch) -> usize {
    charge(sketch, Class::Freight)
}

/// They bill a charge that nobody agreed to.
pub(super) fn surcharge(sketch: &mut Sketch) -> usize {
    charge(sketch, Class::Surcharge)
}

/// They grant a rebate that we did not book.
pub(super) fn discount(sketch: &mut Sketch) -> usize {
    charge(sketch, Class::Discount)
}

/// They do not recognise our deduction.
pub(super) fn deduction(sketch: &mut Sketch) -> usize {
    ours(sketch, Class::DeductionUnrecognised)
}

/// Our payment has not reached them yet.
pub(super) fn in_transit(sketch: &mut Sketch) -> usize {
    ours(sketch, Class::PaymentInTransit)
}

/// A line beside the goods on their paper that ours does not have.
fn charge(sketch: &mut Sketch, class: Class) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let amount = Decimal::from(sketch.random.between(4, 60) * 10);
    let day = sketch.random.between(8, 22);
    let (entry_type, text, code, amount) = match class {
        Class::Freight => (EntryType::Charge, "运费", CauseCode::Freight, amount),
        Class::Surcharge => {
            let text = *sketch.random.pick(&["加急费", "模具费", "打版费"]);
            (EntryType::Charge, text, CauseCode::Surcharge, amount)
        }
        _ => (EntryType::Discount, "返利", CauseCode::Discount, -amount),
    };
    let left = money(sketch, supplier, entry_type, amount, october(day), Some(text));
    let fact = Fact {
        classes: vec![class],
        statuses: vec![Status::LeftOnly],
        causes: vec![Expected::needed(code, amount)],
        reasons: vec![Reason::OtherCharge],
        reason_optional: true,
        ..Fact::default()
    };
    sketch.extras.push(Extra { left: vec![left], right: Vec::new(), fact });
    1
}

/// A line on our paper that theirs does not have.
fn ours(sketch: &mut Sketch, class: Class) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let (entry_type, day, amount, reason) = match class {
        Class::PaymentInTransit => {
            let amount = Decimal::new(sketch.random.between(100_001, 9_999_999), 2);
            let day = sketch.random.between(30, 31);
            (EntryType::Payment, day, amount, Reason::NextPeriod)
        }
        _ => {
            let amount = Decimal::from(sketch.random.between(61, 99) * 10);
            (EntryType::Deduction, sketch.random.between(9, 15), amount, Reason::NotBilled)
        }
    };
    let text = (entry_type == EntryType::Deduction).then_some("质量扣款");
    let right = money(sketch, supplier, entry_type, -amount, october(day), text);
    let fact = Fact {
        classes: vec![class],
        statuses: vec![Status::RightOnly],
        reasons: vec![reason],
        ..Fact::default()
    };
    sketch.extras.push(Extra { left: Vec::new(), right: vec![right], fact });
    1
}

/// They print a return as a positive amount and add it up so.
pub(super) fn sign(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    if matches!(sketch.suppliers[supplier].paper, Paper::Taxed { .. }) {
        return 0;
    }
    let (right, mut left) = return_of(sketch, supplier);
    left.amount = -left.amount;
    left.quantity = left.quantity.map(|quantity| -quantity);
    let fact = Fact {
        classes: vec![Class::Sign],
        statuses: vec![Status::Differs],
        causes: vec![Expected::needed(CauseCode::Sign, left.amount - right.amount)],
        ..Fact::default()
    };
    sketch.extras.push(Extra { left: vec![left], right: vec![right], fact });
    1
}

/// We pay once; they book two receipts of the day, or less by the bank's fee.
pub(super) fn payment_otherwise(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let day = sketch.random.between(8, 20);
    let amount = Decimal::new(sketch.random.between(2_000_001, 9_999_999), 2);
    let of = |sketch: &Sketch, amount: Decimal| {
        money(sketch, supplier, EntryType::Payment, -amount, october(day), None)
    };
    let right = vec![of(sketch, amount)];
    let (left, fact) = if sketch.random.chance(50) {
        let part = Decimal::new(sketch.random.between(500_001, 999_999), 2);
        let fact = Fact {
            classes: vec![Class::PaymentParts],
            statuses: vec![Status::Matched, Status::Suggested],
            ..Fact::default()
        };
        (vec![of(sketch, part), of(sketch, amount - part)], fact)
    } else {
        let fee = Decimal::from(sketch.random.between(5, 50));
        let fact = Fact {
            classes: vec![Class::PaymentFee],
            statuses: vec![Status::Differs, Status::Suggested],
            causes: vec![Expected::allowed(CauseCode::Unexplained, fee)],
            ..Fact::default()
        };
        (vec![of(sketch, amount - fee)], fact)
    };
    sketch.extras.push(Extra { left, right, fact });
    2
}
