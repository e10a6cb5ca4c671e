//! Writes a `gendan.toml` in which every key has its comment: what `gendan
//! init` makes of a folder.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    CarrierSettings, FileRule, LabelSettings, OverShortSetting, RoundingSetting, Settings,
    ZoneSettings,
};
use crate::containers::Container;
use crate::data::{self, compiled_in};
use crate::lang::{Lang, Text};

/// What stands with a key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Comment {
    text: Text,
    /// Written in a comment where there is no value.
    example: Option<String>,
}

static COMMENTS: LazyLock<BTreeMap<String, Comment>> =
    LazyLock::new(|| data::read(compiled_in!("settings/comments")));

/// Returns the text of a `gendan.toml` with these settings, every key
/// explained in `lang`. Reading it gives the settings back.
pub fn draft(settings: &Settings, lang: Lang) -> String {
    let mut out = Draft { text: String::new(), lang };
    out.comment("file");
    let code = settings.lang.map(Lang::code);
    out.key("lang", "lang", code.map(quoted));
    out.company(settings);
    out.section("matching");
    out.key(
        "matching.tolerance",
        "tolerance",
        Some(quoted(&settings.matching.tolerance.to_string())),
    );
    out.key("matching.days", "days", Some(settings.matching.days.to_string()));
    out.section("tax");
    let rates = settings.tax.rates.iter().filter_map(|rate| {
        Some(quoted(&rate.checked_mul(rust_decimal::Decimal::ONE_HUNDRED)?.normalize().to_string()))
    });
    let rates: Vec<String> = rates.collect();
    out.key("tax.rates", "rates", Some(format!("[{}]", rates.join(", "))));
    out.key(
        "tax.ours_included",
        "ours_included",
        settings.tax.ours_included.map(|on| on.to_string()),
    );
    out.section("packs");
    let packs = settings.packs.iter();
    out.entries("packs", packs.map(|(item, factor)| (quoted(item), quoted(&factor.to_string()))));
    out.calendar(settings);
    out.stock(settings);
    out.section("numbering");
    let numbering = settings.numbering.iter();
    out.entries("numbering", numbering.map(|(name, pattern)| (quoted(name), quoted(pattern))));
    out.labels(&settings.labels);
    out.lists(settings);
    out.text
}

/// The text so far.
struct Draft {
    text: String,
    lang: Lang,
}

impl Draft {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes the comment of a key.
    fn comment(&mut self, key: &str) {
        let Some(comment) = COMMENTS.get(key) else { return };
        for line in comment.text.get(self.lang).lines() {
            self.line(&format!("# {line}"));
        }
    }

    /// Writes the example of a key as a comment.
    fn example(&mut self, key: &str) {
        let example = COMMENTS.get(key).and_then(|comment| comment.example.as_deref());
        for line in example.unwrap_or_default().lines() {
            self.line(&format!("# {line}"));
        }
    }

    fn section(&mut self, name: &str) {
        self.line("");
        self.comment(name);
        self.line(&format!("[{name}]"));
    }

    /// Writes a key with its value, or its example in a comment.
    fn key(&mut self, path: &str, name: &str, value: Option<String>) {
        self.comment(path);
        match value {
            Some(value) => self.line(&format!("{name} = {value}")),
            None => self.example(path),
        }
    }

    /// Writes the keys of a section that the person names herself.
    fn entries(&mut self, path: &str, entries: impl Iterator<Item = (String, String)>) {
        let mut any = false;
        for (name, value) in entries {
            any = true;
            self.line(&format!("{name} = {value}"));
        }
        if !any {
            self.example(path);
        }
    }

    fn company(&mut self, settings: &Settings) {
        let company = &settings.company;
        self.section("company");
        self.key("company.name", "name", company.name.as_deref().map(quoted));
        let aliases = (!company.aliases.is_empty()).then(|| list(&company.aliases));
        self.key("company.aliases", "aliases", aliases);
        self.key("company.address", "address", company.address.as_deref().map(quoted));
        self.key("company.phone", "phone", company.phone.as_deref().map(quoted));
    }

    fn calendar(&mut self, settings: &Settings) {
        let calendar = &settings.calendar;
        self.section("calendar");
        let closed: Vec<String> =
            calendar.closed.iter().map(|(first, last)| format!("{first}..{last}")).collect();
        self.key("calendar.closed", "closed", (!closed.is_empty()).then(|| list(&closed)));
        let worked: Vec<String> = calendar.worked.iter().map(ToString::to_string).collect();
        self.key("calendar.worked", "worked", (!worked.is_empty()).then(|| list(&worked)));
        let six = calendar.six_day_week.to_string();
        self.key("calendar.six_day_week", "six_day_week", Some(six));
    }

    fn stock(&mut self, settings: &Settings) {
        let stock = &settings.stock;
        let figure = |number: Option<rust_decimal::Decimal>| {
            number.map(|number| quoted(&number.normalize().to_string()))
        };
        self.section("stock");
        self.key("stock.lead_days", "lead_days", figure(stock.lead_days));
        self.key("stock.safety_days", "safety_days", figure(stock.safety_days));
        self.key("stock.service_factor", "service_factor", figure(Some(stock.service_factor)));
        self.key("stock.recount_percent", "recount_percent", figure(Some(stock.recount_percent)));
        self.key("stock.recount_value", "recount_value", figure(stock.recount_value));
    }

    fn labels(&mut self, labels: &LabelSettings) {
        self.section("labels");
        let prefix = labels.company_prefix.as_deref().map(quoted);
        self.key("labels.company_prefix", "company_prefix", prefix);
        self.key("labels.next_serial", "next_serial", Some(labels.next_serial.to_string()));
        self.key("labels.extension", "extension", Some(labels.extension.to_string()));
        let heavy = quoted(&labels.heavy_above.to_string());
        self.key("labels.heavy_above", "heavy_above", Some(heavy));
    }

    /// Writes the lists of tables, which must come last.
    fn lists(&mut self, settings: &Settings) {
        self.list_head("suppliers", settings.suppliers.is_empty());
        for supplier in &settings.suppliers {
            self.line("[[suppliers]]");
            self.line(&format!("name = {}", quoted(&supplier.name)));
            self.line(&format!("aliases = {}", list(&supplier.aliases)));
        }
        self.list_head("over_short", settings.over_short.is_empty());
        for rule in &settings.over_short {
            self.over_short(rule);
        }
        self.list_head("carriers", settings.carriers.is_empty());
        for carrier in &settings.carriers {
            self.carrier(carrier);
        }
        self.list_head("words", settings.words.is_empty());
        for words in &settings.words {
            self.line("[[words]]");
            self.line(&format!("kind = {}", quoted(&words.kind)));
            self.line(&format!("field = {}", quoted(&words.field)));
            self.line(&format!("words = {}", list(&words.words)));
        }
        self.list_head("containers", settings.containers.is_empty());
        for container in &settings.containers {
            self.container(container);
        }
        self.list_head("files", settings.files.is_empty());
        for rule in &settings.files {
            self.file(rule);
        }
    }

    fn over_short(&mut self, rule: &OverShortSetting) {
        self.line("[[over_short]]");
        self.line(&format!("name = {}", quoted(&rule.name)));
        for (name, words) in [("types", &rule.types), ("markets", &rule.markets)] {
            if !words.is_empty() {
                self.line(&format!("{name} = {}", list(words)));
            }
        }
        for (name, pieces) in [("from", rule.from), ("to", rule.to)] {
            if let Some(pieces) = pieces {
                self.line(&format!("{name} = {pieces}"));
            }
        }
        self.line(&format!("over = {}", quoted(&rule.over.to_string())));
        self.line(&format!("short = {}", quoted(&rule.short.to_string())));
    }

    fn carrier(&mut self, carrier: &CarrierSettings) {
        self.line("[[carriers]]");
        self.line(&format!("name = {}", quoted(&carrier.name)));
        if !carrier.aliases.is_empty() {
            self.line(&format!("aliases = {}", list(&carrier.aliases)));
        }
        let rounding = carrier.rounding.map(RoundingSetting::word);
        let figures = [
            ("divisor", carrier.divisor.map(|figure| figure.to_string())),
            ("rounding", rounding),
            ("first_weight", carrier.first_weight.map(|figure| figure.to_string())),
            ("step", carrier.step.map(|figure| figure.to_string())),
            ("discount", carrier.discount.map(|figure| figure.to_string())),
            ("minimum", carrier.minimum.map(|figure| figure.to_string())),
        ];
        for (name, value) in figures {
            if let Some(value) = value {
                self.line(&format!("{name} = {}", quoted(&value)));
            }
        }
        if let Some(average) = carrier.average {
            let figures = [
                ("up_to", average.up_to),
                ("agreed", average.agreed),
                ("step", average.step),
                ("price", average.price),
            ];
            let said = figures.into_iter().filter_map(|(name, figure)| {
                figure.map(|figure| format!("{name} = {}", quoted(&figure.to_string())))
            });
            self.line(&format!("average = {{ {} }}", said.collect::<Vec<_>>().join(", ")));
        }
        if !carrier.fees.is_empty() {
            let fees = carrier.fees.iter();
            let fees: Vec<String> = fees
                .map(|(name, fee)| format!("{} = {}", quoted(name), quoted(&fee.word())))
                .collect();
            self.line(&format!("fees = {{ {} }}", fees.join(", ")));
        }
        for zone in &carrier.zones {
            self.zone(zone);
        }
    }

    fn zone(&mut self, zone: &ZoneSettings) {
        self.line("[[carriers.zones]]");
        self.line(&format!("name = {}", quoted(&zone.name)));
        self.line(&format!("places = {}", quoted(&zone.places)));
        let prices = [
            ("first", zone.first),
            ("continued", zone.continued),
            ("per_kg", zone.per_kg),
            ("per_cubic", zone.per_cubic),
            ("minimum", zone.minimum),
        ];
        for (name, price) in prices {
            if let Some(price) = price {
                self.line(&format!("{name} = {}", quoted(&price.to_string())));
            }
        }
        if !zone.tiers.is_empty() {
            let tiers = zone.tiers.iter();
            let tiers: Vec<String> = tiers
                .map(|(up_to, price)| {
                    format!("{} = {}", quoted(&up_to.to_string()), quoted(&price.to_string()))
                })
                .collect();
            self.line(&format!("tiers = {{ {} }}", tiers.join(", ")));
        }
    }

    fn list_head(&mut self, name: &str, empty: bool) {
        self.line("");
        self.comment(name);
        if empty {
            self.example(name);
        }
    }

    fn container(&mut self, container: &Container) {
        self.line("[[containers]]");
        self.line(&format!("names = {}", list(&container.names)));
        let inside = (container.inside != [0; 3]).then(|| format!("{:?}", container.inside));
        let door = container.door.map(|door| format!("{door:?}"));
        let payload = container.payload.map(|payload| payload.to_string());
        let loose = container.loose.map(|loose| loose.to_string());
        for (name, value) in
            [("inside", inside), ("door", door), ("payload", payload), ("loose", loose)]
        {
            if let Some(value) = value {
                self.line(&format!("{name} = {value}"));
            }
        }
    }

    fn file(&mut self, rule: &FileRule) {
        self.line("[[files]]");
        self.line(&format!("pattern = {}", quoted(&rule.pattern)));
        for (name, value) in [("sheet", &rule.sheet), ("kind", &rule.kind), ("party", &rule.party)]
        {
            if let Some(value) = value {
                self.line(&format!("{name} = {}", quoted(value)));
            }
        }
        if !rule.header_rows.is_empty() {
            self.line(&format!("header_rows = {:?}", rule.header_rows));
        }
        if !rule.columns.is_empty() {
            let columns = rule.columns.iter();
            let columns: Vec<String> = columns
                .map(|(name, field)| format!("{} = {}", quoted(name), quoted(field)))
                .collect();
            self.line(&format!("columns = {{ {} }}", columns.join(", ")));
        }
    }
}

/// Returns `text` as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}
