//! The search: a beam search over blocks. Every state is judged by finishing
//! it greedily, and the beam widens until the budget is spent.
//!
//! A block's value in a space is its volume × (touching surface)⁴ × the share
//! of the space that can still be used beside it × (cartons)^−0.2.

use std::rc::Rc;

use super::block::{Block, ONE, Rest};
use super::cargo::{Carton, Room, Stack, overlap};
use super::contact::Around;
use super::making::Blocks;
use super::reach::{Reach, Reaches};
use super::space::{Space, Spaces};

/// How long to search. A search ends sooner if all is loaded.
#[derive(Clone, Copy)]
pub struct Budget<'a> {
    /// The most blocks to place, those of greedy finishes counted.
    pub nodes: u64,
    /// The most time, and the clock to measure it by, in milliseconds.
    pub time: Option<(u64, &'a dyn Fn() -> u64)>,
}

/// Support is counted in ten-thousandths of a base.
pub const WHOLE: u32 = 10_000;

/// The widest beam: beyond it all states of a small load are known.
const WIDEST: usize = 4_000;

/// A block that stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stood {
    pub(super) block: u32,
    pub(super) space: Space,
    stop: u32,
    rest: Rest,
}

/// A container loaded so far.
#[derive(Debug, Clone)]
struct State {
    spaces: Spaces,
    /// Spaces that nothing of the present stop fits into.
    shelved: Vec<Space>,
    stood: Vec<Stood>,
    left: Vec<u32>,
    /// Blocks that may still be placed, those of most worth first.
    options: Rc<Vec<u32>>,
    stop: u32,
    volume: u64,
    weight: u64,
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    /// The volume of the cartons loaded.
    pub(super) volume: u64,
    /// Where they stand.
    pub(super) stacks: Vec<Stack>,
}

/// A place for a block, and its value there.
#[derive(Debug, Clone, Copy)]
struct Choice {
    value: u128,
    block: u32,
    at: [u32; 3],
}

struct Search<'a> {
    cartons: &'a [Carton],
    room: &'a Room,
    support: u32,
    /// Whether cartons are unloaded at several stops.
    stops: bool,
    /// Whether some carton may not carry all.
    limits: bool,
    blocks: &'a Blocks,
    reaches: Reaches,
    budget: &'a Budget<'a>,
    started: u64,
    nodes: u64,
    /// The volume at which nothing better can be found.
    enough: u64,
    best: u64,
    best_stood: Vec<Stood>,
}

/// Loads a room with as much volume as it finds within the budget; every
/// carton is supported on at least `support` of its base.
pub(super) fn load(cartons: &[Carton], room: &Room, support: u32, budget: &Budget<'_>) -> Found {
    let started = budget.time.map_or(0, |(_, clock)| clock());
    let blocks = Blocks::make(cartons, room, support < WHOLE);
    let of_all = |carton: &Carton| carton.volume() * u64::from(carton.quantity);
    let mut search = Search {
        cartons,
        room,
        support,
        stops: cartons.iter().any(|carton| carton.stop != cartons[0].stop),
        limits: cartons.iter().any(|carton| carton.tiers.is_some() || carton.bearing.is_some()),
        blocks: &blocks,
        reaches: Reaches::default(),
        budget,
        started,
        nodes: 0,
        enough: cartons.iter().map(of_all).sum::<u64>().min(room.volume()),
        best: 0,
        best_stood: Vec::new(),
    };
    search.run();
    let mut stacks = Vec::new();
    for stood in &search.best_stood {
        let block = &blocks.list[stood.block as usize];
        block.unfold(&blocks.list, stood.space.from, &mut stacks);
    }
    Found { volume: search.best, stacks }
}

impl Search<'_> {
    fn over(&self) -> bool {
        let late = || {
            self.budget
                .time
                .is_some_and(|(most, clock)| clock().saturating_sub(self.started) >= most)
        };
        self.nodes >= self.budget.nodes || self.best >= self.enough || late()
    }

    fn run(&mut self) {
        let mut width = 1;
        while width < WIDEST {
            self.pass(width);
            if self.over() {
                return;
            }
            width = (width * 3usize).div_ceil(2);
        }
    }

    fn start(&self) -> State {
        State {
            spaces: Spaces { list: vec![Space { from: [0; 3], to: self.room.size }] },
            shelved: Vec::new(),
            stood: Vec::new(),
            left: self.cartons.iter().map(|carton| carton.quantity).collect(),
            options: Rc::new(self.blocks.order.clone()),
            stop: self.cartons.iter().map(|carton| carton.stop).max().unwrap_or(0),
            volume: 0,
            weight: 0,
        }
    }

    /// Searches once with a beam of one width.
    fn pass(&mut self, width: usize) {
        let mut beam = vec![self.start()];
        while !beam.is_empty() {
            let mut next: Vec<(u64, State)> = Vec::new();
            let fan = if beam.len() == 1 { width * width } else { width };
            for mut state in beam {
                for choice in self.choices(&mut state, fan) {
                    let mut child = state.clone();
                    self.place(&mut child, choice);
                    let reached = self.finish(child.clone());
                    // States of one outcome are one state seen twice.
                    if next.iter().all(|(known, _)| *known != reached) {
                        next.push((reached, child));
                    }
                    if self.over() {
                        return;
                    }
                }
            }
            next.sort_by_key(|(reached, _)| std::cmp::Reverse(*reached));
            next.truncate(width);
            beam = next.into_iter().map(|(_, state)| state).collect();
        }
    }

    /// Finishes a state greedily and returns the volume reached.
    fn finish(&mut self, mut state: State) -> u64 {
        while let Some(&choice) = self.choices(&mut state, 1).first() {
            self.place(&mut state, choice);
        }
        if state.volume > self.best {
            self.best = state.volume;
            self.best_stood = state.stood;
        }
        state.volume
    }

    /// Returns the best blocks for the first space that can take one; spaces
    /// that can take none are put aside.
    fn choices(&mut self, state: &mut State, most: usize) -> Vec<Choice> {
        loop {
            self.trim(state);
            let reach = self.reaches.of(self.cartons, &state.left, self.room.size);
            while let Some((at, far)) = self.next_space(&state.spaces) {
                let space = state.spaces.list[at];
                let level = self.support >= WHOLE;
                let around = Around::new(space, far, self.room.size, &state.stood, level);
                let best = self.rank(state, &around, &reach, most);
                if !best.is_empty() {
                    return best;
                }
                let space = state.spaces.list.swap_remove(at);
                if self.stops {
                    state.shelved.push(space);
                }
            }
            if !self.next_stop(state) {
                return Vec::new();
            }
        }
    }

    /// Goes on to the cartons that are unloaded next sooner; `false` if there
    /// are none.
    fn next_stop(&self, state: &mut State) -> bool {
        let sooner = self.cartons.iter().zip(&state.left).filter(|(_, left)| **left > 0);
        let sooner = sooner.map(|(carton, _)| carton.stop).filter(|stop| *stop < state.stop);
        let Some(stop) = sooner.max() else { return false };
        state.stop = stop;
        state.options = Rc::new(self.blocks.order.clone());
        state.spaces.list.append(&mut state.shelved);
        true
    }

    /// Forgets blocks for which cartons, room or payload are lacking.
    fn trim(&self, state: &mut State) {
        let mut most = [0; 3];
        for space in &state.spaces.list {
            let size = space.size();
            most = [0, 1, 2].map(|axis| size[axis].max(most[axis]));
        }
        let weight = self.room.payload.map_or(u64::MAX, |most| most.saturating_sub(state.weight));
        let usable = |&at: &u32| {
            let block = &self.blocks.list[at as usize];
            (0..3).all(|axis| block.size[axis] <= most[axis])
                && block.stop == state.stop
                && block.weight <= weight
                && block.available(&state.left)
        };
        let kept: Vec<u32> = state.options.iter().copied().filter(usable).collect();
        state.options = Rc::new(kept);
    }

    /// Picks the space nearest a corner of the container, and its corner.
    /// With several stops only corners at the front wall count.
    fn next_space(&self, spaces: &Spaces) -> Option<(usize, [bool; 2])> {
        let near = |space: &Space, axis: usize| {
            let (before, after) = (space.from[axis], self.room.size[axis] - space.to[axis]);
            let far = after < before && (axis == 1 || !self.stops);
            (if far { after } else { before }, far)
        };
        let key = |space: &Space| {
            let ((x, far_x), (y, far_y)) = (near(space, 0), near(space, 1));
            let size = space.size();
            let area = u64::from(size[0]) * u64::from(size[1]);
            let base = space.from[2];
            ((x + y + base, base, std::cmp::Reverse(area), space.from), [far_x, far_y])
        };
        let spaces = spaces.list.iter().enumerate().map(|(at, space)| (key(space), at));
        spaces.min_by_key(|((key, _), _)| *key).map(|((_, far), at)| (at, far))
    }

    /// Returns the best blocks for a corner of a space, best first.
    fn rank(&self, state: &State, around: &Around, reach: &Reach, most: usize) -> Vec<Choice> {
        let room = around.space.size();
        let mut best: Vec<Choice> = Vec::with_capacity(most.min(state.options.len()) + 1);
        for &at in state.options.iter() {
            let block = &self.blocks.list[at as usize];
            let least = if best.len() < most { 0 } else { best[most - 1].value };
            // Worth is the most a value can be, and falls from here on.
            if block.worth <= least {
                break;
            }
            if (0..3).any(|axis| block.size[axis] > room[axis]) {
                continue;
            }
            let value = value(block, around, room, reach);
            let corner = around.corner(block.size);
            if value > least && self.allowed(state, block, corner) {
                let place = best.partition_point(|known| known.value >= value);
                best.insert(place, Choice { value, block: at, at: corner });
                best.truncate(most);
            }
        }
        best
    }

    /// Whether a block may stand there: carried well enough, not too much for
    /// what is below, and within reach from the door.
    fn allowed(&self, state: &State, block: &Block, at: [u32; 3]) -> bool {
        let space = self.space(block, at);
        (!self.limits || self.rest(state, block, &space).is_some())
            && (self.support >= WHOLE || self.supported(state, block, &space))
            && (!self.stops || reachable(&state.stood, &space, block.stop))
    }

    fn space(&self, block: &Block, at: [u32; 3]) -> Space {
        Space { from: at, to: [0, 1, 2].map(|axis| at[axis] + block.size[axis]) }
    }

    /// Returns what may stand on a block there.
    fn rest(&self, state: &State, block: &Block, space: &Space) -> Option<Rest> {
        let below = state.stood.iter().filter(|stood| carried(space, &stood.space) > 0);
        below.fold(Rest::FLOOR, |rest, stood| rest.and(stood.rest)).under(block)
    }

    /// Whether every carton of a block's lowest tier has the support it needs.
    fn supported(&self, state: &State, block: &Block, space: &Space) -> bool {
        if space.from[2] == 0 || self.support == 0 {
            return true;
        }
        let below: Vec<&Space> = state.stood.iter().map(|stood| &stood.space).collect();
        let enough = |space: &Space| {
            let size = space.size();
            let area = u64::from(size[0]) * u64::from(size[1]);
            let carried: u64 = below.iter().map(|below| carried(space, below)).sum();
            carried * u64::from(WHOLE) >= area * u64::from(self.support)
        };
        let mut stacks = Vec::new();
        block.unfold(&self.blocks.list, space.from, &mut stacks);
        stacks.iter().filter(|stack| stack.at[2] == space.from[2]).all(|stack| {
            let lowest = Stack { counts: [stack.counts[0], stack.counts[1], 1], ..*stack };
            lowest.corners().all(|at| {
                let to = [0, 1, 2].map(|axis| at[axis] + stack.pose[axis]);
                enough(&Space { from: at, to })
            })
        })
    }

    fn place(&mut self, state: &mut State, choice: Choice) {
        self.nodes += 1;
        let block = &self.blocks.list[choice.block as usize];
        let space = self.space(block, choice.at);
        let rest = if self.limits { self.rest(state, block, &space) } else { Some(Rest::FLOOR) };
        let rest = rest.unwrap_or(Rest { tiers: 0, bears: 0 });
        let level = self.support >= WHOLE;
        if self.stops {
            state.spaces.list.append(&mut state.shelved);
        }
        state.spaces.cover(&space, if level { 2 } else { 3 });
        if level && space.to[2] < self.room.size[2] && rest.tiers > 0 {
            let mut top = Space { from: choice.at, to: self.room.size };
            top.from[2] = space.to[2];
            for axis in 0..2 {
                top.to[axis] = choice.at[axis] + block.top[axis];
            }
            state.spaces.open(top);
        }
        state.stood.push(Stood { block: choice.block, space, stop: block.stop, rest });
        for &(kind, count) in &block.uses {
            state.left[kind as usize] -= count;
        }
        state.volume += block.volume;
        state.weight += block.weight;
    }
}

/// What a block is worth in a corner of a space.
fn value(block: &Block, around: &Around, room: [u32; 3], reach: &Reach) -> u128 {
    let mut share = around.contact(block);
    for _ in 0..2 {
        share = share * share / ONE;
    }
    for (axis, (own, room)) in block.size.into_iter().zip(room).enumerate() {
        let rest = reach.within(axis, room - own);
        share = share * u64::from(own + rest) / u64::from(room);
    }
    block.worth * u128::from(share) / u128::from(ONE)
}

/// Returns how much of a base stands on something.
fn carried(above: &Space, below: &Space) -> u64 {
    if below.to[2] != above.from[2] {
        return 0;
    }
    let span = |axis: usize| {
        overlap([above.from[axis], above.to[axis]], [below.from[axis], below.to[axis]])
    };
    span(0) * span(1)
}

/// Whether a block can be brought there from the door, and out again, past
/// what is unloaded at other stops.
fn reachable(stood: &[Stood], space: &Space, stop: u32) -> bool {
    stood.iter().filter(|other| other.stop != stop).all(|other| {
        let other = &other.space;
        let apart =
            |axis: usize| other.to[axis] <= space.from[axis] || space.to[axis] <= other.from[axis];
        other.from[0] < space.to[0] || apart(1) || apart(2)
    })
}
