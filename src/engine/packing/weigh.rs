//! What a carton weighs: exact in grams inside, rounded for one carton as
//! lists print it.

use rust_decimal::Decimal;

use super::carton::{WEIGHT_DECIMALS, Weights, rounded};

/// Pieces in a carton and what one of them weighs, in grams.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    pub(super) pieces: Decimal,
    pub(super) grams: Option<Decimal>,
    pub(super) bag_grams: Option<Decimal>,
}

/// Weighs a carton; a weight for which a fact is missing is not invented.
pub(super) fn weigh(contents: &[Weighed], tare: Option<Decimal>) -> Weights {
    let sum = |each: fn(&Weighed) -> Option<Decimal>| {
        contents.iter().try_fold(Decimal::ZERO, |sum, one| {
            sum.checked_add(one.pieces.checked_mul(each(one)?)?)
        })
    };
    let kilograms = |grams: Decimal| grams.checked_div(Decimal::ONE_THOUSAND);
    let goods = sum(|one| one.grams).and_then(kilograms);
    let with_bags =
        sum(|one| one.grams?.checked_add(one.bag_grams.unwrap_or_default())).and_then(kilograms);
    let gross = with_bags.zip(tare).and_then(|(net, tare)| net.checked_add(tare));
    let print = |weight: Option<Decimal>| {
        let mut printed = rounded(weight?, WEIGHT_DECIMALS);
        printed.rescale(WEIGHT_DECIMALS);
        Some(printed)
    };
    Weights { net_net: print(goods), net: print(with_bags), gross: print(gross) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_those_of_one_carton_rounded_once() {
        let jeans =
            Weighed { pieces: 24.into(), grams: Some(455.into()), bag_grams: Some(12.into()) };
        let weights = weigh(&[jeans], Some(Decimal::new(115, 2)));
        let shown = |weight: Option<Decimal>| weight.map(|weight| weight.to_string());
        assert_eq!(shown(weights.net_net).as_deref(), Some("10.92"));
        assert_eq!(shown(weights.net).as_deref(), Some("11.21"), "11.208");
        assert_eq!(shown(weights.gross).as_deref(), Some("12.36"), "11.208 + 1.15 = 12.358");
        let unknown = Weighed { grams: None, ..jeans };
        assert_eq!(weigh(&[jeans, unknown], Some(Decimal::ONE)).gross, None);
    }
}
