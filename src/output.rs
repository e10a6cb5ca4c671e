//! Writing files safely: beside and renamed, never half, never over anything
//! that is not gendan's own.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::finding::{Code, Finding, codes};
use crate::input::workbook;
use crate::report::decisions;
use crate::report::visible::one_line;

mod beside;

/// Ends the program with a code, and leaves nothing half-written: for a
/// person who breaks off a run.
pub fn break_off(code: i32) -> ! {
    beside::break_off(code)
}

/// What may be replaced.
#[derive(Debug, Clone, Copy, Default)]
pub struct Replace<'a> {
    /// The files this run has read; decisions in them are known to it.
    pub read: &'a [PathBuf],
    /// Whether the person said that any file may go.
    pub force: bool,
}

impl Replace<'_> {
    /// Refuses a path that must not be written. To be asked before the work
    /// begins, so that nobody waits for nothing; [`write`] asks again.
    pub fn check(&self, path: &Path) -> Result<()> {
        let found = match fs::symlink_metadata(path) {
            Ok(found) => found,
            Err(error) if error.kind() == ErrorKind::NotFound => return check_folder(path),
            Err(source) => return Err(failed(path, source)),
        };
        if found.is_symlink() {
            return Err(refused(codes::OUTPUT_IS_LINK, path));
        }
        if !found.is_file() {
            return Err(not_writable(if found.is_dir() { "folder" } else { "not-a-file" }, path));
        }
        if is_open_elsewhere(path) {
            return Err(refused(codes::OUTPUT_IN_USE, path));
        }
        let was_read = self.read.iter().any(|input| is_same_file(input, path));
        if self.force && !was_read {
            return Ok(());
        }
        self.check_content(path, was_read)
    }

    /// An input is never replaced but by its own next version: a report of
    /// gendan's that this run has read.
    fn check_content(&self, path: &Path, was_read: bool) -> Result<()> {
        let shown = path.display().to_string();
        let workbook = workbook::open(path, &shown, &workbook::Options::default());
        match decisions::read(&workbook) {
            None if was_read => Err(refused(codes::OUTPUT_IS_INPUT, path)),
            None => Err(refused(codes::OUTPUT_EXISTS, path)),
            Some(decided) if !was_read && !decided.decisions.is_empty() => {
                let count = decided.decisions.len();
                let finding = Finding::of(codes::OUTPUT_HAS_DECISIONS)
                    .with("file", shown)
                    .with("count", count);
                Err(finding.into())
            }
            // What people have written on it by now is nowhere else.
            Some(decided) if decided.mark.is_form() => Err(refused(codes::OUTPUT_EXISTS, path)),
            Some(_) => Ok(()),
        }
    }

    /// Writes a file: all of it, or nothing. `content` gets a file beside the
    /// target that takes its place when it is whole.
    pub fn write(
        &self,
        path: &Path,
        content: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<()> {
        self.check(path)?;
        beside::write(path, content).map_err(|source| failed(path, source))
    }
}

/// Endings under which no program would open the workbook that is written.
const OTHER_FORMATS: &[&str] = &[
    "csv", "et", "htm", "html", "json", "md", "ods", "pdf", "tsv", "txt", "xls", "xlsb", "xlsm",
    "xlt", "xltm", "xltx",
];

/// Refuses a workbook's path that is named as another format.
pub fn check_ending(path: &Path) -> Result<()> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    match ending.is_some_and(|ending| OTHER_FORMATS.contains(&ending.as_str())) {
        true => Err(refused(codes::OUTPUT_NOT_XLSX, path)),
        false => Ok(()),
    }
}

/// Writes files that are always the same. One of their names that is another
/// file stays, and nothing is written, unless the person says otherwise.
pub fn write_known<'b>(
    files: impl IntoIterator<Item = (PathBuf, &'b [u8])>,
    force: bool,
) -> Result<()> {
    let mut missing = Vec::new();
    for (path, bytes) in files {
        match fs::read(&path) {
            Ok(found) if found == *bytes => {}
            Ok(_) if !force => return Err(refused(codes::OUTPUT_EXISTS, &path)),
            Err(source) if source.kind() != ErrorKind::NotFound => {
                return Err(failed(&path, source));
            }
            _ => missing.push((path, bytes)),
        }
    }
    let replace = Replace { read: &[], force };
    for (path, bytes) in missing {
        create_folder(folder(&path))?;
        replace.write(&path, |file| file.write_all(bytes))?;
    }
    Ok(())
}

/// Creates a folder for outputs, and those above it.
pub fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|source| failed(path, source))
}

/// Returns the folder a file stands in.
pub fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The most characters of a name in the name of a file: file systems count
/// bytes, up to 255.
const LONGEST_NAME: usize = 48;

/// Returns a text from a sheet as part of a file's name: any file system takes
/// it, it leads into no other folder, and its letters stand as they are read.
pub fn file_name(text: &str) -> String {
    let shown = one_line(text);
    let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = shown.chars().map(safe).take(LONGEST_NAME).collect();
    name.trim_matches(['.', ' ']).to_owned()
}

/// Returns the paths of files that are written together, none twice: a name
/// that is taken, in whatever case, is numbered.
pub fn apart<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Vec<PathBuf> {
    let mut taken = BTreeSet::new();
    let mut free = |path: &PathBuf| taken.insert(path.to_string_lossy().to_lowercase());
    let numbered = |path: &Path, number: usize| {
        let part = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        let (stem, ending) = (part(path.file_stem()), part(path.extension()));
        path.with_file_name(format!("{stem} ({number}).{ending}"))
    };
    let mut unlike = |path: &Path| {
        let own = std::iter::once(path.to_owned());
        own.chain((2..).map(|number| numbered(path, number))).find(&mut free)
    };
    paths.into_iter().filter_map(&mut unlike).collect()
}

fn check_folder(path: &Path) -> Result<()> {
    match fs::metadata(folder(path)) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(not_writable("not-a-folder", path)),
        Err(source) => Err(failed(path, source)),
    }
}

/// Whether a spreadsheet program has the file open: each leaves a lock file
/// beside it.
fn is_open_elsewhere(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let beside = |lock: String| folder(path).join(lock).exists();
    // Excel cuts two letters off long names to make room for its mark.
    let cut: String = name.chars().skip(2).collect();
    let locks = ["~$", ".~"].map(|mark| format!("{mark}{name}"));
    locks.into_iter().chain([format!("~${cut}"), format!(".~lock.{name}#")]).any(beside)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    same_inode(one, other).unwrap_or_else(|| match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    })
}

/// Hard links are one file under two names.
#[cfg(unix)]
fn same_inode(one: &Path, other: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt as _;

    let (one, other) = (fs::metadata(one).ok()?, fs::metadata(other).ok()?);
    Some((one.dev(), one.ino()) == (other.dev(), other.ino()))
}

#[cfg(not(unix))]
fn same_inode(_one: &Path, _other: &Path) -> Option<bool> {
    None
}

fn refused(code: Code, path: &Path) -> Error {
    Finding::of(code).with("file", path.display()).into()
}

fn not_writable(why: &'static str, path: &Path) -> Error {
    Finding::of(codes::OUTPUT_NOT_WRITABLE).with("file", path.display()).with("why", why).into()
}

/// Says in the person's words what the system refused.
fn failed(path: &Path, source: io::Error) -> Error {
    // What Windows says of a file that another program holds.
    if cfg!(windows) && matches!(source.raw_os_error(), Some(32 | 33)) {
        return refused(codes::OUTPUT_IN_USE, path);
    }
    match source.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            not_writable("permission", path)
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => not_writable("not-a-folder", path),
        ErrorKind::IsADirectory => not_writable("folder", path),
        ErrorKind::NotFound => refused(codes::OUTPUT_NO_FOLDER, path),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            refused(codes::OUTPUT_DISK_FULL, path)
        }
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => {
            refused(codes::OUTPUT_IN_USE, path)
        }
        _ => Error::Io { path: path.to_owned(), source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::progress::Progress;
    use crate::report::{Cell, Column, Report, Row, Sheet, Table, xlsx};

    fn code(result: Result<()>) -> &'static str {
        match result.unwrap_err() {
            Error::Usage(finding) => finding.code.0,
            error => panic!("{error}"),
        }
    }

    fn report(decision: &str) -> Report {
        let [decided, same_as, date, note] = decisions::columns(Lang::En);
        let mut table = Table::new([Column::text("item", "Item"), decided, same_as, date, note]);
        table.push(Row::new(["x".into(), Cell::from(decision)]).id("EBBM1-H10YP"));
        let mut report = Report::new("reconcile-supplier", "Title", Lang::En);
        report.sheets.push(Sheet::new("differences", "Differences").table(table));
        report
    }

    fn write(path: &Path, replace: Replace<'_>, decision: &str) -> Result<()> {
        replace.write(path, |file| {
            xlsx::write(&report(decision), Path::new("."), file, &Progress::default())
        })
    }

    #[test]
    fn only_own_files_without_unread_decisions_are_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.xlsx");
        let none = Replace::default();
        write(&path, none, "").unwrap();
        write(&path, none, "Accept ours").unwrap();
        assert_eq!(code(write(&path, none, "")), "output-has-decisions");
        let read = [path.clone()];
        write(&path, Replace { read: &read, force: false }, "Dispute").unwrap();
        write(&path, Replace { read: &[], force: true }, "").unwrap();
        write(&path, none, "").unwrap();
    }

    #[test]
    fn foreign_files_inputs_and_links_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("对账单.csv");
        fs::write(&path, "a,b").unwrap();
        let read = [path.clone()];
        assert_eq!(code(Replace::default().check(&path)), "output-exists");
        for force in [false, true] {
            assert_eq!(code(Replace { read: &read, force }.check(&path)), "output-is-input");
        }
        assert_eq!(code(Replace::default().check(folder.path())), "output-not-writable");
        Replace { read: &[], force: true }.check(&path).unwrap();
        let missing = folder.path().join("no").join("x.xlsx");
        assert_eq!(code(Replace::default().check(&missing)), "output-no-folder");
        assert_eq!(fs::read(&path).unwrap(), b"a,b");
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_hard_links_are_known() {
        let folder = tempfile::tempdir().unwrap();
        let (input, link, hard) =
            (folder.path().join("a"), folder.path().join("b"), folder.path().join("c"));
        fs::write(&input, "a").unwrap();
        std::os::unix::fs::symlink(&input, &link).unwrap();
        fs::hard_link(&input, &hard).unwrap();
        let read = [input];
        let replace = Replace { read: &read, force: true };
        assert_eq!(code(replace.check(&link)), "output-is-link");
        assert_eq!(code(replace.check(&hard)), "output-is-input");
    }

    #[test]
    fn a_failed_write_leaves_nothing_and_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.xlsx");
        write(&path, Replace::default(), "").unwrap();
        let before = fs::read(&path).unwrap();
        let result = Replace::default().write(&path, |file| {
            file.write_all(b"half")?;
            Err(ErrorKind::StorageFull.into())
        });
        assert_eq!(code(result), "output-disk-full");
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn names_from_sheets_stay_in_their_folder_and_apart() {
        for (text, name) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\CON", "C__CON"),
            ("甲厂\n=1", "甲厂 =1"),
            ("a\u{202e}xslx", "a_U+202E_xslx"),
            ("...", ""),
        ] {
            assert_eq!(file_name(text), name);
        }
        assert!(file_name(&"𠮷".repeat(300)).len() < 200);
        let paths = ["out/A 1.xlsx", "out/a 1.xlsx", "out/b.xlsx", "out/A 1.xlsx"].map(Path::new);
        let expected = ["out/A 1.xlsx", "out/a 1 (2).xlsx", "out/b.xlsx", "out/A 1 (3).xlsx"];
        assert_eq!(apart(paths), expected.map(PathBuf::from));
    }

    #[test]
    fn a_file_that_is_open_in_a_spreadsheet_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.xlsx");
        write(&path, Replace::default(), "").unwrap();
        for lock in ["~$report.xlsx", "~$port.xlsx", ".~report.xlsx", ".~lock.report.xlsx#"] {
            let lock = folder.path().join(lock);
            fs::write(&lock, "").unwrap();
            assert_eq!(code(Replace::default().check(&path)), "output-in-use");
            fs::remove_file(lock).unwrap();
        }
        Replace::default().check(&path).unwrap();
    }
}
