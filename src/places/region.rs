//! The regions that a rate card gives prices for: places, groups of places,
//! the rest of the country; with exceptions.

use super::{GAZETTEER, Place};
use crate::text::fold;

/// A region that a rate card gives a price for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    what: What,
    /// Places in it that have another price.
    except: Vec<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// A place of the gazetteer.
    Place(Place),
    /// Whatever the card does not name.
    Rest,
}

impl Region {
    /// Reads one name; `None` of nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let Name { name, except, .. } = Name::of(text);
        let folded = fold(&name);
        if folded.is_empty() {
            return None;
        }
        let is_rest = GAZETTEER.places.rest.words.iter().any(|word| fold(word) == folded);
        let what = if is_rest { What::Rest } else { What::Place(Place::parse(&name)) };
        Some(Self { what, except })
    }

    /// Reads a cell of names: `浙江、江苏、上海`, `江浙沪（含安徽）`, `北京天津河北`.
    pub fn list(text: &str) -> Vec<Self> {
        let mut regions = Vec::new();
        for part in split(text) {
            let Name { name, except, also } = Name::of(&part);
            let folded = fold(&name);
            let group = GAZETTEER.places.groups.iter().find(|(name, _)| fold(name) == folded);
            let several = match group {
                Some((_, names)) => Some(names.iter().map(|name| Place::parse(name)).collect()),
                None => row_of_names(&folded),
            };
            match several {
                Some(places) => regions.extend(
                    places
                        .into_iter()
                        .map(|place| Self { what: What::Place(place), except: except.clone() }),
                ),
                None => regions.extend(Self::parse(&part)),
            }
            regions.extend(also.iter().flat_map(|also| Self::list(also)));
        }
        regions
    }

    /// Returns how closely it names a place: a city more closely than its
    /// province, that more closely than the rest of the country; `None`: it
    /// is elsewhere.
    pub fn closeness(&self, place: &Place) -> Option<u8> {
        if self.except.iter().any(|except| except.covers(place).is_some()) {
            return None;
        }
        match &self.what {
            What::Rest => Some(0),
            What::Place(own) => own.covers(place),
        }
    }

    /// Whether it is a place that the gazetteer knows, or the rest of them.
    pub fn is_known(&self) -> bool {
        match &self.what {
            What::Rest => true,
            What::Place(place) => place.province.is_some(),
        }
    }
}

/// Splits a cell of names.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        // English names have spaces of their own.
        let latin =
            parts.last().and_then(|part| part.chars().next_back()).is_some_and(|c| c.is_ascii());
        let is_gap = c == '　' || c == ' ' && !latin;
        let is_break = depth == 0 && (is_gap || "、,，;；/|\n\r\t+".contains(c));
        match parts.last_mut() {
            Some(last) if !is_break => last.push(c),
            _ => parts.push(String::new()),
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

/// Reads names that stand in a row without a sign between them: provinces by
/// their full or short names (江浙沪皖), cities; `None` if anything else is in
/// it, or there is but one.
fn row_of_names(folded: &str) -> Option<Vec<Place>> {
    let chars: Vec<char> = folded.chars().collect();
    if chars.iter().all(char::is_ascii) {
        return None;
    }
    let mut names = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let length = GAZETTEER.longest_at(&chars[at..]).map(|(length, ..)| length);
        let short = || GAZETTEER.provinces.contains_key(&chars[at].to_string()).then_some(1);
        let length = length.or_else(short)?;
        names.push(chars[at..at + length].iter().collect::<String>());
        at += length;
    }
    (names.len() > 1).then(|| names.iter().map(|name| Place::parse(name)).collect())
}

/// A name, without what stands in brackets behind it.
struct Name {
    name: String,
    /// Places in it that are not meant.
    except: Vec<Place>,
    /// Places that are meant too.
    also: Vec<String>,
}

impl Name {
    /// Takes brackets off a name: `广东(除深圳、珠海)`, `新疆（和田除外）`,
    /// `江浙沪（含安徽）`; a remark of other words says nothing.
    fn of(text: &str) -> Self {
        let noise = &GAZETTEER.places.noise.words;
        let text = noise.iter().fold(text.to_owned(), |text, word| {
            if text.trim() == word { text } else { text.replace(word.as_str(), "") }
        });
        let mut found = Self { name: text.trim().to_owned(), except: vec![], also: vec![] };
        let Some(at) = text.find(['(', '（']) else { return found };
        let (name, inside) = text.split_at(at);
        found.name = name.trim().to_owned();
        let inside = inside.trim_matches(['(', '（', ')', '）', ' ']);
        let places = |names: &str| split(names).iter().map(|part| Place::parse(part)).collect();
        let without = ["不含", "不包括", "除了", "除", "excluding", "excl.", "except"];
        let with = ["包含", "包括", "含", "及", "including", "incl."];
        if let Some(names) = without.iter().find_map(|word| inside.strip_prefix(word)) {
            let names = names.trim_end_matches("以外").trim_end_matches('外');
            found.except = places(names);
        } else if let Some(names) = inside.strip_suffix("除外") {
            found.except = places(names);
        } else if let Some(names) = with.iter().find_map(|word| inside.strip_prefix(word)) {
            found.also = split(names);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_a_cell() {
        let names = |text: &str| -> Vec<&str> {
            let provinces = Region::list(text).into_iter().map(|region| match region.what {
                What::Place(place) => place.province().unwrap_or("?"),
                What::Rest => "*",
            });
            provinces.collect()
        };
        assert_eq!(names("浙江省、江苏省、上海"), ["浙江", "江苏", "上海"]);
        assert_eq!(names("江浙沪皖"), ["江苏", "浙江", "上海", "安徽"]);
        assert_eq!(names("北京天津河北"), ["北京", "天津", "河北"]);
        assert_eq!(names("黑吉辽"), ["黑龙江", "吉林", "辽宁"]);
        assert_eq!(names("新疆/西藏"), ["新疆", "西藏"]);
        assert_eq!(names("其他地区"), ["*"]);
        assert_eq!(names("Inner Mongolia, Gansu"), ["内蒙古", "甘肃"]);
        assert_eq!(names("江浙沪（含安徽）、广东"), ["江苏", "浙江", "上海", "安徽", "广东"]);
        assert_eq!(names("云南（参考价）"), ["云南"]);
    }

    #[test]
    fn the_closest_region_wins_and_exceptions_stay_out() {
        let place = Place::parse("广东省深圳市");
        let closeness = |text: &str| Region::parse(text).unwrap().closeness(&place);
        assert!(closeness("深圳") > closeness("广东"));
        assert!(closeness("广东") > closeness("其他"));
        assert_eq!(closeness("广东（除深圳、珠海）"), None);
        assert_eq!(closeness("浙江"), None);
        assert!(Region::parse("广东（不含深圳）").unwrap().closeness(&place).is_none());
        assert!(Region::list("广东（深圳、珠海除外）")[0].closeness(&place).is_none());
    }
}
