//! Prices of many at once: 千个单价, Price per 1000. Records hold the price of
//! one, as the other papers of the month do.

use rust_decimal::Decimal;

use super::classify::words;
use super::money::product;
use super::reader::RowReader;
use crate::input::table::Column;
use crate::text::fold;

/// How many a price may be for.
const MANY: [Decimal; 3] =
    [Decimal::ONE_HUNDRED, Decimal::ONE_THOUSAND, Decimal::from_parts(10_000, 0, 0, false, 0)];

/// Fewer rows that agree tell nothing, unless the header says the same.
const ROWS: usize = 2;

/// Returns how many the prices of a table are for: what its rows multiply by,
/// else what the header says.
pub(super) fn counted(reader: &RowReader<'_>, amount: &str, quantity: &str) -> Decimal {
    let said = reader.column("unit_price").and_then(said_by);
    let mut agreeing = [0_usize; MANY.len()];
    let (mut plain, mut rows) = (0_usize, 0_usize);
    for &row in reader.rows() {
        let figure = |field: &str| reader.peek(row, field).filter(|figure| !figure.is_zero());
        let (Some(quantity), Some(price), Some(amount)) =
            (figure(quantity), figure("unit_price"), figure(amount))
        else {
            continue;
        };
        let comes_to = |many: Decimal| {
            let each = price.checked_div(many);
            let sum = each.and_then(|each| product(quantity, each));
            let away = sum.and_then(|sum| sum.abs().checked_sub(amount.abs()));
            away.is_some_and(|away| away.abs() <= Decimal::new(1, 2))
        };
        rows += 1;
        plain += usize::from(comes_to(Decimal::ONE));
        for (agreeing, many) in agreeing.iter_mut().zip(MANY) {
            *agreeing += usize::from(comes_to(many));
        }
    }
    let told = MANY.into_iter().zip(agreeing).find(|&(many, agreeing)| {
        let enough = if said == Some(many) { 1 } else { ROWS };
        agreeing >= enough && agreeing > plain && agreeing * 2 > rows
    });
    let unpriced = || said.filter(|_| rows == 0);
    told.map(|(many, _)| many).or_else(unpriced).unwrap_or(Decimal::ONE)
}

/// Returns how many a header says that its prices are for.
pub(super) fn said_by(column: &Column) -> Option<Decimal> {
    let unit = column.unit.as_deref().unwrap_or_default();
    let header = fold(&format!("{}/{unit}", column.header));
    let many = &words().many;
    let none = many.none.iter().fold(header, |header, word| header.replace(word.as_str(), ""));
    let lists = [&many.hundred, &many.thousand, &many.ten_thousand];
    let says = |words: &[String]| words.iter().any(|word| none.contains(word.as_str()));
    lists.into_iter().position(|words| says(words)).map(|at| MANY[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(header: &str, unit: Option<&str>) -> Option<i64> {
        let column = Column {
            header: header.to_owned(),
            unit: unit.map(str::to_owned),
            ..Column::default()
        };
        said_by(&column).map(|many| i64::try_from(many).unwrap())
    }

    #[test]
    fn headers_say_how_many_a_price_is_for() {
        for header in ["千个单价", "每千支單價", "千只价", "Price per 1000", "Price / thousand"]
        {
            assert_eq!(said(header, None), Some(1000), "{header}");
        }
        assert_eq!(said("单价", Some("元/千个")), Some(1000));
        assert_eq!(said("百个单价", None), Some(100));
        assert_eq!(said("万只单价", None), Some(10_000));
        for (header, unit) in [
            ("单价", None),
            ("单价", Some("元/千克")),
            ("金额", Some("万元")),
            ("单价", Some("千元")),
        ] {
            assert_eq!(said(header, unit), None, "{header} {unit:?}");
        }
    }
}
