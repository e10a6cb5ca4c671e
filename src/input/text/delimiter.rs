//! What separates the fields of a text file: the character that cuts its lines
//! into the most columns most evenly.

use super::records;

/// How a text file is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// What separates fields.
    pub(super) delimiter: Delimiter,
    /// How many lines stand before the data: 1 for a `sep=;` line.
    pub(super) skip: u32,
}

/// What separates fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// One character.
    Byte(u8),
    /// Two spaces or more, or a tab: text made to be printed.
    Spaces,
}

/// Separators by preference.
const CANDIDATES: [Delimiter; 9] = [
    Delimiter::Byte(b','),
    Delimiter::Byte(b'\t'),
    Delimiter::Byte(b';'),
    Delimiter::Byte(b'|'),
    Delimiter::Byte(b'^'),
    Delimiter::Byte(b'~'),
    Delimiter::Byte(0x01),
    Delimiter::Byte(0x1F),
    Delimiter::Spaces,
];

/// How much of the text is looked at.
const SAMPLE: usize = 128 << 10;

/// Finds the layout of a text.
pub(super) fn find(text: &str) -> Layout {
    if let Some(delimiter) = declared(text) {
        return Layout { delimiter: Delimiter::Byte(delimiter), skip: 1 };
    }
    let sample = sample(text);
    let mut best = (0, CANDIDATES[0]);
    for delimiter in CANDIDATES {
        let score = score(sample, delimiter);
        // Spaces separate only where nothing else does.
        let stands = delimiter != Delimiter::Spaces || best.0 == 0;
        if stands && score > best.0 {
            best = (score, delimiter);
        }
    }
    Layout { delimiter: best.1, skip: 0 }
}

/// Reads a first line of `sep=;`, as spreadsheets do.
fn declared(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches('"');
    let (name, delimiter) = line.split_at_checked(4)?;
    let delimiter: [u8; 1] = delimiter.as_bytes().try_into().ok()?;
    name.eq_ignore_ascii_case("sep=").then_some(delimiter[0])
}

/// Returns the beginning of a text, in whole lines.
fn sample(text: &str) -> &str {
    if text.len() <= SAMPLE {
        return text;
    }
    let end = (0..=SAMPLE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let cut = text[..end].rfind(['\n', '\r']).unwrap_or(end);
    &text[..cut]
}

/// Returns how well a separator fits: columns gained, in all records that
/// have as many fields as most have. Even cutting counts twice: thousands
/// separators cut finer, but only where the figures are large. Quotes that run
/// over lines and close where the separator stands, in records that are all as
/// wide, leave no doubt: what stands in such a field is no evidence.
fn score(sample: &str, delimiter: Delimiter) -> usize {
    let mut widths: Vec<usize> = Vec::new();
    let layout = Layout { delimiter, skip: 0 };
    // Counting cannot fail; a record too long for the reader is not counted.
    let mut tail = Tail::default();
    let mut runs_over = false;
    let counted = records::each(sample, layout, |_, fields| {
        tail.look(fields);
        runs_over |= fields.iter().any(|field| field.contains(['\n', '\r']));
        // A separator that cuts through quotes is none.
        if !fields.iter().any(|field| field.starts_with('"')) {
            widths.push(fields.len());
        }
        Ok(())
    });
    if counted.is_err() || tail.is_one {
        return 0;
    }
    let widest = widths.iter().copied().max().unwrap_or(0);
    if runs_over && widest > 1 && widths.len() > 1 && widths.iter().all(|width| *width == widest) {
        return usize::MAX;
    }
    let mut counts = vec![0_usize; widest + 1];
    for width in widths {
        counts[width] += 1;
    }
    let gained = |(width, count): (usize, &usize)| width.saturating_sub(1) * count * count;
    counts.iter().enumerate().map(gained).max().unwrap_or(0)
}

/// Whether what separates is the end of every field of another separator:
/// exports close each field with a tab, so that no spreadsheet takes a long
/// number for a figure (`2610…\t,19.90\t,…`).
#[derive(Default)]
struct Tail {
    is_one: bool,
    seen: bool,
}

impl Tail {
    fn look(&mut self, fields: &[std::borrow::Cow<'_, str>]) {
        let Some((_, behind)) = fields.split_first().filter(|(_, behind)| behind.len() > 1) else {
            return;
        };
        let ends = |field: &str| field.is_empty() || field.starts_with(',');
        let all = behind.iter().all(|field| ends(field));
        self.is_one =
            all && behind.iter().any(|field| !field.is_empty()) && (self.is_one || !self.seen);
        self.seen = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_that_cuts_evenly_is_found() {
        for (text, expected) in [
            ("a,b,c\n1,2,3\n", b','),
            ("a\t,b\t,c\t\n1\t,2\t,3\t\n", b','),
            ("a,b,c\n1\t,2\t,3\t\n4\t,5\t,\t\n", b','),
            ("a\tb\n1,000.00\t2,000.00\n1,500.00\t2,500.00\n", b'\t'),
            ("品名;单价;金额\nA;1,5;2,5\nB;2,5;3,5\n", b';'),
            ("a|b|c\n1|2,3|4\n", b'|'),
            ("a^b\n1^2\n", b'^'),
            ("对账单\n供应商：甲, 乙\n单号\t数量\nA\t1\nB\t2\n", b'\t'),
            ("name,tags\nx,a;b\ny,c;d\n", b','),
            ("\"a,b,c\"|1\n\"d,e,f\"|2\n", b'|'),
            ("单号,备注\nA1,\"换货;1\n退货;2\n补发;3\n赠品;4\"\n", b','),
            ("one column\nonly\n", b','),
            ("", b','),
        ] {
            assert_eq!(find(text).delimiter, Delimiter::Byte(expected), "{text}");
        }
    }

    #[test]
    fn printed_columns_are_separated_by_spaces() {
        let text = "品名      数量\n拉链      100\n纽扣 四孔  20\n";
        assert_eq!(find(text).delimiter, Delimiter::Spaces);
    }

    #[test]
    fn a_declared_separator_goes_first() {
        let layout = Layout { delimiter: Delimiter::Byte(b';'), skip: 1 };
        assert_eq!(find("sep=;\r\na,b;c\r\n"), layout);
        assert_eq!(find("\"sep=;\"\na,b;c\n"), layout);
        assert_eq!(find("SEP=;\na,b;c\n"), layout);
        assert_eq!(find("sep=,,\na,b\n").skip, 0);
    }
}
