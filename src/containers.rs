//! Containers and trucks by the names people give them, or by their inside
//! (`5870x2330x2200`).

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::{fold, nearest};

/// A container, a truck, or room for loose cargo.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Container {
    /// What it is called, the name to show first.
    pub names: Vec<String>,
    /// Length, width and height of its inside, in millimetres.
    #[serde(default)]
    pub inside: [u32; 3],
    /// Width and height of its door; `None`: it opens over its whole end.
    #[serde(default)]
    pub door: Option<[u32; 2]>,
    /// What it may carry, in kilograms.
    #[serde(default)]
    pub payload: Option<u32>,
    /// Loose cargo: up to so many cubic metres are worth sending so.
    #[serde(default)]
    pub loose: Option<u32>,
}

impl Container {
    /// Makes one that is known by its inside alone; `None` if the text is not
    /// three lengths in millimetres.
    fn of_size(text: &str) -> Option<Self> {
        let folded = fold(text).replace(['*', '×', ','], "x");
        let edges: Vec<u32> = folded
            .trim_end_matches("mm")
            .split('x')
            .map(|edge| edge.trim().parse().ok())
            .collect::<Option<_>>()?;
        let inside: [u32; 3] = edges.try_into().ok()?;
        let possible = inside.iter().all(|edge| (1..=LONGEST).contains(edge));
        let shown = inside.map(|edge| edge.to_string()).join("x");
        possible.then(|| Self {
            names: vec![shown],
            inside,
            door: None,
            payload: None,
            loose: None,
        })
    }

    /// Returns the name to show.
    pub fn name(&self) -> &str {
        self.names.first().map_or("", String::as_str)
    }
}

/// Longer rooms are none that cartons are loaded into.
const LONGEST: u32 = 100_000;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    containers: Vec<Container>,
}

const SOURCE: &str = include_str!("containers.toml");

// A source that does not parse is empty here and fails the tests below.
static SHIPPED: LazyLock<Vec<Container>> =
    LazyLock::new(|| toml::from_str(SOURCE).unwrap_or(Shipped::default()).containers);

/// Returns what a person means by a name or a size: one of `own` first.
///
/// # Errors
///
/// The names that are most like it, if it is none.
pub fn named(text: &str, own: &[Container]) -> Result<Container, Vec<String>> {
    let wanted = key(text);
    let all = || own.iter().chain(SHIPPED.iter());
    let found = all().find(|one| one.names.iter().any(|name| key(name) == wanted));
    if let Some(container) = found.cloned().or_else(|| Container::of_size(text)) {
        return Ok(container);
    }
    let near = nearest(text, all().flat_map(|one| &one.names).map(String::as_str));
    Err(near.into_iter().map(str::to_owned).collect())
}

fn key(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric() || *c == '.').collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_shipped_is_whole_and_named_once() {
        assert!(SHIPPED.len() > 8);
        let mut seen = BTreeSet::new();
        for container in SHIPPED.iter() {
            assert!(container.loose.is_some() || container.inside.iter().all(|edge| *edge > 0));
            for name in &container.names {
                assert!(seen.insert(key(name)), "{name}");
            }
        }
    }

    #[test]
    fn containers_are_known_by_many_names_and_by_their_inside() {
        let name = |text: &str| named(text, &[]).map(|one| one.name().to_owned());
        assert_eq!(name("40hq").as_deref(), Ok("40HQ"));
        assert_eq!(name("40'HC").as_deref(), Ok("40HQ"));
        assert_eq!(name("高柜").as_deref(), Ok("40HQ"));
        assert_eq!(name("9.6米").as_deref(), Ok("9.6M"));
        assert_eq!(name("5870x2330x2200").as_deref(), Ok("5870x2330x2200"));
        assert_eq!(name("5870*2330*2200mm").as_deref(), Ok("5870x2330x2200"));
        assert!(name("40HX").is_err_and(|near| near.contains(&"40HQ".to_owned())));
        assert!(name("0x2330x2200").is_err());
        let own = Container {
            names: vec!["40HQ".into()],
            inside: [12000, 2340, 2690],
            door: None,
            payload: Some(22_000),
            loose: None,
        };
        assert_eq!(named("40hq", std::slice::from_ref(&own)), Ok(own));
    }
}
