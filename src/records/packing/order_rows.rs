//! What the rows of an order by size are about: the pieces ordered, the ratio
//! to pack them by, or figures of another stage (cut, shipped, difference).

use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use super::names::{colour_key, size_key};
use super::sizes::SizeColumn;
use crate::data::{self, compiled_in};
use crate::input::table::{Column, Role, Table};
use crate::input::values::text::words;
use crate::text::fold;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    ratio: Vec<String>,
    ordered: Vec<String>,
    sizes: Vec<String>,
    others: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| data::read(compiled_in!("records/packing/order_rows")));

/// What a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Pieces that are ordered.
    Ordered,
    /// Pieces of each size in one carton.
    Ratio,
    /// Figures of another stage.
    Other,
    /// The sizes by other names.
    Sizes,
}

/// Tells the rows of one table apart.
#[derive(Debug)]
pub(super) struct Subjects<'t> {
    table: &'t Table,
    /// The columns whose texts may say it: all but those of sizes.
    columns: Vec<&'t Column>,
    /// Whether some rows say that they are what is ordered.
    told: bool,
}

impl<'t> Subjects<'t> {
    /// Looks at a table.
    pub(super) fn of(table: &'t Table, sizes: &[SizeColumn<'t>]) -> Self {
        let is_size = |column: &&Column| sizes.iter().any(|size| size.column.col == column.col);
        let columns = table.columns.iter().filter(|column| !is_size(column)).collect();
        let mut subjects = Self { table, columns, told: false };
        subjects.told = table
            .rows_of(Role::Body)
            .any(|row| subjects.said(row).is_some_and(|(said, _)| said == Subject::Ordered));
        subjects
    }

    /// Returns what a row is about. Figures of another stage are such only
    /// where what is ordered is named beside them.
    pub(super) fn subject(&self, row: u32) -> Subject {
        match self.said(row) {
            Some((said @ (Subject::Ratio | Subject::Sizes), _)) => said,
            Some((Subject::Other, _)) if self.told => Subject::Other,
            _ => Subject::Ordered,
        }
    }

    /// Returns the colour that a row of a ratio is for; `None`: for all.
    pub(super) fn colour(&self, row: u32, colour: Option<&Arc<str>>) -> Option<String> {
        let (_, said) = self.said(row)?;
        colour.filter(|colour| ***colour != *said).map(|colour| colour_key(colour))
    }

    fn said(&self, row: u32) -> Option<(Subject, Arc<str>)> {
        self.columns.iter().find_map(|column| {
            let text = words(&self.table.cell(row, column.col)?.value())?;
            let said = subject_of(&text)?;
            // `US` names sizes below `EU`; below 目的地 it is where they go.
            let fits = said != Subject::Sizes || names_systems(column);
            fits.then_some((said, text))
        })
    }
}

/// Whether a column says whose sizes a row names.
fn names_systems(column: &Column) -> bool {
    let header = column.header.as_str();
    column.field.is_none() && (header.is_empty() || subject_of(header) == Some(Subject::Sizes))
}

fn subject_of(text: &str) -> Option<Subject> {
    let folded = fold(text);
    let word = folded.trim_end_matches([':', '(', ')']);
    let is = |words: &[String]| words.iter().any(|known| known == word);
    if is(&WORDS.ratio) {
        Some(Subject::Ratio)
    } else if is(&WORDS.ordered) {
        Some(Subject::Ordered)
    } else if is(&WORDS.others) {
        Some(Subject::Other)
    } else if is(&WORDS.sizes) {
        Some(Subject::Sizes)
    } else {
        None
    }
}

/// Writes a ratio of sizes as it is written beside a colour: `s:1 m:2 l:2`.
pub(super) fn written(sizes: &[(Option<Arc<str>>, u64)]) -> Arc<str> {
    let one = |(size, pieces): &(Option<Arc<str>>, u64)| {
        format!("{}:{pieces}", size.as_deref().map(size_key).unwrap_or_default())
    };
    sizes.iter().map(one).collect::<Vec<_>>().join(" ").into()
}
