//! The INPUT words of the command line, `[KIND=]PATH[#SHEET]`, as the files
//! they mean.

use std::fs;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use super::refusal;
use super::selector::SheetSelector;
use crate::error::{Error, Result};
use crate::finding::{Finding, codes};

/// Extensions of files that hold sheets. Only folders and patterns go by
/// them: a file that is named is opened whatever it is called.
const SHEETS: &[&str] = &[
    "csv", "et", "ett", "fods", "gz", "ods", "ots", "tab", "tsv", "txt", "xls", "xlsb", "xlsm",
    "xlsx", "xlt", "xltm", "xltx",
];

/// How many near names an error offers.
const NEAR_NAMES: usize = 3;

/// How alike a name must be to be offered; the names are only shown.
const NEARNESS: f64 = 0.5;

/// One file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called in places and messages: as the person named it.
    pub shown: String,
    /// The kind the person says it is of.
    pub kind: Option<String>,
    /// The sheet the person means.
    pub sheet: Option<SheetSelector>,
}

impl InputFile {
    /// Whether the person said more of it than where it is.
    fn is_particular(&self) -> bool {
        self.kind.is_some() || self.sheet.is_some()
    }
}

/// The files that the INPUT words mean, each once, and what was skipped.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Inputs {
    /// The files, in the order of the words; those of a folder by name.
    pub files: Vec<InputFile>,
    /// Files of folders and patterns that are no sheets.
    pub findings: Vec<Finding>,
}

/// Finds the files that INPUT words mean. A word that says the kind or sheet
/// of a file settles that file: a folder that holds it too does not add it
/// again.
///
/// # Errors
///
/// A file that is not there, a pattern that matches nothing, and a folder
/// that cannot be listed.
pub fn resolve<S: AsRef<str>>(words: &[S]) -> Result<Inputs> {
    let mut inputs = Inputs::default();
    for word in words {
        resolve_word(word.as_ref(), &mut inputs)?;
    }
    inputs.files = once_each(inputs.files);
    let mut seen = Vec::new();
    inputs.findings.retain(|finding| {
        let new = !seen.contains(&finding.at);
        seen.push(finding.at.clone());
        new
    });
    Ok(inputs)
}

/// A way to read an INPUT word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading<'a> {
    kind: Option<&'a str>,
    path: &'a str,
    sheet: Option<&'a str>,
}

/// Lists the ways to read a word, the most literal first: a path that exists
/// wins, whatever characters are in it.
fn readings(word: &str) -> Vec<Reading<'_>> {
    let mut readings = Vec::new();
    let bodies = std::iter::once((None, word)).chain(split_kind(word).map(|(k, p)| (Some(k), p)));
    for (kind, body) in bodies {
        readings.push(Reading { kind, path: body, sheet: None });
        for (at, _) in body.rmatch_indices('#') {
            let (path, sheet) = (&body[..at], &body[at + 1..]);
            if !path.is_empty() && !sheet.is_empty() {
                readings.push(Reading { kind, path, sheet: Some(sheet) });
            }
        }
    }
    readings
}

/// Splits `KIND=PATH`: the kind is one word, not part of a path.
fn split_kind(word: &str) -> Option<(&str, &str)> {
    let (kind, path) = word.split_once('=')?;
    let plain = !kind.is_empty() && !kind.contains(['/', '\\', '#', '*', '?', '.']);
    (plain && !path.is_empty()).then_some((kind, path))
}

fn resolve_word(word: &str, inputs: &mut Inputs) -> Result<()> {
    let readings = readings(word);
    if let Some(reading) = readings.iter().find(|reading| Path::new(reading.path).exists()) {
        return add_path(Path::new(reading.path), reading, Chosen::ByName, inputs);
    }
    for reading in readings.iter().filter(|reading| reading.path.contains(['*', '?', '['])) {
        let found = matches(reading.path);
        if !found.is_empty() {
            for path in found {
                add_path(&path, reading, Chosen::ByPattern, inputs)?;
            }
            return Ok(());
        }
    }
    // The least literal reading is the one that was meant.
    let path = readings.last().map_or(word, |reading| reading.path);
    let near = near_names(Path::new(path)).join(", ");
    Err(Finding::of(codes::MISSING_INPUT).with("found", path).with("near", near).into())
}

/// Returns the paths that a pattern matches, by name.
fn matches(pattern: &str) -> Vec<PathBuf> {
    let options = glob::MatchOptions {
        case_sensitive: !cfg!(windows),
        require_literal_separator: true,
        require_literal_leading_dot: true,
    };
    let found = glob::glob_with(pattern, options).map(|paths| paths.flatten().collect());
    let mut found: Vec<PathBuf> = found.unwrap_or_default();
    found.sort();
    found
}

/// How a file came to be an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    /// It was named, so whatever it is, the person wants it.
    ByName,
    /// A pattern or folder brought it.
    ByPattern,
}

fn add_path(path: &Path, reading: &Reading, chosen: Chosen, inputs: &mut Inputs) -> Result<()> {
    if path.is_dir() {
        return add_folder(path, reading, true, inputs);
    }
    if chosen == Chosen::ByPattern
        && let Some(reason) = not_a_sheet(path)
    {
        inputs.findings.extend(skipped(path, reason));
        return Ok(());
    }
    inputs.files.push(InputFile {
        path: path.to_owned(),
        shown: path.display().to_string(),
        kind: reading.kind.map(str::to_owned),
        sheet: reading.sheet.map(SheetSelector::parse),
    });
    Ok(())
}

/// Adds a folder's own files by name, then those of its subfolders.
fn add_folder(folder: &Path, reading: &Reading, deeper: bool, inputs: &mut Inputs) -> Result<()> {
    let failed = |source| Error::Io { path: folder.to_owned(), source };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    let (folders, files): (Vec<_>, Vec<_>) = entries.into_iter().partition(|path| path.is_dir());
    for path in files {
        add_path(&path, reading, Chosen::ByPattern, inputs)?;
    }
    for path in folders.iter().filter(|path| deeper && !is_hidden(path)) {
        add_folder(path, reading, false, inputs)?;
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn is_hidden(path: &Path) -> bool {
    name_of(path).starts_with('.')
}

/// Whether a name is the note that another program has the file open.
pub(super) fn is_lock_file(path: &Path) -> bool {
    let name = name_of(path);
    name.starts_with("~$") || name.starts_with(".~lock.") || name.starts_with(".~")
}

/// Returns why a file of a folder is no sheet, by its name.
fn not_a_sheet(path: &Path) -> Option<&'static str> {
    if is_lock_file(path) {
        return Some("lock-file");
    }
    // A pipe would be waited for, a device read without end.
    if fs::metadata(path).is_ok_and(|found| !found.is_file()) {
        return Some("not-a-file");
    }
    if is_hidden(path) {
        return Some("hidden");
    }
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    let known = extension.is_some_and(|e| SHEETS.binary_search(&e.as_str()).is_ok());
    (!known).then_some("not-a-sheet")
}

/// How the names of our own files begin and end that are not finished. One is
/// left where a run was killed.
pub(crate) const UNFINISHED_NAMES: (&str, &str) = (".gendan-", ".tmp");

/// Returns the finding about a file that was skipped; our own settings, and
/// what is no file yet, need none.
fn skipped(path: &Path, reason: &'static str) -> Option<Finding> {
    let name = name_of(path);
    if name == "gendan.toml"
        || (name.starts_with(UNFINISHED_NAMES.0) && name.ends_with(UNFINISHED_NAMES.1))
    {
        return None;
    }
    let shown = path.display().to_string();
    let finding = Finding::of(codes::SKIPPED_FILE);
    Some(finding.at(refusal::place(&shown)).with("file", shown).with("reason", reason))
}

/// Keeps every file once. Words that say more of a file win over those that
/// merely bring it, and stay all, for they may mean different sheets.
fn once_each(files: Vec<InputFile>) -> Vec<InputFile> {
    let identity = |file: &InputFile| fs::canonicalize(&file.path).unwrap_or(file.path.clone());
    let mut places: FxHashMap<PathBuf, Vec<usize>> = FxHashMap::default();
    for (at, file) in files.iter().enumerate() {
        places.entry(identity(file)).or_default().push(at);
    }
    let mut keep = vec![true; files.len()];
    for same in places.values() {
        let particular = same.iter().any(|&at| files[at].is_particular());
        for (nth, &at) in same.iter().enumerate() {
            let file = &files[at];
            let said = same[..nth].iter().any(|&earlier| {
                (&files[earlier].kind, &files[earlier].sheet) == (&file.kind, &file.sheet)
            });
            keep[at] = !said && (file.is_particular() || !particular);
        }
    }
    files.into_iter().zip(keep).filter_map(|(file, keep)| keep.then_some(file)).collect()
}

/// Returns names like the one that is not there, from where it should be.
fn near_names(path: &Path) -> Vec<String> {
    // The first part of the path that is missing is the one misspelt.
    let is_missing = |part: &&Path| !part.as_os_str().is_empty() && !part.exists();
    let missing = path.ancestors().take_while(is_missing).last().unwrap_or(path);
    let folder = match missing.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Vec::new(),
    };
    let wanted = name_of(missing).to_lowercase();
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut near: Vec<(f64, String)> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .map(|name| (likeness(&wanted, &name.to_lowercase()), name))
        .filter(|(likeness, _)| *likeness >= NEARNESS)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    near.into_iter().take(NEAR_NAMES).map(|(_, name)| name).collect()
}

/// Returns how alike two names are, from 0 to 1. One that begins with the
/// other (its extension forgotten, say) counts as near.
fn likeness(wanted: &str, name: &str) -> f64 {
    let alike = strsim::normalized_damerau_levenshtein(wanted, name);
    if name.starts_with(wanted) || wanted.starts_with(name) { alike.max(0.9) } else { alike }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes files of a folder and returns it.
    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        folder
    }

    /// Resolves words, `@` standing for the folder, and shows the files the
    /// same way.
    fn files(folder: &tempfile::TempDir, words: &[&str]) -> Vec<String> {
        let root = folder.path().display().to_string();
        let words: Vec<String> = words.iter().map(|word| word.replace('@', &root)).collect();
        let inputs = resolve(&words).unwrap();
        let show = |file: &InputFile| {
            let kind = file.kind.as_ref().map(|kind| format!("{kind}=")).unwrap_or_default();
            let sheet = file.sheet.as_ref().map(|s| format!("#{}", s.sheet)).unwrap_or_default();
            format!("{kind}{}{sheet}", file.shown.replace(&root, "@"))
        };
        inputs.files.iter().map(show).collect()
    }

    #[test]
    fn a_word_is_kind_path_and_sheet() {
        let folder = folder(&["入库.xls"]);
        assert_eq!(files(&folder, &["@/入库.xls"]), ["@/入库.xls"]);
        assert_eq!(files(&folder, &["@/入库.xls#10月"]), ["@/入库.xls#10月"]);
        let full = ["receipts=@/入库.xls#10月"];
        assert_eq!(files(&folder, &full), full);
    }

    #[test]
    fn a_path_that_exists_wins_over_its_signs() {
        let folder = folder(&["a#1.csv", "a", "k=b.csv", "b.csv", "[1].csv", "1.csv"]);
        assert_eq!(files(&folder, &["@/a#1.csv"]), ["@/a#1.csv"]);
        assert_eq!(files(&folder, &["@/a#1.csv#2"]), ["@/a#1.csv#2"]);
        assert_eq!(files(&folder, &["@/a#1"]), ["@/a#1"]);
        assert_eq!(files(&folder, &["@/k=b.csv"]), ["@/k=b.csv"]);
        assert_eq!(files(&folder, &["@/[1].csv"]), ["@/[1].csv"]);
    }

    #[test]
    fn folders_give_their_sheets_by_name_and_say_what_they_skip() {
        let folder = folder(&[
            "b.xlsx",
            "a.csv",
            "~$b.xlsx",
            ".hid.csv",
            "合同.pdf",
            "gendan.toml",
            "sub/c.XLS",
            "sub/deep/d.csv",
        ]);
        assert_eq!(files(&folder, &["@"]), ["@/a.csv", "@/b.xlsx", "@/sub/c.XLS"]);
        let inputs = resolve(&[folder.path().display().to_string()]).unwrap();
        let reasons: Vec<_> = inputs.findings.iter().map(|f| f.values[1].1.as_str()).collect();
        assert_eq!(reasons, ["hidden", "lock-file", "not-a-sheet"]);
        assert!(inputs.findings.iter().all(|f| f.severity == crate::finding::Severity::Info));
    }

    #[test]
    fn patterns_match_files_and_folders() {
        let folder = folder(&["9月/a.csv", "10月/b.csv", "10月/b.pdf", "c.csv"]);
        assert_eq!(files(&folder, &["@/*月"]), ["@/10月/b.csv", "@/9月/a.csv"]);
        assert_eq!(files(&folder, &["s=@/*/*.csv#1"]), ["s=@/10月/b.csv#1", "s=@/9月/a.csv#1"]);
        assert_eq!(files(&folder, &["@/10月/*"]), ["@/10月/b.csv"]);
    }

    #[test]
    fn every_file_comes_once_and_the_word_that_says_more_wins() {
        let folder = folder(&["a.csv", "b.csv"]);
        assert_eq!(files(&folder, &["@/b.csv", "@", "@/*.csv"]), ["@/b.csv", "@/a.csv"]);
        let words = ["@", "receipts=@/a.csv"];
        assert_eq!(files(&folder, &words), ["@/b.csv", "receipts=@/a.csv"]);
        let sheets = ["@/a.csv#1", "@/a.csv#2"];
        assert_eq!(files(&folder, &sheets), sheets);
    }

    #[test]
    fn what_is_not_there_is_an_error_with_near_names() {
        let folder = folder(&["入库明细2026年10月.xlsx", "出库.xlsx", "b/x.csv"]);
        let near = |word: &str| {
            let word = word.replace('@', &folder.path().display().to_string());
            match resolve(&[&word]) {
                Err(Error::Usage(finding)) => finding.values[1].1.clone(),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(near("@/入库明细2026年1O月.xlsx"), "入库明细2026年10月.xlsx");
        assert_eq!(near("receipts=@/入库明细2026年10月#1"), "入库明细2026年10月.xlsx");
        assert_eq!(near("@/b/x"), "x.csv");
        assert!(near("@/zzzzzzzzz.ods").is_empty());
        assert!(near("@/nowhere/*.csv").is_empty());
    }
}
