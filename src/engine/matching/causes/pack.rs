//! How many a pack holds, where no paper says it and too few lines show it:
//! what the figures of one line alone tell, whose units are not the same.

use rust_decimal::Decimal;

use super::PackHabit;
use crate::engine::matching::paper::Figures;
use crate::engine::matching::sides::Side;

/// The least that a pack holds here: a price two or three times as high may
/// be another price.
const LEAST: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// Packs below which a whole ratio of the quantities may be chance.
const FEW: Decimal = Decimal::TEN;

/// Quantity and price of a line, both positive.
#[derive(Debug, Clone, Copy)]
struct Counted {
    quantity: Decimal,
    price: Decimal,
}

/// Returns how many of one side's units the other side's unit holds: the whole
/// number of times that the one price is the other, else that the one quantity
/// is the other, if that brings the rest near; else the round number next to
/// both. `None` where the figures do not tell.
pub(in crate::engine::matching) fn of_line(left: Figures, right: Figures) -> Option<PackHabit> {
    let (left, right) = (counted(left)?, counted(right)?);
    let larger = if left.price > right.price { Side::Left } else { Side::Right };
    let (pack, piece) = if larger == Side::Left { (left, right) } else { (right, left) };
    let by_price = whole(pack.price, piece.price);
    let by_quantity = whole(piece.quantity, pack.quantity);
    let fits = |factor: Decimal| {
        let price = piece.price.checked_mul(factor).is_some_and(|one| is_near(one, pack.price));
        let pieces = pack.quantity.checked_mul(factor);
        price && pieces.is_some_and(|pieces| is_near(pieces, piece.quantity))
    };
    let factor = match (by_price, by_quantity) {
        (Some(price), Some(quantity)) if price != quantity && pack.quantity >= FEW => return None,
        // As many packs as pieces: the one counts what the other packs.
        (Some(price), _) if fits(price) || pack.quantity == piece.quantity => price,
        (_, Some(quantity)) if fits(quantity) => quantity,
        _ => round_next_to(pack, piece).filter(|&factor| fits(factor))?,
    };
    Some(PackHabit { factor, larger })
}

/// Returns how many of one side's units the other side's unit holds, where the
/// prices are the same and the quantities a pack apart.
pub(in crate::engine::matching) fn of_equal_prices(
    left: Figures,
    right: Figures,
) -> Option<PackHabit> {
    let (left, right) = (counted(left)?, counted(right)?);
    let larger = if left.quantity < right.quantity { Side::Left } else { Side::Right };
    let (few, many) = (left.quantity.min(right.quantity), left.quantity.max(right.quantity));
    let factor = whole(many, few).filter(|_| left.price == right.price)?;
    Some(PackHabit { factor, larger })
}

/// Whether two lines count so differently that splitting their difference into
/// quantity and price would tell nothing.
pub(super) fn are_worlds_apart(left: Figures, right: Figures) -> bool {
    let Some((left, right)) = counted(left).zip(counted(right)) else { return false };
    let times = |one: Decimal, other: Decimal| one.checked_div(other).unwrap_or(Decimal::MAX);
    let (up, down) = (times(left.quantity, right.quantity), times(right.price, left.price));
    let (up, down) = if up < Decimal::ONE {
        (times(right.quantity, left.quantity), times(left.price, right.price))
    } else {
        (up, down)
    };
    up >= LEAST && down >= LEAST
}

fn counted(figures: Figures) -> Option<Counted> {
    let (quantity, price) = (figures.quantity?.abs(), figures.price?.abs());
    (!quantity.is_zero() && !price.is_zero()).then_some(Counted { quantity, price })
}

/// Returns how many times `many` is `few`, if that is a whole number of pieces.
fn whole(many: Decimal, few: Decimal) -> Option<Decimal> {
    let factor = many.checked_div(few)?.normalize();
    (factor >= LEAST && factor.fract().is_zero()).then_some(factor)
}

/// Whether neither of two figures is more than twice the other.
fn is_near(one: Decimal, other: Decimal) -> bool {
    let (low, high) = (one.min(other), one.max(other));
    low.checked_add(low).is_some_and(|twice| high <= twice)
}

/// Returns the round number (5, 10, 20, 50, 100 …) within a twentieth of both
/// how many times the price is the price and the quantity the quantity.
fn round_next_to(pack: Counted, piece: Counted) -> Option<Decimal> {
    let price = pack.price.checked_div(piece.price)?;
    let quantity = piece.quantity.checked_div(pack.quantity)?;
    let near = |round: Decimal, ratio: Decimal| {
        let off = ratio.checked_sub(round).map(|off| off.abs());
        off.and_then(|off| off.checked_mul(Decimal::from(20))).is_some_and(|off| off <= round)
    };
    let mut tens = Decimal::ONE;
    while tens <= price {
        for digit in [1, 2, 5] {
            let round = tens.checked_mul(Decimal::from(digit))?;
            if round >= LEAST && near(round, price) && near(round, quantity) {
                return Some(round);
            }
        }
        tens = tens.checked_mul(Decimal::TEN)?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(text: &str) -> Figures {
        let (quantity, price) = text.split_once('×').unwrap();
        let (quantity, price): (Decimal, Decimal) =
            (quantity.parse().unwrap(), price.parse().unwrap());
        Figures { quantity: Some(quantity), price: Some(price), amount: quantity * price }
    }

    fn told(left: &str, right: &str) -> Option<(String, Side)> {
        let habit = of_line(figures(left), figures(right));
        habit.map(|habit| (habit.factor.to_string(), habit.larger))
    }

    #[test]
    fn one_line_tells_what_a_pack_holds() {
        let boxes = |factor: &str| Some((factor.to_owned(), Side::Left));
        assert_eq!(told("35×3500", "34837×3.5"), boxes("1000"), "short by 163");
        assert_eq!(told("20×310", "10000×0.6"), boxes("500"), "and another price");
        assert_eq!(told("30×18950", "14808×38.06"), boxes("500"), "both, next to 500");
        assert_eq!(told("9000×620", "9000×0.62"), boxes("1000"), "packs for pieces");
        assert_eq!(told("10000×0.6", "20×310"), Some(("500".to_owned(), Side::Right)));
    }

    #[test]
    fn other_lines_tell_nothing() {
        assert_eq!(told("100×20", "37×50"), None, "metres and kilograms");
        assert_eq!(told("10×4", "10×2"), None, "twice the price is a price");
        assert_eq!(told("20×260", "8000×0.52"), None, "400 or 500");
        assert_eq!(told("100×2", "98×2.1"), None);
        assert_eq!(told("7×33", "1000×0.29"), None, "neither is a whole number");
    }

    #[test]
    fn quantities_a_pack_apart_at_one_price() {
        let told = |left, right| of_equal_prices(figures(left), figures(right));
        let habit = |factor: i64, larger| Some(PackHabit { factor: factor.into(), larger });
        assert_eq!(told("9×0.62", "9000×0.62"), habit(1000, Side::Left));
        assert_eq!(told("9000×0.62", "18×0.62"), habit(500, Side::Right));
        assert_eq!(told("95×0.62", "100×0.62"), None);
    }
}
