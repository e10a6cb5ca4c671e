//! Where a header is: its first row, and how far it goes up and down.

use std::ops::Range;

use super::grid::{Line, Region, last_col, last_row};
use super::look::{Look, Reader, is_pair, is_surely_data};
use super::rates::{names_places, says_what_prices_are_for};
use super::shape::{Shape, shape, text_shape};
use super::words::words;
use crate::input::sheet::{Cell, Held};
use crate::text::{fold, header_key};

/// A header has no more rows than these.
const MOST_ROWS: usize = 4;

/// Rows below a header that are looked at to see what its columns hold.
const LOOKED_BELOW: usize = 12;

/// What a row of a header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// Names of columns, or of groups of them.
    Names,
    /// Units (元, kg, PCS).
    Units,
    /// Numbers or kinds of columns (栏次 1 2 3; （必填）).
    Marks,
}

/// Whether line `at` begins a header whose words are known.
pub(super) fn is_known_header<'a>(region: &Region<'a>, at: usize, reader: &Reader<'a>) -> bool {
    let line = region.lines[at];
    if is_surely_data(line, reader) {
        return false;
    }
    if line.count() == 1 {
        return is_list_header(region, at, reader);
    }
    let look = Look::at(region, line, reader);
    if !look.is_strong() || says_what_prices_are_for(line) {
        return false;
    }
    !(look.alternates && look.series == 0 && is_form_row(region, at, reader))
}

/// Whether a single known word heads a list of one column.
fn is_list_header<'a>(region: &Region<'a>, at: usize, reader: &Reader<'a>) -> bool {
    const FEWEST: usize = 3;
    let Some(header) = region.lines[at].first() else { return false };
    let below = (at + 1..region.lines.len()).take(LOOKED_BELOW);
    let members = below.take_while(|next| region.follows(*next)).map(|next| {
        let line = region.lines[next];
        let cell = line.first().filter(|cell| line.count() == 1 && cell.col == header.col)?;
        let text = cell.head().unwrap_or_default();
        let plain = shape(cell) != Shape::Prose && !is_pair(text) && !reader.knows(text);
        plain.then(|| shape(cell))
    });
    let Some(shapes) = members.collect::<Option<Vec<Shape>>>() else { return false };
    shapes.len() >= FEWEST && shapes.windows(2).all(|pair| pair[0] == pair[1])
}

/// Whether the row of a form (客户 | X | 日期 | Y) and not of a table: nothing
/// that is typed stands below, or the next row is of the same form.
fn is_form_row<'a>(region: &Region<'a>, at: usize, reader: &Reader<'a>) -> bool {
    let Some(next) = region.lines.get(at + 1) else { return true };
    let look = Look::at(region, *next, reader);
    let columns = |line: Line<'a>| line.filled().map(|cell| cell.col).collect::<Vec<_>>();
    look.known >= 2 || look.typed == 0 || columns(*next).len() + 1 < region.lines[at].count()
}

/// Whether line `at` looks like a header though nobody knows its words: words
/// only, above columns of figures, dates and codes that go on.
pub(super) fn is_likely_header<'a>(region: &Region<'a>, at: usize, reader: &Reader<'a>) -> bool {
    let line = region.lines[at];
    let look = Look::at(region, line, reader);
    let is_possible = look.is_possible();
    let names_figures = !is_possible && at == 0 && look.repeats == 0 && names_figures(region, line);
    if !is_possible && !names_figures {
        return false;
    }
    let below = lines_below(region, at);
    let (mut typed, mut covered, mut width) = (0, 0, 0);
    for col in columns_of(&below) {
        let shapes: Vec<Shape> =
            below.iter().filter_map(|line| line.cell(col)).map(shape).collect();
        let data = shapes.iter().filter(|shape| shape.is_typed()).count();
        width += 1;
        let Some(header) = line.cell(col) else { continue };
        covered += 1;
        typed +=
            usize::from(data * 2 >= shapes.len() && (shape(header).is_text() || names_figures));
    }
    let named_keys = below
        .iter()
        .filter(|line| line.first().and_then(|cell| cell.head()).is_some_and(|t| reader.knows(t)))
        .count();
    let form = (line.count() == 2 || look.alternates) && named_keys * 2 >= below.len();
    let set_off = is_set_off(region, at);
    let needed = if look.known > 0 || set_off { 1 } else { 2 };
    let differs = typed > 0 || (set_off && covered > 2);
    below.len() >= needed && differs && covered * 5 >= width * 3 && !form
}

/// Whether the cells of the first line are words, and codes above nothing but
/// figures: `Q1`, `x2`, `c10` are names then, and no data.
fn names_figures(region: &Region<'_>, line: Line<'_>) -> bool {
    let below = lines_below(region, 0);
    let is_figure = |cell: Cell<'_>| matches!(shape(cell), Shape::Number | Shape::Date);
    let mut codes = 0;
    let named = line.filled().all(|header| match shape(header) {
        Shape::Word => true,
        Shape::Code => {
            codes += 1;
            let mut cells = below.iter().filter_map(|line| line.cell(header.col)).peekable();
            cells.peek().is_some() && cells.all(is_figure)
        }
        _ => false,
    });
    named && codes > 0 && line.count() >= 2 && below.len() >= 2
}

/// Returns the lines right below a header that look like data.
fn lines_below<'a>(region: &Region<'a>, at: usize) -> Vec<Line<'a>> {
    let mut below = Vec::new();
    for next in at + 1..region.lines.len().min(at + 1 + LOOKED_BELOW) {
        if region.gap(next) > 0 {
            break;
        }
        let line = region.lines[next];
        let single = line.count() < 2 || line.filled().any(|c| c.head().is_some_and(is_pair));
        if single && !below.is_empty() {
            break;
        }
        if !single {
            below.push(line);
        }
    }
    below
}

/// Returns the columns that most of the lines fill.
fn columns_of(lines: &[Line<'_>]) -> Vec<u16> {
    let mut cols: Vec<u16> =
        lines.iter().flat_map(|line| line.filled().map(|cell| cell.col)).collect();
    cols.sort_unstable();
    let mut kept = Vec::new();
    for run in cols.chunk_by(|a, b| a == b) {
        if run.len() * 2 >= lines.len() {
            kept.push(run[0]);
        }
    }
    kept
}

/// Whether the look of a row (bold, filled) differs from the row below.
fn is_set_off(region: &Region<'_>, at: usize) -> bool {
    let look = |line: &Line<'_>| {
        let styles = line.filled().map(|cell| region.sheet.style(cell));
        styles.filter(|style| style.bold || style.filled).count() * 2 >= line.count()
    };
    look(&region.lines[at]) && region.lines.get(at + 1).is_some_and(|next| !look(next))
}

/// Returns the lines of the header that is at line `at`; lines before `floor`
/// belong to something else.
pub(super) fn extent<'a>(
    region: &Region<'a>,
    at: usize,
    floor: usize,
    reader: &Reader<'a>,
) -> Range<usize> {
    let mut from = at;
    while from > floor && region.follows(from) && at - from < 2 && is_above(region, from, reader) {
        from -= 1;
    }
    let mut to = at + 1;
    while to < region.lines.len()
        && to - from < MOST_ROWS
        && region.follows(to)
        && goes_on(region, from..to, reader)
    {
        to += 1;
    }
    from..to
}

/// Whether the line above line `from` names groups of the header's columns.
fn is_above<'a>(region: &Region<'a>, from: usize, reader: &Reader<'a>) -> bool {
    let (above, below) = (region.lines[from - 1], region.lines[from]);
    let (Some(first), Some(last)) = (below.first(), below.filled().last()) else { return false };
    let look = Look::at(region, above, reader);
    if look.typed + look.prose + look.pairs > 0 || above.count() > below.count() {
        return false;
    }
    let spans = |cell: Cell<'_>| last_col(region.sheet, above.row, cell);
    let inside = above
        .filled()
        .all(|cell| cell.col >= first.col && spans(cell) <= last.col.max(spans(last)));
    let wide = above.filled().any(|cell| cell.col == first.col && spans(cell) >= last.col);
    let groups = above.filled().filter(|cell| spans(*cell) > cell.col).count();
    if !inside || wide {
        return false;
    }
    if above.count() == 1 {
        let alone = above.first();
        let known = alone.and_then(|cell| cell.head()).is_some_and(|text| reader.knows(text));
        return alone.is_some_and(|cell| cell.col > first.col) && (known || groups == 1);
    }
    let unnamed = look.words.saturating_sub(groups);
    unnamed == 0 || (groups > 0 && unnamed * 2 <= above.count())
}

/// Whether the line behind these header lines belongs to the header too.
fn goes_on<'a>(region: &Region<'a>, header: Range<usize>, reader: &Reader<'a>) -> bool {
    let next = region.lines[header.end];
    let reaches = header.clone().any(|at| {
        let line = region.lines[at];
        line.filled().any(|cell| {
            last_row(region.sheet, line.row, cell) >= next.row
                && last_col(region.sheet, line.row, cell) - cell.col < 8
        })
    });
    if row_says(next) != Says::Names {
        return true;
    }
    // The places of the zones above.
    if names_places(next) && names_places(region.lines[header.end - 1]) {
        return true;
    }
    let look = Look::at(region, next, reader);
    if look.typed + look.prose + look.pairs > 0 {
        return false;
    }
    reaches
        || is_below_groups(region, header.clone(), &look)
        || is_second_script(region, header, &look)
}

/// Whether the line names the columns that the header leaves open: it stands
/// where the line above is blank or spans several columns. A group of one
/// column is named as the columns of the wider ones are (数量 below 盘盈亏).
fn is_below_groups(region: &Region<'_>, header: Range<usize>, look: &Look) -> bool {
    let (above, next) = (region.lines[header.end - 1], region.lines[header.end]);
    let mut under = 0;
    let mut fresh = 0;
    let mut narrow: Vec<&str> = Vec::new();
    let mut named: Vec<&str> = Vec::new();
    for cell in next.filled() {
        let name = cell.head().unwrap_or_default();
        match above.cell(cell.col) {
            None => {
                fresh += 1;
                named.push(name);
            }
            Some(group) => {
                let spans = last_col(region.sheet, above.row, group) > group.col;
                let open = above.cell(cell.col + 1).is_none() && next.cell(cell.col + 1).is_some();
                let unit = cell.head().is_some_and(|text| is_unit(text) || is_sign(text));
                let named_by = spans || open || unit;
                let list = if named_by { &mut named } else { &mut narrow };
                list.push(name);
                under += usize::from(named_by);
            }
        }
    }
    if narrow.len() < under && narrow.iter().all(|name| named.contains(name)) {
        under += narrow.len();
    }
    let Some(last) = above.filled().last() else { return false };
    let end = last_col(region.sheet, above.row, last);
    let beyond = next.filled().filter(|cell| cell.col > end).count();
    let known = look.known + look.series;
    fresh + under == next.count()
        && under > 0
        && beyond <= 1.max(next.count() / 2)
        && (known * 2 >= look.filled || fresh >= 2)
}

/// Whether the line says the header again, in Latin letters or as field names.
fn is_second_script(region: &Region<'_>, header: Range<usize>, look: &Look) -> bool {
    let (first, next) = (region.lines[header.start], region.lines[header.end]);
    let shared = next.filled().filter(|cell| first.cell(cell.col).is_some()).count();
    if shared * 5 < next.count() * 4 || shared * 5 < first.count() * 3 || header.len() > 1 {
        return false;
    }
    let texts = |line: Line<'_>| -> Vec<String> {
        line.filled().filter_map(|cell| cell.head()).map(str::to_owned).collect()
    };
    let latin = |text: &String| text.is_ascii();
    let (upper, lower) = (texts(first), texts(next));
    let chinese = upper.iter().filter(|text| !latin(text)).count();
    let second = lower.iter().filter(|text| latin(text)).count();
    if chinese * 2 < upper.len() || second * 5 < lower.len() * 4 {
        return false;
    }
    let field_names = lower.iter().filter(|text| is_field_name(text)).count();
    look.known * 2 >= look.filled || field_names * 5 >= lower.len() * 4
}

/// Whether a text is the name of a field in a database: `fnumber`, `item_code`.
fn is_field_name(text: &str) -> bool {
    text.len() >= 3
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && (text.contains('_') || text.chars().skip(1).any(|c| c.is_ascii_lowercase()))
}

/// Returns what a row below a header says, by itself.
pub(super) fn row_says(line: Line<'_>) -> Says {
    let texts: Vec<&str> = line.filled().filter_map(|cell| cell.head()).collect();
    let count = line.count();
    let first = texts.first().map(|text| fold(text));
    let index = &words().cell.index;
    if first.is_some_and(|text| index.has(&text)) || is_numbering(line) {
        return Says::Marks;
    }
    if texts.len() != count || count < 2 {
        return Says::Names;
    }
    let bracketed = |text: &&str| {
        let text = text.trim();
        text.starts_with(['(', '（', '[', '【']) && text.ends_with([')', '）', ']', '】'])
    };
    let units = texts.iter().filter(|text| is_unit(text)).count();
    if units * 5 >= count * 4 {
        Says::Units
    } else if texts.iter().all(bracketed) {
        Says::Marks
    } else {
        Says::Names
    }
}

/// Whether a row counts the columns from 1 on.
fn is_numbering(line: Line<'_>) -> bool {
    let numbers = line.filled().map(|cell| match cell.held() {
        Held::Number(number) => number.to_string(),
        Held::Text(text) => fold(text).trim_matches(['(', ')', '<', '>']).to_owned(),
        _ => String::new(),
    });
    line.count() >= 4 && numbers.enumerate().all(|(at, number)| number == (at + 1).to_string())
}

/// Whether a text has neither letters nor digits: `@` below a weight says that
/// it is that of one carton.
pub(super) fn is_sign(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}

/// Whether a text is a unit and nothing else. 月 and 日 below 2026年 are the
/// columns of a date.
fn is_unit(text: &str) -> bool {
    let bare = text.trim().trim_matches(['(', ')', '（', '）', '[', ']']);
    !matches!(bare, "年" | "月" | "日")
        && matches!(text_shape(bare), Shape::Word)
        && header_key(&format!("x({bare})")).unit.is_some()
}
