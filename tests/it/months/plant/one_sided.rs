//! Lines that only one side has, and lines that look like another's partner.

use gendan::engine::entry::EntryType;
use gendan::engine::matching::outcome::{Reason, Status};
use rust_decimal::Decimal;

use super::super::catalogue::Paper;
use super::super::clean::{fill, money, quantity};
use super::super::lines::{our_line, their_line};
use super::super::sketch::{Deal, Extra, Sides, Sketch, october, shift};
use super::super::truth::{Class, Fact};
use super::values::{only_itself, other_price};
use super::{pick_deal, pick_delivery};

/// They bill a note that never came.
pub(super) fn not_received_note(sketch: &mut Sketch) -> usize {
    let day = sketch.random.between(8, 20);
    let reason = vec![Reason::NotReceived];
    new_note(sketch, day, &Sides::Left(reason), Class::NotReceived).1
}

/// They bill an item that was not in the note.
pub(super) fn not_received_line(sketch: &mut Sketch) -> usize {
    let open = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        let of = &sketch.deliveries[delivery];
        let supplier = &sketch.suppliers[of.supplier];
        supplier.paper != Paper::WholeNotes
            && well_inside(sketch, delivery)
            && of.written.is_none()
            && deals.len() < supplier.items.len()
            && deals.iter().all(|&deal| sketch.deals[deal].booked_under.is_none())
    };
    let Some(delivery) = pick_delivery(sketch, open) else { return 0 };
    let supplier = sketch.suppliers[sketch.deliveries[delivery].supplier].clone();
    let inside: Vec<usize> =
        sketch.deals_of(delivery).iter().map(|&deal| sketch.deals[deal].item).collect();
    let Some(item) = (0..supplier.items.len()).find(|item| !inside.contains(item)) else {
        return 0;
    };
    let q = quantity(&supplier, &supplier.items[item], &mut sketch.random);
    let mut deal = Deal::plain(delivery, item, q, supplier.items[item].price);
    deal.sides = Sides::Left(vec![Reason::NotReceived]);
    deal.classes.push(Class::NotReceived);
    deal.closed = true;
    sketch.deals.push(deal);
    1
}

/// A note that we received is not on their paper.
pub(super) fn not_billed_note(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        well_inside(sketch, delivery) && deals.iter().all(|&deal| sketch.deals[deal].untouched())
    };
    let Some(delivery) = pick_delivery(sketch, fits) else { return 0 };
    if sketch.deliveries[delivery].written.is_some() {
        return 0;
    }
    let deals = sketch.deals_of(delivery);
    for &deal in &deals {
        one_side(&mut sketch.deals[deal], Sides::Right(vec![Reason::NotBilled]), Class::NotBilled);
    }
    deals.len()
}

/// One line of a note that they billed is not on their paper.
pub(super) fn not_billed_line(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, deal: usize| {
        let delivery = sketch.deals[deal].delivery;
        well_inside(sketch, delivery)
            && sketch.deliveries[delivery].written.is_none()
            && sketch.deals_of(delivery).len() > 1
    };
    let Some(deal) = pick_deal(sketch, fits) else { return 0 };
    one_side(&mut sketch.deals[deal], Sides::Right(vec![Reason::NotBilled]), Class::NotBilled);
    1
}

/// Whether nobody would think that a note's timing explains anything.
fn well_inside(sketch: &Sketch, delivery: usize) -> bool {
    let of = &sketch.deliveries[delivery];
    let last = sketch.suppliers[of.supplier].cut_off.unwrap_or(october(31));
    of.date >= october(8) && of.date <= shift(last, -8)
}

pub(super) fn one_side(deal: &mut Deal, sides: Sides, class: Class) {
    deal.sides = sides;
    deal.classes.push(class);
    deal.closed = true;
}

/// A note billed twice in the month.
pub(super) fn double_billed_note(sketch: &mut Sketch) -> usize {
    let Some(delivery) = pick_delivery(sketch, repeatable) else { return 0 };
    let deals = sketch.deals_of(delivery);
    bill_again(sketch, delivery, &deals)
}

/// One line of a note billed twice in the month.
pub(super) fn double_billed_line(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, deal: usize| {
        let delivery = sketch.deals[deal].delivery;
        repeatable(sketch, delivery, &[deal])
    };
    let Some(deal) = pick_deal(sketch, fits) else { return 0 };
    bill_again(sketch, sketch.deals[deal].delivery, &[deal])
}

fn repeatable(sketch: &Sketch, delivery: usize, deals: &[usize]) -> bool {
    sketch.deliveries[delivery].date <= october(20)
        && sketch.deliveries[delivery].written.is_none()
        && !sketch.deliveries[delivery].carried
        && deals.iter().all(|&deal| sketch.deals[deal].untouched())
}

fn bill_again(sketch: &mut Sketch, delivery: usize, deals: &[usize]) -> usize {
    let mut copy = sketch.deliveries[delivery].clone();
    copy.late += sketch.random.between(0, 4);
    sketch.deliveries.push(copy);
    let again = sketch.deliveries.len() - 1;
    for &index in deals {
        let twin = sketch.twin();
        let deal = &mut sketch.deals[index];
        deal.twin = Some(twin);
        deal.closed = true;
        let mut copy = deal.clone();
        copy.delivery = again;
        one_side(&mut copy, Sides::Left(vec![Reason::DoubleBilled]), Class::DoubleBilled);
        sketch.deals.push(copy);
    }
    deals.len()
}

/// A note of last month, settled then, billed again.
pub(super) fn settled(sketch: &mut Sketch) -> usize {
    let day = -sketch.random.between(3, 20);
    let sides = Sides::Left(vec![Reason::DoubleBilled]);
    let (delivery, lines) = new_note(sketch, day, &sides, Class::DoubleBilledSettled);
    sketch.deliveries[delivery].settled = true;
    lines
}

/// The same line three times on theirs, twice on ours.
pub(super) fn three_against_two(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, deal: usize| {
        sketch.deliveries[sketch.deals[deal].delivery].written.is_none()
    };
    let Some(index) = pick_deal(sketch, fits) else { return 0 };
    let deal = &mut sketch.deals[index];
    deal.classes.push(Class::ThreeAgainstTwo);
    deal.closed = true;
    let second = deal.clone();
    let mut third = deal.clone();
    third.sides = Sides::Left(vec![Reason::DoubleBilled]);
    sketch.deals.extend([second, third]);
    1
}

/// Our keeper books a line again the next day, under a new receipt number.
pub(super) fn double_booked(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, deal: usize| {
        let delivery = &sketch.deliveries[sketch.deals[deal].delivery];
        delivery.written.is_none() && delivery.date < october(24)
    };
    let Some(index) = pick_deal(sketch, fits) else { return 0 };
    sketch.deals[index].booked_again = true;
    sketch.deals[index].closed = true;
    1
}

/// Received before the month, on no list of open items.
pub(super) fn prior_period(sketch: &mut Sketch) -> usize {
    let day = -sketch.random.between(5, 24);
    new_note(sketch, day, &Sides::Right(vec![Reason::PriorPeriod]), Class::PriorPeriod).1
}

/// An open item of last month that they bill now.
pub(super) fn carried_found(sketch: &mut Sketch) -> usize {
    let day = -sketch.random.between(0, 5);
    let (delivery, lines) = new_note(sketch, day, &Sides::Both, Class::CarriedFound);
    sketch.deliveries[delivery].carried = true;
    let deal = sketch.deals_of(delivery)[0];
    let of_lines = sketch.supplier_of(deal).paper == Paper::Lines;
    let before = sketch.deals[deal].clone();
    if of_lines && sketch.random.chance(30) && other_price(sketch, deal) {
        if only_itself(&sketch.deals[deal]) {
            sketch.deals[deal].classes.push(Class::Price);
        } else {
            sketch.deals[deal] = before;
        }
    }
    lines
}

/// An open item of last month that they still do not bill.
pub(super) fn carried_lost(sketch: &mut Sketch) -> usize {
    let day = -sketch.random.between(0, 5);
    let sides = Sides::Right(vec![Reason::CarriedForward]);
    let (delivery, lines) = new_note(sketch, day, &sides, Class::CarriedLost);
    sketch.deliveries[delivery].carried = true;
    lines
}

/// Adds a note of `day` (of October; before it 0 and less) and its lines.
fn new_note(sketch: &mut Sketch, day: i64, sides: &Sides, class: Class) -> (usize, usize) {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let delivery = sketch.deliver(supplier, october(day));
    let lines = fill(sketch, delivery);
    for deal in sketch.deals_of(delivery) {
        let deal = &mut sketch.deals[deal];
        one_side(deal, sides.clone(), class);
    }
    (delivery, lines)
}

/// A note that one party bills and we booked under another.
pub(super) fn other_party(sketch: &mut Sketch) -> usize {
    let others: Vec<usize> = (0..sketch.suppliers.len())
        .filter(|&s| sketch.suppliers[s].paper == Paper::Lines)
        .collect();
    let fits = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        let of = &sketch.deliveries[delivery];
        well_inside(sketch, delivery)
            && others.contains(&of.supplier)
            && of.written.is_none()
            && deals.iter().all(|&deal| sketch.deals[deal].untouched())
    };
    let Some(delivery) = pick_delivery(sketch, fits) else { return 0 };
    let supplier = sketch.deliveries[delivery].supplier;
    let Some(&other) = others.iter().find(|&&other| other != supplier) else { return 0 };
    let deals = sketch.deals_of(delivery);
    for &deal in &deals {
        sketch.deals[deal].booked_under = Some(other);
        sketch.deals[deal].closed = true;
    }
    deals.len()
}

/// A line of theirs without number, and two of our notes that fit it equally.
pub(super) fn ambiguous_twins(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let of = sketch.suppliers[supplier].clone();
    if of.paper != Paper::Lines {
        return 0;
    }
    let date = october(sketch.random.between(8, 16));
    let item = sketch.random.below(of.items.len());
    // No other line of the month has this quantity.
    let count = Decimal::new(sketch.random.between(40_001, 49_999) * 10 + 3, 1);
    let mut rights = Vec::new();
    let mut left = None;
    for _ in 0..2 {
        let delivery = sketch.deliver(supplier, date);
        let deal = Deal::plain(delivery, item, count, of.items[item].price);
        rights.push(our_line(sketch, &deal, 0));
        left = Some(their_line(sketch, &deal, 0));
    }
    let Some(mut left) = left else { return 0 };
    left.document_nos.clear();
    let fact = Fact {
        classes: vec![Class::AmbiguousTwins],
        statuses: vec![Status::Ambiguous],
        ..Fact::default()
    };
    sketch.extras.push(Extra { left: vec![left], right: rights, fact });
    3
}

/// Two lines of equal amount that have nothing else in common.
pub(super) fn decoy(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let of = sketch.suppliers[supplier].clone();
    if of.paper != Paper::Lines {
        return 0;
    }
    let items = &of.items;
    let mut pairs = (0..items.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let Some((a, b)) = pairs.find(|&(a, b)| items[a].price == items[b].price) else {
        return 0;
    };
    let count = Decimal::from(sketch.random.between(5, 30) * 100);
    let day = sketch.random.between(8, 11);
    let sides = [
        (a, day, Sides::Left(vec![Reason::NotReceived]), Class::NotReceived),
        (b, day + 6, Sides::Right(vec![Reason::NotBilled]), Class::NotBilled),
    ];
    let mut indices = Vec::new();
    for (item, day, sides, class) in sides {
        let delivery = sketch.deliver(supplier, october(day));
        let mut deal = Deal::plain(delivery, item, count, of.items[item].price);
        one_side(&mut deal, sides, class);
        deal.classes.push(Class::Decoy);
        sketch.deals.push(deal);
        indices.push(sketch.deals.len() - 1);
    }
    let pool = sketch.twin();
    for index in indices {
        sketch.deals[index].pool = Some(pool);
    }
    2
}

/// Received on the last days, on no paper of theirs, which says nothing of a
/// cut-off.
pub(super) fn goods_in_transit(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        let of = &sketch.deliveries[delivery];
        of.date >= october(30)
            && of.written.is_none()
            && sketch.suppliers[of.supplier].cut_off.is_none()
            && deals.iter().all(|&deal| sketch.deals[deal].untouched())
    };
    let Some(delivery) = pick_delivery(sketch, fits) else { return 0 };
    let deals = sketch.deals_of(delivery);
    for &deal in &deals {
        let reasons = vec![Reason::NextPeriod, Reason::NotBilled];
        one_side(&mut sketch.deals[deal], Sides::Right(reasons), Class::GoodsInTransit);
    }
    deals.len()
}

/// One note: an item they bill that did not come, and one that came and they
/// do not bill.
pub(super) fn substitution(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, deal: usize| {
        let delivery = sketch.deals[deal].delivery;
        let of = sketch.supplier_of(deal);
        of.paper == Paper::Lines
            && of.codes
            && well_inside(sketch, delivery)
            && sketch.deliveries[delivery].written.is_none()
            && sketch.deals_of(delivery).len() > 1
    };
    let Some(came) = pick_deal(sketch, fits) else { return 0 };
    let delivery = sketch.deals[came].delivery;
    let of = sketch.supplier_of(came).clone();
    let items = &of.items;
    let inside: Vec<usize> =
        sketch.deals_of(delivery).iter().map(|&deal| sketch.deals[deal].item).collect();
    let ours = items[sketch.deals[came].item].price;
    let other = (0..items.len()).find(|item| !inside.contains(item) && items[*item].price != ours);
    let Some(other) = other else { return 0 };
    let pool = Some(sketch.twin());
    let q = quantity(&of, &items[other], &mut sketch.random);
    let mut billed = Deal::plain(delivery, other, q, items[other].price);
    one_side(&mut billed, Sides::Left(vec![Reason::NotReceived]), Class::Substitution);
    one_side(&mut sketch.deals[came], Sides::Right(vec![Reason::NotBilled]), Class::Substitution);
    billed.pool = pool;
    sketch.deals[came].pool = pool;
    sketch.deals.push(billed);
    2
}

/// A round sum of theirs without number or item, and round sums of ours of
/// which some happen to make it.
pub(super) fn decoy_sum(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let of = sketch.suppliers[supplier].clone();
    if of.paper != Paper::Lines {
        return 0;
    }
    let pool = Some(sketch.twin());
    let lone = |status: Status, reasons: Vec<Reason>| Fact {
        classes: vec![Class::DecoySum],
        statuses: vec![status],
        reasons,
        pool,
        ..Fact::default()
    };
    for n in 0..8 {
        let delivery = sketch.deliver(supplier, october(8 + n));
        let item = sketch.random.below(of.items.len());
        let amount = Decimal::from(sketch.random.between(2, 60) * 100);
        let deal = Deal::plain(delivery, item, amount, Decimal::ONE);
        let right = vec![our_line(sketch, &deal, 0)];
        let fact = lone(Status::RightOnly, vec![Reason::NotBilled]);
        sketch.extras.push(Extra { left: Vec::new(), right, fact });
    }
    let amount = Decimal::from(sketch.random.between(50, 150) * 100);
    let day = october(sketch.random.between(9, 15));
    let left = vec![money(sketch, supplier, EntryType::Goods, amount, day, Some("货款"))];
    let fact = lone(Status::LeftOnly, vec![Reason::NotReceived, Reason::NoCandidate]);
    sketch.extras.push(Extra { left, right: Vec::new(), fact });
    9
}
