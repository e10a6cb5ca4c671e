//! The specs of packing, asked for what they say of goods: the most exact
//! entry counts.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::engine::packing::CartonRange;
use crate::engine::packing::carton::{WEIGHT_DECIMALS, rounded};
use crate::engine::packing::lot::{CartonType, Method, Mixing, OddLimit, PieceFacts, Rules};
use crate::location::Location;
use crate::records::packing::{
    Goods, OrderedPieces, SaidMixing, SpecEntry, colour_key, po_key, size_key, style_key,
};
use crate::text::fold;

/// How many ratios are chosen where the spec gives none and no limit.
const RATIOS: u64 = 2;
/// No more are chosen, whatever the spec says: each is a label of its own.
const MOST_RATIOS: u64 = 8;

/// Returns what a name is known by; nothing if there is none.
pub(super) fn key(name: Option<&Arc<str>>, fold: fn(&str) -> String) -> String {
    name.map(|name| fold(name)).unwrap_or_default()
}

/// The specs, asked for one style.
pub(super) struct Book<'a, 'f> {
    pub(super) specs: &'a [SpecEntry],
    pub(super) sequence: &'a [String],
    pub(super) conflicts: &'f mut Vec<(Location, Location)>,
    pub(super) unread: &'f mut Vec<(Location, String)>,
}

impl Book<'_, '_> {
    /// Returns what the most exact entry says that says it. Two that are
    /// equally exact and differ are a conflict; the first counts.
    pub(super) fn best<T: PartialEq>(
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
    pub(super) fn note_unread(&mut self, text: &str) {
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
pub(super) struct Names {
    pub(super) po: String,
    pub(super) style: String,
    pub(super) colour: String,
    pub(super) size: String,
}

impl Names {
    pub(super) fn of(line: &OrderedPieces) -> Self {
        Self {
            po: key(line.po.as_ref(), po_key),
            style: key(line.style.as_ref(), style_key),
            colour: key(line.colour.as_ref(), colour_key),
            size: key(line.size.as_ref(), size_key),
        }
    }

    pub(super) fn goods<'a>(&'a self, sequence: &'a [String]) -> Goods<'a> {
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

/// Collects what is known of one size.
pub(super) fn piece_facts(book: &mut Book<'_, '_>, goods: &Goods<'_>) -> PieceFacts {
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
pub(super) fn rules(book: &mut Book<'_, '_>, goods: &Goods<'_>) -> Rules {
    let usual = Mixing::default();
    let method = book.best(goods, |entry| entry.method);
    let has_ratio = book
        .best(goods, |entry| entry.ratio.clone())
        .is_some_and(|text| text.chars().any(|c| c.is_ascii_digit()));
    let odd_limit = book.best(goods, |entry| entry.tail.odd_limit);
    let ratios = book.best(goods, |entry| entry.max_ratios).unwrap_or(RATIOS);
    let mut said = |value: fn(&SaidMixing) -> Option<bool>| {
        book.best(goods, |entry| value(&entry.tail.mixing).or(value(&entry.mixing)))
    };
    // One odd carton for all that is left of an order holds all its colours
    // and styles, and what goes beyond one fills others up: unless the spec
    // says that they stay apart.
    let of_order = odd_limit == Some(OddLimit::Order);
    let mixing = Mixing {
        sizes: said(|said| said.sizes).unwrap_or(usual.sizes),
        colours: said(|said| said.colours).unwrap_or(usual.colours || of_order),
        styles: said(|said| said.styles).unwrap_or(usual.styles || of_order),
        orders: said(|said| said.orders).unwrap_or(usual.orders),
        split: said(|said| said.split).unwrap_or(usual.split || odd_limit.is_some()),
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
        odd_limit,
        minimum: book.best(goods, |entry| entry.tail.minimum),
        patterns: usize::try_from(ratios.clamp(1, MOST_RATIOS)).unwrap_or(1),
    }
}
