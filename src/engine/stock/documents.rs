//! The numbers of documents: which are missing from a series, and which were
//! used for two documents.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::items::ItemId;
use crate::records::stock::MovementClass;
use crate::text::fold;

/// A movement, as far as its document goes.
#[derive(Debug, Clone, Copy)]
pub struct Filed<'a> {
    /// The document's number.
    pub number: &'a str,
    /// The day.
    pub day: Option<NaiveDate>,
    /// What it is.
    pub class: MovementClass,
    /// The item.
    pub item: ItemId,
    /// How much of it.
    pub quantity: Decimal,
    /// The party it names.
    pub party: Option<&'a str>,
    /// The row of the sheet; rows of other sheets are far away.
    pub row: u64,
    /// Its place among all movements.
    pub movement: usize,
}

/// Why a number is said to have been used for two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Repeat {
    /// On another day.
    OtherDay,
    /// For another kind of movement.
    OtherKind,
    /// With another party.
    OtherParty,
    /// Away from its other lines, or for the same item, where a document has
    /// one line.
    Again,
}

/// A movement whose document's number belongs to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeated {
    /// The movement, by its place.
    pub movement: usize,
    /// The first movement under the number.
    pub first: usize,
    /// Why.
    pub why: Repeat,
}

/// Finds the movements whose document's number belongs to another document:
/// one finding for every further document.
pub fn repeated(filed: &[Filed<'_>]) -> Vec<Repeated> {
    let mut groups: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, one) in filed.iter().enumerate() {
        groups.entry(fold(one.number)).or_default().push(at);
    }
    let single = groups.values().filter(|lines| lines.len() == 1).count();
    let one_line_each = single >= 5 && single * 10 >= groups.len() * 9;
    let mut found = Vec::new();
    for lines in groups.values().filter(|lines| lines.len() > 1) {
        found.extend(of_number(filed, lines, one_line_each));
    }
    found.sort_by_key(|repeated| repeated.movement);
    found
}

/// Finds the further documents of one number.
fn of_number(filed: &[Filed<'_>], lines: &[usize], one_line_each: bool) -> Vec<Repeated> {
    let first = filed[lines[0]];
    let mut told: BTreeSet<(Repeat, Option<NaiveDate>)> = BTreeSet::new();
    let mut seen: FxHashSet<(ItemId, Decimal)> = FxHashSet::default();
    seen.insert((first.item, first.quantity));
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(1) {
        let line = filed[*line];
        let before = filed[lines[at - 1]];
        let same_item = !seen.insert((line.item, line.quantity));
        let Some(why) = differs(&first, &before, &line, same_item, one_line_each) else {
            continue;
        };
        let whole = why != Repeat::Again;
        if !whole || told.insert((why, line.day)) {
            found.push(Repeated { movement: line.movement, first: first.movement, why });
        }
    }
    found
}

fn differs(
    first: &Filed<'_>,
    before: &Filed<'_>,
    line: &Filed<'_>,
    same_item: bool,
    one_line_each: bool,
) -> Option<Repeat> {
    let both_days = first.day.zip(line.day);
    if both_days.is_some_and(|(one, other)| one != other) {
        return Some(Repeat::OtherDay);
    }
    let sided =
        |class: MovementClass| matches!(class, MovementClass::Receipt | MovementClass::Issue);
    if first.class != line.class && sided(first.class) && sided(line.class) {
        return Some(Repeat::OtherKind);
    }
    let parties = first.party.zip(line.party);
    if parties.is_some_and(|(one, other)| fold(one) != fold(other)) {
        return Some(Repeat::OtherParty);
    }
    let apart = line.row.abs_diff(before.row) > 1;
    // A transfer is two movements of one row.
    let other_row = line.row != before.row;
    let again = other_row && ((one_line_each && (apart || same_item)) || (same_item && apart));
    again.then_some(Repeat::Again)
}

/// A series of numbers with holes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The missing numbers, at most [`SHOWN`] of them.
    pub missing: Vec<String>,
    /// How many are missing.
    pub count: u64,
    /// The number behind the hole, by its place among those given.
    pub behind: usize,
}

/// More missing numbers of one hole than these are only counted.
pub const SHOWN: usize = 5;
/// Fewer numbers than these make no series.
const FEWEST: usize = 4;

/// Finds the numbers that are missing from series: numbers of one beginning
/// (letters and a date) and one length that count up by one nearly always.
/// Numbers that do not are no series and have no holes.
pub fn gaps(numbers: &[&str]) -> Vec<Gap> {
    let mut series: BTreeMap<(String, usize), BTreeMap<u64, usize>> = BTreeMap::new();
    for (at, number) in numbers.iter().enumerate() {
        let Some((head, counter)) = split(number) else { continue };
        let Ok(value) = counter.parse::<u64>() else { continue };
        series.entry((head.to_owned(), counter.len())).or_default().entry(value).or_insert(at);
    }
    let families = families(&series);
    let mut found = Vec::new();
    for ((head, width), counters) in &series {
        if families.get(&(shape(head), *width)).copied().unwrap_or(false) {
            found.extend(holes(head, *width, counters));
        }
    }
    found.sort_by_key(|gap| gap.behind);
    found
}

/// Splits a number into its beginning and its counter: what stands behind
/// the last sign, else the last digits, four at most where a date stands
/// before them.
fn split(number: &str) -> Option<(&str, &str)> {
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 18 && number.len() == digits {
        return None;
    }
    let start = number.len() - digits;
    let run = &number[start..];
    // 20261005001: the counter is what stands behind the date.
    let dated = |length: usize| {
        let (head, tail) = run.split_at_checked(length)?;
        let day = head.get(head.len() - 2..)?.parse::<u32>().ok()?;
        let month = head.get(head.len() - 4..head.len() - 2)?.parse::<u32>().ok()?;
        let whole = (1..=31).contains(&day) && (1..=12).contains(&month) && !tail.is_empty();
        let century = length == 6 || head.starts_with("20");
        (whole && century).then_some(start + length)
    };
    let at = match digits {
        10..=12 => dated(8).unwrap_or(start),
        8..=9 => dated(6).unwrap_or(start),
        _ => start,
    };
    Some(number.split_at(at))
}

/// The beginnings that differ in nothing but their digits are one family:
/// whether it is a series is judged of all of it.
fn shape(head: &str) -> String {
    head.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect()
}

/// Returns which families count up by one nearly always.
fn families(
    series: &BTreeMap<(String, usize), BTreeMap<u64, usize>>,
) -> BTreeMap<(String, usize), bool> {
    /// One number in so many may be missing.
    const RARE: u64 = 4;
    let mut counts: BTreeMap<(String, usize), (u64, u64)> = BTreeMap::new();
    for ((head, width), counters) in series {
        let (Some((first, _)), Some((last, _))) =
            (counters.first_key_value(), counters.last_key_value())
        else {
            continue;
        };
        let dated = !shape(head).is_empty() && head.bytes().any(|b| b.is_ascii_digit());
        // A counter that begins anew each day begins with one.
        let from = if dated && *first <= 3 { 1 } else { *first };
        let count = counts.entry((shape(head), *width)).or_default();
        count.0 = count.0.saturating_add(counters.len() as u64);
        count.1 = count.1.saturating_add((last - from).saturating_add(1));
    }
    let judged = counts.into_iter().map(|(family, (there, span))| {
        let enough = there >= FEWEST as u64;
        (family, enough && span.saturating_sub(there).saturating_mul(RARE) <= there)
    });
    judged.collect()
}

/// Returns the holes of one series.
fn holes(head: &str, width: usize, counters: &BTreeMap<u64, usize>) -> Vec<Gap> {
    let mut found = Vec::new();
    let mut before: Option<u64> = None;
    for (value, at) in counters {
        if let Some(before) = before.filter(|before| value - before > 1) {
            let missing = (before + 1..*value).take(SHOWN);
            let missing = missing.map(|value| format!("{head}{value:0>width$}")).collect();
            found.push(Gap { missing, count: value - before - 1, behind: *at });
        }
        before = Some(*value);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(numbers: &[&str]) -> Vec<String> {
        gaps(numbers).into_iter().flat_map(|gap| gap.missing).collect()
    }

    #[test]
    fn series_have_holes_and_other_numbers_have_none() {
        let receipts = [
            "RK20261005-001",
            "RK20261005-002",
            "RK20261005-004",
            "RK20261006-001",
            "RK20261006-002",
            "RK20261006-003",
        ];
        assert_eq!(missing(&receipts), ["RK20261005-003"]);
        let issues = ["LL26100007", "LL26100008", "LL26100010", "LL26100011", "LL26100012"];
        assert_eq!(missing(&issues), ["LL26100009"]);
        let run = ["20261005001", "20261005002", "20261005003", "20261005005", "20261006001"];
        assert_eq!(missing(&run), ["20261005004"]);
        let wild = ["HC26100573", "YD26100568", "HC26101931", "HC26102277", "HC26100102"];
        assert_eq!(missing(&wild), Vec::<String>::new());
        let days = ["TH261015-01", "TH261016-01", "TH261019-01", "TH261021-01"];
        assert_eq!(missing(&days), Vec::<String>::new());
        let mixed = ["0000001832", "CK080501", "CK082004", "PD083101"];
        assert_eq!(missing(&mixed), Vec::<String>::new());
        assert_eq!(missing(&["1", "2", "3", "5"]), ["4"]);
    }

    fn filed(rows: &[(&'static str, u32, MovementClass, ItemId)]) -> Vec<Filed<'static>> {
        let one =
            |(at, (number, day, class, item)): (usize, &(&'static str, u32, _, ItemId))| Filed {
                number,
                day: NaiveDate::from_ymd_opt(2026, 10, *day),
                class: *class,
                item: *item,
                quantity: Decimal::from(at as u64 + 1),
                party: None,
                row: at as u64,
                movement: at,
            };
        rows.iter().enumerate().map(one).collect()
    }

    #[test]
    fn a_number_is_one_document() {
        use MovementClass::{Issue, Receipt};
        let several = [
            ("RK1", 5, Receipt, 1),
            ("RK1", 5, Receipt, 2),
            ("RK2", 5, Receipt, 1),
            ("RK1", 6, Receipt, 3),
            ("RK2", 5, Issue, 1),
        ];
        let found = repeated(&filed(&several));
        let told: Vec<(usize, Repeat)> = found.iter().map(|one| (one.movement, one.why)).collect();
        assert_eq!(told, [(3, Repeat::OtherDay), (4, Repeat::OtherKind)]);
    }

    #[test]
    fn where_documents_have_one_line_a_second_one_far_away_is_another() {
        use MovementClass::Receipt;
        let numbers = ["A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "B1", "B2", "A2"];
        let rows: Vec<_> = numbers.iter().map(|number| (*number, 5, Receipt, 1)).collect();
        let found = repeated(&filed(&rows));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].movement, found[0].first), (11, 1));
    }
}
