//! Where the pages of a form end: what is to be signed never stands alone on
//! one, without the rows it is for.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::plan::Plan;
use super::{page, picture};
use crate::report::sheet::{Block, Sheet};

/// Rows of the table that stay with what is signed.
const KEPT: u32 = 3;
/// A form that is a little longer than a page is printed on one.
const SMALLEST: f64 = 0.85;
/// How full a page gets, next to what is counted: programs differ in how high
/// a row is, and in the width that the paper is fitted to.
const FULL: [f64; 6] = [0.93, 0.96, 0.99, 1.02, 1.05, 1.08];
/// Excel keeps no more breaks.
const MOST_BREAKS: usize = 1000;

/// The rows of a form, from the top.
#[derive(Debug, Default)]
pub(super) struct Flow {
    heights: Vec<f64>,
}

impl Flow {
    /// Notes the height of a row, in points.
    pub(super) fn note(&mut self, row: u32, points: f64) {
        let row = row as usize;
        if self.heights.len() <= row {
            self.heights.resize(row + 1, super::write::LINE);
        }
        self.heights[row] = points;
    }

    /// Breaks the pages of a form so that its end stays together: on one page
    /// printed a little smaller, or with the last rows of its table.
    pub(super) fn settle(
        &self,
        worksheet: &mut Worksheet,
        sheet: &Sheet,
        plan: &Plan,
    ) -> Result<(), XlsxError> {
        let Some(end) = end(sheet, plan) else { return Ok(()) };
        let [width, height] = page::printable(sheet);
        let by_width = width / picture::printed_points(plan).max(1.0);
        let scale = by_width.min(1.0);
        let repeated = plan.tables.first().filter(|_| page::goes_on(plan)).map(|one| one.header);
        let stays = |full: &f64| {
            let starts = self.starts(height * full / scale, repeated, None);
            starts.iter().all(|start| *start <= end)
        };
        if FULL.iter().all(stays) {
            return Ok(());
        }
        let whole: f64 = self.heights.iter().sum();
        if height * page::SPARE >= whole * scale * SMALLEST {
            worksheet.set_print_fit_to_pages(1, 1);
            return Ok(());
        }
        let percent = ((by_width * page::SPARE_WIDTH).min(1.0) * 100.0).floor().max(10.0);
        let capacity = height * page::SPARE * 100.0 / percent;
        let starts = self.starts(capacity, repeated, Some(end));
        if starts.len() <= MOST_BREAKS {
            // Between 10 and 100: nothing is lost. What is fitted to a width
            // keeps no breaks.
            worksheet.set_print_scale(percent as u16).set_page_breaks(&starts)?;
        }
        Ok(())
    }

    /// Returns the first rows of all pages but the first, on pages of a
    /// capacity with a row repeated at their head. From row `kept` all stands
    /// on one page, if that has the room.
    fn starts(&self, capacity: f64, repeated: Option<u32>, kept: Option<u32>) -> Vec<u32> {
        let mut starts = Vec::new();
        let mut used = 0.0;
        for (row, height) in (0..).zip(&self.heights) {
            let is_kept = kept == Some(row);
            let needed = match is_kept {
                true => self.heights[row as usize..].iter().sum(),
                false => *height,
            };
            if used > 0.0 && used + needed > capacity {
                starts.push(row);
                let head = repeated.filter(|head| *head < row);
                used =
                    head.and_then(|head| self.heights.get(head as usize)).copied().unwrap_or(0.0);
            }
            used += height;
        }
        starts
    }
}

/// Returns the row from which a form's end is kept together: the last rows of
/// its last table, or its header where it is short. A form that sets its
/// pages by hand has none, nor has one with nothing below its table.
fn end(sheet: &Sheet, plan: &Plan) -> Option<u32> {
    let by_hand = |block: &Block| {
        matches!(block, Block::PageBreak | Block::Pictures(_) | Block::Beside(_) | Block::Chart(_))
    };
    let table = plan.tables.last()?;
    let below = table.total.unwrap_or(table.last) + 1;
    let is_kept = page::is_form(sheet)
        && below < plan.end
        && plan.end <= super::MANY_ROWS
        && !sheet.paper.is_label()
        && !sheet.blocks.iter().any(by_hand);
    let first = (table.last + 1).saturating_sub(KEPT);
    is_kept.then_some(if first <= table.first { table.header } else { first })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(rows: u32) -> Flow {
        let mut flow = Flow::default();
        (0..rows).for_each(|row| flow.note(row, 10.0));
        flow
    }

    #[test]
    fn the_end_goes_to_the_next_page_as_a_whole() {
        let flow = flow(23);
        assert_eq!(flow.starts(100.0, None, None), [10, 20]);
        assert_eq!(flow.starts(100.0, Some(0), None), [10, 19]);
        assert_eq!(flow.starts(100.0, None, Some(17)), [10, 17]);
        assert_eq!(flow.starts(100.0, None, Some(21)), [10, 20]);
    }
}
