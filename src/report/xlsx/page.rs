//! Paper and screen: sizes, margins, repeated headers, page numbers, what stays
//! in sight while scrolling.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::picture;
use super::plan::{Plan, TablePlan};
use crate::report::sheet::{Block, Orientation, Paper, Sheet};

const A4: u8 = 9;
const A6: u8 = 70;
const LETTER: u8 = 1;
/// Headers further down than this are not kept in sight: too little of a
/// small screen would be left.
const FROZEN_ROWS: u32 = 12;

/// Printers and programs differ a little in how high a row is, and more in how
/// wide a column: they count it in letters of their font.
pub(super) const SPARE: f64 = 0.97;
/// The same of widths.
pub(super) const SPARE_WIDTH: f64 = 0.92;

/// Whether a sheet is printed on one page: a chart belongs with its table,
/// where both can still be read there.
fn is_one_page(sheet: &Sheet, plan: &Plan) -> bool {
    /// The height of a row, in points.
    const ROW: f64 = 16.0;
    const SMALLEST: f64 = 0.7;
    let has = |what: fn(&Block) -> bool| sheet.blocks.iter().any(what);
    has(|block| matches!(block, Block::Chart(_)))
        && !has(|block| matches!(block, Block::PageBreak))
        && f64::from(plan.end) * ROW * SMALLEST <= printable(sheet)[1]
}

/// Whether a sheet is a form to print: its own look, and nothing to filter.
pub(super) fn is_form(sheet: &Sheet) -> bool {
    sheet.blocks.iter().any(|block| matches!(block, Block::Spans(_)))
}

/// Sets up a sheet's page and view.
pub(super) fn set_up(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    plan: &Plan,
) -> Result<(), XlsxError> {
    let paper = match sheet.paper {
        Paper::A4 => A4,
        // The nearest that has a number; `paper` writes its edges.
        Paper::A6 | Paper::FourBySix => A6,
        Paper::Letter => LETTER,
    };
    worksheet
        .set_paper_size(paper)
        .set_print_fit_to_pages(1, u16::from(is_one_page(sheet, plan)))
        .set_print_center_horizontally(true);
    match sheet.orientation {
        Orientation::Portrait => worksheet.set_portrait(),
        Orientation::Landscape => worksheet.set_landscape(),
    };
    match sheet.paper {
        Paper::A4 | Paper::Letter => worksheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.35),
        Paper::A6 | Paper::FourBySix => worksheet.set_margins(0.15, 0.15, 0.15, 0.15, 0.1, 0.1),
    };
    worksheet.set_screen_gridlines(false);
    let last_row = plan.end.saturating_sub(1);
    let last_col = u16::try_from(plan.printed.saturating_sub(1)).unwrap_or(u16::MAX);
    worksheet.set_print_area(0, 0, last_row, last_col)?;
    let breaks: Vec<u32> = sheet
        .blocks
        .iter()
        .zip(&plan.starts)
        .filter(|(block, start)| matches!(block, Block::PageBreak) && **start > 0)
        .map(|(_, start)| *start)
        .collect();
    if !breaks.is_empty() {
        worksheet.set_page_breaks(&breaks)?;
    }
    if let Some(table) = plan.tables.first().filter(|_| goes_on(plan)) {
        worksheet.set_repeat_rows(table.header, table.header)?;
    }
    if let ([table], false) = (plan.tables.as_slice(), is_form(sheet)) {
        if table.header < FROZEN_ROWS {
            worksheet.set_freeze_panes(table.header + 1, 0)?;
        }
        if sheet.tables().all(|table| table.rows.are_flat()) {
            worksheet.autofilter(table.header, 0, table.last, table.last_col)?;
        }
    }
    Ok(())
}

/// How high the pages of a form are whose breaks are set by hand.
#[derive(Debug, Default)]
pub(super) struct Heights {
    page: f64,
    highest: f64,
    turned: bool,
}

impl Heights {
    /// Adds a row, in points.
    pub(super) fn add(&mut self, points: f64) {
        self.page += points;
        self.highest = self.highest.max(self.page);
    }

    /// Begins a new page.
    pub(super) fn turn(&mut self) {
        self.page = 0.0;
        self.turned = true;
    }

    /// Prints smaller where a page would be higher than the paper: to fit the
    /// width alone breaks it in two.
    pub(super) fn fit(&self, worksheet: &mut Worksheet, sheet: &Sheet, plan: &Plan) {
        if !self.turned && !sheet.paper.is_label() {
            return;
        }
        let [width, height] = printable(sheet);
        let by_height = height * SPARE / self.highest.max(1.0);
        let by_width = width / picture::printed_points(plan).max(1.0);
        let percent = (by_height.min(by_width * SPARE_WIDTH).min(1.0) * 100.0).floor();
        if by_height < by_width.min(1.0) && percent >= 10.0 {
            // Between 10 and 100: nothing is lost.
            worksheet.set_print_scale(percent as u16);
        }
    }
}

/// Returns the width and height of what may be printed on, in points.
pub(super) fn printable(sheet: &Sheet) -> [f64; 2] {
    /// Points in an inch.
    const INCH: f64 = 72.0;
    let (paper, [sides, ends]) = match sheet.paper {
        Paper::A4 => ([595.0, 842.0], [1.0, 1.3]),
        Paper::A6 => ([297.0, 419.0], [0.3, 0.3]),
        Paper::FourBySix => ([288.0, 432.0], [0.3, 0.3]),
        Paper::Letter => ([612.0, 792.0], [1.0, 1.3]),
    };
    let [width, height] = match sheet.orientation {
        Orientation::Portrait => paper,
        Orientation::Landscape => [paper[1], paper[0]],
    };
    [width - sides * INCH, height - ends * INCH]
}

/// Whether the first table is what goes on over the pages: the only one, or
/// longer than all others together.
pub(super) fn goes_on(plan: &Plan) -> bool {
    let rows = |table: &TablePlan| table.last - table.first;
    let (first, others) = match plan.tables.split_first() {
        Some((first, others)) => (rows(first), others.iter().map(rows).sum()),
        None => return false,
    };
    plan.tables.len() == 1 || first > others
}

/// Returns the footer: the report's title at the left, the page in the
/// middle.
pub(super) fn footer(title: &str, page: &str) -> String {
    // Longer footers are refused; `&` begins a code.
    let title: String = title.chars().take(80).collect::<String>().replace('&', "&&");
    let page = page.replace("{page}", "&P").replace("{pages}", "&N");
    format!("&L&8 {title}&C&8 {page}")
}
