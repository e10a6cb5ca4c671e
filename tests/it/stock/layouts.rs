//! The same month of a warehouse in many layouts.

use std::fmt::Write as _;

use super::store::{Kind, Move, Store, Sums, shown};
use crate::sandbox::Sandbox;

/// How quantities stand in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantities {
    /// A column of what comes in, one of what goes out.
    TwoColumns,
    /// One column, negative where goods go out.
    Signed,
    /// One column without signs: the type tells.
    ByType,
}

/// One way of keeping the books.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) name: &'static str,
    pub(crate) quantities: Quantities,
    /// Headers of the ledger: date, number, type, code, name, unit,
    /// warehouse, then quantity or in and out.
    ledger: [&'static str; 9],
    /// Headers of the table: code, name, unit, warehouse, opening, in, out,
    /// closing.
    table: [&'static str; 8],
    words: fn(Kind) -> &'static str,
    date: fn(u32) -> String,
    titles: bool,
    /// What stands for nought in the table.
    nought: &'static str,
    /// Whether a sum closes each warehouse.
    subtotals: bool,
    /// Whether the ledger is two sheets, in and out.
    two_sheets: bool,
}

/// All layouts.
pub(crate) const LAYOUTS: [Layout; 6] = [
    Layout {
        name: "two columns, simplified",
        quantities: Quantities::TwoColumns,
        ledger: [
            "日期",
            "单号",
            "类型",
            "物料编码",
            "品名",
            "单位",
            "仓库",
            "入库数量",
            "出库数量",
        ],
        table: ["物料编码", "品名", "单位", "仓库", "期初", "本月入库", "本月出库", "结存"],
        words: simplified,
        date: |day| format!("2026-10-{day:02}"),
        titles: true,
        nought: "",
        subtotals: false,
        two_sheets: false,
    },
    Layout {
        name: "by type, simplified",
        quantities: Quantities::ByType,
        ledger: ["出入库时间", "出入库单", "业务类型", "货号", "名称", "单位", "仓库", "数量", ""],
        table: ["货号", "名称", "单位", "仓库", "上期结存", "收入", "发出", "结存数量"],
        words: simplified,
        date: |day| format!("2026/10/{day}"),
        titles: false,
        nought: "0",
        subtotals: false,
        two_sheets: false,
    },
    Layout {
        name: "signed, traditional, years of the Republic, subtotals",
        quantities: Quantities::Signed,
        ledger: ["異動日期", "異動單號", "異動別", "品號", "品名", "單位", "庫別", "異動數量", ""],
        table: [
            "品       號",
            "品名",
            "單位",
            "庫別",
            "期初庫存量",
            "本期入庫",
            "本期出庫",
            "結存",
        ],
        words: traditional,
        date: |day| format!("115/10/{day:02}"),
        titles: true,
        nought: "--",
        subtotals: true,
        two_sheets: false,
    },
    Layout {
        name: "two columns, English",
        quantities: Quantities::TwoColumns,
        ledger: [
            "Date",
            "Doc No",
            "Transaction Type",
            "Item Code",
            "Description",
            "Unit",
            "Warehouse",
            "In",
            "Out",
        ],
        table: [
            "Item Code",
            "Description",
            "Unit",
            "Warehouse",
            "Opening",
            "Received",
            "Issued",
            "Closing Balance",
        ],
        words: english,
        date: |day| format!("{day} Oct 2026"),
        titles: false,
        nought: "",
        subtotals: false,
        two_sheets: false,
    },
    Layout {
        name: "by type, days without a year",
        quantities: Quantities::ByType,
        ledger: ["日期", "单据编号", "类型", "料号", "品名", "单位", "仓库", "变动数量", ""],
        table: ["料号", "品名", "单位", "仓库", "期初数量", "入库", "出库", "现存量"],
        words: simplified,
        date: |day| format!("10月{day}日"),
        titles: true,
        nought: "-",
        subtotals: false,
        two_sheets: false,
    },
    Layout {
        name: "one sheet in, one sheet out",
        quantities: Quantities::TwoColumns,
        ledger: [
            "日期",
            "单号",
            "类型",
            "物料编码",
            "品名",
            "单位",
            "仓库",
            "入库数量",
            "出库数量",
        ],
        table: ["物料编码", "品名", "单位", "仓库", "月初库存", "本期入库", "本期出库", "期末库存"],
        words: simplified,
        date: |day| format!("2026.10.{day:02}"),
        titles: true,
        nought: "",
        subtotals: true,
        two_sheets: true,
    },
];

fn simplified(kind: Kind) -> &'static str {
    match kind {
        Kind::Purchase => "采购入库",
        Kind::Issue => "生产领料",
        Kind::FromProduction => "生产退料",
        Kind::ToSupplier => "退供应商",
        Kind::Gain => "盘盈",
        Kind::Loss => "盘亏",
    }
}

fn traditional(kind: Kind) -> &'static str {
    match kind {
        Kind::Purchase => "採購入庫",
        Kind::Issue => "生產領料",
        Kind::FromProduction => "生產退料",
        Kind::ToSupplier => "採購退貨",
        Kind::Gain => "盤盈",
        Kind::Loss => "盤虧",
    }
}

fn english(kind: Kind) -> &'static str {
    match kind {
        Kind::Purchase => "Purchase receipt",
        Kind::Issue => "Goods issue",
        Kind::FromProduction => "Return from production",
        Kind::ToSupplier => "Return to supplier",
        Kind::Gain => "Count gain",
        Kind::Loss => "Count loss",
    }
}

/// Where a layout put the rows of table and ledger, from 1.
#[derive(Debug, Default)]
pub(crate) struct Written {
    /// The row of each item in the table.
    pub(crate) table: Vec<u32>,
    /// The row of each movement in its file.
    pub(crate) ledger: Vec<u32>,
}

impl Layout {
    /// Writes the month; `closing` are the table's closing figures.
    pub(crate) fn write(&self, sandbox: &Sandbox, store: &Store, sums: &[Sums]) -> Written {
        let mut written = Written::default();
        let (table, rows) = self.table(store, sums);
        sandbox.write("库存表2026年10月.csv", table);
        written.table = rows;
        written.ledger = vec![0; store.moves.len()];
        let sides: &[(&str, Option<bool>)] = if self.two_sheets {
            &[("出入库流水-入库.csv", Some(true)), ("出入库流水-出库.csv", Some(false))]
        } else {
            &[("出入库流水2026年10月.csv", None)]
        };
        for (name, side) in sides {
            let mut text = String::new();
            let mut row = 0;
            if self.titles {
                text.push_str("出入库流水 2026年10月,,,,,,,,\n");
                row += 1;
            }
            let mut header: Vec<&str> = self.ledger.to_vec();
            header.retain(|word| !word.is_empty());
            match side {
                Some(true) => header.truncate(8),
                Some(false) => {
                    header.remove(7);
                }
                None => {}
            }
            writeln!(text, "{}", header.join(",")).unwrap();
            row += 1;
            for (at, one) in store.moves.iter().enumerate() {
                if side.is_none_or(|side| side == one.kind.adds()) {
                    row += 1;
                    written.ledger[at] = row;
                    writeln!(text, "{}", self.line(store, one, *side)).unwrap();
                }
            }
            sandbox.write(name, text);
        }
        written
    }

    fn table(&self, store: &Store, sums: &[Sums]) -> (String, Vec<u32>) {
        let mut text = String::new();
        let mut row = 0;
        if self.titles {
            text.push_str("库存明细表　截止日期：2026-10-31,,,,,,,\n");
            row += 1;
        }
        writeln!(text, "{}", self.table.join(",")).unwrap();
        row += 1;
        let mut rows = vec![0; store.items.len()];
        let mut order: Vec<usize> = (0..store.items.len()).collect();
        order.sort_by_key(|at| store.items[*at].warehouse);
        let quantity = |value: i64| if value == 0 { self.nought.to_owned() } else { shown(value) };
        let mut sum = 0;
        for (place, at) in order.iter().enumerate() {
            let (item, own) = (&store.items[*at], sums[*at]);
            row += 1;
            rows[*at] = row;
            sum += own.closing;
            let came = own.received + own.adjusted.max(0);
            let went = own.issued - own.adjusted.min(0);
            let cells = [
                item.code.clone(),
                item.name.clone(),
                item.unit.to_owned(),
                item.warehouse.to_owned(),
                quantity(item.opening),
                quantity(came),
                quantity(went),
                quantity(own.closing),
            ];
            writeln!(text, "{}", cells.join(",")).unwrap();
            let next = order.get(place + 1).map(|next| store.items[*next].warehouse);
            if self.subtotals && next != Some(item.warehouse) {
                row += 1;
                writeln!(text, "{} 小计,,,,,,,{}", item.warehouse, shown(sum)).unwrap();
                sum = 0;
            }
        }
        (text, rows)
    }

    fn line(&self, store: &Store, one: &Move, side: Option<bool>) -> String {
        let item = &store.items[one.item];
        let quantity = shown(one.quantity);
        let figures = match (self.quantities, side, one.kind.adds()) {
            (_, Some(_), _) | (Quantities::ByType, ..) | (Quantities::Signed, _, true) => quantity,
            (Quantities::TwoColumns, _, true) => format!("{quantity},"),
            (Quantities::TwoColumns, _, false) => format!(",{quantity}"),
            (Quantities::Signed, _, false) => format!("-{quantity}"),
        };
        format!(
            "{},{},{},{},{},{},{},{figures}",
            (self.date)(one.day),
            one.number,
            (self.words)(one.kind),
            item.code,
            item.name,
            item.unit,
            item.warehouse
        )
    }
}
