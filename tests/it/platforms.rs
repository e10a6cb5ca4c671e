//! `reconcile sales` on the exports of other platforms and the lists of other
//! shops: what each of them calls things, and what each of them leaves out.

use crate::sales::{Report, expect};
use crate::sandbox::Sandbox;

/// Checks an export against a register.
#[track_caller]
fn check(export: (&str, &str), register: (&str, &str), expected: &[&str]) -> Report {
    let sandbox = Sandbox::new();
    sandbox.write(export.0, export.1).write(register.0, register.1);
    let report = Report::of(&sandbox, &[export.0, register.0]);
    expect(&report, "lines", expected);
    report
}

/// Returns the causes of the line that a row of the left list is in.
fn causes(report: &Report, cell: &str) -> Vec<String> {
    let holds = |row: &serde_json::Value| {
        row["left"]
            .as_array()
            .unwrap()
            .iter()
            .any(|entry| entry["at"].as_str().unwrap().ends_with(cell))
    };
    let row = report.rows("lines").into_iter().find(holds).unwrap();
    let causes = row["causes"].as_array().unwrap().iter();
    causes.map(|cause| cause["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_the_platform_pays_and_takes_off_is_a_discount() {
    let report = check(
        (
            "orders_export2026-11-01.csv",
            "\
商品,订单号,订单状态,商品总价(元),邮费(元),店铺优惠折扣(元),平台优惠折扣(元),用户实付金额(元),商家实收金额(元),商品数量(件),支付时间,售后状态
台灯,261012-300100200301123\t,已发货，待签收,88.00,0.00,5.00,3.00,80.00,83.00,1,2026-10-12 10:00:00\t,无售后或售后取消
台灯,261012-300100200302123\t,已签收,88.00,0.00,0.00,8.00,80.00,88.00,1,2026-10-12 10:00:00\t,无售后或售后取消
台灯,261012-300100200303123\t,已签收,90.00,0.00,5.00,3.00,82.00,85.00,1,2026-10-12 10:00:00\t,无售后或售后取消
台灯,261012-300100200304123\t,已发货，退款成功,33.00,0.00,0.00,0.00,33.00,33.00,1,2026-10-12 10:00:00\t,退款成功
台灯,261012-300100200305123\t,待付款,41.00,0.00,0.00,0.00,41.00,41.00,1,\t,无售后或售后取消
",
        ),
        (
            "拼多多登记表.csv",
            "\
日期,订单号,金额
2026.10.12,261012-300100200301123,80
2026.10.12,261012300100200302123,88
2026.10.12,261012-300100200303123,85
2026.10.12,261012-300100200304123,33
",
        ),
        &[
            "matched - [H2] [C2] 0.00",
            "differs - [H3] [C3] -8.00",
            "differs - [H4] [C4] -3.00",
            "matched refunded [H5] [C5] 0.00",
            "left-only unpaid [H6] [] 0.00",
        ],
    );
    assert_eq!(causes(&report, "!H3"), ["discount"], "{}", report.ran);
    assert_eq!(causes(&report, "!H4"), ["discount"], "{}", report.ran);
}

#[test]
fn numbers_with_tabs_and_a_register_that_names_no_buyer() {
    check(
        (
            "抖店订单.csv",
            "\
主订单编号,子订单编号,选购商品,商品数量,商品单价,订单应付金额,运费,订单提交时间,支付完成时间,订单状态,售后状态
6925001033445566778\t,6925001033445566771\t,台灯,1,88.00,88.00,0.00,2026-10-14 10:00:00\t,2026-10-14 10:01:00\t,已完成,-
6925001033445599001\t,6925001033445599002\t,台灯,1,88.00,88.00,0.00,2026-10-14 10:00:00\t,2026-10-14 10:01:00\t,已发货,-
6925001033445599001\t,6925001033445599003\t,灯泡,1,9.90,9.90,0.00,2026-10-14 10:00:00\t,2026-10-14 10:01:00\t,已发货,-
6925001033446000777\t,6925001033446000771\t,台灯,1,88.00,88.00,0.00,2026-10-14 10:00:00\t,\t,已关闭,-
6925001033447000111\t,6925001033447000112\t,台灯,1,88.00,88.00,0.00,2026-10-14 10:00:00\t,\t,待支付,-
",
        ),
        (
            "直播登记.csv",
            "日期,主播,订单号,金额\n10.14,A,6925001033445566778,88\n10.14,A,6925001033445599001,97.9\n",
        ),
        &[
            "matched - [F2] [D2] 0.00",
            "matched - [F3+F4] [D3] 0.00",
            "left-only closed [F5] [] 0.00",
            "left-only unpaid [F6] [] 0.00",
        ],
    );
}

#[test]
fn an_order_of_several_items_is_named_on_its_first_row_alone() {
    let report = check(
        (
            "1688订单导出.csv",
            "\
订单编号,买家会员名,货品总价(元),运费(元),涨价或折扣(元),实付款(元),订单状态,订单创建时间,订单付款时间,货品标题,单价(元),数量
2263010045678901234,ali_a,300.00,10.00,0.00,310.00,等待买家确认收货,2026-10-13 09:00:00,2026-10-13 10:00:00,台灯,60,3
,,,,,,,,,灯罩,20,6
2263010045679901235,ali_b,100.00,0.00,-5.00,95.00,交易成功,2026-10-13 09:00:00,2026-10-13 10:00:00,灯泡,1,100
",
        ),
        (
            "1688销售登记.csv",
            "日期,会员名,订单编号,成交金额\n10/13,ali_a,2263010045678901234,310\n10/13,ali_b,2263010045679901235,100\n",
        ),
        &["matched - [F2+F3] [D2] 0.00", "differs - [F4] [D3] -5.00"],
    );
    assert_eq!(causes(&report, "!F4"), ["discount"], "{}", report.ran);
}

#[test]
fn shops_abroad_number_their_orders_from_one() {
    let report = check(
        (
            "orders_export_1.csv",
            "\
Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount
#1001,a@x.com,paid,2026-10-05 10:00:05 +0800,USD,40.00,6.00,46.00,0.00,2026-10-05 10:00:00 +0800,1,Lamp,40.00,0.00
#1002,b@x.com,paid,2026-10-05 10:00:05 +0800,USD,50.00,0.00,45.00,5.00,2026-10-05 10:00:00 +0800,1,Lamp,40.00,0.00
#1002,b@x.com,,,,,,,,,1,Bulb,10.00,
#1003,c@x.com,partially_refunded,2026-10-05 10:00:05 +0800,USD,80.00,0.00,80.00,0.00,2026-10-05 10:00:00 +0800,2,Lamp,40.00,20.00
#1004,d@x.com,pending,,USD,40.00,0.00,40.00,0.00,2026-10-05 10:00:00 +0800,1,Lamp,40.00,0.00
#1005,e@x.com,voided,,USD,40.00,0.00,40.00,0.00,2026-10-05 10:00:00 +0800,1,Lamp,40.00,0.00
",
        ),
        (
            "sales ledger Oct 2026.csv",
            "\
Date,Order No,Customer,Amount
2026-10-05,1001,Anna,46.00
2026-10-05,1001,Anna,46.00
2026-10-05,#1002,Bob,50.00
2026-10-05,#1003,Cy,60.00
",
        ),
        &[
            "matched - [H2] [D2] 0.00",
            "right-only double-booked [] [D3] -46.00",
            "differs - [H3+H4] [D4] -5.00",
            "matched - [H5] [D5] 0.00",
            "left-only unpaid [H6] [] 0.00",
            "left-only closed [H7] [] 0.00",
        ],
    );
    assert_eq!(causes(&report, "!H3"), ["discount"], "{}", report.ran);
    check(
        (
            "amazon orders.txt",
            "\
amazon-order-id\tpurchase-date\torder-status\tproduct-name\tsku\tquantity\tcurrency\titem-price\tshipping-price
112-1234567-1234561\t2026-10-07T10:00:00+00:00\tShipped\tLamp\tL1\t1\tUSD\t20.00\t0.00
112-1234567-1234562\t2026-10-07T10:00:00+00:00\tCancelled\tLamp\tL1\t1\tUSD\t20.00\t0.00
112-1234567-1234563\t2026-10-07T10:00:00+00:00\tShipped\tLamp\tL1\t1\tUSD\t15.00\t0.00
112-1234567-1234563\t2026-10-07T10:00:00+00:00\tShipped\tBulb\tB1\t1\tUSD\t25.00\t0.00
",
        ),
        (
            "register.csv",
            "Date,Order ID,Sales amount\n7 Oct 2026,112-1234567-1234561,20.00\n7 Oct 2026,112-1234567-1234563,40.00\n",
        ),
        &[
            "matched - [H2] [C2] 0.00",
            "left-only closed [H3] [] 0.00",
            "matched - [H4+H5] [C3] 0.00",
        ],
    );
}

#[test]
fn the_market_across_the_strait_is_read_in_its_words() {
    let report = check(
        (
            "蝦皮訂單匯出.csv",
            "\
訂單編號,訂單狀態,不成立原因,退貨 / 退款狀態,買家帳號,訂單成立日期,商品總價,買家支付運費,買家總支付金額,商品名稱,數量,買家付款時間
2610060ABCDE1,已完成,,,lin_88,2026-10-06 10:00,880,60,940,檯燈,1,2026-10-06 10:02
2610070BBCDE3,不成立,買家取消,,wang_1,2026-10-07 10:00,300,60,360,檯燈,1,
2610070BBCDE4,尚未付款,,,wu_1,2026-10-07 10:00,300,60,360,檯燈,1,
2610080CCCDE5,已完成,,,tsai,2026-10-08 10:00,420,60,480,檯燈,1,2026-10-08 10:02
",
        ),
        (
            "銷售登記表.csv",
            "日期,買家帳號,訂單編號,金額\n115/10/06,LIN_88,2610060abcde1,NT$940\n115/10/08,tsai,2610080CCCDE5,420\n",
        ),
        &[
            "matched - [I2] [D2] 0.00",
            "left-only closed [I3] [] 0.00",
            "left-only unpaid [I4] [] 0.00",
            "differs - [I5] [D3] 60.00",
        ],
    );
    assert_eq!(causes(&report, "!I5"), ["freight"], "{}", report.ran);
}

#[test]
fn the_platforms_number_goes_before_the_programs_own() {
    check(
        (
            "聚水潭订单.csv",
            "\
内部订单号,线上订单号,店铺,买家账号,订单日期,付款日期,应付金额,已付金额,状态
880101,3251012345678901234,青竹天猫,tb_a,2026-10-16 10:00:00,2026-10-16 10:01:00,100,98,已发货
880102,3251022345678901235,青竹天猫,tb_b,2026-10-16 10:00:00,,80,0,被取消
",
        ),
        ("ID号登记表.csv", "日期,ID号,订单号,金额\n10.16,tb_a,订单号：3251012345678901234,98\n"),
        &["matched - [H2] [D2] 0.00", "left-only closed [H3] [] 0.00"],
    );
}

#[test]
fn one_order_in_two_rows_of_which_one_names_no_number() {
    check(
        (
            "ExportOrderList.csv",
            "\
订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间
3251012345678901234,tb_a,100.00,交易成功,2026-10-11 10:00:00,2026-10-11 10:01:00
3251022345678901235,tb_b,100.00,交易成功,2026-10-11 10:00:00,2026-10-11 10:01:00
",
        ),
        (
            "登记.csv",
            "\
日期,ID号,订单号,商品,金额
10.11,tb_a,3251012345678901234,台灯,60
10.11,tb_a,,灯泡,40
10.11,tb_b,3251022345678901235,台灯,60
10.11,tb_b,,灯泡,30
",
        ),
        &[
            "matched - [C2] [E2+E3] 0.00",
            "differs - [C3] [E4] 40.00",
            "right-only not-in-sales [] [E5] -30.00",
        ],
    );
}

#[test]
fn what_was_given_back_in_part_is_no_reason_to_hold_the_goods() {
    let sandbox = Sandbox::new();
    sandbox
        .write(
            "ExportOrderList.csv",
            "\
订单编号,买家会员名,买家实际支付金额,退款金额,订单状态,退款状态,订单创建时间,订单付款时间
3251012345678901234,tb_a,100.00,10.00,交易成功,退款成功,2026-10-11 10:00:00,2026-10-11 10:01:00
3251022345678901235,tb_b,100.00,100.00,交易成功,退款成功,2026-10-11 10:00:00,2026-10-11 10:01:00
",
        )
        .write(
            "发货单.csv",
            "单号,旺旺ID,品名,数量,金额,付款\nS1,tb_a,台灯,1,100,已付\nS2,tb_b,台灯,1,100,已付\nS3,tb_c,台灯,1,100,已付\n",
        );
    let report = Report::of(&sandbox, &["ExportOrderList.csv", "发货单.csv"]);
    expect(
        &report,
        "slips",
        &[
            "matched - [B2] [C2] 0.00",
            "differs refunded [B3] [C3] 100.00",
            "left-only not-in-sales [B4] [] 100.00",
        ],
    );
}

#[test]
fn printed_slips_below_each_other_keep_their_own_heads() {
    let sandbox = Sandbox::new();
    let form = |buyer: &str, order: &str| {
        format!(
            "青竹家居送货单,,,,\n客户旺旺：,{buyer},,日期：,2026-10-20\n订单号：,{order},,收货人：,王*\n\
             名称,规格,数量,单价,金额\n台灯,黑,1,50,50\n邮费,,,,8\n合计,,1,,58\n制单：小美,,审核：,,\n,,,,\n"
        )
    };
    let slips = [form("买家0", "3251012345678901234"), form("买家1", ""), form("买家2", "")];
    sandbox
        .write(
            "ExportOrderList.csv",
            "\
订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间
3251012345678901234,买家0,58.00,交易成功,2026-10-20 10:00:00,2026-10-20 10:01:00
3251022345678901235,买家1,0.00,等待买家付款,2026-10-20 10:00:00,
3251032345678901236,买家2,58.00,交易成功,2026-10-20 10:00:00,2026-10-20 10:01:00
",
        )
        .write("客服发货单.csv", slips.concat());
    let report = Report::of(&sandbox, &["ExportOrderList.csv", "客服发货单.csv"]);
    expect(
        &report,
        "slips",
        &[
            "matched - [B2] [C2] 0.00",
            "differs unpaid [B11] [C3] 58.00",
            "matched - [B20] [C4] 0.00",
        ],
    );
}

#[test]
fn a_list_in_doubt_is_the_shops_if_it_holds_the_shops_orders() {
    let report = check(
        (
            "财务收款.csv",
            "日期,旺旺号,订单编号,收款金额\n10.3,tb_a,3251012345678901234,100\n10.5,tb_c,3251022345678901235,61.5\n",
        ),
        (
            "客服ID登记.csv",
            "日期,客服,旺旺号,订单编号,金额\n10.3,小美,TB_A,3251012345678901234,100\n10.5,小美,tb_c,3251022345678901235,65.1\n",
        ),
        &["matched - [D2] [E2] 0.00", "differs - [D3] [E3] -3.60"],
    );
    assert_eq!(causes(&report, "!D3"), ["transposed-digits"], "{}", report.ran);
    // A carrier's list of the same orders is none of the shop's sales.
    let sandbox = Sandbox::new();
    sandbox
        .write("客服ID登记.csv", "日期,旺旺号,订单编号,金额\n10.3,tb_a,3251012345678901234,100\n")
        .write(
            "ExportOrderList.csv",
            "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间\n3251012345678901234,tb_a,100.00,交易成功,2026-10-03 10:00:00\n",
        )
        .write(
            "运费登记表10月.csv",
            "日期,承运商,运单号,订单号,收件地区,重量,运费\n10.3,疾风,YT7001,3251012345678901234,浙江,1.2,9\n",
        );
    let inputs = ["客服ID登记.csv", "ExportOrderList.csv", "运费登记表10月.csv"];
    expect(&Report::of(&sandbox, &inputs), "lines", &["matched - [C2] [D2] 0.00"]);
}

#[test]
fn an_order_of_several_items_counts_once_where_its_goods_come_to_its_amount() {
    check(
        (
            "orders.csv",
            "\
Order ID,Order Status,Seller SKU,Product Name,Variation,Quantity,SKU Subtotal After Discount,Shipping Fee After Discount,Order Amount,Created Time,Paid Time,Buyer Username
577012345678901234,Completed,A1,Lamp,White,1,20.00,3.00,43.00,2026-10-02 10:00:00,2026-10-02 10:05:00,user_a
577012345678901234,Completed,A2,Lamp,Black,1,20.00,3.00,43.00,2026-10-02 10:00:00,2026-10-02 10:05:00,user_a
577012345678901388,Shipped,A1,Lamp,White,3,60.00,0.00,60.00,2026-10-21 21:00:00,2026-10-21 21:05:00,user.c
577012345678901477,Unpaid,A1,Lamp,White,1,20.00,0.00,20.00,2026-10-22 21:00:00,,user_d
",
        ),
        (
            "register.csv",
            "Date,Buyer ID,Order No,Amount\n2026-10-02,user_a,,43\n2026-10-21,user.c,577012345678901388,60\n",
        ),
        &[
            "matched - [I2+I3] [D2] 0.00",
            "matched - [I4] [D3] 0.00",
            "left-only unpaid [I5] [] 0.00",
        ],
    );
}

#[test]
fn prices_of_items_tell_that_a_total_is_the_orders() {
    check(
        (
            "orders-2026-11-01.csv",
            "\
Order Number,Order Status,Order Date,Order Shipping Amount,Order Total Amount,SKU,Item Name,Quantity,Item Cost
5001,Completed,2026-10-02 10:11,5,45,L1,Lamp,1,40
5002,Processing,2026-10-03 10:11,0,60,L1,Lamp,1,40
5002,Processing,2026-10-03 10:11,0,60,L2,Shade,1,20
5004,On hold,2026-10-06 10:11,0,30,L2,Shade,1,30
",
        ),
        (
            "sales ledger.csv",
            "Date,Order No,Customer,Amount\n2026-10-02,5001,A,45\n2026-10-04,5009,C,60\n",
        ),
        &[
            "matched - [E2] [D2] 0.00",
            "left-only not-in-register [E3+E4] [] 60.00",
            "left-only unpaid [E5] [] 0.00",
            "right-only not-in-sales [] [D3] -60.00",
        ],
    );
}

#[test]
fn exports_in_dollars_and_in_words_run_together_are_read() {
    check(
        (
            "速卖通订单.csv",
            "\
订单号,订单状态,买家名称,下单时间,付款时间,产品总金额,物流费用,订单金额
8123456789012345,交易成功,Ivan P,2026-10-03 10:00,2026-10-03 10:05,US $ 12.00,US $ 3.00,US $ 15.00
8123456789012346,等待您发货,Anna K,2026-10-04 10:00,2026-10-04 10:05,US $ 22.00,US $ 0.00,US $ 22.00
",
        ),
        (
            "登记.csv",
            "日期,买家,订单号,金额$\n10-3,Ivan P,8123456789012345,15\n10-4,Anna  K,8123456789012346,21\n",
        ),
        &["matched - [H2] [D2] 0.00", "differs - [H3] [D3] 1.00"],
    );
    check(
        (
            "lazada orders.csv",
            "\
orderItemId,createTime,orderNumber,customerName,paidPrice,unitPrice,shippingFee,itemName,status
600100200300400,04 Oct 2026 09:10,300100200300400,Maria S,25.50,25.50,0.00,Lamp,delivered
600100200300401,04 Oct 2026 09:10,300100200300400,Maria S,14.50,14.50,0.00,Shade,delivered
600100200300402,15 Oct 2026 09:10,300100200300401,Jun T,40.00,40.00,0.00,Lamp,shipped
600100200300403,16 Oct 2026 09:10,300100200300402,Li,9.90,9.90,0.00,Lamp,canceled
",
        ),
        (
            "register.csv",
            "Date,Order number,Customer,Amount\n04/10/2026,300100200300400,Maria S,40.00\n15/10/2026,300100200300401,Jun T,40.00\n",
        ),
        &[
            "matched - [E2+E3] [D2] 0.00",
            "matched - [E4] [D3] 0.00",
            "left-only closed [E5] [] 0.00",
        ],
    );
}

#[test]
fn days_under_day_are_days() {
    let report = check(
        (
            "eBay-OrdersReport.csv",
            "\
Order Number,Buyer Username,Total Price,Sale Date,Paid On Date
12-12345-67890,kiwi_shop,$25.00,Oct-03-26,Oct-03-26
12-12345-67891,redfox,$40.00,Oct-05-26,Oct-05-26
",
        ),
        (
            "register.csv",
            "Day,eBay user,Order,Paid\n3 Oct 2026,KIWI_SHOP,12-12345-67890,25\n5 Oct 2026,redfox,12-12345-67891,40\n",
        ),
        &["matched - [C2] [D2] 0.00", "matched - [C3] [D3] 0.00"],
    );
    assert!(report.codes().is_empty(), "{}", report.ran);
}

#[test]
fn fields_that_end_with_a_tab_are_separated_by_commas() {
    check(
        (
            "拼多多订单.csv",
            "商品\t,订单号\t,订单状态\t,商家实收金额(元)\t,用户实付金额(元)\t,支付时间\t\n\
             灯罩\t,261003-105007522161768\t,已收货\t,19.90\t,21.90\t,2026-10-03 09:00:00\t\n\
             灯泡\t,261004-129222771240717\t,已收货\t,1210.00\t,1210.00\t,2026-10-04 09:00:00\t\n",
        ),
        (
            "登记.csv",
            "日期,订单号,金额\n10-3,261003-105007522161768,21.90\n10-4,261004-129222771240717,1210\n",
        ),
        &["matched - [E2] [C2] 0.00", "matched - [E3] [C3] 0.00"],
    );
}

#[test]
fn numbers_drawn_from_letters_and_digits_may_share_a_cell() {
    check(
        (
            "蝦皮訂單.csv",
            "訂單編號,訂單狀態,買家帳號,訂單成立日期,買家總支付金額,商品名稱\n\
             26106Q0GWT22NV,完成,lin88,2026-10-06 10:00,120,燈罩\n\
             2610YWNK2DT0Z2,完成,lin88,2026-10-07 10:00,80,燈泡\n",
        ),
        ("登記.csv", "日期,買家,訂單號,金額\n10-7,lin88,26106Q0GWT22NV/2610YWNK2DT0Z2,200\n"),
        &["matched - [E2+E3] [D2] 0.00"],
    );
}

#[test]
fn what_brings_the_goods_is_paid_beside_the_price_paid_for_them() {
    let report = check(
        (
            "lazada.csv",
            "orderItemId,createTime,orderNumber,customerName,paidPrice,unitPrice,shippingFee,itemName,status\n\
             61,04 Oct 2026 09:10,300100200300400,Maria S,25.50,25.50,6.00,Lamp,delivered\n\
             62,05 Oct 2026 09:10,300100200300401,Jun T,40.00,40.00,10.00,Lamp,delivered\n",
        ),
        (
            "register.csv",
            "Date,Order number,Customer,Amount\n\
             04/10/2026,300100200300400,Maria S,31.50\n05/10/2026,300100200300401,Jun T,40.00\n",
        ),
        &["matched - [E2] [D2] 0.00", "differs - [E3] [D3] 10.00"],
    );
    assert_eq!(causes(&report, "E3"), ["freight"]);
}

#[test]
fn what_a_buyer_paid_besides_is_of_the_order_it_was_booked_with() {
    check(
        (
            "订单.csv",
            "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间,宝贝标题\n\
             3250136542540229681,tb_lin,199.00,交易成功,2026-10-02 10:00:00,2026-10-02 10:01:00,台灯\n\
             3250136542540229682,tb_lin,15.00,交易成功,2026-10-02 11:00:00,2026-10-02 11:01:00,补差价\n\
             3250136542540229683,阿里山茶,62.00,交易成功,2026-10-03 10:00:00,2026-10-03 10:01:00,灯罩\n\
             3250136542540229684,阿里山茶,10.00,交易成功,2026-10-03 12:00:00,2026-10-03 12:01:00,邮费补拍\n\
             3250136542540229685,阿里山茶,10.00,交易成功,2026-10-04 12:00:00,2026-10-04 12:01:00,邮费补拍\n\
             3250136542540229686,老王,30.00,交易成功,2026-10-05 10:00:00,2026-10-05 10:01:00,灯泡\n\
             3250136542540229687,老王,8.00,交易成功,2026-10-25 10:00:00,2026-10-25 10:01:00,灯泡\n",
        ),
        (
            "登记.csv",
            "日期,ID号,订单号,金额\n10-2,tb_lin,3250136542540229681,214\n\
             10-3,阿里山茶,3250136542540229683,72\n10-5,老王,3250136542540229686,38\n",
        ),
        &[
            "matched - [C2+C3] [D2] 0.00",
            // Either of two may have been meant, and one of another time is none.
            "differs - [C4] [D3] -10.00",
            "left-only not-in-register [C5] [] 10.00",
            "left-only not-in-register [C6] [] 10.00",
            "differs - [C7] [D4] -8.00",
            "left-only not-in-register [C8] [] 8.00",
        ],
    );
}

#[test]
fn the_rest_of_a_number_that_many_had_says_nothing_alone() {
    check(
        (
            "订单.csv",
            "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n\
             3250136542540229681,小美,66.00,交易成功,2026-10-10 10:00:00,2026-10-10 10:01:00\n\
             3250136542540229682,t**8,77.00,交易成功,2026-10-12 11:00:00,2026-10-12 11:01:00\n",
        ),
        ("登记.csv", "日期,ID号,订单号,金额\n10-10,云上,3.25014E+18,66\n"),
        &[
            "left-only not-in-register [C2] [] 66.00",
            "left-only not-in-register [C3] [] 77.00",
            "right-only not-in-sales [] [D2] -66.00",
        ],
    );
}

#[test]
fn what_is_paid_after_the_month_is_registered_in_the_next() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "订单.csv",
        "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n\
         3250136542540229681,小美,66.00,交易成功,2026-10-30 10:00:00,2026-10-30 10:01:00\n\
         3250136542540229682,老李,88.00,交易成功,2026-10-31 23:55:00,2026-11-01 00:05:00\n",
    );
    sandbox.write("登记.csv", "日期,ID号,订单号,金额\n10-30,小美,3250136542540229681,66\n");
    let report = Report::of(&sandbox, &["订单.csv", "登记.csv", "--month", "2026-10"]);
    let expected = ["matched - [C2] [D2] 0.00", "left-only next-period [C3] [] 88.00"];
    expect(&report, "lines", &expected);
}

#[test]
fn a_list_of_slips_without_goods_is_audited_and_no_register() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "订单.csv",
        "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间\n\
         3250136542540229681,小美,66.00,交易成功,2026-10-10 10:00:00,2026-10-10 10:01:00\n\
         3250136542540229682,老李,0.00,等待买家付款,2026-10-11 10:00:00,\n",
    );
    sandbox.write("登记.csv", "日期,ID号,订单号,金额\n10-10,小美,3250136542540229681,66\n");
    sandbox.write(
        "客服发货单10月.csv",
        "青竹里 客服发货单 2026年10月\n日期,旺旺号,订单号,收货人,金额,付款\n\
         10-10,小美,3250136542540229681,张,66,已付\n10-11,老李,,李,99,已付\n10-11,陌生人,,王,20,已付\n",
    );
    let report = Report::of(&sandbox, &["订单.csv", "登记.csv", "客服发货单10月.csv"]);
    expect(&report, "lines", &["matched - [C2] [D2] 0.00", "left-only unpaid [C3] [] 0.00"]);
    let held = [
        "matched - [B3] [C2] 0.00",
        "differs unpaid [B4] [C3] 99.00",
        "left-only not-in-sales [B5] [] 20.00",
    ];
    expect(&report, "slips", &held);
}
