//! One identity for every item, however the papers write it: by its code, a
//! code whose leading zeros a spreadsheet ate included; by its description
//! where a paper gives no code.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::records::Item;
use crate::text::fold;

/// An item, by its place among all items.
pub type ItemId = usize;

/// What all papers together know of the items.
#[derive(Debug, Clone, Default)]
pub struct Items {
    shown: Vec<Shown>,
    by_code: FxHashMap<String, ItemId>,
    /// Codes of digits alone without their leading zeros; `None`: several
    /// items have these digits.
    bare: FxHashMap<String, Option<ItemId>>,
    /// `None`: several items have this description.
    by_text: FxHashMap<String, Option<ItemId>>,
    /// Codes of digits alone that lost their leading zeros, to the whole ones.
    whole: FxHashMap<String, Arc<str>>,
    /// The items of the papers as they are written, so that most rows are not
    /// folded.
    met: FxHashMap<Item, ItemId>,
}

/// How many items are known as they are written.
const MET: usize = 200_000;

/// How an item is shown.
#[derive(Debug, Clone, Default)]
struct Shown {
    code: Option<Arc<str>>,
    text: Option<Arc<str>>,
    unit: Option<Arc<str>>,
}

impl Items {
    /// Makes the identities of the items of several papers, each paper's
    /// items in the order of its rows.
    pub fn of<'a>(papers: impl IntoIterator<Item = Vec<&'a Item>>) -> Self {
        let papers: Vec<Vec<&Item>> = papers.into_iter().collect();
        let mut items = Self { whole: whole_codes(&papers), ..Self::default() };
        let mut seen: FxHashSet<&Item> = FxHashSet::default();
        let written = papers.iter().flatten().copied().filter(|item| seen.insert(item));
        let (coded, bare): (Vec<&Item>, Vec<&Item>) = written.partition(|item| item.code.is_some());
        // A description leads to a code only when all codes are known.
        for item in coded.iter().chain(&bare) {
            items.add(item);
        }
        for item in coded.into_iter().chain(bare).take(MET) {
            if let Some(id) = items.id(item) {
                items.met.insert(item.clone(), id);
            }
        }
        items
    }

    /// Returns the identity of an item that was among the papers' items.
    pub fn id(&self, item: &Item) -> Option<ItemId> {
        if let Some(id) = self.met.get(item) {
            return Some(*id);
        }
        match &item.code {
            Some(code) => {
                let known = self.by_code.get(&self.key(code));
                // A paper read later may have lost zeros of its own.
                known.copied().or_else(|| self.bare.get(&code_key(code)).copied().flatten())
            }
            None => self.by_text.get(&text_key(item)?).copied().flatten(),
        }
    }

    /// Returns the code with the zeros that it lost; `None` if it lost none.
    pub fn restored(&self, item: &Item) -> Option<&Arc<str>> {
        self.whole.get(&code_key(item.code.as_deref()?))
    }

    /// Returns the name by which reports know an item: its code, else its
    /// description.
    pub fn name(&self, id: ItemId) -> Arc<str> {
        let shown = self.shown.get(id);
        shown.and_then(|shown| shown.code.clone().or(shown.text.clone())).unwrap_or_default()
    }

    /// Returns an item's description.
    pub fn text(&self, id: ItemId) -> Option<Arc<str>> {
        self.shown.get(id)?.text.clone()
    }

    /// Returns the unit an item is counted in.
    pub fn unit(&self, id: ItemId) -> Option<Arc<str>> {
        self.shown.get(id)?.unit.clone()
    }

    /// Notes the unit of an item, if none is known yet.
    pub fn note_unit(&mut self, id: ItemId, unit: Option<&Arc<str>>) {
        if let Some(shown) = self.shown.get_mut(id).filter(|shown| shown.unit.is_none()) {
            shown.unit = unit.cloned();
        }
    }

    /// Returns how many items there are.
    pub fn len(&self) -> usize {
        self.shown.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    fn add(&mut self, item: &Item) {
        let text = text_key(item);
        let id = match &item.code {
            Some(code) => {
                let key = self.key(code);
                let next = self.shown.len();
                let id = *self.by_code.entry(key).or_insert(next);
                if id == next {
                    let whole = self.whole.get(&code_key(code)).unwrap_or(code);
                    if let Some(bare) = whole.strip_prefix('0').filter(|_| digits(whole)) {
                        let bare = bare.trim_start_matches('0').to_owned();
                        let known = self.bare.entry(bare).or_insert(Some(id));
                        if *known != Some(id) {
                            *known = None;
                        }
                    }
                    self.shown.push(Shown { code: Some(Arc::clone(whole)), ..Shown::default() });
                }
                id
            }
            None => {
                let Some(key) = text.clone() else { return };
                match self.by_text.get(&key) {
                    Some(Some(id)) => *id,
                    // Several items are called so: this is one of its own.
                    Some(None) | None => {
                        self.shown.push(Shown::default());
                        let id = self.shown.len() - 1;
                        self.by_text.insert(key, Some(id));
                        id
                    }
                }
            }
        };
        if let Some(key) = text {
            let known = self.by_text.entry(key).or_insert(Some(id));
            if *known != Some(id) {
                *known = None;
            }
        }
        let shown = &mut self.shown[id];
        if shown.text.is_none() {
            shown.text = item.text();
        }
    }

    fn key(&self, code: &str) -> String {
        let key = code_key(code);
        self.whole.get(&key).map_or(key, |whole| code_key(whole))
    }
}

/// Returns a code as it is compared.
fn code_key(code: &str) -> String {
    fold(code)
}

/// Returns a description as it is compared.
fn text_key(item: &Item) -> Option<String> {
    item.text().map(|text| fold(&text)).filter(|text| !text.is_empty())
}

/// Finds the codes of digits alone that lost leading zeros: the whole code
/// stands on some paper, and no paper has both; or all other such codes of
/// the paper have one length and some of them begin with nought.
fn whole_codes(papers: &[Vec<&Item>]) -> FxHashMap<String, Arc<str>> {
    let mut zeros: FxHashMap<String, FxHashSet<Arc<str>>> = FxHashMap::default();
    let mut together: FxHashSet<String> = FxHashSet::default();
    let mut widths: Vec<Option<usize>> = Vec::new();
    for paper in papers {
        let codes: FxHashSet<&Arc<str>> = paper
            .iter()
            .filter_map(|item| item.code.as_ref())
            .filter(|code| digits(code))
            .collect();
        let names: FxHashSet<&str> = codes.iter().map(|code| &***code).collect();
        let with_zeros: Vec<&&Arc<str>> =
            codes.iter().filter(|code| code.starts_with('0')).collect();
        let mut lengths: FxHashSet<usize> = FxHashSet::default();
        for code in &with_zeros {
            let bare = code.trim_start_matches('0');
            lengths.insert(code.len());
            zeros.entry(bare.to_owned()).or_default().insert(Arc::clone(code));
            if names.contains(bare) {
                together.insert(bare.to_owned());
            }
        }
        let one_width = lengths.len() == 1 && with_zeros.len() >= 2;
        widths.push(lengths.into_iter().next().filter(|_| one_width));
    }
    let mut whole: FxHashMap<String, Arc<str>> = FxHashMap::default();
    for (paper, width) in papers.iter().zip(widths) {
        for code in paper.iter().filter_map(|item| item.code.as_ref()).filter(|code| digits(code)) {
            if code.starts_with('0') || together.contains(&**code) {
                continue;
            }
            let known = zeros.get(&**code).filter(|codes| codes.len() == 1);
            let known = known.and_then(|codes| codes.iter().next().cloned());
            let padded = width
                .filter(|width| code.len() < *width && !zeros.contains_key(&**code))
                .map(|width| Arc::from(format!("{code:0>width$}")));
            if let Some(code_whole) = known.or(padded) {
                whole.insert(code.to_string(), code_whole);
            }
        }
    }
    whole
}

fn digits(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(code: &str) -> Item {
        Item { code: Some(code.into()), ..Item::default() }
    }

    fn named(name: &str) -> Item {
        Item { name: Some(name.into()), ..Item::default() }
    }

    #[test]
    fn codes_that_lost_their_zeros_find_them_again() {
        let (table, ledger) = (["00120", "00131", "152"], ["00152", "00120"]);
        let table: Vec<Item> = table.into_iter().map(coded).collect();
        let ledger: Vec<Item> = ledger.into_iter().map(coded).collect();
        let items = Items::of([table.iter().collect(), ledger.iter().collect()]);
        assert_eq!(items.id(&coded("152")), items.id(&coded("00152")));
        assert_eq!(items.len(), 3);
        assert_eq!(items.restored(&coded("152")).map(|code| &**code), Some("00152"));
        assert_eq!(items.restored(&coded("00120")), None);
        // By the other codes of the paper alone.
        let items = Items::of([table.iter().collect()]);
        assert_eq!(&*items.name(items.id(&coded("152")).unwrap()), "00152");
    }

    #[test]
    fn codes_that_stand_side_by_side_are_two() {
        let table: Vec<Item> = ["00120", "120", "00131"].into_iter().map(coded).collect();
        let items = Items::of([table.iter().collect()]);
        assert_ne!(items.id(&coded("120")), items.id(&coded("00120")));
        let table: Vec<Item> = ["101002", "203"].into_iter().map(coded).collect();
        let items = Items::of([table.iter().collect()]);
        assert_eq!(&*items.name(items.id(&coded("203")).unwrap()), "203");
    }

    #[test]
    fn a_description_stands_for_its_code_where_it_is_the_only_one() {
        let whole = Item { code: Some("A1".into()), ..named("口袋布 黑色") };
        let other = Item { code: Some("A2".into()), ..named("纽扣") };
        let twin = Item { code: Some("A3".into()), ..named("纽扣") };
        let bare = [named("口袋布黑色"), named("纽扣"), named("吊牌")];
        let items = Items::of([vec![&whole, &other, &twin], bare.iter().collect()]);
        assert_eq!(items.id(&bare[0]), items.id(&whole));
        assert_ne!(items.id(&bare[1]), items.id(&other));
        assert_eq!(&*items.name(items.id(&bare[2]).unwrap()), "吊牌");
    }
}
