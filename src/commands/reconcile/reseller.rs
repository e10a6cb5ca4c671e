//! `gendan reconcile reseller`: what we supplied to distributors and sibling
//! shops against what they acknowledge: the supplier's month mirrored.

use std::path::PathBuf;

use clap::Args;

use super::supplier::{self, job::Job};
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::error::Result;
use crate::report::Report;

/// Reconcile the month with distributors and sibling shops
#[derive(Debug, Args)]
pub struct Reseller {
    #[command(flatten)]
    inputs: Inputs,
    /// Write for every customer the statement to sign and the letter of differences into this folder
    #[arg(long, value_name = "DIR")]
    statements: Option<PathBuf>,
}

impl Run for Reseller {
    fn run(&self, context: &Context) -> Result<Report> {
        supplier::run(Job::Reseller, &self.inputs, self.statements.as_deref(), context)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}
