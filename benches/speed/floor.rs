//! What cannot be saved: unpacking the files, reading their cells, writing
//! the report's; by the libraries' own means beside ours. Each job runs in a
//! process of its own, so that its memory is its own.

use std::env;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use calamine::{DataRef, Reader, Xlsx, open_workbook};
use gendan::input::sheet::{Value, Workbook};
use gendan::input::workbook::{self, Options};
use rust_xlsxwriter::Worksheet;

use crate::Outcome;
use crate::measure::{self, Cost};

/// Set for a process that does one job.
const JOB: &str = "GENDAN_BENCH_JOB";

/// How hard gendan compresses its reports.
const COMPRESSION: u8 = 5;

/// A job of the floor.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Job {
    /// Unpack both files and throw away what comes out.
    Inflate,
    /// Read the cells of both files by calamine's cell reader and keep them.
    Calamine,
    /// Read the cells of both files by gendan's reader and keep them.
    Ours,
    /// Write the cells of a report anew, by rust_xlsxwriter alone.
    Write,
}

impl Job {
    const ALL: [(&str, Job); 4] = [
        ("inflate", Job::Inflate),
        ("calamine", Job::Calamine),
        ("ours", Job::Ours),
        ("write", Job::Write),
    ];

    fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Does the job in a process of its own; returns what it cost there.
    pub(crate) fn cost(self, files: &[PathBuf], times: u32) -> Outcome<Cost> {
        let mut least: Option<Cost> = None;
        for _ in 0..times {
            let mut command = Command::new(env::current_exe()?);
            let done = command.env(JOB, self.name()).args(files).output()?;
            if !done.status.success() {
                return Err(String::from_utf8_lossy(&done.stderr).into());
            }
            let told = String::from_utf8(done.stdout)?;
            let mut figures = told.split_whitespace().map(str::parse::<f64>);
            let mut next = || figures.next().ok_or("a job told too little");
            let cost = Cost { wall: next()??, cpu: next()??, peak: next()?? };
            least = Some(least.map_or(cost, |least| least.least(cost)));
        }
        Ok(least.ok_or("a job that was never done")?)
    }

    fn run(self, files: &[PathBuf]) -> Outcome<Cost> {
        match self {
            Job::Inflate => measure::own(|| each(files, inflate)),
            Job::Calamine => measure::own(|| each(files, by_calamine)),
            Job::Ours => measure::own(|| each(files, by_gendan)),
            Job::Write => {
                let report = by_gendan(files.first().ok_or("no report")?)?;
                measure::own(|| write(&report, &files[0].with_extension("copy")))
            }
        }
    }
}

/// Does the job this process was started for, if it was for one; returns its
/// cost as a line.
pub(crate) fn asked() -> Option<Outcome<String>> {
    let name = env::var(JOB).ok()?;
    let (_, job) = Job::ALL.into_iter().find(|(known, _)| *known == name)?;
    let files: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    Some(job.run(&files).map(|cost| format!("{} {} {}", cost.wall, cost.cpu, cost.peak)))
}

/// Does something with every file, each on a thread of its own; all that came
/// out of it is there at once.
fn each<T: Send>(files: &[PathBuf], work: fn(&Path) -> Outcome<T>) -> Outcome<Vec<T>> {
    thread::scope(|scope| {
        let threads: Vec<_> = files
            .iter()
            .map(|file| scope.spawn(move || work(file).map_err(|error| error.to_string())))
            .collect();
        let done = threads.into_iter().map(|thread| thread.join().map_err(|_| "a panic")?);
        Ok(done.collect::<Result<_, String>>()?)
    })
}

fn inflate(file: &Path) -> Outcome<u64> {
    let mut package = zip::ZipArchive::new(BufReader::new(File::open(file)?))?;
    let mut buffer = vec![0; 256 << 10];
    let mut bytes = 0;
    for at in 0..package.len() {
        let mut part = package.by_index(at)?;
        loop {
            match part.read(&mut buffer)? {
                0 => break,
                read => bytes += read as u64,
            }
        }
    }
    Ok(bytes)
}

/// Reads a file as calamine gives its cells, shared strings borrowed; how
/// much they hold is found out while they are all there.
fn by_calamine(file: &Path) -> Outcome<usize> {
    let mut book: Xlsx<_> = open_workbook(file)?;
    let mut held = 0;
    for name in book.sheet_names() {
        let mut cells = book.worksheet_cells_reader(&name)?;
        let mut kept: Vec<DataRef<'_>> = Vec::new();
        while let Some(cell) = cells.next_cell()? {
            kept.push(cell.get_value().clone());
        }
        held += kept.len();
    }
    Ok(held)
}

fn by_gendan(file: &Path) -> Outcome<Workbook> {
    let shown = file.display().to_string();
    let book = workbook::open(file, &shown, &Options::default());
    match book.findings.first() {
        Some(finding) => Err(format!("{shown}: {}", finding.code.0).into()),
        None => Ok(book),
    }
}

/// Writes the cells of a workbook into another: no formats, no widths,
/// nothing else.
fn write(book: &Workbook, path: &Path) -> Outcome<()> {
    let mut out = rust_xlsxwriter::Workbook::new();
    out.set_zip_compression_level(COMPRESSION);
    for sheet in &book.sheets {
        let written = out.add_worksheet_with_low_memory()?;
        for row in &sheet.rows {
            for cell in &row.cells {
                write_cell(written, row.index, cell.col, &cell.value())?;
            }
        }
    }
    Ok(out.save(path)?)
}

fn write_cell(sheet: &mut Worksheet, row: u32, col: u16, value: &Value) -> Outcome<()> {
    match value {
        Value::Empty => return Ok(()),
        Value::Text(text) | Value::LongNumber(text) | Value::Error(text) => {
            sheet.write_string(row, col, text.as_ref())?
        }
        Value::Number(number) => sheet.write_number(row, col, f64::try_from(*number)?)?,
        Value::Date(date) => sheet.write_datetime(row, col, date)?,
        Value::Bool(truth) => sheet.write_boolean(row, col, *truth)?,
    };
    Ok(())
}
