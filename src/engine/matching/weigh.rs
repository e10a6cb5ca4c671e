//! What speaks for two entries being the same transaction, field by field, as
//! log2(m / u): how much likelier this is between partners than between
//! strangers. Hundredths of a bit, integers: the same on every machine.

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::board::Board;
use super::causes::{PackHabit, in_units_of, slip};
use super::explain::{Agreement, Evidence, Field};
use super::learn::{Knowledge, Relation};
use super::names::Id;
use super::paper::{Fact, Figures, Kind};
use super::sides::{Both, Side};
use super::spec::Spec;

/// Weight from which a pair is taken for sure.
pub(super) const SURE: i32 = 600;
/// Weight from which a pair is suggested.
pub(super) const LIKELY: i32 = 100;
/// By how much a sure pair must be better than the next best assignment.
pub(super) const MARGIN: i32 = 200;
/// What it weighs that a slip of the pen makes one figure of the other.
const SLIP: i32 = 100;
/// What two different numbers weigh where numbers are shared.
const OTHER_NUMBER: i32 = -700;

/// Returns what it weighs to share a number of so many letters and digits:
/// `7` may be a line of a list, `HJ26101799` is one note.
pub(super) fn weight_of_number(length: u8) -> i32 {
    match length {
        0..=2 => 500,
        3 => 800,
        4 => 1000,
        _ => 1200,
    }
}

/// How often each value occurs among the entries of a party.
#[derive(Debug, Default)]
pub(super) struct Frequencies {
    lines: FxHashMap<(Id, Kind), Both<u32>>,
    amounts: FxHashMap<(Id, Kind, Decimal), Both<u32>>,
    items: FxHashMap<(Id, u8, Id), Both<u32>>,
}

impl Frequencies {
    /// Counts both papers.
    pub(super) fn count(board: &Board<'_>) -> Self {
        let mut counts = Self::default();
        for side in Side::BOTH {
            for fact in board.facts(side) {
                let key = (fact.party, fact.kind);
                *counts.lines.entry(key).or_default().of_mut(side) += 1;
                let key = (fact.party, fact.kind, fact.figures.amount.abs());
                *counts.amounts.entry(key).or_default().of_mut(side) += 1;
                let Some(item) = fact.item else { continue };
                let (tag, id) = match item.key() {
                    super::item::ItemKey::Code(id) => (0, id),
                    super::item::ItemKey::Words(id) => (1, id),
                };
                *counts.items.entry((fact.party, tag, id)).or_default().of_mut(side) += 1;
            }
        }
        counts
    }

    fn lines(&self, fact: &Fact) -> u32 {
        self.lines.get(&(fact.party, fact.kind)).map_or(1, |both| both.left.max(both.right))
    }

    /// How often the amount occurs again beside this one time.
    fn again(&self, fact: &Fact) -> u32 {
        let key = (fact.party, fact.kind, fact.figures.amount.abs());
        let count = self.amounts.get(&key).map_or(1, |both| both.left.max(both.right));
        count.saturating_sub(1)
    }

    fn item(&self, fact: &Fact) -> u32 {
        let Some(item) = fact.item else { return self.lines(fact) };
        let (tag, id) = match item.key() {
            super::item::ItemKey::Code(id) => (0, id),
            super::item::ItemKey::Words(id) => (1, id),
        };
        let count = self.items.get(&(fact.party, tag, id));
        count.map_or(1, |both| both.left.max(both.right)).max(1)
    }
}

/// Where two entries are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Setting {
    /// Under one number.
    SameNumber {
        /// What sharing the number weighs.
        weight: i32,
        /// Lines of the note, on the side that has more.
        lines: usize,
        /// Those of them that are still to be placed.
        open: usize,
        /// Whether the number covers several days on one side, so that days
        /// tell its deliveries apart.
        several_days: bool,
    },
    /// Without a number that links them.
    NoNumber {
        /// Entries of each kind that compete, on the side that has more.
        rivals: [usize; 3],
    },
}

/// Compares entries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale<'a, 'b> {
    pub(super) board: &'a Board<'b>,
    pub(super) knowledge: &'a Knowledge,
    pub(super) frequencies: &'a Frequencies,
    pub(super) spec: &'a Spec,
}

/// A pair that was compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Weighed {
    pub(super) evidence: Vec<Evidence>,
    /// Sum of all evidence, and what is known before any.
    pub(super) total: i32,
    pub(super) relation: Relation,
    /// Whether the amounts agree to the cent, on one basis.
    pub(super) same_amount: bool,
    /// Whether both carry numbers that contradict each other.
    pub(super) other_number: bool,
}

impl Weighed {
    /// Whether the two name the same item and quantity on the same day.
    pub(super) fn has_same_goods(&self) -> bool {
        [Field::Item, Field::Quantity, Field::Date].into_iter().all(|field| {
            let agrees = |one: &Evidence| one.field == field && one.agreement == Agreement::Equal;
            self.evidence.iter().any(agrees)
        })
    }
}

impl Scale<'_, '_> {
    /// Compares one left and one right entry.
    pub(super) fn weigh(&self, left: usize, right: usize, setting: Setting) -> Weighed {
        let (a, b) = (self.board.fact(Side::Left, left), self.board.fact(Side::Right, right));
        let relation = self.knowledge.relation(self.board, left, right);
        let pack = self.knowledge.pack(self.board, left, right);
        let (ours, theirs) = (in_unit_of(a.figures, b.figures, pack), b.figures);
        let same_amount = same_amount(ours, theirs);
        let mut evidence = Vec::with_capacity(8);
        let number = self.number(a, b, setting);
        evidence.push(number);
        evidence.extend(other_numbers(a, b));
        evidence.push(self.item(a, b, relation, setting));
        let pack = pack.map(|pack| pack.factor);
        evidence.extend(values(ours, theirs, relation, self.commonness(a, b), pack));
        let is_money = self.is_money(left, right);
        if is_money {
            money(&mut evidence, a, b);
        }
        evidence.extend(self.days(a, b, setting));
        evidence.extend(self.types(left, right));
        let sum: i32 = evidence.iter().map(|one| one.weight).sum();
        let prior = match is_money && same_amount {
            // Only those of the same amount compete.
            true => -log2(u64::from(self.frequencies.again(a).max(self.frequencies.again(b))) + 1),
            false => self.prior(a, relation, setting),
        };
        Weighed {
            total: sum + prior,
            relation,
            same_amount,
            other_number: number.agreement == Agreement::Differs && number.weight < 0,
            evidence,
        }
    }

    /// Returns the left figures in the right entry's unit.
    pub(super) fn comparable(&self, left: usize, right: usize) -> Figures {
        let (a, b) = (self.board.fact(Side::Left, left), self.board.fact(Side::Right, right));
        in_unit_of(a.figures, b.figures, self.knowledge.pack(self.board, left, right))
    }

    /// What is known before any field is compared: one of the rivals, or
    /// nobody.
    fn prior(&self, fact: &Fact, relation: Relation, setting: Setting) -> i32 {
        match setting {
            // One note holds an item once; rivals are told by the margin.
            Setting::SameNumber { several_days: false, .. } if relation == Relation::Same => 0,
            // What is left of a note when the rest is settled competes with
            // nobody else, if its words do not speak against it.
            Setting::SameNumber { open, .. } if matches!(relation, Relation::Like(_)) => {
                one_of(open)
            }
            Setting::SameNumber { lines, .. } => one_of(lines),
            Setting::NoNumber { rivals } => {
                let expected = if self.knowledge.lacks_numbers(fact.party) { 500 } else { 0 };
                (expected - log2(rivals[fact.kind as usize] as u64)).min(0)
            }
        }
    }

    /// Whether both are money of the same type that no number tells apart: a
    /// payment, a deduction, a charge.
    fn is_money(&self, left: usize, right: usize) -> bool {
        let (a, b) = (self.board.papers.left.entry(left), self.board.papers.right.entry(right));
        a.entry_type == b.entry_type && Kind::of(a.entry_type) != Kind::Trade
    }

    fn number(&self, a: &Fact, b: &Fact, setting: Setting) -> Evidence {
        let (agreement, weight) = match setting {
            Setting::SameNumber { weight, .. } => (Agreement::Equal, weight),
            _ if a.numbers.is_empty() || b.numbers.is_empty() => (Agreement::Missing, 0),
            _ if self.knowledge.shares_numbers(a.party) => (Agreement::Differs, OTHER_NUMBER),
            _ => (Agreement::Differs, 0),
        };
        Evidence { field: Field::DocumentNo, agreement, weight }
    }

    fn item(&self, a: &Fact, b: &Fact, relation: Relation, setting: Setting) -> Evidence {
        let common = self.frequencies.item(a).max(self.frequencies.item(b));
        let rarity = log2(u64::from(self.frequencies.lines(a))) - log2(u64::from(common));
        let same = rarity.clamp(200, 600);
        let (agreement, weight) = match relation {
            Relation::Same => (Agreement::Equal, same),
            Relation::Like(percent) => (Agreement::Near, same * i32::from(percent) / 200),
            Relation::Unknown => (Agreement::Missing, 0),
            Relation::Unlike if is_numbered(setting) => (Agreement::Differs, -800),
            Relation::Different if is_numbered(setting) => (Agreement::Differs, -1500),
            _ => (Agreement::Differs, -1000),
        };
        Evidence { field: Field::Item, agreement, weight }
    }

    /// How much an equal amount is worth less because it is common here.
    fn commonness(&self, a: &Fact, b: &Fact) -> i32 {
        let again = self.frequencies.again(a).max(self.frequencies.again(b));
        if again == 0 {
            return i32::MAX;
        }
        let lines = u64::from(self.frequencies.lines(a));
        (log2(lines) - log2(u64::from(again))).max(0)
    }

    fn days(&self, a: &Fact, b: &Fact, setting: Setting) -> Option<Evidence> {
        let apart = (a.day? - b.day?).abs();
        let several_days = matches!(setting, Setting::SameNumber { several_days: true, .. });
        let weight = match (apart, setting) {
            (0, _) => 350,
            (_, Setting::SameNumber { .. }) if several_days => {
                -i32::try_from(apart.min(6)).unwrap_or(6) * 150
            }
            (_, Setting::SameNumber { .. }) => -i32::try_from(apart.min(30)).unwrap_or(30) * 5,
            (1, _) => 200,
            (2..=3, _) if a.kind == Kind::Payment => 150,
            (2..=3, _) => 100,
            _ if apart <= self.window(a) => 0,
            _ => -600,
        };
        let agreement = match apart {
            0 => Agreement::Equal,
            _ if apart <= self.window(a) => Agreement::Near,
            _ => Agreement::Differs,
        };
        Some(Evidence { field: Field::Date, agreement, weight })
    }

    /// Returns the days that two entries of this kind may be apart.
    pub(super) fn window(&self, fact: &Fact) -> i64 {
        if fact.kind == Kind::Payment { self.spec.payment_window } else { self.spec.date_window }
    }

    fn types(&self, left: usize, right: usize) -> Option<Evidence> {
        let (a, b) = (self.board.papers.left.entry(left), self.board.papers.right.entry(right));
        let turned = a.amount.is_sign_negative() != b.amount.is_sign_negative()
            && !a.amount.is_zero()
            && !b.amount.is_zero();
        if a.entry_type == b.entry_type && !turned {
            return None;
        }
        let weight = if turned && a.amount != -b.amount { -900 } else { -200 };
        Some(Evidence { field: Field::Type, agreement: Agreement::Differs, weight })
    }
}

fn in_unit_of(left: Figures, right: Figures, pack: Option<PackHabit>) -> Figures {
    pack.and_then(|pack| in_units_of(left, right, pack)).unwrap_or(left)
}

/// What is known of one of so many lines of a note.
fn one_of(lines: usize) -> i32 {
    -log2(lines as u64) - 200 * i32::from(lines > 1)
}

fn is_numbered(setting: Setting) -> bool {
    matches!(setting, Setting::SameNumber { .. })
}

fn other_numbers(a: &Fact, b: &Fact) -> Option<Evidence> {
    if a.other_numbers.is_empty() || b.other_numbers.is_empty() {
        return None;
    }
    let shared = a.other_numbers.iter().any(|number| b.other_numbers.contains(number));
    let (agreement, weight) =
        if shared { (Agreement::Equal, 500) } else { (Agreement::Differs, -50) };
    Some(Evidence { field: Field::OtherNo, agreement, weight })
}

/// Whether two amounts agree: to the cent, or but for the rounding of one line
/// where quantity and price are the same.
pub(super) fn same_amount(a: Figures, b: Figures) -> bool {
    let (one, other) = (a.amount.abs(), b.amount.abs());
    let same = |a: Option<Decimal>, b: Option<Decimal>| {
        a.is_some() && a.map(|a| a.abs()) == b.map(|b| b.abs())
    };
    let rounded = same(a.quantity, b.quantity) && same(a.price, b.price);
    one == other || (rounded && (one - other).abs() <= Decimal::new(1, 2))
}

/// Quantity, price and amount. They hang together: what an equal amount adds
/// to an equal quantity of the same item is little, so the stronger of the two
/// counts, and the other a little.
fn values(
    a: Figures,
    b: Figures,
    relation: Relation,
    commonness: i32,
    pack: Option<Decimal>,
) -> Vec<Evidence> {
    let mut evidence = Vec::with_capacity(3);
    let slipped =
        |a: Option<Decimal>, b: Option<Decimal>| a.zip(b).is_some_and(|(a, b)| is_slip(a, b, pack));
    let slips = (slipped(a.quantity, b.quantity), slipped(a.price, b.price));
    let same = |a: Option<Decimal>, b: Option<Decimal>| a.is_some() && a == b;
    // A slip of the pen explains all that differs.
    let explained =
        (slips.0 || same(a.quantity, b.quantity)) && (slips.1 || same(a.price, b.price));
    let same_amount = same_amount(a, b);
    let same_quantity = a.quantity.zip(b.quantity).map(|(a, b)| a.abs() == b.abs());
    let of_quantity = a.quantity.map_or(0, distinctness).min(commonness.max(200));
    let of_amount = match (relation, same_quantity) {
        (Relation::Same, Some(true)) => of_quantity.max(300),
        _ => distinctness(a.amount),
    }
    .min(commonness);
    if let Some(same) = same_quantity {
        let weight = match same {
            true if same_amount => (of_quantity - of_amount).max(0) + 100,
            true => of_quantity,
            false if slips.0 => SLIP,
            false => apart(a.quantity, b.quantity, [50, 0, -100, -200]),
        };
        evidence.push(one(Field::Quantity, same, weight));
    }
    if let Some((a, b)) = a.price.zip(b.price) {
        let same = if relation == Relation::Same { 100 } else { 250 };
        let weight = match a == b {
            true => same,
            false if slips.1 => SLIP,
            false => apart(Some(a), Some(b), [0, -50, -100, -200]),
        };
        evidence.push(one(Field::UnitPrice, a == b, weight));
    }
    let weight = match same_amount {
        true => of_amount,
        false if explained => 0,
        false => apart(Some(a.amount), Some(b.amount), [-100, -300, -400, -500]),
    };
    evidence.push(one(Field::Amount, same_amount, weight));
    evidence
}

/// Two payments of one party and amount are hardly ever strangers, however
/// round the amount; which of several belong together, the days tell. So with
/// deductions and charges of the same day. A payment that lacks no more than a
/// bank's fee is near.
fn money(evidence: &mut [Evidence], a: &Fact, b: &Fact) {
    /// What a bank takes at the most.
    const FEE: Decimal = Decimal::ONE_HUNDRED;
    let (one, other) = (a.figures.amount, b.figures.amount);
    let near_days = a.day.zip(b.day).is_some_and(|(a, b)| (a - b).abs() <= 3);
    let off = one.checked_sub(other).unwrap_or(Decimal::MAX).abs();
    let is_payment = a.kind == Kind::Payment;
    let is_fee = is_payment
        && off <= FEE
        && off.checked_mul(Decimal::ONE_HUNDRED).is_some_and(|off| off <= one.abs());
    let least = match off.is_zero() {
        true if is_payment || near_days => 700,
        false if is_fee => 300,
        _ => return,
    };
    if let Some(amount) = evidence.iter_mut().find(|one| one.field == Field::Amount) {
        amount.weight = amount.weight.max(least);
        if !off.is_zero() {
            amount.agreement = Agreement::Near;
        }
    }
}

fn one(field: Field, same: bool, weight: i32) -> Evidence {
    let agreement = if same { Agreement::Equal } else { Agreement::Differs };
    Evidence { field, agreement, weight }
}

/// Whether one figure is the other with a slip of the pen: two digits swapped,
/// the point in the wrong place, a box taken for a piece. Strangers hardly
/// ever are.
fn is_slip(a: Decimal, b: Decimal, pack: Option<Decimal>) -> bool {
    let (a, b) = (a.abs(), b.abs());
    let packed = |pack: Decimal| a.checked_mul(pack) == Some(b) || b.checked_mul(pack) == Some(a);
    a != b && (slip(a, b).is_some() || pack.is_some_and(packed))
}

/// Weighs how far apart two figures are: within 5 %, within 20 %, within half,
/// or farther.
fn apart(a: Option<Decimal>, b: Option<Decimal>, weights: [i32; 4]) -> i32 {
    let (Some(a), Some(b)) = (a, b) else { return 0 };
    let (a, b) = (a.abs(), b.abs());
    let larger = a.max(b);
    let part = (a - b).abs().checked_div(larger).unwrap_or(Decimal::ZERO);
    let limits = [Decimal::new(5, 2), Decimal::new(2, 1), Decimal::new(5, 1)];
    let class = limits.iter().position(|&limit| part <= limit).unwrap_or(3);
    weights[class]
}

/// How telling a figure is: 10000.00 can be anything, 13867.42 hardly.
pub(super) fn distinctness(figure: Decimal) -> i32 {
    let mut digits = figure.normalize().mantissa().unsigned_abs();
    while digits != 0 && digits.is_multiple_of(10) {
        digits /= 10;
    }
    match digits.checked_ilog10().map_or(0, |log| log + 1) {
        0 => 0,
        1 => 400,
        2 => 550,
        3 => 800,
        4 => 1050,
        5 => 1300,
        _ => 1500,
    }
}

/// Returns log2 in hundredths, rounded down between eighths.
pub(super) fn log2(number: u64) -> i32 {
    let number = number.max(1);
    let whole = number.ilog2();
    // The next three bits after the first, as eighths: log2(1 + x/8).
    const EIGHTHS: [i32; 8] = [0, 17, 32, 46, 58, 70, 81, 91];
    let next = if whole >= 3 { (number >> (whole - 3)) & 7 } else { (number << (3 - whole)) & 7 };
    whole as i32 * 100 + EIGHTHS[next as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_figures_tell_little() {
        let of = |text: &str| distinctness(text.parse().unwrap());
        assert!(of("10000.00") < of("2500"));
        assert!(of("2500") < of("126"));
        assert!(of("126") < of("13867.42"));
        assert_eq!(of("0"), 0);
    }

    #[test]
    fn logarithms_are_whole_numbers() {
        assert_eq!(log2(0), 0);
        assert_eq!(log2(1), 0);
        assert_eq!(log2(8), 300);
        assert_eq!(log2(12), 358);
        assert!(log2(1_000_000) > 1990 && log2(1_000_000) < 1994);
    }
}
