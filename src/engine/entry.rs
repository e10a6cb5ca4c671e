//! One line of either side's paper, as every cross-check sees it.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::location::Location;
pub use crate::records::{DocumentNo, EntryType};

/// One line of a statement, a receipt, a return, a payment, an open item.
///
/// `amount` carries its effect on the balance: goods and charges positive;
/// returns, deductions, discounts and payments negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The other party, one name for all its spellings.
    pub party: Arc<str>,
    /// What the line is.
    pub entry_type: EntryType,
    /// The numbers the line is known by on both sides' papers, best first
    /// (several in one cell: several here). Usually the delivery note.
    pub document_nos: Vec<DocumentNo>,
    /// Numbers that only one side knows (its own receipt number, the purchase
    /// order): evidence, never a key of its own.
    pub other_nos: Vec<Arc<str>>,
    /// The item code, verbatim.
    pub item_code: Option<Arc<str>>,
    /// Name, specification, colour: whatever describes the item, as one text.
    pub item: Option<Arc<str>>,
    /// What names the goods in `item`, where that says more (退货, how many).
    pub goods: Option<Arc<str>>,
    /// Quantity, in `unit`; negative on returns.
    pub quantity: Option<Decimal>,
    /// The unit of `quantity`, verbatim.
    pub unit: Option<Arc<str>>,
    /// How many base units one unit holds (`1000个/箱`, 每箱数量), if the
    /// papers say so.
    pub pack_factor: Option<Decimal>,
    /// Price of one `unit`, as the paper writes it (see `tax_included`).
    pub unit_price: Option<Decimal>,
    /// The amount, signed by its effect on the balance.
    pub amount: Decimal,
    /// Tax rate of the line (0.13), if the paper says so.
    pub tax_rate: Option<Decimal>,
    /// Whether price and amount include tax, if the paper says so.
    pub tax_included: Option<bool>,
    /// The day the paper dates it.
    pub date: Option<NaiveDate>,
    /// Free text beside it.
    pub remark: Option<Arc<str>>,
    /// The line's place: its row, at the cell of its amount.
    pub at: Location,
}

impl Entry {
    /// Makes a line of which no more is known than its amount.
    pub fn bare(party: Arc<str>, entry_type: EntryType, amount: Decimal, at: &Location) -> Self {
        Self {
            party,
            entry_type,
            document_nos: Vec::new(),
            other_nos: Vec::new(),
            item_code: None,
            item: None,
            goods: None,
            quantity: None,
            unit: None,
            pack_factor: None,
            unit_price: None,
            amount,
            tax_rate: None,
            tax_included: None,
            date: None,
            remark: None,
            at: at.clone(),
        }
    }

    /// Says how much of it there is, in a unit.
    pub fn measure(&mut self, quantity: Decimal, unit: &str) {
        self.quantity = Some(quantity);
        self.unit = Some(unit.into());
    }

    /// Makes a line whose amount alone tells what it is: goods, or a return
    /// if it is negative.
    pub fn by_sign(party: Arc<str>, amount: Decimal, at: &Location) -> Self {
        let back = amount.is_sign_negative() && !amount.is_zero();
        let entry_type = if back { EntryType::Return } else { EntryType::Goods };
        Self::bare(party, entry_type, amount, at)
    }
}
