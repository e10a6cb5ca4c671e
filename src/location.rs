//! Where a value stands: file, sheet and cell. A place cannot be recovered
//! later, so it travels with the value.

use std::fmt;
use std::sync::Arc;

/// A file and, for workbooks, one of its sheets. Shared by all places in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetId {
    /// The path as the person named it (or as it was found in her folder).
    pub path: String,
    /// The sheet's name; `None` for text files, which have no sheets.
    pub sheet: Option<String>,
}

impl fmt::Display for SheetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet {
            Some(sheet) => write!(f, "{}#{sheet}", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// A cell's row and column, both counted from 0; shown as `C12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Row from 0. For text files: the physical line a record begins on.
    pub row: u32,
    /// Column from 0.
    pub col: u16,
}

impl CellRef {
    /// Makes the reference of row `row` and column `col`, both from 0.
    pub fn new(row: u32, col: u16) -> Self {
        Self { row, col }
    }

    /// Reads `C12` (any case, `$` ignored); `None` if it is not a cell.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace('$', "");
        let split = text.find(|c: char| c.is_ascii_digit())?;
        let (letters, digits) = text.split_at(split);
        let row: u32 = digits.parse().ok()?;
        Some(Self { row: row.checked_sub(1)?, col: parse_column(letters)? })
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.col), u64::from(self.row) + 1)
    }
}

/// Returns the letters of a column counted from 0: `0` is `A`, `26` is `AA`.
pub fn column_name(col: u16) -> String {
    let mut left = u32::from(col) + 1;
    let mut letters = Vec::new();
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// Reads the letters of a column: `A` is `0`; `None` if they are not one.
pub fn parse_column(letters: &str) -> Option<u16> {
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let mut col: u32 = 0;
    for letter in letters.chars() {
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return None;
        }
        col = col * 26 + (letter as u32 - 'A' as u32 + 1);
    }
    u16::try_from(col - 1).ok()
}

/// A cell of a sheet; shown as `path#sheet!A1`, for text files `path!A1`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file and sheet.
    pub sheet: Arc<SheetId>,
    /// The cell.
    pub cell: CellRef,
}

impl Location {
    /// Makes the place of `cell` in `sheet`.
    pub fn new(sheet: &Arc<SheetId>, cell: CellRef) -> Self {
        Self { sheet: Arc::clone(sheet), cell }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}!{}", self.sheet, self.cell)
    }
}

impl serde::Serialize for Location {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A rectangle of cells, both corners included; shown as `A4:K57`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Area {
    /// The upper left cell.
    pub first: CellRef,
    /// The lower right cell.
    pub last: CellRef,
}

impl Area {
    /// Reads `A4:K57` or a single cell; the corners in any order. `None` if it
    /// is no area.
    pub fn parse(text: &str) -> Option<Self> {
        let (one, other) = text.split_once(':').unwrap_or((text, text));
        let (one, other) = (CellRef::parse(one)?, CellRef::parse(other)?);
        Some(Self {
            first: CellRef::new(one.row.min(other.row), one.col.min(other.col)),
            last: CellRef::new(one.row.max(other.row), one.col.max(other.col)),
        })
    }

    /// Whether the cell lies inside.
    pub fn contains(&self, cell: CellRef) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.col..=self.last.col).contains(&cell.col)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

/// A value and the cell it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Its cell.
    pub at: Location,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_read_back_as_they_are_shown() {
        for (row, col, shown) in
            [(0, 0, "A1"), (11, 2, "C12"), (99, 26, "AA100"), (0, 16_383, "XFD1")]
        {
            let cell = CellRef::new(row, col);
            assert_eq!(cell.to_string(), shown);
            assert_eq!(CellRef::parse(shown), Some(cell));
        }
        assert_eq!(CellRef::parse("A0"), None);
        assert_eq!(CellRef::parse("12"), None);
    }
}
