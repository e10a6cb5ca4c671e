//! Writes our own papers: the receipts, the returns, the payments, what last
//! month left open, and the price list.

use gendan::engine::entry::{Entry, EntryType};
use rust_decimal::Decimal;

use super::super::catalogue::{Item, Paper};
use super::super::random::Random;
use super::super::truth::Month;
use super::grid::{Cell, Grid};
use super::style::{Dates, Style};
use super::words::{Column, Tongue, header};

/// Rows from 0, and the entries that stand in them.
pub(crate) type Rows = Vec<(usize, usize)>;

/// A sheet, and the rows of the entries in it.
pub(crate) type Register = (Grid, Rows);

const RECEIPTS: [Column; 12] = [
    Column::Line,
    Column::Supplier,
    Column::Arrived,
    Column::Receipt,
    Column::Number,
    Column::Code,
    Column::Item,
    Column::Unit,
    Column::Received,
    Column::Price,
    Column::Amount,
    Column::Remark,
];

/// How a receipts register is kept.
struct Book {
    style: Style,
    columns: Vec<Column>,
    heads: Vec<&'static str>,
    /// One supplier after the other, not one day after the other.
    by_supplier: bool,
    merge: bool,
    totals: bool,
    /// Whether suppliers go by short names.
    short: bool,
}

impl Book {
    fn draw(random: &mut Random) -> Self {
        let tongue = *random.pick(&[
            Tongue::Hans,
            Tongue::Hans,
            Tongue::Hans,
            Tongue::Hans,
            Tongue::Hant,
            Tongue::English,
        ]);
        let mut style = Style { tongue, left: 0, ..Style::draw(random) };
        if style.dates == Dates::Columns || style.dates == Dates::MonthDay {
            style.dates = Dates::Cells;
        }
        let mut columns = RECEIPTS.to_vec();
        if random.chance(30) {
            columns.swap(3, 4);
        }
        if random.chance(30) {
            columns.swap(1, 2);
        }
        if random.chance(20) {
            columns.retain(|column| *column != Column::Receipt);
        }
        if random.chance(20) {
            columns.remove(0);
        }
        let heads = columns.iter().map(|column| header(*column, tongue, random)).collect();
        let by_supplier = random.chance(60);
        let place = columns.iter().position(|column| *column == Column::Supplier);
        let merge = by_supplier && place < Some(2) && random.chance(40);
        let totals = by_supplier && random.chance(50);
        Self { style, columns, heads, by_supplier, merge, totals, short: random.chance(30) }
    }

    fn col(&self, column: Column) -> usize {
        self.columns.iter().position(|of| *of == column).unwrap_or_default()
    }

    /// A name as this book writes it.
    fn name(&self, month: &Month, party: &str) -> String {
        let supplier = month.suppliers.iter().find(|supplier| *supplier.name == *party);
        let short = supplier.map(|supplier| supplier.short_name());
        short.filter(|_| self.short).unwrap_or_else(|| party.to_owned())
    }
}

/// The receipts register: all goods we booked, on one sheet or on two.
pub(crate) fn receipts(month: &Month, random: &mut Random) -> Vec<(String, Register)> {
    let book = Book::draw(random);
    let mut goods: Vec<(usize, &Entry)> =
        month.right.iter().enumerate().filter(|(_, e)| e.entry_type == EntryType::Goods).collect();
    goods.sort_by_key(|(index, entry)| {
        let party = if book.by_supplier { entry.party.to_string() } else { String::new() };
        (party, entry.date, entry.other_nos.clone(), *index)
    });
    if random.chance(20) {
        let half = goods.len() / 2;
        let second = goods.split_off(half);
        let sheet = |name: &str, goods: &[(usize, &Entry)]| {
            (name.to_owned(), register(month, &book, goods))
        };
        return vec![sheet("10月入库(1)", &goods), sheet("10月入库(2)", &second)];
    }
    vec![("10月入库".to_owned(), register(month, &book, &goods))]
}

fn register(month: &Month, book: &Book, goods: &[(usize, &Entry)]) -> Register {
    let mut grid = Grid::default();
    grid.text(0, 0, "青禾岭制衣有限公司  面辅料入库明细表  2026年10月");
    grid.merges.push((0, 0, 0, book.columns.len() - 1));
    grid.bold.push(1);
    grid.texts(1, 0, &book.heads);
    let (supplier, amount) = (book.col(Column::Supplier), book.col(Column::Amount));
    let mut row = 2;
    let mut places = Vec::new();
    let mut start = row;
    let mut sum = Decimal::ZERO;
    for (at, (index, entry)) in goods.iter().enumerate() {
        let repeated = at > 0 && goods[at - 1].1.party == entry.party;
        if !repeated {
            start = row;
            sum = Decimal::ZERO;
        }
        receipt(&mut grid, row, at + 1, entry, book, &book.name(month, &entry.party));
        if book.merge && repeated {
            grid.clear(row, supplier);
            grid.merges.retain(|&(first, col, ..)| (first, col) != (start, supplier));
            grid.merges.push((start, supplier, row, supplier));
        }
        places.push((row, *index));
        sum += entry.amount;
        row += 1;
        if book.totals && goods.get(at + 1).is_none_or(|next| next.1.party != entry.party) {
            grid.text(row, 0, "小计");
            grid.put(row, amount, book.style.money(sum));
            row += 1;
        }
    }
    grid.text(row, 0, "合计");
    grid.put(row, amount, book.style.money(goods.iter().map(|(_, entry)| entry.amount).sum()));
    grid.text(row + 2, 0, "制表：仓管A");
    grid.text(row + 2, 6, "复核：跟单A");
    (grid, places)
}

fn receipt(grid: &mut Grid, row: usize, count: usize, entry: &Entry, book: &Book, name: &str) {
    let text = |text: &str| Cell::Text(text.to_owned());
    for (col, column) in book.columns.iter().enumerate() {
        let cell = match column {
            Column::Line => Some(Cell::Number(Decimal::from(count))),
            Column::Supplier => Some(text(name)),
            Column::Arrived => entry.date.map(|date| book.style.date(date)),
            Column::Receipt => entry.other_nos.first().map(|no| text(no)),
            Column::Number => entry.document_nos.first().map(|no| text(&no.text)),
            Column::Code => entry.item_code.as_deref().map(text),
            Column::Item => entry.item.as_deref().map(text),
            Column::Unit => entry.unit.as_deref().map(text),
            Column::Received => entry.quantity.map(Cell::Number),
            Column::Price => entry.unit_price.map(Cell::Number),
            Column::Amount => Some(book.style.money(entry.amount)),
            _ => None,
        };
        if let Some(cell) = cell {
            grid.put(row, col, cell);
        }
    }
}

/// The register of returns and deductions, in positive amounts.
pub(crate) fn returns(month: &Month) -> Register {
    let mut grid = Grid::default();
    grid.text(0, 0, "退货/扣款登记表");
    let head = ["日期", "单号", "供应商", "品名规格", "数量", "单价", "金额", "原因"];
    grid.texts(1, 0, &head);
    let kinds = [EntryType::Return, EntryType::Deduction];
    let mut places = Vec::new();
    for (index, entry) in
        month.right.iter().enumerate().filter(|(_, e)| kinds.contains(&e.entry_type))
    {
        let row = 2 + places.len();
        if let Some(date) = entry.date {
            grid.put(row, 0, Cell::Date(date));
        }
        grid.text(row, 1, entry.document_nos.first().map_or("", |no| &no.text));
        grid.text(row, 2, &entry.party);
        grid.text(row, 3, entry.item.as_deref().unwrap_or("扣款"));
        if let (Some(quantity), Some(price)) = (entry.quantity, entry.unit_price) {
            grid.put(row, 4, Cell::Number(quantity.abs()));
            grid.put(row, 5, Cell::Number(price));
        }
        grid.put(row, 6, Cell::Number(entry.amount.abs()));
        grid.text(
            row,
            7,
            if entry.entry_type == EntryType::Return { "不良退回" } else { "品质扣款" },
        );
        places.push((row, index));
    }
    (grid, places)
}

/// The payment register.
pub(crate) fn payments(month: &Month) -> Register {
    let mut grid = Grid::default();
    grid.text(0, 0, "付款登记表（2026年10月）");
    grid.texts(1, 0, &["序号", "付款日期", "收款单位", "付款金额", "付款方式", "经手人", "备注"]);
    let mut paid: Vec<(usize, &Entry)> = month
        .right
        .iter()
        .enumerate()
        .filter(|(_, e)| e.entry_type == EntryType::Payment)
        .collect();
    paid.sort_by_key(|(index, entry)| (entry.date, *index));
    let mut places = Vec::new();
    for (at, (index, entry)) in paid.into_iter().enumerate() {
        let row = 2 + at;
        grid.put(row, 0, Cell::Number(Decimal::from(at + 1)));
        if let Some(date) = entry.date {
            grid.put(row, 1, Cell::Date(date));
        }
        grid.text(row, 2, &entry.party);
        grid.put(row, 3, Cell::Number(-entry.amount));
        grid.texts(row, 4, &["转账", "财务A"]);
        places.push((row, index));
    }
    (grid, places)
}

/// What last month left: balances, open lines, settled notes.
pub(crate) fn last_month(
    month: &Month,
    openings: &[(String, Decimal, Decimal)],
) -> (Vec<(String, Grid)>, Rows) {
    let mut balances = Grid::default();
    balances.text(0, 0, "2026年9月30日 应付账款余额（对账后）");
    balances.texts(1, 0, &["序号", "供应商", "我方期末余额", "对方期末余额", "差额"]);
    for (at, (party, ours, theirs)) in openings.iter().enumerate() {
        balances.put(2 + at, 0, Cell::Number(Decimal::from(at + 1)));
        balances.text(2 + at, 1, party);
        balances.put(2 + at, 2, Cell::Number(*ours));
        balances.put(2 + at, 3, Cell::Number(*theirs));
        balances.put(2 + at, 4, Cell::Number(*ours - *theirs));
    }
    let (open, places) = open_items(month);
    let mut settled = Grid::default();
    settled.texts(
        0,
        0,
        &["供应商", "送货日期", "送货单号", "品名", "数量", "单价", "金额", "结算"],
    );
    for (at, entry) in month.papers.settled.iter().enumerate() {
        let row = at + 1;
        settled.text(row, 0, &entry.party);
        if let Some(date) = entry.date {
            settled.put(row, 1, Cell::Date(date));
        }
        settled.text(row, 2, entry.document_nos.first().map_or("", |no| &no.text));
        settled.text(row, 3, entry.item.as_deref().unwrap_or_default());
        if let (Some(quantity), Some(price)) = (entry.quantity, entry.unit_price) {
            settled.put(row, 4, Cell::Number(quantity));
            settled.put(row, 5, Cell::Number(price));
        }
        settled.put(row, 6, Cell::Number(entry.amount));
        settled.text(row, 7, "9月已对");
    }
    let sheets = vec![
        ("应付余额".to_owned(), balances),
        ("未清明细".to_owned(), open),
        ("9月已对明细".to_owned(), settled),
    ];
    (sheets, places)
}

fn open_items(month: &Month) -> Register {
    let mut grid = Grid::default();
    let head = [
        "供应商",
        "入库日期",
        "送货单号",
        "物料编码",
        "品名",
        "单位",
        "数量",
        "单价",
        "金额",
        "状态",
    ];
    grid.texts(0, 0, &head);
    let mut places = Vec::new();
    for &index in &month.carried {
        let entry = &month.right[index];
        let row = 1 + places.len();
        grid.text(row, 0, &entry.party);
        if let Some(date) = entry.date {
            grid.put(row, 1, Cell::Date(date));
        }
        grid.text(row, 2, entry.document_nos.first().map_or("", |no| &no.text));
        grid.text(row, 3, entry.item_code.as_deref().unwrap_or_default());
        grid.text(row, 4, entry.item.as_deref().unwrap_or_default());
        grid.text(row, 5, entry.unit.as_deref().unwrap_or_default());
        for (col, value) in [(6, entry.quantity), (7, entry.unit_price), (8, Some(entry.amount))] {
            if let Some(value) = value {
                grid.put(row, col, Cell::Number(value));
            }
        }
        grid.text(row, 9, "已收未开单");
        places.push((row, index));
    }
    (grid, places)
}

/// The price list; it holds the pack factors. What was given away for nothing
/// has no price in it.
pub(crate) fn prices(month: &Month) -> Grid {
    let free: Vec<_> = month
        .right
        .iter()
        .filter(|entry| entry.unit_price == Some(Decimal::ZERO))
        .map(|entry| (&entry.party, entry.item_code.as_ref()))
        .collect();
    let mut grid = Grid::default();
    grid.text(0, 0, "采购价格表（经采购主管确认）");
    let head =
        ["供应商", "物料编码", "品名规格", "单位", "单价", "含税/未税", "每箱数量", "生效日期"];
    grid.texts(1, 0, &head);
    let mut row = 2;
    for supplier in &month.suppliers {
        let paid = |item: &&Item| !free.contains(&(&supplier.name, Some(&item.code)));
        for item in supplier.items.iter().filter(paid) {
            grid.text(row, 0, &supplier.name);
            grid.text(row, 1, &item.code);
            grid.text(row, 2, &item.text);
            grid.text(row, 3, item.unit);
            grid.put(row, 4, Cell::Number(item.price));
            let taxed = matches!(supplier.paper, Paper::Taxed { ours: false, .. });
            grid.text(row, 5, if taxed { "未税" } else { "含税" });
            if let Paper::Boxes { listed: true, .. } = supplier.paper {
                grid.put(row, 6, Cell::Number(Decimal::from(item.factor)));
            }
            grid.text(row, 7, "2026-03-01");
            row += 1;
        }
    }
    grid
}
