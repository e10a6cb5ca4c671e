//! Carriers that everybody knows by several names. The names are data:
//! `carriers.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::settings::SupplierNames;
use crate::text::fold;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    carriers: Vec<Names>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    names: Vec<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| data::read(compiled_in!("party/carriers")));

/// Whether a text is the name of a carrier that everybody knows, and nothing
/// else.
pub fn is_known_carrier(text: &str) -> bool {
    let folded = fold(text);
    KNOWN.carriers.iter().flat_map(|one| &one.names).any(|name| fold(name) == folded)
}

/// Returns the known carriers of which a name occurs among `written`, beside
/// those that the settings name.
pub fn known_carriers(written: &[String], settings: &[SupplierNames]) -> Vec<SupplierNames> {
    let written: Vec<String> = written.iter().map(|name| fold(name)).collect();
    let taken = |name: &str| {
        let name = fold(name);
        let names = settings.iter().flat_map(|one| std::iter::once(&one.name).chain(&one.aliases));
        names.map(|other| fold(other)).any(|other| other == name)
    };
    let mut firms = settings.to_vec();
    for Names { names } in &KNOWN.carriers {
        let occurs = names.iter().any(|name| written.contains(&fold(name)));
        let Some((name, aliases)) = names.split_first() else { continue };
        if occurs && !names.iter().any(|name| taken(name)) {
            firms.push(SupplierNames { name: name.clone(), aliases: aliases.to_vec() });
        }
    }
    firms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_join_and_settings_go_before_them() {
        let written = ["SF".to_owned(), "疾风".to_owned()];
        let firms = known_carriers(&written, &[]);
        assert_eq!(firms.len(), 1);
        assert_eq!(firms[0].name, "顺丰速运");
        let own = SupplierNames { name: "顺丰广州".into(), aliases: vec!["sf".into()] };
        assert_eq!(known_carriers(&written, &[own]).len(), 1);
    }
}
