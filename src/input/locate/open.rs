//! The table that is being read: what its header and its data look like, and
//! what the next row is to it.

use std::rc::Rc;

use super::body::Habits;
use super::columns::{Class, named};
use super::footer::{Loose, footer};
use super::grid::{Line, Region, last_col};
use super::header::is_known_header;
use super::label::{Label, Says};
use super::look::{Reader, is_pair};
use super::scan::Draft;
use super::shape::{Shape, shape};
use crate::input::table::Role;
use crate::text::fold;

/// Rows below a header from which its habits are learnt.
const LEARNT_FROM: usize = 60;

/// What a row is to the open table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A row of the table.
    Role(Role),
    /// No row of data: below the table, between its rows, or above the next.
    Loose(Loose),
}

/// The table that is being read.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) draft: Draft,
    pub(super) habits: Rc<Habits>,
    /// The texts of the header's lines, folded, by column.
    header: Rc<Vec<Vec<(u16, String)>>>,
    /// The texts of the preamble, folded.
    titles: Vec<String>,
    /// Rows of data so far.
    bodies: usize,
    /// Whether a total or a closing balance came after the last row of data.
    summed: bool,
}

impl Open {
    /// Opens a table below its header.
    pub(super) fn new<'a>(
        region: &Region<'a>,
        header: &[usize],
        preamble: Vec<(usize, Loose)>,
        reader: &Reader<'a>,
    ) -> Self {
        let lines: Vec<Line<'a>> = header.iter().map(|at| region.lines[*at]).collect();
        let below = header.last().map_or(0, |last| last + 1);
        let sample = sample(region, below, reader);
        let mut cols: Vec<u16> =
            lines.iter().chain(&sample).flat_map(|line| line.filled().map(|c| c.col)).collect();
        cols.sort_unstable();
        cols.dedup();
        let habits = Habits::of(&named(region, &lines, &cols), &sample);
        let texts = lines.iter().map(|line| folded(*line)).collect();
        let mut open = Self {
            draft: Draft { header: header.to_vec(), rows: Vec::new() },
            habits: Rc::new(habits),
            header: Rc::new(texts),
            titles: Vec::new(),
            bodies: 0,
            summed: false,
        };
        open.head(region, preamble, reader);
        open.draft.rows.extend(header.iter().map(|at| (*at, Role::Header)));
        open
    }

    /// Opens the same table again below its footers.
    pub(super) fn again(&self) -> Self {
        Self {
            draft: Draft { header: self.draft.header.clone(), rows: Vec::new() },
            bodies: 0,
            summed: false,
            ..self.clone()
        }
    }

    /// Adds the lines above the header: titles, and opening balances that
    /// stand there.
    pub(super) fn head<'a>(
        &mut self,
        region: &Region<'a>,
        preamble: Vec<(usize, Loose)>,
        reader: &Reader<'a>,
    ) {
        for (at, _) in preamble {
            let line = region.lines[at];
            self.titles.extend(folded(line).into_iter().map(|(_, text)| text));
            let label = line.first().and_then(|cell| reader.label(cell.text()?));
            let opening = label.is_some_and(|label| {
                matches!(label.says, Says::Opening | Says::Balance) && label.sure
            });
            self.draft.rows.push((at, if opening { Role::Opening } else { Role::Title }));
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, at: usize, role: Role) {
        match role {
            Role::Body => {
                self.bodies += 1;
                self.summed = false;
            }
            Role::Total | Role::Closing => self.summed = true,
            _ => {}
        }
        self.draft.rows.push((at, role));
    }

    /// Whether the last data has been summed up.
    pub(super) fn is_summed(&self) -> bool {
        self.summed
    }

    /// Whether the row prints a line of the header again.
    pub(super) fn repeats(&self, line: Line<'_>) -> Option<Role> {
        let first = line.first()?;
        let text = first.text()?;
        let mut texts = None;
        for header in self.header.iter() {
            let same_start =
                header.iter().any(|(col, name)| *col == first.col && name.len() <= text.len());
            if !same_start {
                continue;
            }
            let texts = texts.get_or_insert_with(|| folded(line));
            let same = texts.iter().filter(|cell| header.contains(cell)).count();
            if same * 5 >= texts.len().max(header.len()) * 4 && same > 0 {
                return Some(Role::RepeatedHeader);
            }
        }
        None
    }

    /// Whether a header that comes again goes on with this table: nothing new
    /// was said in between.
    pub(super) fn is_new_page(&self, region: &Region<'_>, waiting: &[(usize, Loose)]) -> bool {
        let captions = waiting.iter().filter(|(_, kind)| *kind == Loose::Caption);
        let known = captions
            .map(|(at, _)| folded(region.lines[*at]))
            .all(|texts| texts.iter().all(|(_, text)| self.titles.contains(text)));
        known && !self.summed
    }

    /// Whether the table goes on with a row of this role.
    pub(super) fn may_take(&self, role: Role, line: Line<'_>, waiting: &[(usize, Loose)]) -> bool {
        if role != Role::Body || self.bodies == 0 {
            return true;
        }
        let signed = waiting.iter().any(|(_, kind)| *kind == Loose::Signature);
        if signed || (self.summed && !waiting.is_empty()) {
            return false;
        }
        !self.summed || self.habits.fits(line)
    }

    /// Reads what a row is.
    pub(super) fn read<'a>(&self, region: &Region<'a>, at: usize, reader: &Reader<'a>) -> Found {
        let line = region.lines[at];
        if self.habits.is_unused(line) {
            return Found::Role(Role::Blank);
        }
        if let Some(role) = self.labelled(line, reader) {
            return Found::Role(role);
        }
        let figures = self.habits.figures(line);
        let cells = line.count();
        let pairs = line.filled().filter(|cell| cell.text().is_some_and(is_pair)).count();
        if figures > 0 && pairs * 2 <= cells && !(cells == 1 && self.summed) {
            return Found::Role(Role::Body);
        }
        if let Some(kind) = footer(line) {
            return Found::Loose(kind);
        }
        if pairs * 2 > cells || (pairs > 0 && self.bodies > 0 && self.summed) {
            return Found::Loose(Loose::Caption);
        }
        if cells == 1 {
            return self.single(region, line);
        }
        self.words(region, line)
    }

    /// Reads a row that holds one cell.
    fn single(&self, region: &Region<'_>, line: Line<'_>) -> Found {
        let Some(cell) = line.first() else { return Found::Role(Role::Blank) };
        let merged = last_col(region.sheet, line.row, cell) > cell.col;
        let habit = self.habits.at(cell.col);
        match shape(cell) {
            _ if self.habits.class(cell.col) == Class::Remark => Found::Loose(Loose::Note),
            _ if merged => Found::Loose(Loose::Caption),
            Shape::Code if habit.is_some_and(|habit| habit.is_typed()) => Found::Role(Role::Body),
            Shape::Error => Found::Role(Role::Body),
            Shape::Number | Shape::Date if !self.summed => Found::Role(Role::Body),
            Shape::Word if self.habits.width() <= 3 && habit.is_some() && !self.summed => {
                Found::Role(Role::Body)
            }
            _ => Found::Loose(Loose::Caption),
        }
    }

    /// Reads a row of words, codes and dates.
    fn words(&self, region: &Region<'_>, line: Line<'_>) -> Found {
        let cells = line.count();
        let span = |cell| usize::from(last_col(region.sheet, line.row, cell) - cell.col) + 1;
        let widest = line.filled().map(span).max().unwrap_or(1);
        if cells <= 2 && widest * 5 >= self.habits.width() * 3 && self.habits.width() > 3 {
            return Found::Loose(Loose::Caption);
        }
        let typed = line.filled().filter(|cell| shape(cell).is_typed()).count();
        let enough = cells * 3 >= self.habits.usual() || typed > 0;
        let out_of_place = self.habits.conflicts(line);
        if enough && out_of_place * 2 <= cells {
            Found::Role(Role::Body)
        } else {
            Found::Loose(Loose::Caption)
        }
    }

    /// Reads the label of a row.
    fn labelled<'a>(&self, line: Line<'a>, reader: &Reader<'a>) -> Option<Role> {
        let (mut found, mut others, mut leads): (Option<(Label, &str)>, usize, bool) =
            (None, 0, true);
        for cell in line.filled() {
            if let (None, Some(text)) = (&found, cell.text())
                && let Some(label) = reader.label(text)
            {
                found = Some((label, text));
                continue;
            }
            let other = match shape(cell) {
                Shape::Word | Shape::Code => self.habits.class(cell.col) != Class::Remark,
                _ => false,
            };
            others += usize::from(other);
            leads &= found.is_some() || !other;
        }
        let (label, text) = found?;
        let figures = line.filled().filter(|cell| shape(cell) == Shape::Number).count();
        let priced = line.filled().any(|cell| {
            self.habits.class(cell.col) == Class::Single && shape(cell) == Shape::Number
        });
        let accepted = match (label.sure, leads) {
            (true, true) => others <= 3,
            (true, false) => others <= 2 && !priced,
            (false, true) => others == 0 && figures > 0 && !priced,
            (false, false) => false,
        };
        if !accepted {
            return None;
        }
        if figures == 0 && fold(text).contains("大写") {
            return Some(Role::Note);
        }
        Some(if label.says == Says::Balance && self.bodies == 0 {
            Role::Opening
        } else {
            label.role()
        })
    }
}

/// Returns the texts of a line, folded, by column.
fn folded(line: Line<'_>) -> Vec<(u16, String)> {
    line.filled().map(|cell| (cell.col, fold(&super::columns::value_text(&cell.value)))).collect()
}

/// Returns the rows below a header from which the habits of its data are
/// learnt: up to its first total or the next header.
fn sample<'a>(region: &Region<'a>, from: usize, reader: &Reader<'a>) -> Vec<Line<'a>> {
    let mut sample = Vec::new();
    for at in from..region.lines.len().min(from + LEARNT_FROM) {
        let line = region.lines[at];
        if !sample.is_empty() && region.gap(at) > 0 && is_known_header(region, at, reader) {
            break;
        }
        let label = line.filled().take(4).find_map(|cell| reader.label(cell.text()?));
        match label.map(|label| label.says) {
            Some(Says::Total) if !sample.is_empty() => break,
            Some(_) => continue,
            None => {}
        }
        let kind = footer(line).filter(|_| line.filled().all(|cell| !shape(cell).is_typed()));
        if kind == Some(Loose::Signature) {
            break;
        }
        if line.count() >= 2 && kind.is_none() {
            sample.push(line);
        }
    }
    sample
}
