//! Bounds on what a file may ask for, checked before and while it is read. A
//! file past a bound is refused with a finding, never cut.

/// How much a file may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Parts of a package (zip entries).
    pub parts: usize,
    /// Unpacked bytes of one part.
    pub part_bytes: u64,
    /// Unpacked bytes of a part that is kept in memory (relations, styles).
    pub small_part_bytes: u64,
    /// Unpacked bytes of all parts that are read.
    pub package_bytes: u64,
    /// Unpacked bytes of a package that the library is asked to read.
    pub library_bytes: u64,
    /// Cells of a workbook.
    pub cells: u64,
    /// Bytes of its texts.
    pub text_bytes: u64,
    /// Bytes of what its cells show: one text may stand in a million cells.
    pub shown_bytes: u64,
    /// Rows of a text file; a sheet of any program has fewer.
    pub lines: u64,
    /// Merged areas of a sheet.
    pub merges: usize,
    /// Sheets of a workbook.
    pub sheets: usize,
    /// Styles of a workbook.
    pub styles: usize,
}

impl Default for Limits {
    /// A full month of a large shop is a tenth of this.
    fn default() -> Self {
        Self {
            file_bytes: 512 << 20,
            parts: 20_000,
            part_bytes: 4 << 30,
            small_part_bytes: 64 << 20,
            package_bytes: 8 << 30,
            library_bytes: 512 << 20,
            cells: 24_000_000,
            text_bytes: 512 << 20,
            shown_bytes: 1 << 30,
            lines: 4_000_000,
            merges: 1_000_000,
            sheets: 4_096,
            styles: 200_000,
        }
    }
}

/// What there was too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Excess {
    /// The bound, by its name in [`Limits`].
    pub(super) what: &'static str,
    /// The bound's value.
    pub(super) limit: u64,
}

/// What is left of the limits while a file is read.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    limits: Limits,
    cells: u64,
    text_bytes: u64,
    shown_bytes: u64,
}

impl Budget {
    /// Makes the budget of one file.
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, cells: 0, text_bytes: 0, shown_bytes: 0 }
    }

    /// Returns the limits it was made from.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Counts one cell that shows `bytes` of text.
    pub(super) fn cell(&mut self, bytes: usize) -> Result<(), Excess> {
        self.cells += 1;
        self.shown_bytes += bytes as u64;
        check("cells", self.cells, self.limits.cells)?;
        check("shown_bytes", self.shown_bytes, self.limits.shown_bytes)
    }

    /// Counts `bytes` of text.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), Excess> {
        self.text_bytes += bytes as u64;
        check("text_bytes", self.text_bytes, self.limits.text_bytes)
    }
}

/// Refuses `found` past `limit`.
pub(super) fn check(what: &'static str, found: u64, limit: u64) -> Result<(), Excess> {
    if found > limit { Err(Excess { what, limit }) } else { Ok(()) }
}
