//! The worked examples, to the cent.

use super::*;
use crate::engine::freight::tariff::fees::FeeAmount;
use crate::engine::freight::tariff::scale::{Price, Tier};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn card(scale: Scale) -> RateCard {
    let zone = Zone {
        name: "1区".into(),
        regions: vec![Region::parse("浙江省").unwrap()],
        scale,
        sizes: Vec::new(),
        minimum: None,
        per_cubic: None,
        at: None,
    };
    RateCard { carrier: "中通".into(), zones: vec![zone], ..RateCard::default() }
}

fn priced(card: &RateCard, weight: &str, volume: Option<&str>) -> Priced {
    let place = Place::parse("浙江省杭州市");
    let parcel = Parcel {
        weight: d(weight),
        volume: volume.map(d),
        pieces: Decimal::ONE,
        cartons: &[],
        place: &place,
        average: None,
    };
    card.price(parcel).unwrap()
}

fn by_kilogram() -> RateCard {
    card(Scale::stepped(Decimal::ONE, d("3.50"), Decimal::ONE, d("1.50")))
}

#[test]
fn volume_counts_by_the_divisor_of_the_carrier() {
    for (divisor, weight) in [("6000", "14"), ("5000", "16.8"), ("8000", "10.5"), ("12000", "7")] {
        let card = RateCard { divisor: Some(d(divisor)), ..by_kilogram() };
        assert_eq!(card.volume_weight(Some(d("84000"))), Some(d(weight)), "{divisor}");
    }
    let card = RateCard { divisor: Some(d("6000")), ..by_kilogram() };
    assert_eq!(priced(&card, "12.5", Some("84000")).chargeable, d("14"));
    assert_eq!(by_kilogram().volume_weight(Some(d("84000"))), None);
}

#[test]
fn first_and_continued_by_the_kilogram() {
    assert_eq!(priced(&by_kilogram(), "2.3", None).net, d("6.50"));
    assert_eq!(priced(&by_kilogram(), "14.0", None).net, d("23.00"));
    assert_eq!(priced(&by_kilogram(), "0.2", None).net, d("3.50"));
    assert_eq!(priced(&by_kilogram(), "1", None).net, d("3.50"));
}

#[test]
fn half_kilograms_with_a_discount() {
    let card = RateCard {
        discount: Some(d("0.9")),
        ..card(Scale::stepped(Decimal::ONE, d("12"), d("0.5"), Decimal::ONE))
    };
    let priced = priced(&card, "14.0", None);
    assert_eq!((priced.steps, priced.list, priced.net), (d("26"), d("38.00"), d("34.20")));
    assert_eq!(d("40.00") - priced.list, d("2.00"), "billed 15 kg");
}

#[test]
fn steps_of_a_hundred_grams() {
    let card = card(Scale::stepped(Decimal::ONE, d("3.50"), d("0.1"), d("0.15")));
    let priced = priced(&card, "2.34", None);
    assert_eq!((priced.steps, priced.net), (d("14"), d("5.60")));
}

fn tiers() -> RateCard {
    let fixed = |over: &str, price: &str| Tier::above(d(over), Price::Fixed(d(price)));
    let stepped = |over: &str, including, first_price: &str, step_price: &str| Tier {
        over: d(over),
        including,
        up_to: None,
        price: Price::Stepped {
            first_weight: Decimal::ONE,
            first_price: d(first_price),
            step: Decimal::ONE,
            step_price: d(step_price),
        },
    };
    card(Scale::new(vec![
        fixed("0", "2.10"),
        fixed("0.5", "2.40"),
        fixed("1", "3.00"),
        fixed("2", "3.80"),
        stepped("3", false, "3.20", "1.20"),
        stepped("30", true, "2.80", "1.10"),
    ]))
}

#[test]
fn fixed_tiers_then_first_and_continued() {
    for (weight, price) in [
        ("0.5", "2.10"),
        ("0.51", "2.40"),
        ("1", "2.40"),
        ("1.01", "3.00"),
        ("2.9", "3.80"),
        ("3", "3.80"),
        ("3.2", "6.80"),
        ("29.9", "38.00"),
        ("30", "34.70"),
        ("30.1", "35.80"),
    ] {
        assert_eq!(priced(&tiers(), weight, None).net, d(price), "{weight} kg");
    }
}

#[test]
fn an_average_weight_contract_prices_all_alike() {
    let weights = ["0.42", "0.55", "0.38", "0.61", "0.47", "2.9"].map(d);
    let average = average_weight(&weights).unwrap();
    assert_eq!(average, d("0.888"));
    let contract =
        Average { parcels_up_to: Some(d("3")), agreed: None, step: d("0.1"), step_price: d("0") };
    let card = RateCard { average: Some(contract), ..tiers() };
    let place = Place::parse("杭州");
    let price = |card: &RateCard, weight: &str| {
        let parcel = Parcel {
            weight: d(weight),
            volume: None,
            pieces: Decimal::ONE,
            cartons: &[],
            place: &place,
            average: Some(average),
        };
        card.price(parcel).unwrap().net
    };
    assert_eq!(price(&card, "0.42"), d("2.40"));
    assert_eq!(price(&card, "2.9"), d("2.40"));
    assert_eq!(price(&card, "3.2"), d("6.80"), "too heavy for the contract");
    let dearer = Average { agreed: Some(d("0.5")), step_price: d("0.2"), ..contract };
    let card = RateCard { average: Some(dearer), ..tiers() };
    // 0.388 kg above 0.5 kg: four steps of 0.20 on the price of 0.5 kg.
    assert_eq!(price(&card, "0.42"), d("2.90"));
}

#[test]
fn fees_of_every_parcel_and_a_minimum_of_the_transfer() {
    let fee = |name: &str, amount: &str| Fee {
        name: name.into(),
        amount: FeeAmount::Fixed(d(amount)),
        always: true,
    };
    let transfer = Fee {
        name: "中转费".into(),
        amount: FeeAmount::PerKg { rate: d("0.8"), minimum: d("1.5") },
        always: true,
    };
    let scale = Scale::new(vec![Tier::above(Decimal::ZERO, Price::Fixed(Decimal::ZERO))]);
    let card = RateCard {
        fees: vec![fee("面单费", "1.2"), fee("操作费", "0.5"), fee("过磅费", "0.3"), transfer],
        rounding: Some(Rounding::Up(Decimal::ONE)),
        ..card(scale)
    };
    assert_eq!(priced(&card, "0.8", None).net, d("3.50"));
    assert_eq!(priced(&card, "2.2", None).net, d("4.40"));
}

#[test]
fn fixed_by_the_piece_and_by_weight() {
    let one = |price| card(Scale::new(vec![Tier::above(Decimal::ZERO, price)]));
    let place = Place::parse("浙江");
    let price = |card: &RateCard, weight: &str, pieces: i64| {
        let pieces = Decimal::from(pieces);
        let parcel = Parcel {
            weight: d(weight),
            volume: None,
            pieces,
            cartons: &[],
            place: &place,
            average: None,
        };
        card.price(parcel).unwrap().net
    };
    assert_eq!(price(&one(Price::Fixed(d("80"))), "412", 9), d("80"));
    assert_eq!(price(&one(Price::PerPiece(d("12"))), "412", 9), d("108"));
    let by_weight = Price::Continuous {
        first_weight: Decimal::ZERO,
        first_price: Decimal::ZERO,
        per_kg: d("0.62"),
    };
    assert_eq!(price(&one(by_weight), "412.5", 1), d("255.75"));
    let least = RateCard { minimum: Some(d("20")), ..one(by_weight) };
    assert_eq!(price(&least, "11", 1), d("20"));
}

#[test]
fn places_and_days_that_a_card_is_not_for() {
    let card = RateCard { valid_to: NaiveDate::from_ymd_opt(2026, 9, 30), ..by_kilogram() };
    assert!(!card.holds(NaiveDate::from_ymd_opt(2026, 10, 1)));
    assert!(card.holds(NaiveDate::from_ymd_opt(2026, 9, 30)) && card.holds(None));
    assert!(card.zone(&Place::parse("西藏")).is_none());
}
