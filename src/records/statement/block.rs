//! A block of its own on the other party's paper: its list of returns or of
//! payments, below or beside its deliveries. Their paper, so their lines.

use super::super::reader::{Fields, RowReader};
use super::super::surroundings::Surroundings;
use super::super::{
    EntryType, PaymentLine, ReadContext, Records, ReturnLine, money, payments, returns,
};
use super::balances::balances;
use super::columns::MoneyColumns;
use super::{Statement, StatementLine};
use crate::input::table::Table;

/// Reads a table that was taken for a register of returns or payments, but
/// stands in the other party's own workbook, as a part of its statement.
/// `None` for tables of other kinds, and for those that name the party of a
/// row: these are registers of ours.
pub fn statement_block(kind: &str, table: &Table, context: &ReadContext<'_>) -> Option<Statement> {
    match kind {
        "supplier_returns" => {
            let read = returns(table, context);
            let ours = read.lines.iter().any(|line| line.party.is_some());
            (!ours).then(|| block(table, context, read, of_return))
        }
        "payment_register" => {
            let read = payments(table, context);
            let ours = read.lines.iter().any(|line| line.party.is_some());
            (!ours).then(|| block(table, context, read, of_payment))
        }
        _ => None,
    }
}

/// Makes the statement of a block: its lines, and what balances stand by it.
fn block<T>(
    table: &Table,
    context: &ReadContext<'_>,
    read: Records<T>,
    line: fn(T) -> StatementLine,
) -> Statement {
    let around = Surroundings::of(table, context);
    let fields = Fields::default();
    let reader = RowReader::new(table, fields, money::date_hints(&around, context), &[]);
    let columns = MoneyColumns::of(&reader);
    // A total of returns or payments is no balance.
    let found = balances(table, &reader, &columns, &around, || None);
    Statement {
        party_hints: read.party_hints,
        period: read.period,
        cutoff: around.cutoff,
        opening: found.opening,
        closing: found.closing,
        in_words: None,
        tax_included: around.tax_included,
        tax_rate: around.tax_rate,
        currency: around.currency,
        lines: read.lines.into_iter().map(line).collect(),
        told: Vec::new(),
        findings: read.findings,
        body: read.body,
        rejected: read.rejected,
    }
}

fn of_return(line: ReturnLine) -> StatementLine {
    StatementLine {
        party: line.party,
        date: line.date,
        document_nos: line.document_nos,
        other_nos: line.other_nos,
        item: line.item,
        quantity: line.quantity,
        unit: line.unit,
        unit_price: line.unit_price,
        amount_computed: line.amount_computed,
        remark: line.reason.or(line.remark),
        ..StatementLine::bare(line.entry_type, line.amount, &line.at)
    }
}

fn of_payment(line: PaymentLine) -> StatementLine {
    StatementLine {
        party: line.party,
        date: line.date,
        document_nos: line.document_nos,
        other_nos: line.other_nos,
        remark: line.remark.or(line.method),
        ..StatementLine::bare(EntryType::Payment, line.amount, &line.at)
    }
}
