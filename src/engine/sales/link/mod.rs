//! Bookings → orders: by the number, by what is left of it, by the buyer. The
//! surest first; a weaker way never takes what a surer one has taken.

mod buyer;
mod whole;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_number::ByNumber;
use super::damaged::{Images, how};
use super::evidence::{Buyer, equal_if, stated};
use super::narrow::{Crowds, Found, Holder};
use super::orders::Order;
use super::own::Own;
use super::shops::{Shop, Shops};
use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::engine::matching::near_number::{Nearness, nearness};
use crate::engine::matching::outcome::Note;
use crate::records::shop::{Booking, OrderForm};

/// Days that two papers may date one sale apart.
pub(super) const WINDOW: u64 = 7;
/// Days within which a sale is booked: what is booked so soon for other money
/// is still the buyer's.
const SOON: u64 = 3;
/// Orders among which the money alone decides.
const RIVALS: usize = 8;
/// Rounds in which what is decided narrows the choice for the rest.
const ROUNDS: usize = 4;
/// Digits from which a number is a platform's, and no shop's own.
const PLATFORM: usize = 12;
/// Digits of a number's end by which orders are looked up.
const TAIL: usize = 3;

/// How sure a booking is of its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Surely the same sale.
    Sure,
    /// Probably.
    Suggested,
    /// The order is booked already, for the same money.
    Again,
}

/// The order that a booking is of.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) order: usize,
    pub(super) certainty: Certainty,
    pub(super) notes: Vec<Note>,
    pub(super) evidence: Vec<Evidence>,
}

/// What is left of the orders that a booking may be of.
struct Choice {
    orders: Vec<usize>,
    /// Whether they are its buyer's.
    known_buyer: bool,
    /// Whether it is of the first, which is the only one.
    is_sure: bool,
}

/// What links orders and bookings.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// The order of each booking.
    pub(super) of_booking: Vec<Option<Link>>,
    /// Orders and bookings that fit each other equally well.
    pub(super) ambiguous: Vec<(Vec<usize>, Vec<usize>)>,
    /// Bookings that are of several orders, of all of them.
    pub(super) joint: Vec<Joint>,
}

/// A booking of several orders.
#[derive(Debug, Clone)]
pub(super) struct Joint {
    pub(super) orders: Vec<usize>,
    pub(super) booking: usize,
    /// Whether the booking names them; else it is its buyer's, and for the sum
    /// of them.
    pub(super) named: bool,
}

impl Joint {
    /// Returns what is to be said of the number.
    pub(super) fn note(&self) -> Option<Note> {
        (!self.named).then_some(Note::DocumentNoMissing)
    }

    /// Returns what speaks for it.
    pub(super) fn evidence(&self, same_amount: bool) -> Vec<Evidence> {
        let mut evidence = if self.named {
            vec![stated(Field::DocumentNo, Agreement::Equal)]
        } else {
            vec![
                stated(Field::DocumentNo, Agreement::Missing),
                stated(Field::OtherNo, Agreement::Equal),
            ]
        };
        evidence.push(stated(Field::Amount, equal_if(same_amount)));
        evidence
    }
}

/// Links bookings to orders. `joined` are rows that a person has said are the
/// same: bookings by the first order row of each. Bookings `apart` are of no
/// order here.
pub(super) fn link(
    orders: &[Order],
    bookings: &[&Booking],
    joined: &[(usize, Vec<usize>)],
    apart: FxHashSet<usize>,
) -> Links {
    let mut by_number = ByNumber::default();
    for (at, order) in orders.iter().enumerate() {
        if let Some(number) = order.whole_number() {
            by_number.add(&number.key, at);
        }
    }
    let mut linker = Linker::new(orders, bookings, &by_number);
    linker.by_decision(joined);
    linker.undecided = apart;
    linker.by_whole_number(&by_number);
    linker.by_damaged_number();
    linker.by_end_of_number();
    linker.by_rest();
    linker.by_buyer();
    linker.by_sum();
    linker.by_near_number();
    linker.by_supplement();
    linker.again();
    Links { of_booking: linker.links, ambiguous: linker.ambiguous, joint: linker.joint }
}

struct Linker<'a> {
    orders: &'a [Order],
    bookings: &'a [&'a Booking],
    buyers: Vec<Buyer>,
    /// Orders of each buyer.
    own: Own,
    shops: Shops,
    links: Vec<Option<Link>>,
    /// How many bookings each order has.
    taken: Vec<u32>,
    ambiguous: Vec<(Vec<usize>, Vec<usize>)>,
    joint: Vec<Joint>,
    /// Bookings of which no order could be chosen, or several were.
    undecided: FxHashSet<usize>,
}

impl<'a> Linker<'a> {
    fn new(orders: &'a [Order], bookings: &'a [&'a Booking], by_number: &ByNumber<'_>) -> Self {
        let buyers = orders.iter().enumerate().filter_map(|(at, of)| Some((at, of.buyer.known()?)));
        let own = Own::of(buyers, |at| orders[at].amounts());
        let buyers: Vec<Buyer> =
            bookings.iter().map(|row| Buyer::of(row.buyer.as_deref())).collect();
        Self {
            orders,
            bookings,
            shops: Shops::learn(orders, bookings, &buyers, by_number),
            buyers,
            own,
            links: vec![None; bookings.len()],
            taken: vec![0; orders.len()],
            ambiguous: Vec::new(),
            joint: Vec::new(),
            undecided: FxHashSet::default(),
        }
    }

    /// Returns the bookings that are still without an order.
    fn open(&self) -> Vec<usize> {
        (0..self.bookings.len()).filter(|&at| self.is_open(at)).collect()
    }

    fn is_open(&self, booking: usize) -> bool {
        self.links[booking].is_none() && !self.undecided.contains(&booking)
    }

    fn form(&self, booking: usize) -> Option<(OrderForm, &'a str)> {
        self.bookings[booking].order_no.as_ref().map(|number| (number.form, &*number.key))
    }

    /// Returns the open bookings whose number has a form, with it.
    fn open_of(&self, form: OrderForm) -> Vec<(usize, &'a str)> {
        let numbers = self.open().into_iter().filter_map(|at| Some((at, self.form(at)?)));
        numbers.filter(|(_, (found, _))| *found == form).map(|(at, (_, key))| (at, key)).collect()
    }

    /// Links a booking to an order.
    fn take(&mut self, booking: usize, order: usize, certainty: Certainty, number: Option<Note>) {
        let (row, of) = (&self.bookings[booking], &self.orders[order]);
        let agreement = match number {
            None => Agreement::Equal,
            Some(Note::DocumentNoMissing) => Agreement::Missing,
            Some(_) => Agreement::Near,
        };
        let mut evidence = vec![stated(Field::DocumentNo, agreement)];
        if let Some(same) = of.buyer.agrees(&self.buyers[booking]) {
            evidence.push(stated(Field::OtherNo, equal_if(same)));
        }
        evidence.push(stated(Field::Amount, equal_if(of.is_worth(row.amount))));
        let days = of.days_from(row.date);
        if let Some(days) = days {
            evidence.push(stated(Field::Date, equal_if(days == 0)));
        }
        let dated = days.is_some_and(|days| days > 0).then_some(Note::Date);
        let shop = self.shops.relation(of, row);
        let other_shop = (shop != Shop::Same).then_some(Note::OtherShop);
        let notes = number.into_iter().chain(dated).chain(other_shop).collect();
        let certainty = match (certainty, shop) {
            (Certainty::Sure, Shop::Other) => Certainty::Suggested,
            // A name that was never seen may be the shop's as well: its buyer
            // and money decide.
            (Certainty::Sure, Shop::Doubtful) if !self.is_its_sale(booking, order) => {
                Certainty::Suggested
            }
            (certainty, _) => certainty,
        };
        self.links[booking] = Some(Link { order, certainty, notes, evidence });
        self.taken[order] += 1;
    }

    /// Whether an order is a booking's by its money, and by its buyer or a number
    /// that a platform gave.
    fn is_its_sale(&self, booking: usize, order: usize) -> bool {
        let of = &self.orders[order];
        let of_platform = self
            .form(booking)
            .is_some_and(|(form, key)| form == OrderForm::Whole && key.len() >= PLATFORM);
        let same_buyer = of.buyer.agrees(&self.buyers[booking]);
        same_buyer.unwrap_or(of_platform) && of.is_worth(self.bookings[booking].amount)
    }

    fn shop(&self, booking: usize, order: usize) -> Shop {
        self.shops.relation(&self.orders[order], self.bookings[booking])
    }

    fn by_decision(&mut self, joined: &[(usize, Vec<usize>)]) {
        let of_row: FxHashMap<usize, usize> = self
            .orders
            .iter()
            .enumerate()
            .flat_map(|(at, order)| order.rows.iter().map(move |&row| (row, at)))
            .collect();
        for (row, bookings) in joined {
            let Some(&order) = of_row.get(row) else { continue };
            for &booking in bookings {
                if self.links.get(booking).is_some_and(Option::is_none) {
                    let same = self.orders[order].number.as_ref().map(|number| &number.key)
                        == self.bookings[booking].order_no.as_ref().map(|number| &number.key);
                    let note = (!same).then_some(Note::DocumentNoMissing);
                    self.take(booking, order, Certainty::Sure, note);
                }
            }
        }
    }

    /// Takes a booking that is of several orders.
    fn take_jointly(&mut self, orders: Vec<usize>, booking: usize, named: bool) {
        orders.iter().for_each(|&order| self.taken[order] += 1);
        self.undecided.insert(booking);
        self.joint.push(Joint { orders, booking, named });
    }

    fn by_damaged_number(&mut self) {
        let damaged_orders: Vec<usize> =
            (0..self.orders.len()).filter(|&at| self.orders[at].whole_number().is_none()).collect();
        let order_no = |at: usize| self.orders[at].number.as_ref().map(|number| &*number.key);
        let damaged = self.open_of(OrderForm::Damaged);
        let whole = self.open_of(OrderForm::Whole);
        // A damaged booking of a whole order, or of one damaged alike.
        let orders = (0..self.orders.len()).filter_map(|at| Some((at, order_no(at)?)));
        let of_orders = Images::of(orders, damaged.iter().map(|&(_, key)| key));
        let order = |at: usize| self.orders[at].holder();
        let booking = |at: usize| Holder {
            amounts: vec![self.bookings[at].amount],
            buyer: self.buyers[at].known(),
        };
        let crowds = Crowds::new(&of_orders, &order, &self.own);
        let found = damaged.iter().map(|&(at, key)| (at, crowds.find(key, &booking(at))));
        let mut candidates: Vec<(usize, Found)> = found.collect();
        // A whole booking of a damaged order.
        let damaged_keys = damaged_orders.iter().filter_map(|&at| order_no(at));
        let of_bookings = Images::of(whole.iter().copied(), damaged_keys);
        let buyers = whole.iter().filter_map(|&(at, _)| Some((at, self.buyers[at].known()?)));
        let own = Own::of(buyers, |at| [self.bookings[at].amount]);
        let crowds = Crowds::new(&of_bookings, &booking, &own);
        let mut by_booking: BTreeMap<usize, Found> = BTreeMap::new();
        for &at in &damaged_orders {
            let Some(key) = order_no(at) else { continue };
            let found = crowds.find(key, &order(at));
            for booking in found.holders {
                let of = by_booking.entry(booking).or_default();
                of.holders.push(at);
                of.is_crowd |= found.is_crowd;
            }
        }
        candidates.extend(by_booking);
        self.decide(candidates, Note::DocumentNoDamaged);
    }

    fn by_end_of_number(&mut self) {
        let mut ends: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, order) in self.orders.iter().enumerate() {
            let Some(number) = order.whole_number() else { continue };
            if let Some(end) =
                number.key.len().checked_sub(TAIL).and_then(|at| number.key.get(at..))
            {
                ends.entry(end).or_default().push(at);
            }
        }
        let mut candidates = Vec::new();
        for booking in self.open() {
            let Some((OrderForm::Tail | OrderForm::Short, key)) = self.form(booking) else {
                continue;
            };
            let end = key.get(key.len().saturating_sub(TAIL)..).and_then(|end| ends.get(end));
            let ends_so = |order: &usize| {
                self.orders[*order].whole_number().is_some_and(|number| number.key.ends_with(key))
            };
            let found = end.into_iter().flatten().copied().filter(ends_so).collect();
            candidates.push((booking, Found { holders: found, is_crowd: false }));
        }
        self.decide(candidates, Note::DocumentNoTruncated);
    }

    /// Decides among the orders whose numbers a booking's may be: by the
    /// buyer, else by the amount. What is decided narrows the choice for the
    /// rest; what nothing decides is only suggested.
    fn decide(&mut self, mut candidates: Vec<(usize, Found)>, note: Note) {
        for _ in 0..ROUNDS {
            let chosen: Vec<Choice> =
                candidates.iter().map(|(booking, found)| self.choose(*booking, found)).collect();
            let mut claims: FxHashMap<usize, u32> = FxHashMap::default();
            for choice in chosen.iter().filter(|choice| choice.is_sure) {
                *claims.entry(choice.orders[0]).or_default() += 1;
            }
            let mut waiting = Vec::new();
            let before = candidates.len();
            for ((booking, found), choice) in candidates.into_iter().zip(chosen) {
                // Several that only the money speaks for have no order to
                // themselves.
                let contested = || claims.get(&choice.orders[0]).is_some_and(|&count| count > 1);
                if choice.is_sure && (choice.known_buyer || !contested()) {
                    self.take(booking, choice.orders[0], Certainty::Sure, Some(note));
                } else {
                    waiting.push((booking, found));
                }
            }
            candidates = waiting;
            if candidates.len() == before {
                break;
            }
        }
        for (booking, found) in candidates {
            let row = self.bookings[booking];
            let day = row.date;
            let mut orders = self.choose(booking, &found).orders;
            // What is left of a number that several may have had says nothing
            // alone.
            if found.is_crowd || found.holders.len() > 1 {
                let by_buyer =
                    |at: &usize| self.orders[*at].buyer.agrees(&self.buyers[booking]) == Some(true);
                orders.retain(|at| self.orders[*at].is_worth(row.amount) || by_buyer(at));
            }
            let nearest = orders.iter().min_by_key(|&&at| (self.orders[at].days_from(day), at));
            if let Some(&order) = nearest {
                self.take(booking, order, Certainty::Suggested, Some(note));
            }
        }
    }

    /// Narrows the orders that a booking may be of.
    fn choose(&self, booking: usize, found: &Found) -> Choice {
        let row = &self.bookings[booking];
        let buyer = &self.buyers[booking];
        let worth = |at: &usize| self.orders[*at].is_worth(row.amount);
        let by_buyer = |at: &usize| self.orders[*at].buyer.agrees(buyer) == Some(true);
        let is_other = |at: &usize| self.orders[*at].buyer.agrees(buyer) == Some(false);
        let mut orders: Vec<usize> =
            found.holders.iter().copied().filter(|at| !is_other(at)).collect();
        // Among many, some are always for the same money.
        let are_few = !found.is_crowd && orders.len() <= RIVALS;
        let known_buyer = orders.iter().any(by_buyer);
        // Somebody whom the platform hides may be this buyer as well.
        let hidden = orders.iter().any(|at| !by_buyer(at) && worth(at) && self.taken[*at] == 0);
        if known_buyer {
            orders.retain(by_buyer);
        }
        let same_amount = orders.iter().any(worth);
        if same_amount {
            orders.retain(worth);
        }
        if orders.iter().any(|&at| self.taken[at] == 0) {
            orders.retain(|&at| self.taken[at] == 0);
        }
        let near = |at: usize| self.orders[at].days_from(row.date).is_none_or(|days| days <= SOON);
        let is_sure = match orders[..] {
            [at] if known_buyer => same_amount || (!hidden && near(at)),
            [_] => same_amount && are_few,
            _ => false,
        };
        Choice { orders, known_buyer, is_sure }
    }

    /// Links bookings whose number no order has to orders of their buyers whose
    /// number is one slip away, or what theirs was before a spreadsheet cut it;
    /// suggests what the buyer bought for that money that day.
    fn by_near_number(&mut self) {
        for booking in self.open() {
            let Some((form, key)) = self.form(booking) else { continue };
            let Some(buyer) = self.buyers[booking].known() else { continue };
            let row = &self.bookings[booking];
            let free = self.free(self.own.near(buyer, row.amount));
            let slip = |&at: &usize| {
                let number = self.orders[at].whole_number()?;
                let note = match nearness(&number.key, key) {
                    Some(Nearness::Typo) => Note::DocumentNoTypo,
                    _ => how(key, &number.key).map(|_| Note::DocumentNoDamaged)?,
                };
                (form == OrderForm::Whole).then_some((at, note))
            };
            let near: Vec<(usize, Note)> = free.iter().filter_map(slip).collect();
            if let [(order, note)] = near[..] {
                self.take(booking, order, Certainty::Sure, Some(note));
                continue;
            }
            let likely = |at: &&usize| {
                let order = &self.orders[**at];
                let near = order.days_from(row.date).is_none_or(|days| days <= WINDOW);
                order.is_worth(row.amount) && near
            };
            let likely: Vec<usize> = free.iter().filter(likely).copied().collect();
            if let [order] = likely[..] {
                self.take(booking, order, Certainty::Suggested, Some(Note::DocumentNoTypo));
            }
        }
    }
}
