//! Pieces received, whatever they are worth: a warehouse that takes in what
//! the factory made writes no prices.

use rust_decimal::Decimal;

use super::Item;
use super::reader::{Fields, RowReader};
use super::receipt::is_called_return;
use crate::input::table::Table;
use crate::input::values::date::DateHints;
use crate::location::Location;

/// Pieces of one line of the goods receipts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedPieces {
    /// What was received.
    pub item: Item,
    /// How many; fewer than none where the row takes goods back.
    pub pieces: Decimal,
    /// The cell of the pieces.
    pub at: Location,
}

const FIELDS: Fields = Fields { dates: &[], ids: &["item_code"], rates: &[] };

/// Reads the pieces of goods receipts.
pub fn received_pieces(table: &Table) -> Vec<ReceivedPieces> {
    let mut reader = RowReader::new(table, FIELDS, DateHints::default(), &[]);
    let quantities = ["received_qty", "qty", "delivered_qty"];
    let Some(quantity) = quantities.into_iter().find(|field| reader.has(field)) else {
        return Vec::new();
    };
    let mut received = Vec::new();
    while reader.advance() {
        let Some(counted) = reader.decimal(quantity) else { continue };
        let pieces = match is_called_return(&mut reader) {
            true => -counted.value.abs(),
            false => counted.value,
        };
        received.push(ReceivedPieces { item: reader.item(), pieces, at: counted.at });
    }
    received
}
