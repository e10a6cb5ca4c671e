//! Fees in words: `包装费5元/票`, `中转费0.8元/kg最低1.5元`, `燃油附加费8%`,
//! `保价费0.5%`.

use rust_decimal::Decimal;

use super::super::super::tariff::fees::{Fee, FeeAmount};
use super::{Rules, WORDS, behind, has, number_behind, numbers_in};

impl Rules {
    /// Reads a clause about a fee.
    pub(super) fn read_fee(&mut self, clause: &str) -> bool {
        let words = &*WORDS;
        // 计费, 收费 and 付费 are what is done, and no fee.
        let doing = ["计费", "收费", "付费", "消费"];
        let masked = doing.iter().fold(clause.to_owned(), |text, word| text.replace(word, "××"));
        let service = || behind(&masked, &words.service).filter(|_| has(&masked, &words.each));
        let Some(end) = behind(&masked, &words.fee).or_else(service) else { return false };
        let name = clause[..end].trim_start_matches(|c: char| c.is_numeric() || "、.:".contains(c));
        let is_word_alone = has(clause, &words.minimum) && name.len() == end && end < 4;
        if has(name, &words.freight) || is_word_alone || is_minimum(name) {
            return false;
        }
        let rest = &clause[end..];
        let amount = if has(rest, &words.free) && numbers_in(rest).is_empty() {
            Some(FeeAmount::Fixed(Decimal::ZERO))
        } else {
            amount(name, rest)
        };
        let Some(amount) = amount else { return false };
        let always = words.always.iter().any(|always| name.ends_with(always.as_str()));
        self.fees.push(Fee { name: name.into(), amount, always });
        true
    }
}

/// Whether a fee's name is no more than that nothing costs less: `Minimum
/// charge`, `最低费`.
fn is_minimum(name: &str) -> bool {
    let words = &*WORDS;
    let mut rests = words.minimum.iter().filter_map(|word| name.strip_prefix(word.as_str()));
    rests.any(|rest| words.fee.iter().any(|fee| fee == rest))
}

fn amount(name: &str, rest: &str) -> Option<FeeAmount> {
    let words = &*WORDS;
    let minimum = number_behind(rest, &words.minimum).unwrap_or_default();
    let numbers = numbers_in(rest);
    let Some(&number) = numbers.first() else {
        return has(rest, &words.as_billed).then_some(FeeAmount::AsBilled);
    };
    if let Some((share, thousandths)) = share(rest) {
        let of = if thousandths { Decimal::ONE_THOUSAND } else { Decimal::ONE_HUNDRED };
        let rate = share.checked_div(of)?.normalize();
        if !has(name, &words.insurance) {
            return Some(FeeAmount::OfFreight(rate));
        }
        let unit = rest.contains("1000").then_some(Decimal::ONE_THOUSAND);
        return Some(FeeAmount::OfValue { rate, unit, minimum });
    }
    let by_weight =
        ["/kg", "/公斤", "每kg", "每公斤", "perkg"].iter().any(|unit| rest.contains(unit));
    if by_weight {
        return Some(FeeAmount::PerKg { rate: number, minimum });
    }
    Some(FeeAmount::Fixed(number))
}

/// Returns a share and whether it is in thousandths.
fn share(text: &str) -> Option<(Decimal, bool)> {
    let at = text.find(['%', '‰'])?;
    Some((*numbers_in(&text[..at]).last()?, text[at..].starts_with('‰')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn fee(text: &str) -> Fee {
        Rules::read([text]).fees.remove(0)
    }

    #[test]
    fn fees_in_words() {
        let transfer = fee("中转费0.8元/kg最低1.5元");
        assert!(transfer.always);
        assert_eq!(transfer.amount, FeeAmount::PerKg { rate: d("0.8"), minimum: d("1.5") });
        assert_eq!(fee("燃油附加费8%").amount, FeeAmount::OfFreight(d("0.08")));
        let insurance = FeeAmount::OfValue { rate: d("0.005"), unit: None, minimum: d("1") };
        assert_eq!(fee("保价费：声明价值的0.5%最低1元").amount, insurance);
        assert_eq!(fee("签单返还费实收").amount, FeeAmount::AsBilled);
        assert_eq!(fee("Packing fee 5.00 per waybill").amount, FeeAmount::Fixed(d("5.00")));
        assert_eq!(fee("面单费1.2元/票").name.as_ref(), "面单费");
        assert_eq!(fee("包装服务每票3元").amount, FeeAmount::Fixed(d("3")));
        assert_eq!(fee("包装服务每票3元").name.as_ref(), "包装服务");
        assert!(Rules::read(["运费每月25日结算", "首重12元", "服务热线95338"]).fees.is_empty());
    }
}
