//! The words that cross-checks use for their lines, in a language.

use rust_decimal::Decimal;
use serde::Serialize;

use crate::engine::entry::EntryType;
use crate::engine::matching::outcome::{FileVerdict, Habit, Line, Status};
use crate::engine::matching::sides::Side;
use crate::engine::supplier::bridge::name;
use crate::engine::supplier::checks::Unchecked;
use crate::engine::supplier::decisions::Choice;
use crate::finding::table;
use crate::lang::Lang;
use crate::report::{Tone, labels};

/// Returns the word for a status, cause, note or reason.
pub(super) fn word(code: impl Serialize, lang: Lang) -> String {
    term(&name(code), lang)
}

/// Returns the word for the name of a code; the name itself if it has none.
pub(super) fn term(code: &str, lang: Lang) -> String {
    table::entry(code).map_or_else(|| code.to_owned(), |entry| entry.name.get(lang).to_owned())
}

/// Returns how much a line asks of the reader.
pub(super) fn tone(line: &Line) -> Tone {
    match line.status {
        Status::Matched => Tone::Good,
        Status::Suggested | Status::Ambiguous => Tone::Warning,
        Status::Differs | Status::LeftOnly | Status::RightOnly => Tone::Bad,
    }
}

/// Returns the causes, the reason and the notes of a line in short:
/// `数量 378.00；单价 195.00`.
pub(super) fn in_short(line: &Line, lang: Lang) -> String {
    let amount = |amount: Decimal| super::json::money(amount);
    let causes =
        line.causes.iter().filter(|cause| !cause.amount.is_zero() || line.causes.len() == 1);
    let causes = causes.map(|cause| format!("{} {}", word(cause.code, lang), amount(cause.amount)));
    let reason = line.reason.map(|reason| word(reason, lang));
    let notes = line.notes.iter().map(|&note| word(note, lang));
    let all: Vec<String> = reason.into_iter().chain(causes).chain(notes).collect();
    all.join(if lang == Lang::En { "; " } else { "；" })
}

/// Returns the word for a choice, as the drop-down offers it.
pub(super) fn choice(choice: Choice, lang: Lang) -> String {
    labels::named(lang, "reconcile", &format!("choice_{}", name(choice))).to_owned()
}

/// Returns the word for what a line is.
pub(super) fn entry_type(entry_type: EntryType, lang: Lang) -> String {
    labels::named(lang, "reconcile", &format!("type_{}", name(entry_type))).to_owned()
}

/// Returns the word for a step of a bridge.
pub(super) fn step(step: &str, lang: Lang) -> String {
    let own = format!("step_{step}");
    let word = labels::named(lang, "reconcile", &own);
    if word == own { term(step, lang) } else { word.to_owned() }
}

/// Returns the sentence about a check that could not be made.
pub(super) fn unchecked(check: &Unchecked, lang: Lang) -> String {
    let (name, party) = check.label();
    let text = format!("unchecked_{name}");
    crate::lang::fill(labels::named(lang, "reconcile", &text), &[("party", party)])
}

/// Returns the sentence about what holds for a whole paper.
pub(super) fn verdict(verdict: &FileVerdict, lang: Lang) -> String {
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
