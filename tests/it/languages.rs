//! Three languages: help and messages, by flag and by locale.

use crate::sandbox::Sandbox;

fn first_line(args: &[&str], locale: Option<&str>) -> String {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(args);
    command.envs(locale.map(|locale| ("LC_ALL", locale)));
    let output = command.output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().next().unwrap_or_default().to_owned()
}

const HANS: &str = "跟单：照原样读厂里的表，互相核对，每一笔差异都讲清楚";
const HANT: &str = "跟單：照原樣讀廠裡的表，互相核對，每一筆差異都講清楚";
const EN: &str =
    "Read the sheets of a factory as they are, cross-check them, explain every difference";

#[test]
fn help_speaks_the_language_of_the_flag_else_of_the_locale() {
    for (lang, locale, expected) in [
        (None, None, HANS),
        (None, Some("C.UTF-8"), HANS),
        (None, Some("zh_CN.UTF-8"), HANS),
        (None, Some("zh_TW.UTF-8"), HANT),
        (None, Some("en_US.UTF-8"), EN),
        (Some("zh-Hant"), Some("en_US.UTF-8"), HANT),
        (Some("en"), None, EN),
        (Some("zh-Hans"), Some("zh_HK"), HANS),
    ] {
        let mut args = vec!["--help"];
        args.extend(lang.map(|lang| ["--lang", lang]).into_iter().flatten());
        assert_eq!(first_line(&args, locale), expected, "{lang:?} {locale:?}");
    }
}

#[test]
fn the_help_of_every_command_is_all_in_one_language() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["man", "pages"]).stdout;
    let commands: Vec<Vec<String>> = list
        .lines()
        .filter_map(|path| path.strip_prefix("pages/gendan")?.strip_suffix(".1"))
        .map(|path| path.split('-').filter(|w| !w.is_empty()).map(str::to_owned).collect())
        .collect();
    assert!(commands.len() > 3, "{list}");
    for command in commands {
        let mut args: Vec<&str> = command.iter().map(String::as_str).collect();
        args.extend(["--help", "--lang", "zh-Hans"]);
        let help = sandbox.run(&args).stdout;
        for english in ["Usage", "Options", "Commands", "Arguments", "Print", "[OPTIONS]"] {
            assert!(!help.contains(english), "{command:?}: {english}\n{help}");
        }
        args.pop();
        args.push("en");
        let help = sandbox.run(&args).stdout;
        let examples = help.find("Examples:").unwrap_or(help.len());
        let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        assert!(!help[..examples].contains(han), "{command:?}\n{help}");
    }
}
