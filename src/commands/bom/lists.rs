//! Which parts list an order goes by: by the product's code or name, by the
//! order in the list's head, by the revision. Every text is folded once.

use chrono::NaiveDate;
use rustc_hash::{FxHashMap, FxHashSet};

use super::orders::Merged;
use super::variants::words;
use crate::records::Item;
use crate::records::bom::Bom;
use crate::text::fold;

/// What papers call a product, as it is compared.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Called {
    code: Option<String>,
    name: Option<String>,
}

impl Called {
    /// Folds what an item is called.
    pub(super) fn of(item: &Item) -> Self {
        Self { code: item.code.as_deref().map(fold), name: item.name.as_deref().map(fold) }
    }

    /// Whether it is called nothing.
    pub(super) fn is_bare(&self) -> bool {
        self.code.is_none() && self.name.is_none()
    }

    /// Whether two papers mean one product: by code, else by name.
    pub(super) fn is(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        // What one paper has under names another may have under codes.
        match (&self.code, &other.code) {
            (Some(a), Some(b)) => a == b,
            _ => {
                same(&self.name, &other.name)
                    || same(&self.code, &other.name)
                    || same(&self.name, &other.code)
            }
        }
    }

    fn words(&self) -> impl Iterator<Item = &String> {
        self.code.iter().chain(&self.name)
    }
}

/// All lists, by what their products and their orders are called.
#[derive(Debug)]
pub(super) struct Lists<'a> {
    boms: &'a [Bom],
    called: Vec<Called>,
    by_word: FxHashMap<String, Vec<usize>>,
    by_order: FxHashMap<String, Vec<usize>>,
    /// What products are called whose colours or sizes have their own lists.
    apart: FxHashSet<String>,
}

impl<'a> Lists<'a> {
    /// Puts lists where they can be looked up.
    pub(super) fn of(boms: &'a [Bom]) -> Self {
        let called: Vec<Called> = boms.iter().map(|bom| Called::of(&bom.product)).collect();
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        let mut by_order: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, (bom, called)) in boms.iter().zip(&called).enumerate() {
            for word in called.words() {
                by_word.entry(word.clone()).or_default().push(at);
            }
            let Some(head) = &bom.head.order else { continue };
            for order in named(&head.value) {
                by_order.entry(order).or_default().push(at);
            }
        }
        let variants = boms.iter().filter_map(|bom| bom.variant.as_ref());
        let apart = variants.flat_map(|variant| words(&variant.of)).collect();
        Self { boms, called, by_word, by_order, apart }
    }

    /// Whether a list's head names an order, alone or among others.
    pub(super) fn names(&self, bom: usize, order: &str) -> bool {
        self.by_order.get(order).is_some_and(|lists| lists.contains(&bom))
    }

    /// Whether a list is of this product.
    pub(super) fn is_of(&self, bom: usize, product: &Called) -> bool {
        self.called[bom].is(product)
    }

    /// Returns the lists of a product, in the order of the papers.
    fn of_product(&self, product: &Called) -> Vec<usize> {
        let known = product.words().filter_map(|word| self.by_word.get(word)).flatten();
        let mut found: Vec<usize> =
            known.copied().filter(|at| self.called[*at].is(product)).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Returns the list an order goes by, or why it takes no part. An order
    /// that was `asked` for takes part whatever else speaks against it.
    pub(super) fn list_of(
        &self,
        order: &Merged<'_>,
        asked: bool,
        today: NaiveDate,
    ) -> Result<usize, &'static str> {
        let of_product = self.of_product(&order.called);
        let of_order = self.by_order.get(&order.folded).map(Vec::as_slice).unwrap_or_default();
        let own = of_order
            .iter()
            .find(|at| self.is_of(**at, &order.called))
            .or_else(|| of_order.iter().find(|at| self.boms[**at].variant.is_none()))
            .copied();
        let revision = order.line.revision.as_deref().map(fold);
        let revised = |at: &usize| {
            let is = self.boms[*at].head.revision.as_ref().map(|found| fold(&found.value));
            revision.is_some() && revision == is
        };
        let free = || of_product.iter().filter(|at| self.boms[**at].head.order.is_none()).copied();
        let general = free().find(revised).or_else(|| free().next_back());
        let Some(found) = own.or(general).or_else(|| of_product.first().copied()) else {
            let apart = order.called.words().any(|word| self.apart.contains(word));
            let apart = apart || order.called.is_bare() && !of_order.is_empty();
            return Err(if apart { "no-variant" } else { "no-list" });
        };
        if asked {
            return Ok(found);
        }
        if order.line.shipped {
            return Err("shipped");
        }
        if order.line.closed {
            return Err("closed");
        }
        if own.is_none() && general.is_none() {
            if order.line.keeps_bom_days && order.line.bom_on.is_none() {
                return Err("other-list");
            }
            if order.needed_by.is_some_and(|day| day < today) {
                return Err("past");
            }
        }
        Ok(found)
    }
}

/// Returns the orders that a list's head names, folded: all of it, and each
/// of several.
pub(super) fn named(head: &str) -> FxHashSet<String> {
    let parts = head.split(['/', '、', ',', '，', ';', '；', ' ']);
    parts.chain([head]).map(fold).filter(|one| !one.is_empty()).collect()
}
