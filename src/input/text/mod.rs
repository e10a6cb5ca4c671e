//! Text files: delimited records, in whatever encoding they come. Each is one
//! sheet without a name; its cells are the texts between the delimiters.

mod delimiter;
mod encoding;
mod records;

use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::Arc;

use encoding_rs::Encoding;

use super::grid::Grid;
use super::guard::{self, Budget};
use super::known::Known;
use super::refusal::{self, Refusal};
use super::sheet::{NewCell, Sheet, Value, Workbook};
use super::sniff::{self, Markup};
use super::workbook::Options;
use super::xml::{self, Xml};
use super::{html, ods, spreadsheetml};
use crate::finding::{Finding, Severity, codes};
use crate::location::SheetId;

/// Reads a text file: delimited records, a web page with tables, or a
/// workbook in XML.
pub(super) fn read(
    bytes: &[u8],
    options: &Options,
    book: &mut Workbook,
    budget: &mut Budget,
) -> Result<(), Refusal> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref())?;
    budget.text(decoded.text.len())?;
    let shown = book.path.as_str();
    // Texts that are marked up name their encoding themselves.
    book.sheets = match sniff::markup(&decoded.text) {
        None => {
            book.findings.extend(encoding_finding(&decoded, shown));
            vec![read_records(&decoded.text, shown, budget)?]
        }
        Some(Markup::Html) => {
            let named = html::decode(bytes).filter(|_| options.encoding.is_none());
            let page = named.as_deref().unwrap_or(&decoded.text);
            let (sheet, is_cut_off) = html::read(page, shown, budget)?;
            let finding = Finding::of(codes::CUT_OFF_FILE).at(refusal::place(shown));
            book.findings.extend(is_cut_off.then(|| finding.with("file", shown)));
            vec![sheet]
        }
        Some(Markup::SpreadsheetMl) => spreadsheetml::read(unicode(bytes)?, shown, budget)?,
        Some(Markup::FlatOds) => ods::read_flat(unicode(bytes)?, shown, budget)?,
        Some(Markup::Other(format)) => return Err(Refusal::NotASheet(format)),
    };
    Ok(())
}

/// Tells that the encoding was guessed. A guess that all signs agree with is
/// worth knowing; any other is for a person to look at.
fn encoding_finding(decoded: &encoding::Decoded<'_>, shown: &str) -> Option<Finding> {
    let severity = match decoded.certainty {
        encoding::Certainty::Known => return None,
        encoding::Certainty::Likely => Severity::Info,
        encoding::Certainty::Doubtful => Severity::Warning,
    };
    let finding = Finding::new(codes::ENCODING_GUESSED, severity).at(refusal::place(shown));
    Some(finding.with("file", shown).with("found", decoded.encoding))
}

/// The columns of the widest sheet.
const COLUMNS: u64 = 16_384;

/// A guess that has no more to go by than this many bytes must be a sure one.
const FEW_BYTES: usize = 20;

/// Guesses the encoding that texts gathered from elsewhere are in. `None` if
/// nothing speaks for any.
pub(super) fn guess_encoding(sample: &[u8]) -> Option<&'static Encoding> {
    let decoded = encoding::decode(sample, None).ok()?;
    let few = sample.iter().filter(|byte| !byte.is_ascii()).count() < FEW_BYTES;
    let certain = decoded.certainty != encoding::Certainty::Doubtful || !few;
    certain.then(|| Encoding::for_label(decoded.encoding.as_bytes()))?
}

/// Opens a text as XML.
fn unicode(bytes: &[u8]) -> Result<Xml<Box<dyn Read + '_>>, Refusal> {
    let reader = xml::unicode(bytes.to_vec(), io::empty()).map_err(Refusal::damaged)?;
    Ok(Xml::new(reader))
}

fn read_records(text: &str, shown: &str, budget: &mut Budget) -> Result<Sheet, Refusal> {
    let id = SheetId { path: shown.to_owned(), sheet: None };
    let mut grid = Grid::new(Arc::new(id));
    let layout = delimiter::find(text);
    let mut known = Known::new();
    records::each(text, layout, |line, fields| {
        guard::check("columns", fields.len() as u64, COLUMNS)?;
        guard::check("lines", u64::from(line), budget.limits().lines)?;
        grid.row(line, false);
        for (col, field) in (0_u16..).zip(fields) {
            let text = plain(field);
            if text.trim().is_empty() {
                continue;
            }
            let value = Value::Text(known.text(&text));
            grid.cell(NewCell { value, col, ..NewCell::default() }, budget)?;
        }
        Ok(())
    })?;
    Ok(grid.finish())
}

/// Takes off what writers put around a text so that a spreadsheet does not
/// make a number of it: `="00123"`, `'00123`.
fn plain(field: &str) -> Cow<'_, str> {
    let trimmed = field.trim();
    if let Some(text) = trimmed.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')) {
        return Cow::Owned(text.replace("\"\"", "\""));
    }
    match trimmed.strip_prefix('\'') {
        Some(text) if text.starts_with(|c: char| c.is_ascii_digit() || "=+-@".contains(c)) => {
            Cow::Borrowed(text.strip_suffix('\'').unwrap_or(text))
        }
        _ => Cow::Borrowed(field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::workbook::open_bytes;

    /// Shows the rows of a text file as `line: cell|cell`.
    fn rows(bytes: &[u8]) -> Vec<String> {
        let book = open_bytes(bytes, "a.csv", &Options::default());
        let rows = book.sheets.iter().flat_map(|sheet| &sheet.rows);
        rows.map(|row| {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| format!("{}={}", cell.col, cell.text().unwrap_or("?")))
                .collect();
            format!("{}: {}", row.index, cells.join("|"))
        })
        .collect()
    }

    #[test]
    fn rows_are_the_physical_lines_their_records_begin_on() {
        let text =
            "对账单,,\r\n\r\n单号,\"数量\r\n(件)\",备注\r\nA1,1,\"说\"\"好\"\"\"\r\n,,\r\nA2,2\r\n";
        let expected = [
            "0: 0=对账单",
            "2: 0=单号|1=数量\r\n(件)|2=备注",
            "4: 0=A1|1=1|2=说\"好\"",
            "6: 0=A2|1=2",
        ];
        assert_eq!(rows(text.as_bytes()), expected);
        let lf = text.replace("\r\n", "\n");
        assert_eq!(rows(lf.as_bytes()), expected.map(|row| row.replace("\r\n", "\n")));
        let marked = format!("\u{feff}{text}");
        assert_eq!(rows(marked.as_bytes()), expected);
        let old_mac = "a,b\r\r1,2\r";
        assert_eq!(rows(old_mac.as_bytes()), ["0: 0=a|1=b", "2: 0=1|1=2"]);
    }

    #[test]
    fn texts_that_hide_from_the_spreadsheet_come_out() {
        let text = "=\"00123\",\"=\"\"00456\"\"\",'00789,'tis,3250136542540229684\t\n";
        let expected = ["0: 0=00123|1=00456|2=00789|3='tis|4=3250136542540229684\t"];
        assert_eq!(rows(text.as_bytes()), expected);
    }

    #[test]
    fn a_quote_that_never_closes_swallows_nothing() {
        let text = "品名,数量\n\"5寸管,1\n弯头,2\n直通,3\n";
        assert_eq!(
            rows(text.as_bytes()),
            ["0: 0=品名|1=数量", "1: 0=\"5寸管|1=1", "2: 0=弯头|1=2", "3: 0=直通|1=3"]
        );
    }

    #[test]
    fn other_things_in_text_are_refused_by_name() {
        let reason = |bytes: &[u8]| {
            let book = open_bytes(bytes, "a.csv", &Options::default());
            book.findings.iter().flat_map(|f| &f.values).map(|(_, v)| v.clone()).nth(1)
        };
        assert_eq!(reason(b"").as_deref(), Some("empty"));
        assert_eq!(reason(b" \r\n\r\n").as_deref(), Some("empty"));
        assert_eq!(reason(b"\x01\x02\x03\x00\x05\x00\x06\x07\xff").as_deref(), Some("not-a-sheet"));
    }
}
