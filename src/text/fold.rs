//! The comparison key of any text.

use unicode_normalization::UnicodeNormalization;

use super::simplified::{is_ideograph, simplified};

/// Returns `text` as it is compared: compatibility forms (full width, ligatures,
/// circled numbers), case, white space, Chinese script, dashes, quotes, brackets
/// and the signs ×, Φ and ~ no longer tell two spellings apart.
///
/// Powers and fractions stay what they are: `10⁵` is not `105`, `1½` is not `11/2`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if text.chars().all(|c| c.is_ascii() || is_ideograph(c)) {
        for c in text.chars() {
            push(&mut folded, c);
        }
        return folded;
    }
    for c in spelled_out(text).nfkc() {
        push(&mut folded, c);
    }
    folded
}

/// Adds one normalised character, if it counts.
fn push(folded: &mut String, c: char) {
    match c {
        _ if c.is_whitespace() || is_invisible(c) => {}
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        '*' => folded.push('x'),
        '[' | '{' => folded.push('('),
        ']' | '}' => folded.push(')'),
        '`' => folded.push('\''),
        _ if c.is_ascii() => folded.push(c),
        _ if is_ideograph(c) => folded.push(simplified(c)),
        _ => match sign(c) {
            Some(sign) => folded.push(sign),
            None => folded.extend(c.to_lowercase()),
        },
    }
}

/// Whether `c` shows nothing: joiners, marks of direction, byte order.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// The one spelling of a sign that is typed in several ways.
fn sign(c: char) -> Option<char> {
    Some(match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{2501}' => '-',
        '×' | '✕' | '✖' | '╳' | '∗' => 'x',
        'Φ' | 'φ' | 'ϕ' | '⌀' | 'Ø' | 'ø' | '∅' => 'φ',
        '“' | '”' | '„' | '‟' | '″' | '〞' | '〝' => '"',
        '‘' | '’' | '‚' | '‛' | '′' => '\'',
        '【' | '〔' | '〖' | '〘' | '「' | '『' | '《' | '〈' => '(',
        '】' | '〕' | '〗' | '〙' | '」' | '』' | '》' | '〉' => ')',
        '、' => ',',
        '。' => '.',
        '〜' | '∼' => '~',
        '⁄' | '∕' => '/',
        '•' | '・' | '‧' | '∙' => '·',
        _ => return None,
    })
}

/// Writes out what compatibility normalisation would run together: the power
/// in `10⁵`, the fraction in `1½`, circled numbers.
fn spelled_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '⁰' | '¹' | '²' | '³' | '⁴'..='⁹' if before.is_ascii_digit() => out.push('^'),
            '¼' | '½' | '¾' | '⅐'..='⅞' if before.is_ascii_digit() => out.push('-'),
            '①'..='⑳' => {
                out.push('(');
                out.extend(std::iter::once(c).nfkc());
                out.push(')');
                before = ')';
                continue;
            }
            _ => {}
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_thing_meet() {
        for (left, right) in [
            ("送货单号", "送 貨 單 號"),
            ("Ｄ／Ｎ　Ｎｏ．", "d/n no."),
            ("60×40×35ｃｍ", "60*40*35CM"),
            ("Φ12", "ø12"),
            ("2026－10", "2026–10"),
            ("“永跃达”", "\"永躍達\""),
            ("㎏", "KG"),
            ("m²", "M2"),
            ("【急】", "(急)"),
            ("①联", "⑴聯"),
            ("品\u{3000}\u{3000}名\u{FEFF}", "品名"),
        ] {
            assert_eq!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn powers_and_fractions_are_not_other_numbers() {
        assert_ne!(fold("10⁵"), fold("105"));
        assert_eq!(fold("1½\""), fold("1-1/2\""));
        assert_ne!(fold("1½"), fold("11/2"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "[ -~\u{3000}-\u{303F}\u{4E00}-\u{9FFF}\u{FF01}-\u{FF5E}×Φ①-⑳¹²³½–—“”]{0,24}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
