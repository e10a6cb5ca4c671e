//! What the header of a price column says: first or continued weight, a tier,
//! by the kilogram; for which weights; of which carrier, where several stand
//! side by side.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::records::RateColumn;
use crate::text::{WeightRange, carton_size, fold, weight_heading, weights_in, without_range};

/// What a column of a rate card holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// What its figures are.
    pub(super) role: Role,
    /// The weights it is for.
    pub(super) range: Option<WeightRange>,
    /// The weight its price is for: the first weight, or one step.
    pub(super) basis: Option<Decimal>,
    /// The size of carton it is for.
    pub(super) size: Option<Arc<str>>,
    /// The words above it that are no price: the carrier, of several.
    pub(super) group: Option<String>,
}

/// What the figures of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The price of the first weight.
    First,
    /// The price of what is beyond it.
    Step,
    /// The price of the whole parcel.
    Flat,
    /// The price of one kilogram.
    PerKg,
    /// The price of one cubic metre of light goods.
    PerCubic,
    /// The price of one piece.
    PerPiece,
    /// The price of one carton of a size.
    PerCarton,
    /// The least that is charged.
    Minimum,
    /// The first weight itself.
    FirstWeight,
    /// The step itself.
    StepWeight,
    /// The divisor of volumes.
    Divisor,
}

const FIRST: [&str; 4] = ["首", "first", "起重", "base"];
const STEP: [&str; 6] = ["续", "additional", "extra", "每增", "次重", "each"];
const PER_KG: [&str; 7] = ["每公斤", "每kg", "perkg", "公斤价", "元/kg", "元/公斤", "重货"];
const PER_CUBIC: [&str; 8] =
    ["每立方", "每方", "元/立方", "元/方", "元/m3", "percbm", "轻货", "泡货"];
const PER_PIECE: [&str; 14] = [
    "每件",
    "元/件",
    "perpiece",
    "每票",
    "元/票",
    "一票",
    "每箱",
    "元/箱",
    "percarton",
    "perctn",
    "perbox",
    "perparcel",
    "元/包",
    "每包",
];

/// Reads the headers of all columns. 首重 beside 首重价 is the weight itself.
pub(super) fn headings(columns: &[RateColumn]) -> Vec<Option<Heading>> {
    let mut headings: Vec<Option<Heading>> = columns.iter().map(Heading::of).collect();
    let names_price = |column: &RateColumn| {
        let whole = fold(&column.parts.concat());
        let words = ["价", "费", "price", "元"];
        column.unit.as_deref().is_some_and(|unit| unit.contains('元'))
            || words.iter().any(|word| whole.contains(word))
    };
    for (role, weight) in [(Role::First, Role::FirstWeight), (Role::Step, Role::StepWeight)] {
        let of_role: Vec<usize> = (0..columns.len())
            .filter(|&at| headings[at].as_ref().is_some_and(|heading| heading.role == role))
            .collect();
        let priced = of_role.iter().filter(|&&at| names_price(&columns[at])).count();
        if of_role.len() != 2 || priced != 1 {
            continue;
        }
        let silent = of_role.into_iter().find(|&at| !names_price(&columns[at]));
        if let Some(heading) =
            silent.and_then(|at| headings[at].as_mut()).filter(|h| h.range.is_none())
        {
            heading.role = weight;
        }
    }
    headings
}

impl Heading {
    /// Reads the header of a column; `None`: it holds no prices.
    pub(super) fn of(column: &RateColumn) -> Option<Self> {
        let unit = column.unit.as_deref().map(fold).unwrap_or_default();
        let parts: Vec<String> = column.parts.iter().map(|part| fold(part)).collect();
        let whole = parts.concat();
        let in_weight =
            unit.ends_with("kg") && !unit.contains('/') || column.field == Some("tier_price");
        let range = column.parts.iter().find_map(|part| weight_heading(part, in_weight));
        let role = match column.field {
            Some("minimum") => Role::Minimum,
            Some("size_price") => Role::PerCarton,
            Some("divisor") => Role::Divisor,
            Some("first_weight") if !whole.contains("价") => Role::FirstWeight,
            Some("step_weight") => Role::StepWeight,
            _ => role(&whole, &unit, range.is_some(), column.field)?,
        };
        let last = column.parts.last().filter(|_| role == Role::PerCarton);
        let size = last.map(|part| carton_size(part));
        // The tier that a row is for (3kg以上) is no first weight.
        let is_named = |part: &&String| {
            !weight_heading(part, in_weight).is_some_and(|range| range.begins) || has_words(part)
        };
        let worded = parts.iter().filter(is_named).map(String::as_str).collect::<String>();
        let mut heading =
            Self { role, range, basis: basis(&worded, &unit, role), size, group: None };
        heading.group = group(column, &heading);
        Some(heading)
    }

    /// Whether its figures are prices.
    pub(super) fn is_price(&self) -> bool {
        !matches!(self.role, Role::FirstWeight | Role::StepWeight | Role::Divisor)
    }
}

/// Whether a text speaks of a first or a continued weight.
fn has_words(text: &str) -> bool {
    FIRST.iter().chain(&STEP).any(|word| text.contains(word))
}

fn role(whole: &str, unit: &str, ranged: bool, field: Option<&str>) -> Option<Role> {
    let has = |words: &[&str]| words.iter().any(|word| whole.contains(word));
    let money = format!("元/{}", unit.rsplit('/').next().unwrap_or_default());
    let unit_is = |words: &[&str]| unit.contains('/') && words.contains(&money.as_str());
    Some(if field == Some("step_price") || has(&STEP) {
        Role::Step
    } else if field == Some("first_price") || has(&FIRST) {
        Role::First
    } else if field == Some("price_per_cubic") || has(&PER_CUBIC) || unit_is(&PER_CUBIC) {
        Role::PerCubic
    } else if field == Some("price_per_piece") || unit_is(&PER_PIECE) {
        Role::PerPiece
    } else if field == Some("price_per_kg") || has(&PER_KG) || unit_is(&PER_KG) {
        Role::PerKg
    } else if has(&PER_PIECE) {
        Role::PerPiece
    } else if ranged {
        Role::Flat
    } else {
        return None;
    })
}

/// Returns the weight that a price is for: `首重1kg`, `元/0.5kg`, `元/kg`.
fn basis(whole: &str, unit: &str, role: Role) -> Option<Decimal> {
    let words: &[&str] = match role {
        Role::First => &FIRST,
        Role::Step => &STEP,
        _ => return None,
    };
    let behind = words.iter().filter_map(|word| Some(whole.find(word)? + word.len())).min();
    let text = without_range(behind.map_or("", |at| &whole[at..]));
    let mut said = weights_in(&text).into_iter().map(|(weight, _)| weight);
    said.next().or_else(|| by_unit(unit)).or_else(|| by_unit(&text))
}

/// Reads the weight behind the stroke of `元/0.5kg`.
fn by_unit(unit: &str) -> Option<Decimal> {
    let bare = unit.starts_with(|c: char| c.is_ascii_digit());
    let (_, weight) = unit.rsplit_once('/').or_else(|| bare.then_some(("", unit)))?;
    let counted = if weight.starts_with(|c: char| c.is_ascii_digit()) {
        weight.to_owned()
    } else {
        format!("1{weight}")
    };
    weights_in(&counted).first().map(|(weight, _)| *weight)
}

/// Returns the part of a header that says whose price it is.
fn group(column: &RateColumn, heading: &Heading) -> Option<String> {
    let is_name = |part: &&String| {
        let folded = fold(part);
        let priced = role(&folded, "", false, None).is_some() || folded.contains("价");
        let ranged = heading.range.is_some() && weight_heading(part, true).is_some();
        !priced && !ranged && !weight_word(&folded) && folded.chars().any(char::is_alphabetic)
    };
    let above = column.parts.split_last().map_or(&[][..], |(_, above)| above);
    above.iter().find(is_name).cloned()
}

fn weight_word(folded: &str) -> bool {
    ["重量", "计费", "weight", "运费", "费率", "rate", "元", "单位"]
        .iter()
        .any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(parts: &[&str], unit: Option<&str>) -> Heading {
        let column = RateColumn {
            parts: parts.iter().map(ToString::to_string).collect(),
            unit: unit.map(str::to_owned),
            field: None,
        };
        Heading::of(&column).unwrap_or_else(|| panic!("{parts:?}"))
    }

    fn d(text: &str) -> Option<Decimal> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn first_and_continued_weights() {
        for (parts, unit, role, basis) in [
            (&["首重价"][..], Some("元/1kg"), Role::First, d("1")),
            (&["续重价"], Some("元/kg"), Role::Step, d("1")),
            (&["首重1kg"], None, Role::First, d("1")),
            (&["首重"], Some("1kg"), Role::First, d("1")),
            (&["续重（元/0.5kg）"], Some("元/0.5kg"), Role::Step, d("0.5")),
            (&["续重0.5公斤"], None, Role::Step, d("0.5")),
            (&["续重"], None, Role::Step, None),
            (&["First 0.5 kg"], None, Role::First, d("0.5")),
            (&["Additional per 0.5kg"], None, Role::Step, d("0.5")),
            (&["单价"], Some("元/kg"), Role::PerKg, None),
            (&["续重(1-3kg)"], None, Role::Step, None),
            (&["续重(3-20kg)每0.5kg"], None, Role::Step, d("0.5")),
        ] {
            let heading = heading(parts, unit);
            assert_eq!((heading.role, heading.basis), (role, basis), "{parts:?}");
        }
    }

    #[test]
    fn tiers_and_carriers_above_them() {
        let tier = heading(&["0.5-1kg"], None);
        assert_eq!((tier.role, tier.range.unwrap().up_to), (Role::Flat, d("1")));
        let heavy = heading(&["3kg以上", "续重"], None);
        assert_eq!((heavy.role, heavy.range.unwrap().over), (Role::Step, d("3").unwrap()));
        assert_eq!(heavy.group, None);
        let one = heading(&["3kg以上首重"], None);
        assert_eq!((one.role, one.range.unwrap().over), (Role::First, d("3").unwrap()));
        assert_eq!(heading(&["顺丰", "首重1kg"], None).group.as_deref(), Some("顺丰"));
        assert_eq!(heading(&["中通快递", "0-0.5kg"], None).group.as_deref(), Some("中通快递"));
    }

    #[test]
    fn columns_without_prices() {
        let column = RateColumn { parts: vec!["时效".into()], unit: None, field: None };
        assert_eq!(Heading::of(&column), None);
    }
}
