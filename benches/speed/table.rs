//! The table that is printed, and the ratios that the targets are about.

use std::io::{self, Write as _, stdout};

use crate::measure::Cost;

/// What was measured on pairs of one size.
pub(crate) type Costs = Vec<(Row, Cost)>;

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    Version,
    Help,
    Reconcile,
    ReconcileCsv,
    ReconcileWrite,
    Compare,
    CompareCsv,
    CompareWrite,
    Inflate,
    Calamine,
    Read,
    Sales,
    SalesCsv,
}

impl Row {
    fn name(self) -> &'static str {
        match self {
            Row::Version => "gendan --version",
            Row::Help => "gendan --help",
            Row::Reconcile => "gendan reconcile supplier, xlsx to xlsx",
            Row::ReconcileCsv => "gendan reconcile supplier, csv to csv",
            Row::ReconcileWrite => "floor: that report's cells by rust_xlsxwriter alone",
            Row::Compare => "gendan compare, xlsx to xlsx",
            Row::CompareCsv => "gendan compare, csv to csv",
            Row::CompareWrite => "floor: that report's cells by rust_xlsxwriter alone",
            Row::Inflate => "floor: both workbooks unpacked",
            Row::Calamine => "floor: both workbooks' cells by calamine",
            Row::Read => "gendan's reader: both workbooks' cells",
            Row::Sales => "gendan reconcile sales, xlsx to xlsx",
            Row::SalesCsv => "gendan reconcile sales, csv to JSON",
        }
    }
}

/// Prints a line.
pub(crate) fn say(line: &str) -> io::Result<()> {
    writeln!(stdout().lock(), "{line}")
}

/// Prints the table's head.
pub(crate) fn head() -> io::Result<()> {
    say("| rows a side | what | seconds | CPU seconds | peak MB |")?;
    say("|--:|---|--:|--:|--:|")
}

/// Prints one row.
pub(crate) fn row(rows: u32, what: &Row, cost: Cost) -> io::Result<()> {
    let rows = if rows == 0 { String::new() } else { grouped(rows) };
    let name = what.name();
    say(&format!("| {rows} | {name} | {:.3} | {:.2} | {:.0} |", cost.wall, cost.cpu, cost.peak))
}

/// Prints the ratios, and growth from each size to the next.
pub(crate) fn ratios(all: &[(u32, Costs)]) -> io::Result<()> {
    say("")?;
    say("| rows a side | ratio | seconds | CPU seconds | peak MB |")?;
    say("|--:|---|--:|--:|--:|")?;
    for (rows, costs) in all {
        let of = |row| find(costs, row);
        let floor = |write| sum(of(Row::Read), of(write));
        for (name, over, under) in [
            ("calamine's reader : gendan's reader", of(Row::Calamine), of(Row::Read)),
            ("gendan's reader : unpacking", of(Row::Read), of(Row::Inflate)),
            ("reconcile : (its read + its write)", of(Row::Reconcile), floor(Row::ReconcileWrite)),
            ("compare : (its read + its write)", of(Row::Compare), floor(Row::CompareWrite)),
        ] {
            ratio(*rows, name, over, under, 1.0)?;
        }
    }
    growth(all, [Row::Reconcile, Row::Compare])
}

/// Prints what a row of each size costs beside one of the size before.
pub(crate) fn growth(all: &[(u32, Costs)], of: [Row; 2]) -> io::Result<()> {
    for pair in all.windows(2) {
        let [(few, less), (many, more)] = pair else { continue };
        let times = f64::from(*many) / f64::from(*few);
        for row in of {
            let name = format!("{}: a row, to one among {}", row.name(), grouped(*few));
            ratio(*many, &name, find(more, row), find(less, row), times)?;
        }
    }
    Ok(())
}

fn find(costs: &Costs, row: Row) -> Cost {
    costs.iter().find(|(own, _)| *own == row).map(|(_, cost)| *cost).unwrap_or_default()
}

fn sum(read: Cost, write: Cost) -> Cost {
    Cost { wall: read.wall + write.wall, cpu: read.cpu + write.cpu, peak: read.peak }
}

fn ratio(rows: u32, name: &str, over: Cost, under: Cost, times: f64) -> io::Result<()> {
    let of = |over: f64, under: f64| {
        let known = over > 0.0 && under > 0.0;
        if known { format!("{:.2}", over / under / times) } else { String::new() }
    };
    let [wall, cpu, peak] =
        [of(over.wall, under.wall), of(over.cpu, under.cpu), of(over.peak, under.peak)];
    say(&format!("| {} | {name} | {wall} | {cpu} | {peak} |", grouped(rows)))
}

/// Returns a number in groups of three.
fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
