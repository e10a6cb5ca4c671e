//! Documents to print, sign and send: layouts as data, one TOML each, and
//! the one filler.

mod fill;
mod layout;
pub mod letter;
pub mod statement;
mod wording;

pub use letter::{Figures, Letter, LetterLine};
pub use statement::{Statement, StatementLine, type_word};
