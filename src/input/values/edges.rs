//! Outsides of cartons as people write them: `60*40*35cm`, `600×450×400mm`,
//! `58x38x30`, `长60宽40高35`, `24"*16"*12"`.

use rust_decimal::Decimal;

use super::fold::fold;

/// The edges of a box in millimetres: length, width, height.
pub type Edges = [Decimal; 3];

/// Millimetres in an inch.
const INCH: Decimal = Decimal::from_parts(254, 0, 0, false, 1);

/// Units of length, longest spelling first, with their millimetres.
const UNITS: [(&str, Decimal); 14] = [
    ("millimeter", Decimal::ONE),
    ("centimeter", Decimal::TEN),
    ("inches", INCH),
    ("inch", INCH),
    ("毫米", Decimal::ONE),
    ("厘米", Decimal::TEN),
    ("公分", Decimal::TEN),
    ("英寸", INCH),
    ("mm", Decimal::ONE),
    ("cm", Decimal::TEN),
    ("in", INCH),
    ("\"", INCH),
    ("米", Decimal::ONE_THOUSAND),
    ("m", Decimal::ONE_THOUSAND),
];

/// Edges longer than this, in millimetres, are no carton's.
const LONGEST: Decimal = Decimal::from_parts(20_000, 0, 0, false, 0);

/// Returns the millimetres of a unit of length.
pub fn length_unit(text: &str) -> Option<Decimal> {
    let (folded, _) = fold(text);
    let word = folded.to_lowercase();
    UNITS.iter().find(|(unit, _)| word == *unit).map(|(_, factor)| *factor)
}

/// Reads three edges. Without a unit of its own the text is in `unit` (a
/// column's); without that, sizes are what cartons can be: three figures from
/// 100 up are millimetres, up to 3 metres, else centimetres. A unit that
/// would make the box larger than any carton is not believed.
pub fn edges(text: &str, unit: Option<Decimal>) -> Option<Edges> {
    let (folded, _) = fold(text);
    let lower = folded.to_lowercase().replace("''", "\"").replace('”', "\"");
    let (figures, rest) = figures(&lower)?;
    let own = UNITS.iter().find(|(word, _)| rest.contains(word)).map(|(_, factor)| *factor);
    in_millimetres(figures, own, unit)
}

/// Makes millimetres of three figures in a unit that was written, or in that
/// of their column, or in what cartons can be.
pub fn in_millimetres(
    figures: Edges,
    written: Option<Decimal>,
    column: Option<Decimal>,
) -> Option<Edges> {
    let small = *figures.iter().min()?;
    let large = *figures.iter().max()?;
    if small <= Decimal::ZERO {
        return None;
    }
    let believable =
        |factor: &Decimal| large.checked_mul(*factor).is_some_and(|edge| edge <= LIKELY);
    let factor = match written.or(column.filter(believable)) {
        Some(factor) => factor,
        None if small >= Decimal::ONE_HUNDRED => Decimal::ONE,
        None if large <= Decimal::from(3) => Decimal::ONE_THOUSAND,
        None => Decimal::TEN,
    };
    let mut scaled = figures;
    for edge in &mut scaled {
        *edge = edge.checked_mul(factor).filter(|edge| *edge <= LONGEST)?.normalize();
    }
    Some(scaled)
}

/// The longest edge that a column's unit may give before it is doubted.
const LIKELY: Decimal = Decimal::from_parts(3_000, 0, 0, false, 0);

/// Returns the three figures of a text and everything between and behind
/// them; `None` if there are not just three.
fn figures(text: &str) -> Option<(Edges, String)> {
    let mut found: Vec<Decimal> = Vec::new();
    let mut rest = String::new();
    let mut digits = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || c == '.' && !digits.is_empty() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            found.push(digits.trim_end_matches('.').parse().ok()?);
            digits.clear();
        }
        rest.push(c);
    }
    let edges: Edges = found.try_into().ok()?;
    Some((edges, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_read_in_every_spelling() {
        let read = |text: &str| edges(text, None).map(|edges| edges.map(|edge| edge.to_string()));
        let expected = Some(["600", "400", "350"].map(str::to_owned));
        for text in [
            "60*40*35cm",
            "600*400*350mm",
            "60×40×35",
            "600x400x350",
            "60 X 40 X 35 CM",
            "L60*W40*H35cm",
            "长60宽40高35",
            "0.6*0.4*0.35m",
            "６０＊４０＊３５",
            "60cm*40cm*35cm",
            "外箱：60*40*35 厘米",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(read("24\"x16\"x12\""), Some(["609.6", "406.4", "304.8"].map(str::to_owned)));
        assert_eq!(read("60*40"), None);
        assert_eq!(read("0*40*35"), None);
        assert_eq!(read("双坑"), None);
    }

    #[test]
    fn a_columns_unit_counts_unless_it_cannot_be() {
        let inches = length_unit("inch");
        assert_eq!(edges("20*10*10", inches).map(|edges| edges[0]), Some(Decimal::from(508)));
        let centimetres = length_unit("CM");
        let read = edges("600*400*350", centimetres).map(|edges| edges[0]);
        assert_eq!(read, Some(Decimal::from(600)), "six metres is no carton");
    }
}
