//! Why a line is what it is, in a sentence: the causes with both sides'
//! figures, what agrees, what came nearest and why that failed.

use rust_decimal::Decimal;

use super::checked::Checked;
use super::json::money;
use super::sheets::quantity;
use super::terms::Terms;
use super::words;
use crate::engine::entry::Entry;
use crate::engine::matching::explain::{Agreement, FailedTest, Field, Nearest};
use crate::engine::matching::outcome::{Cause, CauseCode, Line, Status};
use crate::engine::matching::sides::Side;
use crate::lang::Lang;
use crate::location::Location;
use crate::report::format;
use crate::report::labels::{fill, text};

/// What stands for a figure that a side does not have.
const NONE: &str = "—";

/// Explains one line.
pub(super) fn explain(line: &Line, checked: Checked<'_>, terms: &Terms, lang: Lang) -> String {
    let told = Telling { line, left: checked.left, right: checked.right, terms, lang };
    let parts = match line.status {
        Status::Ambiguous => vec![told.ambiguous()],
        Status::Matched => told.matched(),
        Status::Differs => told.causes(),
        Status::Suggested => told.suggested(),
        Status::LeftOnly | Status::RightOnly => told.alone(),
    };
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(text(lang, "lines.separator"))
}

struct Telling<'a> {
    line: &'a Line,
    left: &'a [Entry],
    right: &'a [Entry],
    terms: &'a Terms,
    lang: Lang,
}

impl Telling<'_> {
    fn ambiguous(&self) -> String {
        let places: Vec<Location> = self.entries().map(|entry| entry.at.clone()).collect();
        let (left, right) = (self.line.left.len().to_string(), self.line.right.len().to_string());
        let places = self.listed(&places);
        let values = [("left", &*left), ("right", &*right), ("places", &*places)];
        self.fill("lines.ambiguous", &values)
    }

    fn matched(&self) -> Vec<String> {
        let mut parts = vec![self.agreeing()];
        parts.extend(self.causes());
        parts
    }

    fn suggested(&self) -> Vec<String> {
        let mut parts = self.matched();
        if let Some(runner_up) = self.line.runner_up {
            let place = self.place(runner_up.side, runner_up.index);
            parts.push(fill(self.lang, "lines.runner_up", &[("place", &place)]));
        }
        if let Some(count) = self.line.coincidences {
            let count = count.round_dp(2).normalize().to_string();
            parts.push(fill(self.lang, "lines.coincidence", &[("count", &count)]));
        }
        parts
    }

    fn alone(&self) -> Vec<String> {
        let mut parts: Vec<String> =
            self.line.reason.iter().map(|&r| words::reason(r, self.terms, self.lang)).collect();
        parts.extend(self.line.causes.iter().map(|cause| self.cause(cause)));
        if !self.line.related.is_empty() {
            let places = self.listed(&self.line.related);
            parts.push(fill(self.lang, "lines.related", &[("places", &places)]));
        }
        if let Some(place) = &self.line.reversal {
            let place = format::place(place);
            parts.push(fill(self.lang, "lines.reversal", &[("place", &place)]));
        }
        // What was named already need not be named as the nearest again.
        let named = |nearest: &&Nearest| {
            let place = self.entry(nearest.side, nearest.index).map(|entry| &entry.at);
            !place.is_some_and(|place| self.line.related.contains(place))
        };
        let nearest = self.line.nearest.as_deref().filter(named);
        parts.extend(nearest.map(|nearest| self.nearest(nearest)));
        parts
    }

    /// Returns causes and notes, and the reason of a pair that is not settled.
    fn causes(&self) -> Vec<String> {
        let reason = self.line.reason.map(|reason| words::word(reason, self.lang));
        // A reason tells what no cause does.
        let told = |cause: &&Cause| reason.is_none() || cause.code != CauseCode::Unexplained;
        let causes = self.line.causes.iter().filter(told).map(|cause| self.cause(cause));
        let notes = self.line.notes.iter().map(|&note| words::word(note, self.lang));
        reason.iter().cloned().chain(causes).chain(notes).collect()
    }

    fn agreeing(&self) -> String {
        let equal = self.line.evidence.iter().filter(|found| found.agreement == Agreement::Equal);
        let fields: Vec<Field> = equal.map(|found| found.field).collect();
        if fields.is_empty() {
            return String::new();
        }
        fill(self.lang, "lines.agree", &[("fields", &self.fields(&fields))])
    }

    fn nearest(&self, nearest: &Nearest) -> String {
        let place = self.place(nearest.side, nearest.index);
        let failed = self.failed(&nearest.failed);
        if nearest.agrees.is_empty() {
            return fill(self.lang, "lines.nearest", &[("place", &place), ("failed", &failed)]);
        }
        let fields = self.fields(&nearest.agrees);
        let values = [("place", &*place), ("fields", &*fields), ("failed", &*failed)];
        fill(self.lang, "lines.nearest_agrees", &values)
    }

    fn failed(&self, test: &FailedTest) -> String {
        let key = match test {
            FailedTest::Taken => "lines.failed_taken",
            FailedTest::Party => "lines.failed_party",
            FailedTest::Type => "lines.failed_type",
            FailedTest::DocumentNo => "lines.failed_document_no",
            FailedTest::Item => "lines.failed_item",
            FailedTest::Evidence { .. } => "lines.failed_evidence",
            FailedTest::Quantity { difference } => {
                let difference = difference.normalize().to_string();
                return fill(self.lang, "lines.failed_quantity", &[("difference", &difference)]);
            }
            FailedTest::Amount { difference, tax_rate: None } => {
                let difference = money(*difference);
                return fill(self.lang, "lines.failed_amount", &[("difference", &difference)]);
            }
            FailedTest::Amount { difference, tax_rate: Some(rate) } => {
                let difference = money(*difference);
                let rate = (rate * Decimal::ONE_HUNDRED).normalize().to_string();
                let values = [("difference", &*difference), ("rate", &*rate)];
                return fill(self.lang, "lines.failed_amount_tax", &values);
            }
            FailedTest::Date { days, limit } => {
                let (days, limit) = (days.to_string(), limit.to_string());
                let values = [("days", &*days), ("limit", &*limit)];
                return fill(self.lang, "lines.failed_date", &values);
            }
        };
        text(self.lang, key).to_owned()
    }

    fn cause(&self, cause: &Cause) -> String {
        let (key, figure) = self.cause_label(cause.code);
        let amount = money(cause.amount);
        let (left, right) = match figure {
            Some(figure) => (self.figure(Side::Left, figure), self.figure(Side::Right, figure)),
            None => (String::new(), String::new()),
        };
        // Freight has no price of one unit to show.
        if figure.is_some() && left == NONE && right == NONE {
            return format!("{} {amount}", words::word(cause.code, self.lang));
        }
        self.fill(key, &[("left", &*left), ("right", &*right), ("amount", &*amount)])
    }

    /// Fills a sentence that names the sides.
    fn fill(&self, key: &'static str, values: &[(&str, &str)]) -> String {
        let side = |key| text(self.lang, key);
        let sides =
            [("theirs", side(self.terms.sides.left)), ("ours", side(self.terms.sides.right))];
        fill(self.lang, key, &[values, &sides].concat())
    }

    fn cause_label(&self, code: CauseCode) -> (&'static str, Option<Figure>) {
        match code {
            CauseCode::Quantity => (self.terms.quantity_cause, Some(Figure::Quantity)),
            CauseCode::Price => ("lines.cause_price", Some(Figure::Price)),
            CauseCode::Rounding => ("lines.cause_rounding", None),
            CauseCode::Tax => ("lines.cause_tax", None),
            CauseCode::Unit => ("lines.cause_unit", Some(Figure::Quantity)),
            CauseCode::Sign => ("lines.cause_sign", Some(Figure::Amount)),
            CauseCode::Freight => ("lines.cause_freight", None),
            CauseCode::Surcharge => ("lines.cause_surcharge", None),
            CauseCode::Discount => ("lines.cause_discount", None),
            CauseCode::TransposedDigits => ("lines.cause_transposed", Some(self.differing())),
            CauseCode::DecimalShift => ("lines.cause_decimal", Some(self.differing())),
            CauseCode::Arithmetic => (self.terms.arithmetic_cause, Some(Figure::Amount)),
            CauseCode::Unexplained => (self.terms.unexplained_cause, None),
        }
    }

    /// Returns the first figure in which the sides differ: the one a slip of
    /// the pen was made in.
    fn differing(&self) -> Figure {
        let differs = |&figure: &Figure| {
            let (left, right) = (self.figure(Side::Left, figure), self.figure(Side::Right, figure));
            left != right && left != UNSAID && right != UNSAID
        };
        let figures = [Figure::Quantity, Figure::Price];
        figures.into_iter().find(differs).unwrap_or(Figure::Amount)
    }

    /// Returns a figure of one side as text, with its unit: the sum of
    /// quantities or amounts, the price if there is one.
    fn figure(&self, side: Side, figure: Figure) -> String {
        let entries: Vec<&Entry> = self.side(side).collect();
        let unit = |suffix: Option<&str>| suffix.unwrap_or_default().to_owned();
        let first = entries.first();
        let number = match figure {
            Figure::Quantity => quantity(&entries),
            Figure::Amount => Some(entries.iter().map(|entry| entry.amount).sum()),
            Figure::Price => match entries[..] {
                [only] => only.unit_price,
                _ => None,
            },
        };
        match (number, figure) {
            (None, _) => UNSAID.to_owned(),
            (Some(amount), Figure::Amount) => money(amount),
            (Some(price), Figure::Price) => {
                let basis = self.tax_basis(side).map_or("", |key| text(self.lang, key));
                format!("{}{basis}", price.normalize())
            }
            (Some(quantity), Figure::Quantity) => {
                let unit = unit(first.and_then(|entry| entry.unit.as_deref()));
                format!("{} {unit}", quantity.normalize()).trim_end().to_owned()
            }
        }
    }

    /// Says of a price whether it is with tax, where only one side's is.
    fn tax_basis(&self, side: Side) -> Option<&'static str> {
        let tax = self.line.causes.iter().find(|cause| cause.code == CauseCode::Tax)?;
        let ours: Decimal = self.side(Side::Right).map(|entry| entry.amount).sum();
        let left_is_with = tax.amount.is_sign_positive() == ours.is_sign_positive();
        let is_with = left_is_with == (side == Side::Left);
        Some(if is_with { "lines.price_with_tax" } else { "lines.price_without_tax" })
    }

    fn side(&self, side: Side) -> impl Iterator<Item = &Entry> {
        let entries = match side {
            Side::Left => self.left,
            Side::Right => self.right,
        };
        self.line.of(side).iter().map(|&index| &entries[index])
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.side(Side::Left).chain(self.side(Side::Right))
    }

    fn entry(&self, side: Side, index: usize) -> Option<&Entry> {
        let entries = match side {
            Side::Left => self.left,
            Side::Right => self.right,
        };
        entries.get(index)
    }

    fn place(&self, side: Side, index: usize) -> String {
        self.entry(side, index).map(|entry| format::place(&entry.at)).unwrap_or_default()
    }

    /// Lists places, the first few of many.
    fn listed(&self, places: &[Location]) -> String {
        const SHOWN: usize = 4;
        let shown: Vec<String> = places.iter().take(SHOWN).map(format::place).collect();
        let more = if places.len() > SHOWN { " …" } else { "" };
        shown.join(text(self.lang, "lines.and")) + more
    }

    fn fields(&self, fields: &[Field]) -> String {
        let words: Vec<&str> = fields.iter().map(|&field| self.field(field)).collect();
        words.join(text(self.lang, "lines.and"))
    }

    fn field(&self, field: Field) -> &'static str {
        let key = match field {
            Field::DocumentNo => "lines.field_document_no",
            Field::OtherNo => self.terms.other_no,
            Field::Item => "lines.field_item",
            Field::Quantity => "lines.field_quantity",
            Field::UnitPrice => "lines.field_unit_price",
            Field::Amount => "lines.field_amount",
            Field::Date => "lines.field_date",
            Field::Type => "lines.field_type",
        };
        text(self.lang, key)
    }
}

/// What stands for a figure that a side does not have.
const UNSAID: &str = "—";

/// A figure of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Figure {
    Quantity,
    Price,
    Amount,
}
