//! Money that several kinds of sheet write alike: which column is the amount,
//! with or without tax, and what to do where it is missing.

use rust_decimal::{Decimal, RoundingStrategy};

use super::ReadContext;
use super::classify::tax_included;
use super::per_many;
use super::reader::{Figure, RowReader};
use super::surroundings::Surroundings;
use crate::finding::{Finding, codes};
use crate::input::values::decimal;
use crate::location::Location;

/// How a table writes prices and amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Basis {
    /// Whether amounts (and the prices as records carry them) include tax.
    pub(super) tax_included: Option<bool>,
    /// The tax rate of all rows, if the paper states one.
    pub(super) tax_rate: Option<Decimal>,
    /// Whether the price column is without tax although the amounts are with
    /// it.
    net_prices: bool,
    /// How many a price is for.
    many: Decimal,
}

impl Basis {
    /// Looks at the columns of a table whose amounts stand in `main` (and the
    /// tax beside them in a column of its own, if `with_tax_beside`).
    pub(super) fn of(
        reader: &RowReader<'_>,
        around: &Surroundings,
        main: &str,
        with_tax_beside: bool,
        quantity: &str,
    ) -> Self {
        let header =
            |field: &str| reader.column(field).and_then(|column| tax_included(&column.header));
        let by_columns = match main {
            "gross_amount" => Some(true),
            "net_amount" => Some(with_tax_beside),
            // 其中税额: the tax is in the amount.
            _ => header(main).or_else(|| header("unit_price")).or_else(|| header("tax_amount")),
        };
        let tax_included = by_columns.or(around.tax_included);
        let many = per_many::counted(reader, main, quantity);
        let net_prices = tax_included == Some(true)
            && match header("unit_price") {
                Some(included) => !included,
                None => prices_are_net(reader, main, quantity, many),
            };
        let told = || net_prices.then(|| rate_beside(reader, main)).flatten();
        Self { tax_included, tax_rate: around.tax_rate.or_else(told), net_prices, many }
    }

    /// Returns the price of one, of a price as it is printed.
    pub(super) fn of_one(&self, price: Option<Figure>) -> Option<Figure> {
        let price = price?;
        Some(Figure { value: price.value.checked_div(self.many)?, ..price })
    }

    /// Returns a price on the footing of the amounts.
    pub(super) fn price(&self, price: Option<Decimal>, rate: Option<Decimal>) -> Option<Decimal> {
        let price = price?;
        if !self.net_prices {
            return Some(price);
        }
        let rate = rate.or(self.tax_rate)?;
        price.checked_mul(Decimal::ONE.checked_add(rate)?)
    }
}

/// Whether quantity × price misses the amounts by the tax on most rows.
fn prices_are_net(reader: &RowReader<'_>, main: &str, quantity: &str, many: Decimal) -> bool {
    if !reader.has("tax_amount") && !reader.has("net_amount") {
        return false;
    }
    let (mut plain, mut net) = (0_usize, 0_usize);
    for &row in reader.rows() {
        let figure = |field: &str| reader.peek(row, field);
        let (Some(quantity), Some(price), Some(amount)) =
            (figure(quantity), figure("unit_price"), figure(main))
        else {
            continue;
        };
        let one = price.checked_div(many);
        let Some(product) = one.and_then(|price| product(quantity, price)) else { continue };
        let tax = figure("tax_amount").or_else(|| amount.checked_sub(figure("net_amount")?));
        let near = |sum: Option<Decimal>| {
            sum.and_then(|sum| sum.checked_sub(amount))
                .is_some_and(|away| away.abs() <= Decimal::new(2, 2))
        };
        plain += usize::from(near(Some(product)));
        net += usize::from(near(tax.and_then(|tax| product.checked_add(tax))));
    }
    net > plain
}

/// Returns the rate that a column of taxes shows beside amounts that hold
/// them: the whole per cent that gives their sum but for the rounding of each.
fn rate_beside(reader: &RowReader<'_>, main: &str) -> Option<Decimal> {
    let (mut taxes, mut nets, mut rows) = (Decimal::ZERO, Decimal::ZERO, 0_i64);
    for &row in reader.rows() {
        let Some(amount) = reader.peek(row, main) else { continue };
        let of_net = || amount.checked_sub(reader.peek(row, "net_amount")?);
        let Some(tax) = reader.peek(row, "tax_amount").or_else(of_net) else { continue };
        taxes = taxes.checked_add(tax)?;
        nets = nets.checked_add(amount.checked_sub(tax)?)?;
        rows += 1;
    }
    let rate = taxes.checked_div(nets)?.round_dp(2);
    let off = nets.checked_mul(rate)?.checked_sub(taxes)?.abs();
    let rounded = Decimal::new(5, 1).checked_mul(Decimal::from(rows))?;
    let beyond = off > rounded || rounded * Decimal::TEN > taxes.abs();
    (rate > Decimal::ZERO && !beyond).then_some(rate)
}

/// Returns the column that holds what is owed: the amount with tax where the
/// table has one, else the amount, else the one without tax.
pub(super) fn main_amount(reader: &RowReader<'_>) -> &'static str {
    if reader.fills("gross_amount", &["amount", "net_amount"]) {
        "gross_amount"
    } else if reader.has("amount") {
        "amount"
    } else if reader.has("net_amount") {
        "net_amount"
    } else {
        "amount"
    }
}

/// Reads the amount of a row, or quantity × price where the sheet leaves it
/// out (said, as every figure that is not the sheet's own). The flag tells
/// which.
pub(super) fn amount_or_product(
    reader: &mut RowReader<'_>,
    field: &str,
    quantity: Option<Decimal>,
    price: Option<Decimal>,
) -> Option<(Figure, bool)> {
    if let Some(amount) = reader.decimal(field) {
        return Some((amount, false));
    }
    let (quantity, price) = (quantity?, price?);
    let value = product(quantity, price)?;
    let at = reader.at(field);
    reader.find(amount_computed(quantity, price, value, at.clone()));
    Some((Figure { value, unit: None, at }, true))
}

/// Returns quantity × price, rounded half up to cents.
pub(super) fn product(quantity: Decimal, price: Decimal) -> Option<Decimal> {
    let exact = decimal::product(quantity, price)?;
    Some(exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
}

/// Says that an amount is not the sheet's own.
pub(super) fn amount_computed(
    quantity: Decimal,
    price: Decimal,
    amount: Decimal,
    at: Location,
) -> Finding {
    Finding::of(codes::AMOUNT_COMPUTED)
        .with("quantity", quantity.normalize())
        .with("price", price.normalize())
        .with("found", amount)
        .at(at)
}

/// Whether a column that lowers the balance prints its figures negative: then
/// the odd positive one is a reversal, else the odd negative one.
pub(super) fn prints_negative(reader: &RowReader<'_>, field: &str) -> bool {
    let figures = reader.rows().iter().filter_map(|row| reader.peek(*row, field));
    let (mut up, mut down) = (0_usize, 0_usize);
    for figure in figures.filter(|figure| !figure.is_zero()) {
        if figure.is_sign_negative() { down += 1 } else { up += 1 }
    }
    down > up
}

/// Returns the hints that dates of a paper are read with.
pub(super) fn date_hints(
    around: &Surroundings,
    context: &ReadContext<'_>,
) -> crate::input::values::DateHints {
    crate::input::values::DateHints {
        period: around.period.or(context.period),
        near: context.near,
        ..crate::input::values::DateHints::default()
    }
}
