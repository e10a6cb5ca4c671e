//! Bytes that the targets understand: real files, taken apart, and the
//! smallest of each format.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use gendan::lang::Lang;
use gendan::settings::{self, Settings};
use zip::ZipArchive;

use super::bytes::BETWEEN;
use super::commands::JOBS;
use super::grid::{DAYS, FIGURES, WORDS};

/// Returns the papers of the sample month whose names end so.
fn samples(ending: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder =
        root.ancestors().map(|root| root.join("examples/factory")).find(|path| path.is_dir());
    let entries = folder.into_iter().flat_map(fs::read_dir).flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.retain(|path| path.to_string_lossy().ends_with(ending));
    assert!(!paths.is_empty(), "there are no samples");
    paths.into_iter().map(|path| fs::read(path).unwrap()).collect()
}

fn joined<P: AsRef<[u8]>>(parts: &[P]) -> Vec<u8> {
    parts.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(BETWEEN)
}

/// The parts of the sample workbooks, and of small ones with what those do
/// not have.
pub(super) fn xlsx() -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = samples(".xlsx").iter().map(|bytes| taken_apart(bytes)).collect();
    seeds.retain(|seed| seed.len() < 200_000);
    for sheet in SHEETS {
        seeds.push(joined(&[sheet.as_bytes(), STRINGS.as_bytes(), STYLES.as_bytes()]));
    }
    seeds
}

fn taken_apart(bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"];
    let parts = names.map(|name| {
        let mut part = Vec::new();
        if let Ok(mut entry) = zip.by_name(name) {
            entry.read_to_end(&mut part).unwrap();
        }
        part
    });
    joined(&parts)
}

const SHEETS: [&str; 4] = [
    r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C3"/><cols><col min="2" max="3" hidden="1" style="1"/></cols><sheetData><row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>数</t></r><r><rPr><b/></rPr><t xml:space="preserve">量 </t></r></is></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>金额</v></c></row><row r="3" hidden="1"><c r="A3" s="1"><v>46300.5</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="e"><v>#N/A</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells></worksheet>"#,
    r#"<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>3250136542540229684</x:v></x:c><x:c t='s'><x:v>1</x:v></x:c><x:c t="d"><x:v>2026-10-03T08:30:00</x:v></x:c></x:row><x:row r='5'><x:c r='XFD5'><x:v>1.7976931348623157e308</x:v></x:c></x:row></x:sheetData></x:worksheet>"#,
    "<?xml version=\"1.0\" encoding=\"gbk\"?><worksheet><sheetData><row r=\"1\"><c r=\"A1\"><!-- --><v><![CDATA[1]]></v></c><c r=\"2\"><v>&#x31;&lt;</v></c></row></sheetData></worksheet>",
    "<worksheet><sheetData/></worksheet>",
];

const STRINGS: &str = r#"<sst count="3" uniqueCount="3"><si><t>单号</t></si><si><r><t xml:space="preserve"> a_x000D_</t></r><rPh sb="0" eb="1"><t>p</t></rPh></si><si/></sst>"#;

const STYLES: &str = r##"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[&lt;1]h:mm;yyyy\&quot;年&quot;"/></numFmts><fonts><font/><font><b/><strike val="0"/></font></fonts><fills><fill><patternFill patternType="solid"><fgColor rgb="FFFFFFFF"/></patternFill></fill></fills><borders><border><left style="thin"/></border></borders><cellXfs><xf numFmtId="0"/><xf numFmtId="164" fontId="1" fillId="0" borderId="0"><alignment indent="2"/></xf></cellXfs></styleSheet>"##;

/// What is to be written, then the parts of a workbook.
pub(super) fn writeback() -> Vec<Vec<u8>> {
    let choices: [&[u8]; 3] = [
        b"\x01\x00\x00\x04abcd\x00\x02\x01\x04efgh\xFF",
        b"\x05\x02\x02\x02xy\x00",
        b"\x00\x0B\x07\x08<&>_x41_\xFF",
    ];
    let books = xlsx();
    let pairs = choices
        .iter()
        .flat_map(|choice| books.iter().map(move |book| joined(&[choice, book.as_slice()])));
    pairs.collect()
}

/// The sample in the old format, whole and as the stream in it.
pub(super) fn xls() -> Vec<Vec<u8>> {
    let mut seeds = samples(".xls");
    let begin = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06];
    let streams: Vec<Vec<u8>> = seeds
        .iter()
        .filter_map(|file| {
            Some(file[file.windows(6).position(|window| window == begin)?..].to_vec())
        })
        .collect();
    seeds.extend(streams);
    seeds.push(old_stream());
    seeds
}

/// A sheet as Excel 2 wrote it.
fn old_stream() -> Vec<u8> {
    let mut stream = Vec::new();
    record(&mut stream, &[0x09, 0x00], &[2, 0, 0x10, 0], false);
    record(&mut stream, &[0x04, 0x00], b"\x00\x00\x00\x00\x00\x00\x00\x03abc", false);
    record(
        &mut stream,
        &[0x03, 0x00],
        b"\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xF0\x3F",
        false,
    );
    record(&mut stream, &[0x0A, 0x00], b"", false);
    stream
}

/// Adds a record: its type, its length in one byte or two, what it holds.
fn record(stream: &mut Vec<u8>, kind: &[u8], data: &[u8], short: bool) {
    stream.extend(kind);
    let length = u16::try_from(data.len()).unwrap();
    if short {
        stream.push(data.len() as u8);
    } else {
        stream.extend(length.to_le_bytes());
    }
    stream.extend(data);
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = (units.len() as u32).to_le_bytes();
    length.into_iter().chain(units.into_iter().flat_map(u16::to_le_bytes)).collect()
}

/// A small workbook in the binary format of 2007.
pub(super) fn xlsb() -> Vec<Vec<u8>> {
    let mut sheet = Vec::new();
    let area =
        [[0_u32, 1], [0, 2]].concat().into_iter().flat_map(u32::to_le_bytes).collect::<Vec<u8>>();
    let cell = |col: u32, data: &[u8]| -> Vec<u8> {
        col.to_le_bytes().into_iter().chain([0; 4]).chain(data.iter().copied()).collect()
    };
    record(&mut sheet, &[0x81, 0x01], b"", true);
    record(&mut sheet, &[0x94, 0x01], &area, true);
    record(&mut sheet, &[0x91, 0x01], b"", true);
    record(&mut sheet, &[0x00], &[0; 12], true);
    record(&mut sheet, &[0x07], &cell(0, &[0; 4]), true);
    record(&mut sheet, &[0x06], &cell(1, &wide("数量")), true);
    record(&mut sheet, &[0x00], &[1, 0, 0, 0, 0, 0, 0, 0], true);
    record(&mut sheet, &[0x02], &cell(0, &[0x06, 0x10, 0, 0]), true);
    record(&mut sheet, &[0x05], &cell(1, &1.5_f64.to_le_bytes()), true);
    record(&mut sheet, &[0x92, 0x01], b"", true);
    let mut strings = Vec::new();
    record(&mut strings, &[0x9F, 0x01], &[1, 0, 0, 0, 1, 0, 0, 0], true);
    record(&mut strings, &[0x13], &[vec![0], wide("单号")].concat(), true);
    let mut styles = Vec::new();
    record(&mut styles, &[0xE7, 0x04], &[1, 0, 0, 0], true);
    record(&mut styles, &[0x2C], &[vec![164, 0], wide("yyyy")].concat(), true);
    record(&mut styles, &[0xE9, 0x04], &[1, 0, 0, 0], true);
    record(&mut styles, &[0x2F], &[0, 0, 164, 0, 0, 0, 0, 0], true);
    let mut book = Vec::new();
    let entry = [vec![0; 8], wide("rId1"), wide("a")].concat();
    record(&mut book, &[0x99, 0x01], &[0; 8], true);
    record(&mut book, &[0x9C, 0x01], &entry, true);
    record(&mut book, &[0x90, 0x01], b"", true);
    record(&mut book, &[0x84, 0x01], b"", true);
    vec![joined(&[sheet, strings, styles, book])]
}

/// Small workbooks in the open format.
pub(super) fn ods() -> Vec<Vec<u8>> {
    let content = r#"<office:document-content><office:automatic-styles><style:style style:name="co" style:parent-style-name="d"><style:table-properties table:display="false"/></style:style><number:date-style style:name="d"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="a" table:style-name="ta"><table:table-column table:number-columns-repeated="2" table:visibility="collapse"/><table:table-header-rows><table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>单<text:s text:c="2"/>号<text:line-break/></text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated="3" table:visibility="filter"><table:table-cell office:value-type="float" office:value="1.5" table:number-columns-repeated="2" table:formula="of:=1"><text:p>1.5</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-10-03" table:style-name="co"/><table:table-cell office:value-type="time" office:time-value="PT36H00M"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    vec![content.into(), joined(&[content, "<s><style:style style:name=\"d\"/></s>"])]
}

/// The sample in plain records, and texts in every mark-up.
pub(super) fn texts() -> Vec<Vec<u8>> {
    let mut seeds = samples(".csv");
    let marked = [
        "<html><meta charset=gb2312><title>x</title><table border=1><tr><th colspan=2>单号<td rowspan=3 x:num=\"1.5\">a&nbsp;b<br>c</tr><tr style='display:none'><td>1<table><tr><td>2</table></tr></table><p>z",
        "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Styles><Style ss:ID=\"s1\"><NumberFormat ss:Format=\"Short Date\"/></Style></Styles><Worksheet ss:Name=\"a\"><Table><Column ss:Index=\"2\" ss:Hidden=\"1\"/><Row ss:Index=\"3\"><Cell ss:StyleID=\"s1\" ss:MergeAcross=\"1\"><Data ss:Type=\"DateTime\">2026-10-03T00:00:00.000</Data></Cell><Cell ss:Index=\"5\" ss:Formula=\"=1\"><Data ss:Type=\"Number\">1</Data></Cell></Row></Table></Worksheet></Workbook>",
        "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><office:body><office:spreadsheet><table:table table:name=\"a\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>",
        "sep=;\r\n单号;数量\r\n\"a;b\"\";\";1\r\n'00123;=\"00456\"\r\n",
        "送货单号  品名    数量\r\nA1  拉链    10\r\nB2  纽扣    5\r\n",
        "a\tb\n\"1\n2\"\t3\n\n",
        "a|b\r1|2\r",
        // Controls enough among few letters that as records it is no text.
        "<html>\u{1}\0\0\u{1f}<table><tr><td>品名<td>1<tr><td>2<td>3</table>",
    ];
    seeds.extend(marked.iter().map(|text| text.as_bytes().to_vec()));
    seeds.push(marked[3].encode_utf16().flat_map(u16::to_le_bytes).collect());
    seeds.push(b"\xCB\xCD\xBB\xF5\xB5\xA5\xBA\xC5,\xCA\xFD\xC1\xBF\nA1,2\n".to_vec());
    seeds
}

pub(super) fn values() -> Vec<Vec<u8>> {
    let lists: [&[&str]; 3] = [&WORDS, &FIGURES, &DAYS];
    lists.iter().map(|list| list.join("\n").into_bytes()).collect()
}

/// A file of settings that says nothing yet, and one that says much.
pub(super) fn settings() -> Vec<Vec<u8>> {
    let drafts = Lang::ALL.map(|lang| settings::draft(&Settings::default(), lang));
    // What a draft shows as examples becomes what is said.
    let said = drafts.iter().map(|draft| draft.replace("\n# ", "\n").replace("\n#", "\n"));
    drafts.iter().cloned().chain(said).map(|text| format!("\0{text}").into_bytes()).collect()
}

/// Choices enough for some sheets: every job and kind once, the rest at
/// random, the same each time.
pub(super) fn choices() -> Vec<Vec<u8>> {
    let mut state = 0x9E37_79B9_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let seed = |first: u8| std::iter::once(first).chain((0..1_500).map(|_| next())).collect();
    (0..2 * JOBS.len() as u8).map(seed).collect()
}
