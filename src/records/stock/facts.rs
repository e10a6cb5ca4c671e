//! What stands around a table once for all its rows: its warehouse, the item
//! of a stock card, the supplier of an order.

use std::sync::Arc;

use super::super::Item;
use crate::input::sheet::Cell;
use crate::input::table::{Fact, Role, Table, TableRow};
use crate::kinds;
use crate::text::header_word;

/// Returns the facts around a table that are a field of a kind, by the words
/// that head its columns.
pub(super) fn facts<'t>(
    table: &'t Table,
    kind: &'static str,
    field: &'static str,
) -> impl Iterator<Item = &'t Fact> {
    let kind = kinds::get(kind);
    table.facts.iter().filter(move |fact| {
        let meant = kind.and_then(|kind| kind.claim(&header_word(&fact.key)));
        meant.is_some_and(|meant| meant.name == field)
    })
}

/// Returns the text of the first fact that is a field of a kind.
pub(super) fn text(table: &Table, kind: &'static str, field: &'static str) -> Option<Arc<str>> {
    let mut values = facts(table, kind, field).map(|fact| fact.value.value.trim());
    values.find(|value| !value.is_empty()).map(Arc::from)
}

/// Returns the item that the facts around a table name.
pub(super) fn item(table: &Table, kind: &'static str) -> Item {
    let text = |field| text(table, kind, field);
    let item = Item { spec: text("spec"), color: text("color"), ..Item::default() };
    match (text("item_code"), text("item_name")) {
        (None, Some(name)) => named(&name, item),
        (code, name) => Item { code, name, ..item },
    }
}

/// Returns the items that rows between the rows of a table name, as cards in
/// one table do, from the last row up.
pub(super) fn items(table: &Table, kind: &'static str) -> Vec<(u32, Item)> {
    let kind = kinds::get(kind);
    let field = |key: &str| {
        let meant = kind.and_then(|kind| kind.claim(&header_word(key)));
        meant.map(|field| field.name.as_str())
    };
    let rows = table.area.first.row..=table.area.last.row;
    let inside = |row: &&TableRow| row.role == Role::Note && rows.contains(&row.row);
    let mut found = Vec::new();
    for row in table.rows.iter().filter(inside) {
        let Some(cells) = table.sheet.row(row.row) else { continue };
        let mut item = Item::default();
        for text in cells.cells.iter().filter_map(Cell::text) {
            let Some((key, value)) = text.split_once([':', '：']) else { continue };
            let value = value.trim();
            match field(key) {
                Some("item_code") if !value.is_empty() => item.code = Some(Arc::from(value)),
                Some("item_name") if !value.is_empty() => item.name = Some(Arc::from(value)),
                _ => {}
            }
        }
        match (item.code.is_some(), item.name.clone()) {
            (false, Some(name)) => found.push((row.row, named(&name, item))),
            (true, _) => found.push((row.row, item)),
            (false, None) => {}
        }
    }
    found.reverse();
    found
}

/// Takes a name apart that has its code before it: `Q-1 铜线 0.5mm`.
fn named(text: &str, item: Item) -> Item {
    let is_code = |word: &str| {
        word.is_ascii() && word.len() >= 2 && word.bytes().any(|byte| byte.is_ascii_digit())
    };
    match text.split_once(char::is_whitespace) {
        Some((code, name)) if is_code(code) && !name.trim().is_empty() => {
            Item { code: Some(Arc::from(code)), name: Some(Arc::from(name.trim())), ..item }
        }
        _ => Item { name: Some(Arc::from(text)), ..item },
    }
}
