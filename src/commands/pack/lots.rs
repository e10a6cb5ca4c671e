//! Orders and specs joined: lots that can be packed, and the facts that are
//! missing for it.

use rustc_hash::FxHashMap;

use super::book::{Book, Names, key, piece_facts, rules};
use super::missing::{Facts, Missing};
use crate::engine::packing::lot::{Lot, LotLine, Method, PerCarton, PieceFacts, Rules};
use crate::finding::Finding;
use crate::records::packing::{
    OrderedPieces, Ratio, SpecEntry, colour_key, po_key, ratio, size_sequence, style_key,
};
use crate::text::fold;

/// What keeps lots apart.
type LotKey = (String, String, String, String);

/// Joins orders and specs.
pub(super) fn lots(
    ordered: &[OrderedPieces],
    specs: &[SpecEntry],
    findings: &mut Vec<Finding>,
) -> Vec<Lot> {
    let mut by_style: FxHashMap<String, Vec<&OrderedPieces>> = FxHashMap::default();
    for line in ordered {
        by_style.entry(key(line.style.as_ref(), style_key)).or_default().push(line);
    }
    let sequences: FxHashMap<String, Vec<String>> =
        by_style.into_iter().map(|(style, lines)| (style, size_sequence(lines))).collect();
    let mut missing = Missing::default();
    let mut known = Known::of(specs);
    let mut found = Vec::new();
    for group in groups(ordered) {
        let style = key(group[0].style.as_ref(), style_key);
        let sequence = sequences.get(&style).map_or(&[][..], Vec::as_slice);
        let (conflicts, unread) = (&mut missing.conflicts, &mut missing.unread);
        let book = Book { specs, sequence, conflicts, unread };
        found.push(lot(&group, book, &mut known, &mut missing.facts));
    }
    missing.tell(findings);
    found
}

/// Puts the lines of a lot together: orders, in them destinations, styles and
/// colours, in the sequence in which they first come.
fn groups(ordered: &[OrderedPieces]) -> Vec<Vec<&OrderedPieces>> {
    let key = |line: &OrderedPieces| -> LotKey {
        (
            key(line.po.as_ref(), po_key),
            key(line.destination.as_ref(), fold),
            key(line.style.as_ref(), style_key),
            key(line.colour.as_ref(), colour_key),
        )
    };
    let mut by_key: FxHashMap<LotKey, usize> = FxHashMap::default();
    let mut groups: Vec<(LotKey, Vec<&OrderedPieces>)> = Vec::new();
    for line in ordered {
        let own = key(line);
        let at = *by_key.entry(own.clone()).or_insert_with(|| {
            groups.push((own, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(line);
    }
    let mut rank: FxHashMap<(u8, String), usize> = FxHashMap::default();
    let mut place = |level: u8, name: &str| {
        let next = rank.len();
        *rank.entry((level, name.to_owned())).or_insert(next)
    };
    let mut keyed: Vec<_> = groups
        .into_iter()
        .map(|((po, to, style, colour), lines)| {
            let order = (place(0, &po), place(1, &to), place(2, &style), place(3, &colour));
            (order, lines)
        })
        .collect();
    keyed.sort_by_key(|(order, _)| *order);
    keyed.into_iter().map(|(_, lines)| lines).collect()
}

/// Makes a lot of the lines of one order, destination, style and colour.
fn lot(
    lines: &[&OrderedPieces],
    mut book: Book<'_, '_>,
    known_facts: &mut Known,
    missing: &mut Facts,
) -> Lot {
    let first = lines[0];
    let sequence = book.sequence;
    let names = Names::of(first);
    let mut rules = known_facts.rules(&mut book, &names);
    // A ratio beside the order is meant, unless the spec says otherwise.
    if lines.iter().any(|line| line.ratio.is_some())
        && book.best(&names.goods(sequence), |entry| entry.method) != Some(Method::Solid)
    {
        rules.method = Method::Ratio;
    }
    let in_ratio = ratio_of(lines, &mut book);
    let place = |size: &str| sequence.iter().position(|one| one == size).unwrap_or(usize::MAX);
    let mut found: Vec<(usize, LotLine)> = Vec::new();
    for line in lines {
        let names = Names::of(line);
        let at = place(&names.size);
        if let Some((_, known)) = found.iter_mut().find(|(other, _)| *other == at) {
            known.pieces = known.pieces.saturating_add(line.pieces);
            continue;
        }
        let mut facts = known_facts.facts(&mut book, &names);
        facts.in_ratio = in_ratio.as_ref().map(|ratio| {
            ratio.iter().find(|(size, _)| *size == names.size).map_or(0, |(_, pieces)| *pieces)
        });
        facts.per_carton = facts.per_carton.or_else(|| sum_of(in_ratio.as_ref()));
        missing.note(line, &facts);
        let (size, at_cell) = (line.size.clone(), Some(line.at.clone()));
        found.push((at, LotLine { size, pieces: line.pieces, facts, at: at_cell }));
    }
    // A size of the ratio that is not ordered has run out from the start.
    for (size, pieces) in in_ratio.iter().flatten().filter(|(_, pieces)| *pieces > 0) {
        let at = place(size);
        if found.iter().all(|(known, _)| *known != at) {
            let facts = PieceFacts { in_ratio: Some(*pieces), ..PieceFacts::default() };
            found.push((
                at,
                LotLine { size: Some(size.as_str().into()), pieces: 0, facts, at: None },
            ));
        }
    }
    found.sort_by_key(|(place, _)| *place);
    Lot {
        po: first.po.clone(),
        destination: first.destination.clone(),
        style: first.style.clone(),
        colour: first.colour.clone(),
        rules,
        lines: found.into_iter().map(|(_, line)| line).collect(),
    }
}

/// Facts that were asked for before: orders have many colours, and specs say
/// little of them.
struct Known {
    by_po: bool,
    by_colour: bool,
    facts: FxHashMap<LotKey, PieceFacts>,
    rules: FxHashMap<LotKey, Rules>,
}

impl Known {
    fn of(specs: &[SpecEntry]) -> Self {
        Self {
            by_po: specs.iter().any(|entry| entry.po.is_some()),
            by_colour: specs.iter().any(|entry| entry.colour.is_some()),
            facts: FxHashMap::default(),
            rules: FxHashMap::default(),
        }
    }

    /// Returns what tells goods apart for the specs.
    fn key(&self, names: &Names) -> LotKey {
        let only =
            |matters: bool, name: &str| if matters { name.to_owned() } else { String::new() };
        (
            only(self.by_po, &names.po),
            names.style.clone(),
            only(self.by_colour, &names.colour),
            names.size.clone(),
        )
    }

    fn facts(&mut self, book: &mut Book<'_, '_>, names: &Names) -> PieceFacts {
        let sequence = book.sequence;
        let key = self.key(names);
        *self.facts.entry(key).or_insert_with(|| piece_facts(book, &names.goods(sequence)))
    }

    fn rules(&mut self, book: &mut Book<'_, '_>, names: &Names) -> Rules {
        let sequence = book.sequence;
        let key = self.key(names);
        *self.rules.entry(key).or_insert_with(|| rules(book, &names.goods(sequence)))
    }
}

/// Returns how many pieces a ratio makes a carton of.
fn sum_of(ratio: Option<&Ratio>) -> Option<PerCarton> {
    let pieces: u64 = ratio?.iter().map(|(_, pieces)| pieces).sum();
    PerCarton::of(pieces.into())
}

/// Returns the ratio of a lot: the one beside its rows, the one of its style,
/// or the figures of its sizes.
fn ratio_of(lines: &[&OrderedPieces], book: &mut Book<'_, '_>) -> Option<Ratio> {
    let sequence = book.sequence;
    let written = lines.iter().find_map(|line| line.ratio.as_deref());
    if let Some(found) = written.and_then(|text| ratio(text, sequence)) {
        return Some(found);
    }
    let mut by_size = Ratio::new();
    for line in lines {
        let names = Names::of(line);
        let text = book.best(&names.goods(sequence), |entry| entry.ratio.clone())?;
        if let Some(found) = ratio(&text, sequence) {
            return Some(found);
        }
        match text.trim().parse() {
            Ok(pieces) => by_size.push((names.size, pieces)),
            Err(_) => {
                book.note_unread(&text);
                return None;
            }
        }
    }
    (!by_size.is_empty()).then_some(by_size)
}
