//! The keys of every column's header, and the fields that they may mean in a
//! kind.

use super::super::table::{Column, Table};
use super::coded;
use super::overrides::Overrides;
use super::profile::Sample;
use crate::kinds::{
    Claim, Field, Kind, OfDelivery, Pattern, Strength, delivery, store_of, variant,
};
use crate::text::{HeaderKey, header_key, header_word, same_but_ending};

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
    /// The lowest part with another ending that says the same.
    endings: Vec<String>,
    /// Every part as it is written, the lowest last.
    parts: Vec<String>,
    /// The part above it.
    parent: Option<HeaderKey>,
    /// Whether the same lowest part stands under another parent too.
    repeated: bool,
}

/// How far a candidate is from certain: less is better.
pub(super) type Rank = u16;

/// The person says so.
pub(super) const SAID: Rank = 0;
/// The field takes the word before its own label.
const AHEAD: Rank = 2;
/// What stands below or beside the word says that it is a code.
pub(super) const CODED: Rank = 3;
/// The header is the field's own label.
const LABEL: Rank = 5;
/// The word is the field's.
const OWN: Rank = 10;
/// The header follows the field's pattern.
const PATTERN: Rank = 15;
/// The parts of the header together follow the field's pattern, which none of
/// them says alone (入 below 1日).
const JOINED_PATTERN: Rank = 8;
/// The field takes the word if it is free; its place in the list is added.
const ALSO: Rank = 20;
/// The word belongs to a field that all kinds share.
pub(super) const COMMON: Rank = 100;
/// Added when one half of the header is known, or both agree.
const HALF: Rank = 2;
/// Added when the word is known with another ending.
const ENDING: Rank = 4;
/// Added when the values are not what the field holds.
pub(super) const AGAINST: Rank = 160;
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

    /// Whether a column's header ends like one of days.
    pub(super) fn says_day(&self, at: usize) -> bool {
        const ENDINGS: [&str; 4] = ["日期", "时间", "日", "date"];
        self.word(at).is_some_and(|word| ENDINGS.iter().any(|ending| word.ends_with(ending)))
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

    /// Whether a column's header is one of these words.
    pub(super) fn says(&self, at: usize, words: &[String]) -> bool {
        let is = |written: &String, word: &String| header_word(word) == *written;
        self.columns.get(at).is_some_and(|header| {
            header.words().any(|written| words.iter().any(|word| is(written, word)))
        })
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
        let written = parts.iter().map(ToString::to_string).collect();
        let mut joined = Vec::new();
        if let Some(parent) = above.last() {
            for (first, second) in [(parent, child), (child, parent)] {
                joined.push(header_word(&format!("{first}{second}")));
                joined.push(header_word(&format!("{}{}", bare(first), bare(second))));
            }
            joined.dedup();
        }
        let parent = above.last().map(|parent| header_key(parent));
        let child = header_key(child);
        if let Some(parent) = &parent {
            let halves = |key: &HeaderKey| key.halves.clone();
            for (first, second) in pairs(&halves(parent), &halves(&child)) {
                joined.push(format!("{first}{second}"));
            }
        }
        let words = child.whole.iter().chain(&joined);
        let endings = words.flat_map(|word| same_but_ending(word)).collect();
        Self { joined, child, endings, parts: written, parent, repeated: false }
    }

    /// Returns the lowest part as it may be read: whole, without its unit, by
    /// language.
    pub(super) fn words(&self) -> impl Iterator<Item = &String> {
        self.child.whole.iter().chain(&self.child.halves)
    }

    /// Whether there is nothing to look up.
    fn is_silent(&self) -> bool {
        self.child.whole.is_empty()
    }
}

/// Returns every word of one list with every word of the other.
fn pairs<'a>(one: &'a [String], other: &'a [String]) -> impl Iterator<Item = (&'a str, &'a str)> {
    one.iter().flat_map(move |first| other.iter().map(move |second| (&**first, &**second)))
}

/// Returns a header's part without its unit.
fn bare(part: &str) -> String {
    let key = header_key(part);
    key.whole.last().cloned().unwrap_or_default()
}

/// The longest name of a size.
const LONGEST_SIZE: usize = 10;

/// Returns every field that a column may be in a kind.
pub(super) fn candidates(
    headers: &Headers,
    table: &Table,
    sample: &Sample<'_>,
    kind: &'static Kind,
    overrides: &Overrides,
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (at, (header, column)) in headers.columns.iter().zip(&table.columns).enumerate() {
        match overrides.field(column).and_then(|name| kind.field(name)) {
            Some(field) => found.push(Candidate { at, rank: SAID, field }),
            None => found.extend(LookUp { at, kind, overrides, found: Vec::new() }.of(header)),
        }
    }
    for one in found.iter_mut().filter(|one| one.rank > SAID) {
        if sample.contradicts(one.at, one.field) {
            one.rank += AGAINST;
        }
    }
    coded::settle(&mut found, headers, sample, kind);
    drop_lone_sizes(&mut found);
    found
}

/// Looks up what one column may be.
struct LookUp<'a> {
    at: usize,
    kind: &'static Kind,
    overrides: &'a Overrides,
    found: Vec<Candidate>,
}

impl LookUp<'_> {
    /// Returns the fields that a header may mean, each once, the surest first.
    fn of(mut self, header: &Header) -> Vec<Candidate> {
        self.words(&header.joined, 0);
        let parent_known = header.parent.as_ref().is_some_and(|parent| self.knows(&parent.whole));
        // The same word under several known parents (数量 under 入库 and 出库)
        // names no column by itself.
        let by_itself = !(header.repeated && parent_known);
        if by_itself {
            self.words(&header.child.whole, 0);
            self.halves(&header.child.halves);
        }
        if !self.found.iter().any(|one| one.rank < COMMON) {
            self.words(&header.endings, ENDING);
        }
        self.pattern(header);
        if by_itself {
            self.words(&header.child.rest, REST);
        }
        if let Some(parent) = header.parent.as_ref().filter(|_| says_quantity(&header.child)) {
            self.words(&parent.whole, PARENT);
        }
        self.found.sort_by_key(|one| one.rank);
        let mut seen: Vec<&str> = Vec::new();
        self.found.retain(|one| {
            let new = !seen.contains(&one.field.name.as_str());
            seen.push(&one.field.name);
            new
        });
        self.found
    }

    /// Adds what words mean; those behind the first count a little less.
    fn words(&mut self, words: &[String], add: Rank) {
        for (nth, word) in words.iter().enumerate() {
            let add = add + Rank::from(nth > 0);
            let said = self.overrides.word(self.kind, word).and_then(|name| self.kind.field(name));
            if let Some(field) = said {
                self.found.push(Candidate { at: self.at, rank: SAID, field });
            }
            for claim in self.kind.claims(word) {
                let rank = rank(&claim) + add;
                self.found.push(Candidate { at: self.at, rank, field: claim.field });
            }
        }
    }

    /// Adds the fields that every known half of a header means.
    fn halves(&mut self, halves: &[String]) {
        let claims = halves.iter().map(|half| self.kind.claims(half));
        let known: Vec<Vec<Claim>> = claims.filter(|claims| !claims.is_empty()).collect();
        let Some((first, others)) = known.split_first() else { return };
        for claim in first {
            let same = |other: &Claim| other.field.name == claim.field.name;
            let ranks: Option<Vec<Rank>> =
                others.iter().map(|half| half.iter().find(|one| same(one)).map(rank)).collect();
            if let Some(ranks) = ranks {
                let best = ranks.into_iter().fold(rank(claim), Rank::min);
                self.found.push(Candidate { at: self.at, rank: best + HALF, field: claim.field });
            }
        }
    }

    /// Adds the fields whose pattern the header follows.
    fn pattern(&mut self, header: &Header) {
        let Some(word) = header.child.whole.first() else { return };
        let named = !self.knows(&header.child.whole) && word.chars().count() <= LONGEST_SIZE;
        let below = named && header.parent.as_ref().is_some_and(|parent| self.says_sizes(parent));
        let level = header.parent.as_ref().is_some_and(|parent| self.says_levels(parent, word));
        for field in &self.kind.fields {
            let Some(pattern) = field.pattern else { continue };
            let written = || header.parts.iter().any(|part| pattern.matches_text(part));
            if pattern == Pattern::Warehouse && self.is_stock_below(header)
                || self.says_of_parts(pattern, header)
            {
                self.found.push(Candidate { at: self.at, rank: AHEAD, field });
            } else if pattern.matches(word)
                || below && pattern == Pattern::Size
                || level && pattern == Pattern::Level
                || written()
            {
                self.found.push(Candidate { at: self.at, rank: PATTERN, field });
            } else if pattern.spans_parts()
                && header.joined.iter().any(|word| pattern.matches(word))
            {
                self.found.push(Candidate { at: self.at, rank: JOINED_PATTERN, field });
            }
        }
    }

    /// Whether a header is of a pattern that its parts say together.
    fn says_of_parts(&self, pattern: Pattern, header: &Header) -> bool {
        let parts = || header.parts.iter().map(String::as_str).collect::<Vec<_>>();
        let delivery = || delivery(&parts()).map(|(_, says)| says);
        match pattern {
            Pattern::Variant => variant(&parts(), self.kind).is_some(),
            Pattern::PartQty => delivery() == Some(OfDelivery::Quantity),
            Pattern::PartDay => delivery() == Some(OfDelivery::Day),
            Pattern::Warehouse => {
                !self.knows(&header.child.whole)
                    && header.parts.last().is_some_and(|text| store_of(text).is_some())
            }
            _ => false,
        }
    }

    /// Whether a header says that the names below it are sizes, whatever they
    /// are.
    fn says_sizes(&self, parent: &HeaderKey) -> bool {
        let mut claims = parent.whole.iter().flat_map(|word| self.kind.claims(word));
        claims.any(|claim| ["size", "size_columns"].contains(&claim.field.name.as_str()))
    }

    /// Whether a header is what there is in one of several warehouses: 数量 or
    /// 结存 below 面料仓 and below 辅料仓.
    fn is_stock_below(&self, header: &Header) -> bool {
        let Some(parent) = header.parent.as_ref().filter(|_| header.repeated) else { return false };
        let is_stock =
            |word: &String| self.kind.claim(word).is_some_and(|field| field.name == "closing_qty");
        parent.whole.iter().any(|word| Pattern::Warehouse.matches(word))
            && header.child.whole.iter().any(is_stock)
    }

    /// Whether a header says that the figure below it is a level.
    fn says_levels(&self, parent: &HeaderKey, word: &str) -> bool {
        let mut claims = parent.whole.iter().flat_map(|word| self.kind.claims(word));
        word.len() <= 2
            && word.bytes().all(|b| b.is_ascii_digit())
            && claims.any(|claim| claim.field.name == "level")
    }

    /// Whether one of the words has a meaning in the kind.
    fn knows(&self, words: &[String]) -> bool {
        words.iter().any(|word| !self.kind.claims(word).is_empty())
    }
}

/// Returns how far a claim is from certain.
fn rank(claim: &Claim) -> Rank {
    match claim.strength {
        Strength::Own if claim.ahead => AHEAD,
        Strength::Own if claim.label => LABEL,
        Strength::Own => OWN,
        Strength::Also(place) => ALSO + place.min(70),
        Strength::Common => COMMON,
    }
}

/// Whether a lowest header part only says that figures stand below it, so
/// that the part above names the column (入库 over 数量).
fn says_quantity(child: &HeaderKey) -> bool {
    const WORDS: [&str; 5] = ["数量", "件数", "qty", "pcs", "数"];
    child.whole.iter().any(|word| WORDS.contains(&word.as_str()))
}

/// One column whose header is a number is no size column; two may be, or one
/// beside a column that is named as such.
fn drop_lone_sizes(found: &mut Vec<Candidate>) {
    let columns = |found: &[Candidate], name: &str| {
        let of_field = found.iter().filter(|one| one.field.name == name && one.rank <= PATTERN);
        of_field.map(|one| one.at).collect::<std::collections::BTreeSet<_>>().len()
    };
    let lone: Vec<String> = found
        .iter()
        .filter(|one| one.rank == PATTERN && columns(found, &one.field.name) < 2)
        .map(|one| one.field.name.clone())
        .collect();
    found.retain(|one| one.rank != PATTERN || !lone.contains(&one.field.name));
}
