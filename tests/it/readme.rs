//! README is true: every `$ gendan …` of its console blocks is run, in a
//! folder that holds the sample month as `2026-10/`, and prints what README
//! says it prints. `GENDAN_UPDATE=readme cargo test readme` writes anew what
//! it prints; whoever does that reads the difference.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use crate::examples::sample;
use crate::sandbox::Sandbox;

/// The words of a command line, without its quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Runs `gendan …`, with `| head -n N` as the only pipe there is.
fn run(sandbox: &Sandbox, line: &str) -> String {
    let (line, shown) = match line.split_once("| head -n ") {
        Some((line, count)) => (line, count.trim().parse().unwrap()),
        None => (line, usize::MAX),
    };
    let words = words(line);
    let args: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
    let output = sandbox.command(&args).env("LC_ALL", "en_US.UTF-8").output().unwrap();
    assert!(output.status.code() != Some(2), "{line}\n{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().take(shown).fold(String::new(), |mut all, line| {
        let _ = writeln!(all, "{}", line.trim_end());
        all
    })
}

/// Returns a text with what its console blocks print written anew.
fn rewritten(readme: &str) -> String {
    let sandbox = Sandbox::new();
    for (name, bytes) in sample::month().papers {
        sandbox.write(&format!("2026-10/{name}"), bytes);
    }
    let mut written = String::new();
    let (mut in_block, mut printed_by_us) = (false, false);
    for line in readme.lines() {
        if line.starts_with("```") {
            in_block = line == "```console";
            printed_by_us = false;
        }
        let command = line.strip_prefix("$ ").filter(|_| in_block);
        if command.is_some() || !(in_block && printed_by_us) {
            let _ = writeln!(written, "{line}");
        }
        if let Some(command) = command {
            printed_by_us = command.starts_with("gendan");
            if printed_by_us {
                written.push_str(&run(&sandbox, command));
            }
        }
    }
    written
}

#[test]
fn readme_prints_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    assert!(readme.matches("\n$ gendan").count() >= 4, "README shows how it is used");
    let rewritten = rewritten(&readme);
    if env::var("GENDAN_UPDATE").is_ok_and(|what| what == "readme") {
        fs::write(&path, &rewritten).unwrap();
        return;
    }
    for (at, (now, then)) in rewritten.lines().zip(readme.lines()).enumerate() {
        let update = "`GENDAN_UPDATE=readme cargo test readme` writes it anew";
        assert_eq!(now, then, "README line {} ({update})", at + 1);
    }
    assert_eq!(rewritten, readme);
}
