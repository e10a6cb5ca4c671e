//! Everything of one month that the freight job looks at.

use super::tariff::RateCard;
use crate::engine::sales::List;
use crate::engine::supplier::Paper;
use crate::records::shop::OrderRow;
use crate::records::{BillLine, ExpenseBook, OpenItem, Records, SettledItem, Shipment};

/// The papers of one month.
#[derive(Debug, Clone, Default)]
pub struct Papers {
    /// The carriers' bills.
    pub bills: Vec<Paper<Records<BillLine>>>,
    /// Bills of earlier months: what they hold was settled then.
    pub earlier: Vec<Paper<Records<BillLine>>>,
    /// Parcels that last month's report carried over.
    pub carried: Vec<Paper<Records<OpenItem>>>,
    /// What last month's report settled.
    pub settled: Vec<Paper<Records<SettledItem>>>,
    /// Our freight logs.
    pub logs: Vec<Paper<Records<Shipment>>>,
    /// What was agreed with the carriers.
    pub cards: Vec<RateCard>,
    /// The petty cash books.
    pub expenses: Vec<Paper<ExpenseBook>>,
    /// What shipping slips say went out.
    pub slips: Vec<Paper<Records<Shipment>>>,
    /// The orders that the parcels carry.
    pub orders: Vec<List<OrderRow>>,
}
