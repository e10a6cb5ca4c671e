//! Sums and running balances, right and wrong.

use super::{findings, found, sheet};
use crate::input::table::Role;

/// Asserts the findings of the only table of a sheet.
fn finds(text: &str, expected: &[&str]) {
    let tables = found(sheet(text));
    assert_eq!(tables.len(), 1);
    assert_eq!(findings(&tables[0]), expected, "{}", super::shown(&tables[0]));
}

#[test]
fn a_wrong_total_is_found_to_the_cent() {
    finds(
        "日期|单号|品名|数量|单价|金额
        10.3|A1|布料|10|5|50.10
        10.4|A2|布料|20|5|100.20
        合计|||30||150.31",
        &["total-mismatch F4 150.31 150.3"],
    );
}

#[test]
fn prices_and_rates_have_no_sum() {
    finds(
        "日期|单号|品名|数量|单价|税率|金额
        10.3|A1|布料|10|5|13%|50
        10.4|A2|布料|20|6|13%|120
        合计|||30|5.67|0.13|170",
        &[],
    );
}

#[test]
fn a_total_may_hold_the_opening_balance() {
    finds(
        "日期|单号|品名|数量|金额
        |上期结余|||1000
        10.3|A1|布料|10|50
        10.4|A2|布料|20|100
        合计|||30|1150",
        &[],
    );
}

#[test]
fn what_is_missing_is_told_by_the_nearest_reading() {
    finds(
        "日期|单号|品名|数量|金额
        |上期结余|||1000
        10.3|A1|布料|10|50
        10.4|A2|布料|20|100
        合计|||30|1160",
        &["total-mismatch E5 1160 1150"],
    );
}

#[test]
fn one_wrong_subtotal_among_right_ones() {
    finds(
        "客户|单号|金额
        甲|A1|50
        甲|A2|60
        小计||110
        乙|A3|70
        乙|A4|80
        小计||160
        丙|A5|90
        丙|A6|100
        小计||190
        总计||450",
        &["subtotal-mismatch C7 160 150"],
    );
}

#[test]
fn totals_of_totals() {
    finds(
        "月份|日期|金额|数量
        10月|10.1|50|1
        10月|10.1|60|2
        本日合计||110|3
        10月|10.2|70|3
        10月|10.2|80|4
        本日合计||150|7
        本月合计||260|10
        11月|11.1|1|1
        11月|11.1|2|1
        本日合计||3|2
        本月合计||3|2
        总计||263|12",
        &[],
    );
}

#[test]
fn rounded_figures_sum_to_the_cent() {
    finds(
        "日期|单号|金额
        10.3|A1|33.3333
        10.4|A2|33.3333
        10.5|A3|33.3333
        合计||100.00",
        &[],
    );
}

#[test]
fn a_balance_breaks_once() {
    finds(
        "日期|摘要|收入|支出|余额
        10/1|上月结余|||3000
        10/5|货车|0|100|2900
        10/6|加油|0|300|2610
        10/7|午餐|0|50|2560
        10/8|备用金|1000|0|3560
        10/9|停车|0|5|3555
        10/9|停车|0|5|3550
        合计||1000|460|3550",
        &["balance-break E4 2610 2600"],
    );
}

#[test]
fn the_total_of_a_running_balance_is_its_last() {
    finds(
        "日期|摘要|收入|支出|余额
        10/1|上月结余|||3000
        10/5|货车|0|100|2900
        10/6|加油|0|300|2600
        10/7|午餐|0|50|2550
        合计||0|450|2560",
        &["total-mismatch E6 2560 2550"],
    );
}

#[test]
fn closing_is_opening_and_movements() {
    finds(
        "日期|单号|品名|金额
        |上期余额||1000
        10.3|A1|布料|50
        10.4|A2|布料|100
        10.9||付款|-1000
        期末余额|||160",
        &["closing-mismatch D6 160 150"],
    );
}

#[test]
fn closing_takes_off_what_was_paid_in_another_column() {
    finds(
        "日期|单号|品名|应收金额|已收金额
        |上期余额||1000|
        10.3|A1|布料|50|
        10.4|A2|布料|100|
        10.9||收款||1000
        期末余额|||150|",
        &[],
    );
}

#[test]
fn weights_are_summed_by_carton_or_plainly_and_never_expected() {
    finds(
        "箱号|箱数|数量|净重|毛重|立方数
        1-5|5|100|10|11|0.5
        6-8|3|60|8|9|0.3
        合计|8|160|74|21|0.8",
        &[],
    );
}

#[test]
fn a_total_of_the_negative_and_the_positive_alike() {
    finds(
        "日期|单号|品名|金额
        10.3|A1|布料|50
        10.4|A2|布料|100
        10.5|T1|退货|-20
        送货合计|||150
        实付合计|||130",
        &[],
    );
}

#[test]
fn page_sums_and_carried_sums_are_checked() {
    finds(
        "日期|单号|金额
        10.3|A1|50
        10.4|A2|100
        过次页||150
        承前页||150
        10.5|A3|20
        10.6|A4|30
        过次页||200
        承前页||215
        10.7|A5|10
        合计||210",
        &["subtotal-mismatch C9 215 200"],
    );
}

#[test]
fn sizes_are_checked_where_their_neighbours_add_up() {
    finds(
        "颜色|目的地|S|M|L|XL|合计
        黑|US|200|400|400|200|1200
        蓝|CA|130|270|270|130|800
        合计||330|670|670|340|2000",
        &["total-mismatch F4 340 330"],
    );
}

#[test]
fn a_total_above_its_rows() {
    finds(
        "日期|单号|品名|金额
        合计|||150
        10.3|A1|布料|50
        10.4|A2|布料|100",
        &[],
    );
}

#[test]
fn sums_by_currency_hold_the_rows_in_it() {
    finds(
        "供应商|金额|币种
        盛源|4500|RMB
        锦辉|2000|HKD
        永利|300|人民币
        人民币小计|4800|
        合计HKD|2100|",
        &["total-mismatch B6 2100 2000"],
    );
}

#[test]
fn what_was_settled_below_a_total_tells_its_difference() {
    let bill = |below: &str| {
        format!(
            "日期|单号|品名|金额
        10.3|A1|布料|50
        10.4|A2|布料|100
        合计|||150
        {below}"
        )
    };
    finds(&bill("实付|||149.50"), &["settled-differs D5 149.50 150"]);
    finds(&bill("实收金额：|||150"), &[]);
    finds(&bill("预付款|||-30\n        实付|||120"), &[]);
    // What remains makes it a payment.
    finds(&bill("实付|||100\n        尚欠|||50"), &[]);
    let tables = found(sheet(&bill("实付|||100\n        尚欠|||50")));
    assert_eq!(tables[0].rows_of(Role::Body).count(), 3);
}
