//! Columns of days under a header that no one knows, where the kind must have
//! a date and none was found: a job would go on as if there were no dates.

use super::assign::Assignment;
use super::header::Headers;
use super::profile::Sample;
use super::{is_beside, shown};
use crate::finding::{Finding, codes};
use crate::input::table::Table;
use crate::kinds::{Field, FieldType, Kind, Required};
use crate::location::column_name;

/// Tells of every such column.
pub(super) fn days(
    assignment: &Assignment,
    headers: &Headers,
    sample: &Sample<'_>,
    table: &Table,
    kind: &'static Kind,
) -> Vec<Finding> {
    let is_missed = |field: &&Field| {
        field.field_type == FieldType::Date
            && field.required == Required::Yes
            && !field.outside
            && assignment.column(&field.name).is_none()
            && !is_beside(table, kind, std::slice::from_ref(&field.name))
    };
    let Some(field) = kind.fields.iter().find(is_missed) else { return Vec::new() };
    let contested = |at: &usize| assignment.contests.iter().any(|c| c.columns.contains(at));
    let holds_days = |at: &usize| {
        let profile = sample.profile(*at);
        profile.mostly(profile.days)
    };
    let unread = (0..table.columns.len())
        .filter(|at| assignment.columns[*at].is_none() && !headers.is_silent(*at))
        .filter(|at| !contested(at) && holds_days(at));
    let row = table.header_rows.last().copied().unwrap_or(table.area.first.row);
    let tell = |at: usize| {
        let column = &table.columns[at];
        Finding::of(codes::DAYS_UNREAD)
            .at(table.at(row, column.col))
            .with("column", column_name(column.col))
            .with("header", &column.header)
            .with("field", shown(field))
            .with("kind", &kind.id)
            .with("name", &field.name)
    };
    unread.map(tell).collect()
}
