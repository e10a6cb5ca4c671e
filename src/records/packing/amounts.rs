//! Figures of packing specs with their units: weights in grams and
//! kilograms, pieces per carton, cartons per piece.

use rust_decimal::Decimal;

use crate::engine::packing::lot::PerCarton;
use crate::text::fold;

/// Grams in a pound.
const POUND: Decimal = Decimal::from_parts(45_359_237, 0, 0, false, 5);
/// Grams in an ounce.
const OUNCE: Decimal = Decimal::from_parts(28_349_523, 0, 0, false, 6);

/// Units of weight, longest first, with their grams.
const UNITS: [(&str, Decimal); 13] = [
    ("公斤", Decimal::ONE_THOUSAND),
    ("千克", Decimal::ONE_THOUSAND),
    ("市斤", Decimal::from_parts(500, 0, 0, false, 0)),
    ("kgs", Decimal::ONE_THOUSAND),
    ("kg", Decimal::ONE_THOUSAND),
    ("lbs", POUND),
    ("lb", POUND),
    ("磅", POUND),
    ("oz", OUNCE),
    ("盎司", OUNCE),
    ("公克", Decimal::ONE),
    ("克", Decimal::ONE),
    ("g", Decimal::ONE),
];

/// The figures of a text with what stands behind each.
pub(super) fn figures(text: &str) -> Vec<(Decimal, String)> {
    let folded = fold(text);
    let mut found: Vec<(Decimal, String)> = Vec::new();
    let mut digits = String::new();
    for c in folded.chars().chain([' ']) {
        let inside = c.is_ascii_digit() || !digits.is_empty() && c == '.';
        if inside {
            digits.push(c);
            continue;
        }
        if let Ok(figure) = digits.trim_end_matches('.').parse() {
            found.push((figure, String::new()));
        }
        digits.clear();
        if let Some((_, behind)) = found.last_mut() {
            behind.push(c);
        }
    }
    for (_, behind) in &mut found {
        behind.truncate(behind.trim_end().len());
    }
    found
}

fn unit_of(text: &str) -> Option<Decimal> {
    UNITS.iter().find(|(unit, _)| text.starts_with(unit)).map(|(_, grams)| *grams)
}

/// Returns the grams of a unit of weight.
pub(super) fn weight_unit(text: &str) -> Option<Decimal> {
    unit_of(&fold(text))
}

/// Whether a text is a weight with its unit and nothing else: `8g`, `10 克`.
pub(super) fn is_weight(text: &str) -> bool {
    let folded = fold(text);
    let unit = folded.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    unit.len() < folded.len() && UNITS.iter().any(|(known, _)| *known == unit)
}

/// Reads a weight in grams: by its own unit, else by its column's, else by
/// `usual`.
pub(super) fn grams(text: &str, column: Option<Decimal>, usual: Decimal) -> Option<Decimal> {
    let figures = figures(text);
    let with_unit = figures.iter().find_map(|(figure, behind)| Some((*figure, unit_of(behind)?)));
    let (figure, unit) = match with_unit {
        Some(found) => found,
        None => (figures.first()?.0, column.unwrap_or(usual)),
    };
    figure.checked_mul(unit)
}

/// Reads how many pieces a carton holds: `24件/箱`, `每箱24件`, `2.5套/箱`; or
/// how many cartons a piece takes: `2箱/件`, `1件2箱`.
pub(super) fn per_carton(text: &str) -> Option<PerCarton> {
    let figures = figures(text);
    if let Some(part) = fraction(&figures) {
        return Some(part);
    }
    let cartons_first = |behind: &str| {
        ["箱/件", "箱/个", "箱/套", "箱/台", "ctn/pc", "ctns/pc", "cartons/pc", "cartonsperpiece"]
            .iter()
            .any(|unit| behind.starts_with(unit))
    };
    match figures.as_slice() {
        [(cartons, behind)] if cartons_first(behind) => inverse(*cartons),
        [(pieces, one), (cartons, two)]
            if *pieces == Decimal::ONE
                && !one.contains('箱')
                && (two.starts_with('箱') || two.starts_with("ctn")) =>
        {
            inverse(*cartons)
        }
        [(pieces, _), ..] => PerCarton::of(*pieces),
        [] => None,
    }
}

/// Reads `1/2`, `1/3件`: a piece in several cartons.
fn fraction(figures: &[(Decimal, String)]) -> Option<PerCarton> {
    let [(one, stroke), (cartons, _)] = figures else { return None };
    (*one == Decimal::ONE && stroke == "/").then(|| inverse(*cartons))?
}

/// Returns the share of a piece that is in one of so many cartons.
pub(super) fn inverse(cartons: Decimal) -> Option<PerCarton> {
    let whole = PerCarton::of(cartons)?;
    Some(PerCarton { pieces: whole.cartons, cartons: whole.pieces })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_with_their_units() {
        let read =
            |text: &str| grams(text, None, Decimal::ONE).map(|grams| grams.normalize().to_string());
        for (text, grams) in [
            ("455", "455"),
            ("455g", "455"),
            ("0.455kg", "455"),
            ("毛重≤15KG", "15000"),
            ("不超过 20 公斤", "20000"),
            ("1.15kg", "1150"),
            ("50 lbs", "22679.6185"),
        ] {
            assert_eq!(read(text).as_deref(), Some(grams), "{text}");
        }
        assert_eq!(read("约"), None);
        let kilograms = weight_unit("KG");
        assert_eq!(grams("0.5", kilograms, Decimal::ONE), Some(Decimal::new(5000, 1)));
    }

    #[test]
    fn pieces_per_carton_and_cartons_per_piece() {
        let read = |text: &str| per_carton(text).map(|per| (per.pieces, per.cartons));
        assert_eq!(read("24件/箱"), Some((24, 1)));
        assert_eq!(read("每箱24件"), Some((24, 1)));
        assert_eq!(read("24 PCS/CTN"), Some((24, 1)));
        assert_eq!(read("2.5套/箱"), Some((5, 2)));
        assert_eq!(read("2箱/件"), Some((1, 2)));
        assert_eq!(read("1件3箱"), Some((1, 3)));
        assert_eq!(read("1/2"), Some((1, 2)));
        assert!(is_weight("8g") && is_weight("10 克") && !is_weight("30*40cm") && !is_weight("8"));
        assert_eq!(read("独色"), None);
    }
}
