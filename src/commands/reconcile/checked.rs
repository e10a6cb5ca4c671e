//! What every cross-check has in common once its sides are entries: the run
//! with the decisions applied, the lines in words, the proof that nothing was
//! lost.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::explain::explain;
use super::joined;
use super::lines::Told;
use super::terms::Terms;
use crate::commands::Context;
use crate::engine::decisions::line_ids;
use crate::engine::entry::Entry;
use crate::engine::matching::conserve::Miscount;
use crate::engine::matching::outcome::Line;
use crate::engine::matching::spec::{Pack, Spec};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::report::Conservation;
use crate::report::decisions::Written;
use crate::settings::Settings;

/// Both sides of a cross-check and the lines that hold every entry of them.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Checked<'a> {
    /// Their entries.
    pub(in crate::commands) left: &'a [Entry],
    /// Ours.
    pub(in crate::commands) right: &'a [Entry],
    /// Every entry of both, each in one line.
    pub(in crate::commands) lines: &'a [Line],
}

impl<'a> Checked<'a> {
    /// Returns the identities of its lines.
    pub(in crate::commands) fn ids(self) -> Vec<String> {
        line_ids(self.lines, self.left, self.right)
    }

    /// Puts every line into words, with its number, identity and decision.
    pub(in crate::commands) fn tell(
        self,
        ids: &'a [String],
        decisions: &'a [Written],
        terms: &Terms,
        context: &Context,
        stands_apart: impl Fn(&Line) -> bool + Sync,
    ) -> Vec<Told<'a>> {
        let decisions: FxHashMap<&str, &Written> =
            decisions.iter().map(|decision| (decision.line.as_str(), decision)).collect();
        let tell = |(index, line): (usize, &'a Line)| Told {
            number: index + 1,
            id: ids[index].as_str(),
            line,
            left: line.left.iter().map(|&index| &self.left[index]).collect(),
            right: line.right.iter().map(|&index| &self.right[index]).collect(),
            decision: decisions.get(ids[index].as_str()).copied(),
            explanation: explain(line, self, terms, context.lang),
            stands_apart: stands_apart(line),
        };
        self.lines.par_iter().enumerate().map(tell).collect()
    }

    /// Counts what went in and what came out again.
    pub(in crate::commands) fn conservation(self) -> Conservation {
        let placed = |of: fn(&Line) -> &Vec<usize>| self.lines.iter().flat_map(of);
        let lefts = placed(|line| &line.left).map(|&index| self.left[index].amount);
        let rights = placed(|line| &line.right).map(|&index| self.right[index].amount);
        let rows = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let reported = self.lines.iter().map(|line| line.left.len() + line.right.len());
        Conservation {
            rows_in: rows(self.left.len() + self.right.len()),
            rows_reported: rows(reported.sum()),
            amount_in: self.left.iter().chain(self.right).map(|entry| entry.amount).sum(),
            amount_reported: lefts.chain(rights).sum(),
        }
    }
}

/// Runs a cross-check, and once more with the lines joined that a person has
/// said are the same; returns the lines' identities beside its result.
pub(in crate::commands) fn with_decisions<T>(
    decisions: &[Written],
    mut rules: Spec,
    run: impl Fn(&Spec) -> std::result::Result<T, Miscount>,
    checked: impl Fn(&T) -> Checked<'_>,
) -> Result<(T, Vec<String>)> {
    let run = |rules: &Spec| -> Result<(T, Vec<String>)> {
        let result = run(rules)
            .map_err(|miscount| Finding::of(codes::INTERNAL_ERROR).with("found", miscount))?;
        let ids = checked(&result).ids();
        Ok((result, ids))
    };
    let (result, ids) = run(&rules)?;
    let joined = joined::joined(decisions, &ids, checked(&result).lines);
    if joined.is_empty() {
        return Ok((result, ids));
    }
    rules.together = joined.iter().map(|join| join.entries.clone()).collect();
    let (result, mut ids) = run(&rules)?;
    joined::keep_ids(&mut ids, &joined, checked(&result).lines);
    Ok((result, ids))
}

/// Returns the matcher's rules: its own, with what the settings say.
pub(in crate::commands) fn rules(settings: &Settings) -> Spec {
    let pack = |(item, &factor): (&String, &rust_decimal::Decimal)| Pack {
        party: None,
        item: item.as_str().into(),
        factor,
    };
    Spec {
        tolerance: settings.matching.tolerance,
        date_window: settings.matching.days.into(),
        tax_rates: settings.tax.rates.clone(),
        packs: settings.packs.iter().map(pack).collect(),
        ..Spec::default()
    }
}
