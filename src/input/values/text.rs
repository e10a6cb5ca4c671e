//! Cells as plain words.

use std::sync::Arc;

use super::id::trim;
use super::lexicon::lexicon;
use crate::input::sheet::Value;

/// Returns what a cell says, as text without padding; `None` if it says
/// nothing (`-`, `无`, `null` included).
pub fn words(value: &Value) -> Option<Arc<str>> {
    match value {
        Value::Text(text) => {
            let trimmed = trim(text);
            let blank = trimmed.is_empty()
                || (trimmed.len() <= 16 && lexicon().is_blank(&trimmed.to_lowercase()));
            match trimmed.len() == text.len() {
                _ if blank => None,
                true => Some(Arc::clone(text)),
                false => Some(Arc::from(trimmed)),
            }
        }
        Value::Number(number) => Some(Arc::from(number.normalize().to_string())),
        Value::LongNumber(digits) => Some(Arc::clone(digits)),
        Value::Date(moment) => Some(Arc::from(moment.date().to_string())),
        Value::Bool(_) | Value::Error(_) | Value::Empty => None,
    }
}

/// Returns what a cell holds, as a message shows it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) | Value::Error(text) => text.to_string(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        other => words(other).map_or_else(String::new, |text| text.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn words_are_verbatim_but_for_padding_and_nothing_is_nothing() {
        let read = |text: &str| words(&Value::Text(text.into())).map(|text| text.to_string());
        assert_eq!(read("　口袋布 黑色\n").as_deref(), Some("口袋布 黑色"));
        assert_eq!(read("-"), None);
        assert_eq!(read(" 无 "), None);
        assert_eq!(words(&Value::Number(Decimal::new(1800, 2))).as_deref(), Some("18"));
        assert_eq!(words(&Value::Error("#N/A".into())), None);
        assert_eq!(shown(&Value::Error("#N/A".into())), "#N/A");
    }
}
