//! Exports, registers and slips as shops have them.

use rust_decimal::Decimal;

use super::*;
use crate::records::fixtures::{in_october, table, tables};

fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn what_nobody_has_paid_is_zero_whatever_the_export_writes() {
    let export = table(
        "order_export",
        "
        订单号|订单状态|订单金额|应付金额|下单时间|付款确认时间|用户名
        '300100200301|等待付款|88.00|88.00|2026-10-02 10:00:00||jd_a
        '300100200302|完成|88.00|80.00|2026-10-03 10:00:00|2026-10-03 10:01:00|jd_b
        '300100200303|(删除)等待付款|20.00|20.00|2026-10-04 10:00:00||jd_c
        ",
    );
    let orders = in_october(|context| orders(&export, context)).lines;
    let paid: Vec<Decimal> = orders.iter().map(|order| order.paid).collect();
    assert_eq!(paid, ["0", "80.00", "0"].map(amount));
    assert_eq!(
        orders.iter().map(|order| order.state).collect::<Vec<_>>(),
        [State::Unpaid, State::Paid, State::Closed]
    );
}

#[test]
fn an_order_of_several_items_may_state_its_amount_once() {
    let export = table(
        "order_export",
        "
        订单编号|买家会员名|买家实际支付金额|订单状态|宝贝标题|订单创建时间
        '3250010003124433158|tb_1|64.00|交易成功|灯罩|2026-10-01 09:50:00
        '3250010003124433158|tb_1||交易成功|灯泡|2026-10-01 09:50:00
        '3250010390731118686|tb_2||交易成功|灯泡|2026-10-01 10:16:00
        ",
    );
    let read = in_october(|context| orders(&export, context));
    let paid: Vec<Decimal> = read.lines.iter().map(|order| order.paid).collect();
    assert_eq!(paid, ["64.00", "0"].map(amount));
    assert_eq!(read.rejected, 1);
}

#[test]
fn a_register_writes_of_a_number_what_it_likes() {
    let register = table(
        "sales_register",
        "
        日期|店铺|ID号|订单号|金额
        10.2|A店|tb_1|'3250010003124433158|64
        10.2|〃|tb_2|…6071|25.8
        10.3|〃|tb_3|尾号8349|21
        10.3|〃|tb_4|'6040|99
        10.4|〃|tb_5||10
        ",
    );
    let bookings = in_october(|context| bookings(&register, context)).lines;
    let forms: Vec<_> =
        bookings.iter().map(|row| row.order_no.as_ref().map(|number| number.form)).collect();
    let (whole, tail, short) = (OrderForm::Whole, OrderForm::Tail, OrderForm::Short);
    assert_eq!(forms, [Some(whole), Some(tail), Some(tail), Some(short), None]);
    assert_eq!(bookings[1].order_no.as_ref().map(|number| &*number.key), Some("6071"));
    assert_eq!(bookings[2].shop.as_deref(), Some("A店"));
}

#[test]
fn a_printed_slip_is_one_with_its_freight() {
    let tables = tables(
        "发货单.xlsx",
        "shipping_slip",
        "
青竹里灯饰  发货单|||||№0003122
旺旺号：tb_16493　收货人：收**|||电话：1**********　付款：已付(支付宝)　2026年10月3日
订单编号：3250014616525091403
货号|名称|规格|数量|单价|金额
'00310|LED灯泡|5W 暖光|4|9.9|39.6
|运费||||6
合计|||4||45.6
客服：客服A　审核：　　发货：　　①存根 ②仓库 ③财务 ④客户
        ",
    );
    let slips: Vec<Slip> =
        tables.iter().flat_map(|table| in_october(|context| slips(table, context)).lines).collect();
    let [slip] = &slips[..] else { panic!("{slips:?}") };
    assert_eq!(slip.buyer.as_deref(), Some("tb_16493"));
    assert_eq!(slip.order_no.as_ref().map(|number| &*number.key), Some("3250014616525091403"));
    let [whole] = &slip.parts[..] else { panic!("{slip:?}") };
    assert_eq!(whole.amount, Some(amount("45.6")));
    assert_eq!(whole.at.to_string().rsplit('!').next(), Some("A2"));
}

#[test]
fn a_list_of_slips_keeps_the_rows_of_one_together() {
    let list = table(
        "shipping_slip",
        "
        发货单号|日期|旺旺号|订单编号|名称|数量|金额
        F1|10.2|tb_1|'3250010003124433158|灯罩|1|58
        F1|10.2|tb_1|'3250010003124433158|运费||6
        F2|10.3|tb_2|'3250010390731118686|灯泡|1|9.9
        ",
    );
    let slips = in_october(|context| slips(&list, context)).lines;
    let parts: Vec<usize> = slips.iter().map(|slip| slip.parts.len()).collect();
    assert_eq!(parts, [2, 1]);
}

#[test]
fn goods_for_distributors_are_nobodys_order() {
    let list = table(
        "shipping_slip",
        "
        出货单号|出货日期|货号|名称|数量|分销结算价|金额|结款方式
        FX2610001|10.2|'00205|北欧吊灯|10|193.2|1932|月结
        ",
    );
    assert!(in_october(|context| slips(&list, context)).lines.is_empty());
}
