//! The warehouse's books: what there is, what is to be bought, what a count
//! found.

pub mod count;
pub mod documents;
pub mod items;
pub mod latest;
pub mod ledger;
pub mod places;
pub mod postings;
pub mod reorder;
mod roll;
