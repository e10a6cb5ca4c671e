//! Ageing of what is owed: how old every open amount is, counted from its due
//! day, payments applied to the oldest first unless they name what they pay.

mod lists;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::location::Location;
use crate::text::fold;

pub use lists::{List, Moved, Taken, Until, since_lists};

/// How long an amount is overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Bucket {
    /// Its day has not come.
    #[serde(rename = "not-due")]
    NotDue,
    /// Up to 30 days.
    #[serde(rename = "1-30")]
    To30,
    /// 31 to 60 days.
    #[serde(rename = "31-60")]
    To60,
    /// 61 to 90 days.
    #[serde(rename = "61-90")]
    To90,
    /// 91 to 180 days.
    #[serde(rename = "91-180")]
    To180,
    /// 181 to 365 days.
    #[serde(rename = "181-365")]
    To365,
    /// More than a year.
    #[serde(rename = ">365")]
    Over365,
    /// Nothing says since when.
    #[serde(rename = "undated")]
    Undated,
}

impl Bucket {
    /// All, youngest first.
    pub const ALL: [Bucket; 8] = [
        Bucket::NotDue,
        Bucket::To30,
        Bucket::To60,
        Bucket::To90,
        Bucket::To180,
        Bucket::To365,
        Bucket::Over365,
        Bucket::Undated,
    ];

    /// Returns the bucket of so many days past the due day.
    pub fn of(days: i64) -> Self {
        match days {
            ..=0 => Bucket::NotDue,
            1..=30 => Bucket::To30,
            31..=60 => Bucket::To60,
            61..=90 => Bucket::To90,
            91..=180 => Bucket::To180,
            181..=365 => Bucket::To365,
            _ => Bucket::Over365,
        }
    }
}

/// Something that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// Who owes it.
    pub party: Arc<str>,
    /// The paper it stands on.
    pub document_no: Option<Arc<str>>,
    /// The day of that paper.
    pub date: Option<NaiveDate>,
    /// The day it is due.
    pub due: Option<NaiveDate>,
    /// How much was owed at first.
    pub amount: Decimal,
    /// How much of it the paper says was received.
    pub received: Decimal,
    /// Where it stands.
    pub at: Location,
}

/// Money that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// From whom.
    pub party: Arc<str>,
    /// When.
    pub date: Option<NaiveDate>,
    /// How much: positive.
    pub amount: Decimal,
    /// What it says it pays.
    pub for_nos: Vec<Arc<str>>,
}

/// What is still owed of something, and for how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aged {
    /// What is owed.
    pub owed: Owed,
    /// How much was received of it, in all.
    pub received: Decimal,
    /// How much is open; negative: more came in than was owed.
    pub balance: Decimal,
    /// Days past the due day; negative: days to it.
    pub days: Option<i64>,
    /// How old that makes it.
    pub bucket: Bucket,
}

/// Ages what is owed as of a day. What came in beyond all that is owed stays
/// with the latest item, as a negative balance.
pub fn age(mut owed: Vec<Owed>, received: &[Received], as_of: NaiveDate) -> Vec<Aged> {
    owed.sort_by(|a, b| (&a.party, since(a), &a.at).cmp(&(&b.party, since(b), &b.at)));
    let mut open: Vec<Decimal> =
        owed.iter().map(|one| one.amount.checked_sub(one.received).unwrap_or_default()).collect();
    let mut by_number: FxHashMap<(Arc<str>, String), Vec<usize>> = FxHashMap::default();
    let mut by_party: FxHashMap<Arc<str>, Vec<usize>> = FxHashMap::default();
    for (at, one) in owed.iter().enumerate() {
        by_party.entry(Arc::clone(&one.party)).or_default().push(at);
        if let Some(number) = &one.document_no {
            by_number.entry((Arc::clone(&one.party), fold(number))).or_default().push(at);
        }
    }
    for money in received {
        let named = money.for_nos.iter().flat_map(|number| {
            by_number.get(&(Arc::clone(&money.party), fold(number))).into_iter().flatten().copied()
        });
        let own = by_party.get(&money.party).into_iter().flatten().copied();
        let all: Vec<usize> = own.collect();
        let mut left = money.amount;
        for at in named.chain(all.iter().copied()) {
            let part = left.min(open[at].max(Decimal::ZERO));
            open[at] -= part;
            left -= part;
        }
        if let Some(&last) = all.last() {
            open[last] = open[last].checked_sub(left).unwrap_or(open[last]);
        }
    }
    owed.into_iter().zip(open).map(|(one, balance)| aged(one, balance, as_of)).collect()
}

/// Returns the day from which an amount ages.
fn since(owed: &Owed) -> Option<NaiveDate> {
    owed.due.or(owed.date)
}

fn aged(owed: Owed, balance: Decimal, as_of: NaiveDate) -> Aged {
    let days = since(&owed).map(|since| (as_of - since).num_days());
    Aged {
        received: owed.amount.checked_sub(balance).unwrap_or_default(),
        balance,
        days,
        bucket: days.map_or(Bucket::Undated, Bucket::of),
        owed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::{CellRef, SheetId};

    fn amount(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    pub(super) fn owed(party: &str, number: &str, due: &str, money: &str, received: &str) -> Owed {
        let sheet = SheetId { path: "应收.xlsx".to_owned(), sheet: None };
        Owed {
            party: party.into(),
            document_no: Some(number.into()),
            date: None,
            due: due.parse().ok(),
            amount: amount(money),
            received: amount(received),
            at: Location::new(&sheet.into(), CellRef::new(number.len() as u32, 5)),
        }
    }

    fn november() -> NaiveDate {
        "2026-11-21".parse().unwrap()
    }

    #[test]
    fn the_worked_example_of_the_trade() {
        let items = vec![
            owed("概念数码", "0003", "2026-11-30", "18200", "0"),
            owed("信念实业", "0002", "2026-10-30", "12650", "3000"),
            owed("吾乐塑胶", "0001", "2026-06-19", "4100", "0"),
        ];
        let mut aged = age(items, &[], november());
        aged.sort_by_key(|one| one.days);
        let found: Vec<_> =
            aged.iter().map(|one| (one.days.unwrap(), one.bucket, one.balance)).collect();
        assert_eq!(
            found,
            [
                (-9, Bucket::NotDue, amount("18200")),
                (22, Bucket::To30, amount("9650")),
                (155, Bucket::To180, amount("4100")),
            ]
        );
        let total: Decimal = aged.iter().map(|one| one.balance).sum();
        assert_eq!(total, amount("31950"));
    }

    #[test]
    fn payments_go_to_what_they_name_else_to_the_oldest() {
        let items = || {
            vec![
                owed("甲", "A1", "2026-08-01", "100", "0"),
                owed("甲", "A22", "2026-09-01", "200", "0"),
                owed("乙", "A333", "2026-09-01", "50", "0"),
            ]
        };
        let balances = |received: &[Received]| -> Vec<Decimal> {
            age(items(), received, november()).iter().map(|one| one.balance).collect()
        };
        let money = |for_nos: &[&str], sum: &str| Received {
            party: "甲".into(),
            date: None,
            amount: amount(sum),
            for_nos: for_nos.iter().map(|number| Arc::from(*number)).collect(),
        };
        // 乙 sorts before 甲.
        assert_eq!(balances(&[money(&[], "150")]), ["50", "0", "150"].map(amount));
        assert_eq!(balances(&[money(&["a22"], "150")]), ["50", "100", "50"].map(amount));
        assert_eq!(balances(&[money(&[], "320")]), ["50", "0", "-20"].map(amount));
    }

    #[test]
    fn every_day_has_its_bucket() {
        for (days, bucket) in [
            (-1, Bucket::NotDue),
            (0, Bucket::NotDue),
            (1, Bucket::To30),
            (30, Bucket::To30),
            (31, Bucket::To60),
            (90, Bucket::To90),
            (91, Bucket::To180),
            (365, Bucket::To365),
            (366, Bucket::Over365),
        ] {
            assert_eq!(Bucket::of(days), bucket, "{days}");
        }
    }
}
