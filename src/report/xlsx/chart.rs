//! Charts of a table's columns.

use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisLabelPosition, ChartFont, ChartLegendPosition, ChartType, Worksheet,
    XlsxError,
};

use super::plan::{CHART_ROWS, Plan, TablePlan};
use crate::report::column::Kind;
use crate::report::sheet::{Chart, ChartKind};
use crate::report::table::Table;

/// The height of an empty row, in pixels.
const ROW: u32 = 20;
/// The width of a narrow character, in pixels.
const CHARACTER: u32 = 7;

/// Puts a chart of `table` at a row.
pub(super) fn insert(
    worksheet: &mut Worksheet,
    row: u32,
    chart: &Chart,
    table: &Table,
    placed: &TablePlan,
    plan: &Plan,
) -> Result<(), XlsxError> {
    let col = |key: &str| table.position(key).and_then(|at| placed.cols.get(at).copied());
    let Some(categories) = col(chart.categories) else { return Ok(()) };
    let mut drawing = Drawing::new(form(chart.kind));
    let name = plan.name.as_str();
    for key in &chart.series {
        let Some(values) = col(key) else { continue };
        drawing
            .add_series()
            .set_name((name, placed.header, values))
            .set_categories((name, placed.first, categories, placed.last, categories))
            .set_values((name, placed.first, values, placed.last, values));
    }
    let widths = plan.widths.iter().take(plan.printed);
    let width = widths.map(|width| u32::from(*width) * CHARACTER).sum::<u32>();
    drawing
        .set_width(width.clamp(480, 960))
        .set_height((CHART_ROWS - 1) * ROW)
        .title()
        .set_name(chart.title.as_str())
        .set_font(ChartFont::new().set_size(12));
    drawing.legend().set_position(ChartLegendPosition::Bottom);
    if chart.series.len() == 1 && chart.kind != ChartKind::Pie {
        drawing.legend().set_hidden();
    }
    // Of lying bars the upright axis names the points. They grow upwards, but
    // the first row belongs at the top.
    if matches!(chart.kind, ChartKind::Bar | ChartKind::StackedBar) {
        drawing.y_axis().set_reverse().set_label_position(ChartAxisLabelPosition::Low);
        drawing.x_axis().set_num_format("#,##0");
    } else {
        drawing.x_axis().set_label_position(ChartAxisLabelPosition::Low);
        drawing.y_axis().set_num_format("#,##0");
    }
    let is_days = |at: usize| matches!(table.columns[at].kind, Kind::Date);
    if table.position(chart.categories).is_some_and(is_days) {
        // Some programs show the numbers behind days that bear no format.
        drawing.x_axis().set_num_format("m-d");
    }
    worksheet.insert_chart_with_offset(row, 0, &drawing, 4, 8)?;
    Ok(())
}

fn form(kind: ChartKind) -> ChartType {
    match kind {
        ChartKind::Column => ChartType::Column,
        ChartKind::Bar => ChartType::Bar,
        ChartKind::StackedBar => ChartType::BarStacked,
        ChartKind::Line => ChartType::Line,
        ChartKind::Pie => ChartType::Pie,
    }
}
