//! What a command found, and its forms: terminal, JSON, CSV, Markdown, xlsx.
//!
//! Commands build a [`Report`]; renderers turn it into text or bytes. The same
//! values feed all of them, so they cannot disagree.

pub mod appendix;
pub mod barcode;
pub mod cell;
pub mod column;
pub mod csv;
pub mod decisions;
pub mod format;
mod glyphs;
pub mod json;
pub mod labels;
pub mod md;
pub mod model;
pub mod picture;
mod rows;
mod section;
pub mod sheet;
pub mod table;
pub mod text;
pub mod visible;
pub mod xlsx;

pub use cell::{Calc, Cell, Tone};
pub use column::{Column, Kind};
pub use model::{ColumnRead, Conservation, Document, FileCopy, InputRead, Report};
pub use picture::Picture;
pub use rows::Rows;
pub use section::Section;
pub use sheet::{Block, Chart, ChartKind, Orientation, Paper, Sheet, Span, SpanStyle};
pub use table::{Row, RowStyle, Table};
