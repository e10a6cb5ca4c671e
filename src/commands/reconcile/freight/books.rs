//! The sheets of the cash books: what each kind of expense comes to, every
//! day's balance, each day's freight.

use crate::engine::freight::Expenses;
use crate::lang::Lang;
use crate::report::{Cell, Chart, ChartKind, Column, Row, Sheet, Table, labels};

/// Builds the sheet of expenses; `None` if there is no book.
pub(super) fn expenses(expenses: &Expenses, lang: Lang) -> Option<Sheet> {
    if expenses.cash.is_empty() && expenses.undated.is_empty() {
        return None;
    }
    let label = |key| labels::text(lang, key);
    let columns = [
        Column::text("month", label("freight.month")),
        Column::text("category", label("freight.category")).width(18),
        Column::integer("count", label("freight.count")).sum(),
        Column::money("income", label("freight.income")).sum(),
        Column::money("amount", label("freight.amount")).sum(),
    ];
    let mut table = Table::new(columns).total(label("common.total"));
    for ((month, category), sum) in &expenses.months {
        let name = if category.is_empty() { label("freight.no_category") } else { &**category };
        table.push(Row::new([
            month.to_string().into(),
            name.into(),
            sum.count.into(),
            sum.income.into(),
            sum.amount.into(),
        ]));
    }
    let chart = Chart {
        kind: ChartKind::Bar,
        title: label("freight.expenses_title").to_owned(),
        categories: "category",
        series: vec!["amount"],
    };
    let sheet = Sheet::new("expenses", label("freight.expenses"))
        .title(label("freight.expenses_title"))
        .fact(label("freight.opening"), Cell::from(expenses.opening))
        .fact(label("freight.closing"), Cell::from(expenses.closing))
        .fact(label("freight.stated"), Cell::from(expenses.stated_closing))
        .table(table)
        .chart(chart);
    Some(sheet.table(balances(expenses, lang)))
}

fn balances(expenses: &Expenses, lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::date("date", label("reconcile.date")),
        Column::money("opening", label("freight.opening")),
        Column::money("income", label("freight.income")).sum(),
        Column::money("amount", label("freight.amount")).sum(),
        Column::money("closing", label("freight.closing")),
        Column::money("stated", label("freight.stated")),
        Column::money("difference", label("reconcile.difference")),
    ]);
    for day in &expenses.cash {
        let closing = match (day.opening, day.closing) {
            (Some(_), Some(closing)) => Cell::calc("{opening}+{income}-{amount}", closing),
            (_, closing) => closing.into(),
        };
        let away = day.stated.zip(day.closing).map(|(stated, closing)| stated - closing);
        table.push(Row::new([
            day.date.into(),
            day.opening.into(),
            day.sum.income.into(),
            day.sum.amount.into(),
            closing,
            day.stated.into(),
            away.map_or(Cell::Empty, |away| Cell::calc("{stated}-{closing}", away)),
        ]));
    }
    table
}

/// Builds the sheet of each day's freight; `None` without a log.
pub(super) fn days(expenses: &Expenses, lang: Lang) -> Option<Sheet> {
    if expenses.freight.values().all(|day| day.parcels == 0) {
        return None;
    }
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::date("date", label("reconcile.date")),
        Column::integer("parcels", label("freight.parcels")).sum(),
        Column::money("monthly", label("freight.monthly")).sum(),
        Column::money("cash", label("freight.cash")).sum(),
        Column::money("collect", label("freight.collect")).sum(),
        Column::money("paid", label("freight.paid")).sum(),
        Column::money("difference", label("reconcile.difference")).sum(),
    ])
    .total(label("common.total"));
    for (date, day) in &expenses.freight {
        table.push(Row::new([
            (*date).into(),
            day.parcels.into(),
            day.monthly.into(),
            day.cash.into(),
            day.collect.into(),
            day.paid.into(),
            Cell::calc("N({paid})-N({cash})", day.paid - day.cash),
        ]));
    }
    let sheet = Sheet::new("freight_days", label("freight.days"));
    Some(sheet.title(label("freight.days_title")).table(table))
}
