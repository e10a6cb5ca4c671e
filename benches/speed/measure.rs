//! Runs a process and tells what it cost: time on the clock, time of the
//! processor, and the most memory it held. Memory and processor time are what
//! Linux says in `/proc`; elsewhere only the clock is told.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Outcome;

/// What something cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of the processor, all threads together.
    pub(crate) cpu: f64,
    /// The most memory, in MB.
    pub(crate) peak: f64,
}

impl Cost {
    /// Returns the lower of each of two runs' costs: what others on the
    /// machine add is never less than nothing.
    pub(crate) fn least(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            cpu: self.cpu.min(other.cpu),
            peak: self.peak.min(other.peak),
        }
    }
}

/// Runs a command `times` times and returns the least it cost.
pub(crate) fn least_of(times: u32, mut command: impl FnMut() -> Command) -> Outcome<Cost> {
    let mut least = run(command())?;
    for _ in 1..times {
        least = least.least(run(command())?);
    }
    Ok(least)
}

/// Runs a command to its end. Exit code 1 says that something needs a person,
/// as it does with this data.
fn run(mut command: Command) -> Outcome<Cost> {
    let start = Instant::now();
    let mut child = command.stderr(Stdio::piped()).spawn()?;
    let mut peak = 0.0_f64;
    let mut cpu = 0.0;
    // A process that has ended still tells its times until it is waited for.
    while let Some(state) = look(&child).filter(|state| !state.ended) {
        peak = peak.max(state.peak);
        thread::sleep(Duration::from_millis(1));
    }
    let wall = start.elapsed().as_secs_f64();
    if let Some(state) = look(&child) {
        cpu = state.cpu;
    }
    let status = child.wait()?;
    if !matches!(status.code(), Some(0 | 1)) {
        let said = std::io::read_to_string(child.stderr.take().ok_or("no stderr")?)?;
        return Err(format!("{command:?} ended with {status}: {said}").into());
    }
    Ok(Cost { wall: wall.max(start.elapsed().as_secs_f64()), cpu, peak })
}

/// What `/proc` tells of a process.
struct State {
    ended: bool,
    cpu: f64,
    peak: f64,
}

fn look(child: &Child) -> Option<State> {
    let id = child.id().to_string();
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let ended = stat.rsplit(')').next()?.trim_start().starts_with('Z');
    Some(State { ended, cpu: cpu_of(&stat)?, peak: peak_of(&id).unwrap_or_default() })
}

/// Returns the processor time that a line of `/proc/…/stat` tells.
fn cpu_of(stat: &str) -> Option<f64> {
    // In hundredths of a second, user's and system's, behind the name.
    const TICKS: f64 = 100.0;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// Returns the most memory of process `id` so far, in MB.
fn peak_of(id: &str) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}

/// Measures a part of this process' own work, which says so itself: what
/// stands before it is not counted, but for memory.
pub(crate) fn own<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<Cost> {
    let cpu = || cpu_of(&fs::read_to_string("/proc/self/stat").unwrap_or_default());
    let before = cpu().unwrap_or_default();
    let start = Instant::now();
    let result = work()?;
    let wall = start.elapsed().as_secs_f64();
    let cost = Cost {
        wall,
        cpu: cpu().unwrap_or_default() - before,
        peak: peak_of("self").unwrap_or_default(),
    };
    drop(result);
    Ok(cost)
}
