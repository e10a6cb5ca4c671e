//! Tables that were read → the papers of the month: records by kind, one
//! name for each party, and what was taken for what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::super::uses::Use;
use super::copies;
use super::job::Job;
use super::names::{addressed_to_us, fuller_name, our_names, own_name};
use crate::engine::supplier::{self, Paper, Papers};
use crate::finding::{Finding, Severity, codes};
use crate::input::reading::ReadTable;
use crate::input::table::Table;
use crate::location::{Located, Location, SheetId};
use crate::party::{PaperParty, Parties, cores};
use crate::period::Period;
use crate::records::{
    self, HintFrom, Ledger, PartyHint, PaymentLine, PriceLine, ReadContext, ReceiptLine,
    ReceivableLine, Records, ReturnLine, Statement, StatementLine,
};
use crate::records::{BalanceLine, EntryType, OpenItem, SettledItem};
use crate::settings::{Settings, SupplierNames};
use crate::text::fold;

/// The papers of a month, and what was found while making them.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    /// The papers.
    pub(super) papers: Papers,
    /// What is owed to us, item by item.
    pub(super) owed: Vec<Paper<Records<ReceivableLine>>>,
    /// The parties that they name.
    pub(super) parties: Parties,
    /// What was made of each table, in the order of the tables.
    pub(super) uses: Vec<Use>,
    /// What is wrong or doubtful in the tables that are used.
    pub(super) findings: Vec<Finding>,
}

/// The records of one table.
enum Sheet {
    Statement(Box<Statement>),
    Ledger(Box<Ledger>),
    Receipts(Records<ReceiptLine>),
    Returns(Records<ReturnLine>),
    Payments(Records<PaymentLine>),
    Prices(Records<PriceLine>),
    OpenItems(Records<OpenItem>),
    Balances(Records<BalanceLine>),
    Settled(Records<SettledItem>),
    Owed(Records<ReceivableLine>),
}

impl Sheet {
    /// Reads a table. In a workbook that holds a statement (`theirs`), a list
    /// of returns or payments without parties is a part of it.
    fn read(job: Job, table: &ReadTable, theirs: bool, context: &ReadContext<'_>) -> Option<Self> {
        let (kind, is_said) = (table.kind?.id.as_str(), table.confidence == 100);
        let table = &table.table;
        if job == Job::Reseller {
            return Self::of_reseller(kind, table, context);
        }
        let block = theirs.then(|| records::statement_block(kind, table, context)).flatten();
        if let Some(block) = block {
            return Some(Self::Statement(block.into()));
        }
        let may_be_ours = kind == "supplier_statement" && !is_said;
        let ledger = may_be_ours.then(|| records::own_ledger(table, context)).flatten();
        if let Some(ledger) = ledger {
            return Some(Self::Ledger(ledger.into()));
        }
        Some(match kind {
            "supplier_statement" => Self::Statement(records::statement(table, context).into()),
            "goods_receipt" => Self::Receipts(records::receipts(table, context)),
            "supplier_returns" => Self::Returns(records::returns(table, context)),
            "payment_register" => Self::Payments(records::payments(table, context)),
            "price_list" | "purchase_order" => Self::Prices(records::prices(table, context)),
            "open_items" => Self::OpenItems(records::open_items(table, context)),
            "supplier_balances" => Self::Balances(records::balance_lines(table, context)),
            "settled_items" => Self::Settled(records::settled_items(table, context)),
            _ => return None,
        })
    }

    /// Reads a table of a month with resellers: what we ship they receive, so
    /// our slips are the receipts, and their receipts their statement.
    fn of_reseller(kind: &str, table: &Table, context: &ReadContext<'_>) -> Option<Self> {
        let mut sheet = match kind {
            "supplier_statement" => Self::Statement(records::statement(table, context).into()),
            "goods_receipt" => {
                Self::Statement(acknowledged(records::receipts(table, context)).into())
            }
            "shipping_slip" => Self::Receipts(records::supplied(table, context)),
            "receivables" => Self::Owed(records::receivables(table, context)),
            "supplier_returns" => Self::Returns(records::returns(table, context)),
            "payment_register" => Self::Payments(records::payments(table, context)),
            "price_list" => Self::Prices(records::prices(table, context)),
            "open_items" => Self::OpenItems(records::open_items(table, context)),
            "supplier_balances" => Self::Balances(records::balance_lines(table, context)),
            "settled_items" => Self::Settled(records::settled_items(table, context)),
            _ => return None,
        };
        sheet.swap_hints();
        Some(sheet)
    }

    /// On papers between us and those we supply, the customer is the party.
    fn swap_hints(&mut self) {
        let hints = match self {
            Self::Statement(statement) => &mut statement.party_hints,
            Self::Ledger(ledger) => &mut ledger.statement.party_hints,
            Self::Receipts(records) => &mut records.party_hints,
            Self::Returns(records) => &mut records.party_hints,
            Self::Payments(records) => &mut records.party_hints,
            Self::Prices(records) => &mut records.party_hints,
            Self::OpenItems(records) => &mut records.party_hints,
            Self::Balances(records) => &mut records.party_hints,
            Self::Settled(records) => &mut records.party_hints,
            Self::Owed(records) => &mut records.party_hints,
        };
        for hint in hints {
            hint.from = match hint.from {
                HintFrom::Fact => HintFrom::Customer,
                HintFrom::Customer => HintFrom::Fact,
                from => from,
            };
        }
    }

    fn hints(&self) -> &[PartyHint] {
        match self {
            Self::Statement(statement) => &statement.party_hints,
            Self::Ledger(ledger) => &ledger.statement.party_hints,
            Self::Receipts(records) => &records.party_hints,
            Self::Returns(records) => &records.party_hints,
            Self::Payments(records) => &records.party_hints,
            Self::Prices(records) => &records.party_hints,
            Self::OpenItems(records) => &records.party_hints,
            Self::Balances(records) => &records.party_hints,
            Self::Settled(records) => &records.party_hints,
            Self::Owed(records) => &records.party_hints,
        }
    }

    fn findings(&self) -> (&[Finding], usize) {
        match self {
            Self::Statement(statement) => (&statement.findings, statement.rejected),
            Self::Ledger(ledger) => (&ledger.statement.findings, ledger.statement.rejected),
            Self::Receipts(records) => (&records.findings, records.rejected),
            Self::Returns(records) => (&records.findings, records.rejected),
            Self::Payments(records) => (&records.findings, records.rejected),
            Self::Prices(records) => (&records.findings, records.rejected),
            Self::OpenItems(records) => (&records.findings, records.rejected),
            Self::Balances(records) => (&records.findings, records.rejected),
            Self::Settled(records) => (&records.findings, records.rejected),
            Self::Owed(records) => (&records.findings, records.rejected),
        }
    }

    /// Returns how many usable rows it has.
    fn rows(&self) -> usize {
        match self {
            Self::Statement(statement) => statement.lines.len(),
            Self::Ledger(ledger) => ledger.statement.lines.len(),
            Self::Receipts(records) => records.lines.len(),
            Self::Returns(records) => records.lines.len(),
            Self::Payments(records) => records.lines.len(),
            Self::Prices(records) => records.lines.len(),
            Self::OpenItems(records) => records.lines.len(),
            Self::Balances(records) => records.lines.len(),
            Self::Settled(records) => records.lines.len(),
            Self::Owed(records) => records.lines.len(),
        }
    }

    /// Returns the names of parties that its rows write.
    fn names(&self) -> Vec<&Located<Arc<str>>> {
        fn of<T>(
            lines: &[T],
            party: impl Fn(&T) -> Option<&Located<Arc<str>>>,
        ) -> Vec<&Located<Arc<str>>> {
            lines.iter().filter_map(party).collect()
        }
        match self {
            Self::Statement(statement) => of(&statement.lines, |line| line.party.as_ref()),
            Self::Ledger(ledger) => of(&ledger.statement.lines, |line| line.party.as_ref()),
            Self::Receipts(records) => of(&records.lines, |line| line.party.as_ref()),
            Self::Returns(records) => of(&records.lines, |line| line.party.as_ref()),
            Self::Payments(records) => of(&records.lines, |line| line.party.as_ref()),
            Self::Prices(records) => of(&records.lines, |line| line.party.as_ref()),
            Self::OpenItems(records) => of(&records.lines, |line| line.party.as_ref()),
            Self::Balances(records) => of(&records.lines, |line| line.party.as_ref()),
            Self::Settled(records) => of(&records.lines, |line| line.party.as_ref()),
            Self::Owed(records) => of(&records.lines, |line| line.party.as_ref()),
        }
    }
}

/// Makes the papers of the month out of the tables, with one name for firms
/// whose lines show that they are one.
pub(super) fn assemble_month(
    job: Job,
    tables: &[ReadTable],
    context: &ReadContext<'_>,
    settings: &Settings,
    period: Period,
) -> Assembled {
    let assembled = assemble(job, tables, context, settings);
    let resolve = assembled.parties.resolver();
    let same = supplier::same_parties(&assembled.papers, &resolve, period, &cores);
    drop(resolve);
    if same.is_empty() {
        return owned(assembled, tables, period);
    }
    let mut told = settings.clone();
    told.suppliers.extend(same.iter().map(|same| SupplierNames {
        name: same.statement.to_string(),
        aliases: vec![same.ours.to_string()],
    }));
    let mut assembled = assemble(job, tables, context, &told);
    assembled.findings.extend(same.iter().map(|same| {
        Finding::new(codes::PARTY_GUESSED, Severity::Warning)
            .at(same.at.clone())
            .with("found", &same.ours)
            .with("taken", &same.statement)
            .with("near", "")
    }));
    owned(assembled, tables, period)
}

/// Gives statements that name nobody to whom our register shows that they
/// belong, and says so.
fn owned(mut assembled: Assembled, tables: &[ReadTable], period: Period) -> Assembled {
    let resolve = |name: &str| assembled.parties.resolve(name).party;
    for (at, owner) in supplier::owners(&assembled.papers, &resolve, period) {
        let paper = &mut assembled.papers.statements[at];
        paper.party = Some(Arc::clone(&owner.ours));
        for (table, made) in tables.iter().zip(&mut assembled.uses) {
            let is_it = is_statement(table) && table.table.sheet.id == paper.sheet;
            if is_it && made.used && made.party.is_none() {
                made.party = Some(Arc::clone(&owner.ours));
            }
        }
        let file = paper.sheet.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let finding = Finding::new(codes::PARTY_GUESSED, Severity::Warning).at(owner.at);
        let finding = finding.with("found", file).with("taken", &owner.ours).with("near", "");
        assembled.findings.push(finding);
    }
    assembled
}

/// Makes the papers of the month out of the tables.
pub(super) fn assemble(
    job: Job,
    tables: &[ReadTable],
    context: &ReadContext<'_>,
    settings: &Settings,
) -> Assembled {
    let path = |table: &ReadTable| table.table.sheet.id.path.clone();
    let theirs: BTreeSet<String> =
        tables.iter().filter(|table| is_statement(table)).map(path).collect();
    let copies = copies::copies(tables);
    let read = |(at, table): (usize, &ReadTable)| {
        if copies.contains_key(&at) {
            return None;
        }
        Sheet::read(job, table, theirs.contains(&table.table.sheet.id.path), context)
    };
    let mut sheets: Vec<Option<Sheet>> = tables.par_iter().enumerate().map(read).collect();
    share_hints(tables, &mut sheets);
    if job == Job::Reseller {
        let names = sheets.iter().flatten().flat_map(Sheet::names);
        let supplied: BTreeSet<String> = names.map(|name| fold(&name.value)).collect();
        for sheet in sheets.iter_mut().flatten() {
            if let Sheet::Statement(statement) = sheet {
                addressed_to_us(&mut statement.party_hints, &supplied);
            }
        }
    }
    let parties = parties(tables, &sheets, settings);
    let findings = copies.into_values().collect();
    let mut assembled = Assembled { parties, findings, ..Assembled::default() };
    assembled.tell_guesses(&sheets);
    for (table, sheet) in tables.iter().zip(sheets) {
        let made = match sheet {
            Some(sheet) => assembled.add(table, sheet),
            None => Use::default(),
        };
        assembled.uses.push(made);
    }
    if job == Job::Reseller {
        assembled.name_supplied();
    }
    assembled
}

/// What a partner notes as received is what it acknowledges.
fn acknowledged(records: Records<ReceiptLine>) -> Statement {
    let line = |line: ReceiptLine| {
        let entry_type = match line.amount.is_sign_negative() && !line.amount.is_zero() {
            _ if line.charge => EntryType::Charge,
            true => EntryType::Return,
            false => EntryType::Goods,
        };
        StatementLine {
            party: line.party,
            date: line.date,
            document_nos: line.document_nos,
            other_nos: line.receipt_no.into_iter().chain(line.other_nos).collect(),
            item: line.item,
            quantity: line.quantity,
            unit: line.unit,
            pack_factor: line.pack_factor,
            unit_price: line.unit_price,
            amount_computed: line.amount_computed,
            tax_rate: line.tax_rate,
            tax_included: line.tax_included,
            remark: line.remark,
            ..StatementLine::bare(entry_type, line.amount, &line.at)
        }
    };
    Statement {
        party_hints: records.party_hints,
        period: records.period,
        lines: records.lines.into_iter().map(line).collect(),
        findings: records.findings,
        body: records.body,
        rejected: records.rejected,
        ..Statement::default()
    }
}

fn is_statement(table: &ReadTable) -> bool {
    table.kind.is_some_and(|kind| kind.id == "supplier_statement")
}

/// A block of a statement belongs to whom the statement belongs to: the one on
/// its sheet, else the only one of its workbook.
fn share_hints(tables: &[ReadTable], sheets: &mut [Option<Sheet>]) {
    let statements: Vec<(&SheetId, Vec<PartyHint>)> = tables
        .iter()
        .zip(&*sheets)
        .filter(|(table, _)| is_statement(table))
        .filter_map(|(table, sheet)| {
            Some((&*table.table.sheet.id, sheet.as_ref()?.hints().to_vec()))
        })
        .collect();
    for (table, sheet) in tables.iter().zip(sheets) {
        let Some(Sheet::Statement(block)) = sheet else { continue };
        if is_statement(table) {
            continue;
        }
        let id = &*table.table.sheet.id;
        let mut of_file = statements.iter().filter(|(statement, _)| statement.path == id.path);
        let on_sheet = of_file.clone().find(|(statement, _)| *statement == id);
        let only = of_file.next().filter(|_| of_file.next().is_none());
        if let Some((_, hints)) = on_sheet.or(only) {
            block.party_hints.clone_from(hints);
        }
    }
}

/// Finds the parties behind all names that the papers write. A statement whose
/// firm no row names brings its own name along.
fn parties(tables: &[ReadTable], sheets: &[Option<Sheet>], settings: &Settings) -> Parties {
    let rows = || sheets.iter().flatten().flat_map(Sheet::names).map(|name| &*name.value);
    let mut names: Vec<String> = tables.iter().filter_map(|table| table.party.clone()).collect();
    let hints = || sheets.iter().flatten().flat_map(Sheet::hints);
    let facts = hints().filter(|hint| hint.from == HintFrom::Fact);
    names.extend(facts.map(|hint| hint.text.clone()));
    let customers = hints().filter(|hint| hint.from == HintFrom::Customer);
    let ours = our_names(customers.map(|hint| hint.text.as_str()), settings);

    let all = |names: &[String]| {
        let mut spellings: Vec<&str> = names.iter().map(String::as_str).collect();
        for name in rows() {
            spellings.push(name);
        }
        Parties::new(spellings, &ours, &settings.suppliers)
    };
    let known = all(&names);
    let own = names.len();
    for (table, sheet) in tables.iter().zip(sheets) {
        let Some(Sheet::Statement(statement)) = sheet else { continue };
        let named =
            table.party.is_some() || statement.lines.iter().all(|line| line.party.is_some());
        if named {
            continue;
        }
        match known.of_paper(&statement.party_hints) {
            Some(found) => names.extend(fuller_name(&statement.party_hints, &found.party)),
            None => names.extend(own_name(&statement.party_hints, &known)),
        }
    }
    if names.len() == own { known } else { all(&names) }
}

impl Assembled {
    /// Slips that name no customer are those of the only one there is; else
    /// their sheet's name stands for it.
    fn name_supplied(&mut self) {
        let theirs: BTreeSet<&Arc<str>> =
            self.papers.statements.iter().filter_map(|paper| paper.party.as_ref()).collect();
        let only = theirs.first().filter(|_| theirs.len() == 1).map(|party| Arc::clone(party));
        for paper in &mut self.papers.receipts {
            let named = paper.records.lines.iter().any(|line| line.party.is_some());
            if paper.party.is_none() && !named {
                let sheet = paper.sheet.sheet.as_deref().map(Arc::from);
                paper.party = only.clone().or(sheet);
            }
        }
    }

    fn add(&mut self, table: &ReadTable, sheet: Sheet) -> Use {
        let (findings, rejected) = sheet.findings();
        self.findings.extend(findings.iter().cloned());
        // A register that names a party on every row is nobody's own paper.
        let named = sheet.names().len();
        let party = if named > 0 && named == sheet.rows() {
            None
        } else {
            self.paper_party(table, sheet.hints())
        };
        let made = Use { party: party.clone(), rejected, used: true };
        let id = Arc::clone(&table.table.sheet.id);
        let papers = &mut self.papers;
        match sheet {
            Sheet::Statement(records) => {
                papers.statements.push(Paper { sheet: id, party, records: *records })
            }
            Sheet::Ledger(records) => {
                let at = table.table.sheet.at(table.table.area.first);
                self.findings.push(Finding::of(codes::OWN_LEDGER).at(at));
                papers.ledgers.push(Paper { sheet: id, party, records: *records });
            }
            Sheet::Receipts(records) => papers.receipts.push(Paper { sheet: id, party, records }),
            Sheet::Returns(records) => papers.returns.push(Paper { sheet: id, party, records }),
            Sheet::Payments(records) => papers.payments.push(Paper { sheet: id, party, records }),
            Sheet::Prices(records) => papers.prices.push(Paper { sheet: id, party, records }),
            Sheet::OpenItems(records) => {
                papers.open_items.push(Paper { sheet: id, party, records })
            }
            Sheet::Balances(records) => papers.balances.push(Paper { sheet: id, party, records }),
            Sheet::Settled(records) => papers.settled.push(Paper { sheet: id, party, records }),
            Sheet::Owed(records) => self.owed.push(Paper { sheet: id, party, records }),
        }
        made
    }

    /// Returns the party a table belongs to as a whole: what the settings say
    /// of the file, else what its surroundings name.
    fn paper_party(&mut self, table: &ReadTable, hints: &[PartyHint]) -> Option<Arc<str>> {
        if let Some(said) = &table.party {
            return Some(self.parties.resolve(said).party);
        }
        let found = self.parties.of_paper(hints)?;
        if found.guessed {
            let at =
                found.at.clone().unwrap_or_else(|| table.table.sheet.at(table.table.area.first));
            self.findings.push(guessed(&found, at));
        }
        Some(found.party)
    }

    /// Says which spellings were taken for a firm's short form, and which fit
    /// several firms; once for each spelling, where it stands first.
    fn tell_guesses(&mut self, sheets: &[Option<Sheet>]) {
        let mut first: FxHashMap<&str, &Location> = FxHashMap::default();
        for name in sheets.iter().flatten().flat_map(Sheet::names) {
            first.entry(&name.value).or_insert(&name.at);
        }
        let first: BTreeMap<&str, &Location> = first.into_iter().collect();
        for (spelling, at) in first {
            let resolved = self.parties.resolve(spelling);
            let severity =
                if resolved.rivals.is_empty() { Severity::Info } else { Severity::Warning };
            if resolved.guessed || !resolved.rivals.is_empty() {
                let finding = Finding::new(codes::PARTY_GUESSED, severity)
                    .at(at.clone())
                    .with("found", spelling)
                    .with("taken", &resolved.party)
                    .with("near", resolved.rivals.join(", "));
                self.findings.push(finding);
            }
        }
    }
}

fn guessed(found: &PaperParty, at: Location) -> Finding {
    Finding::new(codes::PARTY_GUESSED, Severity::Info)
        .at(at)
        .with("found", &found.text)
        .with("taken", &found.party)
        .with("near", "")
}
