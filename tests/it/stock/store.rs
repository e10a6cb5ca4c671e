//! A month of an invented warehouse, drawn at random, with what its books
//! come to worked out the plain way: a loop over all movements.

use std::collections::BTreeMap;

use crate::months::random::Random;

/// An item of the warehouse.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) unit: &'static str,
    pub(crate) warehouse: &'static str,
    /// In hundredths, like all quantities here.
    pub(crate) opening: i64,
}

/// What a movement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Purchase,
    Issue,
    FromProduction,
    ToSupplier,
    Gain,
    Loss,
}

impl Kind {
    pub(crate) fn adds(self) -> bool {
        matches!(self, Kind::Purchase | Kind::FromProduction | Kind::Gain)
    }

    pub(crate) fn adjusts(self) -> bool {
        matches!(self, Kind::Gain | Kind::Loss)
    }
}

/// One movement.
#[derive(Debug, Clone)]
pub(crate) struct Move {
    pub(crate) day: u32,
    pub(crate) number: String,
    pub(crate) kind: Kind,
    pub(crate) item: usize,
    /// Always positive.
    pub(crate) quantity: i64,
}

/// The month.
#[derive(Debug, Clone)]
pub(crate) struct Store {
    pub(crate) items: Vec<Item>,
    pub(crate) moves: Vec<Move>,
}

/// What an item's books come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub(crate) received: i64,
    pub(crate) issued: i64,
    pub(crate) adjusted: i64,
    pub(crate) closing: i64,
}

const NAMES: [&str; 8] =
    ["尼龙拉链", "四眼扣", "口袋布", "缝纫线", "吊牌", "纸箱", "松紧带", "无纺衬"];
const UNITS: [&str; 3] = ["米", "个", "条"];
const WAREHOUSES: [&str; 3] = ["面料仓", "辅料仓", "包材仓"];

impl Store {
    /// Draws a month: no stock falls below nought.
    pub(crate) fn draw(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let count = 6 + random.below(20);
        let items: Vec<Item> = (0..count)
            .map(|at| {
                let code = if at % 5 == 4 {
                    format!("{:05}", 120 + at)
                } else {
                    format!("ZP-{}", 3001 + at)
                };
                Item {
                    code,
                    name: format!("{}{}", random.pick(&NAMES), at),
                    unit: UNITS[random.below(UNITS.len())],
                    warehouse: WAREHOUSES[at % 3],
                    opening: random.between(0, 900) * 100 + random.between(0, 1) * 50,
                }
            })
            .collect();
        let mut store = Self { items, moves: Vec::new() };
        let mut stock: Vec<i64> = store.items.iter().map(|item| item.opening).collect();
        let (mut inward, mut outward) = (0, 0);
        for day in 1..=31 {
            // In before out, as the day's work is posted.
            for _ in 0..random.below(5) {
                inward += 1;
                let kind = *random.pick(&[
                    Kind::Purchase,
                    Kind::Purchase,
                    Kind::FromProduction,
                    Kind::Gain,
                ]);
                let quantity = random.between(1, 400) * 100 + random.between(0, 3) * 25;
                store.push(
                    &mut stock,
                    day,
                    format!("RK2610{inward:04}"),
                    kind,
                    &mut random,
                    quantity,
                );
            }
            for _ in 0..random.below(6) {
                let item = random.below(stock.len());
                if stock[item] > 0 {
                    outward += 1;
                    let kind =
                        *random.pick(&[Kind::Issue, Kind::Issue, Kind::ToSupplier, Kind::Loss]);
                    let quantity = random.between(1, stock[item]);
                    stock[item] -= quantity;
                    let number = format!("CK2610{outward:04}");
                    store.moves.push(Move { day, number, kind, item, quantity });
                }
            }
        }
        store
    }

    fn push(
        &mut self,
        stock: &mut [i64],
        day: u32,
        number: String,
        kind: Kind,
        random: &mut Random,
        quantity: i64,
    ) {
        let item = random.below(stock.len());
        stock[item] += quantity;
        self.moves.push(Move { day, number, kind, item, quantity });
    }

    /// Works the month out, the plain way.
    pub(crate) fn sums(&self) -> Vec<Sums> {
        let mut sums: Vec<Sums> = self
            .items
            .iter()
            .map(|item| Sums { closing: item.opening, ..Sums::default() })
            .collect();
        for one in &self.moves {
            let sum = &mut sums[one.item];
            let effect = if one.kind.adds() { one.quantity } else { -one.quantity };
            sum.closing += effect;
            match (one.kind.adjusts(), one.kind.adds()) {
                (true, _) => sum.adjusted += effect,
                (false, true) => sum.received += one.quantity,
                (false, false) => sum.issued += one.quantity,
            }
        }
        sums
    }

    /// Returns the first movement that brings an item below nought, day by
    /// day with what comes in first, by item.
    pub(crate) fn falls(&self) -> BTreeMap<usize, usize> {
        let mut order: Vec<usize> = (0..self.moves.len()).collect();
        order.sort_by_key(|at| (self.moves[*at].day, !self.moves[*at].kind.adds(), *at));
        let mut stock: Vec<i64> = self.items.iter().map(|item| item.opening).collect();
        let mut falls = BTreeMap::new();
        for at in order {
            let one = &self.moves[at];
            let before = stock[one.item];
            stock[one.item] += if one.kind.adds() { one.quantity } else { -one.quantity };
            if before >= 0 && stock[one.item] < 0 {
                falls.entry(one.item).or_insert(at);
            }
        }
        falls
    }
}

/// Writes hundredths as people write a quantity.
pub(crate) fn shown(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}
