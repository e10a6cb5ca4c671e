//! Workbooks as people keep them, with everything in them that a copy must
//! keep, and a look into packages.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::process::{Command, Stdio};

use gendan::input::sheet::Value;
use gendan::input::workbook::{Options, open_bytes};
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormatCell, ConditionalFormatCellRule, DataValidation, Format,
    Formula, Image, Note, Workbook,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::sandbox::Sandbox;

/// A picture of one point.
const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54,
    0x78, 0x9c, 0x63, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, 0x49, 0x45, 0x4e,
    0x44, 0xae, 0x42, 0x60, 0x82,
];

/// Returns a parts list as a person keeps it: merged titles, a chart, a picture, rules
/// that colour cells, drop-downs, notes, names, hidden rows, type faces,
/// formulas, a second sheet.
pub(crate) fn workbook(arrival_column: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_border(rust_xlsxwriter::FormatBorder::Thin);
    let red = Format::new().set_font_color("#C00000");
    let sheet = book.add_worksheet().set_name("K77").unwrap();
    sheet.merge_range(0, 0, 0, 6, "物料定额表", &bold).unwrap();
    sheet.write(1, 0, "款号：K77").unwrap();
    sheet.write(1, 3, "订单号：D1  订单数：100件").unwrap();
    let last = if arrival_column { "到料时间" } else { "颜色" };
    let headers = ["物料编码", "物料名称", "单位", "单件用量", "总用量", last, "备注"];
    for (col, header) in (0..).zip(headers) {
        sheet.write_with_format(2, col, header, &bold).unwrap();
    }
    let lines = [
        ("M1", "面料", "米", 2.0),
        ("M2", "里布", "米", 1.0),
        ("M3", "拉链", "条", 1.0),
        ("M4", "纽扣", "个", 6.0),
    ];
    for (row, (code, name, unit, usage)) in (3..).zip(lines) {
        sheet.write(row, 0, code).unwrap();
        sheet.write(row, 1, name).unwrap();
        sheet.write(row, 2, unit).unwrap();
        sheet.write(row, 3, usage).unwrap();
        let total =
            Formula::new(format!("D{}*100", row + 1)).set_result((usage * 100.0).to_string());
        sheet.write_formula(row, 4, total).unwrap();
    }
    let plain = Format::default();
    sheet.write_rich_string(3, 6, &[(&red, "急"), (&plain, "，第一批")]).unwrap();
    sheet.write(4, 6, "色号 12").unwrap();
    sheet.write_formula(6, 6, Formula::new("A7&\"!\"").set_result("M4!")).unwrap();
    sheet.set_row_hidden(5).unwrap();
    sheet.insert_note(3, 3, &Note::new("按样衣")).unwrap();
    let rule = ConditionalFormatCell::new()
        .set_rule(ConditionalFormatCellRule::GreaterThan(1.5))
        .set_format(&red);
    sheet.add_conditional_format(3, 3, 6, 3, &rule).unwrap();
    let choices = DataValidation::new().allow_list_strings(&["米", "条", "个"]).unwrap();
    sheet.add_data_validation(3, 2, 6, 2, &choices).unwrap();
    sheet.insert_image(8, 0, &Image::new_from_buffer(&PNG).unwrap()).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("K77", 3, 3, 6, 3));
    sheet.insert_chart(9, 2, &chart).unwrap();
    book.define_name("用量", "=K77!$D$4:$D$7").unwrap();
    let other = book.add_worksheet().set_name("说明").unwrap();
    other.write(0, 0, "以样衣为准").unwrap();
    with_parts(&book.save_to_buffer().unwrap())
}

/// Adds parts that the writer does not make: macros, a link to another
/// workbook, a pivot cache, the maker's own data.
fn with_parts(workbook: &[u8]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).unwrap();
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        copy.raw_copy_file(archive.by_index_raw(at).unwrap()).unwrap();
    }
    for (name, bytes) in [
        ("xl/vbaProject.bin", &b"\xd0\xcf\x11\xe0 macros"[..]),
        ("xl/externalLinks/externalLink1.xml", b"<externalLink/>"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", b"<pivotCacheDefinition/>"),
        ("customXml/item1.xml", b"<a xmlns=\"urn:x\">\r\n</a>"),
    ] {
        copy.start_file(name, SimpleFileOptions::default()).unwrap();
        copy.write_all(bytes).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

/// Returns the parts of a package, in their order.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let read = |at: usize| {
        let mut part = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        (part.name().unwrap().to_string(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(read).collect()
}

/// Returns what every cell of a workbook says.
pub(crate) fn cells(bytes: &[u8]) -> BTreeMap<String, Value> {
    let book = open_bytes(bytes, "", &Options::default());
    let mut cells = BTreeMap::new();
    for sheet in &book.sheets {
        for row in &sheet.rows {
            for cell in &row.cells {
                let at = gendan::location::CellRef::new(row.index, cell.col);
                let name = sheet.id.sheet.clone().unwrap_or_default();
                cells.insert(format!("{name}!{at}"), cell.value());
            }
        }
    }
    cells
}

/// Returns a workbook of the sandbox as LibreOffice opens and saves it; nothing
/// where there is no LibreOffice and none is required.
pub(crate) fn converted(sandbox: &Sandbox, name: &str) -> Option<Vec<u8>> {
    let profile = format!("-env:UserInstallation=file://{}", sandbox.path("profile").display());
    let run = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--convert-to", "xlsx", "--outdir"])
        .arg(sandbox.path("office"))
        .arg(sandbox.path(name))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let required = std::env::var("GENDAN_LIBREOFFICE").is_ok_and(|value| value == "required");
    match run {
        Ok(status) => assert!(status.success(), "LibreOffice failed: {status}"),
        Err(error) if required => panic!("LibreOffice is required here: {error}"),
        Err(_) => return None,
    }
    let file = name.rsplit('/').next().unwrap();
    Some(fs::read(sandbox.path("office").join(file)).unwrap())
}
