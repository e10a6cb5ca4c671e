//! Figures as people write them: `¥1,234.50`, `１２３`, `(12.00)`, `12-`,
//! `1.2万`, `12箱`, `50%`. Never `f64`, never a guess: `1.234,50` is refused.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::fold::fold;
use super::lexicon::lexicon;
use super::odd::{Bad, Odd, Odds, Parsed};
use crate::input::sheet::Value;

/// A figure, its unit, and what was odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The exact value; per cent are already hundredths.
    pub value: Decimal,
    /// What was glued to the figure (`箱`, `kg`, `元/个`), verbatim. A bare mark
    /// of money is no unit.
    pub unit: Option<Arc<str>>,
    /// What was odd.
    pub odds: Odds,
}

/// Longer texts are prose, not figures.
const LONGEST: usize = 64;

/// As it stands in the cell: wide letters and padding take more room.
const LONGEST_WRITTEN: usize = 16 * LONGEST;

/// No money, quantity or price reaches this: it has more digits than any
/// spreadsheet keeps. Whatever is below can be added up a million times over,
/// and no sum overflows.
const BEYOND: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

/// Multiplies two figures; `None` if the product is larger than any figure
/// can be.
pub fn product(one: Decimal, other: Decimal) -> Option<Decimal> {
    one.checked_mul(other).filter(|product| product.abs() < BEYOND)
}

/// Reads a cell as a figure.
pub fn decimal(value: &Value) -> Parsed<Number> {
    match value {
        Value::Empty => Parsed::Blank(Odds::NONE),
        Value::Number(value) => {
            believable(Parsed::Value(Number { value: *value, unit: None, odds: Odds::NONE }))
        }
        Value::Text(text) => decimal_text(text),
        Value::LongNumber(_) => Parsed::Bad(Bad::TooLong),
        Value::Error(_) => Parsed::Bad(Bad::FormulaError),
        Value::Date(_) | Value::Bool(_) => Parsed::Bad(Bad::NotThis),
    }
}

fn believable(read: Parsed<Number>) -> Parsed<Number> {
    match read {
        Parsed::Value(number) if number.value.abs() >= BEYOND => Parsed::Bad(Bad::TooLong),
        read => read,
    }
}

/// Reads text as a figure.
pub fn decimal_text(text: &str) -> Parsed<Number> {
    believable(any_figure(text))
}

/// Reads text as a figure of any size: whoever asks how a text looks (a
/// locator of tables) may ask this of any, for prose is refused fast.
pub fn any_figure(text: &str) -> Parsed<Number> {
    if text.len() > LONGEST_WRITTEN {
        return Parsed::Bad(Bad::NotThis);
    }
    let (folded, changed) = fold(text);
    if folded.len() > LONGEST {
        return Parsed::Bad(Bad::NotThis);
    }
    let lower = folded.to_lowercase();
    let words = lexicon();
    if lower.is_empty() || words.is_blank(&lower) {
        return Parsed::Blank(Odds::NONE);
    }
    if words.says_blank(&lower) {
        return Parsed::Blank(Odds::NONE.with(Odd::SaidBlank));
    }
    let mut odds = Odds::NONE.with(Odd::Text);
    if changed {
        odds.add(Odd::FullWidth);
    }
    if words.is_zero(&lower) {
        let value = Decimal::ZERO;
        return Parsed::Value(Number { value, unit: None, odds: odds.with(Odd::Words) });
    }
    let reader = Reader { rest: &lower, verbatim: &folded, odds, negative: None };
    match reader.figure() {
        Ok(number) => Parsed::Value(number),
        Err(bad) => Parsed::Bad(bad),
    }
}

/// Reads one folded, lower-case text from left to right.
struct Reader<'a> {
    rest: &'a str,
    /// The text before it was made lower-case: units are kept as written.
    verbatim: &'a str,
    odds: Odds,
    /// Whether a sign was seen, and which.
    negative: Option<bool>,
}

impl<'a> Reader<'a> {
    /// Reads all of it.
    fn figure(mut self) -> Result<Number, Bad> {
        if has_symbols(self.rest) {
            return Err(Bad::Symbols);
        }
        self.before()?;
        let bracketed = self.open_bracket()?;
        if bracketed {
            self.before()?;
        }
        let value = self.digits()?;
        let value = self.magnitude(value)?;
        if bracketed {
            self.close_bracket()?;
        }
        let (value, unit) = self.after(value)?;
        let value = if self.negative == Some(true) { -value } else { value };
        Ok(Number { value, unit, odds: self.odds })
    }

    /// Takes `prefix`, if the rest begins with it.
    fn take(&mut self, prefix: &str) -> bool {
        match self.rest.strip_prefix(prefix) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Notes a sign; two signs are none that can be trusted.
    fn sign(&mut self, negative: bool) -> Result<(), Bad> {
        if self.negative.is_some() {
            return Err(Bad::NotThis);
        }
        self.negative = Some(negative);
        Ok(())
    }

    /// Takes whatever may stand before the digits: apostrophe, signs, marks
    /// of money.
    fn before(&mut self) -> Result<(), Bad> {
        loop {
            self.skip_spaces();
            if self.take("'") {
                self.odds.add(Odd::Apostrophe);
            } else if self.take("-") {
                self.sign(true)?;
            } else if self.take("+") {
                self.sign(false)?;
            } else if self.take("负") || self.take("負") || self.take("▲") || self.take("△") {
                self.odds.add(Odd::WordSign);
                self.sign(true)?;
            } else if let Some(length) = lexicon().currency_prefix(self.rest) {
                if self.odds.has(Odd::Currency) {
                    return Err(Bad::NotThis);
                }
                self.odds.add(Odd::Currency);
                self.rest = &self.rest[length..];
                let _ = self.take(":");
            } else {
                return Ok(());
            }
        }
    }

    /// Takes an accounting bracket.
    fn open_bracket(&mut self) -> Result<bool, Bad> {
        if !self.take("(") {
            return Ok(false);
        }
        self.odds.add(Odd::Brackets);
        self.sign(true)?;
        // No second sign inside: `(-5)` may mean either.
        Ok(true)
    }

    fn close_bracket(&mut self) -> Result<(), Bad> {
        self.skip_spaces();
        if let Some((end, mark)) = self.rest.split_once(')').map(|(mark, rest)| (rest, mark)) {
            let mark = mark.trim();
            if mark.is_empty() || lexicon().is_currency(mark) {
                self.rest = end;
                return Ok(());
            }
        }
        Err(Bad::NotThis)
    }

    /// Takes the run of digits and separators, and an exponent.
    fn digits(&mut self) -> Result<Decimal, Bad> {
        let end = run_of_digits(self.rest);
        let (run, rest) = self.rest.split_at(end);
        if !run.bytes().any(|b| b.is_ascii_digit()) {
            return Err(Bad::NotThis);
        }
        self.rest = rest;
        let plain = self.plain(run)?;
        let value = Decimal::from_str_exact(&plain).map_err(|_| Bad::TooLong)?;
        self.exponent(value)
    }

    /// Returns `run` without separators, or why they cannot be understood.
    fn plain(&mut self, run: &str) -> Result<String, Bad> {
        if run.matches('.').count() > 1 {
            return Err(Bad::Separators);
        }
        let (whole, fraction) = match run.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (run, None),
        };
        if fraction.is_some_and(|digits| !digits.bytes().all(|b| b.is_ascii_digit())) {
            return Err(Bad::Separators);
        }
        let whole = self.ungrouped(whole, fraction.is_some())?;
        if whole.len() > 1 && whole.starts_with('0') {
            self.odds.add(Odd::LeadingZeros);
        }
        let whole = if whole.is_empty() { "0".to_owned() } else { whole };
        Ok(match fraction {
            Some(digits) if !digits.is_empty() => format!("{whole}.{digits}"),
            _ => whole,
        })
    }

    /// Returns the whole part without its separators. Groups of three are
    /// plain; other groups are accepted only where no comma can be a decimal
    /// point (a point follows, or there are two commas).
    fn ungrouped(&mut self, whole: &str, has_fraction: bool) -> Result<String, Bad> {
        let mut marks = whole.chars().filter(|c| !c.is_ascii_digit());
        let Some(mark) = marks.next() else { return Ok(whole.to_owned()) };
        if marks.any(|other| other != mark) {
            return Err(Bad::Separators);
        }
        let groups: Vec<&str> = whole.split(mark).collect();
        let (first, others) = groups.split_first().ok_or(Bad::Separators)?;
        if first.is_empty() || others.iter().any(|group| group.is_empty()) {
            return Err(Bad::Separators);
        }
        let even = others.iter().all(|group| group.len() == 3)
            && first.len() <= 3
            && !first.starts_with('0');
        let certain = mark == ',' && !first.starts_with('0') && (has_fraction || others.len() > 1);
        if !even && !certain {
            return Err(Bad::Separators);
        }
        self.odds.add(if even { Odd::Thousands } else { Odd::UnevenThousands });
        Ok(groups.concat())
    }

    /// Applies `e-05`. `e+18` has lost digits unless nothing could be lost.
    fn exponent(&mut self, value: Decimal) -> Result<Decimal, Bad> {
        let Some(rest) = self.rest.strip_prefix('e') else { return Ok(value) };
        let sign = rest.chars().next().filter(|c| matches!(c, '+' | '-'));
        let digits = &rest[sign.map_or(0, char::len_utf8)..];
        let end = digits.bytes().take_while(u8::is_ascii_digit).count();
        if end == 0 {
            return Ok(value);
        }
        let power: u32 = digits[..end].parse().map_err(|_| Bad::TooLong)?;
        self.rest = &digits[end..];
        self.odds.add(Odd::Exponent);
        if value.is_zero() || power == 0 {
            return Ok(value);
        }
        if sign != Some('-') {
            return Err(Bad::Scientific);
        }
        let mut small = value;
        let scale = value.scale().checked_add(power).ok_or(Bad::TooLong)?;
        small.set_scale(scale).map_err(|_| Bad::TooLong)?;
        Ok(small)
    }

    /// Applies 千, 万, 亿, unless they begin a unit (千克).
    fn magnitude(&mut self, value: Decimal) -> Result<Decimal, Bad> {
        self.skip_spaces();
        if lexicon().begins_with_whole_unit(self.rest) {
            return Ok(value);
        }
        let mut factor = Decimal::ONE;
        while let Some((size, rest)) = split_magnitude(self.rest) {
            factor = factor.checked_mul(Decimal::from(size)).ok_or(Bad::TooLong)?;
            self.odds.add(Odd::Magnitude);
            self.rest = rest;
        }
        if factor == Decimal::ONE {
            return Ok(value);
        }
        value.checked_mul(factor).map(|value| value.normalize()).ok_or(Bad::TooLong)
    }

    /// Takes whatever may stand behind the figure.
    fn after(&mut self, value: Decimal) -> Result<(Decimal, Option<Arc<str>>), Bad> {
        self.skip_spaces();
        if self.take("-") {
            if !self.rest.trim().is_empty() {
                return Err(Bad::Several);
            }
            // `56.-` is 56 flat.
            if self.verbatim.trim_end().ends_with(".-") {
                return Ok((value, None));
            }
            self.odds.add(Odd::TrailingMinus);
            self.sign(true)?;
            return Ok((value, None));
        }
        let (mark, mark_verbatim) = self.tail();
        let hundredths = match mark {
            "" => return Ok((value, None)),
            "%" => 2,
            "‰" => 3,
            "cr" | "dr" => {
                self.odds.add(Odd::CreditMark);
                if mark == "cr" {
                    self.sign(true)?;
                }
                return Ok((value, None));
            }
            "整" | "元整" => return Ok((value, None)),
            _ => return self.unit(mark, mark_verbatim).map(|unit| (value, unit)),
        };
        self.odds.add(Odd::Percent);
        let mut share = value;
        let scale = value.scale().checked_add(hundredths).ok_or(Bad::TooLong)?;
        share.set_scale(scale).map_err(|_| Bad::TooLong)?;
        Ok((share, None))
    }

    /// Returns the rest, folded and as written.
    fn tail(&self) -> (&'a str, &'a str) {
        // Lower-casing may change lengths; then the lower-case form is kept.
        let lower = self.rest.trim();
        let same = self.verbatim.get(self.verbatim.len().saturating_sub(self.rest.len())..);
        let verbatim = same.map(str::trim).filter(|text| text.to_lowercase() == lower);
        (lower, verbatim.unwrap_or(lower))
    }

    /// Reads the rest as a unit or a mark of money: `箱`, `(kg)`, `元/个`.
    fn unit(&self, mark: &str, verbatim: &str) -> Result<Option<Arc<str>>, Bad> {
        let bare = |text: &str| -> Option<(usize, usize)> {
            let inner = text.strip_prefix('(')?.strip_suffix(')')?;
            Some((1, 1 + inner.len()))
        };
        let (mark, verbatim) = match (bare(mark), bare(verbatim)) {
            (Some((a, b)), Some((c, d))) => (mark[a..b].trim(), verbatim[c..d].trim()),
            _ => (mark, verbatim),
        };
        let words = lexicon();
        if words.is_currency(mark) {
            return Ok(None);
        }
        let known = match mark.split_once('/') {
            Some((money, unit)) => {
                (money.is_empty() || words.is_currency(money.trim()) || words.is_unit(money.trim()))
                    && words.is_unit(unit.trim())
            }
            None => words.is_unit(mark.strip_suffix('.').unwrap_or(mark)),
        };
        if known {
            return Ok(Some(Arc::from(verbatim)));
        }
        let several = mark.bytes().any(|b| b.is_ascii_digit());
        Err(if several { Bad::Several } else { Bad::TrailingText })
    }
}

/// Returns how many bytes of `text` are digits and separators between them. A
/// space or an apostrophe separates only if a digit follows.
fn run_of_digits(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next_is_digit = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            b'0'..=b'9' | b'.' | b',' => at += 1,
            b' ' | b'\'' if at > 0 && next_is_digit => at += 1,
            _ => break,
        }
    }
    at
}

/// Splits a word of magnitude off the front.
fn split_magnitude(text: &str) -> Option<(u64, &str)> {
    const SIZES: [(char, u64); 7] = [
        ('百', 100),
        ('千', 1_000),
        ('仟', 1_000),
        ('万', 10_000),
        ('萬', 10_000),
        ('亿', 100_000_000),
        ('億', 100_000_000),
    ];
    let first = text.chars().next()?;
    let (_, size) = SIZES.into_iter().find(|(sign, _)| *sign == first)?;
    Some((size, &text[first.len_utf8()..]))
}

/// Whether figures in a dress that must not be undressed stand in `text`:
/// circled digits, vulgar fractions, powers. The power of a unit (m²) is none.
fn has_symbols(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|c| {
        let after_letter = before.is_alphabetic();
        before = c;
        match c {
            '¼'..='¾' | '⅐'..='ↈ' | '\u{2460}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' => true,
            '²' | '³' | '¹' | '⁰'..='₎' => !after_letter,
            _ => false,
        }
    })
}

#[cfg(test)]
mod tests;
