//! What is wrong or doubtful in the books.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::books::Sorted;
use super::keys::Keyed;
use super::{Balance, KeySheet};
use crate::engine::stock::documents::{Filed, Repeat, gaps, repeated};
use crate::engine::stock::items::{ItemId, Items};
use crate::engine::stock::roll::Rolled;
use crate::finding::{Finding, codes};
use crate::location::{Location, SheetId};
use crate::records::stock::{MovementClass, MovementLine};

/// More places than these tell nothing more.
const RELATED: usize = 20;

/// Says which codes lost their leading zeros: once for each sheet, at the
/// first of them; and which lines an export repeated.
pub(super) fn codes(sorted: &Sorted<'_>, items: &Items) -> Vec<Finding> {
    let mut findings = lost_zeros(sorted, items);
    let repeats = sorted.closing.iter().chain(&sorted.earlier);
    for line in repeats.flat_map(|table| &table.records.lines) {
        if let Some(first) = &line.repeats {
            let name = line.item.code.as_deref().or(line.item.name.as_deref());
            let finding = Finding::of(codes::REPEATED_LINE)
                .with("item", name.unwrap_or_default())
                .at(line.at.clone())
                .related(first.clone());
            findings.push(finding);
        }
    }
    findings
}

/// What one sheet lost of its codes.
struct Lost {
    found: String,
    taken: String,
    codes: FxHashSet<String>,
    places: Vec<Location>,
}

fn lost_zeros(sorted: &Sorted<'_>, items: &Items) -> Vec<Finding> {
    let tables = sorted.closing.iter().chain(&sorted.earlier);
    let tables = tables.flat_map(|table| &table.records.lines);
    let tables = tables.map(|line| (&line.item, &line.item_at));
    let moved = sorted.moves().map(|line| (&line.item, &line.at));
    let counted = sorted.count_lines().map(|line| (&line.item, &line.at));
    let mut sheets: Vec<Lost> = Vec::new();
    let mut known: FxHashMap<&SheetId, usize> = FxHashMap::default();
    for (item, at) in tables.chain(moved).chain(counted) {
        let (Some(taken), Some(code)) = (items.restored(item), &item.code) else { continue };
        let sheet = *known.entry(&*at.sheet).or_insert_with(|| {
            let (found, taken) = (code.to_string(), taken.to_string());
            let (codes, places) = (FxHashSet::default(), Vec::new());
            sheets.push(Lost { found, taken, codes, places });
            sheets.len() - 1
        });
        if sheets[sheet].codes.insert(taken.to_string()) && sheets[sheet].places.len() <= RELATED {
            sheets[sheet].places.push(at.clone());
        }
    }
    let finding = |lost: Lost| {
        let mut finding = Finding::of(codes::LEADING_ZEROS_LOST)
            .with("found", lost.found)
            .with("taken", lost.taken)
            .with("count", lost.codes.len());
        let mut places = lost.places.into_iter();
        finding.at = places.next();
        finding.related.extend(places);
        finding
    };
    sheets.into_iter().map(finding).collect()
}

/// Says where a stock fell below nought: at the movement that made it so; at
/// the table's own cell where no movement did.
pub(super) fn negative(
    items: &Items,
    keyed: &Keyed<'_>,
    sheet: &KeySheet<'_>,
    rolled: &Rolled,
    balance: &Balance,
) -> Vec<Finding> {
    let below = |stock: &Decimal| stock.is_sign_negative() && !stock.is_zero();
    let finding = |stock: Decimal, at: Location| {
        Finding::of(codes::NEGATIVE_STOCK)
            .with("item", items.name(balance.item))
            .with("found", stock.normalize())
            .at(at)
    };
    let rows = || balance.table_rows.iter().take(RELATED).cloned();
    let mut findings = Vec::new();
    for (movement, stock) in &rolled.negatives {
        let mut finding = finding(*stock, keyed.moves[*movement].at.clone());
        finding.related.extend(rows());
        findings.push(finding);
    }
    let stated = sheet.lines.iter().filter_map(|line| {
        let closing = line.figures.closing.filter(below)?;
        Some((closing, line.at.clone()))
    });
    if rolled.negatives.is_empty() {
        findings.extend(stated.map(|(closing, at)| finding(closing, at)));
        if findings.is_empty() && below(&rolled.closing) {
            findings.extend(rows().next().map(|at| finding(rolled.closing, at)));
        }
    }
    if rolled.overflowed {
        let at = rows().next().or_else(|| keyed.moves.first().map(|line| line.at.clone()));
        let finding = Finding::of(codes::BAD_NUMBER)
            .with("found", items.name(balance.item))
            .with("why", "too-long");
        findings.extend(at.map(|at| finding.at(at)));
    }
    findings
}

/// Says where the table's closing is not ours, and which of its own columns
/// tells why.
pub(super) fn mismatch(
    items: &Items,
    sheet: &KeySheet<'_>,
    rolled: &Rolled,
    balance: &Balance,
) -> Option<Finding> {
    let difference = balance.difference.filter(|difference| !difference.is_zero())?;
    let line = sheet.lines.first()?;
    let received = sheet.sum(|line| line.figures.received);
    let issued = sheet.sum(|line| line.figures.issued);
    let differs =
        |stated: Option<Decimal>, ours: Decimal| stated.is_some_and(|stated| stated != ours);
    // Adjustments stand in the table's own columns of goods in and out, unless
    // they have one.
    let apart = sheet.sum(|line| line.figures.adjusted).is_some();
    let adjusted = if apart { Decimal::ZERO } else { rolled.adjusted };
    let came = rolled.received.saturating_add(adjusted.max(Decimal::ZERO));
    let went = rolled.issued.saturating_sub(adjusted.min(Decimal::ZERO));
    let came_differs = differs(received, rolled.received) && differs(received, came);
    let went_differs = differs(issued, rolled.issued) && differs(issued, went);
    let why = match (came_differs, went_differs) {
        _ if sheet.opening_clamped => "more-came",
        _ if balance.on_table_day.is_some() => "later",
        (false, false) if received.is_some() && issued.is_some() => "own-figures",
        (false, false) => "plain",
        (true, false) => "received",
        (false, true) => "issued",
        (true, true) => "both",
    };
    let mut finding = Finding::of(codes::TABLE_MISMATCH)
        .with("item", items.name(balance.item))
        .with("found", balance.table_closing.unwrap_or_default().normalize())
        .with("expected", balance.on_table_day.unwrap_or(balance.closing).normalize())
        .with("difference", difference.normalize())
        .with("why", why)
        .with("stated_in", received.unwrap_or_default().normalize())
        .with("moved_in", rolled.received.normalize())
        .with("stated_out", issued.unwrap_or_default().normalize())
        .with("moved_out", rolled.issued.normalize())
        .at(line.at.clone());
    finding.related.extend(sheet.lines.iter().skip(1).take(RELATED).map(|line| line.at.clone()));
    Some(finding)
}

/// Says where an opening is not what the papers before it closed with.
pub(super) fn openings(items: &Items, keyed: &Keyed<'_>) -> Vec<Finding> {
    let finding = |item: ItemId, found: Decimal, expected: Decimal, at: Location| {
        Finding::of(codes::OPENING_MISMATCH)
            .with("party", items.name(item))
            .with("found", found.normalize())
            .with("expected", expected.normalize())
            .with("difference", found.saturating_sub(expected).normalize())
            .at(at)
    };
    let tables = keyed.openings.iter().map(|(item, line, closing)| {
        let found = line.figures.opening.unwrap_or_default();
        finding(*item, found, *closing, line.at.clone())
    });
    let rows = keyed.sheets.iter().filter_map(|sheet| {
        let (stated, at) = sheet.opening_rows.as_ref()?;
        let line = sheet.lines.first()?;
        let item = items.id(&line.item)?;
        (*stated != sheet.opening).then(|| finding(item, *stated, sheet.opening, at.clone()))
    });
    tables.chain(rows).collect()
}

/// Says which items move but are in no stock table.
pub(super) fn unknown_items(items: &Items, keyed: &Keyed<'_>) -> Vec<Finding> {
    let finding = |(item, at): &(ItemId, usize)| {
        Finding::of(codes::ITEM_UNKNOWN)
            .with("item", items.name(*item))
            .at(keyed.moves[*at].at.clone())
    };
    keyed.unknown.iter().map(finding).collect()
}

/// Checks the numbers of documents of the ledgers.
pub(super) fn documents(sorted: &Sorted<'_>, items: &Items) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut lines: Vec<&MovementLine> = Vec::new();
    let mut filed: Vec<Filed<'_>> = Vec::new();
    for (sheet, paper) in sorted.ledgers.iter().enumerate() {
        let mut told: FxHashSet<u32> = FxHashSet::default();
        for line in &paper.records.lines {
            if line.class == MovementClass::Opening {
                continue;
            }
            let Some(number) = &line.document_no else {
                if paper.has_documents && told.insert(line.at.cell.row) {
                    let item = items.id(&line.item).map(|id| items.name(id));
                    let finding = Finding::of(codes::MOVEMENT_WITHOUT_DOCUMENT)
                        .with("item", item.unwrap_or_default())
                        .with("quantity", line.quantity.normalize())
                        .at(line.at.clone());
                    findings.push(finding);
                }
                continue;
            };
            filed.push(Filed {
                number: &number.text,
                day: line.moment.map(|moment| moment.day),
                class: line.class,
                item: items.id(&line.item).unwrap_or(usize::MAX),
                quantity: line.quantity,
                party: line.party.as_deref(),
                row: ((sheet as u64) << 33) + u64::from(line.at.cell.row),
                movement: lines.len(),
            });
            lines.push(line);
        }
    }
    for found in repeated(&filed) {
        let (line, first) = (lines[found.movement], lines[found.first]);
        let number = line.document_no.as_ref().map(|number| number.text.as_ref());
        let why = match found.why {
            Repeat::OtherDay => "other-day",
            Repeat::OtherKind => "other-kind",
            Repeat::OtherParty => "other-party",
            Repeat::Again => "again",
        };
        let finding = Finding::of(codes::DOCUMENT_NO_REPEATED)
            .with("found", number.unwrap_or_default())
            .with("why", why)
            .at(line.at.clone())
            .related(first.at.clone());
        findings.push(finding);
    }
    let numbers: Vec<&str> = filed.iter().map(|filed| filed.number).collect();
    for gap in gaps(&numbers) {
        let finding = Finding::of(codes::DOCUMENT_NO_GAP)
            .with("missing", gap.missing.join(", "))
            .with("count", gap.count)
            .at(lines[filed[gap.behind].movement].at.clone());
        findings.push(finding);
    }
    findings
}

/// What a running balance is of: item, warehouse, batch.
type Shelf<'a> = (Option<ItemId>, Option<&'a str>, Option<&'a str>);

/// Checks the balance that a ledger writes behind every movement, item by
/// item in the order of its rows, if nearly all of them follow.
pub(super) fn running_balances(sorted: &Sorted<'_>, items: &Items) -> Vec<Finding> {
    let mut findings = Vec::new();
    for paper in &sorted.ledgers {
        let mut last: FxHashMap<Shelf<'_>, Decimal> = FxHashMap::default();
        let (mut hits, mut breaks) = (0_usize, Vec::new());
        for line in &paper.records.lines {
            let Some(balance) = line.balance else { continue };
            let key = (items.id(&line.item), line.warehouse.as_deref(), line.batch.as_deref());
            let before = last.insert(key, balance);
            let Some(expected) = before.and_then(|before| before.checked_add(line.quantity)) else {
                continue;
            };
            if expected == balance {
                hits += 1;
            } else if line.class != MovementClass::Opening {
                breaks.push((line, balance, expected));
            }
        }
        // One item alone is checked where tables are found.
        if last.len() < 2 || breaks.len() * 4 > hits {
            continue;
        }
        for (line, balance, expected) in breaks {
            let finding = Finding::of(codes::BALANCE_BREAK)
                .with("found", balance.normalize())
                .with("expected", expected.normalize())
                .with("difference", balance.saturating_sub(expected).normalize())
                .at(line.at.clone());
            findings.push(finding);
        }
    }
    findings
}
