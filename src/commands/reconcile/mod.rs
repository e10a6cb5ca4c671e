//! The cross-checks: two papers of one month against each other.

pub(in crate::commands) mod checked;
pub(in crate::commands) mod earlier;
mod explain;
pub mod freight;
mod joined;
pub(in crate::commands) mod json;
mod letters;
pub(in crate::commands) mod lines;
mod period;
pub mod reseller;
pub mod sales;
pub(in crate::commands) mod sheets;
pub mod supplier;
pub(in crate::commands) mod terms;
pub(in crate::commands) mod uses;
pub(in crate::commands) mod words;

use super::Run;

/// Cross-check two sides of the same business
#[derive(Debug, clap::Args)]
pub struct Reconcile {
    #[command(subcommand)]
    job: Job,
}

/// What is cross-checked.
#[derive(Debug, clap::Subcommand)]
enum Job {
    /// Reconcile carriers' bills with the freight log and the agreed rates
    Freight(freight::Freight),
    /// Reconcile the month with distributors and sibling shops
    Reseller(reseller::Reseller),
    /// Check a shop's orders, sales ids and shipping slips against each other
    Sales(sales::Sales),
    /// Reconcile the month with every supplier
    Supplier(supplier::Supplier),
}

impl Reconcile {
    /// Returns the job that was asked for.
    pub fn job(&self) -> &dyn Run {
        match &self.job {
            Job::Freight(freight) => freight,
            Job::Reseller(reseller) => reseller,
            Job::Sales(sales) => sales,
            Job::Supplier(supplier) => supplier,
        }
    }
}
