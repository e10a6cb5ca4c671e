//! The papers that jobs with parts lists read: lists, orders, stock, open
//! purchase orders, prices, issues.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::commands::Context;
use crate::commands::reconcile::uses::{Use, inputs, of_use};
use crate::engine::stock::latest::keep_latest;
use crate::finding::{Finding, codes};
use crate::input::reading::{ReadTable, Reading};
use crate::input::sheet::Sheet;
use crate::input::table::{Role, Table};
use crate::input::values::text::words;
use crate::location::SheetId;
use crate::period::{Month, Period};
use crate::records::bom::{Bom, boms};
use crate::records::issue::{IssueLine, issues};
use crate::records::order::{OrderLine, orders};
use crate::records::stock::{
    MovementClass, MovementLine, OpenOrderLine, StockLine, StockTable, movements, open_orders,
    stock_table,
};
use crate::records::{FabricTest, Item, PriceLine, ReadContext, fabric_tests, prices};
use crate::report::InputRead;
use crate::text::fold;

/// The kinds that these jobs have a use for.
const KINDS: [&str; 11] = [
    "bom",
    "customer_file",
    "customer_order",
    "fabric_test",
    "material_arrival",
    "material_issue",
    "price_list",
    "production_order",
    "purchase_order",
    "size_breakdown",
    "stock_table",
];

/// Material that has come.
#[derive(Debug)]
pub(super) struct Arrived {
    pub(super) item: Item,
    /// The order it was bought for, if the paper says so.
    pub(super) order: Option<Arc<str>>,
    pub(super) day: NaiveDate,
}

/// All that jobs with parts lists can use.
#[derive(Debug, Default)]
pub(super) struct Papers {
    pub(super) boms: Vec<Bom>,
    pub(super) orders: Vec<OrderLine>,
    pub(super) stock: Vec<StockLine>,
    /// The stock tables, as long as they are read.
    tables: Vec<StockTable>,
    /// Whether a stock table was given at all.
    pub(super) has_stock: bool,
    pub(super) open: Vec<OpenOrderLine>,
    /// Whether a list of open purchase orders was given at all.
    pub(super) has_open: bool,
    pub(super) prices: Vec<PriceLine>,
    /// Customers' ranks, as the customer file writes them.
    pub(super) ranks: FxHashMap<String, String>,
    /// The sheets that hold parts lists.
    pub(super) sheets: Vec<Arc<Sheet>>,
    /// What has come, and when.
    pub(super) arrived: Vec<Arrived>,
    /// What was measured of fabrics.
    pub(super) tests: Vec<FabricTest>,
    /// What was issued to the workshop.
    pub(super) issues: Vec<IssueLine>,
    /// The first day on which each batch came in, by code and batch.
    pub(super) batch_days: FxHashMap<(String, String), NaiveDate>,
    pub(super) findings: Vec<Finding>,
    pub(super) inputs: Vec<InputRead>,
}

impl Papers {
    /// Reads the tables of the inputs.
    pub(super) fn of(reading: Reading, context: &Context) -> Self {
        let period = context.month.map(Period::from);
        let near = Some(Month::of(context.today).into());
        let reading_context = ReadContext { period, near, settings: &context.settings };
        let mut papers = Self::default();
        let uses: Vec<Use> =
            reading.tables.iter().map(|table| papers.add(table, &reading_context)).collect();
        papers.forget_repeated_arrivals(&reading.tables);
        let mut tables = std::mem::take(&mut papers.tables);
        papers.findings.extend(keep_latest(&mut tables));
        papers.stock = tables.into_iter().flat_map(|table| table.records.lines).collect();
        let own = std::mem::take(&mut papers.findings);
        papers.findings = of_use(reading.findings, &reading.tables, &uses, &KINDS);
        papers.findings.retain(|finding| !is_of_repeats(finding, &papers.stock));
        papers.findings.extend(own);
        papers.inputs = inputs(&reading.tables, &uses);
        papers
    }

    fn add(&mut self, read: &ReadTable, context: &ReadContext<'_>) -> Use {
        let table = &read.table;
        let kind = read.kind.map(|kind| kind.id.as_str()).unwrap_or_default();
        let mut rejected = 0;
        match kind {
            "bom" => {
                let sheet = boms(table, context);
                rejected = sheet.rejected;
                self.findings.extend(sheet.findings);
                self.boms.extend(sheet.boms);
                self.sheets.push(Arc::clone(&table.sheet));
            }
            "stock_table" => {
                let stock = stock_table(table, context);
                rejected = stock.records.rejected;
                self.has_stock = true;
                self.findings.extend(stock.records.findings.iter().cloned());
                self.tables.push(stock);
            }
            "price_list" => self.prices.extend(prices(table, context).lines),
            "customer_file" => self.add_ranks(table),
            "fabric_test" => self.tests.extend(fabric_tests(table, context)),
            "material_issue" => {
                let records = issues(table, context);
                rejected = records.rejected;
                self.findings.extend(records.findings);
                self.issues.extend(records.lines);
            }
            // Only the days of what came are of use here; what is wrong with
            // movements is told by the job that books them.
            "stock_movements" | "goods_receipt" => {
                self.add_receipts(kind, table, context);
                return Use::default();
            }
            _ => {
                if let Some(records) = orders(kind, table, context) {
                    rejected = records.rejected;
                    self.findings.extend(records.findings);
                    self.orders.extend(records.lines);
                } else if let Some(records) = open_orders(kind, table, context) {
                    rejected = records.rejected;
                    self.has_open = true;
                    // That a day is no day is told where it matters: such an
                    // order is not counted.
                    let told = records.findings.into_iter().filter(|f| f.code != codes::BAD_DATE);
                    self.findings.extend(told);
                    self.add_arrived(&records.lines);
                    self.open.extend(records.lines);
                    if kind == "purchase_order" {
                        self.prices.extend(prices(table, context).lines);
                    }
                } else {
                    return Use::default();
                }
            }
        }
        Use { party: None, rejected, used: true }
    }

    /// An arrival table repeats what purchase orders say: where both have an
    /// item, the purchase orders count.
    fn forget_repeated_arrivals(&mut self, tables: &[ReadTable]) {
        let of_kind = |kind: &str| -> Vec<Arc<SheetId>> {
            let tables = tables.iter().filter(|read| read.kind.is_some_and(|own| own.id == kind));
            tables.map(|read| Arc::clone(&read.table.sheet.id)).collect()
        };
        let (ordered, arriving) = (of_kind("purchase_order"), of_kind("material_arrival"));
        let on = |line: &OpenOrderLine, sheets: &[Arc<SheetId>]| sheets.contains(&line.at.sheet);
        let code = |line: &OpenOrderLine| line.item.code.as_deref().map(fold);
        let listed: Vec<Option<String>> =
            self.open.iter().filter(|line| on(line, &ordered)).map(code).collect();
        self.open.retain(|line| {
            !on(line, &arriving)
                || on(line, &ordered)
                || code(line).is_none()
                || !listed.contains(&code(line))
        });
    }

    /// Reads the days on which material and its batches came in.
    fn add_receipts(&mut self, kind: &str, table: &Table, context: &ReadContext<'_>) {
        let lines = movements(kind, table, context).map(|moved| moved.records.lines);
        let came = |line: &MovementLine| {
            line.class == MovementClass::Receipt && line.comes_in && line.quantity > Decimal::ZERO
        };
        for line in lines.unwrap_or_default().into_iter().filter(came) {
            let Some(moment) = line.moment else { continue };
            if let (Some(batch), Some(code)) = (&line.batch, &line.item.code) {
                let day = self.batch_days.entry((fold(code), fold(batch))).or_insert(moment.day);
                *day = (*day).min(moment.day);
            }
            self.arrived.push(Arrived { item: line.item, order: None, day: moment.day });
        }
    }

    /// Notes what tables of arrivals say has come.
    fn add_arrived(&mut self, lines: &[OpenOrderLine]) {
        let arrived = lines.iter().filter_map(|line| {
            let order = line.for_order.as_ref().map(|no| Arc::clone(&no.text));
            Some(Arrived { item: line.item.clone(), order, day: line.arrived_on? })
        });
        self.arrived.extend(arrived);
    }

    /// Reads the ranks in a customer file.
    fn add_ranks(&mut self, table: &Table) {
        let Some(rank) = table.column("customer_rank") else { return };
        let names: Vec<u16> = table
            .columns
            .iter()
            .filter(|column| column.field.is_some_and(|field| field.starts_with("customer")))
            .filter(|column| column.col != rank.col)
            .map(|column| column.col)
            .collect();
        let text = |row: u32, col: u16| table.cell(row, col).and_then(|cell| words(&cell.value()));
        for row in table.rows_of(Role::Body) {
            let Some(rank) = text(row, rank.col) else { continue };
            for name in names.iter().filter_map(|col| text(row, *col)) {
                self.ranks.insert(fold(&name), rank.to_string());
            }
        }
    }
}

/// Whether a sum disagrees only because an export repeated lines: the stock
/// table's own check of its sums does not know of them.
fn is_of_repeats(finding: &Finding, stock: &[StockLine]) -> bool {
    let is_sum = [codes::SUBTOTAL_MISMATCH, codes::TOTAL_MISMATCH].contains(&finding.code);
    let Some(at) = finding.at.as_ref().filter(|_| is_sum) else { return false };
    stock.iter().any(|line| line.repeats.is_some() && line.at.sheet == at.sheet)
}
