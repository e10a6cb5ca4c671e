//! A carrier's bill without a word of its own looks like one more freight
//! log, or like any supplier's statement. What tells: our log names the
//! carrier of the very waybills that the other paper has, and that paper names
//! none, or is no log at all.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::uses::has_needed;
use super::papers::KINDS;
use crate::engine::freight::waybill_key;
use crate::input::columns::{self, Overrides};
use crate::input::reading::ReadTable;
use crate::kinds;
use crate::records::{self, ReadContext, Shipment};
use crate::settings::Settings;

/// So many waybills tell.
const ENOUGH: usize = 3;
/// A table of which a person has said what it is.
const SAID: u8 = 100;

/// Takes for bills the tables that were taken for logs and are none.
pub(super) fn bills_taken_for_logs(tables: &mut [ReadTable], settings: &Settings) {
    let context = ReadContext { period: None, near: None, settings };
    let logs: Vec<(usize, Vec<Shipment>)> = of_kind(tables, "freight_log")
        .map(|(at, table)| (at, records::shipments(&table.table, &context).lines))
        .collect();
    let mut billed: FxHashSet<String> = FxHashSet::default();
    for (_, table) in of_kind(tables, "carrier_bill") {
        let lines = records::bill_lines(&table.table, &context).lines;
        billed.extend(lines.iter().flat_map(|line| &line.waybills).map(|no| waybill_key(&no.text)));
    }
    let mut named: FxHashMap<String, usize> = FxHashMap::default();
    for (at, lines) in &logs {
        for line in lines.iter().filter(|line| line.carrier.is_some()) {
            named.extend(keys(line).map(|key| (key, *at)));
        }
    }
    let Some(kind) = kinds::get("carrier_bill") else { return };
    for (at, lines) in &logs {
        let path = &tables[*at].table.sheet.id.path;
        let elsewhere = |key: &String| {
            named.get(key).is_some_and(|other| tables[*other].table.sheet.id.path != *path)
        };
        let own: Vec<String> = lines.iter().flat_map(keys).collect();
        let known = own.iter().filter(|key| elsewhere(key)).count();
        let anonymous = lines.iter().all(|line| line.carrier.is_none());
        let priced = lines.iter().filter(|line| line.freight.is_some()).count() * 2 > lines.len();
        let free = !own.iter().any(|key| billed.contains(key));
        if anonymous && priced && free && known >= ENOUGH && known * 5 >= own.len() * 3 {
            let table = &mut tables[*at];
            columns::map(&mut table.table, kind, &Overrides::default());
            table.kind = Some(kind);
        }
    }
}

/// Takes for bills the papers of other kinds, or of none, that price the
/// waybills of our logs.
pub(super) fn bills_taken_for_others(tables: &mut [ReadTable], settings: &Settings) {
    let context = ReadContext { period: None, near: None, settings };
    let Some(kind) = kinds::get("carrier_bill") else { return };
    let logs = of_kind(tables, "freight_log").map(|(_, table)| table);
    let logs = logs.map(|table| records::shipments(&table.table, &context).lines);
    let logged: FxHashSet<String> =
        logs.flatten().flat_map(|line| keys(&line).collect::<Vec<_>>()).collect();
    let is_other = |table: &ReadTable| {
        let known = table.kind.is_some_and(|kind| KINDS.contains(&kind.id.as_str()));
        !known && table.confidence < SAID
    };
    for table in tables.iter_mut().filter(|table| !logged.is_empty() && is_other(table)) {
        let mut taken = table.clone();
        taken.take_for(kind, settings);
        if !has_needed(&taken.table, kind) {
            continue;
        }
        let lines = records::bill_lines(&taken.table, &context).lines;
        let numbers = lines.iter().flat_map(|line| &line.waybills);
        let numbers: Vec<String> = numbers.map(|number| waybill_key(&number.text)).collect();
        let known = numbers.iter().filter(|number| logged.contains(*number)).count();
        if known >= ENOUGH && known * 5 >= numbers.len() * 3 {
            *table = taken;
        }
    }
}

fn of_kind<'t>(
    tables: &'t [ReadTable],
    kind: &'static str,
) -> impl Iterator<Item = (usize, &'t ReadTable)> {
    let tables = tables.iter().enumerate();
    tables.filter(move |(_, table)| {
        table.confidence < SAID && table.kind.is_some_and(|own| own.id == kind)
    })
}

fn keys(line: &Shipment) -> impl Iterator<Item = String> + '_ {
    line.waybills.iter().map(|number| waybill_key(&number.text)).filter(|key| !key.is_empty())
}
