//! Text from inputs, made safe to show: what would hide, reorder or move
//! other text is shown by its name instead.

use std::borrow::Cow;

/// Returns the text with control, formatting and direction characters made
/// visible. Line breaks stay (`\r\n` becomes `\n`).
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(hides) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\t' => shown.push(' '),
            '\0'..='\x1f' if char != '\n' => {
                shown.push(char::from_u32(0x2400 + u32::from(char)).unwrap_or('␣'));
            }
            '\x7f' => shown.push('␡'),
            char if hides(char) => {
                shown.push_str(&format!("<U+{:04X}>", u32::from(char)));
            }
            char => shown.push(char),
        }
    }
    Cow::Owned(shown)
}

/// Returns the text on one line.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let shown = visible(text);
    if shown.contains('\n') { Cow::Owned(shown.replace('\n', " ")) } else { shown }
}

fn hides(char: char) -> bool {
    matches!(char,
        '\0'..='\x09' | '\x0b'..='\x1f' | '\x7f'..='\u{9f}'
        // Zero width and direction marks, isolates, overrides.
        | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        // Not characters at all: no XML file may hold them.
        | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_is_shown_and_what_is_plain_stays() {
        assert!(matches!(visible("恒锦川 HJ-1\n第二行"), Cow::Borrowed(_)));
        assert_eq!(visible("a\u{202e}fdp.exe"), "a<U+202E>fdp.exe");
        assert_eq!(visible("x\0y\x1b[31mz"), "x␀y␛[31mz");
        assert_eq!(visible("a\r\nb\rc\td"), "a\nb␍c d");
        assert_eq!(one_line("a\nb"), "a b");
    }
}
