//! `stock ledger`: the roll-forward, whatever the sheets look like.

use serde_json::Value;

use super::layouts::LAYOUTS;
use super::store::{Kind, Move, Store, shown};
use super::{alarms, json, rows};
use crate::sandbox::Sandbox;

/// Returns what the report says of an item.
fn of<'v>(balances: &'v [Value], code: &str) -> &'v Value {
    let mut found = balances.iter().filter(|row| row["item"] == code);
    let one = found.next().unwrap_or_else(|| panic!("{code} is not in the report"));
    assert!(found.next().is_none(), "{code} is in the report twice");
    one
}

fn figure(row: &Value, key: &str) -> String {
    row[key].as_str().unwrap_or("null").to_owned()
}

#[test]
fn every_layout_rolls_to_the_truth() {
    for (seed, layout) in (0..).zip(&LAYOUTS) {
        let sandbox = Sandbox::new();
        let store = Store::draw(seed);
        let sums = store.sums();
        layout.write(&sandbox, &store, &sums);
        let (report, ran) = json(&sandbox, &["stock", "ledger"]);
        let balances = rows(&report, "balances");
        assert_eq!(balances.len(), store.items.len(), "{}: {ran}", layout.name);
        for (item, sum) in store.items.iter().zip(&sums) {
            let row = of(&balances, &item.code);
            let told = ["opening", "received", "issued", "adjusted", "closing", "difference"];
            let told = told.map(|key| figure(row, key));
            let truth = [item.opening, sum.received, sum.issued, sum.adjusted, sum.closing, 0];
            assert_eq!(told, truth.map(shown), "{}, seed {seed}: {}", layout.name, item.code);
            assert_eq!(row["warehouse"], item.warehouse, "{}", layout.name);
        }
        assert_eq!(alarms(&report), [], "{}, seed {seed}", layout.name);
        assert_eq!(ran.code, 0, "{ran}");
        let kept = &report["conservation"];
        assert_eq!(kept["rows_in"], store.moves.len(), "{}", layout.name);
        assert_eq!(kept["rows_reported"], kept["rows_in"]);
        assert_eq!(kept["amount_in"], kept["amount_reported"]);
    }
}

#[test]
fn a_typed_over_closing_is_found_in_every_layout() {
    for (seed, layout) in (40..).zip(&LAYOUTS) {
        let sandbox = Sandbox::new();
        let store = Store::draw(seed);
        let mut stated = store.sums();
        stated[2].closing += 10_000;
        let mut written = layout.write(&sandbox, &store, &stated);
        let (report, _) = json(&sandbox, &["stock", "ledger"]);
        let row = of(&rows(&report, "balances"), &store.items[2].code).clone();
        assert_eq!(row["difference"], "100", "{}", layout.name);
        let expected = vec![("table-mismatch".to_owned(), written.table.swap_remove(2))];
        assert_eq!(alarms(&report), expected, "{}, seed {seed}", layout.name);
    }
}

#[test]
fn a_fall_below_nought_is_told_at_its_movement() {
    for (seed, layout) in (60..).zip(&LAYOUTS) {
        let sandbox = Sandbox::new();
        let mut store = Store::draw(seed);
        let stock = store.sums()[1].closing;
        let item = 1;
        let number = "CK26109999".to_owned();
        store.moves.push(Move { day: 31, number, kind: Kind::Issue, item, quantity: stock + 700 });
        let written = layout.write(&sandbox, &store, &store.sums());
        let (report, ran) = json(&sandbox, &["stock", "ledger"]);
        let falls = store.falls();
        let row = written.ledger[falls[&1]];
        let found = alarms(&report);
        assert!(found.contains(&("negative-stock".to_owned(), row)), "{}: {found:?}", layout.name);
        let others: Vec<_> = found.iter().filter(|(code, _)| code != "document-no-gap").collect();
        assert_eq!(others.len(), 1, "{}, seed {seed}: {found:?}", layout.name);
        assert_eq!(ran.code, 1);
    }
}

#[test]
fn the_same_sheet_gives_the_same_bytes_and_the_order_of_rows_is_no_matter() {
    let store = Store::draw(7);
    let mut turned = store.clone();
    turned.moves.reverse();
    let report = |store: &Store| {
        let sandbox = Sandbox::new();
        LAYOUTS[0].write(&sandbox, store, &store.sums());
        let (report, ran) = json(&sandbox, &["stock", "ledger"]);
        (rows(&report, "balances"), ran.stdout)
    };
    assert_eq!(report(&store).1, report(&store).1);
    assert_eq!(report(&store).0, report(&turned).0);
}

const TABLE: &str = "\
库存表 2026年10月31日,,,,,
物料编码,品名,单位,期初,结存,成本价
A1,拉链,条,200,235,5.00
00120,缝纫线,个,10,15,1.00
00131,牛仔线,个,5,5,1.00
152,绣花线,个,7,9,1.00
";

#[test]
fn the_worked_month_of_the_trade() {
    let sandbox = Sandbox::new();
    sandbox.write("库存表.csv", TABLE);
    let ledger = "\
日期,单号,类型,物料编码,品名,入库数量,出库数量,单价
2026-10-02,RK001,采购入库,A1,拉链,300,,5.60
2026-10-03,CK001,生产领料,A1,拉链,,260,
2026-10-04,PD001,盘盈,A1,拉链,10,,
2026-10-05,PD002,盘亏,A1,拉链,,15,
2026-10-05,RK002,采购入库,00120,缝纫线,5,,
2026-10-06,RK003,采购入库,00152,绣花线,2,,
";
    sandbox.write("出入库流水.csv", ledger);
    let (report, _) = json(&sandbox, &["stock", "ledger"]);
    let balances = rows(&report, "balances");
    let a1 = of(&balances, "A1");
    let told = ["opening", "received", "issued", "adjusted", "closing", "difference"];
    assert_eq!(told.map(|key| figure(a1, key)), ["200", "300", "260", "-5", "235", "0"]);
    // 200 at 5.00 and 300 at 5.60 are 500 at 5.36.
    assert_eq!((figure(a1, "unit_cost"), figure(a1, "value")), ("5.36".into(), "1259.60".into()));
    assert_eq!(figure(a1, "last_moved"), "2026-10-05");
    // The number that lost its zeros is one item with the code that has them.
    assert_eq!(figure(of(&balances, "00152"), "closing"), "9");
    assert_eq!(alarms(&report), [("leading-zeros-lost".to_owned(), 6)]);
}

#[test]
fn documents_are_checked() {
    let sandbox = Sandbox::new();
    let ledger = "\
日期,单号,类型,物料编码,品名,入库数量,出库数量
2026-10-02,RK20261002-001,采购入库,A1,拉链,300,
2026-10-02,RK20261002-001,采购入库,A2,纽扣,300,
2026-10-02,RK20261002-002,采购入库,A2,纽扣,50,
2026-10-02,RK20261002-004,采购入库,A1,拉链,50,
2026-10-03,RK20261003-001,采购入库,A1,拉链,30,
2026-10-04,RK20261003-001,采购入库,A1,拉链,30,
2026-10-05,,生产领料,A1,拉链,,20
2026-10-05,RK20261005-001,采购入库,A3,线,20,
2026-10-05,RK20261005-002,采购入库,A3,线,20,
";
    sandbox.write("出入库流水.csv", ledger);
    let (report, _) = json(&sandbox, &["stock", "ledger"]);
    let expected =
        [("document-no-gap", 5), ("document-no-repeated", 7), ("movement-without-document", 8)];
    let expected = expected.map(|(code, row)| (code.to_owned(), row));
    assert_eq!(alarms(&report), expected);
}

#[test]
fn slips_are_posted_and_those_that_are_not_are_told() {
    let sandbox = Sandbox::new();
    let ledger = "\
日期,单号,类型,物料编码,品名,入库数量,出库数量
2026-10-02,RK001,采购入库,A1,拉链,300,
2026-10-04,RK003,采购入库,A1,拉链,30,
2026-10-05,LL001,生产领料,A1,拉链,,20
";
    let slips = "\
入库单号,入库日期,供应商,送货单号,物料编码,品名,实收数量
RK000,2026-09-30,甲厂,D0,A1,拉链,5
RK001,2026-10-02,甲厂,D1,A1,拉链,300
RK002,2026-10-03,甲厂,D2,A1,拉链,40
RK003,2026-10-04,甲厂,D3,A1,拉链,33
";
    sandbox.write("出入库流水.csv", ledger).write("入库单.csv", slips);
    let (report, _) = json(&sandbox, &["stock", "ledger"]);
    let expected = [("slip-not-posted", 4), ("slip-posted-otherwise", 5)];
    assert_eq!(alarms(&report), expected.map(|(code, row)| (code.to_owned(), row)));
    // Slips that a ledger has are not counted once more.
    assert_eq!(rows(&report, "balances")[0]["received"], "330");
    assert_eq!(rows(&report, "postings").len(), 4);
    let (report, _) = json(&sandbox, &["stock", "ledger", "--day", "2026-10-03"]);
    assert_eq!(rows(&report, "postings").len(), 1);

    // Where no ledger is kept, the slips are the movements.
    let alone = Sandbox::new();
    alone.write("入库单.csv", slips);
    let (report, _) = json(&alone, &["stock", "ledger"]);
    assert_eq!(rows(&report, "balances")[0]["received"], "378");
}

#[test]
fn a_table_alone_is_rolled_by_its_own_columns() {
    let sandbox = Sandbox::new();
    let table = "\
庫存明細表,,,,,,
品號,品名,單位,庫別,期初庫存量,本期入庫,本期出庫,結存
A1,螺絲,PCS,五金倉,909,5411,91,6229
A2,銅柱,PCS,五金倉,--,20,30,-10
A3,油漆,KG,五金倉,5,1,2,40
A1,螺絲,PCS,五金倉,909,5411,91,6229
五金倉 小計,,,,,,,6259
";
    sandbox.write("庫存表_11510.csv", table);
    let (report, _) = json(&sandbox, &["stock", "ledger"]);
    let balances = rows(&report, "balances");
    assert_eq!(balances.len(), 3);
    assert_eq!(figure(of(&balances, "A1"), "closing"), "6229");
    assert_eq!(figure(of(&balances, "A3"), "difference"), "36");
    let expected = [("negative-stock", 4), ("repeated-line", 6), ("table-mismatch", 5)];
    // The subtotal agrees once the repeated line is counted once.
    assert_eq!(alarms(&report), expected.map(|(code, row)| (code.to_owned(), row)));
}

#[test]
fn last_months_table_opens_the_books() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "库存表2026-09.csv",
        "库存表 2026年9月30日,,,\n编码,品名,单位,结存\nA1,拉链,条,40\n",
    );
    sandbox.write(
        "库存表2026-10.csv",
        "库存表 2026年10月31日,,,\n编码,品名,单位,结存\nA1,拉链,条,52\n",
    );
    let ledger = "日期,单号,类型,物料编码,品名,数量\n2026-10-02,RK1,采购入库,A1,拉链,12\n";
    sandbox.write("出入库流水.csv", ledger);
    let (report, _) = json(&sandbox, &["stock", "ledger"]);
    let row = rows(&report, "balances")[0].clone();
    let told = ["opening", "received", "closing", "table_closing", "difference"];
    assert_eq!(told.map(|key| figure(&row, key)), ["40", "12", "52", "52", "0"]);
    assert_eq!(alarms(&report), []);
}

#[test]
fn places_tell_what_comes_and_what_goes() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "moves.csv",
        "Stock Moves\nDate,Reference,Product,From,To,Quantity,Unit\n\
         2026-10-01,WH/IN/1,[P1] Desk,Partners/Vendors,WH/Stock,100,pcs\n\
         2026-10-02,WH/OUT/1,[P1] Desk,WH/Stock,Partners/Customers,30,pcs\n\
         2026-10-03,WH/MO/1,[P1] Desk,WH/Stock,Virtual Locations/Production,20,pcs\n\
         2026-10-04,WH/INT/1,[P1] Desk,WH/Stock,WH/Shop,5,pcs\n",
    );
    let (report, ran) = json(&sandbox, &["stock", "ledger"]);
    assert!(alarms(&report).is_empty(), "{ran}");
    let balances = rows(&report, "balances");
    let told = balances.iter().map(|row| {
        let keys = ["warehouse", "received", "issued", "closing"];
        keys.map(|key| figure(row, key)).join(" ")
    });
    assert_eq!(told.collect::<Vec<_>>(), ["WH/Stock 100 55 45", "WH/Shop 5 0 5"]);
}

#[test]
fn transfers_move_stock_between_warehouses() {
    let sandbox = Sandbox::new();
    let ledger = "\
日期,单号,类型,物料编码,品名,仓库,批号,数量
2026-10-02,RK1,采购入库,A1,布,面料仓,G1,100
2026-10-03,DB1,调拨出库,A1,布,面料仓,G1,30
2026-10-03,DB1,调拨入库,A1,布,车间仓,G1,30
2026-10-04,LL1,生产领料,A1,布,车间仓,G1,31
";
    sandbox.write("出入库流水.csv", ledger);
    let (report, _) = json(&sandbox, &["stock", "ledger"]);
    let balances = rows(&report, "balances");
    let told: Vec<_> = balances
        .iter()
        .map(|row| (figure(row, "warehouse"), figure(row, "batch"), figure(row, "closing")))
        .collect();
    assert_eq!(told[0], ("面料仓".into(), "G1".into(), "70".into()));
    assert_eq!(told[1], ("车间仓".into(), "G1".into(), "-1".into()));
    assert_eq!(alarms(&report), [("negative-stock".to_owned(), 5)]);
}

#[test]
fn movements_of_other_months_are_left_out_and_said() {
    let sandbox = Sandbox::new();
    let ledger = "\
日期,单号,类型,物料编码,品名,数量
2026-09-30,RK1,采购入库,A1,布,100
2026-10-03,RK2,采购入库,A1,布,30
2026-11-01,RK3,采购入库,A1,布,7
";
    sandbox.write("出入库流水.csv", ledger);
    sandbox.write("库存表.csv", "物料编码,品名,单位,期初,结存\nA1,布,米,500,530\n");
    let (report, _) = json(&sandbox, &["stock", "ledger", "--month", "2026-10"]);
    let row = rows(&report, "balances")[0].clone();
    let told = ["opening", "received", "closing", "difference"].map(|key| figure(&row, key));
    assert_eq!(told, ["500", "30", "530", "0"]);
    assert_eq!(report["conservation"]["rows_reported"], 3);
    // Without a table what moved before is what the month begins with.
    let alone = Sandbox::new();
    alone.write("出入库流水.csv", ledger);
    let (report, _) = json(&alone, &["stock", "ledger", "--month", "2026-10"]);
    let row = rows(&report, "balances")[0].clone();
    let told = ["opening", "received", "closing"].map(|key| figure(&row, key));
    assert_eq!(told, ["100", "30", "130"]);
}
