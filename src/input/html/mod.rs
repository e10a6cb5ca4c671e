//! Web pages with tables, as many systems export them under the name `.xls`.
//! The page becomes one sheet, row by row as a spreadsheet shows it: texts
//! between the tables, then the rows of each.

mod tables;
mod tags;

use std::sync::Arc;

use encoding_rs::Encoding;

use self::tables::Page;
use self::tags::{Piece, Pieces};
use super::grid::Grid;
use super::guard::Budget;
use super::refusal::Refusal;
use super::sheet::Sheet;
use crate::location::SheetId;

/// How far into a page its encoding is named.
const HEAD: usize = 4 << 10;

/// Decodes a page by the encoding that it names; `None` if it names none that
/// fits.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    if Encoding::for_bom(bytes).is_some() {
        return None;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let named = head.split("charset=").nth(1)?.trim_start_matches(['"', '\'', ' ']);
    let end = named.find(|c: char| !(c.is_ascii_alphanumeric() || "-_".contains(c)))?;
    let encoding = Encoding::for_label(&named.as_bytes()[..end])?;
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// Reads the tables of a page; tells whether it ends within one, as a page
/// does whose transfer broke off.
///
/// # Errors
///
/// A page without a table: an error message or a log-in that was saved in
/// place of the export.
pub(super) fn read(text: &str, shown: &str, budget: &mut Budget) -> Result<(Sheet, bool), Refusal> {
    let id = SheetId { path: shown.to_owned(), sheet: sheet_name(text) };
    let mut page = Page::new(Grid::new(Arc::new(id)), budget);
    for piece in Pieces::new(text) {
        match piece {
            Piece::Text(text) => page.text(&text),
            Piece::Open(tag) => page.open(&tag)?,
            Piece::Close(name) => page.close(&name)?,
        }
    }
    let (sheet, tables, is_cut_off) = page.finish()?;
    if tables == 0 { Err(Refusal::NotASheet("html")) } else { Ok((sheet, is_cut_off)) }
}

/// Returns the name that Excel gives the sheet in a page it wrote.
fn sheet_name(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("<x:Name>")?;
    let (name, _) = rest.split_once("</x:Name>")?;
    Some(tags::resolve(name.trim()).into_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::input::workbook::{Options, open_bytes};

    /// Shows a page's rows as `row: col=text`, then its merges.
    fn shown(page: &str) -> Vec<String> {
        let book = open_bytes(page.as_bytes(), "a.xls", &Options::default());
        let mut shown = Vec::new();
        for sheet in &book.sheets {
            for row in &sheet.rows {
                let cells: Vec<String> = row
                    .cells
                    .iter()
                    .map(|cell| format!("{}={:?}", cell.col, cell.text().unwrap_or("?")))
                    .collect();
                shown.push(format!("{}: {}", row.index, cells.join(" ")));
            }
            shown.extend(sheet.merges.iter().map(ToString::to_string));
        }
        shown
    }

    #[test]
    fn a_table_is_read_cell_by_cell() {
        let page = "<html><head><style>td {x}</style></head><body><h3>对账单</h3>\
            <table border=1><tr><th>单号<th>数量&nbsp;(件)</tr>\
            <tr><td>00123</td><td>\n  1,000 <br/> 件 </td></tr><!-- <tr><td>x</td></tr> -->\
            <tr><td></td></tr><TR><TD>A&amp;B</TD></TABLE>谢谢</body></html>";
        assert_eq!(
            shown(page),
            [
                "0: 0=\"对账单\"",
                "1: 0=\"单号\" 1=\"数量\\u{a0}(件)\"",
                "2: 0=\"00123\" 1=\"1,000\\n件\"",
                "4: 0=\"A&B\"",
                "5: 0=\"谢谢\"",
            ]
        );
    }

    #[test]
    fn spans_take_their_place_and_are_merges() {
        let page = "<table><tr><td rowspan=2>甲</td><td colspan='2'>乙</td></tr>\
            <tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>";
        assert_eq!(
            shown(page),
            ["0: 0=\"甲\" 1=\"乙\"", "1: 1=\"1\" 2=\"2\"", "2: 0=\"3\"", "A1:A2", "B1:C1",]
        );
    }

    #[test]
    fn tables_inside_of_cells_become_rows() {
        let page = "<table><tr><td>抬头<table><tr><td>1</td><td>2</td></tr></table></td>\
            <td>尾</td></tr></table>";
        assert_eq!(shown(page), ["0: 0=\"抬头\"", "1: 0=\"1\" 1=\"2\"", "2: 0=\"尾\""]);
    }

    #[test]
    fn pages_name_their_encoding_and_their_sheet() {
        let page = "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head>\
            <meta http-equiv=Content-Type content=\"text/html; charset=gb2312\">\
            <!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>10月</x:Name></xml><![endif]-->\
            </head><table><tr><td>数量</td></tr></table>";
        let bytes = encoding_rs::GBK.encode(page).0;
        let book = open_bytes(&bytes, "a.xls", &Options::default());
        let sheet = &book.sheets[0];
        assert_eq!(sheet.id.sheet.as_deref(), Some("10月"));
        assert_eq!(sheet.rows[0].cell(0).unwrap().text(), Some("数量"));
        assert!(book.findings.is_empty(), "{:?}", book.findings);
    }

    #[test]
    fn a_page_without_a_table_is_no_sheet() {
        let page = "<!DOCTYPE html><html><body>登录超时，请重新登录</body></html>";
        let book = open_bytes(page.as_bytes(), "a.xls", &Options::default());
        assert!(book.sheets.is_empty());
        assert!(book.findings[0].values.contains(&("found", "html".to_owned())));
    }

    #[test]
    fn huge_spans_cost_nothing() {
        let row = "<tr><td colspan=16384 rowspan=65534>x</td><td>y</td></tr>".repeat(8);
        let shown = shown(&format!("<table>{row}</table>"));
        assert_eq!(shown.first().map(String::as_str), Some("0: 0=\"x\" 1000=\"y\""));
        assert_eq!(shown.last().map(String::as_str), Some("JIG8:KUR65541"));
    }
}
