//! Packing: from an order's sizes to cartons, lists, labels and the container.

mod book;
mod checks;
mod compared;
mod r#final;
mod json;
pub mod labels;
mod list_sheet;
mod lists;
pub mod load;
mod lots;
mod missing;
mod papers;
mod plan;
mod sheets;

use super::Run;
use crate::error::Error;
use crate::finding::{Finding, codes};

/// Plan cartons, check what was packed, load containers
#[derive(Debug, clap::Args)]
pub struct Pack {
    #[command(subcommand)]
    job: Job,
}

/// What is done about packing.
#[derive(Debug, clap::Subcommand)]
enum Job {
    /// Check the final packing lists against orders, plan and receipts
    Final(r#final::Final),
    /// Plan cartons from an order's sizes and the packing spec
    Plan(plan::Plan),
    /// Print carton labels and shipping marks with barcodes
    Labels(labels::Labels),
    /// Load cartons into containers, as a plan to load by
    Load(load::Load),
}

impl Pack {
    /// Returns the job that was asked for.
    pub fn job(&self) -> &dyn Run {
        match &self.job {
            Job::Final(job) => job,
            Job::Plan(job) => job,
            Job::Labels(job) => job,
            Job::Load(job) => job,
        }
    }
}

/// Returns why nothing can be done without cartons.
fn no_carton_list(found: &[Finding]) -> Error {
    Error::from(Finding::of(codes::NO_CARTON_LIST)).with_unread(found)
}
