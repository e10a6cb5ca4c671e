//! What the records of a table make together.

use chrono::NaiveDate;
use gendan::input::reading::ReadTable;
use gendan::period::{Month, Period};
use gendan::records::{ReadContext, payments, receipts, returns, statement};
use gendan::settings::Settings;
use rust_decimal::Decimal;

/// What was read from the rows of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Sums {
    pub(super) amount: Decimal,
    /// The first and the last day.
    pub(super) dates: Option<(NaiveDate, NaiveDate)>,
    pub(super) opening: Option<Decimal>,
    pub(super) closing: Option<Decimal>,
}

/// Reads the records of a table, for a job of the month of `day`.
pub(super) fn sums(read: &ReadTable, day: NaiveDate) -> Sums {
    let settings = Settings::default();
    let period = Some(Period::from(Month::of(day)));
    let context = ReadContext { period, near: None, settings: &settings };
    let table = &read.table;
    let kind = read.kind.map_or("", |kind| kind.id.as_str());
    let lines: Vec<(Decimal, Option<NaiveDate>)> = match kind {
        "goods_receipt" => {
            receipts(table, &context).lines.iter().map(|line| (line.amount, line.date)).collect()
        }
        "supplier_returns" => {
            returns(table, &context).lines.iter().map(|line| (line.amount, line.date)).collect()
        }
        "payment_register" => {
            payments(table, &context).lines.iter().map(|line| (line.amount, line.date)).collect()
        }
        "supplier_statement" => {
            let paper = statement(table, &context);
            let lines = paper.lines.iter().map(|line| (line.amount, line.date)).collect();
            let balance = |at: Option<gendan::location::Located<Decimal>>| at.map(|at| at.value);
            let (opening, closing) = (balance(paper.opening), balance(paper.closing));
            return Sums { opening, closing, ..of(lines) };
        }
        _ => Vec::new(),
    };
    of(lines)
}

fn of(lines: Vec<(Decimal, Option<NaiveDate>)>) -> Sums {
    let days = || lines.iter().filter_map(|(_, day)| *day);
    Sums {
        amount: lines.iter().map(|(amount, _)| amount).sum(),
        dates: days().min().zip(days().max()),
        ..Sums::default()
    }
}
