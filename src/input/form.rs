//! Tables that are forms: names of fields on the left, their values on the
//! right (包装资料: 外箱尺寸 | 60*40*35cm).

use super::table::{Role, Table};
use crate::kinds::vocabulary;
use crate::text::header_key;

/// The most columns of a form.
const WIDEST: usize = 3;
/// The fewest lines of a form.
const SHORTEST: usize = 4;

/// Returns the words on the left of a form, folded as header words; nothing
/// if the table is no form.
pub fn names(table: &Table) -> Vec<String> {
    let Some(first) = table.columns.first().filter(|_| table.columns.len() <= WIDEST) else {
        return Vec::new();
    };
    let rows = table.rows_of(Role::Body);
    let texts: Vec<&str> = rows.filter_map(|row| table.cell(row, first.col)?.text()).collect();
    let known = texts.iter().filter(|text| names_a_field(text)).count();
    if texts.len() < SHORTEST || known * 3 < texts.len() * 2 {
        return Vec::new();
    }
    texts.into_iter().flat_map(|text| header_key(text).whole).collect()
}

/// Whether a text is the name of one field. Sizes and months are names of
/// columns, but as often values.
fn names_a_field(text: &str) -> bool {
    vocabulary::fields_of(text).iter().any(|meaning| !meaning.field.many)
}
