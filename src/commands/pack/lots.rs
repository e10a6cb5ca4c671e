//! Orders and specs joined: lots that can be packed, and the facts that are
//! missing for it.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::engine::packing::CartonRange;
use crate::engine::packing::carton::{WEIGHT_DECIMALS, rounded};
use crate::engine::packing::lot::{
    CartonType, Lot, LotLine, Method, Mixing, PerCarton, PieceFacts, Rules,
};
use crate::finding::{Finding, Severity, codes};
use crate::location::Location;
use crate::records::packing::{
    Goods, OrderedPieces, Ratio, SaidMixing, SpecEntry, colour_key, po_key, ratio, size_key,
    style_key,
};
use crate::text::fold;

/// How many ratios are chosen where the spec gives none.
const PATTERNS: usize = 2;

/// What keeps lots apart.
type LotKey = (String, String, String, String);

/// Joins orders and specs.
pub(super) fn lots(
    ordered: &[OrderedPieces],
    specs: &[SpecEntry],
    findings: &mut Vec<Finding>,
) -> Vec<Lot> {
    let mut sequences: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for line in ordered {
        let sequence = sequences.entry(key(line.style.as_ref(), style_key)).or_default();
        let size = key(line.size.as_ref(), size_key);
        if !sequence.contains(&size) {
            sequence.push(size);
        }
    }
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

fn key(name: Option<&Arc<str>>, fold: fn(&str) -> String) -> String {
    name.map(|name| fold(name)).unwrap_or_default()
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

/// The specs, asked for one style.
struct Book<'a, 'f> {
    specs: &'a [SpecEntry],
    sequence: &'a [String],
    conflicts: &'f mut Vec<(Location, Location)>,
    unread: &'f mut Vec<(Location, String)>,
}

impl Book<'_, '_> {
    /// Returns what the most exact entry says that says it. Two that are
    /// equally exact and differ are a conflict; the first counts.
    fn best<T: PartialEq>(
        &mut self,
        goods: &Goods<'_>,
        value: impl Fn(&SpecEntry) -> Option<T>,
    ) -> Option<T> {
        let mut best: Option<(u8, T, &SpecEntry)> = None;
        for entry in self.specs {
            let Some(exactness) = entry.exactness(goods) else { continue };
            let Some(value) = value(entry) else { continue };
            match &best {
                Some((known, other, first)) if *known >= exactness => {
                    if *known == exactness && *other != value {
                        let conflict = (first.at.clone(), entry.at.clone());
                        if !self.conflicts.contains(&conflict) {
                            self.conflicts.push(conflict);
                        }
                    }
                }
                _ => best = Some((exactness, value, entry)),
            }
        }
        best.map(|(_, value, _)| value)
    }

    /// Notes a ratio that cannot be understood; a dash says that there is none.
    fn note_unread(&mut self, text: &str) {
        let entry = self.specs.iter().find(|entry| entry.ratio.as_deref() == Some(text));
        let says = text.chars().any(|c| c.is_ascii_digit());
        if let Some(entry) = entry.filter(|_| says) {
            let note = (entry.at.clone(), text.to_owned());
            if !self.unread.contains(&note) {
                self.unread.push(note);
            }
        }
    }

    /// Returns the kinds of cartons that the specs describe.
    fn carton_types(&self) -> impl Iterator<Item = &SpecEntry> {
        self.specs.iter().filter(|entry| entry.is_carton_type)
    }

    /// Returns the empty weight of a carton of this outside.
    fn tare_of(&self, carton: &CartonType) -> Option<Decimal> {
        let same = |entry: &&SpecEntry| entry.outer == carton.outer;
        self.carton_types().filter(same).find_map(|entry| entry.tare)
    }

    /// Returns the carton to pack goods in: its outside as given, or that of
    /// the kind that is named.
    fn carton(&mut self, goods: &Goods<'_>) -> CartonType {
        let name = self.best(goods, |entry| entry.carton.clone());
        let named = self.carton_types().find(|entry| name.is_some() && entry.carton == name);
        let named = named.map(CartonType::from);
        let carton = CartonType {
            outer: self.best(goods, |entry| entry.outer).or(named.and_then(|one| one.outer)),
            tare: self.best(goods, |entry| entry.tare).or(named.and_then(|one| one.tare)),
        };
        CartonType { tare: carton.tare.or_else(|| self.tare_of(&carton)), ..carton }
    }

    /// Returns the smaller carton for last ones: the one the rule measures or
    /// names, else the kind that is described as theirs.
    fn small(&mut self, goods: &Goods<'_>) -> Option<CartonType> {
        if let Some(outer) = self.best(goods, |entry| entry.tail.small) {
            let carton = CartonType { outer: Some(outer), tare: None };
            return Some(CartonType { tare: self.tare_of(&carton), ..carton });
        }
        let rule = self.best(goods, |entry| entry.tail_text.clone());
        let rule = rule.as_deref().map(fold).unwrap_or_default();
        let is_named = |entry: &&SpecEntry| {
            // A single letter stands in many words.
            entry
                .carton
                .as_ref()
                .is_some_and(|name| name.chars().count() > 1 && rule.contains(name.as_str()))
        };
        let named = self.carton_types().find(is_named);
        let found = named.or_else(|| self.carton_types().find(|entry| entry.for_tails));
        found.map(CartonType::from)
    }
}

impl From<&SpecEntry> for CartonType {
    fn from(entry: &SpecEntry) -> Self {
        Self { outer: entry.outer, tare: entry.tare }
    }
}

/// What goods are called, by keys.
#[derive(Debug, Clone)]
struct Names {
    po: String,
    style: String,
    colour: String,
    size: String,
}

impl Names {
    fn of(line: &OrderedPieces) -> Self {
        Self {
            po: key(line.po.as_ref(), po_key),
            style: key(line.style.as_ref(), style_key),
            colour: key(line.colour.as_ref(), colour_key),
            size: key(line.size.as_ref(), size_key),
        }
    }

    fn goods<'a>(&'a self, sequence: &'a [String]) -> Goods<'a> {
        fn named(name: &str) -> Option<&str> {
            Some(name).filter(|name| !name.is_empty())
        }
        Goods {
            po: named(&self.po),
            style: named(&self.style),
            colour: named(&self.colour),
            size: named(&self.size),
            sequence,
        }
    }
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

/// Collects what is known of one size.
fn piece_facts(book: &mut Book<'_, '_>, goods: &Goods<'_>) -> PieceFacts {
    let carton = book.carton(goods);
    PieceFacts {
        per_carton: book.best(goods, |entry| entry.per_carton),
        grams: book.best(goods, |entry| entry.grams),
        bag_grams: book.best(goods, |entry| entry.bag_grams),
        inner: book.best(goods, |entry| entry.inner),
        in_ratio: None,
        carton,
    }
}

/// What a carton may weigh, and what its contents make it weigh.
#[derive(Debug, Default)]
pub(super) struct CartonFacts {
    /// The most it may weigh, in kilograms.
    pub(super) max_gross: Option<Decimal>,
    /// What it should weigh, in kilograms; `None` if a fact is missing.
    pub(super) gross: Option<Decimal>,
}

/// Returns what specs say of a carton's weight.
pub(super) fn facts_of(
    range: &CartonRange,
    specs: &[SpecEntry],
    ordered: &[OrderedPieces],
) -> CartonFacts {
    let style = key(range.style(), style_key);
    let of_style = ordered.iter().filter(|line| key(line.style.as_ref(), style_key) == style);
    let sizes = of_style.map(|line| line.size.as_ref());
    let own = range.contents.iter().map(|one| one.size.as_ref());
    let mut sequence: Vec<String> = Vec::new();
    for size in sizes.chain(own).map(|size| key(size, size_key)) {
        if !sequence.contains(&size) {
            sequence.push(size);
        }
    }
    let mut conflicts = Vec::new();
    let mut unread = Vec::new();
    let mut book =
        Book { specs, sequence: &sequence, conflicts: &mut conflicts, unread: &mut unread };
    let mut found = CartonFacts::default();
    let mut grams = Some(Decimal::ZERO);
    let mut tare = None;
    for one in &range.contents {
        let names = Names {
            po: key(one.po.as_ref(), po_key),
            style: key(one.style.as_ref(), style_key),
            colour: key(one.colour.as_ref(), colour_key),
            size: key(one.size.as_ref(), size_key),
        };
        let goods = names.goods(&sequence);
        let facts = piece_facts(&mut book, &goods);
        let each = facts.grams.map(|own| own + facts.bag_grams.unwrap_or_default());
        grams =
            grams.zip(each).and_then(|(sum, each)| sum.checked_add(each.checked_mul(one.pieces)?));
        tare = tare.or(facts.carton.tare);
        found.max_gross = found.max_gross.or_else(|| book.best(&goods, |entry| entry.max_gross));
    }
    let net = grams.and_then(|grams| grams.checked_div(Decimal::ONE_THOUSAND));
    let gross = net.zip(tare).and_then(|(net, tare)| net.checked_add(tare));
    found.gross = gross.map(|gross| rounded(gross, WEIGHT_DECIMALS));
    found
}

/// Collects the rules of a lot.
fn rules(book: &mut Book<'_, '_>, goods: &Goods<'_>) -> Rules {
    let usual = Mixing::default();
    let method = book.best(goods, |entry| entry.method);
    let has_ratio = book
        .best(goods, |entry| entry.ratio.clone())
        .is_some_and(|text| text.chars().any(|c| c.is_ascii_digit()));
    let mut said = |value: fn(&SaidMixing) -> Option<bool>| {
        book.best(goods, |entry| value(&entry.tail.mixing).or(value(&entry.mixing)))
    };
    let mixing = Mixing {
        sizes: said(|said| said.sizes).unwrap_or(usual.sizes),
        colours: said(|said| said.colours).unwrap_or(usual.colours),
        styles: said(|said| said.styles).unwrap_or(usual.styles),
        orders: said(|said| said.orders).unwrap_or(usual.orders),
        split: said(|said| said.split).unwrap_or(usual.split),
    };
    let small = book.small(goods);
    Rules {
        // A ratio that is given is meant: 独色混码 with one is packed by it.
        method: match method {
            Some(Method::Mixed) | None if has_ratio => Method::Ratio,
            method => method.unwrap_or_default(),
        },
        max_gross: book.best(goods, |entry| entry.max_gross),
        mixing,
        small,
        odd_limit: book.best(goods, |entry| entry.tail.odd_limit),
        minimum: book.best(goods, |entry| entry.tail.minimum),
        patterns: PATTERNS,
    }
}

/// What is not known and should be, and what is said twice.
#[derive(Debug, Default)]
struct Missing {
    facts: Facts,
    conflicts: Vec<(Location, Location)>,
    unread: Vec<(Location, String)>,
}

/// A fact that is missing: style, fact, the sizes concerned, the first place.
type MissingFact = (Option<Arc<str>>, &'static str, Vec<String>, Location);

/// Facts that are missing.
#[derive(Debug, Default)]
struct Facts(Vec<MissingFact>);

impl Facts {
    /// Notes what is not known of a size.
    fn note(&mut self, line: &OrderedPieces, facts: &PieceFacts) {
        let known = [
            ("per-carton", facts.per_carton.is_some()),
            ("carton-size", facts.carton.outer.is_some()),
            ("carton-tare", facts.carton.tare.is_some()),
            ("piece-weight", facts.grams.is_some()),
            ("polybag-weight", facts.bag_grams.is_some()),
        ];
        for (fact, _) in known.into_iter().filter(|(_, known)| !known) {
            let same = |one: &&mut (Option<Arc<str>>, &str, Vec<String>, Location)| {
                one.0 == line.style && one.1 == fact
            };
            let size = line.size.as_deref().unwrap_or("-").to_owned();
            match self.0.iter_mut().find(same) {
                Some((_, _, sizes, _)) if sizes.contains(&size) => {}
                Some((_, _, sizes, _)) => sizes.push(size),
                None => self.0.push((line.style.clone(), fact, vec![size], line.at.clone())),
            }
        }
    }
}

impl Missing {
    fn tell(self, findings: &mut Vec<Finding>) {
        for (style, fact, sizes, at) in self.facts.0 {
            // Without it nothing can be packed; without weights much can; a
            // bag without a weight of its own is mostly in the piece's.
            let severity = match fact {
                "per-carton" => Severity::Error,
                "polybag-weight" => Severity::Info,
                _ => Severity::Warning,
            };
            let finding = Finding::new(codes::MISSING_FACT, severity)
                .with("fact", fact)
                .with("style", style.as_deref().unwrap_or("-"))
                .with("sizes", sizes.join(", "));
            findings.push(finding.at(at));
        }
        for (at, text) in self.unread {
            findings.push(Finding::of(codes::FACT_UNREAD).with("found", text).at(at));
        }
        for (first, second) in self.conflicts {
            findings.push(Finding::of(codes::SPEC_CONFLICT).at(second).related(first));
        }
    }
}
