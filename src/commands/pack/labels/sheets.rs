//! The labels for people: a list, and the pages to print.

use super::Size;
use super::label::{Code, Flag, Label, Made};
use crate::lang::Lang;
use crate::report::barcode::{Symbology, barcode};
use crate::report::{
    Block, Cell, Column, Paper, Picture, Row, Sheet, Span, SpanStyle, Table, labels,
};

/// How many labels the terminal lists.
const SHOWN: usize = 12;
/// Labels on one sheet of a workbook; spreadsheets grow slow beyond.
const ON_A_SHEET: usize = 500;
/// The most labels that are drawn in one workbook. The list names all.
pub(super) const MOST: usize = 2_000;
/// Sheet columns of one label.
const COLUMNS: u16 = 4;
/// Sheet columns of its side mark, where a square stands beside it.
const SIDE: u16 = 2;
/// Lines of the side mark that a square is as high as.
const LINES_OF_SQUARE: usize = 5;

/// Labels of one order that say the same, numbered one after the other.
struct Alike<'a> {
    first: &'a Label,
    last: &'a Label,
}

impl<'a> Alike<'a> {
    /// Puts labels together, in their order.
    fn of(labels: &'a [Label]) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for label in labels {
            match found.last_mut() {
                Some(alike) if alike.goes_on(label) => alike.last = label,
                _ => found.push(Self { first: label, last: label }),
            }
        }
        found
    }

    fn goes_on(&self, next: &Label) -> bool {
        next.number == self.last.number.wrapping_add(1)
            && (&next.po, &next.side, &next.flags)
                == (&self.first.po, &self.first.side, &self.first.flags)
            && next.unnumbered().eq(self.first.unnumbered())
    }

    fn count(&self) -> u32 {
        self.last.number - self.first.number + 1
    }

    /// Returns the numbers: `1-24`.
    fn numbers(&self) -> String {
        match (self.first.number, self.last.number) {
            (first, last) if first == last => first.to_string(),
            (first, last) => format!("{first}-{last}"),
        }
    }
}

/// Returns the list of labels: those that say the same in one row.
pub(super) fn list(made: &Made, lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let mut columns = vec![
        Column::id("number", label("cartonlabel.number")).width(11),
        Column::integer("labels", label("cartonlabel.count")).width(7).sum(),
        Column::id("po", label("cartonlabel.po")).width(14),
    ];
    let has_sscc = made.labels.iter().any(|label| label.sscc.is_some());
    if has_sscc {
        columns.push(Column::id("sscc", label("cartonlabel.sscc_from")).width(21));
        columns.push(Column::id("sscc_to", label("cartonlabel.sscc_to")).width(21));
    }
    columns.extend([
        Column::text("main", label("cartonlabel.main")).width(30),
        Column::text("side", label("cartonlabel.side")).width(44),
        Column::text("flags", label("cartonlabel.flags")).width(16),
    ]);
    let mut table = Table::new(columns).total(label("common.total"));
    for alike in Alike::of(&made.labels) {
        let one = alike.first;
        let mut cells = vec![
            Cell::from(alike.numbers()),
            Cell::from(alike.count()),
            Cell::from(one.po.as_deref()),
        ];
        if has_sscc {
            cells.push(Cell::from(one.sscc.as_deref()));
            cells.push(Cell::from(alike.last.sscc.as_deref()));
        }
        let main: Vec<&str> = one.unnumbered().collect();
        cells.extend([
            Cell::from(main.join(" · ")),
            Cell::from(one.side.join(" · ")),
            Cell::from(words(&one.flags)),
        ]);
        table.push(Row::new(cells));
    }
    Sheet::new("cartonlabel.list", label("cartonlabel.list"))
        .landscape()
        .on_terminal(SHOWN)
        .title(label("cartonlabel.title"))
        .fact(label("cartonlabel.count"), made.labels.len().to_string())
        .table(table)
}

fn words(flags: &[Flag]) -> String {
    flags.iter().map(|flag| flag.word()).collect::<Vec<_>>().join(" / ")
}

/// Returns the pages to print.
pub(super) fn pages(made: &Made, size: Size, lang: Lang) -> Vec<Sheet> {
    let shown = made.labels.get(..MOST).unwrap_or(&made.labels);
    let parts = shown.chunks(ON_A_SHEET).enumerate();
    let name = |at: usize| match shown.len() > ON_A_SHEET {
        true => format!("{} {}", labels::text(lang, "cartonlabel.pages"), at + 1),
        false => labels::text(lang, "cartonlabel.pages").to_owned(),
    };
    parts
        .map(|(at, labels)| {
            let sheet = Sheet::new("cartonlabel.pages", name(at));
            match size {
                Size::A4 => by_two(sheet, labels),
                Size::A6 => one_each(sheet.paper(Paper::A6), labels),
                Size::FourBySix => one_each(sheet.paper(Paper::FourBySix), labels),
            }
        })
        .collect()
}

/// One label a page.
fn one_each(mut sheet: Sheet, labels: &[Label]) -> Sheet {
    for (at, label) in labels.iter().enumerate() {
        if at > 0 {
            sheet = sheet.block(Block::PageBreak);
        }
        sheet = beside(sheet, &[label]);
    }
    sheet
}

/// Two beside each other, two rows of them a page.
fn by_two(mut sheet: Sheet, labels: &[Label]) -> Sheet {
    for (at, pair) in labels.chunks(2).enumerate() {
        if at > 0 {
            sheet = match at % 2 {
                0 => sheet.block(Block::PageBreak),
                _ => sheet.block(Block::Space),
            };
        }
        sheet = beside(sheet, &pair.iter().collect::<Vec<_>>());
    }
    sheet
}

/// Adds labels side by side, line by line.
fn beside(mut sheet: Sheet, labels: &[&Label]) -> Sheet {
    let count =
        |part: fn(&Label) -> usize| labels.iter().map(|label| part(label)).max().unwrap_or(0);
    for at in 0..count(|label| label.main.len()) {
        let style = if at == 0 { SpanStyle::Heading } else { SpanStyle::Company };
        sheet = line(sheet, labels, style, COLUMNS, |label| label.main.get(at).cloned());
    }
    if labels.iter().any(|label| !label.flags.is_empty()) {
        let flags = |label: &Label| Some(words(&label.flags));
        sheet = line(sheet, labels, SpanStyle::Heading, COLUMNS, flags);
    }
    let squares = drawn(labels, true);
    let has_squares = squares.iter().any(|own| !own.is_empty());
    sheet = sheet.beside(row_of(&squares, 0, SIDE));
    // The origin stands in the main mark above.
    let lines = count(|label| label.side.len().saturating_sub(1));
    for at in 0..lines.max(if has_squares { LINES_OF_SQUARE } else { 0 }) {
        let text =
            move |label: &Label| label.side.get(at).filter(|_| at + 1 < label.side.len()).cloned();
        let width = if has_squares { SIDE } else { COLUMNS };
        sheet = line(sheet, labels, SpanStyle::Strong, width, text);
    }
    // Each further code in a row of its own, the bars of the logistic unit
    // lowest: what stands in another's quiet zone makes both unreadable.
    for (codes, from) in [(squares, 1), (drawn(labels, false), 0)] {
        for at in from..codes.iter().map(Vec::len).max().unwrap_or(0) {
            sheet = sheet.pictures(row_of(&codes, at, 0));
        }
    }
    sheet
}

/// Returns the codes of labels side by side that stand in one row, so many
/// columns from where each label begins.
fn row_of(codes: &[Vec<Picture>], at: usize, column: u16) -> Vec<(u16, Picture)> {
    let firsts = (column..).step_by(usize::from(COLUMNS) + 1);
    let row = codes.iter().zip(firsts);
    row.filter_map(|(own, first)| Some((first, own.get(at)?.clone()))).collect()
}

fn line(
    sheet: Sheet,
    labels: &[&Label],
    style: SpanStyle,
    width: u16,
    text: impl Fn(&Label) -> Option<String>,
) -> Sheet {
    let mut spans = Vec::new();
    for (at, label) in labels.iter().enumerate() {
        if at > 0 {
            spans.push(Span::new(1, Cell::Empty));
        }
        spans.push(Span::new(width, text(label).map_or(Cell::Empty, Cell::from)).style(style));
        if width < COLUMNS {
            spans.push(Span::new(COLUMNS - width, Cell::Empty));
        }
    }
    sheet.spans(spans)
}

/// Returns the barcodes of labels as pictures: the squares, or the bars.
fn drawn(labels: &[&Label], squares: bool) -> Vec<Vec<Picture>> {
    let is = |code: &&Code| (code.symbology == Symbology::Qr) == squares;
    let of = |label: &&Label| {
        label
            .codes
            .iter()
            .filter(is)
            .filter_map(|code| barcode(code.symbology, &code.text))
            .collect()
    };
    labels.iter().map(of).collect()
}
