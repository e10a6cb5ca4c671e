//! `gendan demo`: a sample month, compiled in, written out and reconciled.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::reconcile::supplier::Supplier;
use super::{Context, Run};
use crate::error::Result;
use crate::output;
use crate::period::Month;
use crate::report::{Report, labels};

/// The sheets of the sample month.
const SHEETS: &[(&str, &[u8])] = &[
    ("9月对账结果.xlsx", include_bytes!("../../examples/factory/9月对账结果.xlsx")),
    (
        "Northmere_Statement_Oct2026.xlsx",
        include_bytes!("../../examples/factory/Northmere_Statement_Oct2026.xlsx"),
    ),
    ("付款登记2026.xlsx", include_bytes!("../../examples/factory/付款登记2026.xlsx")),
    ("入库登记2026年10月.xlsx", include_bytes!("../../examples/factory/入库登记2026年10月.xlsx")),
    (
        "彩棉塘布业10月（含税）.xlsx",
        include_bytes!("../../examples/factory/彩棉塘布业10月（含税）.xlsx"),
    ),
    (
        "枫栎湾木业10月对账单.xlsx",
        include_bytes!("../../examples/factory/枫栎湾木业10月对账单.xlsx"),
    ),
    ("绵润堰海绵_202610.csv", include_bytes!("../../examples/factory/绵润堰海绵_202610.csv")),
    ("退货扣款登记.xlsx", include_bytes!("../../examples/factory/退货扣款登记.xlsx")),
    ("采购价格表2026.xlsx", include_bytes!("../../examples/factory/采购价格表2026.xlsx")),
    (
        "铆拓岗五金2026.10对账.xls",
        include_bytes!("../../examples/factory/铆拓岗五金2026.10对账.xls"),
    ),
    (
        "鴻棟灘塗料_對帳單_11510.xlsx",
        include_bytes!("../../examples/factory/鴻棟灘塗料_對帳單_11510.xlsx"),
    ),
];

/// The month that the sheets are about.
const MONTH: (i32, u32) = (2026, 10);
/// The day that is taken as today: within the days of settlement.
const TODAY: (i32, u32, u32) = (2026, 11, 3);
/// Where the sheets go, below the demo's own folder.
const SHEETS_FOLDER: &str = "2026-10";

/// The arguments of `demo`.
#[derive(Debug, clap::Args)]
pub struct Demo {
    /// The folder to write into
    #[arg(default_value = "gendan-demo")]
    dir: PathBuf,
}

impl Run for Demo {
    fn run(&self, context: &Context) -> Result<Report> {
        let sheets = self.dir.join(SHEETS_FOLDER);
        let papers = SHEETS.iter().map(|(name, bytes)| (sheets.join(name), *bytes));
        output::write_known(papers, context.force)?;
        let inputs = vec![sheets.display().to_string()];
        let mut report = Supplier::new(inputs, Some(self.papers(context))).run(context)?;
        let shown = |path: &Path| path.display().to_string();
        let note = |key, file: &str| labels::fill(context.lang, key, &[("file", file)]);
        report.notes.insert(0, note("demo.sheets", &shown(&sheets)));
        report.notes.extend(context.output.iter().map(|path| note("demo.report", &shown(path))));
        report.notes.push(note("demo.papers", &shown(&self.papers(context))));
        Ok(report)
    }

    fn told(&self, context: Context) -> Context {
        let name = labels::text(context.lang, "demo.report_name");
        Context {
            today: NaiveDate::from_ymd_opt(TODAY.0, TODAY.1, TODAY.2).unwrap_or(context.today),
            month: Month::new(MONTH.0, MONTH.1),
            output: Some(context.output.unwrap_or_else(|| self.dir.join(name))),
            ..context
        }
    }

    /// What is found in a sample needs nobody.
    fn exit_code(&self, _report: &Report) -> u8 {
        0
    }
}

impl Demo {
    fn papers(&self, context: &Context) -> PathBuf {
        self.dir.join(labels::text(context.lang, "demo.papers_folder"))
    }
}
