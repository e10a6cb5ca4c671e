//! Why a file cannot be read, and the finding that says so.

use std::io;
use std::sync::Arc;

use super::guard::Excess;
use crate::finding::{Finding, codes};
use crate::location::{CellRef, Location, SheetId};

/// Why a file, or a part of it, cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Nothing is in it.
    Empty,
    /// It is something else than a sheet: the format that it is.
    NotASheet(&'static str),
    /// It is locked with a password.
    Password,
    /// It is what it says, but broken: what the reader stumbled over.
    Damaged(String),
    /// It asks for more than a limit allows.
    TooLarge(Excess),
    /// Another program's note that it has the real file open.
    LockFile,
    /// The system does not give it: the system's word for why.
    Io(io::ErrorKind),
}

impl From<Excess> for Refusal {
    fn from(excess: Excess) -> Self {
        Self::TooLarge(excess)
    }
}

impl Refusal {
    /// Makes a refusal of whatever a reader says of a broken file.
    pub(super) fn damaged(detail: impl ToString) -> Self {
        Self::Damaged(detail.to_string())
    }

    /// Returns the word by which messages tell the reasons apart.
    fn reason(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotASheet(_) => "not-a-sheet",
            Self::Password => "password",
            Self::Damaged(_) => "damaged",
            Self::TooLarge(_) => "too-large",
            Self::LockFile => "lock-file",
            Self::Io(io::ErrorKind::NotFound) => "missing",
            Self::Io(io::ErrorKind::PermissionDenied) => "no-permission",
            Self::Io(io::ErrorKind::IsADirectory) => "folder",
            Self::Io(_) => "io",
        }
    }

    /// Returns the finding that tells the person about file `shown`.
    pub(super) fn finding(&self, shown: &str) -> Finding {
        let code = match self {
            Self::Password => codes::PASSWORD_PROTECTED,
            _ => codes::UNREADABLE_FILE,
        };
        let finding =
            Finding::of(code).at(place(shown)).with("file", shown).with("reason", self.reason());
        match self {
            Self::NotASheet(format) => finding.with("found", format),
            Self::Damaged(detail) => finding.with("detail", detail),
            Self::TooLarge(excess) => {
                finding.with("found", excess.what).with("limit", excess.limit)
            }
            Self::Io(kind) => finding.with("detail", kind),
            Self::Empty | Self::Password | Self::LockFile => finding,
        }
    }
}

/// Returns the place that stands for a whole file.
pub(super) fn place(shown: &str) -> Location {
    let id = SheetId { path: shown.to_owned(), sheet: None };
    Location::new(&Arc::new(id), CellRef::new(0, 0))
}
