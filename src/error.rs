//! Why a command could not work. Bad data is never an error: it is a
//! [`Finding`](crate::finding::Finding). An error ends the run with exit
//! code 2 and nothing written.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use crate::finding::{Finding, codes};
use crate::lang::Lang;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file concerned.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The command line or `gendan.toml` asks for something impossible. It is
    /// said as a finding, so that it has a code, a message in her language
    /// and an explanation of what to do.
    #[error("{}", .0.message(Lang::En))]
    Usage(Box<Finding>),
    /// The same, where files could not be read: what was missing may be in
    /// them.
    #[error("{}", .0.message(Lang::En))]
    Unread(Box<Finding>, Vec<Finding>),
}

impl Error {
    /// Tells beside what is missing which files could not be read, of all that
    /// was found in reading.
    pub(crate) fn with_unread(self, found: &[Finding]) -> Self {
        let unread: Vec<Finding> =
            found.iter().filter(|finding| finding.is_unread()).cloned().collect();
        match self {
            Error::Usage(finding) if !unread.is_empty() => Error::Unread(finding, unread),
            other => other,
        }
    }

    /// Returns the sentence a person reads, in her language, and where the
    /// trouble is, if that is a cell.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Error::Io { path, source } => Finding::of(codes::FILE_TROUBLE)
                .with("file", path.display())
                .with("reason", reason(source))
                .message(lang),
            Error::Usage(finding) => match &finding.at {
                Some(at) => format!("{at}: {}", finding.message(lang)),
                None => finding.message(lang),
            },
            Error::Unread(finding, unread) => {
                let unread = unread.iter().map(|finding| finding.message(lang));
                let said: Vec<String> = [finding.message(lang)].into_iter().chain(unread).collect();
                said.join("\n")
            }
        }
    }
}

/// Returns the word by which messages tell apart what the system refused, or
/// what it says itself.
fn reason(source: &io::Error) -> String {
    let word = match source.kind() {
        ErrorKind::NotFound => "missing",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "permission",
        ErrorKind::IsADirectory => "folder",
        ErrorKind::NotADirectory => "not-a-folder",
        ErrorKind::AlreadyExists => "already-exists",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk-full",
        ErrorKind::FileTooLarge => "too-large",
        ErrorKind::InvalidData => "not-text",
        _ => return source.to_string(),
    };
    word.to_owned()
}

impl From<Finding> for Error {
    fn from(finding: Finding) -> Self {
        Error::Usage(Box::new(finding))
    }
}

/// The result of whatever can fail to work.
pub type Result<T, E = Error> = std::result::Result<T, E>;
