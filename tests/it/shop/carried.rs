//! A month after another: what October's report left open is expected in
//! November, what it had settled is not asked for again, and decisions stay.

use crate::sales::{Report, expect};
use crate::sandbox::Sandbox;

const OCTOBER_ORDERS: &str = "\
订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间
3250010003124433158,tb_59669,64.00,交易成功,2026-10-01 09:50:00,2026-10-01 09:56:38
3250010390731118686,阿里山茶,56.00,交易成功,2026-10-12 10:16:00,2026-10-12 10:32:35
3250010773032323327,TT88125,109.00,交易成功,2026-10-30 12:42:00,2026-10-30 13:01:46
3250011160705915493,lamp76,64.00,交易成功,2026-10-31 14:46:00,2026-10-31 15:03:58
";

/// The third order is not booked yet, the fourth for too little, and one
/// booking is of an order that the export does not have.
const OCTOBER_REGISTER: &str = "\
日期,ID号,订单号,金额
2026-10-01,tb_59669,3250010003124433158,64
2026-10-12,阿里山茶,3250010390731118686,56
2026-10-31,lamp76,3250011160705915493,60
2026-10-31,late_one,3250099000000000017,33
";

const NOVEMBER_ORDERS: &str = "\
订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间
3250010390731118686,阿里山茶,56.00,交易成功,2026-10-12 10:16:00,2026-10-12 10:32:35
3250099000000000017,late_one,33.00,交易成功,2026-11-01 00:01:00,2026-11-01 00:02:00
3250212160705915493,lamp90,20.00,交易成功,2026-11-05 14:46:00,2026-11-05 15:03:58
";

const NOVEMBER_REGISTER: &str = "\
日期,ID号,订单号,金额
2026-11-02,TT88125,3250010773032323327,109
2026-11-02,lamp76,3250011160705915493,4
2026-11-03,tb_59669,3250010003124433158,64
2026-11-05,lamp90,3250212160705915493,20
";

fn october(sandbox: &Sandbox) {
    sandbox
        .write("10/ExportOrderList10.csv", OCTOBER_ORDERS)
        .write("10/ID号登记10月.csv", OCTOBER_REGISTER)
        .write("11/ExportOrderList11.csv", NOVEMBER_ORDERS)
        .write("11/ID号登记11月.csv", NOVEMBER_REGISTER);
    for lang in ["zh-Hans", "zh-Hant", "en"] {
        let out = format!("{lang}.xlsx");
        let args = ["reconcile", "sales", "10", "-o", &out, "--lang", lang];
        let ran = sandbox.run(&args);
        assert_eq!(ran.code, 1, "{ran}");
    }
}

#[test]
fn what_october_left_open_comes_in_november() {
    let sandbox = Sandbox::new();
    october(&sandbox);
    for book in ["zh-Hans.xlsx", "zh-Hant.xlsx", "en.xlsx"] {
        let report = Report::of(&sandbox, &["11", book]);
        let lines: Vec<String> = report
            .rows("lines")
            .iter()
            .map(|line| {
                let number = |side: &str| line[side][0]["document_no"].as_str();
                let number = number("left").or(number("right")).unwrap();
                let of = |side: &str| {
                    let at = line[side][0]["at"].as_str().unwrap_or("-");
                    at.split(['#', '!']).next().unwrap().to_owned()
                };
                let (status, reason) = (&line["status"], line["reason"].as_str().unwrap_or("-"));
                let status = status.as_str().unwrap();
                format!("{number} {status} {reason} {} {}", of("left"), of("right"))
            })
            .collect();
        let (orders, register) = ("11/ExportOrderList11.csv", "11/ID号登记11月.csv");
        let mut expected = vec![
            format!("3250010390731118686 left-only prior-period {orders} -"),
            format!("3250099000000000017 matched carried-forward {orders} {book}"),
            format!("3250212160705915493 matched - {orders} {register}"),
            format!("3250010773032323327 matched carried-forward {book} {register}"),
            format!("3250011160705915493 matched carried-forward {book} {register}"),
            format!("3250010003124433158 right-only double-booked - {register}"),
        ];
        let mut lines = lines;
        lines.sort();
        expected.sort();
        assert_eq!(lines, expected, "{}", report.ran);
        let conservation = &report.json["conservation"];
        assert_eq!(conservation["rows_in"], conservation["rows_reported"]);
    }
}

#[test]
fn what_comes_in_no_november_either_stays_open() {
    let sandbox = Sandbox::new();
    october(&sandbox);
    sandbox
        .write(
            "n/ExportOrderList11.csv",
            NOVEMBER_ORDERS.split_inclusive('\n').take(2).collect::<String>(),
        )
        .write(
            "n/ID号登记11月.csv",
            "日期,ID号,订单号,金额\n2026-11-05,lamp90,3250212160705915493,20\n",
        );
    let report = Report::of(&sandbox, &["n", "en.xlsx", "--month", "2026-11"]);
    let open =
        |reason: &str| report.rows("lines").iter().filter(|line| line["reason"] == reason).count();
    // The order and the rest of another; the booking without an order.
    assert_eq!(open("carried-forward"), 3, "{}", report.ran);
    assert_eq!(open("prior-period"), 1, "{}", report.ran);
    assert_eq!(report.ran.code, 1);
}

#[test]
fn registers_that_repeat_each_other_count_once() {
    let sandbox = Sandbox::new();
    let first: String = OCTOBER_REGISTER.split_inclusive('\n').take(4).collect();
    sandbox
        .write("m/ExportOrderList.csv", OCTOBER_ORDERS)
        .write("m/ID号登记10月.csv", first)
        .write("m/ID号登记10月-最新.csv", OCTOBER_REGISTER.replace(",60\n", ",64\n"));
    let report = Report::of(&sandbox, &["m"]);
    expect(
        &report,
        "lines",
        &[
            "matched - [C2] [D2] 0.00",
            "matched - [C3] [D3] 0.00",
            "left-only not-in-register [C4] [] 109.00",
            "matched - [C5] [D4] 0.00",
            "right-only not-in-sales [] [D5] -33.00",
        ],
    );
    let copies = report.rows("copies");
    assert_eq!((&copies[0]["rows"], &copies[0]["changed"]), (&3.into(), &1.into()));
    assert_eq!(report.codes(), ["bookings-copied"], "{}", report.ran);
}

#[test]
fn a_booking_of_several_orders_is_of_all_of_them() {
    let sandbox = Sandbox::new();
    sandbox.write("ExportOrderList.csv", OCTOBER_ORDERS).write(
        "ID号登记10月.csv",
        "\
日期,ID号,订单号,金额
2026-10-12,tb_59669,3250010003124433158/3250010390731118686,120
2026-10-30,TT88125,3250010773032323327,109
2026-10-31,TT88125,3250010773032323327,-109
2026-10-31,lamp76,3250011160705915493,64
2026-10-31,lamp76,3250011160705915493、3250010003124433158,128
",
    );
    let report = Report::of(&sandbox, &["ExportOrderList.csv", "ID号登记10月.csv"]);
    expect(
        &report,
        "lines",
        &[
            "matched - [C2+C3] [D2] 0.00",
            "differs - [C4] [D3+D4] 109.00",
            "matched - [C5] [D5] 0.00",
            "right-only double-booked [] [D6] -128.00",
        ],
    );
}
