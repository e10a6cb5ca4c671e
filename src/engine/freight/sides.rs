//! Both sides of the month as entries: every row of a bill, every parcel of
//! our log that a bill is expected for.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::carried;
use super::papers::Papers;
use super::roles::{Payer, Role};
use super::shipped::Shipped;
use super::trips::name_trips;
use crate::engine::entry::{Entry, EntryType};
use crate::location::Location;
use crate::places::Place;
use crate::records::{BillLine, DocumentNo, Shipment};
use crate::text::fold;

/// Finds the one name of a carrier for the name a row writes.
pub type Resolve<'a> = &'a dyn Fn(&str) -> Arc<str>;

/// A row of a bill, beside its entry.
#[derive(Debug, Clone)]
pub(super) struct Billed {
    pub(super) line: BillLine,
    pub(super) role: Role,
    pub(super) keys: Vec<String>,
    pub(super) place: Place,
}

/// A parcel of our log, beside its entry.
#[derive(Debug, Clone)]
pub(super) struct Logged {
    pub(super) line: Shipment,
    pub(super) keys: Vec<String>,
    pub(super) place: Place,
    /// Whether the month's bill may hold it: not paid on the spot, nor by the
    /// receiver.
    pub(super) is_due: bool,
    /// Whether last month's report carried it over: its amount stands as the
    /// bill would have it.
    pub(super) carried: bool,
}

/// A parcel of our log that no monthly bill is expected for.
#[derive(Debug, Clone)]
pub struct PaidOtherwise {
    /// The carrier.
    pub carrier: Arc<str>,
    /// Whether we paid on the spot; otherwise the receiver pays.
    pub cash: bool,
    /// The parcel.
    pub shipment: Shipment,
}

/// What our side is taken from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Source {
    /// Our freight log.
    Log,
    /// Shipping slips and orders: there is no log.
    Slips,
    /// The agreed rates: nothing says what was sent.
    #[default]
    Rates,
}

/// Both sides.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// The rows of the bills.
    pub left: Vec<Entry>,
    /// Our parcels.
    pub right: Vec<Entry>,
    pub(super) billed: Vec<Billed>,
    pub(super) logged: Vec<Logged>,
    /// Parcels that are paid otherwise.
    pub otherwise: Vec<PaidOtherwise>,
    /// What earlier bills hold: carrier, waybill, place.
    pub(super) settled: FxHashMap<(Arc<str>, String), Location>,
    /// Carriers whose bills are here.
    pub(super) billing: Vec<Arc<str>>,
    /// What slips and orders say went out.
    pub(super) shipped: Shipped,
    /// What our side is taken from.
    pub(super) source: Source,
}

/// Returns the key under which a waybill is found: letters and digits alone.
pub fn waybill_key(number: &str) -> String {
    let folded = fold(number);
    let folded =
        folded.strip_prefix("no").filter(|rest| rest.starts_with(['.', ':'])).unwrap_or(&folded);
    folded.chars().filter(|c| c.is_alphanumeric()).collect()
}

pub(super) fn keys(numbers: &[DocumentNo]) -> Vec<String> {
    let keys = numbers.iter().map(|number| waybill_key(&number.text));
    keys.filter(|key| !key.is_empty()).collect()
}

impl Sides {
    /// Turns the papers into entries.
    pub(super) fn of(papers: &Papers, resolve: Resolve<'_>) -> Self {
        let mut sides = Self { shipped: Shipped::of(papers), ..Self::default() };
        sides.add_bills(papers, resolve);
        for paper in &papers.earlier {
            for line in &paper.records.lines {
                let carrier = carrier(
                    line.carrier.as_ref().map(|c| &*c.value),
                    paper.party.as_ref(),
                    resolve,
                );
                for key in keys(&line.waybills) {
                    sides.settled.insert((Arc::clone(&carrier), key), line.at.clone());
                }
            }
        }
        sides.add_logs(papers, resolve);
        if !papers.logs.is_empty() {
            sides.source = Source::Log;
        } else if sides.add_shipped(resolve) {
            sides.source = Source::Slips;
        } else {
            sides.add_cards(papers);
        }
        carried::add(&mut sides, papers, resolve);
        name_trips(&mut sides);
        sides
    }

    fn add_bills(&mut self, papers: &Papers, resolve: Resolve<'_>) {
        for paper in &papers.bills {
            for line in &paper.records.lines {
                let named = line.carrier.as_ref().map(|carrier| &*carrier.value);
                let carrier = carrier(named, paper.party.as_ref(), resolve);
                let role = Role::of(line);
                self.left.push(bill_entry(line, role, carrier));
                self.billed.push(Billed {
                    role,
                    keys: keys(&line.waybills),
                    place: Place::parse(line.destination.as_deref().unwrap_or_default()),
                    line: line.clone(),
                });
            }
        }
        self.billing = self.left.iter().map(|entry| Arc::clone(&entry.party)).collect();
        self.billing.sort();
        self.billing.dedup();
    }

    fn add_logs(&mut self, papers: &Papers, resolve: Resolve<'_>) {
        let mut by_key: FxHashMap<String, Arc<str>> = FxHashMap::default();
        for (entry, billed) in self.left.iter().zip(&self.billed) {
            for key in &billed.keys {
                by_key.entry(key.clone()).or_insert_with(|| Arc::clone(&entry.party));
            }
        }
        let shapes = Shapes::of(&by_key);
        let flags_mean_nothing = flags_mean_nothing(papers, &by_key);
        let only = (self.billing.len() == 1).then(|| Arc::clone(&self.billing[0]));
        for paper in &papers.logs {
            for line in &paper.records.lines {
                let keys = keys(&line.waybills);
                let on_bill = keys.iter().find_map(|key| by_key.get(key));
                let named = line.carrier.as_ref().map(|carrier| resolve(&carrier.value));
                let guessed = || on_bill.cloned().or_else(|| shapes.carrier(keys.first()?));
                let carrier = named
                    .or_else(|| paper.party.clone())
                    .or_else(guessed)
                    .or_else(|| only.clone())
                    .unwrap_or_default();
                let payer = Payer::of(line.payer.as_deref());
                if payer != Payer::Monthly && on_bill.is_none() && !flags_mean_nothing {
                    let cash = payer == Payer::Cash;
                    self.otherwise.push(PaidOtherwise { carrier, cash, shipment: line.clone() });
                    continue;
                }
                let is_due = payer == Payer::Monthly || flags_mean_nothing;
                self.add_parcel(line.clone(), keys, carrier, is_due);
            }
        }
    }

    /// Without a log the agreed rates stand for what we should pay: one entry
    /// for every parcel of the bill, priced by its own weight and place.
    fn add_cards(&mut self, papers: &Papers) {
        let mut seen: FxHashSet<(Arc<str>, String)> = FxHashSet::default();
        for index in 0..self.billed.len() {
            let (entry, billed) = (self.left[index].clone(), self.billed[index].clone());
            let Some(key) = billed.keys.first().filter(|_| billed.role == Role::Freight) else {
                continue;
            };
            if !seen.insert((Arc::clone(&entry.party), key.clone())) {
                continue;
            }
            let card = papers
                .cards
                .iter()
                .find(|card| card.carrier == entry.party && card.holds(billed.line.date));
            let Some(zone) = card.and_then(|card| card.zone(&billed.place)) else { continue };
            let line = &billed.line;
            let at = zone.at.clone().unwrap_or_else(|| line.at.clone());
            let shipment = Shipment {
                date: line.date,
                destination: line.destination.clone(),
                pieces: line.pieces,
                weight: line.actual_weight.or(line.chargeable_weight),
                volume: line.volume,
                whole_volume: line.volume,
                cartons: line.cartons.clone(),
                vehicle: line.vehicle.clone(),
                ..Shipment::bare(line.waybills.clone(), at)
            };
            self.add_parcel(shipment, billed.keys, entry.party, true);
        }
    }

    /// Adds a parcel of ours.
    pub(super) fn add_parcel(
        &mut self,
        line: Shipment,
        keys: Vec<String>,
        carrier: Arc<str>,
        is_due: bool,
    ) {
        self.right.push(Entry {
            entry_type: EntryType::Goods,
            document_nos: line.waybills.clone(),
            other_nos: line.order_nos.iter().map(|number| Arc::clone(&number.text)).collect(),
            item: line.destination.clone(),
            quantity: line.weight,
            unit: line.weight.map(|_| "kg".into()),
            amount: line.freight.unwrap_or_default(),
            date: line.date,
            remark: line.buyer.clone().or_else(|| line.remark.clone()),
            ..Entry::bare(carrier, EntryType::Goods, Decimal::ZERO, &line.at)
        });
        let place = Place::parse(line.destination.as_deref().unwrap_or_default());
        self.logged.push(Logged { line, keys, place, is_due, carried: false });
    }
}

fn carrier(named: Option<&str>, paper: Option<&Arc<str>>, resolve: Resolve<'_>) -> Arc<str> {
    named.map(resolve).or_else(|| paper.cloned()).unwrap_or_default()
}

fn bill_entry(line: &BillLine, role: Role, carrier: Arc<str>) -> Entry {
    let entry_type = match role {
        Role::Freight => EntryType::Goods,
        Role::Charge | Role::Movement => EntryType::Charge,
        Role::Discount => EntryType::Discount,
        Role::Prepaid => EntryType::Payment,
        Role::Claim => EntryType::Adjustment,
    };
    let item = match role {
        Role::Freight => line.destination.clone().or_else(|| line.service.clone()),
        _ => line.service.clone().or_else(|| line.remark.clone()),
    };
    // What is taken off is negative, whichever way the bill prints it.
    let amount = match role {
        Role::Discount | Role::Claim | Role::Prepaid => -line.amount.abs(),
        _ => line.amount,
    };
    Entry {
        entry_type,
        document_nos: line.waybills.clone(),
        other_nos: line.order_nos.iter().map(|number| Arc::clone(&number.text)).collect(),
        item,
        quantity: line.chargeable_weight,
        unit: line.chargeable_weight.map(|_| "kg".into()),
        amount,
        date: line.date,
        remark: line.remark.clone(),
        ..Entry::bare(carrier, EntryType::Goods, Decimal::ZERO, &line.at)
    }
}

/// Whether a log writes 已付 on everything, the month's bill included.
fn flags_mean_nothing(papers: &Papers, billed: &FxHashMap<String, Arc<str>>) -> bool {
    let lines = papers.logs.iter().flat_map(|paper| &paper.records.lines);
    let flagged = lines.filter(|line| Payer::of(line.payer.as_deref()) != Payer::Monthly);
    let (mut on_bill, mut all) = (0_usize, 0_usize);
    for line in flagged {
        all += 1;
        on_bill += usize::from(keys(&line.waybills).iter().any(|key| billed.contains_key(key)));
    }
    on_bill * 2 > all
}

/// The shapes of the numbers of each carrier: prefix and length.
struct Shapes(BTreeMap<(String, usize), Vec<Arc<str>>>);

impl Shapes {
    fn of(by_key: &FxHashMap<String, Arc<str>>) -> Self {
        let mut shapes: BTreeMap<(String, usize), Vec<Arc<str>>> = BTreeMap::new();
        for (key, carrier) in by_key {
            let carriers = shapes.entry(shape(key)).or_default();
            if !carriers.contains(carrier) {
                carriers.push(Arc::clone(carrier));
            }
        }
        Self(shapes)
    }

    /// Returns the only carrier whose numbers look like this one.
    fn carrier(&self, key: &str) -> Option<Arc<str>> {
        match self.0.get(&shape(key)).map(Vec::as_slice) {
            Some([only]) => Some(Arc::clone(only)),
            _ => None,
        }
    }
}

fn shape(key: &str) -> (String, usize) {
    (key.chars().take(2).collect(), key.chars().count())
}
