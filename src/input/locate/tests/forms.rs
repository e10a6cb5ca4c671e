//! Printed forms, alone and one below the other.

use super::{facts, findings, found, merged, sheet, shows};

const SLIPS: &str = "青竹里灯饰  发货单|||||№0003121|
    旺旺号：雨巷a682　收货人：收**|||电话：1**********　付款：已付(支付宝)　2026年10月2日|||
    订单编号：3250012308455227191||||||
    货号|名称|规格|数量|单价|金额|备注
    '00205|北欧吊灯|三头|2|369|738|
    |运费||||6|
    合计|||2||744|
    客服：客服A　审核：　　发货：　　①存根 ②仓库 ③财务 ④客户||||||
    .
    青竹里灯饰  发货单|||||№0003122|
    旺旺号：tb_16493　收货人：收**|||电话：1**********　付款：未付　2026年10月3日|||
    订单编号：||||||
    货号|名称|规格|数量|单价|金额|备注
    '00310|LED灯泡|5W 暖光|4|9.9|39.6|
    合计|||4||39.6|
    客服：客服A　审核：　　发货：　　①存根 ②仓库 ③财务 ④客户||||||";

#[test]
fn slips_one_below_the_other_have_their_own_facts() {
    let tables = found(sheet(SLIPS));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        [
            "A4:G7 tttHBBTs 货号,名称,规格,数量,单价,金额,备注",
            "A13:G15 tttHBTs 货号,名称,规格,数量,单价,金额,备注",
        ]
    );
    assert!(facts(&tables[0]).starts_with(
        "№=0003121|旺旺号=雨巷a682|收货人=收**|电话=1**********|付款=已付(支付宝)|订单编号=3250012308455227191"
    ));
    assert!(
        facts(&tables[1])
            .starts_with("№=0003122|旺旺号=tb_16493|收货人=收**|电话=1**********|付款=未付")
    );
    assert!(tables.iter().all(|table| findings(table).is_empty()));
}

#[test]
fn goods_receipt_with_a_line_of_copies() {
    let tables = found(sheet(
        "            XX商贸 采购入库单        单号：RK20260305-02   * 草稿
        供应商：中山XX灯饰厂|单据日期：2026-03-05|送货单号：8871
        产品|数量|单价|金额|备注
        A款台灯 白(00120)|300个|5.60|1,680.00|
        灯罩|50|1.20|60.00|少2个
        总计：|350||1,740.00|
        仓管：阿强  质检：    送货人：        第一联:存根(白) 第二联:财务(红) 第三联:供应商(黄)",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        ["A3:E6 ttHBBTs 产品,数量,单价,金额,备注"]
    );
    assert!(findings(&tables[0]).is_empty(), "{:?}", findings(&tables[0]));
    assert!(
        facts(&tables[0]).starts_with(
            "单号=RK20260305-02|供应商=中山XX灯饰厂|单据日期=2026-03-05|送货单号=8871"
        ),
        "{}",
        facts(&tables[0])
    );
}

#[test]
fn production_order() {
    shows(
        merged(
            "XX电子有限公司   生产通知单            №：SC20260305
            客户：概念数码|订单号：A26-0301|下单日期：2026-03-05|交期：2026-04-10
            序号|产品型号|产品名称|颜色|数量|单位|软件版本|包装要求|备注
            1|MP-806|播放器|黑|2000|台|V2.13|客制彩盒 20台/箱|客制丝印LOGO
            2|MP-806|播放器|白|500|台|V2.13|同上|
            合计||||2500||||
            业务：|软件工程师：|包材仓：|电子仓：|总经理：    第一联:业务 第二联:生产 第三联:财务",
            &["A1:I1"],
        ),
        &["A3:I6 ttHBBTs 序号,产品型号,产品名称,颜色,数量,单位,软件版本,包装要求,备注"],
    );
}

#[test]
fn form_without_any_table_is_facts() {
    let tables = found(sheet(
        "物料打样申请单        编号：DY2603-08     申请日期：2026.3.9
        客户：概念数码|型号：MP-806|物料：客制彩盒|数量：3个|要求交样：3/16
        颜色：PANTONE 286C|工艺：过哑胶+UV|文字/LOGO位置：见附件
        申请人：业务A   批准：杨副总   采购：小周   跟单：小李",
    ));
    assert_eq!(tables.len(), 1);
    assert!(
        tables[0].header_rows.is_empty()
            && tables[0].rows_of(crate::input::table::Role::Body).count() == 0
    );
    assert!(facts(&tables[0]).starts_with(
        "编号=DY2603-08|申请日期=2026.3.9|客户=概念数码|型号=MP-806|物料=客制彩盒|数量=3个|要求交样=3/16"
    ), "{}", facts(&tables[0]));
}

#[test]
fn form_of_labels_and_values_in_cells_is_no_table() {
    let tables = found(sheet(
        "客户资料卡
        客户|概念数码|联系人|王生
        电话|0755-1|国家|中国
        付款方式|月结30天|业务|A",
    ));
    assert_eq!(tables.len(), 1);
    assert!(tables[0].header_rows.is_empty(), "{}", super::shown(&tables[0]));
    assert_eq!(
        facts(&tables[0]),
        "客户=概念数码|联系人=王生|电话=0755-1|国家=中国|付款方式=月结30天|业务=A"
    );
}

#[test]
fn contract_with_terms_below() {
    shows(
        sheet(
            "购销合同    合同号：HT260306    日期：2026年3月6日
            供方：XX公司           需方：ABC GmbH
            序号|产品名称|规格/材质/表面处理|数量|单位|单价|金额
            1|播放器|MP-806 ABS 喷油|2500|台|US$12.5|31,250.00
            合计（大写）：美元叁万壹仟贰佰伍拾元整
            一、付款：30%定金，余款见提单副本  二、交货期：收到定金后30天内
            供方(盖章)：|||需方(盖章)：",
        ),
        &["A3:G4 ttHBnns 序号,产品名称,规格/材质/表面处理,数量,单位,单价,金额"],
    );
}

#[test]
fn booking_note_with_a_small_table_inside() {
    shows(
        sheet(
            "出口货物订舱委托书 (BOOKING NOTE)                    日期：2026-04-12
            Shipper 发货人：XX服饰有限公司|Consignee：TO ORDER
            POL：SHANGHAI  POD：HAMBURG|船期：4/20  40HQ×1  FREIGHT COLLECT
            唛头|件数|品名|毛重(KGS)|体积(CBM)
            N/M|83CTNS|KNITTED JACKETS|1066.1|6.996
            计划主管：        贸易确认：        附：DMF/模拟箱单/纸箱资料/PO",
        ),
        &["A4:E5 tttHBs 唛头,件数,品名,毛重[KGS],体积[CBM]"],
    );
}

#[test]
fn test_sheet_of_few_columns() {
    shows(
        sheet(
            "面料测试单  款号K5199  面料：针织布 黑  缸号：B0318   入库：3/8  1720米
            项目|标准|实测|差异
            经缩|3%|4%|+1%
            门幅|150cm|148cm|-2
            单耗|1.35|1.37|+0.02
            技术科：3/10   质检：可开裁 3/11   贸易：3/11",
        ),
        &["A2:D5 tHBBBs 项目,标准,实测,差异"],
    );
}

#[test]
fn quotation_with_terms() {
    shows(
        sheet(
            "QUOTATION 报价单   No.: Q260305   Date: 2026-03-05   To: ABC GmbH
            No.|Item No.|Photo|Description|MOQ|FOB Shenzhen (USD)|Packing
            1|MP-806||ABS, UV coating, 8GB|500|12.50/pc|20pcs/ctn 60*40*35
            2|MP-512||Alum. anodized|500|US$15.8|同上
            Payment: 30% T/T deposit, balance against copy of B/L.  Delivery: 30 days.  Valid: 30 days",
        ),
        &["A2:G4 tHBBn No.,Item No.,Photo,Description,MOQ,FOB Shenzhen[USD],Packing"],
    );
}

#[test]
fn packing_list_with_facts_below() {
    let tables = found(sheet(
        "XX服饰 装 箱 单            2026-04-16     款名：K5199   PO：88121
        箱号|箱数|颜色|S|M|L|XL|每箱|合计|净重|毛重|外箱尺寸|立方数
        1-50|50|黑|4|8|8|4|24|1200|11.2|12.8|60*40*35|4.20
        51-82|32|藏青|4|8|8|4|24|768|11.2|12.8|60*40*35|2.688
        83|1|藏青|2|14|14|2|32|32|14.9|16.5|60*40*45|0.108
        合计|83||||||||933.3|1066.1||6.996
        总数量：2000  总箱数：83  总体积：6.996  制单人：小刘  制单日期：2026/4/16",
    ));
    assert_eq!(
        tables.iter().map(super::shown).collect::<Vec<_>>(),
        ["A2:M6 tHBBBTn 箱号,箱数,颜色,S,M,L,XL,每箱,合计,净重,毛重,外箱尺寸,立方数"]
    );
    assert_eq!(
        facts(&tables[0]),
        "款名=K5199|PO=88121|总数量=2000|总箱数=83|总体积=6.996|制单人=小刘|制单日期=2026/4/16"
    );
    assert!(findings(&tables[0]).is_empty(), "{:?}", findings(&tables[0]));
}
