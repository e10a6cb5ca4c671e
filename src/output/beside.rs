//! Files in the making: each stands beside the place where it will be, takes
//! that place when it is whole, and goes when the run is broken off.

use std::collections::BTreeSet;
use std::fs::{self, File, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{Builder, NamedTempFile};

use super::folder;
use crate::input::inputs::UNFINISHED_NAMES;

/// What is being written. Nothing begins or takes its place while it is
/// locked.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what is half-written and ends the program.
pub(super) fn break_off(code: i32) -> ! {
    let unfinished = unfinished();
    for path in unfinished.iter() {
        // There is nobody left to tell.
        let _ = fs::remove_file(path);
    }
    // The lock is held until the end, so that nothing new begins.
    std::process::exit(code)
}

/// Writes a file: all of it, or nothing.
pub(super) fn write(
    path: &Path,
    content: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<()> {
    let mut beside = begin(path)?;
    let name = beside.path().to_owned();
    let made = content(beside.as_file_mut()).and_then(|()| beside.as_file().sync_all());
    let mut unfinished = unfinished();
    let kept = made.and_then(|()| beside.persist(path).map_err(|error| error.error).map(drop));
    unfinished.remove(&name);
    kept
}

fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(UNFINISHED_NAMES.0).suffix(UNFINISHED_NAMES.1);
    if let Some(permissions) = permissions(path) {
        builder.permissions(permissions);
    }
    let mut unfinished = unfinished();
    let beside = builder.tempfile_in(folder(path))?;
    unfinished.insert(beside.path().to_owned());
    Ok(beside)
}

/// Returns the permissions a file gets: those of the one it replaces, else
/// the usual ones; the library's own would keep colleagues out.
fn permissions(path: &Path) -> Option<Permissions> {
    if let Ok(replaced) = fs::metadata(path) {
        return Some(replaced.permissions());
    }
    usual_permissions()
}

#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt as _;

    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}
