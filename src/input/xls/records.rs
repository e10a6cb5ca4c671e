//! Records: a type, a length, and that many bytes.

/// The types of records that matter. Excel 2 to 4 use other numbers for some.
pub(super) mod kind {
    pub(in crate::input::xls) const BOF: u16 = 0x0809;
    pub(in crate::input::xls) const BOF_2: u16 = 0x0009;
    pub(in crate::input::xls) const BOF_3: u16 = 0x0209;
    pub(in crate::input::xls) const BOF_4: u16 = 0x0409;
    pub(in crate::input::xls) const EOF: u16 = 0x000A;
    pub(in crate::input::xls) const CONTINUE: u16 = 0x003C;
}

/// One record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// Its type.
    pub(super) kind: u16,
    /// What it holds.
    pub(super) data: &'a [u8],
}

impl<'a> Record<'a> {
    /// Whether a sheet, or what is said for all sheets, begins with it.
    pub(super) fn begins(&self) -> bool {
        matches!(self.kind, kind::BOF | kind::BOF_2 | kind::BOF_3 | kind::BOF_4)
    }

    /// Returns the byte at `at`, 0 past the end.
    pub(super) fn u8(&self, at: usize) -> u8 {
        self.data.get(at).copied().unwrap_or_default()
    }

    /// Returns the two-byte number at `at`, 0 past the end.
    pub(super) fn u16(&self, at: usize) -> u16 {
        u16::from_le_bytes([self.u8(at), self.u8(at + 1)])
    }

    /// Returns the four-byte number at `at`, 0 past the end.
    pub(super) fn u32(&self, at: usize) -> u32 {
        u32::from(self.u16(at)) | u32::from(self.u16(at + 2)) << 16
    }

    /// Returns the binary number at `at`, if it is all there.
    pub(super) fn f64(&self, at: usize) -> Option<f64> {
        Some(f64::from_le_bytes(self.data.get(at..at + 8)?.try_into().ok()?))
    }

    /// Returns what stands from `at` on.
    pub(super) fn from(&self, at: usize) -> &'a [u8] {
        self.data.get(at..).unwrap_or_default()
    }
}

/// The records of a stream, in order.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    /// Begins at byte `at`.
    pub(super) fn at(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// Returns the byte at which the next record begins.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Returns where the parts begin that follow one another from here on.
    pub(super) fn starts(mut self) -> Vec<usize> {
        let (mut starts, mut depth) = (Vec::new(), 0_usize);
        let mut at = self.at;
        while let Some(record) = self.next() {
            if record.begins() {
                if depth == 0 {
                    starts.push(at);
                }
                depth += 1;
            } else if record.kind == kind::EOF {
                depth = depth.saturating_sub(1);
            }
            at = self.at;
        }
        starts
    }

    /// Returns the bytes that the last record is continued in, one part for
    /// each record that continues it.
    pub(super) fn continued(&mut self) -> Vec<&'a [u8]> {
        let mut parts = Vec::new();
        let mut ahead = self.clone();
        while let Some(Record { kind: kind::CONTINUE, data }) = ahead.next() {
            parts.push(data);
            *self = ahead.clone();
        }
        parts
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    /// Returns the next record. One that runs past the end of a stream that
    /// was cut off holds what is there.
    fn next(&mut self) -> Option<Record<'a>> {
        let head = self.stream.get(self.at..)?.get(..4)?;
        let kind = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let from = self.at + 4;
        let end = (from + length).min(self.stream.len());
        self.at = end;
        Some(Record { kind, data: &self.stream[from..end] })
    }
}
