//! What is left when full cartons are packed: whole rests into the fewest
//! cartons, proved where it can be; among those the least mixed.

use super::bound::lower_bound;

/// What is left of one size of one colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest {
    /// How much of a carton it fills.
    pub(super) fill: u64,
    /// Its style, by number.
    pub(super) style: u32,
    /// Its colour, by number.
    pub(super) colour: u32,
    /// Its size, by number.
    pub(super) size: u32,
}

/// Rests in cartons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    /// The rests of each carton, by their place.
    pub(super) cartons: Vec<Vec<usize>>,
    /// How many cartons there must be at least.
    pub(super) lower: usize,
}

/// Up to as many rests, the fewest cartons are found by looking at every
/// subset.
const EVERY_SUBSET: usize = 18;
/// Up to as many, also the least mixed of all best ways.
const EVERY_PARTITION: usize = 11;
/// How many steps a search for fewer cartons takes at most.
const STEPS: usize = 400_000;

/// Packs rests that each fit a carton of `capacity`.
pub(super) fn pack(rests: &[Rest], capacity: u64) -> Packed {
    let fills: Vec<u64> = rests.iter().map(|rest| rest.fill).collect();
    let mut lower = lower_bound(&fills, capacity);
    let mut best = best_fit(&fills, capacity, &by_fill(&fills));
    if best.len() > lower {
        if rests.len() <= EVERY_SUBSET {
            best = every_subset(&fills, capacity);
            lower = best.len();
        } else {
            let mut search = Search::new(&fills, capacity, lower, best);
            search.run();
            lower = search.proved();
            best = search.best;
        }
    }
    let cartons = match rests.len() <= EVERY_PARTITION {
        true => least_mixed(rests, capacity, best.len()).unwrap_or(best),
        false => unmix(rests, capacity, best),
    };
    Packed { cartons: in_order(cartons), lower }
}

/// Returns the places of fills, largest first.
fn by_fill(fills: &[u64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..fills.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(fills[at]), at));
    order
}

/// Puts each into the fullest carton that has room.
fn best_fit(fills: &[u64], capacity: u64, order: &[usize]) -> Vec<Vec<usize>> {
    let mut cartons: Vec<(u64, Vec<usize>)> = Vec::new();
    for &at in order {
        let room = cartons.iter_mut().filter(|(full, _)| full + fills[at] <= capacity);
        match room.max_by_key(|(full, _)| *full) {
            Some((full, carton)) => {
                *full += fills[at];
                carton.push(at);
            }
            None => cartons.push((fills[at], vec![at])),
        }
    }
    cartons.into_iter().map(|(_, carton)| carton).collect()
}

/// Finds the fewest cartons by looking at every subset: for each the fewest
/// cartons that hold it, and the least that the last of them holds then.
fn every_subset(fills: &[u64], capacity: u64) -> Vec<Vec<usize>> {
    let count = 1_usize << fills.len();
    let mut best: Vec<(u32, u64)> = vec![(u32::MAX, 0); count];
    let mut last: Vec<u8> = vec![0; count];
    best[0] = (1, 0);
    for set in 1..count {
        for (at, &fill) in fills.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1) {
            let (cartons, full) = best[set & !(1 << at)];
            let reached =
                if full + fill <= capacity { (cartons, full + fill) } else { (cartons + 1, fill) };
            if reached < best[set] {
                best[set] = reached;
                last[set] = u8::try_from(at).unwrap_or(u8::MAX);
            }
        }
    }
    let mut cartons = vec![Vec::new()];
    let mut set = count - 1;
    while set != 0 {
        let at = usize::from(last[set]);
        let rest = set & !(1 << at);
        if let Some(carton) = cartons.last_mut() {
            carton.push(at);
        }
        if rest != 0 && best[rest].0 < best[set].0 {
            cartons.push(Vec::new());
        }
        set = rest;
    }
    cartons
}

/// A search for fewer cartons, the largest rest first, by depth.
struct Search<'a> {
    fills: &'a [u64],
    capacity: u64,
    order: Vec<usize>,
    /// What is left to be packed from each depth on.
    behind: Vec<u64>,
    lower: usize,
    best: Vec<Vec<usize>>,
    open: Vec<(u64, Vec<usize>)>,
    steps: usize,
}

impl<'a> Search<'a> {
    fn new(fills: &'a [u64], capacity: u64, lower: usize, best: Vec<Vec<usize>>) -> Self {
        let order = by_fill(fills);
        let mut behind = vec![0; order.len() + 1];
        for depth in (0..order.len()).rev() {
            behind[depth] = behind[depth + 1] + fills[order[depth]];
        }
        Self { fills, capacity, order, behind, lower, best, open: Vec::new(), steps: 0 }
    }

    fn run(&mut self) {
        self.place(0);
    }

    /// Returns the bound that is proved: the best, if the search saw all.
    fn proved(&self) -> usize {
        if self.steps < STEPS { self.best.len() } else { self.lower.min(self.best.len()) }
    }

    fn place(&mut self, depth: usize) {
        self.steps += 1;
        if self.steps >= STEPS || self.best.len() == self.lower {
            return;
        }
        let Some(&at) = self.order.get(depth) else {
            if self.open.len() < self.best.len() {
                self.best = self.open.iter().map(|(_, carton)| carton.clone()).collect();
            }
            return;
        };
        let room: u64 = self.open.iter().map(|(full, _)| self.capacity - full).sum();
        let beyond = self.behind[depth].saturating_sub(room).div_ceil(self.capacity);
        let least = self.open.len() + usize::try_from(beyond).unwrap_or(usize::MAX);
        if least >= self.best.len() {
            return;
        }
        let fill = self.fills[at];
        let mut tried: Vec<u64> = Vec::new();
        for carton in 0..self.open.len() {
            let full = self.open[carton].0;
            if full + fill > self.capacity || tried.contains(&full) {
                continue;
            }
            tried.push(full);
            self.open[carton].0 += fill;
            self.open[carton].1.push(at);
            self.place(depth + 1);
            self.open[carton].0 -= fill;
            self.open[carton].1.pop();
        }
        if self.open.len() + 1 < self.best.len() {
            self.open.push((fill, vec![at]));
            self.place(depth + 1);
            self.open.pop();
        }
    }
}

/// How mixed a carton is, worst first: styles and colours beyond the first,
/// the square of its sizes.
type Mix = (u32, u32, u32);

fn mix(rests: &[Rest], carton: impl Iterator<Item = usize> + Clone) -> Mix {
    let count = |value: fn(&Rest) -> u32| {
        let mut values: Vec<u32> = carton.clone().map(|at| value(&rests[at])).collect();
        values.sort_unstable();
        values.dedup();
        u32::try_from(values.len()).unwrap_or(u32::MAX)
    };
    let sizes = count(|rest| rest.size);
    (count(|rest| rest.style) - 1, count(|rest| rest.colour) - 1, sizes * sizes)
}

fn plus(a: Mix, b: Mix) -> Mix {
    (a.0 + b.0, a.1 + b.1, a.2 + b.2)
}

/// Finds the least mixed way among all that take `most` cartons.
fn least_mixed(rests: &[Rest], capacity: u64, most: usize) -> Option<Vec<Vec<usize>>> {
    let count = 1_usize << rests.len();
    let members = |set: usize| (0..rests.len()).filter(move |at| set >> at & 1 == 1);
    let fits: Vec<Option<Mix>> = (0..count)
        .map(|set| {
            let full: u64 = members(set).map(|at| rests[at].fill).sum();
            (set != 0 && full <= capacity).then(|| mix(rests, members(set)))
        })
        .collect();
    // For each set: cartons, how mixed, and the carton with its first member.
    let mut best: Vec<Option<(usize, Mix, usize)>> = vec![None; count];
    best[0] = Some((0, (0, 0, 0), 0));
    for set in 1..count {
        let first = set & set.wrapping_neg();
        let others = set & !first;
        let mut part = others;
        loop {
            let carton = part | first;
            if let (Some(mixed), Some((cartons, before, _))) = (fits[carton], best[set & !carton]) {
                let reached = (cartons + 1, plus(mixed, before), carton);
                let known = best[set].map(|(cartons, mixed, _)| (cartons, mixed));
                if known.is_none_or(|known| (reached.0, reached.1) < known) {
                    best[set] = Some(reached);
                }
            }
            if part == 0 {
                break;
            }
            part = (part - 1) & others;
        }
    }
    let mut set = count - 1;
    let mut cartons = Vec::new();
    while set != 0 {
        let (_, _, carton) = best[set]?;
        cartons.push(members(carton).collect());
        set &= !carton;
    }
    (cartons.len() <= most).then_some(cartons)
}

/// Makes cartons less mixed without one more of them: colours stay apart as
/// far as they can, and rests change places while that helps.
fn unmix(rests: &[Rest], capacity: u64, best: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let apart = colours_apart(rests, capacity, best.len());
    let mut cartons = apart.unwrap_or(best);
    let full = |carton: &[usize]| carton.iter().map(|&at| rests[at].fill).sum::<u64>();
    let cost = |a: &[usize], b: &[usize]| plus(mix_of(rests, a), mix_of(rests, b));
    for _ in 0..rests.len() {
        let mut changed = false;
        for a in 0..cartons.len() {
            for b in 0..cartons.len() {
                if a == b {
                    continue;
                }
                let at = (0..cartons[a].len()).find(|&place| {
                    let (mut from, mut to) = (cartons[a].clone(), cartons[b].clone());
                    to.push(from.remove(place));
                    !from.is_empty()
                        && full(&to) <= capacity
                        && cost(&from, &to) < cost(&cartons[a], &cartons[b])
                });
                if let Some(place) = at {
                    let moved = cartons[a].remove(place);
                    cartons[b].push(moved);
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    cartons
}

fn mix_of(rests: &[Rest], carton: &[usize]) -> Mix {
    mix(rests, carton.iter().copied())
}

/// Packs each style and colour for itself and pools only the emptiest
/// cartons, as few as it takes to reach `most`.
fn colours_apart(rests: &[Rest], capacity: u64, most: usize) -> Option<Vec<Vec<usize>>> {
    let mut groups: Vec<(u32, u32)> = rests.iter().map(|rest| (rest.style, rest.colour)).collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.len() <= 1 {
        return None;
    }
    let mut cartons: Vec<Vec<usize>> = Vec::new();
    for group in groups {
        let own: Vec<usize> =
            (0..rests.len()).filter(|&at| (rests[at].style, rests[at].colour) == group).collect();
        let packed = pack(&own.iter().map(|&at| rests[at]).collect::<Vec<_>>(), capacity);
        cartons
            .extend(packed.cartons.iter().map(|carton| carton.iter().map(|&at| own[at]).collect()));
    }
    let full = |carton: &Vec<usize>| carton.iter().map(|&at| rests[at].fill).sum::<u64>();
    cartons.sort_by_key(|carton| std::cmp::Reverse(full(carton)));
    for kept in (0..=cartons.len()).rev() {
        let pool: Vec<usize> = cartons[kept..].iter().flatten().copied().collect();
        let fills: Vec<u64> = pool.iter().map(|&at| rests[at].fill).collect();
        let packed = match pool.len() <= EVERY_SUBSET && !pool.is_empty() {
            true => every_subset(&fills, capacity),
            false => best_fit(&fills, capacity, &by_fill(&fills)),
        };
        if kept + packed.len() <= most {
            let pooled =
                packed.into_iter().map(|carton| carton.iter().map(|&at| pool[at]).collect());
            return Some(cartons[..kept].iter().cloned().chain(pooled).collect());
        }
    }
    None
}

/// Puts cartons in the order of their first rest.
fn in_order(mut cartons: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    for carton in &mut cartons {
        carton.sort_unstable();
    }
    cartons.sort();
    cartons
}

/// What is left of one size, in pieces that may go to several cartons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Loose {
    /// How many.
    pub(super) pieces: u64,
    /// How much of a carton one of them fills.
    pub(super) each: u64,
    /// How many stay together (an inner pack).
    pub(super) together: u64,
}

/// Pieces in cartons: for each carton the rests and how many of each.
pub(super) type Shares = Vec<Vec<(usize, u64)>>;

/// Packs loose pieces into `cartons` cartons, splitting as few rests as it
/// can; `None` if they do not fit.
pub(super) fn split_into(loose: &[Loose], capacity: u64, cartons: usize) -> Option<Shares> {
    let mut order: Vec<usize> = (0..loose.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(loose[at].pieces * loose[at].each), at));
    let mut room = vec![capacity; cartons];
    let mut shares: Shares = vec![Vec::new(); cartons];
    let mut left: Vec<(usize, u64)> = Vec::new();
    for &at in &order {
        let fill = loose[at].pieces * loose[at].each;
        let fitting = (0..cartons).filter(|&carton| room[carton] >= fill);
        match fitting.min_by_key(|&carton| (room[carton], carton)) {
            Some(carton) => {
                room[carton] -= fill;
                shares[carton].push((at, loose[at].pieces));
            }
            None => left.push((at, loose[at].pieces)),
        }
    }
    for (at, mut pieces) in left {
        let Loose { each, together, .. } = loose[at];
        while pieces > 0 {
            let carton =
                (0..cartons).max_by_key(|&carton| (room[carton], std::cmp::Reverse(carton)))?;
            let fitting = (room[carton] / each).min(pieces);
            // Only the end of a rest may be less than an inner pack.
            let taken = if fitting == pieces { fitting } else { fitting / together * together };
            if taken == 0 {
                return None;
            }
            room[carton] -= taken * each;
            shares[carton].push((at, taken));
            pieces -= taken;
        }
    }
    Some(shares)
}

/// Fills one carton after the other with loose pieces, in their own sequence:
/// all but the last are full.
pub(super) fn fill_up(loose: &[Loose], capacity: u64) -> Shares {
    let mut shares: Shares = Vec::new();
    let mut room = 0;
    for (at, one) in loose.iter().enumerate() {
        let Loose { mut pieces, each, together } = *one;
        while pieces > 0 {
            let fitting = (room / each).min(pieces);
            let whole = if fitting == pieces { fitting } else { fitting / together * together };
            // An inner pack that fills more than a carton cannot stay whole.
            let taken = if whole == 0 && room == capacity { fitting.max(1) } else { whole };
            match shares.last_mut() {
                Some(carton) if taken > 0 => {
                    carton.push((at, taken));
                    room = room.saturating_sub(taken * each);
                    pieces -= taken;
                }
                _ => {
                    shares.push(Vec::new());
                    room = capacity;
                }
            }
        }
    }
    shares
}
