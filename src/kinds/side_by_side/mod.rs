//! Headers that stand side by side, each of one part of what the row is about:
//! one delivery, one warehouse, one colour or size. Their words are data:
//! `words.toml`.

mod delivery;
mod store;
mod variant;

use std::sync::LazyLock;

use serde::Deserialize;

pub use self::delivery::{OfDelivery, delivery};
pub use self::store::store_of;
pub use self::variant::variant;
use crate::data::{self, compiled_in};

/// All of `words.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    delivery: DeliveryWords,
    store: StoreWords,
    variant: VariantWords,
}

/// Words of deliveries.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeliveryWords {
    quantities: Vec<String>,
    days: Vec<String>,
    /// Names of each delivery, in their order.
    names: Vec<Vec<String>>,
}

/// Words of stock in one warehouse.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoreWords {
    stock: Vec<String>,
}

/// Words of colours.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct VariantWords {
    colours: Vec<String>,
}

fn words() -> &'static Words {
    static WORDS: LazyLock<Words> =
        LazyLock::new(|| data::read(compiled_in!("kinds/side_by_side/words")));
    &WORDS
}
