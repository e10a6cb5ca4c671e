//! `reconcile sales` on exports with dozens of columns, as programs write
//! them: what is said once an order, what is said of every item, and what is
//! left out.

use crate::sales::{Report, expect};
use crate::sandbox::Sandbox;

const REGISTER: &str = "\
Sales ID register - October 2026
Date,Shop,Customer ID,Order No.,Amount paid,Entered by,Remark
";

/// Checks an export against a register that is kept in English.
#[track_caller]
fn check(export: (&str, &str), bookings: &str, expected: &[&str]) -> Report {
    let sandbox = Sandbox::new();
    sandbox.write(export.0, export.1);
    sandbox.write("Sales register Oct.csv", format!("{REGISTER}{bookings}"));
    let report = Report::of(&sandbox, &[export.0, "Sales register Oct.csv"]);
    expect(&report, "lines", expected);
    report
}

#[test]
fn goods_and_what_brings_them_are_what_was_paid() {
    let export = "\
amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-discount\tship-promotion-discount\tship-city\tship-state\tship-country\tpromotion-ids\tbuyer-name
615-1972408-8460983\t\t2026-10-03T10:00:00+00:00\t\tShipped\tMerchant\tAmazon.com\t\t\tStandard\tDesk lamp\tL-1\tB01\tShipped\t1\tUSD\t29.90\t0.0\t5.00\t0.0\t\t\t0.0\t0.0\tNY\tNY\tUS\t\tAnn
615-1972408-8460983\t\t2026-10-03T10:00:00+00:00\t\tShipped\tMerchant\tAmazon.com\t\t\tStandard\tShade\tL-2\tB02\tShipped\t2\tUSD\t18.00\t0.0\t0.0\t0.0\t\t\t3.00\t0.0\tNY\tNY\tUS\t\tAnn
460-9618981-5246395\t\t2026-10-05T10:00:00+00:00\t\tCancelled\tMerchant\tAmazon.com\t\t\tStandard\tDesk lamp\tL-1\tB01\tCancelled\t1\tUSD\t29.90\t0.0\t5.00\t0.0\t\t\t0.0\t0.0\tNY\tNY\tUS\t\tBob
256-9204885-0595873\t\t2026-10-06T10:00:00+00:00\t\tShipped\tMerchant\tAmazon.com\t\t\tStandard\tShade\tL-2\tB02\tShipped\t1\tUSD\t9.00\t0.0\t0.0\t0.0\t\t\t0.0\t0.0\tNY\tNY\tUS\t\tCid
";
    check(
        ("123456789.txt", export),
        "\
03 Oct 2026,Lamp House,Ann,615-1972408-8460983,49.90,May,
05 Oct 2026,Lamp House,Bob,460-9618981-5246395,34.90,May,
06 Oct 2026,Lamp House,Cid,256-9204885-0595873,6.00,May,
",
        &[
            "matched - [Q2+Q3] [E3] 0.00",
            "differs closed [Q4] [E4] -34.90",
            "differs - [Q5] [E5] 3.00",
        ],
    );
}

#[test]
fn a_grand_total_on_every_row_counts_once_and_letters_are_in_numbers() {
    let export = "\
Order ID,Order Status,Cancel reason,Return / Refund Status,Tracking Number*,Shipping Option,Order Creation Date,Order Paid Time,Product Name,SKU Reference No.,Variation Name,Original Price,Deal Price,Quantity,Product Subtotal,Products' Price Paid by Buyer (PHP),Buyer Paid Shipping Fee,Grand Total,Username (Buyer),Receiver Name
261010T9HENHSS,Completed,,,SPX1,Std,2026-10-10 10:00,2026-10-10 10:05,Lamp,L1,white,50,50,1,50,50,8,77.00,ann,***
261010T9HENHSS,Completed,,,SPX1,Std,2026-10-10 10:00,2026-10-10 10:05,Shade,L2,white,19,19,1,19,19,8,77.00,ann,***
26100133EM3MBR,Completed,,,SPX2,Std,2026-10-11 10:00,2026-10-11 10:05,Lamp,L1,white,50,50,2,100,100,0,100.00,bob,***
261013D8VPBK22,Unpaid,,,,Std,2026-10-13 10:00,-,Lamp,L1,white,50,50,1,50,50,0,88.00,cid,***
261013D8VPBK22,Unpaid,,,,Std,2026-10-13 10:00,-,Shade,L2,white,19,19,2,38,38,0,88.00,cid,***
";
    check(
        ("Order.all.20261001_20261031.csv", export),
        "10 Oct 2026,Lamp House,ann,261010T9HENHSS,77,May,\n11 Oct 2026,Lamp House,BOB,3MBR,100,May,\n",
        &[
            "matched - [R2+R3] [E3] 0.00",
            "matched - [R4] [E4] 0.00",
            "left-only unpaid [R5+R6] [] 0.00",
        ],
    );
}

#[test]
fn a_row_that_describes_the_columns_is_no_header() {
    let export = "\
Order ID,Order Status,Order Substatus,Cancelation/Return Type,Seller SKU,Product Name,Quantity,SKU Subtotal After Discount,Order Amount,Order Refund Amount,Created Time,Paid Time,Buyer Username
Platform unique order ID.,Order status.,,,Seller input.,,SKU sold quantity in the order.,Total price.,Total amount paid by buyers.,,Order created time.,Paid time.,
579883252273827435\t,Completed,,,L1,Lamp,1,50.00,57.00,14.00,10/10/2026 10:00:00,10/10/2026 10:05:00,ann
579883252273827435\t,Completed,,,L2,Shade,1,7.00,57.00,14.00,10/10/2026 10:00:00,10/10/2026 10:05:00,ann
572023075968420859\t,Completed,,,L1,Lamp,2,100.00,100.00,0.00,21/10/2026 10:00:00,21/10/2026 10:05:00,bob
574186056459428602\t,Completed,,,L1,Lamp,1,50.00,50.00,0.00,22/10/2026 10:00:00,22/10/2026 10:05:00,cid
";
    check(
        ("All order-2026-11-01.csv", export),
        "\
10 Oct 2026,Lamp House,ann,579883252273827435,43.00,May,
21 Oct 2026,Lamp House,bob,572023075968420859,100.00,May,
22 Oct 2026,Lamp House,cid,574186056459428000,50.00,May,
",
        &["matched - [I3+I4] [E3] 0.00", "matched - [I5] [E4] 0.00", "matched - [I6] [E5] 0.00"],
    );
}

#[test]
fn the_footer_of_a_report_is_no_order() {
    let export = "\
Sales Record Number,Order Number,Buyer Username,Item Title,Quantity,Sold For,Shipping And Handling,Total Price,Sale Date,Paid On Date
101,10-00120-42540,ann,Lamp,1,$50.00,$5.00,$55.00,Oct-10-26,Oct-10-26
102,22-46984-96479,bob,Shade,1,$9.00,$0.00,$9.00,Oct-11-26,Oct-12-26
2 record(s) downloaded,from Oct-01-26 to Oct-31-26
Seller ID : lamphouse
";
    let report = check(
        ("eBay-OrdersReport.csv", export),
        "10 Oct 2026,Lamp House,ann,10-00120-42540,55,May,\n11 Oct 2026,Lamp House,bob,22-46984-96479,9,May,\n",
        &["matched - [H2] [E3] 0.00", "matched - [H3] [E4] 0.00"],
    );
    assert_eq!(report.codes(), [""; 0], "{}", report.ran);
}

#[test]
fn orders_that_nobody_paid_do_not_hide_that_totals_are_the_orders() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "京东订单.csv",
        "\
订单号,商品名称,订购数量,下单时间,京东价,订单金额,应付金额,订单状态,下单帐号,付款确认时间
316577531089,台灯,1,2026-10-03 10:00:00,100.00,130.00,130.00,完成,tb_1,2026-10-03 10:02:00
316577531089,灯罩,1,2026-10-03 10:00:00,30.00,130.00,130.00,完成,tb_1,2026-10-03 10:02:00
313670846260,台灯,2,2026-10-04 10:00:00,100.00,206.00,206.00,完成,tb_2,2026-10-04 10:02:00
319263512614,台灯,1,2026-10-05 10:00:00,100.00,130.00,130.00,等待付款,tb_3,
319263512614,灯罩,1,2026-10-05 10:00:00,30.00,130.00,130.00,等待付款,tb_3,
",
    );
    sandbox.write(
        "ID号登记.csv",
        "日期,店铺,旺旺ID,订单编号,实付金额\n2026-10-03,京东店,TB_1,316577531089,130\n2026-10-04,京东店,tb_2,313670846260,206\n",
    );
    let report = Report::of(&sandbox, &["京东订单.csv", "ID号登记.csv"]);
    expect(
        &report,
        "lines",
        &[
            "matched - [G2+G3] [E2] 0.00",
            "matched - [G4] [E3] 0.00",
            "left-only unpaid [G5+G6] [] 0.00",
        ],
    );
}

#[test]
fn money_that_came_back_tells_of_a_refund_where_no_status_does() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "1688订单.csv",
        "\
订单编号,买家会员名,货品总价(元),运费(元),实付款(元),订单状态,订单创建时间,订单付款时间,货品标题,数量,退款金额
4134059932533385210,tb_1,100,6,106,交易成功,2026-10-03 10:00:00,2026-10-03 10:01:00,台灯,1,26
,,,,,,,,灯罩,1,
4157497618068077022,tb_2,50,0,50,交易成功,2026-10-04 10:00:00,2026-10-04 10:01:00,台灯,1,
",
    );
    sandbox.write(
        "ID号登记.csv",
        "日期,旺旺ID,订单编号,实付金额\n2026-10-03,tb_1,4134059932533385210,80\n2026-10-04,tb_2,4157497618068077022,40\n",
    );
    let report = Report::of(&sandbox, &["1688订单.csv", "ID号登记.csv"]);
    let matched = |line: &&serde_json::Value| line["status"] == "matched";
    let lines = report.rows("lines");
    assert_eq!(lines.iter().filter(matched).count(), 1, "{}", report.ran);
    let differs = lines.iter().find(|line| line["status"] == "differs").unwrap();
    assert_eq!(differs["difference"], "10.00", "{}", report.ran);
}

#[test]
fn a_slip_or_a_booking_of_several_orders_is_of_all_of_them() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "ExportOrderList.csv",
        "\
订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间
3250010003124433158,tb_1,64.00,交易成功,2026-10-03 09:50:00,2026-10-03 09:56:38
3250010390731118686,tb_1,56.50,交易成功,2026-10-03 10:16:00,2026-10-03 10:32:35
3250010773032323327,tb_2,109.00,交易成功,2026-10-04 12:42:00,2026-10-04 13:01:46
3250011160705915493,tb_2,21.00,等待买家付款,2026-10-04 14:46:00,null
3250012160705915555,tb_3,30.00,交易成功,2026-10-05 14:46:00,2026-10-05 14:47:00
",
    );
    sandbox.write(
        "客服发货单.csv",
        "\
发货单号,日期,旺旺号,订单编号,名称,数量,金额
F1,2026-10-03,tb_1,,灯罩两单合发,2,120.5
F2,2026-10-04,tb_2,3250010773032323327/3250011160705915493,灯泡,2,130
F3,2026-10-05,tb_3,3250099999999999999、3250012160705915555,台灯,1,30
",
    );
    sandbox.write(
        "ID号登记.csv",
        "日期,旺旺ID,订单编号,实付金额\n2026-10-03,tb_1,,120.5\n2026-10-04,tb_2,3250010773032323327,109\n2026-10-05,tb_3,3250099999999999999、3250012160705915555,30\n",
    );
    let inputs = ["ExportOrderList.csv", "客服发货单.csv", "ID号登记.csv"];
    let report = Report::of(&sandbox, &inputs);
    expect(
        &report,
        "slips",
        &[
            "matched - [C2] [C2+C3] 0.00",
            "differs unpaid [C3] [C4+C5] 21.00",
            "matched - [C4] [C6] 0.00",
        ],
    );
    expect(
        &report,
        "lines",
        &[
            "matched - [C2+C3] [D2] 0.00",
            "matched - [C4] [D3] 0.00",
            "left-only unpaid [C5] [] 0.00",
            "matched - [C6] [D4] 0.00",
        ],
    );
}
