//! Where stock is: warehouses under one spelling, and batches.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::text::fold;

/// Names under one spelling, the first one met.
#[derive(Debug, Clone, Default)]
pub struct Names {
    shown: Vec<Arc<str>>,
    known: FxHashMap<String, usize>,
    /// The same by the very string, so that most rows are not folded.
    met: FxHashMap<Arc<str>, usize>,
}

impl Names {
    /// Returns the number of a name, a new one if it is met first.
    pub fn id(&mut self, name: &Arc<str>) -> usize {
        if let Some(id) = self.met.get(name) {
            return *id;
        }
        let next = self.shown.len();
        let id = *self.known.entry(fold(name)).or_insert(next);
        if id == next {
            self.shown.push(Arc::clone(name));
        }
        self.met.insert(Arc::clone(name), id);
        id
    }

    /// Returns the number of a name that was met.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.known.get(&fold(name)).copied()
    }

    /// Returns a name as it was first written.
    pub fn name(&self, id: usize) -> Option<&Arc<str>> {
        self.shown.get(id)
    }
}
