//! What stands around a parts list: product, order, quantity, revision, day.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::words::words;
use super::{Dated, Named};
use crate::input::sheet::Value;
use crate::input::table::{Fact, Table};
use crate::input::values::date::{DateHints, dates};
use crate::input::values::decimal::decimal_text;
use crate::location::Located;
use crate::text::fold;

/// What stands around a parts list.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The code of the product.
    pub product: Option<Named>,
    /// The name of the product.
    pub name: Option<Named>,
    /// The order it is for.
    pub order: Option<Named>,
    /// How many of the product are ordered.
    pub quantity: Option<Located<Decimal>>,
    /// Its revision.
    pub revision: Option<Named>,
    /// The day it was made or confirmed.
    pub date: Option<Dated>,
    /// The colour it is for.
    pub color: Option<Named>,
}

impl Head {
    /// Looks around `table`; years that are not written come from `hints`.
    pub(super) fn of(table: &Table, hints: DateHints) -> Self {
        let keys = &words().keys;
        let named = |list: &[String]| table.facts.iter().find(|fact| is(fact, list)).map(text);
        let quantity =
            table.facts.iter().filter(|fact| is(fact, &keys.quantity)).find_map(|fact| {
                let value = decimal_text(&fact.value.value).value()?.value;
                (value > Decimal::ZERO).then(|| Located { value, at: fact.value.at.clone() })
            });
        let date = table.facts.iter().filter(|fact| is(fact, &keys.date)).find_map(|fact| {
            let cell = Value::Text(Arc::from(fact.value.value.as_str()));
            let day = dates([&cell], hints).pop()?.value()?.value;
            Some(Located { value: day, at: fact.value.at.clone() })
        });
        Self {
            product: named(&keys.product),
            name: named(&keys.name),
            order: named(&keys.order),
            quantity,
            revision: named(&keys.revision),
            date,
            color: named(&keys.color),
        }
    }
}

fn is(fact: &Fact, list: &[String]) -> bool {
    list.contains(&fold(&fact.key))
}

fn text(fact: &Fact) -> Named {
    Located { value: Arc::from(fact.value.value.trim()), at: fact.value.at.clone() }
}
