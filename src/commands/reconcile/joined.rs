//! Lines that a person has said are the same: found by their identities,
//! joined before the matcher looks at anything else.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::engine::decisions::Choice;
use crate::engine::matching::outcome::Line;
use crate::engine::matching::sides::Both;
use crate::report::decisions::Written;

/// Entries that belong together, and the line on which that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Joined {
    /// The identity of the line that the decision stands on.
    pub(super) id: String,
    /// The entries of both sides.
    pub(super) entries: Both<Vec<usize>>,
}

/// Finds what the decisions join. A decision about a line that is no longer
/// there, or that would join lines of one side only, joins nothing.
pub(super) fn joined(decisions: &[Written], ids: &[String], lines: &[Line]) -> Vec<Joined> {
    let by_id: FxHashMap<&str, usize> =
        ids.iter().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
    // Lines joined with the same line are all one: the first speaks for them.
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
    for decision in decisions.iter().filter(|said| said.choice == Some(Choice::SameAs)) {
        let other = decision.same_as.as_deref().and_then(|other| by_id.get(other));
        let (Some(&line), Some(&other)) = (by_id.get(decision.line.as_str()), other) else {
            continue;
        };
        let group = *first.get(&line).or(first.get(&other)).unwrap_or(&groups.len());
        if group == groups.len() {
            groups.push((decision.line.clone(), Vec::new()));
        }
        for line in [line, other] {
            if first.insert(line, group).is_none() {
                groups[group].1.push(line);
            }
        }
    }
    let join = |(id, members): (String, Vec<usize>)| {
        let of = |entries: fn(&Line) -> &Vec<usize>| -> Vec<usize> {
            members.iter().flat_map(|&line| entries(&lines[line])).copied().collect()
        };
        Joined { id, entries: Both { left: of(|line| &line.left), right: of(|line| &line.right) } }
    };
    let joins = groups.into_iter().map(join);
    joins.filter(|j| !j.entries.left.is_empty() && !j.entries.right.is_empty()).collect()
}

/// Gives the joined lines the identity of the line their decision stands on,
/// so that the decision is found there again.
pub(super) fn keep_ids(ids: &mut [String], joined: &[Joined], lines: &[Line]) {
    for join in joined {
        let Some(entry) = join.entries.left.first() else { continue };
        if let Some(line) = lines.iter().position(|line| line.left.contains(entry)) {
            ids[line].clone_from(&join.id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::matching::outcome::Status;
    use crate::location::{CellRef, Location, SheetId};
    use rust_decimal::Decimal;

    fn same(line: &str, other: &str) -> Written {
        let sheet = SheetId { path: "r.xlsx".to_owned(), sheet: Some("差异".to_owned()) };
        Written {
            line: line.to_owned(),
            choice: Some(Choice::SameAs),
            same_as: Some(other.to_owned()),
            decided_on: None,
            note: String::new(),
            at: Location::new(&sheet.into(), CellRef::new(2, 16)),
        }
    }

    fn lines() -> (Vec<String>, Vec<Line>) {
        let left = |index| Line::new(Status::LeftOnly, vec![index], vec![], Decimal::ONE);
        let right = |index| Line::new(Status::RightOnly, vec![], vec![index], -Decimal::ONE);
        (["A", "B", "C"].map(str::to_owned).to_vec(), vec![left(0), right(0), right(1)])
    }

    #[test]
    fn two_lines_become_one_under_the_identity_of_the_decision() {
        let (mut ids, before) = lines();
        let joined = joined(&[same("B", "A"), same("C", "A")], &ids, &before);
        assert_eq!(joined.len(), 1);
        assert_eq!(joined[0].entries, Both { left: vec![0], right: vec![0, 1] });
        let after = [Line::new(Status::Matched, vec![0], vec![0, 1], Decimal::ZERO)];
        keep_ids(&mut ids, &joined, &after);
        assert_eq!(ids[0], "B");
    }

    #[test]
    fn lines_of_one_side_and_lines_that_are_gone_join_nothing() {
        let (ids, lines) = lines();
        assert!(joined(&[same("B", "C")], &ids, &lines).is_empty());
        assert!(joined(&[same("A", "gone"), same("gone", "A")], &ids, &lines).is_empty());
    }
}
