//! The machine sheet of a workbook: that gendan wrote it, and the ids of the
//! lines on which people decide. Hidden from people, never from programs.

use std::borrow::Cow;

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::choices::{Choices, FIRST_COLUMN};
use super::plan::Plan;
use crate::report::labels;
use crate::report::model::Report;
use crate::report::sheet::Sheet;

/// The name of the machine sheet, and its first cell.
pub const SHEET: &str = "gendan";
/// The key of the column that numbers the lines for people.
pub const NUMBER: &str = "line";
/// The version of its form.
pub const FORM: &str = "1";

/// Writes the machine sheet: a row a fact, its name in the first cell.
pub(super) fn write(
    worksheet: &mut Worksheet,
    report: &Report,
    sheets: &[Sheet],
    plans: &[Plan],
    choices: &Choices,
) -> Result<(), XlsxError> {
    worksheet.set_name(SHEET)?.set_very_hidden(true);
    let mut rows: Vec<Vec<Cow<'_, str>>> = vec![
        vec![SHEET.into(), FORM.into(), env!("CARGO_PKG_VERSION").into()],
        vec!["report".into(), report.name.into()],
        vec!["period".into(), report.period.as_deref().unwrap_or_default().into()],
        vec!["lang".into(), report.lang.code().into()],
    ];
    for (sheet, plan) in sheets.iter().zip(plans) {
        let id_label = labels::text(report.lang, "common.line_id");
        rows.extend(lines(sheet, plan, id_label));
    }
    let longest = choices.lists.iter().map(Vec::len).max().unwrap_or(0).max(rows.len());
    // Row by row, as a sheet written in little memory must be.
    for (at, index) in (0..longest).zip(0..) {
        for (col, text) in (0..).zip(rows.get(at).into_iter().flatten()) {
            worksheet.write_string(index, col, text.as_ref())?;
        }
        for (col, list) in (FIRST_COLUMN..).zip(&choices.lists) {
            if let Some(option) = list.get(at) {
                worksheet.write_string(index, col, option)?;
            }
        }
    }
    Ok(())
}

/// Returns what the machine sheet says of a sheet with ids: the labels of the
/// columns that people fill in or go by, then the ids in their order.
fn lines<'a>(sheet: &'a Sheet, plan: &'a Plan, id_label: &'a str) -> Vec<Vec<Cow<'a, str>>> {
    let mut rows = Vec::new();
    for (table, placed) in sheet.tables().zip(&plan.tables) {
        if placed.id_col.is_none() {
            continue;
        }
        rows.push(vec!["sheet".into(), plan.name.as_str().into(), sheet.key.into()]);
        rows.push(vec!["column".into(), "id".into(), id_label.into()]);
        // People name other lines by the number they see, if there is one.
        for column in table.columns.iter().filter(|column| column.input || column.key == NUMBER) {
            rows.push(vec!["column".into(), column.key.into(), column.label.as_str().into()]);
        }
        let ids = table.rows.iter().filter_map(|row| row.id);
        rows.extend(ids.map(|id| vec!["line".into(), id.into()]));
    }
    rows
}
