//! The conditions that stand beside a rate card in words: `首重1kg`,
//! `续重每0.5kg进位`, `体积÷8000`, `月结9折`, `包装费5元/票`.

mod fees;
pub(super) mod prose;

use std::sync::LazyLock;

use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::tariff::Average;
use super::super::tariff::fees::Fee;
use super::super::tariff::rounding::Rounding;
use super::super::tariff::scale::Reading;
use crate::data::{self, compiled_in};
use crate::text::{fold, share_in, weights_in};

/// What conditions say; everything that is not said is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// Cubic centimetres that count as a kilogram.
    pub divisor: Option<Decimal>,
    /// The share of the list price that is paid.
    pub discount: Option<Decimal>,
    /// The first weight.
    pub first_weight: Option<Decimal>,
    /// The step beyond it.
    pub step: Option<Decimal>,
    /// The part of the continued price that one step costs (每0.5kg收续重价的一半).
    pub step_share: Option<Decimal>,
    /// How a weight is rounded.
    pub rounding: Option<Rounding>,
    /// No parcel costs less.
    pub minimum: Option<Decimal>,
    /// What is charged beside the freight.
    pub fees: Vec<Fee>,
    /// An average-weight contract.
    pub average: Option<Average>,
    /// Whether the price of a range is for the whole parcel, or for what lies
    /// in the range.
    pub for_whole: Option<bool>,
}

/// The words of `rules.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    volume: Vec<String>,
    cubic: Vec<String>,
    first: Vec<String>,
    step: Vec<String>,
    begun: Vec<String>,
    carry: Vec<String>,
    nearest: Vec<String>,
    actual: Vec<String>,
    forgiving: Vec<String>,
    minimum: Vec<String>,
    average: Vec<String>,
    beyond: Vec<String>,
    half: Vec<String>,
    fee: Vec<String>,
    always: Vec<String>,
    as_billed: Vec<String>,
    freight: Vec<String>,
    free: Vec<String>,
    insurance: Vec<String>,
    service: Vec<String>,
    each: Vec<String>,
    carton: Vec<String>,
    whole: Vec<String>,
    by_range: Vec<String>,
}

static WORDS: LazyLock<Words> =
    LazyLock::new(|| data::read(compiled_in!("engine/freight/card/rules")));

/// Returns where the first of some words ends in a text.
fn behind(text: &str, words: &[String]) -> Option<usize> {
    words.iter().filter_map(|word| Some(text.find(word.as_str())? + word.len())).min()
}

fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Whether a clause says how the prices of ranges are meant, and nothing of how
/// weights are rounded.
fn says_reading(clause: &str) -> bool {
    let words = &*WORDS;
    let reads = has(clause, &words.whole) || has(clause, &words.by_range);
    reads && !has(clause, &words.begun) && !has(clause, &words.carry)
}

impl Rules {
    /// Reads the conditions of these texts. What is said first holds.
    pub fn read<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut rules = Self::default();
        for text in texts {
            for clause in clauses(text) {
                rules.read_clause(&fold(&clause));
            }
        }
        rules
    }

    /// Whether the price of a range may be meant in a way.
    pub fn may_mean(&self, reading: Reading) -> bool {
        self.for_whole.is_none_or(|whole| whole == (reading != Reading::ByRange))
    }

    fn read_clause(&mut self, clause: &str) {
        let words = &*WORDS;
        if has(clause, &words.whole) {
            self.for_whole = self.for_whole.or(Some(true));
        } else if has(clause, &words.by_range) {
            self.for_whole = self.for_whole.or(Some(false));
        }
        if self.for_whole.is_some() && says_reading(clause) {
            // The weight in it (超过3kg的全量计费) is no step.
            return;
        }
        if has(clause, &words.average) {
            self.read_average(clause);
            return;
        }
        if self.read_divisor(clause) || self.read_fee(clause) || self.read_discount(clause) {
            return;
        }
        let weights = weights_in(clause);
        if has(clause, &words.minimum) && weights.is_empty() {
            self.minimum = self.minimum.or_else(|| number_behind(clause, &words.minimum));
            return;
        }
        self.read_rounding(clause, &weights);
        if let Some(at) = behind(clause, &words.first) {
            let weight = weights.iter().find(|(_, end)| *end > at).map(|(weight, _)| *weight);
            self.first_weight = self.first_weight.or(weight);
        }
        let continued = behind(clause, &words.step).or_else(|| behind(clause, &words.begun));
        if let Some(at) = continued {
            let weight = weights.iter().find(|(_, end)| *end > at).map(|(weight, _)| *weight);
            self.step = self.step.or(weight);
        }
        if has(clause, &words.half) && has(clause, &words.step) {
            self.step_share = Some(Decimal::new(5, 1));
        }
    }

    /// 体积÷8000, 长×宽×高/6000, 1立方=167kg.
    fn read_divisor(&mut self, clause: &str) -> bool {
        let words = &*WORDS;
        if !has(clause, &words.volume) {
            return false;
        }
        let numbers = numbers_in(clause);
        let sane =
            |number: &Decimal| (Decimal::from(3000)..=Decimal::from(20_000)).contains(number);
        let plain = numbers.iter().copied().find(sane);
        let cubic = || {
            has(clause, &words.cubic).then(|| {
                let per_cubic = weights_in(clause).into_iter().map(|(weight, _)| weight);
                let weight = per_cubic.filter(|kg| *kg >= Decimal::from(50)).max()?;
                Decimal::from(1_000_000).checked_div(weight)
            })?
        };
        let found = plain.or_else(cubic);
        self.divisor = self.divisor.or(found);
        found.is_some()
    }

    /// 月结9折, 95折, 八五折, 优惠10%, 10% off.
    fn read_discount(&mut self, clause: &str) -> bool {
        let share = share_in(clause);
        self.discount = self.discount.or(share);
        share.is_some()
    }

    fn read_rounding(&mut self, clause: &str, weights: &[(Decimal, usize)]) {
        let words = &*WORDS;
        let of = |at: usize| weights.get(at).map(|(weight, _)| *weight);
        let continued = has(clause, &words.step);
        let found = if has(clause, &words.actual) {
            Some(Rounding::Actual)
        } else if has(clause, &words.nearest) {
            Some(Rounding::Nearest(of(0).unwrap_or(Decimal::ONE)))
        } else if has(clause, &words.forgiving) {
            let forgiven = of(0).filter(|weight| *weight < Decimal::ONE);
            forgiven.or_else(|| numbers_in(clause).first().copied()).map(Rounding::Forgiving)
        } else if has(clause, &words.carry) && !continued {
            of(0).map(Rounding::Up)
        } else if of(0) == Some(Decimal::new(5, 1))
            && of(weights.len().saturating_sub(1)) == Some(Decimal::ONE)
            && clause.contains("按")
        {
            // 超过0.5kg按1kg
            Some(Rounding::HalfThenWhole)
        } else {
            None
        };
        self.rounding = self.rounding.or(found);
    }

    /// 均重0.5kg, 3kg以内参与均重, 均重超出每0.1kg加0.2元.
    fn read_average(&mut self, clause: &str) {
        let weights: Vec<Decimal> = weights_in(clause).into_iter().map(|(kg, _)| kg).collect();
        let mut average = self.average.unwrap_or(Average {
            parcels_up_to: None,
            agreed: None,
            step: Decimal::new(1, 1),
            step_price: Decimal::ZERO,
        });
        let price = number_before(clause, "元");
        if let (true, Some(price)) = (has(clause, &WORDS.beyond), price) {
            average.step = weights.last().copied().unwrap_or(average.step);
            average.step_price = price;
        } else if clause.contains("以内") || clause.contains("以下") {
            average.parcels_up_to = weights.first().copied();
        } else {
            average.agreed = weights.first().copied();
        }
        self.average = Some(average);
    }
}

/// Splits a text into clauses; a comma inside a number is part of it.
fn clauses(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut clauses = vec![String::new()];
    for (at, &c) in chars.iter().enumerate() {
        let digit =
            |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
        let in_number = (c == ',' || c == '.') && digit(at.checked_sub(1)) && digit(Some(at + 1));
        let ends = "；;。，,\n\r".contains(c) || c == '.' && !in_number;
        match clauses.last_mut() {
            Some(last) if !ends || in_number => last.push(c),
            _ => clauses.push(String::new()),
        }
    }
    clauses.retain(|clause| !clause.trim().is_empty());
    clauses
}

/// Returns the numbers of a folded text.
fn numbers_in(text: &str) -> Vec<Decimal> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    parts.filter_map(|part| part.trim_matches('.').parse().ok()).collect()
}

fn number_behind(text: &str, words: &[String]) -> Option<Decimal> {
    let at = behind(text, words)?;
    numbers_in(&text[at..]).first().copied()
}

/// Returns the number that stands right before a word.
fn number_before(text: &str, word: &str) -> Option<Decimal> {
    text.match_indices(word).find_map(|(at, _)| {
        let before = &text[..at];
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && c != '.')
            .map_or(0, |last| last + before[last..].chars().next().map_or(1, char::len_utf8));
        before[start..].parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::tariff::fees::FeeAmount;
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn conditions_of_a_parcel_carrier() {
        let rules = Rules::read([
            "说明：首重1kg；超出部分每0.5kg计一次，每0.5kg收续重价的一半，不足0.5kg按0.5kg；体积重÷6000；月结9折；包装费5元/票另计",
        ]);
        assert_eq!(rules.first_weight, Some(d("1")));
        assert_eq!(rules.step, Some(d("0.5")));
        assert_eq!(rules.step_share, Some(d("0.5")));
        assert_eq!((rules.divisor, rules.discount), (Some(d("6000")), Some(d("0.9"))));
        assert_eq!(rules.fees.len(), 1);
        assert_eq!(rules.fees[0].amount, FeeAmount::Fixed(d("5")));
        assert!(!rules.fees[0].always);
        assert_eq!(rules.rounding, None, "only the steps round");
    }

    #[test]
    fn conditions_in_other_words() {
        let of = |text: &str| Rules::read([text]);
        let rules = of("首重1kg，续重1kg，不足1kg按1kg；体积重÷8000");
        assert_eq!((rules.first_weight, rules.step), (Some(d("1")), Some(d("1"))));
        assert_eq!(rules.divisor, Some(d("8000")));
        for (text, share) in [
            ("月结95折", "0.95"),
            ("按 8.8 折结算", "0.88"),
            ("月结九折", "0.9"),
            ("八五折", "0.85"),
            ("优惠10%", "0.9"),
            ("Monthly account: 12% discount", "0.88"),
        ] {
            assert_eq!(of(text).discount, Some(d(share)), "{text}");
        }
        assert_eq!(of("長×寬×高(cm)/5000").divisor, Some(d("5000")));
        assert_eq!(of("Volumetric weight: L x W x H / 5000").divisor, Some(d("5000")));
        assert_eq!(of("1立方=200kg").divisor, Some(d("5000")));
        assert_eq!(of("最低收费8元").minimum, Some(d("8")));
        assert_eq!(of("Minimum charge 12.50").minimum, Some(d("12.50")));
        assert_eq!(of("有效期：2026-01-01 至 2026-12-31"), Rules::default());
    }

    #[test]
    fn ways_of_rounding_in_words() {
        let of = |text: &str| Rules::read([text]).rounding;
        assert_eq!(of("计费重量按0.5kg进位"), Some(Rounding::Up(d("0.5"))));
        assert_eq!(of("重量按100克进位"), Some(Rounding::Up(d("0.1"))));
        assert_eq!(of("重量四舍五入取整数公斤"), Some(Rounding::Nearest(d("1"))));
        assert_eq!(of("不足0.5kg按0.5kg，超过0.5kg按1kg"), Some(Rounding::HalfThenWhole));
        assert_eq!(of("尾数0.3kg以内舍去"), Some(Rounding::Forgiving(d("0.3"))));
        assert_eq!(of("不进位，按实际重量计"), Some(Rounding::Actual));
        assert_eq!(of("续重每0.5kg进位"), None);
        assert_eq!(Rules::read(["续重每0.5kg进位"]).step, Some(d("0.5")));
    }

    #[test]
    fn an_average_weight_contract() {
        let rules = Rules::read(["3kg以内参与均重；均重0.5kg，均重超出每0.1kg加0.2元"]);
        let average = rules.average.unwrap();
        assert_eq!(average.parcels_up_to, Some(d("3")));
        assert_eq!(average.agreed, Some(d("0.5")));
        assert_eq!((average.step, average.step_price), (d("0.1"), d("0.2")));
    }
}
