//! The stocktake: the book moved to the moment of counting, and what the
//! count found against it.

mod books;
mod moves;

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::{FxHashMap, FxHashSet};

use super::items::{ItemId, Items};
use super::ledger::{Ledger, cents};
use crate::calendar::Calendar;
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::records::stock::{CountLine, CountSheet, Moment, Movements, StockTable};
use crate::text::fold;
use books::{Book, Books, Key};
use moves::Moves;

/// What a stocktake is worked out from.
#[derive(Debug, Clone, Copy)]
pub struct Stocktake<'a> {
    /// The count sheets.
    pub counts: &'a [CountSheet],
    /// The stock tables.
    pub tables: &'a [StockTable],
    /// The movements: ledgers and slips.
    pub movements: &'a [Movements],
    /// The books, rolled forward.
    pub ledger: &'a Ledger,
    /// When a difference is to be counted again.
    pub limits: Limits,
}

/// When a difference is to be counted again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Above this many per cent of what was expected.
    pub percent: Decimal,
    /// Above this value.
    pub value: Option<Decimal>,
}

/// One line of the count and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variance {
    /// The item.
    pub item: ItemId,
    /// The warehouse.
    pub warehouse: Option<Arc<str>>,
    /// The place in it.
    pub location: Option<Arc<str>>,
    /// The batch.
    pub batch: Option<Arc<str>>,
    /// The book; `None`: the book does not have the item.
    pub book: Option<Decimal>,
    /// What moved between the book's moment and the count's.
    pub moved: Decimal,
    /// The book at the moment of counting.
    pub expected: Decimal,
    /// What was counted; `None`: not counted, which is never nought.
    pub counted: Option<Decimal>,
    /// Counted − expected.
    pub difference: Option<Decimal>,
    /// Of what was expected, in per cent.
    pub percent: Option<Decimal>,
    /// The cost of one unit.
    pub cost: Option<Decimal>,
    /// The value of the difference.
    pub value: Option<Decimal>,
    /// Whether it is to be counted again.
    pub recount: bool,
    /// Why it differs, as the sheet says.
    pub reason: Option<Arc<str>>,
    /// Its row: on the count sheet, else in the stock table.
    pub at: Location,
}

/// How well the count and the book agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accuracy {
    /// 1 − Σ|difference| ÷ Σ expected of what was counted.
    pub by_quantity: Option<Decimal>,
    /// The share of counted lines without a difference.
    pub by_lines: Option<Decimal>,
    /// Lines that were counted.
    pub counted: usize,
    /// Lines that were not.
    pub uncounted: usize,
    /// Lines to be counted again.
    pub recounts: usize,
    /// The value of what was found too many.
    pub gains: Decimal,
    /// The value of what was missing, negative.
    pub losses: Decimal,
}

/// A stocktake worked out.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Every line of the count sheets once, then what they do not have.
    pub variances: Vec<Variance>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
    /// How well count and book agree.
    pub accuracy: Accuracy,
    /// The day of the count.
    pub day: Option<NaiveDate>,
}

/// Works a stocktake out.
pub fn count(stocktake: &Stocktake<'_>) -> Counted {
    let items = &stocktake.ledger.items;
    let books = Books::of(stocktake);
    let moves = Moves::of(stocktake, items);
    let mut findings = Vec::new();
    let mut variances = Vec::new();
    let mut seen: FxHashSet<Key> = FxHashSet::default();
    let mut warehouses: FxHashSet<String> = FxHashSet::default();
    for sheet in stocktake.counts {
        for line in &merged(sheet, items, &books) {
            let Some(item) = items.id(&line.item) else { continue };
            let key = books.of_count(item, line);
            warehouses.insert(key.1.clone());
            let book = books.get(&key);
            let variance = variance(stocktake, sheet, line, item, book, &moves);
            let since = since_table(sheet, line, item, book, &moves);
            let is_again = seen.contains(&key);
            findings.extend(check(items, sheet, line, &variance, (book, since), is_again));
            seen.insert(key);
            variances.push(variance);
        }
    }
    if !stocktake.counts.is_empty() {
        for variance in books.uncounted(&seen, &warehouses) {
            findings.push(not_counted(items, &variance));
            variances.push(variance);
        }
    }
    let day = stocktake.counts.iter().find_map(day_of);
    Counted { accuracy: accuracy(&variances), variances, findings, day }
}

/// Puts the lines of a blind sheet together that are of one line of the book:
/// the book does not say how much of it each place should hold.
fn merged(sheet: &CountSheet, items: &Items, books: &Books) -> Vec<CountLine> {
    let lines = &sheet.records.lines;
    if sheet.has_book {
        return lines.clone();
    }
    let mut together: Vec<CountLine> = Vec::with_capacity(lines.len());
    let mut known: FxHashMap<Key, usize> = FxHashMap::default();
    for line in lines {
        let key = items.id(&line.item).map(|item| books.of_count(item, line));
        let first = key.as_ref().and_then(|key| known.get(key)).copied();
        let Some(first) = first else {
            if let Some(key) = key {
                known.insert(key, together.len());
            }
            together.push(line.clone());
            continue;
        };
        let whole = &mut together[first];
        let counted = [whole.counted, line.counted].into_iter().flatten();
        whole.counted = counted.reduce(|sum, more| sum.checked_add(more).unwrap_or(sum));
        if let (Some(places), Some(place)) = (&whole.location, &line.location) {
            whole.location = Some(format!("{places}, {place}").into());
        }
    }
    together
}

fn variance(
    stocktake: &Stocktake<'_>,
    sheet: &CountSheet,
    line: &CountLine,
    item: ItemId,
    book: Option<&Book>,
    moves: &Moves,
) -> Variance {
    let in_table = book.and_then(|book| book.closing);
    let stated = line.book.or(in_table.filter(|_| !sheet.has_book));
    let counted_at = line.counted_at.or(sheet.counted_at);
    // A book of its own is of the moment it names, else of the count's.
    let cutoff = line.cutoff.or(sheet.cutoff).or_else(|| {
        let of_table = book.and_then(|book| book.as_of).map(Moment::from);
        of_table.filter(|_| line.book.is_none())
    });
    let moved = match (cutoff, counted_at) {
        (Some(cutoff), Some(counted)) => {
            let warehouse = line.warehouse.as_deref().map(fold).unwrap_or_default();
            let batch = line.batch.as_deref().map(fold).unwrap_or_default();
            moves.between(item, &warehouse, &batch, cutoff.end(), counted.end())
        }
        _ => Decimal::ZERO,
    };
    let base = stated.unwrap_or_default();
    let expected = base.checked_add(moved).unwrap_or(base);
    let difference = line.counted.and_then(|counted| counted.checked_sub(expected));
    let percent = difference.filter(|_| !expected.is_zero()).and_then(|by| {
        let share = by.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(expected.abs())?;
        Some(share.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    });
    let cost = line.unit_cost.or_else(|| book.and_then(|book| book.cost));
    let value = difference.zip(cost).and_then(|(by, cost)| by.checked_mul(cost)).map(cents);
    Variance {
        item,
        warehouse: line.warehouse.clone(),
        location: line.location.clone(),
        batch: line.batch.clone(),
        book: stated,
        moved,
        expected,
        counted: line.counted,
        difference,
        percent,
        cost,
        value,
        recount: is_recount(difference, expected, value, stocktake.limits),
        reason: line.reason.clone(),
        at: line.at.clone(),
    }
}

/// Returns what moved from the day of the table to the day of the count: the
/// sheet's own book may be of either.
fn since_table(
    sheet: &CountSheet,
    line: &CountLine,
    item: ItemId,
    book: Option<&Book>,
    moves: &Moves,
) -> Decimal {
    let table = book.and_then(|book| book.as_of).map(Moment::from);
    let counted = line.counted_at.or(sheet.counted_at);
    let Some((table, counted)) = table.zip(counted) else { return Decimal::ZERO };
    let place = |name: &Option<Arc<str>>| name.as_deref().map(fold).unwrap_or_default();
    let (warehouse, batch) = (place(&line.warehouse), place(&line.batch));
    moves.between(item, &warehouse, &batch, table.end(), counted.end())
}

/// Whether a difference is beyond the limits; where nothing was expected, any
/// is.
fn is_recount(
    difference: Option<Decimal>,
    expected: Decimal,
    value: Option<Decimal>,
    limits: Limits,
) -> bool {
    let Some(difference) = difference.filter(|by| !by.is_zero()) else { return false };
    // |difference| ÷ expected > limit ÷ 100, without a division's rounding.
    let share = difference.abs().checked_mul(Decimal::ONE_HUNDRED);
    let allowed = expected.abs().checked_mul(limits.percent);
    let beyond = share.zip(allowed).is_none_or(|(share, allowed)| share > allowed);
    beyond || value.zip(limits.value).is_some_and(|(value, limit)| value.abs() > limit)
}

/// Says what is wrong or doubtful with a line of a count.
fn check(
    items: &Items,
    sheet: &CountSheet,
    line: &CountLine,
    variance: &Variance,
    (book, since): (Option<&Book>, Decimal),
    is_again: bool,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let name = || items.name(variance.item);
    if line.counted.is_none() {
        findings.push(not_counted(items, variance));
    }
    if variance.book.is_none() && line.counted.is_some() {
        let finding = Finding::of(codes::ITEM_UNKNOWN).with("item", name());
        findings.push(finding.at(line.at.clone()));
    }
    let stated = line.stated_difference.zip(line.counted).zip(line.book);
    if let Some(((stated, counted), own)) = stated
        && let Some(expected) = counted.checked_sub(own)
        && stated.round_dp(6) != expected.round_dp(6)
        && Some(stated) != variance.difference
    {
        let finding = Finding::of(codes::COUNT_DIFFERENCE_WRONG)
            .with("item", name())
            .with("found", stated.normalize())
            .with("expected", expected.normalize())
            .at(line.at.clone());
        findings.push(finding);
    }
    // A place of several may hold a part of what the table has.
    let whole = !is_again && line.batch.is_none();
    let timed = line.cutoff.or(sheet.cutoff).is_some();
    if let (Some(own), Some(book)) = (line.book, book)
        && let (Some(closing), true, false) = (book.closing, whole, timed)
        && own != closing
        && closing.checked_add(since) != Some(own)
    {
        let mut finding = Finding::of(codes::COUNT_BOOK_MISMATCH)
            .with("item", name())
            .with("found", own.normalize())
            .with("expected", closing.normalize())
            .at(line.at.clone());
        finding.related.extend(book.at.clone());
        findings.push(finding);
    }
    findings
}

fn not_counted(items: &Items, variance: &Variance) -> Finding {
    Finding::of(codes::NOT_COUNTED)
        .with("item", items.name(variance.item))
        .with("book", variance.book.unwrap_or_default().normalize())
        .at(variance.at.clone())
}

fn sum(mut figures: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    figures.try_fold(Decimal::ZERO, Decimal::checked_add)
}

fn accuracy(variances: &[Variance]) -> Accuracy {
    let counted: Vec<&Variance> =
        variances.iter().filter(|variance| variance.counted.is_some()).collect();
    let off = sum(counted.iter().filter_map(|one| one.difference).map(|by| by.abs()));
    let expected = sum(counted.iter().map(|one| one.expected.abs()));
    let by_quantity = off.zip(expected.filter(|sum| !sum.is_zero())).and_then(|(off, expected)| {
        Decimal::ONE.checked_sub(off.checked_div(expected)?).map(|share| share.round_dp(6))
    });
    let agreeing =
        counted.iter().filter(|one| one.difference.is_some_and(|by| by.is_zero())).count();
    let by_lines = (!counted.is_empty())
        .then(|| Decimal::from(agreeing).checked_div(Decimal::from(counted.len())))
        .flatten()
        .map(|share| share.round_dp(6));
    let values = || variances.iter().filter_map(|one| one.value);
    let part = |gain: bool| {
        sum(values().filter(|value| value.is_sign_positive() == gain)).unwrap_or_default()
    };
    Accuracy {
        by_quantity,
        by_lines,
        counted: counted.len(),
        uncounted: variances.len() - counted.len(),
        recounts: variances.iter().filter(|one| one.recount).count(),
        gains: part(true),
        losses: part(false),
    }
}

/// Returns the day of a count sheet.
fn day_of(sheet: &CountSheet) -> Option<NaiveDate> {
    let of_lines = || sheet.records.lines.iter().find_map(|line| line.counted_at);
    sheet.counted_at.or_else(of_lines).map(|moment| moment.day)
}

/// Says where the day of a stocktake is not the last of its month, or is no
/// working day.
pub fn day_check(day: NaiveDate, calendar: &Calendar, at: Option<Location>) -> Option<Finding> {
    let last = last_of_month(day)?;
    let finding = Finding::of(codes::COUNT_DAY).with("found", day);
    let finding = if day != last {
        finding.with("why", "not-last").with("day", last)
    } else if !calendar.is_working_day(day) {
        finding.with("why", "no-working-day").with("day", calendar.before(day)?)
    } else {
        return None;
    };
    Some(match at {
        Some(at) => finding.at(at),
        None => finding,
    })
}

/// Returns the last day of a day's month.
pub fn last_of_month(day: NaiveDate) -> Option<NaiveDate> {
    let (year, month) = match day.month() {
        12 => (day.year().checked_add(1)?, 1),
        month => (day.year(), month + 1),
    };
    NaiveDate::from_ymd_opt(year, month, 1)?.pred_opt()
}
