//! Packing specs: what is known of a style, or of one of its sizes, however
//! the sheet is laid out: a card of facts and values, a row a style, a row a
//! size or a group of sizes.

use std::sync::Arc;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::about::{About, fact_field};
use super::amounts::{figures, grams, inverse, per_carton, weight_unit};
use super::names::{colour_key, po_key, size_key, style_key};
use super::rules::{SaidMixing, TailRule, answer, method, tail_rule};
use crate::engine::packing::Outer;
use crate::engine::packing::lot::{Method, PerCarton};
use crate::finding::{Finding, codes};
use crate::input::form;
use crate::input::reading::ReadTable;
use crate::input::sheet::Value;
use crate::input::table::{Column, Role, Table};
use crate::input::values::edges::{edges, in_millimetres, length_unit};
use crate::input::values::text::words;
use crate::location::Location;

/// What a spec says, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecEntry {
    /// The styles it is about; none: all.
    pub styles: Vec<String>,
    /// The customer's order it is about.
    pub po: Option<String>,
    /// The colour it is about.
    pub colour: Option<String>,
    /// The size or group of sizes it is about, as written.
    pub sizes: Option<Arc<str>>,
    /// Whether it describes a kind of carton, not a style.
    pub is_carton_type: bool,
    /// Pieces per carton.
    pub per_carton: Option<PerCarton>,
    /// The outside of the carton.
    pub outer: Option<Outer>,
    /// What it weighs empty, in kilograms.
    pub tare: Option<Decimal>,
    /// What one piece weighs, in grams.
    pub grams: Option<Decimal>,
    /// What its polybag weighs, in grams.
    pub bag_grams: Option<Decimal>,
    /// Pieces of an inner pack.
    pub inner: Option<u64>,
    /// The most a carton may weigh, in kilograms.
    pub max_gross: Option<Decimal>,
    /// How full cartons are filled.
    pub method: Option<Method>,
    /// The ratio as written.
    pub ratio: Option<Arc<str>>,
    /// What may be mixed.
    pub mixing: SaidMixing,
    /// The rule for last cartons.
    pub tail: TailRule,
    /// Over and short shipment as written.
    pub over_short: Option<Arc<str>>,
    /// Shipping marks as written.
    pub marks: Option<Arc<str>>,
    /// Where it stands.
    pub at: Location,
}

/// Reads a packing spec. `beside` is what another table of the same sheet is
/// about.
pub fn packing_spec(read: &ReadTable, beside: &About) -> (Vec<SpecEntry>, Vec<Finding>) {
    let table = &read.table;
    let about = About::of(read).or(beside);
    let mut findings = Vec::new();
    let mut entries = match form::names(table).is_empty() {
        false => vec![card(read, &about, &mut findings)],
        true => rows(read, &about, &mut findings),
    };
    // Facts beside the table hold for all of it.
    let mut facts = SpecEntry::new(&about, table.at_start());
    for fact in &table.facts {
        if let Some(field) = fact_field(read.kind, &fact.key) {
            let place = Place { at: fact.value.at.clone(), unit: None };
            facts.take(field, &fact.value.value, &place, &mut findings);
        }
    }
    if facts.says_something() {
        entries.push(facts);
    }
    (entries, findings)
}

/// Where a fact stands and the unit that its header gives.
struct Place {
    at: Location,
    unit: Option<Arc<str>>,
}

/// Reads a card: the name of a fact on the left, its value on the right.
fn card(read: &ReadTable, about: &About, findings: &mut Vec<Finding>) -> SpecEntry {
    let table = &read.table;
    let mut entry = SpecEntry::new(about, table.at_start());
    let [key, others @ ..] = table.columns.as_slice() else { return entry };
    // The first fact of a card without headings looks like its header.
    let header = table.header_rows.iter().copied();
    for row in header.chain(table.rows_of(Role::Body)) {
        let Some(name) = text(table, row, key) else { continue };
        let value = others.iter().find_map(|column| Some((text(table, row, column)?, column.col)));
        let Some((value, col)) = value else { continue };
        let Some(field) = fact_field(read.kind, &name) else { continue };
        let unit = crate::text::header_key(&name).unit.map(Arc::from);
        let place = Place { at: table.at(row, col), unit };
        entry.take(field, &value, &place, findings);
    }
    entry
}

/// Reads a row a style, a size or a group of sizes.
fn rows(read: &ReadTable, about: &About, findings: &mut Vec<Finding>) -> Vec<SpecEntry> {
    let table = &read.table;
    let mut entries = Vec::new();
    let body: Vec<u32> = table.rows_of(Role::Body).collect();
    let edge_columns: Vec<&Column> =
        table.columns.iter().filter(|column| column.field == Some("carton_size")).collect();
    for &row in &body {
        let mut entry = SpecEntry::new(about, table.at(row, table.area.first.col));
        for column in &table.columns {
            let (Some(field), Some(value)) = (column.field, text(table, row, column)) else {
                continue;
            };
            let place = Place {
                at: table.at(row, column.col),
                unit: column.unit.as_deref().map(Arc::from),
            };
            if field != "carton_size" || edge_columns.len() != 3 {
                entry.take(field, &value, &place, findings);
            }
        }
        if let [length, width, height] = edge_columns.as_slice() {
            entry.outer = three_edges(table, row, [length, width, height]);
        }
        if entry.says_something() {
            entries.push(entry);
        }
    }
    let bare = |entry: &SpecEntry| {
        entry.styles.is_empty()
            && entry.sizes.is_none()
            && entry.per_carton.is_none()
            && entry.outer.is_some()
    };
    if entries.len() > 1 && entries.iter().all(bare) {
        entries.iter_mut().for_each(|entry| entry.is_carton_type = true);
    }
    entries
}

fn text(table: &Table, row: u32, column: &Column) -> Option<Arc<str>> {
    match &table.cell(row, column.col)?.value {
        Value::Error(_) => None,
        value => words(value),
    }
}

fn three_edges(table: &Table, row: u32, columns: [&Column; 3]) -> Option<Outer> {
    let unit = columns[0].unit.as_deref().and_then(length_unit);
    let mut found = [Decimal::ZERO; 3];
    for (edge, column) in found.iter_mut().zip(columns) {
        *edge = figures(&text(table, row, column)?).first()?.0;
    }
    in_millimetres(found, None, unit).map(Outer::new)
}

impl SpecEntry {
    fn new(about: &About, at: Location) -> Self {
        let styles = about.style.as_deref().map(split_styles).unwrap_or_default();
        Self {
            styles,
            po: about.po.as_deref().map(po_key),
            colour: None,
            sizes: None,
            is_carton_type: false,
            per_carton: None,
            outer: None,
            tare: None,
            grams: None,
            bag_grams: None,
            inner: None,
            max_gross: None,
            method: None,
            ratio: None,
            mixing: SaidMixing::default(),
            tail: TailRule::default(),
            over_short: None,
            marks: None,
            at,
        }
    }

    /// Takes what one field says.
    fn take(&mut self, field: &str, value: &str, place: &Place, findings: &mut Vec<Finding>) {
        let unit = place.unit.as_deref();
        let kilograms = |usual| {
            let grams = grams(value, unit.and_then(weight_unit), usual)?;
            grams.checked_div(Decimal::ONE_THOUSAND).map(|weight| weight.normalize())
        };
        let small = |limit: i64| {
            let own =
                figures(value).first().is_some_and(|(figure, _)| *figure < Decimal::new(limit, 1));
            if own { Decimal::ONE_THOUSAND } else { Decimal::ONE }
        };
        let light = |limit| grams(value, unit.and_then(weight_unit), small(limit));
        let understood = match field {
            "item_code" => return self.styles = split_styles(value),
            "customer_po" => return self.po = Some(po_key(value)),
            "color" => return self.colour = Some(colour_key(value)),
            "size" => return self.sizes = Some(value.into()),
            "ratio" => return self.ratio = Some(value.into()),
            "over_short" => return self.over_short = Some(value.into()),
            "shipping_mark" => return self.marks = Some(value.into()),
            "pcs_per_carton" => put(&mut self.per_carton, per_carton(value)),
            "cartons_per_piece" => {
                put(&mut self.per_carton, figures(value).first().and_then(|(n, _)| inverse(*n)))
            }
            "carton_size" => {
                put(&mut self.outer, edges(value, unit.and_then(length_unit)).map(Outer::new))
            }
            "tail_carton_size" => {
                put(&mut self.tail.small, edges(value, unit.and_then(length_unit)).map(Outer::new))
            }
            "carton_tare" => put(&mut self.tare, kilograms(Decimal::ONE_THOUSAND)),
            "max_gross_weight" => put(&mut self.max_gross, kilograms(Decimal::ONE_THOUSAND)),
            "unit_net_weight" => put(&mut self.grams, light(50)),
            "polybag_weight" => put(&mut self.bag_grams, light(5)),
            "inner_pack" => put(&mut self.inner, whole(value)),
            "min_per_carton" => put(&mut self.tail.minimum, whole(value)),
            "mix_sizes" => put(&mut self.mixing.sizes, answer(value)),
            "mix_colours" => put(&mut self.mixing.colours, answer(value)),
            "mix_styles" => put(&mut self.mixing.styles, answer(value)),
            "split_rest" => put(&mut self.mixing.split, answer(value)),
            "packing_mode" => self.take_method(value),
            "tail_rule" => {
                self.tail = tail_rule(value);
                true
            }
            _ => true,
        };
        if !understood {
            let finding = Finding::of(codes::FACT_UNREAD).with("found", value);
            findings.push(finding.at(place.at.clone()));
        }
    }

    /// Takes the way of packing; rules for last cartons may stand with it.
    fn take_method(&mut self, value: &str) -> bool {
        let Some((method, mixing)) = method(value) else { return false };
        self.method = Some(method);
        self.mixing = self.mixing.or(mixing);
        // 独色混码 配比S4 M8 L8 XL4=24件
        if let Some((_, ratio)) = value.split_once("配比").filter(|_| self.ratio.is_none()) {
            let ratio = ratio
                .split_once('=')
                .map_or(ratio, |(ratio, sum)| if figures(sum).len() == 1 { ratio } else { value });
            if figures(ratio).len() > 1 {
                self.ratio = Some(ratio.trim().into());
            }
        }
        true
    }

    /// Whether it says anything to pack by.
    fn says_something(&self) -> bool {
        self.per_carton.is_some()
            || self.outer.is_some()
            || self.tare.is_some()
            || self.grams.is_some()
            || self.bag_grams.is_some()
            || self.inner.is_some()
            || self.max_gross.is_some()
            || self.method.is_some()
            || self.ratio.is_some()
            || self.over_short.is_some()
            || self.mixing != SaidMixing::default()
            || self.tail != TailRule::default()
    }

    /// Returns how exactly it is about these goods, if it is: a size says
    /// more than a colour, that more than a style.
    pub fn exactness(&self, goods: &Goods<'_>) -> Option<u8> {
        if self.is_carton_type {
            return None;
        }
        let named = |own: Option<&str>, theirs: Option<&str>| match (own, theirs) {
            (None, _) => Some(false),
            (Some(own), Some(theirs)) if own == theirs => Some(true),
            _ => None,
        };
        let style = match (self.styles.as_slice(), goods.style) {
            ([], _) => false,
            (styles, Some(style)) if styles.iter().any(|own| own == style) => true,
            _ => return None,
        };
        // An order that the goods do not name cannot be another one.
        let po = match goods.po {
            Some(po) => named(self.po.as_deref(), Some(po)),
            None => Some(false),
        };
        // A spec for the style holds for it in other orders too, less exactly.
        let po = if style { po.unwrap_or(false) } else { po? };
        let colour = named(self.colour.as_deref(), goods.colour)?;
        let size = match (&self.sizes, goods.size) {
            (None, _) => false,
            (Some(sizes), Some(size)) if covers(sizes, size, goods.sequence) => true,
            _ => return None,
        };
        Some(u8::from(size) * 8 + u8::from(colour) * 4 + u8::from(style) * 2 + u8::from(po))
    }
}

/// Goods that facts are asked for, by keys.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    /// The customer's order.
    pub po: Option<&'a str>,
    /// The style.
    pub style: Option<&'a str>,
    /// The colour.
    pub colour: Option<&'a str>,
    /// The size.
    pub size: Option<&'a str>,
    /// All sizes of the order in their sequence.
    pub sequence: &'a [String],
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let understood = value.is_some();
    if understood {
        *place = value;
    }
    understood
}

fn whole(value: &str) -> Option<u64> {
    figures(value).first().and_then(|(figure, _)| figure.to_u64()).filter(|count| *count > 0)
}

/// Several styles in one cell: `K6101/K6102`.
fn split_styles(text: &str) -> Vec<String> {
    let parts = text.split(['/', '、', ',', '，', ';', '\n']);
    let mut styles: Vec<String> = parts.map(style_key).filter(|key| !key.is_empty()).collect();
    styles.dedup();
    styles
}

/// Whether a size (by key) is among those a text names: one, a list, or a
/// range in the order's own sequence.
fn covers(text: &str, size: &str, sequence: &[String]) -> bool {
    /// Words for every size.
    const ALL: [&str; 7] = ["全码", "所有", "全部", "所有尺码", "all", "allsizes", "各码"];
    let own = size.split('/').next().unwrap_or(size);
    let is = |key: &str| key == size || key == own;
    let folded = crate::text::fold(text);
    if is(&size_key(text)) || ALL.contains(&folded.as_str()) {
        return true;
    }
    if sequence.contains(&size_key(text)) {
        return false;
    }
    let place = |key: &str| {
        sequence.iter().position(|one| one == key || one.split('/').next() == Some(key))
    };
    let last_place = |key: &str| {
        sequence.iter().rposition(|one| one == key || one.split('/').next() == Some(key))
    };
    let Some(at) = sequence.iter().position(|one| one == size) else { return false };
    for part in folded.split([',', ';', '|', '&', '+']).flat_map(|part| list(part, sequence)) {
        for (sign, from) in [("以上", true), ("及以上", true), ("up", true), ("以下", false)]
        {
            if let Some(limit) = part.strip_suffix(sign) {
                let key = size_key(limit.trim_end_matches(['及', '-', '&']));
                if place(&key).is_some_and(|limit| if from { at >= limit } else { at <= limit }) {
                    return true;
                }
            }
        }
        if is(&size_key(&part)) {
            return true;
        }
        for sign in ["-", "~", "至", "到", "to"] {
            if let Some((from, to)) = part.split_once(sign)
                && let (Some(from), Some(to)) = (place(&size_key(from)), last_place(&size_key(to)))
                && (from.min(to)..=from.max(to)).contains(&at)
            {
                return true;
            }
        }
    }
    false
}

/// Splits `S/M/L`, unless one of the order's sizes is written so.
fn list(part: &str, sequence: &[String]) -> Vec<String> {
    match sequence.contains(&size_key(part)) {
        true => vec![part.to_owned()],
        false => part.split('/').map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_sizes_are_lists_or_ranges_in_the_orders_own_sequence() {
        let letters: Vec<String> = ["xs", "s", "m", "l", "xl", "2xl"].map(str::to_owned).into();
        for (text, inside, outside) in [
            ("S-L", &["s", "m", "l"][..], &["xs", "xl"][..]),
            ("S,M,L", &["s", "m", "l"], &["xs", "xl"]),
            ("S/M/L", &["s", "m", "l"], &["xs"]),
            ("S～XL", &["s", "xl"], &["xs", "2xl"]),
            ("XL以上", &["xl", "2xl"], &["l"]),
            ("XXL", &["2xl"], &["xl"]),
            ("XS、S", &["xs", "s"], &["m"]),
            ("全码", &["xs", "2xl"], &[]),
        ] {
            for size in inside {
                assert!(covers(text, size, &letters), "{size} is in {text}");
            }
            for size in outside {
                assert!(!covers(text, size, &letters), "{size} is not in {text}");
            }
        }
        let pairs: Vec<String> = ["s/m", "l/xl"].map(str::to_owned).into();
        assert!(covers("S/M", "s/m", &pairs) && !covers("S/M", "l/xl", &pairs));
        let inseams: Vec<String> = ["28/30", "28/32", "30/30", "32/32"].map(str::to_owned).into();
        assert!(covers("28-30", "28/32", &inseams) && covers("28-30", "30/30", &inseams));
        assert!(!covers("28-30", "32/32", &inseams));
    }
}
