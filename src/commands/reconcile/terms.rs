//! What a cross-check calls its sides, its parties and its numbers: keys of
//! labels, one set a job.

use crate::engine::matching::sides::Both;

/// The keys of a job's own words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terms {
    /// Who stands behind a line: supplier, shop, carrier.
    pub(super) party: &'static str,
    /// The number a line is known by.
    pub(super) document_no: &'static str,
    /// The other number that speaks for a pair: a receipt, a buyer.
    pub(super) other_no: &'static str,
    /// What the sides are called in a sentence.
    pub(super) sides: Both<&'static str>,
    /// The headers of both sides' amounts.
    pub(super) amounts: Both<&'static str>,
    /// The headers of both sides' places.
    pub(super) places: Both<&'static str>,
}
