//! Where parcels go: provinces and cities in all their spellings, and the
//! regions that a rate card names. The places are data: `places.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::text::fold;

/// A province and the cities in it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    names: Vec<String>,
    #[serde(default)]
    cities: Vec<String>,
}

/// A list of words.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

/// All of `places.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Places {
    provinces: Vec<Province>,
    groups: BTreeMap<String, Vec<String>>,
    rest: Words,
    noise: Words,
}

/// The places by their folded names.
#[derive(Debug, Default)]
struct Gazetteer {
    places: Places,
    provinces: FxHashMap<String, usize>,
    cities: FxHashMap<String, usize>,
    /// The longest name, in characters.
    longest: usize,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let places: Places = toml::from_str(include_str!("places.toml")).unwrap_or_default();
    let mut gazetteer = Gazetteer::default();
    for (index, province) in places.provinces.iter().enumerate() {
        gazetteer.provinces.extend(province.names.iter().map(|name| (fold(name), index)));
        gazetteer.cities.extend(province.cities.iter().map(|name| (fold(name), index)));
    }
    let names = gazetteer.provinces.keys().chain(gazetteer.cities.keys());
    gazetteer.longest = names.map(|name| name.chars().count()).max().unwrap_or_default();
    gazetteer.places = places;
    gazetteer
});

/// Where a parcel goes, as far as its destination tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    text: String,
    province: Option<usize>,
    city: Option<String>,
}

impl Place {
    /// Reads a destination: a province, a city, or an address.
    pub fn parse(text: &str) -> Self {
        let text = fold(text);
        let (province, city) = GAZETTEER.find(&text);
        Self { text, province, city }
    }

    /// Returns the province as reports show it.
    pub fn province(&self) -> Option<&'static str> {
        let province = GAZETTEER.places.provinces.get(self.province?)?;
        province.names.first().map(String::as_str)
    }

    /// Whether nothing is known of it.
    pub fn is_unknown(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether two destinations may be the same: one may say more than the
    /// other.
    pub fn agrees(&self, other: &Self) -> bool {
        if self.is_unknown() || other.is_unknown() || self.text == other.text {
            return true;
        }
        match (self.province, other.province) {
            (Some(one), Some(two)) => {
                let cities = self.city.as_ref().zip(other.city.as_ref());
                one == two && cities.is_none_or(|(one, two)| one == two)
            }
            _ => self.text.contains(&other.text) || other.text.contains(&self.text),
        }
    }
}

impl Gazetteer {
    /// Finds province and city in a folded text: a province at its start, or
    /// the first city or province anywhere in it.
    fn find(&self, text: &str) -> (Option<usize>, Option<String>) {
        if let Some(&province) = self.provinces.get(text) {
            return (Some(province), None);
        }
        let chars: Vec<char> = text.chars().collect();
        let mut province = None;
        let mut at = 0;
        while at < chars.len() {
            let Some((length, found, is_city)) = self.longest_at(&chars[at..]) else {
                at += 1;
                continue;
            };
            match (is_city, province) {
                (false, None) => province = Some(found),
                (true, None) => {
                    return (Some(found), Some(chars[at..at + length].iter().collect()));
                }
                // A city of another province is the name of a street.
                (true, Some(known)) if known == found => {
                    return (province, Some(chars[at..at + length].iter().collect()));
                }
                _ => {}
            }
            at += length;
        }
        (province, None)
    }

    /// Returns the longest name of two characters or more that a text begins
    /// with.
    fn longest_at(&self, chars: &[char]) -> Option<(usize, usize, bool)> {
        (2..=self.longest.min(chars.len())).rev().find_map(|length| {
            let name: String = chars[..length].iter().collect();
            let province = self.provinces.get(&name).map(|&found| (length, found, false));
            province.or_else(|| self.cities.get(&name).map(|&found| (length, found, true)))
        })
    }
}

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
        let (name, except) = without_exceptions(text);
        let folded = fold(&name);
        if folded.is_empty() {
            return None;
        }
        let is_rest = GAZETTEER.places.rest.words.iter().any(|word| fold(word) == folded);
        let what = if is_rest { What::Rest } else { What::Place(Place::parse(&name)) };
        Some(Self { what, except })
    }

    /// Reads a cell of names: `浙江、江苏、上海`, `江浙沪`, `北京天津河北`.
    pub fn list(text: &str) -> Vec<Self> {
        let mut regions = Vec::new();
        for part in split(text) {
            let folded = fold(&part);
            let group = GAZETTEER.places.groups.iter().find(|(name, _)| fold(name) == folded);
            match group {
                Some((_, names)) => {
                    regions.extend(names.iter().filter_map(|name| Self::parse(name)));
                }
                None => match row_of_names(&folded) {
                    Some(places) => regions.extend(
                        places.into_iter().map(|p| Self { what: What::Place(p), except: vec![] }),
                    ),
                    None => regions.extend(Self::parse(&part)),
                },
            }
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

impl Place {
    /// Returns how closely it holds another place, if it does.
    fn covers(&self, place: &Self) -> Option<u8> {
        if self.text == place.text && !self.text.is_empty() {
            return Some(4);
        }
        match (&self.city, self.province) {
            (Some(city), _) => (place.city.as_ref() == Some(city)).then_some(3),
            (None, Some(province)) => (place.province == Some(province)).then_some(2),
            (None, None) => {
                (self.text.chars().count() > 1 && place.text.contains(&self.text)).then_some(1)
            }
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

/// Takes the exceptions off a name: `广东(除深圳、珠海)`.
fn without_exceptions(text: &str) -> (String, Vec<Place>) {
    let text = GAZETTEER.places.noise.words.iter().fold(text.to_owned(), |text, word| {
        if text.trim() == word { text } else { text.replace(word.as_str(), "") }
    });
    let Some(at) = text.find(['(', '（']) else { return (text, Vec::new()) };
    let (name, inside) = text.split_at(at);
    let inside = inside.trim_matches(['(', '（', ')', '）', ' ']);
    let Some(except) = inside.trim_start_matches('不').strip_prefix(['除', '含']) else {
        return (name.trim().to_owned(), Vec::new());
    };
    if inside.starts_with('含') {
        return (name.trim().to_owned(), Vec::new());
    }
    let except = except.trim_end_matches("以外").trim_end_matches('外');
    (name.trim().to_owned(), split(except).iter().map(|part| Place::parse(part)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn province(text: &str) -> &'static str {
        Place::parse(text).province().unwrap_or("?")
    }

    #[test]
    fn spellings_of_destinations() {
        for (text, expected) in [
            ("广东省", "广东"),
            ("廣東", "广东"),
            ("深圳", "广东"),
            ("广东省深圳市南山区科技园", "广东"),
            ("杭州市", "浙江"),
            ("內蒙古自治區", "内蒙古"),
            ("Zhejiang", "浙江"),
            ("上海市浦东新区南京路", "上海"),
            ("火星", "?"),
            ("", "?"),
        ] {
            assert_eq!(province(text), expected, "{text}");
        }
    }

    #[test]
    fn places_agree_where_one_says_more() {
        let agree = |a: &str, b: &str| Place::parse(a).agrees(&Place::parse(b));
        assert!(agree("广东省", "深圳") && agree("", "深圳") && agree("四川", "四川省"));
        assert!(!agree("四川省", "安徽") && !agree("深圳", "广州") && !agree("London", "Paris"));
    }

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
    }
}
