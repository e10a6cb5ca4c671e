//! One spelling for the names that orders, specs and lists share: sizes,
//! colours, styles, orders. Only keys are folded; what a person reads stays.

use crate::text::fold;

/// Letters that repeat in sizes, by how often: `XXL` is `2XL`.
fn repeated(word: &str) -> Option<String> {
    let last = word.chars().last().filter(|last| matches!(last, 'l' | 's'))?;
    let letters = &word[..word.len() - 1];
    let all_x = letters.len() >= 2 && letters.bytes().all(|byte| byte == b'x');
    all_x.then(|| format!("{}x{last}", letters.len()))
}

/// Returns what a size is known by: `XXL`, `2XL` and `2XL码` are one.
pub fn size_key(size: &str) -> String {
    let folded = fold(size);
    let word = folded.trim_end_matches(['码', '号', '#']).trim_start_matches('#');
    let word = word.strip_suffix(".0").unwrap_or(word);
    // 110cm is 110.
    let height = word.strip_suffix("cm").filter(|n| n.bytes().all(|byte| byte.is_ascii_digit()));
    let word = height.unwrap_or(word);
    match word {
        "" => folded,
        "onesize" | "freesize" | "os" | "f" | "free" | "均" | "o/s" => "均".to_owned(),
        word => repeated(word).unwrap_or_else(|| word.to_owned()),
    }
}

/// Returns what a colour is known by: `黑` and `黑色` are one.
pub fn colour_key(colour: &str) -> String {
    let folded = fold(colour);
    match folded.strip_suffix('色') {
        Some(short) if !short.is_empty() => short.to_owned(),
        _ => folded,
    }
}

/// Returns what a customer's order is known by: `PO#88121`, `P.O. 88121` and
/// `88121` are one.
pub fn po_key(po: &str) -> String {
    let folded: String = fold(po).chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = folded.strip_prefix("po").unwrap_or(&folded);
    let bare = bare.strip_prefix("no").unwrap_or(bare).trim_start_matches('号');
    if bare.is_empty() { folded } else { bare.to_owned() }
}

/// Returns what a style is known by.
pub fn style_key(style: &str) -> String {
    fold(style).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_written_differently_are_one() {
        assert_eq!(size_key("XXL"), size_key("2xl"));
        assert_eq!(size_key("XXXL码"), size_key("3XL"));
        assert_eq!(size_key("26.0"), size_key("26#"));
        assert_eq!(size_key("110cm"), size_key("110"));
        assert_eq!(size_key("均码"), size_key("One Size"));
        assert_ne!(size_key("XL"), size_key("XXL"));
        assert_ne!(size_key("110"), size_key("11"));
        assert_eq!(colour_key("黑"), colour_key("黑色"));
        assert_eq!(po_key("PO#88121"), po_key("88121"));
        assert_eq!(po_key("P.O. No. 88121"), po_key("88121"));
        assert_eq!(style_key("K-6101"), style_key("k6101"));
    }
}
