//! How one paper is laid out, drawn at random.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::super::random::Random;
use super::grid::Cell;
use super::words::Tongue;

/// How dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dates {
    Cells,
    Iso,
    Slashes,
    Dots,
    MonthDay,
    Chinese,
    Compact,
    Republic,
    English,
    /// Month and day in columns of their own.
    Columns,
}

/// Where payments, returns and deductions stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moneys {
    /// Negative amounts among the goods.
    Negative,
    /// Positive amounts in columns of their own.
    Columns,
    /// Debit and credit.
    DebitCredit,
    /// Positive amounts in a table of their own below the goods.
    Below,
}

/// How sums of money are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figures {
    Numbers,
    /// `1,234.50`.
    Separated,
    /// `￥1,234.50`.
    Signed,
    /// `1234.50元`.
    Worded,
}

/// How date and number of a note stand on its second and later lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeat {
    Written,
    Ditto,
    Merged,
}

/// The layout of a paper.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) tongue: Tongue,
    pub(crate) dates: Dates,
    pub(crate) moneys: Moneys,
    pub(crate) repeat: Repeat,
    /// Rows above the header.
    pub(crate) titles: usize,
    /// Empty columns to the left.
    pub(crate) left: usize,
    pub(crate) figures: Figures,
    pub(crate) balance: bool,
    /// Whether each note has its subtotal.
    pub(crate) subtotals: bool,
    pub(crate) total: bool,
    pub(crate) csv: bool,
    /// Whether the header comes again on every page, below the page's sum.
    pub(crate) paged: bool,
    /// Whether quantity, price and amount stand under a header of their own.
    pub(crate) grouped: bool,
    /// Whether quantities carry their unit.
    pub(crate) glued: bool,
    /// Whether a blank row follows each note.
    pub(crate) gaps: bool,
}

impl Style {
    /// Draws one.
    pub(crate) fn draw(random: &mut Random) -> Self {
        let tongue = *random.pick(&[
            Tongue::Hans,
            Tongue::Hans,
            Tongue::Hans,
            Tongue::Hant,
            Tongue::English,
        ]);
        let dates: &[Dates] = match tongue {
            Tongue::Hans => &[
                Dates::Cells,
                Dates::Cells,
                Dates::Iso,
                Dates::Slashes,
                Dates::Dots,
                Dates::MonthDay,
                Dates::Chinese,
                Dates::Compact,
                Dates::Columns,
            ],
            Tongue::Hant => &[Dates::Cells, Dates::Republic, Dates::Slashes],
            Tongue::English => &[Dates::Cells, Dates::English, Dates::Iso],
        };
        let moneys = match tongue {
            Tongue::English => random.pick(&[Moneys::DebitCredit, Moneys::Negative]),
            _ => random.pick(&[
                Moneys::Negative,
                Moneys::Negative,
                Moneys::Columns,
                Moneys::Columns,
                Moneys::Below,
            ]),
        };
        Self {
            tongue,
            dates: *random.pick(dates),
            moneys: *moneys,
            repeat: *random.pick(&[
                Repeat::Written,
                Repeat::Written,
                Repeat::Ditto,
                Repeat::Merged,
            ]),
            titles: 1 + random.below(3),
            left: usize::from(random.chance(20)),
            figures: *random.pick(&[
                Figures::Numbers,
                Figures::Numbers,
                Figures::Numbers,
                Figures::Numbers,
                Figures::Numbers,
                Figures::Separated,
                Figures::Signed,
                Figures::Worded,
            ]),
            balance: random.chance(30),
            subtotals: random.chance(15),
            total: random.chance(70),
            csv: random.chance(15),
            paged: random.chance(15),
            grouped: random.chance(15),
            glued: random.chance(10),
            gaps: random.chance(10),
        }
    }

    /// A day, as this paper writes it.
    pub(crate) fn date(self, date: NaiveDate) -> Cell {
        let text = match self.dates {
            Dates::Cells | Dates::Columns => return Cell::Date(date),
            Dates::Iso => "%Y-%m-%d",
            Dates::Slashes => "%Y/%-m/%-d",
            Dates::Dots => "%Y.%-m.%-d",
            Dates::MonthDay => "%-m.%-d",
            Dates::Chinese => "%-m月%-d日",
            Dates::Compact => "%Y%m%d",
            Dates::Republic => {
                let year = date.year() - 1911;
                return Cell::Text(format!("{year}/{}", date.format("%m/%d")));
            }
            Dates::English => "%d-%b-%Y",
        };
        Cell::Text(date.format(text).to_string())
    }

    /// A sum of money, as this paper writes it.
    pub(crate) fn money(self, amount: Decimal) -> Cell {
        match self.figures {
            Figures::Numbers => Cell::Number(amount),
            Figures::Separated => Cell::Text(separated(amount)),
            Figures::Signed => {
                let sign = if amount.is_sign_negative() { "-" } else { "" };
                Cell::Text(format!("{sign}￥{}", separated(amount.abs())))
            }
            Figures::Worded => Cell::Text(format!("{amount:.2}元")),
        }
    }
}

/// Writes `-1,234.50`.
pub(crate) fn separated(amount: Decimal) -> String {
    let text = format!("{:.2}", amount.abs());
    let (whole, cents) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{}{grouped}.{cents}", if amount.is_sign_negative() { "-" } else { "" })
}
