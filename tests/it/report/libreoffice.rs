//! LibreOffice opens the workbooks, calculates every formula anew, and finds
//! our figures. Skipped where it is not installed, unless
//! `GENDAN_LIBREOFFICE=required`. What was written is kept in the folder that
//! `GENDAN_RENDERED` names, to be looked at.

use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use gendan::input::sheet::Sheet;
use gendan::lang::Lang;
use gendan::location::CellRef;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::workbook::{bytes, open, part, sheet};
use super::{example, papers};

/// Returns the workbook with its formulas' values taken out: whoever opens it
/// must calculate them.
fn uncalculated(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().to_string();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        if name.starts_with("xl/worksheets/sheet") {
            content = without_values(&String::from_utf8(content).unwrap()).into_bytes();
        }
        copy.start_file(name, SimpleFileOptions::default()).unwrap();
        copy.write_all(&content).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

fn without_values(xml: &str) -> String {
    let mut parts = xml.split("</f><v>");
    let mut stripped = parts.next().unwrap().to_owned();
    for part in parts {
        stripped.push_str("</f>");
        stripped.push_str(part.split_once("</v>").unwrap().1);
    }
    stripped
}

/// Returns the workbook as LibreOffice saves it; `None` without LibreOffice.
fn recalculated(workbook: &[u8]) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let written = folder.path().join("report.xlsx");
    fs::write(&written, uncalculated(workbook)).unwrap();
    let out = folder.path().join("out");
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let run = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "xlsx", "--outdir"])
        .args([&out, &written])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let required = env::var("GENDAN_LIBREOFFICE").is_ok_and(|value| value == "required");
    match run {
        Ok(status) => assert!(status.success(), "LibreOffice failed: {status}"),
        Err(error) if required => panic!("LibreOffice is required here: {error}"),
        Err(_) => return None,
    }
    Some(fs::read(out.join("report.xlsx")).unwrap())
}

fn formula_cells(xml: &str) -> Vec<CellRef> {
    xml.split("<c r=\"")
        .skip(1)
        .filter(|cell| cell.split("</c>").next().unwrap().contains("<f>"))
        .map(|cell| CellRef::parse(cell.split('"').next().unwrap()).unwrap())
        .collect()
}

/// Compares every formula of a workbook with what LibreOffice makes of it;
/// returns how many there were.
fn compare(name: &str, workbook: &[u8]) -> Option<usize> {
    if let Ok(folder) = env::var("GENDAN_RENDERED") {
        let folder = Path::new(&folder);
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(format!("{name}.xlsx")), workbook).unwrap();
    }
    let (ours, theirs) = (open(workbook), open(&recalculated(workbook)?));
    let mut compared = 0;
    for (at, ours) in ours.sheets.iter().enumerate() {
        let xml = part(workbook, &format!("xl/worksheets/sheet{}.xml", at + 1));
        for cell in formula_cells(&xml) {
            let theirs = sheet(&theirs, ours.id.sheet.as_deref().unwrap());
            let value = |sheet: &Sheet| sheet.cell(cell).map(|cell| cell.value());
            let found = value(theirs);
            assert_eq!(found, value(ours), "{name}: {}", ours.at(cell));
            assert!(found.is_some(), "{name}: {}", ours.at(cell));
            compared += 1;
        }
    }
    Some(compared)
}

#[test]
fn libreoffice_calculates_the_same_report() {
    let Some(compared) = compare("report", &bytes(&example::report())) else { return };
    assert!(compared > 150, "only {compared} formulas");
}

#[test]
fn libreoffice_calculates_the_same_papers() {
    for lang in Lang::ALL {
        let papers = [
            ("statement", papers::statement(70).sheet(lang), 80),
            ("letter", papers::letter().sheet(lang), 6),
        ];
        for (name, sheet, formulas) in papers {
            let report = papers::paper(sheet, lang);
            let name = format!("{name}-{}", lang.code());
            let Some(compared) = compare(&name, &bytes(&report)) else { return };
            assert!(compared >= formulas, "{name}: only {compared} formulas");
        }
    }
}
