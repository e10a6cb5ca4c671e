//! Differences with known causes, and the law that causes sum up.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use CauseCode::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// `quantity × price = amount`; `_` where the paper does not say.
fn figures(text: &str) -> Figures {
    let (product, amount) = text.split_once('=').unwrap();
    let (quantity, price) = product.split_once('×').unwrap();
    let optional = |text: &str| (text.trim() != "_").then(|| d(text.trim()));
    Figures { quantity: optional(quantity), price: optional(price), amount: d(amount.trim()) }
}

fn rates() -> Vec<Decimal> {
    ["0.13", "0.09", "0.06", "0.03", "0.01"].map(d).to_vec()
}

fn terms(rates: &[Decimal]) -> Terms<'_> {
    Terms {
        tax: None,
        pack: None,
        same_unit: None,
        rates,
        supported: &[],
        lines: 2,
        tolerance: Decimal::ZERO,
    }
}

fn explained(left: &str, right: &str, change: impl FnOnce(&mut Terms<'_>)) -> Explained {
    let rates = rates();
    let mut terms = terms(&rates);
    change(&mut terms);
    let explained = pair(figures(left), figures(right), &terms);
    let sum: Decimal = explained.causes.iter().map(|cause| cause.amount).sum();
    assert_eq!(sum, figures(left).amount - figures(right).amount, "{left} and {right}");
    explained
}

fn causes(left: &str, right: &str) -> Vec<(CauseCode, Decimal)> {
    pairs(explained(left, right, |_| ()))
}

fn pairs(explained: Explained) -> Vec<(CauseCode, Decimal)> {
    explained.causes.iter().map(|cause| (cause.code, cause.amount)).collect()
}

const TAX_13: TaxHabit =
    TaxHabit { rate: Decimal::from_parts(13, 0, 0, false, 2), inclusive: Side::Left };

#[test]
fn quantity_at_our_price_and_price_at_their_quantity() {
    assert_eq!(causes("1000×3.25=3250", "980×3.20=3136"), [(Quantity, d("64")), (Price, d("50"))]);
    assert_eq!(causes("1000×18.9=18900", "980×18.9=18522"), [(Quantity, d("378"))]);
    assert_eq!(causes("860×5.40=4644", "860×5.35=4601"), [(Price, d("43"))]);
    assert_eq!(
        causes("650×19.2=12480", "630×18.9=11907"),
        [(Quantity, d("378")), (Price, d("195"))]
    );
}

#[test]
fn a_missing_figure_is_found_from_the_amount() {
    assert_eq!(causes("_×5.40=4644", "860×5.35=4601"), [(Price, d("43"))]);
    assert_eq!(causes("1000×_=18900", "980×18.9=18522"), [(Quantity, d("378"))]);
    assert_eq!(causes("_×_=120.5", "10×12=120"), [(Unexplained, d("0.5"))]);
}

#[test]
fn slips_take_the_place_of_what_they_explain() {
    assert_eq!(causes("1300×8.50=11050", "1300×0.85=1105"), [(DecimalShift, d("9945"))]);
    assert_eq!(causes("126×4.20=529.2", "162×4.2=680.4"), [(TransposedDigits, d("-151.2"))]);
    assert_eq!(causes("_×_=21", "_×_=12"), [(TransposedDigits, d("9"))]);
    assert_eq!(causes("_×_=11", "_×_=1.10"), [(DecimalShift, d("9.9"))]);
    assert_eq!(
        causes("100×8.5=850", "90×0.85=76.5"),
        [(Quantity, d("8.5")), (DecimalShift, d("765"))]
    );
}

#[test]
fn a_return_printed_as_goods_is_twice_itself() {
    assert_eq!(causes("300×0.62=186", "-300×0.62=-186"), [(Sign, d("372"))]);
    assert_eq!(causes("300×0.62=186", "300×0.62=-186"), [(Sign, d("372"))]);
    let short = causes("310×0.62=192.2", "-300×0.62=-186");
    assert_eq!(short, [(Quantity, d("-6.2")), (Sign, d("384.4"))]);
}

#[test]
fn their_own_arithmetic() {
    assert_eq!(causes("176×4.20=802.2", "176×4.2=739.2"), [(Arithmetic, d("63"))]);
    assert_eq!(causes("176×4.20=739.2", "176×4.2=802.2"), [(Arithmetic, d("-63"))]);
    assert_eq!(causes("10×5=500", "10×5=50"), [(DecimalShift, d("450"))]);
}

#[test]
fn cents_that_a_paper_drops() {
    let dropped = explained("176×4.23=744", "176×4.23=744.48", |_| ());
    assert!(!dropped.agrees);
    assert_eq!(pairs(dropped), [(Rounding, d("-0.48"))]);
    assert_eq!(causes("176×4.23=743", "176×4.23=744.48"), [(Arithmetic, d("-1.48"))]);
}

#[test]
fn rounding_is_no_difference() {
    let cut = explained("382.2×46.835=17900.33", "382.2×46.835=17900.34", |_| ());
    assert!(cut.agrees);
    assert_eq!(pairs(cut), [(Rounding, d("-0.01"))]);
    let short = explained("382.2×46.84=17900.33", "382.2×46.835=17900.34", |_| ());
    assert!(short.agrees, "a price printed with two decimals is not another price");
    let dearer = explained("1×5.51=5.51", "1×5.50=5.50", |_| ());
    assert!(!dearer.agrees);
    assert_eq!(pairs(dearer), [(Price, d("0.01"))]);
}

#[test]
fn a_paper_with_tax_agrees_once_the_tax_is_out() {
    let with_tax = |left, right| explained(left, right, |terms| terms.tax = Some(TAX_13));
    let agreeing = with_tax("6300×0.1356=854.28", "6300×0.12=756");
    assert!(agreeing.agrees);
    assert_eq!(pairs(agreeing), [(Tax, d("98.28"))]);
    let dearer = with_tax("2200×0.1356=298.32", "2200×0.11=242");
    assert!(!dearer.agrees);
    assert_eq!(pairs(dearer), [(Price, d("22")), (Tax, d("34.32"))]);
    let short = with_tax("2900×0.1695=491.55", "2600×0.15=390");
    assert_eq!(pairs(short), [(Quantity, d("45")), (Tax, d("56.55"))]);
    let other_rate = with_tax("100×10.9=1090", "100×10=1000");
    assert_eq!((other_rate.agrees, pairs(other_rate)), (true, vec![(Tax, d("90"))]));
    let mirrored = explained("6300×0.12=756", "6300×0.1356=854.28", |terms| {
        terms.tax = Some(TaxHabit { inclusive: Side::Right, ..TAX_13 });
    });
    assert!(mirrored.agrees);
    assert_eq!(pairs(mirrored), [(Tax, d("-98.28"))]);
}

#[test]
fn tax_on_one_line_needs_more_than_a_round_percentage() {
    assert_eq!(causes("100×11.3=1130", "100×10=1000"), [(Tax, d("130"))]);
    assert_eq!(causes("_×_=1130", "_×_=1000"), [(Tax, d("130"))]);
    assert_eq!(causes("_×_=551.05", "_×_=535"), [(Tax, d("16.05"))]);
    assert_eq!(causes("_×_=50.5", "_×_=50"), [(Unexplained, d("0.5"))]);
    assert_eq!(causes("100×5.15=515", "100×5=500"), [(Price, d("15"))]);
    assert_eq!(causes("100×5.5105=551.05", "100×5.35=535"), [(Tax, d("16.05"))]);
    static SUPPORTED: [Decimal; 1] = [Decimal::from_parts(3, 0, 0, false, 2)];
    let three = explained("100×5.15=515", "100×5=500", |terms| terms.supported = &SUPPORTED);
    assert_eq!(pairs(three), [(Tax, d("15"))]);
    assert_eq!(causes("100×10=1130", "100×10=1000"), [(Tax, d("130"))]);
    assert_eq!(
        causes("100×11.3=1130", "90×10=900"),
        [(Quantity, d("100")), (Tax, d("130"))],
        "tax is taken first, on their quantity"
    );
}

#[test]
fn boxes_are_counted_in_pieces_first() {
    let pack = PackHabit { factor: d("500"), larger: Side::Left };
    let boxes = |left, right| explained(left, right, |terms| terms.pack = Some(pack));
    let agreeing = boxes("10×26=260", "5000×0.052=260");
    assert!(agreeing.agrees);
    assert_eq!(pairs(agreeing), [(Unit, d("0"))]);
    let short = boxes("12×26=312", "5750×0.052=299");
    assert!(!short.agrees);
    assert_eq!(pairs(short), [(Quantity, d("13"))]);
    let wrong = boxes("10×0.052=0.52", "5000×0.052=260");
    assert_eq!(pairs(wrong), [(Unit, d("-259.48"))]);
    let dozen = PackHabit { factor: d("12"), larger: Side::Right };
    let other = explained("1234×0.5=617", "100×6=600", |terms| terms.pack = Some(dozen));
    assert_eq!(pairs(other), [(Quantity, d("17"))]);
}

#[test]
fn a_group_is_explained_by_one_of_its_lines() {
    let rates = rates();
    let terms = Terms { lines: 4, ..terms(&rates) };
    let note = |left: &str, right: &[&str]| {
        let right: Vec<Figures> = right.iter().map(|text| figures(text)).collect();
        pairs(groups(&[figures(left)], &right, &terms).unwrap())
    };
    let lines = ["510×7.85=4003.5", "100×8.95=895", "140×6.9=966"];
    assert_eq!(note("770×_=6021.5", &lines), [(Quantity, d("157"))]);
    assert_eq!(note("750×_=5874.5", &lines), [(Price, d("10"))]);
    assert_eq!(note("750×_=5864.49", &lines), [(Rounding, d("-0.01"))]);
    assert_eq!(note("_×_=5900", &lines), [(Unexplained, d("35.5"))]);
    assert_eq!(note("1000×2=2000", &["600×2=1200", "380×2=760"]), [(Quantity, d("40"))]);
}

fn any_figures() -> impl Strategy<Value = Figures> {
    let quantity = prop::option::of((-20_000_i64..20_000, 0_u32..3));
    let price = prop::option::of((0_i64..50_000, 0_u32..5));
    let amount = (-5_000_000_i64..5_000_000, prop::bool::ANY);
    (quantity, price, amount).prop_map(|(quantity, price, (amount, consistent))| {
        let decimal = |(number, scale)| Decimal::new(number, scale);
        let (quantity, price) = (quantity.map(decimal), price.map(decimal));
        let product = quantity.zip(price).map(|(q, p)| money::cents(q * p));
        let amount = product.filter(|_| consistent).unwrap_or(Decimal::new(amount, 2));
        Figures { quantity, price, amount }
    })
}

proptest! {
    #[test]
    fn causes_always_sum_to_the_difference(
        left in any_figures(),
        right in any_figures(),
        with_tax in prop::bool::ANY,
        factor in prop::option::of(2_i64..2000),
    ) {
        let rates = rates();
        let pack = factor.map(|f| PackHabit { factor: f.into(), larger: Side::Left });
        let terms = Terms { tax: with_tax.then_some(TAX_13), pack, ..terms(&rates) };
        let explained = pair(left, right, &terms);
        let sum: Decimal = explained.causes.iter().map(|cause| cause.amount).sum();
        prop_assert_eq!(sum, left.amount - right.amount);
    }

    #[test]
    fn huge_figures_never_panic(mantissa in any::<i64>(), scale in 0_u32..20) {
        let huge = Decimal::MAX / Decimal::from(3);
        let left = Figures { quantity: Some(huge), price: Some(Decimal::new(mantissa, scale)), amount: huge };
        let right = Figures { quantity: Some(-huge), price: Some(huge), amount: Decimal::ONE };
        let rates = rates();
        let _ = pair(left, right, &terms(&rates));
    }
}
