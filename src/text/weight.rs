//! Weights in words: `首重1kg`, `0.5公斤`, `100g`, and the ranges that head the
//! columns of rate cards: `0-0.5kg`, `3kg以上`.

use rust_decimal::Decimal;

use super::fold;

/// A run of weights, in kilograms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeightRange {
    /// It begins above this.
    pub over: Decimal,
    /// Whether that weight itself belongs to it.
    pub including: bool,
    /// Its last weight; `None`: there is no end.
    pub up_to: Option<Decimal>,
    /// Whether the text names its beginning; `1kg以内` does not.
    pub begins: bool,
}

/// The units of weight, longest first, and how many of each a kilogram is.
const UNITS: [(&str, i64); 9] = [
    ("kgs", 1),
    ("公斤", 1),
    ("千克", 1),
    ("kg", 1),
    ("市斤", 2),
    ("斤", 2),
    ("克", 1000),
    ("g", 1000),
    ("吨", 0),
];
const UP_TO: [&str; 9] =
    ["以内", "以下", "及以下", "(含)以下", "(含)以内", "之内", "内", "orless", "max"];
const ABOVE: [&str; 9] =
    ["以上", "及以上", "(含)以上", "之上", "起", "+", "ormore", "andabove", "above"];
const SPANS: [&str; 7] = ["-", "~", "至", "到", "to", "<w<=", "<w≤"];

/// Returns the weights of a folded text, each with the place behind it, in
/// kilograms.
pub fn weights_in(folded: &str) -> Vec<(Decimal, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some((number, behind)) = number_from(folded, at) {
        at = behind;
        if let Some((weight, end)) = with_unit(number, folded, behind) {
            found.push((weight, end));
            at = end;
        }
    }
    found
}

/// Reads a range of weights; `None` if the text is anything else. `is_weight`
/// says that its figures are kilograms even without a unit.
pub fn weight_range(text: &str, is_weight: bool) -> Option<WeightRange> {
    let folded = fold(text).replace("<=", "≤").replace(">=", "≥").replace(['(', ')'], "");
    let folded = folded.replace("重量", "w");
    let has_unit = UNITS.iter().any(|(unit, _)| folded.contains(unit));
    if !has_unit && !is_weight {
        return None;
    }
    let (lead, first, behind) = leading_number(&folded)?;
    let (mut first, rest) = take_unit(first, &folded[behind..]);
    let rest = rest.trim_start_matches('含');
    let range = |over, including, up_to, begins| WeightRange { over, including, up_to, begins };
    for span in SPANS {
        let Some(second) = rest.strip_prefix(span) else { continue };
        let (lead, number, behind) = leading_number(second)?;
        if !lead.trim_start_matches(['<', '≤', 'w', 'x']).is_empty() {
            return None;
        }
        let (second, rest) = take_unit(number, &second[behind..]);
        // `500-1000g`: one unit for both.
        if first > second && has_unit {
            first = first.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let open = rest.is_empty() || rest.starts_with(['/', '元']) || UP_TO.contains(&rest);
        return (open && first < second).then(|| range(first, false, Some(second), true));
    }
    match lead {
        "≤" | "<" if rest.is_empty() => Some(range(Decimal::ZERO, false, Some(first), false)),
        "≥" if rest.is_empty() => Some(range(first, true, None, true)),
        ">" | "over" | "above" if rest.is_empty() => Some(range(first, false, None, true)),
        "upto" | "under" if rest.is_empty() => {
            Some(range(Decimal::ZERO, false, Some(first), false))
        }
        "" if UP_TO.contains(&rest) => Some(range(Decimal::ZERO, false, Some(first), false)),
        "" if ABOVE.contains(&rest) => Some(range(first, rest.starts_with('及'), None, true)),
        // A bare weight heads the column of the parcels up to it.
        "" if rest.is_empty() => Some(range(Decimal::ZERO, false, Some(first), false)),
        _ => None,
    }
}

/// Words of a price that may follow a range of weights.
const PRICES: [&str; 8] = ["首", "续", "每", "first", "additional", "per", "base", "运费"];

/// Reads a range of weights that heads a column, alone, before the words of
/// a price (`3kg以上首重`) or behind them (`续重(3-20kg)`).
pub fn weight_heading(text: &str, is_weight: bool) -> Option<WeightRange> {
    weight_range(text, is_weight).or_else(|| {
        let folded = fold(text);
        let at = PRICES.iter().filter_map(|word| folded.find(word)).min()?;
        let before = folded[..at].trim_end_matches(['(', ':', '/', '-']);
        if before.contains(|c: char| c.is_ascii_digit()) {
            return weight_range(before, is_weight);
        }
        // A bare weight behind them is the first weight, or the step.
        range_behind(&folded[at..], is_weight).map(|(range, _)| range).filter(|range| range.begins)
    })
}

/// Returns a folded text without the range of weights that it names behind the
/// words of a price: `续重(3-20kg)每0.5kg` without `3-20kg`.
pub fn without_range(folded: &str) -> String {
    let found = range_behind(folded, false);
    found.map_or_else(|| folded.to_owned(), |(_, part)| folded.replacen(part, "", 1))
}

/// Returns the range that a text names in brackets or from its first figure
/// on, and the part that names it. A bare weight is no range.
fn range_behind(folded: &str, is_weight: bool) -> Option<(WeightRange, &str)> {
    let bracketed = folded.split('(').skip(1).map(|part| part.split(')').next().unwrap_or(part));
    let rest = folded.find(|c: char| c.is_ascii_digit()).map(|at| &folded[at..]);
    bracketed.chain(rest).find_map(|part| {
        let range = weight_range(part, is_weight)?;
        (range.begins || UP_TO.iter().any(|word| part.ends_with(word))).then_some((range, part))
    })
}

/// Whether a text can only be the header of a tier of weights: `0.5-1kg`,
/// `3kg以上续重`. A bare weight is as often a value.
pub fn heads_weights(text: &str) -> bool {
    /// Longer texts are sentences.
    const LONGEST: usize = 40;
    let has_unit = ["kg", "KG", "Kg", "公斤", "千克"].iter().any(|unit| text.contains(unit));
    if !has_unit || text.len() > LONGEST {
        return false;
    }
    let ends = ["以内", "以下", "之内"].iter().any(|word| text.contains(word));
    weight_heading(text, false).is_some_and(|range| range.begins || ends)
}

/// Whether a text heads the prices of a tier of weights in a table of rates,
/// where a bare number is a weight: `0.5`, `3-5`, `10以上`, `1kg`.
pub fn heads_tier(text: &str) -> bool {
    /// Longer texts are sentences.
    const LONGEST: usize = 40;
    /// Nobody sends heavier parcels; a larger number is a year or a code.
    const HEAVIEST: i64 = 1000;
    text.len() <= LONGEST
        && weight_heading(text, true).is_some_and(|range| {
            range.up_to.unwrap_or(range.over) <= Decimal::from(HEAVIEST)
                && range.up_to != Some(Decimal::ZERO)
        })
}

/// Words of what a price is for.
const PRICE_WORDS: [&str; 22] = [
    "首重",
    "续重",
    "首公斤",
    "续公斤",
    "首kg",
    "续kg",
    "次重",
    "起步",
    "最低",
    "每公斤",
    "每kg",
    "元/kg",
    "元/公斤",
    "公斤价",
    "每增",
    "每票",
    "一票",
    "additional",
    "firstkg",
    "first",
    "minimum",
    "perkg",
];

/// Whether a text says what the prices beside it are for: first or continued
/// weight, a tier of weights, the least that is charged.
pub fn heads_prices(text: &str) -> bool {
    /// Longer texts are conditions.
    const LONGEST: usize = 60;
    let folded = fold(text);
    text.len() <= LONGEST
        && (weight_heading(text, false).is_some()
            || PRICE_WORDS.iter().any(|word| folded.contains(word)))
}

/// Returns what stands before the first number of a text, the number, and
/// where it ends.
fn leading_number(text: &str) -> Option<(&str, Decimal, usize)> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (number, behind) = number_from(text, at)?;
    Some((&text[..at], number, behind))
}

fn take_unit(number: Decimal, rest: &str) -> (Decimal, &str) {
    match with_unit(number, rest, 0) {
        Some((weight, end)) => (weight, &rest[end..]),
        None => (number, rest),
    }
}

/// Reads the unit at a place, and gives the number in kilograms.
fn with_unit(number: Decimal, text: &str, at: usize) -> Option<(Decimal, usize)> {
    let rest = &text[at..];
    let (unit, per_kg) = UNITS.iter().find(|(unit, _)| rest.starts_with(unit))?;
    let weight = match per_kg {
        0 => number.checked_mul(Decimal::ONE_THOUSAND)?,
        one => number.checked_div(Decimal::from(*one))?,
    };
    Some((weight.normalize(), at + unit.len()))
}

/// Returns the first number at or behind a place, and where it ends.
fn number_from(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let start = at + text[at..].find(|c: char| c.is_ascii_digit())?;
    let length =
        text[start..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len() - start);
    let digits = text[start..start + length].trim_end_matches('.');
    let number = digits.parse().ok().or_else(|| digits.split('.').next()?.parse().ok())?;
    Some((number, start + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn ranges_of_rate_cards() {
        for (text, over, up_to) in [
            ("0-0.5kg", "0", Some("0.5")),
            ("0.5kg-1kg", "0.5", Some("1")),
            ("1～2公斤", "1", Some("2")),
            ("0.5KG以内", "0", Some("0.5")),
            ("≤3kg", "0", Some("3")),
            ("3kg以上", "3", None),
            ("30kg及以上", "30", None),
            (">30KG", "30", None),
            ("500g", "0", Some("0.5")),
            ("500-1000g", "0.5", Some("1")),
            ("2KG", "0", Some("2")),
        ] {
            let range = weight_range(text, false).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((range.over, range.up_to), (d(over), up_to.map(d)), "{text}");
        }
        assert!(weight_range("≥30kg", false).unwrap().including);
        assert!(!weight_range("30kg以上", false).unwrap().including);
        for text in ["首重1kg", "续重", "重量(kg)", "2026-10", "浙江", "1区", "元/kg"] {
            assert_eq!(weight_range(text, false), None, "{text}");
        }
        assert_eq!(weight_range("0-1", true).unwrap().up_to, Some(d("1")));
        assert_eq!(weight_range("0-1", false), None);
        assert_eq!(weight_range("0.5", true).unwrap().up_to, Some(d("0.5")));
        assert_eq!(weight_range("5<重量≤10kg", false).unwrap().over, d("5"));
    }

    #[test]
    fn ranges_behind_the_words_of_a_price() {
        for (text, over, up_to) in [
            ("续重(1-3kg)", "1", Some("3")),
            ("续重3-20公斤", "3", Some("20")),
            ("续重（20kg以上）", "20", None),
            ("Additional kg (3-20kg)", "3", Some("20")),
        ] {
            let range = weight_heading(text, false).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((range.over, range.up_to), (d(over), up_to.map(d)), "{text}");
        }
        for text in ["首重1kg", "首重(1kg)", "续重0.5kg", "续重(元/kg)"] {
            assert_eq!(weight_heading(text, false), None, "{text}");
        }
        assert_eq!(without_range("续重(3-20kg)每0.5kg"), "续重()每0.5kg");
        assert_eq!(without_range("续重每0.5kg"), "续重每0.5kg");
    }

    #[test]
    fn what_heads_a_tier_or_a_price() {
        for text in ["0.5", "3", "3-5", "1kg", "10kg以上", "0.5-1"] {
            assert!(heads_tier(text), "{text}");
        }
        for text in ["2026", "10-05", "浙江", "", "0", "1区"] {
            assert!(!heads_tier(text), "{text}");
        }
        for text in
            ["首重(1kg)", "续重", "5kg以内", "10kg以上（元/kg）", "Additional 0.5 kg", "最低收费"]
        {
            assert!(heads_prices(text), "{text}");
        }
        for text in ["0.5", "浙江", "一区", "时效", "2026-10-02"] {
            assert!(!heads_prices(text), "{text}");
        }
    }

    #[test]
    fn headers_of_tiers_are_told_from_weights() {
        for text in
            ["0-0.5kg", "0.5～1公斤", "3kg以上", "1kg以内", "30KG以上续重", "3kg以上首重1kg"]
        {
            assert!(heads_weights(text), "{text}");
        }
        for text in ["1kg", "38.5kg", "首重1kg", "重量(kg)", "0-1", "2026-10-02", "60*40*35cm"]
        {
            assert!(!heads_weights(text), "{text}");
        }
    }

    #[test]
    fn weights_in_a_sentence() {
        let weights = |text: &str| -> Vec<Decimal> {
            weights_in(&fold(text)).into_iter().map(|(weight, _)| weight).collect()
        };
        assert_eq!(weights("首重1kg，续重每0.5公斤"), [d("1"), d("0.5")]);
        assert_eq!(weights("每100克"), [d("0.1")]);
        assert_eq!(weights("首重12元"), Vec::<Decimal>::new());
    }
}
