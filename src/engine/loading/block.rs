//! Blocks: cartons put together without a gap, or nearly, that are placed as
//! one. To search over blocks instead of cartons is what makes it fast.

use super::cargo::{Carton, Stack};

/// What one square millimetre is loaded with is counted in millionths of a
/// gram.
const PRESSURE: u64 = 1_000_000;

/// Cartons standing together as one cuboid.
#[derive(Debug, Clone)]
pub(super) struct Block {
    /// Along, across and up.
    pub(super) size: [u32; 3],
    /// The volume of its cartons.
    pub(super) volume: u64,
    /// How many cartons it is made of.
    pub(super) cartons: u32,
    /// What they weigh.
    pub(super) weight: u64,
    /// How many of which, by kind.
    pub(super) uses: Box<[(u32, u32)]>,
    /// How far along and across its top carries.
    pub(super) top: [u32; 2],
    /// When its cartons are unloaded.
    pub(super) stop: u32,
    /// How many tiers it is high, how many may stand on it.
    pub(super) tiers: [u32; 2],
    /// What it weighs upon the floor, and what may weigh upon it.
    pub(super) pressure: [u64; 2],
    /// Its volume, less a little for every carton more: what its value is
    /// based on.
    pub(super) worth: u128,
    made: Made,
}

#[derive(Debug, Clone)]
enum Made {
    /// Cartons of one kind in one pose.
    Grid { carton: u32, pose: [u32; 3] },
    /// Two blocks behind, beside or on each other.
    Pair { axis: usize, first: u32, second: u32 },
}

/// Size, contents, top, tiers and pressure of a block.
pub(super) type Identity = ([u32; 3], Box<[(u32, u32)]>, [u32; 2], [u32; 2], [u64; 2]);

impl Block {
    /// Makes a block of cartons of one kind; `None` if they may not be stacked
    /// so high.
    pub(super) fn grid(
        kind: usize,
        carton: &Carton,
        pose: [u32; 3],
        counts: [u32; 3],
    ) -> Option<Self> {
        let cartons = counts[0] * counts[1] * counts[2];
        let size = [0, 1, 2].map(|axis| pose[axis] * counts[axis]);
        let area = u64::from(pose[0]) * u64::from(pose[1]);
        let one = carton.weight.saturating_mul(PRESSURE).div_ceil(area);
        let bears = carton.bearing.map_or(u64::MAX, |grams| grams.saturating_mul(PRESSURE) / area);
        let above = u64::from(counts[2] - 1).saturating_mul(one);
        let carries = match carton.tiers {
            Some(tiers) => tiers.checked_sub(counts[2])?,
            None => u32::MAX,
        };
        let bears = if bears == u64::MAX { bears } else { bears.checked_sub(above)? };
        let volume = carton.volume() * u64::from(cartons);
        Some(Self {
            size,
            volume,
            cartons,
            weight: carton.weight.saturating_mul(u64::from(cartons)),
            uses: Box::new([(kind as u32, cartons)]),
            top: [size[0], size[1]],
            stop: carton.stop,
            tiers: [counts[2], carries],
            pressure: [above.saturating_add(one), bears],
            worth: worth(volume, cartons),
            made: Made::Grid { carton: kind as u32, pose },
        })
    }

    /// Puts two blocks behind (axis 0), beside (1) or on (2) each other;
    /// `None` if they do not go together.
    pub(super) fn pair(axis: usize, list: &[Block], first: usize, second: usize) -> Option<Self> {
        let (a, b) = (&list[first], &list[second]);
        let mut size = [0, 1, 2].map(|at| a.size[at].max(b.size[at]));
        size[axis] = a.size[axis] + b.size[axis];
        let (top, tiers, pressure);
        if axis == 2 {
            // The lower one's top must carry the whole of the upper one.
            if a.top[0] < b.size[0] || a.top[1] < b.size[1] {
                return None;
            }
            let left = Rest { tiers: a.tiers[1], bears: a.pressure[1] }.under(b)?;
            top = b.top;
            tiers = [a.tiers[0] + b.tiers[0], left.tiers];
            pressure = [a.pressure[0].saturating_add(b.pressure[0]), left.bears];
        } else {
            // Tops of one height carry together as far as they are level.
            let full = |block: &Block| block.top == [block.size[0], block.size[1]];
            if a.size[2] != b.size[2] || !full(a) || !full(b) {
                return None;
            }
            let across = 1 - axis;
            let mut both = [size[0], size[1]];
            both[across] = a.size[across].min(b.size[across]);
            top = both;
            tiers = [a.tiers[0].max(b.tiers[0]), a.tiers[1].min(b.tiers[1])];
            pressure = [a.pressure[0].max(b.pressure[0]), a.pressure[1].min(b.pressure[1])];
        }
        let (volume, cartons) = (a.volume + b.volume, a.cartons + b.cartons);
        Some(Self {
            size,
            volume,
            cartons,
            weight: a.weight.saturating_add(b.weight),
            uses: joined(&a.uses, &b.uses),
            top,
            stop: a.stop,
            tiers,
            pressure,
            worth: worth(volume, cartons),
            made: Made::Pair { axis, first: first as u32, second: second as u32 },
        })
    }

    /// Returns whether enough cartons are left for it.
    pub(super) fn available(&self, left: &[u32]) -> bool {
        self.uses.iter().all(|&(kind, count)| left[kind as usize] >= count)
    }

    /// Returns what tells it from other blocks.
    pub(super) fn identity(&self) -> Identity {
        (self.size, self.uses.clone(), self.top, self.tiers, self.pressure)
    }

    /// Writes down the stacks of a block that stands at `at`.
    pub(super) fn unfold(&self, list: &[Block], at: [u32; 3], stacks: &mut Vec<Stack>) {
        match self.made {
            Made::Grid { carton, pose } => {
                let counts = [0, 1, 2].map(|axis| self.size[axis] / pose[axis]);
                stacks.push(Stack { at, pose, counts, carton: carton as usize });
            }
            Made::Pair { axis, first, second } => {
                let first = &list[first as usize];
                let mut beyond = at;
                beyond[axis] += first.size[axis];
                first.unfold(list, at, stacks);
                list[second as usize].unfold(list, beyond, stacks);
            }
        }
    }
}

/// What may still stand on something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rest {
    /// So many tiers.
    pub(super) tiers: u32,
    /// So much weight on a square.
    pub(super) bears: u64,
}

impl Rest {
    /// The floor carries all.
    pub(super) const FLOOR: Self = Self { tiers: u32::MAX, bears: u64::MAX };

    /// Returns what may stand on a block that is put here; `None` if it may not
    /// be put here.
    pub(super) fn under(self, block: &Block) -> Option<Self> {
        let tiers = match self.tiers {
            u32::MAX => u32::MAX,
            left => left.checked_sub(block.tiers[0])?,
        };
        let bears = match self.bears {
            u64::MAX => u64::MAX,
            left => left.checked_sub(block.pressure[0])?,
        };
        Some(Self { tiers: tiers.min(block.tiers[1]), bears: bears.min(block.pressure[1]) })
    }

    /// Returns what may stand on both.
    pub(super) fn and(self, other: Self) -> Self {
        Self { tiers: self.tiers.min(other.tiers), bears: self.bears.min(other.bears) }
    }
}

/// One, in shares that are counted in whole numbers: what is found does not
/// hang on how a machine rounds.
pub(super) const ONE: u64 = 1 << 20;

/// Returns volume × cartons^−0.2, in units of [`ONE`].
fn worth(volume: u64, cartons: u32) -> u128 {
    let most = u128::from(ONE).pow(5) / u128::from(cartons.max(1));
    // The largest share whose fifth power is still within.
    let (mut low, mut high) = (0, ONE);
    while low < high {
        let middle = (low + high).div_ceil(2);
        if u128::from(middle).pow(5) <= most {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    u128::from(volume) * u128::from(low)
}

/// Adds up what two blocks use.
fn joined(one: &[(u32, u32)], other: &[(u32, u32)]) -> Box<[(u32, u32)]> {
    let mut uses = Vec::with_capacity(one.len() + other.len());
    let (mut one, mut other) = (one, other);
    while let (Some(&a), Some(&b)) = (one.first(), other.first()) {
        if a.0 == b.0 {
            uses.push((a.0, a.1 + b.1));
            (one, other) = (&one[1..], &other[1..]);
        } else if a.0 < b.0 {
            uses.push(a);
            one = &one[1..];
        } else {
            uses.push(b);
            other = &other[1..];
        }
    }
    uses.extend_from_slice(one);
    uses.extend_from_slice(other);
    uses.into_boxed_slice()
}
