//! What stands at the place of an output stays whole, whatever happens while
//! the next one is made.
#![cfg(unix)]

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use calamine::{Reader as _, Xlsx, open_workbook};

use super::HONEST;
use crate::sandbox::Sandbox;

const INSPECT: [&str; 5] = ["inspect", "a.csv", "-o", "out.xlsx", "--format=json"];

/// A folder with one sheet, and a workbook already written about it.
fn written() -> (Sandbox, Vec<u8>) {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", HONEST);
    let run = sandbox.run(&INSPECT);
    assert!(run.code < 2, "{run}");
    let bytes = fs::read(sandbox.path("out.xlsx")).unwrap();
    (sandbox, bytes)
}

#[track_caller]
fn assert_whole(sandbox: &Sandbox) {
    let book: Xlsx<_> = open_workbook(sandbox.path("out.xlsx")).unwrap();
    assert!(!book.sheet_names().is_empty());
}

#[test]
fn a_run_that_is_killed_leaves_the_old_file() {
    let (sandbox, before) = written();
    for wait in [0, 5, 20, 40, 80, 120, 160, 200, 300] {
        let mut child = quiet(sandbox.command(&INSPECT)).spawn().unwrap();
        thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whole: the old one, or a new one that says the same.
        assert!(fs::read(sandbox.path("out.xlsx")).unwrap() == before, "after {wait} ms");
    }
    // What the killed left behind is no input of the next, and no news.
    sandbox.write(".gendan-x1y2z3.tmp", "half");
    let run = sandbox.run(&["inspect", ".", "--format=json"]);
    assert!(!run.stdout.contains(".tmp"), "{run}");
}

/// Runs a command and interrupts it as soon as a file is in the making.
fn interrupted(sandbox: &Sandbox, args: &[&str], folder: &str) -> Option<i32> {
    let mut run = quiet(sandbox.command(args)).spawn().unwrap();
    let is_writing = || {
        let entries = fs::read_dir(sandbox.path(folder)).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name()).any(|name| name.to_string_lossy().ends_with(".tmp"))
    };
    while run.try_wait().unwrap().is_none() && !is_writing() {
        thread::sleep(Duration::from_micros(200));
    }
    let id = run.id().to_string();
    Command::new("kill").args(["-INT", &id]).stderr(Stdio::null()).status().unwrap();
    run.wait().unwrap().code()
}

/// Whether this process was started with interrupts ignored: all that it
/// starts ignore them too.
fn ignores_interrupts() -> bool {
    const SIGINT: u64 = 1 << 1;
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() & SIGINT != 0)
}

#[test]
fn a_run_that_is_interrupted_takes_its_half_written_file_with_it() {
    /// On a busy machine a file is often whole before anyone sees it begin.
    const TRIES: usize = 60;
    let (sandbox, before) = written();
    let mut ends = Vec::new();
    let mut waits = !ignores_interrupts();
    while ends.len() < 6 || (waits && ends.len() < TRIES) {
        ends.push(interrupted(&sandbox, &INSPECT, ""));
        assert!(fs::read(sandbox.path("out.xlsx")).unwrap() == before);
        ends.push(interrupted(&sandbox, &["man", "pages"], "pages"));
        let _ = fs::remove_dir_all(sandbox.path("pages/none"));
        let files = sandbox.files();
        assert!(files.iter().all(|file| !file.contains(".tmp")), "{files:?}");
        let _ = fs::remove_dir_all(sandbox.path("pages"));
        waits &= !ends.contains(&Some(130));
    }
    if ignores_interrupts() {
        // A run below `nohup` goes on, as it was told to.
        assert!(ends.iter().all(|end| *end == Some(0)), "{ends:?}");
    } else {
        assert!(ends.contains(&Some(130)), "none was interrupted: {ends:?}");
    }
}

#[test]
fn runs_at_once_leave_one_whole_file() {
    let (sandbox, _) = written();
    let runs: Vec<_> = (0..6).map(|_| quiet(sandbox.command(&INSPECT)).spawn().unwrap()).collect();
    for mut run in runs {
        assert!(run.wait().unwrap().code().is_some_and(|code| code < 2));
    }
    assert_whole(&sandbox);
    assert_eq!(sandbox.files(), ["a.csv", "out.xlsx"]);
}

#[test]
fn a_full_disk_is_told_and_changes_nothing() {
    let (sandbox, before) = written();
    // A bound on the size of files stands for a disk without room.
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg("trap '' XFSZ; ulimit -f 2; exec \"$0\" \"$@\"");
    let program = sandbox.command(&INSPECT);
    shell.arg(program.get_program()).args(program.get_args()).args(["--lang", "en"]);
    let output = shell.current_dir(sandbox.path("")).env_clear().output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("disk is full") && said.contains("out.xlsx"), "{said}");
    assert!(fs::read(sandbox.path("out.xlsx")).unwrap() == before);
    assert_eq!(sandbox.files(), ["a.csv", "out.xlsx"]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_cannot_be_printed_is_told() {
    let (sandbox, _) = written();
    for format in ["table", "json", "csv", "md"] {
        let mut command = sandbox.command(&["inspect", "a.csv", "--lang=en", "--format", format]);
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = command.stdout(full).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("stdout: the disk is full"), "{said}");
    }
}

/// Two sheets of which one has a wrong total.
const WRONG: &str = "送货单号,品名,数量,单价,金额\nA1,拉链,10,2.00,20.00\n合计,,10,,21.00\n";

#[test]
fn links_at_the_places_of_copies_papers_and_pages_are_not_followed() {
    let (sandbox, _) = written();
    sandbox.write("kept", "kept").write("对账单.csv", format!("供应商：甲厂\n{WRONG}"));
    let link = |name: &str| {
        fs::create_dir_all(sandbox.path(name).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(sandbox.path("kept"), sandbox.path(name)).unwrap();
    };
    link("pages/gendan.1");
    assert_eq!(sandbox.run(&["man", "pages", "--force"]).code, 2);
    link("gendan.toml.d/gendan.toml");
    assert_eq!(sandbox.run(&["init", "gendan.toml.d", "--force"]).code, 2);
    sandbox.write("甲/.keep", "");
    let papers = ["reconcile", "supplier", "对账单.csv", "--month=2026-10", "--papers", "甲"];
    let run = sandbox.run(&papers);
    let paper =
        sandbox.files().into_iter().find(|name| name.starts_with("甲/") && name.ends_with("xlsx"));
    let paper = paper.unwrap_or_else(|| panic!("no paper: {run}"));
    fs::remove_file(sandbox.path(&paper)).unwrap();
    link(&paper);
    assert_eq!(sandbox.run(&[&papers[..], &["--force"]].concat()).code, 2);
    assert_eq!(fs::read(sandbox.path("kept")).unwrap(), b"kept");
}

#[test]
fn a_link_at_the_place_of_the_output_is_not_followed() {
    let (sandbox, _) = written();
    sandbox.write("elsewhere/kept.xlsx", "kept");
    fs::remove_file(sandbox.path("out.xlsx")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("elsewhere/kept.xlsx"), sandbox.path("out.xlsx"))
        .unwrap();
    let run = sandbox.run(&INSPECT);
    assert_eq!(run.code, 2, "{run}");
    assert_eq!(fs::read(sandbox.path("elsewhere/kept.xlsx")).unwrap(), b"kept");
}

#[test]
fn a_folder_that_takes_no_files_is_told() {
    let (sandbox, before) = written();
    let mut permissions = fs::metadata(sandbox.path("")).unwrap().permissions();
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o555);
    fs::set_permissions(sandbox.path(""), permissions.clone()).unwrap();
    // Who may do anything is stopped by the system's own folders alone.
    let is_root = fs::write(sandbox.path("try"), "").is_ok();
    let out = if is_root { "/sys/out.xlsx".into() } else { sandbox.path("out.xlsx") };
    let run = sandbox.run(&["inspect", "a.csv", "--lang=en", "-o", out.to_str().unwrap()]);
    std::os::unix::fs::PermissionsExt::set_mode(&mut permissions, 0o755);
    fs::set_permissions(sandbox.path(""), permissions).unwrap();
    if !is_root || cfg!(target_os = "linux") {
        assert_eq!(run.code, 2, "{run}");
        assert!(run.stderr.contains("no permission, or read-only"), "{run}");
    }
    assert!(fs::read(sandbox.path("out.xlsx")).unwrap() == before);
}

#[test]
fn a_file_that_is_open_elsewhere_stays() {
    let (sandbox, before) = written();
    for lock in ["~$out.xlsx", ".~out.xlsx", ".~lock.out.xlsx#"] {
        sandbox.write(lock, "");
        let run = sandbox.run(&[&INSPECT[..], &["--lang=en"]].concat());
        assert_eq!(run.code, 2, "{run}");
        assert!(run.stderr.contains("is open in a spreadsheet program"), "{run}");
        assert!(fs::read(sandbox.path("out.xlsx")).unwrap() == before);
        fs::remove_file(sandbox.path(lock)).unwrap();
    }
}

#[test]
fn papers_named_after_parties_stay_in_their_folder_and_apart() {
    let sandbox = Sandbox::new();
    let book = |file: &str, title: &str| {
        let mut text = format!("{title}\n供应商,送货单号,日期,品名,数量,单价,金额\n");
        for (nth, party) in ["../甲厂", "..\\甲厂", "AB厂", "ab厂 "].iter().enumerate() {
            text += &format!("{party},A{nth},2026-10-0{},拉链,10,2.00,20.00\n", nth + 1);
        }
        sandbox.write(file, text);
    };
    book("入库明细.csv", "入库明细 2026年10月");
    book("对账单.csv", "供应商对账单 2026年10月");
    let before = [fs::read(sandbox.path("入库明细.csv")), fs::read(sandbox.path("对账单.csv"))];
    let args =
        ["reconcile", "supplier", ".", "--month", "2026-10", "--papers", "信", "-o", "信/out.xlsx"];
    sandbox.write("信/.keep", "");
    let run = sandbox.run(&args);
    assert!(run.code < 2, "{run}");
    let files = sandbox.files();
    assert!(
        files.iter().all(|file| file.starts_with("信/") || file.ends_with(".csv")),
        "{files:?}"
    );
    let mut folded: Vec<String> = files.iter().map(|file| file.to_lowercase()).collect();
    folded.dedup();
    assert_eq!(folded.len(), files.len(), "{files:?}");
    let after = [fs::read(sandbox.path("入库明细.csv")), fs::read(sandbox.path("对账单.csv"))];
    assert_eq!(before.map(Result::unwrap), after.map(Result::unwrap), "inputs are never written");
}

#[test]
fn a_folder_of_a_thousand_files_needs_few_handles() {
    let sandbox = Sandbox::new();
    for n in 0..1_000 {
        // The same sheet again would count once.
        sandbox.write(&format!("{n}.csv"), HONEST.replace("A1", &format!("A{n}")));
    }
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg("ulimit -n 40; ulimit -v 1500000; exec \"$0\" \"$@\"");
    let job = ["reconcile", "supplier", ".", "--month=2026-10", "--format=json"];
    let program = sandbox.command(&job);
    shell.arg(program.get_program()).args(program.get_args());
    let output = shell.current_dir(sandbox.path("")).env_clear().output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["inputs"].as_array().unwrap().len(), 1_000);
    assert_eq!(report["conservation"]["rows_reported"], 2_000);
}

fn quiet(mut command: Command) -> Command {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}
