//! Headers that are no words but follow a pattern: sizes, months, ageing,
//! warehouses, the weights, places and carriers of a rate card.

use serde::Deserialize;

use crate::party::is_known_carrier;
use crate::places::heads_places;
use crate::text::heads_tier;

/// A pattern of headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pattern {
    /// Garment sizes: letters (`S`, `2XL`), numbers (`26`, `110`), `160/84A`.
    Size,
    /// Months: `1月`, `Jan`, `2026-10`.
    Month,
    /// Ages of a debt: `1-30天`, `90天以上`, `61-90`.
    Ageing,
    /// Warehouses: `面料仓`, `仓库1`, `2号仓`, `WH-A`.
    Warehouse,
    /// Days of the month: `5日`, `10月5日`.
    Day,
    /// What came in on a day of the month: `1日入`, `入库` below `1`.
    DayIn,
    /// What went out on a day of the month: `31日出`.
    DayOut,
    /// Levels of a parts list, a column each: `1阶`, `第2层`, `L3`.
    Level,
    /// Weights that a price is for: `0.5`, `1kg`, `3-5`.
    Weight,
    /// Places or zones that a price is for: `江浙沪`, `新疆、西藏`, `Zone 2`.
    Place,
    /// Carriers whose prices stand side by side.
    Carrier,
    /// What one colour or size of a product takes: `用量` above `黑色`, `单耗S`.
    Variant,
    /// How much comes with one of several deliveries: `第一批数量`.
    PartQty,
    /// When one of several deliveries comes: `第二批交期`.
    PartDay,
}

impl Pattern {
    /// Whether its headers are often of two parts, one below the other.
    pub fn spans_parts(self) -> bool {
        matches!(self, Self::DayIn | Self::DayOut)
    }

    /// Whether a header is of this pattern, by the text as it is written: for
    /// what folding takes away (the point of `0.5`).
    pub fn matches_text(self, text: &str) -> bool {
        match self {
            Self::Weight => heads_tier(text),
            Self::Place => heads_places(text),
            Self::Carrier => is_known_carrier(text),
            _ => false,
        }
    }

    /// Whether a folded header is of this pattern.
    pub fn matches(self, word: &str) -> bool {
        match self {
            Self::Weight
            | Self::Place
            | Self::Carrier
            | Self::Variant
            | Self::PartQty
            | Self::PartDay => false,
            Self::Size => is_size(word),
            Self::Month => is_month(word),
            Self::Ageing => is_ageing(word),
            Self::Warehouse => is_warehouse(word),
            Self::Day => is_day(word),
            Self::Level => is_level(word),
            Self::DayIn => is_day_with(word, &["入", "入库", "进", "进仓", "收", "收入", "in"]),
            Self::DayOut => is_day_with(word, &["出", "出库", "出仓", "发", "发出", "领", "out"]),
        }
    }
}

/// Letters and words that are sizes, folded.
const SIZES: [&str; 24] = [
    "xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl", "2xs", "3xs", "2xl", "3xl",
    "4xl", "5xl", "6xl", "os", "onesize", "freesize", "f", "free", "均码", "均",
];

/// Regions whose sizes of shoes are told apart, before the figure.
const SHOES: [&str; 8] = ["eur", "eu", "us", "uk", "fr", "it", "jp", "cn"];

/// Heights by which babies' and children's clothes are named, beside those
/// that are multiples of five.
const HEIGHTS: [u32; 18] =
    [50, 52, 56, 59, 62, 66, 68, 73, 74, 86, 92, 98, 104, 116, 122, 128, 134, 146];

/// Whether a header is a size.
fn is_size(word: &str) -> bool {
    let word = word.split_once('(').map_or(word, |(word, _)| word);
    let word = word.trim_end_matches("码").trim_end_matches('#').trim_end_matches("cm");
    if let Some(shoe) = SHOES.iter().find_map(|region| number(word.strip_prefix(region)?)) {
        // Full stops are gone: uk3.5 is uk35.
        return (1..=50).contains(&shoe) || shoe % 10 == 5 && shoe <= 505;
    }
    if SIZES.contains(&word) || word.split_once('/').is_some_and(|(a, b)| pair(a, b)) {
        return true;
    }
    let many = |ending: &str| {
        word.strip_suffix(ending).and_then(number).is_some_and(|times| (1..=9).contains(&times))
    };
    let numbered = ["尺码", "码", "size"].iter().find_map(|head| number(word.strip_prefix(head)?));
    if numbered.is_some_and(|nth| nth <= 99)
        || many("xl")
        || many("xs")
        || many("x")
        || is_cup(word)
        || is_waist(word)
    {
        return true;
    }
    if let Some(age) = word.strip_suffix(['m', 't', 'y', '岁']) {
        return number(age).is_some_and(|n| n <= 36) || span(age, '-', 36) || ages(age);
    }
    // Full stops are gone from a folded header: 37.5 is 375.
    let half = |n: u32| n % 10 == 5 && (20..=50).contains(&(n / 10));
    number(word).is_some_and(|n| {
        (20..=60).contains(&n)
            || (70..=195).contains(&n) && n % 5 == 0
            || HEIGHTS.contains(&n)
            || half(n)
    })
}

/// Whether a header is a band and a cup: `75b`, `32dd`.
fn is_cup(word: &str) -> bool {
    let digits = word.trim_end_matches(|c: char| ('a'..='h').contains(&c));
    let cup = word.len() - digits.len();
    let band = |n: u32| {
        (28..=46).contains(&n) && n.is_multiple_of(2)
            || (60..=120).contains(&n) && n.is_multiple_of(5)
    };
    (1..=2).contains(&cup) && number(digits).is_some_and(band)
}

/// Whether a header is a waist and an inseam: `30x32`, `w30l32`.
fn is_waist(word: &str) -> bool {
    let word = word.strip_prefix('w').unwrap_or(word);
    let split = word.split_once('x').or_else(|| word.split_once('l'));
    split.is_some_and(|(waist, leg)| inches(waist, leg))
}

fn inches(waist: &str, leg: &str) -> bool {
    number(waist).is_some_and(|n| (22..=60).contains(&n))
        && number(leg).is_some_and(|n| (24..=40).contains(&n))
}

/// Whether digits are two ages, one after the other: hyphens are gone from a
/// folded header, `7-8y` is `78y`.
fn ages(digits: &str) -> bool {
    (1..digits.len()).any(|at| {
        digits.split_at_checked(at).is_some_and(|(a, b)| match (number(a), number(b)) {
            (Some(a), Some(b)) => a < b && b <= 36 && b - a <= 12,
            _ => false,
        })
    })
}

/// Whether two halves of a header are one size: `s/m`, `160/84a`.
fn pair(a: &str, b: &str) -> bool {
    let body = |b: &str| {
        let digits = b.trim_end_matches(['a', 'b', 'c', 'y']);
        number(digits).is_some_and(|n| (50..=130).contains(&n))
    };
    SIZES.contains(&a) && SIZES.contains(&b)
        || inches(a, b)
        || number(a).is_some_and(|n| (80..=200).contains(&n)) && body(b)
}

/// Whether a header is one level of a parts list.
fn is_level(word: &str) -> bool {
    let bare = word.trim_start_matches("第");
    let after = ["阶", "级", "层"].iter().find_map(|end| bare.strip_suffix(end));
    let before = ["level", "lvl", "lv", "l", "阶层", "阶", "层"];
    let nth = after.or_else(|| before.iter().find_map(|head| bare.strip_prefix(head)));
    let chinese = |nth: &str| {
        let mut signs = nth.chars();
        signs.next().is_some_and(|c| "一二三四五六七八九十".contains(c)) && signs.next().is_none()
    };
    nth.is_some_and(|nth| number(nth).is_some_and(|n| n <= 20) || chinese(nth))
}

/// Whether a header is a month.
fn is_month(word: &str) -> bool {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    const CHINESE: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let month = |text: &str| number(text).is_some_and(|n| (1..=12).contains(&n));
    let bare = word.trim_end_matches("份").trim_end_matches("出货").trim_end_matches("销售");
    if let Some(name) = bare.strip_suffix('月') {
        let name = name.rsplit_once('年').map_or(name, |(_, month)| month);
        return month(name) || CHINESE.contains(&name);
    }
    let letters: String = word.chars().take_while(|c| c.is_ascii_lowercase()).collect();
    let named = |name: &&str| **name == letters || name[..3] == letters || letters == "sept";
    if NAMES.iter().any(named) {
        return word[letters.len()..].chars().all(|c| c.is_ascii_digit() || c == '/');
    }
    if let Some(digits) = word.strip_prefix('m') {
        return month(digits);
    }
    // Hyphens and full stops are gone from a folded header: 202610, 2026/10.
    let (year, rest) = word.split_at_checked(4).unwrap_or(("", ""));
    number(year).is_some_and(|n| (2000..2100).contains(&n)) && month(rest.trim_start_matches('/'))
}

/// Whether a header is the age of a debt.
fn is_ageing(word: &str) -> bool {
    let bare = word.replace("days", "").replace("以上", "").replace("以内", "");
    let bare = bare.replace(['天', '日', '内', '+', '>'], "");
    let marked = bare != word;
    // Hyphens are gone from a folded header: 1-30 is 130, 61-90 is 6190.
    span(&bare, '~', 3650)
        || span(&bare, '至', 3650)
        || marked && number(&bare).is_some_and(|n| n >= 15)
        || matches!(word, "030" | "130" | "3160" | "6190" | "91120")
}

/// Whether a header is a day of the month with one of the words before or
/// behind it.
fn is_day_with(word: &str, sides: &[&str]) -> bool {
    let is_day = |rest: &str| {
        let rest = rest.trim_end_matches(['日', '号']);
        number(rest).is_some_and(|day| (1..=31).contains(&day))
    };
    sides.iter().any(|side| {
        word.strip_suffix(side).is_some_and(is_day) || word.strip_prefix(side).is_some_and(is_day)
    })
}

/// Whether a header is a day of the month.
fn is_day(word: &str) -> bool {
    let day = word.split_once('月').map_or(word, |(_, day)| day);
    day.strip_suffix(['日', '号']).and_then(number).is_some_and(|day| (1..=31).contains(&day))
}

/// Whether a header, or the name of a sheet, is that of a warehouse.
fn is_warehouse(word: &str) -> bool {
    /// What stands before 仓 in words of movements and of the job.
    const MOVES: [char; 15] =
        ['入', '出', '进', '退', '调', '转', '移', '分', '到', '在', '开', '各', '总', '本', '全'];
    /// What stands before 库 in the name of a store.
    const STORES: [char; 8] = ['料', '品', '件', '材', '布', '料', '号', '区'];
    let bare = word.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
    let tail = word.len() - bare.len();
    for name in ["仓库", "仓"] {
        if let Some(before) = bare.strip_suffix(name) {
            return match before.chars().last() {
                Some(last) => tail <= 3 && !MOVES.contains(&last),
                None => (1..=3).contains(&tail),
            };
        }
    }
    if let Some(before) = word.strip_suffix('库') {
        return before.chars().last().is_some_and(|last| STORES.contains(&last));
    }
    let rest = ["warehouse", "wh", "store"].into_iter().find_map(|name| word.strip_prefix(name));
    rest.is_some_and(|rest| (1..=2).contains(&rest.trim_start_matches(['-', '#']).len()))
}

/// Whether a header is two rising numbers with a sign between.
fn span(word: &str, sign: char, most: u32) -> bool {
    word.split_once(sign).is_some_and(|(a, b)| match (number(a), number(b)) {
        (Some(a), Some(b)) => a < b && b <= most,
        _ => false,
    })
}

/// Reads a short whole number.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::header_word;

    #[test]
    fn headers_follow_their_pattern() {
        for (pattern, yes, no) in [
            (
                Pattern::Size,
                &[
                    "S", "2XL", "26", "110", "160/84A", "均码", "S/M", "S码", "18M", "4T", "7XL",
                    "73", "75B", "32DD", "7-8Y", "30/32", "30x32", "110cm", "M(38)", "2X", "37.5",
                    "EU 36", "UK 3.5",
                ][..],
                &["合计", "1", "2026", "71", "数量", "PCS", "5月"][..],
            ),
            (
                Pattern::Month,
                &[
                    "1月",
                    "12月份",
                    "Jan",
                    "Oct-26",
                    "2026-10",
                    "2026年3月",
                    "十一月",
                    "M1",
                    "2026/01",
                ],
                &["月均", "13月", "Mark", "2026", "日", "Marks"],
            ),
            (
                Pattern::Ageing,
                &["1-30天", "31～60天", "90天以上", "61-90", "90+", "30天以内"],
                &["天数", "5月", "逾期天数"],
            ),
        ] {
            for word in yes {
                assert!(pattern.matches(&header_word(word)), "{word} is a {pattern:?}");
            }
            for word in no {
                assert!(!pattern.matches(&header_word(word)), "{word} is no {pattern:?}");
            }
        }
    }
}
