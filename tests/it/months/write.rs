//! Writes a sketched month as both sides' entries, in random order, with the
//! truth about each.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use gendan::engine::entry::{DocumentNo, Entry, EntryType};
use gendan::engine::matching::outcome::{CauseCode, Reason, Status};
use gendan::location::{CellRef, Location, SheetId};
use rust_decimal::Decimal;

use super::catalogue::Paper;
use super::sketch::{Deal, Sides, Sketch, cents, shift};
use super::truth::{Class, Expected, Fact, Month};

/// The place of row `row` of the paper `path`.
pub(crate) fn place(path: &str, row: usize) -> Location {
    let sheet = Arc::new(SheetId { path: path.to_owned(), sheet: None });
    Location::new(&sheet, CellRef::new(row as u32, 0))
}

/// An entry before it is placed, with its mark.
type Marked = (Entry, Option<usize>);

struct Writer {
    sketch: Sketch,
    left: Vec<Marked>,
    right: Vec<Marked>,
    facts: Vec<Fact>,
    /// What our open items of last month say.
    carried: HashSet<String>,
    /// The fact of each deal.
    fact_of: HashMap<usize, usize>,
}

/// Writes the month.
pub(crate) fn month(sketch: Sketch) -> Month {
    let mut writer = Writer {
        sketch,
        left: Vec::new(),
        right: Vec::new(),
        facts: Vec::new(),
        carried: HashSet::new(),
        fact_of: HashMap::new(),
    };
    writer.deals();
    writer.extras();
    writer.friends();
    writer.place()
}

impl Writer {
    fn deals(&mut self) {
        let mut of: Vec<Vec<usize>> = vec![Vec::new(); self.sketch.deliveries.len()];
        for (index, deal) in self.sketch.deals.iter().enumerate() {
            of[deal.delivery].push(index);
        }
        for (delivery, deals) in of.iter().enumerate() {
            let supplier = self.sketch.deliveries[delivery].supplier;
            if self.sketch.suppliers[supplier].paper == Paper::WholeNotes {
                self.whole_note(delivery, deals);
            } else {
                for &deal in deals {
                    self.deal(deal);
                }
            }
        }
    }

    /// Writes one item of a delivery note line by line.
    fn deal(&mut self, index: usize) {
        let deal = self.sketch.deals[index].clone();
        let left: Vec<Entry> = match deal.sides {
            Sides::Right(_) => Vec::new(),
            _ => (0..deal.left.len()).map(|n| their_line(&self.sketch, &deal, n)).collect(),
        };
        let right: Vec<Entry> = match deal.sides {
            Sides::Left(_) => Vec::new(),
            _ => (0..deal.right.len()).map(|n| our_line(&self.sketch, &deal, n)).collect(),
        };
        self.keep_papers(&deal, &left, &right);
        if deal.booked_under.is_some() {
            return self.under_other_party(index, left, right);
        }
        let mut fact = Fact { classes: classes(&deal), ..Fact::default() };
        match &deal.sides {
            Sides::Both => judge(&deal, self.paper_of(&deal), &left, &right, &mut fact),
            Sides::Left(reasons) => one_sided(&mut fact, Status::LeftOnly, reasons),
            Sides::Right(reasons) => one_sided(&mut fact, Status::RightOnly, reasons),
        }
        if let Some(written) = written(&self.sketch, &deal) {
            fact.classes.push(written.class);
            if !left.is_empty() && !right.is_empty() {
                fact.notes = vec![written.note];
                if written.number.is_none() || !deal.agrees() {
                    fact.statuses.push(Status::Suggested);
                }
            }
        }
        let again = deal.booked_again.then(|| self.booked_again(&right[0]));
        let twin = again.is_some().then(|| self.sketch.twin());
        self.add(fact, mark(left, deal.twin), mark(right, twin), Some(index));
        if let Some(copy) = again {
            let mut fact = Fact { classes: vec![Class::DoubleBooked], ..Fact::default() };
            one_sided(&mut fact, Status::RightOnly, &[Reason::DoubleBooked]);
            self.add(fact, Vec::new(), mark(vec![copy], twin), None);
        }
    }

    /// Writes a delivery note as one line of theirs and our lines.
    fn whole_note(&mut self, delivery: usize, deals: &[usize]) {
        let all: Vec<Deal> = deals.iter().map(|&d| self.sketch.deals[d].clone()).collect();
        let Some(first) = all.first() else { return };
        let right: Vec<Entry> = all
            .iter()
            .filter(|d| !matches!(d.sides, Sides::Left(_)))
            .flat_map(|d| {
                (0..d.right.len()).map(|n| our_line(&self.sketch, d, n)).collect::<Vec<_>>()
            })
            .collect();
        let left = match first.sides {
            Sides::Right(_) => Vec::new(),
            _ => vec![their_total(&self.sketch, &all)],
        };
        self.keep_papers(first, &left, &right);
        if let Sides::Right(reasons) = &first.sides {
            for (line, deal) in right.into_iter().zip(&all) {
                let mut fact = Fact { classes: classes(deal), ..Fact::default() };
                one_sided(&mut fact, Status::RightOnly, reasons);
                self.add(fact, Vec::new(), mark(vec![line], None), None);
            }
            return;
        }
        let mut fact = Fact { classes: classes(first), ..Fact::default() };
        match &first.sides {
            Sides::Left(reasons) => one_sided(&mut fact, Status::LeftOnly, reasons),
            _ => judge_whole(&left, &right, &mut fact),
        }
        if let Some(written) = self.sketch.deliveries[delivery].written.clone() {
            fact.classes.push(written.class);
            if !right.is_empty() {
                fact.notes = vec![written.note];
                if written.number.is_none() || !all.iter().all(Deal::agrees) {
                    fact.statuses.push(Status::Suggested);
                }
            }
        }
        self.add(fact, mark(left, first.twin), mark(right, None), Some(deals[0]));
    }

    /// Billed by one party, booked under another: two facts that may be
    /// suggested together.
    fn under_other_party(&mut self, index: usize, left: Vec<Entry>, right: Vec<Entry>) {
        let other = Fact {
            classes: vec![Class::OtherParty],
            reasons: vec![Reason::OtherParty],
            ..Fact::default()
        };
        let theirs = Fact { statuses: vec![Status::LeftOnly], ..other.clone() };
        let ours = Fact { statuses: vec![Status::RightOnly], ..other };
        self.add(theirs, mark(left, None), Vec::new(), Some(index));
        self.add(ours, Vec::new(), mark(right, None), None);
        let last = self.facts.len() - 1;
        self.facts[last].friend = Some(last - 1);
        self.facts[last - 1].friend = Some(last);
    }

    fn add(&mut self, mut fact: Fact, left: Vec<Marked>, right: Vec<Marked>, deal: Option<usize>) {
        fact.left = (self.left.len()..self.left.len() + left.len()).collect();
        fact.right = (self.right.len()..self.right.len() + right.len()).collect();
        self.left.extend(left);
        self.right.extend(right);
        if let Some(deal) = deal {
            self.fact_of.insert(deal, self.facts.len());
        }
        self.facts.push(fact);
    }

    fn extras(&mut self) {
        for extra in std::mem::take(&mut self.sketch.extras) {
            self.add(extra.fact, mark(extra.left, None), mark(extra.right, None), None);
        }
    }

    fn friends(&mut self) {
        for (index, deal) in self.sketch.deals.iter().enumerate() {
            let Some(friend) = deal.friend else { continue };
            let (Some(&own), Some(&other)) = (self.fact_of.get(&index), self.fact_of.get(&friend))
            else {
                continue;
            };
            self.facts[own].friend = Some(other);
            self.facts[other].friend = Some(own);
        }
    }

    fn paper_of(&self, deal: &Deal) -> Paper {
        let delivery = &self.sketch.deliveries[deal.delivery];
        self.sketch.suppliers[delivery.supplier].paper
    }

    fn booked_again(&self, line: &Entry) -> Entry {
        let mut copy = line.clone();
        copy.date = line.date.map(|date| shift(date, 1));
        copy.other_nos = line.other_nos.iter().map(|no| Arc::from(format!("{no}B"))).collect();
        copy
    }

    /// Open items and settled lines stand on last month's papers, too.
    fn keep_papers(&mut self, deal: &Deal, left: &[Entry], right: &[Entry]) {
        let delivery = &self.sketch.deliveries[deal.delivery];
        if delivery.carried {
            self.carried.extend(right.iter().map(content));
        }
        if delivery.settled {
            self.sketch.papers.settled.extend(left.iter().cloned());
        }
    }
}

/// How a deal's number stands on their paper.
fn written(sketch: &Sketch, deal: &Deal) -> Option<super::sketch::Written> {
    deal.written.clone().or_else(|| sketch.deliveries[deal.delivery].written.clone())
}

/// Our line of a deal.
pub(crate) fn our_line(sketch: &Sketch, deal: &Deal, n: usize) -> Entry {
    let delivery = &sketch.deliveries[deal.delivery];
    let supplier = &sketch.suppliers[delivery.supplier];
    let booked = &sketch.suppliers[deal.booked_under.unwrap_or(delivery.supplier)];
    let item = &supplier.items[deal.item];
    let stated = supplier.paper == Paper::Taxed { stated: true };
    Entry {
        party: Arc::clone(&booked.name),
        entry_type: EntryType::Goods,
        document_nos: vec![whole_number(&delivery.number)],
        // A later part of a delivery comes in under its own receipt.
        other_nos: vec![match n {
            0 => Arc::clone(&delivery.receipt_no),
            _ => Arc::from(format!("{}-{n}", delivery.receipt_no)),
        }],
        item_code: Some(Arc::clone(&item.code)),
        item: Some(Arc::clone(&item.text)),
        quantity: Some(deal.right[n]),
        unit: Some(Arc::from(item.unit)),
        pack_factor: None,
        unit_price: Some(deal.right_price),
        amount: cents(deal.right[n] * deal.right_price),
        tax_rate: None,
        tax_included: stated.then_some(false),
        date: Some(delivery.date),
        remark: None,
        at: place("ours", 0),
    }
}

/// Their line of a deal.
pub(crate) fn their_line(sketch: &Sketch, deal: &Deal, n: usize) -> Entry {
    let delivery = &sketch.deliveries[deal.delivery];
    let supplier = &sketch.suppliers[delivery.supplier];
    let item = &supplier.items[deal.item];
    let factor = Decimal::from(item.factor);
    let mut quantity = deal.left[n];
    let mut price = deal.left_price;
    let mut line = our_line(sketch, deal, 0);
    line.party = Arc::clone(&supplier.name);
    line.document_nos = match written(sketch, deal) {
        Some(written) => written.number.into_iter().collect(),
        None => vec![whole_number(&delivery.number)],
    };
    line.other_nos = Vec::new();
    line.item_code = supplier.codes.then(|| Arc::clone(&item.code));
    line.tax_included = None;
    match supplier.paper {
        Paper::Boxes { printed } => {
            price = (price * factor).normalize();
            if !deal.pieces_as_boxes {
                quantity = (quantity / factor).normalize();
            }
            line.unit = Some(Arc::from("箱"));
            line.pack_factor = printed.then_some(factor);
        }
        Paper::Taxed { stated } => {
            price = (price * Decimal::new(113, 2)).normalize();
            line.tax_included = stated.then_some(true);
            line.tax_rate = stated.then(|| Decimal::new(13, 2));
        }
        Paper::Lines | Paper::WholeNotes => {}
    }
    let product = quantity * price;
    let slip = if n == 0 { deal.slip } else { Decimal::ZERO };
    line.amount = if deal.cut { product.trunc_with_scale(2) } else { cents(product) } + slip;
    line.quantity = Some(quantity);
    line.unit_price = Some(price);
    line.date = their_date(sketch, deal.delivery);
    line
}

fn their_date(sketch: &Sketch, delivery: usize) -> Option<chrono::NaiveDate> {
    let delivery = &sketch.deliveries[delivery];
    let habit = -i64::from(sketch.suppliers[delivery.supplier].dispatch_dates);
    Some(shift(delivery.date, delivery.late + habit))
}

fn their_total(sketch: &Sketch, deals: &[Deal]) -> Entry {
    let mut line = their_line(sketch, &deals[0], 0);
    line.item_code = None;
    line.item = None;
    line.quantity = None;
    line.unit = None;
    line.unit_price = None;
    line.amount = deals
        .iter()
        .filter(|d| !matches!(d.sides, Sides::Right(_)))
        .flat_map(|d| d.left.iter().map(|&q| cents(q * d.left_price) + d.slip))
        .sum();
    line
}

fn whole_number(number: &str) -> DocumentNo {
    DocumentNo { text: Arc::from(number), damaged: false }
}

fn mark(entries: Vec<Entry>, twin: Option<usize>) -> Vec<Marked> {
    entries.into_iter().map(|entry| (entry, twin)).collect()
}

fn classes(deal: &Deal) -> Vec<Class> {
    deal.classes.clone()
}

fn one_sided(fact: &mut Fact, status: Status, reasons: &[Reason]) {
    fact.statuses = vec![status];
    fact.reasons = reasons.to_vec();
}

/// Says what is true of a deal that both sides wrote.
fn judge(deal: &Deal, paper: Paper, left: &[Entry], right: &[Entry], fact: &mut Fact) {
    let difference = total(left) - total(right);
    let ours: Decimal = deal.right.iter().sum();
    let theirs: Decimal = deal.left.iter().sum();
    let quantity = (theirs - ours) * deal.right_price;
    let price = (deal.left_price - deal.right_price) * theirs;
    let mut rest = difference;
    let mut name = |code: CauseCode, amount: Decimal| {
        if !amount.is_zero() {
            rest -= amount;
            fact.causes.push(Expected::needed(code, amount));
        }
    };
    if deal.pieces_as_boxes {
        name(CauseCode::Unit, difference);
    } else {
        if let Paper::Taxed { .. } = paper {
            let net: Decimal = deal.left.iter().map(|&q| cents(q * deal.left_price)).sum();
            name(CauseCode::Tax, total(left) - net);
        }
        name(deal.quantity_cause, quantity);
        name(deal.price_cause, price);
        name(CauseCode::Arithmetic, deal.slip);
    }
    if !rest.is_zero() {
        let needed = deal.cut;
        fact.causes.push(Expected { needed, ..Expected::allowed(CauseCode::Rounding, rest) });
    }
    fact.statuses = vec![match deal.agrees() {
        true => Status::Matched,
        false => Status::Differs,
    }];
    match paper {
        Paper::Taxed { .. } => {
            fact.classes.push(Class::TaxPaper);
            if deal.agrees() {
                fact.statuses.push(Status::Differs);
            }
        }
        Paper::Boxes { .. } => {
            fact.classes.push(Class::UnitPaper);
            let unit = Expected::allowed(CauseCode::Unit, Decimal::ZERO);
            let needed = deal.agrees();
            if !deal.pieces_as_boxes {
                fact.causes.push(Expected { needed, ..unit });
            }
        }
        Paper::Lines | Paper::WholeNotes => {}
    }
    if fact.classes.is_empty() {
        fact.classes.push(Class::Plain);
    }
    carried(fact);
}

/// An open item that came may be called so.
fn carried(fact: &mut Fact) {
    if fact.classes.contains(&Class::CarriedFound) {
        fact.reasons = vec![Reason::CarriedForward];
        fact.reason_optional = true;
    }
}

/// Says what is true of a note that they bill in one line.
fn judge_whole(left: &[Entry], right: &[Entry], fact: &mut Fact) {
    let difference = total(left) - total(right);
    if difference.is_zero() {
        fact.statuses = vec![Status::Matched];
        fact.classes.push(Class::WholeNote);
    } else {
        fact.statuses = vec![Status::Differs];
        fact.classes = vec![Class::WholeNoteDiffers];
        let quantity = Expected::needed(CauseCode::Quantity, difference);
        fact.causes.push(Expected { or: Some(CauseCode::Unexplained), ..quantity });
    }
    carried(fact);
}

fn total(entries: &[Entry]) -> Decimal {
    entries.iter().map(|entry| entry.amount).sum()
}

impl Writer {
    /// Shuffles both sides and gives every entry its place.
    fn place(mut self) -> Month {
        let (left, left_kinds, left_at) = settle(&mut self.sketch, self.left, "theirs");
        let (right, right_kinds, right_at) = settle(&mut self.sketch, self.right, "ours");
        for fact in &mut self.facts {
            fact.left.iter_mut().for_each(|index| *index = left_at[*index]);
            fact.right.iter_mut().for_each(|index| *index = right_at[*index]);
        }
        let carried =
            (0..right.len()).filter(|&index| self.carried.contains(&content(&right[index])));
        Month {
            carried: carried.collect(),
            left,
            right,
            papers: self.sketch.papers,
            facts: self.facts,
            suppliers: self.sketch.suppliers,
            left_kinds,
            right_kinds,
        }
    }
}

/// Puts one side into random order: its entries, their kinds, and where each
/// went.
fn settle(
    sketch: &mut Sketch,
    side: Vec<Marked>,
    path: &str,
) -> (Vec<Entry>, Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..side.len()).collect();
    sketch.random.shuffle(&mut order);
    let mut at = vec![0; side.len()];
    for (new, &old) in order.iter().enumerate() {
        at[old] = new;
    }
    let id = Arc::new(SheetId { path: path.to_owned(), sheet: None });
    let (mut entries, mut marks) = (Vec::new(), Vec::new());
    for (row, &old) in order.iter().enumerate() {
        let (mut entry, twin) = side[old].clone();
        entry.at = Location::new(&id, CellRef::new(row as u32, 0));
        entries.push(entry);
        marks.push(twin);
    }
    (entries.clone(), kinds(&entries, &marks), at)
}

/// Numbers the kinds of entries: equal in everything but their place, or
/// marked to be alike.
pub(crate) fn kinds(entries: &[Entry], marks: &[Option<usize>]) -> Vec<usize> {
    let mut of_content: HashMap<String, usize> = HashMap::new();
    let mut of_mark: HashMap<usize, usize> = HashMap::new();
    let mut kinds: Vec<usize> = Vec::with_capacity(entries.len());
    for (index, (entry, mark)) in entries.iter().zip(marks).enumerate() {
        let content = *of_content.entry(content(entry)).or_insert(index);
        let marked = mark.map(|mark| *of_mark.entry(mark).or_insert(content));
        match marked {
            Some(kind) if kind != content => {
                for other in kinds.iter_mut().filter(|k| **k == content) {
                    *other = kind;
                }
                for other in of_content.values_mut().filter(|k| **k == content) {
                    *other = kind;
                }
                kinds.push(kind);
            }
            _ => kinds.push(content),
        }
    }
    kinds
}

/// All that an entry says, but where it stands.
pub(crate) fn content(entry: &Entry) -> String {
    let mut entry = entry.clone();
    entry.at = place("", 0);
    format!("{entry:?}")
}
