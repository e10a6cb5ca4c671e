//! What stands around a parts list: product, order, quantity, revision, day.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::name::codes_in;
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
    /// How many of the product the uses are for.
    pub base: Option<Decimal>,
}

impl Head {
    /// Looks around `table`; years that are not written come from `hints`.
    pub(super) fn of(table: &Table, hints: DateHints) -> Self {
        let keys = &words().keys;
        let named = |list: &[String]| table.facts.iter().find(|fact| is(fact, list)).map(text);
        let figure = |list: &[String]| {
            table.facts.iter().filter(|fact| is(fact, list)).find_map(|fact| {
                let value = decimal_text(&fact.value.value).value()?.value;
                (value > Decimal::ZERO).then(|| Located { value, at: fact.value.at.clone() })
            })
        };
        let date = table.facts.iter().filter(|fact| is(fact, &keys.date)).find_map(|fact| {
            let cell = Value::Text(Arc::from(fact.value.value.as_str()));
            let day = dates([&cell], hints).pop()?.value()?.value;
            Some(Located { value: day, at: fact.value.at.clone() })
        });
        let (product, beside) = named(&keys.product).map_or((None, None), in_two);
        Self {
            product,
            name: named(&keys.name).or(beside),
            order: named(&keys.order),
            quantity: figure(&keys.quantity),
            revision: named(&keys.revision),
            date,
            color: named(&keys.color),
            // A column of its own knows better.
            base: figure(&keys.base)
                .filter(|_| table.column("base_qty").is_none())
                .map(|base| base.value),
        }
    }
}

/// Splits a product that is written with its name: `TL-200 LED台灯`.
fn in_two(product: Named) -> (Option<Named>, Option<Named>) {
    let two = product.value.split_once(char::is_whitespace).filter(|(code, name)| {
        let named = name.contains(|c: char| c.is_alphabetic());
        named && codes_in(code).next() == Some(code)
    });
    let Some((code, name)) = two else { return (Some(product), None) };
    let part = |text: &str| Located { value: Arc::from(text.trim()), at: product.at.clone() };
    (Some(part(code)), Some(part(name)))
}

fn is(fact: &Fact, list: &[String]) -> bool {
    list.contains(&fold(&fact.key))
}

fn text(fact: &Fact) -> Named {
    Located { value: Arc::from(fact.value.value.trim()), at: fact.value.at.clone() }
}
