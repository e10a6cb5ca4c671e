//! The goods that the text of a return names beside what it says of them:
//! `鸡爪袋退货2000个`, `退 鸡爪袋 2000个`.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::classify::return_words;
use super::{EntryType, Item};
use crate::input::values::decimal::decimal_text;
use crate::text::fold;

/// What the text of a return says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    /// What names the goods.
    goods: String,
    /// How many, and the unit.
    quantity: Option<(Decimal, Arc<str>)>,
}

/// Takes the goods and their number out of the name of a return's item; the
/// name stays as it is written.
pub(super) fn take(
    entry_type: EntryType,
    item: &mut Item,
    quantity: &mut Option<Decimal>,
    unit: &mut Option<Arc<str>>,
    amount: Decimal,
) {
    if entry_type != EntryType::Return {
        return;
    }
    let Some(said) = item.name.as_deref().and_then(said) else { return };
    if let (None, Some((figure, of_unit))) = (*quantity, said.quantity) {
        let sign = if amount.is_sign_negative() { -Decimal::ONE } else { Decimal::ONE };
        *quantity = figure.checked_mul(sign);
        unit.get_or_insert(of_unit);
    }
    let rest = [&item.spec, &item.color, &item.size].into_iter().flatten();
    let whole = rest.fold(said.goods, |text, part| format!("{text} {part}"));
    item.goods = Some(Arc::from(whole.trim()));
}

/// Parts a text into the word for returns, how many, and the rest; `None` if
/// no such word is in it.
fn said(text: &str) -> Option<Said> {
    let (before, after) = without_word(text)?;
    // Behind the word stands how many; else at the end, if it counts pieces.
    if let Some((quantity, rest)) = leading(after) {
        let goods = bare(&format!("{before} {rest}"));
        return Some(Said { goods, quantity: Some(quantity) });
    }
    let goods = bare(&format!("{before} {after}"));
    Some(match trailing(&goods) {
        Some((quantity, end)) => Said { goods: bare(&goods[..end]), quantity: Some(quantity) },
        None => Said { goods, quantity: None },
    })
}

/// Returns a text without the signs that parted it from the rest.
fn bare(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || ":：,，-—".contains(c)).to_owned()
}

/// Returns what stands before and behind the first word for returns.
fn without_word(text: &str) -> Option<(&str, &str)> {
    let word = |part: &str| fold(part).trim_matches(['(', ')', '-', ':', ',']).to_owned();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let (anywhere, alone) = return_words();
    let found = starts.iter().enumerate().find_map(|(nth, &start)| {
        // The longest word that begins here; spaces within it do not count.
        let ends = starts[nth + 1..].iter().take(20).rev();
        ends.copied()
            .find(|&end| anywhere.contains(&fold(&text[start..end])))
            .map(|end| (start, end))
    });
    if let Some((start, end)) = found {
        return Some((&text[..start], &text[end..]));
    }
    let is_edge = |c: char| c.is_whitespace() || "()（）:：-—".contains(c);
    let mut parts = text.split_inclusive(is_edge).scan(0, |at, part| {
        let start = *at;
        *at += part.len();
        Some((start, part))
    });
    let (start, part) = parts.find(|(_, part)| alone.contains(&word(part)))?;
    Some((&text[..start], &text[start + part.len()..]))
}

/// Reads a figure with its unit that a text begins with.
fn leading(text: &str) -> Option<((Decimal, Arc<str>), &str)> {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "-:：()（）".contains(c));
    let figures = text.find(|c: char| !(c.is_ascii_digit() || ".,".contains(c)))?;
    let unit =
        text[figures..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |at| figures + at);
    // A unit is short: behind it, the goods may go on.
    let unit = text[figures..unit]
        .char_indices()
        .nth(1)
        .filter(|_| !text[figures..unit].is_ascii())
        .map_or(unit, |(one, _)| figures + one);
    Some((counted(&text[..unit])?, text[unit..].trim_start_matches([')', '）'])))
}

/// Reads a figure that a text ends with, in a unit that counts pieces.
fn trailing(text: &str) -> Option<((Decimal, Arc<str>), usize)> {
    /// They measure or name rather than count.
    const MEASURES: &str = "寸号丝支码目色针股线克度层";
    let text = text.trim_end_matches([')', '）']);
    let unit =
        text.char_indices().next_back().filter(|(_, c)| !c.is_ascii() && c.is_alphabetic())?;
    let figures = text[..unit.0].trim_end_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
    let quantity = counted(&text[figures.len()..]).filter(|_| !MEASURES.contains(unit.1))?;
    Some((quantity, figures.trim_end_matches(['(', '（']).len()))
}

fn counted(text: &str) -> Option<(Decimal, Arc<str>)> {
    let number = decimal_text(text).value()?;
    let unit = number.unit.filter(|_| number.value > Decimal::ZERO)?;
    Some((number.value, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<(String, Option<String>)> {
        let said = said(text)?;
        Some((said.goods, said.quantity.map(|(figure, unit)| format!("{figure}{unit}"))))
    }

    #[test]
    fn goods_and_how_many_are_told_apart() {
        for (text, goods, quantity) in [
            ("鸡爪袋退货2000个", "鸡爪袋", Some("2000个")),
            ("退 鸡爪袋2000个", "鸡爪袋", Some("2000个")),
            ("退貨：膠帶 6cm 100卷", "膠帶 6cm", Some("100卷")),
            ("退货（1,200只）PE袋", "PE袋", Some("1200只")),
            ("灯罩退货", "灯罩", None),
            ("松紧带 3.5cm 黑色（退）", "松紧带 3.5cm 黑色", None),
            ("棉纱40支 退货", "棉纱40支", None),
            ("退货", "", None),
        ] {
            let quantity = quantity.map(str::to_owned);
            assert_eq!(told(text), Some((goods.to_owned(), quantity)), "{text}");
        }
        assert_eq!(told("退浆布 2000米"), None);
        assert_eq!(told("运费"), None);
    }
}
