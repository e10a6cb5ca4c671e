//! Container loading: how many containers, what stands where in each, and in
//! what order it is brought in.

mod balance;
mod block;
mod cargo;
mod contact;
mod fleet;
mod making;
mod reach;
mod search;
mod sequence;
mod space;
#[cfg(test)]
mod tests;

pub use balance::Balance;
pub use cargo::{Carton, Room, Stack};
pub use fleet::{Fleet, Load, Order, load_all};
pub use search::{Budget, WHOLE};
pub use sequence::{Wall, walls};
