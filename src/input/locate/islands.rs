//! Tables that stand side by side: where blank columns divide a region into
//! parts with headers of their own.

use super::grid::{Line, Region, last_col};
use super::header::{is_known_header, is_likely_header};
use super::look::{Look, Reader, is_surely_data};
use crate::text::fold;

/// A run of columns without a blank one.
#[derive(Debug, Clone)]
struct Island {
    cols: (u16, u16),
    /// The first line that is a header in these columns.
    header: Option<usize>,
    /// The first and the last line that holds something here.
    lines: (usize, usize),
    /// The header's words, folded.
    words: Vec<String>,
}

/// More runs of columns than these are scattered cells, not tables.
const MOST_ISLANDS: usize = 64;

/// Rows of a run that are looked at for a header.
const LOOKED_AT: usize = 400;

/// Returns the columns of the parts, from left to right, if the region is more
/// than one table wide.
pub(super) fn split<'a>(region: &Region<'a>, reader: &Reader<'a>) -> Option<Vec<(u16, u16)>> {
    let runs = runs(region);
    if runs.len() < 2 || runs.len() > MOST_ISLANDS {
        return None;
    }
    let mut islands: Vec<Island> =
        runs.into_iter().filter_map(|cols| island(region, cols, reader)).collect();
    islands = joined(region, islands);
    (islands.len() > 1).then(|| widened(region, &islands))
}

/// Returns the runs of columns in use. Rows with a single cell do not count:
/// titles stand anywhere.
fn runs(region: &Region<'_>) -> Vec<(u16, u16)> {
    let mut used: Vec<bool> = Vec::new();
    for line in region.lines.iter().filter(|line| line.count() > 1) {
        for cell in line.filled() {
            let last = usize::from(last_col(region.sheet, line.row, cell));
            if last >= used.len() {
                used.resize(last + 1, false);
            }
            used[usize::from(cell.col)..=last].fill(true);
        }
    }
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for (col, _) in (0..=u16::MAX).zip(used).filter(|(_, used)| *used) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == col => *last = col,
            _ => runs.push((col, col)),
        }
    }
    runs
}

/// Looks at one run of columns.
fn island<'a>(region: &Region<'a>, cols: (u16, u16), reader: &Reader<'a>) -> Option<Island> {
    let all = region.part(0..region.lines.len(), cols);
    let rows = (all.lines.first()?.row, all.lines.last()?.row);
    let line_of = |row: u32| region.lines.partition_point(|line| line.row < row);
    let wide = cols.1 > cols.0;
    let header = (0..all.lines.len().min(LOOKED_AT)).filter(|_| wide).find(|at| {
        is_known_header(&all, *at, reader) || (*at < 40 && is_likely_header(&all, *at, reader))
    });
    let words = header.map_or_else(Vec::new, |at| {
        all.lines[at].filled().filter_map(|cell| Some(fold(cell.head()?))).collect()
    });
    Some(Island {
        cols,
        header: header.map(|at| line_of(all.lines[at].row)),
        lines: (line_of(rows.0), line_of(rows.1)),
        words,
    })
}

/// Joins islands that are one table with a blank column in it.
fn joined(region: &Region<'_>, islands: Vec<Island>) -> Vec<Island> {
    let mut kept: Vec<Island> = Vec::new();
    for island in islands {
        let Some(left) = kept.last_mut() else {
            kept.push(island);
            continue;
        };
        if stand_apart(region, left, &island) {
            kept.push(island);
        } else {
            left.cols.1 = island.cols.1;
            left.header = left.header.or(island.header);
            left.lines = (left.lines.0.min(island.lines.0), left.lines.1.max(island.lines.1));
            left.words.extend(island.words);
        }
    }
    kept
}

/// Whether two neighbours are two tables: both have a header, and something
/// says that the rows of one are not the rows of the other.
fn stand_apart(region: &Region<'_>, left: &Island, right: &Island) -> bool {
    let (Some(left_header), Some(right_header)) = (left.header, right.header) else {
        return false;
    };
    let repeated = right.words.iter().filter(|word| left.words.contains(word)).count();
    let wide_gap = right.cols.0 - left.cols.1 > 2;
    left_header != right_header
        || wide_gap
        || repeated > 0
        || left.lines.1.abs_diff(right.lines.1) > 1
        || holes(region, left, right) > 0
}

/// Counts the rows below the headers that only one of two neighbours fills,
/// up to where the shorter one ends.
fn holes(region: &Region<'_>, left: &Island, right: &Island) -> usize {
    let from = left.header.max(right.header).unwrap_or(0) + 1;
    let to = left.lines.1.min(right.lines.1);
    let fills = |line: &Line<'_>, cols: (u16, u16)| {
        line.filled().any(|cell| (cols.0..=cols.1).contains(&cell.col))
    };
    let lines = region.lines.get(from..to).unwrap_or_default();
    let single = lines.iter().filter(|line| fills(line, left.cols) != fills(line, right.cols));
    let holes = single.count();
    if holes * 5 >= lines.len() { holes } else { 0 }
}

/// Gives every column of the region to one of the islands.
fn widened(region: &Region<'_>, islands: &[Island]) -> Vec<(u16, u16)> {
    let mut parts: Vec<(u16, u16)> = islands.iter().map(|island| island.cols).collect();
    if let Some(first) = parts.first_mut() {
        first.0 = region.cols.0;
    }
    for at in 1..parts.len() {
        parts[at - 1].1 = parts[at].0 - 1;
    }
    if let Some(last) = parts.last_mut() {
        last.1 = region.cols.1;
    }
    parts
}

/// Returns the parts of a list that was folded to save paper: its header says
/// the same names again and again, without a blank column between.
pub(super) fn folded_list<'a>(
    region: &Region<'a>,
    header: usize,
    reader: &Reader<'a>,
) -> Option<Vec<(u16, u16)>> {
    let line = region.lines[header];
    if is_surely_data(line, reader) || Look::at(region, line, reader).repeats < 2 {
        return None;
    }
    let cells: Vec<(u16, String)> =
        line.filled().map(|cell| Some((cell.col, fold(cell.head()?)))).collect::<Option<_>>()?;
    let count = cells.len();
    let period = (2..=count / 2).find(|period| {
        count.is_multiple_of(*period)
            && (*period..count).all(|at| cells[at].1 == cells[at - period].1)
    })?;
    let distinct = (1..period).all(|at| !cells[..at].iter().any(|cell| cell.1 == cells[at].1));
    let islands = cells.chunks(period).filter_map(|chunk| {
        let cols = (chunk.first()?.0, chunk.last()?.0);
        Some(Island { cols, header: None, lines: (0, 0), words: Vec::new() })
    });
    let islands: Vec<Island> = islands.collect();
    distinct.then(|| widened(region, &islands))
}
