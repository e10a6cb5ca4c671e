//! Parts lists (BOM): products, their lines at every level, and what stands
//! around them: order, revision, day.

mod blocks;
mod head;
mod level;
mod line;
mod loss;
mod name;
#[cfg(test)]
mod tests;
mod variants;
mod words;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::Item;
use crate::location::{CellRef, Located, Location, SheetId};

pub use blocks::{BomSheet, boms};
pub use head::Head;
pub use words::tells_arrival;

/// One product and what it is made of, as one paper has it.
#[derive(Debug, Clone)]
pub struct Bom {
    /// The product.
    pub product: Item,
    /// Where the product is named.
    pub product_at: Location,
    /// The colour or size that the list is of, where the sheet has a column of
    /// uses for each: then its product is called by both.
    pub variant: Option<Variant>,
    /// What stands around the list.
    pub head: Head,
    /// Its lines, in the order of the sheet.
    pub lines: Vec<BomLine>,
    /// The columns that findings and copies point at.
    pub columns: Columns,
    /// The sheet it stands in.
    pub sheet: Arc<SheetId>,
}

impl Bom {
    /// Returns the cell of a line in one of its columns; the item's cell if
    /// the sheet has no such column.
    pub fn at(&self, line: &BomLine, column: Option<u16>) -> Location {
        column.map_or_else(
            || line.at.clone(),
            |col| Location::new(&self.sheet, CellRef::new(line.at.cell.row, col)),
        )
    }
}

/// A colour or size of a product that has uses of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The product that all of its colours and sizes are.
    pub of: Item,
    /// The colour or size as its column is headed.
    pub name: Arc<str>,
}

/// Where the columns of a parts list are.
#[derive(Debug, Clone, Copy, Default)]
pub struct Columns {
    /// Levels.
    pub level: Option<u16>,
    /// Units.
    pub unit: Option<u16>,
    /// Use per parent.
    pub usage: Option<u16>,
    /// Loss rates.
    pub loss: Option<u16>,
    /// Stated totals.
    pub total: Option<u16>,
    /// When material comes in.
    pub arrival: Option<u16>,
    /// Free text.
    pub remark: Option<u16>,
}

/// How an item comes to the factory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SupplyType {
    /// The paper does not say.
    #[default]
    Unknown,
    /// Bought.
    Bought,
    /// Made in house.
    Made,
    /// Made by others from our material.
    Outsourced,
    /// Only a grouping on paper: never made, never stocked.
    Phantom,
    /// Given by the customer.
    Customer,
}

/// Whether a line stands for itself or in place of another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Alternate {
    /// It stands for itself.
    #[default]
    None,
    /// It may be used in place of the line at this index.
    Of(usize),
    /// It stands for itself, and these items may be used in its place.
    By(Vec<Arc<str>>),
}

/// A loss or shrinkage rate, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// The share: 0.03 for 3 %.
    pub share: Decimal,
    /// What is odd about it.
    pub doubt: Option<Doubt>,
}

/// What is odd about a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It may be a share or per cent; the neighbours decided, or nothing did.
    Convention,
    /// It is negative, a whole or more, or far higher than losses are.
    Range,
    /// It is no figure at all, and counts as nothing.
    Unreadable,
}

/// One line of a parts list.
#[derive(Debug, Clone)]
pub struct BomLine {
    /// What is used.
    pub item: Item,
    /// In what unit.
    pub unit: Option<Arc<str>>,
    /// Its level; 1 is directly below the product.
    pub level: u32,
    /// The line it is a part of; `None`: the product itself.
    pub parent: Option<usize>,
    /// Whether its level is deeper than one below the line before it.
    pub jumps: bool,
    /// Use per `base` parents; `None`: the cell is empty or no figure.
    pub usage: Option<Decimal>,
    /// The number of parents the use is for.
    pub base: Decimal,
    /// Loss in use.
    pub loss: Rate,
    /// Shrinkage along the warp.
    pub warp: Rate,
    /// Shrinkage along the weft.
    pub weft: Rate,
    /// The total the sheet itself states for its order.
    pub total: Option<Decimal>,
    /// What of it is in stock, where the list itself says so.
    pub on_hand: Option<Decimal>,
    /// How it comes to the factory.
    pub supply: SupplyType,
    /// Who supplies it.
    pub supplier: Option<Arc<str>>,
    /// Whether it may be replaced, or replaces another line.
    pub alternate: Alternate,
    /// Where in the product it is used.
    pub placement: Option<Arc<str>>,
    /// What one unit costs, if the sheet says so.
    pub unit_price: Option<Decimal>,
    /// What it is bought in multiples of.
    pub order_multiple: Option<Decimal>,
    /// The least that can be bought.
    pub minimum: Option<Decimal>,
    /// The width the use was worked out for, in cm.
    pub width: Option<Decimal>,
    /// The width of what has come, in cm.
    pub actual_width: Option<Decimal>,
    /// What the arrival column says.
    pub arrival: Option<Arc<str>>,
    /// What the remark says.
    pub remark: Option<Arc<str>>,
    /// The cell of its item.
    pub at: Location,
}

/// A product or order number with its cell.
pub type Named = Located<Arc<str>>;

/// A day with its cell.
pub type Dated = Located<NaiveDate>;
