//! Writes one supplier's statement in a layout of its own.

use gendan::engine::entry::{Entry, EntryType};
use rust_decimal::Decimal;

use super::super::catalogue::{Paper, Supplier};
use super::super::random::Random;
use super::grid::{Cell, Grid};
use super::style::{Dates, Moneys, Repeat, Style};
use super::words::{Column, Rows, Tongue, header, rows};

/// A statement as a sheet, and the row of each of its lines.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) grid: Grid,
    /// Row from 0, and the entry's index.
    pub(crate) places: Vec<(usize, usize)>,
    pub(crate) closing: Decimal,
}

/// Lines on a page.
const PAGE: usize = 12;

struct Writer<'a> {
    supplier: &'a Supplier,
    style: Style,
    words: Rows,
    columns: Vec<Column>,
    /// The words of the header.
    heads: Vec<String>,
    grid: Grid,
    row: usize,
    balance: Decimal,
    places: Vec<(usize, usize)>,
}

/// Writes the statement of `supplier` with `lines`: indices and entries.
pub(crate) fn statement(
    supplier: &Supplier,
    lines: &[(usize, &Entry)],
    opening: Decimal,
    style: Style,
    random: &mut Random,
) -> Statement {
    let mut lines = lines.to_vec();
    lines.sort_by_key(|(index, entry)| (entry.date, number(entry), *index));
    let style = Style { balance: style.balance || style.moneys == Moneys::DebitCredit, ..style };
    let mut writer = Writer {
        supplier,
        style,
        words: rows(style.tongue, random),
        columns: columns(supplier, style, random),
        heads: Vec::new(),
        grid: Grid::default(),
        row: 0,
        balance: opening,
        places: Vec::new(),
    };
    writer.titles();
    writer.header(random);
    writer.opening(opening);
    let below = |entry: &Entry| {
        style.moneys == Moneys::Below
            && entry.amount.is_sign_negative()
            && !matches!(entry.entry_type, EntryType::Goods | EntryType::Discount)
    };
    let (moneys, goods): (Vec<_>, Vec<_>) = lines.iter().partition(|(_, entry)| below(entry));
    writer.lines(&goods);
    writer.sums(&goods, moneys.is_empty());
    if !moneys.is_empty() {
        writer.below(&moneys);
    }
    writer.signatures();
    Statement { grid: writer.grid, places: writer.places, closing: writer.balance }
}

fn number(entry: &Entry) -> String {
    entry.document_nos.first().map_or(String::new(), |no| no.text.to_string())
}

/// The columns of a statement, in an order of its own.
fn columns(supplier: &Supplier, style: Style, random: &mut Random) -> Vec<Column> {
    let mut columns = if style.dates == Dates::Columns {
        vec![Column::Month, Column::Day, Column::Number]
    } else {
        vec![Column::Date, Column::Number]
    };
    if style.dates != Dates::Columns && random.chance(20) {
        columns.swap(0, 1);
    }
    if random.chance(30) {
        columns.insert(0, Column::Line);
    }
    let whole = supplier.paper == Paper::WholeNotes;
    if !whole && supplier.codes {
        columns.push(Column::Code);
    }
    columns.push(Column::Item);
    if !whole && style.glued {
        columns.extend([Column::Quantity, Column::Price]);
    } else if !whole {
        columns.extend([Column::Unit, Column::Quantity, Column::Price]);
        if random.chance(30) {
            let at = columns.len() - 3;
            columns.swap(at, at + 1);
        }
    }
    if matches!(supplier.paper, Paper::Boxes { printed: true, .. }) {
        columns.push(Column::Pack);
    }
    if matches!(supplier.paper, Paper::Taxed { stated: true, ours: false, .. }) {
        columns.push(Column::TaxRate);
    }
    match style.moneys {
        Moneys::Negative | Moneys::Below => columns.push(Column::Amount),
        Moneys::Columns => {
            columns.extend([Column::Amount, Column::Returned, Column::Deducted, Column::Paid]);
        }
        Moneys::DebitCredit => columns.extend([Column::Debit, Column::Credit]),
    }
    if style.balance {
        columns.push(Column::Balance);
    }
    if random.chance(60) {
        columns.push(Column::Remark);
    }
    columns
}

impl Writer<'_> {
    fn col(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|of| *of == column).map(|at| at + self.style.left)
    }

    fn put(&mut self, column: Column, cell: Cell) {
        if let Some(col) = self.col(column) {
            self.grid.put(self.row, col, cell);
        }
    }

    fn titles(&mut self) {
        let last =
            self.supplier.cut_off.map_or("31".to_owned(), |day| day.format("%-d").to_string());
        let period = match self.style.tongue {
            Tongue::Hans => format!("账期：2026年10月1日—10月{last}日"),
            Tongue::Hant => format!("帳款期間：2026年10月1日—10月{last}日"),
            Tongue::English => format!("Period: 1 Oct 2026 - {last} Oct 2026"),
        };
        let tax = match self.supplier.paper {
            Paper::Taxed { stated: true, ours: true, .. } => {
                "  （以下单价、金额均未税）".to_owned()
            }
            Paper::Taxed { rate, stated: true, .. } => {
                format!("  （以下单价、金额均含{rate}%税）")
            }
            _ => String::new(),
        };
        let name = self.supplier.name.to_string();
        let title = self.words.title;
        let left = self.style.left;
        let lines = match self.style.titles {
            1 => vec![format!("{name} {title}  {period}{tax}")],
            2 => vec![format!("{name}{title}"), format!("{period}{tax}")],
            _ => vec![name, title.to_owned(), format!("客户：青禾岭制衣有限公司    {period}{tax}")],
        };
        for line in lines {
            self.grid.text(self.row, left, &line);
            if !self.style.csv {
                let last = left + self.columns.len() - 1;
                self.grid.merges.push((self.row, left, self.row, last));
            }
            self.row += 1;
        }
    }

    fn header(&mut self, random: &mut Random) {
        if self.style.grouped && !self.style.csv {
            self.groups();
        }
        self.grid.bold.push(self.row);
        for at in 0..self.columns.len() {
            let column = self.columns[at];
            let mut word = header(column, self.style.tongue, random);
            if self.supplier.paper == Paper::WholeNotes && column == Column::Item {
                word = match self.style.tongue {
                    Tongue::English => "Particulars",
                    _ => "摘要",
                };
            }
            let boxes = matches!(self.supplier.paper, Paper::Boxes { .. });
            let word = match column {
                Column::Quantity if boxes => format!("{word}(箱)"),
                _ => word.to_owned(),
            };
            let word =
                if boxes && column == Column::Price { "单价(元/箱)".to_owned() } else { word };
            self.heads.push(word);
        }
        self.heads_again();
    }

    /// The header row, as it stands on every page.
    fn heads_again(&mut self) {
        for (at, word) in self.heads.iter().enumerate() {
            self.grid.text(self.row, self.style.left + at, word);
        }
        self.row += 1;
    }

    /// The row above the header: one word over quantity, price and amount.
    fn groups(&mut self) {
        let of = |column: &Column| {
            matches!(column, Column::Unit | Column::Quantity | Column::Price | Column::Amount)
        };
        let Some(first) = self.columns.iter().position(of) else { return };
        let count = self.columns[first..].iter().take_while(|column| of(column)).count();
        if count < 2 {
            return;
        }
        let left = self.style.left;
        let word = match self.style.tongue {
            Tongue::English => "Goods",
            _ => "货款明细",
        };
        self.grid.bold.push(self.row);
        self.grid.text(self.row, left + first, word);
        self.grid.merges.push((self.row, left + first, self.row, left + first + count - 1));
        self.row += 1;
    }

    /// The column a balance stands in.
    fn balance_column(&self) -> Column {
        if self.style.balance { Column::Balance } else { Column::Amount }
    }

    fn opening(&mut self, opening: Decimal) {
        self.put(Column::Item, Cell::Text(self.words.opening.to_owned()));
        self.put(self.balance_column(), self.style.money(opening));
        self.row += 1;
    }

    fn lines(&mut self, lines: &[(usize, &Entry)]) {
        let mut start = 0;
        let (mut sum, mut since) = (Decimal::ZERO, 0);
        for (at, (index, entry)) in lines.iter().enumerate() {
            let same = |other: &Entry| {
                entry.entry_type == EntryType::Goods
                    && other.entry_type == EntryType::Goods
                    && !entry.document_nos.is_empty()
                    && (other.date, &other.document_nos) == (entry.date, &entry.document_nos)
            };
            let repeated = at > 0 && same(lines[at - 1].1);
            if !repeated {
                start = self.row;
            }
            if self.amount_column(entry) == self.goods_column() {
                sum += entry.amount;
            }
            since += 1;
            self.key(entry, repeated, start);
            self.line(entry, at + 1);
            self.places.push((self.row, *index));
            self.row += 1;
            let last = lines.get(at + 1).is_none_or(|next| !same(next.1));
            if self.style.paged && last && at / PAGE != (at + 1) / PAGE && at + 1 < lines.len() {
                self.heads_again();
            } else if self.style.gaps && last && self.style.repeat != Repeat::Ditto {
                self.row += 1;
            }
            if self.style.subtotals && last && since >= 10 {
                self.put(Column::Item, Cell::Text(self.words.subtotal.to_owned()));
                self.put(self.goods_column(), self.style.money(sum));
                self.row += 1;
                (sum, since) = (Decimal::ZERO, 0);
            }
        }
    }

    /// The column that goods are billed in.
    fn goods_column(&self) -> Column {
        match self.style.moneys {
            Moneys::DebitCredit => Column::Debit,
            _ => Column::Amount,
        }
    }

    /// The column that an entry's amount stands in.
    fn amount_column(&self, entry: &Entry) -> Column {
        let negative = entry.amount.is_sign_negative();
        match (self.style.moneys, entry.entry_type) {
            (Moneys::DebitCredit, _) if negative => Column::Credit,
            (Moneys::DebitCredit, _) => Column::Debit,
            (Moneys::Columns, EntryType::Return) if negative => Column::Returned,
            (Moneys::Columns, EntryType::Deduction) if negative => Column::Deducted,
            (Moneys::Columns, EntryType::Payment) if negative => Column::Paid,
            _ => Column::Amount,
        }
    }

    /// Date and number of a line.
    fn key(&mut self, entry: &Entry, repeated: bool, start: usize) {
        let style = self.style;
        if let Some(date) = entry.date.filter(|_| style.dates == Dates::Columns) {
            self.put(Column::Month, Cell::Text(date.format("%-m").to_string()));
            self.put(Column::Day, Cell::Text(date.format("%-d").to_string()));
        }
        let number = match entry.document_nos.as_slice() {
            [] => None,
            [no] if no.damaged && no.text.chars().all(|c| c.is_ascii_digit()) => {
                Some(Cell::Digits(no.text.to_string()))
            }
            // Several numbers share a cell.
            several => {
                let texts: Vec<&str> = several.iter().map(|no| &*no.text).collect();
                Some(Cell::Text(texts.join("/")))
            }
        };
        match (repeated, style.repeat) {
            (true, Repeat::Ditto) => {
                if entry.date.is_some() {
                    self.put(Column::Date, Cell::Text("〃".to_owned()));
                }
                self.put(Column::Number, Cell::Text("〃".to_owned()));
            }
            (true, Repeat::Merged) if !style.csv && !style.subtotals => {
                for column in [Column::Date, Column::Number] {
                    let Some(col) = self.col(column) else { continue };
                    self.grid.merges.retain(|&(row, at, ..)| (row, at) != (start, col));
                    self.grid.merges.push((start, col, self.row, col));
                }
            }
            _ => {
                if let Some(date) = entry.date {
                    self.put(Column::Date, style.date(date));
                }
                if let Some(number) = number {
                    self.put(Column::Number, number);
                }
            }
        }
    }

    /// What a line says beside its date and number.
    fn line(&mut self, entry: &Entry, count: usize) {
        self.put(Column::Line, Cell::Number(Decimal::from(count)));
        if let Some(code) = &entry.item_code {
            self.put(Column::Code, Cell::Text(code.to_string()));
        }
        let goods = if self.supplier.paper == Paper::WholeNotes { "送货" } else { "" };
        let item = entry.item.as_deref().unwrap_or(goods);
        let text = match entry.entry_type {
            EntryType::Payment => self.words.payment.to_owned(),
            EntryType::Return => format!("{item} {}", self.words.returned),
            _ => item.to_owned(),
        };
        self.put(Column::Item, Cell::Text(text));
        let negative = self.style.moneys == Moneys::Negative;
        let unit = entry.unit.as_deref().unwrap_or_default();
        self.put(Column::Unit, Cell::Text(unit.to_owned()));
        if let Some(factor) = entry.pack_factor {
            self.put(Column::Pack, Cell::Number(factor));
        }
        if let Some(quantity) = entry.quantity {
            let shown = if negative { quantity } else { quantity.abs() };
            let cell = match self.style.glued {
                true => Cell::Text(format!("{}{unit}", shown.normalize())),
                false => Cell::Number(shown),
            };
            self.put(Column::Quantity, cell);
        }
        if let Some(price) = entry.unit_price {
            self.put(Column::Price, Cell::Number(price));
        }
        if let Some(rate) = entry.tax_rate {
            let percent = (rate * Decimal::ONE_HUNDRED).normalize();
            self.put(Column::TaxRate, Cell::Text(format!("{percent}%")));
        }
        self.balance += entry.amount;
        let column = self.amount_column(entry);
        let signed = column == Column::Amount;
        let amount = if signed { entry.amount } else { entry.amount.abs() };
        self.put(column, self.style.money(amount));
        self.put(Column::Balance, self.style.money(self.balance));
    }

    /// The total and closing rows.
    fn sums(&mut self, lines: &[(usize, &Entry)], close: bool) {
        let left = self.style.left;
        if self.style.total {
            self.grid.text(self.row, left, self.words.total);
            let of = |column: Column, wanted: &dyn Fn(&Entry) -> bool| {
                let sum: Decimal =
                    lines.iter().filter(|(_, e)| wanted(e)).map(|(_, e)| e.amount).sum();
                (column, sum.abs())
            };
            let sums = match self.style.moneys {
                Moneys::Negative | Moneys::Below => {
                    vec![(Column::Amount, lines.iter().map(|(_, e)| e.amount).sum())]
                }
                Moneys::DebitCredit => vec![
                    of(Column::Debit, &|e| e.amount.is_sign_positive()),
                    of(Column::Credit, &|e| e.amount.is_sign_negative()),
                ],
                Moneys::Columns => {
                    let is = |of: EntryType| {
                        move |e: &Entry| e.entry_type == of && e.amount.is_sign_negative()
                    };
                    let own = [EntryType::Return, EntryType::Deduction, EntryType::Payment];
                    let rest =
                        |e: &Entry| !(own.contains(&e.entry_type) && e.amount.is_sign_negative());
                    let amount: Decimal =
                        lines.iter().filter(|(_, e)| rest(e)).map(|(_, e)| e.amount).sum();
                    vec![
                        (Column::Amount, amount),
                        of(Column::Returned, &is(EntryType::Return)),
                        of(Column::Deducted, &is(EntryType::Deduction)),
                        of(Column::Paid, &is(EntryType::Payment)),
                    ]
                }
            };
            for (column, sum) in sums {
                self.put(column, self.style.money(sum));
            }
            self.row += 1;
        }
        if close {
            self.grid.text(self.row, left, self.words.closing);
            self.put(self.balance_column(), self.style.money(self.balance));
            self.row += 1;
        }
        self.row += 1;
    }

    /// Returns, deductions and payments in a table of their own, and what is
    /// owed after them.
    fn below(&mut self, moneys: &[(usize, &Entry)]) {
        let left = self.style.left;
        self.grid.text(self.row, left, "退货、扣款及付款");
        self.row += 1;
        self.grid.bold.push(self.row);
        self.grid.texts(self.row, left, &["日期", "类别", "摘要", "金额"]);
        self.row += 1;
        for (index, entry) in moneys {
            let kind = match entry.entry_type {
                EntryType::Return => "退货",
                EntryType::Deduction => "扣款",
                _ => "付款",
            };
            if let Some(date) = entry.date {
                let cell = match self.style.dates {
                    Dates::Columns => Cell::Date(date),
                    _ => self.style.date(date),
                };
                self.grid.put(self.row, left, cell);
            }
            self.grid.text(self.row, left + 1, kind);
            self.grid.text(self.row, left + 2, entry.item.as_deref().unwrap_or_default());
            self.grid.put(self.row, left + 3, self.style.money(-entry.amount));
            self.balance += entry.amount;
            self.places.push((self.row, *index));
            self.row += 1;
        }
        self.grid.text(self.row, left, self.words.closing);
        self.grid.put(self.row, left + 3, self.style.money(self.balance));
        self.row += 2;
    }

    fn signatures(&mut self) {
        let left = self.style.left;
        self.grid.text(self.row, left, "供方(盖章)：");
        self.grid.text(self.row, left + 3, "需方(确认)：");
    }
}
