//! Which blocks are made of the cartons at hand.

use rustc_hash::{FxHashMap, FxHashSet};

use super::block::Block;
use super::cargo::{Carton, Room, volume};

/// The most blocks to search over; more widen every look without finding
/// better loads.
const MOST: usize = 10_000;

/// The most pairs to try: with many kinds hardly any two go together.
const TRIES: usize = 8_000_000;

/// Up to so many kinds, exact blocks suffice; beyond, cartons hardly ever go
/// together without a gap.
const FEW_KINDS: usize = 25;

/// The least share of a block that its cartons fill, with many kinds, in per
/// cent.
const NEARLY_FULL: u64 = 98;
const FULL: u64 = 100;

/// All blocks to search over.
#[derive(Debug)]
pub(super) struct Blocks {
    /// The blocks.
    pub(super) list: Vec<Block>,
    /// From the most worth to the least.
    pub(super) order: Vec<u32>,
}

impl Blocks {
    /// Makes blocks of cartons for a room; without a gap only if `exact`.
    pub(super) fn make(cartons: &[Carton], room: &Room, exact: bool) -> Self {
        let fill = if exact || cartons.len() <= FEW_KINDS { FULL } else { NEARLY_FULL };
        let mut maker =
            Maker { cartons, room, fill, list: Vec::new(), known: FxHashSet::default() };
        maker.grids();
        maker.pairs();
        let list = maker.list;
        let mut order: Vec<u32> = (0..list.len() as u32).collect();
        let worth = |at: u32| list[at as usize].worth;
        order.sort_by_key(|&at| (std::cmp::Reverse(worth(at)), at));
        Self { list, order }
    }
}

type Identity = ([u32; 3], Box<[(u32, u32)]>, [u32; 2], [u32; 2], [u64; 2]);

struct Maker<'a> {
    cartons: &'a [Carton],
    room: &'a Room,
    fill: u64,
    list: Vec<Block>,
    known: FxHashSet<Identity>,
}

impl Maker<'_> {
    fn add(&mut self, block: Block) {
        if self.known.insert(block.identity()) {
            self.list.push(block);
        }
    }

    /// Makes grids of every kind in every pose.
    fn grids(&mut self) {
        let cartons = self.cartons;
        let poses: Vec<(usize, [u32; 3])> = cartons
            .iter()
            .enumerate()
            .filter(|(_, carton)| carton.quantity > 0)
            .flat_map(|(kind, carton)| carton.poses().into_iter().map(move |pose| (kind, pose)))
            .collect();
        let share = (MOST / poses.len().max(1)).max(1);
        for (kind, pose) in poses {
            self.grids_of(kind, pose, share);
        }
    }

    fn grids_of(&mut self, kind: usize, pose: [u32; 3], share: usize) {
        let carton = &self.cartons[kind];
        let fits = |axis: usize| (self.room.size[axis] / pose[axis]).min(carton.quantity);
        let most = [0, 1, 2].map(fits);
        let all = most.iter().map(|&count| u64::from(count)).product::<u64>();
        let every = all <= share as u64;
        for up in counts(most[2], every) {
            for across in counts(most[1].min(carton.quantity / up), every) {
                for along in counts(most[0].min(carton.quantity / (up * across)), every) {
                    if let Some(block) = Block::grid(kind, carton, pose, [along, across, up]) {
                        self.add(block);
                    }
                }
            }
        }
    }

    /// Puts blocks together until nothing new comes, or there are enough.
    fn pairs(&mut self) {
        let mut from = 0;
        let mut tries = 0;
        let mut sides = Sides::new(self.fill >= FULL);
        while from < self.list.len() && self.list.len() < MOST {
            let until = self.list.len();
            for later in from..until {
                sides.add(&self.list, later);
                for axis in 0..3 {
                    for &earlier in sides.matching(&self.list[later], axis) {
                        tries += 1;
                        let pair = self.pair(axis, earlier as usize, later);
                        if let Some(block) = pair {
                            self.add(block);
                        }
                        if self.list.len() >= MOST || tries >= TRIES {
                            return;
                        }
                    }
                }
            }
            from = until;
        }
    }

    fn pair(&self, axis: usize, one: usize, other: usize) -> Option<Block> {
        let (a, b) = (&self.list[one], &self.list[other]);
        let long = |at: usize| {
            if at == axis { a.size[at] + b.size[at] } else { a.size[at].max(b.size[at]) }
        };
        if a.stop != b.stop || (0..3).any(|at| long(at) > self.room.size[at]) {
            return None;
        }
        let whole = volume([long(0), long(1), long(2)]);
        if (a.volume + b.volume) * FULL < self.fill * whole {
            return None;
        }
        let pair = |first, second| Block::pair(axis, &self.list, first, second);
        let block = pair(one, other).or_else(|| if axis == 2 { pair(other, one) } else { None })?;
        let enough = |&(kind, count): &(u32, u32)| self.cartons[kind as usize].quantity >= count;
        block.uses.iter().all(enough).then_some(block)
    }
}

/// Returns the counts to try on an axis: every one, or, where that would be
/// too many, small ones, doublings and the most.
fn counts(most: u32, every: bool) -> Vec<u32> {
    if every {
        return (1..=most).collect();
    }
    let mut counts = Vec::new();
    let mut count = 1;
    while count < most {
        counts.push(count);
        count = if count < 4 { count + 1 } else { count + count / 3 };
    }
    if most > 0 {
        counts.push(most);
    }
    counts
}

/// Finds blocks that can stand against another without a gap.
struct Sides {
    exact: bool,
    all: Vec<u32>,
    by_side: [FxHashMap<[u32; 2], Vec<u32>>; 3],
}

impl Sides {
    fn new(exact: bool) -> Self {
        Self { exact, all: Vec::new(), by_side: Default::default() }
    }

    fn side(block: &Block, axis: usize) -> [u32; 2] {
        let [l, w, h] = block.size;
        match axis {
            0 => [w, h],
            1 => [l, h],
            _ => [l, w],
        }
    }

    fn add(&mut self, list: &[Block], at: usize) {
        if !self.exact {
            self.all.push(at as u32);
            return;
        }
        for (axis, by_side) in self.by_side.iter_mut().enumerate() {
            by_side.entry(Self::side(&list[at], axis)).or_default().push(at as u32);
        }
    }

    fn matching(&self, block: &Block, axis: usize) -> &[u32] {
        if !self.exact {
            return &self.all;
        }
        self.by_side[axis].get(&Self::side(block, axis)).map_or(&[], Vec::as_slice)
    }
}
