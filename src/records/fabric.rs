//! Tests of fabric: how wide a lot is, against the width its use was worked
//! out for.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, ReadContext};
use crate::input::table::Table;
use crate::location::Location;

/// What was measured of a lot of fabric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FabricTest {
    /// The fabric: its code, or its name.
    pub fabric: Arc<str>,
    /// Its colour.
    pub color: Option<Arc<str>>,
    /// The order it is for.
    pub order_no: Option<DocumentNo>,
    /// How wide it is, in cm.
    pub width: Decimal,
    /// The cell of the width.
    pub at: Location,
}

const FIELDS: Fields = Fields { dates: &[], ids: &["order_no"], rates: &[] };

/// Reads the tests of a table. Rows that do not tell a width say nothing that
/// is used.
pub fn fabric_tests(table: &Table, context: &ReadContext<'_>) -> Vec<FabricTest> {
    let hints = date_hints(&Surroundings::of(table, context), context);
    let mut reader = RowReader::new(table, FIELDS, hints, &[]);
    let mut tests = Vec::new();
    while reader.advance() {
        let width = reader.peek(reader.row(), "width").filter(|width| *width > Decimal::ZERO);
        let (Some(fabric), Some(width)) = (reader.text("fabric_code"), width) else { continue };
        tests.push(FabricTest {
            fabric,
            color: reader.text("color"),
            order_no: reader.ids("order_no").into_iter().next(),
            width,
            at: reader.at("width"),
        });
    }
    tests
}
