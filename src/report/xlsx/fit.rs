//! Tables with more rows than a sheet has: they go on on further sheets.

use std::borrow::Cow;

use crate::report::sheet::{Block, Sheet};
use crate::report::{Cell, Row, Table};

/// Rows of a table on one sheet; Excel has 1,048,576, some go to headings.
const ROWS: usize = 1_000_000;

/// Returns the sheets with too long tables cut. What is cut holds values
/// instead of formulas, and so does whatever referred to it.
pub(super) fn fitted(sheets: &[Sheet]) -> Cow<'_, [Sheet]> {
    cut(sheets, ROWS)
}

fn cut(sheets: &[Sheet], rows: usize) -> Cow<'_, [Sheet]> {
    let is_long = |sheet: &Sheet| sheet.tables().any(|table| table.rows.len() > rows);
    if !sheets.iter().any(is_long) {
        return Cow::Borrowed(sheets);
    }
    let keys: Vec<String> = sheets
        .iter()
        .filter(|sheet| is_long(sheet))
        .map(|sheet| format!("{{{}.", sheet.key))
        .collect();
    let cut = sheets.iter().flat_map(|sheet| {
        if is_long(sheet) {
            return parts(sheet, rows);
        }
        let refers = |formula: &str| keys.iter().any(|key| formula.contains(key));
        vec![without_formulas(sheet.clone(), refers)]
    });
    Cow::Owned(cut.collect())
}

/// Cuts a sheet: on each part all that stands on it, and some of the rows.
fn parts(sheet: &Sheet, rows: usize) -> Vec<Sheet> {
    let longest = sheet.tables().map(|table| table.rows.len()).max().unwrap_or(0);
    let part = |part: usize| {
        let mut cut = Sheet { blocks: Vec::new(), ..sheet.clone() };
        cut.blocks = sheet
            .blocks
            .iter()
            .map(|block| match block {
                Block::Table(table) => Block::Table(Table {
                    columns: table.columns.clone(),
                    rows: table.rows.from(part * rows).take(rows).collect(),
                    total: table.total.clone(),
                    empty: table.empty.clone(),
                }),
                other => other.clone(),
            })
            .collect();
        without_formulas(cut, |_| true)
    };
    (0..longest.div_ceil(rows)).map(part).collect()
}

fn without_formulas(mut sheet: Sheet, which: impl Fn(&str) -> bool) -> Sheet {
    for block in &mut sheet.blocks {
        match block {
            Block::Table(table) => {
                let settled = |mut row: Row| {
                    row.cells.iter_mut().for_each(|cell| settle(cell, &which));
                    row
                };
                table.rows = table.rows.iter().map(settled).collect();
            }
            Block::Spans(spans) => spans.iter_mut().for_each(|span| settle(&mut span.cell, &which)),
            _ => {}
        }
    }
    sheet
}

fn settle(cell: &mut Cell, which: impl Fn(&str) -> bool) {
    if let Cell::Calc(calc) = cell
        && which(&calc.formula)
    {
        *cell = calc.value.clone();
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::report::Column;

    fn sheet(key: &'static str, rows: u32, formula: &'static str) -> Sheet {
        let mut table = Table::new([Column::money("amount", "金额").sum()]).total("合计");
        for row in 0..rows {
            table.push(Row::new([Cell::calc(formula, Decimal::from(row))]));
        }
        Sheet::new(key, key).title("t").table(table)
    }

    #[test]
    fn every_row_stands_on_one_part_and_no_formula_points_astray() {
        let sheets = [
            sheet("summary", 2, "SUM({matched.amount@all})"),
            sheet("matched", 7, "{amount@above}+1"),
            sheet("bridge", 2, "{amount@0}"),
        ];
        let cut = cut(&sheets, 3);
        let sums: Vec<Decimal> =
            cut.iter().map(|part| part.tables().next().unwrap().sums(0)[0].unwrap()).collect();
        assert_eq!(sums, [1, 3, 12, 6, 1].map(Decimal::from));
        let live = |part: &Sheet| {
            let table = part.tables().next().unwrap();
            table.rows.iter().any(|row| matches!(row.cells[0], Cell::Calc(_)))
        };
        assert_eq!(cut.iter().map(live).collect::<Vec<_>>(), [false, false, false, false, true]);
    }

    #[test]
    fn what_fits_is_left_alone() {
        assert!(matches!(cut(&[sheet("matched", 3, "1")], 3), Cow::Borrowed(_)));
    }
}
