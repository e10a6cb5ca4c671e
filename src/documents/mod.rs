//! Documents to print, sign and send: layouts as data, one TOML each, and
//! the one filler.

pub mod count_sheet;
mod fill;
mod layout;
pub mod letter;
pub mod purchase_request;
pub mod statement;
mod wording;

pub use letter::{Figures, Letter, LetterLine};
pub use statement::{Statement, StatementLine, type_word};
