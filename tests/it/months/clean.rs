//! A month in which both sides agree: deliveries with their lines, returns and
//! payments; with the coincidences that every real month has.

use std::sync::Arc;

use chrono::NaiveDate;
use gendan::engine::entry::{DocumentNo, Entry, EntryType};
use gendan::engine::matching::outcome::{CauseCode, Reason, Status};
use rust_decimal::Decimal;

use super::catalogue::{Item, Market, Paper, Supplier, suppliers};
use super::random::Random;
use super::sketch::{Deal, Extra, SURE, Sides, Sketch, cents, october, shift};
use super::truth::{Class, Expected, Fact, Papers};
use super::write::place;

/// Sketches a month of about `rows` goods lines a side.
pub(crate) fn month(seed: u64, rows: usize, market: Market) -> Sketch {
    let mut random = Random::new(seed);
    let suppliers = suppliers(market, &mut random);
    let counters = suppliers.iter().map(|_| random.below(800) as u64).collect();
    let mut sketch = Sketch {
        suppliers,
        deliveries: Vec::new(),
        deals: Vec::new(),
        extras: Vec::new(),
        papers: Papers::default(),
        random,
        twins: 0,
        counters,
    };
    for supplier in 0..market.suppliers {
        let share = (rows / market.suppliers).max(6);
        deliveries(&mut sketch, supplier, share);
        moneys(&mut sketch, supplier);
        facts_of_paper(&mut sketch, supplier);
    }
    sketch
}

fn deliveries(sketch: &mut Sketch, supplier: usize, rows: usize) {
    let notes = (rows / 4).max(2) as i64;
    let mut written = 0;
    let mut note = 0;
    while written < rows {
        let day = 1 + (note * 30 / notes).min(30);
        note += 1;
        let delivery = sketch.deliver(supplier, october(day));
        written += fill(sketch, delivery);
        let cut_off = sketch.suppliers[supplier].cut_off;
        if cut_off.is_some_and(|last| sketch.deliveries[delivery].date > last) {
            // Some notes are billed all the same.
            let billed = sketch.random.chance(20);
            for deal in sketch.deals_of(delivery) {
                let deal = &mut sketch.deals[deal];
                if billed {
                    deal.classes.push(Class::AfterCutOff);
                    continue;
                }
                deal.sides = Sides::Right(vec![Reason::NextPeriod]);
                deal.classes.push(Class::NextPeriod);
                deal.closed = true;
            }
        }
    }
}

/// Adds the lines of a delivery; returns how many.
pub(crate) fn fill(sketch: &mut Sketch, delivery: usize) -> usize {
    let supplier = sketch.deliveries[delivery].supplier;
    let lines = sketch.random.between(1, 7) as usize;
    let mut order: Vec<usize> = (0..sketch.suppliers[supplier].items.len()).collect();
    sketch.random.shuffle(&mut order);
    let whole = sketch.suppliers[supplier].paper == Paper::WholeNotes;
    let first = sketch.deals.len();
    for &index in order.iter().take(lines) {
        let item = sketch.suppliers[supplier].items[index].clone();
        let of = &sketch.suppliers[supplier];
        let quantity = if of.standing && !of.lots && sketch.random.chance(60) {
            Decimal::from(item.factor * if sketch.random.chance(50) { 5 } else { 10 })
        } else {
            quantity(of, &item, &mut sketch.random)
        };
        let mut deal = Deal::plain(delivery, index, quantity, item.price);
        // Goods that nobody pays for stand on the papers, too.
        if sketch.random.chance(1) {
            deal = Deal::plain(delivery, index, quantity, Decimal::ZERO);
            deal.closed = true;
        }
        sketch.deals.push(deal);
        // The same item again in one note, as often as not two equal rolls.
        if sketch.random.chance(4) && !whole && !sketch.deals[sketch.deals.len() - 1].closed {
            let again = if sketch.random.chance(50) { quantity } else { quantity * Decimal::TWO };
            for deal in sketch.deals.iter_mut().skip(first).filter(|d| d.item == index) {
                deal.closed = true;
            }
            let mut deal = Deal::plain(delivery, index, again, item.price);
            deal.closed = true;
            sketch.deals.push(deal);
        }
    }
    sketch.deals.len() - first
}

/// A quantity as they come: boxes, rolls to the half metre, round hundreds.
pub(crate) fn quantity(supplier: &Supplier, item: &Item, random: &mut Random) -> Decimal {
    match supplier.paper {
        _ if supplier.lots => Decimal::from(item.factor * random.pick(&[1, 2, 3, 5])),
        Paper::Boxes { .. } => Decimal::from(item.factor * random.between(2, 40)),
        _ if item.measured && random.chance(60) => Decimal::new(random.between(300, 15_000), 1),
        _ if random.chance(40) => Decimal::from(100 * random.between(1, 40)),
        _ => Decimal::from(random.between(20, 4_000)),
    }
    .normalize()
}

fn moneys(sketch: &mut Sketch, supplier: usize) {
    let lag = sketch.random.between(0, 2);
    let round = sketch.random.chance(40);
    let amount = if round {
        Decimal::from(sketch.random.between(1, 9) * 10_000)
    } else {
        Decimal::new(sketch.random.between(300_000, 9_000_000), 2)
    };
    let day = sketch.random.between(6, 14);
    pay(sketch, supplier, day, lag, amount);
    if round && sketch.random.chance(50) {
        // The same round sum twice in the month, far enough apart.
        pay(sketch, supplier, day + 9, lag, amount);
    }
    if sketch.random.chance(60) {
        let numbered = sketch.random.chance(50);
        give_back(sketch, supplier, numbered);
    }
    if sketch.random.chance(30) {
        deduct(sketch, supplier);
    }
}

/// Makes a money line without item.
pub(crate) fn money(
    sketch: &Sketch,
    supplier: usize,
    entry_type: EntryType,
    amount: Decimal,
    date: NaiveDate,
    text: Option<&str>,
) -> Entry {
    Entry {
        party: Arc::clone(&sketch.suppliers[supplier].name),
        entry_type,
        document_nos: Vec::new(),
        other_nos: Vec::new(),
        item_code: None,
        item: text.map(Arc::from),
        goods: None,
        quantity: None,
        unit: None,
        pack_factor: None,
        unit_price: None,
        amount,
        tax_rate: None,
        tax_included: None,
        date: Some(date),
        remark: None,
        at: place("extra", 0),
    }
}

fn pay(sketch: &mut Sketch, supplier: usize, day: i64, lag: i64, amount: Decimal) {
    let ours = money(sketch, supplier, EntryType::Payment, -amount, october(day), None);
    let mut theirs = ours.clone();
    theirs.date = Some(october(day + lag));
    sketch.extras.push(agreed(Class::Payment, theirs, ours));
}

/// Adds goods sent back, as both sides write it.
pub(crate) fn give_back(sketch: &mut Sketch, supplier: usize, numbered: bool) {
    let (ours, mut theirs) = return_of(sketch, supplier);
    if !numbered {
        theirs.document_nos.clear();
    }
    let mut extra = agreed(Class::Return, theirs, ours);
    if !numbered {
        extra.fact.statuses.push(Status::Suggested);
    }
    let tax = extra.left[0].amount - extra.right[0].amount;
    if !tax.is_zero() {
        extra.fact.statuses.push(Status::Differs);
        extra.fact.causes.push(Expected::needed(CauseCode::Tax, tax));
    }
    sketch.extras.push(extra);
}

/// Makes a return: our entry, and theirs that agrees with it.
pub(crate) fn return_of(sketch: &mut Sketch, supplier: usize) -> (Entry, Entry) {
    let of = sketch.suppliers[supplier].clone();
    let index = sketch.random.below(of.items.len());
    let item = &of.items[index];
    let day = sketch.random.between(8, 22);
    let quantity = match of.paper {
        Paper::Boxes { .. } => Decimal::from(item.factor * sketch.random.between(1, 2)),
        _ => Decimal::from(sketch.random.between(11, 97)),
    };
    let amount = -cents(quantity * item.price);
    let mut ours = money(sketch, supplier, EntryType::Return, amount, october(day), None);
    let number = format!("TH26{:02}{:02}-{:02}", 10, day, sketch.extras.len() % 100);
    ours.document_nos.push(DocumentNo { text: Arc::from(number), damaged: false });
    ours.item = Some(Arc::clone(&item.text));
    ours.quantity = Some(-quantity);
    ours.unit = Some(Arc::from(item.unit));
    ours.unit_price = Some(item.price);
    let mut theirs = ours.clone();
    if let Paper::Taxed { .. } = of.paper {
        let (times, by) = of.paper.tax();
        let gross = (item.price * times / by).normalize();
        theirs.unit_price = Some(gross);
        theirs.amount = -cents(quantity * gross);
    }
    theirs.date = ours.date.map(|date| shift(date, sketch.random.between(0, 1)));
    (ours, theirs)
}

fn deduct(sketch: &mut Sketch, supplier: usize) {
    let amount = Decimal::from(sketch.random.between(3, 60) * 10);
    let day = sketch.random.between(8, 22);
    let text = Some("扣款");
    let ours = money(sketch, supplier, EntryType::Deduction, -amount, october(day), text);
    let theirs = ours.clone();
    sketch.extras.push(agreed(Class::Deduction, theirs, ours));
}

/// Wraps a line that both sides have.
pub(crate) fn agreed(class: Class, theirs: Entry, ours: Entry) -> Extra {
    let fact = Fact { classes: vec![class], statuses: SURE.to_vec(), ..Fact::default() };
    Extra { left: vec![theirs], right: vec![ours], fact }
}

fn facts_of_paper(sketch: &mut Sketch, supplier: usize) {
    let of = &sketch.suppliers[supplier];
    if let Some(last) = of.cut_off {
        sketch.papers.cut_offs.push((Arc::clone(&of.name), last));
    }
    if let Paper::Boxes { listed: true, .. } = of.paper {
        for item in &of.items {
            let factor = Decimal::from(item.factor);
            sketch.papers.factors.push((Arc::clone(&of.name), Arc::clone(&item.code), factor));
        }
    }
}
