//! Which columns of a statement move its balance, and which way: settled by
//! the paper's own running balance and totals, not by the words alone.

use rust_decimal::Decimal;

use super::super::EntryType;
use super::super::charges;
use super::super::classify::by_words;
use super::super::money::prints_negative;
use super::super::reader::RowReader;
use crate::input::table::{Role, Table};

/// The columns that move the balance of a statement.
#[derive(Debug, Clone)]
pub(super) struct MoneyColumns {
    /// The columns in which a line's own amount may stand, first filled wins.
    pub(super) amounts: Vec<Amount>,
    /// Columns of their own for returns, deductions and payments.
    pub(super) own: Vec<Own>,
    /// Columns of charges that are not in the amounts.
    pub(super) charges: Vec<&'static str>,
}

/// A column of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount {
    pub(super) field: &'static str,
    /// A second column that belongs to it: the tax on a net amount.
    pub(super) plus: Option<&'static str>,
    /// Whether figures lower the balance as they are printed.
    pub(super) lowers: bool,
}

/// A column for one kind of movement that lowers the balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Own {
    pub(super) field: &'static str,
    pub(super) entry_type: EntryType,
    /// Whether the column prints its figures negative already.
    pub(super) negative: bool,
}

impl MoneyColumns {
    /// Looks at the columns of `table` and at what fills them.
    pub(super) fn of(reader: &RowReader<'_>) -> Self {
        let amounts = amounts(reader);
        let main = amounts.first().map_or("amount", |amount| amount.field);
        Self { charges: charges::beside(reader, main, "qty"), amounts, own: own(reader) }
    }

    /// The field that names a line's amount when it has none.
    pub(super) fn main_field(&self) -> &'static str {
        self.amounts.first().map_or("amount", |amount| amount.field)
    }
}

fn amounts(reader: &RowReader<'_>) -> Vec<Amount> {
    let plain = |field| Amount { field, plus: None, lowers: false };
    let mut found = Vec::new();
    if reader.has("debit") || reader.has("credit") {
        let credit_raises = credit_raises(reader);
        found.push(Amount { lowers: credit_raises, ..plain("debit") });
        found.push(Amount { lowers: !credit_raises, ..plain("credit") });
    }
    // Where a column holds the amount with tax, that is what is owed.
    if reader.fills("gross_amount", &["amount", "net_amount"]) {
        found.push(plain("gross_amount"));
    }
    if reader.has("amount") {
        found.push(plain("amount"));
    } else if reader.has("net_amount") {
        let plus = reader.fills("tax_amount", &["net_amount"]).then_some("tax_amount");
        found.push(Amount { plus, ..plain("net_amount") });
    }
    found.retain(|amount| reader.has(amount.field));
    found
}

fn own(reader: &RowReader<'_>) -> Vec<Own> {
    let columns = [
        ("return_amount", EntryType::Return),
        ("deduction_amount", EntryType::Deduction),
        ("paid_amount", EntryType::Payment),
    ];
    columns
        .into_iter()
        .filter(|(field, _)| reader.has(field))
        .map(|(field, entry_type)| {
            let header = reader.column(field).map_or("", |column| column.header.as_str());
            let discount =
                entry_type == EntryType::Deduction && by_words(header) == Some(EntryType::Discount);
            let entry_type = if discount { EntryType::Discount } else { entry_type };
            Own { field, entry_type, negative: prints_negative(reader, field) }
        })
        .collect()
}

/// Whether the credit column raises the balance: a buyer's ledger of what it
/// owes, not a seller's of what it is owed. The running balance tells.
pub(super) fn credit_raises(reader: &RowReader<'_>) -> bool {
    let (mut seller, mut buyer) = (0_usize, 0_usize);
    for pair in reader.rows().windows(2) {
        let (Some(before), Some(after)) =
            (reader.peek(pair[0], "balance"), reader.peek(pair[1], "balance"))
        else {
            continue;
        };
        let debit = reader.peek(pair[1], "debit").unwrap_or_default();
        let credit = reader.peek(pair[1], "credit").unwrap_or_default();
        let (Some(moved), Some(net)) = (after.checked_sub(before), debit.checked_sub(credit))
        else {
            continue;
        };
        if moved.is_zero() {
            continue;
        }
        seller += usize::from(moved == net);
        buyer += usize::from(moved == -net);
    }
    buyer > seller
}

/// How the paper itself counts what it prints as positive but calls a return,
/// a deduction, a discount or a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    /// It adds it.
    Added,
    /// It takes it off.
    Subtracted,
}

/// What the paper's running balance says of the figure in a row.
pub(super) fn by_balance(
    balance: Option<Decimal>,
    before: Option<Decimal>,
    figure: Decimal,
) -> Option<Counted> {
    let moved = balance?.checked_sub(before?)?;
    if moved == figure {
        Some(Counted::Added)
    } else if moved == -figure {
        Some(Counted::Subtracted)
    } else {
        None
    }
}

/// What a paper prints in its main column of amounts and in all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Printed {
    /// The main column.
    pub(super) field: &'static str,
    /// The balance the paper begins with; zero if it has none.
    pub(super) opening: Decimal,
    /// The sum of the main column.
    pub(super) main: Decimal,
    /// The sum of all columns that move the balance, with their effect.
    pub(super) all: Decimal,
}

/// What the paper's totals say of all doubtful figures of its main column
/// together, whose sum as printed is `doubtful`.
pub(super) fn by_total(
    table: &Table,
    reader: &RowReader<'_>,
    printed: &Printed,
    doubtful: Decimal,
) -> Option<Counted> {
    let twice = doubtful.checked_add(doubtful)?;
    let mut added = vec![printed.main, printed.all];
    added.extend([printed.main, printed.all].map(|sum| sum.saturating_add(printed.opening)));
    let rows = table.rows.iter().filter(|row| matches!(row.role, Role::Total | Role::Closing));
    for row in rows {
        for field in [printed.field, "balance"] {
            let Some(total) = reader.peek(row.row, field) else { continue };
            let flipped = total.checked_add(twice)?;
            match (added.contains(&total), added.contains(&flipped)) {
                (true, false) => return Some(Counted::Added),
                (false, true) => return Some(Counted::Subtracted),
                _ => {}
            }
        }
    }
    None
}
