//! The command line in a language: clap's grammar from the derived one and
//! `help.toml`, and clap's complaints as findings.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::sync::LazyLock;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};
use serde::Deserialize;

use super::Cli;
use crate::data::{self, compiled_in};
use crate::finding::{Finding, codes};
use crate::lang::{Lang, Text};

/// The help texts that are not doc comments.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Help {
    /// Headings and the like.
    words: BTreeMap<String, Text>,
    /// Texts of arguments by id, unless a command has its own.
    args: BTreeMap<String, Chinese>,
    /// Commands by their path: `gendan`, `inspect`, `reconcile supplier`.
    commands: BTreeMap<String, CommandHelp>,
}

/// What is said of one command.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct CommandHelp {
    /// Its Chinese names, simplified first.
    #[serde(default)]
    names: Vec<String>,
    /// What it does, where the doc comment is not in her language.
    about: Chinese,
    /// Lines to type.
    examples: Option<Text>,
    /// Texts of its own arguments by id.
    #[serde(default)]
    args: BTreeMap<String, Chinese>,
}

/// A text whose English is a doc comment: simplified, traditional.
#[derive(Debug, Default, Deserialize)]
struct Chinese([String; 2]);

impl Chinese {
    /// Returns the text, `None` in English.
    fn get(&self, lang: Lang) -> Option<&str> {
        match lang {
            Lang::Hans => Some(&self.0[0]),
            Lang::Hant => Some(&self.0[1]),
            Lang::En => None,
        }
    }
}

static HELP: LazyLock<Help> = LazyLock::new(|| data::read(compiled_in!("cli/help")));

/// Why parsing the command line ended without a command to run.
#[derive(Debug)]
pub(super) enum Stop {
    /// Help or the version was asked for: the text for stdout.
    Said(String),
    /// It cannot be understood: why, and how it should look.
    Wrong(Finding, String),
}

/// Reads a command line.
pub(super) fn parse(args: &[OsString], lang: Lang) -> Result<Cli, Stop> {
    let mut command = command(lang);
    let matches = match command.try_get_matches_from_mut(args) {
        Ok(matches) => matches,
        Err(error) => return Err(stop(&error, lang)),
    };
    Cli::from_arg_matches(&matches).map_err(|error| stop(&error, lang))
}

/// Returns the whole grammar with its help in a language.
pub(crate) fn command(lang: Lang) -> clap::Command {
    let mut command = localise(Cli::command(), "", lang);
    command.build();
    say_usage(command, lang)
}

/// Returns the words of a command as a language has them: `对账 供应商`.
pub(crate) fn spoken_name(path: &str, lang: Lang) -> String {
    let words: Vec<&str> = path.split(' ').collect();
    let spoken = (1..=words.len()).map(|depth| {
        let help = HELP.commands.get(&words[..depth].join(" "));
        let name = help.and_then(|help| name_in(help, lang));
        name.unwrap_or(words[depth - 1])
    });
    spoken.collect::<Vec<_>>().join(" ")
}

/// Returns the names that the commands answer to.
pub(super) fn names() -> Vec<String> {
    let commands = command(Lang::default());
    let all = commands.get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases);
    let hidden = commands.get_subcommands().flat_map(clap::Command::get_all_aliases);
    all.chain(hidden).map(str::to_owned).collect()
}

/// Whether a command exists.
#[cfg(test)]
pub(crate) fn exists(path: &str) -> bool {
    let top = Cli::command();
    path.split(' ').try_fold(&top, |above, word| above.find_subcommand(word)).is_some()
}

fn name_in(help: &CommandHelp, lang: Lang) -> Option<&str> {
    match lang {
        Lang::Hans => help.names.first(),
        Lang::Hant => help.names.last(),
        Lang::En => None,
    }
    .map(String::as_str)
}

/// Puts clap's own words in the usage lines of a built command into a
/// language.
fn say_usage(mut command: clap::Command, lang: Lang) -> clap::Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let usage = usage.replace("[OPTIONS]", &format!("[{}]", word("options", lang).to_uppercase()));
    command.override_usage(usage).mut_subcommands(|sub| say_usage(sub, lang))
}

/// Puts a command and all below it into a language. `path` is the names of
/// the commands above, without the program's own.
fn localise(command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    let key = if path.is_empty() { "gendan" } else { path };
    let help = HELP.commands.get(key);
    let mut command = command
        .disable_help_subcommand(true)
        .subcommand_help_heading(word("commands", lang))
        .subcommand_value_name(word("command", lang))
        .help_template(template(lang));
    if let Some(help) = help {
        command = command.aliases(help.names.iter().map(String::as_str));
        if let Some(about) = help.about.get(lang) {
            command = command.about(about.to_owned());
        }
        if let Some(examples) = &help.examples {
            let examples = format!("{}\n{}", word("examples", lang), examples.get(lang).trim_end());
            command = command.after_help(examples);
        }
    }
    let command = command.mut_args(|arg| localise_arg(arg, help, lang));
    command.mut_subcommands(|sub| {
        let path = format!("{path} {}", sub.get_name());
        let sub = localise(sub, path.trim_start(), lang);
        named(sub, path.trim_start(), lang)
    })
}

/// Shows the Chinese name of a command before its text in lists of commands.
fn named(command: clap::Command, path: &str, lang: Lang) -> clap::Command {
    let Some(help) = HELP.commands.get(path) else { return command };
    match (name_in(help, lang), help.about.get(lang)) {
        (Some(name), Some(about)) => command.about(format!("{name}：{about}")),
        _ => command,
    }
}

fn localise_arg(arg: clap::Arg, help: Option<&CommandHelp>, lang: Lang) -> clap::Arg {
    let id = arg.get_id().as_str();
    let own = help.and_then(|help| help.args.get(id));
    let text = own.or_else(|| HELP.args.get(id)).and_then(|text| text.get(lang));
    let heading = if arg.is_positional() { "arguments" } else { "options" };
    let arg = match text {
        Some(text) => arg.clone().help(StyledStr::from(text.to_owned())),
        None => arg,
    };
    let arg = arg.help_heading(word(heading, lang));
    // clap would name the values in English; the texts name them themselves.
    match arg.get_action().takes_values() {
        true => arg.hide_possible_values(true).hide_default_value(true),
        false => arg,
    }
}

fn template(lang: Lang) -> String {
    format!(
        "{{before-help}}{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        word("usage", lang)
    )
}

fn word(name: &str, lang: Lang) -> &'static str {
    HELP.words.get(name).map_or("", |text| text.get(lang))
}

/// Turns what clap says into what gendan says.
fn stop(error: &clap::Error, lang: Lang) -> Stop {
    let finding = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return Stop::Said(error.render().to_string());
        }
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => {
            Finding::of(codes::UNKNOWN_ARGUMENT)
                .with("found", context(error, ContextKind::InvalidArg))
                .with("near", context(error, ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => Finding::of(codes::UNKNOWN_ARGUMENT)
            .with("found", context(error, ContextKind::InvalidSubcommand))
            .with("near", context(error, ContextKind::SuggestedSubcommand)),
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => {
            Finding::of(codes::MISSING_ARGUMENT).with(
                "expected",
                match error.kind() {
                    ErrorKind::MissingSubcommand => subcommands(error),
                    _ => context(error, ContextKind::InvalidArg),
                },
            )
        }
        _ => Finding::bad_argument(
            context(error, ContextKind::InvalidArg),
            context(error, ContextKind::InvalidValue),
        ),
    };
    let usage = context(error, ContextKind::Usage);
    Stop::Wrong(finding, usage.replace("Usage:", word("usage", lang)))
}

/// Returns the subcommands of which one is missing, each by its one name that
/// can be typed everywhere.
fn subcommands(error: &clap::Error) -> String {
    let valid = context(error, ContextKind::ValidSubcommand);
    valid.split(' ').filter(|name| name.is_ascii()).collect::<Vec<_>>().join(", ")
}

/// Returns what clap knows about an error, as text; empty if it does not.
fn context(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(" "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_grammar_holds_in_every_language() {
        for lang in Lang::ALL {
            command(lang).debug_assert();
        }
    }

    #[test]
    fn the_help_parses_and_is_sorted() {
        let source = include_str!("help.toml");
        let help: Help = toml::from_str(source).unwrap();
        let topics: Vec<&str> = source
            .lines()
            .filter_map(|line| line.strip_prefix("[commands.")?.strip_suffix(']'))
            .map(|name| name.trim_matches('"'))
            .collect();
        assert!(topics.iter().skip(1).is_sorted(), "{topics:?}");
        assert_eq!(topics.len(), help.commands.len());
    }

    /// Returns every command below and with `command` by its path.
    fn all(command: &clap::Command, path: &str, found: &mut Vec<(String, clap::Command)>) {
        found.push((path.to_owned(), command.clone()));
        for sub in command.get_subcommands() {
            let above = if path == "gendan" { String::new() } else { format!("{path} ") };
            all(sub, &format!("{above}{}", sub.get_name()), found);
        }
    }

    #[test]
    fn every_command_and_argument_has_its_chinese_and_nothing_else_has() {
        let mut commands = Vec::new();
        all(&Cli::command(), "gendan", &mut commands);
        let mut used = BTreeSet::new();
        for (path, command) in &commands {
            let help = HELP.commands.get(path).unwrap_or_else(|| panic!("no help for {path}"));
            for arg in command.get_arguments() {
                let id = arg.get_id().as_str();
                let own = help.args.contains_key(id);
                assert!(own || HELP.args.contains_key(id), "no help for {path} {id}");
                assert!(arg.get_help().is_some(), "no English for {path} {id}");
                used.insert(if own { format!("{path} {id}") } else { id.to_owned() });
            }
        }
        let told = HELP
            .commands
            .iter()
            .flat_map(|(path, help)| help.args.keys().map(move |id| format!("{path} {id}")));
        let stale: Vec<_> =
            told.chain(HELP.args.keys().cloned()).filter(|id| !used.contains(id)).collect();
        assert!(stale.is_empty(), "help without an argument: {stale:?}");
        assert_eq!(HELP.commands.len(), commands.len(), "help without a command");
    }

    #[test]
    fn commands_answer_to_their_names_in_both_scripts() {
        for name in ["explain", "解释", "解釋"] {
            let args = ["gendan", name, "tax"].map(OsString::from);
            assert!(parse(&args, Lang::Hans).is_ok(), "{name}");
        }
    }

    #[test]
    fn mistakes_on_the_command_line_are_findings_that_say_what() {
        for (args, code) in [
            (vec!["gendan", "explain", "--mouth", "2026-10"], "unknown-argument"),
            (vec!["gendan", "explain", "--month", "2026-13"], "bad-argument"),
            (vec!["gendan", "completions"], "missing-argument"),
        ] {
            let args: Vec<OsString> = args.into_iter().map(OsString::from).collect();
            let Err(Stop::Wrong(finding, _)) = parse(&args, Lang::En) else { panic!("{args:?}") };
            assert_eq!(finding.code.0, code);
            assert!(!finding.message(Lang::En).contains('{'), "{}", finding.message(Lang::En));
        }
    }
}
