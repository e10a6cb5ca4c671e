//! Ratios: how many cartons a given one makes, and which to choose where it
//! is free.

use super::bound::lower_bound;
use super::lot::gcd;

/// A ratio and how many cartons are packed by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// Pieces of each size in one carton.
    pub(super) pieces: Vec<u64>,
    /// How many cartons.
    pub(super) cartons: u64,
}

/// Returns how many cartons a ratio makes: as many as the scarcest of its
/// sizes allows, one that has run out included.
pub(super) fn cartons_of(ordered: &[u64], ratio: &[u64]) -> u64 {
    let sizes = ordered.iter().zip(ratio).filter(|(_, in_carton)| **in_carton > 0);
    sizes.map(|(ordered, in_carton)| ordered / in_carton).min().unwrap_or(0)
}

/// Scales a ratio (1:2:2:1) to a carton of `cap` pieces: as often as it fits
/// whole, once at least.
pub(super) fn scaled(ratio: &[u64], cap: Option<u64>) -> Vec<u64> {
    let sum: u64 = ratio.iter().sum();
    let times = cap.and_then(|cap| cap.checked_div(sum)).unwrap_or(1).max(1);
    ratio.iter().map(|one| one * times).collect()
}

/// A carton that is filled in a ratio: what each size takes of it.
#[derive(Debug, Clone)]
pub(super) struct Carton<'a> {
    /// How much of a carton one piece of each size fills.
    pub(super) each: &'a [u64],
    /// How much a carton holds.
    pub(super) capacity: u64,
}

impl Carton<'_> {
    fn fill(&self, pieces: &[u64]) -> u64 {
        pieces.iter().zip(self.each).map(|(pieces, each)| pieces * each).sum()
    }

    /// Returns the fewest cartons that leftovers can take.
    fn tails(&self, left: &[u64]) -> u64 {
        let rests: Vec<u64> = left
            .iter()
            .zip(self.each)
            .filter(|(pieces, each)| **pieces > 0 && **each > 0)
            .flat_map(|(pieces, each)| {
                let cap = (self.capacity / each).max(1);
                let full =
                    std::iter::repeat_n(self.capacity, usize::try_from(pieces / cap).unwrap_or(0));
                full.chain([pieces % cap * each].into_iter().filter(|rest| *rest > 0))
            })
            .collect();
        u64::try_from(lower_bound(&rests, self.capacity)).unwrap_or(u64::MAX)
    }

    /// Chooses at most `most` ratios for what is ordered: the fewest cartons,
    /// then the fewest pieces left over, then the fewest ratios.
    pub(super) fn choose(&self, ordered: &[u64], most: usize) -> Vec<Pattern> {
        let mut best = (self.cost(ordered, &[]), Vec::new());
        self.deepen(ordered, most, &mut Vec::new(), &mut best);
        best.1
    }

    fn deepen(
        &self,
        left: &[u64],
        most: usize,
        chosen: &mut Vec<Pattern>,
        best: &mut ((u64, u64, usize), Vec<Pattern>),
    ) {
        if most == 0 || left.iter().all(|pieces| *pieces == 0) {
            return;
        }
        for pattern in self.candidates(left, most == 1) {
            let after: Vec<u64> = left
                .iter()
                .zip(&pattern.pieces)
                .map(|(left, pieces)| left - pieces * pattern.cartons)
                .collect();
            chosen.push(pattern);
            let cost = self.cost(&after, chosen);
            if cost < best.0 {
                *best = (cost, chosen.clone());
            }
            self.deepen(&after, most - 1, chosen, best);
            chosen.pop();
        }
    }

    fn cost(&self, left: &[u64], chosen: &[Pattern]) -> (u64, u64, usize) {
        let cartons: u64 = chosen.iter().map(|pattern| pattern.cartons).sum();
        // No ratio at all is what only happens when none helps.
        let patterns = if chosen.is_empty() { usize::MAX } else { chosen.len() };
        (cartons + self.tails(left), left.iter().sum(), patterns)
    }

    /// Returns ratios worth trying: for each number of cartons what of each
    /// size divides into them; the last one is tried for every number, the
    /// ones before it for those at which some size comes out even.
    fn candidates(&self, left: &[u64], last: bool) -> Vec<Pattern> {
        /// More cartons of one ratio than this are not tried one by one.
        const MOST: u64 = 3_000;
        let top = left.iter().copied().max().unwrap_or(0).min(MOST);
        let common = left.iter().copied().filter(|one| *one > 0).fold(0, gcd);
        let full = self.fill(left).div_ceil(self.capacity.max(1)).max(1);
        let near = full.saturating_sub(2)..=full + 2;
        let mut found = Vec::new();
        for cartons in 1..=top {
            let even = left.iter().filter(|one| **one > 0 && *one % cartons == 0).count();
            if !last && even == 0 && !near.contains(&cartons) && cartons != common {
                continue;
            }
            let pieces = self.fitted(left, cartons);
            if pieces.iter().any(|one| *one > 0) {
                found.push(Pattern { pieces, cartons });
            }
        }
        found
    }

    /// Returns the fullest ratio for so many cartons: what divides, less what
    /// does not fit, the size with most left giving way first.
    fn fitted(&self, left: &[u64], cartons: u64) -> Vec<u64> {
        let mut pieces: Vec<u64> = left.iter().map(|one| one / cartons).collect();
        while self.fill(&pieces) > self.capacity {
            let over = (0..pieces.len()).filter(|&at| pieces[at] > 0);
            let Some(at) = over.max_by_key(|&at| (pieces[at] * self.each[at], at)) else { break };
            let excess = self.fill(&pieces) - self.capacity;
            let others = pieces.iter().zip(self.each).enumerate().filter(|(other, _)| *other != at);
            let second = others.map(|(_, (pieces, each))| pieces * each).max().unwrap_or(0);
            let gap = (pieces[at] * self.each[at]).saturating_sub(second);
            let step = excess.min(gap).div_ceil(self.each[at].max(1)).clamp(1, pieces[at]);
            pieces[at] -= step;
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_that_has_run_out_ends_the_ratio() {
        assert_eq!(cartons_of(&[103, 200, 205, 98], &[4, 8, 8, 4]), 24);
        assert_eq!(cartons_of(&[100, 200, 0, 100], &[4, 8, 8, 4]), 0);
        assert_eq!(cartons_of(&[100, 0], &[4, 0]), 25);
        assert_eq!(scaled(&[1, 2, 2, 1], Some(24)), [4, 8, 8, 4]);
        assert_eq!(scaled(&[4, 8, 8, 4], Some(24)), [4, 8, 8, 4]);
        assert_eq!(scaled(&[1, 2, 2, 1], Some(20)), [3, 6, 6, 3]);
    }

    #[test]
    fn a_free_ratio_leaves_nothing_where_nothing_need_be_left() {
        let carton = Carton { each: &[1, 1, 1, 1], capacity: 24 };
        let chosen = carton.choose(&[100, 200, 200, 100], 1);
        assert_eq!(chosen, [Pattern { pieces: vec![4, 8, 8, 4], cartons: 25 }]);
        let two = carton.choose(&[60, 120, 132, 72], 2);
        let packed: u64 = two.iter().map(|pattern| pattern.cartons).sum();
        assert_eq!(packed, 16, "384 pieces in full cartons of 24: {two:?}");
    }
}
