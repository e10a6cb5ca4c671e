//! Amounts in words: Chinese capitals as cheques and statements carry them,
//! written and read back; English for papers that go abroad.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::lang::Lang;

/// The capitals of one script.
struct Capitals {
    digits: [char; 10],
    /// 拾, 佰, 仟.
    places: [&'static str; 4],
    /// 万, 亿, 万亿 by groups of four digits.
    groups: [&'static str; 4],
    negative: &'static str,
}

const SIMPLIFIED: Capitals = Capitals {
    digits: ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
    places: ["", "拾", "佰", "仟"],
    groups: ["", "万", "亿", "万亿"],
    negative: "负",
};

const TRADITIONAL: Capitals = Capitals {
    digits: ['零', '壹', '貳', '參', '肆', '伍', '陸', '柒', '捌', '玖'],
    places: ["", "拾", "佰", "仟"],
    groups: ["", "萬", "億", "萬億"],
    negative: "負",
};

/// Returns an amount in words, rounded half up to cents; `None` if it has
/// more digits than words are written for (ten quadrillion).
///
/// `壹万零伍佰元整`; in English `Ten Thousand Five Hundred and 00/100`.
pub fn in_words(amount: Decimal, lang: Lang) -> Option<String> {
    let cents = amount
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        .checked_mul(Decimal::ONE_HUNDRED)?
        .to_i128()?;
    let (whole, cents_left) = (cents.unsigned_abs() / 100, (cents.unsigned_abs() % 100) as usize);
    if whole >= 10_u128.pow(16) {
        return None;
    }
    let (whole, negative) = (whole as u64, cents < 0);
    Some(match lang {
        Lang::Hans => SIMPLIFIED.money(whole, cents_left, negative),
        Lang::Hant => TRADITIONAL.money(whole, cents_left, negative),
        Lang::En => english(whole, cents_left, negative),
    })
}

impl Capitals {
    fn money(&self, whole: u64, cents: usize, negative: bool) -> String {
        let mut words = String::new();
        if negative {
            words.push_str(self.negative);
        }
        let (tenths, hundredths) = (cents / 10, cents % 10);
        if whole > 0 || cents == 0 {
            words.push_str(&self.whole(whole));
            words.push('元');
        }
        if cents == 0 {
            words.push('整');
            return words;
        }
        if tenths > 0 {
            words.extend([self.digits[tenths], '角']);
        } else if whole > 0 {
            words.push(self.digits[0]);
        }
        if hundredths > 0 {
            words.extend([self.digits[hundredths], '分']);
        } else {
            words.push('整');
        }
        words
    }

    /// Writes a whole number; zeros in a row are one 零, zeros at the end of a
    /// group are none.
    fn whole(&self, number: u64) -> String {
        if number == 0 {
            return self.digits[0].to_string();
        }
        let mut words = String::new();
        let mut gap = false;
        for group in (0..self.groups.len()).rev() {
            let part = number / 10_u64.pow(4 * group as u32) % 10_000;
            if part == 0 {
                gap |= !words.is_empty();
                continue;
            }
            for place in (0..4).rev() {
                let digit = (part / 10_u64.pow(place as u32) % 10) as usize;
                if digit == 0 {
                    gap |= !words.is_empty();
                    continue;
                }
                if std::mem::take(&mut gap) {
                    words.push(self.digits[0]);
                }
                words.push(self.digits[digit]);
                words.push_str(self.places[place]);
            }
            // 万 alone where its 亿 follows: 壹万零壹亿.
            let below = number / 10_u64.pow(8) % 10_000;
            let shared = group == 3 && below > 0;
            words.push_str(self.groups[if shared { 1 } else { group }]);
        }
        words
    }
}

/// Writes an amount in English, without the name of its currency.
fn english(whole: u64, cents: usize, negative: bool) -> String {
    const GROUPS: [&str; 6] =
        ["", " Thousand", " Million", " Billion", " Trillion", " Quadrillion"];
    let mut parts = Vec::new();
    for (group, name) in GROUPS.iter().enumerate().rev() {
        let part = (whole / 1000_u64.pow(group as u32) % 1000) as usize;
        if part > 0 {
            parts.push(format!("{}{name}", below_thousand(part)));
        }
    }
    let words = if parts.is_empty() { "Zero".to_owned() } else { parts.join(" ") };
    format!("{}{words} and {cents:02}/100", if negative { "Minus " } else { "" })
}

fn below_thousand(number: usize) -> String {
    const SMALL: [&str; 20] = [
        "",
        "One",
        "Two",
        "Three",
        "Four",
        "Five",
        "Six",
        "Seven",
        "Eight",
        "Nine",
        "Ten",
        "Eleven",
        "Twelve",
        "Thirteen",
        "Fourteen",
        "Fifteen",
        "Sixteen",
        "Seventeen",
        "Eighteen",
        "Nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"];
    let rest = match number % 100 {
        small @ 0..20 => SMALL[small].to_owned(),
        tens if tens % 10 == 0 => TENS[tens / 10].to_owned(),
        both => format!("{}-{}", TENS[both / 10], SMALL[both % 10]),
    };
    match (number / 100, rest.is_empty()) {
        (0, _) => rest,
        (hundreds, true) => format!("{} Hundred", SMALL[hundreds]),
        (hundreds, false) => format!("{} Hundred {rest}", SMALL[hundreds]),
    }
}

/// Returns the amount that a text writes in Chinese numerals (`大写：零陆万柒仟捌佰肆拾肆元整`),
/// in either script, capital or plain; `None` if there is none, or it cannot
/// be read for certain. The sign of money (元, 圆) must be there.
pub fn amount_in(text: &str) -> Option<Decimal> {
    let mut run: Vec<char> = Vec::new();
    // A space or a colon ends a run of numerals, as any other sign does.
    let runs = text.chars().map(Some).chain([None]).filter_map(|c| match c {
        Some(c) if is_numeral(c) => {
            run.push(c);
            None
        }
        _ => (!run.is_empty()).then(|| std::mem::take(&mut run)),
    });
    let amounts: Vec<Decimal> = runs.filter_map(|run| read(&run)).collect();
    match amounts[..] {
        [amount] => Some(amount),
        _ => None,
    }
}

/// What a numeral character stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numeral {
    Digit(i64),
    Place(i64),
    Group(i64),
    Yuan,
    Jiao,
    Fen,
    Whole,
    Minus,
}

fn numeral(c: char) -> Option<Numeral> {
    use Numeral::{Digit, Fen, Group, Jiao, Minus, Place, Whole, Yuan};
    Some(match c {
        '零' | '〇' | '○' => Digit(0),
        '壹' | '一' | '壱' => Digit(1),
        '贰' | '貳' | '二' | '弍' | '两' | '兩' => Digit(2),
        '叁' | '參' | '参' | '叄' | '三' => Digit(3),
        '肆' | '四' => Digit(4),
        '伍' | '五' => Digit(5),
        '陆' | '陸' | '六' => Digit(6),
        '柒' | '七' => Digit(7),
        '捌' | '八' => Digit(8),
        '玖' | '九' => Digit(9),
        '拾' | '十' => Place(10),
        '佰' | '百' => Place(100),
        '仟' | '千' => Place(1000),
        '万' | '萬' => Group(10_000),
        '亿' | '億' => Group(100_000_000),
        '元' | '圆' | '圓' => Yuan,
        '角' | '毛' => Jiao,
        '分' => Fen,
        '整' | '正' => Whole,
        '负' | '負' => Minus,
        _ => return None,
    })
}

fn is_numeral(c: char) -> bool {
    numeral(c).is_some()
}

/// Reads a run of numerals as an amount.
fn read(run: &[char]) -> Option<Decimal> {
    use Numeral::{Digit, Fen, Group, Jiao, Minus, Place, Whole, Yuan};
    let says = |test: fn(Numeral) -> bool| run.iter().any(|c| numeral(*c).is_some_and(test));
    if run.len() > 60 || !says(|n| n == Yuan) || !says(|n| matches!(n, Digit(_) | Place(_))) {
        return None;
    }
    let (mut total, mut group, mut digit) = (0_i64, 0_i64, None::<i64>);
    let (mut cents, mut yuan_seen, mut negative) = (0_i64, false, false);
    let mut last_place = i64::MAX;
    for (at, c) in run.iter().enumerate() {
        match numeral(*c)? {
            Minus if at == 0 => negative = true,
            Minus => return None,
            // A zero may stand before any digit; two digits in a row are no
            // number in words.
            Digit(number) => match digit.replace(number) {
                None | Some(0) => {}
                Some(_) => return None,
            },
            Place(size) if !yuan_seen && size < last_place => {
                // 拾 alone at the front is ten.
                let count = digit.take().or((group == 0).then_some(1))?;
                group = group.checked_add(count.checked_mul(size)?)?;
                last_place = size;
            }
            Group(size) if !yuan_seen => {
                group = group.checked_add(digit.take().unwrap_or(0))?;
                // 亿 lifts everything before it, 万 its own group.
                if size == 100_000_000 {
                    total = total.checked_add(group)?.checked_mul(size)?;
                } else {
                    total = total.checked_add(group.checked_mul(size)?)?;
                }
                group = 0;
                last_place = i64::MAX;
            }
            Yuan if !yuan_seen => {
                total = total.checked_add(group)?.checked_add(digit.take().unwrap_or(0))?;
                yuan_seen = true;
            }
            Jiao if yuan_seen => cents = cents.checked_add(digit.take()?.checked_mul(10)?)?,
            Fen if yuan_seen => cents = cents.checked_add(digit.take()?)?,
            Whole => {}
            _ => return None,
        }
    }
    if digit.is_some_and(|digit| digit != 0) || !yuan_seen {
        return None;
    }
    let all = total.checked_mul(100)?.checked_add(cents)?;
    Some(Decimal::new(if negative { -all } else { all }, 2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hans(amount: &str) -> String {
        in_words(amount.parse().unwrap(), Lang::Hans).unwrap()
    }

    #[test]
    fn amounts_are_written_as_cheques_carry_them() {
        for (amount, words) in [
            ("0", "零元整"),
            ("0.05", "伍分"),
            ("0.50", "伍角整"),
            ("10", "壹拾元整"),
            ("10500.00", "壹万零伍佰元整"),
            ("2800", "贰仟捌佰元整"),
            ("67844", "陆万柒仟捌佰肆拾肆元整"),
            ("650426.91", "陆拾伍万零肆佰贰拾陆元玖角壹分"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("107000.53", "壹拾万零柒仟元伍角叁分"),
            ("100000001", "壹亿零壹元整"),
            ("100010000", "壹亿零壹万元整"),
            ("1000000000000", "壹万亿元整"),
            ("1000100000000", "壹万零壹亿元整"),
            ("-12.345", "负壹拾贰元叁角伍分"),
        ] {
            assert_eq!(hans(amount), words, "{amount}");
        }
        let traditional = in_words(Decimal::from(23_456), Lang::Hant).unwrap();
        assert_eq!(traditional, "貳萬參仟肆佰伍拾陸元整");
        assert_eq!(in_words(Decimal::MAX, Lang::Hans), None);
    }

    #[test]
    fn amounts_are_written_in_english() {
        let english = |amount: &str| in_words(amount.parse().unwrap(), Lang::En).unwrap();
        assert_eq!(english("10500"), "Ten Thousand Five Hundred and 00/100");
        assert_eq!(
            english("1234567.89"),
            "One Million Two Hundred Thirty-Four Thousand Five Hundred Sixty-Seven and 89/100"
        );
        assert_eq!(english("0.5"), "Zero and 50/100");
        assert_eq!(english("-20.01"), "Minus Twenty and 01/100");
    }

    #[test]
    fn amounts_are_read_from_papers() {
        for (text, amount) in [
            ("本期应付合计：大写 零陆拾伍万零肆佰贰拾陆元玖角壹分", Some("650426.91")),
            ("大写：零陆万柒仟捌佰肆拾肆元整", Some("67844.00")),
            ("人民币（大写）壹拾万零柒仟圆伍角叁分正", Some("107000.53")),
            ("零佰零拾零万贰仟捌佰零拾零元零角零分", Some("2800.00")),
            ("拾贰万元整", Some("120000.00")),
            ("貳萬參仟元整", Some("23000.00")),
            ("负伍元整", Some("-5.00")),
            ("二千八百元", Some("2800.00")),
            ("单位：元", None),
            ("壹贰叁元", None),
            ("佰拾元", None),
            ("没有金额", None),
            ("壹元整 贰元整", None),
        ] {
            let read = amount_in(text).map(|amount| amount.to_string());
            assert_eq!(read.as_deref(), amount, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(cents in -99_999_999_999_999_999_i64..99_999_999_999_999_999) {
            let amount = Decimal::new(cents, 2);
            for lang in [Lang::Hans, Lang::Hant] {
                let words = in_words(amount, lang).unwrap();
                if words.contains('元') {
                    prop_assert_eq!(amount_in(&words), Some(amount), "{}", words);
                }
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in "[零壹贰叁拾佰仟万亿元角分整负a ]{0,40}") {
            let _ = amount_in(&text);
        }
    }
}
