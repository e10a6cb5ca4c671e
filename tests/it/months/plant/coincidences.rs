//! Strangers that look like partners: what only happens to agree.

use gendan::engine::matching::outcome::{Note, Reason};
use rust_decimal::Decimal;

use super::super::catalogue::{Numbering, Paper};
use super::super::clean::{fill, quantity};
use super::super::sketch::{Deal, Sides, Sketch, october, shift};
use super::super::truth::Class;
use super::numbers::{slipped, write};
use super::one_sided::one_side;
use super::pick_delivery;

/// A note that only we have, and one of the same day and total that only they
/// have: under the next number of the pad, or, with other goods or at another
/// price, under a number one slip away.
pub(super) fn near_strangers(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let of = sketch.suppliers[supplier].clone();
    if of.paper != Paper::Lines {
        return 0;
    }
    let item = sketch.random.below(of.items.len());
    let count = quantity(&of, &of.items[item], &mut sketch.random);
    let day = october(sketch.random.between(8, 20));
    let way = sketch.random.below(if of.numbering == Numbering::Dense { 3 } else { 2 });
    let ours = sketch.deliver(supplier, day);
    let slip = slipped(sketch, ours);
    let theirs = sketch.deliver(supplier, day);
    match (way, slip) {
        (2, _) => {}
        (_, Some((number, _))) => sketch.deliveries[theirs].number = number,
        (_, None) => return 0,
    }
    let mut received = Deal::plain(ours, item, count, of.items[item].price);
    let mut billed = Deal { delivery: theirs, ..received.clone() };
    match way {
        0 => {
            billed.left = vec![count * Decimal::TWO];
            billed.left_price = (billed.left_price / Decimal::TWO).normalize();
        }
        1 => {
            billed.item = (item + 1) % of.items.len();
            billed.left_price = of.items[billed.item].price;
            billed.left = vec![(count * received.left_price / billed.left_price).normalize()];
        }
        _ => {}
    }
    let pool = Some(sketch.twin());
    for (deal, sides) in [
        (&mut received, Sides::Right(vec![Reason::NotBilled])),
        (&mut billed, Sides::Left(vec![Reason::NotReceived])),
    ] {
        one_side(deal, sides, Class::NearStranger);
        deal.pool = pool;
    }
    sketch.deals.extend([received, billed]);
    2
}

/// Two lines of one item under different numbers, whose quantities their paper
/// has the wrong way round: by amount alone, each is the other.
pub(super) fn swapped_amounts(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, deal: usize| {
        let of = &sketch.deals[deal];
        of.untouched()
            && sketch.supplier_of(deal).paper == Paper::Lines
            && sketch.deliveries[of.delivery].written.is_none()
    };
    for _ in 0..60 {
        let one = sketch.random.below(sketch.deals.len());
        let other = sketch.random.below(sketch.deals.len());
        let (a, b) = (&sketch.deals[one], &sketch.deals[other]);
        let supplier = |deal: &Deal| sketch.deliveries[deal.delivery].supplier;
        let alike = supplier(a) == supplier(b)
            && a.item == b.item
            && a.delivery != b.delivery
            && a.left != b.left;
        if !(alike && fits(sketch, one) && fits(sketch, other)) {
            continue;
        }
        let of_one = std::mem::take(&mut sketch.deals[one].left);
        sketch.deals[one].left = std::mem::replace(&mut sketch.deals[other].left, of_one);
        for deal in [one, other] {
            sketch.deals[deal].classes.push(Class::SwappedAmounts);
            sketch.deals[deal].closed = true;
        }
        return 2;
    }
    0
}

/// A note that only they have, and last year's of the same number in our
/// papers.
pub(super) fn last_year(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let day = october(sketch.random.between(8, 20));
    let off = sketch.random.between(2, 20);
    let theirs = sketch.deliver(supplier, day);
    let ours = sketch.deliver(supplier, shift(day, -365 - off));
    sketch.deliveries[ours].number = sketch.deliveries[theirs].number.clone();
    let mut lines = 0;
    for (delivery, sides) in [
        (theirs, Sides::Left(vec![Reason::NotReceived])),
        (ours, Sides::Right(vec![Reason::PriorPeriod])),
    ] {
        lines += fill(sketch, delivery);
        for deal in sketch.deals_of(delivery) {
            one_side(&mut sketch.deals[deal], sides.clone(), Class::LastYear);
        }
    }
    lines
}

/// A note without its number, on a paper where others say the same.
pub(super) fn unnumbered(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        sketch.deliveries[delivery].written.is_none()
            && deals.iter().all(|&deal| sketch.deals[deal].untouched())
    };
    let Some(delivery) = pick_delivery(sketch, fits) else { return 0 };
    for deal in sketch.deals_of(delivery) {
        sketch.deals[deal].closed = true;
    }
    write(sketch, delivery, None, Class::NumberMissing, &[Note::DocumentNoMissing])
}

/// A note without a number that never came, on a paper where others say the
/// same.
pub(super) fn unnumbered_stranger(sketch: &mut Sketch) -> usize {
    let supplier = sketch.random.below(sketch.suppliers.len());
    let day = october(sketch.random.between(8, 20));
    let delivery = sketch.deliver(supplier, day);
    let lines = fill(sketch, delivery);
    for deal in sketch.deals_of(delivery) {
        let sides = Sides::Left(vec![Reason::NotReceived]);
        one_side(&mut sketch.deals[deal], sides, Class::NotReceived);
    }
    write(sketch, delivery, None, Class::NumberMissing, &[Note::DocumentNoMissing]);
    lines
}
