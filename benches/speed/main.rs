//! gendan's time and memory beside the floor, from a thousand rows to a
//! million:
//!
//! ```text
//! cargo bench --bench speed                    # 1,000 to 1,000,000 rows a side
//! cargo bench --bench speed -- 1000 50000      # other sizes
//! ```
//!
//! The data is made anew; what is printed is the table of `README.md` beside
//! this folder.

mod floor;
mod measure;
mod pair;
mod table;

use std::env;
use std::error::Error;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use floor::Job;
use measure::least_of;
use pair::Side;
use table::{Costs, Row};

/// The program's own: what both readers of the floor cost is told with it too.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The rows a side that are measured unless others are asked for.
const SIZES: [u32; 4] = [1_000, 10_000, 100_000, 1_000_000];
/// The orders of the shops that are measured, unless other sizes are asked for.
const SHOPS: [u32; 2] = [20_000, 200_000];

fn main() -> Outcome<()> {
    if let Some(told) = floor::asked() {
        return Ok(table::say(&told?)?);
    }
    let asked: Vec<String> = env::args().skip(1).collect();
    if !asked.iter().any(|word| word == "--bench") {
        // `cargo test --benches` only wants to see it start.
        return Ok(());
    }
    let mut sizes: Vec<u32> = asked.iter().filter_map(|word| word.parse().ok()).collect();
    let mut shops = Vec::new();
    if sizes.is_empty() {
        (sizes, shops) = (SIZES.to_vec(), SHOPS.to_vec());
    }
    table::head()?;
    table::row(0, &Row::Version, least_of(20, || gendan(&["--version"]))?)?;
    table::row(0, &Row::Help, least_of(20, || gendan(&["--help"]))?)?;
    let measured = |sizes: Vec<u32>, measure: fn(u32) -> Outcome<Costs>| {
        let told = |rows: u32| {
            let costs = measure(rows)?;
            costs.iter().try_for_each(|(what, cost)| table::row(rows, what, *cost))?;
            Ok((rows, costs))
        };
        sizes.into_iter().map(told).collect::<Outcome<Vec<(u32, Costs)>>>()
    };
    let pairs = measured(sizes, measure_size)?;
    let shops = measured(shops, measure_shop)?;
    table::ratios(&pairs)?;
    Ok(table::growth(&shops, [Row::Sales, Row::SalesCsv])?)
}

/// Measures the month of a shop of so many orders.
fn measure_shop(orders: u32) -> Outcome<Costs> {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let sides = [Side::Orders, Side::Register];
    let books = sides.into_iter().map(|side| pair::workbook(at, side, orders));
    let books = books.collect::<Outcome<Vec<PathBuf>>>()?;
    let texts = sides.into_iter().map(|side| pair::csv(at, side, orders));
    let texts = texts.collect::<Outcome<Vec<PathBuf>>>()?;
    let words = words(&Row::Sales);
    let report = at.join("report.xlsx");
    let workbook = least_of(2, || to_workbook(words, &books, &report))?;
    let json = least_of(2, || to_text(words, &texts, "json", &at.join("report.json")))?;
    Ok(vec![(Row::Sales, workbook), (Row::SalesCsv, json)])
}

/// Measures everything on a pair of `rows` rows a side.
fn measure_size(rows: u32) -> Outcome<Costs> {
    let folder = tempfile::tempdir()?;
    let at = folder.path();
    let sides = [Side::Statement, Side::Receipts];
    let books = sides.into_iter().map(|side| pair::workbook(at, side, rows));
    let books = books.collect::<Outcome<Vec<PathBuf>>>()?;
    let texts = sides.into_iter().map(|side| pair::csv(at, side, rows));
    let texts = texts.collect::<Outcome<Vec<PathBuf>>>()?;
    let times = match rows {
        ..=10_000 => 10,
        10_001..=100_000 => 2,
        _ => 1,
    };
    let mut costs: Costs = Vec::new();
    for job in [Row::Reconcile, Row::Compare] {
        let words = words(&job);
        let report = at.join("report.xlsx");
        let cost = least_of(times, || to_workbook(words, &books, &report))?;
        costs.push((job, cost));
        if matches!(job, Row::Reconcile) {
            costs.push((Row::ReconcileWrite, Job::Write.cost(&[report], times)?));
        } else {
            costs.push((Row::CompareWrite, Job::Write.cost(&[report], times)?));
        }
    }
    for (job, row) in [(Row::Reconcile, Row::ReconcileCsv), (Row::Compare, Row::CompareCsv)] {
        let out = at.join("report.csv");
        costs.push((row, least_of(times, || to_text(words(&job), &texts, "csv", &out))?));
    }
    for (job, row) in
        [(Job::Inflate, Row::Inflate), (Job::Calamine, Row::Calamine), (Job::Ours, Row::Read)]
    {
        costs.push((row, job.cost(&books, times)?));
    }
    Ok(costs)
}

/// Returns the words of a job's command line, before the files and behind
/// them.
fn words(job: &Row) -> [&'static [&'static str]; 2] {
    match job {
        Row::Compare => {
            [&["compare"], &["--key", "送货单号", "--key", "物料编码", "--amount", "金额"]]
        }
        Row::Sales => [&["reconcile", "sales", "--month", "2026-10"], &[]],
        _ => [&["reconcile", "supplier", "--month", "2026-10"], &[]],
    }
}

fn gendan(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gendan"));
    command.args(words).stdout(Stdio::null());
    command
}

fn job([before, behind]: [&[&str]; 2], files: &[PathBuf]) -> Command {
    let mut command = gendan(before);
    command.args(files).args(behind).args(["--today", "2026-11-03", "--quiet"]);
    command
}

/// Workbooks in, workbook out.
fn to_workbook(words: [&[&str]; 2], files: &[PathBuf], out: &Path) -> Command {
    let mut command = job(words, files);
    command.args(["--force", "-o"]).arg(out);
    command
}

/// Text in, text out.
fn to_text(words: [&[&str]; 2], files: &[PathBuf], format: &str, out: &Path) -> Command {
    let mut command = job(words, files);
    command.args(["--format", format]);
    // What cannot be made is seen when the command has no output to write to.
    if let Ok(file) = File::create(out) {
        command.stdout(file);
    }
    command
}
