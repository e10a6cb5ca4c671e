//! Tables that were read → the papers of a shop: which are the platforms',
//! which our register, which slips.

use std::sync::Arc;

use super::super::period::most;
use super::super::uses::Use;
use crate::engine::sales::{List, SalesPapers};
use crate::finding::Finding;
use crate::input::reading::ReadTable;
use crate::period::{Month, Period};
use crate::records::shop::{bookings, order_days, orders, slips};
use crate::records::{self, ReadContext, Records};
use crate::settings::Settings;
use crate::text::fold;

/// The kinds that this job has a use for.
pub(super) const KINDS: [&str; 3] = ["order_export", "sales_register", "shipping_slip"];

/// Words in the name of a list that say whose it is.
const OF_PLATFORM: [&str; 8] =
    ["平台", "后台", "导出", "销售清单", "export", "platform", "sales", "财务"];

/// The papers, and what was found while making them.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    pub(super) papers: SalesPapers,
    pub(super) uses: Vec<Use>,
    pub(super) findings: Vec<Finding>,
}

/// What a table is to this job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Export,
    Register,
    Slips,
    Nothing,
}

/// Makes the papers out of the tables.
pub(super) fn assemble(tables: &[ReadTable], context: &ReadContext<'_>) -> Assembled {
    let mut assembled = Assembled::default();
    for (table, role) in tables.iter().zip(roles(tables)) {
        let made = assembled.add(table, role, context);
        assembled.uses.push(made);
    }
    assembled
}

/// Adds what last month's report left open and what it had settled.
pub(super) fn add_earlier(
    papers: &mut SalesPapers,
    tables: &[ReadTable],
    context: &ReadContext<'_>,
) {
    for table in tables {
        let sheet = Arc::clone(&table.table.sheet.id);
        match table.kind.map(|kind| kind.id.as_str()) {
            Some("open_items") => {
                let rows = records::open_items(&table.table, context).lines;
                papers.carried.push(List { sheet, rows });
            }
            Some("settled_items") => {
                let rows = records::settled_items(&table.table, context).lines;
                papers.settled.push(List { sheet, rows });
            }
            _ => {}
        }
    }
}

/// Returns what each table is. Two registers and no export are one of each:
/// the platform's is the one that says so in its name, else the first.
fn roles(tables: &[ReadTable]) -> Vec<Role> {
    let role = |table: &ReadTable| match table.kind.map(|kind| kind.id.as_str()) {
        Some("order_export") => Role::Export,
        Some("sales_register") => Role::Register,
        Some("shipping_slip") => Role::Slips,
        _ => Role::Nothing,
    };
    let mut roles: Vec<Role> = tables.iter().map(role).collect();
    let registers: Vec<usize> =
        (0..roles.len()).filter(|&at| roles[at] == Role::Register).collect();
    let papers: std::collections::BTreeSet<&str> =
        registers.iter().map(|&at| tables[at].table.sheet.id.path.as_str()).collect();
    if roles.contains(&Role::Export) || papers.len() < 2 {
        return roles;
    }
    let says = |at: &&usize| {
        let table = &tables[**at].table;
        let titles = table.titles.iter().map(|title| fold(&title.value));
        let name = fold(&table.sheet.id.path);
        titles.chain([name]).any(|text| OF_PLATFORM.iter().any(|word| text.contains(word)))
    };
    let platform = registers.iter().find(says).unwrap_or(&registers[0]);
    let path = &tables[*platform].table.sheet.id.path;
    for &at in &registers {
        if tables[at].table.sheet.id.path == *path {
            roles[at] = Role::Export;
        }
    }
    roles
}

impl Assembled {
    fn add(&mut self, table: &ReadTable, role: Role, context: &ReadContext<'_>) -> Use {
        let table_of = &table.table;
        match role {
            Role::Export => {
                let is_register = table.kind.is_some_and(|kind| kind.id == "sales_register");
                let records = if is_register {
                    as_orders(bookings(table_of, context))
                } else {
                    orders(table_of, context)
                };
                let made = self.made(table, &records);
                self.papers.exports.push(list(table, records, |row| Some(&mut row.shop)));
                made
            }
            Role::Register => {
                let records = bookings(table_of, context);
                let made = self.made(table, &records);
                self.papers.register.push(list(table, records, |row| Some(&mut row.shop)));
                made
            }
            Role::Slips => {
                let records = slips(table_of, context);
                if records.lines.is_empty() {
                    return Use::default();
                }
                let made = self.made(table, &records);
                self.papers.slips.push(list(table, records, |_| None));
                made
            }
            Role::Nothing => Use::default(),
        }
    }

    fn made<T>(&mut self, table: &ReadTable, records: &Records<T>) -> Use {
        self.findings.extend(records.findings.iter().cloned());
        let party = table.party.as_deref().map(Arc::from);
        Use { party, rejected: records.rejected, used: true }
    }
}

/// Returns the rows of a table; those that name no shop take the one that
/// `gendan.toml` names for the file.
fn list<T>(
    table: &ReadTable,
    records: Records<T>,
    shop: fn(&mut T) -> Option<&mut Option<Arc<str>>>,
) -> List<T> {
    let mut rows = records.lines;
    if let Some(party) = table.party.as_deref().map(Arc::<str>::from) {
        for shop in rows.iter_mut().filter_map(shop) {
            shop.get_or_insert_with(|| Arc::clone(&party));
        }
    }
    List { sheet: Arc::clone(&table.table.sheet.id), rows }
}

/// Takes a plain list of sales for orders that are all paid.
fn as_orders(
    records: Records<crate::records::shop::Booking>,
) -> Records<crate::records::shop::OrderRow> {
    let lines = records.lines.into_iter().map(Into::into).collect();
    Records {
        lines,
        findings: records.findings,
        body: records.body,
        rejected: records.rejected,
        party_hints: records.party_hints,
        period: records.period,
    }
}

/// Returns the month: the one that was named, else the one in which most
/// orders, or else most rows of the register, are dated.
pub(super) fn period(
    named: Option<Month>,
    tables: &[ReadTable],
    settings: &Settings,
) -> Option<Period> {
    let context = ReadContext { period: None, near: None, settings };
    let of = |kind: &'static str| {
        tables.iter().filter(move |table| table.kind.is_some_and(|found| found.id == kind))
    };
    if let Some(month) = named {
        return Some(month.into());
    }
    let sold = most(of("order_export").flat_map(|table| order_days(&table.table, &context)));
    let told = || {
        let booked = of("sales_register").map(|table| bookings(&table.table, &context));
        let (mut stated, mut dated) = (Vec::new(), Vec::new());
        for records in booked {
            stated.extend(records.period.map(|period| period.last));
            dated.extend(records.lines.into_iter().filter_map(|row| row.date));
        }
        most(stated.into_iter()).or_else(|| most(dated.into_iter()))
    };
    sold.or_else(told).map(Period::from)
}
