//! Work that may panic or never end: foreign readers on broken files. Either
//! way the file is refused, and the other files go on.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::refusal::Refusal;

/// How long a foreign reader may take: ten times what it takes for the
/// largest package it is given.
const PATIENCE: Duration = Duration::from_secs(180);

/// Does what may panic: own readers do not, the library's, on broken files,
/// may.
pub(super) fn contained<T>(work: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Refusal::damaged("panic")))
}

/// Does what may panic or not end.
pub(super) fn given_time<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    within(PATIENCE, work)
}

/// Does the work on a thread of its own. It is left to itself when the time is
/// over: threads cannot be ended, but the end of the program ends it too.
fn within<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let (done, outcome) = mpsc::sync_channel(1);
    // Nobody listens any more to work that was given up.
    let worker = move || drop(done.send(contained(work)));
    thread::Builder::new().spawn(worker).map_err(|error| Refusal::Io(error.kind()))?;
    outcome.recv_timeout(time).unwrap_or_else(|_| Err(Refusal::damaged("no end")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_never_ends_is_given_up_and_other_work_goes_on() {
        let endless = || loop {
            thread::sleep(Duration::from_millis(1));
        };
        let refused = within::<()>(Duration::from_millis(50), endless);
        assert_eq!(refused, Err(Refusal::damaged("no end")));
        assert_eq!(given_time(|| Ok(7)), Ok(7));
        assert_eq!(given_time::<()>(|| Err(Refusal::Empty)), Err(Refusal::Empty));
    }

    #[test]
    fn a_panic_is_a_refusal() {
        let slip: fn() -> Result<(), Refusal> = || panic!("out of bounds");
        assert_eq!(contained(slip), Err(Refusal::damaged("panic")));
        assert_eq!(given_time(slip), Err(Refusal::damaged("panic")));
    }
}
