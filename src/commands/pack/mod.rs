//! Packing: from an order's sizes to cartons, lists and labels.

mod final_list;
mod json;
mod lists;

use super::Run;

/// Plan cartons, check what was packed
#[derive(Debug, clap::Args)]
pub struct Pack {
    #[command(subcommand)]
    job: Job,
}

/// What is done about packing.
#[derive(Debug, clap::Subcommand)]
enum Job {
    /// Check the final packing lists against orders and plan
    Final(final_list::Final),
}

impl Pack {
    /// Returns the job that was asked for.
    pub fn job(&self) -> &dyn Run {
        match &self.job {
            Job::Final(job) => job,
        }
    }
}
