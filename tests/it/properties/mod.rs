//! What must hold for every input, whatever it is.

mod matching;
mod sheets;
