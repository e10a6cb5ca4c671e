//! The matcher on generated months: nothing is lost, the order of rows and
//! the side of the table do not matter, strangers do not disturb, and a clean
//! month raises nothing.

use gendan::engine::entry::Entry;
use gendan::engine::matching::outcome::{Note, Status};
use gendan::engine::matching::reconcile;
use gendan::engine::matching::spec::Spec;
use rust_decimal::Decimal;

use crate::benchmark::ours;
use crate::benchmark::score::{Said, judge, shown};
use crate::months::Recipe;
use crate::months::random::Random;
use crate::months::truth::Month;
use crate::months::write::kinds;

/// Months small enough to run many of them, and some in which hardly anything
/// tells one line from another.
fn months() -> impl Iterator<Item = Month> {
    let recipe = |n: u64| {
        let suppliers = [1, 2, 4, 8, 9][n as usize % 5];
        Recipe { seed: 300 + n, rows: 150 + 40 * n as usize, suppliers, percent: 15 }
    };
    (0..12).map(move |n| recipe(n).month()).chain((0..6).map(move |n| recipe(n).dense_month()))
}

fn said(left: &[Entry], right: &[Entry], spec: &Spec) -> Vec<Said> {
    match reconcile(left, right, spec) {
        Ok(outcome) => outcome.lines.iter().map(Said::from).collect(),
        Err(miscount) => panic!("the matcher miscounts: {miscount:?}"),
    }
}

/// What is said, in an order and with names that do not depend on the order
/// of the rows.
fn canonical(lines: &[Said], left: &[usize], right: &[usize]) -> Vec<String> {
    let named = |indices: &[usize], names: &[usize]| {
        let mut names: Vec<usize> = indices.iter().map(|&index| names[index]).collect();
        names.sort_unstable();
        names
    };
    let mut all: Vec<String> = lines
        .iter()
        .map(|line| {
            let mut causes: Vec<String> = line
                .causes
                .iter()
                .map(|c| format!("{:?} {}", c.code, c.amount.normalize()))
                .collect();
            causes.sort();
            let mut notes = line.notes.clone();
            notes.sort();
            format!(
                "{:?} {:?} {:?} {} {causes:?} {notes:?} {:?}",
                line.status,
                named(&line.left, left),
                named(&line.right, right),
                line.difference.normalize(),
                line.reason,
            )
        })
        .collect();
    all.sort();
    all
}

/// Shows the first lines that are in one and not in the other.
fn must_be_equal(one: &[String], two: &[String], month: &Month, what: &str) {
    let only = |a: &[String], b: &[String]| -> Vec<String> {
        a.iter()
            .filter(|line| !b.contains(line))
            .take(4)
            .map(|line| explained(line, month))
            .collect()
    };
    let (first, second) = (only(one, two), only(two, one));
    assert!(
        first.is_empty() && second.is_empty() && one.len() == two.len(),
        "{what}\nbefore {}\nafter {}",
        first.join("\n"),
        second.join("\n"),
    );
}

/// A canonical line with the entries it names.
fn explained(line: &str, month: &Month) -> String {
    let mut lists = line.split('[').skip(1).map(|part| part.split(']').next().unwrap_or_default());
    let mut entries = |side: &[Entry]| -> String {
        let numbers = lists.next().unwrap_or_default().split(", ").filter_map(|n| n.parse().ok());
        numbers.map(|n: usize| format!("\n    {}", shown(&side[n]))).collect()
    };
    let (left, right) = (entries(&month.left), entries(&month.right));
    format!("{line}{left}{right}")
}

fn names(month: &Month) -> (Vec<usize>, Vec<usize>) {
    (
        kinds(&month.left, &vec![None; month.left.len()]),
        kinds(&month.right, &vec![None; month.right.len()]),
    )
}

#[test]
fn every_entry_is_in_exactly_one_line_and_no_cent_is_lost() {
    for month in months() {
        let score = judge(&month, &ours::lines(&month));
        assert_eq!(score.lost_or_doubled, 0);
        assert_eq!(score.wrong_differences, 0);
        assert_eq!(score.inexact, 0, "{:?}", score.failures.first());
    }
}

#[test]
fn the_order_of_rows_does_not_matter() {
    for (n, month) in months().enumerate() {
        let (left_names, right_names) = names(&month);
        let before = canonical(&ours::lines(&month), &left_names, &right_names);
        let mut random = Random::new(n as u64);
        let (left, left_from) = shuffled(&month.left, &mut random);
        let (right, right_from) = shuffled(&month.right, &mut random);
        let mut spec = ours::spec(&month);
        let carried = &spec.sides.right.carried;
        spec.sides.right.carried =
            (0..right.len()).filter(|&index| carried.contains(&right_from[index])).collect();
        let lines = said(&left, &right, &spec);
        let renamed = |from: &[usize], names: &[usize]| -> Vec<usize> {
            from.iter().map(|&old| names[old]).collect()
        };
        let after = canonical(
            &lines,
            &renamed(&left_from, &left_names),
            &renamed(&right_from, &right_names),
        );
        must_be_equal(&before, &after, &month, "shuffled rows change the result");
    }
}

/// Puts the rows into another order, as another file would have them.
fn shuffled(side: &[Entry], random: &mut Random) -> (Vec<Entry>, Vec<usize>) {
    let mut from: Vec<usize> = (0..side.len()).collect();
    random.shuffle(&mut from);
    let places: Vec<_> = side.iter().map(|entry| entry.at.clone()).collect();
    let moved = from.iter().zip(places).map(|(&old, at)| Entry { at, ..side[old].clone() });
    (moved.collect(), from)
}

#[test]
fn swapping_the_sides_mirrors_the_result() {
    for month in months() {
        let spec = ours::spec(&month);
        let (left_names, right_names) = names(&month);
        let seen = |lines: Vec<Said>, swapped: bool| {
            let lines: Vec<Said> =
                lines.into_iter().map(|line| if swapped { mirrored(line) } else { line }).collect();
            canonical(&lines.into_iter().map(bare).collect::<Vec<_>>(), &left_names, &right_names)
        };
        let before = seen(said(&month.left, &month.right, &spec), false);
        let after = seen(said(&month.right, &month.left, &spec.mirrored()), true);
        must_be_equal(&before, &after, &month, "swapped sides change the result");
    }
}

fn mirrored(line: Said) -> Said {
    let status = match line.status {
        Status::LeftOnly => Status::RightOnly,
        Status::RightOnly => Status::LeftOnly,
        other => other,
    };
    let note = |note: &Note| match note {
        Note::Split => Note::Combined,
        Note::Combined => Note::Split,
        other => *other,
    };
    Said {
        status,
        left: line.right,
        right: line.left,
        difference: -line.difference,
        notes: line.notes.iter().map(note).collect(),
        ..line
    }
}

/// Without what is said from one side's point of view: quantity and price are
/// split on our basis, and reasons are named from where we stand.
fn bare(line: Said) -> Said {
    Said { causes: Vec::new(), reason: None, ..line }
}

#[test]
fn a_clean_month_raises_nothing() {
    for n in 0..10 {
        let suppliers = 1 + n as usize * 2;
        let month = Recipe { seed: 500 + n, rows: 300, suppliers, percent: 0 }.month();
        for line in ours::lines(&month) {
            let text = || {
                let left = line.left.iter().map(|&index| shown(&month.left[index]));
                let right = line.right.iter().map(|&index| shown(&month.right[index]));
                left.chain(right).collect::<Vec<_>>()
            };
            assert_eq!(line.status, Status::Matched, "{:#?} {:#?}", line, text());
            assert_eq!(line.difference, Decimal::ZERO, "{:#?}", text());
            assert_eq!(line.reason, None, "{:#?}", text());
        }
    }
}

#[test]
fn a_stranger_in_the_file_changes_nothing() {
    for (n, month) in months().enumerate() {
        let spec = ours::spec(&month);
        let (left_names, right_names) = names(&month);
        let before = canonical(&said(&month.left, &month.right, &spec), &left_names, &right_names);
        let other = Recipe { seed: 900 + n as u64, rows: 60, suppliers: 1, percent: 10 }.month();
        let rename = |entry: &Entry| Entry {
            party: "舟山海外来客有限公司".into(),
            ..entry.clone()
        };
        let left: Vec<Entry> =
            month.left.iter().cloned().chain(other.left.iter().map(rename)).collect();
        let right: Vec<Entry> =
            month.right.iter().cloned().chain(other.right.iter().map(rename)).collect();
        let own = |line: &Said| {
            line.left.iter().all(|&index| index < month.left.len())
                && line.right.iter().all(|&index| index < month.right.len())
        };
        let lines = said(&left, &right, &spec);
        let strange = |line: &&Said| {
            line.left.iter().all(|&index| index >= month.left.len())
                && line.right.iter().all(|&index| index >= month.right.len())
        };
        let count = lines.iter().filter(strange).count();
        let kept: Vec<Said> = lines.iter().filter(|line| own(line)).cloned().collect();
        assert_eq!(kept.len() + count, lines.len(), "a line with both parties in it");
        let after = canonical(&kept, &left_names, &right_names);
        must_be_equal(&before, &after, &month, "an unrelated supplier changes the result");
    }
}
