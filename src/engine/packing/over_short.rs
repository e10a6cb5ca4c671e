//! Ordered against packed: by order, colour and size, with the window within
//! which the whole order may be over or short.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::carton::rounded;
use super::tolerance::Tolerance;
use crate::location::Location;

/// Pieces of one size, ordered or packed. Keys tell what is the same; names
/// are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pieces {
    /// The order, by its place among the orders.
    pub order: usize,
    /// Style and colour, by key.
    pub colour_key: (String, String),
    /// Size, by key.
    pub size_key: String,
    /// The style.
    pub style: Option<Arc<str>>,
    /// The colour.
    pub colour: Option<Arc<str>>,
    /// The size.
    pub size: Option<Arc<str>>,
    /// How many.
    pub pieces: Decimal,
    /// Where it says so.
    pub at: Option<Location>,
}

/// How an amount stands to its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Inside.
    Within,
    /// More than is allowed.
    Over,
    /// Less than is allowed.
    Short,
    /// A size that is ordered and not packed at all.
    Missing,
}

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The whole order.
    Order,
    /// One colour of a style.
    Colour,
    /// One size of a colour.
    Size,
}

/// Ordered against packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What it is about.
    pub level: Level,
    /// The order, by its place among the orders.
    pub order: usize,
    /// The style.
    pub style: Option<Arc<str>>,
    /// The colour.
    pub colour: Option<Arc<str>>,
    /// The size.
    pub size: Option<Arc<str>>,
    /// Ordered.
    pub ordered: Decimal,
    /// Packed.
    pub packed: Decimal,
    /// The fewest that may be shipped.
    pub minimum: Decimal,
    /// The most that may be shipped.
    pub maximum: Decimal,
    /// How it stands.
    pub verdict: Verdict,
    /// Where the order says so (or the list, if no order does).
    pub at: Option<Location>,
}

impl Row {
    fn new(level: Level, one: &Pieces) -> Self {
        let colour = level != Level::Order;
        Self {
            level,
            order: one.order,
            style: one.style.clone().filter(|_| colour),
            colour: one.colour.clone().filter(|_| colour),
            size: one.size.clone().filter(|_| level == Level::Size),
            ordered: Decimal::ZERO,
            packed: Decimal::ZERO,
            minimum: Decimal::ZERO,
            maximum: Decimal::ZERO,
            verdict: Verdict::Within,
            at: one.at.clone(),
        }
    }

    /// Returns packed less ordered.
    pub fn difference(&self) -> Decimal {
        self.packed - self.ordered
    }

    /// Returns the difference in per cent of what is ordered, to two
    /// decimals; `None` where nothing is.
    pub fn percent(&self) -> Option<Decimal> {
        let share = self.difference().checked_mul(Decimal::ONE_HUNDRED)?;
        let mut percent = rounded(share.checked_div(self.ordered)?, 2);
        percent.rescale(2);
        Some(percent)
    }

    fn judge(&mut self, tolerance: Tolerance) {
        (self.minimum, self.maximum) = tolerance.window(self.ordered);
        self.verdict =
            if self.level == Level::Size && self.packed.is_zero() && self.ordered > Decimal::ZERO {
                Verdict::Missing
            } else if self.packed > self.maximum {
                Verdict::Over
            } else if self.packed < self.minimum {
                Verdict::Short
            } else {
                Verdict::Within
            };
    }
}

/// Compares, order by order: its row, then each colour with its sizes, in the
/// sequence in which they are ordered.
pub fn compare(ordered: &[Pieces], packed: &[Pieces], tolerances: &[Tolerance]) -> Vec<Row> {
    let mut found = Vec::new();
    for (order, tolerance) in tolerances.iter().enumerate() {
        let of_order = |all: &'_ [Pieces]| -> Vec<Pieces> {
            all.iter().filter(|one| one.order == order).cloned().collect()
        };
        let (ordered, packed) = (of_order(ordered), of_order(packed));
        let mut rows = of_one(&ordered, &packed);
        rows.iter_mut().for_each(|row| row.judge(*tolerance));
        found.append(&mut rows);
    }
    found
}

type ColourKey = (String, String);

/// Compares one order.
fn of_one(ordered: &[Pieces], packed: &[Pieces]) -> Vec<Row> {
    let Some(first) = ordered.first().or(packed.first()) else { return Vec::new() };
    let mut whole = Row::new(Level::Order, first);
    let mut colours: Vec<(ColourKey, Row, Vec<Row>)> = Vec::new();
    let mut colour_at: FxHashMap<ColourKey, usize> = FxHashMap::default();
    let mut size_at: FxHashMap<(usize, String), usize> = FxHashMap::default();
    for (one, is_packed) in
        ordered.iter().map(|one| (one, false)).chain(packed.iter().map(|one| (one, true)))
    {
        let colour = *colour_at.entry(one.colour_key.clone()).or_insert_with(|| {
            colours.push((one.colour_key.clone(), Row::new(Level::Colour, one), Vec::new()));
            colours.len() - 1
        });
        let (_, colour_row, sizes) = &mut colours[colour];
        let size = *size_at.entry((colour, one.size_key.clone())).or_insert_with(|| {
            sizes.push(Row::new(Level::Size, one));
            sizes.len() - 1
        });
        for row in [&mut whole, colour_row, &mut sizes[size]] {
            let sum = if is_packed { &mut row.packed } else { &mut row.ordered };
            *sum = sum.checked_add(one.pieces).unwrap_or(*sum);
        }
    }
    let parts =
        colours.into_iter().flat_map(|(_, colour, sizes)| [colour].into_iter().chain(sizes));
    [whole].into_iter().chain(parts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(colour: &str, size: &str, pieces: i64) -> Pieces {
        Pieces {
            order: 0,
            colour_key: (String::new(), colour.to_owned()),
            size_key: size.to_owned(),
            style: None,
            colour: Some(colour.into()),
            size: Some(size.into()),
            pieces: pieces.into(),
            at: None,
        }
    }

    #[test]
    fn every_level_is_compared_and_what_is_missing_is_named() {
        let ordered = [pieces("a", "S", 100), pieces("a", "M", 200), pieces("b", "S", 50)];
        let packed = [pieces("a", "S", 110), pieces("b", "S", 50), pieces("b", "L", 3)];
        let tolerance = Tolerance { over: 5.into(), short: 5.into() };
        let rows = compare(&ordered, &packed, &[tolerance]);
        let shown: Vec<String> = rows
            .iter()
            .map(|row| {
                let name = |text: &Option<Arc<str>>| text.as_deref().unwrap_or("*").to_owned();
                format!("{}{} {:?}", name(&row.colour), name(&row.size), row.verdict)
            })
            .collect();
        assert_eq!(
            shown,
            ["** Short", "a* Short", "aS Over", "aM Missing", "b* Over", "bS Within", "bL Over"]
        );
        assert_eq!((rows[0].ordered, rows[0].packed), (350.into(), 163.into()));
        assert_eq!(rows[0].percent().map(|p| p.to_string()).as_deref(), Some("-53.43"));
        assert_eq!((rows[0].minimum, rows[0].maximum), (333.into(), 367.into()));
        assert_eq!(rows[6].percent(), None);
    }
}
