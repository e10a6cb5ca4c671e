//! The whole job on folders of generated files: read, matched, reported.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use gendan::engine::matching::outcome::Status;

use super::quality::{failures, must_reach};
use super::score::{Score, judge, shown};
use super::table::{Beside, table};
use super::verdict;
use crate::months::Recipe;
use crate::months::files::{Folder, Forms};
use crate::months::truth::Month;

/// Writes the month of a recipe as files and runs the job on them.
fn run(recipe: Recipe, forms: Forms) -> Result<(Month, verdict::Verdict, Folder), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let month = recipe.month();
    let folder = Folder::write(&month, recipe.seed, dir.path(), forms)?;
    if let Ok(keep) = std::env::var("GENDAN_KEEP") {
        // For whoever wants to look at a folder that went wrong.
        let to = Path::new(&keep).join(recipe.seed.to_string());
        std::fs::create_dir_all(&to)?;
        for file in std::fs::read_dir(dir.path())? {
            let file = file?;
            std::fs::copy(file.path(), to.join(file.file_name()))?;
        }
    }
    let verdict = verdict::run(&folder, dir.path())?;
    Ok((month, verdict, folder))
}

/// Judges the job on the folders of months with `seeds`.
fn judge_months(seeds: impl Iterator<Item = u64>) -> Result<(Score, String), Box<dyn Error>> {
    let mut score = Score::default();
    let mut troubles = String::new();
    for seed in seeds {
        let suppliers = 3 + seed as usize % 6;
        let recipe = Recipe { seed, rows: 60 * suppliers, suppliers, percent: 10 };
        let (mut month, verdict, folder) = run(recipe, Forms::Any)?;
        labels_are_no_part_of_numbers(&mut month);
        let trouble = trouble(&verdict, &folder);
        if !trouble.is_empty() {
            let styles = folder.styles.join("\n  ");
            let _ = writeln!(troubles, "seed {}\n{trouble}  {styles}", recipe.seed);
        }
        let mut judged = judge(&month, &verdict.lines);
        for failure in &mut judged.failures {
            *failure = format!("{failure}\n    (seed {seed})");
        }
        score.add(judged);
    }
    Ok((score, troubles))
}

/// `No.0102038` is read as `0102038` with its label off: there is no other
/// way of writing left to note.
fn labels_are_no_part_of_numbers(month: &mut Month) {
    let labelled = |index: &usize| {
        month.left[*index].document_nos.iter().any(|number| number.text.starts_with("No."))
    };
    for fact in &mut month.facts {
        if fact.left.iter().any(labelled) {
            fact.notes.clear();
        }
    }
}

fn trouble(verdict: &verdict::Verdict, folder: &Folder) -> String {
    let mut trouble = String::new();
    for complaint in verdict.complaints.iter().take(10) {
        let _ = writeln!(trouble, "  {complaint}");
    }
    for (party, residual) in &verdict.residuals {
        let _ = writeln!(trouble, "  the bridge of {party} leaves {residual}");
    }
    for (party, theirs, _) in &verdict.closings {
        let closing = folder.closings.get(party).copied();
        if closing != *theirs {
            let _ = writeln!(trouble, "  closing of {party} is {closing:?}, said {theirs:?}");
        }
    }
    if !trouble.is_empty() {
        for finding in verdict.findings.iter().take(10) {
            let _ = writeln!(trouble, "  finding {finding}");
        }
    }
    trouble
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn months_as_files() -> Result<(), Box<dyn Error>> {
    let (score, troubles) = judge_months(40..46)?;
    let table = table("whole folders, 10 % planted", &score, &Beside::default());
    println!("{table}");
    assert!(troubles.is_empty(), "{troubles}\n{table}\n{}", failures(&score));
    must_reach(&score, &table);
    Ok(())
}

/// Many folders, for whoever changes how sheets are read:
/// `GENDAN_SEEDS=100..200 cargo test --release --test it many_months -- --ignored --nocapture`.
#[test]
#[ignore = "minutes without optimisation"]
#[expect(clippy::print_stdout, reason = "the table is what a person runs it for")]
fn many_months_as_files() -> Result<(), Box<dyn Error>> {
    let seeds = std::env::var("GENDAN_SEEDS").unwrap_or_else(|_| "100..130".to_owned());
    let (first, end) = seeds.split_once("..").ok_or("GENDAN_SEEDS=100..130")?;
    let (score, troubles) = judge_months(first.parse()?..end.parse()?)?;
    let table = table("many folders, 10 % planted", &score, &Beside::default());
    println!("{table}\n{troubles}\n{}", failures(&score));
    assert!(troubles.is_empty(), "see above");
    must_reach(&score, &table);
    Ok(())
}

#[test]
fn clean_months_as_files_raise_nothing() -> Result<(), Box<dyn Error>> {
    for seed in 0..6 {
        let suppliers = 2 + seed as usize;
        let recipe = Recipe { seed: 80 + seed, rows: 40 * suppliers, suppliers, percent: 0 };
        let (month, verdict, folder) =
            run(recipe, if seed % 2 == 0 { Forms::Any } else { Forms::Workbooks })?;
        let what = || format!("seed {}\n{}", recipe.seed, folder.styles.join("\n"));
        assert_eq!(verdict.complaints, Vec::<String>::new(), "{}", what());
        assert_eq!(verdict.residuals, Vec::new(), "{}", what());
        assert_eq!(verdict.findings, Vec::<String>::new(), "{}", what());
        for line in &verdict.lines {
            let left = line.left.iter().map(|&index| shown(&month.left[index]));
            let right = line.right.iter().map(|&index| shown(&month.right[index]));
            let entries: Vec<String> = left.chain(right).collect();
            assert_eq!(line.status, Status::Matched, "{entries:#?} {}", what());
        }
        assert_eq!(judge(&month, &verdict.lines).lost_or_doubled, 0, "{}", what());
        assert_eq!(verdict.exit, 0, "{}", what());
    }
    Ok(())
}

#[test]
fn the_same_folder_gives_the_same_report_and_stays_as_it_was() -> Result<(), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let recipe = Recipe { seed: 99, rows: 120, suppliers: 3, percent: 15 };
    Folder::write(&recipe.month(), recipe.seed, dir.path(), Forms::Any)?;
    let before = contents(dir.path())?;
    let (one, two) = (verdict::report(dir.path())?, verdict::report(dir.path())?);
    assert!(!one.is_empty());
    assert_eq!(String::from_utf8(one)?, String::from_utf8(two)?);
    assert_eq!(before, contents(dir.path())?, "an input was touched");
    Ok(())
}

/// The files of a folder and what is in them.
fn contents(dir: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, std::io::Error> {
    let mut files = BTreeMap::new();
    for file in std::fs::read_dir(dir)? {
        let path = file?.path();
        files.insert(path.clone(), std::fs::read(path)?);
    }
    Ok(files)
}
