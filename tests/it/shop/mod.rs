//! Generated months of a shop with known truth: the platform's orders, and a
//! register that clerks and spreadsheets have been at.
//!
//! The generator knows nothing of the engine's code; it was written from the
//! design alone.

mod carried;
mod damage;
mod judge;
mod names;
mod quality;
mod register;
mod sketch;
mod truth;

use sketch::Sketch;
use truth::Month;

/// How the platform numbers its orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    /// Far enough apart that fifteen digits still tell them apart.
    Sparse,
    /// Several under the same fifteen digits.
    Dense,
}

/// What a spreadsheet has done to the whole column of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// Nothing; single cells were damaged one way or another.
    Whole,
    /// Every number ends behind fifteen digits.
    Cut,
    /// Every number is shown as `2.18E+18`.
    Scientific,
}

/// What month to generate.
#[derive(Debug, Clone, Copy)]
struct Recipe {
    seed: u64,
    orders: usize,
    numbers: Numbers,
    column: Column,
    /// In how many of a hundred orders something is planted.
    percent: usize,
}

impl Recipe {
    /// Generates the month.
    fn month(self) -> Month {
        let mut sketch = Sketch::new(self);
        register::write(&mut sketch);
        truth::month(sketch)
    }
}
