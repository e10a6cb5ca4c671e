//! The bridge: from their closing balance to ours, step by step, each step
//! with the lines behind it, and what is left unexplained.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::matching::outcome::{Line, Note, Reason, Status};
use crate::finding::name;
use crate::location::Location;

use super::sides::Sides;

/// One row of the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// `left-closing`, a cause, reason or note, `right-closing` or `residual`.
    pub name: String,
    /// Signed so that adding it leads from their balance to ours.
    pub amount: Decimal,
    /// The places behind it.
    pub lines: Vec<Location>,
}

/// Where both sides stand at the two ends of the period.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    /// Their opening balance.
    pub left_opening: Decimal,
    /// Our opening balance.
    pub right_opening: Decimal,
    /// Their closing balance.
    pub left_closing: Decimal,
    /// Our closing balance.
    pub right_closing: Decimal,
}

/// Builds the bridge of one party from its lines.
///
/// The right closing less the left closing is the sum of the lines'
/// differences turned round; and the right opening less the left one, less
/// what of our lines our opening already holds and theirs does not; less what
/// of our lines is dated after the period.
pub(super) fn bridge<'a>(
    ends: Ends,
    lines: impl Iterator<Item = &'a Line>,
    sides: &Sides,
) -> Vec<Step> {
    let mut steps = Steps::default();
    let mut held = Decimal::ZERO;
    for line in lines {
        held += steps.add_line(line, sides);
    }
    steps.add("opening", ends.right_opening - ends.left_opening - held, &[]);
    steps.finish(ends)
}

#[derive(Default)]
struct Steps {
    by_name: BTreeMap<String, (Decimal, Vec<Location>)>,
}

impl Steps {
    /// Adds what a line moves; returns how much more of it our opening
    /// balance holds than theirs.
    fn add_line(&mut self, line: &Line, sides: &Sides) -> Decimal {
        if sides.stands_apart(line) {
            return Decimal::ZERO;
        }
        let places = places(line, sides);
        let after = line.right.iter().filter(|&&index| sides.is_after(index));
        let after: Decimal = after.map(|&index| sides.right[index].amount).sum();
        self.add_difference(line, &places);
        self.add(name(Note::Date), -after, &places);
        sides.held(line)
    }

    fn add_difference(&mut self, line: &Line, places: &[Location]) {
        let one_name = match line.status {
            Status::Ambiguous => Some("ambiguous".to_owned()),
            Status::Suggested => Some("suggested".to_owned()),
            _ if line.causes.is_empty() => {
                Some(line.reason.map_or_else(|| name(Reason::NoCandidate), name))
            }
            _ => None,
        };
        if let Some(one_name) = one_name {
            self.add(one_name, -line.difference, places);
            return;
        }
        for cause in &line.causes {
            self.add(name(cause.code), -cause.amount, places);
        }
    }

    fn add(&mut self, name: impl Into<String>, amount: Decimal, places: &[Location]) {
        if amount.is_zero() {
            return;
        }
        let step = self.by_name.entry(name.into()).or_default();
        step.0 += amount;
        step.1.extend_from_slice(places);
    }

    fn finish(self, ends: Ends) -> Vec<Step> {
        let step = |name: &str, amount| Step { name: name.to_owned(), amount, lines: Vec::new() };
        let mut steps = vec![step("left-closing", ends.left_closing)];
        let mut reached = ends.left_closing;
        for (name, (amount, lines)) in self.by_name {
            reached += amount;
            if !amount.is_zero() {
                steps.push(Step { name, amount, lines });
            }
        }
        steps.push(step("right-closing", ends.right_closing));
        steps.push(step("residual", reached - ends.right_closing));
        steps
    }
}

fn places(line: &Line, sides: &Sides) -> Vec<Location> {
    let left = line.left.iter().map(|&index| sides.left[index].at.clone());
    left.chain(line.right.iter().map(|&index| sides.right[index].at.clone())).collect()
}
