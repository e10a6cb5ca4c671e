//! Levels of a parts list: numbers, dots, plus signs, outline numbers, or
//! nothing but the indent of codes and names.

use rustc_hash::FxHashSet;
use unicode_normalization::UnicodeNormalization;

use crate::input::sheet::Value;
use crate::input::table::{Column, Table};
use crate::input::values::text::words as plain;
use crate::location::CellRef;

/// A level as one cell writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// A number, with or without marks before it: `2`, `..2`, `L2`, `二级`.
    Number(u32),
    /// Marks alone: `++`.
    Marks(u32),
    /// An outline number, by its length: `1.2.1` is 3.
    Outline(u32),
    /// Nothing.
    Blank,
    /// Something else.
    Other,
}

/// Deeper lists than this are no lists.
const DEEPEST: u32 = 10_000;

/// Signs that stand before codes and levels to show depth.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '·'
            | '•'
            | '・'
            | '+'
            | '*'
            | '-'
            | '–'
            | '—'
            | '_'
            | '>'
            | '»'
            | '|'
            | '─'
            | '│'
            | '├'
            | '└'
            | '┣'
            | '┗'
            | '┃'
    )
}

/// Reads a level.
pub(super) fn written(value: &Value) -> Written {
    let text = match value {
        Value::Empty => return Written::Blank,
        Value::Number(number) => number.normalize().to_string(),
        Value::Text(text) => text.nfkc().collect(),
        _ => return Written::Other,
    };
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = text.trim_start_matches(is_mark);
    let marks = u32::try_from(text.chars().count() - bare.chars().count()).unwrap_or(DEEPEST);
    if bare.is_empty() {
        return if marks == 0 { Written::Blank } else { Written::Marks(marks) };
    }
    if let Some(parts) = outline(bare) {
        let whole = bare.split(['.', '-']).next().unwrap_or(bare);
        return if parts == 1 { number(whole) } else { Written::Outline(parts) };
    }
    let digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    let rest: String = bare
        .chars()
        .filter(|c| !c.is_ascii_digit() && !is_mark(*c))
        .collect::<String>()
        .to_lowercase();
    const WORDS: [&str; 13] =
        ["l", "lv", "level", "级", "級", "层", "層", "阶", "階", "第级", "第层", "第層", "第階"];
    if !digits.is_empty() && WORDS.contains(&rest.as_str()) {
        return number(&digits);
    }
    numeral(rest.trim_start_matches('第')).map_or(Written::Other, Written::Number)
}

fn number(digits: &str) -> Written {
    digits.parse().ok().filter(|level| *level <= DEEPEST).map_or(Written::Other, Written::Number)
}

/// Returns how many parts an outline number has; a whole number has one.
fn outline(text: &str) -> Option<u32> {
    let text = text.strip_suffix('.').unwrap_or(text);
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let parts: Vec<&str> = whole.split(['.', '-']).collect();
    let fine = parts.iter().all(|part| {
        !part.is_empty() && part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit())
    });
    fine.then(|| u32::try_from(parts.len()).unwrap_or(DEEPEST))
}

/// Reads `二`, `二级`, `二阶`.
fn numeral(text: &str) -> Option<u32> {
    let bare = text.trim_end_matches(['级', '級', '层', '層', '阶', '階']);
    let mut chars = bare.chars();
    let (first, rest) = (chars.next()?, chars.next());
    if rest.is_some() {
        return None;
    }
    let at = "一二三四五六七八九十".chars().position(|c| c == first)?;
    u32::try_from(at + 1).ok()
}

/// The levels of a table's body rows, as written, before it is known which of
/// them is the product's.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Levels {
    /// A level a row.
    pub(super) of: Vec<u32>,
    /// Whether a level of 0 was written as a number: it is the product's.
    pub(super) zero_is_product: bool,
    /// The column the levels stand in.
    pub(super) col: Option<u16>,
    /// Rows whose level cannot be read; they keep that of the row before.
    pub(super) unread: Vec<usize>,
}

/// Returns the columns of levels, where every level has its own, with the
/// level of each.
fn level_columns(table: &Table) -> Vec<(u32, &Column)> {
    let columns = table.columns.iter().filter(|column| column.field == Some("level_column"));
    let columns: Vec<(u32, &Column)> = (1..).zip(columns).collect();
    let of = |column: &Column| match column
        .parts
        .last()
        .map(|part| written(&Value::Text(part.as_str().into())))
    {
        Some(Written::Number(level)) => Some(level),
        _ => None,
    };
    let said: Option<Vec<u32>> = columns.iter().map(|(_, column)| of(column)).collect();
    match said.filter(|levels| levels.is_sorted_by(|a, b| a < b)) {
        Some(levels) => {
            levels.into_iter().zip(columns).map(|(level, (_, column))| (level, column)).collect()
        }
        None => columns,
    }
}

/// Returns the column of a row's level and its level, where every level has a
/// column of its own: the deepest in which something stands.
pub(super) fn own_level(table: &Table, row: u32) -> Option<(u32, &Column)> {
    let stands = |column: &Column| {
        let cell = table.sheet.cell(CellRef::new(row, column.col));
        cell.is_some_and(|cell| plain(&cell.value()).is_some())
    };
    level_columns(table).into_iter().rev().find(|(_, column)| stands(column))
}

/// Reads the levels of the body rows.
pub(super) fn levels(table: &Table, rows: &[u32]) -> Levels {
    let own: Vec<Option<u32>> =
        rows.iter().map(|row| own_level(table, *row).map(|(level, _)| level)).collect();
    if own.iter().any(Option::is_some) {
        let mut levels = Levels::default();
        for (at, level) in own.into_iter().enumerate() {
            let before = levels.of.last().copied().unwrap_or(1);
            if level.is_none() {
                levels.unread.push(at);
            }
            levels.of.push(level.unwrap_or(before));
        }
        levels.zero_is_product = levels.of.contains(&0);
        return levels;
    }
    if let Some(column) = table.column("level") {
        let read = rows.iter().map(|row| match table.cell(*row, column.col) {
            Some(cell) => written(&cell.value()),
            None => Written::Blank,
        });
        let read: Vec<Written> = read.collect();
        if read.iter().any(|level| !matches!(level, Written::Blank | Written::Other)) {
            return Levels { col: Some(column.col), ..of_column(&read) };
        }
    }
    if let Some(levels) = outlined(table, rows) {
        return levels;
    }
    let by_indent = ["component_code", "component_name"]
        .into_iter()
        .filter_map(|field| table.column(field))
        .find_map(|column| indents(table, rows, column));
    by_indent.unwrap_or_else(|| Levels { of: vec![1; rows.len()], ..Levels::default() })
}

fn of_column(read: &[Written]) -> Levels {
    let outline = read.iter().any(|level| matches!(level, Written::Outline(_)));
    let marks = read.iter().any(|level| matches!(level, Written::Marks(_)))
        && !read.iter().any(|level| matches!(level, Written::Number(_)));
    let mut levels = Levels::default();
    let mut before = u32::from(!marks);
    for (at, level) in read.iter().enumerate() {
        before = match level {
            Written::Number(_) if outline => 1,
            Written::Number(level) | Written::Marks(level) | Written::Outline(level) => *level,
            Written::Blank if marks => 0,
            Written::Blank | Written::Other => {
                levels.unread.push(at);
                before
            }
        };
        levels.of.push(before);
    }
    levels.zero_is_product = !marks && levels.of.contains(&0);
    levels
}

/// Returns the levels that the column of line numbers shows, where these are
/// outline numbers each of which has the one above it before it.
fn outlined(table: &Table, rows: &[u32]) -> Option<Levels> {
    let column = table.column("line_no")?;
    let numbers: Vec<Value> = rows
        .iter()
        .map(|row| table.cell(*row, column.col).map_or(Value::Empty, |cell| cell.value()))
        .collect();
    let read: Vec<Written> = numbers.iter().map(written).collect();
    let mut seen: FxHashSet<String> = FxHashSet::default();
    let mut deep = 0_usize;
    for (number, level) in numbers.iter().zip(&read) {
        let text = plain(number)?.replace('-', ".");
        if let Written::Outline(_) = level {
            let above = text.rsplit_once('.')?.0;
            deep += usize::from(seen.contains(above));
            if !seen.contains(above) {
                return None;
            }
        } else if !matches!(level, Written::Number(_)) {
            return None;
        }
        seen.insert(text);
    }
    (deep > 0).then(|| Levels { col: Some(column.col), ..of_column(&read) })
}

/// Returns the levels that the indents of a column show; nothing if all stand
/// at the same place.
fn indents(table: &Table, rows: &[u32], column: &Column) -> Option<Levels> {
    let depth = |row: &u32| {
        let Some(cell) = table.cell(*row, column.col) else { return 0 };
        let text = cell.text().unwrap_or_default();
        2 * u32::from(table.sheet.style(cell).indent) + leading(text)
    };
    let depths: Vec<u32> = rows.iter().map(depth).collect();
    let mut steps = depths.clone();
    steps.sort_unstable();
    steps.dedup();
    // A single space is a slip of the hand, no indent.
    let mut kept: Vec<u32> = Vec::new();
    for step in steps {
        if kept.last().is_none_or(|last| step >= last + 2) {
            kept.push(step);
        }
    }
    if kept.len() < 2 {
        return None;
    }
    let rank = |depth: &u32| u32::try_from(kept.partition_point(|step| step <= depth)).ok();
    Some(Levels {
        of: depths.iter().map(|depth| rank(depth).unwrap_or(1)).collect(),
        ..Levels::default()
    })
}

/// Returns how far a text is moved in, in half-width spaces.
fn leading(text: &str) -> u32 {
    let mut width = 0_u32;
    for c in text.chars() {
        width += match c {
            '\t' => 4,
            '\u{3000}' => 2,
            c if c.is_whitespace() => 1,
            c if is_mark(c) => 2,
            _ => break,
        };
    }
    width
}

/// Returns a code or name without what shows its depth.
pub(super) fn without_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || is_mark(c)).trim_end()
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn read(text: &str) -> Written {
        written(&Value::Text(text.into()))
    }

    #[test]
    fn levels_are_read_in_every_spelling() {
        for (text, expected) in [
            ("0", Written::Number(0)),
            (".1", Written::Number(1)),
            ("..2", Written::Number(2)),
            ("．．．3", Written::Number(3)),
            ("+", Written::Marks(1)),
            ("+++", Written::Marks(3)),
            ("L2", Written::Number(2)),
            ("2级", Written::Number(2)),
            ("第3层", Written::Number(3)),
            ("二階", Written::Number(2)),
            ("②", Written::Number(2)),
            ("1.2.1", Written::Outline(3)),
            ("1-2", Written::Outline(2)),
            ("2.0", Written::Number(2)),
            ("", Written::Blank),
            ("主料", Written::Other),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert_eq!(written(&Value::Number(Decimal::TWO)), Written::Number(2));
        assert_eq!(written(&Value::Number(Decimal::new(12, 1))), Written::Outline(2));
    }

    #[test]
    fn outline_numbers_count_their_parts_and_blanks_between_plus_signs_are_the_top() {
        let levels =
            |texts: &[&str]| of_column(&texts.iter().map(|t| read(t)).collect::<Vec<_>>()).of;
        assert_eq!(levels(&["1", "1.1", "1.1.1", "2"]), [1, 2, 3, 1]);
        assert_eq!(levels(&["", "+", "++", ""]), [0, 1, 2, 0]);
        assert_eq!(levels(&["1", "2", "x", "1"]), [1, 2, 2, 1]);
    }

    #[test]
    fn marks_before_a_code_are_not_of_it() {
        assert_eq!(without_marks("..A10-0001 "), "A10-0001");
        assert_eq!(without_marks("└ 腰衬"), "腰衬");
        assert_eq!(without_marks("　　腰面"), "腰面");
    }
}
