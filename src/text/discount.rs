//! Discounts in words: `9折`, `95折`, `八五折`, `优惠10%`, `10% off`. What is
//! read is the share that is left to pay.

use rust_decimal::Decimal;

use super::fold;

/// Words of what is taken off.
const OFF: [&str; 8] = ["优惠", "返", "off", "discount", "减免", "让利", "下浮", "less"];

/// Returns the share of the price that a text leaves to pay.
pub fn share_in(text: &str) -> Option<Decimal> {
    let folded = fold(text);
    let share = in_tenths(&folded).or_else(|| {
        let (before, _) = folded.split_once('%')?;
        let from = before.rfind(|c: char| !c.is_ascii_digit() && c != '.');
        let start = from.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let number: Decimal = before[start..].parse().ok()?;
        let left = Decimal::ONE.checked_sub(number.checked_div(Decimal::ONE_HUNDRED)?)?;
        OFF.iter().any(|word| folded.contains(word)).then_some(left)
    });
    let sane = |share: &Decimal| *share >= Decimal::new(2, 1) && *share <= Decimal::ONE;
    share.filter(sane).map(|share| share.normalize())
}

/// Reads 9折, 95折, 8.8折, 九折, 八五折.
fn in_tenths(folded: &str) -> Option<Decimal> {
    const DIGITS: &str = "零一二三四五六七八九";
    let mut before = folded.match_indices('折').map(|(at, _)| &folded[..at]);
    before.find_map(|before| {
        let from = before.rfind(|c: char| !c.is_ascii_digit() && c != '.');
        let start = from.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let number = before[start..].parse().ok().or_else(|| {
            let digit = |c: char| DIGITS.chars().position(|digit| digit == c);
            let mut digits: Vec<usize> = before.chars().rev().map_while(digit).collect();
            digits.reverse();
            let digits: String = digits.iter().map(ToString::to_string).collect();
            digits.parse::<Decimal>().ok()
        })?;
        let whole = if number < Decimal::TEN { Decimal::TEN } else { Decimal::ONE_HUNDRED };
        number.checked_div(whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_that_are_left_to_pay() {
        for (text, share) in [
            ("月结95折", "0.95"),
            ("按 8.8 折结算", "0.88"),
            ("月结九折", "0.9"),
            ("八五折", "0.85"),
            ("折扣：7折", "0.7"),
            ("优惠10%", "0.9"),
            ("Monthly account: 12% discount", "0.88"),
            ("30% off list", "0.7"),
        ] {
            assert_eq!(share_in(text), Some(share.parse().unwrap()), "{text}");
        }
        for text in ["折扣", "0.9", "13%", "1折", "保价费0.5%", ""] {
            assert_eq!(share_in(text), None, "{text}");
        }
    }
}
