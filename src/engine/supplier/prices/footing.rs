//! On what footing a paper writes the agreed prices: as it says, or, where
//! nearly all of its prices say otherwise, with tax or without it.

use std::collections::BTreeMap;
use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;

use super::{AgreedPrices, TaxHabits, Written};
use crate::engine::entry::Entry;
use crate::engine::matching::sides::Side;
use crate::finding::{Finding, codes};
use crate::location::Location;

/// How a paper's prices lead from the agreed ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Footing {
    /// They are the agreed prices as the list has them.
    AsListed,
    /// Tax is added to them.
    TaxAdded,
    /// Tax is taken out of them.
    TaxTaken,
}

impl Footing {
    const ALL: [Self; 3] = [Self::AsListed, Self::TaxAdded, Self::TaxTaken];

    /// Returns what is said: of the list, and of the paper.
    pub(super) fn said(list: Option<bool>, paper: Option<bool>) -> Self {
        match (list, paper) {
            (Some(false), Some(true)) => Self::TaxAdded,
            (Some(true), Some(false)) => Self::TaxTaken,
            _ => Self::AsListed,
        }
    }

    /// Returns an agreed price on this footing.
    pub(super) fn of(self, price: Decimal, rate: Decimal) -> Option<Decimal> {
        let with_tax = Decimal::ONE.checked_add(rate)?;
        match self {
            Self::AsListed => Some(price),
            Self::TaxAdded => price.checked_mul(with_tax),
            Self::TaxTaken => price.checked_div(with_tax),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::AsListed => "as-listed",
            Self::TaxAdded => "tax-added",
            Self::TaxTaken => "tax-taken",
        }
    }
}

/// Returns a price as people would write it: as finely as the prices it is
/// beside, to the cent at least.
pub(super) fn rounded(price: Decimal, beside: [Decimal; 2]) -> Decimal {
    let digits = beside.map(|price| price.normalize().scale());
    let digits = digits.into_iter().max().unwrap_or_default().max(2);
    price.round_dp_with_strategy(digits, MidpointAwayFromZero).normalize()
}

/// How the prices of one side of a party agree.
#[derive(Debug, Default)]
struct Tally {
    lines: usize,
    said: usize,
    by_footing: [usize; 3],
    first: Option<Location>,
}

impl Tally {
    /// Returns the footing on which nearly all prices are the agreed ones
    /// although they are not as it is said.
    fn verdict(&self) -> Option<(Footing, usize)> {
        /// With fewer, one price may be the reason for all.
        const LINES: usize = 5;
        if self.lines < LINES || self.said * 2 >= self.lines {
            return None;
        }
        let fitting = Footing::ALL.into_iter().zip(self.by_footing);
        let (footing, count) = fitting.max_by_key(|(_, count)| *count)?;
        (count * 10 >= self.lines * 8).then_some((footing, count))
    }
}

/// Finds papers whose prices stand on another footing than is said, and tells
/// it once for each.
pub(super) fn find(
    prices: &AgreedPrices<'_>,
    left: &[Entry],
    right: &[Entry],
    habits: &mut TaxHabits,
) -> Vec<Finding> {
    let mut tallies: BTreeMap<(Arc<str>, Side), Tally> = BTreeMap::new();
    let left = left.iter().map(|entry| (entry, Side::Left));
    for (entry, side) in left.chain(right.iter().map(|entry| (entry, Side::Right))) {
        let Some(written) = Written::new(entry, side, habits) else { continue };
        let listed = prices.valid(&written, entry);
        if listed.is_empty() {
            continue;
        }
        let tally = tallies.entry((Arc::clone(&entry.party), side)).or_default();
        tally.lines += 1;
        tally.first.get_or_insert_with(|| entry.at.clone());
        let agrees = |footing| listed.iter().any(|line| written.agrees(line, footing));
        tally.said += usize::from(agrees(None));
        for (footing, count) in Footing::ALL.into_iter().zip(&mut tally.by_footing) {
            *count += usize::from(agrees(Some(footing)));
        }
    }
    let mut findings = Vec::new();
    for (key, tally) in tallies {
        let (Some((footing, count)), Some(at)) = (tally.verdict(), tally.first) else { continue };
        let finding = Finding::of(codes::PRICE_FOOTING)
            .at(at)
            .with("party", &key.0)
            .with("footing", footing.name())
            .with("count", count)
            .with("all", tally.lines);
        findings.push(finding);
        habits.footings.insert(key, footing);
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::entry::EntryType;
    use crate::engine::supplier::fixtures::{amount, entry, price, with_prices};

    fn goods(code: &str, written: &str, included: Option<bool>) -> Entry {
        let mut goods = entry("甲", EntryType::Goods, "1");
        goods.item_code = Some(code.into());
        goods.unit_price = Some(amount(written));
        goods.tax_included = included;
        goods
    }

    fn found(written: [&str; 6], included: Option<bool>) -> (Vec<String>, Option<Footing>) {
        let listed = ["1.00", "2.00", "3.00", "4.00", "5.00", "6.00"];
        let lines = listed.iter().enumerate().map(|(at, listed)| {
            let mut line = price(&format!("A{at}"), listed);
            line.tax_included = Some(false);
            line
        });
        let papers = with_prices(lines.collect());
        let resolve = |name: &str| Arc::from(name);
        let prices = AgreedPrices::of(&papers, &resolve);
        let code = |at| format!("A{at}");
        let left: Vec<Entry> = written
            .iter()
            .enumerate()
            .map(|(at, written)| goods(&code(at), written, included))
            .collect();
        let mut habits = TaxHabits::default();
        let findings = find(&prices, &left, &[], &mut habits);
        let values = findings.iter().flat_map(|finding| finding.values.clone());
        let named = values.filter(|(name, _)| *name == "footing").map(|(_, value)| value);
        (named.collect(), habits.footings.values().next().copied())
    }

    #[test]
    fn nearly_all_prices_tell_more_than_a_note() {
        let with_tax = ["1.13", "2.26", "3.39", "4.52", "5.65", "6.60"];
        let told = (vec!["tax-added".to_owned()], Some(Footing::TaxAdded));
        assert_eq!(found(with_tax, None), told);
        assert_eq!(found(with_tax, Some(true)), (vec![], None));
        let net = ["1", "2", "3", "4", "5", "6.60"];
        let told = (vec!["as-listed".to_owned()], Some(Footing::AsListed));
        assert_eq!(found(net, Some(true)), told);
        assert_eq!(found(net, None), (vec![], None));
    }

    #[test]
    fn prices_that_are_simply_others_are_no_footing() {
        assert_eq!(found(["1.2", "2.4", "3.6", "4.8", "6", "7.2"], None), (vec![], None));
    }

    #[test]
    fn a_price_is_shown_as_finely_as_those_beside_it() {
        let shown =
            |price: &str, beside: [&str; 2]| rounded(amount(price), beside.map(amount)).to_string();
        assert_eq!(shown("5.3097345", ["5.40", "6.00"]), "5.31");
        assert_eq!(shown("0.09734513", ["0.0973", "0.11"]), "0.0973");
        assert_eq!(shown("35.0", ["36", "0.035"]), "35");
    }
}
