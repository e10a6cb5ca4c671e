//! Groups of sizes as specs write them: one, a list, a range in the order's
//! own sequence.

use std::cmp::Ordering;

use rust_decimal::Decimal;

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
                let beside = |limit| if from { at >= limit } else { at <= limit };
                let by_scale = || {
                    let order = standing(own)?.partial_cmp(&standing(&key)?)?;
                    Some(if from { order.is_ge() } else { order.is_le() })
                };
                if place(&key).map(beside).or_else(by_scale) == Some(true) {
                    return true;
                }
            }
        }
        if is(&size_key(&part)) {
            return true;
        }
        for sign in ["-", "~", "至", "到", "to"] {
            let Some((from, to)) = part.split_once(sign) else { continue };
            let (from, to) = (size_key(from), size_key(to));
            let inside = match (place(&from), last_place(&to)) {
                (Some(from), Some(to)) => (from.min(to)..=from.max(to)).contains(&at),
                // An end that is not ordered still has its place on its scale.
                _ => is_between(own, &from, &to),
            };
            if inside {
                return true;
            }
        }
    }
    false
}

/// Where a size stands on its own scale: figures, or letters.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Standing {
    Figure(Decimal),
    Letters(i32),
}

impl PartialOrd for Standing {
    /// Sizes of two scales are not compared.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Figure(one), Self::Figure(other)) => one.partial_cmp(other),
            (Self::Letters(one), Self::Letters(other)) => one.partial_cmp(other),
            _ => None,
        }
    }
}

/// Returns where a size (by key) stands: `2xl` is one above `xl`.
fn standing(key: &str) -> Option<Standing> {
    if let Ok(figure) = key.parse() {
        return Some(Standing::Figure(figure));
    }
    let beyond = |sign: &str| {
        let before = key.strip_suffix(sign)?;
        let xs = before.chars().all(|c| c == 'x').then_some(before.len());
        let count = xs.or_else(|| before.strip_suffix('x')?.parse().ok())?;
        i32::try_from(count).ok().filter(|count| *count < 20)
    };
    let letters = match key {
        "m" => Some(0),
        _ => beyond("l").map(|count| 1 + count).or_else(|| beyond("s").map(|count| -1 - count)),
    };
    letters.map(Standing::Letters)
}

/// Whether a size lies between two others of its scale.
fn is_between(size: &str, from: &str, to: &str) -> bool {
    let (Some(size), Some(from), Some(to)) = (standing(size), standing(from), standing(to)) else {
        return false;
    };
    (from <= size && size <= to) || (to <= size && size <= from)
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
        // Ends that the order does not have.
        let some: Vec<String> = ["s", "xl", "3xl"].map(str::to_owned).into();
        for (text, size) in [("XS-L", "s"), ("M-XXL", "xl"), ("2XL-4XL", "3xl"), ("L以上", "xl")]
        {
            assert!(covers(text, size, &some), "{size} is in {text}");
        }
        assert!(!covers("XS-L", "xl", &some) && !covers("L-2XL", "3xl", &some));
        let ages: Vec<String> = ["80", "100", "130"].map(str::to_owned).into();
        assert!(covers("80-90", "80", &ages) && covers("90-110", "100", &ages));
        assert!(!covers("80-90", "100", &ages) && !covers("110-120", "130", &ages));
        let pairs: Vec<String> = ["s/m", "l/xl"].map(str::to_owned).into();
        assert!(covers("S/M", "s/m", &pairs) && !covers("S/M", "l/xl", &pairs));
        let inseams: Vec<String> = ["28/30", "28/32", "30/30", "32/32"].map(str::to_owned).into();
        assert!(covers("28-30", "28/32", &inseams) && covers("28-30", "30/30", &inseams));
        assert!(!covers("28-30", "32/32", &inseams));
    }
}
