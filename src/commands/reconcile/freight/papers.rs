//! Tables that were read → the papers of the freight month: records by kind,
//! one name for each carrier, and what was taken for what.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::super::uses::Use;
use super::agreed;
use crate::engine::freight::tariff::RateCard;
use crate::engine::freight::{Papers, card, waybill_key};
use crate::engine::sales::List;
use crate::engine::supplier::Paper;
use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::party::{Parties, known_carriers, name_in};
use crate::period::Period;
use crate::places::Region;
use crate::records::shop::{self, OrderRow};
use crate::records::{
    self, BillLine, DocumentNo, ExpenseBook, HintFrom, OpenItem, PartyHint, RateSheet, ReadContext,
    Records, SettledItem, Shipment,
};
use crate::settings::{Settings, SupplierNames};
use crate::text::fold;

/// The kinds that this job has a use for.
pub(super) const KINDS: [&str; 6] = [
    "carrier_bill",
    "expense_register",
    "freight_log",
    "order_export",
    "rate_card",
    "shipping_slip",
];

/// The papers of a month, and what was found while making them.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    /// The papers.
    pub(super) papers: Papers,
    /// The carriers that they name.
    pub(super) carriers: Parties,
    /// What was made of each table, in the order of the tables.
    pub(super) uses: Vec<Use>,
    /// What is wrong or doubtful in the tables that are used.
    pub(super) findings: Vec<Finding>,
}

/// The records of one table.
enum Sheet {
    Bill(Records<BillLine>),
    Log(Records<Shipment>),
    Card(Box<RateSheet>),
    Expenses(ExpenseBook),
    Orders(Records<OrderRow>),
    Slips(Records<Shipment>),
    Carried(Records<OpenItem>),
    Settled(Records<SettledItem>),
}

impl Sheet {
    /// Reads a table; open and settled items only of our `own` reports, for
    /// those of a folder may be of suppliers.
    fn read(table: &ReadTable, own: bool, context: &ReadContext<'_>) -> Option<Self> {
        Some(match table.kind?.id.as_str() {
            "open_items" if own => Self::Carried(records::open_items(&table.table, context)),
            "settled_items" if own => Self::Settled(records::settled_items(&table.table, context)),
            "carrier_bill" => Self::Bill(records::bill_lines(&table.table, context)),
            "freight_log" => Self::Log(records::shipments(&table.table, context)),
            "rate_card" => Self::Card(Box::new(records::rate_sheet(&table.table, context))),
            "expense_register" => Self::Expenses(records::expenses(&table.table, context)),
            "order_export" => Self::Orders(shop::orders(&table.table, context)),
            "shipping_slip" => Self::Slips(shop::dispatched(&table.table, context)),
            _ => return None,
        })
    }

    fn hints(&self) -> &[PartyHint] {
        match self {
            Self::Bill(records) => &records.party_hints,
            Self::Log(records) => &records.party_hints,
            Self::Card(sheet) => &sheet.party_hints,
            Self::Expenses(book) => &book.records.party_hints,
            Self::Orders(records) => &records.party_hints,
            Self::Slips(records) => &records.party_hints,
            Self::Carried(records) => &records.party_hints,
            Self::Settled(records) => &records.party_hints,
        }
    }

    fn findings(&self) -> (&[Finding], usize) {
        match self {
            Self::Bill(records) => (&records.findings, records.rejected),
            Self::Log(records) => (&records.findings, records.rejected),
            Self::Card(sheet) => (&sheet.findings, sheet.rejected),
            Self::Expenses(book) => (&book.records.findings, book.records.rejected),
            Self::Orders(records) => (&records.findings, records.rejected),
            Self::Slips(records) => (&records.findings, records.rejected),
            Self::Carried(records) => (&records.findings, records.rejected),
            Self::Settled(records) => (&records.findings, records.rejected),
        }
    }

    /// Returns the names of carriers that its rows and columns write.
    fn names(&self) -> Vec<String> {
        match self {
            Self::Bill(records) => records
                .lines
                .iter()
                .filter_map(|line| Some(line.carrier.as_ref()?.value.to_string()))
                .collect(),
            Self::Log(records) | Self::Slips(records) => records
                .lines
                .iter()
                .filter_map(|line| Some(line.carrier.as_ref()?.value.to_string()))
                .collect(),
            Self::Card(sheet) => {
                let named = card::cards(sheet).into_iter();
                named.filter_map(|(carrier, _)| Some(carrier?.to_string())).collect()
            }
            Self::Carried(records) => {
                let named = records.lines.iter();
                named.filter_map(|line| Some(line.party.as_ref()?.value.to_string())).collect()
            }
            Self::Expenses(_) | Self::Orders(_) | Self::Settled(_) => Vec::new(),
        }
    }
}

/// Where a table says that zones are, and the carrier that it names.
type Zones = (Option<Arc<str>>, Vec<(Arc<str>, Vec<Region>)>);

/// What tables say of rates, before it is put together.
#[derive(Default)]
struct Tariffs {
    cards: Vec<RateCard>,
    zones: Vec<Zones>,
}

/// Makes the papers of the month out of the tables; those behind the first
/// `given` are of our own earlier reports.
pub(super) fn assemble(
    tables: &[ReadTable],
    given: usize,
    context: &ReadContext<'_>,
    settings: &Settings,
) -> Assembled {
    let read = |(at, table): (usize, &ReadTable)| Sheet::read(table, at >= given, context);
    let sheets: Vec<Option<Sheet>> = tables.iter().enumerate().map(read).collect();
    let carriers = carriers(tables, &sheets, settings);
    let mut assembled = Assembled { carriers, ..Assembled::default() };
    let votes = Votes::of(&sheets, &assembled.carriers);
    let mut tariffs = Tariffs::default();
    for (table, sheet) in tables.iter().zip(sheets) {
        match sheet {
            Some(sheet) => assembled.add(table, sheet, &votes, context.period, &mut tariffs),
            None => assembled.uses.push(Use::default()),
        }
    }
    assembled.papers.cards = card::join(tariffs.cards);
    assembled.one_card_for_all();
    assembled.place_zones(&tariffs.zones);
    agreed::lay_over(&mut assembled.papers.cards, &settings.carriers, &assembled.carriers);
    assembled
}

/// Whether a paper says that it is of a time before the job's.
fn is_before(paper: Option<Period>, job: Option<Period>) -> bool {
    paper.zip(job).is_some_and(|(paper, job)| paper.last < job.first)
}

/// Finds the carriers behind all names that the papers write. A bill or card
/// whose carrier no row names brings its own name along.
fn carriers(tables: &[ReadTable], sheets: &[Option<Sheet>], settings: &Settings) -> Parties {
    let mut names: Vec<String> = sheets.iter().flatten().flat_map(Sheet::names).collect();
    names.extend(tables.iter().filter_map(|table| table.party.clone()));
    let ours: Vec<String> = settings.company.names().map(str::to_owned).collect();
    let own = |names: &[String]| {
        let said = settings.carriers.iter();
        let said =
            said.map(|one| SupplierNames { name: one.name.clone(), aliases: one.aliases.clone() });
        let said: Vec<SupplierNames> = said.chain(settings.suppliers.iter().cloned()).collect();
        let firms = known_carriers(names, &said);
        Parties::new(names.iter().map(String::as_str), &ours, &firms)
    };
    let known = own(&names);
    for (table, sheet) in tables.iter().zip(sheets) {
        let Some(sheet @ (Sheet::Bill(_) | Sheet::Card(_))) = sheet else { continue };
        // A table that only says where zones are speaks of nobody.
        let silent = matches!(sheet, Sheet::Card(sheet) if card::cards(sheet).is_empty());
        if silent || table.party.is_some() || !sheet.names().is_empty() {
            continue;
        }
        // A title often has the full name of what the log writes in short.
        let name = own_name(sheet.hints());
        let short = known.of_paper(sheet.hints()).map(|found| fold(&found.party));
        let fuller =
            |name: &String| short.as_ref().is_none_or(|short| is_fuller(&fold(name), short));
        names.extend(name.filter(fuller));
    }
    own(&names)
}

/// Whether a name is another one with the word of the trade behind it.
fn is_fuller(name: &str, short: &str) -> bool {
    const ENDINGS: [&str; 9] =
        ["速运", "快递", "速递", "物流", "货运", "快运", "专线", "express", "logistics"];
    name.strip_prefix(short).is_some_and(|rest| ENDINGS.contains(&rest))
}

/// Returns the name a paper gives itself, by its strongest hint: what stands
/// before the year and the words of the document.
fn own_name(hints: &[PartyHint]) -> Option<String> {
    const DOCUMENT: [&str; 9] =
        ["运费", "運費", "价格表", "價格表", "报价", "報價", "月结", "账单", "對帳"];
    let mut hints: Vec<&PartyHint> =
        hints.iter().filter(|hint| hint.from != HintFrom::Customer).collect();
    hints.sort_by_key(|hint| hint.from);
    hints.iter().find_map(|hint| {
        let text = hint.text.trim();
        let ends = DOCUMENT.iter().filter_map(|word| text.find(word));
        let digits = text.find(|c: char| c.is_ascii_digit());
        let end = ends.chain(digits).filter(|at| *at > 0).min().unwrap_or(text.len());
        name_in(text[..end].trim())
    })
}

/// Which carrier our log names for each waybill: the best witness of whose
/// bill it is that has them.
struct Votes(FxHashMap<String, Arc<str>>);

impl Votes {
    fn of(sheets: &[Option<Sheet>], carriers: &Parties) -> Self {
        let mut votes = FxHashMap::default();
        for sheet in sheets.iter().flatten() {
            let (Sheet::Log(records) | Sheet::Slips(records)) = sheet else { continue };
            for line in &records.lines {
                let Some(carrier) = &line.carrier else { continue };
                let carrier = carriers.resolve(&carrier.value).party;
                for DocumentNo { text, .. } in &line.waybills {
                    votes.insert(waybill_key(text), Arc::clone(&carrier));
                }
            }
        }
        Self(votes)
    }

    /// Returns the carrier that most of a bill's waybills are of.
    fn carrier(&self, lines: &[BillLine]) -> Option<Arc<str>> {
        let numbers = lines.iter().flat_map(|line| &line.waybills);
        let mut counts: BTreeMap<&Arc<str>, usize> = BTreeMap::new();
        for number in numbers {
            if let Some(carrier) = self.0.get(&waybill_key(&number.text)) {
                *counts.entry(carrier).or_default() += 1;
            }
        }
        let all: usize = counts.values().sum();
        let (carrier, most) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (most * 5 >= all * 3).then(|| Arc::clone(carrier))
    }
}

impl Assembled {
    /// Adds the records of one table.
    fn add(
        &mut self,
        table: &ReadTable,
        sheet: Sheet,
        votes: &Votes,
        period: Option<Period>,
        tariffs: &mut Tariffs,
    ) {
        let (findings, rejected) = sheet.findings();
        // What is wrong with orders and slips is for the check of sales to say.
        let is_ours = !matches!(sheet, Sheet::Orders(_) | Sheet::Slips(_));
        self.findings.extend(findings.iter().filter(|_| is_ours).cloned());
        let party = self.carrier_of(table, &sheet, votes);
        self.uses.push(Use { party: party.clone(), rejected, used: is_ours });
        let id = Arc::clone(&table.table.sheet.id);
        let papers = &mut self.papers;
        match sheet {
            Sheet::Bill(records) => {
                let earlier = is_before(records.period, period);
                let bills = if earlier { &mut papers.earlier } else { &mut papers.bills };
                bills.push(Paper { sheet: id, party, records });
            }
            Sheet::Log(records) => papers.logs.push(Paper { sheet: id, party, records }),
            Sheet::Expenses(records) => papers.expenses.push(Paper { sheet: id, party, records }),
            Sheet::Carried(records) => papers.carried.push(Paper { sheet: id, party, records }),
            Sheet::Settled(records) => papers.settled.push(Paper { sheet: id, party, records }),
            Sheet::Slips(records) => papers.slips.push(Paper { sheet: id, party, records }),
            Sheet::Orders(records) => papers.orders.push(List { sheet: id, rows: records.lines }),
            Sheet::Card(sheet) => self.add_rates(table, &sheet, party, tariffs),
        }
    }

    /// Adds what a table says of rates and of where zones are.
    fn add_rates(
        &mut self,
        table: &ReadTable,
        sheet: &RateSheet,
        party: Option<Arc<str>>,
        tariffs: &mut Tariffs,
    ) {
        let (made, placed) = (card::cards(sheet), card::zones(sheet));
        if made.is_empty() && placed.is_empty() {
            self.findings.push(Finding::of(codes::RATE_CARD_UNREAD).at(table.table.at_start()));
        }
        tariffs.zones.push((party.clone(), placed));
        for (named, mut card) in made {
            let named = named.map(|named| self.carriers.resolve(&named).party);
            card.carrier = named.or_else(|| party.clone()).unwrap_or_default();
            tariffs.cards.push(card);
        }
    }

    /// Returns the carrier a table belongs to as a whole.
    fn carrier_of(&mut self, table: &ReadTable, sheet: &Sheet, votes: &Votes) -> Option<Arc<str>> {
        if let Some(said) = &table.party {
            return Some(self.carriers.resolve(said).party);
        }
        if !matches!(sheet, Sheet::Bill(_) | Sheet::Card(_)) {
            return None;
        }
        if let Sheet::Bill(records) = sheet
            && let Some(carrier) = votes.carrier(&records.lines)
        {
            return Some(carrier);
        }
        let found = self.carriers.of_paper(sheet.hints())?;
        if found.guessed {
            let at = found.at.clone().unwrap_or_else(|| table.table.at_start());
            let finding = Finding::new(codes::PARTY_GUESSED, crate::finding::Severity::Info)
                .at(at)
                .with("found", &found.text)
                .with("taken", &found.party)
                .with("near", "");
            self.findings.push(finding);
        }
        Some(found.party)
    }

    /// A table that says where zones are speaks of the cards of its carrier,
    /// or of all, if it names none.
    fn place_zones(&mut self, zones: &[Zones]) {
        for (carrier, zones) in zones {
            let cards = self.papers.cards.iter_mut();
            let own = cards.filter(|card| carrier.as_ref().is_none_or(|one| *one == card.carrier));
            own.for_each(|card| card::place_zones(card, zones));
        }
    }

    /// A card that names no carrier is the one of the only bill.
    fn one_card_for_all(&mut self) {
        let mut billing: Vec<Arc<str>> =
            self.papers.bills.iter().filter_map(|paper| paper.party.clone()).collect();
        billing.sort();
        billing.dedup();
        let [only] = &billing[..] else { return };
        for card in self.papers.cards.iter_mut().filter(|card| card.carrier.is_empty()) {
            card.carrier = Arc::clone(only);
        }
    }
}
