//! The roll-forward: opening + received − issued ± adjusted = closing, of
//! every item, warehouse and batch, against what the stock table says.

mod anchors;
mod books;
mod checks;
mod days;
mod keys;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::items::{ItemId, Items};
use super::roll::{Rolled, Step, roll};
use crate::finding::Finding;
use crate::location::Location;
use crate::period::Period;
use crate::records::stock::{CountSheet, MovementClass, Movements, StockLine, StockTable};

use books::Sorted;
use keys::{Keyed, Keys};

/// The papers of the warehouse.
#[derive(Debug, Clone, Copy)]
pub struct Books<'a> {
    /// The stock tables.
    pub tables: &'a [StockTable],
    /// The movements: ledgers and slips.
    pub movements: &'a [Movements],
    /// Count sheets, whose items are items too.
    pub counts: &'a [CountSheet],
    /// The period of the job, if it was named.
    pub period: Option<Period>,
}

/// One key's stock and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The item.
    pub item: ItemId,
    /// The warehouse, where the papers tell them apart.
    pub warehouse: Option<Arc<str>>,
    /// The batch, where the papers tell them apart.
    pub batch: Option<Arc<str>>,
    /// The stock at the beginning.
    pub opening: Decimal,
    /// What came in.
    pub received: Decimal,
    /// What went out.
    pub issued: Decimal,
    /// What counts and corrections changed.
    pub adjusted: Decimal,
    /// The stock at the end.
    pub closing: Decimal,
    /// The stock at the end as the table has it.
    pub table_closing: Option<Decimal>,
    /// Our stock on the table's day, if the stock moved after it.
    pub on_table_day: Option<Decimal>,
    /// Whether the opening follows from the table's closing: nothing checks
    /// it.
    pub opening_derived: bool,
    /// The table's closing − ours of its day.
    pub difference: Option<Decimal>,
    /// The cost of one unit: moving average, else the table's.
    pub cost: Option<Decimal>,
    /// The value of the closing stock.
    pub value: Option<Decimal>,
    /// The day of its last movement.
    pub last_moved: Option<NaiveDate>,
    /// For how many days the stock lasts at the usage of these days.
    pub days_of_cover: Option<Decimal>,
    /// What a day uses.
    pub daily_usage: Option<Decimal>,
    /// The lowest that the stock was, if that is below nought.
    pub lowest: Option<Decimal>,
    /// Its rows in the stock table.
    pub table_rows: Vec<Location>,
    /// How many movements it had.
    pub movements: usize,
}

/// The books rolled forward.
#[derive(Debug, Clone)]
pub struct Ledger {
    /// The items.
    pub items: Items,
    /// Every key once, in the order of the stock table, then of the ledger.
    pub balances: Vec<Balance>,
    /// What is wrong or doubtful.
    pub findings: Vec<Finding>,
    /// The movements that took part and those that are of another period.
    pub counted: Counted,
    /// What could not be known and how it was taken.
    pub assumed: Vec<Assumed>,
    /// Whether there is a ledger of movements, beside slips.
    pub has_ledger: bool,
}

/// What went in and came out again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// Movements that were rolled forward.
    pub rolled: usize,
    /// Movements of another period.
    pub other_period: usize,
    /// Movements that were read.
    pub read: usize,
    /// The sum of the movements of the period.
    pub moved: Decimal,
    /// By how much the balances moved.
    pub placed: Decimal,
}

/// What could not be known, and how it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Assumed {
    /// No paper tells the stock at the beginning: taken as nought.
    OpeningNought,
    /// The stock at the beginning follows from the ledger's own balances.
    OpeningByBalance,
    /// There are no movements: the table's own columns were rolled.
    TableAlone,
    /// The table tells opening and closing alone: what is between them is
    /// taken as received or issued.
    NetChange,
    /// No movement is of these warehouses: the table's own columns were
    /// rolled there.
    WarehouseWithoutMovements,
    /// Slips were counted as movements, for no ledger has their side.
    SlipsCounted,
    /// The table tells no opening: it follows from its closing and the
    /// movements, which check each other no more.
    OpeningByClosing,
    /// The table tells no opening: it follows from its own columns.
    OpeningByColumns,
    /// An earlier stock table gives the stock at the beginning.
    OpeningByEarlierTable,
    /// The papers do not tell warehouses apart on both sides.
    WarehousesTogether,
}

/// Rolls the books forward.
pub fn ledger(books: &Books<'_>) -> Ledger {
    let sorted = Sorted::of(books);
    let mut items = Items::of(sorted.item_lists());
    let mut keys = Keys::new(&sorted);
    let keyed = Keyed::of(&sorted, &items, &mut keys, books.period);
    let mut assumed = sorted.assumed.clone();
    assumed.extend(keyed.assumed.iter().copied());
    let mut findings = checks::codes(&sorted, &items);
    let mut balances = Vec::with_capacity(keyed.sheets.len());
    let mut placed = Decimal::ZERO;
    for (key, sheet) in keyed.sheets.iter().enumerate() {
        let steps = &keyed.steps[keyed.ranges[key].clone()];
        let rolled = if sheet.by_table {
            by_table(sheet)
        } else {
            roll(sheet.opening, sheet.opening_cost, steps)
        };
        if !sheet.by_table {
            let moved = rolled.closing.checked_sub(sheet.opening);
            placed = moved.and_then(|moved| placed.checked_add(moved)).unwrap_or(placed);
        }
        let balance = balance(&keys, key, sheet, &rolled, steps, &keyed);
        items.note_unit(balance.item, sheet.unit.as_ref());
        findings.extend(checks::negative(&items, &keyed, sheet, &rolled, &balance));
        findings.extend(checks::mismatch(&items, sheet, &rolled, &balance));
        balances.push(balance);
    }
    findings.extend(checks::openings(&items, &keyed));
    findings.extend(checks::unknown_items(&items, &keyed));
    findings.extend(checks::documents(&sorted, &items));
    findings.extend(checks::running_balances(&sorted, &items));
    assumed.sort_unstable();
    assumed.dedup();
    let counted = Counted { read: keyed.moves.len(), placed, ..keyed.counted };
    let has_ledger = !sorted.ledgers.is_empty();
    Ledger { items, balances, findings, counted, assumed, has_ledger }
}

/// What the tables say of one key.
#[derive(Debug, Clone, Default)]
struct KeySheet<'a> {
    lines: Vec<&'a StockLine>,
    /// What the table of the beginning says.
    earlier: Vec<&'a StockLine>,
    opening: Decimal,
    opening_cost: Option<Decimal>,
    /// The day whose end the table shows.
    day: Option<NaiveDate>,
    /// Where the opening stands, if a table or the ledger itself tells it.
    opening_known: bool,
    /// Whether the opening follows from the closing, which is no check then.
    opening_derived: bool,
    /// Whether the opening that follows is below nought and was taken as
    /// nought.
    opening_clamped: bool,
    /// The day of the closing that the opening follows from.
    anchored: Option<NaiveDate>,
    /// What moved after the table's day and is not in its closing.
    later: Option<Decimal>,
    /// What the ledger's own opening rows say, with the first of them.
    opening_rows: Option<(Decimal, Location)>,
    /// Whether the table's own columns are rolled, for no movement tells.
    by_table: bool,
    unit: Option<Arc<str>>,
}

impl<'a> KeySheet<'a> {
    /// Returns its rows in the table of the end, else in that of the
    /// beginning.
    fn rows(&self) -> &[&'a StockLine] {
        if self.lines.is_empty() { &self.earlier } else { &self.lines }
    }

    fn sum(&self, figure: impl Fn(&StockLine) -> Option<Decimal>) -> Option<Decimal> {
        let mut figures = self.lines.iter().filter_map(|line| figure(line)).peekable();
        figures.peek()?;
        figures.try_fold(Decimal::ZERO, Decimal::checked_add)
    }

    /// Whether the table has columns of what came, went or was corrected.
    fn tells_moves(&self) -> bool {
        self.lines.iter().any(|line| {
            let figures = &line.figures;
            [figures.received, figures.issued, figures.adjusted].iter().any(Option::is_some)
        })
    }

    /// Returns closing − opening where the table tells neither what came nor
    /// what went.
    fn net_change(&self) -> Option<Decimal> {
        let closing = self.sum(|line| line.figures.closing).filter(|_| !self.tells_moves())?;
        closing.checked_sub(self.opening)
    }

    /// Returns the table's cost of one unit.
    fn table_cost(&self) -> Option<Decimal> {
        let stated = self.lines.iter().find_map(|line| line.unit_cost);
        stated.or_else(|| {
            let closing = self.sum(|line| line.figures.closing).filter(|sum| !sum.is_zero())?;
            self.sum(|line| line.figures.amount)?.checked_div(closing)
        })
    }
}

/// Rolls the table's own columns.
fn by_table(sheet: &KeySheet<'_>) -> Rolled {
    let net = sheet.net_change().unwrap_or_default();
    let received = sheet.sum(|line| line.figures.received).unwrap_or(net.max(Decimal::ZERO));
    let issued = sheet.sum(|line| line.figures.issued).unwrap_or(-net.min(Decimal::ZERO));
    let adjusted = sheet.sum(|line| line.figures.adjusted).unwrap_or_default();
    let closing = sheet.opening.checked_add(received).and_then(|sum| sum.checked_sub(issued));
    let closing = closing.and_then(|closing| closing.checked_add(adjusted));
    Rolled {
        opening: sheet.opening,
        received,
        issued,
        adjusted,
        closing: closing.unwrap_or_default(),
        cost: sheet.table_cost().or(sheet.opening_cost),
        used: issued,
        last_moved: sheet.lines.iter().filter_map(|line| line.last_moved).max(),
        overflowed: closing.is_none(),
        ..Rolled::default()
    }
}

fn balance(
    keys: &Keys,
    key: usize,
    sheet: &KeySheet<'_>,
    rolled: &Rolled,
    steps: &[Step],
    keyed: &Keyed<'_>,
) -> Balance {
    let (item, warehouse, batch) = keys.parts(key);
    let table_closing = sheet.sum(|line| line.figures.closing);
    let on_table_day = sheet.later.and_then(|later| rolled.closing.checked_sub(later));
    let ours = on_table_day.unwrap_or(rolled.closing);
    let cost = rolled.cost.or_else(|| sheet.table_cost());
    let days = Decimal::from(if sheet.by_table { keyed.table_days } else { keyed.days });
    let daily_usage = Some(rolled.used)
        .filter(|used| *used > Decimal::ZERO)
        .and_then(|used| used.checked_div(days));
    let days_of_cover = daily_usage
        .and_then(|usage| rolled.closing.max(Decimal::ZERO).checked_div(usage))
        .map(|days| days.round_dp(1));
    let moved = steps.iter().filter(|step| step.class != MovementClass::Opening).count();
    Balance {
        item,
        warehouse,
        batch,
        opening: rolled.opening,
        received: rolled.received,
        issued: rolled.issued,
        adjusted: rolled.adjusted,
        closing: rolled.closing,
        table_closing,
        on_table_day,
        opening_derived: sheet.opening_derived && !sheet.opening_clamped,
        difference: table_closing.and_then(|table| table.checked_sub(ours)),
        cost,
        value: cost.and_then(|cost| rolled.closing.checked_mul(cost)).map(cents),
        last_moved: rolled
            .last_moved
            .or_else(|| sheet.lines.iter().filter_map(|line| line.last_moved).max()),
        days_of_cover,
        daily_usage,
        lowest: rolled.negatives.iter().map(|(_, stock)| *stock).min(),
        table_rows: sheet.rows().iter().map(|line| line.at.clone()).collect(),
        movements: moved,
    }
}

/// Rounds an amount to cents, half up.
pub(in crate::engine::stock) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
}
