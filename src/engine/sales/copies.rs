//! Exports that hold the same orders: saved again through a spreadsheet,
//! exported twice, or once by order and once by item. Each order counts once,
//! from the list that knows it best; what the others say of it is kept beside.

use std::ops::Deref;
use std::sync::Arc;

use super::by_number::{ByNumber, of_two_shops};
use super::damaged::{Damaged, Images, how};
use super::evidence::Buyer;
use super::papers::List;
use crate::engine::matching::explain::Field;
use crate::location::{Location, SheetId};
use crate::records::shop::{OrderForm, OrderRow};

/// A list of which some or all rows are known from another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The list.
    pub sheet: Arc<SheetId>,
    /// The first list that knows its orders.
    pub of: Arc<SheetId>,
    /// How many of its rows are known from others.
    pub rows: usize,
    /// How many of these say another amount, where both lists should say the
    /// same: an export by item says others by its nature.
    pub changed: usize,
    /// How many rows it has.
    pub all: usize,
}

/// A row that counts: as it was read, or as what is known beside it makes it.
#[derive(Debug, Clone)]
pub(super) enum Row<'a> {
    Read(&'a OrderRow),
    Made(Box<OrderRow>),
}

impl Deref for Row<'_> {
    type Target = OrderRow;

    fn deref(&self) -> &OrderRow {
        match self {
            Self::Read(row) => row,
            Self::Made(row) => row,
        }
    }
}

impl Row<'_> {
    /// Changes it, not the list it was read from.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut OrderRow)) {
        let mut row = OrderRow::clone(self);
        change(&mut row);
        *self = Self::Made(Box::new(row));
    }
}

/// The rows that count, and what was found while picking them.
#[derive(Debug, Default)]
pub(super) struct Picked<'a> {
    pub(super) rows: Vec<Row<'a>>,
    pub(super) copies: Vec<Copied>,
    pub(super) damaged: Vec<Damaged>,
}

/// Returns the rows that count: each order once.
pub(in crate::engine) fn counted(exports: &[List<OrderRow>]) -> Vec<OrderRow> {
    pick(exports).rows.iter().map(|row| OrderRow::clone(row)).collect()
}

/// Picks the rows that count.
pub(super) fn pick(exports: &[List<OrderRow>]) -> Picked<'_> {
    let mut order: Vec<usize> = (0..exports.len()).collect();
    order.sort_by_key(|&at| {
        let list = &exports[at];
        let last = list.rows.iter().filter_map(|row| row.created).max();
        (is_damaged(list), is_by_item(list), std::cmp::Reverse(last), at)
    });
    let mut known = Known::default();
    let mut counted: Vec<Vec<Row<'_>>> = vec![Vec::new(); exports.len()];
    let mut picked = Picked::default();
    for at in order {
        counted[at] = known.add(&exports[at], &mut picked);
    }
    picked.rows = counted.into_iter().flatten().collect();
    picked
}

fn is_damaged(list: &List<OrderRow>) -> bool {
    let damaged = |row: &&OrderRow| {
        row.order_no.as_ref().is_some_and(|number| number.form == OrderForm::Damaged)
    };
    list.rows.iter().filter(damaged).count() * 2 > list.rows.len()
}

fn is_by_item(list: &List<OrderRow>) -> bool {
    list.rows.iter().any(|row| row.sub_order_no.is_some())
}

/// The rows of the lists looked at so far.
#[derive(Debug, Default)]
struct Known<'a> {
    rows: Vec<&'a OrderRow>,
    by_number: ByNumber<'a>,
}

impl<'a> Known<'a> {
    /// Adds a list; returns those of its rows that no earlier list has.
    fn add(&mut self, list: &'a List<OrderRow>, picked: &mut Picked<'a>) -> Vec<Row<'a>> {
        let (mut counted, mut own) = (Vec::new(), Vec::new());
        let images = self.images(list);
        let (mut copies, mut first) = (0, None);
        for row in &list.rows {
            let of = match row.order_no.as_ref().map(|number| (number, number.form)) {
                Some((_, OrderForm::Damaged)) => self.whole_of(row, &images, &mut picked.damaged),
                Some((number, _)) => {
                    let mut known = self.by_number.of(&number.key);
                    known.find(|&known| !of_two_shops(row, self.rows[known]))
                }
                None => None,
            };
            match of {
                Some(of) => {
                    copies += 1;
                    first.get_or_insert(of);
                }
                None => {
                    own.push(row);
                    counted.push(Row::Read(row));
                }
            }
        }
        if let Some(first) = first {
            picked.copies.push(Copied {
                sheet: Arc::clone(&list.sheet),
                of: Arc::clone(&self.rows[first].at.sheet),
                rows: copies,
                changed: 0,
                all: list.rows.len(),
            });
        }
        for row in own {
            if let Some(number) = row.order_no.as_ref().filter(|n| n.form != OrderForm::Damaged) {
                self.by_number.add(&number.key, self.rows.len());
            }
            self.rows.push(row);
        }
        counted
    }

    fn images(&self, list: &List<OrderRow>) -> Images {
        if self.rows.is_empty() {
            return Images::default();
        }
        let damaged = list.rows.iter().filter_map(|row| row.order_no.as_ref());
        let damaged = damaged.filter(|number| number.form == OrderForm::Damaged);
        let whole = self.by_number.iter().map(|(number, row)| (row, number));
        Images::of(whole, damaged.map(|number| &*number.key))
    }

    /// Finds the row that a row with a damaged number copies, and notes what
    /// its number was, where one row alone agrees in buyer, amount and day.
    fn whole_of(
        &self,
        row: &OrderRow,
        images: &Images,
        damaged: &mut Vec<Damaged>,
    ) -> Option<usize> {
        let number = row.order_no.as_ref()?;
        let buyer = Buyer::of(row.buyer.as_deref());
        let agrees = |other: &usize| {
            let other = self.rows[*other];
            let days = row.created.zip(other.created).is_none_or(|(one, other)| one == other);
            let same_buyer = buyer.agrees(&Buyer::of(other.buyer.as_deref())) != Some(false);
            days && same_buyer && row.paid == other.paid
        };
        let candidates: Vec<usize> = images.holders(&number.key).filter(agrees).collect();
        let (&first, others) = candidates.split_first()?;
        let only = others.is_empty().then(|| self.rows[first]);
        let whole = only.and_then(|row| row.order_no.as_ref());
        let known_buyer =
            only.is_some_and(|only| buyer.agrees(&Buyer::of(only.buyer.as_deref())) == Some(true));
        let by_day = only.is_some_and(|only| row.created.is_some() && row.created == only.created);
        let evidence =
            [(known_buyer, Field::OtherNo), (only.is_some(), Field::Amount), (by_day, Field::Date)];
        damaged.push(Damaged {
            at: number_place(row),
            found: Arc::clone(&number.text),
            restored: whole.map(|number| Arc::clone(&number.text)),
            whole_at: only.map(number_place),
            operator: whole.and_then(|whole| how(&number.key, &whole.key)),
            evidence: evidence.into_iter().filter(|(is, _)| *is).map(|(_, field)| field).collect(),
        });
        Some(first)
    }
}

/// Returns where a row stands; all of a row's cells are in one row.
fn number_place(row: &OrderRow) -> Location {
    row.at.clone()
}
