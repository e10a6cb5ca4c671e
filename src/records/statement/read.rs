//! A statement's table → its balances; of each row a line, or several.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::charges;
use super::super::classify::{Named, Naming, by_label, is_lowered, may_be_goods};
use super::super::money::{Basis, amount_computed, date_hints, product};
use super::super::reader::{Fields, Figure, RowReader};
use super::super::receipt::Form;
use super::super::surroundings::{Surroundings, currency_in};
use super::super::{DocumentNo, EntryType, Item, ReadContext};
use super::balances::{self, balances};
use super::columns::{Amount, Counted, MoneyColumns, Printed, by_balance, by_total};
use super::finish::finished;
use super::form::{document_nos, note_form};
use super::told::told;
use super::{Statement, StatementLine};
use crate::finding::{Finding, codes};
use crate::input::table::{Column, Table};
use crate::location::{Located, Location};

const FIELDS: Fields = Fields {
    dates: &["doc_date"],
    ids: &["delivery_note_no", "item_code", "po_no", "order_no", "invoice_no", "receipt_no"],
    rates: &["tax_rate"],
};

/// Reads a statement.
pub fn statement(table: &Table, context: &ReadContext<'_>) -> Statement {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let money = MoneyColumns::of(&reader);
    let beside = money.amounts.first().is_some_and(|amount| amount.plus.is_some());
    let basis = Basis::of(&reader, &around, money.main_field(), beside, "qty");
    let mut rows = Vec::with_capacity(reader.rows().len());
    let mut naming = Naming::default();
    let form = note_form(table, &reader, date_hints(&around, context));
    while reader.advance() {
        read_row(&mut reader, &mut naming, &money, (&basis, &form), &mut rows);
    }
    let header = |amount: &Amount| reader.column(amount.field).map(written_header);
    let currency = money.amounts.iter().filter_map(header).find_map(|text| currency_in(&text));
    let opening = balances::opening(table, &reader, &money, &around);
    settle_doubtful(table, &reader, &money, opening.as_ref(), &mut rows);
    let lines: Vec<StatementLine> =
        rows.into_iter().map(|row| finished(row.line, &around)).collect();
    let moved = || sum(lines.iter().map(|line| line.amount));
    let found = balances(table, &reader, &money, &around, moved);
    let mut rest = reader.finish();
    rest.findings.extend(words_differ(&found));
    Statement {
        party_hints: around.party_hints,
        period: around.period,
        cutoff: around.cutoff,
        opening: found.opening,
        closing: found.closing,
        in_words: found.in_words,
        tax_included: basis.tax_included,
        tax_rate: basis.tax_rate,
        currency: around.currency.or(currency),
        lines,
        told: told(table),
        findings: rest.findings,
        body: rest.body,
        rejected: rest.rejected,
    }
}

/// A line that was read, and what is not settled about it yet.
struct ReadRow {
    line: StatementLine,
    /// The field its amount was printed in.
    field: &'static str,
    /// Printed positive among the goods, but called something that lowers the
    /// balance; and what the running balance says of it.
    doubt: Option<Option<Counted>>,
    /// Whether the word that calls it a payment (货款) names goods as well.
    may_be_goods: bool,
    /// Whether the word that calls it so stands in a place of its own, not in
    /// the text of the item.
    by_type: bool,
    /// Whether its label says that it is taken off (减：次品).
    lowered: bool,
}

/// What the cells of a row say, whatever its amounts.
struct Common {
    party: Option<Located<Arc<str>>>,
    date: Option<NaiveDate>,
    document_nos: Vec<DocumentNo>,
    other_nos: Vec<DocumentNo>,
    item: Item,
    /// What the words of the document's kind, of the item, of the remark and
    /// of the cell of its number say that the line is.
    named: [Named; 4],
    /// Whether it stands below the sum, under a label of its own.
    summary: bool,
    /// Whether that label says that it is taken off.
    lowered: bool,
    /// Whether the item's word for a payment names goods as well.
    may_be_goods: bool,
    quantity: Option<Figure>,
    unit: Option<Arc<str>>,
    pack_factor: Option<Decimal>,
    unit_price: Option<Decimal>,
    tax_rate: Option<Decimal>,
    balance: Option<Decimal>,
    remark: Option<Arc<str>>,
}

fn read_common(
    reader: &mut RowReader<'_>,
    naming: &mut Naming,
    basis: &Basis,
    form: &Form,
) -> Common {
    let (mut document_nos, bare, kind_word) = document_nos(reader);
    if document_nos.is_empty() && !reader.is_below_sum() {
        document_nos.clone_from(&form.document_nos);
    }
    let mut other_nos = bare;
    for field in ["po_no", "order_no", "invoice_no", "receipt_no"] {
        other_nos.extend(reader.ids(field));
    }
    // A label may stand in any column, and is no figure of it (税13%).
    let mut is_label = |reader: &mut RowReader<'_>, field| {
        let lead = reader.lead();
        let stands_there = reader.text(field) == lead;
        stands_there && (reader.is_below_sum() || naming.of(lead.as_ref()).entry_type.is_some())
    };
    let quantity = if is_label(reader, "qty") { None } else { reader.decimal("qty") };
    let priced = !is_label(reader, "unit_price");
    let (mut item, remark) = (reader.item(), reader.text("remark"));
    let number = reader.text("delivery_note_no");
    let named = [kind_word.as_ref(), item.name.as_ref(), remark.as_ref(), number.as_ref()];
    let mut named = named.map(|text| naming.of(text));
    if named[0].entry_type.is_none() {
        named[0] = naming.of_loose(reader.loose_texts());
    }
    let is_bare = document_nos.is_empty() && item.text().is_none() && item.code.is_none();
    let label = reader.lead().filter(|_| is_bare);
    let leads_to_balance = document_nos.is_empty() && quantity.is_none() && reader.is_below_sum();
    let summary = label.clone().filter(|_| leads_to_balance);
    if named.iter().all(|named| named.entry_type.is_none()) {
        // A line of a summary (本月收款) begins wherever the table does.
        named[0] = naming.of(label.as_ref());
        named[0].entry_type = named[0].entry_type.or_else(|| summary.as_deref().map(by_label));
        if named[0].entry_type.is_some() {
            item.name = item.name.or(label);
        }
    }
    // A label where the day should be is none (营业税 5%).
    let is_label = item.name.is_some() && reader.text("doc_date") == item.name;
    let date = if is_label { None } else { reader.date("doc_date") }.or(form.date);
    let unit_price = if priced { basis.of_one(reader.decimal("unit_price")) } else { None };
    Common {
        party: reader.located_text("supplier"),
        date,
        document_nos,
        other_nos,
        summary: leads_to_balance,
        lowered: summary.is_some_and(|label| is_lowered(&label)),
        may_be_goods: item.name.as_deref().is_some_and(may_be_goods),
        item,
        named,
        unit: reader.unit("qty", quantity.as_ref()),
        quantity,
        pack_factor: reader.pack_factor(),
        unit_price: unit_price.map(|price| price.value),
        tax_rate: reader.rate("tax_rate"),
        balance: reader.decimal("balance").map(|balance| balance.value),
        remark,
    }
}

fn read_row(
    reader: &mut RowReader<'_>,
    naming: &mut Naming,
    money: &MoneyColumns,
    (basis, form): (&Basis, &Form),
    rows: &mut Vec<ReadRow>,
) {
    let common = read_common(reader, naming, basis, form);
    let before = rows.last().and_then(|row| row.line.balance);
    let found_before = rows.len();
    if let Some(own) = own_amount(reader, money, &common) {
        rows.push(main_line(&common, basis, own, before));
    }
    for own in &money.own {
        let Some(figure) = reader.decimal(own.field) else { continue };
        if figure.value.is_zero() {
            continue;
        }
        let amount = if own.negative { figure.value } else { -figure.value };
        let entry_type = own_type(own.entry_type, &common, amount);
        let mut line = line(&common, basis, entry_type, amount, figure.at);
        if own.entry_type != EntryType::Return || rows.len() > found_before {
            // The goods of the row are not what was paid or taken off.
            (line.quantity, line.unit_price) = (None, None);
        }
        if amount.is_sign_negative() {
            line.quantity = line.quantity.map(|quantity| -quantity.abs());
        }
        let doubt = None;
        rows.push(ReadRow {
            line,
            field: own.field,
            doubt,
            may_be_goods: false,
            by_type: false,
            lowered: false,
        });
    }
    for &field in &money.charges {
        let Some((item, figure)) = charges::charge(reader, field) else { continue };
        let mut line = line(&common, basis, EntryType::Charge, figure.value, figure.at);
        (line.item, line.quantity, line.unit_price) = (item, None, None);
        rows.push(ReadRow {
            line,
            field,
            doubt: None,
            may_be_goods: false,
            by_type: false,
            lowered: false,
        });
    }
    if rows.len() == found_before {
        reader.reject("no-amount", money.main_field());
    }
}

/// What stands in a column for payments may be another credit by its words (a
/// credit note, a rebate).
fn own_type(column: EntryType, common: &Common, amount: Decimal) -> EntryType {
    use EntryType::{Deduction, Discount, Payment, Return};
    let named = common.named.iter().find_map(|named| named.entry_type);
    match (column, named) {
        (Payment, Some(named @ (Return | Deduction | Discount))) if amount.is_sign_negative() => {
            named
        }
        _ => column,
    }
}

/// The amount of a row itself.
struct OwnAmount {
    /// As printed.
    printed: Decimal,
    /// By its effect, as the column has it.
    amount: Decimal,
    field: &'static str,
    lowers: bool,
    computed: bool,
    at: Location,
}

/// Reads the amount of a row; a missing one is quantity × price. A zero counts
/// only where nothing else moves the balance.
fn own_amount(
    reader: &mut RowReader<'_>,
    money: &MoneyColumns,
    common: &Common,
) -> Option<OwnAmount> {
    let mut zero = None;
    for column in &money.amounts {
        let Some(figure) = reader.decimal(column.field) else { continue };
        let plus = column.plus.and_then(|plus| reader.decimal(plus));
        let printed = match plus {
            Some(plus) => figure.value.checked_add(plus.value)?,
            None => figure.value,
        };
        let found = OwnAmount {
            printed,
            amount: if column.lowers { -printed } else { printed },
            field: column.field,
            lowers: column.lowers,
            computed: false,
            at: figure.at,
        };
        if !printed.is_zero() {
            return Some(found);
        }
        zero.get_or_insert(found);
    }
    let has_own = money
        .own
        .iter()
        .any(|own| reader.peek(reader.row(), own.field).is_some_and(|figure| !figure.is_zero()));
    if has_own {
        return None;
    }
    zero.or_else(|| computed(reader, money, common))
}

/// Returns a column's header with the unit that stands in it.
fn written_header(column: &Column) -> String {
    format!("{} {}", column.header, column.unit.as_deref().unwrap_or_default())
}

/// Quantity × price, where the paper leaves the amount out. Said, as every
/// figure that is not the paper's own.
fn computed(
    reader: &mut RowReader<'_>,
    money: &MoneyColumns,
    common: &Common,
) -> Option<OwnAmount> {
    let (quantity, price) = (common.quantity.as_ref()?, common.unit_price?);
    let field = money.main_field();
    let product = product(quantity.value, price)?;
    let at = reader.at(field);
    reader.find(amount_computed(quantity.value, price, product, at.clone()));
    Some(OwnAmount { printed: product, amount: product, field, lowers: false, computed: true, at })
}

/// Makes the line of a row's own amount.
fn main_line(common: &Common, basis: &Basis, own: OwnAmount, before: Option<Decimal>) -> ReadRow {
    let (entry_type, named) = entry_type(common, &own);
    let mut line = line(common, basis, entry_type, own.amount, own.at);
    line.amount_computed = own.computed;
    let lowers = common.lowered
        || matches!(
            entry_type,
            EntryType::Return | EntryType::Deduction | EntryType::Payment | EntryType::Discount
        );
    let printed_up = own.amount.is_sign_positive() && !own.amount.is_zero() && !own.lowers;
    let doubtful = named && lowers && printed_up;
    let doubt = doubtful.then(|| by_balance(common.balance, before, own.printed));
    if lowers && line.amount.is_sign_negative() {
        line.quantity = line.quantity.map(|quantity| -quantity.abs());
    }
    let may_be_goods = entry_type == EntryType::Payment && common.may_be_goods;
    let by_type = common.named[0].entry_type == Some(entry_type);
    ReadRow { line, field: own.field, doubt, may_be_goods, by_type, lowered: common.lowered }
}

/// Returns what a line is, and whether its words say so.
fn entry_type(common: &Common, own: &OwnAmount) -> (EntryType, bool) {
    let negative = own.amount.is_sign_negative() && !own.amount.is_zero();
    let [kind, name, remark, number] = common.named;
    if common.quantity.as_ref().is_some_and(|quantity| !quantity.value.is_zero()) {
        if [kind, name, remark].iter().any(|n| n.beside_quantity == Some(EntryType::Return)) {
            return (EntryType::Return, true);
        }
        return match kind.entry_type.or(name.beside_quantity) {
            Some(EntryType::Payment | EntryType::Adjustment) | None => {
                (if negative { EntryType::Return } else { EntryType::Goods }, false)
            }
            Some(named) => (named, true),
        };
    }
    if let Some(named) = [kind, name, remark, number].iter().find_map(|named| named.entry_type) {
        // Their debit note in the column of what is owed to them is a charge.
        let charged = named == EntryType::Deduction && own.field == "debit" && !own.lowers;
        let charged = charged && own.amount > Decimal::ZERO;
        return if charged { (EntryType::Charge, true) } else { (named, true) };
    }
    let unnamed = match (own.lowers, negative) {
        // What stands in the column of credits without a word is money.
        (true, true) => EntryType::Payment,
        (false, false) => EntryType::Goods,
        (true, false) | (false, true) => EntryType::Adjustment,
    };
    (unnamed, false)
}

fn line(
    common: &Common,
    basis: &Basis,
    entry_type: EntryType,
    amount: Decimal,
    at: Location,
) -> StatementLine {
    StatementLine {
        party: common.party.clone(),
        entry_type,
        date: common.date,
        document_nos: common.document_nos.clone(),
        other_nos: common.other_nos.clone(),
        item: common.item.clone(),
        quantity: common.quantity.as_ref().map(|quantity| quantity.value),
        unit: common.unit.clone(),
        pack_factor: common.pack_factor,
        unit_price: basis.price(common.unit_price, common.tax_rate),
        amount,
        amount_computed: false,
        tax_rate: common.tax_rate.or(basis.tax_rate),
        tax_included: basis.tax_included,
        balance: common.balance,
        remark: common.remark.clone(),
        summary: common.summary,
        at,
    }
}

/// Settles the lines that are printed positive and called something that
/// lowers the balance: as the running balance counts them, else as the total
/// or the closing balance does. Where the paper says neither, a payment lowers
/// the balance unless the paper has another place or another sign for
/// payments, so does what a column of types calls a return, and anything else
/// stays as it is printed.
fn settle_doubtful(
    table: &Table,
    reader: &RowReader<'_>,
    money: &MoneyColumns,
    opening: Option<&Located<Decimal>>,
    rows: &mut [ReadRow],
) {
    // Without goods among them they are a block of what is taken off, and its
    // total says nothing of signs.
    let block = rows.iter().all(|row| row.doubt.is_some());
    let total = if block { Some(Counted::Subtracted) } else { None }
        .or_else(|| told_by_sums(table, reader, money, opening, rows));
    let paid_elsewhere = rows.iter().any(|row| {
        let paid = row.line.entry_type == EntryType::Payment && row.doubt.is_none();
        paid && row.line.amount.is_sign_negative()
    });
    for row in rows.iter_mut() {
        let Some(by_balance) = row.doubt else { continue };
        let counted = by_balance.or(total).unwrap_or(match row.line.entry_type {
            EntryType::Payment if !(row.may_be_goods && paid_elsewhere) => Counted::Subtracted,
            EntryType::Return if row.by_type => Counted::Subtracted,
            _ if row.lowered => Counted::Subtracted,
            _ => Counted::Added,
        });
        if counted == Counted::Subtracted {
            row.line.amount = -row.line.amount;
            row.line.quantity = row.line.quantity.map(|quantity| -quantity.abs());
        } else if row.may_be_goods {
            row.line.entry_type = EntryType::Goods;
        }
    }
}

/// How the paper's totals count the lines that are in doubt.
fn told_by_sums(
    table: &Table,
    reader: &RowReader<'_>,
    money: &MoneyColumns,
    opening: Option<&Located<Decimal>>,
    rows: &[ReadRow],
) -> Option<Counted> {
    let field = money.main_field();
    let amount = |row: &ReadRow| row.line.amount;
    let of_field = || rows.iter().filter(|row| row.field == field);
    let doubtful = sum(of_field().filter(|row| row.doubt == Some(None)).map(amount))?;
    if doubtful.is_zero() {
        return None;
    }
    let printed = Printed {
        field,
        opening: opening.map_or(Decimal::ZERO, |opening| opening.value),
        main: sum(of_field().map(amount))?,
        all: sum(rows.iter().map(amount))?,
    };
    by_total(table, reader, &printed, doubtful)
}

/// The amount in words is the closing balance, or the paper errs.
fn words_differ(found: &balances::Balances) -> Option<Finding> {
    let (words, closing) = (found.in_words.as_ref()?, found.closing.as_ref()?);
    (words.value != closing.value).then(|| {
        Finding::of(codes::WORDS_MISMATCH)
            .with("found", words.value)
            .with("expected", closing.value)
            .at(words.at.clone())
            .related(closing.at.clone())
    })
}

fn sum(amounts: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    amounts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}
