//! The audit of shipping slips: does the order exist, is it paid, is it
//! neither closed nor refunded. Nothing else is judged, but that an amount is
//! another one is said.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::amounts::Basis;
use super::causes::causes;
use super::copies::Row;
use super::evidence::Buyer;
use super::link::{Certainty, Joint, Link, link};
use super::orders::{Beside, Order};
use super::settle::{bare, standing, sum};
use crate::engine::entry::Entry;
use crate::engine::matching::conserve::{self, Miscount};
use crate::engine::matching::outcome::{Line, Note, Reason, Status, grouped};
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::records::shop::{Booking, Refund, Slip};

/// The audit: slips on the left, orders on the right.
#[derive(Debug, Clone, Default)]
pub struct SlipAudit {
    /// What the slips list.
    pub left: Vec<Entry>,
    /// The orders that slips were found of; of an unpaid or closed one 0.00.
    pub right: Vec<Entry>,
    /// Every slip, each in one line.
    pub lines: Vec<Line>,
    /// What a person should know of slips that may go out.
    pub findings: Vec<Finding>,
}

/// Audits slips against orders.
pub(super) fn audit(
    slips: &[Slip],
    orders: &[Order],
    rows: &[Row<'_>],
    tolerance: Decimal,
) -> Result<SlipAudit, Miscount> {
    if slips.is_empty() {
        return Ok(SlipAudit::default());
    }
    let asked: Vec<Booking> = slips.iter().filter_map(as_booking).collect();
    let asked: Vec<&Booking> = asked.iter().collect();
    let mut links = link(orders, &asked, &[], FxHashSet::default());
    by_buyer_alone(&mut links.of_booking, &asked, orders);
    for (orders, slips) in &links.ambiguous {
        // Any of the buyer's orders will do: what counts is that it is paid.
        for (&slip, &order) in slips.iter().zip(orders) {
            links.of_booking[slip].get_or_insert(suggested(order));
        }
    }
    let (starts, audit) = (Vec::with_capacity(slips.len()), SlipAudit::default());
    let mut audit = Auditing { slips, orders, rows, tolerance, starts, audit };
    audit.add_slips();
    let mut shipped: FxHashMap<usize, Location> = FxHashMap::default();
    let mut of_several = FxHashSet::default();
    for joint in &links.joint {
        let at = audit.joint(joint)?;
        shipped.extend(joint.orders.iter().map(|&order| (order, at.clone())));
        of_several.insert(joint.booking);
    }
    let mut of_order: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut order_of_orders = Vec::new();
    let slips = links.of_booking.iter().enumerate();
    for (slip, link) in slips.filter(|(slip, _)| !of_several.contains(slip)) {
        let Some(link) = link else {
            audit.not_found(slip);
            continue;
        };
        if let Some(first) = shipped.get(&link.order) {
            audit.again(slip, first)?;
            continue;
        }
        let of = of_order.entry(link.order).or_default();
        if of.is_empty() {
            order_of_orders.push(link.order);
        }
        of.push(slip);
    }
    for order in order_of_orders {
        let found = of_order.remove(&order).unwrap_or_default();
        audit.order(order, &found, &links.of_booking)?;
    }
    let mut audit = audit.finish();
    let left = std::mem::take(&mut audit.left);
    audit.lines.sort_by_cached_key(|line| line.left.first().map(|&at| left[at].at.clone()));
    conserve::check(&left, &audit.right, &audit.lines)?;
    audit.left = left;
    Ok(audit)
}

/// Returns a slip as something to be found among the orders.
fn as_booking(slip: &Slip) -> Option<Booking> {
    let amounts = slip.parts.iter().filter_map(|part| part.amount);
    Some(Booking {
        date: slip.date,
        shop: slip.shop.clone(),
        buyer: slip.buyer.clone(),
        order_no: slip.order_no.clone(),
        more_nos: slip.more_nos.clone(),
        item: None,
        amount: sum(amounts).unwrap_or_default(),
        remark: None,
        at: slip.parts.first()?.at.clone(),
    })
}

fn suggested(order: usize) -> Link {
    Link { order, certainty: Certainty::Suggested, notes: Vec::new(), evidence: Vec::new() }
}

/// Finds some order of the buyer for slips that name nothing more: a paid one
/// if there is one, else the latest.
fn by_buyer_alone(links: &mut [Option<Link>], asked: &[&Booking], orders: &[Order]) {
    let mut by_buyer: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, order) in orders.iter().enumerate() {
        if let Some(buyer) = order.buyer.known() {
            by_buyer.entry(buyer).or_default().push(at);
        }
    }
    for (link, slip) in links.iter_mut().zip(asked).filter(|(link, _)| link.is_none()) {
        let buyer = Buyer::of(slip.buyer.as_deref());
        let own = buyer.known().and_then(|buyer| by_buyer.get(&**buyer));
        let Some(own) = own.filter(|_| slip.order_no.is_none()) else { continue };
        let best = own.iter().max_by_key(|&&at| {
            let order = &orders[at];
            let days = order.days_from(slip.date);
            (standing(order).is_none(), std::cmp::Reverse(days), std::cmp::Reverse(at))
        });
        *link = best.map(|&order| suggested(order));
    }
}

/// Returns why an order is not to be shipped, and on which basis its amount is
/// taken.
fn standing_and_basis(order: &Order) -> (Option<Reason>, Basis) {
    let standing = standing(order);
    (standing, if standing.is_some() { Basis::Net } else { Basis::Due })
}

struct Auditing<'a> {
    slips: &'a [Slip],
    orders: &'a [Order],
    rows: &'a [Row<'a>],
    tolerance: Decimal,
    /// The first left entry of each slip.
    starts: Vec<usize>,
    audit: SlipAudit,
}

impl Auditing<'_> {
    fn finish(self) -> SlipAudit {
        self.audit
    }

    /// Makes the left entries: one for each part of each slip.
    fn add_slips(&mut self) {
        for slip in self.slips {
            self.starts.push(self.audit.left.len());
            for part in &slip.parts {
                self.audit.left.push(Entry {
                    document_nos: slip.order_no.iter().map(|no| no.document_no()).collect(),
                    other_nos: slip.buyer.iter().chain(&slip.slip_no).cloned().collect(),
                    item: part.item.clone(),
                    quantity: part.quantity,
                    date: slip.date,
                    ..bare(None, part.amount.unwrap_or_default(), &part.at)
                });
            }
        }
    }

    /// Returns the left entries of a slip.
    fn entries(&self, slip: usize) -> std::ops::Range<usize> {
        self.starts[slip]..self.starts[slip] + self.slips[slip].parts.len()
    }

    fn says_amount(&self, slip: usize) -> bool {
        self.slips[slip].parts.iter().any(|part| part.amount.is_some())
    }

    fn not_found(&mut self, slip: usize) {
        let of = &self.slips[slip];
        let buyer = Buyer::of(of.buyer.as_deref());
        let nothing_to_go_by = of.order_no.is_none() && buyer.known().is_none();
        let reason = if nothing_to_go_by { Reason::NoCandidate } else { Reason::NotInSales };
        if nothing_to_go_by && buyer == Buyer::Masked {
            let finding = Finding::of(codes::MASKED_ID).at(of.parts[0].at.clone());
            let found = of.buyer.as_deref().unwrap_or_default();
            self.audit.findings.push(finding.with("found", found));
        }
        let left: Vec<usize> = self.entries(slip).collect();
        let amount = left.iter().map(|&at| self.audit.left[at].amount).sum();
        let line = Line::new(Status::LeftOnly, left, Vec::new(), amount);
        self.audit.lines.push(Line { reason: Some(reason), ..line });
    }

    /// Judges the slips of one order.
    fn order(
        &mut self,
        at: usize,
        slips: &[usize],
        links: &[Option<Link>],
    ) -> Result<(), Miscount> {
        let order = &self.orders[at];
        let (standing, basis) = standing_and_basis(order);
        let due = order.amount(basis).ok_or(Miscount::Overflow)?;
        let (main, again) = self.main(due, slips, links);
        let right = self.add_order(order, basis);
        let mut left: Vec<usize> = Vec::new();
        for &slip in &main {
            left.extend(self.entries(slip));
        }
        if !main.iter().any(|&slip| self.says_amount(slip)) {
            // A slip without amounts says nothing against the order's.
            self.audit.left[left[0]].amount = due;
        }
        let stated = sum(left.iter().map(|&at| self.audit.left[at].amount))?;
        let difference = stated.checked_sub(due).ok_or(Miscount::Overflow)?;
        let link = links[main[0]].as_ref();
        let guessed = link.is_some_and(|link| link.certainty == Certainty::Suggested);
        let agrees = difference.abs() <= self.tolerance;
        let status = match standing {
            Some(_) => Status::Differs,
            None if guessed => Status::Suggested,
            None if agrees => Status::Matched,
            None => Status::Differs,
        };
        let mut notes = link.map(|link| link.notes.clone()).unwrap_or_default();
        // Goods go out when they go out.
        notes.retain(|&note| note != Note::Date);
        notes.extend(grouped(left.len(), right.len()));
        notes.sort_unstable();
        self.tell(order, &main);
        let first = self.audit.left[left[0]].at.clone();
        self.audit.lines.push(Line {
            causes: causes(stated, due, || order.beside(self.rows), false, self.tolerance),
            notes,
            reason: standing,
            evidence: link.map(|link| link.evidence.clone()).unwrap_or_default(),
            ..Line::new(status, left, right, difference)
        });
        for slip in again {
            self.again(slip, &first)?;
        }
        Ok(())
    }

    /// Adds a slip that ships again what another one ships.
    fn again(&mut self, slip: usize, first: &Location) -> Result<(), Miscount> {
        let left: Vec<usize> = self.entries(slip).collect();
        let amount = sum(left.iter().map(|&at| self.audit.left[at].amount))?;
        self.audit.lines.push(Line {
            reason: Some(Reason::DoubleBooked),
            related: vec![first.clone()],
            ..Line::new(Status::LeftOnly, left, Vec::new(), amount)
        });
        Ok(())
    }

    /// Judges a slip that ships several orders; returns its place. One that is
    /// not paid holds all of them back.
    fn joint(&mut self, joint: &Joint) -> Result<Location, Miscount> {
        let (orders, slip) = (self.orders, joint.booking);
        let left: Vec<usize> = self.entries(slip).collect();
        let (mut right, mut due, mut reason) = (Vec::new(), Decimal::ZERO, None);
        for order in joint.orders.iter().map(|&at| &orders[at]) {
            let (standing, basis) = standing_and_basis(order);
            reason = reason.or(standing);
            let amount = order.amount(basis).ok_or(Miscount::Overflow)?;
            due = due.checked_add(amount).ok_or(Miscount::Overflow)?;
            right.extend(self.add_order(order, basis));
            self.tell(order, &[slip]);
        }
        if !self.says_amount(slip) {
            self.audit.left[left[0]].amount = due;
        }
        let stated = sum(left.iter().map(|&at| self.audit.left[at].amount))?;
        let difference = stated.checked_sub(due).ok_or(Miscount::Overflow)?;
        let agrees = reason.is_none() && difference.abs() <= self.tolerance;
        let status = if agrees { Status::Matched } else { Status::Differs };
        let notes = joint.note().into_iter().chain(grouped(left.len(), right.len()));
        let first = self.audit.left[left[0]].at.clone();
        self.audit.lines.push(Line {
            causes: causes(stated, due, Beside::default, false, self.tolerance),
            notes: notes.collect(),
            reason,
            evidence: joint.evidence(difference.is_zero()),
            ..Line::new(status, left, right, difference)
        });
        Ok(first)
    }

    /// Returns the slips that together are the order's, and those that ship it
    /// again.
    fn main(
        &self,
        due: Decimal,
        slips: &[usize],
        links: &[Option<Link>],
    ) -> (Vec<usize>, Vec<usize>) {
        let amount = |slip: usize| {
            sum(self.slips[slip].parts.iter().filter_map(|part| part.amount)).unwrap_or_default()
        };
        let whole = sum(slips.iter().map(|&slip| amount(slip))).unwrap_or(Decimal::MAX);
        if slips.len() == 1 || whole <= due || !slips.iter().any(|&slip| self.says_amount(slip)) {
            return (slips.to_vec(), Vec::new());
        }
        let is_sure =
            |&slip: &usize| links[slip].as_ref().is_some_and(|l| l.certainty == Certainty::Sure);
        let best = slips.iter().copied().find(|&slip| is_sure(&slip) && amount(slip) == due);
        let best = best.unwrap_or(slips[0]);
        (vec![best], slips.iter().copied().filter(|&slip| slip != best).collect())
    }

    fn add_order(&mut self, order: &Order, basis: Basis) -> Vec<usize> {
        let from = self.audit.right.len();
        for row in order.rows.iter().map(|&row| &self.rows[row]) {
            self.audit.right.push(Entry {
                document_nos: row.order_no.iter().map(|number| number.document_no()).collect(),
                other_nos: row.buyer.iter().cloned().collect(),
                item: row.item.clone(),
                quantity: row.quantity,
                date: row.created.or(row.paid_on),
                remark: row.status.clone(),
                ..bare(row.shop.clone(), basis.of(row), &row.at)
            });
        }
        (from..self.audit.right.len()).collect()
    }

    /// Says what a person should look at before the goods go out.
    fn tell(&mut self, order: &Order, slips: &[usize]) {
        let order_at = &self.rows[order.rows[0]].at;
        for &slip in slips {
            let (slip, buyer) = (&self.slips[slip], order.buyer.known());
            let at = slip.parts[0].at.clone();
            if order.refund == Refund::Applied {
                let finding = Finding::of(codes::REFUND_APPLIED).at(at.clone());
                let buyer = slip.buyer.as_deref().unwrap_or_default();
                self.audit.findings.push(finding.related(order_at.clone()).with("found", buyer));
            }
            let written = Buyer::of(slip.buyer.as_deref());
            if order.buyer.agrees(&written) == Some(false) {
                let finding = Finding::of(codes::BUYER_MISMATCH).at(at).related(order_at.clone());
                let found = slip.buyer.as_deref().unwrap_or_default();
                let expected = buyer.map(|buyer| buyer.to_string()).unwrap_or_default();
                self.audit.findings.push(finding.with("found", found).with("expected", expected));
            }
        }
    }
}
