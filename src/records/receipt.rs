//! Goods received, as our register has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{DocumentNo, Item};
use crate::location::{Located, Location};

/// One line of the goods receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The supplier as the row (or the row above it) writes it.
    pub party: Option<Located<Arc<str>>>,
    /// The day of receipt.
    pub date: Option<NaiveDate>,
    /// The supplier's delivery note.
    pub document_nos: Vec<DocumentNo>,
    /// Our own receipt number.
    pub receipt_no: Option<DocumentNo>,
    /// Purchase orders and other numbers.
    pub other_nos: Vec<DocumentNo>,
    /// What was received.
    pub item: Item,
    /// The quantity that counts: received, or delivered where the sheet has
    /// no other.
    pub quantity: Option<Decimal>,
    /// The quantity the supplier delivered, if the sheet has it beside.
    pub delivered: Option<Decimal>,
    /// The unit of the quantity.
    pub unit: Option<Arc<str>>,
    /// Base units per unit, if the sheet says so.
    pub pack_factor: Option<Decimal>,
    /// Price of one `unit`.
    pub unit_price: Option<Decimal>,
    /// The amount; negative on rows that take goods back.
    pub amount: Decimal,
    /// Whether the sheet has no amount here and it is quantity × price.
    pub amount_computed: bool,
    /// Tax rate of the line.
    pub tax_rate: Option<Decimal>,
    /// Whether price and amount include tax, if the sheet says so.
    pub tax_included: Option<bool>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}
