//! Plain lists of cartons to load: sizes, how many, what they weigh, how they
//! may stand.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::reader::{Fields, Figure, RowReader};
use super::upright::{Standing, standing, standing_in_remark, tiers_in_remark};
use crate::finding::{Finding, codes};
use crate::input::table::{Column, Table};
use crate::input::values::date::DateHints;
use crate::input::values::edges::{edges, in_millimetres, length_unit};
use crate::location::Location;

/// Cartons of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartonRow {
    /// What the row calls them; its number in the sheet if it has no name.
    pub label: Arc<str>,
    /// What people call them: their name, else what is in them.
    pub called: Arc<str>,
    /// The customer's order.
    pub po: Option<Arc<str>>,
    /// Where they go.
    pub destination: Option<Arc<str>>,
    /// The number of the first carton, if they are numbered.
    pub first: Option<u32>,
    /// How many there are.
    pub quantity: u32,
    /// Length, width and height in whole millimetres, rounded up.
    pub size: [u32; 3],
    /// Which edges may stand upright.
    pub upright: [bool; 3],
    /// What one weighs, in kilograms.
    pub gross_weight: Option<Decimal>,
    /// How many tiers a stack with it may have.
    pub tiers: Option<u32>,
    /// What may stand on one, in kilograms.
    pub bearing: Option<Decimal>,
    /// Its row.
    pub at: Location,
}

/// The rows of one list.
#[derive(Debug, Clone, Default)]
pub struct CartonRows {
    /// Those that can be loaded.
    pub rows: Vec<CartonRow>,
    /// What was wrong or doubtful.
    pub findings: Vec<Finding>,
    /// How many rows could not be used.
    pub rejected: usize,
}

const FIELDS: Fields = Fields { dates: &[], ids: &["customer_po", "order_no"], rates: &[] };

/// The three columns of edges.
const EDGES: [&str; 3] = ["length", "width", "height"];

/// From this on, figures without a unit are millimetres: no carton is so many
/// centimetres long.
const MILLIMETRES_FROM: Decimal = Decimal::from_parts(250, 0, 0, false, 0);

/// Grams in a pound.
const POUND: Decimal = Decimal::from_parts(45_359_237, 0, 0, false, 5);

/// Reads a list of cartons.
pub fn carton_rows(table: &Table) -> CartonRows {
    let mut reader = RowReader::new(table, FIELDS, DateHints::default(), &[]);
    let units = Units::of(&mut reader, table);
    let mut rows = Vec::new();
    while reader.advance() {
        let Some(size) = units.size(&mut reader) else {
            reader.reject(
                "no-carton-size",
                if reader.has("length") { "length" } else { "carton_size" },
            );
            continue;
        };
        let Some(quantity) = quantity(&mut reader) else {
            reader
                .reject("no-quantity", if reader.has("cartons") { "cartons" } else { "quantity" });
            continue;
        };
        let row = row(&mut reader, &units, size, quantity);
        rows.push(row);
    }
    let rest = reader.finish();
    CartonRows { rows, findings: rest.findings, rejected: rest.rejected }
}

fn row(reader: &mut RowReader<'_>, units: &Units, size: [u32; 3], quantity: u32) -> CartonRow {
    let row_number = reader.row() + 1;
    let label = reader.text("item_code").unwrap_or_else(|| row_number.to_string().into());
    let remark = reader.text("remark");
    let id = |found: Vec<super::DocumentNo>| found.into_iter().next().map(|id| id.text);
    let po = id(reader.ids("customer_po")).or_else(|| id(reader.ids("order_no")));
    CartonRow {
        called: label.clone(),
        label,
        po,
        destination: reader.text("ship_to"),
        first: first_number(reader),
        quantity,
        size,
        upright: upright(reader, remark.as_deref()),
        gross_weight: units.weight(reader, quantity),
        tiers: tiers(reader, remark.as_deref()),
        bearing: reader.decimal("bearing").and_then(|figure| units.bearing.kilograms(&figure)),
        at: reader.at(if reader.has("item_code") { "item_code" } else { "length" }),
    }
}

/// Returns the first of `1-20`.
fn first_number(reader: &mut RowReader<'_>) -> Option<u32> {
    let text = reader.text("carton_from")?;
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|first| *first > 0)
}

/// Returns how many cartons a row has: whole ones, none of them negative.
fn quantity(reader: &mut RowReader<'_>) -> Option<u32> {
    let whole = |value: Decimal| value.fract().is_zero().then(|| value.to_u32()).flatten();
    if let Some(figure) = reader.decimal("cartons") {
        return whole(figure.value);
    }
    let pieces = reader.decimal("quantity")?.value;
    match reader.decimal("pcs_per_carton").map(|figure| figure.value) {
        Some(each) if each > Decimal::ZERO => pieces.checked_div(each)?.ceil().to_u32(),
        _ => whole(pieces),
    }
}

fn upright(reader: &mut RowReader<'_>, remark: Option<&str>) -> [bool; 3] {
    let said = reader.located_text("vertical");
    let said_word = said.as_ref().map(|text| standing(&text.value));
    match (said_word, said) {
        (Some(Standing::Edges(edges)), _) => edges,
        (Some(Standing::Unclear), Some(text)) => {
            let finding = Finding::of(codes::VERTICAL_UNCLEAR).with("found", &text.value);
            reader.find(finding.at(text.at));
            [false, false, true]
        }
        _ => remark.and_then(standing_in_remark).unwrap_or([true; 3]),
    }
}

fn tiers(reader: &mut RowReader<'_>, remark: Option<&str>) -> Option<u32> {
    let said = reader.decimal("max_tiers").and_then(|figure| figure.value.to_u32());
    said.filter(|tiers| *tiers > 0).or_else(|| remark.and_then(tiers_in_remark))
}

/// The units of a list's columns.
struct Units {
    /// Millimetres in the unit of each edge, where none is in the cell.
    edges: [Decimal; 3],
    /// Of a size in one cell, if its header has a unit.
    size: Option<Decimal>,
    each: Weight,
    total: Weight,
    bearing: Weight,
}

impl Units {
    fn of(reader: &mut RowReader<'_>, table: &Table) -> Self {
        let unit = |field: &str| table.column(field).and_then(unit_of_length);
        let written = EDGES.map(unit);
        // One header may speak for all three: 长/宽/高(cm).
        let any = written.iter().flatten().next().copied();
        let edges = match any {
            Some(any) => written.map(|unit| unit.unwrap_or(any)),
            None => [Self::guessed(reader); 3],
        };
        let weight = |field: &str| Weight::of(table.column(field));
        Self {
            edges,
            size: unit("carton_size"),
            each: weight("gross_weight"),
            total: weight("total_gross_weight"),
            bearing: weight("bearing"),
        }
    }

    /// Guesses the unit of figures that have none, by the longest: cartons
    /// are tens of centimetres, or hundreds of millimetres.
    fn guessed(reader: &mut RowReader<'_>) -> Decimal {
        let rows = reader.rows().to_vec();
        let all = rows.iter().flat_map(|row| EDGES.map(|field| reader.peek(*row, field)));
        let Some(longest) = all.flatten().max() else { return Decimal::TEN };
        let (factor, unit) = if longest >= MILLIMETRES_FROM {
            (Decimal::ONE, "mm")
        } else if longest <= Decimal::from(3) {
            (Decimal::ONE_THOUSAND, "m")
        } else {
            (Decimal::TEN, "cm")
        };
        if !units_in_cells(reader, &rows) {
            let finding = Finding::of(codes::LENGTH_UNIT_GUESSED);
            let column = reader.column("length").or_else(|| reader.column("carton_size"));
            let at = column.map(|column| reader.header_at(column));
            let finding = finding.with("found", longest.normalize()).with("unit", unit);
            reader.find(match at {
                Some(at) => finding.at(at),
                None => finding,
            });
        }
        factor
    }

    /// Reads the size of a row's carton.
    fn size(&self, reader: &mut RowReader<'_>) -> Option<[u32; 3]> {
        let of_cells = EDGES.map(|field| reader.decimal(field));
        let found = match of_cells {
            [Some(length), Some(width), Some(height)] => {
                let scaled = [(length, 0), (width, 1), (height, 2)].map(|(figure, at)| {
                    let own = figure.unit.as_deref().and_then(length_unit);
                    figure.value.checked_mul(own.unwrap_or(self.edges[at]))
                });
                let [Some(length), Some(width), Some(height)] = scaled else { return None };
                in_millimetres([length, width, height], Some(Decimal::ONE), None)?
            }
            _ => edges(&reader.text("carton_size")?, self.size)?,
        };
        let whole = found.map(|edge| edge.ceil().to_u32());
        let [Some(length), Some(width), Some(height)] = whole else { return None };
        Some([length, width, height])
    }

    /// Reads what one carton of a row weighs.
    fn weight(&self, reader: &mut RowReader<'_>, quantity: u32) -> Option<Decimal> {
        let positive = |weight: &Decimal| *weight > Decimal::ZERO;
        if let Some(figure) = reader.decimal("gross_weight") {
            return self.each.kilograms(&figure).filter(positive);
        }
        let all = reader.decimal("total_gross_weight")?;
        let all = self.total.kilograms(&all).filter(positive)?;
        all.checked_div(Decimal::from(quantity))
    }
}

/// Whether the edges' cells have their units with them.
fn units_in_cells(reader: &RowReader<'_>, rows: &[u32]) -> bool {
    let has = |row: &u32| {
        reader.words_at(*row, "length").is_some_and(|text| text.chars().any(char::is_alphabetic))
    };
    rows.iter().any(has)
}

/// Returns the millimetres of the unit in a header: `长(cm)`, `length_mm`.
fn unit_of_length(column: &Column) -> Option<Decimal> {
    let own = column.unit.as_deref().and_then(length_unit);
    own.or_else(|| {
        let lower = column.header.to_lowercase();
        let tail = lower.rsplit(['_', ' ', '(', '（', '-', '/', '.']).next().unwrap_or_default();
        length_unit(tail.trim_end_matches([')', '）']))
    })
}

/// The unit of a column of weights.
#[derive(Debug, Clone, Copy)]
struct Weight(Decimal);

impl Weight {
    fn of(column: Option<&Column>) -> Self {
        let word = column.and_then(|column| column.unit.as_deref()).and_then(kilograms);
        Self(word.unwrap_or(Decimal::ONE))
    }

    /// Returns a figure in kilograms.
    fn kilograms(&self, figure: &Figure) -> Option<Decimal> {
        let own = figure.unit.as_deref().and_then(kilograms);
        figure.value.checked_mul(own.unwrap_or(self.0)).map(|weight| weight.normalize())
    }
}

/// Returns the kilograms in a unit of weight.
fn kilograms(unit: &str) -> Option<Decimal> {
    let folded = crate::text::fold(unit);
    let word = folded.split('/').next().unwrap_or_default();
    match word {
        "kg" | "kgs" | "公斤" | "千克" => Some(Decimal::ONE),
        "g" | "克" | "gram" | "grams" => Some(Decimal::new(1, 3)),
        "t" | "吨" | "ton" | "tons" => Some(Decimal::ONE_THOUSAND),
        "斤" => Some(Decimal::new(5, 1)),
        "lb" | "lbs" | "磅" => POUND.checked_div(Decimal::ONE_THOUSAND),
        _ => None,
    }
}
