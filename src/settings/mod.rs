//! `gendan.toml`: raw (as written), valid, overlaid by flags.

mod carriers;
mod draft;
mod find;
mod over_short;
mod raw;
#[cfg(test)]
mod tests;
mod valid;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::containers::Container;
use crate::lang::Lang;

pub use carriers::{AverageSettings, CarrierSettings, FeeSetting, RoundingSetting, ZoneSettings};
pub use draft::draft;
pub use find::{FILE_NAME, find, load, parse};
pub use over_short::OverShortSetting;

/// What a run works by: the file's settings, or their defaults, overlaid by
/// the flags of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The file they came from.
    pub path: Option<PathBuf>,
    /// The language of messages and reports, if the file names one.
    pub lang: Option<Lang>,
    /// Our own firm.
    pub company: Company,
    /// When figures and days count as equal.
    pub matching: Matching,
    /// Tax.
    pub tax: Tax,
    /// How many base units one pack holds, by item code (or name and
    /// specification as the sheets write them).
    pub packs: BTreeMap<String, Decimal>,
    /// Header words beside those compiled in.
    pub words: Vec<ExtraWords>,
    /// What to take particular files for.
    pub files: Vec<FileRule>,
    /// Suppliers that go by several names.
    pub suppliers: Vec<SupplierNames>,
    /// Rules for over and short shipment, before those of every factory.
    pub over_short: Vec<OverShortSetting>,
    /// Carriers, and the rates agreed with them.
    pub carriers: Vec<CarrierSettings>,
    /// Days off and worked beside the compiled-in calendar.
    pub calendar: CalendarSettings,
    /// How stock is planned and counted.
    pub stock: StockSettings,
    /// How documents are numbered, by document (`statement = "DZ{yyyy}{mm}-{seq:3}"`).
    pub numbering: BTreeMap<String, String>,
    /// Containers and trucks beside those compiled in, or instead of them.
    pub containers: Vec<Container>,
    /// Carton labels.
    pub labels: LabelSettings,
}

/// Our own firm, as papers name it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Company {
    /// Its full name.
    pub name: Option<String>,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Lines that papers print under the name (address, telephone).
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
}

impl Company {
    /// Returns all names, the full one first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.name.iter().chain(&self.aliases).map(String::as_str)
    }
}

/// When figures and days count as equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// The largest difference of a line's amount that is rounding.
    pub tolerance: Decimal,
    /// How many days apart two papers may date one delivery.
    pub days: u32,
}

/// Tax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// The rates to think of, as shares (0.13).
    pub rates: Vec<Decimal>,
    /// Whether our own prices and amounts include tax, if it is always so.
    pub ours_included: Option<bool>,
}

/// Header words of one field beside those compiled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraWords {
    /// The document kind (`supplier_statement`).
    pub kind: String,
    /// The field (`document_no`).
    pub field: String,
    /// The words.
    pub words: Vec<String>,
}

/// What to take a file for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileRule {
    /// The pattern its name matches (`*对账*.xlsx`).
    pub pattern: String,
    /// Only this sheet.
    pub sheet: Option<String>,
    /// Its kind.
    pub kind: Option<String>,
    /// The party it belongs to.
    pub party: Option<String>,
    /// Its header rows, as the spreadsheet numbers them.
    pub header_rows: Vec<u32>,
    /// Fields by column: a letter (`H`) or a header word, to a field.
    pub columns: BTreeMap<String, String>,
}

/// One supplier and the names it goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierNames {
    /// The name to show.
    pub name: String,
    /// The other names.
    pub aliases: Vec<String>,
}

/// Days off and worked beside the compiled-in calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CalendarSettings {
    /// Days off: the factory's own closures.
    pub closed: Vec<(NaiveDate, NaiveDate)>,
    /// Days worked that the calendar has off.
    pub worked: Vec<NaiveDate>,
    /// Whether Saturdays are worked.
    pub six_day_week: bool,
}

/// How stock is planned and counted, where the sheets do not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StockSettings {
    /// The days that a purchase takes.
    pub lead_days: Option<Decimal>,
    /// The days that a safety stock is to last.
    pub safety_days: Option<Decimal>,
    /// How many standard deviations a statistical safety stock keeps.
    pub service_factor: Decimal,
    /// A difference above this many per cent is counted again.
    pub recount_percent: Decimal,
    /// So is one above this value.
    pub recount_value: Option<Decimal>,
}

impl Default for StockSettings {
    fn default() -> Self {
        Self {
            lead_days: None,
            safety_days: None,
            service_factor: Decimal::new(165, 2),
            recount_percent: Decimal::TWO,
            recount_value: None,
        }
    }
}

/// Carton labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelSettings {
    /// Our GS1 company prefix.
    pub company_prefix: Option<String>,
    /// The serial number of the next SSCC.
    pub next_serial: u64,
    /// The extension digit of SSCC numbers.
    pub extension: u8,
    /// Cartons above this gross weight, in kilograms, are marked heavy.
    pub heavy_above: Decimal,
}

impl Default for LabelSettings {
    fn default() -> Self {
        Self { company_prefix: None, next_serial: 1, extension: 0, heavy_above: Decimal::from(15) }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            path: None,
            lang: None,
            company: Company::default(),
            matching: Matching { tolerance: Decimal::new(1, 2), days: 7 },
            tax: Tax {
                rates: [13, 9, 6, 3, 1].into_iter().map(|rate| Decimal::new(rate, 2)).collect(),
                ours_included: None,
            },
            packs: BTreeMap::new(),
            words: Vec::new(),
            files: Vec::new(),
            suppliers: Vec::new(),
            over_short: Vec::new(),
            carriers: Vec::new(),
            calendar: CalendarSettings::default(),
            stock: StockSettings::default(),
            numbering: BTreeMap::new(),
            containers: Vec::new(),
            labels: LabelSettings::default(),
        }
    }
}
