//! Why entries stand alone.

use std::sync::Arc;

use chrono::NaiveDate;

use super::text::entries;
use super::*;
use crate::engine::matching::explain::{FailedTest, Field};

#[test]
fn after_their_cut_off_is_next_period() {
    let (left, right) = (
        "甲; 20; A1; 里布; 100×4.15=415
         甲; 25; A2; 里布; 110×4.15=456.5",
        "甲; 20; A1; 里布; 100×4.15=415
         甲; 25; A2; 里布; 110×4.15=456.5
         甲; 26; A3; 里布; 120×4.15=498
         甲; 30; A4; 里布; 130×4.15=539.5",
    );
    run(left, right).are(&[
        "matched 1=1",
        "matched 2=2",
        "right-only =3 -498 (not-billed)",
        "right-only =4 -539.5 (next-period)",
    ]);
    let found = run_with(left, right, |spec| {
        spec.sides
            .left
            .cut_off
            .insert(Arc::from("甲"), NaiveDate::from_ymd_opt(2026, 10, 25).unwrap());
    });
    assert_eq!(found.of_right(2).reason, Some(Reason::NextPeriod));
}

#[test]
fn not_billed_in_the_last_days_is_not_billed() {
    run(
        "甲; 31; A9; 里布; 100×4.15=415",
        "甲; 30; A8; 里布; 130×4.15=539.5
         甲; 31; A9; 里布; 100×4.15=415",
    )
    .are(&["matched 1=2", "right-only =1 -539.5 (not-billed)"]);
}

#[test]
fn payments_on_their_way() {
    run(
        "甲; 10; _; _; _×_=-20000; payment",
        "甲; 9; _; _; _×_=-20000; payment
         甲; 30; _; _; _×_=-11265.8; payment",
    )
    .are(&["matched 1=1 [date]", "right-only =2 11265.8 (next-period)"]);
}

#[test]
fn last_months_open_items() {
    let found = run_with(
        "甲; 09-29; A1; 里布; 100×4.15=415
         甲; 09-12; A7; 里布; 61×4.15=253.15",
        "甲; 09-29; A1; 里布; 100×4.15=415
         甲; 09-30; A2; 里布; 110×4.15=456.5
         甲; 09-30; A3; 里布; 77×4.15=319.55",
        |spec| spec.sides.right.carried.extend([0, 1]),
    );
    found.are(&[
        "matched 1=1 (carried-forward)",
        "left-only 2= 253.15 (prior-period)",
        "right-only =2 -456.5 (carried-forward)",
        "right-only =3 -319.55 (prior-period)",
    ]);
}

#[test]
fn settled_last_month_and_billed_again() {
    let settled = entries(
        "顺; 09-22; SD0922; _; _×_=2481.5
         甲; 09-22; A77; 里布; 100×4.15=415",
        "last month",
    );
    let found = run_with(
        "顺; 09-22; SD0922; _; _×_=2481.5
         甲; 10-05; A77; 里布; 100×4.15=415",
        "顺; 6; SD1006; 外箱; 510×7.85=4003.5",
        |spec| spec.sides.left.settled.clone_from(&settled),
    );
    found.are(&[
        "left-only 1= 2481.5 (double-billed)",
        "left-only 2= 415 (double-billed)",
        "right-only =1 -4003.5 (not-billed)",
    ]);
    assert_eq!(found.of_left(0).related, [settled[0].at.clone()]);
}

#[test]
fn a_line_billed_again_at_another_price() {
    run(
        "甲; 9; A1; 拉链; 550×1.85=1017.5
         甲; 22; A1; 拉链; 550×1.95=1072.5",
        "甲; 9; A1; 拉链; 550×1.85=1017.5",
    )
    .are(&["matched 1=1", "left-only 2= 1072.5 (double-billed)"]);
}

#[test]
fn goods_booked_under_another_party() {
    let found = run(
        "丰; 17; LF26101736; 松紧带 黑色; 2300×0.62=1426
         丰; 17; LF26101736; 帽绳; 2700×0.85=2295
         丰; 18; LF26101800; 帽绳; 100×0.85=85",
        "彩; 17; LF26101736; 松紧带 黑色; 2300×0.62=1426
         彩; 17; LF26101736; 帽绳; 2650×0.85=2252.5
         丰; 18; LF26101800; 帽绳; 100×0.85=85",
    );
    found.are(&[
        "left-only 1= 1426 (other-party)",
        "left-only 2= 2295 (other-party)",
        "matched 3=3",
        "right-only =1 -1426 (other-party)",
        "right-only =2 -2252.5 (other-party)",
    ]);
    assert_eq!(found.of_left(0).related, [found.right[0].at.clone()]);
    let nearest = found.of_right(0).nearest.clone().unwrap();
    assert_eq!((nearest.index, nearest.failed), (0, FailedTest::Party));
}

#[test]
fn charges_and_discounts_say_what_they_are_for() {
    run(
        "甲; 20; _; 运费; _×_=180; charge
         甲; 31; _; 10月返利折让; _×_=-200; discount
         甲; 31; _; 开模费; _×_=500; charge",
        "甲; 24; KK1024; 色差扣款; _×_=-150; deduction",
    )
    .are(&[
        "left-only 1= 180 freight:180 (other-charge)",
        "left-only 2= -200 discount:-200 (other-charge)",
        "left-only 3= 500 surcharge:500 (other-charge)",
        "right-only =1 150 (not-billed)",
    ]);
}

#[test]
fn the_nearest_candidate_and_the_test_it_failed() {
    let found = run(
        "甲; 3; A1; 里布; 100×4.15=415
         甲; 4; B2; 府绸; 57×9.8=558.6",
        "甲; 20; C3; 里布; 100×4.15=415
         甲; 4; B2; 府绸; 57×9.8=558.6",
    );
    let nearest = found.of_left(0).nearest.clone().unwrap();
    assert_eq!(nearest.index, 0);
    assert_eq!(nearest.failed, FailedTest::DocumentNo);
    assert!(nearest.agrees.contains(&Field::Amount));
}

#[test]
fn settled_lines_are_known_by_any_name_of_their_item() {
    // Last month's paper had no codes, and named what this one codes.
    let settled = entries("甲; 09-22; A77; 里布 210T; 100×4.15=415", "last month");
    let theirs = "甲; 10-05; A77; 里布 210T; 100×4.15=415; code=LB-1
         甲; 10-06; A80; 府绸; 50×9.8=490";
    let ours = "甲; 10-06; A80; 府绸; 50×9.8=490";
    let found = run_with(theirs, ours, |spec| spec.sides.left.settled.clone_from(&settled));
    assert_eq!(show(found.of_left(0)), "left-only 1= 415 (double-billed)");
}

#[test]
fn another_code_is_another_item_whatever_both_are_called() {
    run(
        "甲; 5; A77; 里布 210T; 100×4.15=415; code=LB-1
         甲; 5; A77; 里布 210T; 100×4.15=415; code=LB-2",
        "甲; 5; A77; 里布 210T; 100×4.15=415; code=LB-1",
    )
    .are(&["matched 1=1", "left-only 2= 415 (not-received)"]);
}

#[test]
fn what_one_side_has_taken_back_itself_points_at_its_reversal() {
    let found = run(
        "甲; 3; A1001; 里布; 100×4.15=415",
        "甲; 3; A1001; 里布; 100×4.15=415
         甲; 5; A1001; 里布; 100×4.15=415
         甲; 9; A1001; 红冲; _×_=-415; return
         甲; 9; A1002; 里布; _×_=-415; return",
    );
    let reversal = |index: usize| found.of_right(index).reversal.clone();
    assert_eq!(reversal(1), Some(found.right[2].at.clone()));
    assert_eq!(reversal(2), Some(found.right[1].at.clone()));
    assert_eq!((reversal(0), reversal(3)), (None, None));
}
