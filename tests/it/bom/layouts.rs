//! One product in every layout in which parts lists come: the needs are the
//! same.

use rust_xlsxwriter::{Format, Workbook};

use super::{findings, rows, run, table};
use crate::sandbox::Sandbox;

/// What 100 of the product need, at which level.
const NEEDS: [&str; 4] = ["A1 1 204", "B1 2 642.6", "C1 2 204", "B2 1 105"];

fn needs(files: &[(&str, &str)]) -> Vec<String> {
    let sandbox = Sandbox::new();
    for (name, text) in files {
        sandbox.write(&format!("in/{name}"), text);
    }
    let (report, ran) = run(&sandbox, "explode", &[]);
    let products: Vec<_> =
        rows(&report, "requirements").iter().map(|row| row["product"].clone()).collect();
    assert!(products.iter().all(|product| product == "K77"), "{products:?} {ran}");
    assert_eq!(findings(&report), Vec::<String>::new(), "{ran}");
    table(&report, "requirements", &["item", "level", "gross"])
}

#[test]
fn levels_as_numbers_with_the_product_as_level_nought() {
    let list = "层次,物料编码,物料名称,单位,单件用量,损耗率,订单数量\n\
        0,K77,台灯,台,1,,100\n1,A1,灯头组件,套,2,2%,\n2,B1,铜套,个,3,5%,\n2,C1,灯座,个,1,,\n1,B2,电线,条,1,5%,\n";
    assert_eq!(needs(&[("清单.csv", list)]).len(), 4);
    let orders = "订单号,客户,产品编码,订单数量,交期\nD1,甲,K77,100,2026-11-20\n";
    assert_eq!(needs(&[("清单.csv", list), ("订单登记表.csv", orders)]), NEEDS);
}

const ORDERS: &str = "订单号,客户,产品编码,订单数量,交期\nD1,甲,K77,100,2026-11-20\n";

#[test]
fn levels_as_dots_and_plus_signs_and_outline_numbers() {
    for levels in [
        [".1", "..2", "..2", ".1"],
        ["+", "++", "++", "+"],
        ["1", "1.1", "1.2", "2"],
        ["一级", "二级", "二级", "一级"],
    ] {
        let [a, b, c, d] = levels;
        let list = format!(
            "材料清單,,,,,\n主件品號：K77　　品名：檯燈,,,,,\n\
             階次,元件品號,品名,單位,組成用量,底數,損耗率\n\
             {a},A1,燈頭組件,套,2,1,2%\n{b},B1,銅套,個,30,10,0.05\n{c},C1,燈座,個,1,1,--\n{d},B2,電線,條,1,1,5%\n"
        );
        assert_eq!(needs(&[("bom.csv", &list), ("订单登记表.csv", ORDERS)]), NEEDS, "{levels:?}");
    }
}

#[test]
fn parents_and_children_in_two_columns() {
    let list = "父件编码,子件编码,子件名称,单位,用量,损耗率\n\
        K77,A1,灯头组件,套,2,2\nK77,B2,电线,条,1,5\nA1,B1,铜套,个,3,5\nA1,C1,灯座,个,1,0\n";
    let mut found = needs(&[("产品结构.csv", list), ("订单登记表.csv", ORDERS)]);
    found.sort();
    let mut expected = NEEDS.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_one_level_sheet_is_of_the_product_in_its_name() {
    let list =
        "物料编码,物料名称,规格,单位,单耗,损耗率\nA1,灯头,E27,个,2,2%\nB2,电线,1.5m,条,1,5%\n";
    let found = needs(&[("物料清单_K77.csv", list), ("订单登记表.csv", ORDERS)]);
    assert_eq!(found, ["A1 1 204", "B2 1 105"]);
}

#[test]
fn indents_of_cells_show_levels_and_several_lists_stand_in_a_workbook() {
    let sandbox = Sandbox::new();
    let mut book = Workbook::new();
    let indent = Format::new().set_indent(1);
    for product in ["K77", "K78"] {
        let sheet = book.add_worksheet().set_name(product).unwrap();
        sheet.write(0, 0, format!("{product} 物料定额表")).unwrap();
        for (col, header) in
            ["物料编码", "物料名称", "单位", "单件用量", "损耗率"].iter().enumerate()
        {
            sheet.write(2, u16::try_from(col).unwrap(), *header).unwrap();
        }
        let lines = [
            ("A1", "灯头组件", 2.0, 0.02, false),
            ("B1", "铜套", 3.0, 0.05, true),
            ("B2", "电线", 1.0, 0.05, false),
        ];
        for (row, (code, name, usage, loss, inner)) in (3..).zip(lines) {
            sheet.write(row, 0, code).unwrap();
            match inner {
                true => sheet.write_with_format(row, 1, name, &indent).unwrap(),
                false => sheet.write(row, 1, name).unwrap(),
            };
            sheet.write(row, 2, "个").unwrap();
            sheet.write(row, 3, usage).unwrap();
            sheet.write(row, 4, loss).unwrap();
        }
    }
    sandbox.write("in/清单.xlsx", book.save_to_buffer().unwrap());
    let (report, ran) = run(&sandbox, "explode", &[]);
    let found = table(&report, "requirements", &["product", "order", "item", "level", "gross"]);
    let expected = ["K77 null A1 1 2.04", "K77 null B1 2 6.426", "K77 null B2 1 1.05"];
    assert_eq!(found[..3], expected, "{ran}");
    assert_eq!(found.len(), 6, "{ran}");
}

#[test]
fn several_products_in_one_sheet_and_names_without_codes() {
    let list = "产品编码,物料名称,规格,颜色,单位,单件用量\n\
        K77,针织布,150cm,黑,米,1.35\nK77,拉链,60cm,黑,条,1\nK78,针织布,150cm,黑,米,1.2\n";
    let sandbox = Sandbox::new();
    sandbox.write("in/用料表.csv", list);
    let (report, ran) = run(&sandbox, "explode", &[]);
    let found = table(&report, "requirements", &["product", "item", "gross"]);
    assert_eq!(
        found,
        ["K77 针织布 150cm 黑 1.35", "K77 拉链 60cm 黑 1", "K78 针织布 150cm 黑 1.2"],
        "{ran}"
    );
}

#[test]
fn a_product_beside_its_name_and_uses_that_are_written_as_parts() {
    let list = "物料清单,,,,\n产品型号：K77 LED台灯,,,,\n\
        物料编码,物料名称,单位,单机用量,损耗率\nA1,外箱,个,1/8,\nB1,说明书,张,1 / 1,2%\n";
    let orders = "订单号,客户,产品型号,订单数量,交期\nD1,甲,K77,100,2026-11-20\n";
    assert_eq!(needs(&[("清单.csv", list), ("订单登记表.csv", orders)]), ["A1 1 12.5", "B1 1 102"]);
}
