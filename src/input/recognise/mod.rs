//! Which kind a table is: by the words of its header, by what it needs, by
//! titles, file and sheet names, by what stands around it and in it.

use super::columns::{Assignment, Headers, Overrides, Sample, by_header};
use super::form;
use super::table::{Role, Table};
use crate::kinds::{self, Field, Kind, Required, titles, vocabulary};
use crate::text::header_key;

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

/// What the words of the header count for. All that counts adds up to about
/// 100: a table without a title is never quite sure.
const HEADER: f64 = 47.0;
/// What the fields that a document is not complete without count for.
const REQUIRED: f64 = 11.0;
/// What the fields that the kind cannot do without count for.
const NEEDED: f64 = 17.0;
/// The titles that are listened to: a sheet of prose is all titles.
const MOST_TITLES: usize = 200;

/// What titles and names count for.
const TITLE: f64 = 22.0;
/// How surely a name that is just what people call a kind speaks for it.
const CALLED: f64 = 0.4;
/// What titles and names take off kinds that they do not speak of.
const OTHER_TITLE: f64 = 8.0;
/// What balance rows around the table count for.
const BALANCES: f64 = 5.0;
/// What speaks against a document about one party: several in a column.
const SEVERAL_PARTIES: f64 = 20.0;
/// The most that a table is worth that has not what the kind needs.
const WITHOUT_NEEDED: f64 = 40.0;
/// The most if what is missing often stands outside the table, and a title
/// says what it is.
const WITHOUT_OUTSIDE: f64 = 70.0;
/// What a table without a header is worth if a title says what it is.
const BY_NAME_ALONE: f64 = 50.0;
/// What a sheet of facts alone is worth if all of them are the kind's.
const BY_FACTS_ALONE: f64 = 60.0;
/// The fewest facts by which a sheet is recognised.
const FACTS: usize = 4;
/// A title this sure says what a form is.
const SURE_TITLE: f64 = 0.5;
/// A lead smaller than this is in doubt.
const CLEAR_LEAD: f64 = 8.0;
/// Kinds that less speaks for are not named.
const WORTH_NAMING: f64 = 10.0;

/// Returns the kinds that a table may be, the likeliest first; only those
/// that something speaks for.
pub fn recognise(table: &Table, names: Names<'_>, overrides: &Overrides) -> Vec<Recognised> {
    let headers = Headers::of(table);
    let sample = Sample::of(table);
    let seen = Seen {
        weights: weights(&headers, table.columns.len()),
        facts: facts(table),
        form: form::names(table),
        said: said(table, names),
        table,
        sample: &sample,
    };
    let mut scores: Vec<(&'static Kind, f64)> = kinds::all()
        .iter()
        .map(|kind| {
            let assignment = by_header(&headers, &sample, table, kind, overrides);
            (kind, Evidence { seen: &seen, assignment: &assignment, kind }.score())
        })
        .filter(|(_, score)| *score >= WORTH_NAMING)
        .collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    let best = scores.first().map_or(0.0, |(_, score)| *score);
    let second = scores.get(1).map_or(0.0, |(_, score)| *score);
    let doubt = (CLEAR_LEAD - (best - second)).max(0.0) * 1.5;
    let confidence = |score: f64| (score - doubt).clamp(0.0, 99.0).round() as u8;
    scores
        .into_iter()
        .map(|(kind, score)| Recognised { kind, confidence: confidence(score) })
        .collect()
}

/// What a table shows, whatever its kind.
struct Seen<'a> {
    table: &'a Table,
    sample: &'a Sample<'a>,
    /// By column: how much its header tells.
    weights: Vec<f64>,
    /// The keys of the facts around the table, as header words.
    facts: Vec<String>,
    /// The words of the first column, if they are names of fields.
    form: Vec<String>,
    /// The kinds that titles and names speak of, and how surely.
    said: Vec<(&'static Kind, f64)>,
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

/// Returns the keys of the facts around a table as header words.
fn facts(table: &Table) -> Vec<String> {
    table.facts.iter().flat_map(|fact| header_key(&fact.key).whole).collect()
}

/// Returns the kinds that the titles of a table, the sheet's and the file's
/// name speak of. The nearer to the table, the more it counts: the file's
/// name speaks for all of its sheets.
fn said(table: &Table, names: Names<'_>) -> Vec<(&'static Kind, f64)> {
    let mut said: Vec<(&'static Kind, f64)> = Vec::new();
    let mut weight = 1.0;
    let titles = table.titles.iter().take(MOST_TITLES).map(|title| title.value.as_str()).collect();
    for texts in [titles, vec![names.sheet], vec![names.file]] {
        let hints: Vec<_> = texts.into_iter().flat_map(titles::hints).collect();
        for hint in &hints {
            let sure = weight * ((hint.length as f64 - 0.5) / 3.5).min(1.0);
            match said.iter_mut().find(|(kind, _)| kind.id == hint.kind.id) {
                Some((_, known)) => *known = known.max(sure),
                None => said.push((hint.kind, sure)),
            }
        }
        if !hints.is_empty() {
            weight *= 0.7;
        }
    }
    if said.is_empty() {
        // A name that is just what people call a kind (订单) is a hint too.
        let called = [names.sheet, names.file].into_iter().find_map(kinds::named);
        said.extend(called.map(|kind| (kind, CALLED)));
    }
    said
}

/// A table as one kind would understand it.
struct Evidence<'a> {
    seen: &'a Seen<'a>,
    assignment: &'a Assignment,
    kind: &'static Kind,
}

impl Evidence<'_> {
    /// Returns what speaks for the kind, from 0 to about 100.
    fn score(&self) -> f64 {
        let title = self.title();
        let missing: Vec<&Vec<String>> =
            self.kind.needs.iter().filter(|group| !self.has_any(group)).collect();
        let needs = self.kind.needs.len().max(1);
        let needed = (needs - missing.len()) as f64 / needs as f64;
        let sum = HEADER * self.header()
            + REQUIRED * self.required()
            + NEEDED * needed
            + TITLE * title
            + self.balances()
            - self.several_parties()
            - self.other_title();
        let outside = |group: &&Vec<String>| {
            group.iter().any(|name| self.kind.field(name).is_some_and(|field| field.outside))
        };
        if self.seen.weights.iter().all(|weight| *weight == 0.0) {
            // No header at all: a title may still say what it is, or what
            // stands on the form.
            let named = if title >= SURE_TITLE { BY_NAME_ALONE + title } else { 0.0 };
            let filled = if missing.is_empty() { self.facts_alone() } else { 0.0 };
            named.max(filled)
        } else if missing.is_empty() {
            sum
        } else if title >= SURE_TITLE && missing.iter().all(outside) {
            sum.min(WITHOUT_OUTSIDE)
        } else {
            sum.min(WITHOUT_NEEDED)
        }
    }

    /// Returns how surely titles and names speak for the kind, from 0 to 1.
    fn title(&self) -> f64 {
        let said = self.seen.said.iter().find(|(kind, _)| kind.id == self.kind.id);
        said.map_or(0.0, |(_, sure)| *sure)
    }

    /// Returns what titles and names that speak of other kinds take off.
    fn other_title(&self) -> f64 {
        let surest = self.seen.said.iter().map(|(_, sure)| *sure).fold(0.0, f64::max);
        OTHER_TITLE * (surest - self.title()).max(0.0)
    }

    /// Whether one of the fields is a column, a fact or a line of the form.
    fn has_any(&self, fields: &[String]) -> bool {
        let beside = self.seen.facts.iter().chain(&self.seen.form);
        self.assignment.has_any(fields)
            || beside.filter_map(|word| self.own(word)).any(|field| fields.contains(&field.name))
    }

    /// Returns what the facts of a sheet that has nothing else are worth:
    /// most of them must be the kind's.
    fn facts_alone(&self) -> f64 {
        let facts = &self.seen.facts;
        let known = facts.iter().filter(|word| self.own(word).is_some()).count();
        if !self.kind.form || known < FACTS || known * 3 < facts.len() * 2 {
            return 0.0;
        }
        BY_FACTS_ALONE * known as f64 / facts.len() as f64
    }

    /// Returns the field of the kind that a word means first.
    fn own(&self, word: &str) -> Option<&'static Field> {
        let field = self.kind.claim(word)?;
        self.kind.fields.iter().find(|own| own.name == field.name)
    }

    /// Returns the share of what the header tells that the kind explains.
    fn header(&self) -> f64 {
        if !self.seen.form.is_empty() {
            let known = self.seen.form.iter().filter(|word| self.own(word).is_some()).count();
            return known as f64 / self.seen.form.len() as f64;
        }
        let all: f64 = self.seen.weights.iter().sum();
        if all == 0.0 {
            return 0.0;
        }
        let explained = |(known, weight): (Option<(_, bool)>, &f64)| match known {
            Some((_, true)) => *weight,
            Some((_, false)) => *weight * 0.4,
            None => 0.0,
        };
        self.assignment.known().zip(&self.seen.weights).map(explained).sum::<f64>() / all
    }

    /// Returns the share of the document's required columns that are there.
    fn required(&self) -> f64 {
        let required: Vec<_> = self
            .kind
            .fields
            .iter()
            .filter(|field| field.required == Required::Yes && !field.outside)
            .collect();
        let there =
            required.iter().filter(|field| self.has_any(std::slice::from_ref(&field.name))).count();
        if required.is_empty() { 1.0 } else { there as f64 / required.len() as f64 }
    }

    /// Returns what rows of balances add to a document that has them.
    fn balances(&self) -> f64 {
        let has = |name: &str| self.kind.fields.iter().any(|field| field.name == name);
        let is_balance = |role: Role| matches!(role, Role::Opening | Role::Closing);
        let balances = self.seen.table.rows.iter().any(|row| is_balance(row.role));
        if balances && (has("opening_balance") || has("balance")) { BALANCES } else { 0.0 }
    }

    /// Returns what several parties in a column take off a document that is
    /// about one, unless its title says that it is one.
    fn several_parties(&self) -> f64 {
        let about = self.kind.about.as_deref();
        let column = about.and_then(|name| {
            let is_it =
                |one: Option<(&Field, bool)>| one.is_some_and(|(field, _)| field.name == name);
            self.assignment.known().position(is_it)
        });
        match column {
            Some(at) if self.seen.sample.distinct(at) > 1 => SEVERAL_PARTIES * (1.0 - self.title()),
            _ => 0.0,
        }
    }
}

#[cfg(test)]
mod tests;
