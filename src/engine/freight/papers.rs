//! Everything of one month that the freight job looks at.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::tariff::RateCard;
use crate::engine::supplier::Paper;
use crate::location::Location;
use crate::records::{BillLine, ExpenseBook, Records, Shipment};

/// The papers of one month.
#[derive(Debug, Clone, Default)]
pub struct Papers {
    /// The carriers' bills.
    pub bills: Vec<Paper<Records<BillLine>>>,
    /// Bills of earlier months: what they hold was settled then.
    pub earlier: Vec<Paper<Records<BillLine>>>,
    /// Our freight logs.
    pub logs: Vec<Paper<Records<Shipment>>>,
    /// What was agreed with the carriers.
    pub cards: Vec<RateCard>,
    /// The petty cash books.
    pub expenses: Vec<Paper<ExpenseBook>>,
    /// Orders and slips, as far as freight is concerned.
    pub orders: Vec<OrderRef>,
}

/// An order, as far as freight is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRef {
    /// Its number.
    pub order_no: Option<Arc<str>>,
    /// The buyer.
    pub buyer: Option<Arc<str>>,
    /// The waybills it went with.
    pub waybills: Vec<Arc<str>>,
    /// What was paid for it; nothing if it was closed.
    pub paid: Decimal,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Where it stands.
    pub at: Location,
}
