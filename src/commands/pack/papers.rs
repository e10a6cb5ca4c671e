//! The papers of packing among the inputs: orders by size, specs, lists of
//! plans and of what was packed.

use std::sync::Arc;

use super::lists::number_findings;
use crate::commands::Context;
use crate::commands::reconcile::uses::{Use, of_use};
use crate::engine::packing::weighings::Weighing;
use crate::finding::{Finding, codes};
use crate::input::columns::{self, Overrides};
use crate::input::locate::{self, LocateOptions};
use crate::input::reading::{ReadTable, Reading};
use crate::kinds;
use crate::lang::Lang;
use crate::records::packing::{
    About, CartonList, OrderedPieces, SpecEntry, carton_list, packing_spec, po_key, reads_as_order,
    size_breakdown, size_key, size_sequence, spec_across,
};
use crate::report::{InputRead, decisions, labels};
use crate::text::fold;

/// Kinds that say what is ordered, the most telling first: the first that is
/// there is used.
const ORDERS: [&str; 3] = ["size_breakdown", "production_order", "customer_order"];

/// Kinds that these jobs have a use for.
const KINDS: [&str; 7] = [
    "carton_list",
    "customer_order",
    "goods_receipt",
    "packing_list",
    "packing_spec",
    "production_order",
    "size_breakdown",
];

/// Words by which a list says that it is a plan.
const PLANNED: [&str; 6] = ["模拟", "计划", "预装", "simulated", "planned", "pro-forma"];

/// Words by which a sheet says that it is an order.
const ORDERED: [&str; 9] =
    ["订单", "订货", "采购单", "制单", "尺码", "order", "breakdown", "assortment", "po#"];

/// Words by which a sheet says that it is of goods that came in or went out.
const RECEIVED: [&str; 8] = ["入库", "收货", "出库", "出货", "送货", "对账", "receipt", "deliver"];

/// What the inputs hold for packing.
#[derive(Debug, Default)]
pub(super) struct Papers {
    /// What is ordered.
    pub(super) ordered: Vec<OrderedPieces>,
    /// How to pack it.
    pub(super) specs: Vec<SpecEntry>,
    /// Lists of what was packed.
    pub(super) lists: Vec<CartonList>,
    /// Lists of what was planned.
    pub(super) plans: Vec<CartonList>,
    /// Who orders are for, by the orders' keys.
    pub(super) buyers: Vec<(String, Arc<str>)>,
    /// What cartons weighed.
    pub(super) weighings: Vec<Weighing>,
    /// What was wrong or doubtful.
    pub(super) findings: Vec<Finding>,
    /// How every table was understood.
    pub(super) inputs: Vec<InputRead>,
}

impl Papers {
    /// Reads them.
    pub(super) fn of(reading: Reading, context: &Context) -> Self {
        let uses: Vec<Use> = reading.tables.iter().map(of_packing).collect();
        let findings = of_use(reading.findings, &reading.tables, &uses, &KINDS);
        let mut papers = Self { findings, ..Self::default() };
        papers.inputs = reading.tables.iter().map(InputRead::of).collect();
        let is = |read: &ReadTable, id: &str| read.kind.is_some_and(|kind| kind.id == id);
        let is_order = |read: &ReadTable, id: &str| {
            // A spec with its sizes in columns looks like an order.
            is(read, id) && spec_across(read, &About::default()).0.is_empty()
        };
        let orders =
            ORDERS.into_iter().find(|id| reading.tables.iter().any(|read| is_order(read, id)));
        for (at, read) in reading.tables.iter().enumerate() {
            let beside = beside(&reading.tables, at);
            if is(read, ORDERS[0]) && papers.take_spec_across(read, &beside) {
                continue;
            }
            if orders.is_some_and(|id| is(read, id)) {
                papers.take_order(at, read, &beside);
            } else if is(read, "packing_spec") {
                papers.take_spec(read, &beside);
            }
        }
        let mut taken = Vec::new();
        if orders.is_none_or(|id| id == ORDERS[0]) {
            let known: Vec<&ReadTable> =
                reading.tables.iter().filter(|read| is(read, ORDERS[0])).collect();
            let own = Overrides::new(&context.settings, None);
            taken = papers.take_unknown_orders(&reading.tables, &known, &own);
        }
        let lists = reading.tables.iter().enumerate().filter(|(_, read)| is(read, "packing_list"));
        for (at, read) in lists.filter(|(at, _)| !taken.contains(at)) {
            papers.take_list(at, read, &beside(&reading.tables, at));
        }
        for lists in [&papers.lists, &papers.plans] {
            papers.findings.extend(number_findings(lists));
        }
        papers.plans.extend(own_lists(&reading.ours, &[super::plan::REPORT], context));
        papers
    }

    fn take_order(&mut self, at: usize, read: &ReadTable, beside: &About) {
        let mut breakdown = size_breakdown(read, beside);
        self.take_buyers(read, beside);
        self.reject(at, breakdown.rejected);
        self.findings.append(&mut breakdown.findings);
        self.ordered.append(&mut breakdown.lines);
    }

    /// Takes sheets that were not known for orders and read as such: unknown
    /// ones, and, where no order is known at all, those taken for another
    /// paper that may as well be one. Beside known orders a sheet must say
    /// that it is one, or be laid out as they are. Returns which it took.
    fn take_unknown_orders(
        &mut self,
        tables: &[ReadTable],
        known: &[&ReadTable],
        own: &Overrides,
    ) -> Vec<usize> {
        let mut taken = Vec::new();
        for (at, read) in tables.iter().enumerate() {
            let may_be = match read.kind.map(|kind| kind.id.as_str()) {
                None => {
                    known.is_empty() || says_order(read) || known.iter().any(|one| alike(one, read))
                }
                Some("carton_list") => known.is_empty(),
                Some("packing_list") => known.is_empty() && !has_cartons(read) && only_order(read),
                Some("packing_spec") => false,
                Some(_) => known.is_empty() && only_order(read),
            };
            let Some(read) = may_be.then(|| as_order(read, own)).flatten() else { continue };
            let start = read.table.at_start();
            self.findings.retain(|finding| {
                finding.code != codes::UNKNOWN_KIND || finding.at.as_ref() != Some(&start)
            });
            self.inputs[at] = InputRead::of(&read);
            self.take_order(at, &read, &beside(tables, at));
            taken.push(at);
        }
        taken
    }

    /// Notes who an order is for.
    fn take_buyers(&mut self, read: &ReadTable, beside: &About) {
        let about = About::of(read).or(beside);
        if let Some(customer) = about.customer {
            let names = [about.po, about.order_no];
            let names: Vec<String> = names.iter().flatten().map(|name| po_key(name)).collect();
            self.buyers.extend(names.into_iter().map(|name| (name, Arc::clone(&customer))));
        }
    }

    /// Takes a spec that looks like an order; says whether it is one.
    fn take_spec_across(&mut self, read: &ReadTable, beside: &About) -> bool {
        let (mut entries, mut findings) = spec_across(read, beside);
        let is_spec = !entries.is_empty();
        self.specs.append(&mut entries);
        self.findings.append(&mut findings);
        is_spec
    }

    /// Takes a packing spec. What stands in titles and facts needs no columns.
    fn take_spec(&mut self, read: &ReadTable, beside: &About) {
        let (mut entries, mut findings) = packing_spec(read, beside);
        if !entries.is_empty() {
            let start = read.table.at_start();
            self.findings.retain(|finding| {
                finding.code != codes::MISSING_COLUMN || finding.at.as_ref() != Some(&start)
            });
        }
        self.specs.append(&mut entries);
        self.findings.append(&mut findings);
    }

    fn take_list(&mut self, at: usize, read: &ReadTable, beside: &About) {
        let mut list = carton_list(read, beside);
        self.reject(at, list.rejected);
        if !list.weighings.is_empty() {
            self.findings.append(&mut list.findings);
            return self.weighings.append(&mut list.weighings);
        }
        self.findings.append(&mut list.findings);
        if is_planned(read) { self.plans.push(list) } else { self.lists.push(list) }
    }

    /// Returns the sizes, by key, in the sequence of the orders, then of the
    /// lists.
    pub(super) fn sizes(&self) -> Vec<String> {
        let mut sizes = size_sequence(&self.ordered);
        for size in self.lists.iter().flat_map(|list| &list.sizes).map(|size| size_key(size)) {
            if !sizes.contains(&size) {
                sizes.push(size);
            }
        }
        sizes
    }

    fn reject(&mut self, at: usize, rejected: usize) {
        self.inputs[at].rejected = u32::try_from(rejected).unwrap_or(u32::MAX);
    }
}

/// Returns what the first table of the same sheet is about; nothing for that
/// table itself.
pub(super) fn beside(tables: &[ReadTable], at: usize) -> About {
    let sheet = &tables[at].table.sheet.id;
    let first = tables[..at].iter().find(|other| other.table.sheet.id == *sheet);
    first.map(About::of).unwrap_or_default()
}

/// Says whether a table is of packing, or may be: of one that nobody knows.
fn of_packing(read: &ReadTable) -> Use {
    let used = read.kind.is_none_or(|kind| KINDS.contains(&kind.id.as_str()));
    Use { used, ..Use::default() }
}

/// Whether a list says that it is a plan.
fn is_planned(read: &ReadTable) -> bool {
    says(read, &PLANNED)
}

/// Whether a sheet says that it is an order.
fn says_order(read: &ReadTable) -> bool {
    says(read, &ORDERED)
}

/// Whether a sheet says that it is an order, and not what came of it.
fn only_order(read: &ReadTable) -> bool {
    says_order(read) && !says(read, &RECEIVED)
}

/// Whether a list says which cartons it is of, or how many.
fn has_cartons(read: &ReadTable) -> bool {
    ["carton_from", "carton_to", "cartons"].iter().any(|field| read.table.column(field).is_some())
}

/// Returns a sheet understood as an order: by size, if it reads as such, else
/// as the order that it nearly was taken for, if it says of what how many.
fn as_order(read: &ReadTable, own: &Overrides) -> Option<ReadTable> {
    let near = read.runners_up.iter().map(|other| other.kind);
    let near = near.filter(|kind| ORDERS[1..].contains(&kind.id.as_str()));
    kinds::get(ORDERS[0]).into_iter().chain(near).find_map(|kind| {
        let mut read = read.clone();
        for column in &mut read.table.columns {
            column.field = None;
        }
        columns::map(&mut read.table, kind, own);
        read.kind = Some(kind);
        let has = |field: &str| read.table.column(field).is_some();
        let counts = kind.id != ORDERS[0] && has("order_qty") && has("item_code");
        (reads_as_order(&read.table) || counts).then_some(read)
    })
}

/// Whether one of these words stands in a sheet's titles, in its name, or in
/// its file's.
fn says(read: &ReadTable, words: &[&str]) -> bool {
    let id = &read.table.sheet.id;
    let file = id.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let titles = read.table.titles.iter().map(|title| title.value.as_str());
    let mut names = titles.chain([id.sheet.as_deref().unwrap_or_default(), file]);
    names.any(|name| {
        let folded = fold(name);
        words.iter().any(|word| folded.contains(word))
    })
}

/// Whether two sheets of one workbook have the same columns.
fn alike(known: &ReadTable, other: &ReadTable) -> bool {
    let headers = |read: &ReadTable| -> Vec<String> {
        read.table.columns.iter().map(|column| fold(&column.header)).collect()
    };
    known.table.sheet.id.path == other.table.sheet.id.path && headers(known) == headers(other)
}

/// Returns the lists of reports that gendan wrote.
pub(super) fn own_lists(
    ours: &[crate::input::sheet::Workbook],
    reports: &[&str],
    context: &Context,
) -> Vec<CartonList> {
    let Some(kind) = kinds::get("packing_list") else { return Vec::new() };
    let mut lists = Vec::new();
    for workbook in ours {
        if decisions::mark(workbook).is_none_or(|mark| !reports.contains(&mark.report.as_str())) {
            continue;
        }
        for sheet in &workbook.sheets {
            let name = sheet.id.sheet.as_deref().unwrap_or_default();
            let is = |lang| name.starts_with(labels::text(lang, "pack.list"));
            if !Lang::ALL.into_iter().any(is) {
                continue;
            }
            for mut table in locate::tables(&Arc::new(sheet.clone()), &LocateOptions::default()) {
                columns::map(&mut table, kind, &Overrides::new(&context.settings, None));
                let (runners_up, party) = (Vec::new(), None);
                let read =
                    ReadTable { table, kind: Some(kind), confidence: 100, runners_up, party };
                lists.push(carton_list(&read, &About::default()));
            }
        }
    }
    lists
}
