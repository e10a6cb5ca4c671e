//! Where something can stand. Where all must be carried fully, nothing
//! overhangs: the spaces are the rectangles, each as large as it can be, in
//! which the floor or tops of blocks are level, free up to the ceiling. Else
//! they are the empty cuboids, each as large as it can be.

/// An empty cuboid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Space {
    /// Its corner nearest the front wall, the left side and the floor.
    pub(super) from: [u32; 3],
    /// Its corner farthest from them.
    pub(super) to: [u32; 3],
}

impl Space {
    fn holds(&self, other: &Space) -> bool {
        (0..3).all(|axis| self.from[axis] <= other.from[axis] && other.to[axis] <= self.to[axis])
    }

    fn meets(&self, other: &Space) -> bool {
        (0..3).all(|axis| self.from[axis] < other.to[axis] && other.from[axis] < self.to[axis])
    }

    /// Returns its size.
    pub(super) fn size(&self) -> [u32; 3] {
        [0, 1, 2].map(|axis| self.to[axis] - self.from[axis])
    }

    /// Returns both together, as far as they are one cuboid along `axis`.
    fn joined(&self, other: &Space, axis: usize) -> Option<Space> {
        let across = 1 - axis;
        let from = self.from[across].max(other.from[across]);
        let to = self.to[across].min(other.to[across]);
        let touch = self.from[axis] <= other.to[axis] && other.from[axis] <= self.to[axis];
        if from >= to || !touch {
            return None;
        }
        let mut both = *self;
        both.from[axis] = self.from[axis].min(other.from[axis]);
        both.to[axis] = self.to[axis].max(other.to[axis]);
        both.from[across] = from;
        both.to[across] = to;
        (!self.holds(&both) && !other.holds(&both)).then_some(both)
    }
}

/// All spaces of a container that is being loaded.
#[derive(Debug, Clone, Default)]
pub(super) struct Spaces {
    /// The spaces, in the order in which they came.
    pub(super) list: Vec<Space>,
}

impl Spaces {
    /// Takes a block out of the spaces. Parts beside it remain on the first
    /// `axes`; with all three, those above and below it too.
    pub(super) fn cover(&mut self, block: &Space, axes: usize) {
        let mut cut = Vec::new();
        self.list.retain(|space| {
            let meets = space.meets(block);
            if meets {
                cut.push(*space);
            }
            !meets
        });
        let mut pieces: Vec<Space> = Vec::new();
        for space in cut {
            for axis in 0..axes {
                if space.from[axis] < block.from[axis] {
                    let mut piece = space;
                    piece.to[axis] = block.from[axis];
                    pieces.push(piece);
                }
                if block.to[axis] < space.to[axis] {
                    let mut piece = space;
                    piece.from[axis] = block.to[axis];
                    pieces.push(piece);
                }
            }
        }
        for (at, piece) in pieces.iter().enumerate() {
            let within = |(other_at, other): (usize, &Space)| {
                other_at != at && other.holds(piece) && (other != piece || other_at < at)
            };
            let held = pieces.iter().enumerate().any(within)
                || self.list.iter().any(|space| space.holds(piece));
            if !held {
                self.list.push(*piece);
            }
        }
    }

    /// Adds a level top, joined with neighbours of the same height.
    pub(super) fn open(&mut self, top: Space) {
        let mut new = vec![top];
        while let Some(space) = new.pop() {
            let base = space.from[2];
            if self.list.iter().any(|known| known.from[2] == base && known.holds(&space)) {
                continue;
            }
            for known in self.list.iter().filter(|known| known.from[2] == base) {
                new.extend((0..2).filter_map(|axis| space.joined(known, axis)));
            }
            self.list.retain(|known| known.from[2] != base || !space.holds(known));
            self.list.push(space);
        }
    }
}
