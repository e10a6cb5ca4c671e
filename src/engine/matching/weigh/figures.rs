//! What quantities, prices and amounts weigh that agree or differ.

use rust_decimal::Decimal;

use crate::engine::matching::causes::slip;
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::paper::{Fact, Figures, Kind};

/// What it weighs that a slip of the pen makes one figure of the other.
const SLIP: i32 = 100;

/// Whether two amounts agree: to the cent, or but for the rounding of one line
/// where quantity and price are the same.
pub(super) fn same_amount(a: Figures, b: Figures) -> bool {
    let (one, other) = (a.amount.abs(), b.amount.abs());
    let same = |a: Option<Decimal>, b: Option<Decimal>| {
        a.is_some() && a.map(|a| a.abs()) == b.map(|b| b.abs())
    };
    let rounded = same(a.quantity, b.quantity) && same(a.price, b.price);
    one == other || (rounded && (one - other).abs() <= Decimal::new(1, 2))
}

/// Quantity, price and amount. They hang together: what an equal amount adds
/// to an equal quantity of the same item is little, so the stronger of the two
/// counts, and the other a little.
pub(super) fn values(
    a: Figures,
    b: Figures,
    relation: Relation,
    commonness: i32,
    pack: Option<Decimal>,
) -> Vec<Evidence> {
    let mut evidence = Vec::with_capacity(3);
    let slipped =
        |a: Option<Decimal>, b: Option<Decimal>| a.zip(b).is_some_and(|(a, b)| is_slip(a, b, pack));
    let slips = (slipped(a.quantity, b.quantity), slipped(a.price, b.price));
    let same = |a: Option<Decimal>, b: Option<Decimal>| a.is_some() && a == b;
    // A slip of the pen explains all that differs.
    let explained =
        (slips.0 || same(a.quantity, b.quantity)) && (slips.1 || same(a.price, b.price));
    let same_amount = same_amount(a, b);
    let same_quantity = a.quantity.zip(b.quantity).map(|(a, b)| a.abs() == b.abs());
    let of_quantity = a.quantity.map_or(0, distinctness).min(commonness.max(200));
    let of_amount = match (relation, same_quantity) {
        (Relation::Same, Some(true)) => of_quantity.max(300),
        _ => distinctness(a.amount),
    }
    .min(commonness);
    if let Some(same) = same_quantity {
        let weight = match same {
            true if same_amount => (of_quantity - of_amount).max(0) + 100,
            true => of_quantity,
            false if slips.0 => SLIP,
            false => apart(a.quantity, b.quantity, [50, 0, -100, -200]),
        };
        evidence.push(one(Field::Quantity, same, weight));
    }
    if let Some((a, b)) = a.price.zip(b.price) {
        let same = if relation == Relation::Same { 100 } else { 250 };
        let weight = match a == b {
            true => same,
            false if slips.1 => SLIP,
            false => apart(Some(a), Some(b), [0, -50, -100, -200]),
        };
        evidence.push(one(Field::UnitPrice, a == b, weight));
    }
    let weight = match same_amount {
        true => of_amount,
        false if explained => 0,
        false => apart(Some(a.amount), Some(b.amount), [-100, -300, -400, -500]),
    };
    evidence.push(one(Field::Amount, same_amount, weight));
    evidence
}

/// Two payments of one party and amount are hardly ever strangers, however
/// round the amount; which of several belong together, the days tell. So with
/// deductions and charges of the same day. A payment that lacks no more than a
/// bank's fee is near.
pub(super) fn money(evidence: &mut [Evidence], a: &Fact, b: &Fact) {
    /// What a bank takes at the most.
    const FEE: Decimal = Decimal::ONE_HUNDRED;
    let (one, other) = (a.figures.amount, b.figures.amount);
    let near_days = a.day.zip(b.day).is_some_and(|(a, b)| (a - b).abs() <= 3);
    let off = one.checked_sub(other).unwrap_or(Decimal::MAX).abs();
    let is_payment = a.kind == Kind::Payment;
    let is_fee = is_payment
        && off <= FEE
        && off.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|off| off <= one.abs());
    let least = match off.is_zero() {
        true if is_payment || near_days => 700,
        false if is_fee => 300,
        _ => return,
    };
    if let Some(amount) = evidence.iter_mut().find(|one| one.field == Field::Amount) {
        amount.weight = amount.weight.max(least);
        if !off.is_zero() {
            amount.agreement = Agreement::Near;
        }
    }
}

fn one(field: Field, same: bool, weight: i32) -> Evidence {
    let agreement = if same { Agreement::Equal } else { Agreement::Differs };
    Evidence { field, agreement, weight }
}

/// Whether one figure is the other with a slip of the pen: two digits swapped,
/// the point in the wrong place, a box taken for a piece. Strangers hardly
/// ever are.
fn is_slip(a: Decimal, b: Decimal, pack: Option<Decimal>) -> bool {
    let (a, b) = (a.abs(), b.abs());
    let packed = |pack: Decimal| a.checked_mul(pack) == Some(b) || b.checked_mul(pack) == Some(a);
    a != b && (slip(a, b).is_some() || pack.is_some_and(packed))
}

/// Weighs how far apart two figures are: within 5 %, within 20 %, within half,
/// or farther.
fn apart(a: Option<Decimal>, b: Option<Decimal>, weights: [i32; 4]) -> i32 {
    let (Some(a), Some(b)) = (a, b) else { return 0 };
    let (a, b) = (a.abs(), b.abs());
    let larger = a.max(b);
    let part = (a - b).abs().checked_div(larger).unwrap_or(Decimal::ZERO);
    let limits = [Decimal::new(5, 2), Decimal::new(2, 1), Decimal::new(5, 1)];
    let class = limits.iter().position(|&limit| part <= limit).unwrap_or(3);
    weights[class]
}

/// How telling a figure is: 10000.00 can be anything, 13867.42 hardly.
pub(in crate::engine::matching) fn distinctness(figure: Decimal) -> i32 {
    let mut digits = figure.normalize().mantissa().unsigned_abs();
    while digits != 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    match digits.checked_ilog10().map_or(0, |log| log + 1) {
        0 => 0,
        1 => 400,
        2 => 550,
        3 => 800,
        4 => 1050,
        5 => 1300,
        _ => 1500,
    }
}

/// Returns log2 in hundredths, rounded down between eighths.
pub(in crate::engine::matching) fn log2(number: u64) -> i32 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The next three bits after the first, as eighths: log2(1 + x/8).
    const EIGHTHS: [i32; 8] = [0, 17, 32, 46, 58, 70, 81, 91];
    let next = if whole >= 3 { (number >> (whole - 3)) & 7 } else { (number << (3 - whole)) & 7 };
    whole as i32 * 100 + EIGHTHS[next as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_figures_tell_little() {
        let of = |text: &str| distinctness(text.parse().unwrap());
        assert!(of("10000.00") < of("2500"));
        assert!(of("2500") < of("126"));
        assert!(of("126") < of("13867.42"));
        assert_eq!(of("0"), 0);
    }

    #[test]
    fn logarithms_are_whole_numbers() {
        assert_eq!(log2(0), 0);
        assert_eq!(log2(1), 0);
        assert_eq!(log2(8), 300);
        assert_eq!(log2(12), 358);
        assert!(log2(1_000_000) > 1990 && log2(1_000_000) < 1994);
    }
}
