//! What last period left: balances, open items, settled items.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{DocumentNo, EntryType, Item};
use crate::location::{Located, Location};

/// The balances of one supplier at the end of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceLine {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// Our closing balance.
    pub ours: Option<Located<Decimal>>,
    /// Their closing balance.
    pub theirs: Option<Located<Decimal>>,
    /// What explains the difference, as written.
    pub remark: Option<Arc<str>>,
    /// The row, at its first amount.
    pub at: Location,
}

/// One item that last period left open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Delivery note numbers.
    pub document_nos: Vec<DocumentNo>,
    /// Numbers beside it.
    pub other_nos: Vec<DocumentNo>,
    /// What it is about.
    pub item: Item,
    /// Quantity.
    pub quantity: Option<Decimal>,
    /// Its unit.
    pub unit: Option<Arc<str>>,
    /// Price of one `unit`.
    pub unit_price: Option<Decimal>,
    /// The amount, by its effect on the balance.
    pub amount: Decimal,
    /// Whether it stands in their books and not in ours (billed, not yet
    /// received); else in ours and not in theirs (received, not billed).
    pub theirs: bool,
    /// What it is.
    pub entry_type: EntryType,
    /// Why it is open, as written (已收未开单).
    pub status: Option<Arc<str>>,
    /// The period it is expected in, as written.
    pub expected_in: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

/// One item settled on an earlier paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledItem {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Delivery note numbers.
    pub document_nos: Vec<DocumentNo>,
    /// What it is about.
    pub item: Item,
    /// Quantity.
    pub quantity: Option<Decimal>,
    /// The amount, by its effect on the balance.
    pub amount: Option<Decimal>,
    /// When it was settled, as written (9月已对).
    pub settled_in: Option<Arc<str>>,
    /// The row, at its amount or number.
    pub at: Location,
}
