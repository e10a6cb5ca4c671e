//! The texts of a file that come again and again (names, units, words), each
//! kept once for as long as others do not take its place.

use std::hash::{BuildHasher, BuildHasherDefault};
use std::sync::Arc;

use rustc_hash::FxHasher;

/// How many texts are remembered.
const PLACES: usize = 1 << 15;

/// Longer texts hardly ever come again.
const LONGEST: usize = 64;

/// The texts met last, each in the place that its letters give it.
#[derive(Debug)]
pub(super) struct Known(Vec<Option<Arc<str>>>);

impl Known {
    /// Begins with none.
    pub(super) fn new() -> Self {
        Self(Vec::new())
    }

    /// Returns a text, the one that is kept if there is one like it.
    pub(super) fn text(&mut self, text: &str) -> Arc<str> {
        if text.len() > LONGEST {
            return Arc::from(text);
        }
        if self.0.is_empty() {
            self.0.resize(PLACES, None);
        }
        let hash = BuildHasherDefault::<FxHasher>::default().hash_one(text);
        let place = &mut self.0[hash as usize % PLACES];
        match place {
            Some(known) if **known == *text => Arc::clone(known),
            _ => Arc::clone(place.insert(Arc::from(text))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_are_one_and_others_never_are() {
        let mut known = Known::new();
        let first = known.text("原料仓");
        assert!(Arc::ptr_eq(&first, &known.text("原料仓")));
        for number in 0..3 * PLACES {
            let text = format!("SH{number}");
            assert_eq!(*known.text(&text), *text);
        }
        assert_eq!(&*known.text("原料仓"), "原料仓");
        let long = "长".repeat(LONGEST);
        assert_eq!(*known.text(&long), *long);
    }
}
