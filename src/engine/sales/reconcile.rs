//! The job: a shop's papers in; lines, the audit of slips, damaged numbers,
//! copies and totals out.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::before::Before;
use super::by_number::are_others;
use super::copies::{Copied, Row, pick};
use super::damaged::{Damaged, how};
use super::evidence::Buyer;
use super::link::link;
use super::orders::{Order, orders};
use super::papers::SalesPapers;
use super::registers;
use super::repeats::once_an_order;
use super::settle::{Settled, Sides, left_entries, right_entries, settle};
use super::slips::{SlipAudit, audit};
use super::totals::{Total, totals};
use crate::engine::entry::Entry;
use crate::engine::matching::conserve::{self, Miscount};
use crate::engine::matching::explain::{Agreement, Field};
use crate::engine::matching::outcome::{Line, Note, Reason, Status};
use crate::engine::matching::spec::Spec;
use crate::finding::{Code, Finding, Severity, codes};
use crate::location::{CellRef, Location, SheetId};
use crate::period::Period;
use crate::records::shop::{Booking, OrderForm, OrderNo, Slip};

/// A check that the papers do not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unchecked {
    /// There is no export of orders.
    NoExport,
    /// There is no register of sales ids.
    NoRegister,
    /// There are no slips.
    NoSlips,
}

/// The month of a shop.
#[derive(Debug, Clone, Default)]
pub struct SalesMonth {
    /// The rows of the exports that count.
    pub left: Vec<Entry>,
    /// The rows of the register.
    pub right: Vec<Entry>,
    /// Every row of both, each in one line.
    pub lines: Vec<Line>,
    /// The slips.
    pub slips: SlipAudit,
    /// Numbers that lost digits.
    pub damaged: Vec<Damaged>,
    /// Exports that hold orders of others.
    pub copies: Vec<Copied>,
    /// The totals.
    pub totals: Vec<Total>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
    /// What could not be checked.
    pub unchecked: Vec<Unchecked>,
}

impl SalesMonth {
    /// Whether one side has no paper at all: then nothing is missing on it.
    pub fn is_one_sided(&self) -> bool {
        let missing = [Unchecked::NoExport, Unchecked::NoRegister];
        missing.iter().any(|missing| self.unchecked.contains(missing))
    }
}

/// Reconciles a month.
///
/// # Errors
///
/// [`Miscount`] if the result does not add up: gendan's own fault.
pub fn reconcile(
    papers: &SalesPapers,
    period: Option<Period>,
    rules: &Spec,
) -> Result<SalesMonth, Miscount> {
    let mut picked = pick(&papers.exports);
    let registers = registers::pick(&papers.register);
    let mut bookings = registers.bookings;
    once_an_order(&mut picked.rows, &bookings);
    let before = Before::of(papers, period);
    bookings.extend(&before.bookings);
    let mut rows = picked.rows;
    rows.extend(before.orders.iter().map(Row::Read));
    let orders = orders(&rows);
    let joined: Vec<(usize, Vec<usize>)> = rules
        .together
        .iter()
        .filter_map(|both| Some((*both.left.first()?, both.right.clone())))
        .collect();
    let again = (0..bookings.len()).filter(|&at| before.is_booked_again(bookings[at]));
    let links = link(&orders, &bookings, &joined, again.collect());
    let tolerance = rules.tolerance;
    let sides = Sides {
        rows: &rows,
        orders: &orders,
        bookings: &bookings,
        before: &before,
        period,
        tolerance,
    };
    let Settled { mut lines, bases } = settle(&sides, links)?;
    lines.sort_by_cached_key(|line| place(line, &rows, &bookings));

    let slips: Vec<Slip> = papers.slips.iter().flat_map(|list| list.rows.iter().cloned()).collect();
    let slips = audit(&slips, &orders, &rows, tolerance)?;
    let mut damaged = picked.damaged;
    damaged.extend(restored(&lines, &rows, &bookings));
    damaged.sort_by(|a, b| a.at.cmp(&b.at));
    let mut findings = of_buyers(&lines, &orders, &rows, &bookings);
    findings.extend(slips.findings.iter().cloned());
    findings.extend(picked.copies.iter().map(|copy| copied(copy, codes::ORDERS_COPIED)));
    findings.extend(registers.copies.iter().map(booked_again));
    let copies = picked.copies.into_iter().chain(registers.copies).collect();

    let mut left = left_entries(&rows, &orders, &bases);
    // The entries need the room that the orders took.
    drop(orders);
    let mut right = right_entries(&bookings);
    share_shops(&mut left, &mut right, &lines);
    conserve::check(&left, &right, &lines)?;
    Ok(SalesMonth {
        totals: totals(&lines, &left, &right)?,
        unchecked: unchecked(papers),
        copies,
        left,
        right,
        lines,
        slips,
        damaged,
        findings,
    })
}

fn unchecked(papers: &SalesPapers) -> Vec<Unchecked> {
    let missing = [
        (papers.exports.is_empty(), Unchecked::NoExport),
        (papers.register.is_empty(), Unchecked::NoRegister),
        (papers.slips.is_empty(), Unchecked::NoSlips),
    ];
    missing.into_iter().filter(|(missing, _)| *missing).map(|(_, check)| check).collect()
}

/// Where a line is sorted: by its first left place, then by its first right
/// one; lines without left rows last.
fn place<'a>(
    line: &Line,
    rows: &'a [Row<'_>],
    bookings: &[&'a Booking],
) -> (bool, Option<&'a Location>, Option<&'a Location>) {
    let first = line.left.iter().map(|&at| &rows[at].at).min();
    let other = line.right.iter().map(|&at| &bookings[at].at).min();
    (first.is_none(), first, other)
}

/// Gives each shop one name: the platform's, for the one that the register
/// writes beside its orders. A side that names none takes the other's.
fn share_shops(left: &mut [Entry], right: &mut [Entry], lines: &[Line]) {
    let mut pairs: FxHashMap<(Arc<str>, Arc<str>), usize> = FxHashMap::default();
    for line in lines.iter().filter(|line| !line.left.is_empty() && !line.right.is_empty()) {
        let (order, booking) = (&left[line.left[0]], &right[line.right[0]]);
        let key = (Arc::clone(&booking.party), Arc::clone(&order.party));
        *pairs.entry(key).or_default() += 1;
    }
    let mut best: BTreeMap<Arc<str>, (usize, Arc<str>)> = BTreeMap::new();
    let mut all: BTreeMap<Arc<str>, usize> = BTreeMap::new();
    let mut sorted: Vec<_> = pairs.into_iter().collect();
    sorted.sort();
    for ((written, shop), count) in sorted {
        *all.entry(Arc::clone(&written)).or_default() += count;
        let known = best.entry(written).or_insert((0, Arc::clone(&shop)));
        if count > known.0 {
            *known = (count, shop);
        }
    }
    for entry in right.iter_mut() {
        let Some((count, shop)) = best.get(&entry.party) else { continue };
        let most = count * 10 >= all.get(&entry.party).copied().unwrap_or_default() * 9;
        if most && !shop.is_empty() {
            entry.party = Arc::clone(shop);
        }
    }
    for line in lines {
        let named = line.right.iter().map(|&at| Arc::clone(&right[at].party));
        let Some(named) = named.into_iter().find(|shop| !shop.is_empty()) else { continue };
        for &at in line.left.iter().filter(|&&at| left[at].party.is_empty()).collect::<Vec<_>>() {
            left[at].party = Arc::clone(&named);
        }
    }
    share_sheets(left);
}

/// Gives rows that name no shop the one of nearly all the others of their
/// sheet: an export is one shop's.
fn share_sheets(entries: &mut [Entry]) {
    let mut sheets: FxHashMap<&Arc<SheetId>, BTreeMap<&Arc<str>, usize>> = FxHashMap::default();
    for entry in entries.iter().filter(|entry| !entry.party.is_empty()) {
        *sheets.entry(&entry.at.sheet).or_default().entry(&entry.party).or_default() += 1;
    }
    let shop = |(sheet, shops): (&Arc<SheetId>, BTreeMap<&Arc<str>, usize>)| {
        let all: usize = shops.values().sum();
        let (shop, most) = shops.into_iter().max_by_key(|(_, count)| *count)?;
        (most * 10 >= all * 9).then(|| (Arc::clone(sheet), Arc::clone(shop)))
    };
    let shops: FxHashMap<Arc<SheetId>, Arc<str>> = sheets.into_iter().filter_map(shop).collect();
    for entry in entries.iter_mut().filter(|entry| entry.party.is_empty()) {
        if let Some(shop) = shops.get(&entry.at.sheet) {
            entry.party = Arc::clone(shop);
        }
    }
}

/// Lists the damaged numbers of both sides, with the whole ones that stand on
/// the same line.
fn restored(lines: &[Line], rows: &[Row<'_>], bookings: &[&Booking]) -> Vec<Damaged> {
    let mut found = Vec::new();
    for line in lines {
        let lefts = line.left.iter().map(|&at| (&rows[at].order_no, &rows[at].at));
        let rights = line.right.iter().map(|&at| (&bookings[at].order_no, &bookings[at].at));
        let numbers: Vec<_> = lefts.chain(rights).collect();
        let is = |form: OrderForm| {
            numbers.iter().filter_map(move |(number, at)| {
                number.as_ref().filter(|number| number.form == form).map(|number| (number, *at))
            })
        };
        let decided = matches!(line.status, Status::Matched | Status::Differs);
        let whole = is(OrderForm::Whole).next().filter(|_| decided);
        for (number, at) in is(OrderForm::Damaged) {
            let agrees = line.evidence.iter().filter(|one| one.agreement == Agreement::Equal);
            let evidence = agrees.map(|one| one.field).filter(|_| whole.is_some());
            found.push(Damaged {
                at: at.clone(),
                found: Arc::clone(&number.text),
                restored: whole.map(|(whole, _)| Arc::clone(&whole.text)),
                whole_at: whole.map(|(_, at)| at.clone()),
                operator: whole.and_then(|(whole, _)| how(&number.key, &whole.key)),
                evidence: evidence.filter(|&field| field != Field::DocumentNo).collect(),
            });
        }
    }
    found
}

/// Says where buyers are not who the order says, and who could not be checked.
fn of_buyers(
    lines: &[Line],
    orders: &[Order],
    rows: &[Row<'_>],
    bookings: &[&Booking],
) -> Vec<Finding> {
    let of_row: FxHashMap<usize, &Order> =
        orders.iter().flat_map(|order| order.rows.iter().map(move |&row| (row, order))).collect();
    let mut findings = Vec::new();
    for line in lines {
        let order = line.left.first().and_then(|row| of_row.get(row));
        for booking in line.right.iter().map(|&at| &bookings[at]) {
            let buyer = Buyer::of(booking.buyer.as_deref());
            let found = booking.buyer.as_deref().unwrap_or_default();
            let unchecked = buyer != Buyer::Missing && line.reason == Some(Reason::NoCandidate);
            if unchecked {
                let finding = Finding::of(codes::MASKED_ID).at(booking.at.clone());
                findings.push(finding.with("found", found));
            }
            let Some(order) = order.filter(|_| line.status != Status::Ambiguous) else { continue };
            if order.buyer.agrees(&buyer) == Some(false)
                && !line.notes.contains(&Note::DocumentNoMissing)
            {
                let row = &rows[order.rows[0]];
                let finding = Finding::of(codes::BUYER_MISMATCH)
                    .at(booking.at.clone())
                    .related(row.at.clone())
                    .with("found", found)
                    .with("expected", row.buyer.as_deref().unwrap_or_default());
                findings.push(finding);
            }
        }
    }
    findings
}

fn copied(copied: &Copied, code: Code) -> Finding {
    Finding::of(code)
        .at(Location::new(&copied.sheet, CellRef::new(0, 0)))
        .with("count", copied.rows)
        .with("all", copied.all)
        .with("of", &copied.of)
}

/// Tells of a register that repeats another one; that their amounts differ is
/// for somebody to look at.
fn booked_again(copied_list: &Copied) -> Finding {
    let mut finding =
        copied(copied_list, codes::BOOKINGS_COPIED).with("changed", copied_list.changed);
    if copied_list.changed > 0 {
        finding.severity = Severity::Warning;
    }
    finding
}

/// What was booked under each whole number, shop by shop.
#[derive(Debug, Default)]
pub(super) struct Booked<'a> {
    by_number: FxHashMap<&'a str, Vec<(Option<&'a str>, Decimal)>>,
}

impl<'a> Booked<'a> {
    /// Adds up bookings.
    pub(super) fn of(bookings: &[&'a Booking]) -> Self {
        let mut by_number: FxHashMap<&str, Vec<(Option<&str>, Decimal)>> = FxHashMap::default();
        for row in bookings {
            // The numbers of a young shop are short, and whole all the same.
            let is_whole =
                |number: &&OrderNo| matches!(number.form, OrderForm::Whole | OrderForm::Short);
            let Some(number) = row.order_no.as_ref().filter(is_whole) else { continue };
            let sums = by_number.entry(&number.key).or_default();
            let shop = row.shop.as_deref();
            match sums.iter_mut().find(|(known, _)| *known == shop) {
                Some((_, sum)) => *sum = sum.saturating_add(row.amount),
                None => sums.push((shop, row.amount)),
            }
        }
        Self { by_number }
    }

    /// Returns what was booked under a number: where several shops have it, of
    /// the one that is named.
    pub(super) fn under(&self, number: &str, shop: Option<&str>) -> Option<Decimal> {
        match self.by_number.get(number)?.as_slice() {
            [(_, sum)] => Some(*sum),
            several => {
                let own = several.iter().filter(|(name, _)| !are_others(*name, shop));
                own.map(|(_, sum)| *sum).reduce(Decimal::saturating_add)
            }
        }
    }
}
