//! The cross-checks: two papers of one month against each other.

mod checked;
mod earlier;
mod explain;
mod joined;
mod json;
mod lines;
mod sheets;
pub mod supplier;
mod terms;
pub(in crate::commands) mod uses;
mod words;

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
    /// Reconcile the month with every supplier
    Supplier(supplier::Supplier),
}

impl Reconcile {
    /// Returns the job that was asked for.
    pub fn job(&self) -> &dyn Run {
        match &self.job {
            Job::Supplier(supplier) => supplier,
        }
    }
}
