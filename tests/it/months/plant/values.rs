//! Wrong quantities, prices and amounts.

use gendan::engine::matching::outcome::CauseCode;
use rust_decimal::Decimal;

use super::super::catalogue::Paper;
use super::super::sketch::{Deal, Sketch, cents};
use super::super::truth::Class;
use super::{pick_deal, pick_delivery};

/// They bill another quantity than we received.
pub(super) fn quantity(sketch: &mut Sketch) -> usize {
    change(sketch, true, false, Class::Quantity)
}

/// They bill another price.
pub(super) fn price(sketch: &mut Sketch) -> usize {
    change(sketch, false, true, Class::Price)
}

/// Both on one line: the one must not hide the other.
pub(super) fn quantity_and_price(sketch: &mut Sketch) -> usize {
    change(sketch, true, true, Class::QuantityAndPrice)
}

fn change(sketch: &mut Sketch, quantity: bool, price: bool, class: Class) -> usize {
    for _ in 0..20 {
        let Some(index) = pick_deal(sketch, |_, _| true) else { return 0 };
        let before = sketch.deals[index].clone();
        if (!quantity || other_quantity(sketch, index)) && (!price || other_price(sketch, index)) {
            let deal = &mut sketch.deals[index];
            if only_itself(deal) {
                deal.classes.push(class);
                deal.closed = true;
                return 1;
            }
        }
        sketch.deals[index] = before;
    }
    0
}

/// Makes our quantity smaller than theirs, as it is when a delivery is short
/// or some is rejected; seldom larger.
pub(super) fn other_quantity(sketch: &mut Sketch, index: usize) -> bool {
    let billed: Decimal = sketch.deals[index].left.iter().sum();
    let scale = billed.scale();
    let most = (billed / Decimal::from(5)).trunc().max(Decimal::TWO);
    let most = i64::try_from(most).unwrap_or(2).min(300);
    let mut missing = Decimal::from(sketch.random.between(1, most));
    if scale > 0 && sketch.random.chance(50) {
        missing += Decimal::new(5, 1);
    }
    let received = if sketch.random.chance(80) { billed - missing } else { billed + missing };
    let last = sketch.deals[index].right.len() - 1;
    let before: Decimal = sketch.deals[index].right[..last].iter().sum();
    if received - before <= Decimal::ZERO {
        return false;
    }
    sketch.deals[index].right[last] = (received - before).normalize();
    true
}

/// Makes their price a little higher, seldom lower.
pub(super) fn other_price(sketch: &mut Sketch, index: usize) -> bool {
    let price = sketch.deals[index].right_price;
    if sketch.supplier_of(index).paper.ours_taxed() {
        return false;
    }
    let step = Decimal::new(1, price.scale().clamp(2, 4));
    let change = step * Decimal::from(sketch.random.between(1, 40));
    let other = if sketch.random.chance(75) { price + change } else { price - change };
    if other <= Decimal::ZERO {
        return false;
    }
    sketch.deals[index].left_price = other.normalize();
    // At times it is our keeper who wrote the wrong one.
    if sketch.supplier_of(index).paper == Paper::Lines && sketch.random.chance(25) {
        let deal = &mut sketch.deals[index];
        std::mem::swap(&mut deal.left_price, &mut deal.right_price);
    }
    true
}

/// Whether the difference of a deal can be read in no other way than as the
/// quantity and price that were planted.
pub(super) fn only_itself(deal: &Deal) -> bool {
    let ours: Decimal = deal.right.iter().sum();
    let theirs: Decimal = deal.left.iter().sum();
    let (p, r) = (deal.left_price, deal.right_price);
    let (left, right) = (cents(theirs * p), cents(ours * r));
    let apart = |a: Decimal, b: Decimal| {
        a == b || !(is_shift(a, b) || is_swap(a, b) || is_taxed(a, b) || is_multiple(a, b))
    };
    left != right && apart(theirs, ours) && apart(p, r) && apart(left, right)
}

fn is_shift(a: Decimal, b: Decimal) -> bool {
    [10, 100, 1_000].iter().any(|&by| a == b * Decimal::from(by) || b == a * Decimal::from(by))
}

fn is_taxed(a: Decimal, b: Decimal) -> bool {
    let near =
        |a: Decimal, b: Decimal| (a - b).abs() <= Decimal::new(1, 2).min(b / Decimal::from(500));
    [13, 9, 6, 3, 1].iter().any(|&rate| {
        let with = Decimal::ONE + Decimal::new(rate, 2);
        near(a, b * with) || near(b, a * with)
    })
}

fn is_multiple(a: Decimal, b: Decimal) -> bool {
    let (small, large) = (a.min(b), a.max(b));
    small > Decimal::ZERO && (large % small).is_zero()
}

/// Whether two numbers are one swap of neighbouring digits apart.
pub(super) fn is_swap(a: Decimal, b: Decimal) -> bool {
    let scale = a.scale().max(b.scale());
    let digits = |n: Decimal| {
        let mut n = n;
        n.rescale(scale);
        n.mantissa().unsigned_abs().to_string().into_bytes()
    };
    let (a, b) = (digits(a), digits(b));
    a.len() == b.len()
        && (1..a.len()).any(|at| {
            let mut swapped = a.clone();
            swapped.swap(at - 1, at);
            a != b && swapped == b
        })
}

/// They write two neighbouring digits the wrong way round.
pub(super) fn transposed_digits(sketch: &mut Sketch) -> usize {
    for _ in 0..20 {
        let Some(index) = pick_deal(sketch, |_, _| true) else { return 0 };
        let boxes = matches!(sketch.supplier_of(index).paper, Paper::Boxes { .. });
        let item = sketch.deals[index].item;
        let factor = Decimal::from(sketch.supplier_of(index).items[item].factor);
        let of_price = sketch.random.chance(35) && !sketch.supplier_of(index).paper.ours_taxed();
        let ours = sketch.supplier_of(index).paper == Paper::Lines && sketch.random.chance(30);
        let printed = match (of_price, boxes) {
            (true, true) => sketch.deals[index].left_price * factor,
            (true, false) => sketch.deals[index].left_price,
            (false, true) => sketch.deals[index].left[0] / factor,
            (false, false) => sketch.deals[index].left[0],
        };
        let Some(wrong) = swapped(sketch, printed.normalize()) else { continue };
        let deal = &mut sketch.deals[index];
        match (of_price, boxes) {
            (true, true) => deal.left_price = (wrong / factor).normalize(),
            (true, false) => deal.left_price = wrong,
            (false, true) => deal.left[0] = wrong * factor,
            (false, false) => deal.left[0] = wrong,
        }
        if ours {
            std::mem::swap(&mut deal.left_price, &mut deal.right_price);
            std::mem::swap(&mut deal.left, &mut deal.right);
        }
        if of_price {
            deal.price_cause = CauseCode::TransposedDigits;
        } else {
            deal.quantity_cause = CauseCode::TransposedDigits;
        }
        deal.classes.push(Class::TransposedDigits);
        deal.closed = true;
        return 1;
    }
    0
}

fn swapped(sketch: &mut Sketch, number: Decimal) -> Option<Decimal> {
    let mut digits = number.mantissa().to_string().into_bytes();
    if digits.len() < 2 {
        return None;
    }
    let at = 1 + sketch.random.below(digits.len() - 1);
    // A zero in front would be a shorter number, a zero behind none at all.
    if digits[at] == digits[at - 1] || digits[at] == b'0' || digits[at - 1] == b'0' {
        return None;
    }
    digits.swap(at - 1, at);
    let mantissa: i64 = String::from_utf8(digits).ok()?.parse().ok()?;
    let wrong = Decimal::new(mantissa, number.scale());
    let fits = !is_multiple(wrong, number) && !is_taxed(wrong, number) && is_swap(wrong, number);
    fits.then_some(wrong)
}

/// The decimal point of their price or quantity is in the wrong place.
pub(super) fn decimal_shift(sketch: &mut Sketch) -> usize {
    let lines = |sketch: &Sketch, deal: usize| {
        !matches!(sketch.supplier_of(deal).paper, Paper::Boxes { .. })
    };
    let Some(index) = pick_deal(sketch, lines) else { return 0 };
    let by = Decimal::from(*sketch.random.pick(&[10, 10, 100]));
    let of_price = sketch.random.chance(70);
    let ours = sketch.supplier_of(index).paper == Paper::Lines && sketch.random.chance(30);
    let deal = &mut sketch.deals[index];
    if of_price {
        deal.left_price = (deal.left_price * by).normalize();
        deal.price_cause = CauseCode::DecimalShift;
    } else {
        deal.left[0] = (deal.left[0] * by).normalize();
        deal.quantity_cause = CauseCode::DecimalShift;
    }
    if ours {
        std::mem::swap(&mut deal.left_price, &mut deal.right_price);
        std::mem::swap(&mut deal.left, &mut deal.right);
    }
    deal.classes.push(Class::DecimalShift);
    deal.closed = true;
    1
}

/// Their amount is not their own quantity × price.
pub(super) fn arithmetic(sketch: &mut Sketch) -> usize {
    let plain = |sketch: &Sketch, deal: usize| sketch.supplier_of(deal).paper == Paper::Lines;
    let Some(index) = pick_deal(sketch, plain) else { return 0 };
    let slip = Decimal::new(sketch.random.between(2, 90) * 100, 2);
    let ours = sketch.random.chance(30);
    let both = !ours && sketch.random.chance(25) && other_quantity(sketch, index);
    let deal = &mut sketch.deals[index];
    let right = cents(deal.right.iter().sum::<Decimal>() * deal.right_price);
    let product = cents(deal.left.iter().sum::<Decimal>() * deal.left_price);
    let left = product + slip;
    let doubtful = [product, right].iter().any(|&a| {
        is_swap(left, a) || is_shift(left, a) || is_taxed(left, a) || is_multiple(left, a)
    });
    if doubtful || (both && !only_itself(deal)) {
        deal.right.clone_from(&deal.left);
        return 0;
    }
    if ours {
        deal.right_slip = slip;
    } else {
        deal.slip = slip;
    }
    deal.classes.push(Class::Arithmetic);
    if both {
        deal.classes.push(Class::Quantity);
    }
    deal.closed = true;
    1
}

/// They cut the third decimal off, we round half up.
pub(super) fn rounding(sketch: &mut Sketch) -> usize {
    for _ in 0..20 {
        let plain = |sketch: &Sketch, deal: usize| sketch.supplier_of(deal).paper == Paper::Lines;
        let Some(index) = pick_deal(sketch, plain) else { return 0 };
        let price = Decimal::new(sketch.random.between(1_001, 499_999), 4).normalize();
        let product = sketch.deals[index].left[0] * price;
        if product.trunc_with_scale(2) == cents(product) {
            continue;
        }
        let deal = &mut sketch.deals[index];
        deal.left_price = price;
        deal.right_price = price;
        deal.cut = true;
        deal.classes.push(Class::Rounding);
        deal.closed = true;
        return 1;
    }
    0
}

/// They count pieces and charge the price of a box for each.
pub(super) fn pieces_as_boxes(sketch: &mut Sketch) -> usize {
    let boxes = |sketch: &Sketch, deal: usize| {
        matches!(sketch.supplier_of(deal).paper, Paper::Boxes { .. })
    };
    let Some(index) = pick_deal(sketch, boxes) else { return 0 };
    let deal = &mut sketch.deals[index];
    deal.pieces_as_boxes = true;
    deal.classes.push(Class::UnitError);
    deal.closed = true;
    1
}

/// A line of a note that they bill in one sum came short.
pub(super) fn short_in_whole_note(sketch: &mut Sketch) -> usize {
    let whole = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        let supplier = sketch.deliveries[delivery].supplier;
        let of = &sketch.deliveries[delivery];
        let is_short = of.written.as_ref().is_some_and(|written| !written.decides(deals.len() + 1));
        sketch.suppliers[supplier].paper == Paper::WholeNotes
            && !is_short
            && deals.iter().all(|&deal| sketch.deals[deal].untouched())
    };
    let Some(delivery) = pick_delivery(sketch, whole) else { return 0 };
    let deals = sketch.deals_of(delivery);
    let index = deals[sketch.random.below(deals.len())];
    if !other_quantity(sketch, index) {
        return 0;
    }
    for &deal in &deals {
        sketch.deals[deal].closed = true;
    }
    deals.len()
}

/// Their amount is typed wrongly: the decimal point in the wrong place, or two
/// digits swapped; quantity and price are right.
pub(super) fn amount_typed(sketch: &mut Sketch) -> usize {
    let plain = |sketch: &Sketch, deal: usize| sketch.supplier_of(deal).paper == Paper::Lines;
    let Some(index) = pick_deal(sketch, plain) else { return 0 };
    let right = cents(sketch.deals[index].left[0] * sketch.deals[index].left_price);
    let (wrong, cause) = if sketch.random.chance(40) {
        (Some(right * Decimal::TEN), CauseCode::DecimalShift)
    } else {
        (swapped(sketch, right.normalize()), CauseCode::TransposedDigits)
    };
    let Some(wrong) = wrong else { return 0 };
    let deal = &mut sketch.deals[index];
    deal.slip = wrong - right;
    deal.slip_cause = cause;
    deal.classes.push(Class::AmountTyped);
    deal.closed = true;
    1
}
