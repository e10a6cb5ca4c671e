//! How a document looks, as data: one TOML file a document.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::lang::Text;
use crate::report::{Kind, Orientation, SpanStyle};

/// The layout of one document.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Layout {
    /// The name on its tab.
    pub(super) name: Text,
    /// How the paper lies.
    #[serde(default)]
    pub(super) orientation: Orientation,
    /// What stands on it, top to bottom.
    pub(super) blocks: Vec<Block>,
    /// Its tables by name.
    #[serde(default)]
    pub(super) tables: BTreeMap<String, Table>,
}

/// Something that stands on a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Block {
    /// The field without which it is left out.
    pub(super) when: Option<String>,
    /// Pieces side by side.
    #[serde(default)]
    pub(super) spans: Vec<Span>,
    /// A paragraph over the whole width.
    pub(super) text: Option<Text>,
    /// The table that stands here.
    pub(super) table: Option<String>,
    /// Whether it is an empty row.
    #[serde(default)]
    pub(super) space: bool,
}

/// A piece of a row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Span {
    /// How many sheet columns it covers.
    pub(super) columns: u16,
    /// Its words, with `{fields}`.
    pub(super) text: Option<Text>,
    /// The field that alone stands in it, as the kind of value it is.
    pub(super) field: Option<String>,
    /// How it looks.
    #[serde(default)]
    pub(super) style: SpanStyle,
}

/// A table of a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    /// Its columns; their keys are their names in the data.
    pub(super) columns: Vec<Column>,
    /// The label of its total row.
    pub(super) total: Option<Text>,
    /// What it says when it has no rows.
    pub(super) empty: Option<Text>,
}

/// A column of a table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Column {
    /// Its name.
    pub(super) key: String,
    /// Its header.
    pub(super) label: Text,
    /// What its cells are.
    #[serde(default)]
    pub(super) kind: ColumnKind,
    /// Its width in narrow characters.
    pub(super) width: Option<u16>,
    /// How many sheet columns it takes.
    #[serde(default = "one")]
    pub(super) span: u16,
    /// Whether the total row sums it.
    #[serde(default)]
    pub(super) sum: bool,
    /// Whether it is left out where no row fills it; spans over it shrink.
    #[serde(default)]
    pub(super) if_filled: bool,
}

fn one() -> u16 {
    1
}

/// The kinds of columns that documents have.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ColumnKind {
    /// Words.
    #[default]
    Text,
    /// A number that is a name.
    Id,
    /// An amount.
    Money,
    /// A unit price.
    Price,
    /// A quantity.
    Quantity,
    /// A count.
    Integer,
    /// A day.
    Date,
    /// A word in the middle of its cell.
    Word,
}

impl From<ColumnKind> for Kind {
    fn from(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Kind::Text,
            ColumnKind::Id => Kind::Id,
            ColumnKind::Money => Kind::Money,
            ColumnKind::Price => Kind::Price,
            ColumnKind::Quantity => Kind::Quantity,
            ColumnKind::Integer => Kind::Integer,
            ColumnKind::Date => Kind::Date,
            ColumnKind::Word => Kind::Word,
        }
    }
}
