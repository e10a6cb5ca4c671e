//! Products whose colours or sizes have lists of their own: their orders are
//! taken apart the same way.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::records::Item;
use crate::records::bom::Bom;
use crate::records::order::OrderLine;
use crate::text::fold;

/// The lists of one product's colours or sizes, by what each is called.
type Apart<'a> = FxHashMap<String, &'a Item>;

/// Calls what is ordered of such products as their lists are called. A line
/// that no list is for stays as it is.
pub(super) fn take_apart(orders: Vec<OrderLine>, boms: &[Bom]) -> Vec<OrderLine> {
    let mut products: FxHashMap<String, Apart<'_>> = FxHashMap::default();
    for bom in boms {
        let Some(variant) = &bom.variant else { continue };
        for word in words(&variant.of) {
            let apart = products.entry(word).or_default();
            apart.entry(key(&variant.name)).or_insert(&bom.product);
        }
    }
    if products.is_empty() {
        return orders;
    }
    let parts = |line: OrderLine| {
        let apart = words(&line.item).find_map(|word| products.get(&word));
        apart.map_or_else(|| vec![line.clone()], |apart| of_line(&line, apart))
    };
    orders.into_iter().flat_map(parts).collect()
}

/// Takes a line apart: by its own colour or size, else by its columns of sizes.
fn of_line(line: &OrderLine, apart: &Apart<'_>) -> Vec<OrderLine> {
    let own = [&line.item.color, &line.item.size].into_iter().flatten();
    if let Some(product) = own.clone().find_map(|name| apart.get(&key(name))) {
        return vec![called(line, product)];
    }
    if !line.sizes.iter().any(|(size, _)| apart.contains_key(&key(size))) {
        return vec![line.clone()];
    }
    let of_size = |(size, quantity): &(Arc<str>, _)| {
        let part = match apart.get(&key(size)) {
            Some(product) => called(line, product),
            None => line.clone(),
        };
        OrderLine { quantity: Some(*quantity), sizes: Vec::new(), ..part }
    };
    line.sizes.iter().map(of_size).collect()
}

fn called(line: &OrderLine, product: &Item) -> OrderLine {
    let item = Item { code: product.code.clone(), name: product.name.clone(), ..line.item.clone() };
    OrderLine { item, ..line.clone() }
}

/// Returns what a product is called, folded.
pub(super) fn words(item: &Item) -> impl Iterator<Item = String> {
    let texts = [&item.code, &item.name].into_iter().flatten();
    texts.map(|text| fold(text)).collect::<Vec<_>>().into_iter()
}

/// Returns a colour or size as it is compared: 黑 is 黑色, 38 is 38码.
fn key(name: &str) -> String {
    fold(name).trim_end_matches(['色', '码', '#']).to_owned()
}
