//! Who counts in larger units, and how many small ones those hold: from the
//! papers, from settings, or from a ratio that stays the same over several
//! lines of an item.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::seeds::{Seeds, Sign};
use crate::engine::matching::board::Board;
use crate::engine::matching::causes::PackHabit;
use crate::engine::matching::item::{Item, ItemKey};
use crate::engine::matching::names::{Id, Names};
use crate::engine::matching::outcome::{FileVerdict, Habit};
use crate::engine::matching::paper::Fact;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::spec::Spec;
use crate::engine::measure::{Fit, fit};
use crate::location::{Location, SheetId};

/// Lines of an item that must show a ratio before it is believed.
const LINES: usize = 3;

/// More pairs of units are texts of something else.
const MOST_PAIRS: usize = 10_000;

/// More digits behind the point than these have been rounded.
const LONGEST_FACTOR: u32 = 10;

/// A left sheet, the party it speaks of there, and who counts in packs.
type PaperKey = (Id, Arc<SheetId>, Side);

/// What is known of packs.
#[derive(Debug, Default)]
pub(super) struct Packs {
    /// From settings: by party (or all) and item.
    given: FxHashMap<(Option<Id>, ItemKey), Decimal>,
    /// By what units are (吨 and 公斤): the left one and the right one.
    measured: FxHashMap<(Id, Id), PackHabit>,
    /// From the lines: by party and item of each side.
    learnt: Both<FxHashMap<(Id, ItemKey), PackHabit>>,
}

impl Packs {
    /// Learns from clear pairs whose amounts agree and quantities do not.
    pub(super) fn learn(
        board: &mut Board<'_>,
        seeds: &Seeds,
        spec: &Spec,
        verdicts: &mut Vec<FileVerdict>,
    ) -> Self {
        let measured = measures(board);
        let mut packs = Self { given: given(spec, &mut board.names), measured, ..Self::default() };
        let pairs: Vec<(usize, usize)> = seeds
            .pairs
            .iter()
            .filter(|seed| seed.sign == Sign::Amount)
            .map(|seed| (seed.left, seed.right))
            .collect();
        packs.learn_from(board, &pairs);
        let mut papers: FxHashMap<PaperKey, Vec<(Location, Location)>> = FxHashMap::default();
        let mut lines: FxHashMap<(Id, Arc<SheetId>), usize> = FxHashMap::default();
        for (left_at, right_at) in pairs {
            let (left, right) =
                (board.fact(Side::Left, left_at), board.fact(Side::Right, right_at));
            let (a, b) = (board.papers.left.entry(left_at), board.papers.right.entry(right_at));
            let paper = (left.party, Arc::clone(&a.at.sheet));
            *lines.entry(paper.clone()).or_default() += 1;
            let Some(habit) = ratio(left, right) else { continue };
            papers
                .entry((paper.0, paper.1, habit.larger))
                .or_default()
                .push((a.at.clone(), b.at.clone()));
        }
        add_verdicts(board, papers, &lines, verdicts);
        packs
    }

    /// Learns from pairs of equal amounts, which items one side counts in packs
    /// of one size; what is known stays.
    pub(super) fn learn_from(&mut self, board: &Board<'_>, pairs: &[(usize, usize)]) {
        let mut ratios: Both<FxHashMap<(Id, ItemKey), Vec<PackHabit>>> = Both::default();
        for &(left, right) in pairs {
            let (left, right) = (board.fact(Side::Left, left), board.fact(Side::Right, right));
            let Some(habit) = ratio(left, right) else { continue };
            for (side, fact) in [(Side::Left, left), (Side::Right, right)] {
                let Some(item) = fact.item else { continue };
                ratios.of_mut(side).entry((fact.party, item.key())).or_default().push(habit);
            }
        }
        for side in Side::BOTH {
            for (&key, habits) in ratios.of(side) {
                let holds = habits.len() >= LINES && habits.iter().all(|&habit| habit == habits[0]);
                if holds {
                    self.learnt.of_mut(side).entry(key).or_insert(habits[0]);
                }
            }
        }
    }

    /// Returns the packs in which one of two entries counts.
    pub(super) fn between(
        &self,
        board: &Board<'_>,
        left: usize,
        right: usize,
    ) -> Option<PackHabit> {
        let (a, b) = (board.papers.left.entry(left), board.papers.right.entry(right));
        let (left, right) = (board.fact(Side::Left, left), board.fact(Side::Right, right));
        if left.unit.is_some() && left.unit == right.unit {
            return None;
        }
        if let Some(habit) = named(left, right) {
            return Some(habit);
        }
        let learnt = |side: Side, fact: &Fact| {
            let key = (fact.party, fact.item?.key());
            self.learnt.of(side).get(&key).copied()
        };
        if let Some(habit) = learnt(Side::Left, left).or_else(|| learnt(Side::Right, right)) {
            return Some(habit);
        }
        let units = left.unit.zip(right.unit);
        if let Some(habit) = units.and_then(|units| self.measured.get(&units)) {
            return Some(*habit);
        }
        let given = || self.given(left).or_else(|| self.given(right));
        let factor = a.pack_factor.or(b.pack_factor).or_else(given)?;
        let larger = larger(left, right)?;
        (factor > Decimal::ONE).then_some(PackHabit { factor, larger })
    }

    fn given(&self, fact: &Fact) -> Option<Decimal> {
        let Item { code, words } = fact.item?;
        let keys = [code.map(ItemKey::Code), words.map(ItemKey::Words)];
        keys.into_iter().flatten().find_map(|key| {
            let party = self.given.get(&(Some(fact.party), key));
            party.or_else(|| self.given.get(&(None, key))).copied()
        })
    }
}

/// The pack that the units themselves name: a dozen against pieces.
fn named(left: &Fact, right: &Fact) -> Option<PackHabit> {
    let (one, other) = left.pieces.zip(right.pieces)?;
    let (factor, larger) = match one > other {
        true => (one.checked_div(other)?, Side::Left),
        false => (other.checked_div(one)?, Side::Right),
    };
    (factor > Decimal::ONE).then_some(PackHabit { factor, larger })
}

/// Finds the units of both sides that convert into one another.
fn measures(board: &Board<'_>) -> FxHashMap<(Id, Id), PackHabit> {
    let units = |side: Side| {
        let mut units: FxHashMap<Id, &str> = FxHashMap::default();
        for (at, fact) in board.facts(side).iter().enumerate() {
            if let (Some(unit), Some(text)) = (fact.unit, &board.papers.of(side).entry(at).unit) {
                units.insert(unit, text);
            }
        }
        units
    };
    let (left, right) = (units(Side::Left), units(Side::Right));
    if left.len().saturating_mul(right.len()) > MOST_PAIRS {
        return FxHashMap::default();
    }
    let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
    let habits = pairs
        .filter_map(|((&one, left), (&other, right))| Some(((one, other), measured(left, right)?)));
    habits.collect()
}

/// How the units of two lines convert by what they are (吨 and 公斤, 打 and 个):
/// by the way that needs no rounding.
fn measured(left: &str, right: &str) -> Option<PackHabit> {
    let exact = |from: &str, to: &str| match fit(from, to) {
        Fit::Converts(factor) if factor.scale() <= LONGEST_FACTOR => Some(factor),
        _ => None,
    };
    let of_left = exact(left, right).map(|factor| PackHabit { factor, larger: Side::Left });
    let of_right = exact(right, left).map(|factor| PackHabit { factor, larger: Side::Right });
    match (of_left, of_right) {
        (Some(left), Some(right)) => Some(if left.factor > right.factor { left } else { right }),
        (left, right) => left.or(right),
    }
}

/// The side that counts in packs: the one with the higher price; without
/// prices, the one with the smaller quantity.
fn larger(left: &Fact, right: &Fact) -> Option<Side> {
    let (a, b) = match (left.figures.price, right.figures.price) {
        (Some(left), Some(right)) if left != right => (left, right),
        _ => (right.figures.quantity?.abs(), left.figures.quantity?.abs()),
    };
    match a.cmp(&b) {
        std::cmp::Ordering::Greater => Some(Side::Left),
        std::cmp::Ordering::Less => Some(Side::Right),
        std::cmp::Ordering::Equal => None,
    }
}

/// The whole number by which the quantities of a pair differ, if the prices do
/// so inversely.
fn ratio(left: &Fact, right: &Fact) -> Option<PackHabit> {
    let (a, b) = (left.figures.quantity?.abs(), right.figures.quantity?.abs());
    let larger = if a < b { Side::Left } else { Side::Right };
    let (few, many) = if a < b { (a, b) } else { (b, a) };
    let factor = many.checked_div(few)?;
    if factor <= Decimal::ONE || !factor.fract().is_zero() {
        return None;
    }
    if let (Some(left), Some(right)) = (left.figures.price, right.figures.price) {
        let (high, low) = if larger == Side::Left { (left, right) } else { (right, left) };
        let off = low.checked_mul(factor)?.checked_sub(high)?.abs();
        if off > high.abs() / Decimal::ONE_HUNDRED {
            return None;
        }
    }
    Some(PackHabit { factor: factor.normalize(), larger })
}

fn given(spec: &Spec, names: &mut Names) -> FxHashMap<(Option<Id>, ItemKey), Decimal> {
    let mut given = FxHashMap::default();
    for pack in &spec.packs {
        let party = pack.party.as_deref().map(|party| names.id(party));
        let item = Item::new(Some(&pack.item), Some(&pack.item), names);
        let Some(Item { code, words }) = item else { continue };
        let keys = [code.map(ItemKey::Code), words.map(ItemKey::Words)];
        for key in keys.into_iter().flatten() {
            given.insert((party, key), pack.factor);
        }
    }
    given
}

fn add_verdicts(
    board: &Board<'_>,
    papers: FxHashMap<PaperKey, Vec<(Location, Location)>>,
    lines: &FxHashMap<(Id, Arc<SheetId>), usize>,
    verdicts: &mut Vec<FileVerdict>,
) {
    let mut found: Vec<FileVerdict> = papers
        .into_iter()
        .filter_map(|((party, sheet, larger), mut places)| {
            let of = *lines.get(&(party, Arc::clone(&sheet)))?;
            let agreeing = places.len();
            places.sort_unstable();
            places.truncate(5);
            (agreeing >= LINES && agreeing * 5 >= of * 3).then(|| FileVerdict {
                party: Arc::from(board.names.text(party)),
                sheet,
                habit: Habit::Unit { larger },
                agreeing,
                of,
                examples: places,
            })
        })
        .collect();
    found.sort_by(|a, b| (&a.party, &a.sheet).cmp(&(&b.party, &b.sheet)));
    verdicts.append(&mut found);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_convert_by_the_way_that_needs_no_rounding() {
        let habit = |factor: Decimal, larger| Some(PackHabit { factor, larger });
        assert_eq!(measured("吨", "KG"), habit(Decimal::ONE_THOUSAND, Side::Left));
        assert_eq!(measured("个", "打"), habit(Decimal::from(12), Side::Right));
        assert_eq!(measured("码", "米"), habit(Decimal::new(9144, 4), Side::Left));
        assert_eq!(measured("米", "码"), habit(Decimal::new(9144, 4), Side::Right));
        assert_eq!(measured("条", "个"), None);
        assert_eq!(measured("米", "公斤"), None);
    }
}
