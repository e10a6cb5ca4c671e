//! Openings that no paper writes down: they follow from what a table closes
//! with, for opening = closing − received + issued, up to the table's day.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::books::Sorted;
use super::keys::{Keys, sheet};
use super::{Assumed, KeySheet};
use crate::engine::stock::items::{ItemId, Items};
use crate::engine::stock::roll::Step;
use crate::period::Period;
use crate::records::stock::{MovementClass, MovementLine, StockLine};

/// Openings of a table that are not the closing of the table before.
pub(super) type Differing<'a> = Vec<(ItemId, &'a StockLine, Decimal)>;

/// The movements with what is known of each.
#[derive(Clone, Copy)]
pub(super) struct Moved<'m, 'a> {
    pub(super) moves: &'m [&'a MovementLine],
    pub(super) days: &'m [Option<NaiveDate>],
    pub(super) key_of: &'m [usize],
    pub(super) period: Option<Period>,
}

impl Moved<'_, '_> {
    /// Returns by how much every key's stock moved up to a day of its own;
    /// `None`: up to the last.
    fn until(self, day_of: &[Option<NaiveDate>]) -> Vec<Decimal> {
        let first = self.days.iter().flatten().min();
        let mut net = vec![Decimal::ZERO; day_of.len()];
        for (at, line) in self.moves.iter().enumerate() {
            let Some(sum) = net.get_mut(self.key_of[at]) else { continue };
            let until = day_of[self.key_of[at]];
            let in_time = match (self.days[at], until) {
                (Some(day), Some(until)) => day <= until,
                (None, Some(until)) => first.is_none_or(|first| *first <= until),
                (_, None) => true,
            };
            let early = self.period.zip(self.days[at]).is_some_and(|(one, day)| day < one.first);
            if in_time && !early && line.class != MovementClass::Opening {
                *sum = sum.checked_add(line.quantity).unwrap_or(*sum);
            }
        }
        net
    }
}

/// What the earlier tables closed with, key by key.
pub(super) struct Earlier {
    stock: Vec<Closed>,
}

struct Closed {
    key: usize,
    closing: Decimal,
    cost: Option<Decimal>,
    day: Option<NaiveDate>,
}

impl Earlier {
    /// Sums the closings of the earlier tables.
    pub(super) fn of<'a>(
        sorted: &Sorted<'a>,
        items: &Items,
        keys: &mut Keys,
        sheets: &mut Vec<KeySheet<'a>>,
    ) -> Self {
        let mut stock: Vec<Closed> = Vec::new();
        let mut place: FxHashMap<usize, usize> = FxHashMap::default();
        for (day, line) in sorted.earlier_lines() {
            let (Some(item), Some(closing)) = (items.id(&line.item), line.figures.closing) else {
                continue;
            };
            let key = keys.id(item, line.warehouse.as_ref(), line.batch.as_ref());
            let at = *place.entry(key).or_insert(stock.len());
            match stock.get_mut(at) {
                Some(sum) => sum.closing = sum.closing.checked_add(closing).unwrap_or(sum.closing),
                None => stock.push(Closed { key, closing, cost: line.unit_cost, day }),
            }
            let sheet = sheet(sheets, key);
            sheet.earlier.push(line);
            if sheet.unit.is_none() {
                sheet.unit.clone_from(&line.unit);
            }
        }
        Self { stock }
    }

    /// Takes the closings as openings where the closing table has none, less
    /// what moved up to their day; compares where it has one.
    pub(super) fn open<'a>(
        self,
        keys: &Keys,
        sheets: &mut [KeySheet<'a>],
        moved: Moved<'_, '_>,
    ) -> Differing<'a> {
        let day = self.stock.iter().filter_map(|closed| closed.day).max();
        let net = moved.until(&vec![day; sheets.len()]);
        let mut differ = Vec::new();
        for closed in self.stock {
            let sheet = &mut sheets[closed.key];
            let opening = closed.closing.checked_sub(net[closed.key]).unwrap_or(closed.closing);
            if !sheet.opening_known {
                sheet.opening = opening;
                sheet.opening_known = true;
                sheet.anchored = day;
                sheet.opening_cost = closed.cost.or(sheet.opening_cost);
            } else if let (Some(line), true) = (sheet.lines.first(), sheet.opening != opening) {
                differ.push((keys.item_of(closed.key), *line, opening));
            }
        }
        differ
    }
}

/// Derives the openings of tables that tell closings alone, unless they close
/// as they are with an opening of nought or that of their own columns. Returns
/// whether openings were derived from closings.
pub(super) fn derive(
    sheets: &mut [KeySheet<'_>],
    moved: Moved<'_, '_>,
    assumed: &mut Vec<Assumed>,
) -> bool {
    let days: Vec<Option<NaiveDate>> = sheets.iter().map(|sheet| sheet.day).collect();
    let net = moved.until(&days);
    let mut has_moved = vec![false; sheets.len()];
    for key in moved.key_of {
        if let Some(one) = has_moved.get_mut(*key) {
            *one = true;
        }
    }
    let open = |sheet: &KeySheet<'_>| !sheet.opening_known && !sheet.by_table;
    let closing = |sheet: &KeySheet<'_>| sheet.sum(|line| line.figures.closing);
    let closes = |opening: &dyn Fn(&KeySheet<'_>) -> Option<Decimal>| {
        let told = sheets.iter().zip(&net).zip(&has_moved);
        let told = told.filter(|((sheet, _), moved)| **moved && open(sheet));
        let (mut all, mut right) = (0_usize, 0_usize);
        for ((sheet, net), _) in told {
            let Some(closing) = closing(sheet) else { continue };
            all += 1;
            let rolled = opening(sheet).and_then(|opening| opening.checked_add(*net));
            right += usize::from(rolled == Some(closing));
        }
        (all, right * 2 > all)
    };
    let (all, from_nought) = closes(&|_| Some(Decimal::ZERO));
    if all == 0 || from_nought {
        return false;
    }
    let by_columns = closes(&own_opening).1;
    for (sheet, net) in sheets.iter_mut().zip(&net).filter(|(sheet, _)| open(sheet)) {
        let Some(closing) = closing(sheet) else { continue };
        let own = own_opening(sheet).filter(|_| by_columns);
        sheet.opening_known = true;
        sheet.opening_derived = own.is_none();
        sheet.anchored = sheet.day;
        let derived = own.or_else(|| closing.checked_sub(*net)).unwrap_or_default();
        // No stock is below nought at the beginning and above at the end
        // unless a movement is wrong: the difference is told instead.
        let wrong = derived < Decimal::ZERO && closing >= Decimal::ZERO && own.is_none();
        sheet.opening = if wrong { Decimal::ZERO } else { derived };
        sheet.opening_clamped = wrong;
    }
    let taken = if by_columns { Assumed::OpeningByColumns } else { Assumed::OpeningByClosing };
    assumed.push(taken);
    !by_columns
}

/// Returns closing − received + issued − adjusted of the table's own columns.
pub(super) fn own_opening(sheet: &KeySheet<'_>) -> Option<Decimal> {
    let sum = |figure: fn(&StockLine) -> Option<Decimal>| sheet.sum(figure);
    let closing = sum(|line| line.figures.closing).filter(|_| sheet.tells_moves())?;
    let came = sum(|line| line.figures.received).unwrap_or_default();
    let went = sum(|line| line.figures.issued).unwrap_or_default();
    let adjusted = sum(|line| line.figures.adjusted).unwrap_or_default();
    closing.checked_sub(came)?.checked_add(went)?.checked_sub(adjusted)
}

/// Opens what moved and is in no table with the least that its movements
/// need: nobody knows what there was, so no fall below nought is claimed.
pub(super) fn least<'s>(sheets: &mut [KeySheet<'_>], steps_of: impl Fn(usize) -> &'s [Step]) {
    for (key, sheet) in sheets.iter_mut().enumerate() {
        if sheet.opening_known || sheet.by_table {
            continue;
        }
        let (mut stock, mut lowest) = (Decimal::ZERO, Decimal::ZERO);
        for step in steps_of(key) {
            stock = stock.checked_add(step.quantity).unwrap_or(stock);
            lowest = lowest.min(stock);
        }
        sheet.opening = -lowest;
        sheet.opening_known = true;
        sheet.opening_derived = true;
    }
}

/// Says what moved after the day of the key's table, so that its closing is
/// compared with the stock of its day: where the opening was derived from it,
/// and of all tables if more of them agree with the stock of their day than
/// with that of the end.
pub(super) fn after_tables<'s>(
    sheets: &mut [KeySheet<'_>],
    steps_of: impl Fn(usize) -> &'s [Step],
) {
    let later = |key: usize, sheet: &KeySheet<'_>| {
        let until = sheet.day.filter(|_| !sheet.by_table)?;
        let steps = steps_of(key).iter().filter(|step| step.day.is_some_and(|day| day > until));
        let sum = steps.fold(Decimal::ZERO, |sum, step| sum.saturating_add(step.quantity));
        Some(sum).filter(|sum| !sum.is_zero())
    };
    let sums: Vec<Option<Decimal>> =
        sheets.iter().enumerate().map(|(key, sheet)| later(key, sheet)).collect();
    let (mut on_day, mut at_end) = (0_usize, 0_usize);
    for (key, (sheet, later)) in sheets.iter().zip(&sums).enumerate() {
        let (Some(later), false) = (later, sheet.opening_derived) else { continue };
        let Some(closing) = sheet.sum(|line| line.figures.closing) else { continue };
        let steps = steps_of(key).iter().map(|step| step.quantity);
        let end = steps.fold(sheet.opening, Decimal::saturating_add);
        at_end += usize::from(end == closing);
        on_day += usize::from(end.saturating_sub(*later) == closing);
    }
    for (sheet, later) in sheets.iter_mut().zip(sums) {
        if sheet.opening_derived || on_day > at_end {
            sheet.later = later;
        }
    }
}
