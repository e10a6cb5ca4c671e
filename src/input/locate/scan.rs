//! Goes down a region once and cuts it into tables: preamble, header, rows
//! with their roles, footers.

use super::footer::Loose;
use super::grid::Region;
use super::header::{extent, is_known_header, is_likely_header};
use super::look::{Reader, is_surely_data};
use super::open::Open;
use super::preamble::{first_of_next, has_known_key, loose_kind, split_data};
use super::read::{Found, read};
use super::row::Seen;
use crate::input::table::Role;

/// A table as lines of its region, before its columns are worked out.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// The lines of the header; they may stand above the draft's own rows when
    /// a table goes on below its footers.
    pub(super) header: Vec<usize>,
    /// Its lines with their roles, in order.
    pub(super) rows: Vec<(usize, Role)>,
}

/// More empty rows than these end a table.
const LONGEST_GAP: u32 = 200;

/// Lines before a header that are looked at one by one for a header whose
/// words nobody knows.
const LOOKED_FOR_LIKELY: usize = 200;

/// Cuts a region into tables. `forced` are the lines that a person named as
/// the header.
pub(super) fn scan<'a>(region: &Region<'a>, reader: &Reader<'a>, forced: &[usize]) -> Vec<Draft> {
    let mut scan = Scan { region, reader, drafts: Vec::new(), open: None, waiting: Vec::new() };
    let mut at = 0;
    while at < region.lines.len() {
        at = scan.step(at, forced);
    }
    scan.finish();
    scan.drafts
}

struct Scan<'r, 'a> {
    region: &'r Region<'a>,
    reader: &'r Reader<'a>,
    drafts: Vec<Draft>,
    open: Option<Open>,
    /// Lines that belong to what comes next or to what was, not yet known which.
    waiting: Vec<(usize, Loose)>,
}

impl<'a> Scan<'_, 'a> {
    /// Takes line `at`; returns the next line to take.
    fn step(&mut self, at: usize, forced: &[usize]) -> usize {
        let row = Seen::at(self.region.lines[at], self.reader);
        if let (Some(first), Some(last)) = (forced.first(), forced.last()) {
            if at == *first {
                self.begin(*first, last + 1);
                return last + 1;
            }
        } else if self.is_header(&row, at) {
            let floor = self.waiting.first().map_or(at, |(first, _)| *first);
            let header = extent(self.region, at, floor, self.reader);
            self.waiting.retain(|(line, _)| *line < header.start);
            self.begin(header.start, header.end);
            return header.end;
        }
        match self.open.take() {
            None => self.waiting.push((at, loose_kind(self.region, at, self.reader))),
            Some(open) => return self.go_on(open, &row, at),
        }
        at + 1
    }

    /// Whether a new header begins at line `at`.
    fn is_header(&self, row: &Seen<'a>, at: usize) -> bool {
        let Some(open) = &self.open else {
            return is_known_header(self.region, at, self.reader)
                || (self.waiting.len() < LOOKED_FOR_LIKELY
                    && is_likely_header(self.region, at, self.reader));
        };
        let breaks = self.region.gap(at) > 0 || !self.waiting.is_empty() || open.is_summed();
        let conflicts = open.habits.conflicts(row);
        let surely_data = || conflicts == 0 || is_surely_data(self.region.lines[at], self.reader);
        if !breaks && surely_data() || open.repeats(row.line) {
            return false;
        }
        is_known_header(self.region, at, self.reader)
            || (breaks && conflicts > 0 && is_likely_header(self.region, at, self.reader))
    }

    /// Takes a line of the open table; returns the next line to take.
    fn go_on(&mut self, mut open: Open, row: &Seen<'a>, at: usize) -> usize {
        if open.repeats(row.line) {
            if !open.is_new_page(self.region, &self.waiting) {
                let header = extent(self.region, at, at, self.reader);
                self.open = Some(open);
                self.begin(header.start, header.end);
                return header.end;
            }
            self.flush(&mut open, Role::Title);
            open.push(at, Role::RepeatedHeader);
            self.open = Some(open);
            return at + 1;
        }
        if self.heads_next_block(&open, row, at) {
            self.waiting.push((at, Loose::Caption));
            self.open = Some(open);
            return at + 1;
        }
        match read(&open, self.region, row, self.reader) {
            Found::Loose(kind) => self.waiting.push((at, kind)),
            Found::Role(role) if self.goes_on(&open, role, row, at) => {
                self.flush(&mut open, Role::Note);
                open.take(self.region, at, role, row);
            }
            Found::Role(_) => {
                self.continue_below(open, row, at);
                return at + 1;
            }
        }
        self.open = Some(open);
        at + 1
    }

    /// Whether something alone (a month, a day) stands above the header that
    /// comes again: it heads the block below.
    fn heads_next_block(&self, open: &Open, row: &Seen<'a>, at: usize) -> bool {
        row.len() == 1 && self.region.lines.get(at + 1).is_some_and(|next| open.repeats(*next))
    }

    /// Whether the open table goes on with a row of this role.
    fn goes_on(&self, open: &Open, role: Role, row: &Seen<'a>, at: usize) -> bool {
        self.region.gap(at) <= LONGEST_GAP
            && open.may_take(self.region, role, row, &self.waiting)
            && !(role == Role::Body && open.has_data() && self.is_section())
    }

    /// Whether the waiting lines head a section of the table with facts of its
    /// own (`供应商：乙厂`).
    fn is_section(&self) -> bool {
        let mut captions = self.waiting.iter().filter(|(_, kind)| *kind == Loose::Caption);
        captions.any(|(at, _)| has_known_key(self.region.lines[*at], self.reader))
    }

    /// Begins a table whose header is these lines.
    fn begin(&mut self, from: usize, to: usize) {
        let preamble = self.close(from);
        let header: Vec<usize> = (from..to).collect();
        self.open = Some(Open::new(self.region, &header, preamble, self.reader));
    }

    /// Data below the footers, or in a section of its own: it goes on under the
    /// same header if it fits, and is a table without one otherwise.
    fn continue_below(&mut self, old: Open, row: &Seen<'a>, at: usize) {
        let next = (old.habits.fits(row) || self.is_section()).then(|| old.again());
        self.open = Some(old);
        let preamble = self.close(at);
        match next {
            Some(mut next) => {
                next.head(self.region, preamble, self.reader);
                next.push(at, Role::Body);
                self.open = Some(next);
            }
            None => {
                self.waiting = preamble;
                self.waiting.push((at, loose_kind(self.region, at, self.reader)));
            }
        }
    }

    /// Gives waiting lines to the open table: they stand between its rows.
    fn flush(&mut self, open: &mut Open, caption: Role) {
        for (at, kind) in self.waiting.drain(..) {
            open.push(at, role_of(kind, caption));
        }
    }

    /// Closes the open table before line `next`; returns the lines that belong
    /// to what begins there.
    fn close(&mut self, next: usize) -> Vec<(usize, Loose)> {
        let mut waiting = std::mem::take(&mut self.waiting);
        match self.open.take() {
            Some(mut open) => {
                let rest = waiting.split_off(first_of_next(self.region, &waiting, next));
                for (at, kind) in waiting {
                    open.push(at, role_of(kind, Role::Note));
                }
                self.drafts.push(open.draft);
                rest
            }
            None => {
                let (data, rest) = split_data(self.region, waiting, self.reader);
                self.drafts.extend(data);
                rest
            }
        }
    }

    /// Closes what is open at the end of the region.
    fn finish(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        match self.open.take() {
            Some(mut open) => {
                for (at, kind) in waiting {
                    open.push(at, role_of(kind, Role::Note));
                }
                self.drafts.push(open.draft);
            }
            None => {
                let (data, rest) = split_data(self.region, waiting, self.reader);
                match data {
                    Some(mut draft) => {
                        let rest = rest.into_iter();
                        draft.rows.extend(rest.map(|(at, kind)| (at, role_of(kind, Role::Note))));
                        self.drafts.push(draft);
                    }
                    None => self.leftover(rest),
                }
            }
        }
    }

    /// Lines without any table: below the last one they are its footers,
    /// alone they are a form or a page of text.
    fn leftover(&mut self, rest: Vec<(usize, Loose)>) {
        if rest.is_empty() {
            return;
        }
        let rows = rest.into_iter().map(|(at, kind)| match kind {
            Loose::Note => (at, Role::Title),
            kind => (at, role_of(kind, Role::Title)),
        });
        self.drafts.push(Draft { header: Vec::new(), rows: rows.collect() });
    }
}

/// The role of a line that is no data; captions are titles above a table and
/// notes within or below it.
fn role_of(kind: Loose, caption: Role) -> Role {
    match kind {
        Loose::Caption => caption,
        Loose::Note => Role::Note,
        Loose::Signature => Role::Signature,
        Loose::Opening => Role::Opening,
        Loose::Data => Role::Body,
    }
}
