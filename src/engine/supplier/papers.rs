//! Everything of one month that the job looks at, as the papers have it.

use std::sync::Arc;

use crate::location::SheetId;
use crate::records::{
    BalanceLine, Ledger, OpenItem, PaymentLine, PriceLine, ReceiptLine, Records, ReturnLine,
    SettledItem, Statement,
};

/// The records of one table, and the party of rows that name none.
#[derive(Debug, Clone)]
pub struct Paper<T> {
    /// The sheet.
    pub sheet: Arc<SheetId>,
    /// The party that the paper as a whole belongs to, resolved.
    pub party: Option<Arc<str>>,
    /// Its records.
    pub records: T,
}

/// The papers of one month.
#[derive(Debug, Clone, Default)]
pub struct Papers {
    /// The other parties' statements.
    pub statements: Vec<Paper<Statement>>,
    /// Our own ledgers of what we owe.
    pub ledgers: Vec<Paper<Ledger>>,
    /// Our goods receipts.
    pub receipts: Vec<Paper<Records<ReceiptLine>>>,
    /// Our returns and deductions.
    pub returns: Vec<Paper<Records<ReturnLine>>>,
    /// Our payments.
    pub payments: Vec<Paper<Records<PaymentLine>>>,
    /// Agreed prices.
    pub prices: Vec<Paper<Records<PriceLine>>>,
    /// What last period left open.
    pub open_items: Vec<Paper<Records<OpenItem>>>,
    /// The balances of the end of last period.
    pub balances: Vec<Paper<Records<BalanceLine>>>,
    /// What earlier papers have settled.
    pub settled: Vec<Paper<Records<SettledItem>>>,
}

impl Papers {
    /// Whether a sheet stands in a workbook of the other parties: one with
    /// statements and without receipts of ours.
    pub(super) fn is_theirs(&self, sheet: &SheetId) -> bool {
        let is_beside = |other: &SheetId| other.path == sheet.path;
        self.statements.iter().any(|paper| is_beside(&paper.sheet))
            && !self.receipts.iter().any(|paper| is_beside(&paper.sheet))
    }

    /// Lets the lines of statements and receipts go, once both sides are made
    /// of them: a million lines are room that matching needs.
    pub fn forget_lines(&mut self) {
        for paper in &mut self.statements {
            paper.records.lines = Vec::new();
        }
        for paper in &mut self.receipts {
            paper.records.lines = Vec::new();
        }
    }
}
