//! Copies of people's own workbooks, as commands make them: each under its
//! own name in one folder; and what is said where none can be made.

use std::path::{Path, PathBuf};

use crate::args::Inputs;
use crate::error::{Error, Result};
use crate::finding::{Finding, codes};
use crate::input::inputs;
use crate::location::Location;
use crate::report::FileCopy;
use crate::writeback::NoCopy;

/// A workbook that may be copied.
pub(super) struct Original {
    /// The file as the person named it.
    pub(super) shown: String,
    /// The file.
    pub(super) path: PathBuf,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
}

/// Reads the files of that name among the inputs, in the order of the names.
pub(super) fn originals(given: &Inputs, names: &[&str]) -> Result<Vec<Original>> {
    let files = inputs::resolve(&given.inputs)?.files;
    let named = names.iter().filter_map(|name| files.iter().find(|file| file.shown == *name));
    let read = named.map(|file| {
        let bytes = std::fs::read(&file.path)
            .map_err(|source| Error::Io { path: file.path.clone(), source })?;
        Ok(Original { shown: file.shown.clone(), path: file.path.clone(), bytes })
    });
    read.collect()
}

/// Returns the path of a copy: under the workbook's own name, unless another
/// copy has it already.
pub(super) fn free_name(made: &[FileCopy], folder: &Path, path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, "xlsx"));
    let numbered = (2..).map(|number| folder.join(format!("{stem} ({number}).{ending}")));
    let mut names = std::iter::once(folder.join(&name)).chain(numbered);
    let folded = |path: &Path| path.to_string_lossy().to_lowercase();
    let taken = |path: &PathBuf| made.iter().any(|file| folded(&file.path) == folded(path));
    names.find(|path| !taken(path)).unwrap_or_else(|| folder.join(&name))
}

/// Says that no copy of a file can be made, and why.
pub(super) fn not_possible(shown: &str, why: NoCopy, at: &Location) -> Finding {
    let finding = Finding::of(codes::COPY_NOT_POSSIBLE).with("file", shown).at(at.clone());
    match why {
        NoCopy::Format => finding,
        NoCopy::Damaged(detail) => finding.with("detail", detail),
    }
}
