//! Groups of sizes as specs write them: one, a list, a range in the order's
//! own sequence.

use super::names::size_key;
use crate::kinds::Pattern;
use crate::text::{fold, header_word};

/// Whether a size (by key) is among those a text names: one, a list, or a
/// range in the order's own sequence.
pub(super) fn covers(text: &str, size: &str, sequence: &[String]) -> bool {
    /// Words for every size.
    const ALL: [&str; 7] = ["全码", "所有", "全部", "所有尺码", "all", "allsizes", "各码"];
    let own = size.split('/').next().unwrap_or(size);
    let is = |key: &str| key == size || key == own;
    let folded = fold(text);
    if is(&size_key(text)) || ALL.contains(&folded.as_str()) {
        return true;
    }
    if sequence.contains(&size_key(text)) {
        return false;
    }
    let place = |key: &str| {
        sequence.iter().position(|one| one == key || one.split('/').next() == Some(key))
    };
    let last_place = |key: &str| {
        sequence.iter().rposition(|one| one == key || one.split('/').next() == Some(key))
    };
    let Some(at) = sequence.iter().position(|one| one == size) else { return false };
    for part in folded.split([',', ';', '|', '&', '+']).flat_map(|part| list(part, sequence)) {
        for (sign, from) in [("以上", true), ("及以上", true), ("up", true), ("以下", false)]
        {
            if let Some(limit) = part.strip_suffix(sign) {
                let key = size_key(limit.trim_end_matches(['及', '-', '&']));
                if place(&key).is_some_and(|limit| if from { at >= limit } else { at <= limit }) {
                    return true;
                }
            }
        }
        if is(&size_key(&part)) {
            return true;
        }
        for sign in ["-", "~", "至", "到", "to"] {
            if let Some((from, to)) = part.split_once(sign)
                && let (Some(from), Some(to)) = (place(&size_key(from)), last_place(&size_key(to)))
                && (from.min(to)..=from.max(to)).contains(&at)
            {
                return true;
            }
        }
    }
    false
}

/// Splits `S/M/L`, unless one of the order's sizes is written so.
fn list(part: &str, sequence: &[String]) -> Vec<String> {
    match sequence.contains(&size_key(part)) {
        true => vec![part.to_owned()],
        false => part.split('/').map(str::to_owned).collect(),
    }
}

/// Whether a text names sizes, whatever the order's are.
pub(super) fn names_sizes(text: &str) -> bool {
    let is_size = |part: &str| Pattern::Size.matches(&header_word(part));
    let folded = fold(text);
    if is_size(&folded) {
        return true;
    }
    let mut parts = folded.split([',', ';', '、', '/', '-', '~', '至', '到', '+']).peekable();
    parts.peek().is_some() && parts.all(|part| is_size(part.trim_end_matches("以上")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_sizes_are_lists_or_ranges_in_the_orders_own_sequence() {
        let letters: Vec<String> = ["xs", "s", "m", "l", "xl", "2xl"].map(str::to_owned).into();
        for (text, inside, outside) in [
            ("S-L", &["s", "m", "l"][..], &["xs", "xl"][..]),
            ("S,M,L", &["s", "m", "l"], &["xs", "xl"]),
            ("S/M/L", &["s", "m", "l"], &["xs"]),
            ("S～XL", &["s", "xl"], &["xs", "2xl"]),
            ("XL以上", &["xl", "2xl"], &["l"]),
            ("XXL", &["2xl"], &["xl"]),
            ("XS、S", &["xs", "s"], &["m"]),
            ("全码", &["xs", "2xl"], &[]),
        ] {
            for size in inside {
                assert!(covers(text, size, &letters), "{size} is in {text}");
            }
            for size in outside {
                assert!(!covers(text, size, &letters), "{size} is not in {text}");
            }
        }
        let pairs: Vec<String> = ["s/m", "l/xl"].map(str::to_owned).into();
        assert!(covers("S/M", "s/m", &pairs) && !covers("S/M", "l/xl", &pairs));
        let inseams: Vec<String> = ["28/30", "28/32", "30/30", "32/32"].map(str::to_owned).into();
        assert!(covers("28-30", "28/32", &inseams) && covers("28-30", "30/30", &inseams));
        assert!(!covers("28-30", "32/32", &inseams));
    }
}
