//! What goes wrong in the month, planted by hand: one difference of every
//! class that a cross-check must tell apart.

use rust_decimal::{Decimal, RoundingStrategy};

use super::accounts::{Account, Expected, Kind, Line, day, deliveries, fen, goods_line};
use super::goods::{CLOTH, FITTINGS, FOAM, HARDWARE, PAINT, SUPPLIERS, WOOD};

/// Makes the accounts of the month.
pub(super) fn month() -> Vec<Account> {
    let mut foam = foam();
    let hardware = hardware(&mut foam);
    let mut accounts = vec![wood(), hardware, foam, cloth(), paint(), fittings()];
    for account in &mut accounts {
        account.theirs.sort_by_key(|line| line.day);
        account.ours.sort_by_key(|line| line.day);
    }
    accounts
}

fn dec(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no number"))
}

/// Makes an account on which both sides agree, and we have paid.
fn agreed(number: usize, agreed: &str, paid: &str, paid_on: u32) -> Account {
    let supplier = &SUPPLIERS[number];
    let mut lines = deliveries(supplier, number as u32);
    let paid = other("payment", Kind::Payment, paid_on, "付款", -dec(paid));
    lines.push(paid);
    Account {
        supplier,
        their_opening: dec(agreed),
        theirs: lines.clone(),
        agreed: dec(agreed),
        open_items: Vec::new(),
        ours: lines,
        expected: Vec::new(),
    }
}

fn other(key: &str, kind: Kind, on: u32, text: &'static str, amount: Decimal) -> Line {
    Line {
        key: key.to_owned(),
        kind,
        day: day(10, on),
        document: String::new(),
        goods: None,
        quantity: Decimal::ZERO,
        price: Decimal::ZERO,
        amount,
        text,
    }
}

impl Account {
    fn at<'a>(lines: &'a mut [Line], key: &str) -> &'a mut Line {
        let found = lines.iter_mut().find(|line| line.key == key);
        found.unwrap_or_else(|| panic!("no line {key}"))
    }

    fn left(&mut self, key: &str) -> &mut Line {
        Self::at(&mut self.theirs, key)
    }

    fn right(&mut self, key: &str) -> &mut Line {
        Self::at(&mut self.ours, key)
    }

    /// Gives their line another quantity and price, and what follows.
    fn bill(&mut self, key: &str, quantity: Decimal, price: Decimal) {
        let line = self.left(key);
        line.quantity = quantity;
        line.price = price;
        line.amount = fen(quantity * price);
    }

    /// Says what is expected of lines, by key; the difference is what the
    /// papers make it.
    fn expect(
        &mut self,
        name: &'static str,
        left: &[&str],
        right: &[&str],
        status: &'static str,
    ) -> &mut Expected {
        let sum = |lines: &[Line], keys: &[&str]| -> Decimal {
            lines.iter().filter(|l| keys.contains(&l.key.as_str())).map(|l| l.amount).sum()
        };
        let open = sum(&self.open_items, right);
        let difference = sum(&self.theirs, left) - sum(&self.ours, right) - open;
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
        self.expected.push(Expected {
            name,
            left: keys(left),
            right: keys(right),
            status,
            causes: Vec::new(),
            note: None,
            reason: None,
            difference,
        });
        let last = self.expected.len() - 1;
        &mut self.expected[last]
    }

    fn keys_of(&self, note: &str) -> Vec<String> {
        let of = format!("{note}/");
        self.ours.iter().filter(|l| l.key.starts_with(&of)).map(|l| l.key.clone()).collect()
    }
}

/// 临沂枫栎湾木业: two header rows, their books close on the 28th.
fn wood() -> Account {
    let mut account = agreed(WOOD, "48620.00", "48620.00", 12);

    let (q, p) = (account.right("0/1").quantity, account.right("0/1").price);
    account.bill("0/1", q + dec("2"), p);
    account.expect("quantity", &["0/1"], &["0/1"], "differs").causes =
        vec![("quantity", dec("2") * p)];

    let (q, p) = (account.right("1/0").quantity, account.right("1/0").price);
    account.bill("1/0", q, p + dec("0.60"));
    account.expect("price", &["1/0"], &["1/0"], "differs").causes =
        vec![("price", dec("0.60") * q)];

    let (q, p) = (account.right("3/1").quantity, account.right("3/1").price);
    account.bill("3/1", q + dec("5"), p + dec("0.30"));
    account.expect("quantity-and-price", &["3/1"], &["3/1"], "differs").causes =
        vec![("quantity", dec("5") * p), ("price", dec("0.30") * (q + dec("5")))];

    account.theirs.retain(|line| line.key != "2/2");
    account.expect("not-billed", &[], &["2/2"], "right-only").reason = Some("not-billed");

    let supplier = account.supplier;
    let extra = (day(10, 20), "FL261093".to_owned());
    account.theirs.push(goods_line(supplier, "extra".to_owned(), extra, 1, dec("24")));
    account.expect("not-received", &["extra"], &[], "left-only").reason = Some("not-received");

    let late: Vec<String> = account.keys_of("7");
    account.theirs.retain(|line| !late.contains(&line.key));
    for key in &late {
        account.expect("next-period", &[], &[key], "right-only").reason = Some("next-period");
    }

    for key in account.keys_of("4") {
        let line = account.left(&key);
        line.document = format!("FL-2610-{}", &line.document[6..]);
        account.expect("document-no-format", &[&key], &[&key], "matched").note =
            Some("document-no-format");
    }

    account.theirs.push(other("rebate", Kind::Discount, 28, "三季度返利", dec("-300.00")));
    let rebate = account.expect("discount", &["rebate"], &[], "left-only");
    rebate.reason = Some("other-charge");
    rebate.causes = vec![("discount", dec("-300.00"))];
    account
}

/// 佛山市铆拓岗五金厂: an old workbook, counted and priced by the box.
fn hardware(foam: &mut Account) -> Account {
    let mut account = agreed(HARDWARE, "31240.00", "20000.00", 13);
    let supplier = account.supplier;
    for line in &mut account.theirs {
        if let Some(goods) = line.goods {
            let pack = Decimal::from(supplier.goods[goods].pack);
            line.quantity = (line.quantity / pack).normalize();
            line.price = (line.price * pack).normalize();
        }
    }

    let hinges = account.ours.iter().find(|line| line.goods == Some(1));
    let key = hinges.map_or_else(String::new, |line| line.key.clone());
    let short = account.right(&key);
    short.quantity -= dec("20");
    short.amount = fen(short.quantity * short.price);
    let price = short.price;
    account.expect("quantity-in-boxes", &[&key], &[&key], "differs").causes =
        vec![("quantity", dec("20") * price)];

    // Typed as a number in our register, and the zeros in front were gone.
    let typed = account.right("3/0");
    typed.document = typed.document.trim_start_matches('0').to_owned();
    account.expect("lost-zeros", &["3/0"], &["3/0"], "matched").note = Some("document-no-format");

    let mut again = account.left("0/2").clone();
    again.key = "0/2 again".to_owned();
    again.day = day(10, 21);
    account.theirs.push(again);
    account.expect("double-billed", &["0/2 again"], &[], "left-only").reason =
        Some("double-billed");

    account.ours.push(other("payment 2", Kind::Payment, 30, "付款", dec("-11240.00")));
    account.expect("payment-in-transit", &[], &["payment 2"], "right-only").reason =
        Some("next-period");

    // Our keeper wrote the foam of one van under the firm that hired it.
    for key in foam.keys_of("4") {
        let at = foam.ours.iter().position(|line| line.key == key).unwrap_or_default();
        let mut moved = foam.ours.remove(at);
        foam.expect("other-party", &[&key], &[], "left-only").reason = Some("other-party");
        moved.key = format!("foam {key}");
        let key = moved.key.clone();
        account.ours.push(moved);
        account.expect("other-party", &[], &[&key], "right-only").reason = Some("other-party");
    }
    account
}

/// 海宁绵润堰海绵: a GBK text file with title lines and a wrong total.
fn foam() -> Account {
    let mut account = agreed(FOAM, "9875.50", "9875.50", 14);

    for key in account.keys_of("1") {
        let line = account.left(&key);
        // Two neighbouring digits change places: MR26120 becomes MR26210.
        let mut digits: Vec<char> = line.document.chars().collect();
        let last = digits.len();
        digits.swap(last - 3, last - 2);
        line.document = digits.into_iter().collect();
        account.expect("document-no-typo", &[&key], &[&key], "matched").note =
            Some("document-no-typo");
    }

    account.right("2/0").quantity = dec("162");
    let ours = account.right("2/0");
    ours.amount = fen(ours.quantity * ours.price);
    let price = ours.price;
    account.bill("2/0", dec("126"), price);
    account.expect("transposed-digits", &["2/0"], &["2/0"], "differs").causes =
        vec![("transposed-digits", dec("-36") * price)];

    account.left("3/1").amount += dec("63.00");
    account.expect("arithmetic", &["3/1"], &["3/1"], "differs").causes =
        vec![("arithmetic", dec("63.00"))];

    let mut back = goods_line(
        account.supplier,
        "return".to_owned(),
        (day(10, 26), "TH261026-01".to_owned()),
        3,
        dec("12"),
    );
    back.kind = Kind::Return;
    back.text = "退货";
    account.theirs.push(back.clone());
    back.quantity = -back.quantity;
    back.amount = -back.amount;
    let twice = back.amount * dec("-2");
    account.ours.push(back);
    account.expect("sign", &["return"], &["return"], "differs").causes = vec![("sign", twice)];
    account
}

/// 杭州彩棉塘布业: the statement includes 13 % tax, our prices do not.
fn cloth() -> Account {
    let mut account = agreed(CLOTH, "27300.00", "27300.00", 15);

    let mut back = goods_line(
        account.supplier,
        "return".to_owned(),
        (day(10, 23), "TH261023-01".to_owned()),
        1,
        dec("-15"),
    );
    back.kind = Kind::Return;
    back.text = "退货";
    account.theirs.push(back.clone());
    account.ours.push(back);

    // One line of theirs stands for two receipts of one note.
    let whole = account.right("2/0").clone();
    let mut rest = whole.clone();
    rest.key = "2/0 rest".to_owned();
    rest.quantity = dec("80");
    rest.amount = fen(rest.quantity * rest.price);
    let first = account.right("2/0");
    first.quantity -= rest.quantity;
    first.amount -= rest.amount;
    let at = account.ours.iter().position(|line| line.key == "2/1").unwrap_or_default();
    account.ours.insert(at, rest);

    let raised = account.left("3/2");
    raised.price += dec("0.50");
    let more = fen(raised.quantity * dec("0.50"));

    let rate = dec("1.13");
    for line in account.theirs.iter_mut().filter(|line| line.goods.is_some()) {
        line.amount = fen(line.quantity * line.price * rate);
        line.price = (line.price * rate).normalize();
    }
    account.expect("split", &["2/0"], &["2/0", "2/0 rest"], "matched").note = Some("split");
    let raised = account.expect("tax-and-price", &["3/2"], &["3/2"], "differs");
    raised.causes = vec![("tax", raised.difference - more), ("price", more)];

    account.ours.push(other("deduction", Kind::Deduction, 27, "色差扣款", dec("-180.00")));
    account.expect("deduction-not-recognised", &[], &["deduction"], "right-only").reason =
        Some("not-billed");
    account
}

/// 鴻棟灘塗料: traditional, years of the Republic, third decimals cut off.
fn paint() -> Account {
    let mut account = agreed(PAINT, "40150.00", "30000.00", 16);
    let supplier = account.supplier;

    for (key, on, document, goods, quantity) in [
        ("open 1", 29, "HD-260951", 0, "120.5"),
        ("open 2", 29, "HD-260951", 2, "36.4"),
        ("open 3", 30, "HD-260958", 3, "64"),
    ] {
        let line = (day(9, on), document.to_owned());
        account.open_items.push(goods_line(supplier, key.to_owned(), line, goods, dec(quantity)));
    }
    account.theirs.splice(0..0, account.open_items[..2].to_vec());

    for line in account.theirs.iter_mut().filter(|line| line.kind == Kind::Goods) {
        let cut = (line.quantity * line.price).round_dp_with_strategy(2, RoundingStrategy::ToZero);
        line.amount = cut;
    }
    for key in ["open 1", "open 2"] {
        let carried = account.expect("carried-forward", &[key], &[key], "matched");
        carried.reason = Some("carried-forward");
        carried.causes = rounding(carried.difference);
    }
    account.expect("never-billed", &[], &["open 3"], "right-only").reason = Some("carried-forward");
    for key in
        ["0", "1", "2", "3", "4"].iter().flat_map(|note| account.keys_of(note)).collect::<Vec<_>>()
    {
        let billed = account.left(&key).amount;
        if billed != account.right(&key).amount {
            let cut = account.expect("rounding", &[&key], &[&key], "matched");
            cut.causes = rounding(cut.difference);
        }
    }

    // Two notes of one day with the same paint, and one line without number.
    for (key, document) in [("twin 1", "HD-261071"), ("twin 2", "HD-261072")] {
        let line = (day(10, 26), document.to_owned());
        account.ours.push(goods_line(supplier, key.to_owned(), line, 1, dec("40")));
    }
    let mut blank = account.right("twin 1").clone();
    blank.key = "blank".to_owned();
    blank.document = String::new();
    account.theirs.push(blank);
    account.expect("ambiguous", &["blank"], &["twin 1", "twin 2"], "ambiguous");
    account
}

fn rounding(difference: Decimal) -> Vec<(&'static str, Decimal)> {
    if difference.is_zero() { Vec::new() } else { vec![("rounding", difference)] }
}

/// Northmere Fittings: English, debit and credit, closed on the 25th.
fn fittings() -> Account {
    let mut account = agreed(FITTINGS, "21430.00", "21430.00", 19);
    account.their_opening += dec("100.00");

    let at = account.theirs.iter().position(|line| line.goods == Some(2)).unwrap_or_default();
    let (key, q, p) = {
        let line = &account.theirs[at];
        (line.key.clone(), line.quantity, line.price)
    };
    account.bill(&key, q, p * dec("10"));
    account.expect("decimal-shift", &[&key], &[&key], "differs").causes =
        vec![("decimal-shift", p * dec("9") * q)];

    let whole = account.left("3/0").clone();
    let mut rest = whole.clone();
    rest.key = "3/0 rest".to_owned();
    rest.quantity = fen(whole.quantity * dec("0.6")).normalize();
    rest.amount = fen(rest.quantity * rest.price);
    let first = account.left("3/0");
    first.quantity -= rest.quantity;
    first.amount -= rest.amount;
    let at = account.theirs.iter().position(|line| line.key == "3/1").unwrap_or_default();
    account.theirs.insert(at, rest);
    account.expect("combined", &["3/0", "3/0 rest"], &["3/0"], "matched").note = Some("combined");

    account.theirs.push(other("freight", Kind::Freight, 23, "Freight charge", dec("160.00")));
    let freight = account.expect("freight", &["freight"], &[], "left-only");
    freight.reason = Some("other-charge");
    freight.causes = vec![("freight", dec("160.00"))];

    let mut again = account.right("1/1").clone();
    again.key = "1/1 again".to_owned();
    again.day = day(10, 15);
    account.ours.push(again);
    account.expect("double-booked", &[], &["1/1 again"], "right-only").reason =
        Some("double-booked");

    for note in ["5", "6"] {
        for key in account.keys_of(note) {
            account.theirs.retain(|line| line.key != key);
            account.expect("next-period", &[], &[&key], "right-only").reason = Some("next-period");
        }
    }
    account
}
