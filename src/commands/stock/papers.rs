//! The papers of the warehouse: what each table of the inputs is, as the stock
//! jobs read it.

use rust_decimal::Decimal;

use crate::commands::Context;
use crate::commands::reconcile::uses::{Use, inputs, of_use};
use crate::engine::stock::ledger::Books;
use crate::finding::{Code, Finding, codes};
use crate::input::reading::{ReadTable, Reading};
use crate::input::table::Table;
use crate::input::values::decimal;
use crate::period::{Month, Period};
use crate::records::stock::{
    CountSheet, Movements, OpenOrderLine, StockTable, count_sheet, movements, open_orders,
    stock_table,
};
use crate::records::{PriceLine, ReadContext, Records, prices};
use crate::report::InputRead;

/// All that the stock jobs can use.
#[derive(Debug, Default)]
pub(super) struct Papers {
    pub(super) tables: Vec<StockTable>,
    pub(super) movements: Vec<Movements>,
    pub(super) counts: Vec<CountSheet>,
    pub(super) orders: Vec<Records<OpenOrderLine>>,
    pub(super) prices: Vec<Records<PriceLine>>,
    pub(super) findings: Vec<Finding>,
    pub(super) inputs: Vec<InputRead>,
}

impl Papers {
    /// Returns what the books of a period are rolled forward from.
    pub(super) fn books(&self, period: Option<Period>) -> Books<'_> {
        Books { tables: &self.tables, movements: &self.movements, counts: &self.counts, period }
    }

    /// Reads the tables of the kinds that a job has a use for.
    pub(super) fn of(reading: Reading, kinds: &[&str], context: &Context) -> Self {
        let period = context.month.map(Period::from);
        let settings = &context.settings;
        let near = Some(Month::of(context.today).into());
        let reading_context = ReadContext { period, near, settings };
        let mut papers = Self::default();
        let mut uses = Vec::new();
        let mut found = reading.findings;
        for table in &reading.tables {
            uses.push(papers.add(table, kinds, &reading_context, &mut found));
        }
        let own = std::mem::take(&mut papers.findings);
        papers.findings = of_use(found, &reading.tables, &uses, kinds);
        papers.findings.extend(own);
        papers.inputs = inputs(&reading.tables, &uses);
        papers
    }

    fn add(
        &mut self,
        read: &ReadTable,
        kinds: &[&str],
        context: &ReadContext<'_>,
        found: &mut Vec<Finding>,
    ) -> Use {
        let Some(kind) = read.kind.map(|kind| kind.id.as_str()).filter(|kind| kinds.contains(kind))
        else {
            return Use::default();
        };
        let table = &read.table;
        let rejected = match kind {
            "stock_table" => {
                let stock = stock_table(table, context);
                explain_sums(table, &stock, found);
                self.keep(&stock.records);
                let rejected = stock.records.rejected;
                self.tables.push(stock);
                rejected
            }
            "stocktake" => {
                let count = count_sheet(table, context);
                self.keep(&count.records);
                let rejected = count.records.rejected;
                self.counts.push(count);
                rejected
            }
            "price_list" => {
                let list = prices(table, context);
                let rejected = list.rejected;
                self.prices.push(list);
                rejected
            }
            _ => {
                if let Some(moved) = movements(kind, table, context) {
                    self.keep(&moved.records);
                    let rejected = moved.records.rejected;
                    self.movements.push(moved);
                    rejected
                } else if let Some(orders) = open_orders(kind, table, context) {
                    self.keep(&orders);
                    let rejected = orders.rejected;
                    self.orders.push(orders);
                    rejected
                } else {
                    return Use::default();
                }
            }
        };
        Use { party: None, rejected, used: true }
    }

    fn keep<T>(&mut self, records: &Records<T>) {
        self.findings.extend(records.findings.iter().cloned());
    }
}

/// Takes back what was said of sums that lines repeated by an export explain:
/// the sheet summed each of them once.
fn explain_sums(table: &Table, stock: &StockTable, found: &mut Vec<Finding>) {
    /// The findings that sums give.
    const SUMS: [Code; 2] = [codes::SUBTOTAL_MISMATCH, codes::TOTAL_MISMATCH];
    let repeats: Vec<u32> = stock
        .records
        .lines
        .iter()
        .filter(|line| line.repeats.is_some())
        .map(|line| line.at.cell.row)
        .collect();
    if repeats.is_empty() {
        return;
    }
    let is_explained = |finding: &Finding| {
        let Some(at) = finding.at.as_ref().filter(|at| *at.sheet == *table.sheet.id) else {
            return false;
        };
        let stated = finding.values.iter().find(|(name, _)| *name == "difference");
        let Some(difference) = stated.and_then(|(_, value)| value.parse::<Decimal>().ok()) else {
            return false;
        };
        let above = repeats.iter().rev().filter(|row| **row < at.cell.row);
        let figures = above.filter_map(|row| {
            decimal(&table.cell(*row, at.cell.col)?.value()).value().map(|figure| figure.value)
        });
        let mut sum = Decimal::ZERO;
        figures.into_iter().any(|figure| {
            sum = sum.saturating_add(figure);
            sum == -difference
        })
    };
    found.retain(|finding| !(SUMS.contains(&finding.code) && is_explained(finding)));
}
