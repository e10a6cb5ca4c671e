//! Statements of suppliers, carriers, customers.

use super::{facts, findings, found, merged, sheet, shows};

#[test]
fn opening_balance_stands_above_the_header() {
    let tables = found(sheet(
        "中山XX灯饰厂   供应商对账单     2026年2月1日—2月28日   单位：元
        上期结余|||||||12,500.00
        日期|送货单号|品名|规格|数量|单价|金额|备注
        2.3|8821|布料A||1000|3.20|3200|
        2/12|8843|灯罩||480|12.5|6000.00|
        2.20|8871|胶袋||2000|0.85|1,700|
        2.25|T003|灯罩退货||-20|12.5|-250|
        |||短交扣款|||-150|
        2.26||付款||||-12500|转账
        本期应付合计：大写 壹万零伍佰元整||||||10,500.00
        供方(盖章)：|||需方(确认)：|||请于3日内核对回传",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        ["A3:H10 tOHBBBBBBTs 日期,送货单号,品名,规格,数量,单价,金额,备注"]
    );
    assert_eq!(facts(&tables[0]), "单位=元|上期结余=12,500.00");
    assert!(findings(&tables[0]).is_empty(), "{:?}", findings(&tables[0]));
}

#[test]
fn running_balance_with_payments_in_their_own_column() {
    let tables = found(sheet(
        "东莞永跃达拉链厂  往来对账明细
        收货单位：青禾岭制衣有限公司||||||||对账月份：2026-10
        .
        序号|送货日期|单号|品名规格|颜色|数量|单位|单价|应收金额|已收款|余额|备注
        |||期初余额|||||||31265.8
        1|10.5|YD26100568|金属拉链 4YG 14cm|古铜|2750|条|1.85|5087.5||36353.3
        2|10.5|YD26100568|隐形拉链 3# 45cm|漂白|2500|条|0.85|2125||38478.3
        3|10.9||||||||20000|18478.3|付款
        4|10.12|YD26101201|拉头 4YG|古铜|100|个|0.28|28||18506.3
        合    计||||||||7240.5|20000|18506.3
        .
        制单：财务D||||||||客户确认：",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        [
            "A4:L10 tt.HOBBBBT.s 序号,送货日期,单号,品名规格,颜色,数量,单位,单价,应收金额,已收款,余额,备注"
        ]
    );
    assert!(findings(&tables[0]).is_empty(), "{:?}", findings(&tables[0]));
    assert_eq!(facts(&tables[0]), "收货单位=青禾岭制衣有限公司|对账月份=2026-10|制单=财务D");
}

#[test]
fn english_statement_with_facts_in_two_cells() {
    let tables = found(sheet(
        "BRIGHTWAY INTERLINING (HK) LIMITED
        STATEMENT OF ACCOUNT
        To:|QINGHELING GARMENT CO., LTD.||||||Period:|26 Sep 2026 - 25 Oct 2026
        |||||||Currency:|RMB
        .
        Date|DN No.|Art. No.|Description|Qty|UOM|U/Price|Debit|Credit|Balance
        |||Balance brought forward||||||100
        28/09/2026|BW1|IL-1|Waistband interlining|900|MTR|0.5|450||550
        12/10/2026|||Payment received||||100|450
        05/10/2026|BW2|IL-2|Fusing tape|100|MTR|1|100||550
        TOTAL|||||||550|100|550
        .
        E.& O.E.   Please advise any discrepancy within 7 days.",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        [
            "A6:J11 tttt.HOBBBT.n Date,DN No.,Art. No.,Description,Qty,UOM,U/Price,Debit,Credit,Balance"
        ]
    );
    assert_eq!(
        facts(&tables[0]),
        "To=QINGHELING GARMENT CO., LTD.|Period=26 Sep 2026 - 25 Oct 2026|Currency=RMB"
    );
}

#[test]
fn month_and_day_columns_away_from_the_corner() {
    shows(
        merged(
            ".
            |广州丽丰坊织带厂 2026年10月往来账
            .
            |月|日|凭证/送货单|摘要|数量|单位|单价|发生额|余额
            ||||期初余额|||||6105.25
            |10|5|LF26100572|人字带 1cm 黑色|2750|米|0.19|522.5|6627.75
            |10|5|LF26100572|帽绳 麻灰|600|米|0.85|510|7137.75
            |10|8||退货 松紧带|-100|米|0.62|-62|7075.75
            |本月合计 / 期末余额|||||||970.5|7075.75",
            &["B2:J2", "B9:H9"],
        ),
        &["B4:J9 t.HOBBBT 月,日,凭证/送货单,摘要,数量,单位,单价,发生额,余额"],
    );
}

#[test]
fn header_again_on_each_page_with_page_sums_and_carried_sums() {
    let tables = found(sheet(
        ".
        |浙江鸿运谷包装材料有限公司
        |对 账 单（含税13%）　　购货单位：青禾岭制衣有限公司　　2026年10月
        .
        |送货日期|送货单号|货号|品名|数量|含税单价|价税合计|税率|备注
        |上期未付||||||9266
        |@2026-10-06|HY26100629|PK-8001|PE胶袋|100|2|200|13%
        |@2026-10-06|HY26100629|PK-8002|PE胶袋|10|3|30|0.13
        |本页小计||||||230
        .
        |送货日期|送货单号|货号|品名|数量|含税单价|价税合计|税率|备注
        |承前页||||||9496
        |@2026-10-14|HY26101448|PK-8002|PE胶袋|10|4|40|13
        |本页小计||||||40
        |期末应付（含税）||||||9536
        .
        |户名：浙江鸿运谷包装材料有限公司　开票税率13%",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        ["B5:J15 tt.HOBBS.hcBSC.n 送货日期,送货单号,货号,品名,数量,含税单价,价税合计,税率,备注"]
    );
    assert!(findings(&tables[0]).is_empty(), "{:?}", findings(&tables[0]));
    assert_eq!(facts(&tables[0]), "购货单位=青禾岭制衣有限公司|户名=浙江鸿运谷包装材料有限公司");
}

#[test]
fn title_printed_again_with_the_header_is_a_page_not_a_table() {
    shows(
        sheet(
            "顺达坡纸箱厂对帐单
            客户：青禾岭制衣
            日期|送货单号|品名|数量|金额
            10.5|SD001|外箱|10|100
            10.6|SD002|外箱|20|200
            第1页 共2页
            顺达坡纸箱厂对帐单
            客户：青禾岭制衣
            日期|送货单号|品名|数量|金额
            10.8|SD003|外箱|30|300
            合计|||60|600
            第2页 共2页",
        ),
        &["A3:E11 ttHBBstthBTs 日期,送货单号,品名,数量,金额"],
    );
}

#[test]
fn traditional_statement_with_two_header_rows_and_split_number() {
    shows(
        merged(
            "昱昌灣紡織股份有限公司
            應收帳款對帳單
            客戶簡稱：青禾嶺||||帳款月份：115/10|||||幣別：RMB　　（單價四位小數）
            出貨日期|憑證||品　　名||||數量||金額|||備    註
            |單別|單號|品號|品名|規格|色別|出貨數量|單位|單價|金額|餘額
            ||||前期未付|||||||152300
            115/09/28|YC|26092864|RB-2012|1X1羅紋|120cm/380g|藏青|107|KG|50.875|5443.63|157743.63
            115/10/05|YC|26100534|JS-2021|精梳汗布|180cm/180g|漂白|402.9|KG|44.125|17777.96|175521.59
            115/10/22|YC|26102200|KN-2001|毛圈衛衣布|180cm/320g|麻灰|-45.5|KG|46.835|-2130.99|173390.6
            合　　計||||||||||21090.6|173390.6
            .
            製表：會計甲　　　核准：　　　　客戶簽認：",
            &["A4:A5", "B4:C4", "D4:G4", "H4:I4", "J4:L4", "M4:M5", "A1:M1", "A2:M2"],
        ),
        &["A4:M10 tttHHOBBBT.s 出貨日期,憑證/單別,憑證/單號,品名/品號,品名,品名/規格,品名/色別,數量/出貨數量,\
           數量/單位,金額/單價,金額,金額/餘額,備註"],
    );
}

#[test]
fn payments_and_returns_below_the_total_are_data() {
    shows(
        sheet(
            "供应商对账单
            日期|单号|品名|数量|单价|金额
            10.3|A1|布料|10|5|50
            10.9|A2|布料|20|5|100
            货款合计|||30||150
            10.20|T1|退货|-2|5|-10
            10.25||付款|||-100
            应付合计|||||40",
        ),
        &["A2:F8 tHBBSBBT 日期,单号,品名,数量,单价,金额"],
    );
}

#[test]
fn names_that_hold_words_of_sums_are_data() {
    shows(
        sheet(
            "日期|单号|品名|数量|单价|金额
            10.3|A1|合计器|10|5|50
            10.4|A2|小计算器|1|5|5
            10.5|A3|付上月欠款|||-20
            10.9|A4|总计量泵|20|5|100
            合计|||31||135",
        ),
        &["A1:F6 HBBBBT 日期,单号,品名,数量,单价,金额"],
    );
}

#[test]
fn remark_alone_in_the_middle_is_a_note() {
    shows(
        sheet(
            "日期|单号|品名|数量|金额|备注
            10.3|A1|布料|10|50|
            |||||以下为补送
            10.9|A2|布料|20|100|
            合计|||30|150|",
        ),
        &["A1:F5 HBnBT 日期,单号,品名,数量,金额,备注"],
    );
}

#[test]
fn carrier_bill_with_its_facts_in_the_title() {
    let tables = found(sheet(
        "XX速运 月结客户对账单  月结账号：0755******  账期：2026-02
        序号|'运单号码|日期|寄件地区|到件地区|计费重量（kg）|产品类型|费用(元)|折扣后应付金额（元）|经手人|备注
        1|SF1300000000001|02-01|中山|杭州|2.5|标快|16.0|14.4|小李|
        2|SF1300000000001|02-01|中山|杭州||包装服务|5|5|小李|包装费
        3|''SF1300000000002|02-02|中山|成都|14|标快|38|34.20||体积重60*40*35
        合计|||||||59|53.6||",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        [
            "A2:K6 tHBBBT 序号,运单号码,日期,寄件地区,到件地区,计费重量[kg],产品类型,费用[元],折扣后应付金额[元],经手人,备注"
        ]
    );
    assert_eq!(facts(&tables[0]), "月结账号=0755******|账期=2026-02");
    assert!(findings(&tables[0]).is_empty(), "{:?}", findings(&tables[0]));
}

#[test]
fn the_sum_of_the_year_below_the_month_s_is_of_other_rows() {
    let tables = found(sheet(
        "日期|凭证号|摘要|借方|贷方|余额
        10/1||上月结转|||500
        10/3|记-11|收货||200|700
        10/5|记-15|收货||400|1100
        10/20|记-45|付款|500||600
        ||本月合计|500|600|600
        ||本年累计|4500|4600|600",
    ));
    assert!(findings(&tables[0]).is_empty(), "{:?}", findings(&tables[0]));
}

#[test]
fn balance_rows_by_any_name_are_no_data() {
    shows(
        sheet(
            "日期|摘要|借方|贷方|余额
            10/1|上月结余|||3000
            10/5|货车送货||102|2898
            10/6|领备用金|1000||3898
            本月合计||1000|102|3898
            本年累计||9000|5102|3898
            结转下月||||3898",
        ),
        &["A1:E7 HOBBTTC 日期,摘要,借方,贷方,余额"],
    );
}
