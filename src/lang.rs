//! The three languages gendan speaks, and texts that exist in all of them.

use serde::{Deserialize, Serialize};

/// A language of help, messages and report labels. Machine names (JSON keys,
/// codes, kinds, fields) are always English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese, the default.
    #[default]
    #[serde(rename = "zh-Hans")]
    Hans,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    Hant,
    /// English.
    #[serde(rename = "en")]
    En,
}

impl Lang {
    /// All languages, in the order in which label files list them.
    pub const ALL: [Lang; 3] = [Lang::Hans, Lang::Hant, Lang::En];

    /// Returns the name used in settings and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Hans => "zh-Hans",
            Lang::Hant => "zh-Hant",
            Lang::En => "en",
        }
    }

    /// Reads a language or locale name: `zh-Hans`, `zh_TW.UTF-8`, `en_GB`.
    /// `None` if it names none of the three (`C`, `POSIX`, `fr_FR`).
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.split(['.', '@']).next().unwrap_or_default();
        let parts: Vec<String> =
            name.split(['-', '_']).map(|part| part.to_ascii_lowercase()).collect();
        let traditional = ["hant", "tw", "hk", "mo"];
        match parts.first().map(String::as_str) {
            Some("zh") if parts.iter().any(|part| traditional.contains(&part.as_str())) => {
                Some(Lang::Hant)
            }
            Some("zh") => Some(Lang::Hans),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    }
}

/// A text in the three languages, as data files hold it: an array in the
/// order of [`Lang::ALL`].
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Text([String; 3]);

impl Text {
    /// Returns the text in one language.
    pub fn get(&self, lang: Lang) -> &str {
        &self.0[lang as usize]
    }
}

/// Returns a figure with thousands separators, all of its digits kept.
pub(crate) fn thousands(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, fraction) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut shown = String::with_capacity(digits.len() + 8);
    shown.push_str(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown.push_str(fraction);
    shown
}

/// Puts values in the place of a template's `{placeholders}`. Values are
/// never searched for placeholders themselves; a placeholder without a value
/// stays as it is.
pub fn fill<V: AsRef<str>>(template: &str, values: &[(&str, V)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, name, after)) = next_placeholder(rest) {
        filled.push_str(before);
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => filled.push_str(value.as_ref()),
            None => filled.extend(["{", name, "}"]),
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// Returns the names of a template's `{placeholders}`, in order.
pub fn placeholders(template: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((_, name, after)) = next_placeholder(rest) {
        names.push(name);
        rest = after;
    }
    names
}

/// Splits at the first `{name}`. Braces around anything but a name are text.
fn next_placeholder(template: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = template[from..].find('{').map(|at| from + at) {
        let close = open + template[open..].find('}')?;
        let name = &template[open + 1..close];
        if !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            return Some((&template[..open], name, &template[close + 1..]));
        }
        from = open + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_are_languages() {
        for (name, lang) in [
            ("zh_CN.UTF-8", Some(Lang::Hans)),
            ("zh-Hans", Some(Lang::Hans)),
            ("zh", Some(Lang::Hans)),
            ("zh_TW.Big5", Some(Lang::Hant)),
            ("zh-Hant-HK", Some(Lang::Hant)),
            ("en_US.UTF-8", Some(Lang::En)),
            ("C.UTF-8", None),
            ("de_DE@euro", None),
            ("", None),
        ] {
            assert_eq!(Lang::parse(name), lang, "{name}");
        }
    }

    #[test]
    fn templates_take_their_values() {
        let values = [("found", "12 {箱}"), ("expected", "10")];
        assert_eq!(fill("{found}，应为 {expected}{unit}", &values), "12 {箱}，应为 10{unit}");
        assert_eq!(fill("{} {A} {", &values), "{} {A} {");
        assert_eq!(placeholders("a {b} {C} {d_e}"), ["b", "d_e"]);
    }
}
