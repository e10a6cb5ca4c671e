//! The report as Markdown, for chats, mails and wikis.

use super::cell::Cell;
use super::column::Kind;
use super::format;
use super::model::Report;
use super::sheet::{Block, Sheet};
use super::table::{RowStyle, Table};
use super::visible::one_line;

/// Renders all sheets, each under its heading.
pub fn render(report: &Report) -> String {
    let mut out = format!("# {}\n", escape(&report.title));
    for note in &report.notes {
        paragraph(&mut out, &escape_line(note));
    }
    for sheet in &report.sheets {
        paragraph(&mut out, &format!("## {}", escape(&sheet.name)));
        render_sheet(sheet, &mut out);
    }
    out
}

fn render_sheet(sheet: &Sheet, out: &mut String) {
    for block in &sheet.blocks {
        match block {
            Block::Title(title) if *title == sheet.name => {}
            Block::Title(title) => paragraph(out, &format!("**{}**", escape(title))),
            Block::Facts(facts) => {
                let lines = facts.iter().map(|(label, value)| {
                    format!("- {}: {}", escape(label), escape(&format::text(&Kind::Money, value)))
                });
                paragraph(out, &lines.collect::<Vec<_>>().join("\n"));
            }
            Block::Text(text) => paragraph(out, &escape_line(text)),
            Block::Spans(spans) => {
                let parts = spans
                    .iter()
                    .map(|span| escape(&format::text(&Kind::Money, &span.cell)))
                    .filter(|part| !part.is_empty());
                let line = parts.collect::<Vec<_>>().join(" · ");
                if !line.is_empty() {
                    paragraph(out, &line);
                }
            }
            Block::Table(table) => render_table(table, out),
            Block::Space
            | Block::Chart(_)
            | Block::Pictures(_)
            | Block::Beside(_)
            | Block::PageBreak => {}
        }
    }
}

fn render_table(table: &Table, out: &mut String) {
    if table.rows.is_empty() && table.total.is_none() {
        paragraph(out, &escape_line(&table.empty));
        return;
    }
    out.push('\n');
    line(out, table.columns.iter().map(|column| escape(&column.label)));
    line(out, table.columns.iter().map(|column| rule(&column.kind).to_owned()));
    let total = table.total_row();
    for row in table.rows.iter().chain(total) {
        let strong = row.style != RowStyle::Normal;
        line(
            out,
            table.columns.iter().enumerate().map(|(at, column)| {
                let cell = row.cells.get(at).unwrap_or(&Cell::Empty);
                let text = escape(&format::text(&column.kind, cell));
                if strong && !text.is_empty() { format!("**{text}**") } else { text }
            }),
        );
    }
}

fn rule(kind: &Kind) -> &'static str {
    if kind.is_figure() { "---:" } else { "---" }
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    out.push('|');
    for cell in cells {
        out.push(' ');
        out.push_str(&cell);
        out.push_str(" |");
    }
    out.push('\n');
}

fn paragraph(out: &mut String, text: &str) {
    out.push('\n');
    out.push_str(text);
    out.push('\n');
}

/// Escapes what Markdown would take for itself at the start of a line.
fn escape_line(text: &str) -> String {
    let escaped = escape(text);
    if escaped.starts_with(['#', '>', '+', '-', '=']) { format!("\\{escaped}") } else { escaped }
}

/// Escapes what Markdown or HTML would take for itself anywhere.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let line = one_line(text);
    for (at, char) in line.char_indices() {
        match char {
            // Many readers make a link of a bare address.
            ':' if line[at..].starts_with("://") => escaped.push_str("\\:"),
            '.' if line.as_bytes()[at.saturating_sub(3)..at].eq_ignore_ascii_case(b"www") => {
                escaped.push_str("\\.");
            }
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => {
                escaped.push('\\');
                escaped.push(char);
            }
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;
    use crate::lang::Lang;
    use crate::report::{Column, Row};

    #[test]
    fn tables_align_figures_and_escape_what_marks_up() {
        let mut table =
            Table::new([Column::text("item", "品名"), Column::money("amount", "金额").sum()])
                .total("合计");
        table.push(Row::new(["M3*8|<b>".into(), Decimal::from(1200).into()]));
        table.push(Row::new(["http://x WWW.x".into(), Decimal::ONE.into()]));
        let mut report = Report::new("x", "对账", Lang::Hans);
        report.sheets.push(Sheet::new("x", "差异").fact("期间", "2026-10").table(table));
        assert_eq!(
            render(&report),
            "# 对账\n\n## 差异\n\n- 期间: 2026-10\n\n\
             | 品名 | 金额 |\n| --- | ---: |\n| M3\\*8\\|&lt;b> | 1,200.00 |\n\
             | http\\://x WWW\\.x | 1.00 |\n| **合计** | **1,201.00** |\n"
        );
    }
}
