//! Generated shops: nothing is lost, nothing is guessed, and the order of the
//! rows does not matter.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::engine::matching::outcome::{Reason, Status};
use crate::engine::matching::spec::Spec;
use crate::location::{CellRef, Location, SheetId};
use crate::records::DocumentNo;
use crate::records::shop::{Booking, OrderNo, OrderRow};

/// How a register writes an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Written {
    Whole,
    Cut,
    Tail,
    Buyer,
    Twice,
    WrongAmount,
    Missing,
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        6 => Just(Written::Whole),
        1 => Just(Written::Cut),
        1 => Just(Written::Tail),
        1 => Just(Written::Buyer),
        1 => Just(Written::Twice),
        1 => Just(Written::WrongAmount),
        1 => Just(Written::Missing),
    ]
}

fn at(name: &str, row: usize) -> Location {
    let sheet = Arc::new(SheetId { path: name.to_owned(), sheet: None });
    Location::new(&sheet, CellRef::new(u32::try_from(row).unwrap(), 4))
}

fn number(text: &str, damaged: bool) -> Option<OrderNo> {
    OrderNo::of(&DocumentNo { text: text.into(), damaged })
}

fn day(day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 10, day)
}

fn order(index: usize, fen: i64) -> OrderRow {
    let created = day(1 + u32::try_from(index % 28).unwrap());
    OrderRow {
        order_no: number(&whole(index), false),
        buyer: Some(format!("Buyer_{index}").into()),
        shop: Some("旗舰店".into()),
        status: Some("交易成功".into()),
        created,
        paid_on: created,
        ..OrderRow::bare(Decimal::new(fen, 2), &at("export.csv", index))
    }
}

/// Numbers that differ before the digits that a spreadsheet drops.
fn whole(index: usize) -> String {
    (3_250_010_003_124_433_158_u64 + 387_210_733_517 * index as u64).to_string()
}

fn booking(index: usize, order: &OrderRow, form: Written) -> Booking {
    let text = whole(index);
    let order_no = match form {
        Written::Cut => number(&format!("{}0000", &text[..15]), true),
        Written::Tail => number(&format!("…{}", &text[15..]), false),
        Written::Buyer => None,
        _ => order.order_no.clone(),
    };
    let wrong = if form == Written::WrongAmount { Decimal::new(777, 2) } else { Decimal::ZERO };
    Booking {
        date: order.created,
        shop: Some("A店".into()),
        buyer: Some(format!("ＢＵＹＥＲ_{index} ").into()),
        order_no,
        more_nos: Box::default(),
        item: None,
        amount: order.paid + wrong,
        remark: None,
        at: at("register.csv", index),
    }
}

fn shop(sold: &[(i64, Written)]) -> (Vec<OrderRow>, Vec<Booking>) {
    let orders: Vec<OrderRow> =
        sold.iter().enumerate().map(|(index, (fen, _))| order(index, *fen)).collect();
    let mut bookings = Vec::new();
    for (index, (_, form)) in sold.iter().enumerate() {
        if *form == Written::Missing {
            continue;
        }
        bookings.push(booking(index, &orders[index], *form));
        if *form == Written::Twice {
            let again = booking(index, &orders[index], *form);
            bookings.push(Booking { at: at("register.csv", 1000 + index), ..again });
        }
    }
    (orders, bookings)
}

fn list<T>(name: &str, rows: Vec<T>) -> List<T> {
    let sheet = Arc::new(SheetId { path: name.to_owned(), sheet: None });
    List { sheet, rows }
}

fn check(orders: Vec<OrderRow>, bookings: Vec<Booking>) -> SalesMonth {
    let papers = SalesPapers {
        exports: vec![list("export.csv", orders)],
        register: vec![list("register.csv", bookings)],
        slips: Vec::new(),
        ..SalesPapers::default()
    };
    reconcile(&papers, None, &Spec { tolerance: Decimal::new(1, 2), ..Spec::default() }).unwrap()
}

/// Returns what became of each order: status and reason, by place.
fn verdicts(month: &SalesMonth) -> BTreeMap<String, (Status, Option<Reason>)> {
    let mut verdicts = BTreeMap::new();
    for line in &month.lines {
        let left = line.left.iter().map(|&at| &month.left[at].at);
        let right = line.right.iter().map(|&at| &month.right[at].at);
        for place in left.chain(right) {
            verdicts.insert(place.to_string(), (line.status, line.reason));
        }
    }
    verdicts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_form_of_a_number_finds_its_order_and_nothing_else(
        sold in prop::collection::vec((1_000..90_000_i64, written()), 1..40)
    ) {
        let (orders, bookings) = shop(&sold);
        let month = check(orders, bookings);
        for line in &month.lines {
            let [left] = line.left[..] else { continue };
            for &right in &line.right {
                let (order, booking) = (&month.left[left].at, &month.right[right].at);
                prop_assert_eq!(order.cell.row, booking.cell.row % 1000);
            }
        }
        let verdicts = verdicts(&month);
        for (index, (_, form)) in sold.iter().enumerate() {
            let found = verdicts[&at("export.csv", index).to_string()];
            let expected = match form {
                Written::WrongAmount => (Status::Differs, None),
                Written::Missing => (Status::LeftOnly, Some(Reason::NotInRegister)),
                _ => (Status::Matched, None),
            };
            prop_assert_eq!(found, expected, "order {} written {:?}", index, form);
        }
        let twice = sold.iter().filter(|(_, form)| *form == Written::Twice).count();
        let again = month.lines.iter().filter(|l| l.reason == Some(Reason::DoubleBooked)).count();
        prop_assert_eq!(again, twice);
        for damaged in &month.damaged {
            let whole = whole(damaged.at.cell.row as usize);
            prop_assert_eq!(damaged.restored.as_deref(), Some(whole.as_str()));
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        (sold, seed) in (prop::collection::vec((1_000..90_000_i64, written()), 1..30), any::<u64>())
    ) {
        let (orders, bookings) = shop(&sold);
        let before = verdicts(&check(orders.clone(), bookings.clone()));
        let turned = |index: usize| seed.rotate_left(index as u32 % 61) ^ index as u64;
        let (mut orders, mut bookings) = (orders, bookings);
        orders.sort_by_key(|row| turned(row.at.cell.row as usize));
        bookings.sort_by_key(|row| turned(row.at.cell.row as usize + 7));
        let after = verdicts(&check(orders, bookings));
        // Which of two equal bookings is the second does not matter.
        let count = |verdicts: &BTreeMap<String, (Status, Option<Reason>)>| {
            let mut all: Vec<_> = verdicts.values().copied().collect();
            all.sort_by_key(|(status, reason)| (*status, *reason));
            all
        };
        prop_assert_eq!(count(&before), count(&after));
    }

    #[test]
    fn a_copy_adds_nothing(sold in prop::collection::vec((1_000..90_000_i64, written()), 1..30)) {
        let (orders, bookings) = shop(&sold);
        let copy: Vec<OrderRow> = orders
            .iter()
            .enumerate()
            .map(|(index, row)| OrderRow {
                order_no: number(&format!("{}0000", &whole(index)[..15]), true),
                at: at("copy.xlsx", index),
                ..row.clone()
            })
            .collect();
        let alone = check(orders.clone(), bookings.clone());
        let papers = SalesPapers {
            exports: vec![list("copy.xlsx", copy), list("export.csv", orders)],
            register: vec![list("register.csv", bookings)],
            slips: Vec::new(),
            ..SalesPapers::default()
        };
        let month = reconcile(&papers, None, &Spec { tolerance: Decimal::new(1, 2), ..Spec::default() }).unwrap();
        prop_assert_eq!(verdicts(&month), verdicts(&alone));
        prop_assert_eq!(month.copies[0].rows, sold.len());
    }
}
