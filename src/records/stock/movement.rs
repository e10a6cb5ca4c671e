//! Movements of stock: the ledger of the warehouse, and the slips of goods
//! received and material issued that are posted to it.

use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::super::money::date_hints;
use super::super::reader::{Figure, RowReader};
use super::super::surroundings::Surroundings;
use super::super::{DocumentNo, Item, ReadContext, Records};
use super::facts;
use super::layout::{ISSUES, LEDGER, LEDGER_KIND, Layout, RECEIPTS};
use super::moment::{Moment, time_of};
use super::warehouse;
use super::words::{self, Meaning};
use crate::input::table::{Role, Table};
use crate::location::Location;

/// What a movement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MovementClass {
    /// A balance brought forward.
    Opening,
    /// Goods that came, or went back to where they came from.
    Receipt,
    /// Goods that were used or sold, or came back from there.
    Issue,
    /// Goods that only changed their warehouse.
    Transfer,
    /// What a count or a correction found.
    Adjustment,
}

/// One movement of one item in one warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovementLine {
    /// When.
    pub moment: Option<Moment>,
    /// The number of its document.
    pub document_no: Option<DocumentNo>,
    /// What it is.
    pub class: MovementClass,
    /// Whether it stands on the side of what comes in (a reversal there is
    /// negative).
    pub comes_in: bool,
    /// What moved.
    pub item: Item,
    /// The unit of the quantity.
    pub unit: Option<Arc<str>>,
    /// Where.
    pub warehouse: Option<Arc<str>>,
    /// The place in the warehouse.
    pub location: Option<Arc<str>>,
    /// The batch, lot or roll.
    pub batch: Option<Arc<str>>,
    /// By how much the stock changed: negative where it fell.
    pub quantity: Decimal,
    /// Price of one unit, of goods received.
    pub unit_price: Option<Decimal>,
    /// The stock after it, as the sheet says.
    pub balance: Option<Decimal>,
    /// The document behind it (delivery note, production order).
    pub source_no: Option<DocumentNo>,
    /// The party: supplier, customer, department.
    pub party: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its quantity.
    pub at: Location,
}

/// Which paper movements stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MovementSource {
    /// The ledger of movements.
    Ledger,
    /// Slips of goods received, to be posted.
    ReceiptSlips,
    /// Slips of material issued, to be posted.
    IssueSlips,
}

/// The movements of one table.
#[derive(Debug, Clone)]
pub struct Movements {
    /// Which paper they stand on.
    pub source: MovementSource,
    /// The movements. A row with goods in and goods out, or from one
    /// warehouse to another, is two of them.
    pub records: Records<MovementLine>,
    /// Whether the sheet has a column for document numbers.
    pub has_documents: bool,
}

/// Reads the movements of a table of one of the kinds `stock_movements`,
/// `goods_receipt`, `material_issue`; `None` for all others.
pub fn movements(kind: &str, table: &Table, context: &ReadContext<'_>) -> Option<Movements> {
    let layout = match kind {
        "stock_movements" => &LEDGER,
        "goods_receipt" => &RECEIPTS,
        "material_issue" => &ISSUES,
        _ => return None,
    };
    let around = Surroundings::of(table, context);
    let rows = table.rows.iter().filter(|row| matches!(row.role, Role::Body | Role::Opening));
    let rows: Vec<u32> = rows.map(|row| row.row).collect();
    let hints = date_hints(&around, context);
    let mut reader = RowReader::of_rows(table, rows, layout.fields, hints, &[]);
    let mut whole = Whole::of(table, layout, &reader);
    let lines = lines(&mut reader, layout, &mut whole, table.rows_of(Role::Opening).collect());
    let has_documents = reader.has(layout.document_no);
    let records = Records::new(lines, reader.finish(), around);
    Some(Movements { source: layout.source, records, has_documents })
}

/// Reads the rows. `openings` are those that the sheet itself sets apart as
/// balances brought forward.
fn lines(
    reader: &mut RowReader<'_>,
    layout: &Layout,
    whole: &mut Whole,
    openings: FxHashSet<u32>,
) -> Vec<MovementLine> {
    let may_open = !openings.is_empty() || reader.has("balance_qty");
    let mut lines: Vec<MovementLine> = Vec::new();
    // What has moved already, where rows may be openings.
    let mut begun: FxHashSet<Shelf> = FxHashSet::default();
    while reader.advance() {
        whole.enter(reader.row());
        let moved = match openings.contains(&reader.row()) {
            true => Err(None),
            false => row(reader, layout, whole).map_err(Some),
        };
        let refused = match moved {
            Ok(moved) => {
                if may_open {
                    begun.extend(moved.iter().map(shelf));
                }
                lines.extend(moved);
                continue;
            }
            Err(refused) => refused,
        };
        // A balance alone is what its item begins with.
        let opened = opening(reader, layout, whole);
        let opened = opened.filter(|line| begun.insert(shelf(line)));
        match (opened, refused) {
            (Some(line), None | Some(("no-quantity", _))) => lines.push(line),
            (_, Some((reason, field))) => reader.reject(reason, field),
            (None, None) => {}
        }
    }
    lines
}

/// What holds for all rows of a table.
struct Whole {
    /// The item that the surroundings name: a stock card's, whose rows name
    /// none.
    item: Option<Item>,
    /// The items that rows between others name, from the last row up.
    groups: Vec<(u32, Item)>,
    /// The unit beside it.
    unit: Option<Arc<str>>,
    /// The warehouse that its surroundings name.
    warehouse: Option<Arc<str>>,
    /// What the sheet's name or a title says of all movements.
    meaning: Option<Meaning>,
    /// The column of quantities that stand in no column of their own side.
    quantity: Option<&'static str>,
    /// Whether these carry a sign: rows that take goods out are negative.
    signed: bool,
    /// What the words of its type column say.
    meanings: words::Meanings,
}

impl Whole {
    fn of(table: &Table, layout: &Layout, reader: &RowReader<'_>) -> Self {
        let names = [table.sheet.id.sheet.as_deref().unwrap_or_default()];
        let titles = table.titles.iter().map(|title| title.value.as_str());
        let said = names.into_iter().chain(titles).filter(|text| !words::is_both_ways(text));
        let mut said = said.filter_map(words::meaning);
        let quantity = layout.quantity.iter().copied().find(|field| reader.has(field));
        let own = said.next();
        let meaning = match layout.source {
            // A slip of issues may be one of returns.
            MovementSource::IssueSlips => {
                own.filter(|own| own.class == MovementClass::Issue).or(layout.meaning)
            }
            _ => layout.meaning.or(own),
        };
        let is_card = !layout.item.iter().any(|field| reader.has(field));
        let item = Some(facts::item(table, LEDGER_KIND)).filter(|_| is_card);
        let mut meanings = words::Meanings::default();
        let is_signed = |field| is_signed(layout, reader, field, meaning, &mut meanings);
        let signed = quantity.is_some_and(is_signed);
        Self {
            item: item.filter(|item| item.code.is_some() || item.name.is_some()),
            groups: if is_card { facts::items(table, LEDGER_KIND) } else { Vec::new() },
            unit: facts::text(table, LEDGER_KIND, "unit"),
            warehouse: warehouse::of_table(table),
            meaning,
            quantity,
            signed,
            meanings,
        }
    }
}

impl Whole {
    /// Goes on to a row: what a row above it names holds for it.
    fn enter(&mut self, row: u32) {
        while let Some((_, item)) = self.groups.pop_if(|(above, _)| *above < row) {
            self.item = Some(item);
        }
    }
}

/// Whether a column writes what goes out negative: more of the rows that take
/// goods out, by their words, the paper's or their document's number, are so
/// than not.
fn is_signed(
    layout: &Layout,
    reader: &RowReader<'_>,
    field: &str,
    whole: Option<Meaning>,
    meanings: &mut words::Meanings,
) -> bool {
    let (mut plus, mut minus) = (0_usize, 0_usize);
    for row in reader.rows() {
        let word = reader.words_at(*row, layout.kind);
        let said = word.as_ref().and_then(|word| meanings.of(word)).or(whole);
        let by_number = || words::by_prefix(&reader.words_at(*row, layout.document_no)?);
        let takes = said.or_else(by_number).is_some_and(|said| said.adds == Some(false));
        match reader.peek(*row, field).filter(|figure| takes && !figure.is_zero()) {
            Some(figure) if figure.is_sign_negative() => minus += 1,
            Some(_) => plus += 1,
            None => {}
        }
    }
    minus > plus
}

/// Where a movement is: item, warehouse, batch.
type Shelf = (Item, Option<Arc<str>>, Option<Arc<str>>);

fn shelf(line: &MovementLine) -> Shelf {
    (line.item.clone(), line.warehouse.clone(), line.batch.clone())
}

/// Reads a row that the sheet itself sets apart as one of balances brought
/// forward: what its item began with.
fn opening(reader: &mut RowReader<'_>, layout: &Layout, whole: &Whole) -> Option<MovementLine> {
    let balance = ["opening_qty", "balance_qty"].into_iter().chain(whole.quantity);
    let figure = balance.chain(["in_qty"]).find_map(|field| reader.decimal(field))?;
    let unit_field = whole.quantity.unwrap_or("in_qty");
    let line = base(reader, layout, whole, unit_field, Some(&figure), None);
    if line.item.code.is_none() && line.item.name.is_none() {
        return None;
    }
    let base = Base { line, balance: Some(figure.value) };
    Some(base.moved(MovementClass::Opening, true, figure.value, &figure))
}

/// Reads one row: one movement, or two.
fn row(
    reader: &mut RowReader<'_>,
    layout: &Layout,
    whole: &mut Whole,
) -> Result<Vec<MovementLine>, (&'static str, &'static str)> {
    let kind_word = reader.text(layout.kind);
    let document_no = reader.ids(layout.document_no).into_iter().next();
    let said = kind_word.as_ref().and_then(|word| whole.meanings.of(word));
    let came = reader.decimal("in_qty");
    let went = reader.decimal("out_qty");
    let opening = reader.decimal("opening_qty");
    let quantity = whole.quantity.and_then(|field| reader.decimal(field));
    let balance = reader.decimal("balance_qty");
    let figure = [&came, &went, &quantity, &opening].into_iter().flatten().next().cloned();
    let unit_field = whole.quantity.unwrap_or("in_qty");
    let base = Base {
        line: base(reader, layout, whole, unit_field, figure.as_ref(), document_no.clone()),
        balance: balance.as_ref().map(|figure| figure.value),
    };
    if base.line.item.code.is_none() && base.line.item.name.is_none() {
        return Err(("no-item", layout.item[0]));
    }
    let is_opening = said.is_some_and(|said| said.class == MovementClass::Opening);
    let mut lines = Vec::new();
    if let Some(figure) = opening {
        lines.push(base.moved(MovementClass::Opening, true, figure.value, &figure));
    }
    if is_opening && came.is_none() && went.is_none() && quantity.is_none() {
        let Some(figure) = balance else { return Err(("no-quantity", unit_field)) };
        lines.push(base.moved(MovementClass::Opening, true, figure.value, &figure));
        return Ok(lines);
    }
    for (figure, comes_in) in [(came, true), (went, false)] {
        let Some(figure) = figure.filter(|figure| !figure.value.is_zero()) else { continue };
        let class = side_class(said, comes_in);
        let value = if comes_in { figure.value } else { -figure.value };
        lines.push(base.moved(class, comes_in, value, &figure));
    }
    if let (Some(figure), true) = (quantity, lines.is_empty()) {
        let by_number = || document_no.as_ref().and_then(|no| words::by_prefix(&no.text));
        let meaning = said.or(whole.meaning).or_else(by_number);
        lines = base.by_words(reader, meaning, whole, &figure);
    }
    // What came back of an issue, in a column of its own.
    if let Some(back) = reader.decimal("returned_qty").filter(|back| !back.value.is_zero()) {
        lines.push(base.moved(MovementClass::Issue, true, back.value.abs(), &back));
    }
    if lines.is_empty() && figure.is_none() {
        return Err(("no-quantity", unit_field));
    }
    if let (true, Some(figure)) = (lines.is_empty(), figure) {
        // Nought moved: the row is there and says so.
        lines.push(base.moved(side_class(said, true), true, Decimal::ZERO, &figure));
    }
    Ok(lines)
}

/// Returns what a figure in the column of one side is.
fn side_class(said: Option<Meaning>, comes_in: bool) -> MovementClass {
    let by_side = if comes_in { MovementClass::Receipt } else { MovementClass::Issue };
    said.map_or(by_side, |said| said.class)
}

/// Reads what a row says beside its quantity.
fn base(
    reader: &mut RowReader<'_>,
    layout: &Layout,
    whole: &Whole,
    unit_field: &'static str,
    figure: Option<&Figure>,
    document_no: Option<DocumentNo>,
) -> MovementLine {
    let day = reader.date(layout.date);
    let time = reader.raw(layout.date).and_then(|value| time_of(&value));
    let first = |reader: &mut RowReader<'_>, fields: &[&str]| {
        fields.iter().find_map(|field| reader.text(field))
    };
    let code = match layout.item[0] {
        "item_code" => None,
        field => reader.ids(field).into_iter().next().map(|code| code.text),
    };
    let mut item = reader.item();
    item.code = item.code.or(code);
    item.name = item.name.or_else(|| reader.text(layout.item[1]));
    if let Some(whole) = &whole.item {
        item = whole.clone();
    }
    let source_no = layout.source_no.iter().find_map(|field| reader.ids(field).into_iter().next());
    MovementLine {
        moment: day.map(|day| Moment { day, time }),
        document_no,
        class: MovementClass::Receipt,
        comes_in: true,
        item,
        unit: reader.unit(unit_field, figure).or_else(|| whole.unit.clone()),
        warehouse: reader.text("warehouse").or_else(|| whole.warehouse.clone()),
        location: reader.text("location"),
        batch: reader.ids("batch").into_iter().next().map(|batch| batch.text),
        quantity: Decimal::ZERO,
        unit_price: reader.decimal("unit_price").map(|price| price.value),
        balance: None,
        source_no,
        party: first(reader, layout.party),
        remark: reader.text("remark"),
        at: reader.at(unit_field),
    }
}

/// What all movements of a row share.
struct Base {
    line: MovementLine,
    balance: Option<Decimal>,
}

impl Base {
    fn moved(
        &self,
        class: MovementClass,
        comes_in: bool,
        quantity: Decimal,
        figure: &Figure,
    ) -> MovementLine {
        MovementLine {
            class,
            comes_in,
            quantity,
            balance: self.balance,
            at: figure.at.clone(),
            ..self.line.clone()
        }
    }

    /// Makes the movements of a figure that went from one place to another:
    /// out of the one and into the other, as far as they are ours.
    fn between(&self, from: Option<Arc<str>>, to: Arc<str>, figure: &Figure) -> Vec<MovementLine> {
        let value = figure.value;
        let comes = from.as_deref().is_some_and(words::is_outside);
        let goes = words::is_outside(&to);
        let class = |alone: MovementClass| match comes == goes {
            true => MovementClass::Transfer,
            false => alone,
        };
        let mut out = self.moved(class(MovementClass::Issue), false, -value, figure);
        let mut into = self.moved(class(MovementClass::Receipt), true, value, figure);
        out.warehouse = from.or(out.warehouse);
        into.warehouse = Some(to);
        match (comes, goes) {
            (true, false) => vec![into],
            (false, true) => vec![out],
            _ => {
                into.balance = None;
                vec![out, into]
            }
        }
    }

    /// Makes the movements of a figure whose side its words tell, or its own
    /// sign.
    fn by_words(
        &self,
        reader: &mut RowReader<'_>,
        meaning: Option<Meaning>,
        whole: &Whole,
        figure: &Figure,
    ) -> Vec<MovementLine> {
        let value = figure.value;
        let (from, to) = (reader.text("from_warehouse"), reader.text("to_warehouse"));
        let transferred = meaning.is_none_or(|meaning| {
            meaning.class == MovementClass::Transfer && meaning.adds.is_none()
        });
        if let (true, Some(to)) = (transferred, to) {
            return self.between(from, to, figure);
        }
        let falls = value.is_sign_negative();
        let Some(meaning) = meaning else {
            let class = side_class(None, !falls);
            return vec![self.moved(class, !falls, value, figure)];
        };
        let (comes_in, value) = match meaning.adds {
            None => (!falls, value),
            Some(adds) if whole.signed => (adds, value),
            Some(true) => (true, value),
            Some(false) => (false, -value),
        };
        vec![self.moved(meaning.class, comes_in, value, figure)]
    }
}
