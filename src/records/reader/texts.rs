//! The texts of a row: by field, and by where they stand.

use std::sync::Arc;

use super::RowReader;
use crate::input::sheet::Value;
use crate::input::values::text::words;
use crate::location::Located;
use crate::records::Item;

impl<'t> RowReader<'t> {
    /// Reads `field` as words.
    pub(in crate::records) fn text(&mut self, field: &str) -> Option<Arc<str>> {
        self.located_text(field).map(|text| text.value)
    }

    /// Reads `field` as words, with their cell.
    pub(in crate::records) fn located_text(&mut self, field: &str) -> Option<Located<Arc<str>>> {
        let (value, at) = self.value(self.row(), self.column(field)?)?;
        let text = words(&value)?;
        Some(Located { value: self.own(&text), at: self.table.sheet.at(at) })
    }

    /// Returns a text as the records' own. A sheet's room can only be used
    /// again once nothing of it is held any more.
    fn own(&mut self, text: &Arc<str>) -> Arc<str> {
        if let Some(known) = self.texts.get(text) {
            return Arc::clone(known);
        }
        let own: Arc<str> = Arc::from(&**text);
        self.texts.insert(Arc::clone(&own));
        own
    }

    /// Returns the text that the row begins with, under whatever header.
    pub(in crate::records) fn lead(&self) -> Option<Arc<str>> {
        let cells = self.table.columns.iter();
        let first = cells.filter_map(|column| self.table.cell(self.row(), column.col)).next()?;
        match first.value() {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the short texts of the row under headers that name no field.
    pub(in crate::records) fn loose_texts(&self) -> impl Iterator<Item = Arc<str>> + '_ {
        /// Longer texts are remarks.
        const LONGEST: usize = 18;
        let loose = self.table.columns.iter().filter(|column| column.field.is_none());
        loose.filter_map(|column| match self.table.cell(self.row(), column.col)?.value() {
            Value::Text(text) if text.len() <= LONGEST => Some(text),
            _ => None,
        })
    }

    /// Reads what describes an item.
    pub(in crate::records) fn item(&mut self) -> Item {
        Item {
            code: self.ids("item_code").into_iter().next().map(|code| code.text),
            name: self.text("item_name"),
            spec: self.text("spec"),
            color: self.text("color"),
            size: self.text("size"),
            goods: None,
        }
        .parted()
    }
}
