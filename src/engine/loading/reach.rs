//! How much of a length can be used at all: the greatest sum of carton edges
//! that does not exceed it. What is left beyond is waste for certain.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::cargo::Carton;

/// For every length on every axis, the greatest sum of edges within it.
#[derive(Debug)]
pub(super) struct Reach([Vec<u32>; 3]);

impl Reach {
    fn of(cartons: &[Carton], left: &[u32], room: [u32; 3]) -> Self {
        let mut lying = Vec::new();
        let mut standing = Vec::new();
        for (carton, _) in cartons.iter().zip(left).filter(|(_, left)| **left > 0) {
            for pose in carton.poses() {
                lying.extend_from_slice(&pose[..2]);
                standing.push(pose[2]);
            }
        }
        for edges in [&mut lying, &mut standing] {
            edges.sort_unstable();
            edges.dedup();
        }
        Self([sums(&lying, room[0]), sums(&lying, room[1]), sums(&standing, room[2])])
    }

    /// Returns how much of a length on an axis can be used.
    pub(super) fn within(&self, axis: usize, length: u32) -> u32 {
        self.0[axis].get(length as usize).copied().unwrap_or(length)
    }
}

fn sums(edges: &[u32], length: u32) -> Vec<u32> {
    let mut best: Vec<u32> = vec![0; length as usize + 1];
    for at in 1..=length {
        let reached = |edge: &&u32| best[(at - **edge) as usize] == at - **edge;
        let reached = edges.iter().take_while(|edge| **edge <= at).find(reached).is_some();
        best[at as usize] = if reached { at } else { best[at as usize - 1] };
    }
    best
}

/// The reaches of every set of kinds that was left at some time.
#[derive(Debug, Default)]
pub(super) struct Reaches {
    known: FxHashMap<Vec<u64>, Rc<Reach>>,
}

impl Reaches {
    /// Returns the reach of the kinds of which some are left.
    pub(super) fn of(&mut self, cartons: &[Carton], left: &[u32], room: [u32; 3]) -> Rc<Reach> {
        let mut kinds = vec![0u64; left.len().div_ceil(64)];
        for (at, _) in left.iter().enumerate().filter(|(_, left)| **left > 0) {
            kinds[at / 64] |= 1 << (at % 64);
        }
        let make = || Rc::new(Reach::of(cartons, left, room));
        Rc::clone(self.known.entry(kinds).or_insert_with(make))
    }
}
