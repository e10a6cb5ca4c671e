//! Characters that mean the same in figures and dates. Unlike NFKC it leaves
//! superscripts, circled digits and fractions alone: `10⁵` is not 105.

use std::borrow::Cow;

/// Returns `text` with full-width signs, odd dashes and odd spaces made
/// plain, invisible characters removed and ends trimmed; says whether
/// anything but spaces changed.
pub(super) fn fold(text: &str) -> (Cow<'_, str>, bool) {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if trimmed.is_ascii() && !trimmed.bytes().any(|b| b.is_ascii_control()) {
        return (Cow::Borrowed(trimmed), false);
    }
    let mut changed = false;
    let folded = trimmed.chars().filter(|c| !is_invisible(*c)).map(|c| {
        let plain = fold_char(c);
        changed |= plain != c && plain != ' ';
        plain
    });
    let folded: String = folded.collect();
    (Cow::Owned(folded), changed)
}

/// Returns the plain form of one character.
fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' if c != '￥' => {
            char::from_u32(c as u32 - 0xff01 + 0x21).unwrap_or(c)
        }
        '￥' => '¥',
        '＄' | '﹩' => '$',
        '。' | '｡' => '.',
        '﹪' => '%',
        '−' | '–' | '—' | '―' | '‐' | '‑' | '‒' | '﹣' | '﹘' => '-',
        '‘' | '’' => '\'',
        '〇' => '0',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

/// Whether `c` takes no space at all (byte order marks, direction marks,
/// zero-width spaces that copying from web pages and chats leaves).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}
