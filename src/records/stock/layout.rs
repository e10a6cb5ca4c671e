//! By which columns each kind of paper names what all movements have.

use super::super::reader::Fields;
use super::movement::{MovementClass, MovementSource};
use super::words::Meaning;

/// The columns by which a kind of paper names what all have.
pub(super) struct Layout {
    pub(super) source: MovementSource,
    pub(super) fields: Fields,
    pub(super) document_no: &'static str,
    pub(super) date: &'static str,
    pub(super) kind: &'static str,
    /// Quantities of which the first that the table has counts.
    pub(super) quantity: &'static [&'static str],
    pub(super) source_no: &'static [&'static str],
    pub(super) party: &'static [&'static str],
    pub(super) item: [&'static str; 2],
    /// What the paper moves where no word tells.
    pub(super) meaning: Option<Meaning>,
}

/// The kind whose words name what stands around the rows.
pub(super) const LEDGER_KIND: &str = "stock_movements";

/// The ledger of movements.
pub(super) const LEDGER: Layout = Layout {
    source: MovementSource::Ledger,
    fields: Fields {
        dates: &["doc_date"],
        ids: &["doc_no", "source_no", "item_code", "batch"],
        rates: &[],
    },
    document_no: "doc_no",
    date: "doc_date",
    kind: "movement_type",
    quantity: &["qty"],
    source_no: &["source_no", "order_no"],
    party: &["counterparty", "supplier", "customer", "department"],
    item: ["item_code", "item_name"],
    meaning: None,
};

/// Slips of goods received.
pub(super) const RECEIPTS: Layout = Layout {
    source: MovementSource::ReceiptSlips,
    fields: Fields {
        dates: &["receipt_date"],
        ids: &["receipt_no", "delivery_note_no", "po_no", "item_code", "batch"],
        rates: &[],
    },
    document_no: "receipt_no",
    date: "receipt_date",
    kind: "movement_type",
    quantity: &["received_qty", "qty", "delivered_qty"],
    source_no: &["delivery_note_no", "po_no"],
    party: &["supplier"],
    item: ["item_code", "item_name"],
    meaning: Some(Meaning { class: MovementClass::Receipt, adds: Some(true) }),
};

/// Slips of material issued.
pub(super) const ISSUES: Layout = Layout {
    source: MovementSource::IssueSlips,
    fields: Fields {
        dates: &["issue_date"],
        ids: &["issue_no", "order_no", "component_code", "batch"],
        rates: &[],
    },
    document_no: "issue_no",
    date: "issue_date",
    kind: "issue_type",
    quantity: &["issued_qty"],
    source_no: &["order_no"],
    party: &["factory"],
    item: ["component_code", "component_name"],
    meaning: Some(Meaning { class: MovementClass::Issue, adds: Some(false) }),
};
