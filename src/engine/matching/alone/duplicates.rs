//! Entries that stand on their own side twice: billed or booked again, or
//! settled already on an earlier paper.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Alone;
use crate::engine::entry::Entry;
use crate::engine::matching::item::{Item, ItemKey};
use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::Reason;
use crate::engine::matching::paper::{Fact, Paper};
use crate::engine::matching::passes::Run;
use crate::engine::matching::sides::Side;
use crate::location::Location;

/// Takes free entries that repeat another one off the board, so that no weaker
/// pass finds them a partner.
pub(in crate::engine::matching) fn set_aside(run: &mut Run<'_, '_>) {
    for side in Side::BOTH {
        let asked = Asked::of(run, side);
        let own = Rows::of_own(run, side, &asked);
        let settled = Rows::of_settled(run.settled.of(side), &asked);
        for at in run.board.free(side) {
            let fact = run.board.fact(side, at);
            let first = own.first_of(run, side, at).or_else(|| settled.settles(fact));
            let Some(first) = first else { continue };
            let reason = match side {
                Side::Left => Reason::DoubleBilled,
                Side::Right => Reason::DoubleBooked,
            };
            run.board.set_aside(side, at);
            run.alone.of_mut(side).insert(at, Alone::explained(reason, first));
        }
    }
}

/// Rows that say the same among which the first is looked for.
const MOST: usize = 64;

/// What two rows of one paper share if one repeats the other: the number, or
/// without numbers the day, and what is billed: the amount, or the quantity at
/// another price.
type RowKey = (Id, Result<Id, Option<i64>>, Option<ItemKey>, Result<Decimal, Decimal>);

/// A row that may be repeated.
#[derive(Debug, Clone)]
struct Row {
    at: usize,
    item: Option<Item>,
    place: Location,
}

/// What the free entries of a side ask for: most papers have few of them.
#[derive(Debug, Default)]
struct Asked {
    rows: FxHashSet<RowKey>,
    notes: FxHashSet<(Id, Id)>,
}

impl Asked {
    fn of(run: &Run<'_, '_>, side: Side) -> Self {
        let mut asked = Self::default();
        for at in run.board.free(side) {
            let fact = run.board.fact(side, at);
            asked.rows.extend(keys(fact));
            asked.notes.extend(fact.numbers.iter().map(|number| (fact.party, number.joined)));
        }
        asked
    }
}

/// Rows by what they say.
#[derive(Debug, Default)]
struct Rows {
    rows: FxHashMap<RowKey, Vec<Row>>,
    /// Notes: all of their places, and their sum.
    notes: FxHashMap<(Id, Id), (Vec<Location>, Option<Decimal>)>,
}

impl Rows {
    /// The placed rows of one side, and the free ones.
    fn of_own(run: &Run<'_, '_>, side: Side, asked: &Asked) -> Self {
        let mut rows = Self::default();
        for at in 0..run.board.facts(side).len() {
            let fact = run.board.fact(side, at);
            let entry = run.board.papers.of(side).entry(at);
            rows.add(at, fact, entry, asked, !run.board.is_free(side, at));
        }
        rows.sort();
        rows
    }

    /// The rows of an earlier, settled paper.
    fn of_settled(paper: &Paper<'_>, asked: &Asked) -> Self {
        let mut rows = Self::default();
        for (at, fact) in paper.facts.iter().enumerate() {
            rows.add(at, fact, paper.entry(at), asked, true);
        }
        rows.sort();
        rows
    }

    fn add(&mut self, at: usize, fact: &Fact, entry: &Entry, asked: &Asked, is_placed: bool) {
        for key in keys(fact).into_iter().filter(|key| asked.rows.contains(key)) {
            self.rows.entry(key).or_default().push(Row {
                at,
                item: fact.item,
                place: entry.at.clone(),
            });
        }
        let notes = fact.numbers.iter().map(|number| (fact.party, number.joined));
        for note in notes.filter(|note| is_placed && asked.notes.contains(note)) {
            let empty = || (Vec::new(), Some(Decimal::ZERO));
            let note = self.notes.entry(note).or_insert_with(empty);
            note.0.push(entry.at.clone());
            note.1 = note.1.and_then(|sum| sum.checked_add(fact.written.amount));
        }
    }

    fn sort(&mut self) {
        for (places, _) in self.notes.values_mut() {
            places.sort();
        }
    }

    /// Returns the place of the row that entry `at` of the same paper repeats.
    fn first_of(&self, run: &Run<'_, '_>, side: Side, at: usize) -> Option<Vec<Location>> {
        let fact = run.board.fact(side, at);
        for key in keys(fact) {
            let Some(rows) = self.rows.get(&key) else { continue };
            let repeats = |row: &&Row| {
                row.at != at
                    && !has_other_code(row, fact)
                    && (!run.board.is_free(side, row.at) || is_again(run, side, row.at, at))
            };
            let found = rows.iter().take(MOST).filter(repeats).map(|row| &row.place).min();
            if let Some(place) = found {
                return Some(vec![place.clone()]);
            }
        }
        self.whole_note(fact).filter(|places| places.len() > 1)
    }

    /// Returns the places that have settled an entry on an earlier paper: the
    /// row itself, else its note, if the note names no items or this very one.
    fn settles(&self, fact: &Fact) -> Option<Vec<Location>> {
        for rows in keys(fact).iter().filter_map(|key| self.rows.get(key)) {
            let same = rows.iter().take(MOST).filter(|row| !has_other_code(row, fact));
            if let Some(place) = same.map(|row| &row.place).min() {
                return Some(vec![place.clone()]);
            }
        }
        self.whole_note(fact).or_else(|| {
            let number = fact.numbers.first()?.joined;
            let (places, sum) = self.notes.get(&(fact.party, number))?;
            let part = sum.is_some_and(|sum| fact.written.amount.abs() <= sum.abs());
            let names_none = places.len() == 1 && fact.item.is_some();
            (part && names_none).then(|| places.clone())
        })
    }

    /// Returns the places of the note whose sum this entry bills in one line.
    fn whole_note(&self, fact: &Fact) -> Option<Vec<Location>> {
        let amount = fact.written.amount;
        let notes = fact.numbers.iter().filter_map(|n| self.notes.get(&(fact.party, n.joined)));
        let mut same = notes.filter(|(_, sum)| *sum == Some(amount) && !amount.is_zero());
        same.next().map(|(places, _)| places.clone())
    }
}

/// Returns the keys of a row, under each name of its item: one paper may have
/// codes and the other not.
fn keys(fact: &Fact) -> Vec<RowKey> {
    let names = |item: Item| [item.code.map(ItemKey::Code), item.words.map(ItemKey::Words)];
    let items: Vec<Option<ItemKey>> = match fact.item {
        Some(item) => names(item).into_iter().filter(Option::is_some).collect(),
        None => vec![None],
    };
    let notes: Vec<Result<Id, Option<i64>>> = match (&fact.numbers[..], fact.day) {
        ([], None) => Vec::new(),
        ([], day) => vec![Err(day)],
        (numbers, _) => numbers.iter().map(|number| Ok(number.joined)).collect(),
    };
    let mut keys = Vec::new();
    for note in notes {
        for &item in &items {
            keys.push((fact.party, note, item, Ok(fact.written.amount)));
            let quantity = fact.written.quantity.filter(|_| item.is_some() && note.is_ok());
            keys.extend(quantity.map(|quantity| (fact.party, note, item, Err(quantity))));
        }
    }
    keys
}

/// Whether both have codes for their items, and other ones.
fn has_other_code(row: &Row, fact: &Fact) -> bool {
    let code = |item: Option<Item>| item.and_then(|item| item.code);
    code(row.item).zip(code(fact.item)).is_some_and(|(one, other)| one != other)
}

/// Whether one of two free rows is the other again: booked on another day or
/// under another receipt number, the earlier one first. Rows that do not even
/// differ in that are two rolls.
fn is_again(run: &Run<'_, '_>, side: Side, first: usize, second: usize) -> bool {
    let (a, b) = (run.board.fact(side, first), run.board.fact(side, second));
    let later =
        a.day < b.day || (a.day == b.day && a.other_numbers != b.other_numbers && first < second);
    later && a.written.quantity == b.written.quantity
}
