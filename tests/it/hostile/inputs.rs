//! Inputs that are no files, or not the person's to read.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::process::Command;

use super::{HONEST, bounded};
use crate::sandbox::Sandbox;

/// Returns the codes of what is said about one file of a folder, whose other
/// file is honest.
fn said_of(sandbox: &Sandbox, name: &str) -> Vec<String> {
    sandbox.write("honest.csv", HONEST);
    let report = bounded(sandbox, &["inspect", "--format", "json", "."]);
    let inputs = report["inputs"].as_array().unwrap();
    assert!(inputs.iter().any(|input| input["path"] == "./honest.csv"), "{report:#}");
    let findings = report["findings"].as_array().unwrap().iter();
    let about = findings.filter(|finding| finding["at"].as_str().unwrap_or("").contains(name));
    about.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let sandbox = Sandbox::new();
    let made = Command::new("mkfifo").arg(sandbox.path("pipe.csv")).status().unwrap();
    assert!(made.success());
    assert_eq!(said_of(&sandbox, "pipe.csv"), ["skipped-file"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_device_without_end_is_read_to_the_bound() {
    let sandbox = Sandbox::new();
    let report = bounded(&sandbox, &["inspect", "--format", "json", "/dev/zero", "/dev/null"]);
    let findings = report["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 2, "{report:#}");
    assert!(findings.iter().all(|finding| finding["code"] == "unreadable-file"), "{report:#}");
}

#[test]
fn links_that_lead_nowhere_or_in_circles_are_told() {
    let sandbox = Sandbox::new();
    symlink("nowhere.csv", sandbox.path("broken.csv")).unwrap();
    assert_eq!(said_of(&sandbox, "broken.csv"), ["unreadable-file"]);
    symlink("circle.csv", sandbox.path("circle.csv")).unwrap();
    assert_eq!(said_of(&sandbox, "circle.csv"), ["unreadable-file"]);
    // A folder in itself holds its files once.
    symlink(".", sandbox.path("again")).unwrap();
    assert!(said_of(&sandbox, "honest.csv").iter().all(|code| code == "unknown-kind"));
    let report = bounded(&sandbox, &["inspect", "--format", "json", "."]);
    assert_eq!(report["inputs"].as_array().unwrap().len(), 1, "{report:#}");
}

#[test]
fn a_file_of_somebody_else_is_told_and_the_others_are_read() {
    let sandbox = Sandbox::new();
    sandbox.write("theirs.csv", HONEST);
    fs::set_permissions(sandbox.path("theirs.csv"), fs::Permissions::from_mode(0o0)).unwrap();
    // Who may do anything reads it all the same.
    if fs::read(sandbox.path("theirs.csv")).is_err() {
        assert_eq!(said_of(&sandbox, "theirs.csv"), ["unreadable-file"]);
    }
}

#[test]
fn names_that_are_no_text_are_read_and_shown_as_far_as_they_go() {
    let sandbox = Sandbox::new();
    let name = OsStr::from_bytes(b"\xC8\xEB\xBF\xE2.csv");
    fs::write(sandbox.path("").join(name), HONEST).unwrap();
    assert!(said_of(&sandbox, "\u{fffd}").iter().all(|code| code == "unknown-kind"));
    let mut command = sandbox.command(&["inspect", "--lang=en"]);
    let output = command.arg(name).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("gendan: ") && !said.contains("panicked"), "{said}");
}
