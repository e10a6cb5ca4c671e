//! The table that is being read: what its header and its data look like, and
//! what the next row is to it.

use std::rc::Rc;

use super::below::below_sum;
use super::body::Habits;
use super::columns::named;
use super::figure::figure;
use super::footer::{Loose, footer};
use super::grid::{Line, Region};
use super::header::is_known_header;
use super::label::Says;
use super::look::Reader;
use super::row::Seen;
use super::scan::Draft;
use super::shape::{Shape, shape};
use super::words::words;
use crate::input::table::Role;
use crate::text::fold;

/// Rows below a header from which its habits are learnt.
const LEARNT_FROM: usize = 60;

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
            let label = line.first().and_then(|cell| reader.label(cell.head()?));
            let figures = line.filled().filter(|cell| shape(*cell) == Shape::Number).count();
            let role = match label.filter(|label| label.sure).map(|label| label.says) {
                // 9月应收款 with no figure says what the sheet is.
                Some(Says::Balance) if figures == 0 && !has_figure(line) => Role::Title,
                Some(Says::Opening | Says::Balance) => Role::Opening,
                Some(Says::Total) if figures > 1 => Role::Total,
                _ => Role::Title,
            };
            self.draft.rows.push((at, role));
        }
    }

    /// Adds a row that goes on with the table: data that does not lead from the
    /// sum to the balance begins new rows to be summed.
    pub(super) fn take(&mut self, region: &Region<'_>, at: usize, role: Role, row: &Seen<'_>) {
        if role == Role::Body && self.below_sum(region, row) != Some(Role::Body) {
            self.summed = false;
        }
        self.push(at, role);
    }

    /// Adds a row.
    pub(super) fn push(&mut self, at: usize, role: Role) {
        match role {
            Role::Body => self.bodies += 1,
            Role::Total | Role::Closing => self.summed = true,
            _ => {}
        }
        self.draft.rows.push((at, role));
    }

    /// Whether a sum below holds the last sum and the tax that this row states.
    pub(super) fn is_taxed(&self, region: &Region<'_>, row: &Seen<'_>) -> bool {
        /// Rows below that may state the sum.
        const LOOKED_AT: usize = 3;
        let sum = self.draft.rows.iter().rev().find(|(_, role)| *role == Role::Total);
        let Some((sum, _)) = sum else { return false };
        let next = region.lines.partition_point(|line| line.row <= row.line.row);
        let below = region.lines.iter().skip(next).take(LOOKED_AT);
        let at = |line: &Line<'_>, col| line.cell(col).and_then(figure);
        row.line.filled().any(|cell| {
            let with_tax = figure(cell).zip(at(&region.lines[*sum], cell.col));
            let with_tax = with_tax.and_then(|(tax, sum)| sum.checked_add(tax));
            with_tax.is_some() && below.clone().any(|line| at(line, cell.col) == with_tax)
        })
    }

    /// Whether the last data has been summed up.
    pub(super) fn is_summed(&self) -> bool {
        self.summed
    }

    /// Whether there is any data yet.
    pub(super) fn has_data(&self) -> bool {
        self.bodies > 0
    }

    /// Whether the row prints a line of the header again. Most rows are told
    /// apart by the first character of their first cell.
    pub(super) fn repeats(&self, line: Line<'_>) -> bool {
        let Some(first) = line.first() else { return false };
        let Some(start) = first.head().and_then(first_char) else { return false };
        let mut texts = None;
        self.header.iter().any(|header| {
            let same_start = header
                .first()
                .is_some_and(|(col, name)| *col == first.col && name.starts_with(start));
            same_start && {
                let texts = texts.get_or_insert_with(|| folded(line));
                let same = texts.iter().filter(|cell| header.contains(cell)).count();
                same * 5 >= texts.len().max(header.len()) * 4
            }
        })
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
    pub(super) fn may_take(
        &self,
        region: &Region<'_>,
        role: Role,
        row: &Seen<'_>,
        waiting: &[(usize, Loose)],
    ) -> bool {
        if role != Role::Body || self.bodies == 0 {
            return true;
        }
        if waiting.iter().any(|(_, kind)| *kind == Loose::Signature) {
            return false;
        }
        if !self.summed || self.below_sum(region, row) == Some(Role::Body) {
            return true;
        }
        waiting.iter().all(|(_, kind)| *kind == Loose::Opening)
            && (self.habits.fits(row) || (self.habits.figures(row) > 0 && is_tax(row)))
    }

    /// Returns the role of a row that leads from the last sum to the balance.
    pub(super) fn below_sum(&self, region: &Region<'_>, row: &Seen<'_>) -> Option<Role> {
        if !self.summed {
            return self.ends(region, row);
        }
        let of = |wanted: Role| self.draft.rows.iter().rev().find(|(_, role)| *role == wanted);
        let (sum, _) = of(Role::Total).or_else(|| of(Role::Closing))?;
        below_sum(region, *sum, row, &self.habits)
    }

    /// Returns the role of the balance that a row states below a subtotal
    /// (小计, 返利, 应付): by its words, where only rows of its own form stand
    /// between.
    fn ends(&self, region: &Region<'_>, row: &Seen<'_>) -> Option<Role> {
        /// Rows that may stand between the subtotal and the balance.
        const MOST: usize = 8;
        let below = self.draft.rows.iter().rev().take(MOST);
        let (sum, _) = below.clone().find(|(_, role)| *role == Role::Subtotal)?;
        let mut between = below.take_while(|(at, _)| at != sum);
        let usual = self.habits.usual();
        let closes = between.all(|(at, _)| region.lines[*at].filled().count() * 2 <= usual)
            && below_sum(region, *sum, row, &self.habits) == Some(Role::Closing);
        closes.then_some(Role::Closing)
    }
}

/// Whether a row states the tax on the sum above it.
pub(super) fn is_tax(row: &Seen<'_>) -> bool {
    let text = row.cells.first().and_then(|(cell, _)| cell.head());
    text.is_some_and(|text| {
        let rate = |c: char| c.is_ascii_digit() || ":：、，,%％().（） @".contains(c);
        let bare: String = text.chars().filter(|c| !rate(*c)).collect();
        bare.chars().count() <= 12 && words().tax.words.has(&fold(&bare))
    })
}

/// Whether a line writes a figure into a text, behind the days it names.
fn has_figure(line: Line<'_>) -> bool {
    let behind = |text: &str| {
        text.rsplit(['年', '月', '日', '号', '號'])
            .next()
            .is_some_and(|rest| rest.contains(|c: char| c.is_ascii_digit()))
    };
    line.filled().filter_map(|cell| cell.text()).any(behind)
}

/// Returns the first character of a text as it is compared.
fn first_char(text: &str) -> Option<char> {
    let first = text.trim_start().chars().next()?;
    fold(first.encode_utf8(&mut [0; 4])).chars().next()
}

/// Returns the texts of a line, folded, by column.
fn folded(line: Line<'_>) -> Vec<(u16, String)> {
    line.filled().map(|cell| (cell.col, fold(&super::columns::value_text(cell.held())))).collect()
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
        let label = line.filled().take(4).find_map(|cell| reader.label(cell.head()?));
        match label.map(|label| label.says) {
            Some(Says::Total) if !sample.is_empty() => break,
            Some(_) => continue,
            None => {}
        }
        let kind = footer(line).filter(|_| line.filled().all(|cell| !shape(cell).is_typed()));
        if kind == Some(Loose::Signature) {
            break;
        }
        let row = Seen::at(line, reader);
        if row.len() >= 2 && kind.is_none() && row.keyed() < row.len() {
            sample.push(line);
        }
    }
    sample
}
