//! Parts lists: are they right, what do orders need, what is short, what
//! comes when, what is to be issued.

mod arguments;
mod arrivals;
mod check;
mod explode;
mod issue;
mod lists;
mod orders;
mod papers;
mod plan;
mod shortage;
mod supplies;
mod variants;
mod words;

use super::{Context, Run};
use crate::finding::{Finding, codes};
use crate::input::reading::Reading;

/// Check and explode parts lists; find what is short and when it comes
#[derive(Debug, clap::Args)]
pub struct Bom {
    #[command(subcommand)]
    job: Job,
}

/// What is done with parts lists.
#[derive(Debug, clap::Subcommand)]
enum Job {
    /// Say what comes when and whom to chase; write it into the lists
    Arrivals(arrivals::Arrivals),
    /// Check parts lists against themselves, stock and orders
    Check(check::Check),
    /// Work out what orders need of every item, at any depth
    Explode(explode::Explode),
    /// Make the material issue list of orders from norm and stock
    Issue(issue::Issue),
    /// Say what is short for all orders at once, and who waits for what
    Shortage(shortage::Shortage),
}

/// Returns what is wrong with the parts lists among tables, in themselves and
/// against orders, stock and prices.
pub(super) fn problems(reading: Reading, context: &Context) -> Vec<Finding> {
    let plan = plan::Plan::from(reading, &[], arguments::Loss::Auto, context);
    let mut found = check::problems(&plan);
    let of_lists = plan.findings.into_iter();
    // That an order has no list is no problem of any sheet.
    found.extend(of_lists.filter(|finding| finding.code != codes::BOM_ORDER_LEFT_OUT));
    found
}

impl Bom {
    /// Returns the job that was asked for.
    pub fn job(&self) -> &dyn Run {
        match &self.job {
            Job::Arrivals(job) => job,
            Job::Check(job) => job,
            Job::Explode(job) => job,
            Job::Issue(job) => job,
            Job::Shortage(job) => job,
        }
    }
}
