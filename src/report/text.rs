//! The report on a terminal: short tables, the rows that matter most, what is
//! wrong in the inputs. Plain characters only, so that it aligns in every
//! console; colour beside words, never instead of them.

use std::cmp::Reverse;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use comfy_table::{
    Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, TableStyle,
};

use super::cell::{Cell, Tone};
use super::column::{Column, Kind};
use super::format;
use super::labels;
use super::model::Report;
use super::rows::Rows;
use super::sheet::{Block, Sheet};
use super::table::{Row, RowStyle, Table};
use super::visible::one_line;
use crate::finding::{Finding, Severity};
use crate::lang::Lang;

/// How many findings are shown; the rest is counted.
const FINDINGS_SHOWN: usize = 12;

/// What the terminal can do.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// Whether it shows colours.
    pub color: bool,
    /// How many narrow characters fit on a line; `None`: as many as wanted.
    pub width: Option<u16>,
}

/// Renders the report for a terminal.
pub fn render(report: &Report, look: Look) -> String {
    let mut out = String::new();
    let title = match &report.period {
        Some(period) => format!("{}  {period}", report.title),
        None => report.title.clone(),
    };
    let _ = writeln!(out, "{}", look.paint(Style::new().bold(), &one_line(&title)));
    for note in &report.notes {
        let _ = writeln!(out, "{}", one_line(note));
    }
    for sheet in &report.sheets {
        if let Some(limit) = sheet.on_terminal {
            render_sheet(sheet, limit, report.lang, look, &mut out);
        }
    }
    render_findings(&report.findings, report.lang, look, &mut out);
    out
}

fn render_sheet(sheet: &Sheet, limit: usize, lang: Lang, look: Look, out: &mut String) {
    let _ = writeln!(out, "\n{}", look.paint(Style::new().bold(), &one_line(&sheet.name)));
    for block in &sheet.blocks {
        match block {
            Block::Facts(facts) => {
                for (label, value) in facts {
                    let value = format::text(&Kind::Money, value);
                    let _ = writeln!(out, "{}: {value}", one_line(label));
                }
            }
            Block::Text(text) => {
                let _ = writeln!(out, "{}", one_line(text));
            }
            Block::Table(table) => render_table(table, limit, lang, look, out),
            _ => {}
        }
    }
}

fn render_table(table: &Table, limit: usize, lang: Lang, look: Look, out: &mut String) {
    if table.rows.is_empty() {
        let _ = writeln!(out, "{}", one_line(&table.empty));
        return;
    }
    let shown: Vec<usize> =
        (0..table.columns.len()).filter(|&at| !table.columns[at].detail).collect();
    let mut grid = comfy_table::Table::new();
    let rule = comfy_table::LineStyle::none().fill('-');
    grid.load_style(TableStyle::new().header_separator(rule))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .force_no_tty();
    if look.color {
        grid.enforce_styling();
    }
    if let Some(width) = look.width {
        grid.set_width(width);
    }
    grid.set_header(shown.iter().map(|&at| header_cell(&table.columns[at])));
    let picked = heaviest(&table.rows, limit);
    let total = table.total_row();
    for row in picked.iter().chain(&total) {
        grid.add_row(shown.iter().map(|&at| {
            let cell = row.cells.get(at).unwrap_or(&Cell::Empty);
            body_cell(&table.columns[at].kind, cell, row)
        }));
    }
    for (at, column) in shown.iter().map(|&at| &table.columns[at]).enumerate() {
        let breakable = matches!(column.kind, Kind::Text | Kind::Place | Kind::Cell);
        if let Some(column) = grid.column_mut(at) {
            column.set_padding((0, 2));
            if !breakable {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
    }
    let _ = writeln!(out, "{}", grid.trim_fmt());
    let left_out = table.rows.len() - picked.len();
    if left_out > 0 {
        let more = labels::fill(lang, "common.more_rows", &[("count", &left_out.to_string())]);
        let _ = writeln!(out, "{more}");
    }
}

/// Returns the rows that matter most, heaviest first; all of them in their
/// own order where they fit.
fn heaviest(rows: &Rows, limit: usize) -> Vec<Row> {
    if rows.len() <= limit {
        return rows.iter().collect();
    }
    let normal = rows.iter().enumerate().filter(|(_, row)| row.style == RowStyle::Normal);
    let mut weights: Vec<_> = normal.map(|(at, row)| (Reverse(row.weight), at)).collect();
    weights.sort_unstable();
    weights.iter().take(limit).filter_map(|&(_, at)| rows.from(at).next()).collect()
}

fn header_cell(column: &Column) -> comfy_table::Cell {
    comfy_table::Cell::new(one_line(&column.label))
        .add_attribute(Attribute::Bold)
        .set_alignment(alignment(&column.kind))
}

fn body_cell(kind: &Kind, cell: &Cell, row: &Row) -> comfy_table::Cell {
    let mut text = format::text(kind, cell);
    if row.level > 0 && matches!(kind, Kind::Text) {
        text.insert_str(0, &"  ".repeat(usize::from(row.level)));
    }
    let mut shown = comfy_table::Cell::new(text).set_alignment(alignment(kind));
    if let Cell::Word(tone, _) = cell.value()
        && let Some(color) = color(*tone)
    {
        shown = shown.fg(color);
    }
    if row.style != RowStyle::Normal {
        shown = shown.add_attribute(Attribute::Bold);
    }
    shown
}

fn alignment(kind: &Kind) -> CellAlignment {
    if kind.is_figure() { CellAlignment::Right } else { CellAlignment::Left }
}

fn color(tone: Tone) -> Option<Color> {
    match tone {
        Tone::Plain => None,
        Tone::Good => Some(Color::DarkGreen),
        Tone::Info => Some(Color::DarkCyan),
        Tone::Warning => Some(Color::DarkYellow),
        Tone::Bad => Some(Color::DarkRed),
    }
}

fn render_findings(findings: &[Finding], lang: Lang, look: Look, out: &mut String) {
    let mut sorted: Vec<&Finding> = findings.iter().collect();
    sorted.sort_by_key(|finding| Reverse(finding.severity));
    if !sorted.is_empty() {
        out.push('\n');
    }
    for finding in sorted.iter().take(FINDINGS_SHOWN) {
        let word = severity_word(finding.severity, lang);
        let head = format!("{word}[{}]", finding.code.0);
        let style = Style::new().bold().fg_color(Some(match finding.severity {
            Severity::Info => AnsiColor::Cyan.into(),
            Severity::Warning => AnsiColor::Yellow.into(),
            Severity::Error => AnsiColor::Red.into(),
        }));
        let message = finding.message(lang);
        let _ = writeln!(out, "{}: {}", look.paint(style, &head), one_line(&message));
        if let Some(at) = &finding.at {
            let _ = writeln!(out, "  --> {}", one_line(&at.to_string()));
        }
        for related in finding.related.iter().take(3) {
            let _ = writeln!(out, "  ::: {}", one_line(&related.to_string()));
        }
    }
    let left_out = sorted.len().saturating_sub(FINDINGS_SHOWN);
    if left_out > 0 {
        let more = labels::fill(lang, "common.more_findings", &[("count", &left_out.to_string())]);
        let _ = writeln!(out, "{more}");
    }
}

/// Returns the word for a severity.
pub fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Info => labels::text(lang, "common.info"),
        Severity::Warning => labels::text(lang, "common.warning"),
        Severity::Error => labels::text(lang, "common.error"),
    }
}

impl Look {
    fn paint(self, style: Style, text: &str) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::finding::codes;

    fn report() -> Report {
        let mut table = Table::new([
            Column::text("party", "供应商"),
            Column::money("difference", "差异").sum(),
            Column::text("why", "说明").detail(),
            Column::word("status", "状态"),
        ])
        .total("合计");
        for (party, cents) in
            [("绍兴恒锦川织造有限公司", -17_711_558), ("Brightway", 100), ("昱昌灣", 5)]
        {
            let difference = Decimal::new(cents, 2);
            table.push(
                Row::new([
                    party.into(),
                    difference.into(),
                    "…".into(),
                    Cell::word(Tone::Bad, "有差异"),
                ])
                .weight(difference),
            );
        }
        let mut report = Report::new("reconcile-supplier", "供应商对账", Lang::Hans);
        report.period = Some("2026-10".into());
        report.sheets.push(Sheet::new("summary", "汇总").table(table).on_terminal(2));
        report.findings.push(Finding::new(codes::TOTAL_MISMATCH, Severity::Warning));
        report
    }

    #[test]
    fn hanzi_align_and_the_heaviest_rows_come_first() {
        let text = render(&report(), Look::default());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "供应商对账  2026-10");
        assert_eq!(lines[3], "供应商                         差异  状态");
        assert_eq!(lines[5], "绍兴恒锦川织造有限公司  -177,115.58  有差异");
        assert_eq!(lines[6], "Brightway                      1.00  有差异");
        assert_eq!(lines[7], "合计                    -177,114.53");
        assert_eq!(lines[8], "另有 1 行，见报告文件");
        assert!(lines[10].starts_with("警告[total-mismatch]"), "{text}");
        assert!(!text.contains('\u{1b}'));
    }

    #[test]
    fn colours_only_where_wanted() {
        let look = Look { color: true, width: Some(60) };
        assert!(render(&report(), look).contains("\u{1b}["));
    }
}
