//! The machine side of a month with partners: the rows of `parties` and
//! `bridge`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::json::money;
use super::super::lines::Decided;
use crate::engine::supplier::{Balance, PartyMonth};
use crate::finding::name;

/// One side's balance of a party.
#[derive(Debug, Serialize)]
struct BalanceRow {
    opening: Option<String>,
    lines: String,
    returned: String,
    deducted: String,
    paid: String,
    closing: Option<String>,
}

impl From<&Balance> for BalanceRow {
    fn from(balance: &Balance) -> Self {
        Self {
            opening: balance.opening.map(money),
            lines: money(balance.lines),
            returned: money(balance.returned),
            deducted: money(balance.deducted),
            paid: money(balance.paid),
            closing: balance.closing.map(money),
        }
    }
}

/// A party of the month.
#[derive(Debug, Serialize)]
pub(super) struct PartyRow<'a> {
    party: &'a str,
    currency: Option<&'a str>,
    left: Option<BalanceRow>,
    right: BalanceRow,
    stated_closing: Option<String>,
    difference: Option<String>,
    residual: Option<String>,
    counts: BTreeMap<String, usize>,
    decided: BTreeMap<String, String>,
    undecided: String,
}

impl<'a> PartyRow<'a> {
    /// Makes the row of a party.
    pub(super) fn new(party: &'a PartyMonth, decided: &Decided) -> Self {
        let by_choice = decided.by_choice.iter();
        Self {
            party: &party.party,
            currency: party.currency.as_deref(),
            left: party.left.as_ref().map(BalanceRow::from),
            right: (&party.right).into(),
            stated_closing: party.stated_closing.map(money),
            difference: party.difference.map(money),
            residual: party.residual.map(money),
            counts: party.counts.iter().map(|(&status, &count)| (name(status), count)).collect(),
            decided: by_choice.map(|(&choice, &sum)| (name(choice), money(sum))).collect(),
            undecided: money(decided.undecided),
        }
    }
}
