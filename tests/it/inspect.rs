//! `inspect` and `kinds`: what a person and a program are told of her sheets.

use serde_json::{Value, json};

use crate::sandbox::{Ran, Sandbox};

const STATEMENT: &str = "\
永兴拉链厂对账单,,,,,
客户：青竹制衣,,账期：2026年10月,,,
日期,送货单号,品名,数量(条),单价(元),金额(元)
2026-10-05,YX1001,尼龙拉链,100,0.62,62.00
2026-10-06,YX1002,金属拉链,200,1.85,370.00
合计,,,300,,432.00
";

/// Returns the tables that `inspect` reports.
fn tables(ran: &Ran) -> Vec<Value> {
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    let sections = report["sections"].as_array().unwrap().clone();
    let tables = sections.into_iter().find(|section| section["name"] == "tables").unwrap();
    tables["rows"].as_array().unwrap().clone()
}

#[test]
fn a_table_is_told_with_its_kind_rows_and_columns() {
    let sandbox = Sandbox::new();
    sandbox.write("永兴10月.csv", STATEMENT);
    let ran = sandbox.run(&["inspect", "永兴10月.csv", "--format", "json"]);
    let tables = tables(&ran);
    let [table] = tables.as_slice() else { panic!("{ran}") };
    assert_eq!(table["kind"], "supplier_statement", "{ran}");
    assert_eq!(table["header_rows"], json!([3]));
    assert_eq!(table["body_rows"], json!([4, 5]));
    assert_eq!(table["total_rows"], json!([6]));
    let columns: Vec<_> = table["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| (column["column"].clone(), column["field"].clone(), column["sum"].clone()))
        .collect();
    assert_eq!(
        json!(columns),
        json!([
            ["A", "doc_date", null],
            ["B", "delivery_note_no", null],
            ["C", "item_name", null],
            ["D", "qty", "300"],
            ["E", "unit_price", null],
            ["F", "amount", "432.00"]
        ])
    );
}

#[test]
fn a_kind_that_is_said_is_not_doubted() {
    let sandbox = Sandbox::new();
    sandbox.write("a.csv", STATEMENT);
    let ran = sandbox.run(&["inspect", "入库=a.csv", "--format", "json"]);
    assert_eq!(tables(&ran)[0]["kind"], "goods_receipt", "{ran}");
    assert_eq!(tables(&ran)[0]["confidence"], 100, "{ran}");
    let ran = sandbox.run(&["inspect", "statment=a.csv", "--lang", "en"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran}");
    assert!(ran.stderr.contains("near it: statement"), "{ran}");
}

#[test]
fn what_is_no_known_sheet_is_said_to_be_none() {
    let sandbox = Sandbox::new();
    sandbox.write("notes.csv", "alpha,beta\nmilk,2\nbread,3\n");
    let ran = sandbox.run(&["inspect", "notes.csv", "--lang", "en"]);
    assert_eq!(ran.code, 1, "{ran}");
    assert!(ran.stdout.contains("not recognised"), "{ran}");
}

#[test]
fn a_person_sees_every_table_and_column() {
    let sandbox = Sandbox::new();
    sandbox.write("永兴10月.csv", STATEMENT);
    let ran = sandbox.run(&["查看", "永兴10月.csv"]);
    assert_eq!(ran.code, 0, "{ran}");
    for word in ["供应商对账单", "送货单号", "delivery_note_no", "432"] {
        assert!(ran.stdout.contains(word), "{word}: {ran}");
    }
}

#[test]
fn kinds_are_listed_and_told_by_any_of_their_names() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["kinds", "--lang", "en"]);
    assert_eq!(list.code, 0);
    assert!(list.stdout.contains("supplier_statement"), "{list}");
    let one = sandbox.run(&["kinds", "statement", "--lang", "en"]);
    assert!(one.stdout.contains("应收金额"), "{one}");
    for name in ["對帳單", "D11", "Supplier statement"] {
        assert_eq!(sandbox.run(&["表種", name, "--lang", "en"]), one, "{name}");
    }
    let json = sandbox.run(&["kinds", "D11", "--format", "json"]);
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    let kind = &report["sections"][0]["rows"][0];
    assert_eq!((&kind["kind"], &kind["number"]), (&json!("supplier_statement"), &json!("D11")));
    assert!(kind["fields"].as_array().unwrap().iter().all(|field| field["label"] != ""));
}

#[test]
fn a_register_of_money_received_is_one_of_payments() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "收款登记表10月.csv",
        "收款登记表 2026年10月\n日期,客户,金额,收款方式,收款单号,经手人\n\
         2026-10-08,云岭灯饰,9650.00,银行转账,SK261001,会计A\n\
         2026-10-20,三川家居,4100.00,微信,SK261002,会计A\n",
    );
    let ran = sandbox.run(&["inspect", "收款登记表10月.csv", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(json["inputs"][0]["kind"], "payment_register", "{ran}");
}
