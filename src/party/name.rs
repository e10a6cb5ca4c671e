//! One spelling of a firm's name, taken apart: where it is, what it calls
//! itself, what other names it gives in brackets.

use super::words::WORDS;
use crate::text::fold;

/// A name as it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// The whole of it.
    pub(super) whole: String,
    /// The place it names, if it does.
    region: Option<String>,
    /// What is left of it without place and legal form, and the same of each
    /// other name in brackets.
    pub(super) cores: Vec<String>,
    /// What it may be called for short: the beginning of its core.
    pub(super) brands: Vec<String>,
}

/// How alike two names are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// Two firms.
    Unlike,
    /// The shorter is a short form of the longer.
    ShortForm,
    /// The same, but for place or legal form.
    Same,
}

/// The fewest characters that two names must begin with alike for one to be a
/// short form of the other: with fewer, sister firms would run together.
const COMMON_START: usize = 2;

impl Name {
    pub(super) fn new(text: &str) -> Self {
        let whole = fold(text);
        let (outside, brackets) = without_brackets(&whole);
        let (mut region, core) = core_of(&outside);
        let mut cores = vec![core];
        for bracket in brackets {
            match core_of(&bracket) {
                (place, core) if core.is_empty() => region = region.or(place),
                (_, core) => cores.push(core),
            }
        }
        cores.retain(|core| core.chars().count() >= 2);
        if cores.is_empty() {
            cores.push(whole.clone());
        }
        let brands = brands(text, &cores);
        Self { whole, region, cores, brands }
    }

    /// Compares two names.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        if self.whole == other.whole {
            return Likeness::Same;
        }
        if self.is_elsewhere(other) || self.is_expense() || other.is_expense() {
            return Likeness::Unlike;
        }
        let pairs =
            self.cores.iter().flat_map(|mine| other.cores.iter().map(move |its| (mine, its)));
        pairs.map(|(mine, its)| core_likeness(mine, its)).max().unwrap_or(Likeness::Unlike)
    }

    /// Whether both names say where they are, and neither place is in the other.
    pub(super) fn is_elsewhere(&self, other: &Self) -> bool {
        let (Some(mine), Some(its)) = (&self.region, &other.region) else { return false };
        !WORDS.is_within(mine, its) && !WORDS.is_within(its, mine)
    }

    /// Whether it names an expense, not a firm.
    fn is_expense(&self) -> bool {
        WORDS.expense.iter().any(|word| self.whole.ends_with(word.as_str()))
    }

    /// Returns the characters by which a name alike must begin in one of its
    /// cores: the key under which candidates are looked up.
    pub(super) fn starts(&self) -> impl Iterator<Item = String> + '_ {
        self.cores.iter().map(|core| core.chars().take(COMMON_START).collect())
    }
}

/// Returns the short names under which file and sheet names have a firm: three
/// characters of a Chinese name, the first word of a Latin one.
fn brands(text: &str, cores: &[String]) -> Vec<String> {
    let chinese = cores
        .iter()
        .filter(|core| !core.is_ascii() && core.chars().count() > 3)
        .map(|core| core.chars().take(3).collect());
    let words = text.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_lowercase);
    let latin = words.filter(|word| word.len() >= 5 && !WORDS.legal.contains(word));
    let latin =
        latin.take(1).filter(|word| cores.iter().any(|core| core.starts_with(word.as_str())));
    chinese.chain(latin).collect()
}

fn core_likeness(one: &str, other: &str) -> Likeness {
    if one == other {
        return Likeness::Same;
    }
    let (short, long) =
        if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let alike = short.chars().zip(long.chars()).take_while(|(a, b)| a == b).count();
    let needed = if short.is_ascii() { short.len() } else { COMMON_START.max(alike_needed(short)) };
    let rest: Vec<char> = short.chars().skip(alike).collect();
    let mut of_long = long.chars().skip(alike);
    let rest_in_order = rest.iter().all(|c| of_long.any(|other| other == *c));
    if alike >= needed && rest_in_order { Likeness::ShortForm } else { Likeness::Unlike }
}

/// How much of a short form must be the start of the long one: all of a name
/// of two or three characters, three of a longer one (brand, then a word of
/// trade that the long form may write in full).
fn alike_needed(short: &str) -> usize {
    short.chars().count().min(3)
}

/// Takes a name out of its brackets: the rest, and what stood in each.
fn without_brackets(whole: &str) -> (String, Vec<String>) {
    let mut outside = String::new();
    let mut brackets = Vec::new();
    let mut rest = whole;
    while let Some(open) = rest.find('(') {
        outside.push_str(&rest[..open]);
        let inside = &rest[open + 1..];
        let close = inside.find(')').unwrap_or(inside.len());
        brackets.push(inside[..close].to_owned());
        rest = inside.get(close + 1..).unwrap_or_default();
    }
    outside.push_str(rest);
    (outside, brackets)
}

/// Takes a code before it, place, legal form and what a payment is for off a
/// name: the place, and what is left.
fn core_of(name: &str) -> (Option<String>, String) {
    let name = without_code(name.trim_matches(|c: char| c.is_ascii_punctuation()));
    let (region, core) = without_places(name);
    let core = without_ending(core, &WORDS.purpose, 2);
    let core = without_person(core);
    let core = without_ending(core, &WORDS.legal, 0);
    (region, core.to_owned())
}

/// Takes our own code for a firm off its name (`S01恒锦川`, `03-恒锦川`): letters and
/// then digits before at least three Chinese characters.
fn without_code(name: &str) -> &str {
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = name.len() - rest.len();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = rest[digits..].trim_start_matches(['-', '.', ',', '_', ':', '#', '/']);
    let chinese = rest.chars().take(3).filter(|c| !c.is_ascii()).count() == 3;
    if letters <= 4 && (1..=6).contains(&digits) && chinese { rest } else { name }
}

/// Takes the places off the front of a name; the last is the nearest: 浙江绍兴…
/// is in 绍兴.
fn without_places(name: &str) -> (Option<String>, &str) {
    let (mut core, mut region) = (name, None);
    while let Some(word) = WORDS.regions.iter().find(|word| core.starts_with(word.as_str())) {
        region = Some(word.clone());
        core = core[word.len()..].trim_start_matches(['省', '市', '区', '县', '镇']);
    }
    match (town(core), &region) {
        (Some((_, rest)), Some(_)) if rest.chars().count() >= 2 => core = rest,
        // Without a place before it, what may be a town must leave a name.
        (Some((town, rest)), None)
            if without_ending(rest, &WORDS.legal, 0).chars().count() >= 4 =>
        {
            region = Some(town.to_owned());
            core = rest;
        }
        _ => {}
    }
    (region, core)
}

/// Returns the town that a name begins with and what stands behind it: one
/// that is not listed says itself that it is one (潢川县, 石排镇).
fn town(name: &str) -> Option<(&str, &str)> {
    let (at, sign) = name.char_indices().skip(2).take(2).find(|(_, c)| "市镇县".contains(*c))?;
    let (town, rest) = name.split_at(at + sign.len_utf8());
    let is_other = WORDS.no_town.iter().any(|word| town.ends_with(word.as_str()));
    (!is_other).then_some((&name[..at], rest))
}

/// Returns what a Chinese core may be without a place before it that is not
/// listed: behind two to four characters (潢川鸿达纸箱: 鸿达纸箱).
pub(super) fn behind_places(core: &str) -> Vec<String> {
    /// A brand and a trade: with less, strangers would meet.
    const LEAST: usize = 4;
    let is_chinese = core.chars().all(|c| !c.is_ascii() && c.is_alphabetic());
    let length = core.chars().count();
    let places = (2..=4).filter(|place| is_chinese && place + LEAST <= length);
    places.map(|place| core.chars().skip(place).collect()).collect()
}

/// Takes words off the end of a name as long as more than `left` characters
/// beside one more stay.
fn without_ending<'a>(name: &'a str, words: &[String], left: usize) -> &'a str {
    let mut core = name;
    while let Some(word) = words.iter().find(|word| core.ends_with(word.as_str())) {
        let rest = &core[..core.len() - word.len()];
        if rest.chars().count() <= left.max(1) {
            break;
        }
        core = rest.trim_end_matches(|c: char| c.is_ascii_punctuation());
    }
    core
}

/// Takes the person at the firm off its name (恒锦川王生).
fn without_person(name: &str) -> &str {
    let Some(word) = WORDS.address.iter().find(|word| name.ends_with(word.as_str())) else {
        return name;
    };
    let rest = &name[..name.len() - word.len()];
    let surname = rest.chars().next_back().filter(|c| WORDS.surnames.contains(*c));
    let firm = surname.map_or(rest, |c| &rest[..rest.len() - c.len_utf8()]);
    if surname.is_some() && firm.chars().count() >= 3 { firm } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(one: &str, other: &str) -> Likeness {
        let forward = Name::new(one).likeness(&Name::new(other));
        assert_eq!(forward, Name::new(other).likeness(&Name::new(one)), "{one} {other}");
        forward
    }

    #[test]
    fn spellings_of_one_firm_are_alike() {
        for (one, other) in [
            ("绍兴恒锦川织造有限公司", "恒锦川织造"),
            ("佛山市宏昌岗纽扣制品厂", "宏昌岗纽扣"),
            ("昱昌灣紡織股份有限公司", "昱昌湾纺织"),
            ("广州丽丰坊织带厂", "丽丰坊织带"),
            ("广州丽彩坊服装辅料行", "丽彩坊辅料"),
            ("广州丽彩坊服装辅料行", "丽彩坊"),
            ("Brightway Interlining (HK) Limited", "BRIGHTWAY INTERLINING (HK) LIMITED"),
            ("Brightway Interlining (HK) Limited", "博威衬布（Brightway）"),
            ("（广州）丽彩坊服装辅料行", "广州丽彩坊服装辅料行"),
            ("浙江鸿运谷包装材料有限公司", "鸿运谷包装"),
            ("浙江恒锦川织造有限公司", "绍兴恒锦川织造"),
            ("绍兴恒锦川织造有限公司", "柯桥恒锦川织造厂"),
            ("中山市小榄镇金盛五金制品厂", "金盛五金"),
            ("东莞市石排镇永盛五金厂", "永盛五金厂"),
            ("绍兴恒锦川织造有限公司", "S01恒锦川织造"),
            ("绍兴恒锦川织造有限公司", "03-恒锦川织造"),
            ("绍兴恒锦川织造有限公司", "恒锦川货款"),
            ("绍兴恒锦川织造有限公司", "恒锦川王老板"),
            ("潢川县鸿达纸箱厂", "鸿达纸箱有限公司"),
            ("株洲市鸿达纸箱厂", "湖南鸿达纸箱"),
        ] {
            assert!(likeness(one, other) > Likeness::Unlike, "{one} {other}");
        }
    }

    #[test]
    fn sister_firms_are_not() {
        for (one, other) in [
            ("广州丽彩坊服装辅料行", "广州丽丰坊织带厂"),
            ("丽彩坊", "丽丰坊"),
            ("新华纺织一厂", "新华纺织二厂"),
            ("广州恒达拉链厂", "深圳恒达拉链厂"),
            ("恒达拉链", "恒达纽扣"),
            ("恒锦川织造", "恒锦川印染"),
            ("东方明珠纺织", "东方明月纺织"),
            ("Bright Textile", "Brightway Textile"),
            ("浙江恒锦川织造有限公司", "广东恒锦川织造有限公司"),
            ("新大众纺织", "大众纺织"),
            ("水洗加工费", "水洗厂"),
            ("3M中国有限公司", "中国化工有限公司"),
            ("潢川县鸿达纸箱厂", "固始县鸿达纸箱厂"),
            ("新都市丽人服饰厂", "丽人服饰厂"),
            ("潢川鸿达纸箱厂", "鸿达纸箱厂"),
        ] {
            assert_eq!(likeness(one, other), Likeness::Unlike, "{one} {other}");
        }
    }

    #[test]
    fn a_name_behind_a_place_that_is_not_listed() {
        let is_behind = |long: &str, short: &str| {
            behind_places(&Name::new(long).cores[0]).contains(&Name::new(short).cores[0])
        };
        assert!(is_behind("潢川鸿达纸箱厂", "鸿达纸箱有限公司"));
        for (long, short) in
            [("新大众纺织", "大众纺织"), ("潢川鸿达", "鸿达"), ("恒达纸箱", "鸿达纸箱")]
        {
            assert!(!is_behind(long, short), "{long} {short}");
        }
    }
}
