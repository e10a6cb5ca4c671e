//! The whole supplier job on generated months, beside the floor: what it
//! costs only to read the same files and write the same cells.
//!
//! ```text
//! cargo bench --bench supplier             # 1,000 and 20,000 rows a side
//! cargo bench --bench supplier -- 5000     # other sizes
//! ```

#[path = "../tests/it/months/mod.rs"]
#[allow(dead_code, reason = "the truth about a month is for the tests")]
mod months;

use std::env;
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx, open_workbook};
use months::Recipe;
use months::files::{Folder, Forms};
use rust_xlsxwriter::Workbook;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Set for a process that only reads and writes.
const FLOOR: &str = "GENDAN_BENCH_FLOOR";

/// What a process cost.
#[derive(Debug, Clone, Copy)]
struct Cost {
    wall: Duration,
    /// Peak memory in MB, where the system tells.
    peak: Option<u64>,
}

fn main() -> Outcome<()> {
    if let Ok(dir) = env::var(FLOOR) {
        return floor(Path::new(&dir));
    }
    let asked: Vec<String> = env::args().skip(1).collect();
    if !asked.iter().any(|word| word == "--bench") {
        return Ok(());
    }
    let mut sizes: Vec<usize> = asked.iter().filter_map(|word| word.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![1_000, 20_000];
    }
    let mut out = stdout().lock();
    writeln!(out, "{:>8}  {:<22} {:>9} {:>9}", "rows", "what", "seconds", "peak MB")?;
    for rows in sizes {
        let dir = tempfile::tempdir()?;
        let month = Recipe { seed: 1, rows, suppliers: 10, percent: 8 }.month();
        Folder::write(&month, 1, dir.path(), Forms::Workbooks)?;
        let report = dir.path().with_extension("report.xlsx");
        let mut job = Command::new(env!("CARGO_BIN_EXE_gendan"));
        job.args(["reconcile", "supplier", "--month", "2026-10", "--today", "2026-11-03"])
            .args(["--force", "-o"])
            .arg(&report)
            .arg(dir.path());
        let mut bare = Command::new(env::current_exe()?);
        bare.env(FLOOR, dir.path());
        for (name, command) in [("gendan", &mut job), ("only read and write", &mut bare)] {
            let cost = best_of(3, command)?;
            let peak = cost.peak.map_or("-".to_owned(), |peak| peak.to_string());
            writeln!(out, "{rows:>8}  {name:<22} {:>9.2} {peak:>9}", cost.wall.as_secs_f64())?;
        }
        let _ = fs::remove_file(report);
    }
    Ok(())
}

/// Runs a command some times; returns the quickest, and the most memory.
fn best_of(times: usize, command: &mut Command) -> Outcome<Cost> {
    let mut best: Option<Cost> = None;
    for _ in 0..times {
        let cost = measure(command)?;
        best = Some(match best {
            Some(old) => Cost { wall: old.wall.min(cost.wall), peak: old.peak.max(cost.peak) },
            None => cost,
        });
    }
    best.ok_or_else(|| "nothing was run".into())
}

fn measure(command: &mut Command) -> Outcome<Cost> {
    let start = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut peak = None;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        peak = peak.max(peak_of(child.id()));
        thread::sleep(Duration::from_millis(2));
    };
    // 1: something needs a person, as it should on these months.
    if !matches!(status.code(), Some(0 | 1)) {
        let said = std::io::read_to_string(child.stderr.take().ok_or("no stderr")?)?;
        return Err(format!("{command:?} ended with {status}: {said}").into());
    }
    Ok(Cost { wall: start.elapsed(), peak })
}

/// The peak memory of a running process so far, in MB.
fn peak_of(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Reads every workbook of a folder and writes its cells into one.
fn floor(dir: &Path) -> Outcome<()> {
    let mut book = Workbook::new();
    let mut files: Vec<PathBuf> = Vec::new();
    for file in fs::read_dir(dir)? {
        files.push(file?.path());
    }
    for path in files {
        let mut read: Xlsx<_> = open_workbook(&path)?;
        for name in read.sheet_names() {
            let range = read.worksheet_range(&name)?;
            let sheet = book.add_worksheet();
            for (row, col, cell) in range.used_cells() {
                let (row, col) = (row as u32, col as u16);
                match cell {
                    Data::String(text) => sheet.write_string(row, col, text)?,
                    Data::Float(number) => sheet.write_number(row, col, *number)?,
                    Data::Int(number) => sheet.write_number(row, col, *number as f64)?,
                    Data::DateTime(date) => sheet.write_number(row, col, date.as_f64())?,
                    other => sheet.write_string(row, col, other.to_string())?,
                };
            }
        }
    }
    book.save(dir.with_extension("floor.xlsx"))?;
    Ok(fs::remove_file(dir.with_extension("floor.xlsx"))?)
}
