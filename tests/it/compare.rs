//! `compare`: what a user of a differ, of VLOOKUP or of a data frame would
//! reach for.

use serde_json::Value;

use crate::sandbox::{Ran, Sandbox};

fn compare(sandbox: &Sandbox, args: &[&str]) -> (Ran, Value) {
    let all = [&["compare"], args, &["--format", "json", "--lang", "en"]].concat();
    let ran = sandbox.run(&all);
    let json = serde_json::from_str(&ran.stdout).unwrap_or(Value::Null);
    (ran, json)
}

fn rows(json: &Value, section: &str) -> Vec<Value> {
    let sections = json["sections"].as_array().unwrap();
    let found = sections.iter().find(|found| found["name"] == section).unwrap();
    found["rows"].as_array().unwrap().clone()
}

/// Returns the lines as `status reason key difference columns`, sorted.
fn lines(json: &Value) -> Vec<String> {
    let mut lines: Vec<String> = rows(json, "lines")
        .iter()
        .map(|row| {
            let entry = row["left"].get(0).or_else(|| row["right"].get(0)).unwrap();
            let columns = row["columns"].as_array().unwrap().iter();
            let columns: Vec<String> = columns
                .map(|one| {
                    let text = |key: &str| one[key].as_str().unwrap();
                    format!("{}:{}>{}", text("column"), text("left"), text("right"))
                })
                .collect();
            format!(
                "{} {} {} {} [{}]",
                row["status"].as_str().unwrap(),
                row["reason"].as_str().unwrap_or("-"),
                entry["document_no"].as_str().unwrap_or("-"),
                row["difference"].as_str().unwrap(),
                columns.join(" ")
            )
        })
        .collect();
    lines.sort();
    lines
}

/// Returns the pairs of columns as `role found left=right`.
fn pairs(json: &Value) -> Vec<String> {
    let pair = |row: &Value| {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        format!("{} {} {}={}", text("role"), text("found"), text("left"), text("right"))
    };
    rows(json, "columns").iter().map(pair).collect()
}

#[track_caller]
fn expect(ran: &Ran, found: &[String], expected: &[&str]) {
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    expected.sort();
    assert_eq!(found, expected, "{ran}");
}

const LEFT: &str = "\
单号,日期,品名,数量,金额
A001,2026-10-01,灯罩 大号,2,116.00
A002,2026-10-02,灯泡,10,99.00
A003,2026-10-03,吊灯,1,369.00
A004,2026-10-04,台灯,1,129.00
";

#[test]
fn rows_are_found_wherever_they_stand_and_changes_are_named() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", LEFT).write(
        "b.csv",
        "\
单号,日期,品名,数量,金额
A004,2026/10/4,台灯 黑色,1,129
A001,10月1日,灯罩大号,2,116
A003,2026-10-03,吊灯,1,396.00
A005,2026-10-05,落地灯,1,459.00
",
    );
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    expect(
        &ran,
        &lines(&json),
        &[
            "matched - A001 0.00 []",
            "left-only no-candidate A002 99.00 []",
            "differs - A003 -27.00 [金额:369.00>396.00]",
            "differs - A004 0.00 [品名:台灯>台灯 黑色]",
            "right-only no-candidate A005 -459.00 []",
        ],
    );
    assert_eq!(ran.code, 1);
    let totals = rows(&json, "totals");
    assert_eq!(totals[0]["left"], "713.00");
    assert_eq!(totals[0]["right"], "1100.00");
    assert_eq!(json["conservation"]["rows_in"], 8);
}

#[test]
fn the_same_sheet_in_another_order_is_the_same() {
    let sandbox = Sandbox::new();
    let mut shuffled: Vec<&str> = LEFT.lines().collect();
    shuffled[1..].reverse();
    sandbox.write("a.csv", LEFT).write("b.csv", shuffled.join("\n"));
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(lines(&json).iter().all(|line| line.starts_with("matched")), "{ran}");
}

#[test]
fn keys_and_amounts_under_other_names_are_found_by_their_values() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", LEFT).write(
        "b.csv",
        "\
Ref,Who,Sum
a-002,bert,99.00
A001,anna,116.00
A004,dora,128.50
A003,carl,369.00
",
    );
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    let pairs = pairs(&json);
    assert!(pairs.contains(&"key values 单号=Ref".to_owned()), "{pairs:?} {ran}");
    assert!(pairs.contains(&"amount values 金额=Sum".to_owned()), "{pairs:?} {ran}");
    assert!(lines(&json).contains(&"differs - A004 0.50 [金额:129.00>128.50]".to_owned()), "{ran}");
}

#[test]
fn composite_keys_are_never_run_together_and_duplicates_are_safe() {
    let sandbox = Sandbox::new();
    sandbox
        .write(
            "a.csv",
            "批,号,金额\n1,11,100\n11,1,200\n2,5,100\n2,5,200\n3,7,50\n3,7,50\n3,7,50\n",
        )
        .write("b.csv", "号,批,金额\n11,1,100\n1,11,200\n5,2,200\n7,3,50\n7,3,50\n");
    let (ran, json) =
        compare(&sandbox, &["a.csv", "b.csv", "--key", "批", "--key", "号", "--amount", "金额"]);
    let found = lines(&json);
    let count = |start: &str| found.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!(count("matched"), 5, "{ran}");
    assert_eq!(count("left-only"), 2, "{ran}");
    let sums: Vec<&str> = found
        .iter()
        .filter(|l| l.starts_with("left"))
        .map(|l| l.split(' ').nth(3).unwrap())
        .collect();
    assert_eq!(sums.len(), 2);
    assert!(sums.contains(&"100.00") && sums.contains(&"50.00"), "{found:?}");
}

#[test]
fn columns_may_be_named_in_either_language_by_letter_or_not_at_all() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", LEFT).write("b.csv", "x,Order No,Total\n1,A001,116\n2,A002,90\n");
    for key in ["单号=Order No", "A=B"] {
        let args = ["a.csv", "b.csv", "--key", key, "--amount", "金额=Total"];
        let (ran, json) = compare(&sandbox, &args);
        let found = lines(&json);
        assert!(found.contains(&"differs - A002 9.00 [金额:99.00>90]".to_owned()), "{ran}");
        assert_eq!(found.len(), 4, "{ran}");
    }
    let (ran, _) = compare(&sandbox, &["a.csv", "b.csv", "--key", "没有的列"]);
    assert_eq!(ran.code, 2, "{ran}");
    assert!(ran.stderr.contains("没有的列") && ran.stderr.contains("单号"), "{ran}");
}

#[test]
fn a_tolerance_is_kept_to_the_cent() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "单号,金额\nA001,100.00\nA002,100.05\nA003,100.06\n")
        .write("b.csv", "单号,金额\nA001,100.00\nA002,100.00\nA003,100.00\n");
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv", "--tolerance", "0.05"]);
    let found = lines(&json);
    let matched = found.iter().filter(|line| line.starts_with("matched")).count();
    assert_eq!(matched, 2, "{ran}");
}

#[test]
fn sheets_without_an_amount_are_compared_cell_by_cell() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "编号,姓名,部门\n0017,张,一车间\n0018,李,二车间\n")
        .write("b.csv", "编号,姓名,部门\n17,张,一车间\n18,李,三车间\n");
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv", "--key", "编号"]);
    expect(
        &ran,
        &lines(&json),
        &["matched - 0017 0.00 []", "differs - 0018 0.00 [部门:二车间>三车间]"],
    );
}

#[test]
fn short_keys_are_keys_all_the_same() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "id,net,tax\n1,100,13\n2,200,26\n3,300,39\n")
        .write("b.csv", "id,tax,net\n1,13,100\n2,27,200\n3,39,310\n");
    let (ran, json) =
        compare(&sandbox, &["a.csv", "b.csv", "--key", "id", "--amount", "net", "--amount", "tax"]);
    expect(
        &ran,
        &lines(&json),
        &[
            "matched - 1 0.00 []",
            "differs - 2 0.00 [tax:26>27]",
            "differs - 3 -10.00 [net:300>310]",
        ],
    );
}

#[test]
fn a_key_that_stands_several_times_is_told_by_all_else() {
    let sandbox = Sandbox::new();
    sandbox
        .write(
            "a.csv",
            "k,what,v\nA,x,100\nA,y,200\nB,p,5\nB,p,5\nB,p,5\nC,whole,30\nD,m,10\nD,n,20\n",
        )
        .write("b.csv", "k,what,v\nA,y,210\nA,x,100\nB,p,5\nB,p,5\nC,one,10\nC,two,20\nD,o,15\n");
    let args = ["a.csv", "b.csv", "--key", "k", "--amount", "v"];
    let (ran, json) = compare(&sandbox, &args);
    expect(
        &ran,
        &lines(&json),
        &[
            "matched - A 0.00 []",
            "differs - A -10.00 [v:200>210]",
            "matched - B 0.00 []",
            "matched - B 0.00 []",
            "left-only double-billed B 5.00 []",
            "matched - C 0.00 []",
            "ambiguous - D 15.00 []",
        ],
    );
}

#[test]
fn keys_are_found_by_what_they_are_called_and_by_two_columns_together() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "编码,数量\n10023,5\n10024,6\nA-7,1\n")
        .write("b.csv", "编码,数量\n10023,5\n00010024,6\na7,1\n");
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert!(pairs(&json).contains(&"key header 编码=编码".to_owned()), "{ran}");

    let rows = |swap: bool| {
        let row = |order: usize, style: usize, size: &str| {
            let count = order * 100 + style * 10 + size.len();
            match swap {
                false => format!("PO{order},K{style},{size},{count}\n"),
                true => format!("{size},PO{order},{count},K{style}\n"),
            }
        };
        let mut rows = String::new();
        for order in 1..5 {
            for style in 1..4 {
                ["S", "M", "XL"].iter().for_each(|size| rows += &row(order, style, size));
            }
        }
        rows
    };
    sandbox
        .write("a.csv", format!("订单号,款号,尺码,数量\n{}", rows(false)))
        .write("b.csv", format!("码,PO号,件数,款式\n{}", rows(true)));
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    assert_eq!(ran.code, 0, "{ran}");
    assert_eq!(lines(&json).len(), 36, "{ran}");
}

#[test]
fn sheets_without_headers_or_rows_in_common_are_compared() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "A001,10.5,x\nA002,20,y\nA003,30,z\n")
        .write("b.csv", "A001,10.5,x\nA003,31,z\nA004,5,w\n");
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    expect(
        &ran,
        &lines(&json),
        &[
            "matched - A001 0.00 []",
            "left-only no-candidate A002 20.00 []",
            "differs - A003 -1.00 [B:30>31]",
            "right-only no-candidate A004 -5.00 []",
        ],
    );
    sandbox.write("a.csv", "order,amount\nA1,5\n").write("b.csv", "order,amount\nB7,6\n");
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    expect(
        &ran,
        &lines(&json),
        &["left-only no-candidate A1 5.00 []", "right-only no-candidate B7 -6.00 []"],
    );
}

#[test]
fn numbers_that_lost_digits_are_found_by_the_whole_ones() {
    let sandbox = Sandbox::new();
    let (mut whole, mut cut) = (String::from("order,amount\n"), String::from("order,amount\n"));
    for n in 0..6_u64 {
        let number = (3_251_000_123_456_789_012 + n * 70_000_000_123).to_string();
        whole += &format!("{number},{}.50\n", 10 + n);
        cut += &format!("{}0000,{}.50\n", &number[..15], 10 + n);
    }
    sandbox.write("a.csv", whole).write("b.csv", cut);
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    let found = lines(&json);
    assert_eq!(found.len(), 6, "{ran}");
    assert!(found.iter().all(|line| line.starts_with("matched")), "{ran}");
}

#[test]
fn a_slip_in_the_key_is_suggested_and_never_taken_for_granted() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "单号,品名,金额\nSO10001,灯罩,116.20\nSO10002,灯泡,99.00\nSO10003,吊灯,50.00\nSO10005,吊灯,50.00\n")
        .write("b.csv", "单号,品名,金额\nSO10010,灯罩,116.20\nSO10002,灯泡,99.00\nSO10004,吊灯,50.00\n");
    let (ran, json) = compare(&sandbox, &["a.csv", "b.csv"]);
    expect(
        &ran,
        &lines(&json),
        &[
            "suggested - SO10001 0.00 []",
            "matched - SO10002 0.00 []",
            "left-only no-candidate SO10003 50.00 []",
            "left-only no-candidate SO10005 50.00 []",
            "right-only no-candidate SO10004 -50.00 []",
        ],
    );
}

#[test]
fn a_column_that_is_not_there_is_named_with_its_sheet() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "Order No,Amount\n1,2\n").write("b.csv", "Ref,Amount\n1,2\n");
    let (ran, _) = compare(&sandbox, &["a.csv", "b.csv", "--key", "Order No"]);
    assert_eq!(ran.code, 2, "{ran}");
    assert!(ran.stderr.contains("b.csv") && ran.stderr.contains("Ref"), "{ran}");
}

#[test]
fn the_left_sheet_counts_as_an_input_like_the_right() {
    let sandbox = Sandbox::new();
    sandbox
        .write("ours/a.csv", "单号,金额\nA001,100.00\nA002,100.05\n")
        .write("ours/gendan.toml", "[matching]\ntolerance = \"0.05\"\n")
        .write("b.csv", "单号,金额\nA001,100.00\nA002,100.00\n");
    let (ran, json) = compare(&sandbox, &["ours/a.csv", "b.csv"]);
    expect(&ran, &lines(&json), &["matched - A001 0.00 []", "matched - A002 0.05 []"]);
    let before = sandbox.files();
    let over = sandbox.run(&["compare", "ours/a.csv", "b.csv", "-o", "ours/a.csv", "--force"]);
    assert_eq!(over.code, 2, "{over}");
    assert_eq!(sandbox.files(), before);
    let kept = std::fs::read_to_string(sandbox.path("ours/a.csv")).unwrap();
    assert!(kept.starts_with("单号"), "{over}");
}

#[test]
fn columns_under_other_names_are_compared_where_their_rows_say_the_same() {
    let sandbox = Sandbox::new();
    let (mut ours, mut theirs) = (String::new(), String::new());
    for n in 1..=8 {
        let (qty, sum) = (10 + 3 * n, (10 + 3 * n) * 7);
        ours += &format!("{n},PO26{n:03},00{n}7,{qty},7.00,{sum}.00\n");
        let qty = if n == 3 { qty - 2 } else { qty };
        theirs += &format!("{},PO26{n:03},00{n}7,{qty},7.00,{}.00,CNY\n", 9 - n, qty * 7);
    }
    sandbox.write("ours.csv", format!("序号,采购单,料号,实发数,单价,金额\n{ours}"));
    sandbox
        .write("theirs.csv", format!("Line,Our ref,Part,Shipped,Unit price,Total,Cur\n{theirs}"));
    let (ran, json) = compare(&sandbox, &["ours.csv", "theirs.csv"]);
    let pairs = pairs(&json);
    assert!(
        pairs.iter().any(|pair| pair.contains("实发数") && pair.contains("Shipped")),
        "{pairs:?}"
    );
    assert!(!pairs.iter().any(|pair| pair.contains("序号")), "{pairs:?}");
    let differs = rows(&json, "lines").into_iter().filter(|line| line["status"] == "differs");
    let differs: Vec<Value> = differs.collect();
    let [line] = &differs[..] else { panic!("{ran}") };
    let changed = line["columns"].to_string();
    assert!(changed.contains("实发数") && changed.contains("金额"), "{changed}");
}

#[test]
fn nothing_is_printed_that_no_row_fills() {
    use gendan::input::workbook::{Options, open_bytes};

    let sandbox = Sandbox::new();
    sandbox.write("a.csv", LEFT).write("b.csv", LEFT.replace("99.00", "98.00"));
    let args = ["compare", "a.csv", "b.csv", "--lang", "zh-Hans", "-o", "out.xlsx", "-q"];
    assert_eq!(sandbox.run(&args).code, 1);
    let bytes = std::fs::read(sandbox.path("out.xlsx")).unwrap();
    let book = open_bytes(&bytes, "out.xlsx", &Options::default());
    let header = |name: &str| -> Vec<String> {
        let sheet = book.sheets.iter().find(|sheet| sheet.id.sheet.as_deref() == Some(name));
        let header = &sheet.unwrap().rows[1];
        header.cells.iter().filter_map(|cell| cell.text().map(str::to_owned)).collect()
    };
    let places = ["左表位置", "右表位置"];
    let amounts = ["左表金额", "右表金额"];
    assert_eq!(header("已对上"), [&["行号", "关键列", "数量"][..], &amounts, &places].concat());
    let differences = header("差异");
    for absent in ["对象", "日期", "品名", "左表单价", "右表单价"] {
        assert!(!differences.iter().any(|header| header == absent), "{differences:?}");
    }
}

#[test]
fn a_telephone_number_is_no_amount_and_a_row_too_many_is_a_duplicate() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", "工号,姓名,电话\nG001,张一,13800000001\nG002,张二,13800000002\n").write(
        "b.csv",
        "姓名,工号,电话\n张二,G002,13800000009\n张一,G001,13800000001\n张一,G001,13800000001\n",
    );
    let args = ["compare", "a.csv", "b.csv", "--lang", "en", "--format", "json"];
    let ran = sandbox.run(&args);
    let json: Value = serde_json::from_str(&ran.stdout).unwrap();
    let found = pairs(&json);
    assert!(!found.iter().any(|pair| pair.starts_with("amount")), "{found:?}");
    let lines = rows(&json, "lines");
    let told = |status: &str| {
        let line = lines.iter().find(|line| line["status"] == status);
        line.map(|line| line["explanation"].as_str().unwrap().to_owned()).unwrap_or_default()
    };
    assert_eq!(told("differs"), "电话: 13800000002 → 13800000009", "{ran}");
    assert!(told("right-only").starts_with("duplicate row"), "{ran}");
}

#[test]
fn a_key_of_two_columns_is_one_and_an_amount_alone_differs() {
    let sandbox = Sandbox::new();
    sandbox
        .write("a.csv", "订单号,货号,金额\nD1001,A-1,120.00\nD1001,A-2,75.50\nD1002,A-1,36.00\n")
        .write("b.csv", "订单号,货号,金额\nD1001,A-1,120.00\nD1001,A-2,70.50\nD1002,A-1,36.00\n");
    let ran = sandbox.run(&["compare", "a.csv", "b.csv", "--lang", "en"]);
    for part in ["D1001 / A-2", "the amounts differ by 5.00"] {
        assert!(ran.stdout.contains(part), "{part}: {ran}");
    }
}

/// Days that may be read in two ways are read as the other sheet's are; money
/// that half the rows have is no part of a key.
#[test]
fn open_dates_are_those_of_the_other_sheet() {
    let ledger = "Date,Voucher,Account,Debit,Credit
2026-10-01,V1,Cash,100.00,
2026-10-01,V1,Sales,,100.00
2026-10-02,V2,Cash,50.00,
2026-10-02,V2,Sales,,50.00
2026-10-03,V3,Rent,30.00,
2026-10-03,V3,Cash,,30.00
";
    let bank = "Date,Voucher,Account,Debit,Credit
01/10/2026,V1,cash,100,
01/10/2026,V1,Sales,,100
02/10/2026,V2,Cash,50,
02/10/2026,V2,Sales,,55
03/10/2026,V3,Rent,30,
";
    let sandbox = Sandbox::new();
    sandbox.write("ledger.csv", ledger);
    sandbox.write("bank.csv", bank);
    for (one, other, columns, reason) in [
        ("ledger.csv", "bank.csv", "Credit:50.00>55", "left-only"),
        ("bank.csv", "ledger.csv", "Credit:55>50.00", "right-only"),
    ] {
        let (ran, json) = compare(&sandbox, &[one, other]);
        let found = lines(&json);
        let open: Vec<&String> = found.iter().filter(|line| !line.starts_with("matched")).collect();
        assert_eq!(open.len(), 2, "{ran}{found:#?}");
        assert!(open[0].contains(columns) && open[0].starts_with("differs"), "{open:?}");
        assert!(open[1].starts_with(reason) && open[1].contains("V3"), "{open:?}");
        assert_eq!(found.iter().filter(|line| line.starts_with("matched")).count(), 4);
    }
}
