//! What resellers owe and for how long: from our list of receivables, else from
//! what was supplied and paid this month.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::super::json::money;
use super::ageing_parties;
use super::papers::Assembled;
use crate::commands::Context;
use crate::engine::ageing::{
    Aged, Bucket, List, Moved, Owed, Received, Taken, Until, age, since_lists,
};
use crate::engine::entry::{Entry, EntryType};
use crate::engine::supplier::{Papers, SupplierMonth};
use crate::finding::{Finding, Severity, codes, name};
use crate::lang::Lang;
use crate::location::Location;
use crate::period::Period;
use crate::records::ReceivableLine;
use crate::report::{
    Block, Chart, ChartKind, Column, Report, Row, RowStyle, Section, Sheet, Table, labels,
};

/// An open item, as JSON shows it.
#[derive(Debug, Serialize)]
struct AgedRow<'a> {
    party: &'a str,
    document_no: Option<&'a str>,
    date: Option<NaiveDate>,
    due: Option<NaiveDate>,
    days: Option<i64>,
    bucket: Bucket,
    amount: String,
    received: String,
    balance: String,
    at: String,
}

impl<'a> From<&'a Aged> for AgedRow<'a> {
    fn from(aged: &'a Aged) -> Self {
        let owed = &aged.owed;
        Self {
            party: &owed.party,
            document_no: owed.document_no.as_deref(),
            date: owed.date,
            due: owed.due,
            days: aged.days,
            bucket: aged.bucket,
            amount: money(owed.amount),
            received: money(aged.received),
            balance: money(aged.balance),
            at: owed.at.to_string(),
        }
    }
}

/// Adds the ageing to a report.
pub(super) fn add(
    report: &mut Report,
    month: &SupplierMonth,
    assembled: &Assembled,
    due: &DueDays,
    context: &Context,
) {
    let moved = Moved { supplied: supplied(month, due), received: received(month) };
    let (all, taken) = since_lists(listed(assembled), moved, month.period);
    report.findings.extend(taken.iter().flat_map(|taken| tell(taken, month.period)));
    let aged = age(all.supplied, &all.received, context.today);
    let parties = ageing_parties::by_party(&aged);
    report.sections.push(Section::new("ageing", aged.iter().map(AgedRow::from)));
    report.sections.push(ageing_parties::section(&parties));
    let parties = ageing_parties::table(&parties, context.lang);
    report.sheets.push(sheet(&aged, parties, context));
}

/// What our lists of receivables say is owed.
fn listed(assembled: &Assembled) -> Vec<List> {
    let resolve = |name: &str| assembled.parties.resolve(name).party;
    let lists = assembled.owed.iter().map(|paper| {
        let item = |line: &ReceivableLine| {
            let named = line.party.as_ref().map(|name| resolve(&name.value));
            Owed {
                party: named.or_else(|| paper.party.clone()).unwrap_or_else(|| Arc::from("")),
                document_no: line.document_nos.first().map(|number| Arc::clone(&number.text)),
                date: line.date,
                due: line.due,
                amount: line.amount,
                received: line.received,
                at: line.at.clone(),
            }
        };
        let lines = &paper.records.lines;
        List {
            items: lines.iter().map(item).collect(),
            as_of: lines.iter().find_map(|line| line.as_of),
        }
    });
    lists.collect()
}

/// Tells how a list was taken that is not of the whole month.
fn tell(taken: &Taken, period: Period) -> Vec<Finding> {
    let told = match taken.until {
        Until::End => None,
        Until::Said(day) => Some((Finding::of(codes::LIST_AS_OF), day)),
        Until::Before(day) => Some((Finding::new(codes::LIST_AS_OF, Severity::Warning), day)),
        Until::Unknown => Some((Finding::of(codes::LIST_DAY_UNKNOWN), period.last)),
    };
    let told = told.map(|(finding, day)| {
        finding
            .with("day", day)
            .with("supplied", money(taken.supplied))
            .with("received", money(taken.received))
    });
    let replaced = (taken.replaced > 0)
        .then(|| Finding::of(codes::LIST_REPLACED).with("count", taken.replaced));
    told.into_iter().chain(replaced).map(|finding| finding.at(taken.at.clone())).collect()
}

/// Our entries of the month.
fn ours(month: &SupplierMonth) -> impl Iterator<Item = &Entry> {
    month.sides.right_of(month.lines.iter())
}

/// When our lines are to be paid, by their places.
pub(super) type DueDays = BTreeMap<Location, NaiveDate>;

/// Returns when each of our lines is to be paid, where our slips say so.
pub(super) fn due_days(papers: &Papers) -> DueDays {
    let lines = papers.receipts.iter().flat_map(|paper| &paper.records.lines);
    lines.filter_map(|line| Some((line.at.clone(), line.due?))).collect()
}

/// What was supplied this month, paper by paper.
fn supplied(month: &SupplierMonth, due: &DueDays) -> Vec<Owed> {
    let mut papers: BTreeMap<(Arc<str>, Option<Arc<str>>), Owed> = BTreeMap::new();
    let raises = |entry: &&Entry| {
        matches!(entry.entry_type, EntryType::Goods | EntryType::Charge | EntryType::Adjustment)
    };
    for entry in ours(month).filter(raises) {
        let number = entry.document_nos.first().map(|number| Arc::clone(&number.text));
        let owed =
            papers.entry((Arc::clone(&entry.party), number.clone())).or_insert_with(|| Owed {
                party: Arc::clone(&entry.party),
                document_no: number,
                date: entry.date,
                due: due.get(&entry.at).copied(),
                amount: Decimal::ZERO,
                received: Decimal::ZERO,
                at: entry.at.clone(),
            });
        owed.amount = owed.amount.checked_add(entry.amount).unwrap_or(owed.amount);
    }
    papers.into_values().collect()
}

/// What came in or was taken off this month.
fn received(month: &SupplierMonth) -> Vec<Received> {
    let lowers = |entry: &&Entry| {
        matches!(
            entry.entry_type,
            EntryType::Payment | EntryType::Return | EntryType::Deduction | EntryType::Discount
        )
    };
    let money = |entry: &Entry| Received {
        party: Arc::clone(&entry.party),
        date: entry.date,
        amount: -entry.amount,
        for_nos: entry.other_nos.clone(),
    };
    ours(month).filter(lowers).map(money).collect()
}

/// Builds the sheet: what each customer owes and every open item; on a page of
/// its own what is open by age, with a chart.
fn sheet(aged: &[Aged], parties: Table, context: &Context) -> Sheet {
    let label = |key| labels::text(context.lang, key);
    let chart = Chart {
        kind: ChartKind::Column,
        title: label("reseller.by_age").to_owned(),
        categories: "age",
        series: vec!["balance"],
    };
    Sheet::new("ageing", label("reseller.ageing"))
        .landscape()
        .title(label("reseller.ageing_title"))
        .fact(label("reseller.as_of"), context.today.to_string())
        .table(parties)
        .table(items(aged, context.lang))
        .block(Block::PageBreak)
        .table(by_age(aged, context.lang))
        .chart(chart)
}

/// Names an age for people.
pub(super) fn bucket_label(bucket: Bucket, lang: Lang) -> String {
    match bucket {
        Bucket::NotDue => labels::text(lang, "reseller.not_due").to_owned(),
        Bucket::Undated => labels::text(lang, "reseller.undated").to_owned(),
        bucket => labels::fill(lang, "reseller.days", &[("days", &name(bucket))]),
    }
}

fn by_age(aged: &[Aged], lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("age", label("reseller.age")).width(18),
        Column::integer("items", label("reseller.items")).sum(),
        Column::money("balance", label("reseller.balance")).sum(),
    ])
    .total(label("common.total"));
    for bucket in Bucket::ALL {
        let of = || aged.iter().filter(|one| one.bucket == bucket && !one.balance.is_zero());
        let balance: Decimal = of().map(|one| one.balance).sum();
        table.push(Row::new([
            bucket_label(bucket, lang).into(),
            of().count().into(),
            balance.into(),
        ]));
    }
    table
}

fn items(aged: &[Aged], lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("party", label("reseller.party")).width(20),
        Column::id("document_no", label("reconcile.document_no")).width(14),
        Column::date("date", label("reconcile.date")),
        Column::date("due", label("reseller.due")),
        Column::integer("overdue", label("reseller.overdue")),
        Column::text("bucket", label("reseller.age")).width(12),
        Column::money("amount", label("reseller.amount")).sum(),
        Column::money("received", label("reseller.received")).sum(),
        Column::money("open", label("reseller.balance")).sum(),
        Column::place("place", label("reconcile.place")).width(16),
    ])
    .total(label("common.total"))
    .empty(label("reconcile.no_lines"));
    let mut party: Option<&Arc<str>> = None;
    for one in aged.iter().filter(|one| !one.balance.is_zero()) {
        if party != Some(&one.owed.party) {
            party = Some(&one.owed.party);
            let sum: Decimal = aged
                .iter()
                .filter(|other| other.owed.party == one.owed.party)
                .map(|other| other.balance)
                .sum();
            let heading = format!("{}  {}", one.owed.party, money(sum));
            table.push(Row::new([heading.into()]).style(RowStyle::Group));
        }
        let overdue = one.days.filter(|days| *days > 0);
        table.push(Row::new([
            one.owed.party.as_ref().into(),
            one.owed.document_no.as_deref().unwrap_or_default().into(),
            one.owed.date.into(),
            one.owed.due.into(),
            overdue.map(Decimal::from).into(),
            bucket_label(one.bucket, lang).into(),
            one.owed.amount.into(),
            one.received.into(),
            one.balance.into(),
            one.owed.at.clone().into(),
        ]));
    }
    table
}
