//! A progress bar on the terminal, for work that takes long enough to ask.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::lang::Lang;
use crate::progress::Watch;
use crate::report::labels;

/// Shorter work shows no bar: it would only flicker.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often a bar moves while nothing is told.
const TICK: Duration = Duration::from_millis(100);

/// A bar on stderr that appears once the run has taken a while.
pub(super) struct Bar {
    lang: Lang,
    run: Arc<Mutex<Run>>,
}

/// What is known of the run.
#[derive(Default)]
struct Run {
    /// Whether it has taken long enough to show a bar.
    is_long: bool,
    step: Option<Step>,
}

/// The step that is under way.
struct Step {
    name: &'static str,
    total: u64,
    done: u64,
    shown: Option<ProgressBar>,
}

impl Bar {
    /// Makes a bar; patience begins now.
    pub(super) fn new(lang: Lang) -> Self {
        let run: Arc<Mutex<Run>> = Arc::default();
        let patient = Arc::clone(&run);
        // Work that tells nothing for long must be seen as well.
        thread::spawn(move || {
            thread::sleep(PATIENCE);
            let mut run = lock(&patient);
            run.is_long = true;
            if let Some(step) = &mut run.step {
                step.show();
            }
        });
        Self { lang, run }
    }
}

fn lock(run: &Mutex<Run>) -> MutexGuard<'_, Run> {
    run.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Watch for Bar {
    fn start(&self, step: &'static str, total: u64) {
        let mut run = lock(&self.run);
        let name = labels::text(self.lang, step);
        match &mut run.step {
            // Both sides of a comparison are read at once.
            Some(step) if step.name == name => step.add(total),
            old => {
                *old = Some(Step { name, total, done: 0, shown: None });
            }
        }
        if run.is_long
            && let Some(step) = &mut run.step
        {
            step.show();
        }
    }

    fn advance(&self, units: u64) {
        if let Some(step) = &mut lock(&self.run).step {
            step.done = step.done.saturating_add(units);
            if let Some(bar) = &step.shown {
                bar.set_position(step.done);
            }
        }
    }

    fn finish(&self) {
        lock(&self.run).step = None;
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.finish();
    }
}

impl Step {
    fn add(&mut self, total: u64) {
        self.total = self.total.saturating_add(total);
        if let Some(bar) = &self.shown {
            bar.set_length(self.total);
        }
    }

    /// Draws the step; a step of unknown length only moves.
    fn show(&mut self) {
        if self.shown.is_some() {
            return;
        }
        let (bar, template) = match self.total {
            0 => (ProgressBar::new_spinner(), "{spinner} {msg} {elapsed}"),
            total => (ProgressBar::new(total), "{msg} {wide_bar} {percent}% {elapsed}"),
        };
        let bar = bar.with_message(self.name).with_position(self.done);
        let bar = match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        bar.enable_steady_tick(TICK);
        self.shown = Some(bar);
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        if let Some(bar) = self.shown.take() {
            bar.finish_and_clear();
        }
    }
}
