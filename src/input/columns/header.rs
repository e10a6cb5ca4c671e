//! The keys of every column's header, and the fields that they may mean in a
//! kind.

use super::super::table::{Column, Table};
use super::overrides::Overrides;
use crate::kinds::{Claim, Field, Kind, Strength};
use crate::text::{HeaderKey, header_key, header_word};

/// The headers of a table, ready to be looked up in any kind.
#[derive(Debug, Clone, Default)]
pub struct Headers {
    pub(super) columns: Vec<Header>,
}

/// One column's header.
#[derive(Debug, Clone, Default)]
pub(super) struct Header {
    /// The parts of several header rows as one word, in both orders.
    joined: Vec<String>,
    /// The lowest part.
    child: HeaderKey,
    /// The part above it.
    parent: Option<HeaderKey>,
    /// Whether the same lowest part stands under another parent too.
    repeated: bool,
}

/// How far a candidate is from certain: less is better.
pub(super) type Rank = u16;

/// The person says so.
const SAID: Rank = 0;
/// The header is the field's own label.
const LABEL: Rank = 1;
/// The word is the field's.
const OWN: Rank = 10;
/// The header follows the field's pattern.
const PATTERN: Rank = 15;
/// The field takes the word if it is free; its place in the list is added.
const ALSO: Rank = 20;
/// The word belongs to a field that all kinds share.
pub(super) const COMMON: Rank = 100;
/// Added when only the part above is known.
const PARENT: Rank = 150;
/// Added when a bracketed remark was left out.
const REST: Rank = 200;

/// A field that a column may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    /// The column's place in the table.
    pub(super) at: usize,
    /// How far from certain.
    pub(super) rank: Rank,
    /// The field.
    pub(super) field: &'static Field,
}

impl Headers {
    /// Reads the headers of a table.
    pub fn of(table: &Table) -> Self {
        let mut columns: Vec<Header> = table.columns.iter().map(Header::of).collect();
        let child = |header: &Header| header.child.whole.first().cloned().unwrap_or_default();
        let parent = |header: &Header| header.parent.as_ref().map(|key| key.whole.clone());
        let names: Vec<_> = columns.iter().map(|header| (child(header), parent(header))).collect();
        for (at, header) in columns.iter_mut().enumerate() {
            let (name, above) = &names[at];
            let same =
                |other: &(String, Option<Vec<String>>)| other.0 == *name && other.1 != *above;
            header.repeated = above.is_some() && names.iter().any(same);
        }
        Self { columns }
    }

    /// Returns how many columns have a header.
    pub(crate) fn named(&self) -> usize {
        self.columns.iter().filter(|header| !header.is_silent()).count()
    }

    /// Returns the header of a column as one folded word.
    pub(crate) fn word(&self, at: usize) -> Option<&str> {
        self.columns.get(at)?.child.whole.first().map(String::as_str)
    }

    /// Returns all keys of a column's header, best first.
    pub(crate) fn keys(&self, at: usize) -> impl Iterator<Item = &str> {
        let header = self.columns.get(at).into_iter();
        header.flat_map(|header| header.joined.iter().map(String::as_str).chain(header.child.all()))
    }

    /// Whether a column has no header at all.
    pub(super) fn is_silent(&self, at: usize) -> bool {
        self.columns.get(at).is_none_or(Header::is_silent)
    }
}

impl Header {
    /// Reads the header of one column.
    fn of(column: &Column) -> Self {
        let mut parts: Vec<&str> = Vec::new();
        for part in column.parts.iter().map(String::as_str).filter(|part| !part.trim().is_empty()) {
            if parts.last() != Some(&part) {
                parts.push(part);
            }
        }
        if parts.is_empty() && !column.header.is_empty() {
            parts.push(&column.header);
        }
        let Some((child, above)) = parts.split_last() else { return Self::default() };
        let mut joined = Vec::new();
        if let Some(parent) = above.last() {
            for (first, second) in [(parent, child), (child, parent)] {
                joined.push(header_word(&format!("{first}{second}")));
                joined.push(header_word(&format!("{}{}", bare(first), bare(second))));
            }
            joined.dedup();
        }
        let parent = above.last().map(|parent| header_key(parent));
        Self { joined, child: header_key(child), parent, repeated: false }
    }

    /// Whether there is nothing to look up.
    fn is_silent(&self) -> bool {
        self.child.whole.is_empty()
    }
}

/// Returns a header's part without its unit.
fn bare(part: &str) -> String {
    let key = header_key(part);
    key.whole.last().cloned().unwrap_or_default()
}

/// Returns every field that a column may be in a kind.
pub(super) fn candidates(
    headers: &Headers,
    table: &Table,
    kind: &'static Kind,
    overrides: &Overrides,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, (header, column)) in headers.columns.iter().zip(&table.columns).enumerate() {
        let said = overrides.field(column).and_then(|name| kind.field(name));
        if let Some(field) = said {
            found.push(Candidate { at, rank: SAID, field });
            continue;
        }
        of_column(at, header, kind, overrides, &mut found);
    }
    drop_lone_sizes(&mut found);
    found
}

/// Adds the fields that one column may be.
fn of_column(
    at: usize,
    header: &Header,
    kind: &'static Kind,
    overrides: &Overrides,
    found: &mut Vec<Candidate>,
) {
    let before = found.len();
    let mut look = |keys: &[String], add: Rank| {
        for (nth, key) in keys.iter().enumerate() {
            let add = add + Rank::from(nth > 0);
            if let Some(field) = overrides.word(kind, key).and_then(|name| kind.field(name)) {
                found.push(Candidate { at, rank: SAID + add, field });
            }
            for claim in kind.claims(key) {
                found.push(Candidate { at, rank: rank(claim) + add, field: claim.field });
            }
        }
    };
    look(&header.joined, 0);
    let lone = !header.repeated || header.parent.as_ref().is_none_or(|key| !is_known(key, kind));
    if lone {
        look(&header.child.whole, 0);
        if let Some(field) = agreed(&header.child.halves, kind) {
            look(&header.child.halves, 2);
            found.retain(|one| {
                one.at != at || one.rank < 2 || one.field.name == field.name || {
                    header.child.whole.iter().any(|key| {
                        kind.claims(key).iter().any(|claim| claim.field.name == one.field.name)
                    })
                }
            });
        }
    }
    for field in kind.fields.iter().filter(|field| {
        let word = header.child.whole.first();
        field.pattern.zip(word).is_some_and(|(pattern, word)| pattern.matches(word))
    }) {
        found.push(Candidate { at, rank: PATTERN, field });
    }
    let mut look = |keys: &[String], add: Rank| {
        for key in keys {
            for claim in kind.claims(key) {
                found.push(Candidate { at, rank: rank(claim) + add, field: claim.field });
            }
        }
    };
    if lone {
        look(&header.child.rest, REST);
    }
    if let Some(parent) = header.parent.as_ref().filter(|_| says_quantity(&header.child)) {
        look(&parent.whole, PARENT);
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut at_column = found.split_off(before);
    at_column.sort_by_key(|one| one.rank);
    at_column.retain(|one| {
        let new = !seen.contains(&one.field.name.as_str());
        seen.push(&one.field.name);
        new
    });
    found.extend(at_column);
}

/// Returns how far a claim is from certain.
fn rank(claim: &Claim) -> Rank {
    match claim.strength {
        Strength::Own if claim.label => LABEL,
        Strength::Own => OWN,
        Strength::Also(place) => ALSO + place.min(70),
        Strength::Common => COMMON,
    }
}

/// Returns the field that all known halves of a header mean, if they agree.
fn agreed(halves: &[String], kind: &'static Kind) -> Option<&'static Field> {
    let mut agreed: Option<Vec<&'static Field>> = None;
    for half in halves {
        let claims = kind.claims(half);
        if claims.is_empty() {
            continue;
        }
        let fields: Vec<_> = claims.iter().map(|claim| claim.field).collect();
        agreed = Some(match agreed {
            None => fields,
            Some(before) => {
                before.into_iter().filter(|one| fields.iter().any(|f| f.name == one.name)).collect()
            }
        });
    }
    agreed?.first().copied()
}

/// Whether a header part has a meaning of its own in the kind.
fn is_known(key: &HeaderKey, kind: &'static Kind) -> bool {
    key.whole.iter().any(|word| !kind.claims(word).is_empty())
}

/// Whether a lowest header part only says that figures stand below it, so
/// that the part above names the column (入库 over 数量).
fn says_quantity(child: &HeaderKey) -> bool {
    const WORDS: [&str; 6] = ["数量", "件数", "qty", "quantity", "pcs", "数"];
    child.whole.iter().any(|word| WORDS.contains(&word.as_str()))
}

/// One column whose header is a number is no size column; two may be.
fn drop_lone_sizes(found: &mut Vec<Candidate>) {
    let columns = |found: &[Candidate], name: &str| {
        let of_field = found.iter().filter(|one| one.field.name == name && one.rank == PATTERN);
        of_field.map(|one| one.at).collect::<std::collections::BTreeSet<_>>().len()
    };
    let lone: Vec<String> = found
        .iter()
        .filter(|one| one.rank == PATTERN && columns(found, &one.field.name) < 2)
        .map(|one| one.field.name.clone())
        .collect();
    found.retain(|one| one.rank != PATTERN || !lone.contains(&one.field.name));
}
