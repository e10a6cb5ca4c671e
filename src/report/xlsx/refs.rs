//! References of formulas: from names to cells.

use super::plan::{Plan, TablePlan};
use crate::location::{Area, CellRef, column_name};
use crate::report::sheet::Sheet;
use crate::report::table::Table;

/// What formulas of a workbook can refer to.
pub(super) struct Refs<'a> {
    /// The sheets.
    pub(super) sheets: &'a [Sheet],
    /// Where they stand.
    pub(super) plans: &'a [Plan],
}

/// The cell a formula stands in.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    /// Its table.
    pub(super) table: &'a Table,
    /// Where that stands.
    pub(super) plan: &'a TablePlan,
    /// Its sheet row.
    pub(super) row: u32,
}

impl Refs<'_> {
    /// Puts cells in the place of the `{references}` of a formula that stands
    /// on sheet `own`; `None` if one refers to nothing. Outside of tables
    /// (`here` is `None`) only cells of named sheets can be referred to. The
    /// grammar is told at `Cell::calc`.
    pub(super) fn resolve(
        &self,
        formula: &str,
        own: usize,
        here: Option<Here<'_>>,
    ) -> Option<String> {
        let mut resolved = String::with_capacity(formula.len() + 16);
        let mut rest = formula;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            resolved.push_str(before);
            resolved.push_str(&self.reference(name, own, here)?);
            rest = after;
        }
        resolved.push_str(rest);
        Some(resolved)
    }

    fn reference(&self, name: &str, own: usize, here: Option<Here<'_>>) -> Option<String> {
        let (name, rows) = name.split_once('@').unwrap_or((name, "here"));
        let Some((sheet, key)) = name.split_once('.') else {
            let here = here?;
            return cells(here.table, here.plan, name, rows, Some(here.row)).map(|(text, _)| text);
        };
        let at = match sheet {
            "this" => own,
            key => self.sheets.iter().position(|other| other.key == key)?,
        };
        let table = self.sheets[at].tables().next()?;
        let plan = &self.plans[at];
        let (_, area) = cells(table, plan.tables.first()?, key, rows, None)?;
        if at == own {
            return Some(absolute(area));
        }
        let quoted = plan.name.replace('\'', "''");
        Some(format!("'{quoted}'!{}", absolute(area)))
    }
}

fn cells(
    table: &Table,
    plan: &TablePlan,
    key: &str,
    rows: &str,
    here: Option<u32>,
) -> Option<(String, Area)> {
    let col = *plan.cols.get(table.position(key)?)?;
    let body = |row: &str| -> Option<u32> {
        plan.first.checked_add(row.parse().ok()?).filter(|row| *row <= plan.last)
    };
    let (first, last) = match rows {
        "here" => (here?, here?),
        "above" => (here?.checked_sub(1)?, here?.checked_sub(1)?),
        "all" => (plan.first, plan.last),
        "total" => (plan.total?, plan.total?),
        rows => match rows.split_once(':') {
            Some((first, last)) => (body(first)?, body(last)?),
            None => (body(rows)?, body(rows)?),
        },
    };
    let area = Area { first: CellRef::new(first, col), last: CellRef::new(last, col) };
    let text = if matches!(rows, "all") || rows.contains(':') {
        area.to_string()
    } else {
        area.first.to_string()
    };
    Some((text, area))
}

fn absolute(area: Area) -> String {
    let cell = |cell: CellRef| format!("${}${}", column_name(cell.col), u64::from(cell.row) + 1);
    if area.first == area.last {
        cell(area.first)
    } else {
        format!("{}:{}", cell(area.first), cell(area.last))
    }
}

#[cfg(test)]
mod tests {
    use super::super::plan;
    use super::*;
    use crate::report::cell::Cell;
    use crate::report::column::Column;
    use crate::report::table::Row;

    #[test]
    fn names_become_cells() {
        let columns = || [Column::text("party", "供应商"), Column::money("amount", "金额").sum()];
        let mut lines = Table::new(columns()).total("合计");
        for _ in 0..3 {
            lines.push(Row::new([Cell::Empty]));
        }
        let sheets = [
            Sheet::new("summary", "汇总").title("t").table(lines.clone()),
            Sheet::new("lines", "10月'差异").table(lines),
        ];
        let plans = plan::sheets(&sheets, &mut Vec::new());
        let refs = Refs { sheets: &sheets, plans: &plans };
        let table = sheets[0].tables().next().unwrap();
        let here = Some(Here { table, plan: &plans[0].tables[0], row: 3 });
        let resolve = |formula| refs.resolve(formula, 0, here);
        assert_eq!(resolve("{amount}-{amount@above}").as_deref(), Some("B4-B3"));
        assert_eq!(resolve("SUM({amount@0:1})+{amount@2}").as_deref(), Some("SUM(B3:B4)+B5"));
        assert_eq!(resolve("SUM({amount@all})/{amount@total}").as_deref(), Some("SUM(B3:B5)/B6"));
        assert_eq!(
            resolve("SUMIF({lines.party@all},{party},{lines.amount@all})").as_deref(),
            Some("SUMIF('10月''差异'!$A$2:$A$4,A4,'10月''差异'!$B$2:$B$4)")
        );
        assert_eq!(resolve("{this.amount@total}").as_deref(), Some("$B$6"));
        assert_eq!(refs.resolve("{amount}", 0, None), None);
        assert_eq!(resolve("{price}"), None);
        assert_eq!(resolve("{amount@3}"), None);
        assert_eq!(resolve("{nowhere.amount@all}"), None);
    }
}
