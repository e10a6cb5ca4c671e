//! The numbers of a statement's lines: in columns of the row, or above the lines
//! of a delivery note, where notes one below the other stand for a statement.

use std::sync::Arc;

use super::super::DocumentNo;
use super::super::classify::words;
use super::super::reader::RowReader;
use super::super::receipt::Form;
use crate::input::table::Table;
use crate::input::values::DateHints;
use crate::text::fold;

/// Returns what is said once above the lines of a delivery note that stands
/// for a part of the statement; nothing of any other paper.
pub(super) fn note_form(table: &Table, reader: &RowReader<'_>, hints: DateHints) -> Form {
    let is_note = |title: &str| words().note.titles.iter().any(|word| fold(title).contains(word));
    let is_note = table.titles.iter().any(|title| is_note(&title.value));
    if !is_note || reader.has("delivery_note_no") {
        return Form::default();
    }
    let form = Form::of("supplier_statement", table, hints);
    Some(form).filter(|form| !form.document_nos.is_empty()).unwrap_or_default()
}

/// Returns the numbers of the row's document. A number in two columns (單別 +
/// 單號) is one; then its second part is known besides. Words in the first
/// column (销售, 退货) are no part of a number.
pub(super) fn document_nos(
    reader: &mut RowReader<'_>,
) -> (Vec<DocumentNo>, Vec<DocumentNo>, Option<Arc<str>>) {
    let mut numbers = reader.ids("delivery_note_no");
    // Words where the number should be (现金, Payment - wire) are none.
    numbers.retain(|number| number.text.chars().any(char::is_numeric));
    let Some(prefix) = reader.text("delivery_note_type") else {
        return (numbers, Vec::new(), None);
    };
    let is_code = prefix.len() <= 6 && prefix.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_code {
        return (numbers, Vec::new(), Some(prefix));
    }
    let joined = |number: &DocumentNo| {
        let text = match number.text.starts_with(&*prefix) {
            true => Arc::clone(&number.text),
            false => Arc::from(format!("{prefix}{}", number.text)),
        };
        DocumentNo { text, damaged: number.damaged }
    };
    (numbers.iter().map(joined).collect(), numbers, None)
}
