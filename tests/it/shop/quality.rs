//! What the sales cross-check must reach on months it has never seen.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Instant;

use gendan::engine::matching::spec::Spec;
use gendan::engine::sales::{List, SalesPapers, reconcile};
use gendan::location::SheetId;

use super::judge::{Score, judge};
use super::truth::Month;
use super::{Column, Numbers, Recipe};

fn papers(month: &Month) -> SalesPapers {
    let sheet = |path: &str| Arc::new(SheetId { path: path.to_owned(), sheet: None });
    SalesPapers {
        exports: vec![List { sheet: sheet("export"), rows: month.export.clone() }],
        register: vec![List { sheet: sheet("register"), rows: month.register.clone() }],
        slips: Vec::new(),
        ..SalesPapers::default()
    }
}

/// Judges months; returns the score and its table.
fn run(title: &str, recipes: &[Recipe]) -> (Score, String) {
    let mut score = Score::default();
    let mut seconds = 0.0;
    for recipe in recipes {
        let month = recipe.month();
        let papers = papers(&month);
        let started = Instant::now();
        let result = reconcile(&papers, None, &Spec::default()).unwrap();
        seconds += started.elapsed().as_secs_f64();
        assert_eq!(result.left.len(), month.export.len(), "rows of the export");
        assert_eq!(result.right.len(), month.register.len(), "rows of the register");
        judge(&month, &result.lines, &mut score);
    }
    let mut text = format!("\n{title}: {:.3} s a month\n", seconds / recipes.len() as f64);
    let mut line = |name: &str, share: crate::benchmark::score::Share| {
        let rate = share.rate();
        let (whole, part) = (rate / 100, rate % 100);
        let _ =
            writeln!(text, "  {name:<30} {whole:>4}.{part:02} %  {} of {}", share.right, share.all);
    };
    line("confirmed: precision", score.precision);
    line("confirmed: recall", score.recall);
    line("restored ids: precision", score.restored);
    for (class, share) in &score.classes {
        line(class, *share);
    }
    for (class, failures) in &score.failures {
        let _ = writeln!(text, "  --- {class}");
        for failure in failures {
            let _ = writeln!(text, "    {failure}");
        }
    }
    (score, text)
}

fn must_reach(score: &Score, sparse: bool, text: &str) {
    assert!(score.precision.rate() >= 9_990, "precision{text}");
    assert!(score.recall.rate() >= 9_700, "recall{text}");
    for (class, share) in &score.classes {
        assert!(share.rate() >= 9_300, "{class}{text}");
    }
    if sparse {
        assert_eq!(score.restored.right, score.restored.all, "restored ids{text}");
    }
}

/// Months of so many orders, of every kind.
fn recipes(orders: usize, numbers: Numbers, months: u64) -> Vec<Recipe> {
    let recipe = |n: u64| {
        let column = match n % 5 {
            3 => Column::Cut,
            4 => Column::Scientific,
            _ => Column::Whole,
        };
        let percent = 5 + n as usize * 7 % 16;
        Recipe { seed: 500 + orders as u64 + n, orders, numbers, column, percent }
    };
    (0..months).map(recipe).collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn shops_with_planted_discrepancies() {
    for numbers in [Numbers::Sparse, Numbers::Dense] {
        let recipes = [recipes(200, numbers, 10), recipes(1_000, numbers, 5)].concat();
        let (score, text) = run(&format!("200 to 1,000 orders, {numbers:?} numbers"), &recipes);
        println!("{text}");
        must_reach(&score, numbers == Numbers::Sparse, &text);
    }
}

/// The whole ladder: `cargo test --release --test it shop::ladder -- --ignored --nocapture`.
#[test]
#[ignore = "half a minute optimised, minutes without"]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn ladder_of_shops() {
    for (orders, months) in [(200, 40), (2_000, 15), (20_000, 5), (200_000, 5)] {
        for numbers in [Numbers::Sparse, Numbers::Dense] {
            let title = format!("{orders} orders, {numbers:?} numbers, {months} months");
            let (score, text) = run(&title, &recipes(orders, numbers, months));
            println!("{text}");
            must_reach(&score, numbers == Numbers::Sparse, &text);
        }
    }
}
