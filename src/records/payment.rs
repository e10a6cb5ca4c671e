//! Payments made, as our register has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::{date_hints, prints_negative};
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, ReadContext, Records};
use crate::input::table::Table;
use crate::location::{Located, Location};

/// One payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLine {
    /// Who was paid, as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// Transaction and voucher numbers.
    pub document_nos: Vec<DocumentNo>,
    /// Purchase orders and invoices it is for.
    pub other_nos: Vec<DocumentNo>,
    /// The amount by its effect on the balance: negative.
    pub amount: Decimal,
    /// The month it pays, as written.
    pub for_period: Option<Arc<str>>,
    /// What it is for (货款, 定金, 运费), as written.
    pub pay_type: Option<Arc<str>>,
    /// How it was paid, as written.
    pub method: Option<Arc<str>>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The cell of its amount.
    pub at: Location,
}

const FIELDS: Fields =
    Fields { dates: &["pay_date"], ids: &["txn_no", "po_no", "invoice_no"], rates: &[] };

/// The column of the amounts.
const AMOUNT: &str = "amount";

/// Reads the register of payments.
pub fn payments(table: &Table, context: &ReadContext<'_>) -> Records<PaymentLine> {
    let around = Surroundings::of(table, context);
    let reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let negative = prints_negative(&reader, AMOUNT);
    reader.records(around, ("no-amount", AMOUNT), |reader| payment(reader, negative))
}

/// Returns who is paid; of money that comes in, who pays it.
fn party(reader: &mut RowReader<'_>) -> Option<Located<Arc<str>>> {
    ["payee", "supplier", "customer"].into_iter().find_map(|field| reader.located_text(field))
}

fn payment(reader: &mut RowReader<'_>, negative: bool) -> Option<PaymentLine> {
    let amount = reader.decimal(AMOUNT)?;
    let mut other_nos = reader.ids("po_no");
    other_nos.extend(reader.ids("invoice_no"));
    Some(PaymentLine {
        party: party(reader),
        date: reader.date("pay_date"),
        document_nos: reader.ids("txn_no"),
        other_nos,
        amount: if negative { amount.value } else { -amount.value },
        for_period: reader.text("statement_period"),
        pay_type: reader.text("pay_type"),
        method: reader.text("method"),
        remark: reader.text("remark"),
        at: amount.at,
    })
}
