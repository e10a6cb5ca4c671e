//! What titles, facts and names of files say of tax, and of whose prices: a
//! note that names suppliers of the table holds for them, any other for all.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::classify::{tax_included, words};
use crate::input::sheet::{NumberFormat, Value};
use crate::input::table::{Role, Table};
use crate::input::values::rate::{RateKind, rates};
use crate::party;
use crate::text::fold;

/// What is said of tax.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tax {
    /// Whether money is with tax.
    pub(super) included: Option<bool>,
    /// The rate.
    pub(super) rate: Option<Decimal>,
}

/// What the texts around a table say of tax.
#[derive(Debug, Clone, Default)]
pub(super) struct TaxNotes {
    general: Vec<Tax>,
    /// By the folded name of a supplier as the rows write it.
    of: Vec<(String, Tax)>,
}

impl TaxNotes {
    /// Reads `texts`; `suppliers` are the names that the rows write.
    pub(super) fn read(
        texts: impl Iterator<Item = String>,
        suppliers: &[Arc<str>],
        known: &[Decimal],
    ) -> Self {
        let mut notes = Self::default();
        for text in texts {
            let Some(clauses) = clauses_of_some(&text, suppliers) else {
                notes.general.extend(said(&text, known));
                continue;
            };
            for clause in clauses {
                notes.read_clause(&clause, known);
            }
        }
        notes
    }

    fn read_clause(&mut self, clause: &Clause<'_>, known: &[Decimal]) {
        let Some(tax) = said(clause.text, known) else { return };
        let mut of = tax;
        if clause.of.is_empty() || clause.except {
            self.general.push(tax);
            of = Tax { included: tax.included.map(|included| !included), rate: None };
        }
        self.of.extend(clause.of.iter().map(|name| (fold(name), of)));
    }

    /// Returns what holds where nothing is said of a supplier.
    pub(super) fn general(&self) -> Tax {
        agreed(self.general.iter().copied())
    }

    /// Returns what is said of one supplier alone.
    pub(super) fn of(&self, supplier: Option<&str>) -> Tax {
        let Some(supplier) = supplier.filter(|_| !self.of.is_empty()).map(fold) else {
            return Tax::default();
        };
        agreed(self.of.iter().filter(|(name, _)| *name == supplier).map(|(_, tax)| *tax))
    }
}

/// Returns the suppliers that the body rows of a table name, each once.
pub(super) fn suppliers(table: &Table) -> Vec<Arc<str>> {
    let Some(column) = table.column("supplier") else { return Vec::new() };
    let cells = table.rows_of(Role::Body).filter_map(|row| table.cell(row, column.col));
    let mut names: Vec<Arc<str>> = Vec::new();
    for cell in cells {
        if let Value::Text(name) = &cell.value()
            && names.last() != Some(name)
        {
            names.push(Arc::clone(name));
        }
    }
    names.sort();
    names.dedup();
    names
}

/// A part of a note, and whom it is about.
struct Clause<'a> {
    text: &'a str,
    of: Vec<&'a str>,
    /// Whether it is about all but those.
    except: bool,
}

/// Takes a text apart where it names suppliers; `None` where it names none.
fn clauses_of_some<'a>(text: &'a str, suppliers: &'a [Arc<str>]) -> Option<Vec<Clause<'a>>> {
    let all = named(text, suppliers);
    // A register of one supplier's goods is his in every sentence.
    if all.is_empty() || suppliers.len() == 1 {
        return None;
    }
    let tax = &words().tax;
    let mut subject: Vec<&str> = Vec::new();
    let mut clauses = Vec::new();
    for part in text.split(|c: char| "，,；;。\n　".contains(c)) {
        let folded = fold(part);
        let says = |list: &[String]| list.iter().any(|word| folded.contains(word.as_str()));
        let own: Vec<&str> = named(part, suppliers);
        if says(&tax.rest) {
            subject.clear();
        } else if !own.is_empty() {
            subject = own;
        }
        clauses.push(Clause { text: part, of: subject.clone(), except: says(&tax.except) });
    }
    Some(clauses)
}

fn named<'a>(text: &str, suppliers: &'a [Arc<str>]) -> Vec<&'a str> {
    let folded = fold(text);
    let names = suppliers.iter().map(|name| &**name);
    names.filter(|name| party::stands_in(name, &folded)).collect()
}

fn said(text: &str, known: &[Decimal]) -> Option<Tax> {
    let included = tax_included(text)?;
    Some(Tax { included: Some(included), rate: rate_in(text, known) })
}

/// Returns what all say; nothing of what they do not agree on.
fn agreed(all: impl Iterator<Item = Tax> + Clone) -> Tax {
    let first = all.clone().find_map(|tax| tax.included);
    if all.clone().any(|tax| tax.included != first) {
        return Tax::default();
    }
    Tax { included: first, rate: all.into_iter().find_map(|tax| tax.rate) }
}

/// The tax rate that a text names (含税13%).
fn rate_in(text: &str, known: &[Decimal]) -> Option<Decimal> {
    let (before, _) = text.split_once(['%', '％'])?;
    let digits: String =
        before.chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    let digits: String = digits.chars().rev().collect();
    let cell = Value::Text(Arc::from(format!("{digits}%")));
    let read = rates([(&cell, NumberFormat::General)], RateKind::Tax(known)).pop()?;
    read.value().filter(|rate| known.contains(rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATES: [Decimal; 2] =
        [Decimal::from_parts(13, 0, 0, false, 2), Decimal::from_parts(1, 0, 0, false, 2)];

    fn notes(text: &str) -> TaxNotes {
        let suppliers =
            ["临沂枫栎湾木业有限公司", "彩棉塘布业", "Northmere Fittings (HK) Co., Ltd."];
        TaxNotes::read([text.to_owned()].into_iter(), &suppliers.map(Arc::from), &RATES)
    }

    /// What holds for all, for 枫栎湾, 彩棉塘 and Northmere.
    fn told(text: &str) -> [Option<bool>; 4] {
        let notes = notes(text);
        let of = |name| notes.of(Some(name)).included;
        [
            notes.general().included,
            of("临沂枫栎湾木业有限公司"),
            of("彩棉塘布业"),
            of("Northmere Fittings (HK) Co., Ltd."),
        ]
    }

    #[test]
    fn a_note_that_names_suppliers_is_about_them_alone() {
        let (yes, no) = (Some(true), Some(false));
        for (text, expected) in [
            ("单价含税", [yes, None, None, None]),
            ("注：彩棉塘布业单价为未税价，其余为结算价", [None, None, no, None]),
            ("彩棉塘，枫栎湾的单价未税；其余单价含税13%", [yes, no, None, None]),
            ("彩棉塘、枫栎湾木业未税，其他含税", [yes, no, no, None]),
            ("除彩棉塘外均含税", [yes, None, no, None]),
            ("彩棉塘布业，单价不含税", [None, None, no, None]),
            (
                "Northmere Fittings (HK) Co., Ltd. is tax exclusive; others tax inclusive",
                [yes, None, None, no],
            ),
            ("单价：元", [None; 4]),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn a_note_tells_the_rate_of_whom_it_is_about() {
        let notes = notes("彩棉塘布业含税1%，其余含税13%");
        assert_eq!(notes.of(Some("彩棉塘布业")).rate, Some(Decimal::new(1, 2)));
        assert_eq!(notes.general().rate, Some(Decimal::new(13, 2)));
        assert_eq!(notes.of(Some("枫栎湾")), Tax::default());
        assert_eq!(notes.of(None), Tax::default());
    }

    #[test]
    fn a_title_tells_the_rate() {
        assert_eq!(rate_in("对 账 单（含税13%）", &RATES), Some(Decimal::new(13, 2)));
        assert_eq!(rate_in("税率：1％", &RATES), Some(Decimal::new(1, 2)));
        assert_eq!(rate_in("满50%付款", &RATES), None);
    }
}
