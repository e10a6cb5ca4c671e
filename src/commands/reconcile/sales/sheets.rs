//! The sheets of a sales check: the summary, slips to hold back, unpaid and
//! closed orders, duplicates, damaged numbers, the days.

use super::super::lines::Told;
use super::super::{sheets as shared, words};
use super::{SLIP_TERMS, TERMS, is_held};
use crate::engine::entry::Entry;
use crate::engine::matching::explain::Field;
use crate::engine::matching::outcome::{Reason, Status};
use crate::engine::sales::{By, Damaged, SalesMonth, Total};
use crate::lang::Lang;
use crate::location::SheetId;
use crate::period::Period;
use crate::report::{
    Block, Cell, Chart, ChartKind, Column, Row, RowStyle, Sheet, Table, Tone, decisions, format,
    labels,
};

/// Builds the summary: what was compared, by shop, by status of line and of
/// order.
pub(super) fn summary(
    month: &SalesMonth,
    told: &[Told<'_>],
    notes: &[String],
    period: Option<Period>,
    lang: Lang,
) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new(total_columns("value", label("sales.what"), lang));
    for (by, heading) in [
        (By::Total, "common.total"),
        (By::Shop, "sales.shop"),
        (By::Status, "reconcile.state"),
        (By::OrderStatus, "sales.order_status"),
    ] {
        if by != By::Total {
            table.push(Row::group(label(heading)));
        }
        for total in month.totals.iter().filter(|total| total.by == by) {
            let value = match (by, total.value.as_deref()) {
                (By::Total, _) => label("common.total").to_owned(),
                (By::Status, Some(status)) => words::status_named(status, &TERMS, lang),
                (_, Some(value)) => value.to_owned(),
                (_, None) => label("sales.none").to_owned(),
            };
            let style = if by == By::Total { RowStyle::Strong } else { RowStyle::Normal };
            table.push(total_row(value.into(), total).style(style));
        }
    }
    let open = told.iter().filter(|line| line.is_open()).count();
    let mut sheet = Sheet::new("summary", label("reconcile.summary"))
        .on_terminal(60)
        .title(label("sales.title"))
        .fact(label("reconcile.period"), period.map(|p| p.to_string()).unwrap_or_default())
        .fact(label("reconcile.open_lines"), open.to_string())
        .table(table);
    for note in notes {
        sheet = sheet.text(note.as_str());
    }
    sheet
}

fn total_columns(key: &'static str, header: &str, lang: Lang) -> [Column; 6] {
    let label = |key| labels::text(lang, key);
    let first = match key {
        "day" => Column::date("day", header),
        _ => Column::text("value", header).width(30),
    };
    [
        first,
        Column::integer("left_rows", label("sales.left_rows")),
        Column::integer("right_rows", label("sales.right_rows")),
        Column::money("left", label("sales.amount_left")),
        Column::money("right", label("sales.amount_right")),
        Column::money("difference", label("reconcile.difference")),
    ]
}

fn total_row(value: Cell, total: &Total) -> Row {
    let difference = Cell::calc("N({left})-N({right})", total.difference());
    Row::new([
        value,
        total.left_rows.into(),
        total.right_rows.into(),
        total.left.into(),
        total.right.into(),
        difference,
    ])
}

/// Builds the sheet of days, with a chart.
pub(super) fn days(month: &SalesMonth, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let columns = total_columns("day", label("reconcile.date"), lang);
    let columns = columns.into_iter().enumerate();
    let columns = columns.map(|(at, column)| if at == 0 { column } else { column.sum() });
    let mut table =
        Table::new(columns).total(label("common.total")).empty(label("reconcile.no_lines"));
    for total in month.totals.iter().filter(|total| total.by == By::Day) {
        let day: Option<chrono::NaiveDate> =
            total.value.as_deref().and_then(|day| day.parse().ok());
        table.push(total_row(day.into(), total));
    }
    let chart = Chart {
        kind: ChartKind::Column,
        title: label("sales.days_title").to_owned(),
        categories: "day",
        series: vec!["left", "right"],
    };
    let days = table.rows.len();
    let sheet = Sheet::new("days", label("sales.days")).title(label("sales.days_title"));
    let sheet = sheet.table(table);
    match days {
        0 => sheet,
        // A month and its chart fit one page.
        1..=31 => sheet.chart(chart),
        _ => sheet.block(Block::PageBreak).chart(chart),
    }
}

/// Builds the sheet of slips whose goods should stay, and of those to look at.
pub(super) fn slips(slips: &[Told<'_>], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let columns = [
        Column::integer("line", label("reconcile.line")).width(6),
        Column::word("state", label("reconcile.state")).width(10),
        Column::text("reason", label("sales.reason")).width(14).if_filled(),
        Column::date("date", label("reconcile.date")).if_filled(),
        Column::id("order_no", label("sales.order_no")).width(22).if_filled(),
        Column::text("buyer", label("sales.buyer_header")).width(16).if_filled(),
        Column::money("amount_left", label(SLIP_TERMS.amounts.left)).sum(),
        Column::money("amount_right", label(SLIP_TERMS.amounts.right)).sum(),
        Column::text("explanation", label("reconcile.explanation")).width(30),
    ];
    let places = [
        Column::cell("place_left", label(SLIP_TERMS.places.left)).width(18),
        Column::cell("place_right", label(SLIP_TERMS.places.right)).width(18),
    ];
    let places = places.map(|column| column.detail().off_paper());
    let columns = columns.into_iter().chain(decisions::columns(lang)).chain(places);
    let mut table =
        Table::new(columns).total(label("common.total")).empty(label("sales.no_slips_held"));
    for slip in slips.iter().filter(|slip| slip.is_open() || is_held(slip)) {
        table.push(slip_row(slip, lang));
    }
    let (all, held) = (slips.len(), slips.iter().filter(|slip| is_held(slip)).count());
    Sheet::new("slips", label("sales.slips"))
        .landscape()
        .on_terminal(20)
        .title(label("sales.slips_title"))
        .fact(label("sales.slips_audited"), all.to_string())
        .fact(label("sales.slips_held"), held.to_string())
        .table(table)
}

fn slip_row(slip: &Told<'_>, lang: Lang) -> Row {
    let about = slip.left.first();
    let buyer = about.and_then(|entry| entry.other_nos.first()).map(|buyer| buyer.to_string());
    let state = if is_held(slip) {
        Cell::word(Tone::Bad, labels::text(lang, "sales.hold"))
    } else {
        Cell::word(words::tone(slip.line), words::status(slip.line.status, &SLIP_TERMS, lang))
    };
    let reason = slip.line.reason.map(|reason| words::word(reason, lang)).unwrap_or_default();
    let figures = [
        slip.number.into(),
        state,
        reason.into(),
        about.and_then(|entry| entry.date).into(),
        shared::both_numbers(&slip.left, &slip.right, TERMS.between_numbers).into(),
        buyer.unwrap_or_default().into(),
        amount(&slip.left),
        amount(&slip.right),
        slip.explanation.clone().into(),
    ];
    let places = [places(&slip.left), places(&slip.right)];
    let decided = decisions::cells(lang, slip.decision);
    Row::new(figures.into_iter().chain(decided).chain(places))
        .id(slip.id)
        .weight(slip.line.difference)
}

/// Builds the sheet of unpaid, closed and refunded orders, booked or not.
pub(super) fn closed(told: &[Told<'_>], lang: Lang) -> Sheet {
    let reasons = [Reason::Unpaid, Reason::Closed, Reason::Refunded];
    let lines = told.iter().filter(|line| line.line.reason.is_some_and(|r| reasons.contains(&r)));
    listed("closed", ["sales.closed", "sales.closed_title"], lines, lang)
}

/// Builds the sheet of what stands twice on one side, or fits several.
pub(super) fn duplicates(told: &[Told<'_>], lang: Lang) -> Sheet {
    let reasons = [Reason::DoubleBooked, Reason::DoubleBilled];
    let lines = told.iter().filter(|line| {
        line.line.status == Status::Ambiguous
            || line.line.reason.is_some_and(|reason| reasons.contains(&reason))
    });
    listed("duplicates", ["sales.duplicates", "sales.duplicates_title"], lines, lang)
}

fn listed<'a>(
    key: &'static str,
    [name, title]: [&'static str; 2],
    lines: impl Iterator<Item = &'a Told<'a>>,
    lang: Lang,
) -> Sheet {
    let label = |key| labels::text(lang, key);
    let columns = [
        Column::integer("line", label("reconcile.line")).width(6),
        Column::text("shop", label("sales.shop")).width(16).if_filled(),
        Column::text("reason", label("sales.reason")).width(14).if_filled(),
        Column::date("date", label("reconcile.date")).if_filled(),
        Column::id("order_no", label("sales.order_no")).width(22).if_filled(),
        Column::text("buyer", label("sales.buyer_header")).width(16).if_filled(),
        Column::text("order_status", label("sales.order_status")).width(20).if_filled(),
        Column::money("amount_left", label("sales.amount_left")).sum(),
        Column::money("amount_right", label("sales.amount_right")).sum(),
        Column::cell("place_left", label("sales.place_left")).width(16),
        Column::cell("place_right", label("sales.place_right")).width(16),
    ];
    let mut table =
        Table::new(columns).total(label("common.total")).empty(label("reconcile.no_lines"));
    for line in lines {
        let about = line.about();
        let buyer = about.and_then(|entry| entry.other_nos.first()).map(|buyer| buyer.to_string());
        let status = line.left.first().and_then(|entry| entry.remark.as_deref());
        table.push(Row::new([
            line.number.into(),
            line.party().into(),
            words::in_short(line.line, &TERMS, lang).into(),
            about.and_then(|entry| entry.date).into(),
            shared::both_numbers(&line.left, &line.right, TERMS.between_numbers).into(),
            buyer.unwrap_or_default().into(),
            status.unwrap_or_default().into(),
            amount(&line.left),
            amount(&line.right),
            places(&line.left),
            places(&line.right),
        ]));
    }
    Sheet::new(key, label(name)).landscape().title(label(title)).table(table)
}

/// Builds the sheet of damaged numbers and what they were.
pub(super) fn damaged(month: &SalesMonth, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let columns = [
        Column::id("found", label("sales.damaged_found")).width(24),
        Column::id("restored", label("sales.damaged_restored")).width(24),
        Column::text("damage", label("sales.damage")).width(26),
        Column::text("evidence", label("sales.damaged_evidence")).width(27),
        Column::cell("at", label("reconcile.place")).width(30),
        Column::place("whole_at", label("sales.damaged_whole_at")).width(34),
    ];
    let mut table = Table::new(columns).empty(label("reconcile.no_lines"));
    for of_sheet in month.damaged.chunk_by(|one, next| one.at.sheet == next.at.sheet) {
        table.push(Row::group(sheet_name(&of_sheet[0].at.sheet)));
        of_sheet.iter().for_each(|one| table.push(damaged_row(one, lang)));
    }
    Sheet::new("damaged", label("sales.damaged"))
        .landscape()
        .title(label("sales.damaged_title"))
        .text(label("sales.damaged_note"))
        .table(table)
}

/// Returns what a person calls a sheet: its file, and its name in it.
fn sheet_name(id: &SheetId) -> String {
    let file = format::file_name(&id.path);
    id.sheet.as_ref().map_or_else(|| file.to_owned(), |sheet| format!("{file}#{sheet}"))
}

fn damaged_row(one: &Damaged, lang: Lang) -> Row {
    let field = |field: &Field| match field {
        Field::OtherNo => labels::text(lang, "sales.buyer"),
        Field::Date => labels::text(lang, "lines.field_date"),
        _ => labels::text(lang, "lines.field_amount"),
    };
    let evidence: Vec<&str> = one.evidence.iter().map(field).collect();
    let undecided = labels::text(lang, "sales.damaged_undecided");
    let restored = one.restored.as_deref().unwrap_or(undecided);
    Row::new([
        one.found.as_ref().into(),
        restored.into(),
        one.operator.map(|how| words::damage(how, lang)).unwrap_or_default().into(),
        evidence.join(labels::text(lang, "lines.and")).into(),
        one.at.clone().into(),
        one.whole_at.clone().map(Cell::from).into(),
    ])
}

fn amount(entries: &[&Entry]) -> Cell {
    let sum: Option<rust_decimal::Decimal> =
        (!entries.is_empty()).then(|| entries.iter().map(|entry| entry.amount).sum());
    sum.into()
}

fn places(entries: &[&Entry]) -> Cell {
    entries.iter().map(|entry| entry.at.clone()).collect::<Vec<_>>().into()
}
