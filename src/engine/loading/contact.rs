//! How much of a block's surface touches walls and other blocks: blocks that
//! stand snugly leave spaces that can still be used.

use super::block::{Block, ONE};
use super::cargo::overlap;
use super::search::Stood;
use super::space::Space;

/// Faces nearer than this share of the container count as touching.
const TOLERANCE: u32 = 4;
const HUNDRED: u32 = 100;

/// A face that something can stand against: where it is on its axis, and the
/// stretches it takes on the next two.
#[derive(Debug, Clone, Copy)]
struct Face {
    at: u32,
    spans: [[u32; 2]; 2],
}

/// A space, the corner of it that is used, and what stands around it.
#[derive(Debug)]
pub(super) struct Around {
    /// The space.
    pub(super) space: Space,
    /// Whether it is used from its far end, along and across.
    pub(super) far: [bool; 2],
    room: [u32; 3],
    slack: [u32; 3],
    /// Whether every block stands wholly on something.
    level: bool,
    /// Faces before it and behind it on each axis.
    faces: [[Vec<Face>; 2]; 3],
}

impl Around {
    /// Looks around a space.
    pub(super) fn new(
        space: Space,
        far: [bool; 2],
        room: [u32; 3],
        stood: &[Stood],
        level: bool,
    ) -> Self {
        let slack = room.map(|length| length * TOLERANCE / HUNDRED);
        let mut faces: [[Vec<Face>; 2]; 3] = Default::default();
        for (axis, faces) in faces.iter_mut().enumerate() {
            let [one, other] = others(axis);
            let wall = [[0, room[one]], [0, room[other]]];
            faces[0].push(Face { at: 0, spans: wall });
            faces[1].push(Face { at: room[axis], spans: wall });
            if level && axis == 2 {
                continue;
            }
            for block in stood.iter().map(|stood| &stood.space) {
                let spans = [one, other].map(|at| [block.from[at], block.to[at]]);
                let apart =
                    |at: usize| block.to[at] <= space.from[at] || space.to[at] <= block.from[at];
                if apart(one) || apart(other) {
                    continue;
                }
                if block.to[axis] <= space.from[axis]
                    && space.from[axis] - block.to[axis] <= slack[axis]
                {
                    faces[0].push(Face { at: block.to[axis], spans });
                }
                if block.from[axis] >= space.to[axis]
                    && block.from[axis] - space.to[axis] <= slack[axis]
                {
                    faces[1].push(Face { at: block.from[axis], spans });
                }
            }
        }
        Self { space, far, room, slack, level, faces }
    }

    /// Returns where a block of this size would stand.
    pub(super) fn corner(&self, size: [u32; 3]) -> [u32; 3] {
        let mut at = self.space.from;
        for axis in (0..2).filter(|&axis| self.far[axis]) {
            at[axis] = self.space.to[axis] - size[axis];
        }
        at
    }

    /// Returns the share of a block's surface that touches something, in units
    /// of [`ONE`].
    pub(super) fn contact(&self, block: &Block) -> u64 {
        let from = self.corner(block.size);
        let to = [0, 1, 2].map(|axis| from[axis] + block.size[axis]);
        let sides = block.size.map(u64::from);
        let base = sides[0] * sides[1];
        let mut touched = 0;
        for axis in 0..3 {
            if self.level && axis == 2 {
                touched += base;
                if self.room[2] - to[2] <= self.slack[2] {
                    touched += base;
                }
                continue;
            }
            let spans = others(axis).map(|at| [from[at], to[at]]);
            for face in &self.faces[axis][0] {
                if from[axis] >= face.at && from[axis] - face.at <= self.slack[axis] {
                    touched += overlap(spans[0], face.spans[0]) * overlap(spans[1], face.spans[1]);
                }
            }
            for face in &self.faces[axis][1] {
                if face.at >= to[axis] && face.at - to[axis] <= self.slack[axis] {
                    touched += overlap(spans[0], face.spans[0]) * overlap(spans[1], face.spans[1]);
                }
            }
        }
        let surface = 2 * (base + sides[0] * sides[2] + sides[1] * sides[2]);
        (touched * ONE / surface).min(ONE)
    }
}

/// Returns the other two axes.
fn others(axis: usize) -> [usize; 2] {
    match axis {
        0 => [1, 2],
        1 => [0, 2],
        _ => [0, 1],
    }
}
