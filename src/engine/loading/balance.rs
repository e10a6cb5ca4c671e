//! Where the weight of a load is: its centre of gravity, against the middle
//! of the container.

use super::cargo::{Carton, Room, Stack};

/// The centre of gravity of a load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Balance {
    /// From the front wall, from the left side, and above the floor.
    pub centre: [u64; 3],
}

impl Balance {
    /// Returns the centre of gravity of stacks; `None` if nothing weighs
    /// anything.
    pub fn of(stacks: &[Stack], cartons: &[Carton]) -> Option<Self> {
        let mut moments = [0u128; 3];
        let mut weight = 0u128;
        for stack in stacks {
            let own = u128::from(cartons[stack.carton].weight) * u128::from(stack.cartons());
            weight += own;
            let to = stack.to();
            for axis in 0..3 {
                // Twice the middle of the stack, to stay whole.
                moments[axis] += own * u128::from(stack.at[axis] + to[axis]);
            }
        }
        if weight == 0 {
            return None;
        }
        Some(Self { centre: moments.map(|moment| (moment / (2 * weight)) as u64) })
    }

    /// Returns how far it is from the middle along and across: before it
    /// (toward the front wall, the left side) if negative.
    pub fn offset(&self, room: &Room) -> [i64; 2] {
        [0, 1].map(|axis| self.centre[axis] as i64 - i64::from(room.size[axis] / 2))
    }
}
