//! What a cross-check calls its sides, its parties and its numbers: keys of
//! labels, one set a job.

use crate::engine::matching::outcome::Reason;
use crate::engine::matching::sides::Both;

/// The keys of a job's own words.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Terms {
    /// Who stands behind a line: supplier, shop, carrier.
    pub(in crate::commands) party: &'static str,
    /// The number a line is known by.
    pub(in crate::commands) document_no: &'static str,
    /// What stands between the numbers of one row: they are one key together,
    /// or each is a number of its own.
    pub(in crate::commands) between_numbers: &'static str,
    /// How many characters wide it is, as a rule.
    pub(in crate::commands) number_width: u16,
    /// The other number that speaks for a pair: a receipt, a buyer.
    pub(in crate::commands) other_no: &'static str,
    /// Whether the next month needs the other number to find an item again.
    pub(in crate::commands) keeps_other_no: bool,
    /// What the sides are called in a sentence.
    pub(in crate::commands) sides: Both<&'static str>,
    /// What a line is about: an item, a destination.
    pub(in crate::commands) item: &'static str,
    /// What is counted or weighed.
    pub(in crate::commands) quantity: &'static str,
    /// Reasons that the job has words of its own for.
    pub(in crate::commands) reasons: &'static [(Reason, &'static str)],
    /// The sentence about quantities that differ.
    pub(in crate::commands) quantity_cause: &'static str,
    /// The sentence about an amount that is not what its own figures make.
    pub(in crate::commands) arithmetic_cause: &'static str,
    /// The sentence about a difference that nothing explains.
    pub(in crate::commands) unexplained_cause: &'static str,
    /// The headers of both sides' quantities.
    pub(in crate::commands) quantities: Both<&'static str>,
    /// The headers of both sides' unit prices.
    pub(in crate::commands) prices: Both<&'static str>,
    /// The headers of both sides' amounts.
    pub(in crate::commands) amounts: Both<&'static str>,
    /// The headers of both sides' places.
    pub(in crate::commands) places: Both<&'static str>,
}

impl Terms {
    /// What goods on the papers of two firms are called; jobs about other
    /// things begin with it.
    pub(in crate::commands) const PLAIN: Self = Self {
        party: "reconcile.party",
        document_no: "reconcile.document_no",
        between_numbers: "\n",
        number_width: 12,
        other_no: "lines.field_other_no",
        keeps_other_no: false,
        sides: Both { left: "reconcile.theirs", right: "reconcile.ours" },
        item: "reconcile.item",
        quantity: "reconcile.quantity",
        reasons: &[],
        quantity_cause: "lines.cause_quantity",
        arithmetic_cause: "lines.cause_arithmetic",
        unexplained_cause: "lines.cause_unexplained",
        quantities: Both { left: "reconcile.quantity_left", right: "reconcile.quantity_right" },
        prices: Both { left: "reconcile.price_left", right: "reconcile.price_right" },
        amounts: Both { left: "reconcile.amount_left", right: "reconcile.amount_right" },
        places: Both { left: "reconcile.place_left", right: "reconcile.place_right" },
    };
}
