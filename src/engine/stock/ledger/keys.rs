//! Items, warehouses and batches under one number, and what every paper says
//! of each.

use std::ops::Range;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::anchors::{self, Differing, Earlier, Moved};
use super::books::Sorted;
use super::days::{days, span, table_days};
use super::{Assumed, Counted, KeySheet};
use crate::engine::stock::items::{ItemId, Items};
use crate::engine::stock::places::Names;
use crate::engine::stock::roll::Step;
use crate::location::SheetId;
use crate::period::Period;
use crate::records::stock::{MovementClass, MovementLine, StockLine};

/// A key: item, warehouse and batch, the latter two by number from 1; 0 is
/// none.
type Key = (ItemId, usize, usize);

/// All keys.
pub(super) struct Keys {
    list: Vec<Key>,
    known: FxHashMap<Key, usize>,
    warehouses: Names,
    batches: Names,
    by_warehouse: bool,
    by_batch: bool,
    /// The only warehouse in which tables have an item.
    home: FxHashMap<ItemId, Option<usize>>,
}

impl Keys {
    /// Makes the keys: by warehouse and by batch where both the tables and
    /// the movements tell them apart.
    pub(super) fn new(sorted: &Sorted<'_>) -> Self {
        let lines = || sorted.table_lines().chain(sorted.earlier_lines().map(|(_, line)| line));
        let tables = lines().next().is_some();
        let moves = sorted.moves().next().is_some();
        let by = |table: &dyn Fn(&StockLine) -> bool, moved: &dyn Fn(&MovementLine) -> bool| {
            (!tables || lines().any(table)) && (!moves || sorted.moves().any(moved))
        };
        Self {
            list: Vec::new(),
            known: FxHashMap::default(),
            warehouses: Names::default(),
            batches: Names::default(),
            by_warehouse: by(&|line| line.warehouse.is_some(), &|line| line.warehouse.is_some()),
            by_batch: by(&|line| line.batch.is_some(), &|line| line.batch.is_some()),
            home: FxHashMap::default(),
        }
    }

    /// Returns the item, warehouse and batch of a key.
    pub(super) fn parts(&self, key: usize) -> (ItemId, Option<Arc<str>>, Option<Arc<str>>) {
        let (item, warehouse, batch) = self.list.get(key).copied().unwrap_or_default();
        let name = |names: &Names, id: usize| names.name(id.checked_sub(1)?).cloned();
        (item, name(&self.warehouses, warehouse), name(&self.batches, batch))
    }

    pub(super) fn id(
        &mut self,
        item: ItemId,
        warehouse: Option<&Arc<str>>,
        batch: Option<&Arc<str>>,
    ) -> usize {
        let warehouse = warehouse.filter(|_| self.by_warehouse);
        let place = warehouse.map_or(0, |name| self.warehouses.id(name) + 1);
        let batch = batch.filter(|_| self.by_batch).map_or(0, |name| self.batches.id(name) + 1);
        self.number((item, place, batch))
    }

    fn number(&mut self, key: Key) -> usize {
        let next = self.list.len();
        let id = *self.known.entry(key).or_insert(next);
        if id == next {
            self.list.push(key);
        }
        id
    }

    /// Returns the key of a movement; one that names no warehouse is of the
    /// only one that has the item.
    fn of_move(&mut self, item: ItemId, line: &MovementLine) -> usize {
        let home = self.home.get(&item).copied().flatten();
        match (&line.warehouse, home) {
            (None, Some(home)) if self.by_warehouse => {
                let batch = line.batch.as_ref().filter(|_| self.by_batch);
                let batch = batch.map_or(0, |name| self.batches.id(name) + 1);
                self.number((item, home, batch))
            }
            (warehouse, _) => self.id(item, warehouse.as_ref(), line.batch.as_ref()),
        }
    }

    fn warehouse_of(&self, key: usize) -> usize {
        self.list.get(key).map_or(0, |(_, warehouse, _)| *warehouse)
    }

    pub(super) fn item_of(&self, key: usize) -> ItemId {
        self.list.get(key).map_or(0, |(item, _, _)| *item)
    }
}

/// Everything by key.
pub(super) struct Keyed<'a> {
    pub(super) sheets: Vec<KeySheet<'a>>,
    /// The movements, key by key, each key's in the order of time.
    pub(super) steps: Vec<Step>,
    /// Where each key's movements stand among them.
    pub(super) ranges: Vec<Range<usize>>,
    /// The movements, in the order of the papers.
    pub(super) moves: Vec<&'a MovementLine>,
    /// The first movement of every item that no table has.
    pub(super) unknown: Vec<(ItemId, usize)>,
    /// Openings of a table that are not the closing of the table before.
    pub(super) openings: Differing<'a>,
    pub(super) assumed: Vec<Assumed>,
    pub(super) counted: Counted,
    /// The days that movements span.
    pub(super) days: u32,
    /// The days that the table's own columns span.
    pub(super) table_days: u32,
}

impl<'a> Keyed<'a> {
    pub(super) fn of(
        sorted: &Sorted<'a>,
        items: &Items,
        keys: &mut Keys,
        period: Option<Period>,
    ) -> Self {
        let mut assumed = Vec::new();
        let mut sheets: Vec<KeySheet<'a>> = Vec::new();
        let mut table_warehouses = FxHashSet::default();
        for (day, line) in sorted.dated_lines() {
            let Some(item) = items.id(&line.item) else { continue };
            let key = keys.id(item, line.warehouse.as_ref(), line.batch.as_ref());
            let place = keys.warehouse_of(key);
            table_warehouses.insert(place);
            let home = keys.home.entry(item).or_insert(Some(place));
            if *home != Some(place) {
                *home = None;
            }
            sheet(&mut sheets, key).add(line, day);
        }
        let earlier = Earlier::of(sorted, items, keys, &mut sheets);
        let tabled: FxHashSet<ItemId> = (0..sheets.len())
            .filter(|key| !sheets[*key].lines.is_empty())
            .map(|key| keys.item_of(key))
            .collect();

        let moves: Vec<&MovementLine> = sorted.moves().collect();
        let mut key_of = Vec::with_capacity(moves.len());
        let mut unknown: Vec<(ItemId, usize)> = Vec::new();
        let mut seen = FxHashSet::default();
        for (at, line) in moves.iter().enumerate() {
            let Some(item) = items.id(&line.item) else {
                key_of.push(usize::MAX);
                continue;
            };
            let key = keys.of_move(item, line);
            sheet(&mut sheets, key).note(line);
            key_of.push(key);
            let covered = table_warehouses.contains(&keys.warehouse_of(key));
            if covered && !tabled.contains(&item) && seen.insert(item) {
                unknown.push((item, at));
            }
        }
        sheets.resize_with(keys.list.len(), KeySheet::default);
        if keys.by_warehouse != sorted.table_lines().any(|line| line.warehouse.is_some())
            || keys.by_warehouse != moves.iter().any(|line| line.warehouse.is_some())
                && !moves.is_empty()
        {
            assumed.push(Assumed::WarehousesTogether);
        }
        let days = days(&moves);
        let mut counted = Counted::default();
        let moved = Moved { moves: &moves, days: &days, key_of: &key_of, period };
        let openings = earlier.open(keys, &mut sheets, moved);
        let order = Order { days: &days, key_of: &key_of, period };
        let (told, unopened) = order.opens(sorted, &mut sheets, &moves, &mut assumed);
        by_table(keys, &mut sheets, &key_of, &mut assumed);
        let derived = unopened && anchors::derive(&mut sheets, moved, &mut assumed);
        if unopened && !sheets.iter().any(|sheet| sheet.opening_known) && !moves.is_empty() {
            assumed.push(Assumed::OpeningNought);
        }
        let (steps, ranges) = order.steps(&moves, &sheets, &told, &mut counted);
        let steps_of = |key: usize| &steps[ranges[key].clone()];
        if derived {
            anchors::least(&mut sheets, steps_of);
        }
        anchors::after_tables(&mut sheets, steps_of);
        Self {
            sheets,
            steps,
            ranges,
            unknown,
            openings,
            assumed,
            counted,
            days: span(&days, period),
            table_days: table_days(sorted, period),
            moves,
        }
    }
}

impl<'a> KeySheet<'a> {
    fn add(&mut self, line: &'a StockLine, day: Option<NaiveDate>) {
        self.lines.push(line);
        self.day = self.day.max(day);
        if self.unit.is_none() {
            self.unit.clone_from(&line.unit);
        }
        if let Some(opening) = line.figures.opening {
            self.opening = self.opening.checked_add(opening).unwrap_or(self.opening);
            self.opening_known = true;
        }
        if self.opening_cost.is_none() {
            let figures = &line.figures;
            let by_amount = figures.opening_amount.zip(figures.opening);
            let by_amount = by_amount.and_then(|(amount, opening)| amount.checked_div(opening));
            self.opening_cost = by_amount.or(line.unit_cost);
        }
    }

    fn note(&mut self, line: &MovementLine) {
        if self.unit.is_none() {
            self.unit.clone_from(&line.unit);
        }
    }
}

pub(super) fn sheet<'s, 'a>(sheets: &'s mut Vec<KeySheet<'a>>, key: usize) -> &'s mut KeySheet<'a> {
    if sheets.len() <= key {
        sheets.resize_with(key + 1, KeySheet::default);
    }
    &mut sheets[key]
}

/// The order in which movements are rolled.
struct Order<'o> {
    days: &'o [Option<NaiveDate>],
    key_of: &'o [usize],
    period: Option<Period>,
}

impl Order<'_> {
    /// Sorts out what the ledger itself says of openings. Returns which
    /// movements are openings that a table tells already, and whether no paper
    /// has a place for openings.
    fn opens(
        &self,
        sorted: &Sorted<'_>,
        sheets: &mut [KeySheet<'_>],
        moves: &[&MovementLine],
        assumed: &mut Vec<Assumed>,
    ) -> (FxHashSet<usize>, bool) {
        let mut told = FxHashSet::default();
        let mut balances: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
        let mut has_rows = FxHashSet::default();
        for (at, line) in moves.iter().enumerate() {
            let Some(sheet) = sheets.get_mut(self.key_of[at]) else { continue };
            if line.class == MovementClass::Opening {
                has_rows.insert(self.key_of[at]);
                if sheet.opening_known {
                    told.insert(at);
                    let rows = sheet.opening_rows.get_or_insert((Decimal::ZERO, line.at.clone()));
                    rows.0 = rows.0.checked_add(line.quantity).unwrap_or(rows.0);
                }
            } else if line.balance.is_some() {
                balances.entry(self.key_of[at]).or_insert((at, at)).1 = at;
            }
        }
        let none_known = !sheets.iter().any(|sheet| sheet.opening_known) && has_rows.is_empty();
        for (key, sheet) in sheets.iter_mut().enumerate() {
            if sheet.opening_known || has_rows.contains(&key) {
                continue;
            }
            if let Some(rows) = balances.get(&key).filter(|_| none_known) {
                let line = moves[self.earliest(*rows)];
                let before = line.balance.and_then(|balance| balance.checked_sub(line.quantity));
                sheet.opening = before.unwrap_or_default();
                sheet.opening_known = true;
                assumed.push(Assumed::OpeningByBalance);
            }
        }
        let tables_open = sorted.table_lines().any(|line| line.figures.opening.is_some());
        (told, none_known && !tables_open)
    }

    /// Returns the earlier of an item's first and last row: exports often list
    /// the newest movement first.
    fn earliest(&self, (first, last): (usize, usize)) -> usize {
        let ends = || {
            let mut dated = self.days.iter().flatten();
            dated.next().zip(dated.next_back())
        };
        let turned = match (self.days[first], self.days[last]) {
            (Some(first), Some(last)) if first != last => last < first,
            _ => ends().is_some_and(|(first, last)| last < first),
        };
        if turned { last } else { first }
    }

    /// Returns the movements key by key, each key's in the order of time:
    /// day by day, what comes in before what goes out; by the clock where all
    /// movements tell it. A counting sort by key, so that the cost stays in
    /// line with the number of movements.
    fn steps(
        &self,
        moves: &[&MovementLine],
        sheets: &[KeySheet<'_>],
        told: &FxHashSet<usize>,
        counted: &mut Counted,
    ) -> (Vec<Step>, Vec<Range<usize>>) {
        let mut sizes = vec![0_usize; sheets.len()];
        let place = |at: usize| self.place(at, moves[at], sheets, told);
        for at in 0..moves.len() {
            match place(at) {
                Place::Rolled(_) => sizes[self.key_of[at]] += 1,
                Place::OtherPeriod => counted.other_period += 1,
                Place::Told => counted.rolled += 1,
                Place::Lost => {}
            }
        }
        let mut ranges = Vec::with_capacity(sizes.len());
        let mut start = 0;
        for size in &sizes {
            ranges.push(start..start + size);
            start += size;
        }
        let mut next: Vec<usize> = ranges.iter().map(|range| range.start).collect();
        let mut order = vec![0_usize; start];
        for at in 0..moves.len() {
            if let Place::Rolled(_) = place(at) {
                let slot = &mut next[self.key_of[at]];
                order[*slot] = at;
                *slot += 1;
            }
        }
        let timed =
            moves.iter().all(|line| line.moment.is_some_and(|moment| moment.time.is_some()));
        let when = |at: usize| -> (Option<NaiveDate>, bool, Option<NaiveTime>, bool) {
            let line = moves[at];
            let opening = line.class == MovementClass::Opening;
            let time = line.moment.and_then(|moment| moment.time).filter(|_| timed);
            (self.days[at], !opening, time, !timed && line.quantity.is_sign_negative())
        };
        for range in &ranges {
            order[range.clone()].sort_by_key(|at| when(*at));
        }
        let step = |at: usize| {
            let line = moves[at];
            let class = match place(at) {
                Place::Rolled(class) => class,
                _ => line.class,
            };
            counted.rolled += 1;
            counted.moved = counted.moved.checked_add(line.quantity).unwrap_or(counted.moved);
            Step {
                class,
                comes_in: line.comes_in,
                quantity: line.quantity,
                price: line.unit_price,
                day: self.days[at],
                movement: at,
            }
        };
        (order.into_iter().map(step).collect(), ranges)
    }

    fn place(
        &self,
        at: usize,
        line: &MovementLine,
        sheets: &[KeySheet<'_>],
        told: &FxHashSet<usize>,
    ) -> Place {
        let Some(sheet) = sheets.get(self.key_of[at]) else { return Place::Lost };
        if told.contains(&at) {
            return Place::Told;
        }
        let (Some(period), Some(day)) = (self.period, self.days[at]) else {
            return Place::Rolled(line.class);
        };
        // What an opening holds already is not moved once more.
        let held = sheet.opening_known && sheet.anchored.is_none_or(|anchor| day <= anchor);
        if day > period.last || (day < period.first && held) {
            return Place::OtherPeriod;
        }
        // What moved before the period is what it begins with.
        let before = day < period.first;
        Place::Rolled(if before { MovementClass::Opening } else { line.class })
    }
}

/// What becomes of a movement.
enum Place {
    Rolled(MovementClass),
    /// An opening that a table tells too.
    Told,
    OtherPeriod,
    Lost,
}

/// Returns the sheets of the tables of which some item moved: the movements
/// are of another stock than a table none of whose items they name.
fn told_of(sheets: &[KeySheet<'_>], key_of: &[usize]) -> FxHashSet<Arc<SheetId>> {
    let moved: FxHashSet<usize> = key_of.iter().copied().collect();
    let of_moved = moved.iter().filter_map(|key| sheets.get(*key));
    let lines = of_moved.flat_map(|sheet| &sheet.lines);
    lines.map(|line| Arc::clone(&line.at.sheet)).collect()
}

/// Says which keys are rolled by the table's own columns: all of them where
/// there are no movements, those of warehouses or tables without any where
/// others have.
fn by_table(
    keys: &Keys,
    sheets: &mut [KeySheet<'_>],
    key_of: &[usize],
    assumed: &mut Vec<Assumed>,
) {
    let moved: FxHashSet<usize> = key_of.iter().map(|key| keys.warehouse_of(*key)).collect();
    let told = told_of(sheets, key_of);
    let none = key_of.is_empty();
    for (key, sheet) in sheets.iter_mut().enumerate() {
        let is_told = sheet.lines.iter().any(|line| told.contains(&line.at.sheet));
        let weighed = !none && moved.contains(&keys.warehouse_of(key)) && is_told;
        if sheet.lines.is_empty() || weighed {
            continue;
        }
        sheet.by_table = true;
        if sheet.opening_known && sheet.net_change().is_some_and(|net| !net.is_zero()) {
            assumed.push(Assumed::NetChange);
        }
        if !none {
            assumed.push(Assumed::WarehouseWithoutMovements);
        }
        if !sheet.opening_known {
            // The table tells the end alone: what it moved came before it.
            let closing = sheet.sum(|line| line.figures.closing).unwrap_or_default();
            sheet.opening = anchors::own_opening(sheet).unwrap_or(closing);
        }
    }
}
