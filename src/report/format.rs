//! How figures, days and places are written where no spreadsheet formats
//! them: terminal, Markdown, CSV, sentences.

use rust_decimal::{Decimal, RoundingStrategy};

use super::cell::Cell;
use super::column::Kind;
use super::visible::one_line;
use crate::lang;
use crate::location::Location;

/// Returns a cell's text as a person reads it, on one line.
pub fn text(kind: &Kind, cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Word(_, text) => one_line(text).into_owned(),
        Cell::Number(number) => grouped(kind, *number),
        Cell::Date(date) => date.format("%Y-%m-%d").to_string(),
        Cell::Places(places) if *kind == Kind::Cell => self::places(places, in_sheet),
        Cell::Places(places) => self::places(places, place),
        Cell::Calc(calc) => text(kind, &calc.value),
    }
}

/// Returns a number with its kind's decimals, without thousands separators.
pub fn plain(kind: &Kind, number: Decimal) -> String {
    if *kind == Kind::Percent {
        return number.normalize().to_string();
    }
    fixed(number, decimals(kind, number))
}

/// Returns a number with its kind's decimals and thousands separators.
pub fn grouped(kind: &Kind, number: Decimal) -> String {
    if *kind == Kind::Percent {
        let percent = number.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(number);
        let rounded = percent.round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        return format!("{}%", rounded.normalize());
    }
    lang::thousands(&fixed(number, decimals(kind, number)))
}

/// Returns an amount of money: two decimals at least, thousands separated.
pub fn money(amount: Decimal) -> String {
    grouped(&Kind::Money, amount)
}

/// Returns a quantity with as many decimals as it has.
pub fn quantity(quantity: Decimal) -> String {
    grouped(&Kind::Quantity, quantity)
}

/// Returns how many decimals a number is shown with: what its kind asks for,
/// and more if it has them. No digit is ever hidden.
pub fn decimals(kind: &Kind, number: Decimal) -> u32 {
    let own = number.normalize().scale();
    match kind {
        Kind::Money | Kind::Price => own.max(2),
        _ => own,
    }
}

/// Returns the place as people say it: the file's own name, sheet and cell.
pub fn place(place: &Location) -> String {
    let id = &place.sheet;
    let file = file_name(&id.path);
    let shown = match &id.sheet {
        Some(sheet) => format!("{file}#{sheet}!{}", place.cell),
        None => format!("{file}!{}", place.cell),
    };
    one_line(&shown).into_owned()
}

/// Returns the place without its file.
fn in_sheet(place: &Location) -> String {
    match &place.sheet.sheet {
        Some(sheet) => one_line(&format!("{sheet}!{}", place.cell)).into_owned(),
        None => place.cell.to_string(),
    }
}

fn places(places: &[Location], whole: fn(&Location) -> String) -> String {
    let mut shown = String::new();
    for (at, location) in places.iter().enumerate() {
        // Further cells of the same sheet need no second naming of it.
        if at > 0 && places[at - 1].sheet == location.sheet {
            shown.push_str(&format!(", {}", location.cell));
        } else {
            shown.push_str(if at > 0 { "; " } else { "" });
            shown.push_str(&whole(location));
        }
    }
    shown
}

/// Returns a path's last part, whichever way its separators lean.
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn fixed(number: Decimal, decimals: u32) -> String {
    let mut number = number.normalize();
    if number.is_zero() {
        number = Decimal::ZERO;
    }
    format!("{number:.*}", decimals as usize)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::location::{CellRef, SheetId};

    #[test]
    fn figures_keep_every_digit_they_have() {
        for (kind, number, shown) in [
            (Kind::Money, "1234567.5", "1,234,567.50"),
            (Kind::Money, "-100.005", "-100.005"),
            (Kind::Money, "-0.00", "0.00"),
            (Kind::Price, "0.0850", "0.085"),
            (Kind::Quantity, "100.00", "100"),
            (Kind::Quantity, "-12.40", "-12.4"),
            (Kind::Percent, "0.0535", "5.4%"),
            (Kind::Integer, "999", "999"),
        ] {
            assert_eq!(grouped(&kind, number.parse().unwrap()), shown);
        }
    }

    #[test]
    fn cells_of_one_sheet_name_it_once() {
        let sheet = |path: &str, name: Option<&str>| {
            Arc::new(SheetId { path: path.into(), sheet: name.map(str::to_owned) })
        };
        let (a, b) = (sheet("十月/a.xlsx", Some("10月")), sheet("b.csv", None));
        let at = |sheet: &Arc<SheetId>, row| Location::new(sheet, CellRef::new(row, 6));
        let all = [at(&a, 16), at(&a, 17), at(&b, 3)];
        assert_eq!(places(&all, place), "a.xlsx#10月!G17, G18; b.csv!G4");
        assert_eq!(places(&all, in_sheet), "10月!G17, G18; G4");
    }
}
