//! Generated months with known truth: how well the matcher tells what a
//! careful clerk would tell, beside the usual ways of doing the job.
//!
//! The generator knows nothing of the matcher's code; it was written from the
//! design alone.

pub(crate) mod catalogue;
pub(crate) mod clean;
pub(crate) mod files;
pub(crate) mod ours;
pub(crate) mod plant;
pub(crate) mod random;
pub(crate) mod score;
pub(crate) mod sketch;
pub(crate) mod table;
pub(crate) mod truth;
pub(crate) mod usual;
pub(crate) mod write;

#[cfg(test)]
mod endtoend;
#[cfg(test)]
mod judging;
#[cfg(test)]
mod quality;

use catalogue::Market;
use truth::Month;

/// What month to generate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipe {
    pub(crate) seed: u64,
    /// About how many goods lines a side has.
    pub(crate) rows: usize,
    pub(crate) suppliers: usize,
    /// In how many of a hundred lines something is planted.
    pub(crate) percent: usize,
}

impl Recipe {
    /// Generates the month.
    pub(crate) fn month(self) -> Month {
        let messy = self.percent > 0;
        let market = Market { suppliers: self.suppliers, taxed: messy, cut_offs: messy };
        let mut sketch = clean::month(self.seed, self.rows, market);
        plant::discrepancies(&mut sketch, self.percent);
        write::month(sketch)
    }
}
