//! Units of quantities: which are the same under two names, and which convert.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::text::fold;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    counters: Vec<String>,
    measures: Vec<Measure>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Measure {
    name: String,
    units: BTreeMap<String, Vec<String>>,
}

/// A unit: its measure, and what it is in the measure's first unit.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Unit {
    measure: &'static str,
    factor: Decimal,
}

static SOURCE: LazyLock<Source> = LazyLock::new(|| {
    // A file that does not parse fails the test below.
    data::read(compiled_in!("engine/measure"))
});

static UNITS: LazyLock<FxHashMap<&'static str, Unit>> = LazyLock::new(|| {
    let mut units = FxHashMap::default();
    for measure in &SOURCE.measures {
        for (factor, names) in &measure.units {
            let Ok(factor) = factor.parse() else { continue };
            for name in names {
                units.insert(name.as_str(), Unit { measure: &measure.name, factor });
            }
        }
    }
    units
});

/// How two units go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// They are one.
    Same,
    /// One of the first is so many of the second.
    Converts(Decimal),
    /// They count different things, or nobody knows.
    Foreign,
    /// They measure different things (length and weight).
    Clash,
}

/// Says how unit `from` goes together with unit `to`.
pub fn fit(from: &str, to: &str) -> Fit {
    let (from, to) = (fold(from), fold(to));
    if from == to {
        return Fit::Same;
    }
    let ((many, from), (few, to)) = (counted(&from), counted(&to));
    let times = |factor: Decimal| {
        let factor = many.checked_mul(factor)?.checked_div(few)?;
        Some(if factor == Decimal::ONE { Fit::Same } else { Fit::Converts(factor) })
    };
    if from == to {
        return times(Decimal::ONE).unwrap_or(Fit::Foreign);
    }
    let (Some(from), Some(to)) = (UNITS.get(from), UNITS.get(to)) else {
        return Fit::Foreign;
    };
    if from.measure != to.measure {
        let physical = |unit: &Unit| matches!(unit.measure, "length" | "weight" | "volume");
        return if physical(from) || physical(to) { Fit::Clash } else { Fit::Foreign };
    }
    from.factor.checked_div(to.factor).and_then(times).unwrap_or(Fit::Foreign)
}

/// Takes apart a unit that counts many of another: 千支 is a thousand 支.
fn counted(unit: &str) -> (Decimal, &str) {
    const MANY: [(char, i64); 3] = [('百', 100), ('千', 1_000), ('万', 10_000)];
    let found = MANY.into_iter().find_map(|(mark, many)| Some((many, unit.strip_prefix(mark)?)));
    match found {
        Some((many, one)) if !one.is_empty() && !UNITS.contains_key(unit) => {
            (Decimal::from(many), one)
        }
        _ => (Decimal::ONE, unit),
    }
}

/// Returns how many of unit `unit` a text says that one `pack` holds: `50米/卷`,
/// `每卷50米`, `1卷=50米`.
pub fn in_pack(text: &str, pack: &str, unit: &str) -> Option<Decimal> {
    let text = fold(text);
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |at| start + at);
        from = end;
        let Ok(figure) = text[start..end].parse::<Decimal>() else { continue };
        let Some((factor, rest)) = unit_at(&text[end..], unit) else { continue };
        let behind =
            rest.strip_prefix(['/', '每']).map(|rest| rest.trim_start_matches(['1', '一']));
        let before = text[..start].trim_end_matches(['=', ':', '约', '装', '有']);
        let per = behind.and_then(|rest| unit_at(rest, pack)).or_else(|| {
            let (at, _) =
                before.char_indices().rfind(|(_, c)| matches!(c, '每' | '1' | '一' | '/'))?;
            unit_at(before[at..].trim_start_matches(['每', '1', '一', '/']), pack)
        });
        if per.is_some_and(|(same, _)| same == Decimal::ONE) {
            return figure.checked_mul(factor).filter(|held| *held > Decimal::ZERO);
        }
    }
    None
}

/// Returns by what the unit at the head of a text becomes `unit`, and what
/// stands behind it; the longest unit counts.
fn unit_at<'t>(text: &'t str, unit: &str) -> Option<(Decimal, &'t str)> {
    /// No unit has a longer name, in characters.
    const LONGEST: usize = 6;
    let ends = text.char_indices().skip(1).map(|(at, _)| at).chain([text.len()]);
    let ends: Vec<usize> = ends.take(LONGEST).filter(|end| *end > 0).collect();
    ends.into_iter().rev().find_map(|end| match fit(&text[..end], unit) {
        Fit::Same => Some((Decimal::ONE, &text[end..])),
        Fit::Converts(factor) => Some((factor, &text[end..])),
        Fit::Foreign | Fit::Clash => None,
    })
}

/// Whether a unit is one of length (米, 码).
pub fn is_length(unit: &str) -> bool {
    UNITS.get(fold(unit).as_str()).is_some_and(|unit| unit.measure == "length")
}

/// Whether a unit is one of weight (公斤, 克).
pub fn is_weight(unit: &str) -> bool {
    UNITS.get(fold(unit).as_str()).is_some_and(|unit| unit.measure == "weight")
}

/// Whether things of a unit are counted, not measured: nobody buys half a
/// zipper, but half a metre of cloth.
pub fn is_counted(unit: &str) -> bool {
    let unit = fold(unit);
    let measured = |measure: &str| matches!(measure, "length" | "weight" | "volume");
    match UNITS.get(unit.as_str()) {
        Some(known) => !measured(known.measure),
        None => SOURCE.counters.contains(&unit),
    }
}

/// Returns how many pieces a unit holds that says it by itself (打: 12); one
/// for a piece, a pair, and what nobody knows (条). `None` for all others: a
/// box holds as many as it does.
pub fn pieces_in(unit: &str) -> Option<Decimal> {
    match UNITS.get(fold(unit).as_str()) {
        Some(unit) if unit.measure == "count" => Some(unit.factor),
        Some(unit) => matches!(unit.measure, "set" | "pair").then_some(Decimal::ONE),
        None => Some(Decimal::ONE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_counted_and_cloth_is_measured() {
        for unit in ["个", "PCS", "套", "条", "條", "张", "包"] {
            assert!(is_counted(unit), "{unit}");
        }
        for unit in ["米", "KG", "公斤", "码", "升", "平方米", ""] {
            assert!(!is_counted(unit), "{unit}");
        }
    }

    #[test]
    fn the_units_parse_and_are_folded() {
        let source: Source = toml::from_str(include_str!("measure.toml")).unwrap();
        assert!(source.counters.iter().all(|name| fold(name) == *name));
        for measure in &source.measures {
            for (factor, names) in &measure.units {
                assert!(factor.parse::<Decimal>().is_ok_and(|f| f > Decimal::ZERO), "{factor}");
                assert!(names.iter().all(|name| fold(name) == *name), "{names:?}");
            }
        }
    }

    #[test]
    fn units_are_the_same_convert_or_clash() {
        assert_eq!(fit("PCS", "个"), Fit::Same);
        assert_eq!(fit("米", "M"), Fit::Same);
        assert_eq!(fit("碼", "米"), Fit::Converts(Decimal::new(9144, 4)));
        assert_eq!(fit("打", "件"), Fit::Converts(Decimal::from(12)));
        assert_eq!(fit("千支", "支"), Fit::Converts(Decimal::ONE_THOUSAND));
        assert_eq!(fit("个", "百件"), Fit::Converts(Decimal::new(1, 2)));
        assert_eq!(fit("千克", "KG"), Fit::Same);
        assert_eq!(fit("米", "公斤"), Fit::Clash);
        assert_eq!(fit("条", "PCS"), Fit::Foreign);
        let packs = [
            ("50米/卷", "卷", "米", Some(50)),
            ("100Y/R", "卷", "米", None),
            ("2000m/roll", "卷", "米", Some(2000)),
            ("每卷 50 米", "卷", "米", Some(50)),
            ("1包=100个", "包", "只", Some(100)),
            ("5cm宽 20米/卷", "卷", "米", Some(20)),
            ("60cm", "卷", "米", None),
            ("12个/盒", "卷", "个", None),
        ];
        for (text, pack, unit, held) in packs {
            assert_eq!(in_pack(text, pack, unit), held.map(Decimal::from), "{text}");
        }
        assert!(is_length("yds") && is_weight("KG") && !is_length("个"));
    }
}
