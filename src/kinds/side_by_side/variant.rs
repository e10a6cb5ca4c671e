//! Headers of a use that is of one colour or size alone: 黑色 below 用量,
//! 单耗S, 用量 below 38.

use super::words;
use crate::kinds::Kind;
use crate::kinds::pattern::Pattern;
use crate::text::header_word;

/// The field that a header of a variant's use must say.
const USE: &str = "qty_per";

/// No header of one use is longer, in characters.
const LONGEST: usize = 24;

/// Returns the colour or size whose use a header, given by its parts from the
/// top down, is.
pub fn variant<'t>(parts: &[&'t str], kind: &'static Kind) -> Option<&'t str> {
    let says_use = |text: &str| {
        let claims = kind.claims(&header_word(text));
        claims.iter().any(|claim| claim.field.name == USE)
    };
    let named = |text: &'t str| {
        let word = header_word(text);
        let new = kind.claims(&word).is_empty();
        (new && (Pattern::Size.matches(&word) || is_colour(&word))).then(|| text.trim())
    };
    match parts {
        [.., above, below] if says_use(above) => named(below),
        [.., above, below] if says_use(below) => named(above),
        [.., text]
            if text.chars().count() <= LONGEST && kind.claims(&header_word(text)).is_empty() =>
        {
            let halves =
                text.char_indices().skip(1).filter_map(|(at, _)| text.split_at_checked(at));
            let found = halves.filter_map(|(one, other)| {
                let trimmed =
                    |text: &'t str| text.trim_matches([' ', '-', '_', '/', '(', ')', '（', '）']);
                let (one, other) = (trimmed(one), trimmed(other));
                match (says_use(one), says_use(other)) {
                    (true, _) => named(other),
                    (_, true) => named(one),
                    _ => None,
                }
            });
            found.last()
        }
        _ => None,
    }
}

fn is_colour(word: &str) -> bool {
    let bare = word.strip_suffix(['色']).unwrap_or(word);
    words().variant.colours.iter().any(|colour| colour == bare)
        || (bare != word && (1..=3).contains(&bare.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_of_colours_and_sizes_are_told_from_other_uses() {
        let kind = crate::kinds::get("bom").unwrap();
        for (parts, expected) in [
            (&["用量", "黑色"][..], Some("黑色")),
            (&["单耗", "XL"], Some("XL")),
            (&["38", "用量"], Some("38")),
            (&["单耗S"], Some("S")),
            (&["黑色用量"], Some("黑色")),
            (&["Usage Black"], Some("Black")),
            (&["用量(M)"], Some("M")),
            (&["单件用量"], None),
            (&["标准用量"], None),
            (&["用量", "单位"], None),
            (&["用量", "净用量"], None),
            (&["颜色", "黑色"], None),
            (&["S"], None),
        ] {
            assert_eq!(variant(parts, kind), expected, "{parts:?}");
        }
    }
}
