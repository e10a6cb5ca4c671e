//! Which warehouse a whole table is of: a fact beside it, its sheet's name,
//! its title.

use std::sync::Arc;

use super::facts::text;
use crate::input::table::Table;
use crate::kinds::Pattern;
use crate::text::{fold, header_word};

/// Returns the warehouse that the surroundings of a table name.
pub(super) fn of_table(table: &Table) -> Option<Arc<str>> {
    let sheet = table.sheet.id.sheet.as_deref().filter(|name| names_one(name));
    let title = || table.titles.iter().find_map(|title| in_title(&title.value));
    text(table, "stock_table", "warehouse")
        .or_else(|| sheet.map(|name| name.trim().into()))
        .or_else(title)
}

/// Whether a name is that of a warehouse.
pub(super) fn names_one(name: &str) -> bool {
    Pattern::Warehouse.matches(&header_word(name))
}

/// Returns the warehouse at the head of a title: 成品仓 of 成品仓库存表.
fn in_title(title: &str) -> Option<Arc<str>> {
    /// No name of a warehouse is longer, in characters.
    const LONGEST: usize = 6;
    let folded = fold(title);
    let at = folded.find('仓')?;
    let before = folded[..at].rsplit(['司', '厂', ')', ' ', ':']).next()?;
    let count = before.chars().count();
    let name = format!("{before}仓");
    // The title may be in the other script: its own characters, not ours.
    let own: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let own_at = own.find(['仓', '倉'])?;
    let start = own[..own_at].char_indices().rev().nth(count.checked_sub(1)?)?.0;
    let end = own[own_at..].chars().next().map_or(own_at, |c| own_at + c.len_utf8());
    (count <= LONGEST && names_one(&name)).then(|| own[start..end].into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_tell_the_warehouse() {
        for (title, name) in [
            ("成品仓库存表  2026-08-31", Some("成品仓")),
            ("面料仓盘点表", Some("面料仓")),
            ("青禾岭制衣有限公司 面料倉庫存表", Some("面料倉")),
            ("仓库盘点表", None),
            ("出仓明细", None),
            ("面辅料库存表", None),
        ] {
            assert_eq!(in_title(title).as_deref(), name, "{title}");
        }
        assert!(
            names_one("辅料仓") && names_one("仓库2") && names_one("2号仓") && names_one("WH-A")
        );
        assert!(
            !names_one("10月") && !names_one("入库") && !names_one("流水") && !names_one("仓库")
        );
    }
}
