//! Several tables in one sheet, side by side and one below the other.

use super::{found, merged, sheet, shows};

#[test]
fn side_by_side_with_the_same_header() {
    shows(
        sheet(
            "品名|数量|金额||品名|数量|金额
            台灯|10|100||布料|5|50
            灯罩|20|200||拉链|6|60
            灯泡|30|300||合计|11|110
            合计|60|600|||",
        ),
        &["A1:C5 HBBBT 品名,数量,金额", "E1:G4 HBBT 品名,数量,金额"],
    );
}

#[test]
fn side_by_side_with_headers_in_different_rows() {
    shows(
        sheet(
            "10月送货明细
            日期|送货单号|品名|数量|金额|||
            10.5|A001|台灯|10|100|||
            10.6|A002|灯罩|20|200||客户|欠款
            10.7|A003|灯泡|30|300||甲厂|500
            10.8|A004|灯管|40|400||乙厂|600
            合计|||100|1000||合计|1100",
        ),
        &["A2:E7 tHBBBBT 日期,送货单号,品名,数量,金额", "G4:H7 HBBT 客户,欠款"],
    );
}

#[test]
fn side_by_side_of_different_length() {
    shows(
        sheet(
            "货号|品名|库存||供应商|电话
            A1|台灯|10||甲厂|0755-1
            A2|灯罩|20||乙厂|0755-2
            A3|灯泡|30||
            A4|灯管|40||
            A5|灯座|50||",
        ),
        &["A1:C6 HBBBBB 货号,品名,库存", "E1:F3 HBB 供应商,电话"],
    );
}

#[test]
fn one_table_with_an_empty_column_stays_one() {
    shows(
        sheet(
            "日期|单号|品名||数量|单价|金额
            10.5|A001|台灯||10|10|100
            10.6|A002|灯罩||20|10|200
            10.7|A003|灯泡||30|10|300",
        ),
        &["A1:G4 HBBB 日期,单号,品名,数量,单价,金额"],
    );
}

#[test]
fn merged_cells_of_a_body_leave_no_gap() {
    shows(
        merged(
            "品名||||数量|金额
            台灯||||10|100
            灯罩||||20|200",
            &["A1:D1", "A2:D2", "A3:D3"],
        ),
        &["A1:F3 HBB 品名,数量,金额"],
    );
}

#[test]
fn a_list_folded_into_two_halves() {
    shows(
        sheet(
            "单价表
            货号|单价|货号|单价
            A1|10|B1|30
            A2|20|B2|40
            A3|25||",
        ),
        &["A2:B5 tHBBB 货号,单价", "C2:D4 HBB 货号,单价"],
    );
}

#[test]
fn stacked_after_a_blank_run() {
    shows(
        sheet(
            "日期|收款单位|金额|方式
            10.3|甲厂|100|对公
            10.4|乙厂|200|微信
            合计||300|
            .
            .
            货号|品名|数量
            A1|台灯|10
            A2|灯罩|20",
        ),
        &["A1:D4 HBBT 日期,收款单位,金额,方式", "A7:C9 HBB 货号,品名,数量"],
    );
}

#[test]
fn stacked_without_a_blank_row() {
    shows(
        sheet(
            "日期|收款单位|金额|方式
            10.3|甲厂|100|对公
            10.4|乙厂|200|微信
            货号|品名|规格|数量
            A1|台灯|白|10
            A2|灯罩|黑|20",
        ),
        &["A1:D3 HBB 日期,收款单位,金额,方式", "A4:D6 HBB 货号,品名,规格,数量"],
    );
}

#[test]
fn stacked_each_with_its_title() {
    shows(
        sheet(
            "一、应收明细
            客户|单号|金额
            甲|A1|100
            乙|A2|200
            合计||300

            二、应付明细
            供应商|单号|金额
            丙|B1|400
            合计||400",
        ),
        &["A2:C5 tHBBT 客户,单号,金额", "A8:C10 tHBT 供应商,单号,金额"],
    );
}

#[test]
fn data_goes_on_below_the_footers() {
    let tables = found(sheet(
        "日期|单号|品名|数量|金额
        10.3|A1|布料|10|50
        10.4|A2|布料|10|50
        合计|||20|100
        制表：小李|||审核：|
        .
        10.9|A3|拉链|20|100
        10.9|A4|拉链|20|100
        合计|||40|200",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        ["A1:E4 HBBTs 日期,单号,品名,数量,金额", "A7:E9 BBT 日期,单号,品名,数量,金额"]
    );
    assert_eq!(tables[1].header_rows, [0]);
}

#[test]
fn scribbles_below_the_footers_are_not_data_of_the_table() {
    shows(
        sheet(
            "日期|单号|品名|数量|单价|金额
            10.3|A1|布料|10|5|50
            10.4|A2|布料|10|5|50
            合计|||20||100
            制表：小李|||||
            .
            |||税点|0.06|
            |||开票|106|",
        ),
        &["A1:F4 HBBTs 日期,单号,品名,数量,单价,金额", "D8:E8 tB ,"],
    );
}

#[test]
fn stacked_on_the_left_of_a_long_table() {
    shows(
        sheet(
            "客户|金额||日期|单号|品名|数量
            甲|100||10.1|A1|台灯|1
            乙|200||10.2|A2|台灯|2
            |||10.3|A3|台灯|3
            供应商|欠款||10.4|A4|台灯|4
            丙|300||10.5|A5|台灯|5
            丁|400||10.6|A6|台灯|6",
        ),
        &["A1:B3 HBB 客户,金额", "D1:G7 HBBBBBB 日期,单号,品名,数量", "A5:B7 HBB 供应商,欠款"],
    );
}

#[test]
fn card_of_items_above_a_table() {
    shows(
        merged(
            "包装资料   款号：K6101   客户：WESTMARK APPAREL   PO：PO#88121
            项目|内容
            胶袋|30*40cm 1件/袋 印警告语
            装箱方式|独色独码
            每箱数量|24件/箱
            唛头|正唛：WESTMARK / PO#88121 / K6101 / C/NO. 1-UP
            短溢装|±5%
            .
            .
            尺码|单件净重(g)|胶袋重(g)
            26|455|12
            27|470|12",
            &["A1:G1", "B2:G2", "B3:G3", "B4:G4", "B5:G5", "B6:G6", "B7:G7"],
        ),
        &["A2:B7 tHBBBBB 项目,内容", "A10:C12 HBB 尺码,单件净重[g],胶袋重[g]"],
    );
}
