//! The rules of the house that the compiler does not hold.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file and its text.
struct Source {
    /// Its path from the crate's root, with slashes.
    name: String,
    text: String,
}

impl Source {
    /// Returns the lines that are code: no comments, and nothing from the
    /// file's own tests on.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .take_while(|line| !line.starts_with("#[cfg(test)]"))
            .enumerate()
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(at, line)| (at + 1, line))
    }

    /// Returns where the code holds one of the words.
    fn holds(&self, words: &[&str]) -> Vec<String> {
        let found = self.code().filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        found.map(|(at, line)| format!("{}:{at}: {}", self.name, line.trim())).collect()
    }

    fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.contains("/tests/")
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the files below a folder whose names end so.
fn files(folder: &str, ending: &str) -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join(folder), ending, &mut found);
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!found.is_empty(), "nothing in {folder} ends with {ending}");
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.to_string_lossy().ends_with(ending) {
            let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
            found.push(Source { name, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

fn sources() -> Vec<Source> {
    files("src", ".rs").into_iter().filter(|source| !source.is_test()).collect()
}

#[track_caller]
fn nowhere(found: Vec<String>, rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn codes_are_named_where_they_are_explained() {
    let own = |source: &Source| source.name.starts_with("src/finding");
    let others = sources().into_iter().filter(|source| !own(source));
    nowhere(others.flat_map(|source| source.holds(&["Code(\""])).collect(), "in codes.rs alone");
    let named = fs::read_to_string(root().join("src/finding/codes.rs")).unwrap();
    let names = named.split("pub const ").skip(1).filter_map(|rest| rest.split(':').next());
    let used: String = sources().into_iter().filter(|s| !own(s)).map(|s| s.text).collect();
    let idle: Vec<String> =
        names.filter(|name| !used.contains(&format!("codes::{name}"))).map(str::to_owned).collect();
    // One is made beside the others, for every caller alike.
    nowhere(idle.into_iter().filter(|name| name != "BAD_ARGUMENT").collect(), "nobody finds it");
}

#[test]
fn engines_do_no_io_and_ask_no_clock() {
    let words = [
        "std::fs",
        "std::env",
        "std::io",
        "std::net",
        "std::process",
        "Local::now",
        "Utc::now",
        "Instant",
        "SystemTime",
        "crate::cli",
        "crate::commands",
        "crate::report",
        "crate::progress",
        "println!",
    ];
    let engines = sources().into_iter().filter(|source| source.name.starts_with("src/engine/"));
    nowhere(engines.flat_map(|source| source.holds(&words)).collect(), "engines are pure");
}

#[test]
fn foreign_libraries_have_one_home_each() {
    for (library, home) in [
        ("calamine", "src/input/"),
        ("rust_xlsxwriter", "src/report/xlsx"),
        ("comfy_table", "src/report/text"),
        ("indicatif", "src/cli/bar.rs"),
        ("encoding_rs", "src/input/"),
        ("chardetng", "src/input/"),
    ] {
        let word = format!("{library}::");
        let strangers = sources().into_iter().filter(|source| !source.name.starts_with(home));
        nowhere(
            strangers.flat_map(|source| source.holds(&[&word])).collect(),
            &format!("{library} is known to {home} alone"),
        );
    }
}

#[test]
fn only_the_command_line_prints_and_asks_the_clock() {
    let words = ["println!", "print!(", "stdout(", "stderr(", "Local::now", "env::args"];
    let strangers = sources().into_iter().filter(|source| source.name != "src/cli.rs");
    nowhere(strangers.flat_map(|source| source.holds(&words)).collect(), "only cli.rs prints");
}

#[test]
fn money_is_never_a_float() {
    let words = ["f64", "f32"];
    let exact = sources().into_iter().filter(|source| {
        ["src/engine/", "src/records/"].iter().any(|f| source.name.starts_with(f))
    });
    nowhere(exact.flat_map(|source| source.holds(&words)).collect(), "money is decimal");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = sources().into_iter().filter(|source| !source.text.starts_with("//! "));
    nowhere(silent.map(|source| source.name).collect(), "a file opens with a //! sentence");
}

#[test]
fn files_keep_to_their_length() {
    const LONGEST: usize = 500;
    let lengths: Vec<(usize, String)> = sources()
        .into_iter()
        .map(|source| {
            let own = source.text.lines().take_while(|line| !line.starts_with("#[cfg(test)]"));
            (own.count(), source.name)
        })
        .collect();
    let long = lengths.iter().filter(|(lines, _)| *lines > LONGEST);
    nowhere(long.map(|(lines, name)| format!("{name}: {lines}")).collect(), "500 lines a file");
    let mut sorted: Vec<usize> = lengths.iter().map(|(lines, _)| *lines).collect();
    sorted.sort_unstable();
    let median = sorted[sorted.len() / 2];
    assert!(median <= 150, "the median file has {median} lines");
}

/// Returns the functions of a file and how many lines each has.
fn functions(source: &Source) -> Vec<(usize, String)> {
    let lines: Vec<&str> =
        source.text.lines().take_while(|line| !line.starts_with("#[cfg(test)]")).collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let words = line.trim_start().trim_start_matches("pub ").trim_start_matches("const ");
        let words =
            words.split_once(") ").filter(|_| words.starts_with("pub(")).map_or(words, |w| w.1);
        let Some(name) = words.strip_prefix("fn ") else { continue };
        let end = format!("{indent}}}");
        let length = lines[at..].iter().position(|line| *line == end).map_or(1, |last| last + 1);
        let name = name.split(['(', '<']).next().unwrap_or_default();
        found.push((length, format!("{} {name}", source.name)));
    }
    found
}

#[test]
fn functions_keep_to_their_length() {
    const LONGEST: usize = 80;
    let mut all: Vec<(usize, String)> = sources().iter().flat_map(functions).collect();
    all.sort();
    let long = all.iter().filter(|(lines, _)| *lines > LONGEST);
    nowhere(long.map(|(lines, name)| format!("{name}: {lines}")).collect(), "80 lines a function");
    assert!(all.len() > 500, "only {} functions were found", all.len());
    let most = all[all.len() * 9 / 10].0;
    assert!(most < 40, "nine of ten functions have up to {most} lines");
}

#[test]
fn no_file_is_a_drawer_for_everything() {
    let drawers = ["util.rs", "utils.rs", "helpers.rs", "misc.rs", "common.rs"];
    let found = sources()
        .into_iter()
        .filter(|source| drawers.iter().any(|drawer| source.name.ends_with(&format!("/{drawer}"))));
    nowhere(found.map(|source| source.name).collect(), "a file is named for what it does");
}

#[test]
fn every_command_has_its_tests() {
    let tests: Vec<String> = files("tests/it", ".rs").into_iter().map(|test| test.text).collect();
    for source in files("src/commands", ".rs") {
        // A command is a file with arguments of its own.
        if !source.text.contains("clap::Args)]") {
            continue;
        }
        let path = source.name.trim_start_matches("src/commands/").trim_end_matches(".rs");
        let words: Vec<String> =
            path.trim_end_matches("/mod").split('/').map(|word| format!("\"{word}\"")).collect();
        let run = words.join(", ");
        assert!(tests.iter().any(|test| test.contains(&run)), "no test runs {run}");
    }
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    let places = ["/work/", "/tmp/", "/root/", "/home/", "C:\\Users"];
    let mut texts = files("src", "");
    texts
        .extend(files("tests", ".rs").into_iter().filter(|test| !test.name.ends_with("layout.rs")));
    nowhere(
        texts
            .iter()
            .flat_map(|source| {
                source.text.lines().enumerate().filter_map(|(at, line)| {
                    let found = places.iter().any(|place| line.contains(place));
                    found.then(|| format!("{}:{}: {line}", source.name, at + 1))
                })
            })
            .collect(),
        "no path of a machine",
    );
}

#[test]
fn nothing_lies_at_the_root_that_is_not_of_the_house() {
    let known = ["CHANGELOG.md", "README.md"];
    let notes = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name());
    let notes = notes.map(|name| name.to_string_lossy().into_owned());
    let strangers = notes.filter(|name| name.ends_with(".md") && !known.contains(&name.as_str()));
    nowhere(strangers.collect(), "notes of work in progress are not part of the project");
}
