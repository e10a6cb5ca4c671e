//! What speaks for two entries being the same transaction, field by field, as
//! log2(m / u): how much likelier this is between partners than between
//! strangers. Hundredths of a bit, integers: the same on every machine.

mod figures;
mod frequencies;

use super::board::Board;
use super::causes::{PackHabit, in_units_of};
use super::explain::{Agreement, Evidence, Field};
use super::learn::{Knowledge, Relation};
use super::paper::{Fact, Figures, Kind, LATEST, day, is_other_year};
use super::sides::Side;
use super::spec::Spec;
use crate::engine::entry::EntryType;
pub(super) use figures::{distinctness, log2};
use figures::{money, same_amount, values};
pub(super) use frequencies::Frequencies;

/// Weight from which a pair is taken for sure.
pub(super) const SURE: i32 = 600;
/// Weight from which a pair is suggested.
pub(super) const LIKELY: i32 = 100;
/// By how much a sure pair must be better than the next best assignment.
pub(super) const MARGIN: i32 = 200;
/// What two different numbers weigh where numbers are shared.
const OTHER_NUMBER: i32 = -700;
/// What the same number weighs against under the date of another year.
const OTHER_YEAR: i32 = -1500;

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
    /// Whether they do although the quantities do not: 1200 at 1.00 and 10000
    /// at 0.12 only happen to be worth the same.
    pub(super) contradicts: bool,
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
        let returns = self.are_returns(left, right);
        let number = self.number(a, b, setting, returns);
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
            contradicts: same_amount && self.contradict(left, right),
            other_number: number.agreement == Agreement::Differs && number.weight < 0,
            evidence,
        }
    }

    /// Returns the left figures in the right entry's unit.
    pub(super) fn comparable(&self, left: usize, right: usize) -> Figures {
        let (a, b) = (self.board.fact(Side::Left, left), self.board.fact(Side::Right, right));
        in_unit_of(a.figures, b.figures, self.knowledge.pack(self.board, left, right))
    }

    /// Whether both say how many, and say it differently: not in boxes and
    /// pieces, of which one holds a whole number of the other.
    pub(super) fn contradict(&self, left: usize, right: usize) -> bool {
        let (a, b) = (self.board.fact(Side::Left, left), self.board.fact(Side::Right, right));
        let Some((few, many)) = self.comparable(left, right).quantity.zip(b.figures.quantity)
        else {
            return false;
        };
        let (few, many) = (few.abs().min(many.abs()), few.abs().max(many.abs()));
        let other_units = a.unit.is_some() && b.unit.is_some() && a.unit != b.unit;
        let is_multiple = || many.checked_rem(few).is_some_and(|rest| rest.is_zero());
        few != many && !(other_units && is_multiple())
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

    /// Whether both are returns of a party whose returns no number links.
    fn are_returns(&self, left: usize, right: usize) -> bool {
        let (a, b) = (self.board.papers.left.entry(left), self.board.papers.right.entry(right));
        [a, b].iter().all(|entry| entry.entry_type == EntryType::Return)
            && !self.knowledge.shares_return_numbers(self.board.fact(Side::Left, left).party)
    }

    fn number(&self, a: &Fact, b: &Fact, setting: Setting, returns: bool) -> Evidence {
        let (agreement, weight) = match setting {
            Setting::SameNumber { weight, .. } => (Agreement::Equal, weight),
            _ if a.numbers.is_empty() || b.numbers.is_empty() => (Agreement::Missing, 0),
            // Each side may number its returns for itself.
            _ if returns => (Agreement::Differs, 0),
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
    pub(super) fn commonness(&self, a: &Fact, b: &Fact) -> i32 {
        let again = self.frequencies.again(a).max(self.frequencies.again(b));
        if again == 0 {
            return i32::MAX;
        }
        let lines = u64::from(self.frequencies.lines(a));
        (log2(lines) - log2(u64::from(again))).max(0)
    }

    /// Whether the days of two entries belong to the notes of different years.
    /// A line without a date is of the period; an open item may be as old as
    /// it is.
    pub(super) fn is_other_year(&self, left: &Fact, right: &Fact) -> bool {
        let carried = |side: Side, fact: &Fact| self.spec.side(side).carried.contains(&fact.index);
        if carried(Side::Left, left) || carried(Side::Right, right) {
            return false;
        }
        let (from, to) = (self.spec.from.map(day), self.spec.to.map(day));
        match (left.day, right.day) {
            (Some(left), Some(right)) => is_other_year(left, right),
            (Some(day), None) | (None, Some(day)) => {
                from.is_some_and(|from| day < from - LATEST)
                    || to.is_some_and(|to| day > to + LATEST)
            }
            (None, None) => false,
        }
    }

    fn days(&self, a: &Fact, b: &Fact, setting: Setting) -> Option<Evidence> {
        if is_numbered(setting) && self.is_other_year(a, b) {
            let agreement = Agreement::Differs;
            return Some(Evidence { field: Field::Date, agreement, weight: OTHER_YEAR });
        }
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
