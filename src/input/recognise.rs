//! Which kind a table is: by the words of its header, by what it needs, by
//! titles, file and sheet names, by its rows.

use super::columns::{Assignment, Headers, Overrides, Sample, by_header};
use super::table::{Role, Table};
use crate::kinds::{self, Kind, Required, titles, vocabulary};

/// What the file and the sheet are called.
#[derive(Debug, Clone, Copy, Default)]
pub struct Names<'a> {
    /// The file's name, without its folder and extension.
    pub file: &'a str,
    /// The sheet's name.
    pub sheet: &'a str,
}

/// A kind that a table may be.
#[derive(Debug, Clone, Copy)]
pub struct Recognised {
    /// The kind.
    pub kind: &'static Kind,
    /// How sure, from 0 to 100.
    pub confidence: u8,
}

/// Below this confidence a table is of no known kind.
pub const THRESHOLD: u8 = 45;

/// What the words of the header count for.
const HEADER: f64 = 45.0;
/// What the fields that a document is not complete without count for.
const REQUIRED: f64 = 15.0;
/// What the fields that the kind cannot do without count for.
const NEEDED: f64 = 20.0;
/// What titles and names count for.
const TITLE: f64 = 30.0;
/// What balance rows and facts around the table count for.
const SURROUNDINGS: f64 = 8.0;
/// What speaks against a document about one party: several in a column.
const SEVERAL_PARTIES: f64 = 22.0;
/// The most that a table is worth that has not what the kind needs.
const WITHOUT_NEEDED: f64 = 40.0;
/// A lead smaller than this is in doubt.
const CLEAR_LEAD: f64 = 8.0;

/// Returns the kinds that a table may be, the likeliest first; only those
/// that something speaks for.
pub fn recognise(table: &Table, names: Names<'_>, overrides: &Overrides) -> Vec<Recognised> {
    let headers = Headers::of(table);
    let sample = Sample::of(table);
    let weights = weights(&headers, table.columns.len());
    let said = Said::of(table, names);
    let mut scores: Vec<(&'static Kind, f64)> = kinds::all()
        .iter()
        .map(|kind| {
            let assignment = by_header(&headers, &sample, table, kind, overrides);
            let evidence = Evidence { table, sample: &sample, assignment: &assignment, kind };
            (kind, evidence.score(&weights, &said))
        })
        .filter(|(_, score)| *score >= 10.0)
        .collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    let second = scores.get(1).map_or(0.0, |(_, score)| *score);
    let confidence = |place: usize, score: f64| {
        let lead = if place == 0 { score - second } else { CLEAR_LEAD };
        let doubt = (CLEAR_LEAD - lead).max(0.0) * 1.5;
        (score - doubt).clamp(0.0, 99.0).round() as u8
    };
    scores
        .into_iter()
        .enumerate()
        .map(|(place, (kind, score))| Recognised { kind, confidence: confidence(place, score) })
        .collect()
}

/// Returns how much each column's header tells: a word of one kind alone
/// tells most, one of every kind little.
fn weights(headers: &Headers, columns: usize) -> Vec<f64> {
    let weight = |at: usize| {
        headers.word(at)?;
        let spread = headers.keys(at).find_map(vocabulary::spread);
        Some(match spread {
            None => 0.3,
            Some(0) => 0.35,
            Some(kinds) => 0.4 + 0.6 / kinds as f64,
        })
    };
    (0..columns).map(|at| weight(at).unwrap_or(0.0)).collect()
}

/// What titles and names say, by kind.
struct Said {
    hints: Vec<(&'static Kind, f64)>,
}

impl Said {
    /// Reads the titles of a table, the sheet's and the file's name. The
    /// nearer to the table, the more it counts: the file's name speaks for
    /// all of its sheets.
    fn of(table: &Table, names: Names<'_>) -> Self {
        let mut hints: Vec<(&'static Kind, f64)> = Vec::new();
        let mut weight = 1.0;
        let near: Vec<&str> = table.titles.iter().map(|title| title.value.as_str()).collect();
        for texts in [near, vec![names.sheet], vec![names.file]] {
            let found: Vec<_> = texts.into_iter().flat_map(titles::hints).collect();
            for hint in &found {
                let sure = weight * ((hint.length as f64 - 0.5) / 3.5).min(1.0);
                match hints.iter_mut().find(|(kind, _)| kind.id == hint.kind.id) {
                    Some((_, known)) => *known = known.max(sure),
                    None => hints.push((hint.kind, sure)),
                }
            }
            if !found.is_empty() {
                weight *= 0.7;
            }
        }
        Self { hints }
    }

    /// Returns how surely titles and names speak for a kind, from 0 to 1.
    fn of_kind(&self, kind: &Kind) -> f64 {
        let hint = self.hints.iter().find(|(known, _)| known.id == kind.id);
        hint.map_or(0.0, |(_, sure)| *sure)
    }
}

/// A table as one kind would understand it.
struct Evidence<'a> {
    table: &'a Table,
    sample: &'a Sample<'a>,
    assignment: &'a Assignment,
    kind: &'static Kind,
}

impl Evidence<'_> {
    /// Returns what speaks for the kind, from 0 to about 100.
    fn score(&self, weights: &[f64], said: &Said) -> f64 {
        let title = said.of_kind(self.kind);
        let met = self.kind.needs.iter().filter(|group| self.assignment.has_any(group)).count();
        let needed = met as f64 / self.kind.needs.len().max(1) as f64;
        let sum = HEADER * self.header(weights)
            + REQUIRED * self.required()
            + NEEDED * needed
            + TITLE * title
            + self.surroundings()
            - self.several_parties();
        if met < self.kind.needs.len() { sum.min(WITHOUT_NEEDED) } else { sum }
    }

    /// Returns the share of what the header tells that the kind explains.
    fn header(&self, weights: &[f64]) -> f64 {
        let all: f64 = weights.iter().sum();
        if all == 0.0 {
            return 0.0;
        }
        let explained = |(known, weight): (Option<(_, bool)>, &f64)| match known {
            Some((_, true)) => *weight,
            Some((_, false)) => *weight * 0.4,
            None => 0.0,
        };
        self.assignment.known().zip(weights).map(explained).sum::<f64>() / all
    }

    /// Returns the share of the document's required columns that are there.
    fn required(&self) -> f64 {
        let required: Vec<_> = self
            .kind
            .fields
            .iter()
            .filter(|field| field.required == Required::Yes && !field.outside)
            .collect();
        if required.is_empty() {
            return 1.0;
        }
        let known: Vec<&str> =
            self.assignment.known().flatten().map(|(field, _)| field.name.as_str()).collect();
        let there = required.iter().filter(|field| known.contains(&field.name.as_str())).count();
        there as f64 / required.len() as f64
    }

    /// Returns what balance rows and facts around the table add.
    fn surroundings(&self) -> f64 {
        let has = |name: &str| self.kind.fields.iter().any(|field| field.name == name);
        let balances =
            self.table.rows.iter().any(|row| matches!(row.role, Role::Opening | Role::Closing));
        let of_balances = has("opening_balance") || has("balance");
        let outside = |key: &str| {
            let claims = self.kind.claims(&crate::text::header_word(key));
            claims.first().is_some_and(|claim| claim.field.outside)
        };
        let facts = self.table.facts.iter().filter(|fact| outside(&fact.key)).count();
        let balance = if balances && of_balances { SURROUNDINGS } else { 0.0 };
        balance + (facts as f64).min(3.0)
    }

    /// Returns what several parties in a column take off a document that is
    /// about one.
    fn several_parties(&self) -> f64 {
        let about = self.kind.about.as_deref();
        let column = about.and_then(|name| {
            self.assignment.known().position(|one| one.is_some_and(|(field, _)| field.name == name))
        });
        match column {
            Some(at) if self.sample.distinct(at) > 1 => SEVERAL_PARTIES,
            _ => 0.0,
        }
    }
}
