//! Texts as small numbers: equal texts get equal ids, on both sides alike.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// A text's id. Ids say nothing but equality; results never depend on their
/// order.
pub(super) type Id = u32;

/// All texts met in one run.
#[derive(Debug, Default)]
pub(super) struct Names {
    ids: FxHashMap<Arc<str>, Id>,
    texts: Vec<Arc<str>>,
}

impl Names {
    /// Returns the id of a text.
    pub(super) fn id(&mut self, text: &str) -> Id {
        if let Some(&id) = self.ids.get(text) {
            return id;
        }
        let id = self.texts.len() as Id;
        let text: Arc<str> = Arc::from(text);
        self.texts.push(Arc::clone(&text));
        self.ids.insert(text, id);
        id
    }

    /// Returns the text of an id.
    pub(super) fn text(&self, id: Id) -> &str {
        self.texts.get(id as usize).map_or("", |text| text)
    }
}
