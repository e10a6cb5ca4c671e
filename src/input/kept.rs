//! How a cell is kept: 16 bytes that say what it is, and beside them the texts
//! it may point at. Most cells of a sheet are never asked for; a value is made
//! of those that are.

use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime};
use rust_decimal::Decimal;

use super::sheet::{Formula, Held, NewCell, Value};

/// A cell as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    /// A number's digits, a time's milliseconds, a truth, or the number of a
    /// text.
    payload: u64,
    /// Its column, from 0.
    pub col: u16,
    /// Index into [`Sheet::styles`](super::sheet::Sheet::styles); 0 is the
    /// plain style.
    pub style: u16,
    /// Whether it is a formula.
    pub formula: Formula,
    what: What,
    /// The digits of a number behind its point.
    scale: u8,
}

/// What the payload of a cell means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Empty,
    Text,
    Number,
    LongNumber,
    /// Milliseconds since 1970.
    Date,
    Bool,
    Error,
    /// The number of one that is too long to be packed.
    OddNumber,
    /// The number of one that is no whole number of milliseconds.
    OddDate,
}

/// What the cells of a sheet point at.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// The texts that all sheets of the workbook share.
    shared: Arc<Vec<Arc<str>>>,
    /// The sheet's own, numbered after them.
    own: Vec<Arc<str>>,
    /// Numbers and times that 8 bytes do not hold.
    numbers: Vec<Decimal>,
    dates: Vec<NaiveDateTime>,
    /// Where texts put down lately stand among the own ones.
    lately: Vec<u32>,
}

/// How many texts are looked for among those put down lately.
const LATELY: usize = 1 << 12;

impl Kept {
    /// Packs a cell; `texts` keeps what it points at.
    pub(super) fn new(cell: NewCell, texts: &mut Texts) -> Self {
        let (what, payload, scale) = match cell.value {
            Value::Empty => (What::Empty, 0, 0),
            Value::Text(text) => (What::Text, texts.keep(text), 0),
            Value::LongNumber(digits) => (What::LongNumber, texts.keep(digits), 0),
            Value::Error(error) => (What::Error, texts.keep(error), 0),
            Value::Bool(truth) => (What::Bool, u64::from(truth), 0),
            Value::Number(number) => match i64::try_from(number.mantissa()) {
                // Scales end at 28.
                Ok(digits) => (What::Number, digits.cast_unsigned(), number.scale() as u8),
                Err(_) => (What::OddNumber, keep(&mut texts.numbers, number), 0),
            },
            Value::Date(date) => {
                let milliseconds = date.and_utc().timestamp_millis();
                match time(milliseconds).filter(|packed| *packed == date) {
                    Some(_) => (What::Date, milliseconds.cast_unsigned(), 0),
                    None => (What::OddDate, keep(&mut texts.dates, date), 0),
                }
            }
        };
        Self { payload, col: cell.col, style: cell.style, formula: cell.formula, what, scale }
    }

    /// Packs a cell that shows shared text `number`.
    pub(super) fn shared(number: u32, col: u16, style: u16, formula: Formula) -> Self {
        let payload = u64::from(number);
        Self { payload, col, style, formula, what: What::Text, scale: 0 }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.what == What::Empty
    }

    /// Whether it holds neither a value nor a formula, whatever its look.
    pub fn is_blank(&self) -> bool {
        self.is_empty() && self.formula == Formula::None
    }

    /// Takes what it holds away; its look stays.
    pub(super) fn clear(&mut self) {
        (self.what, self.formula) = (What::Empty, Formula::None);
    }

    /// Returns what it holds.
    pub(super) fn held<'a>(&self, texts: &'a Texts) -> Held<'a> {
        match self.what {
            What::Empty => Held::Empty,
            What::Text => Held::Text(texts.get(self.payload)),
            What::LongNumber => Held::LongNumber(texts.get(self.payload)),
            What::Error => Held::Error(texts.get(self.payload)),
            What::Bool => Held::Bool(self.payload != 0),
            What::Number => {
                Held::Number(Decimal::new(self.payload.cast_signed(), u32::from(self.scale)))
            }
            What::Date => match time(self.payload.cast_signed()) {
                Some(date) => Held::Date(date),
                None => Held::Empty,
            },
            What::OddNumber => Held::Number(texts.numbers[self.payload as usize]),
            What::OddDate => Held::Date(texts.dates[self.payload as usize]),
        }
    }

    /// Makes the value of what it holds.
    pub(super) fn value(&self, texts: &Texts) -> Value {
        let text = || Arc::clone(texts.get(self.payload));
        match self.held(texts) {
            Held::Empty => Value::Empty,
            Held::Text(_) => Value::Text(text()),
            Held::LongNumber(_) => Value::LongNumber(text()),
            Held::Error(_) => Value::Error(text()),
            Held::Bool(truth) => Value::Bool(truth),
            Held::Number(number) => Value::Number(number),
            Held::Date(date) => Value::Date(date),
        }
    }
}

/// Returns the time that is so many milliseconds after the beginning of 1970.
fn time(milliseconds: i64) -> Option<NaiveDateTime> {
    DateTime::from_timestamp_millis(milliseconds).map(|time| time.naive_utc())
}

impl Texts {
    /// Begins with the texts that the sheets of a workbook share.
    pub(super) fn sharing(shared: Arc<Vec<Arc<str>>>) -> Self {
        Self { shared, ..Self::default() }
    }

    /// Keeps a text, and returns its number: a reader gives the same one again
    /// and again.
    fn keep(&mut self, text: Arc<str>) -> u64 {
        self.lately.resize(LATELY, u32::MAX);
        let place = (text.as_ptr() as usize >> 4) % LATELY;
        let known = self.own.get(self.lately[place] as usize);
        if known.is_none_or(|known| !Arc::ptr_eq(known, &text)) {
            // No workbook is let in with as many cells.
            self.lately[place] = u32::try_from(self.own.len()).unwrap_or(u32::MAX);
            self.own.push(text);
        }
        self.shared.len() as u64 + u64::from(self.lately[place])
    }

    fn get(&self, number: u64) -> &Arc<str> {
        let number = number as usize;
        match number.checked_sub(self.shared.len()) {
            None => &self.shared[number],
            Some(own) => &self.own[own],
        }
    }

    /// Ends the keeping.
    pub(super) fn close(&mut self) {
        self.lately = Vec::new();
        self.own.shrink_to_fit();
        self.numbers.shrink_to_fit();
        self.dates.shrink_to_fit();
    }
}

/// Keeps what is too long to be packed, and returns its number.
fn keep<T>(kept: &mut Vec<T>, value: T) -> u64 {
    kept.push(value);
    kept.len() as u64 - 1
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};

    use super::*;

    fn day() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, 1).unwrap().and_hms_milli_opt(13, 5, 0, 7).unwrap()
    }

    #[test]
    fn every_value_comes_out_as_it_was_kept() {
        let values = [
            Value::Empty,
            Value::Text("收货单".into()),
            Value::Number(Decimal::new(-1715, 2)),
            Value::Number(Decimal::MAX),
            Value::Number(Decimal::new(i64::MIN, 28)),
            Value::LongNumber("3.25013654254022E+18".into()),
            Value::Date(day()),
            Value::Date(NaiveDateTime::MIN),
            Value::Date(day() + TimeDelta::nanoseconds(1)),
            Value::Bool(true),
            Value::Error("#N/A".into()),
        ];
        let mut texts = Texts::sharing(Arc::new(vec![Arc::from("件")]));
        let kept = |value: &Value| {
            Kept::new(NewCell { value: value.clone(), ..NewCell::default() }, &mut texts)
        };
        let kept: Vec<Kept> = values.iter().map(kept).collect();
        texts.close();
        let read: Vec<Value> = kept.iter().map(|cell| cell.value(&texts)).collect();
        assert_eq!(read, values);
        let shared = Kept::shared(0, 3, 1, Formula::Computed);
        assert_eq!(shared.held(&texts), Held::Text("件"));
    }

    #[test]
    fn scales_stay_as_they_were_written() {
        let number = Decimal::new(1500, 2);
        let cell = NewCell { value: Value::Number(number), ..NewCell::default() };
        let texts = &mut Texts::default();
        let Held::Number(read) = Kept::new(cell, texts).held(texts) else { panic!() };
        assert_eq!(read.to_string(), "15.00");
    }

    #[test]
    fn a_text_that_comes_again_is_kept_once() {
        let (name, mut texts) = (Arc::<str>::from("原料仓"), Texts::default());
        let keep = |text: &Arc<str>, texts: &mut Texts| texts.keep(Arc::clone(text));
        let first = keep(&name, &mut texts);
        for number in 0..3 * LATELY {
            let text = Arc::from(format!("SH{number}"));
            let kept = keep(&text, &mut texts);
            assert_eq!(texts.get(kept), &text);
        }
        let again = (0..100).map(|_| keep(&name, &mut texts)).collect::<Vec<u64>>();
        assert_eq!(texts.get(first), &name);
        assert!(again.windows(2).all(|two| two[0] == two[1]), "{again:?}");
    }
}
