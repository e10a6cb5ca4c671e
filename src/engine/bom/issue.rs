//! What is to be issued to the workshop for an order: the norm, what was
//! issued already, what of it is over the norm, and from which batches.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::sync::Arc;

use super::item::ItemId;
use super::tidy;

/// A batch in stock.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its number.
    pub batch: Option<Arc<str>>,
    /// The warehouse it lies in.
    pub warehouse: Option<Arc<str>>,
    /// Its place there.
    pub location: Option<Arc<str>>,
    /// The day it came, if that is known.
    pub since: Option<NaiveDate>,
    /// What is left of it.
    pub quantity: Decimal,
}

/// A pick of one batch.
#[derive(Debug, Clone)]
pub struct Pick {
    /// The batch, by its place among those of the item.
    pub batch: usize,
    /// How much of it.
    pub quantity: Decimal,
}

/// One item of an issue list.
#[derive(Debug, Clone)]
pub struct IssueLine {
    /// The item.
    pub item: ItemId,
    /// What the norm allows.
    pub norm: Decimal,
    /// What was issued, supplements included, returns taken off.
    pub issued: Decimal,
    /// What is still to be issued.
    pub to_issue: Decimal,
    /// From which batches.
    pub picks: Vec<Pick>,
    /// What of it is not in stock.
    pub short: Decimal,
    /// What was issued over the norm.
    pub over: Decimal,
    /// That as per cent of the norm, two digits.
    pub over_percent: Option<Decimal>,
}

/// Makes the line of an item; takes what it picks out of the batches, the
/// oldest first (those without a day last, in the order of the paper).
pub fn line(item: ItemId, norm: Decimal, issued: Decimal, batches: &mut [Batch]) -> IssueLine {
    let to_issue = (norm - issued).max(Decimal::ZERO);
    let over = (issued - norm).max(Decimal::ZERO);
    let mut order: Vec<usize> = (0..batches.len()).collect();
    order.sort_by_key(|&at| (batches[at].since.is_none(), batches[at].since, at));
    let mut left = to_issue;
    let mut picks = Vec::new();
    for at in order {
        let quantity = left.min(batches[at].quantity);
        if quantity > Decimal::ZERO {
            batches[at].quantity -= quantity;
            left -= quantity;
            picks.push(Pick { batch: at, quantity: tidy(quantity) });
        }
    }
    let percent = over.checked_mul(Decimal::ONE_HUNDRED).and_then(|over| over.checked_div(norm));
    let round = |percent: Decimal| {
        percent.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    };
    IssueLine {
        item,
        norm: tidy(norm),
        issued: tidy(issued),
        to_issue: tidy(to_issue),
        picks,
        short: tidy(left),
        over: tidy(over),
        over_percent: percent.map(round).filter(|percent| !percent.is_zero()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::bom::Items;
    use crate::records::Item;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn item() -> ItemId {
        let cloth = Item { code: Some("FB-1".into()), ..Item::default() };
        Items::default().intern(&cloth, None).unwrap()
    }

    fn batch(number: &str, since: Option<&str>, quantity: &str) -> Batch {
        Batch {
            batch: Some(number.into()),
            warehouse: None,
            location: None,
            since: since.map(|day| day.parse().unwrap()),
            quantity: dec(quantity),
        }
    }

    #[test]
    fn the_oldest_batch_goes_first_and_what_is_not_there_is_short() {
        let mut batches = [
            batch("C", None, "50"),
            batch("B", Some("2026-10-08"), "400"),
            batch("A", Some("2026-09-01"), "700"),
        ];
        let line = line(item(), dec("1668.6"), dec("600"), &mut batches);
        let picks: Vec<_> = line.picks.iter().map(|pick| (pick.batch, pick.quantity)).collect();
        assert_eq!(picks, [(2, dec("700")), (1, dec("368.6"))]);
        assert_eq!((line.to_issue, line.short), (dec("1068.6"), dec("0")));
        assert_eq!(batches[1].quantity, dec("31.4"));
        let short = super::line(item(), dec("100"), dec("0"), &mut batches);
        assert_eq!((short.picks.len(), short.short), (2, dec("18.6")));
    }

    #[test]
    fn what_goes_over_the_norm_is_told_in_per_cent() {
        let line = line(item(), dec("1212"), dec("1250"), &mut []);
        assert_eq!((line.over, line.over_percent), (dec("38"), Some(dec("3.14"))));
        assert_eq!(line.to_issue, dec("0"));
    }
}
