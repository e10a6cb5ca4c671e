//! Rows that stand outside any table yet: titles and facts of the next one,
//! footers of the last one, data that has no header.

use super::footer::{Loose, footer};
use super::grid::{Line, Region};
use super::look::{Look, Reader, is_pair};
use super::scan::Draft;
use super::shape::shape;
use crate::input::table::Role;

/// Returns what a line is while no table is open.
pub(super) fn loose_kind<'a>(region: &Region<'a>, at: usize, reader: &Reader<'a>) -> Loose {
    let line = region.lines[at];
    let look = Look::at(region, line, reader);
    if is_form(line, &look, reader) {
        return footer(line).unwrap_or(Loose::Caption);
    }
    if look.typed + look.series >= 1 && look.filled >= 2 {
        return Loose::Data;
    }
    footer(line).unwrap_or(Loose::Caption)
}

/// Whether the row holds keys and values: `客户：X`, `客户 | X | 日期 | Y`.
fn is_form<'a>(line: Line<'a>, look: &Look, reader: &Reader<'a>) -> bool {
    let keyed = line.first().and_then(|cell| cell.head()).is_some_and(|text| {
        text.trim_end().ends_with([':', '：']) || (reader.knows(text) && look.filled <= 2)
    });
    look.pairs * 3 > look.filled || keyed || (look.alternates && look.known >= 2)
}

/// Whether a row holds a key that is a known header word, with its value.
pub(super) fn has_known_key<'a>(line: Line<'a>, reader: &Reader<'a>) -> bool {
    line.filled().any(|cell| {
        cell.head().filter(|text| is_pair(text)).is_some_and(|text| {
            let head = text.split([':', '：']).next().unwrap_or_default();
            head.split_whitespace().next_back().is_some_and(|key| reader.knows(key))
        })
    })
}

/// Returns which of the waiting lines is the first of the table that begins
/// at line `next`: those before it are footers of the table above.
pub(super) fn first_of_next(region: &Region<'_>, waiting: &[(usize, Loose)], next: usize) -> usize {
    let is_footer = |kind: &Loose| matches!(kind, Loose::Signature | Loose::Note);
    // Printed forms one below the other: from its title, set off by a gap, to
    // its header a form is of one piece.
    let last_gap = (1..waiting.len()).rfind(|at| region.gap(waiting[*at].0) > 0);
    if let Some(title) = last_gap.filter(|at| region.gap(next) == 0 && !is_footer(&waiting[*at].1))
    {
        return title;
    }
    let after_signature =
        waiting.iter().rposition(|(_, kind)| *kind == Loose::Signature).map_or(0, |at| at + 1);
    let gaps = (after_signature..waiting.len()).filter(|at| region.gap(waiting[*at].0) > 0);
    for at in gaps {
        if !is_footer(&waiting[at].1) {
            return at;
        }
    }
    let after_notes = waiting.iter().rposition(|(_, kind)| is_footer(kind)).map_or(0, |at| at + 1);
    // All of it belongs to the table above if only a gap divides it from the
    // next, and nothing from the one above.
    let divided =
        region.gap(next) > 0 && waiting.first().is_some_and(|(at, _)| region.gap(*at) == 0);
    if divided { waiting.len() } else { after_notes }
}

/// Splits the lines before a header into a table without a header, if they
/// are one, and what is left for the next table.
pub(super) fn split_data<'a>(
    region: &Region<'a>,
    waiting: Vec<(usize, Loose)>,
    reader: &Reader<'a>,
) -> (Option<Draft>, Vec<(usize, Loose)>) {
    let data: Vec<usize> =
        waiting.iter().filter(|(_, kind)| *kind == Loose::Data).map(|(at, _)| *at).collect();
    let alike = data.windows(2).any(|pair| is_alike(region.lines[pair[0]], region.lines[pair[1]]));
    let (Some(first), Some(last), true) = (data.first(), data.last(), alike) else {
        return (None, waiting);
    };
    let mut draft = Draft::default();
    let mut rest = Vec::new();
    for (at, kind) in waiting {
        let label = region.lines[at].first().and_then(|cell| reader.label(cell.head()?));
        let role = match kind {
            _ if at > *last => {
                rest.push((at, kind));
                continue;
            }
            Loose::Data => {
                label.filter(|label| label.sure).map_or(Role::Body, |label| label.role())
            }
            _ if at < *first => Role::Title,
            Loose::Signature => Role::Signature,
            Loose::Opening => Role::Opening,
            Loose::Caption | Loose::Note => Role::Note,
        };
        draft.rows.push((at, role));
    }
    (Some(draft), rest)
}

/// Whether two rows hold data of the same kinds in the same columns.
fn is_alike(left: Line<'_>, right: Line<'_>) -> bool {
    let same = left
        .filled()
        .filter(|cell| right.cell(cell.col).is_some_and(|other| shape(other) == shape(*cell)));
    let typed = left.filled().filter(|cell| {
        shape(*cell).is_typed() && right.cell(cell.col).is_some_and(|other| shape(other).is_typed())
    });
    same.count() * 2 >= left.count().max(right.count()) && typed.count() > 0
}
