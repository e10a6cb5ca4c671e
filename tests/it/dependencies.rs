//! What the crate is built of: where it comes from and under which licences,
//! by the rules of `deny.toml`, on machines without `cargo deny` too.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Returns what Cargo says of every package that a build on this machine
/// takes in.
fn packages() -> Vec<Value> {
    let version = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let version = String::from_utf8(version).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let told = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform"])
        .arg(host)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    // A name may be in the lock file for other platforms alone.
    let nodes = told["resolve"]["nodes"].as_array().unwrap();
    let built: Vec<&str> = nodes.iter().filter_map(|node| node["id"].as_str()).collect();
    let all = told["packages"].as_array().unwrap().iter();
    all.filter(|package| built.contains(&package["id"].as_str().unwrap())).cloned().collect()
}

fn rules() -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml");
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

fn list<'r>(rules: &'r toml::Table, section: &str, key: &str) -> Vec<&'r str> {
    rules[section][key].as_array().unwrap().iter().map(|item| item.as_str().unwrap()).collect()
}

/// Whether an expression of licences leaves a choice that is allowed.
fn is_allowed(expression: &str, allowed: &[&str]) -> bool {
    let text = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let text = text.replace(" WITH ", "+WITH+");
    let mut words = text.split_whitespace().peekable();
    any_of(&mut words, allowed)
}

type Words<'w> = std::iter::Peekable<std::str::SplitWhitespace<'w>>;

fn any_of(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut found = all_of(words, allowed);
    while words.next_if_eq(&"OR").is_some() {
        found |= all_of(words, allowed);
    }
    found
}

fn all_of(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    let mut found = one(words, allowed);
    while words.next_if_eq(&"AND").is_some() {
        found &= one(words, allowed);
    }
    found
}

fn one(words: &mut Words<'_>, allowed: &[&str]) -> bool {
    match words.next() {
        Some("(") => {
            let found = any_of(words, allowed);
            words.next();
            found
        }
        Some(name) => allowed.contains(&name.replace("+WITH+", " WITH ").as_str()),
        None => false,
    }
}

#[test]
fn every_dependency_may_be_used_and_comes_from_the_registry() {
    let rules = rules();
    let allowed = list(&rules, "licenses", "allow");
    let registries: Vec<String> = list(&rules, "sources", "allow-registry")
        .iter()
        .map(|url| format!("registry+{url}"))
        .collect();
    let packages = packages();
    assert!(packages.len() > 50, "{} packages", packages.len());
    for package in packages.iter().filter(|package| package["name"] != "gendan") {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or("none");
        assert!(is_allowed(licence, &allowed), "{name}: {licence}");
        let source = package["source"].as_str().unwrap_or("elsewhere");
        assert!(registries.iter().any(|registry| registry == source), "{name}: {source}");
    }
}

#[test]
fn every_dependency_has_its_reason() {
    let text = include_str!("../../Cargo.toml");
    let tables = text.split("\n[").filter(|table| table.contains("dependencies]\n"));
    for table in tables {
        let mut lines = table.lines().skip(1);
        let first = lines.next().unwrap_or_default();
        assert!(first.starts_with("# "), "{first} has no reason");
        // One reason may be that of several that belong together.
        let groups = lines.filter(|line| !line.is_empty()).fold(vec![0], |mut groups, line| {
            if line.starts_with("# ") {
                groups.push(0)
            } else {
                *groups.last_mut().unwrap() += 1
            }
            groups
        });
        assert!(groups.iter().all(|group| *group <= 7), "a reason for each: {groups:?}");
    }
}

#[test]
fn expressions_of_licences_are_understood() {
    let allowed = ["MIT", "Apache-2.0 WITH LLVM-exception", "Zlib"];
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("MIT AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
        ("none", false),
    ] {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}
