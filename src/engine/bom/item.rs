//! The items that papers speak of, one number for all ways of writing each.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::records::Item;
use crate::text::fold;

/// An item, by the order in which items came up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(u32);

impl ItemId {
    /// Returns its place in lists of all items.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is known of an item.
#[derive(Debug, Clone)]
pub struct Known {
    /// Its code; else its name, specification and colour.
    pub label: Arc<str>,
    /// The item as its first paper writes it.
    pub item: Item,
    /// The unit it is first written in.
    pub unit: Option<Arc<str>>,
}

/// All items.
#[derive(Debug, Clone, Default)]
pub struct Items {
    known: Vec<Known>,
    by_code: FxHashMap<String, ItemId>,
    /// Codes without their leading zeros; `None`: several items share them.
    by_digits: FxHashMap<String, Option<ItemId>>,
    by_text: FxHashMap<String, Option<ItemId>>,
}

impl Items {
    /// Returns the number of an item, a new one if it is not known yet;
    /// nothing if the paper says nothing of it.
    pub fn intern(&mut self, item: &Item, unit: Option<&Arc<str>>) -> Option<ItemId> {
        let found = match &item.code {
            Some(code) => self.by_code.get(&fold(code)).copied(),
            None => self.by_text.get(&text_key(item)).copied().flatten(),
        };
        if let Some(id) = found {
            let known = &mut self.known[id.index()];
            known.unit = known.unit.take().or_else(|| unit.cloned());
            if known.item.name.is_none() {
                known.item.name.clone_from(&item.name);
                known.item.spec.clone_from(&item.spec);
                known.item.color.clone_from(&item.color);
            }
            return Some(id);
        }
        let label = item.code.clone().or_else(|| item.text())?;
        let id = ItemId(u32::try_from(self.known.len()).ok()?);
        self.known.push(Known { label, item: item.clone(), unit: unit.cloned() });
        if let Some(code) = &item.code {
            let key = fold(code);
            once(&mut self.by_digits, key.trim_start_matches('0').to_owned(), id);
            self.by_code.insert(key, id);
        }
        if item.name.is_some() {
            once(&mut self.by_text, text_key(item), id);
        }
        Some(id)
    }

    /// Returns the number of an item that another paper names: by its code,
    /// with or without leading zeros, else by its name, specification and
    /// colour.
    pub fn find(&self, item: &Item) -> Option<ItemId> {
        if let Some(code) = &item.code {
            let key = fold(code);
            if let Some(id) = self.by_code.get(&key) {
                return Some(*id);
            }
            let digits = key.trim_start_matches('0');
            let bare = self.by_digits.get(digits).copied().flatten();
            if bare.is_some() && digits.bytes().all(|b| b.is_ascii_digit()) {
                return bare;
            }
        }
        let by_text = self.by_text.get(&text_key(item)).copied().flatten()?;
        let coded = self.known[by_text.index()].item.code.is_some();
        // Two codes that are both written are two items, whatever their names.
        (!coded || item.code.is_none()).then_some(by_text)
    }

    /// Returns what is known of an item.
    pub fn get(&self, id: ItemId) -> &Known {
        &self.known[id.index()]
    }

    /// Returns how many there are.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Returns all of them.
    pub fn ids(&self) -> impl Iterator<Item = ItemId> + use<> {
        let end = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        (0..end).map(ItemId)
    }
}

fn once(map: &mut FxHashMap<String, Option<ItemId>>, key: String, id: ItemId) {
    map.entry(key).and_modify(|known| *known = None).or_insert(Some(id));
}

fn text_key(item: &Item) -> String {
    let part = |text: &Option<Arc<str>>| text.as_deref().map(fold).unwrap_or_default();
    format!("{}|{}|{}|{}", part(&item.name), part(&item.spec), part(&item.color), part(&item.size))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(code: &str, name: &str) -> Item {
        let text = |text: &str| (!text.is_empty()).then(|| Arc::from(text));
        Item { code: text(code), name: text(name), ..Item::default() }
    }

    #[test]
    fn an_item_is_found_by_code_by_its_digits_and_by_name() {
        let mut items = Items::default();
        let thread = items.intern(&item("00152", "绣花线"), None).unwrap();
        let cloth = items.intern(&item("", "口袋布"), None).unwrap();
        assert_eq!(items.intern(&item("00152", ""), None), Some(thread));
        assert_eq!(items.find(&item("152", "")), Some(thread));
        assert_eq!(items.find(&item("", "绣花线")), Some(thread));
        assert_eq!(items.find(&item("X-1", "绣花线")), None);
        assert_eq!(items.find(&item("FB-1", "口袋布")), Some(cloth));
        assert_eq!(items.find(&item("", "拉链")), None);
        items.intern(&item("0152", ""), None);
        assert_eq!(items.find(&item("152", "")), None, "two codes end alike");
    }
}
