//! The records of a delimited text, each with the physical line it begins on.
//!
//! Quotes are taken strictly: a field is quoted only if its quote closes
//! before a delimiter or a line end, soon. Any other quote is a character
//! like the inch sign it probably is, and must not swallow the rows behind it.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use super::delimiter::{Delimiter, Layout};
use crate::input::guard::Excess;

/// The most lines that a quoted field runs over.
const MOST_LINES: usize = 100;

/// The most bytes that a quoted field has.
const MOST_BYTES: usize = 1 << 20;

/// Calls `take` with every record: its line from 0, and its fields. Empty
/// lines are none.
pub(super) fn each<'a>(
    text: &'a str,
    layout: Layout,
    mut take: impl FnMut(u32, &[Cow<'a, str>]) -> Result<(), Excess>,
) -> Result<(), Excess> {
    let mut fields = Vec::new();
    let (mut at, mut line) = (0, 0);
    let mut skip = layout.skip;
    while at < text.len() {
        let end = match layout.delimiter {
            Delimiter::Spaces => spaced(text, at, &mut fields),
            Delimiter::Byte(delimiter) => record(text, at, delimiter, &mut fields),
        };
        if skip > 0 {
            skip -= 1;
        } else if end > at {
            take(line, &fields)?;
        }
        fields.clear();
        line += 1 + line_ends(&text.as_bytes()[at..end]);
        at = end + line_end(&text.as_bytes()[end..]);
    }
    Ok(())
}

/// Reads the record that begins at `at`; returns where its line end begins.
fn record<'a>(text: &'a str, mut at: usize, by: u8, fields: &mut Vec<Cow<'a, str>>) -> usize {
    let bytes = text.as_bytes();
    loop {
        let end = match quoted(text, at, by) {
            Some((field, end)) => {
                fields.push(field);
                end
            }
            None => {
                let end = memchr3(by, b'\n', b'\r', &bytes[at..]).map_or(text.len(), |n| at + n);
                fields.push(Cow::Borrowed(&text[at..end]));
                end
            }
        };
        if bytes.get(end) != Some(&by) {
            return end;
        }
        at = end + 1;
    }
}

/// Reads the quoted field that begins at `at`, and where it ends. `None` if
/// there is no quote, or it is no proper one.
fn quoted(text: &str, at: usize, by: u8) -> Option<(Cow<'_, str>, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let from = at + 1;
    let mut close = from;
    let mut escaped = false;
    loop {
        close += memchr(b'"', &bytes[close..])?;
        if bytes.get(close + 1) != Some(&b'"') {
            break;
        }
        escaped = true;
        close += 2;
    }
    let inside = &text[from..close];
    if inside.len() > MOST_BYTES || line_ends(inside.as_bytes()) as usize >= MOST_LINES {
        return None;
    }
    // Spaces behind the quote are padding, unless they are what separates.
    let padding = bytes[close + 1..].iter().take_while(|byte| **byte == b' ' && by != b' ').count();
    let end = close + 1 + padding;
    if bytes.get(end).is_some_and(|next| ![by, b'\n', b'\r'].contains(next)) {
        return None;
    }
    let field = if escaped { Cow::Owned(inside.replace("\"\"", "\"")) } else { inside.into() };
    Some((field, end))
}

/// Splits the line at `at` at runs of two spaces or more, at wide spaces and
/// at tabs; returns where its line end begins.
fn spaced<'a>(text: &'a str, at: usize, fields: &mut Vec<Cow<'a, str>>) -> usize {
    let end = memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
    let parts = text[at..end].split("  ").flat_map(|part| part.split(['\t', '\u{3000}']));
    fields.extend(parts.map(str::trim).filter(|part| !part.is_empty()).map(Cow::Borrowed));
    end
}

/// Counts the line ends in a text.
fn line_ends(bytes: &[u8]) -> u32 {
    let (mut count, mut at) = (0, 0);
    while let Some(found) = memchr2(b'\n', b'\r', &bytes[at..]) {
        at += found;
        at += line_end(&bytes[at..]);
        count += 1;
    }
    count
}

/// Returns the length of the line end at the head of `bytes`, 0 if there is
/// none.
fn line_end(bytes: &[u8]) -> usize {
    match bytes {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Vec<String> {
        let mut records = Vec::new();
        let layout = Layout { delimiter: Delimiter::Byte(b','), skip: 0 };
        each(text, layout, |line, fields| {
            records.push(format!("{line}:{}", fields.join("|")));
            Ok(())
        })
        .unwrap();
        records
    }

    #[test]
    fn proper_quotes_hold_delimiters_line_ends_and_quotes() {
        let text = "\"a,b\",\"c\nd\",\"say \"\"hi\"\"\" ,\"\"\ne,f\n";
        assert_eq!(records(text), ["0:a,b|c\nd|say \"hi\"|", "2:e|f"]);
    }

    #[test]
    fn other_quotes_are_characters() {
        assert_eq!(records("3\" pipe,1\n"), ["0:3\" pipe|1"]);
        assert_eq!(records("\"3\" pipe,1\n\"4\" pipe,2\n"), ["0:\"3\" pipe|1", "1:\"4\" pipe|2"]);
        assert_eq!(records("\"a,1\nb,2\nc,3"), ["0:\"a|1", "1:b|2", "2:c|3"]);
        assert_eq!(records("\"a,1\n\"b,2\n"), ["0:\"a|1", "1:\"b|2"]);
    }

    #[test]
    fn a_quote_left_open_for_very_long_is_a_character() {
        let text = format!("\"a{}\",1\nb,2\n", "\n".repeat(MOST_LINES));
        let records = records(&text);
        assert_eq!(records.first().map(String::as_str), Some("0:\"a"));
        assert_eq!(records.last().map(String::as_str), Some("101:b|2"));
    }

    #[test]
    fn every_line_is_counted_whatever_ends_it() {
        assert_eq!(records("a\n\nb\r\n\r\nc\r\rd"), ["0:a", "2:b", "4:c", "6:d"]);
        assert_eq!(records(""), Vec::<String>::new());
        assert_eq!(records("\n\n"), Vec::<String>::new());
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_reads_back(rows in proptest::collection::vec(
            proptest::collection::vec("[a-c入,\"\n ]{0,6}", 1..4), 1..6,
        )) {
            let quote = |field: &String| format!("\"{}\"", field.replace('"', "\"\""));
            let lines: Vec<String> =
                rows.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",")).collect();
            let expected: Vec<String> = rows.iter().map(|row| row.join("|")).collect();
            let read = records(&lines.join("\n"));
            let read: Vec<&str> =
                read.iter().filter_map(|r| r.split_once(':')).map(|(_, row)| row).collect();
            proptest::prop_assert_eq!(read, expected);
        }

        #[test]
        fn no_text_is_lost(text in "[a,\"\n\r ]{0,40}") {
            let letters = |text: &str| text.matches('a').count();
            let found: usize = records(&text).iter().map(|record| letters(record)).sum();
            proptest::prop_assert_eq!(found, letters(&text));
        }
    }
}
