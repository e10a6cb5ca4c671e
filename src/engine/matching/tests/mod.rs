//! Small papers with known results, written as text, and the laws that hold
//! for any papers.

mod coincidences;
mod documents;
mod groups;
mod laws;
mod lines;
mod mechanisms;
mod reasons;
mod text;
mod ways;

use super::outcome::{Line, Note, Outcome, Reason, Status};
use super::spec::Spec;
use crate::engine::entry::Entry;
use text::entries;

/// Runs the matcher on two papers written as text.
fn run(left: &str, right: &str) -> Checked {
    run_with(left, right, |_| ())
}

/// Runs the matcher with changed terms.
fn run_with(left: &str, right: &str, change: impl FnOnce(&mut Spec)) -> Checked {
    let mut spec = text::october();
    change(&mut spec);
    let (left, right) = (entries(left, "theirs"), entries(right, "ours"));
    let outcome = super::reconcile(&left, &right, &spec).unwrap();
    Checked { left, right, outcome }
}

/// A result, to be looked at.
struct Checked {
    left: Vec<Entry>,
    right: Vec<Entry>,
    outcome: Outcome,
}

impl Checked {
    /// Shows each line as `status left=right difference causes notes reason`,
    /// sorted as they come.
    fn lines(&self) -> Vec<String> {
        self.outcome.lines.iter().map(show).collect()
    }

    /// Asserts that these are the lines.
    #[track_caller]
    fn are(&self, expected: &[&str]) {
        assert_eq!(self.lines(), expected, "\n{:#?}", self.outcome);
    }

    /// Returns the line of a left entry.
    fn of_left(&self, index: usize) -> &Line {
        self.outcome.lines.iter().find(|line| line.left.contains(&index)).unwrap()
    }

    /// Returns the line of a right entry.
    fn of_right(&self, index: usize) -> &Line {
        self.outcome.lines.iter().find(|line| line.right.contains(&index)).unwrap()
    }
}

fn show(line: &Line) -> String {
    let status = match line.status {
        Status::Matched => "matched",
        Status::Differs => "differs",
        Status::Suggested => "suggested",
        Status::Ambiguous => "ambiguous",
        Status::LeftOnly => "left-only",
        Status::RightOnly => "right-only",
    };
    let join = |indices: &[usize]| {
        indices.iter().map(|index| (index + 1).to_string()).collect::<Vec<_>>().join("+")
    };
    let mut shown = format!("{status} {}={}", join(&line.left), join(&line.right));
    if !line.difference.is_zero() {
        shown += &format!(" {}", line.difference.normalize());
    }
    for cause in &line.causes {
        shown += &format!(" {}:{}", name(cause.code), cause.amount.normalize());
    }
    for &note in &line.notes {
        shown += &format!(" [{}]", name(note));
    }
    if let Some(reason) = line.reason {
        shown += &format!(" ({})", name(reason));
    }
    shown
}

fn name(code: impl serde::Serialize) -> String {
    serde_json::to_value(code).unwrap().as_str().unwrap().to_owned()
}
