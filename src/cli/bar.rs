//! A progress bar on the terminal, for work that takes long enough to ask.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::progress::Watch;

/// Shorter work shows no bar: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(500);

/// A bar on stderr that appears once a step has taken a while.
pub(super) struct Bar {
    started: Instant,
    step: Mutex<Step>,
}

#[derive(Default)]
struct Step {
    name: String,
    total: u64,
    done: u64,
    shown: Option<ProgressBar>,
}

impl Bar {
    /// Makes a bar; patience begins now.
    pub(super) fn new() -> Self {
        Self { started: Instant::now(), step: Mutex::new(Step::default()) }
    }

    fn step(&self) -> MutexGuard<'_, Step> {
        self.step.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch for Bar {
    fn start(&self, step: &str, total: u64) {
        self.finish();
        *self.step() = Step { name: step.to_owned(), total, done: 0, shown: None };
    }

    fn advance(&self, units: u64) {
        let mut step = self.step();
        step.done = step.done.saturating_add(units);
        if step.shown.is_none() && self.started.elapsed() > PATIENCE {
            step.shown = Some(bar(&step.name, step.total));
        }
        if let Some(bar) = &step.shown {
            bar.set_position(step.done);
        }
    }

    fn finish(&self) {
        if let Some(bar) = self.step().shown.take() {
            bar.finish_and_clear();
        }
    }
}

/// Draws to stderr, and not at all where that is no terminal.
fn bar(name: &str, total: u64) -> ProgressBar {
    let bar = ProgressBar::new(total).with_message(name.to_owned());
    match ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
