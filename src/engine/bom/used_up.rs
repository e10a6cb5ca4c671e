//! Which of many places are used up, so that the next one that is not is found
//! at once from either side.

/// The places, each with where to go on.
#[derive(Debug, Clone, Default)]
pub(super) struct UsedUp {
    /// For every place the next that may be left, itself if it is.
    after: Vec<usize>,
    /// The same downwards, one place further on: 0 is none.
    before: Vec<usize>,
}

impl UsedUp {
    /// So many places, none of them used up.
    pub(super) fn new(places: usize) -> Self {
        Self { after: (0..=places).collect(), before: (0..=places).collect() }
    }

    /// Marks a place as used up.
    pub(super) fn mark(&mut self, at: usize) {
        self.after[at] = at + 1;
        self.before[at + 1] = at;
    }

    /// Returns the first place from `from` on that is left; behind all places
    /// if none is.
    pub(super) fn next(&mut self, from: usize) -> usize {
        follow(&mut self.after, from)
    }

    /// Returns the last place before `before` that is left.
    pub(super) fn previous(&mut self, before: usize) -> Option<usize> {
        follow(&mut self.before, before).checked_sub(1)
    }
}

/// Goes on to where a chain ends, and shortens it on the way.
fn follow(chain: &mut [usize], from: usize) -> usize {
    let mut at = from;
    while let Some(&to) = chain.get(at).filter(|to| **to != at) {
        let further = chain.get(to).copied().unwrap_or(to);
        chain[at] = further;
        at = further;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_found_from_both_sides() {
        let mut places = UsedUp::new(5);
        assert_eq!((places.next(0), places.previous(5)), (0, Some(4)));
        for used in [2, 0, 1, 4] {
            places.mark(used);
        }
        assert_eq!((places.next(0), places.next(4), places.previous(5)), (3, 5, Some(3)));
        assert_eq!(places.previous(3), None);
        places.mark(3);
        assert_eq!((places.next(0), places.previous(5)), (5, None));
        assert_eq!(UsedUp::default().next(0), 0);
    }
}
