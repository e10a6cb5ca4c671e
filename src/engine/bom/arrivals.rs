//! What comes when: whom to chase for which purchase order, and what is to be
//! written beside each line of a parts list.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::allocate::{Coming, Due};
use super::item::ItemId;

/// An open purchase order line.
#[derive(Debug, Clone)]
pub struct OpenLine {
    /// Its place among the lines that were read.
    pub place: usize,
    /// The item, if a parts list has it.
    pub item: Option<ItemId>,
    /// What is still to come.
    pub open: Decimal,
    /// The day that is promised.
    pub promised: Option<NaiveDate>,
    /// The first day on which somebody waits for it; where nobody does, on
    /// which the item is needed at all.
    pub needed_by: Option<NaiveDate>,
    /// Whether anybody waits for it: stock may reach for all.
    pub awaited: bool,
}

/// Why somebody is to be chased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The promised day has passed.
    Overdue,
    /// No day is promised.
    NoDate,
    /// It is promised after the day it is needed.
    AfterNeed,
    /// It is due within the lead time.
    DueSoon,
}

/// Somebody to chase.
#[derive(Debug, Clone)]
pub struct Chase {
    /// The line.
    pub line: OpenLine,
    /// Why.
    pub why: Why,
    /// How many days it is late: past its promise, else promised past the day
    /// it is needed. Nothing where no day is promised.
    pub days_late: Option<i64>,
    /// Whether it is to come, or is needed, within a day from now.
    pub within_a_day: bool,
}

/// Says whether a line is to be chased; in time and not yet due is not.
pub fn chase(line: &OpenLine, today: NaiveDate, lead: u32) -> Option<Chase> {
    if line.open <= Decimal::ZERO {
        return None;
    }
    let soon = today.checked_add_days(Days::new(lead.into())).unwrap_or(today);
    let tomorrow = today.succ_opt().unwrap_or(today);
    let days = |late: NaiveDate, from: NaiveDate| late.signed_duration_since(from).num_days();
    let needed_by = line.needed_by.filter(|_| line.awaited);
    let (why, days_late) = match (line.promised, needed_by) {
        (None, _) => (Why::NoDate, None),
        (Some(promised), _) if promised < today => (Why::Overdue, Some(days(today, promised))),
        (Some(promised), Some(needed)) if promised > needed => {
            (Why::AfterNeed, Some(days(promised, needed)))
        }
        (Some(promised), _) if promised <= soon => (Why::DueSoon, Some(0)),
        (Some(_), Some(needed)) if needed <= soon => (Why::DueSoon, Some(0)),
        _ => return None,
    };
    let near = |day: NaiveDate| (today..=tomorrow).contains(&day);
    let within_a_day =
        line.promised.is_some_and(near) || needed_by.is_some_and(|day| day <= tomorrow);
    Some(Chase { line: line.clone(), why, days_late, within_a_day })
}

/// Returns when a line comes, as netting counts it.
pub fn due(promised: Option<NaiveDate>, today: NaiveDate) -> Due {
    match promised {
        None => Due::Undated,
        Some(day) if day < today => Due::Overdue(day),
        Some(day) => Due::On(day),
    }
}

/// How a line of a parts list stands against the day its order is issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is there.
    There,
    /// It came, and later than it was needed.
    CameLate,
    /// It is promised in time.
    Comes,
    /// It is promised for after the day it is needed.
    ComesLate,
    /// It was promised for a day that has passed.
    Overdue,
    /// It is ordered, and no day is promised.
    NoDate,
    /// It is short, and not ordered.
    NotOrdered,
}

/// What is known of the arrival of a line's item.
#[derive(Debug, Clone, Copy, Default)]
pub struct Arrival {
    /// What its orders miss of it.
    pub short: Decimal,
    /// What is to come, by when.
    pub promised: Option<Due>,
    /// The last day on which any of it came.
    pub arrived: Option<NaiveDate>,
    /// The day it is needed.
    pub needed_by: Option<NaiveDate>,
}

impl Arrival {
    /// Says how the line stands, and how many days it is late.
    pub fn state(&self, today: NaiveDate) -> (State, Option<i64>) {
        let late = |day: NaiveDate| {
            let days = day.signed_duration_since(self.needed_by?).num_days();
            (days > 0).then_some(days)
        };
        match self.promised {
            Some(Due::Overdue(day)) => {
                (State::Overdue, Some(today.signed_duration_since(day).num_days()))
            }
            Some(Due::On(day)) => match late(day) {
                Some(days) => (State::ComesLate, Some(days)),
                None => (State::Comes, None),
            },
            Some(Due::Undated) => (State::NoDate, None),
            Some(Due::Stated) | None if self.short > Decimal::ZERO => (State::NotOrdered, None),
            Some(Due::Stated) | None => match self.arrived.and_then(late) {
                Some(days) => (State::CameLate, Some(days)),
                None => (State::There, None),
            },
        }
    }
}

/// What is to be written beside a line of a parts list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// It is promised for a day.
    Comes(NaiveDate),
    /// It was promised for a day that has passed.
    Overdue(NaiveDate),
    /// It is short, and nothing that has a day covers it.
    Missing(Decimal),
}

/// What is promised of an item.
#[derive(Debug, Clone, Default)]
pub struct Promises {
    /// The days, the first first, each once.
    days: Vec<Note>,
    /// What has a day, kept or not.
    pub dated: Decimal,
    /// What a line that is short waits for: what is overdue, else the last
    /// that is promised, else what is ordered at all.
    pub waits_for: Option<Due>,
}

impl Promises {
    /// Puts together what is promised.
    pub fn of(coming: &[Coming]) -> Self {
        let dues = || coming.iter().filter(|c| c.quantity > Decimal::ZERO).map(|c| c.due);
        let overdue = dues().filter(|due| matches!(due, Due::Overdue(_))).min();
        let last = || dues().filter(|due| matches!(due, Due::On(_))).max();
        let undated = || dues().find(|due| *due == Due::Undated);
        let waits_for = overdue.or_else(last).or_else(undated);
        let mut days: BTreeMap<NaiveDate, Note> = BTreeMap::new();
        let mut dated = Decimal::ZERO;
        for one in coming {
            let (day, note) = match one.due {
                Due::On(day) => (day, Note::Comes(day)),
                Due::Overdue(day) => (day, Note::Overdue(day)),
                Due::Stated | Due::Undated => continue,
            };
            days.insert(day, note);
            dated += one.quantity;
        }
        Self { days: days.into_values().collect(), dated, waits_for }
    }

    /// Returns what is to be said of an item that orders need: what comes
    /// when, and what of the shortage no promise covers.
    pub fn notes(&self, missing: Decimal) -> Vec<Note> {
        let missing = Some(missing).filter(|missing| *missing > Decimal::ZERO);
        self.days.iter().copied().chain(missing.map(Note::Missing)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn line(promised: Option<&str>, needed: Option<&str>) -> OpenLine {
        OpenLine {
            place: 0,
            item: None,
            open: Decimal::from(100),
            promised: promised.map(day),
            needed_by: needed.map(day),
            awaited: true,
        }
    }

    #[test]
    fn who_is_late_is_chased_and_who_is_in_time_is_not() {
        let today = day("2026-11-03");
        let said = |promised, needed| {
            chase(&line(promised, needed), today, 3).map(|chase| (chase.why, chase.days_late))
        };
        assert_eq!(said(Some("2026-10-28"), None), Some((Why::Overdue, Some(6))));
        assert_eq!(said(None, Some("2026-11-09")), Some((Why::NoDate, None)));
        let after = said(Some("2026-11-14"), Some("2026-11-09"));
        assert_eq!(after, Some((Why::AfterNeed, Some(5))));
        assert_eq!(said(Some("2026-11-06"), Some("2026-11-09")), Some((Why::DueSoon, Some(0))));
        assert_eq!(said(Some("2026-11-08"), Some("2026-11-09")), None);
        assert!(chase(&line(Some("2026-11-04"), None), today, 3).unwrap().within_a_day);
        // What stock reaches for is not late, whenever it comes.
        let spare = OpenLine { awaited: false, ..line(Some("2026-11-14"), Some("2026-11-09")) };
        assert!(chase(&spare, today, 3).is_none());
    }

    #[test]
    fn a_line_stands_by_its_promise_and_by_the_day_it_came() {
        let today = day("2026-11-03");
        let arrival = |short: i64, promised, arrived: Option<&str>| Arrival {
            short: short.into(),
            promised,
            arrived: arrived.map(day),
            needed_by: Some(day("2026-11-09")),
        };
        let on = |text| Some(Due::On(day(text)));
        for (known, state) in [
            (arrival(0, None, None), (State::There, None)),
            (arrival(0, None, Some("2026-11-02")), (State::There, None)),
            (arrival(0, None, Some("2026-11-12")), (State::CameLate, Some(3))),
            (arrival(5, on("2026-11-08"), None), (State::Comes, None)),
            (arrival(5, on("2026-11-14"), None), (State::ComesLate, Some(5))),
            (arrival(5, Some(Due::Overdue(day("2026-10-28"))), None), (State::Overdue, Some(6))),
            (arrival(5, Some(Due::Undated), None), (State::NoDate, None)),
            (arrival(5, None, None), (State::NotOrdered, None)),
        ] {
            assert_eq!(known.state(today), state, "{known:?}");
        }
    }

    #[test]
    fn what_is_written_is_what_comes_and_what_nothing_covers() {
        let hundred = Decimal::from(100);
        let on = |text| Due::On(day(text));
        let promises = |dues: &[Due]| {
            let coming = |due: &Due| Coming { due: *due, quantity: hundred };
            Promises::of(&dues.iter().map(coming).collect::<Vec<Coming>>())
        };
        assert_eq!(promises(&[]).notes(Decimal::ZERO), []);
        assert_eq!(promises(&[]).notes(hundred), [Note::Missing(hundred)]);
        assert_eq!(promises(&[Due::Undated]).dated, Decimal::ZERO);
        let overdue = Due::Overdue(day("2026-11-01"));
        let three = promises(&[on("2026-11-05"), on("2026-11-05"), overdue]);
        assert_eq!(three.dated, Decimal::from(300));
        assert_eq!(
            three.notes(Decimal::from(30)),
            [
                Note::Overdue(day("2026-11-01")),
                Note::Comes(day("2026-11-05")),
                Note::Missing(Decimal::from(30))
            ]
        );
    }
}
