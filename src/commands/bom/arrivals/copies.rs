//! The arrivals written into copies of the parts lists' workbooks.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::lines::LineNote;
use super::{Told, WrittenRow};
use crate::args::Inputs;
use crate::commands::copies::{Original, free_name, not_possible, originals};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::input::sheet::{Sheet, Value};
use crate::lang::Lang;
use crate::location::{CellRef, Location, SheetId};
use crate::report::{FileCopy, labels};
use crate::writeback::{self, Edit, SheetEdits};

/// The copies, what stands in them, and what could not be written.
#[derive(Default)]
pub(super) struct Made {
    pub(super) files: Vec<FileCopy>,
    pub(super) written: Vec<WrittenRow>,
    pub(super) findings: Vec<Finding>,
}

/// The texts of one workbook: by sheet and cell, with the notes behind each.
type Texts<'n> = BTreeMap<(Arc<SheetId>, CellRef), Vec<&'n LineNote>>;

/// Makes copies of all workbooks that hold a parts list.
pub(super) fn copies(told: &Told<'_>, given: &Inputs, folder: &Path) -> Result<Made> {
    let mut made = Made::default();
    let mut paths: Vec<&str> = Vec::new();
    for sheet in &told.plan.papers.sheets {
        if !paths.contains(&sheet.id.path.as_str()) {
            paths.push(&sheet.id.path);
        }
    }
    for original in originals(given, &paths)? {
        made.add(told, &original, folder);
    }
    Ok(made)
}

impl Made {
    /// Makes the copy of one workbook.
    fn add(&mut self, told: &Told<'_>, original: &Original, folder: &Path) {
        let shown = original.shown.as_str();
        let texts = self.texts(told, shown);
        let mut edits: Vec<SheetEdits> = Vec::new();
        let mut rows: Vec<(Arc<SheetId>, Edit)> = Vec::new();
        for ((id, cell), notes) in texts {
            let Some(sheet) = sheet_of(told, &id) else { continue };
            let edit = edit(sheet, cell, &new_text(told, &notes));
            rows.push((Arc::clone(&id), edit.clone()));
            let name = id.sheet.clone().unwrap_or_default();
            match edits.iter_mut().find(|edits| edits.sheet == name) {
                Some(edits) => edits.edits.push(edit),
                None => edits.push(SheetEdits { sheet: name, edits: vec![edit] }),
            }
        }
        let copied = match writeback::copy(&original.bytes, &edits) {
            Ok(copied) => copied,
            Err(why) => {
                let at = told.plan.papers.boms.iter().find(|bom| bom.sheet.path == shown);
                self.findings.extend(at.map(|bom| not_possible(shown, why, &bom.product_at)));
                return;
            }
        };
        let target = free_name(&self.files, folder, &original.path);
        let place = target.display().to_string();
        for (id, edit) in rows {
            let name = id.sheet.clone().unwrap_or_default();
            if copied.kept.contains(&(name, edit.cell)) {
                let finding = Finding::of(codes::COPY_CELL_KEPT)
                    .with("found", &edit.text)
                    .with("why", "formula");
                self.findings.push(finding.at(Location::new(&id, edit.cell)));
                continue;
            }
            let own = SheetId { path: place.clone(), sheet: id.sheet.clone() };
            let at = Location::new(&Arc::new(own), edit.cell).to_string();
            self.written.push(WrittenRow { at, text: edit.text });
        }
        self.files.push(FileCopy { path: target, bytes: copied.bytes });
    }

    /// Returns which cells of a workbook are to say what.
    fn texts<'n>(&mut self, told: &'n Told<'_>, shown: &str) -> Texts<'n> {
        let mut texts: Texts<'n> = BTreeMap::new();
        for note in &told.notes {
            let bom = &told.plan.papers.boms[note.bom];
            if bom.sheet.path != shown {
                continue;
            }
            let Some(col) = bom.columns.arrival.or(bom.columns.remark) else {
                let finding = Finding::of(codes::COPY_CELL_KEPT)
                    .with("found", &note.text)
                    .with("why", "no-column");
                self.findings.push(finding.at(note.at.clone()));
                continue;
            };
            let Some(sheet) = sheet_of(told, &bom.sheet) else { continue };
            let cell = writeback::anchor(sheet, CellRef::new(note.at.cell.row, col));
            texts.entry((Arc::clone(&bom.sheet), cell)).or_default().push(note);
        }
        texts
    }
}

fn sheet_of<'t>(told: &Told<'t>, id: &SheetId) -> Option<&'t Sheet> {
    told.plan.papers.sheets.iter().find(|sheet| *sheet.id == *id).map(|sheet| &**sheet)
}

/// Returns what is new for a cell. Where it stands for several lines, each is
/// named.
fn new_text(told: &Told<'_>, notes: &[&LineNote]) -> String {
    let mut texts: Vec<String> = Vec::new();
    for note in notes {
        let label = &told.plan.graph.items.get(note.item).label;
        let text =
            if notes.len() > 1 { format!("{label} {}", note.text) } else { note.text.clone() };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("；")
}

/// Makes the edit of a cell: what it says is kept and comes first.
fn edit(sheet: &Sheet, cell: CellRef, new: &str) -> Edit {
    let old = sheet.cell(cell).map(|cell| shown(&cell.value())).unwrap_or_default();
    let kept = without_notes(&old);
    if kept.trim().is_empty() {
        return Edit { cell, text: new.to_owned(), added: new.len() };
    }
    let mark = if kept.is_ascii() { "; " } else { "；" };
    let text = format!("{kept}{mark}{new}");
    let added = if kept == old { mark.len() + new.len() } else { text.len() };
    Edit { cell, text, added }
}

/// Returns what a cell shows.
fn shown(value: &Value) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) | Value::LongNumber(text) | Value::Error(text) => text.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::Date(moment) => moment.date().to_string(),
        Value::Bool(truth) => truth.to_string(),
    }
}

/// Cuts off what an earlier run wrote at the end of a cell.
fn without_notes(text: &str) -> &str {
    let mut kept = text;
    loop {
        let at = kept.rfind(['；', ';']);
        let last = at.map_or(kept, |at| kept[at..].trim_start_matches(['；', ';']));
        if !is_note(last.trim()) {
            return kept;
        }
        match at {
            Some(at) => kept = &kept[..at],
            None => return "",
        }
    }
}

/// Whether a text is one that gendan writes: the words of a note with
/// anything in its places.
fn is_note(text: &str) -> bool {
    const KEYS: [&str; 3] = ["bom.note_comes", "bom.note_missing", "bom.note_overdue"];
    let fits = |lang: Lang, key| {
        let words = labels::text(lang, key);
        let head = words.split('{').next().unwrap_or(words);
        text.strip_prefix(head).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    KEYS.iter().any(|key| Lang::ALL.iter().any(|lang| fits(*lang, key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_earlier_run_wrote_is_not_kept_and_all_else_is() {
        for (text, kept) in [
            ("", ""),
            ("染缸排期", "染缸排期"),
            ("第一批；到料 2026-11-05", "第一批"),
            ("到料 2026-11-05；未到料 欠 30 米", ""),
            ("11.12到", "11.12到"),
            ("急；到料时间待定", "急；到料时间待定"),
            ("逾期 2026-11-01", ""),
        ] {
            assert_eq!(without_notes(text), kept, "{text}");
        }
    }
}
