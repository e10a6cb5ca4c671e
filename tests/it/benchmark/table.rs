//! The benchmark's table, as text.

use std::fmt::Write;

use super::score::{Score, Share};
use super::usual;
use crate::months::truth::Month;

/// How the usual ways do on the same months, left entry by left entry.
#[derive(Debug, Clone, Default)]
pub(crate) struct Beside {
    ways: Vec<(&'static str, Share, Share)>,
}

impl Beside {
    /// Adds a month.
    pub(crate) fn add(&mut self, month: &Month, ours: &[usual::Claim]) {
        let ways = [
            ("gendan", ours.to_vec()),
            ("lookup on the amount", usual::lookup(month)),
            ("sum by document number", usual::sums(month)),
            ("best-first greedy", usual::greedy(month)),
        ];
        for (name, claims) in ways {
            let (precision, recall) = usual::judge(month, &claims);
            match self.ways.iter_mut().find(|(way, ..)| *way == name) {
                Some((_, p, r)) => {
                    p.add(precision);
                    r.add(recall);
                }
                None => self.ways.push((name, precision, recall)),
            }
        }
    }
}

fn percent(rate: usize) -> String {
    format!("{}.{:02}", rate / 100, rate % 100)
}

/// Writes the table.
pub(crate) fn table(title: &str, score: &Score, beside: &Beside) -> String {
    let mut text = format!("\n{title}\n");
    let mut line = |name: &str, share: Share| {
        let _ = writeln!(
            text,
            "  {name:<28} {:>7} %  {:>6} of {}",
            percent(share.rate()),
            share.right,
            share.all
        );
    };
    line("confirmed: precision", score.precision);
    line("confirmed: recall", score.recall);
    for (class, share) in &score.classes {
        line(&class.name(), *share);
    }
    for (code, named) in &score.causes {
        let _ = writeln!(
            text,
            "  cause {:<22} {:>7} F1  {} right, {} wrong, {} missed",
            format!("{code:?}"),
            percent(named.f1()),
            named.right,
            named.wrong,
            named.missed
        );
    }
    let _ = writeln!(text, "  causes: macro F1             {:>7}", percent(score.macro_f1()));
    let _ = writeln!(
        text,
        "  inexact {}, ambiguous confirmed {}, lost or doubled {}, wrong differences {}",
        score.inexact, score.ambiguous_confirmed, score.lost_or_doubled, score.wrong_differences
    );
    for (name, precision, recall) in &beside.ways {
        let _ = writeln!(
            text,
            "  {name:<28} precision {:>7} %, recall {:>7} %",
            percent(precision.rate()),
            percent(recall.rate())
        );
    }
    text
}
