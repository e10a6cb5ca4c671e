//! The sheet that lists the problems of a workbook, each with a link to its
//! cell, as a new last sheet of the workbook.

use super::cell::{escaped, quoted};
use super::draft::{Draft, inside_last, odd};
use super::styles::Styles;
use super::tags::Tags;
use super::{Listing, NoCopy, Problem};
use crate::location::CellRef;

/// The longest name of a sheet, in characters.
const LONGEST: usize = 31;
/// The widths of the columns, in characters.
const WIDTHS: [u32; 5] = [10, 20, 26, 60, 50];

/// Adds the list to the workbook.
pub(super) fn add(
    draft: &mut Draft<'_>,
    main: &str,
    problems: &[Problem],
    listing: &Listing,
    styles: &mut Styles,
) -> Result<(), NoCopy> {
    let book = draft.text(main)?.ok_or_else(|| odd(main))?;
    let sheets = Tags::new(&book, 0).filter(|tag| tag.local() == "sheet");
    let (mut names, mut last) = (Vec::new(), 0_u32);
    for sheet in sheets {
        names.push(sheet.attribute("name").unwrap_or_default().to_lowercase());
        let id = sheet.attribute("sheetId").and_then(|id| id.parse().ok());
        last = last.max(id.unwrap_or_default());
    }
    let part = draft.free_name("xl/worksheets/problems", ".xml");
    draft.put(&part, sheet_of(problems, listing, styles));
    draft.type_of(&part, "spreadsheetml.worksheet")?;
    let id = draft.link(main, "worksheet", &part)?;
    let prefix = Tags::new(&book, 0).find(|tag| tag.local() == "sheets");
    let prefix = prefix.map(|tag| tag.prefix().to_owned()).unwrap_or_default();
    let element = format!(
        "<{prefix}sheet xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
         name=\"{}\" sheetId=\"{}\" r:id=\"{id}\"/>",
        quoted(&free_title(&listing.title, &names)),
        last.saturating_add(1)
    );
    let book = inside_last(&book, "sheets", &element).ok_or_else(|| odd(main))?;
    draft.put(main, book);
    Ok(())
}

/// Returns the title, with a number if a sheet is called so already.
fn free_title(title: &str, names: &[String]) -> String {
    let cut = |tail: &str| {
        let room = LONGEST.saturating_sub(tail.chars().count());
        title.chars().take(room).collect::<String>() + tail
    };
    let numbered = (2_u32..).map(|number| cut(&format!(" ({number})")));
    let mut titles = std::iter::once(cut("")).chain(numbered);
    titles.find(|title| !names.contains(&title.to_lowercase())).unwrap_or_default()
}

/// Makes the sheet.
fn sheet_of(problems: &[Problem], listing: &Listing, styles: &mut Styles) -> String {
    let plain = styles.plain();
    let mut rows = row(1, listing.headers.each_ref().map(|text| (text.as_str(), plain.head)));
    let mut links = String::new();
    for (number, problem) in (2_u32..).zip(problems) {
        let place = place(problem);
        let word = styles.marked(plain.text, problem.severity);
        rows.push_str(&row(
            number,
            [
                (&problem.word, word),
                (&problem.name, plain.text),
                (&place, plain.text),
                (&problem.message, plain.text),
                (&problem.advice, plain.text),
            ],
        ));
        links.push_str(&format!(
            "<hyperlink ref=\"C{number}\" location=\"{}\" display=\"{}\"/>",
            quoted(&target(problem)),
            quoted(&place)
        ));
    }
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let columns = (1_u32..).zip(WIDTHS).map(|(number, width)| {
        format!("<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>")
    });
    let columns: Vec<String> = columns.collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>\
         <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
         activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
         <cols>{}</cols><sheetData>{rows}</sheetData>{links}\
         <pageMargins left=\"0.4\" right=\"0.4\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\" \
         footer=\"0.3\"/><pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/>\
         </worksheet>",
        columns.concat()
    )
}

fn row(number: u32, cells: [(&str, u32); 5]) -> String {
    /// A row is never higher than Excel lets it be.
    const HIGHEST: u32 = 27;
    let lines = cells.iter().zip(WIDTHS).map(|((text, _), width)| lines(text, width));
    let lines = lines.max().unwrap_or(1).min(HIGHEST);
    let cells = (0_u16..).zip(cells).map(|(col, (text, style))| {
        let at = CellRef::new(number - 1, col);
        format!(
            "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(text)
        )
    });
    let cells: Vec<String> = cells.collect();
    let height = 15 * lines;
    format!("<row r=\"{number}\" ht=\"{height}\" customHeight=\"1\">{}</row>", cells.concat())
}

/// Returns how many lines a text takes in a column of that width.
fn lines(text: &str, width: u32) -> u32 {
    let room = width.saturating_sub(1).max(1);
    let of = |line: &str| {
        let wide = line.chars().map(|c| if c.is_ascii() { 1_u32 } else { 2 });
        wide.sum::<u32>().div_ceil(room).max(1)
    };
    text.split('\n').map(of).sum()
}

/// Returns the place of a problem as people read it.
fn place(problem: &Problem) -> String {
    format!("{}!{}", problem.sheet, problem.cell)
}

/// Returns the place of a problem as a link names it.
fn target(problem: &Problem) -> String {
    format!("'{}'!{}", problem.sheet.replace('\'', "''"), problem.cell)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_free_and_short_enough() {
        let names = ["问题".to_owned(), "问题 (2)".to_owned()];
        assert_eq!(free_title("问题", &names), "问题 (3)");
        assert_eq!(free_title("清单", &names), "清单");
        assert_eq!(free_title(&"长".repeat(40), &[]).chars().count(), LONGEST);
    }
}
