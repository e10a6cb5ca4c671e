//! The tables that were checked, for people.

use super::TableRow;
use crate::kinds;
use crate::lang::Lang;
use crate::report::{Cell, Column, Row, Sheet, Table, Tone, labels};

/// So many problems are shown on a terminal.
pub(super) const ON_TERMINAL: usize = 40;

/// Makes the sheet of the tables and how many problems each has.
pub(super) fn tables(rows: &[TableRow<'_>], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("file", label("appendix.file")).width(32),
        Column::text("sheet", label("appendix.sheet")).width(16),
        Column::text("table", label("appendix.table")).width(10),
        Column::word("kind", label("appendix.kind")).width(18),
        Column::integer("errors", label("check.errors")).sum(),
        Column::integer("warnings", label("check.warnings")).sum(),
        Column::integer("notices", label("check.notices")).sum(),
        Column::word("state", label("check.state")),
    ])
    .total(label("common.total"))
    .empty(label("appendix.no_inputs"));
    for row in rows {
        let (tone, state) = match (row.errors, row.warnings) {
            (0, 0) => (Tone::Good, "check.fine"),
            (0, _) => (Tone::Warning, "check.look"),
            (_, _) => (Tone::Bad, "check.mend"),
        };
        let kind = row.kind.and_then(kinds::get).map(|kind| kind.name(lang));
        table.push(Row::new([
            row.path.into(),
            row.sheet.into(),
            row.table.into(),
            match kind {
                Some(kind) => Cell::word(Tone::Plain, kind),
                None => Cell::word(Tone::Warning, label("appendix.unknown_kind")),
            },
            row.errors.into(),
            row.warnings.into(),
            row.notices.into(),
            Cell::word(tone, label(state)),
        ]));
    }
    let title = label("check.title");
    Sheet::new("tables", title).landscape().title(title).table(table).on_terminal(rows.len())
}
