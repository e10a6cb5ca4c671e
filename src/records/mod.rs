//! The typed rows of each kind of sheet: thin, every field as the paper has
//! it, every row with its place, every bad cell a finding.

pub mod balance;
pub mod bom;
mod by_day;
pub mod carrier_bill;
pub mod carton_list;
mod charges;
mod classify;
pub mod entry_type;
pub mod expense;
pub mod fabric;
#[cfg(test)]
mod fixtures;
pub mod issue;
pub mod item;
mod money;
pub mod order;
pub mod packing;
mod parcel;
pub mod payment;
mod per_many;
pub mod price;
pub mod rate_card;
mod reader;
pub mod receipt;
pub mod receivable;
mod received;
pub mod returned;
mod returned_goods;
pub mod shipment;
pub mod shop;
pub mod statement;
pub mod stock;
pub mod supplied;
mod surroundings;
mod tax_notes;
#[cfg(test)]
mod tests;
mod typed;
mod upright;

use crate::finding::Finding;
use crate::period::Period;
use crate::settings::Settings;

pub use balance::{BalanceLine, OpenItem, SettledItem, balance_lines, open_items, settled_items};
pub use carrier_bill::{BillLine, bill_lines};
pub use carton_list::{CartonRow, CartonRows, carton_rows};
pub use entry_type::EntryType;
pub use expense::{BookColumn, ExpenseBook, ExpenseLine, expenses};
pub use fabric::{FabricTest, fabric_tests};
pub use item::{DocumentNo, Item};
pub use payment::{PaymentLine, payments};
pub use price::{PriceLine, prices};
pub use rate_card::{RateColumn, RateRow, RateSheet, rate_sheet};
pub use receipt::{ReceiptLine, receipts};
pub use receivable::{ReceivableLine, receivables};
pub use received::received_pieces;
pub use returned::{ReturnLine, returns};
pub use shipment::{Shipment, shipments};
pub use statement::{Ledger, Statement, StatementLine, own_ledger, statement, statement_block};
pub use supplied::supplied;
pub use typed::typed;

/// What reading a row depends on beside the row.
#[derive(Debug, Clone, Copy)]
pub struct ReadContext<'a> {
    /// The period of the job (`--month`), if it has one.
    pub period: Option<Period>,
    /// The month in which the job is done: days of promises and orders that are
    /// written without a year lie near it.
    pub near: Option<Period>,
    /// The settings in force.
    pub settings: &'a Settings,
}

/// The records of one table.
#[derive(Debug, Clone)]
pub struct Records<T> {
    /// The usable rows.
    pub lines: Vec<T>,
    /// What was wrong or doubtful, in the order of the rows.
    pub findings: Vec<Finding>,
    /// How many body rows the table has: `lines` and rejected ones.
    pub body: usize,
    /// How many of them could not be used; each has its `rejected-row`.
    pub rejected: usize,
    /// Names of parties that the table's surroundings give (facts, titles,
    /// file and sheet name), for rows that name none, likeliest first.
    pub party_hints: Vec<PartyHint>,
    /// The period that titles, facts or the file's name tell.
    pub period: Option<Period>,
}

impl<T> Records<T> {
    /// Puts together what was read and what stands around it.
    fn new(lines: Vec<T>, rest: reader::Rest, around: surroundings::Surroundings) -> Self {
        Self {
            lines,
            findings: rest.findings,
            body: rest.body,
            rejected: rest.rejected,
            party_hints: around.party_hints,
            period: around.period,
        }
    }
}

/// A text outside the rows that may name the party, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyHint {
    /// The text: a name, or a title that holds one.
    pub text: String,
    /// What it is.
    pub from: HintFrom,
    /// Its cell; `None` for file and sheet names.
    pub at: Option<crate::location::Location>,
}

/// Where a hint of a party comes from, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HintFrom {
    /// A rule of `gendan.toml` for this file.
    Settings,
    /// A fact that names the supplier (供应商：…, 户名：…).
    Fact,
    /// A title above the table.
    Title,
    /// The sheet's name.
    Sheet,
    /// The file's name.
    File,
    /// A fact that names the customer (客户：…): the other side of the paper,
    /// never the party.
    Customer,
}
