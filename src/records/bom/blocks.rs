//! Rows of a table → parts lists: which rows belong to which product, and
//! which line is a part of which.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::head::Head;
use super::level::{Levels, levels};
use super::line::{Rates, RawLine, Said, alternates, raw};
use super::name::{codes_in, rest_of};
use super::variants::Variants;
use super::{Alternate, Bom, BomLine, Columns};
use crate::finding::Finding;
use crate::input::table::{Role, Table};
use crate::location::{Located, Location};
use crate::records::money::date_hints;
use crate::records::reader::{Fields, RowReader};
use crate::records::surroundings::Surroundings;
use crate::records::{Item, ReadContext};
use crate::text::fold;

/// The parts lists of one table.
#[derive(Debug, Clone, Default)]
pub struct BomSheet {
    /// One for every product.
    pub boms: Vec<Bom>,
    /// What was wrong or doubtful in the rows.
    pub findings: Vec<Finding>,
    /// How many body rows could not be used.
    pub rejected: usize,
}

/// A row, its level and its place among the body rows.
#[derive(Clone)]
pub(super) struct Leveled {
    pub(super) raw: RawLine,
    pub(super) level: u32,
    at: usize,
}

/// Reads the parts lists of a table.
pub fn boms(table: &Table, context: &ReadContext<'_>) -> BomSheet {
    let around = Surroundings::of(table, context);
    let hints = date_hints(&around, context);
    let mut reader = RowReader::new(table, Fields::default(), hints, &context.settings.tax.rates);
    let rows: Vec<u32> = table.rows_of(Role::Body).collect();
    let levels = levels(table, &rows);
    let mut lines: Vec<Leveled> = Vec::new();
    let mut variants = Variants::of(&reader);
    let mut at = 0;
    while reader.advance() {
        match raw(table, &mut reader) {
            Some(raw) => {
                variants.read(&mut reader);
                lines.push(Leveled { raw, level: levels.of.get(at).copied().unwrap_or(1), at })
            }
            None => reader.reject("no-item", "component_code"),
        }
        at += 1;
    }
    let rest = reader.finish();
    let sheet = Sheet { table, head: Head::of(table, hints), rates: Rates::of(table), levels };
    let boms = variants.apart(lines, |lines| sheet.boms(lines));
    BomSheet { boms, findings: rest.findings, rejected: rest.rejected }
}

/// What all lists of a table share.
struct Sheet<'t> {
    table: &'t Table,
    head: Head,
    rates: Rates,
    levels: Levels,
}

/// Rows of one product.
#[derive(Default)]
struct Group {
    /// The row that is the product itself.
    product: Option<RawLine>,
    /// The product's code, else its name, in a column of its own.
    parent: Option<Arc<str>>,
    order: Option<Arc<str>>,
    lines: Vec<Leveled>,
}

impl Sheet<'_> {
    fn boms(&self, mut lines: Vec<Leveled>) -> Vec<Bom> {
        fill_parents(&mut lines);
        let by_parent = parents_are_immediate(&lines);
        let groups = if by_parent { of_parents(lines) } else { self.of_products(lines) };
        let several = groups.len() > 1;
        groups.into_iter().filter_map(|group| self.bom(group, several)).collect()
    }

    /// Groups rows by the product in its column, and by rows of level 0.
    fn of_products(&self, lines: Vec<Leveled>) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for line in lines {
            let is_product = self.levels.zero_is_product && line.level == 0;
            let key = (line.raw.parent.clone(), line.raw.order.clone());
            let same = groups.last().is_some_and(|group| {
                !is_product && (group.parent.clone(), group.order.clone()) == key
            });
            if !same {
                let known = (!is_product && !self.levels.zero_is_product)
                    .then(|| groups.iter().position(|g| (g.parent.clone(), g.order.clone()) == key))
                    .flatten();
                match known {
                    Some(at) => {
                        let group = groups.remove(at);
                        groups.push(group);
                    }
                    None => groups.push(Group { parent: key.0, order: key.1, ..Group::default() }),
                }
            }
            let Some(group) = groups.last_mut() else { continue };
            match is_product {
                true => group.product = Some(line.raw),
                false => group.lines.push(line),
            }
        }
        groups.iter_mut().for_each(|group| self.take_top(group));
        groups
    }

    /// A lone first row above all others is the product itself, unless the
    /// sheet names another one.
    fn take_top(&self, group: &mut Group) {
        if group.product.is_some() || group.lines.len() < 2 {
            return;
        }
        let top = group.lines[0].level;
        if !group.lines[1..].iter().all(|line| line.level > top) {
            return;
        }
        let code = group.lines[0].raw.item.code.as_deref().map(fold);
        let named =
            group.parent.as_deref().or(self.head.product.as_ref().map(|named| &*named.value));
        if named.is_none() || named.map(fold) == code {
            group.product = Some(group.lines.remove(0).raw);
        }
    }

    fn bom(&self, group: Group, several: bool) -> Option<Bom> {
        let (product, product_at) = self.product(&group);
        let mut head = self.head.clone();
        if let Some(order) = &group.order {
            head.order = Some(Located { value: Arc::clone(order), at: product_at.clone() });
        }
        let first = group.lines.first()?;
        let own = group.product.as_ref().unwrap_or(&first.raw);
        if let Some(quantity) =
            own.order_quantity.or(first.raw.order_quantity).filter(|q| *q > Decimal::ZERO)
        {
            head.quantity = Some(Located { value: quantity, at: own.at.clone() });
        }
        if several && group.order.is_none() && group.product.is_some() {
            // The order above the sheet is that of its first product at most.
            let own = self.head.product.as_ref().map(|named| fold(&named.value));
            if own.is_some() && own != product.code.as_deref().map(fold) {
                (head.order, head.quantity) = (None, None);
            }
        }
        Some(Bom {
            product,
            product_at,
            lines: self.lines(group.lines),
            variant: None,
            head,
            columns: self.columns(),
            sheet: Arc::clone(&self.table.sheet.id),
        })
    }

    /// Returns the product of a group and where it is named: its row, its
    /// column, the sheet's facts, titles, names.
    fn product(&self, group: &Group) -> (Item, Location) {
        let start = || self.table.at_start();
        let coded = |code: &str| Item { code: Some(Arc::from(code)), ..Item::default() };
        if let Some(row) = &group.product {
            return (row.item.clone(), row.at.clone());
        }
        if let Some(code) = &group.parent {
            let at = group.lines.first().map_or_else(start, |line| {
                let column = ["parent_code", "parent_name"].map(|field| self.table.column(field));
                let col = column.into_iter().flatten().next().map_or(0, |column| column.col);
                self.table.at(line.raw.row, col)
            });
            let name = group.lines.first().and_then(|line| line.raw.parent_name.clone());
            // Where parts have one text and no more, so has what is made.
            let has = |field| self.table.column(field).is_some();
            let product = match (has("parent_code"), has("component_name")) {
                (true, _) => (Item { name, ..coded(code) }, at),
                (false, true) => (Item { name, ..Item::default() }, at),
                (false, false) => (coded(code), at),
            };
            return (product.0.parted(), product.1);
        }
        let name = self.head.name.as_ref().map(|named| Arc::clone(&named.value));
        if let Some(named) = &self.head.product {
            return (Item { name, ..coded(&named.value) }, named.at.clone());
        }
        let titles = || self.table.titles.iter();
        if let Some((code, at)) = titles().find_map(|t| Some((self.code_in(&t.value)?, &t.at))) {
            return (Item { name, ..coded(code) }, at.clone());
        }
        let names = [self.table.sheet.id.sheet.as_deref().unwrap_or_default(), self.file()];
        if let Some(code) = names.into_iter().find_map(|text| self.code_in(text)) {
            return (Item { name, ..coded(code) }, start());
        }
        if let Some(named) = &self.head.name {
            return (Item { name, ..Item::default() }, named.at.clone());
        }
        let rest =
            titles().filter(|t| !t.value.contains(['：', ':'])).find_map(|t| rest_of(&t.value));
        let rest = rest.or_else(|| names.iter().find_map(|text| rest_of(text)));
        let name = rest.unwrap_or_else(|| {
            names.iter().find(|n| !n.is_empty()).map_or_else(String::new, ToString::to_string)
        });
        (Item { name: Some(Arc::from(name)), ..Item::default() }, start())
    }

    /// Returns the product's code in a text: the first that is not that of the
    /// order or of the revision, which stand in titles too.
    fn code_in<'t>(&self, text: &'t str) -> Option<&'t str> {
        let known = [&self.head.order, &self.head.revision];
        let known: Vec<String> =
            known.into_iter().flatten().map(|named| fold(&named.value)).collect();
        codes_in(text).find(|code| !known.iter().any(|other| other.contains(&fold(code))))
    }

    fn file(&self) -> &str {
        let path = &self.table.sheet.id.path;
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    fn columns(&self) -> Columns {
        let col = |field: &str| self.table.column(field).map(|column| column.col);
        Columns {
            level: self.levels.col,
            unit: col("unit"),
            usage: col("qty_per").or_else(|| col("required_qty")),
            loss: col("loss_rate"),
            total: col("required_qty"),
            arrival: col("arrival_date"),
            remark: col("remark"),
        }
    }

    /// Puts the rows of a product into their places below each other.
    fn lines(&self, rows: Vec<Leveled>) -> Vec<BomLine> {
        let top = rows.iter().map(|line| line.level).min().unwrap_or(1);
        let mut lines: Vec<BomLine> = Vec::with_capacity(rows.len());
        // The open lines above, shallowest first: level as written and index.
        let mut above: Vec<(u32, usize)> = Vec::new();
        let mut main: FxHashMap<Option<usize>, usize> = FxHashMap::default();
        let mut replacing: Vec<(usize, String)> = Vec::new();
        let mut of_group: FxHashMap<(Option<usize>, Arc<str>), usize> = FxHashMap::default();
        for line in rows {
            while above.last().is_some_and(|(level, _)| *level >= line.level) {
                above.pop();
            }
            let parent = above.last().map(|(_, at)| *at);
            let shallow = above.last().map_or(top.saturating_sub(1), |(level, _)| *level);
            let jumps = line.level > shallow.saturating_add(1);
            let at = lines.len();
            let alternate = match alternates(&line.raw) {
                Said::InPlace => main.get(&parent).map_or(Alternate::None, |at| Alternate::Of(*at)),
                Said::By(codes) => Alternate::By(codes),
                Said::For(code) => {
                    replacing.push((at, fold(&code)));
                    Alternate::None
                }
                Said::Main => match &line.raw.alternate_group {
                    // The first of a group is used, the others in its place.
                    Some(group) => match of_group.entry((parent, Arc::clone(group))) {
                        Entry::Occupied(first) => Alternate::Of(*first.get()),
                        Entry::Vacant(place) => {
                            place.insert(at);
                            Alternate::None
                        }
                    },
                    None => Alternate::None,
                },
            };
            if !matches!(alternate, Alternate::Of(_)) {
                main.insert(parent, at);
            }
            above.push((line.level, at));
            let level = parent.map_or(1, |parent| lines[parent].level.saturating_add(1));
            lines.push(self.line(line, Place { level, parent, jumps, alternate }));
        }
        for (at, code) in replacing {
            if let Some(replaced) = replaced(&lines, at, &code) {
                lines[at].alternate = Alternate::Of(replaced);
            }
        }
        lines
    }

    fn line(&self, line: Leveled, place: Place) -> BomLine {
        let (raw, at) = (line.raw, line.at);
        let rate = |rates: &[super::Rate]| rates.get(at).copied().unwrap_or_default();
        BomLine {
            level: place.level,
            parent: place.parent,
            jumps: place.jumps,
            alternate: place.alternate,
            loss: rate(&self.rates.loss),
            warp: rate(&self.rates.warp),
            weft: rate(&self.rates.weft),
            base: raw.base.or(raw.of_parent).or(self.head.base).unwrap_or(Decimal::ONE),
            item: raw.item,
            unit: raw.unit,
            usage: raw.usage,
            total: raw.total,
            on_hand: raw.on_hand,
            supply: raw.supply,
            supplier: raw.supplier,
            placement: raw.placement,
            unit_price: raw.unit_price,
            order_multiple: raw.order_multiple,
            minimum: raw.minimum,
            width: raw.width,
            actual_width: raw.actual_width,
            arrival: raw.arrival,
            remark: raw.remark,
            at: raw.at,
        }
    }
}

/// Returns the line beside this one that has a code and stands for itself.
fn replaced(lines: &[BomLine], at: usize, code: &str) -> Option<usize> {
    let is = |line: &BomLine| {
        let own = line.item.code.as_deref().or(line.item.name.as_deref());
        own.is_some_and(|own| fold(own) == code)
    };
    let beside = |line: &BomLine| {
        line.parent == lines[at].parent && !matches!(line.alternate, Alternate::Of(_))
    };
    (0..lines.len()).find(|other| *other != at && beside(&lines[*other]) && is(&lines[*other]))
}

/// Where a line stands in its list.
struct Place {
    level: u32,
    parent: Option<usize>,
    jumps: bool,
    alternate: Alternate,
}

/// A parent or order that is written once counts for the rows below it.
fn fill_parents(lines: &mut [Leveled]) {
    let (mut parent, mut name, mut quantity, mut order) = (None, None, None, None);
    for line in lines {
        let raw = &mut line.raw;
        match &raw.parent {
            Some(own) => {
                (parent, name) = (Some(Arc::clone(own)), raw.parent_name.clone());
                quantity = raw.of_parent;
            }
            None => {
                raw.parent.clone_from(&parent);
                raw.parent_name.clone_from(&name);
                raw.of_parent = quantity;
            }
        }
        match &raw.order {
            Some(own) => order = Some(Arc::clone(own)),
            None => raw.order.clone_from(&order),
        }
    }
}

/// Whether the column of parents names each line's own parent, not the
/// product of all lines: some parent is itself a line of another parent, or
/// changes with the level.
fn parents_are_immediate(lines: &[Leveled]) -> bool {
    let mut above: Vec<(u32, String)> = Vec::new();
    let (mut own, mut deeper) = (0_usize, 0_usize);
    for line in lines {
        let Some(parent) = line.raw.parent.as_deref().map(fold) else { return false };
        while above.last().is_some_and(|(level, _)| *level >= line.level) {
            above.pop();
        }
        if let Some((_, code)) = above.last() {
            deeper += 1;
            own += usize::from(*code == parent);
        }
        above.push((line.level, line.raw.item.code.as_deref().map(fold).unwrap_or_default()));
    }
    // Without levels every list of parents is one of immediate parents.
    !lines.is_empty() && own * 2 >= deeper
}

/// Groups rows by their parent, in the order in which parents come up.
fn of_parents(lines: Vec<Leveled>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut known: FxHashMap<(String, Option<Arc<str>>), usize> = FxHashMap::default();
    for mut line in lines {
        line.level = 1;
        let Some(parent) = line.raw.parent.clone() else { continue };
        let order = line.raw.order.clone();
        let at = *known.entry((fold(&parent), order.clone())).or_insert_with(|| {
            groups.push(Group { parent: Some(parent), order, ..Group::default() });
            groups.len() - 1
        });
        groups[at].lines.push(line);
    }
    groups
}
