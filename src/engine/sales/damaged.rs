//! Numbers that lost digits in a spreadsheet: which whole number each of them
//! was, decided by what else the papers say, and by which kind of damage.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::engine::matching::damage::{Operator, images, operator, shown_digits, spelled_out};
use crate::engine::matching::explain::Field;
use crate::location::Location;

/// A damaged number and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Where it stands.
    pub at: Location,
    /// What is left of it.
    pub found: Arc<str>,
    /// The whole number it was; `None`: not decided.
    pub restored: Option<Arc<str>>,
    /// Where the whole number stands.
    pub whole_at: Option<Location>,
    /// How it was damaged.
    pub operator: Option<Operator>,
    /// What decided it, beside the digits that are left.
    pub evidence: Vec<Field>,
}

/// Looks up whole numbers by what damage makes of them.
#[derive(Debug, Default)]
pub(super) struct Images {
    /// Image and holder, sorted.
    holders: Vec<(u128, u32)>,
}

impl Images {
    /// Collects what damage may have made of whole numbers. `damaged` are the
    /// numbers to be looked up: they say how many digits E+ texts show.
    pub(super) fn of<'a>(
        whole: impl Iterator<Item = (usize, &'a str)>,
        damaged: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut any = false;
        let shown: BTreeSet<usize> =
            damaged.inspect(|_| any = true).filter_map(shown_digits).collect();
        if !any {
            return Self::default();
        }
        let mut holders = Vec::new();
        for (holder, number) in whole {
            let Ok(holder) = u32::try_from(holder) else { continue };
            // An id may end in zeros by itself: it is among its images.
            let made = images(number, &shown).into_iter();
            holders.extend(made.chain(spelled_out(number)).map(|image| (image, holder)));
        }
        holders.sort_unstable();
        holders.dedup();
        Self { holders }
    }

    /// Returns the holders of numbers that may have become this one.
    pub(super) fn holders(&self, damaged: &str) -> impl Iterator<Item = usize> + '_ {
        self.under(damaged).iter().map(|&(_, holder)| holder as usize)
    }

    /// Returns them with what is left of their numbers, in order.
    pub(super) fn under(&self, damaged: &str) -> &[(u128, u32)] {
        let Some(image) = spelled_out(damaged) else { return &[] };
        let from = self.holders.partition_point(|&(other, _)| other < image);
        let same = self.holders[from..].partition_point(|&(other, _)| other == image);
        &self.holders[from..from + same]
    }
}

/// Returns how a whole number became the damaged one.
pub(super) fn how(damaged: &str, whole: &str) -> Option<Operator> {
    operator(damaged, whole)
}
