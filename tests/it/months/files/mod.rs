//! A generated month as the folder of files that a clerk would have.

pub(crate) mod grid;
pub(crate) mod register;
pub(crate) mod statement;
pub(crate) mod style;
pub(crate) mod words;

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

use gendan::engine::entry::Entry;
use gendan::engine::matching::sides::Side;
use rust_decimal::Decimal;

use super::random::Random;
use super::truth::Month;
use grid::{Grid, save, save_csv};
use style::Style;

/// A file's row: its name, its sheet if it has sheets, and the row from 1.
pub(crate) type Place = (String, Option<String>, usize);

/// The workbook in which a clerk has collected the statements.
const TOGETHER: &str = "10月供应商对账单汇总.xlsx";

/// What files the statements may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forms {
    /// Workbooks and text files, as they come.
    Any,
    /// Workbooks alone.
    Workbooks,
}

/// The folder of a month.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Which entry stands where; an open item stands in two places.
    pub(crate) places: HashMap<Place, (Side, usize)>,
    /// Their closing balance, as their statement has it, by party.
    pub(crate) closings: HashMap<String, Decimal>,
    /// Which layout each statement got, for the reader of a failure.
    pub(crate) styles: Vec<String>,
}

impl Folder {
    /// Writes the month's files into `dir`.
    pub(crate) fn write(
        month: &Month,
        seed: u64,
        dir: &Path,
        forms: Forms,
    ) -> Result<Self, Box<dyn Error>> {
        let mut random = Random::new(seed ^ 0x00F1_1E5E);
        let mut folder = Self::default();
        let mut openings = Vec::new();
        // Some clerks collect the statements in one workbook.
        let together = random.chance(20);
        let mut sheets = Vec::new();
        for supplier in &month.suppliers {
            let theirs = Decimal::new(random.between(100_000, 9_000_000), 2);
            let carried = month.carried.iter().map(|&index| &month.right[index]);
            let waiting: Decimal =
                carried.filter(|e| e.party == supplier.name).map(|e| e.amount).sum();
            openings.push((supplier.name.to_string(), theirs + waiting, theirs));
            let lines: Vec<(usize, &Entry)> =
                month.left.iter().enumerate().filter(|(_, e)| e.party == supplier.name).collect();
            let drawn = Style::draw(&mut random);
            let style = Style { csv: drawn.csv && forms == Forms::Any, ..drawn };
            let paper = statement::statement(supplier, &lines, theirs, style, &mut random);
            folder.closings.insert(supplier.name.to_string(), paper.closing);
            folder.styles.push(format!("{}: {style:?}", supplier.name));
            if together && !style.csv {
                let sheet = supplier.short_name();
                folder.place(TOGETHER, Some(&sheet), Side::Left, &paper.places);
                sheets.push((sheet, paper.grid));
            } else {
                folder.add(dir, &supplier.name, style, paper)?;
            }
        }
        if !sheets.is_empty() {
            save(&dir.join(TOGETHER), &sheets)?;
        }
        folder.own(month, &openings, dir, &mut random)?;
        Ok(folder)
    }

    fn add(
        &mut self,
        dir: &Path,
        name: &str,
        style: Style,
        paper: statement::Statement,
    ) -> Result<(), Box<dyn Error>> {
        let (file, sheet) = if style.csv {
            (format!("{name}10月对账.csv"), None)
        } else {
            (format!("{name}-10月对账单.xlsx"), Some("10月".to_owned()))
        };
        match &sheet {
            Some(sheet) => save(&dir.join(&file), &[(sheet.clone(), paper.grid)])?,
            None => save_csv(&dir.join(&file), &paper.grid)?,
        }
        self.place(&file, sheet.as_deref(), Side::Left, &paper.places);
        Ok(())
    }

    fn place(&mut self, file: &str, sheet: Option<&str>, side: Side, rows: &[(usize, usize)]) {
        for &(row, index) in rows {
            let place = (file.to_owned(), sheet.map(str::to_owned), row + 1);
            self.places.insert(place, (side, index));
        }
    }

    /// Writes our own papers.
    fn own(
        &mut self,
        month: &Month,
        openings: &[(String, Decimal, Decimal)],
        dir: &Path,
        random: &mut Random,
    ) -> Result<(), Box<dyn Error>> {
        let file = "入库明细2026年10月.xlsx";
        let mut sheets = Vec::new();
        for (sheet, (grid, rows)) in register::receipts(month, random) {
            self.place(file, Some(&sheet), Side::Right, &rows);
            sheets.push((sheet, grid));
        }
        save(&dir.join(file), &sheets)?;
        let mut keep = |file: &str, sheet: &str, (grid, rows): register::Register| {
            self.place(file, Some(sheet), Side::Right, &rows);
            save(&dir.join(file), &[(sheet.to_owned(), grid)])
        };
        keep("退货扣款登记表.xlsx", "2026年", register::returns(month))?;
        keep("付款登记表2026.xlsx", "10月", register::payments(month))?;
        let (sheets, open) = register::last_month(month, openings);
        save(&dir.join("9月对账未清项.xlsx"), &sheets)?;
        self.place("9月对账未清项.xlsx", Some("未清明细"), Side::Right, &open);
        let prices: Vec<(String, Grid)> = vec![("价格表".to_owned(), register::prices(month))];
        save(&dir.join("采购价格表2026.xlsx"), &prices)
    }
}
