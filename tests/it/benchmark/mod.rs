//! Generated months with known truth: how well the matcher tells what a
//! careful clerk would tell, beside the usual ways of doing the job.

mod endtoend;
mod judging;
pub(crate) mod ours;
mod quality;
pub(crate) mod score;
mod table;
mod usual;
mod verdict;
