//! Sizes of cartons by which freight depots price them: small, medium, large,
//! or a name of their own. The words are data: `carton_sizes.toml`.

use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;
use serde::Deserialize;

use super::fold;
use crate::data::{self, compiled_in};

/// Cartons of one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cartons {
    /// The size, one name for all its spellings.
    pub size: Arc<str>,
    /// How many, where that is said.
    pub count: Option<Decimal>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    sizes: Vec<Vec<String>>,
    nouns: Vec<String>,
    counted: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| data::read(compiled_in!("text/carton_sizes")));

/// Returns the name of the size that a text names.
pub fn carton_size(text: &str) -> Arc<str> {
    let folded = fold(text);
    known(&folded).unwrap_or_else(|| folded.into())
}

/// Reads sizes with how many there are of each: `小箱`, `小箱3 大箱1`, `3小1大`.
pub fn cartons_in(text: &str) -> Vec<Cartons> {
    let (words, numbers) = tokens(&fold(text));
    let sizes: Option<Vec<Arc<str>>> = words.iter().map(|word| known(word)).collect();
    match sizes {
        Some(sizes) if sizes.len() == numbers.len() => {
            let pairs = sizes.into_iter().zip(numbers);
            pairs.map(|(size, number)| Cartons { size, count: Some(number) }).collect()
        }
        Some(sizes) if sizes.len() == 1 && numbers.is_empty() => {
            sizes.into_iter().map(|size| Cartons { size, count: None }).collect()
        }
        _ if fold(text).is_empty() => Vec::new(),
        _ => vec![Cartons { size: carton_size(text), count: None }],
    }
}

/// Returns the size that a folded text names, if it is one that all depots
/// have.
fn known(folded: &str) -> Option<Arc<str>> {
    let words = &*WORDS;
    let bare = words.nouns.iter().fold(folded, |text, noun| {
        let text = text.strip_suffix(noun.as_str()).unwrap_or(text);
        text.strip_prefix(noun.as_str()).unwrap_or(text)
    });
    let named = words.sizes.iter().find(|size| size.iter().any(|word| word == bare))?;
    named.first().map(|name| Arc::from(name.as_str()))
}

/// Splits a folded text into words and numbers, what joins them left out.
fn tokens(folded: &str) -> (Vec<String>, Vec<Decimal>) {
    let (mut words, mut numbers) = (Vec::new(), Vec::new());
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let separates = |c: char| "、,;+/&和".contains(c);
    for part in folded.split(separates) {
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let digits = is_digit(first);
            let end = rest.find(|c| is_digit(c) != digits).unwrap_or(rest.len());
            let (token, behind) = rest.split_at(end);
            rest = behind;
            if digits {
                numbers.extend(token.trim_matches('.').parse::<Decimal>());
                continue;
            }
            let joined = WORDS.counted.iter().fold(token, |token, word| {
                let token = token.strip_suffix(word.as_str()).unwrap_or(token);
                token.strip_prefix(word.as_str()).unwrap_or(token)
            });
            if !joined.is_empty() {
                words.push(joined.to_owned());
            }
        }
    }
    (words, numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<i64>)> {
        let whole = |count: Decimal| i64::try_from(count).unwrap();
        let found = cartons_in(text).into_iter();
        found.map(|of| (of.size.to_string(), of.count.map(whole))).collect()
    }

    #[test]
    fn sizes_of_cartons_in_all_spellings() {
        for text in ["小箱", "小", "小件", "小号箱", "Small carton", "S", "SMALL"] {
            assert_eq!(&*carton_size(text), "small", "{text}");
        }
        assert_eq!(&*carton_size("特大箱"), "extra-large");
        assert_eq!(carton_size("3号箱"), carton_size("３号箱"));
        assert_eq!(carton_size("40×30×30"), carton_size("40*30*30"));
    }

    #[test]
    fn several_sizes_in_one_cell() {
        let (small, large) = ("small".to_owned(), "large".to_owned());
        let both = vec![(small.clone(), Some(3)), (large.clone(), Some(1))];
        for text in ["小箱3 大箱1", "小箱*3、大箱*1", "3小1大", "小箱x3+大箱x1", "3 small, 1 large"]
        {
            assert_eq!(read(text), both, "{text}");
        }
        assert_eq!(read("大箱"), [(large, None)]);
        assert_eq!(read("40*30*30").len(), 1);
        assert!(read("").is_empty());
    }
}
