//! What a letter says of a difference, in plain polite words: what we find,
//! and what we ask for.

use super::letter::LetterLine;
use crate::engine::matching::outcome::{Cause, CauseCode, Reason, Status};
use crate::lang::Lang;
use crate::report::{format, labels};

/// Returns the words for one difference.
pub(super) fn sentence(line: &LetterLine, lang: Lang) -> String {
    let open = matches!(line.status, Status::Suggested | Status::Ambiguous);
    if let Some(told) = &line.told {
        return capitalised(&labels::fill(lang, "letter.told", &[("told", told)]));
    }
    let mut parts: Vec<String> = Vec::new();
    if open {
        parts.push(labels::text(lang, "letter.unclear").to_owned());
    }
    parts.extend(line.causes.iter().map(|cause| cause_words(cause, lang)));
    // What the charge is has been said by then.
    let told = |reason: &Reason| *reason == Reason::OtherCharge && !line.causes.is_empty();
    if let Some(reason) = line.reason.filter(|reason| !told(reason)) {
        parts.push(labels::text(lang, reason_key(reason, line)).to_owned());
    }
    if parts.is_empty() {
        parts.push(labels::text(lang, "letter.unexplained").to_owned());
    }
    parts.join(if lang == Lang::En { " " } else { "" })
}

fn cause_words(cause: &Cause, lang: Lang) -> String {
    let key = match cause.code {
        CauseCode::Quantity => "letter.quantity",
        CauseCode::Price => "letter.price",
        CauseCode::Rounding => "letter.rounding",
        CauseCode::Tax => "letter.tax",
        CauseCode::Unit => "letter.unit",
        CauseCode::Sign => "letter.sign",
        CauseCode::Freight => "letter.freight",
        CauseCode::Surcharge => "letter.surcharge",
        CauseCode::Discount => "letter.discount",
        CauseCode::TransposedDigits => "letter.transposed_digits",
        CauseCode::DecimalShift => "letter.decimal_shift",
        CauseCode::Arithmetic => "letter.arithmetic",
        CauseCode::Unexplained => "letter.unexplained_part",
    };
    labels::fill(lang, key, &[("amount", &format::money(cause.amount))])
}

fn reason_key(reason: Reason, line: &LetterLine) -> &'static str {
    match reason {
        Reason::NotReceived => "letter.not_received",
        Reason::NotShipped => "letter.not_shipped",
        Reason::NotBilled => "letter.not_billed",
        Reason::DoubleBilled => "letter.double_billed",
        Reason::DoubleBooked => "letter.double_booked",
        Reason::NextPeriod => "letter.next_period",
        Reason::PriorPeriod => "letter.prior_period",
        Reason::CarriedForward => "letter.carried_forward",
        Reason::OtherParty => "letter.other_party",
        Reason::OtherCharge => "letter.other_charge",
        Reason::Prepaid => "letter.prepaid",
        // What sales and platforms know of is nothing a supplier is asked.
        _ if line.left.is_some() => "letter.only_yours",
        _ => "letter.only_ours",
    }
}

/// Begins a sentence with a capital letter; hanzi have none.
fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars).collect()
}
