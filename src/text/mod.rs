//! Text as it is compared: one spelling for all the ways in which people,
//! systems and two scripts write the same word. Only keys are folded; what a
//! person reads is never changed.

mod carton_size;
mod discount;
mod endings;
mod fold;
mod header;
mod near;
mod simplified;
mod weight;

pub use carton_size::{Cartons, carton_size, cartons_in};
pub use discount::share_in;
pub use endings::same_but_ending;
pub use fold::fold;
pub use header::{HeaderKey, header_key, header_word, is_unit, of_lines};
pub use near::nearest;
pub use weight::{
    WeightRange, heads_prices, heads_tier, heads_weights, weight_heading, weight_range, weights_in,
    without_range,
};
