//! Agreed prices: price lists and purchase orders.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{DocumentNo, Item};
use crate::location::{Located, Location};

/// One agreed price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceLine {
    /// The supplier as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// The purchase order it is from; empty on price lists.
    pub order_nos: Vec<DocumentNo>,
    /// What it is the price of.
    pub item: Item,
    /// The unit it is for.
    pub unit: Option<Arc<str>>,
    /// The price of one `unit`.
    pub unit_price: Decimal,
    /// Whether it includes tax, if the sheet says so.
    pub tax_included: Option<bool>,
    /// Tax rate.
    pub tax_rate: Option<Decimal>,
    /// Base units per pack (每箱数量).
    pub pack_factor: Option<Decimal>,
    /// The first day it is valid.
    pub valid_from: Option<NaiveDate>,
    /// The last day it is valid.
    pub valid_to: Option<NaiveDate>,
    /// Its currency, if the sheet says so.
    pub currency: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of the price.
    pub at: Location,
}
