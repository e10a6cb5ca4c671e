//! The way down from a product, each part after all it is a part of: the one
//! mechanism behind needs, ready-made parts and complete sets. What it writes
//! on is kept from walk to walk, for thousands of orders go the same ways.

use std::convert::Infallible;

use super::graph::{Edge, Graph, StructId};

/// Walks down from products; a `T` is gathered for everything that is made.
pub(super) struct Descent<'a, T> {
    graph: &'a Graph,
    /// What was gathered so far, by place.
    gathered: Vec<T>,
    ahead: Ahead,
}

impl<'a, T: Copy + Default> Descent<'a, T> {
    pub(super) fn new(graph: &'a Graph) -> Self {
        let count = graph.structures.len();
        Self { graph, gathered: vec![T::default(); count], ahead: Ahead::new(count) }
    }

    pub(super) fn graph(&self) -> &'a Graph {
        self.graph
    }

    /// Shows every use below a product to `visit`: the use, what was gathered
    /// for the parent, and what is gathered for the part if that is made too.
    pub(super) fn walk(
        &mut self,
        root: StructId,
        start: T,
        mut visit: impl FnMut(&Edge, T, Option<&mut T>),
    ) {
        let Ok(()) = self.walk_until(root, start, |edge, parents, child| {
            visit(edge, parents, child);
            Ok::<(), Infallible>(())
        });
    }

    /// The same, until `visit` refuses.
    pub(super) fn walk_until<E>(
        &mut self,
        root: StructId,
        start: T,
        mut visit: impl FnMut(&Edge, T, Option<&mut T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut ended = Ok(());
        let first = self.graph.place(root);
        self.gathered[first] = start;
        self.ahead.start(first);
        while let Some(place) = self.ahead.next() {
            let parents = std::mem::take(&mut self.gathered[place]);
            // After a refusal only what was written is wiped out.
            if ended.is_ok() {
                ended = self.uses(place, parents, &mut visit);
            }
        }
        ended
    }

    fn uses<E>(
        &mut self,
        place: usize,
        parents: T,
        visit: &mut impl FnMut(&Edge, T, Option<&mut T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let made = self.graph.in_order[place];
        for edge in self.graph.structure(made).edges.iter().filter(|edge| !edge.cut) {
            let child = edge.child.map(|child| {
                let place = self.graph.place(child);
                self.ahead.add(place);
                &mut self.gathered[place]
            });
            visit(edge, parents, child)?;
        }
        Ok(())
    }
}

/// The places that a walk has still before it, a bit each: what is a part of
/// something stands behind it, so one sweep meets them all.
struct Ahead {
    words: Vec<u64>,
    at: usize,
    left: usize,
}

impl Ahead {
    fn new(places: usize) -> Self {
        Self { words: vec![0; places.div_ceil(64)], at: 0, left: 0 }
    }

    fn start(&mut self, place: usize) {
        self.at = place / 64;
        self.add(place);
    }

    fn add(&mut self, place: usize) {
        let (word, bit) = (&mut self.words[place / 64], 1 << (place % 64));
        self.left += usize::from(*word & bit == 0);
        *word |= bit;
    }

    fn next(&mut self) -> Option<usize> {
        if self.left == 0 {
            return None;
        }
        while self.words[self.at] == 0 {
            self.at += 1;
        }
        let word = &mut self.words[self.at];
        let bit = word.trailing_zeros() as usize;
        *word &= *word - 1;
        self.left -= 1;
        Some(self.at * 64 + bit)
    }
}
