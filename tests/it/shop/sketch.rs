//! The orders of a month before anybody writes about them.

use rust_decimal::Decimal;

use super::Recipe;
use super::register::Written;
use crate::months::random::Random;
use crate::shop::Numbers;

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Paid,
    /// Some of the money went back.
    Refunded,
    Unpaid,
    Closed,
}

/// An order as the platform has it.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub(super) id: u64,
    pub(super) buyer: String,
    /// The platform hides the buyer behind stars.
    pub(super) masked: bool,
    pub(super) goods: Decimal,
    pub(super) postage: Decimal,
    pub(super) discount: Decimal,
    pub(super) fate: Fate,
    /// Day of the month.
    pub(super) day: i64,
    /// Rows of the export: items of the order.
    pub(super) items: usize,
    /// What the register says of it.
    pub(super) written: Written,
}

impl Order {
    /// What the buyer paid or was to pay.
    pub(super) fn paid(&self) -> Decimal {
        self.goods + self.postage - self.discount
    }
}

/// A month.
#[derive(Debug)]
pub(super) struct Sketch {
    pub(super) recipe: Recipe,
    pub(super) orders: Vec<Order>,
    pub(super) random: Random,
}

impl Sketch {
    pub(super) fn new(recipe: Recipe) -> Self {
        let mut random = Random::new(recipe.seed);
        let mut id = 2_183_000_000_000_000_000 + random.bits() % 1_000_000_000_000;
        let masks = random.chance(25);
        let by_item = random.chance(50);
        let orders = (0..recipe.orders)
            .map(|_| {
                id += match recipe.numbers {
                    Numbers::Sparse => 20_000 + random.bits() % 700_000_000,
                    Numbers::Dense => 1 + random.bits() % 9_000,
                };
                Order {
                    id,
                    buyer: buyer(recipe.orders, &mut random),
                    masked: masks && random.chance(30),
                    goods: Decimal::new(random.between(5, 400) * 100 - 10, 2),
                    postage: Decimal::from(*random.pick(&[0, 0, 0, 6, 8, 12])),
                    discount: Decimal::from(*random.pick(&[0, 0, 0, 3, 5])),
                    fate: Fate::Paid,
                    day: random.between(2, 30),
                    items: if by_item && random.chance(20) { 2 } else { 1 },
                    written: Written::Once,
                }
            })
            .collect();
        Self { recipe, orders, random }
    }
}

const WORDS: [&str; 12] = [
    "阳光", "小鹿", "tb", "Happy", "棉花", "Lily", "海边", "果果", "jason", "布衣", "Miss", "云朵",
];

/// A buyer's id; some buy several times a month.
fn buyer(orders: usize, random: &mut Random) -> String {
    let number = random.below(orders * 3);
    format!("{}{}_{number}", WORDS[number % 12], WORDS[number / 12 % 12])
}
