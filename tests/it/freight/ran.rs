//! A run of the freight job over a folder of sheets, and what it says.

use serde_json::Value;

use crate::sandbox::Sandbox;

/// The sheets of one month, as text.
pub(super) struct Folder {
    sandbox: Sandbox,
}

/// What a run says in JSON.
pub(super) struct Said(pub(super) Value);

impl Folder {
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let sandbox = Sandbox::new();
        for (name, text) in files {
            sandbox.write(&format!("m/{name}"), text);
        }
        Self { sandbox }
    }

    /// Adds a workbook: lines of cells, and runs of cells merged in one row
    /// (row, first and last column, from 0).
    pub(super) fn with_book(self, name: &str, lines: &str, merged: &[(u32, u16, u16)]) -> Self {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        let plain = rust_xlsxwriter::Format::new();
        for &(row, first, last) in merged {
            sheet.merge_range(row, first, row, last, "", &plain).unwrap();
        }
        fill(sheet, lines);
        self.save(name, &mut book)
    }

    /// Adds a workbook of several sheets: their names and lines of cells.
    pub(super) fn with_sheets(self, name: &str, sheets: &[(&str, &str)]) -> Self {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (tab, lines) in sheets {
            fill(book.add_worksheet().set_name(*tab).unwrap(), lines);
        }
        self.save(name, &mut book)
    }

    fn save(self, name: &str, book: &mut rust_xlsxwriter::Workbook) -> Self {
        self.sandbox.write("m/.keep", "");
        book.save(self.sandbox.path(&format!("m/{name}"))).unwrap();
        self
    }

    pub(super) fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    pub(super) fn run(&self) -> Said {
        self.run_in("m")
    }

    /// Runs the job over another folder of the sandbox.
    pub(super) fn run_in(&self, folder: &str) -> Said {
        let flags = ["--format", "json", "--lang", "en"];
        let ran = self.sandbox.run(&[&["reconcile", "freight", folder][..], &flags].concat());
        assert!(ran.code < 2, "{ran}");
        Said(serde_json::from_str(&ran.stdout).unwrap())
    }
}

impl Said {
    pub(super) fn section(&self, name: &str) -> &[Value] {
        let sections = self.0["sections"].as_array().unwrap();
        let section = sections.iter().find(|section| section["name"] == name);
        section.unwrap_or_else(|| panic!("no section {name}"))["rows"].as_array().unwrap()
    }

    /// Returns the lines in short: status, reason, rows of both sides,
    /// difference, causes.
    pub(super) fn lines(&self) -> Vec<String> {
        self.section("lines").iter().map(short).collect()
    }

    /// Returns the lines that are not matched, in short.
    pub(super) fn open(&self) -> Vec<String> {
        let lines = self.section("lines").iter();
        lines.filter(|line| line["status"] != "matched").map(short).collect()
    }

    pub(super) fn codes(&self) -> Vec<&str> {
        let findings = self.0["findings"].as_array().unwrap().iter();
        let alarming = findings.filter(|finding| finding["severity"] != "info");
        alarming.map(|finding| finding["code"].as_str().unwrap()).collect()
    }

    pub(super) fn carrier(&self, name: &str) -> &Value {
        let found = self.section("carriers").iter().find(|row| row["carrier"] == name);
        found.unwrap_or_else(|| panic!("no {name} in {:?}", self.section("carriers")))
    }
}

fn short(line: &Value) -> String {
    let rows = |side: &str| -> String {
        let rows = line[side].as_array().unwrap().iter().map(|entry| {
            let at = entry["at"].as_str().unwrap().rsplit('!').next().unwrap();
            at.trim_start_matches(|c: char| c.is_ascii_uppercase()).to_owned()
        });
        rows.collect::<Vec<_>>().join("+")
    };
    let causes = line["causes"].as_array().unwrap().iter().map(|cause| {
        format!(" {}:{}", cause["code"].as_str().unwrap(), cause["amount"].as_str().unwrap())
    });
    let reason = line["reason"].as_str().map(|reason| format!(" {reason}")).unwrap_or_default();
    format!(
        "{}{reason} {}|{} {}{}",
        line["status"].as_str().unwrap(),
        rows("left"),
        rows("right"),
        line["difference"].as_str().unwrap(),
        causes.collect::<String>()
    )
}

/// Writes lines of cells into a sheet, figures as figures.
fn fill(sheet: &mut rust_xlsxwriter::Worksheet, lines: &str) {
    for (row, line) in (0_u32..).zip(lines.lines()) {
        for (col, cell) in (0_u16..).zip(line.split('|')) {
            match cell.parse::<f64>() {
                _ if cell.is_empty() => {}
                Ok(number) => {
                    sheet.write(row, col, number).unwrap();
                }
                Err(_) => {
                    sheet.write(row, col, cell).unwrap();
                }
            }
        }
    }
}
