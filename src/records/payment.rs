//! Payments made, as our register has them.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::DocumentNo;
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
