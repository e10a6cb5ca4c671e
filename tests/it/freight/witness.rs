//! Shipping slips and orders beside the log, and in its place.

use super::ran::Folder;

const BILL: &str = "韵达快递账单 2026-10
序号,运单号,日期,目的地,重量,费用类型,金额,备注
1,431000000001,10/2,浙江省,0.8,快递费,3.00,
2,431000000002,10/3,江苏省,1.6,快递费,4.00,
3,431000000003,10/4,安徽省,0.5,快递费,3.00,
4,431000000004,10/5,浙江省,2.2,快递费,5.00,
合计,,,,,,15.00,
";

const LOG: &str = "发货日期,旺旺,目的地,快递,运单号,重量,运费
2026/10/2,tb_1,浙江省,韵达,431000000001,0.8,3
2026/10/5,tb_4,浙江省,韵达,431000000004,2.2,5
";

const SLIPS: &str = "客服发货单明细 10月
发货单号,发货日期,旺旺号,收货地址,货号,名称,数量,金额,快递,运单号,是否付款
FH0001,2026/10/2,tb_1,浙江省某市某路,A01,灯,1,99,韵达,431000000001,已付
FH0002,2026/10/3,tb_2,江苏省某市某路,A01,灯,2,198,韵达,431000000002,已付
FH0004,2026/10/5,tb_4,浙江省某市某路,A02,灯,1,59,韵达,431000000004,已付
FH0005,2026/10/6,tb_5,安徽省某市某路,A02,灯,1,59,韵达,431000000005,已付
";

#[test]
fn what_a_slip_names_was_sent_though_the_log_left_it_out() {
    let files = [("bill.csv", BILL), ("运费登记.csv", LOG), ("客服发货单.csv", SLIPS)];
    let said = Folder::of(&files).run();
    assert_eq!(
        said.open(),
        ["left-only not-in-register 4| 4.00", "left-only not-shipped 5| 3.00"],
        "{:#?}",
        said.lines()
    );
    let line = said.section("lines").iter().find(|line| line["reason"] == "not-in-register");
    let line = line.unwrap();
    assert!(line["related"][0].as_str().unwrap().ends_with("!J4"), "{line:#}");
    assert!(line["explanation"].as_str().unwrap().contains("it was shipped"), "{line:#}");
}

#[test]
fn slips_stand_for_a_log_that_is_not_there() {
    let said = Folder::of(&[("bill.csv", BILL), ("客服发货单.csv", SLIPS)]).run();
    assert_eq!(
        said.lines(),
        [
            "matched 3|3 0.00",
            "matched 4|4 0.00",
            "left-only not-shipped 5| 3.00",
            "matched 6|5 0.00",
            "right-only not-billed |6 0.00",
        ]
    );
}

#[test]
fn freight_is_set_beside_the_orders_it_carried() {
    let orders = "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间,物流单号,物流公司
3250000000000000001,tb_1,99.00,交易成功,2026-10-01 09:00:00,2026-10-01 09:01:00,No:431000000001,韵达快递
3250000000000000002,tb_2,198.00,交易成功,2026-10-02 09:00:00,2026-10-02 09:01:00,No:431000000002,韵达快递
3250000000000000004,tb_4,59.00,交易成功,2026-10-04 09:00:00,2026-10-04 09:01:00,No:431000000004,韵达快递
";
    let files = [("bill.csv", BILL), ("运费登记.csv", LOG), ("ExportOrderList.csv", orders)];
    let said = Folder::of(&files).run();
    let cost = &said.section("freight_cost")[0];
    assert_eq!((&cost["orders"], &cost["sales"]), (&3.into(), &"356.00".into()), "{cost:#}");
    let orders = said.section("orders");
    let of = |number: &str| {
        let found = orders.iter().find(|order| order["order_no"] == number);
        found.map(|order| order["freight"].as_str().unwrap().to_owned())
    };
    assert_eq!(of("3250000000000000001").as_deref(), Some("3.00"));
    assert_eq!(of("3250000000000000002").as_deref(), Some("4.00"), "the log left it out");
    assert_eq!(of("3250000000000000004").as_deref(), Some("5.00"));
    assert!(said.open()[0].starts_with("left-only not-in-register 4|"), "{:?}", said.open());
}
