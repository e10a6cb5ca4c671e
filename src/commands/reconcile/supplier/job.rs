//! What tells the month with suppliers from the month with resellers: the
//! same books, seen from the other end.

use super::super::terms::Terms;
use crate::engine::matching::outcome::Reason;

/// Whose month it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Job {
    /// They deliver and bill, we receive and pay.
    Supplier,
    /// We deliver and bill, they acknowledge and pay.
    Reseller,
}

const RESELLER: Terms = Terms {
    party: "reseller.party",
    reasons: &[
        (Reason::NotBilled, "reseller.not_acknowledged"),
        (Reason::DoubleBilled, "reseller.acknowledged_twice"),
    ],
    ..Terms::PLAIN
};

impl Job {
    /// Returns the machine name of its report.
    pub(in super::super) fn report(self) -> &'static str {
        match self {
            Job::Supplier => "reconcile-supplier",
            Job::Reseller => "reconcile-reseller",
        }
    }

    /// Returns the label of its title.
    pub(super) fn title(self) -> &'static str {
        match self {
            Job::Supplier => "reconcile.supplier_title",
            Job::Reseller => "reseller.title",
        }
    }

    /// Returns what it calls things.
    pub(super) fn terms(self) -> &'static Terms {
        match self {
            Job::Supplier => &Terms::PLAIN,
            Job::Reseller => &RESELLER,
        }
    }

    /// Returns the kinds of sheets it has a use for.
    pub(super) fn kinds(self) -> &'static [&'static str] {
        match self {
            Job::Supplier => &[
                "goods_receipt",
                "open_items",
                "payment_register",
                "price_list",
                "purchase_order",
                "settled_items",
                "supplier_balances",
                "supplier_returns",
                "supplier_statement",
            ],
            Job::Reseller => &[
                "goods_receipt",
                "open_items",
                "payment_register",
                "price_list",
                "receivables",
                "settled_items",
                "shipping_slip",
                "supplier_balances",
                "supplier_returns",
                "supplier_statement",
            ],
        }
    }
}
