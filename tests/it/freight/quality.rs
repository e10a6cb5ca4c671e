//! What the freight cross-check must reach on months it has never seen.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::months::{Month, Style, Truth};

/// What a line says, in the words of the planted classes.
fn class_of(line: &Value) -> String {
    let causes: Vec<&str> = line["causes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cause| cause["code"].as_str().unwrap())
        .collect();
    let typo = line["notes"].to_string().contains("document-no-typo");
    match (line["status"].as_str().unwrap(), &causes[..]) {
        ("matched", _) if typo => "typo".to_owned(),
        ("matched", _) => "clean".to_owned(),
        ("differs", [one]) => (*one).to_owned(),
        ("differs", several) => several.join("+"),
        (_, _) => line["reason"].as_str().unwrap_or("?").to_owned(),
    }
}

fn expected(class: &str) -> &str {
    match class {
        "weight" | "divisor" => "quantity",
        "zone" | "rate" => "price",
        "way-back" => "other-charge",
        other => other,
    }
}

fn rows(line: &Value, side: &str) -> Vec<usize> {
    let entries = line[side].as_array().unwrap().iter();
    entries
        .map(|entry| {
            let at = entry["at"].as_str().unwrap().rsplit('!').next().unwrap();
            at.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().unwrap()
        })
        .collect()
}

/// Rows of both sides.
type Key = (Vec<usize>, Vec<usize>);

/// What was found of what is so.
#[derive(Debug, Default)]
struct Score {
    /// Confirmed pairs, and those of them that are right.
    confirmed: (usize, usize),
    /// Pairs that are so, and those of them that are found.
    pairs: (usize, usize),
    /// By class: what is found, of what was planted.
    classes: BTreeMap<&'static str, (usize, usize)>,
}

impl Score {
    /// Judges what is said of a month.
    fn judge(&mut self, style: Style, seed: u64, parcels: u64) {
        let month = Month::make(style, seed, parcels);
        let said = month.run();
        assert_eq!(said.codes(), [""; 0], "{style:?}");
        let lines = said.section("lines");
        let by_rows: BTreeMap<Key, &Value> =
            lines.iter().map(|line| ((rows(line, "left"), rows(line, "right")), line)).collect();
        let truths =
            month.truths.iter().map(|truth| ((truth.left.clone(), truth.right.clone()), truth));
        let truths: BTreeMap<Key, &Truth> = truths.collect();
        let is_pair = |(left, right): &Key| !left.is_empty() && !right.is_empty();
        for (key, line) in by_rows.iter().filter(|(key, _)| is_pair(key)) {
            if ["matched", "differs"].contains(&line["status"].as_str().unwrap()) {
                self.confirmed.1 += 1;
                self.confirmed.0 += usize::from(truths.contains_key(key));
            }
        }
        for (key, truth) in &truths {
            let found = by_rows.get(key);
            if is_pair(key) {
                self.pairs.1 += 1;
                self.pairs.0 += usize::from(found.is_some());
            }
            let count = self.classes.entry(truth.class).or_default();
            count.1 += 1;
            count.0 +=
                usize::from(found.is_some_and(|line| class_of(line) == expected(truth.class)));
        }
        assert!(lines.iter().all(adds_up), "{style:?}: causes sum to the difference");
    }

    fn must_reach(&self) {
        let share = |(part, whole): (usize, usize)| part as f64 / whole as f64;
        assert!(share(self.confirmed) >= 0.999, "{self:#?}");
        assert!(share(self.pairs) >= 0.97, "{self:#?}");
        for (class, counts) in &self.classes {
            assert!(share(*counts) >= 0.93, "{class}: {self:#?}");
        }
    }

    fn table(&self, title: &str) -> String {
        let mut text = format!("\n{title}\n");
        let mut row = |name: &str, (part, whole): (usize, usize)| {
            let _ = writeln!(
                text,
                "  {name:<24} {:>7.3} %  {part} of {whole}",
                part as f64 * 100.0 / whole as f64
            );
        };
        row("confirmed: precision", self.confirmed);
        row("confirmed: recall", self.pairs);
        self.classes.iter().for_each(|(class, counts)| row(class, *counts));
        text
    }
}

/// Whether the causes of a line sum to its difference.
fn adds_up(line: &Value) -> bool {
    let causes = line["causes"].as_array().unwrap();
    let cents =
        |text: &Value| (text.as_str().unwrap().parse::<f64>().unwrap() * 100.0).round() as i64;
    causes.is_empty()
        || causes.iter().map(|cause| cents(&cause["amount"])).sum::<i64>()
            == cents(&line["difference"])
}

#[test]
fn planted_errors_are_found_in_every_style_of_rate_card() {
    let mut score = Score::default();
    for style in Style::ALL {
        for seed in 1..=2 {
            score.judge(style, seed, 1000);
        }
    }
    score.must_reach();
}

/// The whole ladder: `cargo test --release --test it freight::quality::ladder -- --ignored --nocapture`.
#[test]
#[ignore = "half a minute optimised, minutes without"]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn ladder_of_bills() {
    // Among a hundred thousand waybills of one carrier every other number with a
    // digit mistyped is as near to a second one: it is suggested, not taken.
    for (parcels, months) in [(200, 8), (2_000, 4), (20_000, 2)] {
        for style in Style::ALL {
            let mut score = Score::default();
            (0..months).for_each(|seed| score.judge(style, 100 + seed, parcels));
            println!("{}", score.table(&format!("{parcels} parcels, {style:?}, {months} months")));
            score.must_reach();
        }
    }
}
