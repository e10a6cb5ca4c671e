//! The month as the engine gets it, and what a careful clerk would say of it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::{Days, NaiveDate};
use gendan::engine::matching::outcome::{CauseCode, Note, Reason, Status};
use gendan::location::{CellRef, Location, SheetId};
use gendan::records::DocumentNo;
use gendan::records::shop::{Booking, OrderNo, OrderRow, Refund, State};
use rust_decimal::Decimal;

use super::damage::Damage;
use super::register::Written;
use super::sketch::{Fate, Order, Sketch};

/// What is true of some rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Fact {
    pub(super) class: String,
    /// Rows of the export.
    pub(super) left: Vec<usize>,
    /// Rows of the register.
    pub(super) right: Vec<usize>,
    /// What may be said; nothing: whatever is not wrong.
    pub(super) statuses: Vec<Status>,
    pub(super) reason: Option<Reason>,
    pub(super) cause: Option<CauseCode>,
    pub(super) note: Option<Note>,
}

/// A generated month.
#[derive(Debug, Default)]
pub(super) struct Month {
    pub(super) export: Vec<OrderRow>,
    pub(super) register: Vec<Booking>,
    pub(super) facts: Vec<Fact>,
    /// Rows of the register that say the same have one kind.
    pub(super) kinds: Vec<usize>,
}

/// Writes both papers.
pub(super) fn month(sketch: Sketch) -> Month {
    let known = Known::of(&sketch.orders);
    let mut writer = Writer { sketch, known, month: Month::default() };
    for at in 0..writer.sketch.orders.len() {
        let order = writer.sketch.orders[at].clone();
        writer.order(&order);
    }
    writer.month
}

struct Writer {
    sketch: Sketch,
    known: Known,
    month: Month,
}

fn place(path: &str, row: usize) -> Location {
    thread_local! {
        static SHEETS: [Arc<SheetId>; 2] = ["export", "register"]
            .map(|path| Arc::new(SheetId { path: path.to_owned(), sheet: None }));
    }
    SHEETS.with(|sheets| {
        let sheet = &sheets[usize::from(path == "register")];
        Location::new(sheet, CellRef::new(row as u32, 0))
    })
}

fn day(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2026, 10, 1)?.checked_add_days(Days::new(day as u64 - 1))
}

fn number(text: &str, damaged: bool) -> Option<OrderNo> {
    OrderNo::of(&DocumentNo { text: Arc::from(text), damaged })
}

impl Writer {
    fn order(&mut self, order: &Order) {
        let left = self.export(order);
        let mut fact = Fact { class: class(order), left, ..Fact::default() };
        if order.written == Written::Never {
            fact.statuses = vec![Status::LeftOnly];
            fact.reason = Some(match order.fate {
                Fate::Unpaid => Reason::Unpaid,
                Fate::Closed => Reason::Closed,
                _ => Reason::NotInRegister,
            });
            self.month.facts.push(fact);
            return;
        }
        let first = self.month.register.len();
        self.bookings(order, &mut fact);
        let last = self.month.register.len();
        let extra = match order.written {
            Written::Twice => Some((Reason::DoubleBooked, "twice: the second")),
            Written::Invented => Some((Reason::NotInSales, "not in sales")),
            _ => None,
        };
        fact.right = (first..last - usize::from(extra.is_some())).collect();
        self.month.facts.push(fact);
        if let Some((reason, class)) = extra {
            self.month.facts.push(Fact {
                class: class.to_owned(),
                right: vec![last - 1],
                statuses: vec![Status::RightOnly],
                reason: Some(reason),
                ..Fact::default()
            });
        }
    }

    /// Writes the rows of the export.
    fn export(&mut self, order: &Order) -> Vec<usize> {
        let first = self.month.export.len();
        let counts = matches!(order.fate, Fate::Paid | Fate::Refunded);
        let paid = if counts { order.paid() } else { Decimal::ZERO };
        let refunded = order.fate == Fate::Refunded;
        for n in 0..order.items {
            let part = if order.items == 1 { paid } else { half(paid, n) };
            let whole = order.items == 1;
            self.month.export.push(OrderRow {
                order_no: number(&order.id.to_string(), false),
                sub_order_no: (!whole).then(|| Arc::from(format!("{}{n}", order.id))),
                buyer: Some(match order.masked {
                    true => Arc::from("t**1"),
                    false => Arc::from(order.buyer.as_str()),
                }),
                state: match order.fate {
                    Fate::Unpaid => State::Unpaid,
                    Fate::Closed => State::Closed,
                    _ => State::Paid,
                },
                refund: if refunded { Refund::Done } else { Refund::None },
                refunded: refunded.then(|| half(part, 0)),
                goods: whole.then_some(order.goods),
                postage: whole.then_some(order.postage),
                total: whole.then_some(order.goods + order.postage),
                item: Some(Arc::from(format!("item {n}"))),
                created: day(order.day),
                paid_on: day(order.day),
                ..OrderRow::bare(part, &place("export", first + n))
            });
        }
        (first..first + order.items).collect()
    }

    /// Writes what the register says of an order, and what is true of it.
    fn bookings(&mut self, order: &Order, fact: &mut Fact) {
        let id = order.id.to_string();
        let (paid, buyer) = (order.paid(), Some(order.buyer.clone()));
        fact.statuses = vec![Status::Matched];
        match order.written {
            Written::Never => {}
            Written::Once => self.book(order, number(&id, false), buyer, paid),
            Written::Twice => {
                self.book(order, number(&id, false), buyer.clone(), paid);
                self.month.kinds.push(self.month.kinds.len() - 1);
                self.book_again();
            }
            Written::Parcels => {
                fact.note = Some(Note::Split).filter(|_| order.items == 1);
                let part = half(paid, 0);
                self.book(order, number(&id, false), buyer.clone(), part);
                self.book(order, number(&id, false), buyer, paid - part);
            }
            Written::Damaged(damage) => {
                let found = damage.of(order.id);
                let whole = found == id;
                self.book(order, number(&found, !whole), buyer, paid);
                fact.statuses = self.known.statuses(order);
                fact.note = Some(Note::DocumentNoDamaged).filter(|_| !whole);
            }
            Written::LastDigits => {
                let end = format!("尾号{:04}", order.id % 10_000);
                self.book(order, number(&end, false), buyer, paid);
                fact.statuses = self.known.statuses(order);
                fact.note = Some(Note::DocumentNoTruncated);
            }
            Written::WithoutNumber => {
                self.book(order, None, buyer, paid);
                fact.statuses = self.known.statuses(order);
                fact.note = Some(Note::DocumentNoMissing);
            }
            Written::WithoutAnything => {
                self.book(order, None, None, paid);
                fact.statuses.clear();
            }
            Written::Mistyped => {
                let found = mistyped(&id, order.id);
                self.book(order, number(&found, false), buyer, paid);
                fact.statuses.push(Status::Suggested);
                fact.note = Some(Note::DocumentNoTypo);
                if order.masked || self.known.ids.contains(&found) {
                    // Nothing else says whose it is.
                    (fact.statuses, fact.note) = (Vec::new(), None);
                }
            }
            Written::OtherWidth => {
                let wide: String = id.chars().map(full_width).collect();
                self.book(order, number(&wide, false), buyer, paid);
            }
            Written::OtherBuyer => {
                let wide: String = order.buyer.to_uppercase().chars().map(full_width).collect();
                self.book(order, number(&id, false), Some(format!(" {wide}")), paid);
            }
            Written::AmountTyped => {
                self.book(order, number(&id, false), buyer, swapped(paid));
                fact.statuses = vec![Status::Differs];
                fact.cause = Some(CauseCode::TransposedDigits);
            }
            Written::WithoutPostage => {
                self.book(order, number(&id, false), buyer, order.goods);
                fact.statuses = vec![Status::Differs];
                fact.cause = Some(CauseCode::Freight).filter(|_| order.items == 1);
            }
            Written::BeforeDiscount => {
                self.book(order, number(&id, false), buyer, order.goods);
                fact.statuses = vec![Status::Differs];
                fact.cause = Some(CauseCode::Discount).filter(|_| order.items == 1);
            }
            Written::Invented => {
                self.book(order, number(&id, false), buyer, paid);
                let other = (order.id + 3_000_000_000_000_000).to_string();
                self.book(order, number(&other, false), Some(format!("{id}新客")), paid);
            }
        }
        if matches!(order.fate, Fate::Unpaid | Fate::Closed) {
            // It is booked for money that never came.
            let sure = fact.statuses == [Status::Matched];
            fact.statuses = if sure { vec![Status::Differs] } else { Vec::new() };
            let unpaid = order.fate == Fate::Unpaid;
            fact.reason = Some(if unpaid { Reason::Unpaid } else { Reason::Closed });
            fact.reason = fact.reason.filter(|_| sure);
        }
    }

    fn book(
        &mut self,
        order: &Order,
        order_no: Option<OrderNo>,
        buyer: Option<String>,
        amount: Decimal,
    ) {
        let late = self.sketch.random.between(0, 1);
        let row = self.month.register.len();
        if self.month.kinds.len() == row {
            self.month.kinds.push(row);
        }
        self.month.register.push(Booking {
            date: day(order.day + late),
            shop: None,
            buyer: buyer.map(Arc::from),
            order_no,
            more_nos: Box::default(),
            item: None,
            amount,
            remark: None,
            at: place("register", row),
        });
    }

    /// Writes the last row once more.
    fn book_again(&mut self) {
        let row = self.month.register.len();
        if let Some(last) = self.month.register.last().cloned() {
            self.month.register.push(Booking { at: place("register", row), ..last });
        }
    }
}

fn class(order: &Order) -> String {
    match (order.written, order.fate) {
        (Written::Once, Fate::Paid) if order.items > 1 => "several rows".to_owned(),
        (Written::Once | Written::Never, Fate::Unpaid | Fate::Closed | Fate::Refunded) => {
            format!("{:?}, {:?}", order.fate, order.written).to_lowercase()
        }
        (written, _) => format!("{written:?}").to_lowercase(),
    }
}

fn half(amount: Decimal, n: usize) -> Decimal {
    let part = (amount / Decimal::TWO).trunc();
    if n == 0 { part } else { amount - part }
}

/// One key wrong among the last six.
fn mistyped(text: &str, id: u64) -> String {
    let mut digits = text.as_bytes().to_vec();
    let at = digits.len() - 2 - (id % 4) as usize;
    digits[at] = b'0' + (digits[at] - b'0' + 1 + (id / 7 % 8) as u8) % 10;
    String::from_utf8_lossy(&digits).into_owned()
}

fn full_width(digit: char) -> char {
    match digit {
        '!'..='~' => char::from_u32(digit as u32 + 0xFEE0).unwrap_or(digit),
        _ => digit,
    }
}

/// Two neighbouring digits the wrong way round; an amount of equal digits is
/// ten times itself.
fn swapped(amount: Decimal) -> Decimal {
    let digits = amount.mantissa().to_string().into_bytes();
    for at in 1..digits.len() {
        let mut other = digits.clone();
        other.swap(at - 1, at);
        let leads = other[0] != b'0' && other != digits;
        if let (true, Ok(mantissa)) = (leads, String::from_utf8_lossy(&other).parse::<i64>()) {
            return Decimal::new(mantissa, amount.scale());
        }
    }
    amount * Decimal::TEN
}

/// What is left of a number: orders that share it cannot be told by it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Left {
    Digits(String),
    End(u64),
    Nothing,
}

/// What can be told of bookings without a whole number, by what is left of it,
/// the buyer and the amount, among the orders that nobody has booked by their
/// whole numbers.
#[derive(Debug, Default)]
struct Known {
    ids: HashSet<String>,
    /// Orders by buyer, and by what is left of the numbers of hidden buyers.
    by_buyer: HashMap<String, Vec<(u64, Decimal)>>,
    hidden: HashMap<Left, usize>,
    hidden_for: HashMap<(Left, Decimal), usize>,
}

impl Known {
    fn of(orders: &[Order]) -> Self {
        let mut known = Self::default();
        for order in orders {
            known.ids.insert(order.id.to_string());
            let open = matches!(
                order.written,
                Written::Never
                    | Written::Damaged(_)
                    | Written::LastDigits
                    | Written::WithoutNumber
                    | Written::WithoutAnything
                    | Written::Mistyped
            );
            if !open {
                continue;
            }
            if !order.masked {
                let of_buyer = known.by_buyer.entry(order.buyer.clone()).or_default();
                of_buyer.push((order.id, order.paid()));
                continue;
            }
            for left in everything_left_of(order.id) {
                *known.hidden.entry(left.clone()).or_default() += 1;
                *known.hidden_for.entry((left, order.paid())).or_default() += 1;
            }
        }
        known
    }

    /// Returns what may be said of an order's booking: surely the same where
    /// the buyer and one order are left, or one of them for this money.
    fn statuses(&self, order: &Order) -> Vec<Status> {
        let left = match order.written {
            Written::Damaged(damage) => Left::Digits(damage.of(order.id)),
            Written::LastDigits => Left::End(order.id % 10_000),
            _ => Left::Nothing,
        };
        let of_buyer = self.by_buyer.get(&order.buyer).map_or(&[][..], Vec::as_slice);
        let meets = |id: u64| everything_left_of(id).contains(&left);
        let meeting: Vec<_> = of_buyer.iter().filter(|(id, _)| meets(*id)).collect();
        if !order.masked {
            let worth = meeting.iter().filter(|(_, paid)| *paid == order.paid()).count();
            let decided = meeting.len() == 1 || worth == 1;
            return if decided { vec![Status::Matched] } else { Vec::new() };
        }
        // The buyer bought something else that fits as well.
        if !meeting.is_empty() || left == Left::Nothing {
            return Vec::new();
        }
        let count = |of: Option<&usize>| of.copied().unwrap_or_default();
        let key = (left.clone(), order.paid());
        match (count(self.hidden.get(&left)), count(self.hidden_for.get(&key))) {
            (1, _) => vec![Status::Matched],
            (_, 1) => vec![Status::Matched, Status::Suggested],
            _ => Vec::new(),
        }
    }
}

/// Everything that may be left of a number.
fn everything_left_of(id: u64) -> HashSet<Left> {
    let mut left: HashSet<Left> =
        Damage::ALL.iter().map(|damage| Left::Digits(damage.of(id))).collect();
    // An exponent may have been cut as well as rounded.
    for (damage, digits) in [(Damage::SixDigits, 6), (Damage::ThreeDigits, 3)] {
        let unit = 10_u64.pow(19 - digits);
        left.insert(Left::Digits(damage.of(id / unit * unit)));
    }
    left.insert(Left::End(id % 10_000));
    left.insert(Left::Nothing);
    left
}
