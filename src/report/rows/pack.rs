//! Rows as bytes and back: what a cell is, then its value, numbers in as many
//! bytes as they need.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::Sheets;
use crate::location::{CellRef, Location, SheetId};
use crate::report::cell::{Calc, Cell, Tone};
use crate::report::table::{Row, RowStyle};

/// What a cell is, as one byte.
const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const NUMBER: u8 = 2;
const DATE: u8 = 3;
const WORD: u8 = 4;
const PLACES: u8 = 5;
const CALC: u8 = 6;

const STYLES: [RowStyle; 5] =
    [RowStyle::Normal, RowStyle::Group, RowStyle::Subtotal, RowStyle::Strong, RowStyle::Total];
const TONES: [Tone; 5] = [Tone::Plain, Tone::Good, Tone::Info, Tone::Warning, Tone::Bad];

/// The bit of a decimal's first byte that says it is negative; the others hold
/// its scale.
const NEGATIVE: u8 = 1 << 7;

/// Writes rows.
pub(super) struct Packer<'a> {
    pub(super) bytes: &'a mut Vec<u8>,
    pub(super) sheets: &'a mut Sheets,
}

impl Packer<'_> {
    /// Adds a row.
    pub(super) fn row(&mut self, row: &Row) {
        self.bytes.push(place_of(&STYLES, row.style));
        self.bytes.push(row.level);
        self.bytes.push(u8::from(row.id.is_some()));
        row.id.iter().for_each(|id| self.text(id));
        self.decimal(row.weight);
        self.count(row.cells.len());
        row.cells.iter().for_each(|cell| self.cell(cell));
    }

    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Empty => self.bytes.push(EMPTY),
            Cell::Text(text) => {
                self.bytes.push(TEXT);
                self.text(text);
            }
            Cell::Number(number) => {
                self.bytes.push(NUMBER);
                self.decimal(*number);
            }
            Cell::Date(date) => {
                self.bytes.push(DATE);
                self.bytes.extend(date.num_days_from_ce().to_le_bytes());
            }
            Cell::Word(tone, text) => {
                self.bytes.extend([WORD, place_of(&TONES, *tone)]);
                self.text(text);
            }
            Cell::Places(places) => {
                self.bytes.push(PLACES);
                self.count(places.len());
                places.iter().for_each(|place| self.place(place));
            }
            Cell::Calc(calc) => {
                self.bytes.push(CALC);
                self.text(&calc.formula);
                self.cell(&calc.value);
            }
        }
    }

    fn place(&mut self, place: &Location) {
        let sheet = self.sheets.number(&place.sheet);
        self.number(sheet.into());
        self.number(place.cell.row.into());
        self.number(place.cell.col.into());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn decimal(&mut self, decimal: Decimal) {
        let sign = if decimal.is_sign_negative() { NEGATIVE } else { 0 };
        self.bytes.push(sign | decimal.scale() as u8);
        self.number(decimal.mantissa().unsigned_abs());
    }

    fn count(&mut self, count: usize) {
        self.number(count as u128);
    }

    /// Adds a number, seven bits a byte, the low ones first.
    fn number(&mut self, mut number: u128) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

fn place_of<T: PartialEq>(all: &[T], one: T) -> u8 {
    all.iter().position(|other| *other == one).unwrap_or(0) as u8
}

/// Reads what a [`Packer`] wrote.
pub(super) struct Unpacker<'b, 'a> {
    pub(super) bytes: &'b mut &'a [u8],
    pub(super) sheets: &'a [Arc<SheetId>],
}

impl Unpacker<'_, '_> {
    /// Returns the next row.
    pub(super) fn row(&mut self) -> Row {
        let style = STYLES.get(usize::from(self.byte())).copied().unwrap_or_default();
        let level = self.byte();
        let id = (self.byte() == 1).then(|| self.text());
        let weight = self.decimal();
        let count = self.number() as usize;
        Row { cells: (0..count).map(|_| self.cell()).collect(), style, level, id, weight }
    }

    fn cell(&mut self) -> Cell {
        match self.byte() {
            TEXT => Cell::Text(self.text()),
            NUMBER => Cell::Number(self.decimal()),
            DATE => {
                let days = i32::from_le_bytes(std::array::from_fn(|_| self.byte()));
                NaiveDate::from_num_days_from_ce_opt(days).into()
            }
            WORD => {
                let tone = TONES.get(usize::from(self.byte())).copied().unwrap_or_default();
                Cell::Word(tone, self.text())
            }
            PLACES => {
                let count = self.number();
                Cell::Places((0..count).filter_map(|_| self.place()).collect())
            }
            CALC => {
                let formula = Cow::Owned(self.text());
                Cell::Calc(Box::new(Calc { formula, value: self.cell() }))
            }
            _ => Cell::Empty,
        }
    }

    fn place(&mut self) -> Option<Location> {
        let (sheet, row, col) = (self.number(), self.number(), self.number());
        let sheet = self.sheets.get(sheet as usize)?;
        Some(Location::new(sheet, CellRef::new(row as u32, col as u16)))
    }

    fn text(&mut self) -> String {
        let length = self.number() as usize;
        let (text, rest) = self.bytes.split_at(length.min(self.bytes.len()));
        *self.bytes = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    fn decimal(&mut self) -> Decimal {
        let first = self.byte();
        let (scale, negative) = (first & !NEGATIVE, first & NEGATIVE != 0);
        let mantissa = self.number() as i128;
        let number = Decimal::try_from_i128_with_scale(mantissa, scale.into());
        let mut number = number.unwrap_or_default();
        number.set_sign_negative(negative);
        number
    }

    fn number(&mut self) -> u128 {
        let mut number = 0;
        for shift in (0..u128::BITS).step_by(7) {
            let byte = self.byte();
            number |= u128::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        number
    }

    fn byte(&mut self) -> u8 {
        let Some((&byte, rest)) = self.bytes.split_first() else { return 0 };
        *self.bytes = rest;
        byte
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Rows;
    use super::*;

    fn decimal() -> impl Strategy<Value = Decimal> {
        let limit = (1_i128 << 96) - 1;
        (-limit..=limit, 0..=28_u32, any::<bool>()).prop_map(|(mantissa, scale, zero)| {
            let mut number = Decimal::from_i128_with_scale(mantissa, scale);
            if zero {
                number = Decimal::new(0, scale);
                number.set_sign_negative(mantissa < 0);
            }
            number
        })
    }

    fn place() -> impl Strategy<Value = Location> {
        let sheet = |path: u8| SheetId { path: path.to_string(), sheet: None };
        (0..3_u8, any::<u32>(), any::<u16>())
            .prop_map(move |(path, row, col)| (Arc::new(sheet(path)), CellRef::new(row, col)))
            .prop_map(|(sheet, cell)| Location::new(&sheet, cell))
    }

    fn cell() -> impl Strategy<Value = Cell> {
        let days = NaiveDate::MIN.num_days_from_ce()..=NaiveDate::MAX.num_days_from_ce();
        let value = prop_oneof![
            Just(Cell::Empty),
            any::<String>().prop_map(Cell::Text),
            decimal().prop_map(Cell::Number),
            days.prop_map(|days| NaiveDate::from_num_days_from_ce_opt(days).into()),
            (0..5_usize, any::<String>()).prop_map(|(tone, text)| Cell::Word(TONES[tone], text)),
            prop::collection::vec(place(), 0..3).prop_map(Cell::Places),
        ];
        let calc = (any::<String>(), value.clone());
        prop_oneof![5 => value, 1 => calc.prop_map(|(formula, value)| Cell::calc(formula, value))]
    }

    fn row() -> impl Strategy<Value = Row> {
        let cells = prop::collection::vec(cell(), 0..6);
        (cells, 0..5_usize, any::<u8>(), any::<Option<String>>(), decimal()).prop_map(
            |(cells, style, level, id, weight)| Row {
                cells,
                style: STYLES[style],
                level,
                id,
                weight,
            },
        )
    }

    /// What tells two decimals apart that are equal in value.
    fn exact(row: &Row) -> String {
        format!("{row:?}")
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_out_as_it_was(rows in prop::collection::vec(row(), 0..8)) {
            let packed: Rows = rows.iter().cloned().collect();
            prop_assert_eq!(packed.have_ids(), rows.iter().any(|row| row.id.is_some()));
            let out: Vec<Row> = packed.iter().collect();
            prop_assert_eq!(&out, &rows);
            prop_assert!(out.iter().map(exact).eq(rows.iter().map(exact)));
        }
    }
}
