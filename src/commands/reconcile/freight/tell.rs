//! What is to be said of a line beside what every cross-check says: the
//! weights, the zones, the price by the agreed rates, the charges.

use rust_decimal::Decimal;

use super::super::json::{money, plain};
use super::super::lines::Told;
use crate::engine::freight::pair::ChargeCheck;
use crate::engine::freight::{FreightMonth, Repricing};
use crate::engine::matching::outcome::{CauseCode, Reason, Status};
use crate::lang::Lang;
use crate::report::labels::{fill, text};

/// Adds it to every line that is open.
pub(super) fn add(told: &mut [Told<'_>], month: &FreightMonth, lang: Lang) {
    for (line, repricing) in told.iter_mut().zip(&month.repricings) {
        if line.line.status == Status::Matched {
            continue;
        }
        let mut parts = vec![std::mem::take(&mut line.explanation)];
        parts.extend(shipped(line, lang));
        if let Some(repricing) = repricing {
            parts.extend(sentences(line, repricing, lang));
        }
        parts.retain(|part| !part.is_empty());
        line.explanation = parts.join(text(lang, "lines.separator"));
    }
}

fn sentences(told: &Told<'_>, repricing: &Repricing, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    let has = |code: CauseCode| told.line.causes.iter().any(|cause| cause.code == code);
    if has(CauseCode::Quantity) {
        said.extend(weights(told, repricing, lang));
    }
    if has(CauseCode::Price) {
        said.extend(zones(told, repricing, lang));
    }
    for check in too_much(told, repricing) {
        let (billed, agreed) = (money(check.billed), money(check.agreed));
        let values = [("name", &*check.name), ("billed", &*billed), ("agreed", &*agreed)];
        said.push(fill(lang, "freight.told_charge", &values));
    }
    if let Some(payable) = repricing.payable.filter(|_| told.line.status == Status::Differs) {
        said.push(fill(lang, "freight.told_payable", &[("payable", &money(payable))]));
    }
    said
}

/// Returns the charges that are more than agreed: the one that makes the
/// difference where the others are in our log too.
fn too_much<'r>(told: &Told<'_>, repricing: &'r Repricing) -> Vec<&'r ChargeCheck> {
    let charges = repricing.charges.iter().filter(|check| check.agreed < check.billed);
    let mut charges: Vec<&ChargeCheck> = charges.collect();
    let over = |check: &ChargeCheck| check.billed - check.agreed;
    let causes = told.line.causes.iter();
    let differs: Decimal =
        causes.filter(|cause| cause.code == CauseCode::Surcharge).map(|cause| cause.amount).sum();
    if charges.iter().map(|check| over(check)).sum::<Decimal>() != differs
        && charges.iter().any(|check| over(check) == differs)
    {
        charges.retain(|check| over(check) == differs);
    }
    charges
}

/// Says that a billed waybill that our log does not have was sent all the same.
fn shipped(told: &Told<'_>, lang: Lang) -> Option<String> {
    let unlogged = told.line.reason == Some(Reason::NotInRegister);
    unlogged.then(|| text(lang, "freight.told_shipped").to_owned())
}

fn weights(told: &Told<'_>, repricing: &Repricing, lang: Lang) -> Option<String> {
    let ours = repricing.ours.as_ref().filter(|priced| priced.metres.is_none())?;
    let billed = told.left.iter().find_map(|entry| entry.quantity)?;
    let volume = ours.volume_weight.filter(|volume| *volume > ours.weight);
    let volume = volume.map(|volume| {
        let volume = plain(volume.round_dp(2));
        fill(lang, "freight.told_volume", &[("volume", &volume)])
    });
    let values = [
        ("billed", plain(billed)),
        ("weight", plain(ours.weight)),
        ("volume", volume.unwrap_or_default()),
        ("chargeable", plain(ours.chargeable)),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    Some(fill(lang, "freight.told_weight", &values))
}

fn zones(told: &Told<'_>, repricing: &Repricing, lang: Lang) -> Option<String> {
    let (ours, billed) = (repricing.ours.as_ref()?, repricing.billed.as_ref()?);
    if ours.zone == billed.zone {
        let rate = money(billed.net.max(Decimal::ZERO));
        return Some(fill(lang, "freight.told_rate", &[("rate", &rate)]));
    }
    let place = |entries: &[&crate::engine::entry::Entry]| {
        entries.first().and_then(|entry| entry.item.as_deref()).unwrap_or_default().to_owned()
    };
    let (left, right) = (place(&told.left), place(&told.right));
    let values = [
        ("left", &*left),
        ("right", &*right),
        ("left_zone", &*billed.zone),
        ("right_zone", &*ours.zone),
    ];
    Some(fill(lang, "freight.told_zone", &values))
}
