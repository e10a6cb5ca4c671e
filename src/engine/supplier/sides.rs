//! Both sides of the month as entries, with what is known of each beside
//! them: who holds what in which balance, cut-offs, what is settled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::entries::{self, Resolve, party_of};
use super::ledgers;
use super::numbering::TheirNumbers;
use super::open_items::{self, Carried, CarriedIn};
use super::papers::{Paper, Papers};
use super::summary::Summaries;
use crate::engine::entry::{Entry, EntryType};
use crate::engine::matching::outcome::{Line, Reason, Status};
use crate::engine::matching::sides::Side;
use crate::finding::Finding;
use crate::location::{Located, Location};
use crate::period::Period;
use crate::records::{BalanceLine, Records};
use crate::text::fold;

/// What the papers say of one party as a whole.
#[derive(Debug, Clone, Default)]
pub struct PartyPapers {
    /// The places of its statements.
    pub statements: Vec<Location>,
    /// The balance its statement begins with.
    pub left_opening: Option<Located<Decimal>>,
    /// The balance its statement ends with, as stated.
    pub stated_closing: Option<Located<Decimal>>,
    /// Its balance at the end of last period, as we noted it then.
    pub last_left_closing: Option<Located<Decimal>>,
    /// Our balance at the end of last period.
    pub right_opening: Option<Located<Decimal>>,
    /// Our balance at the end of this one, as our own book states it.
    pub booked_closing: Option<Located<Decimal>>,
    /// The code of the currency of its statement, if that names one.
    pub currency: Option<Arc<str>>,
    /// The period its statement says it covers.
    pub period: Option<Period>,
    /// The last day whose deliveries its statement holds, as it says.
    pub cut_off: Option<NaiveDate>,
}

/// Both sides as entries.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// Their lines.
    pub left: Vec<Entry>,
    /// Ours.
    pub right: Vec<Entry>,
    /// Lines that their earlier papers have settled.
    pub settled: Vec<Entry>,
    /// The parties, by name.
    pub parties: BTreeMap<Arc<str>, PartyPapers>,
    /// The period.
    pub period: Option<Period>,
    /// What was found while the sides were made.
    pub(super) findings: Vec<Finding>,
    partners: BTreeSet<Arc<str>>,
    pub(super) left_carried: CarriedIn,
    pub(super) right_carried: CarriedIn,
}

impl Sides {
    /// Turns the papers into entries.
    pub fn of(papers: &Papers, resolve: Resolve<'_>, period: Period) -> Self {
        let mut sides = Self { period: Some(period), ..Self::default() };
        sides.add_statements(papers, resolve);
        sides.add_ours(papers, resolve);
        sides.add_ledgers(papers, resolve, period);
        sides.add_balances(papers, resolve);
        sides.add_open_items(papers, resolve);
        sides.name_settled();
        sides.partners = sides.find_partners();
        sides
    }

    /// Gives settled lines without item codes the code that their papers of
    /// this period have beside the same words: on the same note, else
    /// wherever it is one.
    fn name_settled(&mut self) {
        if self.settled.iter().all(|entry| entry.item_code.is_some()) {
            return;
        }
        let mut codes: FxHashMap<SettledKey, BTreeSet<&Arc<str>>> = FxHashMap::default();
        for entry in &self.left {
            let Some(code) = &entry.item_code else { continue };
            for key in settled_keys(entry) {
                codes.entry(key).or_default().insert(code);
            }
        }
        for entry in self.settled.iter_mut().filter(|entry| entry.item_code.is_none()) {
            let known = settled_keys(entry).into_iter().filter_map(|key| codes.get(&key));
            let only = known.filter(|codes| codes.len() == 1).find_map(BTreeSet::first);
            entry.item_code = only.map(|code| Arc::clone(code));
        }
    }

    fn find_partners(&self) -> BTreeSet<Arc<str>> {
        let bills = |party: &PartyPapers| {
            !party.statements.is_empty()
                || party.right_opening.is_some()
                || party.last_left_closing.is_some()
        };
        let by_paper = self.parties.iter().filter(|(_, party)| bills(party)).map(|(name, _)| name);
        let goods = |entry: &&Entry| entry.entry_type != EntryType::Payment;
        let by_goods = self.left.iter().chain(self.right.iter().filter(goods));
        by_paper.chain(by_goods.map(|entry| &entry.party)).cloned().collect()
    }

    fn party(&mut self, name: &Arc<str>) -> &mut PartyPapers {
        self.parties.entry(Arc::clone(name)).or_default()
    }

    fn add_statements(&mut self, papers: &Papers, resolve: Resolve<'_>) {
        self.left.reserve(papers.statements.iter().map(|paper| paper.records.lines.len()).sum());
        let mut summaries = Summaries::default();
        for paper in &papers.statements {
            let mut named: BTreeSet<Arc<str>> = paper.party.iter().cloned().collect();
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                named.extend(line.party.is_some().then(|| Arc::clone(&party)));
                let entry = entries::of_statement(line, party);
                if line.summary {
                    summaries.note(&entry);
                }
                self.left.push(entry);
            }
            for line in &paper.records.told {
                let party = party_of(None, paper.party.as_ref(), resolve);
                summaries.tell(entries::of_statement(line, party));
            }
            let at = Location::new(&paper.sheet, crate::location::CellRef::new(0, 0));
            // The balances of a list of several parties are nobody's.
            let own = paper.party.clone().or_else(|| named.first().cloned());
            let own = own.filter(|_| paper.party.is_some() || named.len() == 1);
            for name in named {
                let (statement, party) = (&paper.records, self.party(&name));
                party.statements.push(at.clone());
                party.currency = party.currency.take().or_else(|| statement.currency.clone());
                party.period = party.period.or(statement.period);
                let cut_off = statement.cutoff.as_ref().map(|cut_off| cut_off.value);
                party.cut_off = party.cut_off.or(cut_off);
                if own.as_ref() != Some(&name) {
                    continue;
                }
                keep_first(&mut party.left_opening, statement.opening.as_ref());
                if statement.closing.is_some() {
                    party.stated_closing.clone_from(&statement.closing);
                }
            }
        }
        self.findings = summaries.settle(&mut self.left, &self.parties);
    }

    fn add_ours(&mut self, papers: &Papers, resolve: Resolve<'_>) {
        let theirs = TheirNumbers::of(papers, resolve);
        self.right.reserve(papers.receipts.iter().map(|paper| paper.records.lines.len()).sum());
        for paper in &papers.receipts {
            let numbering = theirs.in_register(paper, resolve);
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                let mut entry = entries::of_receipt(line, party);
                numbering.apply(line, &mut entry);
                self.right.push(entry);
            }
        }
        for paper in &papers.returns {
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                self.right.push(entries::of_return(line, party));
            }
        }
        for paper in &papers.payments {
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                self.right.push(entries::of_payment(line, party));
            }
        }
    }

    /// Takes from our own ledgers the balances, and the movements of suppliers
    /// that no register has.
    fn add_ledgers(&mut self, papers: &Papers, resolve: Resolve<'_>, period: Period) {
        let [goods, payments] = ledgers::booked(&self.right);
        for (name, owed) in ledgers::owed(papers, resolve, period) {
            let party = self.party(&name);
            keep_first(&mut party.right_opening, owed.opening.as_ref());
            keep_first(&mut party.booked_closing, owed.closing.as_ref());
            let is_booked = |entry: &Entry| match entry.entry_type {
                EntryType::Payment => payments.contains(&name),
                _ => goods.contains(&name),
            };
            self.right.extend(owed.entries.into_iter().filter(|entry| !is_booked(entry)));
        }
    }

    fn add_balances(&mut self, papers: &Papers, resolve: Resolve<'_>) {
        for paper in &papers.balances {
            let is_this_month = self.is_of_this_period(paper, resolve);
            let is_theirs = papers.is_theirs(&paper.sheet);
            let known = |line: &&BalanceLine| {
                [&line.ours, &line.theirs, &line.opening].into_iter().any(Option::is_some)
            };
            for line in paper.records.lines.iter().filter(known) {
                let name = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                let party = self.party(&name);
                match (is_this_month, is_theirs) {
                    (true, true) => keep_first(&mut party.left_opening, line.opening.as_ref()),
                    (true, false) => {
                        keep_first(&mut party.right_opening, line.opening.as_ref());
                        keep_first(&mut party.booked_closing, line.ours.as_ref());
                    }
                    (false, _) => {
                        keep_first(&mut party.right_opening, line.ours.as_ref());
                        keep_first(&mut party.last_left_closing, line.theirs.as_ref());
                    }
                }
            }
        }
        for paper in &papers.settled {
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                self.settled.push(entries::of_settled(line, party));
            }
        }
    }

    /// Whether a list of balances is this period's own: what it ends with is
    /// not what last period left. One that names no period is, if it begins
    /// where the statements do.
    fn is_of_this_period(&self, paper: &Paper<Records<BalanceLine>>, resolve: Resolve<'_>) -> bool {
        let lines = &paper.records.lines;
        if lines.iter().all(|line| line.opening.is_none()) {
            return false;
        }
        if let Some((paper, own)) = paper.records.period.zip(self.period) {
            return paper.last >= own.last;
        }
        let begins_with = |figure: fn(&BalanceLine) -> Option<&Located<Decimal>>| {
            let same = |line: &&BalanceLine| {
                let name = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                let opening = self.parties.get(&name).and_then(|party| party.left_opening.as_ref());
                opening.zip(figure(line)).is_some_and(|(one, other)| one.value == other.value)
            };
            lines.iter().filter(same).count()
        };
        begins_with(|line| line.opening.as_ref()) > begins_with(|line| line.ours.as_ref())
    }

    fn add_open_items(&mut self, papers: &Papers, resolve: Resolve<'_>) {
        let mut items = Vec::new();
        for paper in &papers.open_items {
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                let entry = entries::of_open_item(line, party);
                items.push(Carried {
                    entry,
                    side: if line.theirs { Side::Left } else { Side::Right },
                });
            }
        }
        self.left_carried = open_items::place(items.clone(), Side::Left, &mut self.left);
        self.right_carried = open_items::place(items, Side::Right, &mut self.right);
        let names: FxHashSet<&Arc<str>> =
            self.left.iter().chain(&self.right).map(|entry| &entry.party).collect();
        for name in names {
            self.parties.entry(Arc::clone(name)).or_default();
        }
    }

    /// Whether our opening balance already holds this entry of ours.
    pub(super) fn is_before(&self, right: usize) -> bool {
        let dated_before = match (self.right[right].date, self.period) {
            (Some(date), Some(period)) => date < period.first,
            _ => false,
        };
        dated_before || self.right_carried.added.contains(&right)
    }

    /// Whether this entry of ours is dated after the period.
    pub(super) fn is_after(&self, right: usize) -> bool {
        match (self.right[right].date, self.period) {
            (Some(date), Some(period)) => {
                date > period.last && !self.right_carried.added.contains(&right)
            }
            _ => false,
        }
    }

    /// Whether a line moves neither balance of the period: ours alone, and
    /// dated after it, or dated before it and not carried over, or paid to
    /// nobody who supplies anything.
    pub fn stands_apart(&self, line: &Line) -> bool {
        let outside = |&index: &usize| {
            self.is_after(index)
                || (self.is_before(index) && line.reason != Some(Reason::CarriedForward))
        };
        line.status == Status::RightOnly
            && (line.right.iter().all(outside) || self.is_other_charge(line))
    }

    /// Whether a line is a payment of ours to a payee who neither supplies nor
    /// bills anything.
    pub(super) fn is_other_charge(&self, line: &Line) -> bool {
        line.status == Status::RightOnly
            && line.right.iter().all(|&index| {
                let entry = &self.right[index];
                entry.entry_type == EntryType::Payment && !self.partners.contains(&entry.party)
            })
    }

    /// Returns how much more of a line our opening balance holds than theirs.
    pub(super) fn held(&self, line: &Line) -> Decimal {
        let ours = line.right.iter().filter(|&&index| self.is_before(index));
        let theirs = line.left.iter().filter(|index| self.left_carried.added.contains(index));
        ours.map(|&index| self.right[index].amount).sum::<Decimal>()
            - theirs.map(|&index| self.left[index].amount).sum::<Decimal>()
    }

    /// Returns the entries of theirs in these lines that the period moved.
    pub(super) fn left_of<'a>(
        &'a self,
        lines: impl Iterator<Item = &'a Line> + 'a,
    ) -> impl Iterator<Item = &'a Entry> + 'a {
        lines
            .flat_map(|line| &line.left)
            .filter(|index| !self.left_carried.added.contains(index))
            .map(|&index| &self.left[index])
    }

    /// Returns the entries of ours in these lines that the period moved.
    pub fn right_of<'a>(
        &'a self,
        lines: impl Iterator<Item = &'a Line> + 'a,
    ) -> impl Iterator<Item = &'a Entry> + 'a {
        lines
            .flat_map(|line| &line.right)
            .filter(|&&index| !self.is_before(index) && !self.is_after(index))
            .map(|&index| &self.right[index])
    }

    /// Whether a party is a partner of the month: it bills, delivers, or has a
    /// balance with us. A payee of other things (electricity) is not.
    pub fn is_partner(&self, party: &str) -> bool {
        self.partners.contains(party)
    }
}

fn keep_first(kept: &mut Option<Located<Decimal>>, found: Option<&Located<Decimal>>) {
    if kept.is_none() {
        *kept = found.cloned();
    }
}

/// Party, words of the item, and the note's number and amount if they count.
type SettledKey = (Arc<str>, String, Option<(String, Decimal)>);

/// Returns by what a settled line finds its item among the lines of this
/// period, the surest first.
fn settled_keys(entry: &Entry) -> Vec<SettledKey> {
    let Some(item) = entry.item.as_deref().map(fold) else { return Vec::new() };
    let key = |note| (Arc::clone(&entry.party), item.clone(), note);
    let notes = entry.document_nos.iter().map(|no| Some((fold(&no.text), entry.amount)));
    notes.chain([None]).map(key).collect()
}
