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

impl Pattern {
    /// Returns what its cartons leave of these pieces.
    fn taken_from(&self, left: &[u64]) -> Vec<u64> {
        let pairs = left.iter().zip(&self.pieces);
        pairs.map(|(left, pieces)| left - pieces * self.cartons).collect()
    }
}

/// How good a choice is: cartons, pieces left over, ratios.
type Cost = (u64, u64, usize);

/// A search for ratios.
struct Choice {
    best: (Cost, Vec<Pattern>),
    chosen: Vec<Pattern>,
    /// How many it may still try.
    tries: usize,
}

impl Choice {
    /// Keeps what is chosen if it is better.
    fn offer(&mut self, cost: Cost) {
        if cost < self.best.0 {
            self.best = (cost, self.chosen.clone());
        }
    }
}

/// Returns the two ratios, each for so many cartons of `capacity` pieces, that
/// leave the fewest pieces over.
fn pair(left: &[u64], capacity: usize, cartons: [u64; 2]) -> [Pattern; 2] {
    let whole = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let second = |left: u64, first: usize| (left - first as u64 * cartons[0]) / cartons[1];
    // For every filling of the first: the most that the second could hold,
    // and what the last size has in the first then. What the second holds too
    // much costs the same whichever size gives way.
    let mut most: Vec<Option<u64>> = vec![None; capacity + 1];
    most[0] = Some(0);
    let mut steps: Vec<Vec<usize>> = Vec::with_capacity(left.len());
    for &left in left {
        let mut next: Vec<Option<u64>> = vec![None; capacity + 1];
        let mut step = vec![0; capacity + 1];
        for own in 0..=whole(left / cartons[0]).min(capacity) {
            for before in 0..=capacity - own {
                let Some(known) = most[before] else { continue };
                let reached = Some(known + second(left, own));
                if next[before + own] < reached {
                    (next[before + own], step[before + own]) = (reached, own);
                }
            }
        }
        most = next;
        steps.push(step);
    }
    let packed = |filling: usize| {
        let beside = most[filling]?.min(capacity as u64);
        Some(filling as u64 * cartons[0] + beside * cartons[1])
    };
    let mut filling = (0..=capacity).max_by_key(|&filling| packed(filling)).unwrap_or(0);
    let mut pieces = [vec![0; left.len()], vec![0; left.len()]];
    for at in (0..left.len()).rev() {
        let own = steps[at][filling];
        pieces[0][at] = own as u64;
        pieces[1][at] = second(left[at], own);
        filling -= own;
    }
    let [first, mut other] = pieces;
    let mut over = other.iter().sum::<u64>().saturating_sub(capacity as u64);
    while over > 0 {
        let Some(at) = (0..other.len()).max_by_key(|&at| other[at]) else { break };
        other[at] -= 1;
        over -= 1;
    }
    let [firsts, others] = cartons;
    [Pattern { pieces: first, cartons: firsts }, Pattern { pieces: other, cartons: others }]
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
        let mut full = 0;
        let mut rests: Vec<u64> = Vec::with_capacity(left.len());
        for (pieces, each) in left.iter().zip(self.each).filter(|(_, each)| **each > 0) {
            let cap = (self.capacity / each).max(1);
            full += pieces / cap;
            rests.extend(Some(pieces % cap * each).filter(|rest| *rest > 0));
        }
        let rests = u64::try_from(lower_bound(&rests, self.capacity)).unwrap_or(u64::MAX);
        rests.saturating_add(full)
    }

    /// Chooses at most `most` ratios for what is ordered: the fewest cartons,
    /// then the fewest pieces left over, then the fewest ratios.
    pub(super) fn choose(&self, ordered: &[u64], most: usize) -> Vec<Pattern> {
        /// How many pieces of a size are put into a carton at most; a search
        /// that is cut off keeps the best it has.
        const STEPS: usize = 120_000;
        let best = (self.cost(ordered, &[]), Vec::new());
        let tries = STEPS / ordered.len().max(1);
        let mut search = Choice { best, tries, chosen: Vec::new() };
        // Few ratios first: what they reach, more of them need not look for.
        for patterns in 1..=most {
            if search.best.0.1 == 0 && search.best.0.0 == self.fewest(ordered) {
                break;
            }
            self.deepen(ordered, patterns, &mut search);
        }
        search.best.1
    }

    /// Returns how few cartons hold everything if nothing hinders.
    fn fewest(&self, left: &[u64]) -> u64 {
        self.fill(left).div_ceil(self.capacity.max(1))
    }

    fn deepen(&self, left: &[u64], most: usize, search: &mut Choice) {
        if most == 0 || left.iter().all(|pieces| *pieces == 0) {
            return;
        }
        if most == 2 {
            self.pairs(left, search);
        }
        for pattern in self.candidates(left, most == 1, &mut search.tries) {
            let after = pattern.taken_from(left);
            search.chosen.push(pattern);
            search.offer(self.cost(&after, &search.chosen));
            let cartons: u64 = search.chosen.iter().map(|pattern| pattern.cartons).sum();
            if search.tries > 0 && cartons + self.fewest(&after) <= search.best.0.0 {
                self.deepen(&after, most - 1, search);
            }
            search.chosen.pop();
        }
    }

    /// Tries pairs of ratios that take as few cartons as there can be, or one
    /// more.
    fn pairs(&self, left: &[u64], search: &mut Choice) {
        /// How many pieces a carton holds at most for this.
        const MOST: usize = 500;
        /// How many numbers of cartons of the first are tried.
        const NUMBERS: usize = 60;
        let Some(capacity) = self.pieces().filter(|pieces| *pieces <= MOST) else { return };
        let fewest = self.fewest(left);
        for all in fewest.saturating_sub(2)..=fewest + 1 {
            for first in (1..=all / 2).take(NUMBERS) {
                let before = search.chosen.len();
                let mut after = left.to_vec();
                for pattern in pair(left, capacity, [first, all - first]) {
                    if pattern.pieces.iter().any(|one| *one > 0) {
                        after = pattern.taken_from(&after);
                        search.chosen.push(pattern);
                    }
                }
                search.offer(self.cost(&after, &search.chosen));
                search.chosen.truncate(before);
            }
        }
    }

    /// Returns how many pieces a carton holds, if that is the same for every
    /// size.
    fn pieces(&self) -> Option<usize> {
        let mut each = self.each.iter().filter(|each| **each > 0);
        let first = each.next()?;
        let pieces = usize::try_from(self.capacity / first).ok()?;
        each.all(|each| each == first).then_some(pieces)
    }

    fn cost(&self, left: &[u64], chosen: &[Pattern]) -> Cost {
        let cartons: u64 = chosen.iter().map(|pattern| pattern.cartons).sum();
        // No ratio at all is what only happens when none helps.
        let patterns = if chosen.is_empty() { usize::MAX } else { chosen.len() };
        (cartons + self.tails(left), left.iter().sum(), patterns)
    }

    /// Returns ratios worth trying: for each number of cartons what of each
    /// size divides into them; the last one is tried for every number, the
    /// ones before it for those at which some size comes out even.
    fn candidates(&self, left: &[u64], last: bool, tries: &mut usize) -> Vec<Pattern> {
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
            if *tries == 0 {
                break;
            }
            *tries -= 1;
            let pieces = self.fitted(left, cartons);
            if pieces.iter().any(|one| *one > 0) {
                found.push(Pattern { pieces, cartons });
            }
        }
        found
    }

    /// Returns the fullest ratio for so many cartons: what divides, less what
    /// does not fit, the sizes with most left giving way first.
    fn fitted(&self, left: &[u64], cartons: u64) -> Vec<u64> {
        let divides: Vec<u64> = left.iter().map(|one| one / cartons).collect();
        if self.fill(&divides) <= self.capacity {
            return divides;
        }
        // No size fills more of the carton than this level.
        let cut = |level: u64| -> Vec<u64> {
            let sizes = divides.iter().zip(self.each);
            sizes.map(|(pieces, each)| (*pieces).min(level / each.max(&1))).collect()
        };
        let (mut low, mut high) = (0, self.capacity);
        while low < high {
            let level = low + (high - low).div_ceil(2);
            match self.fill(&cut(level)) <= self.capacity {
                true => low = level,
                false => high = level - 1,
            }
        }
        let mut pieces = cut(low);
        let mut room = self.capacity - self.fill(&pieces);
        for (at, each) in self.each.iter().enumerate() {
            if pieces[at] < divides[at] && *each <= room {
                pieces[at] += 1;
                room -= each;
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// Returns every filling of a carton.
    fn fillings(left: &[u64], capacity: u64) -> Vec<Vec<u64>> {
        let mut found: Vec<Vec<u64>> = vec![Vec::new()];
        for &left in left {
            let more = |known: &Vec<u64>| {
                let room = capacity - known.iter().sum::<u64>();
                (0..=left.min(room)).map(|own| [&known[..], &[own]].concat()).collect::<Vec<_>>()
            };
            found = found.iter().flat_map(more).collect();
        }
        found.retain(|one| one.iter().any(|own| *own > 0));
        found
    }

    /// Returns the fewest cartons and then leftovers by trying every way.
    fn every_way(carton: &Carton<'_>, left: &[u64], most: usize, taken: u64) -> (u64, u64) {
        let none = (u64::MAX, u64::MAX);
        let own = (taken + carton.tails(left), left.iter().sum());
        let mut best = if taken > 0 { own } else { none };
        for pieces in if most > 0 { fillings(left, carton.capacity) } else { Vec::new() } {
            for cartons in 1..=cartons_of(left, &pieces) {
                let pattern = Pattern { pieces: pieces.clone(), cartons };
                let after = pattern.taken_from(left);
                best = best.min(every_way(carton, &after, most - 1, taken + cartons));
            }
        }
        best
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn chosen_ratios_are_the_best_of_every_way(
            left in prop::collection::vec(1..10_u64, 2..4),
            capacity in 3..6_u64,
            most in 1..3_usize,
        ) {
            let each = vec![1; left.len()];
            let carton = Carton { each: &each, capacity };
            let chosen = carton.choose(&left, most);
            prop_assert!(chosen.len() <= most);
            let mut after = left.clone();
            for pattern in &chosen {
                prop_assert!(carton.fill(&pattern.pieces) <= capacity);
                after = pattern.taken_from(&after);
            }
            let cartons: u64 = chosen.iter().map(|pattern| pattern.cartons).sum();
            let reached = (cartons + carton.tails(&after), after.iter().sum::<u64>());
            prop_assert_eq!(reached, every_way(&carton, &left, most, 0));
        }

        #[test]
        fn more_ratios_never_take_more_cartons(
            left in prop::collection::vec(0..600_u64, 1..9),
            capacity in 6..61_u64,
        ) {
            let each = vec![1; left.len()];
            let carton = Carton { each: &each, capacity };
            let cartons = |most| {
                let mut after = left.clone();
                let mut taken = 0;
                for pattern in carton.choose(&left, most) {
                    after = pattern.taken_from(&after);
                    taken += pattern.cartons;
                }
                taken + carton.tails(&after)
            };
            let [one, two, three] = [1, 2, 3].map(cartons);
            prop_assert!(three <= two && two <= one);
            prop_assert!(three >= carton.fewest(&left));
        }
    }
}
