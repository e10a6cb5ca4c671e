//! What is loaded and into what: cartons that are alike, the room inside a
//! container, and where things stand in the end. Whole millimetres and grams.

/// Cartons that are alike in everything that matters to loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carton {
    /// Its edges: length, width, height.
    pub size: [u32; 3],
    /// Which of them may stand upright.
    pub upright: [bool; 3],
    /// How many there are.
    pub quantity: u32,
    /// What one weighs; 0 if it is not known.
    pub weight: u64,
    /// How many tiers a stack with it may have from it upward, itself
    /// counted.
    pub tiers: Option<u32>,
    /// What may stand on one.
    pub bearing: Option<u64>,
    /// When it is unloaded: 0 first, nearest the door.
    pub stop: u32,
}

impl Carton {
    /// Returns the volume of one.
    pub fn volume(&self) -> u64 {
        volume(self.size)
    }

    /// Returns the ways it may stand that differ: along, across and up.
    pub fn poses(&self) -> Vec<[u32; 3]> {
        let mut poses = Vec::with_capacity(6);
        for up in (0..3).filter(|&up| self.upright[up]) {
            let (one, other) = match up {
                0 => (1, 2),
                1 => (0, 2),
                _ => (0, 1),
            };
            for (along, across) in [(one, other), (other, one)] {
                let pose = [self.size[along], self.size[across], self.size[up]];
                if !poses.contains(&pose) {
                    poses.push(pose);
                }
            }
        }
        poses
    }
}

/// The room inside a container: x along it from the front wall to the door,
/// y across, z up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Along, across and up.
    pub size: [u32; 3],
    /// How wide and how high the door is.
    pub door: [u32; 2],
    /// What it may carry.
    pub payload: Option<u64>,
}

impl Room {
    /// Returns its volume.
    pub fn volume(&self) -> u64 {
        volume(self.size)
    }
}

/// Cartons of one kind in one pose, so many along, across and up, without a
/// gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stack {
    /// Its corner nearest the front wall, the left side and the floor.
    pub at: [u32; 3],
    /// How each carton stands: along, across and up.
    pub pose: [u32; 3],
    /// How many along, across and up.
    pub counts: [u32; 3],
    /// Which of the cartons.
    pub carton: usize,
}

impl Stack {
    /// Returns the corner farthest from the front wall, the left side and the
    /// floor.
    pub fn to(&self) -> [u32; 3] {
        [0, 1, 2].map(|axis| self.at[axis] + self.pose[axis] * self.counts[axis])
    }

    /// Returns how many cartons it is made of.
    pub fn cartons(&self) -> u32 {
        self.counts.iter().product()
    }

    /// Returns where its cartons stand, in the order of loading: from the
    /// front wall to the door, tier on tier, from left to right.
    pub fn corners(&self) -> impl Iterator<Item = [u32; 3]> + '_ {
        let [along, across, up] = self.counts;
        let corner =
            |counts: [u32; 3]| [0, 1, 2].map(|axis| self.at[axis] + self.pose[axis] * counts[axis]);
        (0..along).flat_map(move |i| {
            (0..up).flat_map(move |k| (0..across).map(move |j| corner([i, j, k])))
        })
    }
}

/// Returns the volume of a cuboid.
pub(super) fn volume(size: [u32; 3]) -> u64 {
    size.iter().map(|&edge| u64::from(edge)).product()
}

/// Returns how much of one stretch lies in another.
pub(super) fn overlap(one: [u32; 2], other: [u32; 2]) -> u64 {
    u64::from(one[1].min(other[1]).saturating_sub(one[0].max(other[0])))
}
