//! The papers of a shop's month.

use std::sync::Arc;

use crate::location::SheetId;
use crate::records::shop::{Booking, OrderRow, Slip};
use crate::records::{OpenItem, SettledItem};

/// The rows of one table.
#[derive(Debug, Clone)]
pub struct List<T> {
    /// The sheet.
    pub sheet: Arc<SheetId>,
    /// Its rows.
    pub rows: Vec<T>,
}

/// The papers of one month.
#[derive(Debug, Clone, Default)]
pub struct SalesPapers {
    /// What was sold, as the platforms have it.
    pub exports: Vec<List<OrderRow>>,
    /// What was sold, as the shop keeps it.
    pub register: Vec<List<Booking>>,
    /// The slips that customer service wrote.
    pub slips: Vec<List<Slip>>,
    /// What last month's report left open.
    pub carried: Vec<List<OpenItem>>,
    /// What last month's report had settled.
    pub settled: Vec<List<SettledItem>>,
}
