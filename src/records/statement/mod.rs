//! A supplier's statement: its balances, its period, its lines.

mod balances;
mod block;
mod columns;
mod finish;
mod form;
mod ledger;
mod read;
#[cfg(test)]
mod tests;
mod told;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{DocumentNo, EntryType, Item, PartyHint};
use crate::finding::Finding;
use crate::location::{Located, Location};
use crate::period::Period;

pub use block::statement_block;
pub use ledger::{Ledger, own_ledger};
pub use read::statement;

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The supplier, on statements with a column of suppliers.
    pub party: Option<Located<Arc<str>>>,
    /// What the line is.
    pub entry_type: EntryType,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Delivery note numbers, several if the cell lists several.
    pub document_nos: Vec<DocumentNo>,
    /// Numbers beside it: purchase order, receipt, invoice.
    pub other_nos: Vec<DocumentNo>,
    /// What was delivered.
    pub item: Item,
    /// Quantity in `unit`; negative on returns.
    pub quantity: Option<Decimal>,
    /// The unit: the line's own, the column's, or the one glued to the figure.
    pub unit: Option<Arc<str>>,
    /// Base units per unit (`1000个/箱`), if the paper says so.
    pub pack_factor: Option<Decimal>,
    /// Price of one `unit`.
    pub unit_price: Option<Decimal>,
    /// The amount, signed by its effect on the balance; a return that the
    /// paper lists as a positive amount stays positive.
    pub amount: Decimal,
    /// Whether the paper has no amount here and it is quantity × price.
    pub amount_computed: bool,
    /// Tax rate of the line (0.13).
    pub tax_rate: Option<Decimal>,
    /// Whether price and amount include tax, if the paper says so.
    pub tax_included: Option<bool>,
    /// The running balance behind the line.
    pub balance: Option<Decimal>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// Whether it leads from the sum to the balance (本月收款), instead of
    /// standing among the lines.
    pub summary: bool,
    /// The cell of its amount.
    pub at: Location,
}

impl StatementLine {
    /// Makes a line of which no more is known than its amount.
    pub fn bare(entry_type: EntryType, amount: Decimal, at: &Location) -> Self {
        Self {
            party: None,
            entry_type,
            date: None,
            document_nos: Vec::new(),
            other_nos: Vec::new(),
            item: Item::default(),
            quantity: None,
            unit: None,
            pack_factor: None,
            unit_price: None,
            amount,
            amount_computed: false,
            tax_rate: None,
            tax_included: None,
            balance: None,
            remark: None,
            summary: false,
            at: at.clone(),
        }
    }
}

/// A supplier's statement.
#[derive(Debug, Clone, Default)]
pub struct Statement {
    /// Who it may be from, likeliest first.
    pub party_hints: Vec<PartyHint>,
    /// The period it says it covers.
    pub period: Option<Period>,
    /// The last day whose deliveries it holds, if a note says so (10月28日后送货转下月).
    pub cutoff: Option<Located<NaiveDate>>,
    /// The balance it begins with.
    pub opening: Option<Located<Decimal>>,
    /// The balance it ends with, as the paper states it.
    pub closing: Option<Located<Decimal>>,
    /// The balance it writes in words, as a figure.
    pub in_words: Option<Located<Decimal>>,
    /// Whether its prices and amounts include tax, if it says so.
    pub tax_included: Option<bool>,
    /// The tax rate of all lines, if the paper states one.
    pub tax_rate: Option<Decimal>,
    /// The code of its currency, if it names one.
    pub currency: Option<Arc<str>>,
    /// Its lines.
    pub lines: Vec<StatementLine>,
    /// Movements that stand around the table alone; lines only if nothing else
    /// leads to the closing balance.
    pub told: Vec<StatementLine>,
    /// What was wrong or doubtful.
    pub findings: Vec<Finding>,
    /// How many body rows the table has: `lines` and rejected ones.
    pub body: usize,
    /// How many of them could not be used; each has its `rejected-row`.
    pub rejected: usize,
}
