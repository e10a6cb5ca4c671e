//! Where `gendan.toml` is: beside the inputs, or upward from there.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::Settings;
use super::valid::Source;
use crate::error::{Error, Result};

/// A file of settings longer than this is something else.
const LONGEST: u64 = 1 << 20;

/// The name of the file of settings.
pub const FILE_NAME: &str = "gendan.toml";

/// Returns the file of settings for some inputs: the nearest one at or above
/// the folder of the first of them that has one; without inputs, at or above
/// `here`.
pub fn find<'a>(inputs: impl IntoIterator<Item = &'a Path>, here: &Path) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = inputs
        .into_iter()
        .map(|input| {
            let input = here.join(input);
            if input.is_dir() { input } else { parent(&input) }
        })
        .collect();
    if folders.is_empty() {
        folders.push(here.to_owned());
    }
    folders.dedup();
    folders.iter().find_map(|folder| upward(folder))
}

fn parent(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

fn upward(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|path| path.is_file())
}

/// Reads a file of settings.
///
/// # Errors
///
/// It cannot be read, a key means nothing, or a value cannot be worked by.
pub fn load(path: &Path) -> Result<Settings> {
    let failed = |source| Error::Io { path: path.to_owned(), source };
    let mut text = String::new();
    let mut file = File::open(path).map_err(failed)?.take(LONGEST + 1);
    let length = file.read_to_string(&mut text).map_err(failed)?;
    if length as u64 > LONGEST {
        return Err(failed(ErrorKind::FileTooLarge.into()));
    }
    parse(path, &text)
}

/// Reads the text of a file of settings.
///
/// # Errors
///
/// A key means nothing, or a value cannot be worked by.
pub fn parse(path: &Path, text: &str) -> Result<Settings> {
    // Notepad writes a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Source { path, text }.settings()
}
