//! Why a command could not work. Bad data is never an error: it is a
//! [`Finding`](crate::finding::Finding). An error ends the run with exit
//! code 2 and nothing written.

use std::path::PathBuf;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file concerned.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The command line or `gendan.toml` asks for something impossible. The
    /// text is for the person, in her language, and says what to do.
    #[error("{message}")]
    Usage {
        /// What is wrong and what to do.
        message: String,
    },
}

/// The result of whatever can fail to work.
pub type Result<T, E = Error> = std::result::Result<T, E>;
