//! Command lines that cannot be meant: each is refused before anything is
//! written, in one sentence that says how to put it right.

use super::HONEST;
use crate::sandbox::Sandbox;

/// What is typed after the program's name, and what must be in the sentence.
const LINES: [(&[&str], &str); 29] = [
    (&["inspect"], "still missing: <INPUT>"),
    (&["inspect", "完全不同.ods"], "`完全不同.ods` is not there; no name in its folder is near"),
    (&["inspect", "A.csv"], "near names in the folder: a.csv"),
    (&["inspect", "*.ods"], "`*.ods` is not there"),
    (&["inspect", ""], "`` is not there"),
    (&["inspect", "empty"], "no file with a sheet in empty"),
    (&["inspect", "empty", "empty/*"], "no file with a sheet in empty, empty/*"),
    (&["empty"], "no file with a sheet in empty"),
    (&["stock", "ledger", "empty"], "no file with a sheet in empty"),
    (&["inspect", "a.csv#9"], "a.csv has no sheet `9`; it is one sheet without a name"),
    (&["inspect", "nokind=a.csv"], "`nokind` means nothing here"),
    (&["inspect", "a.csv", "-o", "a.csv"], "-o writes an xlsx workbook"),
    (&["inspect", "a.csv", "-o", "out.pdf"], "-o writes an xlsx workbook"),
    (&["inspect", "a.xlsx", "-o", "a.xlsx"], "is an input of this run"),
    (&["inspect", "a.xlsx", "-o", "./a.xlsx", "--force"], "is an input of this run"),
    (&["inspect", "a.csv", "-o", "no/out.xlsx"], "its folder does not exist"),
    (&["inspect", "a.csv", "-o", "empty"], "it is a folder; name a file in it"),
    (&["inspect", "a.csv", "-o", "a.csv/out.xlsx"], "a part of its path is a file"),
    (&["inspect", "a.csv", "--month", "2026-13"], "cannot be `2026-13`; write a month as 2026-10"),
    (&["inspect", "a.csv", "--month", "99999999999-1"], "write a month as 2026-10"),
    (&["inspect", "a.csv", "--today", "2026-02-30"], "write a day as 2026-11-03"),
    (&["inspect", "a.csv", "--format", "xml"], "write table, json, csv or md"),
    (&["inspect", "a.csv", "--settings", "no.toml"], "no.toml: there is no such file"),
    (&["inspect", "a.csv", "--settings", "gbk.toml"], "gbk.toml: it is no UTF-8 text"),
    (&["reconcile"], "still missing: freight, reseller, sales, supplier"),
    (&["reconcile", "nobody", "a.csv"], "`nobody` means nothing here; nothing is near it"),
    (&["compare", "a.csv"], "still missing: <RIGHT>"),
    (&["demo", "a.csv"], "a part of its path is a file"),
    (&["man", "a.csv"], "a part of its path is a file"),
];

#[test]
fn what_is_missing_may_be_in_the_file_that_cannot_be_read() {
    let sandbox = Sandbox::new();
    sandbox.write("broken.xlsx", "PK\u{3}\u{4}").write("a.csv", HONEST);
    for words in [
        ["reconcile", "supplier", "broken.xlsx"],
        ["reconcile", "freight", "broken.xlsx"],
        ["compare", "a.csv", "broken.xlsx"],
        ["pack", "load", "broken.xlsx"],
        ["pack", "labels", "broken.xlsx"],
    ] {
        let run = sandbox.run(&[&words[..], &["--lang", "en"]].concat());
        assert_eq!(run.code, 2, "{words:?}: {run}");
        assert!(run.stderr.contains("broken.xlsx cannot be read"), "{words:?}: {run}");
    }
}

#[test]
fn each_is_refused_with_what_to_do() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", HONEST).write("a.xlsx", HONEST).write("empty/notes.docx", "");
    sandbox.write("gbk.toml", b"# \xC8\xEB\n");
    let before = sandbox.files();
    for (words, sentence) in LINES {
        let run = sandbox.run(&[words, &["--lang", "en"]].concat());
        assert_eq!(run.code, 2, "{words:?}: {run}");
        assert!(run.stderr.contains(sentence) && run.stdout.is_empty(), "{words:?}: {run}");
        assert!(run.stderr.lines().all(|line| !line.trim().is_empty()), "{words:?}: {run}");
        assert_eq!(sandbox.files(), before, "{words:?}");
    }
    assert_eq!(std::fs::read(sandbox.path("a.csv")).unwrap(), HONEST.as_bytes());
}
