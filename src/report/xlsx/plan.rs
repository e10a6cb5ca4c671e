//! Where everything of a sheet will stand, before anything is written: so
//! that formulas, also those of other sheets, can refer to it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::names::sheet_name;
use crate::report::cell::Cell;
use crate::report::column::{Column, Kind};
use crate::report::format;
use crate::report::sheet::{Block, Sheet};
use crate::report::table::{RowStyle, Table};
use crate::report::visible::visible;

/// The widest a column of words becomes by its content alone; longer text
/// wraps.
const WIDEST_TEXT: u16 = 34;
/// The narrowest a column is.
const NARROWEST: u16 = 5;
/// Rows a chart covers.
pub(super) const CHART_ROWS: u32 = 18;
/// The width of the column that holds line ids.
const ID_WIDTH: u16 = 13;

/// Where a sheet's blocks stand.
#[derive(Debug)]
pub(super) struct Plan {
    /// Its name in the workbook.
    pub(super) name: String,
    /// The widths of its columns, in narrow characters.
    pub(super) widths: Vec<u16>,
    /// The first row of each block.
    pub(super) starts: Vec<u32>,
    /// Its tables, top first.
    pub(super) tables: Vec<TablePlan>,
    /// How many of its columns are printed.
    pub(super) printed: usize,
    /// The row after the last.
    pub(super) end: u32,
}

/// Where a table stands.
#[derive(Debug)]
pub(super) struct TablePlan {
    /// The row of its header.
    pub(super) header: u32,
    /// Its first body row; a table without rows has one that says so.
    pub(super) first: u32,
    /// Its last body row.
    pub(super) last: u32,
    /// The row of its total.
    pub(super) total: Option<u32>,
    /// The first sheet column of each table column.
    pub(super) cols: Vec<u16>,
    /// The sheet column of the line ids, if the lines have any.
    pub(super) id_col: Option<u16>,
    /// The last sheet column.
    pub(super) last_col: u16,
}

/// Plans all sheets of a workbook.
pub(super) fn sheets(sheets: &[Sheet], taken: &mut Vec<String>) -> Vec<Plan> {
    sheets.iter().map(|sheet| plan(sheet, sheet_name(&sheet.name, taken))).collect()
}

fn plan(sheet: &Sheet, name: String) -> Plan {
    let (widths, starts, tables) = (Vec::new(), Vec::new(), Vec::new());
    let mut plan = Plan { name, widths, starts, tables, printed: 0, end: 0 };
    for table in sheet.tables() {
        widen(&mut plan.widths, table);
        plan.printed = plan.printed.max(printed(table));
    }
    let spanned = sheet.blocks.iter().filter_map(|block| match block {
        Block::Spans(spans) => Some(spans.iter().map(|span| usize::from(span.columns)).sum()),
        _ => None,
    });
    let spanned = spanned.max().unwrap_or(1);
    plan.widths.resize(spanned.max(plan.widths.len()), 12);
    plan.printed = plan.printed.max(spanned);
    for block in &sheet.blocks {
        plan.starts.push(plan.end);
        plan.end += match block {
            Block::Table(table) => {
                let placed = place(table, plan.end);
                let next = placed.total.unwrap_or(placed.last) + 1;
                plan.tables.push(placed);
                next - plan.end
            }
            Block::Chart(_) => CHART_ROWS,
            Block::PageBreak | Block::Beside(_) => 0,
            _ => 1,
        };
    }
    plan
}

fn place(table: &Table, start: u32) -> TablePlan {
    let rows = u32::try_from(table.rows.len().max(1)).unwrap_or(u32::MAX);
    let mut cols = Vec::with_capacity(table.columns.len());
    let mut next = 0;
    for column in &table.columns {
        cols.push(next);
        next += column.span;
    }
    let id_col = table.rows.have_ids().then_some(next);
    let last = start.saturating_add(rows);
    TablePlan {
        header: start,
        first: start + 1,
        last,
        total: table.total.as_ref().map(|_| last.saturating_add(1)),
        cols,
        id_col,
        last_col: if id_col.is_some() { next } else { next.saturating_sub(1) },
    }
}

/// Returns how many sheet columns of a table are printed: all up to the last
/// that is meant to be.
fn printed(table: &Table) -> usize {
    let last = table.columns.iter().rposition(|column| !column.off_paper);
    let columns = table.columns.iter().take(last.map_or(0, |last| last + 1));
    columns.map(|column| usize::from(column.span)).sum()
}

/// Makes the sheet's columns wide enough for a table's.
fn widen(widths: &mut Vec<u16>, table: &Table) {
    let longest = longest(table);
    let mut at = 0;
    let mut fit = |at: usize, width: u16| {
        if widths.len() <= at {
            widths.resize(at + 1, NARROWEST);
        }
        widths[at] = widths[at].max(width);
    };
    for (column, longest) in table.columns.iter().zip(longest) {
        let span = usize::from(column.span);
        let share = width(column, longest).div_ceil(column.span);
        for offset in 0..span {
            fit(at + offset, share);
        }
        at += span;
    }
    if table.rows.have_ids() {
        fit(at, ID_WIDTH);
    }
}

/// Whether text in a column of this kind may be broken.
fn is_breakable(kind: &Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Place | Kind::Cell | Kind::Id)
}

/// Returns the width that was asked for, of columns that keep to it.
fn asked(column: &Column) -> Option<u16> {
    let keeps = is_breakable(&column.kind) || matches!(column.kind, Kind::Choice(_));
    column.width.filter(|_| keeps)
}

/// Returns by column the width of its longest cell, of columns that are as
/// wide as that.
fn longest(table: &Table) -> Vec<u16> {
    let mut longest = vec![0; table.columns.len()];
    let fitted: Vec<usize> =
        (0..longest.len()).filter(|&at| asked(&table.columns[at]).is_none()).collect();
    for row in table.rows.iter().chain(table.total_row()) {
        if row.style == RowStyle::Group {
            continue;
        }
        for &at in &fitted {
            let (kind, Some(cell)) = (&table.columns[at].kind, row.cells.get(at)) else { continue };
            if kind.is_figure() == matches!(cell.value(), Cell::Number(_)) {
                longest[at] = longest[at].max(cell_width(kind, cell));
            }
        }
    }
    longest
}

/// Returns the width of a column: what was asked for, else its content's.
/// Figures and days are never narrower than they are long.
fn width(column: &Column, longest: u16) -> u16 {
    if let Some(width) = asked(column) {
        return width.max(NARROWEST);
    }
    let breakable = is_breakable(&column.kind);
    let longest = longest.saturating_add(2);
    let content = if breakable { longest.min(WIDEST_TEXT) } else { longest };
    // A header may break once, where it is wider than all below it.
    let label = text_width(&column.label).saturating_add(3);
    content.max(label.min(content.max(11))).max(NARROWEST).max(column.width.unwrap_or(0))
}

fn cell_width(kind: &Kind, cell: &Cell) -> u16 {
    match (kind, cell.value()) {
        (_, Cell::Text(text) | Cell::Word(_, text)) => text_width(text),
        (_, Cell::Date(_)) => 10,
        (_, Cell::Empty) => 0,
        (kind, value) => text_width(&format::text(kind, value)),
    }
}

/// Returns the width of the longest line, in narrow characters.
pub(super) fn text_width(text: &str) -> u16 {
    let longest = visible(text).lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
    u16::try_from(longest).unwrap_or(u16::MAX)
}

/// Returns a place shortened to a width: the beginning of its sheet's or file's
/// name, and its cell.
pub(super) fn shortened(place: &str, width: u16) -> String {
    let (name, cell) = place.rfind('!').map_or((place, ""), |at| place.split_at(at));
    let room = usize::from(width).saturating_sub(cell.width() + 2);
    let mut used = 0;
    let kept: String = name
        .chars()
        .take_while(|c| {
            used += c.width().unwrap_or(0);
            used <= room
        })
        .collect();
    format!("{}…{cell}", kept.trim_end())
}

/// Returns how many lines text takes in a cell of a width: words go to the
/// next line whole, hanzi one by one.
pub(super) fn lines(text: &str, width: u16) -> u32 {
    let width = usize::from(width.max(2));
    // No character is wider than its bytes are many.
    if text.len() <= width && !text.contains('\n') && text.is_ascii() {
        return 1;
    }
    let lines: usize = visible(text).lines().map(|line| wrapped(line, width)).sum();
    u32::try_from(lines.max(1)).unwrap_or(u32::MAX)
}

fn wrapped(line: &str, width: usize) -> usize {
    let (mut lines, mut used, mut word) = (1, 0, 0);
    let mut put = |piece: usize, used: &mut usize| {
        if *used + piece > width && *used > 0 {
            lines += 1;
            *used = 0;
        }
        // A word longer than the line is broken.
        lines += piece.saturating_sub(1) / width;
        *used += if piece > width { piece % width } else { piece };
    };
    for char in line.chars() {
        let wide = char.width().unwrap_or(0);
        if wide < 2 && char != ' ' {
            word += wide;
            continue;
        }
        put(std::mem::take(&mut word), &mut used);
        put(wide, &mut used);
    }
    put(word, &mut used);
    lines
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::report::table::Row;

    fn table() -> Table {
        let mut table =
            Table::new([Column::text("item", "品名"), Column::money("amount", "金额").sum()])
                .total("合计");
        table.push(Row::new(["弹力牛仔布 147cm/10oz 靛蓝".into(), Decimal::from(1).into()]));
        table
    }

    #[test]
    fn hanzi_count_twice_and_totals_count_too() {
        let sheet = Sheet::new("x", "x").title("t").table(table());
        let plan = sheets(&[sheet], &mut Vec::new()).remove(0);
        assert_eq!(plan.widths, [28, 7]);
        let mut wide = table();
        wide.push(Row::new(["x".into(), Decimal::from(9_999_999).into()]));
        wide.push(Row::new(["x".into(), Decimal::from(1).into()]));
        let plan = sheets(&[Sheet::new("x", "x").table(wide)], &mut Vec::new()).remove(0);
        assert_eq!(plan.widths[1], "10,000,001.00".len() as u16 + 2);
    }

    #[test]
    fn blocks_follow_each_other() {
        let sheet = Sheet::new("x", "x").title("t").table(table()).text("end");
        let plan = sheets(&[sheet], &mut Vec::new()).remove(0);
        assert_eq!(plan.starts, [0, 1, 4]);
        assert_eq!((plan.tables[0].first, plan.tables[0].total), (2, Some(3)));
        assert_eq!(plan.end, 5);
    }

    #[test]
    fn long_places_keep_their_beginning_and_their_cell() {
        assert_eq!(shortened("十月供应商对账单汇总!I127", 16), "十月供应…!I127");
        assert_eq!(shortened("Statement of account October!H26", 16), "Statement…!H26");
    }

    #[test]
    fn words_wrap_whole_and_hanzi_one_by_one() {
        for (text, width, expected) in [
            ("", 10, 1),
            ("数量单价金额", 12, 1),
            ("数量单价金额", 11, 2),
            ("Harbourline Trimmings", 12, 2),
            ("Harbourline Trimmings (HK) Limited", 18, 3),
            ("HJ26101799-HJ26102084", 10, 3),
            ("单价高 0.30 × 650 = 195.00", 14, 2),
            ("a\nb", 10, 2),
        ] {
            assert_eq!(lines(text, width), expected, "{text} in {width}");
        }
    }
}
