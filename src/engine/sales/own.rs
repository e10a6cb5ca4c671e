//! What is known of each buyer's rows. Most buyers have a few, which are all
//! looked at; a distributor or the till's own account may have many thousands,
//! of which only those for the same money are.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

/// Rows of one buyer up to which all are looked at.
const FEW: usize = 512;

/// Rows by buyer.
#[derive(Debug, Default)]
pub(super) struct Own {
    by_buyer: FxHashMap<Arc<str>, Rows>,
}

/// The rows of one buyer.
#[derive(Debug, Default)]
struct Rows {
    all: Vec<usize>,
    /// By what they are worth, if they are many.
    by_money: FxHashMap<Decimal, Vec<usize>>,
}

impl Own {
    /// Sorts rows by their buyers; `worth` tells the amounts of a row.
    pub(super) fn of<'b, I: IntoIterator<Item = Decimal>>(
        rows: impl Iterator<Item = (usize, &'b Arc<str>)>,
        worth: impl Fn(usize) -> I,
    ) -> Self {
        let mut by_buyer: FxHashMap<Arc<str>, Rows> = FxHashMap::default();
        for (at, buyer) in rows {
            match by_buyer.get_mut(buyer) {
                Some(rows) => rows.all.push(at),
                None => {
                    let rows = Rows { all: vec![at], ..Rows::default() };
                    by_buyer.insert(Arc::clone(buyer), rows);
                }
            }
        }
        for rows in by_buyer.values_mut().filter(|rows| rows.all.len() > FEW) {
            for &at in &rows.all {
                for amount in worth(at) {
                    let of = rows.by_money.entry(amount.normalize()).or_default();
                    if of.last() != Some(&at) {
                        of.push(at);
                    }
                }
            }
        }
        Self { by_buyer }
    }

    /// Returns the rows of a buyer who has few.
    pub(super) fn few(&self, buyer: &str) -> &[usize] {
        self.by_buyer
            .get(buyer)
            .filter(|rows| rows.by_money.is_empty())
            .map_or(&[], |rows| &rows.all)
    }

    /// Returns all rows of a buyer.
    pub(super) fn all(&self, buyer: &str) -> &[usize] {
        self.by_buyer.get(buyer).map_or(&[], |rows| &rows.all)
    }

    /// Returns the rows of a buyer among which are all that are worth an
    /// amount.
    pub(super) fn worth(&self, buyer: &str, amount: Decimal) -> &[usize] {
        match self.by_buyer.get(buyer) {
            Some(rows) if rows.by_money.is_empty() => &rows.all,
            Some(rows) => rows.by_money.get(&amount.normalize()).map_or(&[], Vec::as_slice),
            None => &[],
        }
    }

    /// Returns the rows of a buyer that a row for an amount may be of: all of
    /// a few; of many those for the same money, none if even they are too many
    /// to be told apart.
    pub(super) fn near(&self, buyer: &str, amount: Decimal) -> &[usize] {
        let rows = self.worth(buyer, amount);
        if rows.len() > FEW { &[] } else { rows }
    }
}
