//! Where goods go: provinces and cities in all their spellings, and the
//! regions that a rate card names. The places are data: `places.toml`.

mod region;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::text::fold;

pub use region::Region;

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
    zones: Zones,
}

/// How zones are named that are no places.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Zones {
    words: Vec<String>,
    before: Vec<String>,
    behind: Vec<String>,
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
    let places: Places = data::read(compiled_in!("places/places"));
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

/// Whether a header names where prices are for: places and nothing else, or
/// a zone (`一区`, `Zone 2`, `省内`).
pub fn heads_places(text: &str) -> bool {
    /// Longer texts are sentences.
    const LONGEST: usize = 240;
    if text.len() > LONGEST || !text.contains(char::is_alphabetic) {
        return false;
    }
    let regions = Region::list(text);
    names_zone(text) || !regions.is_empty() && regions.iter().all(Region::is_known)
}

/// Whether a text is the name of a zone: a number or letter with the word, or
/// one of the words that say how far.
pub fn names_zone(text: &str) -> bool {
    const NUMBERS: &str = "一二三四五六七八九十";
    let folded = fold(text);
    let zones = &GAZETTEER.places.zones;
    let counts = |rest: &str| {
        let rest = rest.trim_matches(['-', '.', ':', '第']);
        let one = rest.chars().count() == 1 && rest.starts_with(|c: char| c.is_alphabetic());
        let all = |test: &dyn Fn(char) -> bool| !rest.is_empty() && rest.chars().all(test);
        (one && rest.is_ascii())
            || rest.len() <= 6 && (all(&|c| c.is_ascii_digit()) || all(&|c| NUMBERS.contains(c)))
    };
    let is = |word: &String| fold(word) == folded;
    zones.words.iter().any(is)
        || zones.before.iter().filter_map(|word| folded.strip_prefix(&**word)).any(counts)
        || zones.behind.iter().filter_map(|word| folded.strip_suffix(&**word)).any(counts)
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
    fn headers_that_name_places_or_zones() {
        for text in [
            "江浙沪",
            "皖粤闽",
            "两湖、四川",
            "新疆/西藏",
            "其他",
            "一区",
            "3区",
            "Zone 2",
            "Zone A",
            "省内",
        ] {
            assert!(heads_places(text), "{text}");
        }
        for text in ["中通", "首重", "单价", "区域", "A", "1kg", "云朵小店", "Zone", "时效", ""]
        {
            assert!(!heads_places(text), "{text}");
        }
    }
}
