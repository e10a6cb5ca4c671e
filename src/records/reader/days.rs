//! Days of a table: read a column at a time.

use std::sync::Arc;

use chrono::NaiveDate;

use super::RowReader;
use crate::finding::{Finding, codes};
use crate::input::values::date::{DateHints, dates};
use crate::input::values::text::shown;
use crate::input::values::{Bad, Parsed};

impl RowReader<'_> {
    /// Reads the days of a field, a column at a time.
    pub(in crate::records) fn read_dates(&mut self, field: &'static str, hints: DateHints) {
        if self.has(field) {
            let hints = DateHints { text_file: self.table.sheet.id.sheet.is_none(), ..hints };
            let read = dates(self.values(field), hints);
            self.dates.insert(field, read);
        }
    }

    /// Reads `field` as a day.
    pub(in crate::records) fn date(&mut self, field: &str) -> Option<NaiveDate> {
        let read = self.dates.get(field)?.get(self.next.checked_sub(1)?)?;
        let bad = match read {
            Parsed::Blank(_) => return None,
            Parsed::Value(day) => return Some(day.value),
            Parsed::Bad(bad) => bad.clone(),
        };
        let (value, at) = self.value(self.row(), self.column(field)?)?;
        match bad {
            Bad::TwoDays(first, second) => {
                let finding = Finding::of(codes::AMBIGUOUS_DATE)
                    .with("found", shown(&value))
                    .with("first", first)
                    .with("second", second);
                self.tell_once(finding, at);
            }
            bad => self.tell(codes::BAD_DATE, &bad, &value, at),
        }
        None
    }

    /// Reads `field` as a day; as words where it says when without a day
    /// (待定, 11月中旬).
    pub(in crate::records) fn day_or_words(
        &mut self,
        field: &str,
    ) -> (Option<NaiveDate>, Option<Arc<str>>) {
        let at = self.next.checked_sub(1);
        let read = at.and_then(|at| self.dates.get(field)?.get(at));
        match read {
            Some(Parsed::Value(day)) => (Some(day.value), None),
            Some(Parsed::Bad(Bad::TwoDays(..) | Bad::FormulaError)) => (self.date(field), None),
            Some(Parsed::Bad(_)) => (None, self.text(field)),
            Some(Parsed::Blank(_)) | None => (None, None),
        }
    }
}
