//! The one matcher that all cross-checks share: candidates, passes,
//! assignment, groups, causes.

pub mod outcome;
