//! Generated months with known truth: as entries, and as folders of files.
//!
//! The generator knows nothing of the matcher's code; it was written from the
//! design alone.

pub(crate) mod catalogue;
mod clean;
pub(crate) mod files;
mod lines;
mod plant;
pub(crate) mod random;
mod sketch;
pub(crate) mod truth;
mod verdict;
pub(crate) mod write;

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
        let mut sketch = clean::month(self.seed, self.rows, self.market());
        plant::discrepancies(&mut sketch, self.percent);
        write::month(sketch)
    }

    /// Generates a month in which much agrees by chance: the same few lots and
    /// amounts every day, numbers one after the other, and strangers that look
    /// like partners.
    pub(crate) fn dense_month(self) -> Month {
        let market = Market { dense: true, ..self.market() };
        let mut sketch = clean::month(self.seed, self.rows, market);
        plant::coincidences(&mut sketch, self.percent.div_ceil(2));
        plant::discrepancies(&mut sketch, self.percent / 2);
        write::month(sketch)
    }

    fn market(self) -> Market {
        let messy = self.percent > 0;
        Market { suppliers: self.suppliers, taxed: messy, cut_offs: messy, dense: false }
    }
}
