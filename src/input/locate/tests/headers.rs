//! Headers of one to four rows.

use super::{found, merged, sheet, shows};

#[test]
fn sizes_under_a_group() {
    shows(
        merged(
            "订单尺码明细表  款号：K5199   客户：H公司   PO：88121
            颜色|目的地|尺码||||合计
            ||S|M|L|XL|
            黑色|US|200|400|400|200|1200
            藏青|CA|130|270|270|130|800
            合计||330|670|670|330|2000",
            &["A1:G1", "A2:A3", "B2:B3", "C2:F2", "G2:G3"],
        ),
        &["A2:G6 tHHBBT 颜色,目的地,尺码/S,尺码/M,尺码/L,尺码/XL,合计"],
    );
}

#[test]
fn sizes_under_a_group_that_stands_alone() {
    shows(
        merged(
            "||尺码||||
            颜色|目的地|26|27|28|29|合计
            黑色|US|200|400|400|200|1200
            藏青|CA|130|270|270|130|800",
            &["C1:F1"],
        ),
        &["A1:G4 HHBB 颜色,目的地,尺码/26,尺码/27,尺码/28,尺码/29,合计"],
    );
}

#[test]
fn groups_in_a_text_file_have_no_merges() {
    shows(
        sheet(
            "日期|凭证||数量||备注
            |单别|单号|出货数量|单位|
            10.5|YC|26100534|107|KG|
            10.6|YC|26100535|200|KG|急",
        ),
        &["A1:F4 HHBB 日期,凭证/单别,凭证/单号,数量/出货数量,数量/单位,备注"],
    );
}

#[test]
fn units_in_a_row_of_their_own() {
    shows(
        sheet(
            "品名|数量|净重|金额
            |PCS|kg|元
            台灯|10|5.5|50
            灯罩|20|2.5|40",
        ),
        &["A1:D4 HHBB 品名,数量[PCS],净重[kg],金额[元]"],
    );
}

#[test]
fn two_languages_in_two_rows() {
    shows(
        sheet(
            "装箱单
            箱号|箱数|品名|数量|毛重
            C/NO.|CTNS|DESCRIPTION|QTY|G.W.
            1-5|5|台灯|100|50.5
            6-8|3|灯罩|60|30",
        ),
        &["A2:E5 tHHBB 箱号/C/NO.,箱数/CTNS,品名/DESCRIPTION,数量/QTY,毛重/G.W."],
    );
}

#[test]
fn two_languages_in_one_cell() {
    shows(
        sheet(
            "箱号\\nC/NO.|箱数\\nCTNS|颜色|S|M|L|每箱\\nPCS/CTN|毛重/箱\\nG.W.(KG)|外箱尺寸\\nMEAS(cm)
            1-50|50|黑|4|8|8|20|12.8|60*40*35
            51-82|32|藏青|4|8|8|20|12.8|60*40*35",
        ),
        &["A1:I3 HBB 箱号 C/NO.,箱数 CTNS[CTNS],颜色,S,M,L,每箱 PCS/CTN[CTN],毛重/箱 G.W.[KG],外箱尺寸 MEAS[cm]"],
    );
}

#[test]
fn caption_row_and_database_names() {
    shows(
        sheet(
            "物料代码|物料名称|规格型号|实收数量|单价
            FNumber|FName|FModel|FQty|FPrice
            01.001|螺丝|M3|100|0.05
            01.002|螺母|M3|200|0.03",
        ),
        &["A1:E4 HHBB 物料代码/FNumber,物料名称/FName,规格型号/FModel,实收数量/FQty,单价/FPrice"],
    );
}

#[test]
fn padding_and_marks_in_header_cells() {
    shows(
        sheet(
            "品       號|品         名|'订单时间 |\"日期\"|\\n数量\\n|单　价（元/个）
            N01|螺絲|10.5|10.6|100|0.5
            N02|螺母|10.5|10.6|200|0.3",
        ),
        &["A1:F3 HBB 品號,品名,订单时间,日期,数量,单价[元/个]"],
    );
}

#[test]
fn numbered_columns_are_part_of_the_header() {
    shows(
        sheet(
            "项目|本月数|本年累计|上年同期|备注
            1|2|3|4|5
            销售收入|1000|12000|11000|
            成本|800|9000|8500|",
        ),
        &["A1:E4 HHBB 项目,本月数,本年累计,上年同期,备注"],
    );
}

#[test]
fn three_rows_of_header() {
    shows(
        merged(
            "物料|库存|||||备注
            |期初||本期|||
            |数量|金额|入库|出库|结存|
            布料|10|100|5|3|12|
            拉链|20|40|10|5|25|急",
            &["A1:A3", "B1:F1", "B2:C2", "D2:F2", "G1:G3"],
        ),
        &[
            "A1:G5 HHHBB 物料,库存/期初/数量,库存/期初/金额,库存/本期/入库,库存/本期/出库,库存/本期/结存,备注",
        ],
    );
}

#[test]
fn header_that_spans_two_columns_names_both() {
    shows(
        merged(
            "品名|单价||数量
            台灯|USD|5.6|100
            灯罩|USD|1.2|200",
            &["B1:C1"],
        ),
        &["A1:D3 HBB 品名,单价,单价,数量"],
    );
}

#[test]
fn header_that_nobody_knows() {
    shows(
        sheet(
            "某某车间台账
            *甲类|*乙类|*丙类|*丁类
            张|12|3.5|x1
            李|15|4.5|x2
            王|11|2.5|x3",
        ),
        &["A2:D5 tHBBB 甲类,乙类,丙类,丁类"],
    );
}

#[test]
fn no_header_at_all() {
    let tables = found(sheet(
        "10.5|A001|台灯|10|50
        10.6|A002|灯罩|20|40
        10.7|A003|灯泡|30|30
        合计|||60|120",
    ));
    assert_eq!(tables.iter().map(super::shown).collect::<Vec<_>>(), ["A1:E4 BBBT ,,,,"]);
    assert!(tables[0].header_rows.is_empty());
}

#[test]
fn header_far_down_below_a_key_value_block() {
    let tables = found(sheet(
        "青禾岭制衣有限公司
        采 购 订 单
        供应商：中山灯饰厂|||联系人：陈生||电话：1380000****
        编号：CG20260302-01|||日期：2026.3.2||付款方式：月结30天
        .
        请按以下明细供货：
        .
        序号|货号|品名|规格|数量|单位|含税单价|金额|交货日期|备注
        1|'00120|A款台灯|白|300|个|5.6|1680|2026-3-12|急
        2|'00121|A款台灯|黑|200|个|5.6|1120|3.15|
        合计||||500|||2800.00||
        合计金额大写：贰仟捌佰元整
        制单：小李  采购：玲姐  采购经理：   供应商确认(盖章)：  送货地址：广州",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        ["A8:J11 tttt.t.HBBTns 序号,货号,品名,规格,数量,单位,含税单价,金额,交货日期,备注"]
    );
    assert!(super::facts(&tables[0]).starts_with(
        "供应商=中山灯饰厂|联系人=陈生|电话=1380000****|编号=CG20260302-01|日期=2026.3.2|付款方式=月结30天"
    ));
}

#[test]
fn first_data_row_of_words_is_no_header() {
    shows(
        sheet(
            "日期|订单号|工序|异常描述|原因|措施|影响交期|责任人|完成
            3/18|A26-0301|车缝|拉链缺1200条|材料|催XX辅料3/20到|否|小吴|
            3/19|A26-0301|绣花|绣花机故障|设备|外发绣花厂|是2天|李工|3/21",
        ),
        &["A1:I3 HBB 日期,订单号,工序,异常描述,原因,措施,影响交期,责任人,完成"],
    );
}

#[test]
fn blank_row_between_title_and_header() {
    shows(
        sheet(
            "购货订单
            .
            单据日期|供应商|单据编号|商品|数量|购货单价|金额
            2026-03-05|中山灯饰厂|CG001|台灯|300|5.6|1680
            2026-03-06|中山灯饰厂|CG002|灯罩|200|1.2|240",
        ),
        &["A3:G5 t.HBB 单据日期,供应商,单据编号,商品,数量,购货单价,金额"],
    );
}

#[test]
fn brackets_below_the_header_are_marks_of_it() {
    shows(
        sheet(
            "名称|数量|单价|交期
            （必填）|（必填）|（选填）|（选填）
            台灯|10|5.6|10.8
            灯罩|20|1.2|10.9",
        ),
        &["A1:D4 HHBB 名称,数量,单价,交期"],
    );
}

#[test]
fn codes_above_figures_are_names() {
    shows(
        sheet(
            "Region|Q1|Q2|Q3
            North|1|2|3
            South|4|5|6",
        ),
        &["A1:D3 HBB Region,Q1,Q2,Q3"],
    );
    shows(
        sheet(
            "x1|x2
            1.5|2.5
            3|4",
        ),
        &["A1:B3 HBB x1,x2"],
    );
    // Codes above codes are data.
    shows(
        sheet(
            "A1|B7|2
            A2|B8|3
            A3|B9|4",
        ),
        &["A1:C3 BBB ,,"],
    );
}

#[test]
fn a_word_with_a_colon_of_its_own_is_no_key_with_its_value() {
    shows(
        sheet(
            "父项物料编码|子项物料编码|用量:分子|用量:分母
            PA-100|SEMI-1|1|1
            PA-100|CTN-1|1|40
            SEMI-1|RES-1|12|1",
        ),
        &["A1:D4 HBBB 父项物料编码,子项物料编码,用量:分子,用量:分母"],
    );
}
