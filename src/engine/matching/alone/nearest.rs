//! What came nearest to an entry without a partner, and the first test it
//! failed.

use std::hash::Hash;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::engine::matching::causes::money::cents;
use crate::engine::matching::explain::{FailedTest, Field, Nearest};
use crate::engine::matching::learn::Relation;
use crate::engine::matching::names::Id;
use crate::engine::matching::paper::{Fact, Kind};
use crate::engine::matching::passes::Run;
use crate::engine::matching::sides::{Both, Side};
use crate::engine::matching::weigh::SURE;

/// Candidates under one key that are looked at.
const MOST: usize = 24;

/// Entries of one side under the keys by which a neighbour is looked up.
#[derive(Debug, Default)]
struct Index {
    numbers: FxHashMap<Id, Vec<usize>>,
    amounts: FxHashMap<(Id, Kind, Decimal), Vec<usize>>,
    items: FxHashMap<(Id, (u8, Id)), Vec<usize>>,
}

/// The keys of one entry.
struct Keys {
    numbers: Vec<Id>,
    amount: (Id, Kind, Decimal),
    items: Vec<(Id, (u8, Id))>,
}

impl Keys {
    fn of(run: &Run<'_, '_>, side: Side, at: usize) -> Self {
        let fact = run.board.fact(side, at);
        let items = run.knowledge.item_keys(side, fact).into_iter();
        Self {
            numbers: fact.numbers.iter().map(|number| number.joined).collect(),
            amount: (fact.party, fact.kind, fact.figures.amount.abs()),
            items: items.map(|item| (fact.party, item)).collect(),
        }
    }
}

impl Index {
    /// Says that somebody will look under these keys.
    fn ask(&mut self, keys: Keys) {
        for number in keys.numbers {
            self.numbers.entry(number).or_default();
        }
        self.amounts.entry(keys.amount).or_default();
        for item in keys.items {
            self.items.entry(item).or_default();
        }
    }

    /// Adds an entry under those of its keys that somebody asked for.
    fn add(&mut self, keys: Keys, at: usize) {
        for number in &keys.numbers {
            add(&mut self.numbers, number, at);
        }
        add(&mut self.amounts, &keys.amount, at);
        for item in &keys.items {
            add(&mut self.items, item, at);
        }
    }
}

/// Finds nearest candidates among all entries, placed ones too.
#[derive(Debug)]
pub(in crate::engine::matching) struct Finder<'a, 'b, 'c> {
    run: &'a Run<'b, 'c>,
    index: Both<Index>,
}

impl<'a, 'b, 'c> Finder<'a, 'b, 'c> {
    /// Indexes what the entries without a partner ask for on the other side.
    pub(in crate::engine::matching) fn new(run: &'a Run<'b, 'c>) -> Self {
        let index = Both::from_fn(|side| {
            let mut index = Index::default();
            for at in run.board.unplaced(side.other()) {
                index.ask(Keys::of(run, side.other(), at));
            }
            for at in 0..run.board.facts(side).len() {
                index.add(Keys::of(run, side, at), at);
            }
            index
        });
        Self { run, index }
    }

    /// Returns what came nearest to an entry: under its number, else with its
    /// amount, else of its item.
    pub(in crate::engine::matching) fn nearest(&self, side: Side, at: usize) -> Option<Nearest> {
        let fact = self.run.board.fact(side, at);
        let index = self.index.of(side.other());
        let by_number = fact.numbers.iter().filter_map(|number| index.numbers.get(&number.joined));
        let amount = (fact.party, fact.kind, fact.figures.amount.abs());
        let items = self.run.knowledge.item_keys(side, fact);
        let by_item = items.iter().filter_map(|&item| index.items.get(&(fact.party, item)));
        let best = self
            .best(side, at, by_number.flatten())
            .or_else(|| self.best(side, at, index.amounts.get(&amount).into_iter().flatten()))
            .or_else(|| self.best(side, at, by_item.flatten()))?;
        let (agrees, failed) = self.compare(side, at, best);
        let index = self.run.board.fact(side.other(), best).index;
        Some(Nearest { side: side.other(), index, agrees, failed })
    }

    /// Returns the candidate that agrees in most fields, then the nearest in
    /// amount and day.
    fn best<'i>(
        &self,
        side: Side,
        at: usize,
        candidates: impl Iterator<Item = &'i usize>,
    ) -> Option<usize> {
        let rank = |other: usize| {
            let (agrees, failed) = self.compare(side, at, other);
            let (a, b) = (self.run.board.fact(side, at), self.run.board.fact(side.other(), other));
            let off = a.figures.amount.checked_sub(b.figures.amount).unwrap_or(Decimal::MAX);
            let days = a.day.zip(b.day).map_or(0, |(a, b)| (a - b).abs());
            let foreign = a.party != b.party;
            let is_taken = failed == FailedTest::Taken;
            (foreign, std::cmp::Reverse(agrees.len()), is_taken, off.abs(), days, other)
        };
        candidates.take(MOST).copied().min_by_key(|&other| rank(other))
    }

    /// Returns the fields in which two entries agree, and the first test that
    /// keeps them apart.
    fn compare(&self, side: Side, at: usize, other: usize) -> (Vec<Field>, FailedTest) {
        let (left, right) = if side == Side::Left { (at, other) } else { (other, at) };
        let (a, b) =
            (self.run.board.fact(Side::Left, left), self.run.board.fact(Side::Right, right));
        let mut agrees = Vec::new();
        let mut failed = None;
        for (field, result) in self.tests(left, right, a, b) {
            match result {
                Ok(true) => agrees.push(field),
                Ok(false) => {}
                Err(test) => failed = failed.or(Some(test)),
            }
        }
        let taken = !self.run.board.is_free(side.other(), other);
        let rest = if taken {
            FailedTest::Taken
        } else {
            FailedTest::Evidence { weight: 0, needed: SURE }
        };
        (agrees, failed.unwrap_or(rest))
    }

    /// Tests every field: it agrees, says nothing, or fails.
    fn tests(
        &self,
        left: usize,
        right: usize,
        a: &Fact,
        b: &Fact,
    ) -> Vec<(Field, Result<bool, FailedTest>)> {
        let party = if a.party == b.party { Ok(false) } else { Err(FailedTest::Party) };
        let kind = if a.kind == b.kind { Ok(false) } else { Err(FailedTest::Type) };
        let item = match self.run.knowledge.relation(&self.run.board, left, right) {
            Relation::Same => Ok(true),
            relation if relation.is_other() => Err(FailedTest::Item),
            _ => Ok(false),
        };
        let figures = self.run.scale().comparable(left, right);
        vec![
            (Field::Type, party),
            (Field::Type, kind),
            (Field::DocumentNo, same_number(a, b)),
            (Field::Item, item),
            (Field::Quantity, quantity(figures.quantity, b.figures.quantity)),
            (Field::Amount, self.amount(figures.amount, b.figures.amount)),
            (Field::Date, self.days(a, b)),
        ]
    }

    fn amount(&self, left: Decimal, right: Decimal) -> Result<bool, FailedTest> {
        if left == right {
            return Ok(true);
        }
        let taxed = |rate: &&Decimal| {
            let with_tax = **rate + Decimal::ONE;
            let gross = |net: Decimal| net.checked_mul(with_tax).map(cents);
            gross(left) == Some(right) || gross(right) == Some(left)
        };
        let tax_rate = self.run.spec.tax_rates.iter().find(taxed).copied();
        let difference = left.checked_sub(right).unwrap_or(Decimal::MAX);
        Err(FailedTest::Amount { difference, tax_rate })
    }

    fn days(&self, a: &Fact, b: &Fact) -> Result<bool, FailedTest> {
        let Some((one, other)) = a.day.zip(b.day) else { return Ok(false) };
        let (days, limit) = ((one - other).abs(), self.run.scale().window(a));
        match days {
            0 => Ok(true),
            _ if days <= limit => Ok(false),
            _ => Err(FailedTest::Date { days, limit }),
        }
    }
}

fn add<K: Hash + Eq>(index: &mut FxHashMap<K, Vec<usize>>, key: &K, at: usize) {
    if let Some(entries) = index.get_mut(key).filter(|entries| entries.len() < MOST) {
        entries.push(at);
    }
}

fn same_number(a: &Fact, b: &Fact) -> Result<bool, FailedTest> {
    if a.numbers.is_empty() || b.numbers.is_empty() {
        return Ok(false);
    }
    let shared = a.numbers.iter().any(|x| b.numbers.iter().any(|y| x.joined == y.joined));
    if shared { Ok(true) } else { Err(FailedTest::DocumentNo) }
}

fn quantity(left: Option<Decimal>, right: Option<Decimal>) -> Result<bool, FailedTest> {
    let Some((left, right)) = left.zip(right) else { return Ok(false) };
    if left.abs() == right.abs() {
        return Ok(true);
    }
    Err(FailedTest::Quantity { difference: left.checked_sub(right).unwrap_or(Decimal::MAX) })
}
