//! The quick way through cells as nearly all programs write them. Whatever
//! looks any different is left to the reader that knows all of XML.

use memchr::memchr;

/// A cell as it stands in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct RawCell<'a> {
    /// Its place (`C12`), if it gives one.
    pub(super) place: Option<&'a [u8]>,
    /// Its style's number.
    pub(super) style: usize,
    /// Its type: `s`, `n`, `str`, ….
    pub(super) kind: &'a [u8],
    /// What its `<v>` holds, entities not resolved.
    pub(super) value: Option<&'a [u8]>,
    /// Whether it has a formula.
    pub(super) formula: bool,
}

/// Reads the cell at the head of `xml`, and how long it is. `None` unless all
/// of it is there and plain.
pub(super) fn cell(xml: &[u8]) -> Option<(RawCell<'_>, usize)> {
    let mut rest = xml.strip_prefix(b"<c")?;
    let mut cell = RawCell::default();
    loop {
        match rest {
            [b' ', name @ (b'r' | b's' | b't'), b'=', b'"', value @ ..] => {
                let end = memchr(b'"', value)?;
                let (value, after) = (&value[..end], &value[end + 1..]);
                match name {
                    b'r' => cell.place = Some(value),
                    b's' => cell.style = number(value)?,
                    _ => cell.kind = value,
                }
                rest = after;
            }
            [b'/', b'>', after @ ..] => return Some((cell, xml.len() - after.len())),
            [b'>', after @ ..] => {
                rest = after;
                break;
            }
            _ => return None,
        }
    }
    if rest.starts_with(b"<f") {
        rest = formula(rest)?;
        cell.formula = true;
    }
    if let Some(after) = rest.strip_prefix(b"<v>") {
        let end = memchr(b'<', after)?;
        cell.value = Some(&after[..end]);
        rest = after[end..].strip_prefix(b"</v>")?;
    } else if let Some(after) = rest.strip_prefix(b"<v/>") {
        rest = after;
    }
    let after = rest.strip_prefix(b"</c>")?;
    Some((cell, xml.len() - after.len()))
}

/// Steps over the `<f>` at the head of `xml`.
fn formula(xml: &[u8]) -> Option<&[u8]> {
    if !matches!(xml.get(2), Some(b' ' | b'>' | b'/')) {
        return None;
    }
    let end = memchr(b'>', xml)?;
    if xml[..end].iter().filter(|&&byte| byte == b'"').count() % 2 == 1 {
        return None;
    }
    if xml[end - 1] == b'/' {
        return Some(&xml[end + 1..]);
    }
    let text = &xml[end + 1..];
    text[memchr(b'<', text)?..].strip_prefix(b"</f>")
}

/// Reads a whole number of a few digits.
pub(super) fn number(digits: &[u8]) -> Option<usize> {
    if digits.is_empty() || digits.len() > 9 {
        return None;
    }
    digits.iter().try_fold(0, |number: usize, digit| {
        digit.is_ascii_digit().then(|| number * 10 + usize::from(digit - b'0'))
    })
}

/// Reads `C12` as row and column from 0, within the bounds of a sheet.
pub(super) fn place(text: &[u8]) -> Option<(u32, u16)> {
    let letters = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let col = text[..letters]
        .iter()
        .fold(0_u32, |col, letter| col * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = number(&text[letters..])?;
    let in_sheet = (1..=1_048_576).contains(&row) && col <= 16_384;
    in_sheet.then(|| ((row - 1) as u32, (col - 1) as u16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_cells_are_read_whole() {
        let xml = br#"<c r="B2" s="5" t="s"><v>12</v></c><c/>"#;
        let (cell, length) = cell(xml).unwrap();
        assert_eq!(&xml[length..], b"<c/>");
        let value = Some(&b"12"[..]);
        let expected = RawCell { place: Some(b"B2"), style: 5, kind: b"s", value, formula: false };
        assert_eq!(cell, expected);
    }

    #[test]
    fn formulas_are_stepped_over() {
        for xml in [
            r#"<c r="A1"><f>B1&lt;2</f><v>3</v></c>"#,
            r#"<c r="A1"><f t="shared" ref="A1:A9" si="0">B1</f><v>3</v></c>"#,
            r#"<c r="A1"><f t="shared" si="0"/><v>3</v></c>"#,
        ] {
            let (cell, length) = cell(xml.as_bytes()).unwrap();
            assert_eq!((cell.formula, cell.value, length), (true, Some(&b"3"[..]), xml.len()));
        }
    }

    #[test]
    fn whatever_is_cut_off_or_unusual_is_left_to_the_other_reader() {
        let whole = br#"<c r="A1" s="1"><f>B1</f><v>12</v></c>"#;
        for end in 0..whole.len() {
            assert_eq!(cell(&whole[..end]), None, "{end}");
        }
        for xml in [
            r#"<c r='A1'><v>1</v></c>"#,
            r#"<c r="A1" cm="1"><v>1</v></c>"#,
            r#"<c r="A1" t="inlineStr"><is><t>x</t></is></c>"#,
            r#"<c r="A1"><v>1<!-- --></v></c>"#,
            r#"<c r="A1"><v xml:space="preserve">1</v></c>"#,
            r#"<c r="A1"><v>1</v><extLst/></c>"#,
            r#"<x:c r="A1"/>"#,
            r#"<col min="1"/>"#,
            r#"<c r="A1" s="x"/>"#,
        ] {
            assert_eq!(cell(xml.as_bytes()), None, "{xml}");
        }
    }

    #[test]
    fn places_stay_within_a_sheet() {
        assert_eq!(place(b"A1"), Some((0, 0)));
        assert_eq!(place(b"XFD1048576"), Some((1_048_575, 16_383)));
        for text in ["XFE1", "A1048577", "A0", "1", "A", "AAAA1", "A-1", "A1B", ""] {
            assert_eq!(place(text.as_bytes()), None, "{text}");
        }
    }
}
