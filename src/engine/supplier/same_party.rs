//! One firm under two names that no spelling connects (金皮, Golden Leather):
//! its statement and our register tell by their lines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::entries::{self, Resolve, party_of};
use super::numbering::key;
use super::papers::{Paper, Papers};
use super::sides::Sides;
use crate::engine::entry::{Entry, EntryType};
use crate::location::{Located, Location};
use crate::period::Period;
use crate::records::{ReceiptLine, Statement};

/// Fewer delivery notes are no evidence.
const NOTES: usize = 3;

/// Two names that are taken for one firm's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameParty {
    /// The name of its statement.
    pub statement: Arc<str>,
    /// The name our register has.
    pub ours: Arc<str>,
    /// Where our register first has it.
    pub at: Location,
    /// How many delivery notes agree in number and amount.
    pub agreeing: usize,
}

/// The amounts of one party, by delivery note.
type Notes = BTreeMap<String, Decimal>;

/// Returns what a name is without place and legal form, and what that may be
/// without a place that nobody lists.
pub type Cores<'a> = &'a dyn Fn(&str) -> (String, Vec<String>);

/// Finds firms that stand under two names: by their delivery notes, else by
/// names that may be one, where neither has what the other has.
pub fn same_parties(
    papers: &Papers,
    resolve: Resolve<'_>,
    period: Period,
    cores: Cores<'_>,
) -> Vec<SameParty> {
    if every_name_is_booked(papers, resolve) && others(&named(papers, resolve), cores).is_empty() {
        return Vec::new();
    }
    let sides = Sides::of(papers, resolve, period);
    let mut found = by_notes(&sides);
    let by_name = by_names(&sides, cores).into_iter();
    let is_new = |same: &SameParty| {
        let both = [&same.statement, &same.ours];
        found.iter().all(|known| !both.contains(&&known.statement) && !both.contains(&&known.ours))
    };
    let by_name: Vec<SameParty> = by_name.filter(is_new).collect();
    found.extend(by_name);
    found
}

/// What stands under one name.
#[derive(Debug, Clone, Copy, Default)]
struct Standing<'a> {
    billed: bool,
    booked: bool,
    /// Where our papers first have it.
    at: Option<&'a Location>,
}

/// Finds names that may be one firm's (潢川鸿达纸箱厂, 鸿达纸箱): only one other name
/// is so spelled, not both bill, not both are booked, and their notes do not
/// contradict it.
fn by_names(sides: &Sides, cores: Cores<'_>) -> Vec<SameParty> {
    let mut names: BTreeMap<&Arc<str>, Standing<'_>> = BTreeMap::new();
    for entry in &sides.left {
        names.entry(&entry.party).or_default().billed = true;
    }
    for entry in &sides.right {
        let standing = names.entry(&entry.party).or_default();
        standing.booked |= entry.entry_type != EntryType::Payment;
        standing.at.get_or_insert(&entry.at);
    }
    let (theirs, ours) = (notes(&sides.left), notes(&sides.right));
    let is_apart = |billed: &Arc<str>, booked: &Arc<str>| {
        let (Some(theirs), Some(ours)) = (theirs.get(billed), ours.get(booked)) else {
            return false;
        };
        theirs.len().min(ours.len()) >= NOTES && theirs.keys().all(|no| !ours.contains_key(no))
    };
    let keys: BTreeSet<Arc<str>> = names.keys().map(|name| Arc::clone(name)).collect();
    let others = others(&keys, cores);
    let mut found = Vec::new();
    for (&statement, standing) in names.iter().filter(|(name, _)| !name.is_empty()) {
        let Some(&[ours]) = others.get(statement).map(Vec::as_slice) else { continue };
        let other = names[ours];
        let twice = (standing.billed && other.billed) || (standing.booked && other.booked);
        // Of the two, the one that bills is shown, else the one that is booked.
        let is_shown = standing.billed || (!other.billed && standing.booked);
        let Some(at) = other.at.filter(|_| !twice && is_shown) else { continue };
        if others.get(ours).is_some_and(|back| back.len() == 1) && !is_apart(statement, ours) {
            let (statement, ours) = (Arc::clone(statement), Arc::clone(ours));
            found.push(SameParty { statement, ours, at: at.clone(), agreeing: 0 });
        }
    }
    found
}

/// Finds, for every name, the others of which one may be the other's behind a
/// place.
fn others<'a>(
    names: &'a BTreeSet<Arc<str>>,
    cores: Cores<'_>,
) -> BTreeMap<&'a Arc<str>, Vec<&'a Arc<str>>> {
    let mut by_core: BTreeMap<String, Vec<&Arc<str>>> = BTreeMap::new();
    let mut behind: Vec<(&Arc<str>, Vec<String>)> = Vec::new();
    for name in names {
        let (core, shorter) = cores(name);
        by_core.entry(core).or_default().push(name);
        behind.push((name, shorter));
    }
    let mut others: BTreeMap<&Arc<str>, Vec<&Arc<str>>> = BTreeMap::new();
    for (name, shorter) in behind {
        for &other in shorter.iter().filter_map(|core| by_core.get(core)).flatten() {
            others.entry(name).or_default().push(other);
            others.entry(other).or_default().push(name);
        }
    }
    others
}

/// Finds firms that bill under one name and are booked under another: most
/// notes of a statement that we booked nothing under its name for stand, with
/// their numbers and amounts, under one name that sent no statement.
fn by_notes(sides: &Sides) -> Vec<SameParty> {
    let (theirs, ours) = (notes(&sides.left), notes(&sides.right));
    let billed: BTreeSet<&Arc<str>> = sides.left.iter().map(|entry| &entry.party).collect();
    // A payment may be booked under the name of its statement, the goods not.
    let goods = |entry: &&Entry| entry.entry_type == EntryType::Goods;
    let booked: BTreeSet<&Arc<str>> =
        sides.right.iter().filter(goods).map(|entry| &entry.party).collect();
    let alone = ours.iter().filter(|(name, _)| !billed.contains(name));
    let alone: Vec<(&Arc<str>, &Notes)> = alone.collect();
    let mut found: Vec<SameParty> = Vec::new();
    // Statements without a name are no firm's: each is looked at by itself.
    let named = theirs.iter().filter(|(name, _)| !name.is_empty());
    for (statement, notes) in named.filter(|(name, _)| !booked.contains(name)) {
        let agreeing = |theirs: &Notes| {
            notes.iter().filter(|(number, amount)| theirs.get(*number) == Some(*amount)).count()
        };
        let mut fits = alone.iter().filter_map(|(name, theirs)| {
            let agreeing = agreeing(theirs);
            (agreeing >= NOTES && agreeing * 2 > notes.len()).then_some((*name, agreeing))
        });
        let (Some((ours, agreeing)), None) = (fits.next(), fits.next()) else { continue };
        let first = sides.right.iter().find(|entry| entry.party == *ours);
        found.extend(first.map(|first| SameParty {
            statement: Arc::clone(statement),
            ours: Arc::clone(ours),
            at: first.at.clone(),
            agreeing,
        }));
    }
    // A name that fits two statements is neither's.
    let taken: Vec<Arc<str>> = found.iter().map(|same| Arc::clone(&same.ours)).collect();
    found.retain(|same| taken.iter().filter(|ours| **ours == same.ours).count() == 1);
    found
}

/// Finds whose the statements are that name nobody, by their places among
/// `papers`: most of their notes stand under one name in our register.
pub fn owners(papers: &Papers, resolve: Resolve<'_>, period: Period) -> Vec<(usize, SameParty)> {
    let unnamed = |paper: &Paper<Statement>| {
        paper.party.is_none() && paper.records.lines.iter().all(|line| line.party.is_none())
    };
    let mut unnamed = papers.statements.iter().enumerate().filter(|(_, paper)| unnamed(paper));
    let mut found = Vec::new();
    let Some(first) = unnamed.next() else { return found };
    let sides = Sides::of(papers, resolve, period);
    let ours = notes(&sides.right);
    for (at, paper) in std::iter::once(first).chain(unnamed) {
        let lines = paper.records.lines.iter();
        let entries: Vec<Entry> =
            lines.map(|line| entries::of_statement(line, Arc::from(""))).collect();
        let theirs = notes(&entries).into_values().next().unwrap_or_default();
        let mut fits = ours.iter().filter_map(|(name, ours)| {
            let equal = |(number, amount): &(&String, &Decimal)| ours.get(*number) == Some(*amount);
            let agreeing = theirs.iter().filter(equal).count();
            (agreeing >= NOTES && agreeing * 2 > theirs.len()).then_some((name, agreeing))
        });
        let (Some((ours, agreeing)), None) = (fits.next(), fits.next()) else { continue };
        let first = paper.records.lines.first();
        let same = first.map(|first| SameParty {
            statement: Arc::from(""),
            ours: Arc::clone(ours),
            at: first.at.clone(),
            agreeing,
        });
        found.extend(same.map(|same| (at, same)));
    }
    found
}

/// Returns the names that statements, receipts and payments have.
fn named(papers: &Papers, resolve: Resolve<'_>) -> BTreeSet<Arc<str>> {
    let mut names: BTreeSet<Arc<str>> = BTreeSet::new();
    let mut add = |row: Option<&Located<Arc<str>>>, paper: Option<&Arc<str>>| {
        names.insert(party_of(row, paper, resolve));
    };
    for paper in &papers.statements {
        add(None, paper.party.as_ref());
        paper.records.lines.iter().for_each(|line| add(line.party.as_ref(), paper.party.as_ref()));
    }
    for paper in &papers.receipts {
        paper.records.lines.iter().for_each(|line| add(line.party.as_ref(), paper.party.as_ref()));
    }
    for paper in &papers.payments {
        paper.records.lines.iter().for_each(|line| add(line.party.as_ref(), paper.party.as_ref()));
    }
    names
}

/// Whether our books know everybody who bills, as in most months: told by
/// names alone, which costs little.
fn every_name_is_booked(papers: &Papers, resolve: Resolve<'_>) -> bool {
    if !papers.open_items.is_empty() {
        return false;
    }
    let names = |sheet: Option<&Arc<str>>,
                 rows: &mut dyn Iterator<Item = Option<&Located<Arc<str>>>>| {
        rows.map(|row| party_of(row, sheet, resolve)).collect::<FxHashSet<Arc<str>>>()
    };
    let booked: FxHashSet<Arc<str>> = papers
        .receipts
        .iter()
        .flat_map(|paper| {
            let goods = |line: &&ReceiptLine| {
                !line.charge && (line.amount.is_zero() || line.amount.is_sign_positive())
            };
            let mut rows = paper.records.lines.iter().filter(goods).map(|line| line.party.as_ref());
            names(paper.party.as_ref(), &mut rows)
        })
        .collect();
    papers.statements.iter().all(|paper| {
        let mut rows = paper.records.lines.iter().map(|line| line.party.as_ref());
        let rows = names(paper.party.as_ref(), &mut rows);
        rows.iter().chain(&paper.party).all(|name| booked.contains(name))
    })
}

/// Sums the goods of each party by delivery note.
fn notes(entries: &[Entry]) -> BTreeMap<Arc<str>, Notes> {
    let mut notes: BTreeMap<Arc<str>, Notes> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.entry_type == EntryType::Goods) {
        let number = entry.document_nos.iter().find_map(|number| key(&number.text));
        let Some(number) = number else { continue };
        let party = notes.entry(Arc::clone(&entry.party)).or_default();
        let sum = party.entry(number).or_default();
        *sum = sum.checked_add(entry.amount).unwrap_or(*sum);
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::supplier::fixtures::{day, receipts, statement};

    const GOODS: [(&str, &str, &str, &str, &str); 4] = [
        ("2026-10-03", "GL-26-0071", "A", "10", "2"),
        ("2026-10-05", "GL-26-0072", "A", "20", "2"),
        ("2026-10-09", "GL-26-0073", "B", "30", "2"),
        ("2026-10-12", "GL-26-0074", "B", "40", "2"),
    ];

    fn plain(name: &str) -> (String, Vec<String>) {
        (name.to_owned(), Vec::new())
    }

    /// Our register has the first `agreeing` notes as billed, under `names`.
    fn found(names: &[&str], agreeing: usize) -> Vec<(String, String, usize)> {
        let ours = names.iter().map(|name| {
            let mut ours = receipts(&GOODS);
            for party in ours.records.lines.iter_mut().filter_map(|line| line.party.as_mut()) {
                party.value = Arc::from(*name);
            }
            for line in ours.records.lines.iter_mut().skip(agreeing) {
                line.document_nos.clear();
            }
            ours
        });
        let papers = Papers {
            statements: vec![statement(None, &GOODS, &[], None)],
            receipts: ours.collect(),
            ..Papers::default()
        };
        let resolve = |name: &str| Arc::from(name);
        let october = Period { first: day("2026-10-01"), last: day("2026-10-31") };
        let same = same_parties(&papers, &resolve, october, &plain);
        same.iter().map(|s| (s.statement.to_string(), s.ours.to_string(), s.agreeing)).collect()
    }

    #[test]
    fn notes_that_agree_tell_that_two_names_are_one_firm() {
        assert_eq!(found(&["金皮"], 4), [("甲".to_owned(), "金皮".to_owned(), 4)]);
        assert_eq!(found(&["金皮"], 3).len(), 1);
        assert_eq!(found(&["金皮"], 2), [], "two notes may agree by chance");
    }

    #[test]
    fn a_statement_that_names_nobody_is_of_whom_its_notes_are_booked_under() {
        let mut unnamed = statement(None, &GOODS, &[], None);
        unnamed.party = None;
        let found = |goods| {
            let statements = vec![unnamed.clone()];
            let papers =
                Papers { statements, receipts: vec![receipts(goods)], ..Papers::default() };
            let resolve = |name: &str| Arc::from(name);
            let october = Period { first: day("2026-10-01"), last: day("2026-10-31") };
            let named = same_parties(&papers, &resolve, october, &plain);
            assert_eq!(named, [], "nobody is no name");
            let owners = owners(&papers, &resolve, october);
            owners.into_iter().map(|(at, same)| (at, same.ours.to_string())).collect::<Vec<_>>()
        };
        assert_eq!(found(&GOODS), [(0, "甲".to_owned())]);
        assert_eq!(found(&GOODS[..2]), []);
    }

    #[test]
    fn names_that_may_be_one_are_where_neither_has_what_the_other_has() {
        let mut ours = receipts(&GOODS[..1]);
        ours.records.lines[0].party.as_mut().unwrap().value = Arc::from("外地甲");
        let resolve = |name: &str| Arc::from(name);
        let october = Period { first: day("2026-10-01"), last: day("2026-10-31") };
        let found = |papers: &Papers| {
            let cores = |name: &str| {
                (
                    name.to_owned(),
                    name.strip_prefix("外地").map(str::to_owned).into_iter().collect(),
                )
            };
            same_parties(papers, &resolve, october, &cores).len()
        };
        let statements = vec![statement(None, &GOODS, &[], None)];
        let mut papers = Papers { statements, receipts: vec![ours], ..Papers::default() };
        assert_eq!(found(&papers), 1);
        papers.receipts.push(receipts(&GOODS[..1]));
        assert_eq!(found(&papers), 0, "both are booked");
    }

    #[test]
    fn a_firm_with_papers_of_its_own_is_itself() {
        assert_eq!(found(&["甲"], 4), [], "its name is known");
        assert_eq!(found(&["金皮", "银皮"], 4), [], "either could be it");
    }
}
