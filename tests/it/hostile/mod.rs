//! Files made to break the reader: each costs bounded time and memory, says
//! what is wrong with it, and takes no other file down with it.

mod alike;
mod bombs;
mod compound;
mod cut;
mod fuzzed;
mod gigantic;
mod inputs;
mod lines;
mod outputs;
mod package;
mod sheets;
mod texts;
mod words;

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::sandbox::Sandbox;

/// Kilobytes that a run may take.
const MOST_MEMORY: &str = "3000000";

/// A run that lasts longer hangs: a slow machine needs a tenth of it.
const PATIENCE: Duration = Duration::from_secs(240);

/// A file that every run has beside the hostile one.
const HONEST: &str = "送货单号,品名,数量,单价,金额\nA1,拉链,10,2.00,20.00\nA2,纽扣,5,1.00,5.00\n";

/// Runs `inspect` on a hostile file and an honest one. Returns the codes of
/// what was found about the hostile one.
#[track_caller]
fn inspect(name: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let sandbox = Sandbox::new();
    sandbox.write(name, bytes).write("honest.csv", HONEST);
    let report = bounded(&sandbox, &["inspect", "--format", "json", name, "honest.csv"]);
    let inputs = report["inputs"].as_array().unwrap();
    let honest = inputs.iter().find(|input| input["path"] == "honest.csv").unwrap();
    assert_eq!(honest["rows"]["body"], 2, "the honest file was not read: {honest}");
    let findings = report["findings"].as_array().unwrap().iter();
    let about = findings.filter(|finding| finding["at"].as_str().unwrap_or("").starts_with(name));
    about.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

/// Runs the program with little memory and a limit on its time; returns its
/// JSON.
#[track_caller]
fn bounded(sandbox: &Sandbox, args: &[&str]) -> Value {
    let out = sandbox.path("out.json");
    let mut command = limited(&sandbox.command(args));
    command.stdout(std::fs::File::create(&out).unwrap()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let started = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if started.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{args:?} hangs");
        }
        thread::sleep(Duration::from_millis(20));
    };
    assert!(matches!(code, Some(0 | 1)), "{args:?} ended with {code:?}");
    serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap()
}

/// Returns the same command under the shell's bound on memory, where there is
/// a shell.
fn limited(command: &Command) -> Command {
    if !cfg!(unix) {
        let mut same = Command::new(command.get_program());
        same.args(command.get_args()).current_dir(command.get_current_dir().unwrap());
        return same;
    }
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(format!("ulimit -v {MOST_MEMORY} && exec \"$0\" \"$@\""));
    shell.arg(command.get_program()).args(command.get_args());
    shell.current_dir(command.get_current_dir().unwrap()).env_clear().stdin(Stdio::null());
    shell
}
