//! Written settings → settings that can be worked by; every value that cannot
//! is an error with its line.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::Spanned;

use super::raw::{
    Number, Raw, RawCalendar, RawFile, RawLabels, RawMatching, RawStock, RawSupplier, RawTax,
    RawWords,
};
use super::{
    CalendarSettings, Company, ExtraWords, FileRule, LabelSettings, Matching, Settings,
    StockSettings, SupplierNames, Tax,
};
use crate::containers::Container;
use crate::error::Result;
use crate::finding::{Code, Finding, codes};
use crate::kinds::{self, Kind};
use crate::lang::Lang;
use crate::period::parse_day;
use crate::text::{fold, nearest};

/// The file that is read, for the places of what is wrong in it.
pub(super) struct Source<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
}

impl Source<'_> {
    /// Reads the text of the file.
    pub(super) fn settings(&self) -> Result<Settings> {
        let raw: Raw = toml::from_str(self.text).map_err(|error| self.refused(&error))?;
        self.valid(raw)
    }

    fn valid(&self, raw: Raw) -> Result<Settings> {
        let defaults = Settings::default();
        let lang = match &raw.lang {
            Some(lang) => {
                Some(Lang::parse(lang.get_ref()).ok_or_else(|| self.bad(lang, "language"))?)
            }
            None => None,
        };
        let company = Company {
            name: raw.company.name.filter(|name| !name.trim().is_empty()),
            aliases: raw.company.aliases,
            address: raw.company.address.filter(|text| !text.trim().is_empty()),
            phone: raw.company.phone.filter(|text| !text.trim().is_empty()),
        };
        let mut packs = BTreeMap::new();
        for (item, factor) in &raw.packs {
            let factor = self.positive(factor, "pack-factor")?;
            packs.insert(item.clone(), factor);
        }
        Ok(Settings {
            path: Some(self.path.to_owned()),
            lang,
            company,
            matching: self.matching(&raw.matching, defaults.matching)?,
            tax: self.tax(&raw.tax, defaults.tax)?,
            packs,
            words: self.words(&raw.words)?,
            files: self.files(&raw.files)?,
            suppliers: self.suppliers(&raw.suppliers)?,
            over_short: self.over_short(&raw.over_short)?,
            carriers: self.carriers(&raw.carriers)?,
            calendar: self.calendar(&raw.calendar)?,
            stock: self.stock(&raw.stock)?,
            numbering: self.numbering(raw.numbering)?,
            containers: self.containers(raw.containers)?,
            labels: self.labels(&raw.labels)?,
        })
    }

    fn matching(&self, raw: &RawMatching, defaults: Matching) -> Result<Matching> {
        let tolerance = match &raw.tolerance {
            Some(number) => decimal(number.get_ref())
                .filter(|value| (Decimal::ZERO..=Decimal::ONE).contains(value))
                .ok_or_else(|| self.bad(number, "tolerance"))?,
            None => defaults.tolerance,
        };
        let days = match &raw.days {
            Some(days) => u32::try_from(*days.get_ref())
                .ok()
                .filter(|days| *days <= 92)
                .ok_or_else(|| self.bad(days, "days"))?,
            None => defaults.days,
        };
        Ok(Matching { tolerance, days })
    }

    /// Rates may be written in per cent (13) or as shares (0.13).
    fn tax(&self, raw: &RawTax, defaults: Tax) -> Result<Tax> {
        let rates = match &raw.rates {
            Some(rates) => rates
                .iter()
                .map(|number| {
                    let rate = self.positive(number, "tax-rate")?;
                    let share = if rate < Decimal::ONE { Some(rate) } else { hundredth(rate) };
                    share
                        .filter(|share| *share < Decimal::ONE)
                        .ok_or_else(|| self.bad(number, "tax-rate"))
                })
                .collect::<Result<_>>()?,
            None => defaults.rates,
        };
        Ok(Tax { rates, ours_included: raw.ours_included })
    }

    fn words(&self, raw: &[RawWords]) -> Result<Vec<ExtraWords>> {
        let extra = |raw: &RawWords| {
            let kind = self.kind(&raw.kind)?;
            let field = self.field(kind, &raw.field)?;
            Ok(ExtraWords { kind: kind.id.clone(), field, words: raw.words.clone() })
        };
        raw.iter().map(extra).collect()
    }

    fn files(&self, raw: &[RawFile]) -> Result<Vec<FileRule>> {
        raw.iter().map(|raw| self.file(raw)).collect()
    }

    fn file(&self, raw: &RawFile) -> Result<FileRule> {
        glob::Pattern::new(raw.pattern.get_ref()).map_err(|_| self.bad(&raw.pattern, "pattern"))?;
        let kind = raw.kind.as_ref().map(|kind| self.kind(kind)).transpose()?;
        let mut columns = BTreeMap::new();
        for (column, field) in &raw.columns {
            let field = match kind {
                Some(kind) => self.field(kind, field)?,
                None => field.get_ref().clone(),
            };
            columns.insert(column.clone(), field);
        }
        let row = |row: &Spanned<i64>| {
            u32::try_from(*row.get_ref())
                .ok()
                .filter(|row| *row > 0)
                .ok_or_else(|| self.bad(row, "row"))
        };
        Ok(FileRule {
            pattern: raw.pattern.get_ref().clone(),
            sheet: raw.sheet.clone(),
            kind: kind.map(|kind| kind.id.clone()),
            party: raw.party.clone(),
            header_rows: raw.header_rows.iter().map(row).collect::<Result<_>>()?,
            columns,
        })
    }

    /// A name may belong to one supplier only.
    fn suppliers(&self, raw: &[RawSupplier]) -> Result<Vec<SupplierNames>> {
        let mut owners: BTreeMap<String, usize> = BTreeMap::new();
        for (index, supplier) in raw.iter().enumerate() {
            for name in std::iter::once(&supplier.name).chain(&supplier.aliases) {
                let folded = fold(name.get_ref());
                if folded.is_empty() {
                    return Err(self.bad(name, "empty-name"));
                }
                if *owners.entry(folded).or_insert(index) != index {
                    return Err(self.bad(name, "name-of-two"));
                }
            }
        }
        let names = |supplier: &RawSupplier| SupplierNames {
            name: supplier.name.get_ref().clone(),
            aliases: supplier.aliases.iter().map(|alias| alias.get_ref().clone()).collect(),
        };
        Ok(raw.iter().map(names).collect())
    }

    fn calendar(&self, raw: &RawCalendar) -> Result<CalendarSettings> {
        let mut closed = Vec::new();
        for span in &raw.closed {
            let text = span.get_ref();
            let (first, last) = text.split_once("..").unwrap_or((text, text));
            let days = parse_day(first).ok().zip(parse_day(last).ok());
            let days = days.filter(|(first, last)| first <= last);
            closed.push(days.ok_or_else(|| self.bad(span, "days-off"))?);
        }
        let worked = raw
            .worked
            .iter()
            .map(|day| parse_day(day.get_ref()).map_err(|_| self.bad(day, "day")))
            .collect::<Result<Vec<NaiveDate>>>()?;
        Ok(CalendarSettings { closed, worked, six_day_week: raw.six_day_week })
    }

    fn stock(&self, raw: &RawStock) -> Result<StockSettings> {
        let defaults = StockSettings::default();
        let given = |number: &Option<Spanned<Number>>| {
            number.as_ref().map(|number| self.positive(number, "stock-figure")).transpose()
        };
        Ok(StockSettings {
            lead_days: given(&raw.lead_days)?,
            safety_days: given(&raw.safety_days)?,
            service_factor: given(&raw.service_factor)?.unwrap_or(defaults.service_factor),
            recount_percent: given(&raw.recount_percent)?.unwrap_or(defaults.recount_percent),
            recount_value: given(&raw.recount_value)?,
        })
    }

    /// A number must differ from the last one.
    fn numbering(
        &self,
        raw: BTreeMap<String, Spanned<String>>,
    ) -> Result<BTreeMap<String, String>> {
        let pattern = |(document, pattern): (String, Spanned<String>)| {
            if !pattern.get_ref().contains("{seq") {
                return Err(self.bad(&pattern, "no-sequence"));
            }
            Ok((document, pattern.into_inner()))
        };
        raw.into_iter().map(pattern).collect()
    }

    fn labels(&self, raw: &RawLabels) -> Result<LabelSettings> {
        let defaults = LabelSettings::default();
        let prefix = raw.company_prefix.as_ref();
        let company_prefix = prefix
            .map(|prefix| {
                let digits = prefix.get_ref().trim();
                let is_prefix = (4..=12).contains(&digits.len())
                    && digits.bytes().all(|byte| byte.is_ascii_digit());
                if is_prefix { Ok(digits.to_owned()) } else { Err(self.bad(prefix, "gs1-prefix")) }
            })
            .transpose()?;
        let extension = match &raw.extension {
            Some(digit) if *digit.get_ref() > 9 => return Err(self.bad(digit, "digit")),
            Some(digit) => *digit.get_ref(),
            None => defaults.extension,
        };
        let heavy_above = match &raw.heavy_above {
            Some(weight) => self.positive(weight, "weight")?,
            None => defaults.heavy_above,
        };
        let next_serial =
            raw.next_serial.as_ref().map_or(defaults.next_serial, |serial| *serial.get_ref());
        Ok(LabelSettings { company_prefix, next_serial, extension, heavy_above })
    }

    /// A container has a name and an inside, or takes loose cargo.
    fn containers(&self, raw: Vec<Spanned<Container>>) -> Result<Vec<Container>> {
        let whole = |container: Spanned<Container>| {
            let own = container.get_ref();
            let inside = own.loose.is_some() || own.inside.iter().all(|edge| *edge > 0);
            if own.name().trim().is_empty() || !inside {
                return Err(self.bad(&container, "container"));
            }
            Ok(container.into_inner())
        };
        raw.into_iter().map(whole).collect()
    }

    fn kind(&self, name: &Spanned<String>) -> Result<&'static Kind> {
        kinds::named(name.get_ref()).ok_or_else(|| {
            let ids = kinds::all().iter().map(|kind| kind.id.as_str());
            self.unknown(name, ids)
        })
    }

    fn field(&self, kind: &'static Kind, name: &Spanned<String>) -> Result<String> {
        if let Some(field) = kind.field(name.get_ref()) {
            return Ok(field.name.clone());
        }
        let names: BTreeSet<&str> = kind.fields.iter().map(|field| field.name.as_str()).collect();
        Err(self.unknown(name, names))
    }

    pub(super) fn positive(&self, number: &Spanned<Number>, why: &'static str) -> Result<Decimal> {
        decimal(number.get_ref())
            .filter(|value| *value > Decimal::ZERO)
            .ok_or_else(|| self.bad(number, why))
    }

    /// A value that cannot be worked by.
    pub(super) fn bad<T>(&self, value: &Spanned<T>, why: &'static str) -> crate::error::Error {
        let span = value.span();
        let found = self.text.get(span.clone()).unwrap_or_default();
        self.finding(codes::SETTINGS_BAD_VALUE, span.start)
            .with("found", found)
            .with("why", why)
            .into()
    }

    /// A name that means nothing, with those most like it.
    fn unknown<'n>(
        &self,
        name: &Spanned<String>,
        known: impl IntoIterator<Item = &'n str>,
    ) -> crate::error::Error {
        self.unknown_at(name.span().start, name.get_ref(), known)
    }

    fn unknown_at<'n>(
        &self,
        start: usize,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) -> crate::error::Error {
        let near = nearest(name, known).join(", ");
        self.finding(codes::SETTINGS_UNKNOWN_KEY, start)
            .with("found", name)
            .with("near", near)
            .into()
    }

    /// What the TOML reader refused: a key it does not know, or the writing.
    fn refused(&self, error: &toml::de::Error) -> crate::error::Error {
        let start = error.span().map_or(0, |span| span.start);
        let message = error.message();
        if let Some(rest) = message.strip_prefix("unknown field ") {
            // `unknown field `a`, expected one of `b`, `c``
            let mut quoted = rest.split('`').skip(1).step_by(2);
            let name = quoted.next().unwrap_or_default();
            return self.unknown_at(start, name, quoted);
        }
        self.finding(codes::SETTINGS_UNREADABLE, start).with("why", message).into()
    }

    /// A finding about the line of a byte of the file.
    fn finding(&self, code: Code, start: usize) -> Finding {
        let before = self.text.get(..start).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        Finding::of(code).with("file", self.path.display()).with("line", line)
    }
}

pub(super) fn decimal(number: &Number) -> Option<Decimal> {
    match number {
        Number::Whole(whole) => Some(Decimal::from(*whole)),
        Number::Decimal(decimal) => Decimal::from_str_exact(&decimal.to_string()).ok(),
        Number::Text(text) => crate::input::values::decimal::decimal_text(text)
            .value()
            .filter(|number| number.unit.is_none())
            .map(|number| number.value),
    }
}

pub(super) fn hundredth(number: Decimal) -> Option<Decimal> {
    number.checked_div(Decimal::ONE_HUNDRED).map(|share| share.normalize())
}
