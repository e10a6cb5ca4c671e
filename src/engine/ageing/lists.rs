//! Lists of what is owed that were taken before the end of the month: what
//! came after their day is added, and nothing of it twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Owed, Received};
use crate::location::Location;
use crate::period::Period;
use crate::text::fold;

/// A list of what is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its items.
    pub items: Vec<Owed>,
    /// The day that it says it is of.
    pub as_of: Option<NaiveDate>,
}

/// What was moved in the month: supplies raise what is owed, payments lower it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moved {
    /// What was supplied, paper by paper.
    pub supplied: Vec<Owed>,
    /// What came in.
    pub received: Vec<Received>,
}

/// Up to when a list was taken to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// It has the whole month.
    End,
    /// It says this day, within the month or before it.
    Said(NaiveDate),
    /// Nothing of the month is in it though the month has supplies: it ends
    /// before the month.
    Before(NaiveDate),
    /// Nothing tells whether it has the month; it stands as it is.
    Unknown,
}

impl Until {
    /// Returns the last day that the list has.
    fn day(self, period: Period) -> NaiveDate {
        match self {
            Self::Said(day) | Self::Before(day) => day,
            Self::End | Self::Unknown => period.last,
        }
    }
}

/// A list, and how it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Up to when it tells.
    pub until: Until,
    /// Where it begins.
    pub at: Location,
    /// What was supplied to its customers after that.
    pub supplied: Decimal,
    /// What came in from them after that.
    pub received: Decimal,
    /// How many of its items a later list has anew.
    pub replaced: usize,
}

/// Puts together what lists say and what was moved since; tells how each list
/// that is not of the whole month was taken.
pub fn since_lists(lists: Vec<List>, moved: Moved, period: Period) -> (Moved, Vec<Taken>) {
    let untils: Vec<Until> = lists.iter().map(|list| until(list, &moved, period)).collect();
    let latest = latest(&lists, &untils, period);
    let is_later = |party: &Arc<str>, date: Option<NaiveDate>| {
        let Some(&day) = latest.get(party) else { return true };
        // What has no day of its own is of the month.
        date.map_or(day < period.first, |date| date > day)
    };
    let listed: BTreeSet<Key> =
        lists.iter().flat_map(|list| list.items.iter().filter_map(key)).collect();
    let is_listed = |owed: &Owed| key(owed).is_some_and(|key| listed.contains(&key));
    let supplied = moved.supplied.into_iter();
    let supplied: Vec<Owed> =
        supplied.filter(|one| is_later(&one.party, one.date) && !is_listed(one)).collect();
    let received = moved.received.into_iter();
    let received: Vec<Received> = received.filter(|one| is_later(&one.party, one.date)).collect();
    let mut all = Moved { supplied: Vec::new(), received };
    let mut taken = Vec::new();
    for (list, until) in lists.into_iter().zip(untils) {
        let Some(at) = list.items.first().map(|item| item.at.clone()) else { continue };
        let day = until.day(period);
        let (current, replaced): (Vec<Owed>, Vec<Owed>) =
            list.items.into_iter().partition(|item| latest.get(&item.party) == Some(&day));
        let parties: BTreeSet<&Arc<str>> = current.iter().map(|item| &item.party).collect();
        let supplies = supplied.iter().filter(|one| parties.contains(&one.party));
        let money = all.received.iter().filter(|one| parties.contains(&one.party));
        taken.push(Taken {
            until,
            at,
            supplied: supplies.map(|one| one.amount).sum(),
            received: money.map(|one| one.amount).sum(),
            replaced: replaced.len(),
        });
        all.supplied.extend(current);
    }
    all.supplied.extend(supplied);
    (all, taken)
}

/// Whose paper it is, and its number.
type Key = (Arc<str>, String);

fn key(owed: &Owed) -> Option<Key> {
    Some((Arc::clone(&owed.party), fold(owed.document_no.as_ref()?)))
}

/// Returns up to when a list tells.
fn until(list: &List, moved: &Moved, period: Period) -> Until {
    if let Some(day) = list.as_of {
        return if day < period.last { Until::Said(day) } else { Until::End };
    }
    let parties: BTreeSet<&Arc<str>> = list.items.iter().map(|item| &item.party).collect();
    let mut supplied = moved.supplied.iter().filter(|one| parties.contains(&one.party)).peekable();
    let paid = moved.received.iter().any(|one| parties.contains(&one.party));
    let has_supplies = supplied.peek().is_some();
    let numbers: BTreeSet<Key> = supplied.filter_map(key).collect();
    let of_month = |item: &Owed| {
        item.date.is_some_and(|date| date >= period.first)
            || key(item).is_some_and(|key| numbers.contains(&key))
    };
    let is_told = list.items.iter().any(|item| item.date.is_some() || item.document_no.is_some());
    match period.first.pred_opt() {
        _ if !has_supplies && !paid || list.items.iter().any(of_month) => Until::End,
        Some(before) if has_supplies && is_told => Until::Before(before),
        _ => Until::Unknown,
    }
}

/// Returns the last day that the lists have of each customer.
fn latest(lists: &[List], untils: &[Until], period: Period) -> BTreeMap<Arc<str>, NaiveDate> {
    let mut latest: BTreeMap<Arc<str>, NaiveDate> = BTreeMap::new();
    for (list, until) in lists.iter().zip(untils) {
        let day = until.day(period);
        for item in &list.items {
            let known = latest.entry(Arc::clone(&item.party)).or_insert(day);
            *known = day.max(*known);
        }
    }
    latest
}

#[cfg(test)]
mod tests {
    use super::super::tests::owed;
    use super::*;
    use crate::period::Month;

    fn october() -> Period {
        Month::new(2026, 10).unwrap().into()
    }

    fn item(number: &str, date: &str, money: &str) -> Owed {
        Owed { date: date.parse().ok(), ..owed("甲", number, "", money, "0") }
    }

    fn paid(date: &str, money: &str) -> Received {
        Received {
            party: "甲".into(),
            date: date.parse().ok(),
            amount: money.parse().unwrap(),
            for_nos: Vec::new(),
        }
    }

    fn list(as_of: &str, items: Vec<Owed>) -> List {
        List { items, as_of: as_of.parse().ok() }
    }

    fn moved() -> Moved {
        Moved {
            supplied: vec![item("N1", "2026-10-04", "50"), item("N22", "2026-10-20", "70")],
            received: vec![paid("2026-10-09", "30"), paid("2026-10-25", "40")],
        }
    }

    /// Returns how the lists were taken, the items and the payments.
    fn told(lists: Vec<List>) -> (Vec<Until>, Vec<String>, usize) {
        let (all, taken) = since_lists(lists, moved(), october());
        let numbers =
            all.supplied.iter().map(|one| one.document_no.as_deref().unwrap_or("").into());
        (taken.iter().map(|one| one.until).collect(), numbers.collect(), all.received.len())
    }

    fn numbers(told: &[&str]) -> Vec<String> {
        told.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_came_after_the_day_of_a_list_is_added() {
        let old = || vec![item("S1", "2026-09-02", "100")];
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            told(vec![list("2026-09-30", old())]),
            (vec![Until::Said(day("2026-09-30"))], numbers(&["S1", "N1", "N22"]), 2)
        );
        assert_eq!(
            told(vec![list("2026-10-15", old())]),
            (vec![Until::Said(day("2026-10-15"))], numbers(&["S1", "N22"]), 1)
        );
        assert_eq!(told(vec![list("2026-10-31", old())]), (vec![Until::End], numbers(&["S1"]), 0));
        assert_eq!(
            told(vec![list("", old())]),
            (vec![Until::Before(day("2026-09-30"))], numbers(&["S1", "N1", "N22"]), 2)
        );
    }

    #[test]
    fn a_list_with_items_of_the_month_has_the_month() {
        let items = vec![item("S1", "2026-09-02", "100"), item("N1", "", "50")];
        assert_eq!(told(vec![list("", items)]), (vec![Until::End], numbers(&["S1", "N1"]), 0));
        let mut bare = item("", "", "100");
        bare.document_no = None;
        assert_eq!(told(vec![list("", vec![bare])]), (vec![Until::Unknown], numbers(&[""]), 0));
    }

    #[test]
    fn nothing_is_told_twice() {
        let items = vec![item("S1", "2026-09-02", "100"), item("N1", "2026-10-04", "50")];
        let (_, all, _) = told(vec![list("2026-09-30", items)]);
        assert_eq!(all, numbers(&["S1", "N1", "N22"]));
        let lists = vec![
            list("2026-09-30", vec![item("S1", "2026-09-02", "100")]),
            list("2026-10-31", vec![item("S1", "2026-09-02", "100"), item("N1", "", "50")]),
        ];
        let (all, taken) = since_lists(lists, moved(), october());
        assert_eq!(all.supplied.len(), 2);
        assert_eq!((taken[0].replaced, taken[1].replaced), (1, 0));
    }

    #[test]
    fn sums_are_told_of_what_was_added() {
        let lists = vec![list("2026-09-30", vec![item("S1", "2026-09-02", "100")])];
        let (_, taken) = since_lists(lists, moved(), october());
        assert_eq!((taken[0].supplied, taken[0].received), (120.into(), 70.into()));
    }
}
