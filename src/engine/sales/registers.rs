//! Registers that hold the same bookings: a copy, a later version, a sheet of
//! the month beside the sheets of its days. Each booking counts once; rows
//! that two registers merely share are double bookings, as within one.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::copies::Copied;
use super::papers::List;
use crate::location::SheetId;
use crate::records::shop::{Booking, OrderForm};
use crate::text::fold;

/// Rows that two registers must share before one is taken for the other.
const ENOUGH: usize = 3;

/// The bookings that count, and the registers that repeat others.
#[derive(Debug, Default)]
pub(super) struct PickedBookings<'a> {
    pub(super) bookings: Vec<&'a Booking>,
    pub(super) copies: Vec<Copied>,
}

/// Picks the bookings that count, in the order of their lists.
pub(super) fn pick(register: &[List<Booking>]) -> PickedBookings<'_> {
    let sheets = sheets(register);
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    // The version that knows most counts: of equal ones the latest.
    order.sort_by_key(|&at| {
        let rows = &sheets[at].rows;
        let last = rows.iter().filter_map(|row| row.date).max();
        let damaged = rows.iter().filter(|row| form(row) == Some(OrderForm::Damaged)).count();
        (damaged * 2 > rows.len(), std::cmp::Reverse((rows.len(), last, at)))
    });
    let mut known = Known::default();
    let mut counted: Vec<Vec<&Booking>> = vec![Vec::new(); sheets.len()];
    let mut picked = PickedBookings::default();
    for at in order {
        counted[at] = known.add(&sheets[at], &mut picked.copies);
    }
    picked.bookings = counted.into_iter().flatten().collect();
    picked
}

/// All rows of one sheet, however many tables it has.
struct Sheet<'a> {
    id: &'a Arc<SheetId>,
    rows: Vec<&'a Booking>,
}

fn sheets(register: &[List<Booking>]) -> Vec<Sheet<'_>> {
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    for list in register {
        let known = sheets.iter_mut().find(|sheet| *sheet.id == list.sheet);
        match known {
            Some(sheet) => sheet.rows.extend(&list.rows),
            None => sheets.push(Sheet { id: &list.sheet, rows: list.rows.iter().collect() }),
        }
    }
    sheets
}

fn form(row: &Booking) -> Option<OrderForm> {
    row.order_no.as_ref().map(|number| number.form)
}

fn whole_number(row: &Booking) -> Option<&Arc<str>> {
    row.order_no.as_ref().filter(|number| number.form == OrderForm::Whole).map(|no| &no.key)
}

/// What a booking without a whole number is known by.
type Facts = (String, Decimal, Option<NaiveDate>);

fn facts(row: &Booking) -> Option<Facts> {
    let buyer = fold(row.buyer.as_deref()?);
    (!buyer.is_empty()).then(|| (buyer, row.amount.normalize(), row.date))
}

/// The bookings of the registers looked at so far.
#[derive(Debug, Default)]
struct Known<'a> {
    by_number: FxHashMap<&'a str, &'a Booking>,
    by_facts: FxHashMap<Facts, &'a Booking>,
}

impl<'a> Known<'a> {
    /// Returns the booking that a row of another register repeats.
    fn same(&self, row: &Booking) -> Option<&'a Booking> {
        let known = match whole_number(row) {
            Some(number) => self.by_number.get(&**number),
            None => self.by_facts.get(&facts(row)?),
        };
        let shop = |row: &Booking| row.shop.as_deref().map(fold);
        let is_other =
            |known: &&&Booking| shop(known).zip(shop(row)).is_some_and(|(one, other)| one != other);
        known.filter(|known| !is_other(known)).copied()
    }

    /// Adds a sheet; returns those of its rows that count.
    fn add(&mut self, sheet: &Sheet<'a>, copies: &mut Vec<Copied>) -> Vec<&'a Booking> {
        let same: Vec<Option<&Booking>> = sheet.rows.iter().map(|row| self.same(row)).collect();
        let shared = same.iter().flatten().count();
        let is_copy = shared >= ENOUGH && shared * 2 > sheet.rows.len();
        if let Some(first) = same.iter().flatten().next().filter(|_| is_copy) {
            let pairs = sheet.rows.iter().zip(&same);
            let changed =
                pairs.filter(|(row, same)| same.is_some_and(|one| one.amount != row.amount));
            copies.push(Copied {
                sheet: Arc::clone(sheet.id),
                of: Arc::clone(&first.at.sheet),
                rows: shared,
                changed: changed.count(),
                all: sheet.rows.len(),
            });
        }
        let rows = sheet.rows.iter().zip(same);
        let own: Vec<&Booking> =
            rows.filter(|(_, same)| same.is_none() || !is_copy).map(|(row, _)| *row).collect();
        for row in &own {
            if let Some(number) = whole_number(row) {
                self.by_number.entry(number).or_insert(row);
            }
            if let Some(facts) = facts(row) {
                self.by_facts.entry(facts).or_insert(row);
            }
        }
        own
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::location::{CellRef, Location};
    use crate::records::DocumentNo;
    use crate::records::shop::OrderNo;

    fn list(path: &str, rows: &[(&str, &str, i64)]) -> List<Booking> {
        let sheet = Arc::new(SheetId { path: path.to_owned(), sheet: None });
        let booking = |(at, (number, buyer, amount)): (usize, &(&str, &str, i64))| Booking {
            date: NaiveDate::from_ymd_opt(2026, 10, 8),
            shop: None,
            buyer: Some((*buyer).into()),
            order_no: OrderNo::of(&DocumentNo { text: (*number).into(), damaged: false }),
            more_nos: Box::default(),
            item: None,
            amount: Decimal::from(*amount),
            remark: None,
            at: Location::new(&sheet, CellRef::new(u32::try_from(at).unwrap() + 1, 4)),
        };
        let rows = rows.iter().enumerate().map(booking).collect();
        List { sheet, rows }
    }

    fn counted(register: &[List<Booking>]) -> (Vec<String>, Vec<(usize, usize, usize)>) {
        let picked = pick(register);
        let places = picked.bookings.iter().map(|row| row.at.to_string()).collect();
        let copies = picked.copies.iter().map(|copy| (copy.rows, copy.changed, copy.all));
        (places, copies.collect())
    }

    const FIRST: [(&str, &str, i64); 4] = [
        ("3250010003124433158", "a", 64),
        ("3250010390731118686", "b", 56),
        ("", "c", 19),
        ("3250010773032323327", "d", 99),
    ];

    #[test]
    fn of_two_versions_the_one_that_knows_more_counts() {
        let later = [
            FIRST[0],
            ("3250010390731118686", "b", 50),
            ("", "C ", 19),
            FIRST[3],
            ("3250011160705915493", "e", 7),
        ];
        let (places, copies) = counted(&[list("v1", &FIRST), list("v2", &later)]);
        assert_eq!(places, ["v2!E2", "v2!E3", "v2!E4", "v2!E5", "v2!E6"]);
        assert_eq!(copies, [(4, 1, 4)]);
    }

    #[test]
    fn what_only_the_earlier_version_has_still_counts() {
        let later = [FIRST[0], FIRST[1], FIRST[2], ("3250011160705915493", "e", 7)];
        let (places, copies) = counted(&[list("v1", &FIRST), list("v2", &later)]);
        assert_eq!(places, ["v1!E5", "v2!E2", "v2!E3", "v2!E4", "v2!E5"]);
        assert_eq!(copies, [(3, 0, 4)]);
    }

    #[test]
    fn registers_that_share_a_few_rows_have_booked_them_twice() {
        let other = [
            FIRST[0],
            ("3250020003124433158", "x", 1),
            ("3250030003124433158", "y", 2),
            ("3250040003124433158", "z", 3),
        ];
        let (places, copies) = counted(&[list("one", &FIRST), list("two", &other)]);
        assert_eq!(places.len(), 8);
        assert!(copies.is_empty());
    }
}
