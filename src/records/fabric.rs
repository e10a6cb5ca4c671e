//! Tests of fabric: how wide a lot is, against the width its use was worked
//! out for.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, ReadContext};
use crate::input::table::{Fact, Table};
use crate::input::values::decimal::decimal_text;
use crate::kinds;
use crate::location::Location;
use crate::text::{fold, header_key};

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
    if tests.is_empty() {
        tests.extend(form(table));
    }
    tests
}

/// Reads a test that is a form: what was measured stands beside its name.
fn form(table: &Table) -> Option<FabricTest> {
    let kind = kinds::get("fabric_test")?;
    let fact = |field: &str| {
        let is = |fact: &&Fact| {
            header_key(&fact.key)
                .all()
                .any(|key| kind.claims(key).first().is_some_and(|claim| claim.field.name == field))
        };
        table.facts.iter().find(is).map(|fact| &fact.value)
    };
    let width = fact("width")?;
    Some(FabricTest {
        fabric: Arc::from(fact("fabric_code")?.value.trim()),
        color: fact("color").map(|color| Arc::from(color.value.trim())),
        order_no: fact("order_no")
            .map(|order| DocumentNo { text: Arc::from(order.value.trim()), damaged: false }),
        width: centimetres(&width.value)?,
        at: width.at.clone(),
    })
    .filter(|test| test.width > Decimal::ZERO)
}

/// Returns a width in centimetres; nothing if it is in another unit.
fn centimetres(text: &str) -> Option<Decimal> {
    let folded = fold(text);
    let figure = ["cm", "厘米", "公分"].iter().find_map(|unit| folded.strip_suffix(unit));
    Some(decimal_text(figure.unwrap_or(&folded)).value()?.value)
}
