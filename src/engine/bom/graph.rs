//! All parts lists as one graph: what is made of what. A line whose item has
//! a list of its own is followed there; loops are found and cut.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::item::{ItemId, Items};
use crate::records::Item;
use crate::records::bom::{Alternate, Bom, BomLine, SupplyType};
use crate::text::fold;

/// How a list's loss rates are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Convention {
    /// need = use × (1 + loss)
    #[default]
    Additive,
    /// need = use ÷ (1 − loss)
    Divisive,
}

impl Convention {
    /// Returns the use of one parent with all losses; nothing if it is too
    /// large a number.
    pub fn factor(self, line: &BomLine) -> Option<Decimal> {
        let mut factor = line.usage.unwrap_or_default();
        for rate in [line.loss, line.warp, line.weft] {
            factor = match self {
                Self::Additive => factor.checked_mul(Decimal::ONE.checked_add(rate.share)?)?,
                Self::Divisive => factor.checked_div(Decimal::ONE.checked_sub(rate.share)?)?,
            };
        }
        factor.checked_div(line.base)
    }
}

/// A line of one of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineRef {
    /// The list.
    pub bom: usize,
    /// Its line.
    pub line: usize,
}

/// The make-up of a product or of a part with parts of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StructId(u32);

impl StructId {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// One thing that is made of others.
#[derive(Debug, Clone)]
pub struct Structure {
    /// What is made.
    pub item: ItemId,
    /// The list that says how.
    pub bom: usize,
    /// Whether it is the product of its list.
    pub root: bool,
    /// What it is made of.
    pub edges: Vec<Edge>,
}

/// A use of one item in another.
#[derive(Debug, Clone)]
pub struct Edge {
    /// The line that says so.
    pub line: LineRef,
    /// What is used.
    pub item: ItemId,
    /// What that is made of, if it is made.
    pub child: Option<StructId>,
    /// How much of it one parent takes, losses included.
    pub factor: Decimal,
    /// Whether it is only a grouping on paper.
    pub phantom: bool,
    /// Whether it leads back to what it is a part of; then it is not followed.
    pub cut: bool,
}

/// A loop: something that is a part of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cycle {
    /// The line that closes it.
    pub line: LineRef,
    /// The items on the way, the first again at the end.
    pub path: Vec<ItemId>,
}

/// An item that may take the place of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substitute {
    /// What is replaced.
    pub item: ItemId,
    /// By what.
    pub by: ItemId,
    /// How much of it for one of the replaced.
    pub ratio: Decimal,
    /// The line that says so.
    pub line: LineRef,
}

/// All parts lists.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Every item of the lists.
    pub items: Items,
    /// Everything that is made.
    pub structures: Vec<Structure>,
    /// The product of each list, in the order of the lists.
    pub roots: Vec<StructId>,
    /// Loops.
    pub cycles: Vec<Cycle>,
    /// What may take whose place.
    pub substitutes: Vec<Substitute>,
    /// Lines whose figures are too large to reckon with; they count nothing.
    pub too_large: Vec<LineRef>,
    /// Everything that is made, in an order in which parents come first.
    pub(super) in_order: Vec<StructId>,
    /// The place of each in it.
    position: Vec<u32>,
}

impl Graph {
    /// Makes the graph; `conventions` has one for each list.
    pub fn new(boms: &[Bom], conventions: &[Convention]) -> Self {
        let mut graph = Self::default();
        let products: Vec<Option<ItemId>> =
            boms.iter().map(|bom| graph.items.intern(&bom.product, None)).collect();
        for (at, bom) in boms.iter().enumerate() {
            let convention = conventions.get(at).copied().unwrap_or_default();
            graph.add(at, bom, products[at], convention);
        }
        graph.link(boms);
        graph.find_cycles();
        graph
    }

    /// Adds a list: its product and its parts with parts.
    fn add(&mut self, at: usize, bom: &Bom, product: Option<ItemId>, convention: Convention) {
        let items: Vec<Option<ItemId>> = bom
            .lines
            .iter()
            .map(|line| self.items.intern(&line.item, line.unit.as_ref()))
            .collect();
        let item = product.unwrap_or_else(|| self.nameless());
        let root = self.push(Structure { item, bom: at, root: true, edges: Vec::new() });
        self.roots.push(root);
        let mut made: FxHashMap<usize, StructId> = FxHashMap::default();
        for parent in bom.lines.iter().filter_map(|line| line.parent) {
            let Some(item) = items[parent] else { continue };
            made.entry(parent).or_insert_with(|| {
                self.push(Structure { item, bom: at, root: false, edges: Vec::new() })
            });
        }
        let mut aside: Vec<bool> = Vec::with_capacity(bom.lines.len());
        for (index, line) in bom.lines.iter().enumerate() {
            let line_ref = LineRef { bom: at, line: index };
            let in_place = matches!(line.alternate, Alternate::Of(_));
            aside.push(in_place || line.parent.is_some_and(|parent| aside[parent]));
            let Some(item) = items[index] else { continue };
            self.note_substitutes(line, line_ref, item, &items, bom);
            if aside[index] {
                continue;
            }
            let whole = made.contains_key(&index) && line.usage.is_none();
            let factor = if whole { Some(Decimal::ONE) } else { convention.factor(line) };
            if factor.is_none() {
                self.too_large.push(line_ref);
            }
            let owner = line.parent.and_then(|parent| made.get(&parent)).copied().unwrap_or(root);
            self.structures[owner.index()].edges.push(Edge {
                line: line_ref,
                item,
                child: made.get(&index).copied(),
                factor: factor.unwrap_or_default().max(Decimal::ZERO),
                phantom: line.supply == SupplyType::Phantom,
                cut: false,
            });
        }
    }

    fn nameless(&mut self) -> ItemId {
        let item = Item { name: Some(Arc::from("?")), ..Item::default() };
        // Interning fails only for items without any name.
        self.items.intern(&item, None).unwrap_or_else(|| self.nameless())
    }

    fn push(&mut self, structure: Structure) -> StructId {
        let id = StructId(u32::try_from(self.structures.len()).unwrap_or(u32::MAX));
        self.structures.push(structure);
        id
    }

    fn note_substitutes(
        &mut self,
        line: &BomLine,
        at: LineRef,
        item: ItemId,
        items: &[Option<ItemId>],
        bom: &Bom,
    ) {
        match &line.alternate {
            Alternate::None => {}
            Alternate::Of(main) => {
                let Some(replaced) = items[*main] else { return };
                let per = |line: &BomLine| line.usage.filter(|usage| *usage > Decimal::ZERO);
                let ratio = per(line)
                    .zip(per(&bom.lines[*main]))
                    .and_then(|(own, main)| own.checked_div(main));
                let ratio = ratio.unwrap_or(Decimal::ONE);
                self.substitutes.push(Substitute { item: replaced, by: item, ratio, line: at });
            }
            Alternate::By(codes) => {
                for code in codes {
                    let other = Item { code: Some(Arc::clone(code)), ..Item::default() };
                    if let Some(by) = self.items.intern(&other, line.unit.as_ref()) {
                        let ratio = Decimal::ONE;
                        self.substitutes.push(Substitute { item, by, ratio, line: at });
                    }
                }
            }
        }
    }

    /// Leads lines without parts of their own to the list that has them.
    fn link(&mut self, boms: &[Bom]) {
        let mut makers: FxHashMap<ItemId, Vec<StructId>> = FxHashMap::default();
        for (index, structure) in self.structures.iter().enumerate() {
            let id = StructId(u32::try_from(index).unwrap_or(u32::MAX));
            makers.entry(structure.item).or_default().push(id);
        }
        let order = |bom: usize| boms[bom].head.order.as_ref().map(|order| fold(&order.value));
        let mut links: Vec<(usize, usize, StructId)> = Vec::new();
        for (at, structure) in self.structures.iter().enumerate() {
            for (nth, edge) in structure.edges.iter().enumerate() {
                let bought = boms[edge.line.bom].lines[edge.line.line].supply;
                let bought = matches!(bought, SupplyType::Bought | SupplyType::Customer);
                if edge.child.is_some() || bought {
                    continue;
                }
                let Some(known) = makers.get(&edge.item) else { continue };
                let of = |id: &&StructId| &self.structures[id.index()];
                let own = known.iter().find(|id| of(id).bom == edge.line.bom && !of(id).root);
                let same_order = known.iter().find(|id| {
                    let (theirs, ours) = (order(of(id).bom), order(edge.line.bom));
                    of(id).root && (theirs.is_none() || theirs == ours)
                });
                let root = known.iter().rev().find(|id| of(id).root);
                if let Some(to) = own.or(same_order).or(root).or(known.first()) {
                    links.push((at, nth, *to));
                }
            }
        }
        for (at, nth, to) in links {
            self.structures[at].edges[nth].child = Some(to);
        }
    }

    /// Walks every list from its product down; cuts lines that lead back.
    fn find_cycles(&mut self) {
        let used: FxHashSet<StructId> = self
            .structures
            .iter()
            .flat_map(|structure| structure.edges.iter().filter_map(|edge| edge.child))
            .collect();
        let all =
            (0..self.structures.len()).map(|at| StructId(u32::try_from(at).unwrap_or(u32::MAX)));
        let mut starts: Vec<StructId> = all.collect();
        // Products that are part of nothing first: their loops are closed
        // where they come round.
        starts.sort_by_key(|id| (used.contains(id), *id));
        let mut walk = Walk { state: vec![State::New; self.structures.len()], done: Vec::new() };
        for start in starts {
            self.walk(start, &mut walk);
        }
        self.position = vec![0; self.structures.len()];
        self.in_order = walk.done.into_iter().rev().collect();
        for (place, id) in (0..).zip(&self.in_order) {
            self.position[id.index()] = place;
        }
        self.cycles.sort_by_key(|cycle| cycle.line);
    }

    fn walk(&mut self, start: StructId, walk: &mut Walk) {
        if walk.state[start.index()] != State::New {
            return;
        }
        walk.state[start.index()] = State::Open;
        let mut path: Vec<(StructId, usize)> = vec![(start, 0)];
        let mut open: FxHashMap<ItemId, usize> = FxHashMap::default();
        open.insert(self.structures[start.index()].item, 0);
        while let Some((id, next)) = path.last_mut() {
            let (id, nth) = (*id, *next);
            *next += 1;
            let Some(edge) = self.structures[id.index()].edges.get(nth) else {
                walk.state[id.index()] = State::Done;
                walk.done.push(id);
                open.remove(&self.structures[id.index()].item);
                path.pop();
                continue;
            };
            let (item, child, line) = (edge.item, edge.child, edge.line);
            if let Some(from) = open.get(&item) {
                let on_way = path[*from..].iter().map(|(id, _)| self.structures[id.index()].item);
                let path = on_way.chain([item]).collect();
                self.cycles.push(Cycle { line, path });
                self.structures[id.index()].edges[nth].cut = true;
                continue;
            }
            let Some(child) = child.filter(|child| walk.state[child.index()] == State::New) else {
                continue;
            };
            walk.state[child.index()] = State::Open;
            open.insert(item, path.len());
            path.push((child, 0));
        }
    }

    /// Returns the make-up of something.
    pub fn structure(&self, id: StructId) -> &Structure {
        &self.structures[id.index()]
    }

    /// Returns its place in the order in which parents come first.
    pub(super) fn place(&self, id: StructId) -> usize {
        self.position[id.index()] as usize
    }
}

/// How far a walk has come.
struct Walk {
    state: Vec<State>,
    /// Parts before what they are parts of.
    done: Vec<StructId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}
