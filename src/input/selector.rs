//! The part of a file a person means: `#SHEET`, `#SHEET!A5:K99`.

use super::sheet::{Kept, Sheet};
use crate::location::{Area, CellRef};

/// A sheet, by name or by number from 1, and perhaps an area of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSelector {
    /// The sheet's name or number as written; empty means every sheet.
    pub sheet: String,
    /// The area of it.
    pub area: Option<Area>,
}

impl SheetSelector {
    /// Reads what stands behind the `#`. Whatever is no area belongs to the
    /// name.
    pub fn parse(text: &str) -> Self {
        if let Some((sheet, area)) = text.rsplit_once('!')
            && let Some(area) = Area::parse(area)
        {
            return Self { sheet: unquoted(sheet).to_owned(), area: Some(area) };
        }
        Self { sheet: unquoted(text).to_owned(), area: None }
    }

    /// Returns the positions of the sheets it means. A name goes before a
    /// number: in a workbook with a sheet `10`, `#10` is that one.
    pub fn positions<'a>(&self, names: impl Iterator<Item = Option<&'a str>>) -> Vec<usize> {
        let names: Vec<&str> = names.map(Option::unwrap_or_default).collect();
        if self.sheet.is_empty() {
            return (0..names.len()).collect();
        }
        let wanted = self.sheet.trim();
        let same = |name: &&str| name.trim().to_lowercase() == wanted.to_lowercase();
        let by_name = names.iter().position(|name| *name == self.sheet);
        let by_name = by_name.or_else(|| names.iter().position(same));
        let by_number = || wanted.parse::<usize>().ok()?.checked_sub(1);
        by_name.or_else(|| by_number().filter(|at| *at < names.len())).into_iter().collect()
    }

    /// Takes everything outside the area out of a sheet.
    pub fn crop(&self, sheet: &mut Sheet) {
        let Some(area) = self.area else { return };
        sheet.rows.retain(|row| (area.first.row..=area.last.row).contains(&row.index));
        for row in &mut sheet.rows {
            let within = |cell: &Kept| (area.first.col..=area.last.col).contains(&cell.col);
            row.cells.alter(|cells| cells.retain(within));
        }
        sheet.rows.retain(|row| !row.is_blank());
        sheet.merges.retain_mut(|merge| {
            let first = CellRef::new(
                merge.first.row.max(area.first.row),
                merge.first.col.max(area.first.col),
            );
            let last =
                CellRef::new(merge.last.row.min(area.last.row), merge.last.col.min(area.last.col));
            let stays = area.contains(merge.first) && first != last;
            *merge = Area { first, last };
            stays
        });
    }
}

/// Takes the quotes off a name that is written as in a formula (`'10 月'`).
fn unquoted(name: &str) -> &str {
    name.strip_prefix('\'').and_then(|name| name.strip_suffix('\'')).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::input::sheet::{NewCell, Row, Value};
    use crate::location::SheetId;

    fn positions(selector: &str, names: &[&str]) -> Vec<usize> {
        SheetSelector::parse(selector).positions(names.iter().copied().map(Some))
    }

    #[test]
    fn sheets_go_by_name_then_by_number() {
        let names = ["汇总", "10", "Sheet3 "];
        assert_eq!(positions("汇总", &names), [0]);
        assert_eq!(positions("10", &names), [1]);
        assert_eq!(positions("3", &names), [2]);
        assert_eq!(positions("sheet3", &names), [2]);
        assert_eq!(positions("'汇总'!A1:B2", &names), [0]);
        assert_eq!(positions("!A1:B2", &names), [0, 1, 2]);
        assert!(positions("4", &names).is_empty());
        assert!(positions("0", &names).is_empty());
        assert!(positions("九月", &names).is_empty());
    }

    #[test]
    fn an_area_is_one_only_if_it_reads_as_one() {
        let with = SheetSelector::parse("10月!K99:$A$5");
        assert_eq!(with.sheet, "10月");
        assert_eq!(with.area.map(|area| area.to_string()).as_deref(), Some("A5:K99"));
        let without = SheetSelector::parse("急!加单");
        assert_eq!((without.sheet.as_str(), without.area), ("急!加单", None));
    }

    #[test]
    fn cropping_leaves_the_area_alone() {
        let mut sheet = Sheet::new(Arc::new(SheetId { path: "a.xlsx".into(), sheet: None }));
        sheet.rows = (0..4)
            .map(|index| Row {
                index,
                cells: (0..4)
                    .map(|col| NewCell { value: Value::Bool(true), col, ..NewCell::default() })
                    .collect(),
                ..Row::default()
            })
            .collect();
        sheet.merges = ["B2:B9", "A1:A4", "C3:D4"].into_iter().filter_map(Area::parse).collect();
        SheetSelector::parse("!B2:C3").crop(&mut sheet);
        let places: Vec<_> = sheet
            .rows
            .iter()
            .map(|row| (row.index, row.cells.iter().next().unwrap().col, row.cells.len()))
            .collect();
        assert_eq!(places, [(1, 1, 2), (2, 1, 2)]);
        let merges: Vec<_> = sheet.merges.iter().map(Area::to_string).collect();
        assert_eq!(merges, ["B2:B3"]);
    }
}
