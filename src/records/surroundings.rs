//! What stands around a table: whose paper it is, for which period, with or
//! without tax. Facts say it best, then titles, then names of sheet and file.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::classify::words;
use super::tax_notes::{self, Tax, TaxNotes};
use super::{HintFrom, PartyHint, ReadContext};
use crate::currency::Currency;
use crate::input::locate::balance_named;
use crate::input::table::{Fact, Role, Table};
use crate::input::values::Parsed;
use crate::input::values::date::{day_before, day_behind, period_in};
use crate::input::values::decimal::decimal_text;
use crate::kinds;
use crate::location::{CellRef, Located};
use crate::period::Period;
use crate::settings::FileRule;
use crate::text::fold;

/// What stands around a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    pub(super) party_hints: Vec<PartyHint>,
    /// The period that the paper itself tells.
    pub(super) period: Option<Period>,
    pub(super) tax_included: Option<bool>,
    pub(super) tax_rate: Option<Decimal>,
    tax_notes: TaxNotes,
    pub(super) currency: Option<Arc<str>>,
    pub(super) opening: Option<Located<Decimal>>,
    pub(super) closing: Option<Located<Decimal>>,
    pub(super) cutoff: Option<Located<NaiveDate>>,
}

impl Surroundings {
    /// Looks around `table`.
    pub(super) fn of(table: &Table, context: &ReadContext<'_>) -> Self {
        let keys = &words().keys;
        let mut around = Self { party_hints: party_hints(table, context), ..Self::default() };
        around.period = period(table, context.period);
        let near = around.period.or(context.period);
        for fact in &table.facts {
            let key = fold(&fact.key);
            let is = |list: &[String]| list.contains(&key);
            if is(&keys.currency) && around.currency.is_none() {
                around.currency = currency_in(&fact.value.value);
                continue;
            }
            let named = balance_named(&fact.key);
            if around.opening.is_none() && (is(&keys.opening) || named == Some(Role::Opening)) {
                around.opening = figure(fact);
            } else if around.closing.is_none()
                && (is(&keys.closing) || named == Some(Role::Closing))
            {
                around.closing = figure(fact);
            }
        }
        if around.currency.is_none() {
            let titles = table.titles.iter().filter(|title| speaks_of_currency(&title.value));
            around.currency = titles.into_iter().find_map(|title| currency_in(&title.value));
        }
        around.read_tax(table, context);
        around.cutoff = texts(table).into_iter().find_map(|text| {
            let value = cutoff(&text.value, near)?;
            Some(Located { value, at: text.at })
        });
        around
    }

    /// Reads what titles and facts say of tax.
    fn read_tax(&mut self, table: &Table, context: &ReadContext<'_>) {
        let facts = table.facts.iter().map(|fact| format!("{}:{}", fact.key, fact.value.value));
        let titles = table.titles.iter().map(|title| title.value.clone());
        let texts = titles.chain(facts).chain([file_stem(table).to_owned()]);
        let suppliers = tax_notes::suppliers(table);
        self.tax_notes = TaxNotes::read(texts, &suppliers, &context.settings.tax.rates);
        let Tax { included, rate } = self.tax_notes.general();
        (self.tax_included, self.tax_rate) = (included, rate);
    }

    /// Returns what is said of the tax of one supplier alone.
    pub(super) fn tax_of(&self, supplier: Option<&Located<Arc<str>>>) -> Tax {
        self.tax_notes.of(supplier.map(|name| &*name.value))
    }
}

/// Returns what stands around a shipping slip under a key that is a header
/// word of one of its fields: a printed form says its number and day once.
pub(in crate::records) fn slip_fact<'t>(table: &'t Table, field: &str) -> Option<&'t Fact> {
    let is_slip = |kind: Option<&kinds::Kind>| kind.is_none_or(|kind| kind.id == "shipping_slip");
    let means = |fact: &&Fact| {
        kinds::vocabulary::fields_of(&fact.key)
            .iter()
            .any(|meaning| meaning.field.name == field && is_slip(meaning.kind))
    };
    table.facts.iter().find(means)
}

/// Returns the texts above and below the table: titles, notes, signatures.
pub(super) fn texts(table: &Table) -> Vec<Located<String>> {
    let mut texts = table.titles.clone();
    for row in &table.rows {
        if !matches!(row.role, Role::Note | Role::Signature) {
            continue;
        }
        let Some(cells) = table.sheet.row(row.row) else { continue };
        for cell in &cells.cells {
            if let Some(text) = cell.text() {
                let at = table.sheet.at(CellRef::new(row.row, cell.col));
                texts.push(Located { value: text.to_owned(), at });
            }
        }
    }
    texts
}

pub(super) fn file_stem(table: &Table) -> &str {
    let path = &table.sheet.id.path;
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Who the paper may be from, likeliest first.
fn party_hints(table: &Table, context: &ReadContext<'_>) -> Vec<PartyHint> {
    let mut hints = Vec::new();
    let mut add = |text: &str, from, at| {
        if !text.trim().is_empty() {
            hints.push(PartyHint { text: text.trim().to_owned(), from, at });
        }
    };
    let rule = context.settings.files.iter().find(|rule| applies(rule, table));
    if let Some(party) = rule.and_then(|rule| rule.party.as_deref()) {
        add(party, HintFrom::Settings, None);
    }
    let keys = &words().keys;
    let facts = |list: &'static [String]| {
        table.facts.iter().filter(move |fact| list.contains(&fold(&fact.key)))
    };
    for fact in facts(&keys.supplier) {
        add(&fact.value.value, HintFrom::Fact, Some(fact.value.at.clone()));
    }
    for title in &table.titles {
        add(&title.value, HintFrom::Title, Some(title.at.clone()));
    }
    if let Some(sheet) = &table.sheet.id.sheet {
        add(sheet, HintFrom::Sheet, None);
    }
    add(file_stem(table), HintFrom::File, None);
    for fact in facts(&keys.customer) {
        add(&fact.value.value, HintFrom::Customer, Some(fact.value.at.clone()));
    }
    hints
}

/// Whether a rule of the settings is for this table's file and sheet.
pub(super) fn applies(rule: &FileRule, table: &Table) -> bool {
    let path = &table.sheet.id.path;
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let matches = glob::Pattern::new(&rule.pattern)
        .is_ok_and(|pattern| pattern.matches(name) || pattern.matches(path));
    let sheet = match &rule.sheet {
        Some(sheet) => table.sheet.id.sheet.as_deref() == Some(sheet.as_str()),
        None => true,
    };
    matches && sheet
}

/// The period a paper tells.
fn period(table: &Table, near: Option<Period>) -> Option<Period> {
    let keys = &words().keys;
    let facts = table.facts.iter().filter(|fact| keys.period.contains(&fold(&fact.key)));
    let facts = facts.map(|fact| fact.value.value.as_str());
    let titles = table.titles.iter().map(|title| title.value.as_str());
    let names = [table.sheet.id.sheet.as_deref().unwrap_or_default(), file_stem(table)];
    facts.chain(titles).chain(names).find_map(|text| period_in(text, near))
}

/// Whether a title speaks of a currency: else letters of names could be one.
fn speaks_of_currency(text: &str) -> bool {
    let folded = fold(text);
    ["currency", "amount", "dollar", "币"].iter().any(|word| folded.contains(word))
}

/// Returns the code of the currency that a text names.
pub(super) fn currency_in(text: &str) -> Option<Arc<str>> {
    Currency::in_text(text).map(|currency| Arc::from(currency.code.as_str()))
}

/// Returns the figure of a balance; one that is said to be nothing (无) is zero.
fn figure(fact: &Fact) -> Option<Located<Decimal>> {
    let value = match decimal_text(&fact.value.value) {
        Parsed::Value(number) => number.value,
        Parsed::Blank(_) => Decimal::ZERO,
        Parsed::Bad(_) => return None,
    };
    Some(Located { value, at: fact.value.at.clone() })
}

/// The last day whose deliveries a paper holds, if a note says so:
/// `10月28日后送货转下月`, `截止10月25日`.
pub(super) fn cutoff(text: &str, near: Option<Period>) -> Option<NaiveDate> {
    let words = &words().cutoff;
    let folded = fold(text);
    if words.next.iter().any(|word| folded.contains(word.as_str())) {
        for word in &words.after {
            // Folded, a text may lose its spaces; dates in letters need them.
            for text in [text.to_lowercase(), folded.clone()] {
                for (at, found) in text.match_indices(word.as_str()) {
                    let inclusive = words.inclusive.contains(word);
                    let day = day_before(&text[..at], near)
                        .or_else(|| day_behind(text[at + found.len()..].trim_start(), near));
                    if let Some(day) = day {
                        return day.checked_sub_days(Days::new(u64::from(inclusive)));
                    }
                }
            }
        }
    }
    words.until.iter().find_map(|word| {
        let (_, behind) = folded.split_once(word.as_str())?;
        let behind = behind.trim_start_matches([':', '到', '至', '于']);
        day_behind(behind, near)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Month;

    #[test]
    fn notes_tell_the_last_day() {
        let near = Month::new(2026, 10).map(Period::from);
        let told = |text| cutoff(text, near).map(|day| day.to_string());
        for (text, day) in [
            ("注：10月28日后送货转下月对账，请于3日内核对回传。", "2026-10-28"),
            ("10月29日起送货转下月", "2026-10-28"),
            ("截止日期：10月25日", "2026-10-25"),
            ("截至2026-10-25", "2026-10-25"),
            ("Deliveries after 25 Oct 2026 will be on next month's statement", "2026-10-25"),
        ] {
            assert_eq!(told(text).as_deref(), Some(day), "{text}");
        }
        assert_eq!(told("请于3日内核对回传，逾期视为确认"), None);
        assert_eq!(told("下月起单价调整"), None);
    }
}
