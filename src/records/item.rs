//! What a line is about, and the numbers it is known by.

use std::sync::Arc;

/// A document number or other id, verbatim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNo {
    /// The number as the paper writes it.
    pub text: Arc<str>,
    /// Whether a spreadsheet destroyed some of its digits.
    pub damaged: bool,
}

/// What a line is about, as the paper describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Item {
    /// Its code, verbatim.
    pub code: Option<Arc<str>>,
    /// Its name; may hold the specification too.
    pub name: Option<Arc<str>>,
    /// Its specification.
    pub spec: Option<Arc<str>>,
    /// Its colour.
    pub color: Option<Arc<str>>,
    /// Its size.
    pub size: Option<Arc<str>>,
    /// What names the goods where the text says more: 鸡爪袋 of `鸡爪袋退货2000个`.
    pub goods: Option<Arc<str>>,
}

impl Item {
    /// Tells the code from the name where programs write both in one text:
    /// `[FURN_01] Oak table`. What is in brackets and could be a word
    /// (`[NEW] Shirt`) stays with the name.
    #[must_use]
    pub fn parted(mut self) -> Self {
        let text = self.code.as_ref().or(self.name.as_ref()).filter(|text| text.starts_with('['));
        let Some((code, name)) = text.and_then(|text| text[1..].split_once(']')) else {
            return self;
        };
        let (code, name) = (code.trim(), name.trim());
        let is_code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
        if code.is_empty() || name.is_empty() || !code.chars().all(is_code) {
            return self;
        }
        if code.contains(|c: char| !c.is_ascii_alphabetic()) {
            let name = Arc::from(name);
            self.code = Some(Arc::from(code));
            self.name = self.name.filter(|own| !own.starts_with('[')).or(Some(name));
        } else if self.name.is_none() {
            self.name = self.code.take();
        }
        self
    }

    /// Returns name, specification, colour and size as one text; `None` if
    /// the paper has none of them.
    pub fn text(&self) -> Option<Arc<str>> {
        let parts = [&self.name, &self.spec, &self.color, &self.size];
        let mut parts = parts.into_iter().flatten();
        let first = parts.next()?;
        let mut text = String::new();
        for part in parts {
            text.push(' ');
            text.push_str(part);
        }
        if text.is_empty() {
            Some(Arc::clone(first))
        } else {
            Some(format!("{first}{text}").into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_describes_an_item_is_one_text() {
        let name = |text: &str| Some(Arc::from(text));
        assert_eq!(Item::default().text(), None);
        let item = Item { name: name("口袋布"), color: name("黑色"), ..Item::default() };
        assert_eq!(item.text().as_deref(), Some("口袋布 黑色"));
    }

    #[test]
    fn a_code_in_brackets_is_told_from_the_name_behind_it() {
        let text = |text: &str| Some(Arc::from(text));
        for (given, code, name) in [
            ("[FURN_01] Oak table", Some("FURN_01"), Some("Oak table")),
            ("[SCRW] Screw M6", None, Some("[SCRW] Screw M6")),
            ("[黑色] 上衣", None, Some("[黑色] 上衣")),
            ("[FURN_01]", None, Some("[FURN_01]")),
        ] {
            let item = Item { name: text(given), ..Item::default() }.parted();
            assert_eq!((item.code.as_deref(), item.name.as_deref()), (code, name));
            let coded = Item { code: text(given), ..Item::default() }.parted();
            if given.contains("] ") && given.is_ascii() {
                assert_eq!(coded, item, "whichever column it stands in");
            }
        }
    }
}
