//! Parse, run, write, exit code: the only place that prints.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::panic::{self, UnwindSafe};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};

use clap::ArgAction;

use crate::args::{Common, Format, Inputs};
use crate::commands::recognise::Recognise;
use crate::commands::{Command, Context, Output};
use crate::error::{Error, Result};
use crate::finding::{Finding, codes};
use crate::input::inputs;
use crate::input::table::Role;
use crate::kinds;
use crate::lang::Lang;
use crate::output::{self, Replace};
use crate::progress::Progress;
use crate::report::text::Look;
use crate::report::visible::visible;
use crate::report::{self, InputRead, Report, Sheet, labels};
use crate::settings::{self, Settings};
use crate::text::nearest;

mod bar;
pub(crate) mod grammar;

/// Read the sheets of a factory as they are, cross-check them, explain every difference
#[derive(Debug, clap::Parser)]
#[command(name = "gendan", version, disable_help_flag = true, disable_version_flag = true)]
struct Cli {
    #[command(flatten)]
    common: Common,
    /// Print this help
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Print the version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// Without a command: files to recognise, each [KIND=]PATH[#SHEET]
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Cli {
    /// A first word that is no file and looks like a command is one that was
    /// misspelt.
    fn misspelt_command(&self) -> Option<Finding> {
        let word = self.inputs.first().filter(|word| !Path::new(word).exists())?;
        let names = grammar::names();
        let near = nearest(word, names.iter().map(String::as_str));
        let finding = Finding::of(codes::UNKNOWN_ARGUMENT).with("found", word);
        (!near.is_empty()).then(|| finding.with("near", near.join(", ")))
    }

    /// Returns what is to be done; nothing if nothing was said.
    fn wanted(self) -> Option<Command> {
        if self.command.is_some() || self.inputs.is_empty() {
            return self.command;
        }
        Some(Command::Recognise(Recognise { inputs: Inputs { inputs: self.inputs } }))
    }
}

/// Done, and nothing needs a person.
const FINE: u8 = 0;
/// Could not be done; nothing was written.
const FAILED: u8 = 2;
/// Broken off, as shells count it.
const INTERRUPTED: i32 = 130;

/// Runs the program.
pub fn main() -> ExitCode {
    remember_panics();
    heed_interrupts();
    let args: Vec<OsString> = std::env::args_os().collect();
    let lang = spoken(&args);
    ExitCode::from(guarded(|| run(&args, lang)).unwrap_or_else(|error| {
        complain(&error, lang);
        FAILED
    }))
}

/// Does something that must not panic, and says so if it does all the same.
fn guarded(work: impl FnOnce() -> u8 + UnwindSafe) -> Result<u8> {
    panic::catch_unwind(work)
        .map_err(|_| Finding::of(codes::INTERNAL_ERROR).with("found", last_panic()).into())
}

/// Parses and runs; returns the exit code.
fn run(args: &[OsString], lang: Lang) -> u8 {
    let cli = match grammar::parse(args, lang) {
        Ok(cli) => cli,
        Err(grammar::Stop::Said(text)) => return say(text.as_bytes(), lang, FINE),
        Err(grammar::Stop::Wrong(finding, usage)) => {
            complain(&finding.into(), lang);
            if !usage.trim().is_empty() {
                note(usage.trim_end());
            }
            return FAILED;
        }
    };
    if let Some(finding) = cli.misspelt_command() {
        complain(&finding.into(), lang);
        return FAILED;
    }
    let common = cli.common.clone();
    let Some(command) = cli.wanted() else {
        return say(grammar::command(lang).render_help().to_string().as_bytes(), lang, FINE);
    };
    work(&command, &common, lang).unwrap_or_else(|error| {
        complain(&error, lang);
        FAILED
    })
}

/// Does what a command is for, writes the files it was asked for, and shows
/// the result; returns the exit code.
fn work(command: &Command, common: &Common, lang: Lang) -> Result<u8> {
    let inputs = command.inputs();
    let files = inputs::resolve(&inputs)?.files;
    let read: Vec<PathBuf> = files.into_iter().map(|file| file.path).collect();
    let settings = match read.is_empty() {
        true => settings(common, inputs.iter().map(Path::new)),
        false => settings(common, read.iter().map(PathBuf::as_path)),
    }?;
    let context = command.told(context(common, settings, lang));
    let replace = Replace { read: &read, force: context.force };
    // Nobody should wait for a result that cannot be written.
    common.output.iter().try_for_each(|path| {
        output::check_ending(path)?;
        replace.check(path)
    })?;
    let report = match command.run(&context)? {
        Output::Text(text) => return Ok(say(text.as_bytes(), context.lang, FINE)),
        Output::Report(report) => report,
    };
    let said: Vec<String> = report.inputs.iter().map(|input| taken_for(input, &context)).collect();
    let written = write(&report, replace, &context)?;
    context.progress.finish();
    if !common.quiet {
        said.into_iter().chain(written).for_each(|line| note(&line));
    }
    let shown = show(&report, &context)?;
    let code = shown.max(command.exit_code(&report));
    // The program ends: a million rows need not be given back one by one.
    std::mem::forget(report);
    Ok(code)
}

/// Reads the settings: the file named, else the one beside the inputs or
/// upward from there, else the defaults.
fn settings<'a>(common: &Common, inputs: impl Iterator<Item = &'a Path>) -> Result<Settings> {
    let found = || {
        let here = std::env::current_dir().unwrap_or_default();
        settings::find(inputs, &here)
    };
    common
        .settings
        .clone()
        .or_else(found)
        .map_or_else(|| Ok(Settings::default()), |path| settings::load(&path))
}

/// Writes the papers of a report and the report itself, if a file was named
/// for it; says what was written. Every place is tried before the first byte.
fn write(report: &Report, replace: Replace<'_>, context: &Context) -> Result<Vec<String>> {
    let main = context.output.iter().map(PathBuf::as_path);
    let papers = report.documents.iter().map(|paper| paper.path.as_path());
    let papers = &output::apart(main.chain(papers))[usize::from(context.output.is_some())..];
    let beside = || papers.iter().chain(report.copies.iter().map(|copy| &copy.path));
    for folder in beside().map(|path| output::folder(path)) {
        output::create_folder(folder)?;
    }
    beside().try_for_each(|path| replace.check(path))?;
    let main = context.output.iter().map(|path| (path, report));
    let all = papers.iter().zip(report.documents.iter().map(|paper| &paper.report)).chain(main);
    let mut said = Vec::new();
    for (path, report) in all {
        let rows = report.sheets.iter().flat_map(Sheet::tables).map(|table| table.rows.len());
        context.progress.start("cli.step_write", rows.sum::<usize>() as u64);
        replace.write(path, |file| {
            report::xlsx::write(report, output::folder(path), file, &context.progress)
        })?;
        let path = path.display().to_string();
        said.push(labels::fill(context.lang, "cli.written", &[("file", &path)]));
    }
    for copy in &report.copies {
        replace.write(&copy.path, |file| file.write_all(&copy.bytes))?;
        let path = copy.path.display().to_string();
        said.push(labels::fill(context.lang, "cli.written", &[("file", &path)]));
    }
    Ok(said)
}

/// Says in one line what a table was taken for and how much of it was used.
fn taken_for(input: &InputRead, context: &Context) -> String {
    let lang = context.lang;
    let sheet = input.sheet.as_ref().map_or_else(String::new, |sheet| format!("#{sheet}"));
    let area = input.table.as_ref().map_or_else(String::new, |area| format!("!{area}"));
    let kind = input.kind.as_deref().and_then(kinds::named).map(|kind| kind.name(lang));
    let kind = kind.unwrap_or(labels::text(lang, "appendix.unknown_kind"));
    let party = input.party.as_ref().map_or_else(String::new, |party| format!(" {party}"));
    let body = input.rows.get(&Role::Body).copied().unwrap_or_default();
    let used = body.saturating_sub(input.rejected).to_string();
    labels::fill(
        lang,
        "cli.taken_for",
        &[
            ("place", &format!("{}{sheet}{area}", input.path)),
            ("kind", kind),
            ("party", &party),
            ("sure", &input.confidence.to_string()),
            ("used", &used),
            ("body", &body.to_string()),
        ],
    )
}

/// Shows the report in the format asked for.
fn show(report: &Report, context: &Context) -> Result<u8> {
    let lang = context.lang;
    Ok(match context.format {
        Format::Table => say(report::text::render(report, look()).as_bytes(), lang, FINE),
        Format::Json => tell(|out| report::json::write(report, out), lang, FINE),
        Format::Csv => say(&report::csv::render(report)?, lang, FINE),
        Format::Md => say(report::md::render(report).as_bytes(), lang, FINE),
    })
}

/// Returns what the terminal can do; a pipe gets neither colour nor folding.
fn look() -> Look {
    let stdout = io::stdout();
    let color = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    let size = stdout.is_terminal().then(terminal_size::terminal_size).flatten();
    Look { color, width: size.map(|(width, _)| width.0) }
}

/// Makes what a run is told. The only place that asks the clock.
fn context(common: &Common, settings: Settings, lang: Lang) -> Context {
    let progress = if io::stderr().is_terminal() && !common.quiet {
        Progress::told_to(Arc::new(bar::Bar::new(lang)))
    } else {
        Progress::default()
    };
    Context {
        lang: common.lang.or(settings.lang).unwrap_or(lang),
        settings,
        today: common.today.unwrap_or_else(|| chrono::Local::now().date_naive()),
        month: common.month,
        format: common.format.unwrap_or_default(),
        output: common.output.clone(),
        force: common.force,
        progress,
    }
}

/// Returns the language to speak before anything is read: the flag's, else
/// the locale's, else simplified Chinese.
fn spoken(args: &[OsString]) -> Lang {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        let named = match arg.strip_prefix("--lang") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        if let Some(lang) = named.and_then(Lang::parse) {
            return lang;
        }
    }
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|locale| !locale.is_empty())
        .and_then(|locale| Lang::parse(&locale))
        .unwrap_or_default()
}

/// Writes the result to stdout.
fn say(bytes: &[u8], lang: Lang, code: u8) -> u8 {
    tell(|out| out.write_all(bytes), lang, code)
}

/// Lets the result be written to stdout. A reader who has gone away is no
/// error.
fn tell(
    write: impl FnOnce(&mut io::BufWriter<io::StdoutLock<'_>>) -> io::Result<()>,
    lang: Lang,
    code: u8,
) -> u8 {
    let mut stdout = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            complain(&Error::Io { path: "stdout".into(), source: error }, lang);
            FAILED
        }
        _ => code,
    }
}

/// Says why it could not be done, on stderr.
fn complain(error: &Error, lang: Lang) {
    note(&format!("gendan: {}", error.message(lang)));
}

/// Says something about the result, on stderr: names of files and sheets in it
/// cannot move the cursor. Nobody listening is no error.
fn note(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{}", visible(text));
}

/// Breaks the run off when the person asks for it, unless the run was started
/// to ignore that. Without it
/// such a run would leave its hidden files behind, and nothing worse.
fn heed_interrupts() {
    let _ = ctrlc::try_set_handler(|| output::break_off(INTERRUPTED));
}

static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// Keeps panics from printing by themselves: readers of foreign libraries
/// catch theirs, and what is left is said once, in her language.
fn remember_panics() {
    panic::set_hook(Box::new(|info| {
        *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = info.to_string();
    }));
}

fn last_panic() -> String {
    let text = LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).clone();
    text.lines().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_said_as_one_line_and_fails_the_run() {
        let before = panic::take_hook();
        remember_panics();
        let done = guarded(|| panic!("row 7\nis odd"));
        panic::set_hook(before);
        let said = done.unwrap_err().message(Lang::En);
        assert!(said.starts_with("gendan itself failed"), "{said}");
        assert!(said.contains("row 7 is odd") && said.contains("src/cli.rs"), "{said}");
        assert_eq!(guarded(|| 1).ok(), Some(1));
    }

    #[test]
    fn the_flag_names_the_language_before_anything_is_read() {
        for (args, lang) in [
            (vec!["gendan", "--lang", "en"], Lang::En),
            (vec!["gendan", "inspect", "x", "--lang=zh-Hant"], Lang::Hant),
            (vec!["gendan", "--lang", "klingon", "--lang", "en"], Lang::En),
        ] {
            let args: Vec<OsString> = args.into_iter().map(OsString::from).collect();
            assert_eq!(spoken(&args), lang, "{args:?}");
        }
    }
}
