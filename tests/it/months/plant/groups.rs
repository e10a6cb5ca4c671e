//! One line against several: parts received or billed one by one.

use rust_decimal::Decimal;

use super::super::catalogue::Paper;
use super::super::lines::{our_line, their_line};
use super::super::sketch::{Deal, Extra, SURE, Sketch, october};
use super::super::truth::{Class, Fact};
use super::pick_deal;
use super::values::{only_itself, other_price, other_quantity};

/// They bill once what we received in parts; at times short or at another
/// price, too.
pub(super) fn split(sketch: &mut Sketch) -> usize {
    let Some(index) = pick_deal(sketch, |_, _| true) else { return 0 };
    let count = if sketch.random.chance(70) { 2 } else { 3 };
    let Some(parts) = parts(sketch, index, count, Decimal::ONE) else { return 0 };
    sketch.deals[index].right.clone_from(&parts);
    let deal = &mut sketch.deals[index];
    deal.classes.push(Class::Split);
    deal.closed = true;
    let plain = deal.clone();
    let changed = match sketch.random.below(6) {
        0 => other_price(sketch, index).then_some(Class::Price),
        1 => other_quantity(sketch, index).then_some(Class::Quantity),
        _ => return 1,
    };
    let deal = &mut sketch.deals[index];
    match changed.filter(|_| only_itself(deal)) {
        Some(class) => deal.classes.push(class),
        None => {
            *deal = plain;
        }
    }
    1
}

/// They bill in parts what we received at once.
pub(super) fn combined(sketch: &mut Sketch) -> usize {
    let Some(index) = pick_deal(sketch, |_, _| true) else { return 0 };
    let Some(parts) = parts(sketch, index, 2, smallest(sketch, index)) else { return 0 };
    let deal = &mut sketch.deals[index];
    deal.left = parts;
    deal.classes.push(Class::Combined);
    deal.closed = true;
    1
}

/// Both sides write parts, and not the same.
pub(super) fn grouped(sketch: &mut Sketch) -> usize {
    let Some(index) = pick_deal(sketch, |_, _| true) else { return 0 };
    let Some(left) = parts(sketch, index, 2, smallest(sketch, index)) else { return 0 };
    let Some(right) = parts(sketch, index, 2, Decimal::ONE) else { return 0 };
    if left.iter().any(|part| right.contains(part)) {
        return 0;
    }
    let deal = &mut sketch.deals[index];
    deal.left = left;
    deal.right = right;
    deal.classes.push(Class::Grouped);
    deal.closed = true;
    1
}

/// They bill two notes in one line, with both numbers in its cell.
pub(super) fn two_notes_in_one_line(sketch: &mut Sketch) -> usize {
    let whole = |supplier: &usize| sketch.suppliers[*supplier].paper == Paper::WholeNotes;
    let suppliers: Vec<usize> = (0..sketch.suppliers.len()).filter(whole).collect();
    if suppliers.is_empty() {
        return 0;
    }
    let supplier = *sketch.random.pick(&suppliers);
    let of = sketch.suppliers[supplier].clone();
    let day = sketch.random.between(8, 20);
    let mut right = Vec::new();
    let mut left = None;
    for _ in 0..2 {
        let delivery = sketch.deliver(supplier, october(day));
        for _ in 0..sketch.random.between(1, 3) {
            let item = sketch.random.below(of.items.len());
            let count = Decimal::from(sketch.random.between(20, 4_000));
            let deal = Deal::plain(delivery, item, count, of.items[item].price);
            right.push(our_line(sketch, &deal, 0));
            left = Some(their_line(sketch, &deal, 0));
        }
    }
    let Some(mut left) = left else { return 0 };
    left.document_nos = right.iter().flat_map(|line| line.document_nos.clone()).collect();
    left.document_nos.dedup();
    left.amount = right.iter().map(|line| line.amount).sum();
    (left.item_code, left.item, left.unit) = (None, None, None);
    (left.quantity, left.unit_price) = (None, None);
    let fact = Fact {
        classes: vec![Class::TwoNotesInOneLine],
        statuses: SURE.to_vec(),
        ..Fact::default()
    };
    let lines = right.len();
    sketch.extras.push(Extra { left: vec![left], right, fact });
    lines
}

fn smallest(sketch: &Sketch, index: usize) -> Decimal {
    let supplier = sketch.supplier_of(index);
    match supplier.paper {
        Paper::Boxes { .. } => Decimal::from(supplier.items[sketch.deals[index].item].factor),
        _ => Decimal::ONE,
    }
}

/// Cuts a deal's quantity into unequal parts, each a multiple of `step` but
/// for the last.
fn parts(sketch: &mut Sketch, index: usize, count: i64, step: Decimal) -> Option<Vec<Decimal>> {
    let whole = sketch.deals[index].left[0];
    let steps = i64::try_from((whole / step).trunc()).ok()?;
    if steps < count * 4 {
        return None;
    }
    let mut parts = Vec::new();
    let mut rest = whole;
    for _ in 1..count {
        let part = step * Decimal::from(sketch.random.between(1, steps / count));
        rest -= part;
        parts.push(part);
    }
    parts.push(rest.normalize());
    let distinct = parts.iter().enumerate().all(|(n, part)| !parts[..n].contains(part));
    (distinct && rest > Decimal::ZERO).then_some(parts)
}
