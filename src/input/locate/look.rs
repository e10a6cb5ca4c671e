//! How much a row looks like a header: known words first, then what its cells
//! are and are not.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::grid::{Line, Region, last_col};
use super::label::{Label, label};
use super::series::{in_series, is_member};
use super::shape::{Shape, shape};
use super::words::words;
use crate::input::sheet::Cell;
use crate::kinds::vocabulary::{is_header_word, is_listed};
use crate::text::fold;
use crate::text::heads_weights;

/// Answers about words that come again and again.
#[derive(Debug, Default)]
pub(super) struct Reader<'a> {
    known: RefCell<FxHashMap<&'a str, bool>>,
    labels: RefCell<FxHashMap<&'a str, Option<Label>>>,
    words: RefCell<FxHashMap<&'a str, Shape>>,
}

/// More answers than these are forgotten: memory stays bounded.
const REMEMBERED: usize = 1 << 16;

/// Longer texts are no header words and no labels.
const LONGEST_HEADER: usize = 120;

impl<'a> Reader<'a> {
    /// Whether the text of a cell is a known header word.
    pub(super) fn knows(&self, text: &'a str) -> bool {
        if text.len() > LONGEST_HEADER {
            return false;
        }
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return heads_weights(text);
        }
        let mut known = self.known.borrow_mut();
        if known.len() > REMEMBERED {
            known.clear();
        }
        *known.entry(text).or_insert_with(|| is_header_word(text))
    }

    /// Returns the look of a cell; short words, which come again, are looked at
    /// once.
    pub(super) fn shape(&self, cell: Cell<'a>) -> Shape {
        const LONGEST_WORD: usize = 24;
        let text = cell.head().filter(|text| {
            text.len() <= LONGEST_WORD && !text.as_bytes().first().is_some_and(u8::is_ascii)
        });
        let Some(text) = text else { return shape(cell) };
        let mut words = self.words.borrow_mut();
        if words.len() > REMEMBERED {
            words.clear();
        }
        *words.entry(text).or_insert_with(|| shape(cell))
    }

    /// Returns the label that a text is.
    pub(super) fn label(&self, text: &'a str) -> Option<Label> {
        if text.is_ascii() && text.bytes().any(|b| b.is_ascii_digit()) && !text.contains(' ') {
            return None;
        }
        let mut labels = self.labels.borrow_mut();
        if labels.len() > REMEMBERED {
            labels.clear();
        }
        labels.entry(text).or_insert_with(|| label(text)).clone()
    }
}

/// What the cells of a row are, as far as headers go.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    /// Cells that hold something.
    pub(super) filled: usize,
    /// Known header words, sizes among them.
    pub(super) known: usize,
    /// Other short words.
    pub(super) words: usize,
    /// Numbers, months, sizes, dates that go up from cell to cell.
    pub(super) series: usize,
    /// Figures, dates, codes that do not.
    pub(super) typed: usize,
    /// Sentences.
    pub(super) prose: usize,
    /// Cells that hold a key with its value.
    pub(super) pairs: usize,
    /// Cells that say what a cell before them says.
    pub(super) repeats: usize,
    /// Whether known words and other cells take turns, as in a form.
    pub(super) alternates: bool,
    /// Whether it begins with the label of a sum.
    pub(super) summed: bool,
}

impl Look {
    /// Looks at a row.
    pub(super) fn at<'a>(region: &Region<'a>, line: Line<'a>, reader: &Reader<'a>) -> Self {
        let cells: Vec<Cell<'_>> = line.filled().collect();
        let series = in_series(&cells);
        let mut look = Self { filled: cells.len(), ..Self::default() };
        let first = cells.first().and_then(|cell| reader.label(cell.head()?));
        look.summed = first.is_some_and(|label| label.sure);
        let mut turns = Vec::with_capacity(cells.len());
        let mut seen: FxHashSet<String> = FxHashSet::default();
        for (cell, in_series) in cells.into_iter().zip(series) {
            let spans = last_col(region.sheet, line.row, cell) > cell.col;
            let known = look.add(cell, in_series, spans, reader);
            turns.push(known);
            if let Some(text) = cell.head() {
                look.repeats += usize::from(!seen.insert(fold(text)));
            }
        }
        look.alternates =
            turns.len() > 2 && turns.iter().enumerate().all(|(at, known)| *known == (at % 2 == 0));
        look
    }

    /// Counts a cell; says whether it is a known word.
    fn add<'a>(
        &mut self,
        cell: Cell<'a>,
        in_series: bool,
        spans: bool,
        reader: &Reader<'a>,
    ) -> bool {
        if in_series {
            self.series += 1;
            return true;
        }
        let Some(text) = cell.head() else {
            self.add_shape(Shape::Number, spans);
            return false;
        };
        // `求和项:数量` and `用量:分子` name columns; a label that waits for its
        // value is of a form, not of a table.
        if names_a_column(text) {
            self.known += 1;
            return true;
        }
        if is_pair(text) || text.trim_end().ends_with([':', '：']) {
            self.pairs += 1;
            return false;
        }
        if is_described(text) {
            self.prose += 1;
            return false;
        }
        if reader.knows(text) {
            self.known += 1;
            return true;
        }
        // The last month of a series that dots cut short.
        let shape = if is_member(text) { Shape::Word } else { reader.shape(cell) };
        self.add_shape(shape, spans);
        false
    }

    /// Counts a cell that is no known word by its look. What spans several
    /// columns names a group of them (10/5 over 入 and 出), whatever it is.
    fn add_shape(&mut self, shape: Shape, spans: bool) {
        match shape {
            Shape::Word => self.words += 1,
            Shape::Prose => self.prose += 1,
            Shape::Blank => self.filled -= 1,
            _ if spans => self.series += 1,
            _ => self.typed += 1,
        }
    }

    /// Whether known words alone make it a header.
    pub(super) fn is_strong(&self) -> bool {
        let named = self.known + self.series;
        let all = named == self.filled;
        let enough = self.known >= 2 || (self.known == 1 && self.series >= if all { 2 } else { 3 });
        // Exports of programs have dozens of columns that nobody has heard of.
        let share = match self.known {
            0..4 => named * 2 >= self.filled,
            4..8 => named * 5 >= self.filled * 2,
            _ => named * 4 >= self.filled,
        };
        if self.summed && self.known < 3 {
            return false;
        }
        let foreign = self.typed + self.prose + self.pairs;
        // A year, a rate or a slip of the pen among five known words is one.
        enough && share && (foreign * 8 <= self.filled || foreign * 4 <= self.known)
    }

    /// Whether it could be a header by its cells, though nobody knows its words.
    pub(super) fn is_possible(&self) -> bool {
        self.filled >= 2
            && self.typed + self.prose + self.pairs == 0
            && self.words + self.known >= 2
            && self.repeats == 0
    }
}

/// Whether a text describes a column, as programs do below its name
/// (`Order created time.`), and does not name it (`Order No.`).
fn is_described(text: &str) -> bool {
    const ABBREVIATED: usize = 4;
    let Some(sentence) = text.trim_end().strip_suffix('.') else { return false };
    let Some((_, last)) = sentence.rsplit_once(' ') else { return false };
    last.len() >= ABBREVIATED && sentence.is_ascii() && last.bytes().all(|b| b.is_ascii_lowercase())
}

/// Whether a row can be no header: decided from its first cells, because most
/// rows of a sheet are data.
pub(super) fn is_surely_data<'a>(line: Line<'a>, reader: &Reader<'a>) -> bool {
    const LOOKED_AT: usize = 5;
    let sizes = &words().cell.sizes;
    !line.filled().take(LOOKED_AT).any(|cell| {
        cell.head()
            .is_some_and(|text| reader.knows(text) || (text.len() <= 12 && sizes.has(&fold(text))))
    })
}

/// Whether a text names a column though a colon is in it: as programs do
/// (用量:分子), or as a pivot table does: something, a colon, and a known
/// header word.
fn names_a_column(text: &str) -> bool {
    let Some((head, tail)) = text.split_once([':', '：']) else { return false };
    if !tail.trim().is_empty() && is_listed(text) {
        return true;
    }
    is_header_word(tail) && !is_header_word(head) && !head.contains(char::is_whitespace)
}

/// Whether a text is a key with its value: `客户：青禾岭`.
pub(super) fn is_pair(text: &str) -> bool {
    let Some((head, tail)) = text.split_once([':', '：']) else { return false };
    let key = head.split_whitespace().next_back().unwrap_or_default();
    !key.is_empty()
        && key.chars().count() <= 16
        && !tail.trim().is_empty()
        && !key.contains(['(', '（', '['])
        && !key.chars().all(|c| c.is_ascii_digit())
}
