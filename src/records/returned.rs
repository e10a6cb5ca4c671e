//! Returns and deductions, as our register has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{DocumentNo, EntryType, Item};
use crate::location::{Located, Location};

/// One line of the register of returns and deductions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnLine {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// `Return`, `Deduction` or `Discount`.
    pub entry_type: EntryType,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// The return or deduction number.
    pub document_nos: Vec<DocumentNo>,
    /// The receipt or delivery note it goes back to.
    pub other_nos: Vec<DocumentNo>,
    /// What was sent back.
    pub item: Item,
    /// The quantity, negative.
    pub quantity: Option<Decimal>,
    /// Its unit.
    pub unit: Option<Arc<str>>,
    /// Price of one `unit`.
    pub unit_price: Option<Decimal>,
    /// The amount by its effect on the balance: negative, however the
    /// register prints it.
    pub amount: Decimal,
    /// Whether the sheet has no amount here and it is quantity × price.
    pub amount_computed: bool,
    /// Why.
    pub reason: Option<Arc<str>>,
    /// The month it was settled in, as written.
    pub settled_in: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}
