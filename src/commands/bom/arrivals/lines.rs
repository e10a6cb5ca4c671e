//! What is to be written beside each line of the parts lists.

use super::super::plan::Plan;
use super::super::words::shown;
use super::standing::Standing;
use crate::engine::bom::ItemId;
use crate::engine::bom::arrivals::Note;
use crate::lang::Lang;
use crate::location::Location;
use crate::records::bom::{Alternate, Bom};
use crate::report::labels;

/// What is said beside one line.
#[derive(Debug, Clone)]
pub(super) struct LineNote {
    /// The list.
    pub(super) bom: usize,
    pub(super) item: ItemId,
    /// The first order that goes by the list.
    pub(super) order: Option<usize>,
    pub(super) text: String,
    /// The cell of the line's item.
    pub(super) at: Location,
}

/// Returns what is to be said of the lines that have something to come or are
/// short.
pub(super) fn notes(plan: &Plan, standing: &Standing, lang: Lang) -> Vec<LineNote> {
    let mut found = Vec::new();
    for (at, bom) in plan.papers.boms.iter().enumerate() {
        let list = plan.graph.roots[at];
        let order = standing.orders(list).first().copied();
        let lang = spoken(bom, lang);
        for line in &bom.lines {
            if matches!(line.alternate, Alternate::Of(_)) {
                continue;
            }
            let Some(item) = plan.graph.items.find(&line.item) else { continue };
            let said = standing.notes(list, item);
            if said.is_empty() {
                continue;
            }
            let words = sentences(&said, line.unit.as_deref(), lang);
            let text = words.join(if lang == Lang::En { "; " } else { "；" });
            found.push(LineNote { bom: at, item, order, text, at: line.at.clone() });
        }
    }
    found
}

/// A list in Chinese is written in Chinese, whatever the screen speaks.
fn spoken(bom: &Bom, lang: Lang) -> Lang {
    let han = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let texts = bom.lines.iter().flat_map(|line| [&line.item.name, &line.unit, &line.remark]);
    let chinese = texts.flatten().any(|text| han(text));
    if lang == Lang::En && chinese { Lang::Hans } else { lang }
}

/// Returns what is said in words: of many days the first and the last, for a
/// cell has room for a few.
fn sentences(said: &[Note], unit: Option<&str>, lang: Lang) -> Vec<String> {
    /// So many days are written.
    const DAYS: usize = 6;
    let word = |note: &Note| words(*note, unit, lang);
    let days = said.iter().filter(|note| !matches!(note, Note::Missing(_))).count();
    if days <= DAYS {
        return said.iter().map(word).collect();
    }
    let more = (days - DAYS).to_string();
    let first = said[..DAYS - 1].iter().map(word);
    let between = labels::fill(lang, "bom.note_more", &[("count", &more)]);
    first.chain([between]).chain(said[days - 1..].iter().map(word)).collect()
}

fn words(note: Note, unit: Option<&str>, lang: Lang) -> String {
    let fill = |key, day: chrono::NaiveDate| labels::fill(lang, key, &[("date", &day.to_string())]);
    match note {
        Note::Comes(day) => fill("bom.note_comes", day),
        Note::Overdue(day) => fill("bom.note_overdue", day),
        Note::Missing(quantity) => {
            let quantity = shown(quantity).to_string();
            let values = [("quantity", quantity.as_str()), ("unit", unit.unwrap_or_default())];
            labels::fill(lang, "bom.note_missing", &values).trim_end().to_owned()
        }
    }
}
