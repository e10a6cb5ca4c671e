//! The commands as a person types them: what they print, and the exit code.

use std::io::Read;
use std::process::Stdio;

use crate::sandbox::Sandbox;

#[test]
fn without_a_word_it_says_what_it_can_do() {
    let ran = Sandbox::new().run(&[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with("跟单"), "{ran}");
    assert!(ran.stdout.contains("解释："), "{ran}");
}

#[test]
fn a_misspelt_option_is_refused_with_how_it_should_look() {
    let ran = Sandbox::new().run(&["explain", "--langg", "en", "--lang", "en"]);
    assert_eq!(
        ran.to_string(),
        "exit 2\n--- stdout\n--- stderr\n\
         gendan: `--langg` means nothing here; near it: --lang\n\
         Usage: gendan explain [OPTIONS] [CODE]...\n"
    );
}

#[test]
fn explain_says_what_a_code_means() {
    let ran = Sandbox::new().run(&["explain", "next-period", "--lang", "en"]);
    assert_eq!(
        ran.to_string(),
        "exit 0\n--- stdout\n\
         What codes mean\n\n\
         next-period  next period\n\
         Said of: reason for having no partner\n\
         Meaning: Dated after their cut-off or in transit at the period's end; it belongs on next \
         period's paper.\n\
         Example: They close on the 28th; we received on the 30th.\n\
         What to do: No difference; it is carried and will be checked next month.\n\
         --- stderr\n"
    );
}

#[test]
fn explain_knows_names_as_well_as_codes_in_any_language() {
    let sandbox = Sandbox::new();
    let by_code = sandbox.run(&["explain", "total-mismatch"]);
    assert_eq!(by_code.code, 0);
    for args in [["解释", "合计不符"], ["解釋", "合計不符"], ["explain", "Total is not its rows"]]
    {
        assert_eq!(sandbox.run(&args), by_code, "{args:?}");
    }
}

#[test]
fn explain_offers_near_codes_for_one_that_is_not() {
    let ran = Sandbox::new().run(&["explain", "damagd-id", "--lang", "en"]);
    assert_eq!(
        ran.to_string(),
        "exit 2\n--- stdout\n--- stderr\n\
         gendan: there is no code `damagd-id`; near it: damaged-id, masked-id\n"
    );
}

#[test]
fn explain_gives_every_code_to_programs() {
    let ran = Sandbox::new().run(&["explain", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let rows = report["sections"][0]["rows"].as_array().unwrap();
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert!(codes.is_sorted());
    for code in ["total-mismatch", "matched", "quantity", "split", "next-period"] {
        assert!(codes.contains(&code), "{code}");
    }
}

#[test]
fn completions_come_from_the_grammar() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = Sandbox::new().run(&["completions", shell]);
        assert_eq!(ran.code, 0, "{ran}");
        assert!(ran.stdout.contains("explain"), "{shell}");
    }
}

#[test]
fn manual_pages_are_printed_or_written_one_a_command() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["man"]).stdout.contains(".TH gendan 1"));
    let ran = sandbox.run(&["man", "pages"]);
    assert_eq!(ran.code, 0, "{ran}");
    let written: Vec<&str> = ran.stdout.lines().collect();
    assert!(written.contains(&"pages/gendan-explain.1"), "{ran}");
    assert_eq!(sandbox.files().len(), written.len() + 1);
}

#[test]
fn a_reader_who_leaves_early_is_no_error() {
    let sandbox = Sandbox::new();
    let mut child = sandbox
        .command(&["explain", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}
