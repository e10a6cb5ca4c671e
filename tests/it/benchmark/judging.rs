//! The judge itself is judged: it finds nothing wrong with the truth, and
//! something wrong with everything else.

use gendan::engine::entry::Entry;
use gendan::engine::matching::outcome::{Cause, CauseCode, Status};
use rust_decimal::Decimal;

use super::score::{Said, judge};
use crate::months::Recipe;
use crate::months::truth::{Class, Fact, Month};

const RECIPE: Recipe = Recipe { seed: 7, rows: 1_500, suppliers: 12, percent: 12 };

/// What somebody would say who knows the truth.
fn oracle(month: &Month) -> Vec<Said> {
    month.facts.iter().map(|fact| answer(month, fact)).collect()
}

fn answer(month: &Month, fact: &Fact) -> Said {
    let sum = |side: &[Entry], indices: &[usize]| -> Decimal {
        indices.iter().map(|&index| side[index].amount).sum()
    };
    let difference = sum(&month.left, &fact.left) - sum(&month.right, &fact.right);
    let mut causes: Vec<Cause> = fact
        .causes
        .iter()
        .map(|expected| Cause { code: expected.code, amount: expected.amount })
        .collect();
    let rest = difference - causes.iter().map(|cause| cause.amount).sum::<Decimal>();
    if !rest.is_zero() && fact.two_sided() && fact.statuses[0] != Status::Ambiguous {
        causes.push(Cause { code: CauseCode::Unexplained, amount: rest });
    }
    Said {
        status: fact.statuses[0],
        left: fact.left.clone(),
        right: fact.right.clone(),
        difference,
        causes,
        notes: fact.notes.clone(),
        reason: fact.reasons.first().copied(),
    }
}

#[test]
fn the_truth_is_judged_faultless() {
    let month = RECIPE.month();
    let score = judge(&month, &oracle(&month));
    assert_eq!(score.failures, Vec::<String>::new());
    assert_eq!(score.precision.rate(), 10_000);
    assert_eq!(score.recall.rate(), 10_000);
    assert_eq!(score.macro_f1(), 10_000);
    assert_eq!((score.inexact, score.lost_or_doubled, score.ambiguous_confirmed), (0, 0, 0));
}

#[test]
fn every_class_occurs() {
    let recipe = |seed| Recipe { seed, ..RECIPE };
    let dense = recipe(3).dense_month();
    let months = [3, 4, 5, 6, 9].map(|seed| recipe(seed).month()).into_iter().chain([dense]);
    let classes: Vec<Class> =
        months.flat_map(|month| month.facts).flat_map(|fact| fact.classes).collect();
    for class in Class::ALL {
        assert!(classes.contains(&class), "{} was never generated", class.name());
    }
}

#[test]
fn a_false_match_a_lost_row_and_a_wrong_cause_are_seen() {
    let month = RECIPE.month();
    let mut lines = oracle(&month);
    let lone = |lines: &[Said], left: bool| {
        let alone = |line: &Said| line.left.is_empty() != left && line.right.is_empty() == left;
        lines.iter().position(alone).expect("a one-sided line")
    };
    let left = lines.remove(lone(&lines, true));
    let right = lone(&lines, false);
    lines[right].left = left.left;
    lines[right].status = Status::Matched;
    lines[right].difference += left.difference;
    let gone = lines.iter().position(|line| line.status == Status::Matched).expect("a match");
    lines.remove(gone);
    let caused = lines.iter().position(|line| line.causes.len() == 1).expect("a cause");
    lines[caused].causes[0].amount += Decimal::ONE;
    let score = judge(&month, &lines);
    assert!(score.precision.right < score.precision.all);
    assert!(score.recall.right < score.recall.all);
    assert!(score.lost_or_doubled > 0);
    assert!(score.inexact > 0);
    assert!(score.macro_f1() < 10_000);
}

#[test]
fn the_same_seed_gives_the_same_month() {
    let (one, two) = (RECIPE.month(), RECIPE.month());
    assert_eq!(one.left, two.left);
    assert_eq!(one.right, two.right);
    assert_ne!(one.left, Recipe { seed: 8, ..RECIPE }.month().left);
}
