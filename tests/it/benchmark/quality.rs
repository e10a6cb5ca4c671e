//! What the matcher must reach on months it has never seen.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use super::ours;
use super::score::{Score, confirmed, judge};
use super::table::{Beside, table};
use crate::months::Recipe;
use crate::months::truth::Month;

/// Judges the matcher on `months`; returns the score and the table with the
/// usual ways beside it.
fn run(title: &str, months: impl ExactSizeIterator<Item = Month>) -> (Score, String) {
    let mut score = Score::default();
    let mut beside = Beside::default();
    let mut took = Duration::ZERO;
    let count = months.len();
    for month in months {
        let started = Instant::now();
        let lines = ours::lines(&month);
        took += started.elapsed();
        let claims: Vec<_> = lines
            .iter()
            .filter(|line| confirmed(line) && !line.left.is_empty() && !line.right.is_empty())
            .map(|line| (line.left.clone(), line.right.clone()))
            .collect();
        beside.add(&month, &claims);
        score.add(judge(&month, &lines));
    }
    let each = took.as_secs_f64() / count as f64;
    let text = table(&format!("{title}: {each:.3} s a month"), &score, &beside);
    (score, text)
}

fn small() -> Vec<Recipe> {
    [
        (1, 200, 1, 15),
        (2, 200, 3, 12),
        (3, 400, 7, 10),
        (4, 600, 9, 8),
        (5, 900, 12, 12),
        (6, 1_500, 16, 6),
        (7, 2_000, 10, 12),
        (8, 3_000, 24, 10),
    ]
    .map(|(seed, rows, suppliers, percent)| Recipe { seed, rows, suppliers, percent })
    .to_vec()
}

/// The failures by kind, the commonest first, some of each.
pub(super) fn failures(score: &Score) -> String {
    let mut kinds: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for failure in &score.failures {
        let mut lines = failure.lines();
        let why = lines.next().unwrap_or_default().replace(|c: char| c.is_ascii_digit(), "");
        let what = lines.next().and_then(|line| line.split('[').next()).unwrap_or_default();
        kinds.entry(format!("{why} |{what}")).or_default().push(failure);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, all)| (std::cmp::Reverse(all.len()), kind.clone()));
    let mut text = String::new();
    for (kind, all) in kinds {
        let _ = writeln!(text, "--- {} x {kind}", all.len());
        for failure in all.iter().take(2) {
            let _ = writeln!(text, "{failure}");
        }
    }
    text
}

/// What a score falls short in, one sentence each.
fn shortfalls(score: &Score) -> Vec<String> {
    let mut short = Vec::new();
    let mut least = |what: String, rate: usize, least: usize| {
        if rate < least {
            short.push(format!("{what}: {rate} of 10,000, not {least}"));
        }
    };
    least("precision".to_owned(), score.precision.rate(), 9_990);
    least("recall".to_owned(), score.recall.rate(), 9_700);
    for (class, share) in &score.classes {
        least(class.name(), share.rate(), 9_300);
    }
    least("causes, macro F1".to_owned(), score.macro_f1(), 9_700);
    for (what, count) in [
        ("causes that do not sum up", score.inexact),
        ("entries lost or doubled", score.lost_or_doubled),
        ("differences that are not left less right", score.wrong_differences),
        ("ambiguous lines confirmed", score.ambiguous_confirmed),
    ] {
        if count > 0 {
            short.push(format!("{what}: {count}"));
        }
    }
    short
}

pub(super) fn must_reach(score: &Score, table: &str) {
    let short = shortfalls(score);
    assert!(short.is_empty(), "{}\n{table}\n{}", short.join("\n"), failures(score));
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn months_with_planted_discrepancies() {
    let (score, table) =
        run("200 to 3,000 rows a side, 6 to 15 % planted", small().into_iter().map(Recipe::month));
    println!("{table}");
    must_reach(&score, &table);
}

/// Months in which little tells one line from another: whatever is confirmed
/// there must still be true.
#[test]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn months_dense_in_coincidences() {
    let recipe = |seed: u64| {
        let suppliers = 1 + seed as usize % 5;
        let rows = (60 + 40 * (seed as usize % 7)) * suppliers;
        Recipe { seed: 4_000 + seed, rows, suppliers, percent: 12 + seed as usize % 13 }
    };
    let recipes: Vec<Recipe> = (0..dense_months()).map(recipe).collect();
    let (score, table) = run("dense in coincidences", recipes.into_iter().map(Recipe::dense_month));
    println!("{table}\n{}", failures(&score));
    let confirmed_wrong = score.precision.all - score.precision.right;
    assert!(score.precision.rate() >= 9_990, "{confirmed_wrong} wrong\n{table}");
    assert_eq!((score.inexact, score.lost_or_doubled, score.wrong_differences), (0, 0, 0));
    assert_eq!(score.ambiguous_confirmed, 0);
    assert!(score.recall.rate() >= 9_000, "{table}");
}

/// How many; more with `GENDAN_DENSE=300`.
fn dense_months() -> u64 {
    std::env::var("GENDAN_DENSE").ok().and_then(|count| count.parse().ok()).unwrap_or(24)
}

/// The whole ladder: `cargo test --release --test it ladder -- --ignored --nocapture`.
#[test]
#[ignore = "half a minute optimised, minutes without"]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn ladder() {
    let sizes = [
        (200, 1, 40),
        (500, 5, 24),
        (1_000, 8, 16),
        (2_000, 16, 12),
        (5_000, 24, 8),
        (10_000, 40, 4),
        (20_000, 40, 3),
    ];
    let mut short = Vec::new();
    for (rows, suppliers, months) in sizes {
        let recipe = |seed: u64, n: u64| Recipe {
            seed: seed + rows as u64 + n,
            rows,
            suppliers,
            percent: 3 + n as usize * 5 % 13,
        };
        let seeds = [1_000, 71_000];
        let recipes: Vec<Recipe> =
            seeds.iter().flat_map(|&seed| (0..months).map(move |n| recipe(seed, n))).collect();
        let title = format!("{rows} rows, {suppliers} suppliers, {} months", recipes.len());
        let (score, table) = run(&title, recipes.into_iter().map(Recipe::month));
        println!("{table}\n{}", failures(&score));
        short.extend(shortfalls(&score).into_iter().map(|short| format!("{rows} rows: {short}")));
    }
    assert!(short.is_empty(), "{}", short.join("\n"));
}
