//! What an order and a booking have in common.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::engine::matching::explain::{Agreement, Evidence, Field};
use crate::text::fold;

/// A buyer's id, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) enum Buyer {
    /// The paper has none.
    #[default]
    Missing,
    /// The platform shows only parts of it: it cannot be compared.
    Masked,
    /// Folded: width, case and spaces do not matter.
    Known(Arc<str>),
}

impl Buyer {
    /// Looks at an id as it is written.
    pub(super) fn of(written: Option<&str>) -> Self {
        let Some(written) = written else { return Self::Missing };
        if written.contains(['*', '＊', '●', '•']) {
            return Self::Masked;
        }
        let folded = fold(written);
        if folded.is_empty() { Self::Missing } else { Self::Known(folded.into()) }
    }

    /// Returns the id, if it can be compared.
    pub(super) fn known(&self) -> Option<&Arc<str>> {
        match self {
            Self::Known(buyer) => Some(buyer),
            Self::Missing | Self::Masked => None,
        }
    }

    /// Whether two ids are the same; `None` if that cannot be told.
    pub(super) fn agrees(&self, other: &Self) -> Option<bool> {
        Some(self.known()? == other.known()?)
    }
}

/// Returns how many days apart two papers date something.
pub(super) fn days_apart(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<u64> {
    Some(one?.signed_duration_since(other?).num_days().unsigned_abs())
}

/// States one comparison. Orders are linked by rules, not by weights.
pub(super) fn stated(field: Field, agreement: Agreement) -> Evidence {
    Evidence { field, agreement, weight: 0 }
}

/// Returns `Equal` or `Differs`.
pub(super) fn equal_if(same: bool) -> Agreement {
    if same { Agreement::Equal } else { Agreement::Differs }
}
