//! The words that cross-checks use for their lines, in a language.

use rust_decimal::Decimal;
use serde::Serialize;

use super::terms::Terms;

use crate::engine::entry::EntryType;
use crate::engine::matching::damage::Operator;
use crate::engine::matching::outcome::{CauseCode, FileVerdict, Habit, Line, Reason, Status};
use crate::engine::matching::sides::Side;
use crate::engine::supplier::checks::Unchecked;
use crate::finding::{name, table};
use crate::lang::Lang;
use crate::report::{Tone, labels};

/// Returns the word for a status, cause, note or reason.
pub(in crate::commands) fn word(code: impl Serialize, lang: Lang) -> String {
    term(&name(code), lang)
}

/// Returns the word for a status, in the job's own names of the sides.
pub(in crate::commands) fn status(code: Status, terms: &Terms, lang: Lang) -> String {
    let side = match code {
        Status::LeftOnly => terms.sides.left,
        Status::RightOnly => terms.sides.right,
        _ => return word(code, lang),
    };
    labels::fill(lang, "lines.only", &[("side", labels::text(lang, side))])
}

/// Returns the word for the name of a status.
pub(in crate::commands) fn status_named(code: &str, terms: &Terms, lang: Lang) -> String {
    let one_sided = [Status::LeftOnly, Status::RightOnly];
    let status = one_sided.into_iter().find(|&status| name(status) == code);
    status.map_or_else(|| term(code, lang), |one| self::status(one, terms, lang))
}

/// Returns the word for the name of a code; the name itself if it has none.
pub(in crate::commands) fn term(code: &str, lang: Lang) -> String {
    table::entry(code).map_or_else(|| code.to_owned(), |entry| entry.name.get(lang).to_owned())
}

/// Returns the word for a reason, in the job's own words.
pub(in crate::commands) fn reason(code: Reason, terms: &Terms, lang: Lang) -> String {
    let own = terms.reasons.iter().find(|(own, _)| *own == code);
    own.map_or_else(|| word(code, lang), |(_, key)| labels::text(lang, key).to_owned())
}

/// Returns how much a line asks of the reader.
pub(in crate::commands) fn tone(line: &Line) -> Tone {
    match line.status {
        Status::Matched => Tone::Good,
        Status::Suggested | Status::Ambiguous => Tone::Warning,
        Status::Differs | Status::LeftOnly | Status::RightOnly => Tone::Bad,
    }
}

/// Returns the causes, the reason and the notes of a line in short:
/// `数量 378.00；单价 195.00`.
pub(in crate::commands) fn in_short(line: &Line, terms: &Terms, lang: Lang) -> String {
    let amount = |amount: Decimal| super::json::money(amount);
    let causes =
        line.causes.iter().filter(|cause| !cause.amount.is_zero() || line.causes.len() == 1);
    let name = |code: CauseCode| match code {
        CauseCode::Quantity => labels::text(lang, terms.quantity).to_lowercase(),
        code => word(code, lang),
    };
    let causes = causes.map(|cause| format!("{} {}", name(cause.code), amount(cause.amount)));
    let reason = line.reason.map(|code| reason(code, terms, lang));
    let notes = line.notes.iter().map(|&note| word(note, lang));
    let all: Vec<String> = reason.into_iter().chain(causes).chain(notes).collect();
    all.join(if lang == Lang::En { "; " } else { "；" })
}

/// Returns the word for what a line is.
pub(in crate::commands) fn entry_type(entry_type: EntryType, lang: Lang) -> &'static str {
    let key = match entry_type {
        EntryType::Goods => "reconcile.type_goods",
        EntryType::Return => "reconcile.type_return",
        EntryType::Deduction => "reconcile.type_deduction",
        EntryType::Payment => "reconcile.type_payment",
        EntryType::Charge => "reconcile.type_charge",
        EntryType::Discount => "reconcile.type_discount",
        EntryType::Adjustment => "reconcile.type_adjustment",
    };
    labels::text(lang, key)
}

/// Returns the words for what a spreadsheet did to a number.
pub(in crate::commands) fn damage(operator: Operator, lang: Lang) -> String {
    let (key, digits) = match operator {
        Operator::Cut(digits) => ("sales.damage_cut", digits),
        Operator::Rounded(digits) => ("sales.damage_rounded", digits),
        Operator::Binary => ("sales.damage_binary", 0),
        Operator::Scientific(digits) => ("sales.damage_scientific", digits),
    };
    labels::fill(lang, key, &[("digits", &digits.to_string())])
}

/// Returns the word for a step of a bridge.
pub(in crate::commands) fn step(step: &str, lang: Lang) -> String {
    let key = match step {
        "left-closing" => "reconcile.step_left_closing",
        "opening" => "reconcile.step_opening",
        "right-closing" => "reconcile.step_right_closing",
        "residual" => "reconcile.step_residual",
        other => return term(other, lang),
    };
    labels::text(lang, key).to_owned()
}

/// Returns the sentence about a check that could not be made.
pub(in crate::commands) fn unchecked(check: &Unchecked, lang: Lang) -> String {
    let (key, party) = match check {
        Unchecked::NoReceipts => ("reconcile.unchecked_no_receipts", ""),
        Unchecked::NoReturns => ("reconcile.unchecked_no_returns", ""),
        Unchecked::NoPayments => ("reconcile.unchecked_no_payments", ""),
        Unchecked::NoPrices => ("reconcile.unchecked_no_prices", ""),
        Unchecked::NoBalances => ("reconcile.unchecked_no_balances", ""),
        Unchecked::NoStatement(party) => ("reconcile.unchecked_no_statement", &**party),
        Unchecked::NoOpening(party) => ("reconcile.unchecked_no_opening", &**party),
    };
    labels::fill(lang, key, &[("party", party)])
}

/// Returns the sentence about what holds for a whole paper.
pub(in crate::commands) fn verdict(verdict: &FileVerdict, lang: Lang) -> String {
    let side = |side: Side| match side {
        Side::Left => labels::text(lang, "reconcile.theirs"),
        Side::Right => labels::text(lang, "reconcile.ours"),
    };
    let (name, side, rate) = match &verdict.habit {
        Habit::Tax { rate, inclusive } => {
            let percent = (rate * Decimal::ONE_HUNDRED).normalize().to_string();
            ("reconcile.verdict_tax", side(*inclusive), percent)
        }
        Habit::Unit { larger } => ("reconcile.verdict_unit", side(*larger), String::new()),
    };
    let sheet = verdict.sheet.to_string();
    let (agreeing, of) = (verdict.agreeing.to_string(), verdict.of.to_string());
    let values = [
        ("party", &*verdict.party),
        ("sheet", &sheet),
        ("side", side),
        ("rate", &rate),
        ("agreeing", &agreeing),
        ("of", &of),
    ];
    labels::fill(lang, name, &values)
}
