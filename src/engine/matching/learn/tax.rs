//! Which papers are written with tax, found from clear pairs.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::seeds::{Seed, Seeds, Sign};
use crate::engine::matching::board::Board;
use crate::engine::matching::causes::money::{cents, net_price};
use crate::engine::matching::causes::{TaxHabit, whole_slack};
use crate::engine::matching::names::Id;
use crate::engine::matching::outcome::{FileVerdict, Habit};
use crate::engine::matching::paper::Kind;
use crate::engine::matching::sides::Side;
use crate::engine::matching::spec::Spec;
use crate::location::{Location, SheetId};

/// Lines that a verdict shows as examples.
const EXAMPLES: usize = 5;

/// A left sheet, and the party it speaks of there.
type PaperKey = (Id, Arc<SheetId>);

/// The tax habits of the left sheets.
#[derive(Debug, Default)]
pub(in crate::engine::matching) struct SheetTax {
    habits: FxHashMap<PaperKey, TaxHabit>,
}

/// How the two amounts of a clear pair or note relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ratio {
    Equal,
    Taxed(Decimal, Side),
    Other,
}

/// What the clear pairs of one sheet say.
#[derive(Debug, Default)]
struct Votes {
    equal: usize,
    other: usize,
    taxed: Vec<(Decimal, Side, (Location, Location))>,
    /// Whether the papers themselves say that only one side includes tax.
    stated: bool,
}

/// Finds the sheets that are written on another tax basis than the other side.
pub(super) fn learn(board: &Board<'_>, seeds: &Seeds, spec: &Spec) -> (SheetTax, Vec<FileVerdict>) {
    let mut tax = SheetTax::default();
    let mut verdicts = Vec::new();
    let mut papers: Vec<_> = votes(board, seeds, spec).into_iter().collect();
    papers.sort_unstable_by(|a, b| {
        (board.names.text(a.0.0), &a.0.1).cmp(&(board.names.text(b.0.0), &b.0.1))
    });
    for (paper, votes) in papers {
        let Some((habit, agreeing)) = decide(&votes, spec) else { continue };
        verdicts.push(FileVerdict {
            party: Arc::from(board.names.text(paper.0)),
            sheet: Arc::clone(&paper.1),
            habit: Habit::Tax { rate: habit.rate, inclusive: habit.inclusive },
            agreeing,
            of: votes.equal + votes.other + votes.taxed.len(),
            examples: examples(&votes, habit),
        });
        tax.habits.insert(paper, habit);
    }
    (tax, verdicts)
}

fn examples(votes: &Votes, habit: TaxHabit) -> Vec<(Location, Location)> {
    let same = |vote: &&(Decimal, Side, _)| (vote.0, vote.1) == (habit.rate, habit.inclusive);
    let mut places: Vec<_> = votes.taxed.iter().filter(same).map(|vote| vote.2.clone()).collect();
    places.sort_unstable();
    places.truncate(EXAMPLES);
    places
}

/// A habit needs three lines and most of those that could show it; where the
/// papers say it themselves, one line, and none that says otherwise, or two
/// and most.
fn decide(votes: &Votes, spec: &Spec) -> Option<(TaxHabit, usize)> {
    let all = votes.equal + votes.other + votes.taxed.len();
    let count = |habit: TaxHabit| {
        let same = |vote: &&(Decimal, Side, _)| (vote.0, vote.1) == (habit.rate, habit.inclusive);
        votes.taxed.iter().filter(same).count()
    };
    let habits = spec.tax_rates.iter().flat_map(|&rate| {
        Side::BOTH.into_iter().map(move |inclusive| TaxHabit { rate, inclusive })
    });
    let (habit, agreeing) = habits.map(|habit| (habit, count(habit))).max_by_key(|best| best.1)?;
    let most = agreeing >= 3 && agreeing * 5 >= all * 3;
    let clear = agreeing == all || (agreeing > 1 && agreeing * 5 >= all * 3);
    let stated = votes.stated && agreeing > 0 && clear;
    (most || stated).then_some((habit, agreeing))
}

fn votes(board: &Board<'_>, seeds: &Seeds, spec: &Spec) -> FxHashMap<PaperKey, Votes> {
    let mut votes: FxHashMap<PaperKey, Votes> = FxHashMap::default();
    for seed in &seeds.pairs {
        let (left, right) = entries(board, seed);
        if left.amount.is_zero() || right.amount.is_zero() {
            continue;
        }
        let paper = paper_of(board, seed.left);
        let votes = votes.entry(paper).or_default();
        votes.stated |= states_difference(left.tax_included, right.tax_included);
        let places = (left.at.clone(), right.at.clone());
        let ratio = ratio(left.amount, right.amount, Decimal::ZERO, spec);
        votes.add(ratio, seed.sign == Sign::Item, places);
    }
    for note in &seeds.whole_notes {
        let total = |side: Side| {
            let mut amounts =
                note.of(side).iter().map(|&at| board.papers.of(side).entry(at).amount);
            amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount))
        };
        let (Some(left), Some(right)) = (total(Side::Left), total(Side::Right)) else { continue };
        let lines = note.left.len().max(note.right.len());
        let slack = Decimal::new(5, 3) * Decimal::from(lines);
        let place = |side: Side| board.papers.of(side).entry(note.of(side)[0]).at.clone();
        let votes = votes.entry(paper_of(board, note.left[0])).or_default();
        votes.add(ratio(left, right, slack, spec), true, (place(Side::Left), place(Side::Right)));
    }
    votes
}

impl Votes {
    /// Counts one pair. Pairs found by quantity alone are not asked to be
    /// equal: a price may differ.
    fn add(&mut self, ratio: Ratio, doubtful: bool, places: (Location, Location)) {
        match ratio {
            Ratio::Equal => self.equal += 1,
            Ratio::Taxed(rate, inclusive) => self.taxed.push((rate, inclusive, places)),
            Ratio::Other => self.other += usize::from(!doubtful),
        }
    }
}

fn entries<'a>(
    board: &Board<'a>,
    seed: &Seed,
) -> (&'a crate::engine::entry::Entry, &'a crate::engine::entry::Entry) {
    (board.papers.left.entry(seed.left), board.papers.right.entry(seed.right))
}

fn paper_of(board: &Board<'_>, left: usize) -> PaperKey {
    let sheet = Arc::clone(&board.papers.left.entry(left).at.sheet);
    (board.fact(Side::Left, left).party, sheet)
}

fn states_difference(left: Option<bool>, right: Option<bool>) -> bool {
    matches!((left, right), (Some(left), Some(right)) if left != right)
}

fn ratio(left: Decimal, right: Decimal, slack: Decimal, spec: &Spec) -> Ratio {
    let (left, right) = (left.abs(), right.abs());
    if (left - right).abs() <= slack {
        return Ratio::Equal;
    }
    let fits = |gross: Decimal, net: Decimal, rate: Decimal| {
        let product = net.checked_mul(rate + Decimal::ONE).map(cents);
        let slack = slack.max(whole_slack(gross, net)) + Decimal::new(1, 2);
        product.is_some_and(|product| (product - gross).abs() <= slack)
    };
    for &rate in &spec.tax_rates {
        if fits(left, right, rate) {
            return Ratio::Taxed(rate, Side::Left);
        }
        if fits(right, left, rate) {
            return Ratio::Taxed(rate, Side::Right);
        }
    }
    Ratio::Other
}

/// Rates that at least three lines of a party speak for.
pub(super) fn supported_rates(
    board: &Board<'_>,
    seeds: &Seeds,
    spec: &Spec,
) -> FxHashMap<Id, Vec<Decimal>> {
    let mut counts: FxHashMap<(Id, Decimal), usize> = FxHashMap::default();
    for (paper, votes) in votes(board, seeds, spec) {
        for (rate, ..) in votes.taxed {
            *counts.entry((paper.0, rate)).or_default() += 1;
        }
    }
    let mut rates: FxHashMap<Id, Vec<Decimal>> = FxHashMap::default();
    for ((party, rate), count) in counts {
        if count >= 3 {
            rates.entry(party).or_default().push(rate);
        }
    }
    rates
}

impl SheetTax {
    /// Returns the habit that holds for a left entry.
    pub(super) fn of(&self, board: &Board<'_>, left: usize) -> Option<TaxHabit> {
        if self.habits.is_empty() || board.fact(Side::Left, left).kind != Kind::Trade {
            return None;
        }
        let habit = *self.habits.get(&paper_of(board, left))?;
        match board.papers.left.entry(left).tax_rate {
            Some(rate) if rate.is_zero() => None,
            Some(rate) if rate > Decimal::ZERO && rate < Decimal::ONE => {
                Some(TaxHabit { rate, ..habit })
            }
            _ => Some(habit),
        }
    }

    /// Puts the left figures on the right side's basis; returns whether any
    /// changed.
    pub(super) fn convert(&self, board: &mut Board<'_>) -> bool {
        if self.habits.is_empty() {
            return false;
        }
        for at in 0..board.papers.left.facts.len() {
            let Some(habit) = self.of(board, at) else { continue };
            let fact = &mut board.papers.left.facts[at];
            if let Some((price, amount)) = converted(fact.written.price, fact.written.amount, habit)
            {
                fact.figures.price = price;
                fact.figures.amount = amount.normalize();
            }
        }
        true
    }
}

fn converted(
    price: Option<Decimal>,
    amount: Decimal,
    habit: TaxHabit,
) -> Option<(Option<Decimal>, Decimal)> {
    let with_tax = habit.rate.checked_add(Decimal::ONE)?;
    Some(match habit.inclusive {
        Side::Left => (
            price.and_then(|price| net_price(price, habit.rate)),
            cents(amount.checked_div(with_tax)?),
        ),
        Side::Right => (
            price.and_then(|price| price.checked_mul(with_tax)).map(|price| price.normalize()),
            cents(amount.checked_mul(with_tax)?),
        ),
    })
}
