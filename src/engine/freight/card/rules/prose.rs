//! Prices in words: `江浙沪：首重1kg 3.2元，续重1元/kg`, `广东 每公斤2元`,
//! `全国：小箱8元，中箱12元`.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::super::tariff::Zone;
use super::super::super::tariff::scale::{Price, Scale};
use super::{WORDS, behind, has, number_before, numbers_in};
use crate::places::{Region, heads_places};
use crate::text::{cartons_in, fold, weights_in};

/// What a price is in, for one kilogram.
const PER_KG: [&str; 4] = ["/kg", "/公斤", "perkg", "每公斤"];

/// Reads the zones that a text gives prices of, a line or a part of one each.
pub(in crate::engine::freight::card) fn zones(text: &str) -> Vec<Zone> {
    let mut found: Vec<(String, String)> = Vec::new();
    for part in text.split(['\n', '\r', '；', ';', '。']) {
        match (placed(part), found.last_mut()) {
            (Some((places, prices)), _) => found.push((places.to_owned(), prices.to_owned())),
            (None, Some((_, prices))) => prices.extend([";", part]),
            (None, None) => {}
        }
    }
    found.iter().filter_map(|(places, prices)| zone(places, &fold(prices))).collect()
}

/// Splits a text into the places that it begins with, and what it says of
/// them.
fn placed(text: &str) -> Option<(&str, &str)> {
    /// Longer texts are terms, and nobody's prices.
    const LONGEST: usize = 400;
    if text.len() > LONGEST {
        return None;
    }
    let ends = |(at, c): (usize, char)| {
        let is_mark = matches!(c, ':' | '：' | ' ' | '\t' | '　');
        (is_mark || WORDS.first.iter().any(|word| fold(&text[at..]).starts_with(word.as_str())))
            .then_some((at, if is_mark { at + c.len_utf8() } else { at }))
    };
    let mut ends = text.trim_end().char_indices().filter_map(ends);
    ends.find_map(|(end, from)| {
        let places = text[..end].trim_matches(|c: char| !c.is_alphanumeric());
        heads_places(places).then(|| (places, &text[from..]))
    })
}

fn zone(places: &str, prices: &str) -> Option<Zone> {
    let sizes = sizes(prices);
    let scale = if sizes.is_empty() { scale(prices)? } else { Scale::default() };
    Some(Zone {
        name: Arc::from(places),
        regions: Region::list(places),
        scale,
        sizes,
        minimum: None,
        per_cubic: None,
        at: None,
    })
}

/// Reads a first and a continued weight, or a price by the kilogram.
fn scale(prices: &str) -> Option<Scale> {
    let words = &*WORDS;
    let Some(first) = behind(prices, &words.first) else {
        let per_kg = PER_KG.iter().any(|word| prices.contains(word));
        let per_kg = price_in(prices).filter(|_| per_kg)?;
        let none = Decimal::ZERO;
        let price = Price::Continuous { first_weight: none, first_price: none, per_kg };
        return Some(Scale::of(price));
    };
    let step = behind(&prices[first..], &words.step).map(|at| first + at);
    let begins = prices[..step.unwrap_or(prices.len())].len();
    let first_price = price_in(&prices[first..begins])?;
    let weight = |text: &str| weights_in(text).first().map(|(weight, _)| *weight);
    let first_weight = weight(&prices[first..begins]).unwrap_or(Decimal::ONE);
    let Some((step_price, rest)) = step.and_then(|at| {
        let rest = &prices[at..];
        Some((price_in(rest)?, rest))
    }) else {
        return Some(Scale::of(Price::Fixed(first_price)));
    };
    let step = weight(rest).unwrap_or(Decimal::ONE);
    Some(Scale::stepped(first_weight, first_price, step, step_price))
}

/// Reads what cartons of each size cost: `小箱8元，中箱12元`.
fn sizes(prices: &str) -> Vec<(Arc<str>, Decimal)> {
    let parts = prices.split(['、', ',', ';', '/', '元']).map(str::trim);
    let sized = parts.filter(|part| has(part, &WORDS.carton)).flat_map(cartons_in);
    sized.filter_map(|of| Some((of.size, of.count?))).collect()
}

/// Returns the price in a part of a sentence: the number before 元, else the
/// one that is no weight.
fn price_in(text: &str) -> Option<Decimal> {
    let weights: Vec<Decimal> = weights_in(text).into_iter().map(|(weight, _)| weight).collect();
    let mut numbers = numbers_in(text).into_iter();
    number_before(text, "元").or_else(|| numbers.find(|number| !weights.contains(number)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn priced(text: &str, weight: &str) -> Vec<Decimal> {
        let price = |zone: &Zone| {
            let weighed = zone.scale.price(d(weight), Decimal::ONE).unwrap();
            weighed.first + weighed.continued
        };
        zones(text).iter().map(price).collect()
    }

    #[test]
    fn first_and_continued_weights_in_words() {
        for text in [
            "江浙沪皖：首重1kg 3.2元，续重1元/kg",
            "江浙沪皖:首重3.2元/1kg；续重1元/kg",
            "江浙沪首重3.2元，续重1元",
            "江苏、浙江 首重1公斤3.2元，续重每公斤1元",
        ] {
            assert_eq!(priced(text, "2.3"), [d("5.2")], "{text}");
        }
        assert_eq!(priced("广东：首重1kg 8元，续重每0.5kg 1.5元", "2"), [d("11.0")]);
        assert_eq!(
            priced("江浙沪：首重3元，续重1元\n其他：首重5元，续重4元", "2"),
            [d("4"), d("9")]
        );
        assert_eq!(priced("上海 每公斤0.8元", "100"), [d("80.0")]);
        assert!(zones("不足1kg按1kg计；体积重÷8000").is_empty());
        assert!(zones("联系电话：0571-88888888").is_empty());
    }

    #[test]
    fn cartons_of_each_size_in_words() {
        let zones = zones("广州：小箱8元，中箱12元，大箱18.5元");
        let [zone] = &zones[..] else { panic!("{zones:?}") };
        let sizes: Vec<(&str, Decimal)> =
            zone.sizes.iter().map(|(size, price)| (&**size, *price)).collect();
        assert_eq!(sizes, [("small", d("8")), ("medium", d("12")), ("large", d("18.5"))]);
    }
}
