//! Records → entries: the one form in which the matcher sees both sides.

use std::sync::Arc;

use crate::engine::entry::{Entry, EntryType};
use crate::location::Located;
use crate::records::{
    DocumentNo, Item, OpenItem, PaymentLine, ReceiptLine, ReturnLine, SettledItem, StatementLine,
};

/// Finds the one name of a party for the name a row writes.
pub(super) type Resolve<'a> = &'a dyn Fn(&str) -> Arc<str>;

/// Returns the party of a row: the one it names, else its paper's.
pub(super) fn party_of(
    row: Option<&Located<Arc<str>>>,
    paper: Option<&Arc<str>>,
    resolve: Resolve<'_>,
) -> Arc<str> {
    match (row, paper) {
        (Some(name), _) => resolve(&name.value),
        (None, Some(party)) => Arc::clone(party),
        (None, None) => Arc::from(""),
    }
}

fn texts(numbers: &[DocumentNo]) -> Vec<Arc<str>> {
    numbers.iter().map(|number| Arc::clone(&number.text)).collect()
}

fn with_item(mut entry: Entry, item: &Item) -> Entry {
    entry.item_code.clone_from(&item.code);
    entry.item = item.text();
    entry.goods.clone_from(&item.goods);
    entry
}

pub(super) fn of_statement(line: &StatementLine, party: Arc<str>) -> Entry {
    let entry = Entry {
        document_nos: line.document_nos.clone(),
        other_nos: texts(&line.other_nos),
        quantity: line.quantity,
        unit: line.unit.clone(),
        pack_factor: line.pack_factor,
        unit_price: line.unit_price,
        tax_rate: line.tax_rate,
        tax_included: line.tax_included,
        date: line.date,
        remark: line.remark.clone(),
        ..Entry::bare(party, line.entry_type, line.amount, &line.at)
    };
    with_item(entry, &line.item)
}

/// Makes the entry of a line of our own ledger; one without a quantity speaks
/// of a note, not of its goods.
pub(super) fn of_ledger(line: &StatementLine, party: Arc<str>) -> Entry {
    let mut entry = of_statement(line, party);
    if entry.quantity.is_none() && entry.item_code.is_none() {
        entry.goods = Some(Arc::from(""));
    }
    entry
}

pub(super) fn of_receipt(line: &ReceiptLine, party: Arc<str>) -> Entry {
    let taken_back = line.amount.is_sign_negative() && !line.amount.is_zero();
    let entry_type = match (line.charge, taken_back) {
        (true, _) => EntryType::Charge,
        (false, true) => EntryType::Return,
        (false, false) => EntryType::Goods,
    };
    let receipt_no = line.receipt_no.iter().map(|number| Arc::clone(&number.text));
    let entry = Entry {
        document_nos: line.document_nos.clone(),
        other_nos: receipt_no.chain(texts(&line.other_nos)).collect(),
        quantity: line.quantity,
        unit: line.unit.clone(),
        pack_factor: line.pack_factor,
        unit_price: line.unit_price,
        tax_rate: line.tax_rate,
        tax_included: line.tax_included,
        date: line.date,
        remark: line.remark.clone(),
        ..Entry::bare(party, entry_type, line.amount, &line.at)
    };
    with_item(entry, &line.item)
}

pub(super) fn of_return(line: &ReturnLine, party: Arc<str>) -> Entry {
    let entry = Entry {
        document_nos: line.document_nos.clone(),
        other_nos: texts(&line.other_nos),
        quantity: line.quantity,
        unit: line.unit.clone(),
        unit_price: line.unit_price,
        date: line.date,
        remark: line.reason.clone().or_else(|| line.remark.clone()),
        ..Entry::bare(party, line.entry_type, line.amount, &line.at)
    };
    with_item(entry, &line.item)
}

pub(super) fn of_payment(line: &PaymentLine, party: Arc<str>) -> Entry {
    Entry {
        document_nos: line.document_nos.clone(),
        other_nos: texts(&line.other_nos),
        date: line.date,
        remark: line.remark.clone().or_else(|| line.method.clone()),
        ..Entry::bare(party, EntryType::Payment, line.amount, &line.at)
    }
}

pub(super) fn of_open_item(line: &OpenItem, party: Arc<str>) -> Entry {
    let entry = Entry {
        document_nos: line.document_nos.clone(),
        other_nos: texts(&line.other_nos),
        quantity: line.quantity,
        unit: line.unit.clone(),
        unit_price: line.unit_price,
        date: line.date,
        remark: line.remark.clone().or_else(|| line.status.clone()),
        ..Entry::bare(party, line.entry_type, line.amount, &line.at)
    };
    with_item(entry, &line.item)
}

pub(super) fn of_settled(line: &SettledItem, party: Arc<str>) -> Entry {
    let amount = line.amount.unwrap_or_default();
    let entry_type = match amount.is_sign_negative() {
        true if line.quantity.is_none() => EntryType::Payment,
        true => EntryType::Return,
        false => EntryType::Goods,
    };
    let entry = Entry {
        document_nos: line.document_nos.clone(),
        quantity: line.quantity,
        date: line.date,
        ..Entry::bare(party, entry_type, amount, &line.at)
    };
    with_item(entry, &line.item)
}
