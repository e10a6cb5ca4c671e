//! How far the work has come, told to whoever watches. Work does not know
//! whether anybody does.

use std::fmt;
use std::sync::Arc;

/// Somebody who watches the work.
pub trait Watch: Send + Sync {
    /// A step of `total` units begins, unless it is under way and only grows.
    /// It is named by its label; without units nobody knows how long it takes.
    fn start(&self, step: &'static str, total: u64);
    /// `units` more are done.
    fn advance(&self, units: u64);
    /// The step is over.
    fn finish(&self);
}

/// A handle to tell progress to. Cheap to clone; tells nobody by default.
#[derive(Clone, Default)]
pub struct Progress(Option<Arc<dyn Watch>>);

impl Progress {
    /// Makes a handle that tells `watch`.
    pub fn told_to(watch: Arc<dyn Watch>) -> Self {
        Self(Some(watch))
    }

    /// Begins a step of `total` units (bytes, sheets, rows); of 0, if nobody
    /// knows how long it takes.
    pub fn start(&self, step: &'static str, total: u64) {
        if let Some(watch) = &self.0 {
            watch.start(step, total);
        }
    }

    /// Tells that `units` more are done.
    pub fn advance(&self, units: u64) {
        if let Some(watch) = &self.0 {
            watch.advance(units);
        }
    }

    /// Ends the step.
    pub fn finish(&self) {
        if let Some(watch) = &self.0 {
            watch.finish();
        }
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Progress(watched)" } else { "Progress" })
    }
}
