//! The sheets of the cash books: what each kind of expense comes to, every
//! day's balance, each day's freight.

use rust_decimal::Decimal;

use crate::engine::freight::Expenses;
use crate::engine::freight::expenses::Sum;
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
        .fact(label("freight.opening"), Cell::from(expenses.opening()))
        .fact(label("freight.closing"), Cell::from(expenses.closing()))
        .fact(label("freight.stated"), Cell::from(expenses.stated_closing()))
        .table(table)
        .chart(chart);
    let several = expenses.tills.len() > 1;
    let tills = several.then(|| tills(expenses, lang));
    let sheet = tills.into_iter().fold(sheet, Sheet::table);
    let days = by_day(expenses, lang).into_iter();
    Some(days.fold(sheet.table(balances(expenses, lang)), Sheet::table))
}

/// What each day comes to by category; nothing where no row has a category.
fn by_day(expenses: &Expenses, lang: Lang) -> Option<Table> {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::date("date", label("reconcile.date")),
        Column::text("category", label("freight.category")).width(18),
        Column::integer("count", label("freight.count")).sum(),
        Column::money("income", label("freight.income")).sum(),
        Column::money("amount", label("freight.amount")).sum(),
    ])
    .total(label("common.total"));
    for ((date, category), sum) in &expenses.days {
        let name = if category.is_empty() { label("freight.no_category") } else { &**category };
        table.push(Row::new([
            (*date).into(),
            name.into(),
            sum.count.into(),
            sum.income.into(),
            sum.amount.into(),
        ]));
    }
    let named = expenses.days.keys().any(|(_, category)| !category.is_empty());
    named.then_some(table)
}

/// Where several tills are kept: what each begins and ends with.
fn tills(expenses: &Expenses, lang: Lang) -> Table {
    let mut table = Table::new(balance_columns(
        Column::text("book", labels::text(lang, "freight.book")).width(24),
        lang,
    ));
    for till in &expenses.tills {
        table.push(balance_row(
            till.sheet.to_string().into(),
            (till.opening, &till.sum, till.closing, till.stated),
        ));
    }
    table
}

fn balances(expenses: &Expenses, lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let several = expenses.tills.len() > 1;
    let book = Column::text("book", label("freight.book")).width(24);
    let columns = balance_columns(Column::date("date", label("reconcile.date")), lang);
    let mut table = Table::new(columns.into_iter().chain(several.then_some(book)));
    for day in &expenses.cash {
        let mut row =
            balance_row(day.date.into(), (day.opening, &day.sum, day.closing, day.stated));
        if several {
            row.cells.push(day.sheet.to_string().into());
        }
        table.push(row);
    }
    table
}

fn balance_columns(first: Column, lang: Lang) -> [Column; 7] {
    let label = |key| labels::text(lang, key);
    [
        first,
        Column::money("opening", label("freight.opening")),
        Column::money("income", label("freight.income")).sum(),
        Column::money("amount", label("freight.amount")).sum(),
        Column::money("closing", label("freight.closing")),
        Column::money("stated", label("freight.stated")),
        Column::money("difference", label("reconcile.difference")),
    ]
}

/// The opening balance, what moved, the closing one and the stated one.
type Balance<'a> = (Option<Decimal>, &'a Sum, Option<Decimal>, Option<Decimal>);

fn balance_row(first: Cell, (opening, sum, closing, stated): Balance<'_>) -> Row {
    let reckoned = match (opening, closing) {
        (Some(_), Some(closing)) => Cell::calc("{opening}+{income}-{amount}", closing),
        (_, closing) => closing.into(),
    };
    let away = stated.zip(closing).map(|(stated, closing)| stated - closing);
    Row::new([
        first,
        opening.into(),
        sum.income.into(),
        sum.amount.into(),
        reckoned,
        stated.into(),
        away.map_or(Cell::Empty, |away| Cell::calc("{stated}-{closing}", away)),
    ])
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
