//! Writes a sketched month as both sides' entries, in random order, with the
//! truth about each.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use gendan::engine::entry::Entry;
use gendan::engine::matching::outcome::{Reason, Status};
use gendan::location::{CellRef, Location, SheetId};

use super::catalogue::Paper;
use super::lines::{our_line, their_line, their_total, written};
use super::sketch::{Deal, Sides, Sketch, shift};
use super::truth::{Class, Fact, Month};
use super::verdict::{judge, judge_whole};

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
    /// The marks of deals that stand under a mistyped number.
    mistyped: HashSet<usize>,
}

/// Writes the month.
pub(crate) fn month(sketch: Sketch) -> Month {
    let is_mistyped = |deal: &&Deal| {
        written(&sketch, deal).is_some_and(|written| written.class == Class::NumberTypo)
    };
    let mistyped = sketch.deals.iter().filter(is_mistyped).filter_map(|deal| deal.twin).collect();
    let mut writer = Writer {
        sketch,
        mistyped,
        left: Vec::new(),
        right: Vec::new(),
        facts: Vec::new(),
        carried: HashSet::new(),
    };
    writer.deals();
    writer.extras();
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
            return self.under_other_party(left, right);
        }
        let mut fact = Fact { classes: classes(&deal), pool: deal.pool, ..Fact::default() };
        match &deal.sides {
            Sides::Both => judge(&deal, self.paper_of(&deal), &left, &right, &mut fact),
            Sides::Left(reasons) => one_sided(&mut fact, Status::LeftOnly, reasons),
            Sides::Right(reasons) => one_sided(&mut fact, Status::RightOnly, reasons),
        }
        if let Some(written) = written(&self.sketch, &deal) {
            fact.classes.push(written.class);
            if !left.is_empty() && !right.is_empty() {
                fact.notes.clone_from(&written.notes);
                let doubtful = written.class != Class::DateWrong
                    && !(deal.agrees() && written.decides(left.len() + right.len()));
                if written.number.is_none() || doubtful {
                    fact.statuses.push(Status::Suggested);
                }
                if deal.twin.is_some() {
                    // Billed twice, in two spellings: either may be taken for
                    // the first, and only one of them has something to note.
                    fact.notes.clear();
                }
            }
        }
        if self.is_mistyped_again(&deal) {
            // Whether the mistyped one is another note or the same again,
            // nothing decides.
            fact.reasons.push(Reason::NotReceived);
        }
        let again = deal.booked_again.then(|| self.booked_again(&right[0]));
        let twin = again.is_some().then(|| self.sketch.twin());
        self.add(fact, mark(left, deal.twin), mark(right, twin));
        if let Some(copy) = again {
            let mut fact = Fact { classes: vec![Class::DoubleBooked], ..Fact::default() };
            one_sided(&mut fact, Status::RightOnly, &[Reason::DoubleBooked]);
            self.add(fact, Vec::new(), mark(vec![copy], twin));
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
                self.add(fact, Vec::new(), mark(vec![line], None));
            }
            return;
        }
        let mut fact = Fact { classes: classes(first), ..Fact::default() };
        match &first.sides {
            Sides::Left(reasons) => one_sided(&mut fact, Status::LeftOnly, reasons),
            _ => judge_whole(&left, &right, &mut fact),
        }
        if self.is_mistyped_again(first) {
            fact.reasons.push(Reason::NotReceived);
        }
        if let Some(written) = self.sketch.deliveries[delivery].written.clone() {
            fact.classes.push(written.class);
            if !right.is_empty() {
                fact.notes.clone_from(&written.notes);
                let agree = all.iter().all(Deal::agrees) && written.decides(1 + right.len());
                if written.number.is_none() || !(written.class == Class::DateWrong || agree) {
                    fact.statuses.push(Status::Suggested);
                }
                if first.twin.is_some() {
                    fact.notes.clear();
                }
            }
        }
        self.add(fact, mark(left, first.twin), mark(right, None));
    }

    /// Billed by one party, booked under another: two facts that may be
    /// suggested together.
    fn under_other_party(&mut self, left: Vec<Entry>, right: Vec<Entry>) {
        let other = Fact {
            classes: vec![Class::OtherParty],
            reasons: vec![Reason::OtherParty],
            pool: Some(self.sketch.twin()),
            ..Fact::default()
        };
        let theirs = Fact { statuses: vec![Status::LeftOnly], ..other.clone() };
        let ours = Fact { statuses: vec![Status::RightOnly], ..other };
        self.add(theirs, mark(left, None), Vec::new());
        self.add(ours, Vec::new(), mark(right, None));
    }

    /// Whether it is the second billing of a note whose first has a mistyped
    /// number.
    fn is_mistyped_again(&self, deal: &Deal) -> bool {
        matches!(deal.sides, Sides::Left(_))
            && deal.twin.is_some_and(|twin| self.mistyped.contains(&twin))
    }

    fn add(&mut self, mut fact: Fact, left: Vec<Marked>, right: Vec<Marked>) {
        fact.left = (self.left.len()..self.left.len() + left.len()).collect();
        fact.right = (self.right.len()..self.right.len() + right.len()).collect();
        self.left.extend(left);
        self.right.extend(right);
        self.facts.push(fact);
    }

    fn extras(&mut self) {
        for extra in std::mem::take(&mut self.sketch.extras) {
            self.add(extra.fact, mark(extra.left, None), mark(extra.right, None));
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
