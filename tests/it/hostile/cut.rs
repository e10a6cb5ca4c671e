//! Files that broke off, and files whose sheets are something else: nothing
//! that is missing is missed in silence.

use super::inspect;
use super::package::{ods, rows, sheet, without_sheet};

const UNREADABLE: [&str; 1] = ["unreadable-file"];

const ROW: &str = "<row><c t=\"inlineStr\"><is><t>单号</t></is></c></row>";

#[test]
fn a_sheet_that_ends_between_two_rows_is_refused() {
    for end in ["<worksheet><sheetData>", "<worksheet><cols/><sheetData><row/>"] {
        let book = sheet(&[(end, 1), (ROW, 3)]);
        assert_eq!(inspect("cut.xlsx", book.bytes()), UNREADABLE, "{end}");
    }
    let shown = "<row><c t=\"s\"><v>0</v></c></row>";
    let book = rows(&[(shown, 1)], &[]);
    let book = book.part("xl/sharedStrings.xml", &[("<sst><si><t>单号</t></si>", 1)]);
    assert_eq!(inspect("strings.xlsx", book.bytes()), UNREADABLE);
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">\
        <Worksheet ss:Name=\"a\"><Table><Row><Cell><Data>单号</Data></Cell></Row>";
    assert_eq!(inspect("cut.xml.xls", xml), UNREADABLE);
    let row = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p>\
        </table:table-cell></table:table-row>";
    assert_eq!(inspect("cut.ods", ods(&format!("{row}<table:table-row>"))), UNREADABLE);
}

#[test]
fn a_page_that_ends_within_a_table_is_told_and_read() {
    let rows = "<tr><td>送货单号<td>数量<td>金额<tr><td>A1<td>1<td>2.00";
    let whole = format!("<html><table>{rows}</table>");
    assert!(!inspect("whole.xls", whole).contains(&"cut-off-file".to_owned()));
    let cut = format!("<html><table><tr><td>x</table><table>{rows}");
    assert!(inspect("cut.xls", cut).contains(&"cut-off-file".to_owned()));
}

#[test]
fn a_part_that_is_no_worksheet_is_no_empty_sheet() {
    let core = "<coreProperties><creator>甲</creator></coreProperties>";
    assert_eq!(inspect("swapped.xlsx", sheet(&[(core, 1)]).bytes()), UNREADABLE);
    assert_eq!(inspect("missing.xlsx", without_sheet(1).bytes()), UNREADABLE);
    assert_eq!(inspect("nothing.xlsx", sheet(&[("", 1)]).bytes()), UNREADABLE);
}

#[test]
fn a_book_of_blank_sheets_is_told() {
    assert_eq!(inspect("blank.xlsx", rows(&[("<row/>", 3)], &[]).bytes()), UNREADABLE);
    assert_eq!(inspect("blank.csv", ",,,\n,,\n\n"), UNREADABLE);
    assert_eq!(inspect("empty.csv", ""), UNREADABLE);
}
