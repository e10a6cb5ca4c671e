//! Whole runs: sheets of the kinds that a command is about, filled with
//! figures and days at the ends of what they can be, are read, worked on and
//! shown in every form.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use chrono::NaiveDate;
use clap::Parser;
use gendan::args::Format;
use gendan::commands::{Command, Context, Output};
use gendan::kinds;
use gendan::lang::Lang;
use gendan::period::Month;
use gendan::progress::Progress;
use gendan::report::text::Look;
use gendan::report::{self, Report, xlsx};
use gendan::settings::Settings;

use super::bytes::Bytes;
use super::grid::{cell_text, fields, header};

/// A command, the kinds of sheets it is given, and what else is said to it.
pub(super) const JOBS: [(&str, &[&str], &[&str]); 20] = [
    ("inspect", &["order_export", "daily_report", "contract"], &[]),
    ("compare", &["sales_register", "order_export"], &[]),
    ("compare", &["stock_table", "stocktake"], &["--key", "物料编码", "--amount", "数量"]),
    (
        "reconcile supplier",
        &[
            "supplier_statement",
            "goods_receipt",
            "supplier_returns",
            "payment_register",
            "open_items",
            "price_list",
        ],
        &["--papers", "out"],
    ),
    ("reconcile supplier", &["supplier_statement", "goods_receipt", "supplier_balances"], &[]),
    ("reconcile sales", &["order_export", "sales_register", "shipping_slip", "receivables"], &[]),
    ("reconcile freight", &["carrier_bill", "freight_log", "rate_card"], &[]),
    ("reconcile reseller", &["sales_register", "order_export", "price_list", "settled_items"], &[]),
    ("stock ledger", &["stock_movements", "stock_table", "goods_receipt", "material_issue"], &[]),
    ("stock reorder", &["stock_movements", "stock_table", "purchase_order", "item_costs"], &[]),
    ("stock count", &["stocktake", "stock_table", "item_costs"], &[]),
    ("bom check", &["bom", "stock_table", "production_order"], &[]),
    ("bom explode", &["bom", "production_order"], &[]),
    ("bom shortage", &["bom", "production_order", "stock_table", "purchase_order"], &[]),
    ("bom arrivals", &["bom", "production_order", "purchase_order", "stock_table"], &[]),
    ("bom issue", &["bom", "production_order", "stock_table"], &[]),
    ("pack plan", &["size_breakdown", "packing_spec"], &[]),
    ("pack final", &["packing_list", "carton_list", "size_breakdown"], &[]),
    ("pack labels", &["packing_list", "carton_list"], &[]),
    (
        "pack load",
        &["packing_list", "carton_list"],
        &["--container", "20GP", "--nodes", "200", "--limit", "2"],
    ),
];

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

pub(super) fn run(data: &[u8]) {
    let mut bytes = Bytes::new(data);
    let (command, kinds, more) = bytes.one(&JOBS);
    let folder = tempfile::tempdir().unwrap();
    let mut line: Vec<String> =
        ["gendan"].into_iter().chain(command.split(' ')).map(str::to_owned).collect();
    let said = bytes.next();
    for (nth, kind) in kinds.iter().enumerate() {
        let path = folder.path().join(format!("{nth}{kind}.csv"));
        fs::write(&path, sheet(&mut bytes, kind)).unwrap();
        // Some are told by name, others by what is in them.
        let told = if said >> (nth % 8) & 1 == 0 { format!("{kind}=") } else { String::new() };
        line.push(format!("{told}{}", path.display()));
    }
    line.extend(
        more.iter()
            .map(|word| word.replace("out", &folder.path().join("out").display().to_string())),
    );
    let parsed = Line::try_parse_from(&line);
    let command = parsed.unwrap_or_else(|error| panic!("{line:?}: {error}")).command;
    let context = command.told(Context {
        settings: Settings::default(),
        lang: bytes.one(&Lang::ALL),
        today: NaiveDate::from_ymd_opt(2026, 11, 3).unwrap(),
        month: Month::new(2026, 10).filter(|_| bytes.next() < 192),
        format: Format::default(),
        output: None,
        force: false,
        progress: Progress::default(),
    });
    if let Ok(Output::Report(report)) = command.run(&context) {
        let all = report.documents.iter().map(|paper| &paper.report).chain([&*report]);
        all.for_each(|report| show(report, folder.path()));
        if let Some(kept) = &report.conservation {
            assert_eq!(kept.rows_in, kept.rows_reported, "{line:?}");
            assert_eq!(kept.amount_in, kept.amount_reported, "{line:?}");
        }
    }
}

/// Shows a report in all forms.
fn show(report: &Report, folder: &Path) {
    report::json::write(report, &mut Vec::new()).unwrap();
    report::md::render(report);
    report::text::render(report, Look { color: true, width: Some(80) });
    report::csv::render(report).unwrap();
    xlsx::write(report, folder, Cursor::new(Vec::new()), &Progress::default()).unwrap();
}

/// Makes a sheet of one kind as a text file.
fn sheet(bytes: &mut Bytes<'_>, kind: &str) -> String {
    let kind = kinds::get(kind).unwrap_or_else(|| panic!("{kind} is no kind"));
    let fields = fields(bytes, kind);
    let mut out = String::new();
    if bytes.next() < 128 {
        out += &format!("{} 2026年10月,供应商：甲厂\n", kind.name(Lang::Hans));
    }
    let mut line = |words: Vec<String>| {
        let words: Vec<String> =
            words.iter().map(|word| format!("\"{}\"", word.replace('"', "\"\""))).collect();
        out += &(words.join(",") + "\n");
    };
    line(fields.iter().map(|field| header(bytes, kind, field)).collect());
    for _ in 0..2 + bytes.below(9) {
        line(fields.iter().map(|field| cell_text(bytes, field.field_type)).collect());
    }
    if bytes.next() < 64 {
        line(
            fields
                .iter()
                .enumerate()
                .map(
                    |(nth, field)| {
                        if nth == 0 { "合计".into() } else { cell_text(bytes, field.field_type) }
                    },
                )
                .collect(),
        );
    }
    out
}
