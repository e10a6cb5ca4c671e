//! Judges what is said of a shop's month against the truth.

use std::collections::{BTreeMap, HashMap};

use gendan::engine::matching::outcome::{Line, Status};

use super::truth::{Fact, Month};
use crate::benchmark::score::Share;

/// What came out, over one month or several.
#[derive(Debug, Default)]
pub(super) struct Score {
    pub(super) precision: Share,
    pub(super) recall: Share,
    pub(super) classes: BTreeMap<String, Share>,
    /// Confirmed lines under a damaged number that are the true ones.
    pub(super) restored: Share,
    /// What went wrong, in words, by class.
    pub(super) failures: BTreeMap<String, Vec<String>>,
}

impl Score {
    fn fail(&mut self, class: &str, what: String) {
        let failures = self.failures.entry(class.to_owned()).or_default();
        if failures.len() < 4 {
            failures.push(what);
        }
    }
}

fn is_confirmed(line: &Line) -> bool {
    matches!(line.status, Status::Matched | Status::Differs)
        && !line.left.is_empty()
        && !line.right.is_empty()
}

/// Judges `lines`.
pub(super) fn judge(month: &Month, lines: &[Line], score: &mut Score) {
    let mut of_left: Vec<usize> = vec![usize::MAX; month.export.len()];
    let mut of_kind: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        line.left.iter().for_each(|&row| of_left[row] = at);
        for &row in &line.right {
            of_kind.entry(month.kinds[row]).or_default().push(at);
        }
    }
    let facts: HashMap<&[usize], &Fact> =
        month.facts.iter().map(|fact| (fact.left.as_slice(), fact)).collect();
    for line in lines.iter().filter(|line| is_confirmed(line)) {
        let fact = facts.get(line.left.as_slice());
        let right = fact.is_some_and(|fact| same(month, &fact.right, &line.right));
        score.precision.count(right);
        let damaged = line.notes.iter().any(|note| format!("{note:?}") == "DocumentNoDamaged");
        if damaged {
            score.restored.count(right);
        }
        if !right {
            score.fail("FALSE MATCH", shown(month, line));
        }
    }
    for fact in &month.facts {
        let line = match (fact.left.first(), fact.right.first()) {
            (Some(&row), _) => lines.get(of_left[row]),
            (None, Some(row)) => alone(month, *row, lines, &of_kind),
            (None, None) => None,
        };
        let Some(line) = line else {
            score.classes.entry(fact.class.clone()).or_default().count(false);
            score.fail(&fact.class, format!("not found {fact:?}"));
            continue;
        };
        let verdict = verdict(month, fact, line);
        let sure = |status: &Status| matches!(status, Status::Matched | Status::Differs);
        if !fact.right.is_empty() && !fact.statuses.is_empty() && fact.statuses.iter().all(sure) {
            score.recall.count(is_confirmed(line) && verdict.is_ok());
        }
        score.classes.entry(fact.class.clone()).or_default().count(verdict.is_ok());
        if let Err(why) = verdict {
            score.fail(&fact.class, format!("{why}: {fact:?}\n      {}", shown(month, line)));
        }
    }
}

/// Returns the one-sided line of a row, or of one that says the same.
fn alone<'l>(
    month: &Month,
    row: usize,
    lines: &'l [Line],
    of_kind: &HashMap<usize, Vec<usize>>,
) -> Option<&'l Line> {
    let of = of_kind.get(&month.kinds[row])?;
    of.iter().map(|&at| &lines[at]).min_by_key(|line| !line.left.is_empty())
}

fn same(month: &Month, one: &[usize], other: &[usize]) -> bool {
    let kinds = |rows: &[usize]| {
        let mut kinds: Vec<usize> = rows.iter().map(|&row| month.kinds[row]).collect();
        kinds.sort_unstable();
        kinds
    };
    kinds(one) == kinds(other)
}

fn verdict(month: &Month, fact: &Fact, line: &Line) -> Result<(), String> {
    let together = line.left == fact.left && same(month, &line.right, &fact.right);
    if fact.statuses.is_empty() {
        let wrong = is_confirmed(line) && !together;
        return if wrong { Err("a stranger".to_owned()) } else { Ok(()) };
    }
    if !fact.statuses.contains(&line.status) {
        return Err(format!("{:?}", line.status));
    }
    if !together {
        return Err("with others".to_owned());
    }
    if fact.reason.is_some() && line.reason != fact.reason {
        return Err(format!("reason {:?}", line.reason));
    }
    let named = |code| line.causes.iter().any(|cause| cause.code == code);
    if fact.cause.is_some_and(|code| !named(code)) {
        return Err(format!("causes {:?}", line.causes));
    }
    if fact.note.is_some_and(|note| !line.notes.contains(&note)) {
        return Err(format!("notes {:?}", line.notes));
    }
    Ok(())
}

fn shown(month: &Month, line: &Line) -> String {
    let orders = line.left.iter().map(|&row| {
        let row = &month.export[row];
        let number = row.order_no.as_ref().map_or("-", |number| &number.text);
        format!("L {number} {} {} {:?}", row.buyer.as_deref().unwrap_or("-"), row.paid, row.created)
    });
    let bookings = line.right.iter().map(|&row| {
        let row = &month.register[row];
        let number = row.order_no.as_ref().map_or("-", |number| &number.text);
        format!("R {number} {} {} {:?}", row.buyer.as_deref().unwrap_or("-"), row.amount, row.date)
    });
    let rows: Vec<String> = orders.chain(bookings).take(6).collect();
    format!("{:?} {:?} {:?} {}", line.status, line.notes, line.reason, rows.join(" | "))
}
