//! A row whose cells were looked at, once for all questions.

use super::grid::Line;
use super::look::{Reader, is_pair};
use super::shape::Shape;
use crate::input::sheet::Cell;

/// A row and the looks of its cells.
#[derive(Debug, Clone)]
pub(super) struct Seen<'a> {
    pub(super) line: Line<'a>,
    /// The cells that hold something, from left to right.
    pub(super) cells: Vec<(Cell<'a>, Shape)>,
}

impl<'a> Seen<'a> {
    /// Looks at a row.
    pub(super) fn at(line: Line<'a>, reader: &Reader<'a>) -> Self {
        Self { line, cells: line.filled().map(|cell| (cell, reader.shape(cell))).collect() }
    }

    /// Returns how many cells hold something.
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Returns how many cells have a look.
    pub(super) fn count(&self, looks: impl Fn(Shape) -> bool) -> usize {
        self.cells.iter().filter(|(_, shape)| looks(*shape)).count()
    }

    /// Returns how many cells keys and their values take up: one where both
    /// are in it, two where the value stands beside the key.
    pub(super) fn keyed(&self) -> usize {
        let keyed = self.cells.iter().enumerate().map(|(at, (cell, _))| {
            let text = cell.head().unwrap_or_default();
            if !text.contains([':', '：']) {
                0
            } else if is_pair(text) {
                1
            } else if text.trim_end().ends_with([':', '：']) {
                1 + usize::from(at + 1 < self.cells.len())
            } else {
                0
            }
        });
        keyed.sum()
    }
}
