//! Drop-downs for the columns that people fill in.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, XlsxError};

use super::mark::SHEET;
use crate::lang::Lang;
use crate::location::column_name;
use crate::report::labels;

/// The longest list that fits into a rule, in characters, commas included.
const LENGTH: usize = 255;

/// Lists that are too long for a rule, kept on the machine sheet, each in a
/// column of its own.
#[derive(Default)]
pub(super) struct Choices {
    /// The lists, in the order of their columns.
    pub(super) lists: Vec<Vec<String>>,
}

/// The column of the machine sheet where lists begin.
pub(super) const FIRST_COLUMN: u16 = 9;

impl Choices {
    /// Returns the rule that offers `options`.
    pub(super) fn validation(
        &mut self,
        options: &[String],
        lang: Lang,
    ) -> Result<DataValidation, XlsxError> {
        let length: usize = options.iter().map(|option| option.encode_utf16().count() + 1).sum();
        // A comma would split an option in two.
        let inline = length <= LENGTH && options.iter().all(|option| !option.contains(','));
        let rule = if inline {
            DataValidation::new().allow_list_strings(options)?
        } else {
            DataValidation::new().allow_list_formula(self.list(options))
        };
        rule.set_error_title(labels::text(lang, "common.choose_title"))?
            .set_error_message(labels::text(lang, "common.choose_one"))
            .map(|rule| rule.set_error_style(DataValidationErrorStyle::Stop))
    }

    fn list(&mut self, options: &[String]) -> Formula {
        let at = match self.lists.iter().position(|list| list == options) {
            Some(at) => at,
            None => {
                self.lists.push(options.to_vec());
                self.lists.len() - 1
            }
        };
        let column = column_name(FIRST_COLUMN.saturating_add(u16::try_from(at).unwrap_or(0)));
        Formula::new(format!("{SHEET}!${column}$1:${column}${}", options.len()))
    }
}
