//! Writes one sheet where its plan says.

use rust_xlsxwriter::{Format, Formula, IgnoreError, Url, Worksheet, XlsxError};

use super::flow::Flow;
use super::link::Links;
use super::look::{Key, Looks, Part, Shown};
use super::names::{cell_text, exact};
use super::plan::{self, Plan, TablePlan};
use super::refs::{Here, Refs};
use super::{chart, choices, page, picture};
use crate::lang::Lang;
use crate::location::Location;
use crate::progress::Progress;
use crate::report::cell::{Cell, Tone};
use crate::report::column::{Column, Kind};
use crate::report::sheet::{Block, Sheet, Span, SpanStyle};
use crate::report::table::{Row, RowStyle, Table};
use crate::report::{format, labels};

/// The height of a line of text, in points.
pub(super) const LINE: f64 = 15.0;
/// The longest tip of a link, in characters.
const TIP: usize = 120;

/// Writes one sheet.
pub(super) struct Writer<'a> {
    /// What formulas refer to.
    pub(super) refs: &'a Refs<'a>,
    /// Which of the workbook's sheets it is.
    pub(super) own: usize,
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// Where its parts stand.
    pub(super) plan: &'a Plan,
    /// The language of what the writer itself says.
    pub(super) lang: Lang,
    /// The workbook's formats.
    pub(super) looks: &'a mut Looks,
    /// The links to its sources.
    pub(super) links: Links,
    /// Long lists to choose from, kept on the machine sheet.
    pub(super) choices: &'a mut choices::Choices,
    /// The heights of the rows written so far.
    pub(super) flow: Flow,
    /// Where to tell how many rows are written.
    pub(super) progress: &'a Progress,
}

impl Writer<'_> {
    /// Writes everything that stands on the sheet.
    pub(super) fn write(&mut self, worksheet: &mut Worksheet) -> Result<(), XlsxError> {
        worksheet.set_name(&self.plan.name)?;
        for (at, width) in (0..).zip(&self.plan.widths) {
            worksheet.set_column_width(at, f64::from(*width))?;
        }
        page::set_up(worksheet, self.sheet, self.plan)?;
        let (sheet, plan) = (self.sheet, self.plan);
        let mut tables = plan.tables.iter();
        let mut last_table = None;
        let mut pages = page::Heights::default();
        for (block, row) in sheet.blocks.iter().zip(plan.starts.iter().copied()) {
            match block {
                Block::Title(title) => {
                    self.set_height(worksheet, row, 28.0)?;
                    let look = self.looks.get(key(Part::Title, Shown::Center)).clone();
                    let look = look.set_align(rust_xlsxwriter::FormatAlign::Left).unset_text_wrap();
                    worksheet.write_string_with_format(row, 0, cell_text(title), &look)?;
                }
                Block::Facts(facts) => self.facts(worksheet, row, facts)?,
                Block::Text(text) => self.paragraph(worksheet, row, text)?,
                Block::Spans(spans) => pages.add(self.spans(worksheet, row, spans)?),
                Block::Table(table) => {
                    if let Some(placed) = tables.next() {
                        self.table(worksheet, table, placed)?;
                        last_table = Some((table, placed));
                    }
                }
                Block::Chart(chart) => {
                    if let Some((table, placed)) = last_table {
                        chart::insert(worksheet, row, chart, table, placed, plan)?;
                    }
                }
                Block::Pictures(pictures) => {
                    let points = picture::insert(worksheet, row, pictures, plan)?;
                    self.set_height(worksheet, row, points)?;
                    pages.add(points);
                }
                Block::Beside(pictures) => {
                    picture::insert(worksheet, row, pictures, plan)?;
                }
                Block::Space => pages.add(LINE),
                Block::PageBreak => pages.turn(),
            }
        }
        pages.fit(worksheet, sheet, plan);
        self.flow.settle(worksheet, sheet, plan)
    }

    fn set_height(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        points: f64,
    ) -> Result<(), XlsxError> {
        self.flow.note(row, points);
        worksheet.set_row_height(row, points)?;
        Ok(())
    }

    fn is_form(&self) -> bool {
        page::is_form(self.sheet)
    }

    fn facts(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        facts: &[(String, Cell)],
    ) -> Result<(), XlsxError> {
        let colon = if self.lang == Lang::En { ": " } else { "：" };
        let parts = facts
            .iter()
            .map(|(label, value)| format!("{label}{colon}{}", format::text(&Kind::Money, value)));
        let line = parts.collect::<Vec<_>>().join("    ");
        let key = key(Part::Facts, Shown::Words);
        self.over_the_width(worksheet, row, &line, key)
    }

    fn paragraph(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        text: &str,
    ) -> Result<(), XlsxError> {
        self.over_the_width(worksheet, row, text, key(Part::Text, Shown::Words))
    }

    /// Writes text over all columns, as high as it needs: spreadsheets do not
    /// fit the height of merged cells by themselves.
    fn over_the_width(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        text: &str,
        key: Key,
    ) -> Result<(), XlsxError> {
        let last = u16::try_from(self.plan.printed.saturating_sub(1)).unwrap_or(0);
        let look = self.looks.get(key);
        merged(worksheet, row, 0, last, &cell_text(text), look)?;
        let lines = plan::lines(text, self.width(0, last));
        self.set_height(worksheet, row, f64::from(lines) * LINE + 5.0)
    }

    fn width(&self, first: u16, last: u16) -> u16 {
        let widths = self.plan.widths.iter().take(usize::from(last) + 1).skip(usize::from(first));
        widths.fold(0, |sum: u16, width| sum.saturating_add(*width))
    }

    fn spans(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        spans: &[Span],
    ) -> Result<f64, XlsxError> {
        let mut col: u16 = 0;
        let mut height: f64 = LINE + 2.0;
        for span in spans {
            let last = col + span.columns - 1;
            let key = self.span_key(span);
            let kind = if span.style == SpanStyle::Money { Kind::Money } else { Kind::Text };
            if span.columns > 1 {
                let look = self.looks.get(key);
                worksheet.merge_range(row, col, row, last, "", look)?;
            }
            self.value(worksheet, row, col, &kind, &span.cell, None, key)?;
            let text = format::text(&kind, &span.cell);
            let lines = match &span.cell {
                Cell::Text(text) => plan::lines(text, self.width(col, last)),
                _ => plan::lines(&text, self.width(col, last)),
            };
            height = height.max(match span.style {
                SpanStyle::Stamp => 112.0,
                SpanStyle::Heading => 34.0,
                SpanStyle::Company => 26.0,
                _ => f64::from(lines) * LINE + 2.0,
            });
            col = last + 1;
        }
        self.set_height(worksheet, row, height)?;
        Ok(height)
    }

    fn span_key(&self, span: &Span) -> Key {
        let shown = match (&span.cell, span.style) {
            (Cell::Date(_), _) => Shown::Date,
            _ => Shown::Words,
        };
        Key { form: true, ..key(Part::Span(span.style), shown) }
    }

    fn table(
        &mut self,
        worksheet: &mut Worksheet,
        table: &Table,
        placed: &TablePlan,
    ) -> Result<(), XlsxError> {
        self.header(worksheet, table, placed)?;
        if table.rows.is_empty() {
            let key =
                Key { form: self.is_form(), ..key(Part::Body(RowStyle::Normal), Shown::Center) };
            let look = self.looks.get(key);
            let text = cell_text(&table.empty);
            merged(worksheet, placed.first, 0, placed.last_col, &text, look)?;
        }
        for (row, at) in table.rows.iter().zip(placed.first..) {
            self.row(worksheet, table, placed, &row, at)?;
            self.progress.advance(1);
        }
        if let (Some(total), Some(at)) = (table.total_row(), placed.total) {
            self.row(worksheet, table, placed, &total, at)?;
        }
        self.after_table(worksheet, table, placed)
    }

    fn header(
        &mut self,
        worksheet: &mut Worksheet,
        table: &Table,
        placed: &TablePlan,
    ) -> Result<(), XlsxError> {
        let key = Key { form: self.is_form(), ..key(Part::Header, Shown::Words) };
        let look = self.looks.get(key).clone();
        let mut height = LINE + 6.0;
        for (column, col) in table.columns.iter().zip(&placed.cols) {
            let last = col + column.span - 1;
            let label = cell_text(&column.label);
            merged(worksheet, placed.header, *col, last, &label, &look)?;
            let lines = plan::lines(&label, self.width(*col, last).saturating_sub(1));
            height = height.max(f64::from(lines) * LINE + 6.0);
        }
        if let Some(col) = placed.id_col {
            let label = labels::text(self.lang, "common.line_id");
            worksheet.write_string_with_format(placed.header, col, label, &look)?;
        }
        self.set_height(worksheet, placed.header, height)
    }

    fn row(
        &mut self,
        worksheet: &mut Worksheet,
        table: &Table,
        placed: &TablePlan,
        row: &Row,
        at: u32,
    ) -> Result<(), XlsxError> {
        let mut first_words = true;
        let mut lines = 1;
        for (index, (column, col)) in table.columns.iter().zip(&placed.cols).enumerate() {
            let cell = row.cells.get(index).unwrap_or(&Cell::Empty);
            let mut key = self.body_key(column, cell, row);
            if first_words && column.kind == Kind::Text {
                key.indent = row.level;
                first_words = false;
            }
            if column.span > 1 {
                let look = self.looks.get(key);
                worksheet.merge_range(at, *col, at, col + column.span - 1, "", look)?;
            }
            if row.style != RowStyle::Group {
                lines = lines.max(self.lines(column, *col, cell, &key));
            }
            let here = Here { table, plan: placed, row: at };
            self.value(worksheet, at, *col, &column.kind, cell, Some(here), key)?;
        }
        if let Some(col) = placed.id_col {
            let key = Key { form: self.is_form(), ..key(Part::Body(row.style), Shown::Faint) };
            let look = self.looks.get(key);
            worksheet.write_string_with_format(at, col, row.id.as_deref().unwrap_or(""), look)?;
        }
        // In a large sheet rows of one line have the height of the sheet: a
        // million heights of their own would have to be kept.
        if lines > 1 || self.plan.end <= super::MANY_ROWS {
            self.set_height(worksheet, at, row_height(self.sheet, lines))?;
        }
        Ok(())
    }

    /// Returns how many lines a cell takes. Not every spreadsheet program
    /// fits the height of rows by itself.
    fn lines(&self, column: &Column, col: u16, cell: &Cell, key: &Key) -> u32 {
        let width = self.width(col, col + column.span - 1).saturating_sub(u16::from(key.indent));
        let width = width - width / self.looks.spare();
        match cell.value() {
            Cell::Text(text) | Cell::Word(_, text) => plan::lines(text, width),
            Cell::Places(places) if places.len() == 1 => 1,
            Cell::Places(_) => plan::lines(&format::text(&column.kind, cell), width),
            _ => 1,
        }
    }

    fn body_key(&self, column: &Column, cell: &Cell, row: &Row) -> Key {
        let value = cell.value();
        let shown = match value {
            Cell::Number(number) => number_shown(&column.kind, *number),
            Cell::Date(_) => Shown::Date,
            Cell::Word(..) => Shown::Center,
            // A label beside figures (合计) reads from the left.
            Cell::Text(_) if row.style != RowStyle::Normal => Shown::Words,
            _ => Shown::text(&column.kind),
        };
        let tone = if let Cell::Word(tone, _) = value { *tone } else { Tone::Plain };
        let normal = row.style == RowStyle::Normal;
        Key {
            tone,
            input: column.input && normal,
            form: self.is_form(),
            ..key(Part::Body(row.style), shown)
        }
    }

    /// Writes a value into a cell. Text from inputs goes through
    /// `write_string` alone, which never makes a formula or a link of it.
    #[expect(clippy::too_many_arguments, reason = "a cell is a place, a kind, a value and a look")]
    fn value(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        col: u16,
        kind: &Kind,
        cell: &Cell,
        here: Option<Here<'_>>,
        key: Key,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => {
                worksheet.write_blank(row, col, self.looks.get(key))?;
            }
            Cell::Text(text) | Cell::Word(_, text) => {
                self.words(worksheet, row, col, text, key)?;
            }
            Cell::Number(number) => match exact(*number) {
                Some(float) => {
                    worksheet.write_number_with_format(row, col, float, self.looks.get(key))?;
                }
                None => self.words(worksheet, row, col, &format::grouped(kind, *number), key)?,
            },
            Cell::Date(date) => {
                worksheet.write_date_with_format(row, col, date, self.looks.get(key))?;
            }
            Cell::Places(places) => {
                let text = format::text(kind, cell);
                self.places(worksheet, row, col, &text, places, key)?;
            }
            Cell::Calc(calc) => {
                let formula = self.refs.resolve(&calc.formula, self.own, here);
                debug_assert!(formula.is_some(), "{} refers to nothing", calc.formula);
                match formula.and_then(|formula| live(&formula, kind, &calc.value)) {
                    Some(formula) => {
                        let look = self.looks.get(key);
                        worksheet.write_formula_with_format(row, col, formula, look)?;
                    }
                    None => self.value(worksheet, row, col, kind, &calc.value, None, key)?,
                }
            }
        }
        Ok(())
    }

    fn words(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        col: u16,
        text: &str,
        key: Key,
    ) -> Result<(), XlsxError> {
        let text = cell_text(text);
        let quoted = text.starts_with(['=', '+', '-', '@']);
        let look = self.looks.get(Key { quoted, ..key });
        worksheet.write_string_with_format(row, col, text, look)?;
        Ok(())
    }

    fn places(
        &mut self,
        worksheet: &mut Worksheet,
        row: u32,
        col: u16,
        text: &str,
        places: &[Location],
        key: Key,
    ) -> Result<(), XlsxError> {
        let text = cell_text(text);
        // Not every program breaks the text of a link: one place is shortened
        // to fit, and several that do not fit are shown whole without a link.
        let width = self.width(col, col);
        let fits = plan::text_width(&text) <= width;
        let linked = places.first().filter(|_| fits || places.len() == 1);
        match linked.and_then(|place| self.links.to(place)) {
            Some(link) => {
                let text = if fits { text } else { plan::shortened(&text, width).into() };
                let look = self.looks.get(Key { shown: Shown::Link, ..key });
                let tip =
                    cell_text(&format::place(&places[0])).chars().take(TIP).collect::<String>();
                let url = Url::new(link).set_text(text).set_tip(tip);
                worksheet.write_url_with_format(row, col, url, look)?;
            }
            None => self.words(worksheet, row, col, &text, key)?,
        }
        Ok(())
    }

    /// Lets people choose where they are to choose, and keeps Excel from
    /// warning of ids that look like numbers.
    fn after_table(
        &mut self,
        worksheet: &mut Worksheet,
        table: &Table,
        placed: &TablePlan,
    ) -> Result<(), XlsxError> {
        for (column, col) in table.columns.iter().zip(&placed.cols) {
            if let Kind::Choice(options) = &column.kind {
                let rule = self.choices.validation(options, self.lang)?;
                worksheet.add_data_validation(placed.first, *col, placed.last, *col, &rule)?;
            }
        }
        let text = IgnoreError::NumberStoredAsText;
        worksheet.ignore_error_range(placed.first, 0, placed.last, placed.last_col, text)?;
        Ok(())
    }
}

/// Returns the height of a table's row of so many lines, in points.
pub(super) fn row_height(sheet: &Sheet, lines: u32) -> f64 {
    let air = if page::is_form(sheet) { 4.0 } else { 3.0 };
    f64::from(lines) * LINE + air
}

fn key(part: Part, shown: Shown) -> Key {
    let (tone, indent, input, form, quoted) = (Tone::Plain, 0, false, false, false);
    Key { part, shown, tone, indent, input, form, quoted }
}

fn number_shown(kind: &Kind, number: rust_decimal::Decimal) -> Shown {
    let decimals = |number| u8::try_from(format::decimals(kind, number)).unwrap_or(u8::MAX);
    match kind {
        // 0.053 is 5.3%: two decimals fewer.
        Kind::Percent => Shown::Percent(decimals(number).saturating_sub(2)),
        _ => Shown::Number(decimals(number)),
    }
}

/// Returns the formula with the value gendan has for it. Figures are rounded
/// to that value's digits: what a spreadsheet adds up in binary shows the
/// same, and a difference of nothing is zero.
fn live(formula: &str, kind: &Kind, value: &Cell) -> Option<Formula> {
    match value {
        Cell::Number(number) => {
            let decimals = format::decimals(kind, *number);
            let formula = Formula::new(format!("ROUND({formula},{decimals})"));
            Some(formula.set_result(number.normalize().to_string()))
        }
        Cell::Text(text) | Cell::Word(_, text) => {
            Some(Formula::new(formula).set_result(cell_text(text).into_owned()))
        }
        _ => None,
    }
}

fn merged(
    worksheet: &mut Worksheet,
    row: u32,
    first: u16,
    last: u16,
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if first < last {
        worksheet.merge_range(row, first, row, last, text, look)?;
    } else {
        worksheet.write_string_with_format(row, first, text, look)?;
    }
    Ok(())
}
