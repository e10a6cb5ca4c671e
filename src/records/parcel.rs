//! What bills and logs of freight write alike: weights in kilograms, sizes of
//! parcels.

use rust_decimal::Decimal;

use super::reader::RowReader;
use crate::text::{Cartons, carton_size, cartons_in};

/// Reads the cartons of a row by their sizes: named in one cell, or counted in
/// columns of their own. Those that nobody counted are the row's pieces.
pub(super) fn cartons(reader: &mut RowReader<'_>, pieces: Option<Decimal>) -> Vec<Cartons> {
    let counted = reader.decimals("cartons_of_size").into_iter();
    let counted = counted.filter(|(_, count)| !count.is_zero());
    let mut cartons: Vec<Cartons> = counted
        .map(|(header, count)| Cartons { size: carton_size(&header), count: Some(count) })
        .collect();
    if let Some(named) = reader.text("carton_size").filter(|_| cartons.is_empty()) {
        cartons = cartons_in(&named);
        cartons.iter_mut().for_each(|of| of.count = of.count.or(pieces));
    }
    cartons
}

/// Reads a weight in kilograms, whatever unit the cell or the header has.
pub(in crate::records) fn weight(reader: &mut RowReader<'_>, field: &str) -> Option<Decimal> {
    let figure = reader.decimal(field)?;
    let column = reader.column(field);
    let header = column.and_then(|column| column.unit.clone());
    // 吨位 and 吨数 say the unit by their name.
    let named = column.filter(|column| column.header.contains('吨')).map(|_| "吨");
    let unit = figure.unit.as_deref().or(header.as_deref()).or(named).unwrap_or("kg");
    let unit = crate::text::fold(unit);
    let per_kg = match unit.as_str() {
        "g" | "克" | "gram" => Decimal::ONE_THOUSAND,
        "斤" | "市斤" => Decimal::TWO,
        "吨" | "t" | "ton" => return figure.value.checked_mul(Decimal::ONE_THOUSAND),
        _ => return Some(figure.value),
    };
    figure.value.checked_div(per_kg)
}

/// Reads the volume of one piece in cubic centimetres: `60*40*35`,
/// `600×400×350mm`, `60x40x35cm*2`, `0.084m³`; of several sizes the sum.
pub(super) fn volume(text: &str) -> Option<Decimal> {
    let folded = crate::text::fold(text).replace('*', "x");
    let parts = folded.split([',', ';', '+', '/']);
    let volumes: Vec<Decimal> = parts.filter_map(one_volume).collect();
    let sum = volumes.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(*one))?;
    (!volumes.is_empty()).then_some(sum)
}

/// Reads the volume of a whole consignment in cubic centimetres: `0.84m³`, a
/// bare figure under a header of cubic metres (体积(m³), CBM, 方数), or one that
/// can be nothing else.
pub(super) fn consigned_volume(reader: &mut RowReader<'_>, field: &str) -> Option<Decimal> {
    const CUBIC: [&str; 5] = ["m3", "立方", "方", "cbm", "立米"];
    let is_cubic = |text: &str| CUBIC.iter().any(|word| crate::text::fold(text).contains(word));
    let column = reader.column(field)?;
    let header = is_cubic(&column.header) || column.unit.as_deref().is_some_and(is_cubic);
    let text = reader.text(field)?;
    let figure = crate::input::values::decimal::decimal_text(&text).value()?;
    let own = figure.unit.as_deref().is_some_and(is_cubic);
    // Nobody sends a hundred cubic metres; of centimetres there are thousands.
    let small = figure.value < Decimal::ONE_HUNDRED;
    (own || figure.unit.is_none() && (header || small))
        .then(|| figure.value.checked_mul(Decimal::from(1_000_000)))?
}

fn one_volume(text: &str) -> Option<Decimal> {
    let mut numbers: Vec<Decimal> = Vec::new();
    let mut rest = &text[text.find(|c: char| c.is_ascii_digit())?..];
    let unit = |rest: &str, unit: &str| rest.trim_end_matches(['。', ')']).ends_with(unit);
    let millimetres = unit(rest, "mm") || unit(rest, "毫米");
    let metres = !millimetres
        && (unit(rest, "m") && !unit(rest, "cm") || unit(rest, "米") && !unit(rest, "厘米"));
    loop {
        let length = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        numbers.push(rest[..length].trim_end_matches('.').parse().ok()?);
        let behind = rest[length..].trim_start_matches(|c: char| "cm厘毫米".contains(c));
        let Some(next) = behind.strip_prefix('x') else { break };
        if !next.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        rest = next;
    }
    let (sides, count) = match numbers[..] {
        [a, b, c] => ([a, b, c], Decimal::ONE),
        [a, b, c, count] => ([a, b, c], count),
        _ => return None,
    };
    let mut volume = count;
    for side in sides {
        let side = if millimetres {
            side.checked_div(Decimal::TEN)?
        } else if metres {
            side.checked_mul(Decimal::ONE_HUNDRED)?
        } else {
            side
        };
        volume = volume.checked_mul(side)?;
    }
    Some(volume.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_of_parcels() {
        for (text, expected) in [
            ("60*40*35", Some(84_000)),
            ("60×40×35cm", Some(84_000)),
            ("600X400X350MM", Some(84_000)),
            ("60cm*40cm*35cm", Some(84_000)),
            ("体积重60*40*35", Some(84_000)),
            ("60*40*35*2", Some(168_000)),
            ("60*40*35/50*40*30", Some(144_000)),
            ("0.6*0.4*0.35m", Some(84_000)),
            ("60*40", None),
            ("加急", None),
            ("", None),
        ] {
            assert_eq!(volume(text), expected.map(Decimal::from), "{text}");
        }
    }
}
