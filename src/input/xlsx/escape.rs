//! Characters that XML cannot hold, as xlsx writes them: `_x000D_`.

use std::borrow::Cow;

/// Decodes `_xHHHH_`. `_x005F_` is the underscore that keeps a text which
/// only looks like an escape from being one.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match character(rest) {
            Some((character, length)) => {
                out.push(character);
                rest = &rest[length..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[2..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads the escape at the head of `text`, two of them for a character beyond
/// the first plane.
fn character(text: &str) -> Option<(char, usize)> {
    let first = unit(text)?;
    if let Some(character) = char::from_u32(first) {
        return Some((character, ESCAPE));
    }
    let second = unit(&text[ESCAPE..])?;
    let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((character, 2 * ESCAPE))
}

/// The length of an escape.
const ESCAPE: usize = 7;

/// Reads one escape as a number.
fn unit(text: &str) -> Option<u32> {
    let digits = text.get(..ESCAPE)?.strip_prefix("_x")?.strip_suffix('_')?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_and_look_alikes_stay() {
        for (text, expected) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("_xD83D__xDE00_", "😀"),
            ("_xD83D_", "_xD83D_"),
            ("AB_x12_C", "AB_x12_C"),
            ("10_x00zz_", "10_x00zz_"),
            ("尺寸_x尺寸", "尺寸_x尺寸"),
            ("_x", "_x"),
        ] {
            assert_eq!(decode(text), expected);
        }
    }
}
