//! One line for several.

use super::*;

#[test]
fn two_lines_for_one_receipt() {
    run(
        "丰; 22; LF1022; 松紧带; 600×0.62=372
         丰; 22; LF1022; 松紧带; 400×0.62=248
         丰; 22; LF1022; 人字带; 90×0.19=17.1",
        "丰; 22; LF1022; 松紧带; 1000×0.62=620
         丰; 22; LF1022; 人字带; 90×0.19=17.1",
    )
    .are(&["matched 1+2=1 [combined]", "matched 3=2"]);
}

#[test]
fn two_lines_for_one_short_receipt() {
    run(
        "丰; 22; LF1022; 松紧带; 600×0.62=372
         丰; 22; LF1022; 松紧带; 400×0.62=248",
        "丰; 22; LF1022; 松紧带; 980×0.62=607.6",
    )
    .are(&["differs 1+2=1 12.4 quantity:12.4 [combined]"]);
}

#[test]
fn a_whole_note_in_one_line() {
    let ours = "顺; 6; SD1006; 外箱 大; 510×7.85=4003.5
         顺; 6; SD1006; 外箱 中; 100×8.95=895
         顺; 6; SD1006; 外箱 小; 140×6.9=966";
    run("顺; 6; SD1006; _; 750×_=5864.5", ours).are(&["matched 1=1+2+3 [split]"]);
    run("顺; 6; SD1006; _; 770×_=6021.5", ours).are(&["differs 1=1+2+3 157 quantity:157 [split]"]);
    run("顺; 6; SD1006; _; 650×_=4969.5", ours)
        .are(&["matched 1=1+3 [split]", "right-only =2 -895 (not-billed)"]);
}

#[test]
fn goods_and_their_return_billed_net() {
    run(
        "甲; 8; A1001; 里布; 80×4.15=332",
        "甲; 8; A1001; 里布; 100×4.15=415
         甲; 8; A1001; 里布; -20×4.15=-83; return",
    )
    .are(&["matched 1=1+2 [split]"]);
}

#[test]
fn sums_without_a_number_need_to_be_telling() {
    let found = run(
        "甲; 12; _; _; _×_=13867.42
         甲; 13; A1; 里布; 11×4.15=45.65",
        "甲; 12; A7; 里布; 1311×4.15=5440.65
         甲; 12; A8; 府绸; 859.87×9.8=8426.77
         甲; 13; A1; 里布; 11×4.15=45.65",
    );
    assert_eq!(show(found.of_left(0)), "matched 1=1+2 [document-no-missing] [split]");
    let round = run(
        "甲; 12; _; _; _×_=5000
         甲; 13; A1; 里布; 11×4.15=45.65",
        "甲; 11; A7; 里布; _×_=1000
         甲; 12; A8; 府绸; _×_=2000
         甲; 12; A9; 府绸; _×_=3000
         甲; 13; A6; 府绸; _×_=4000
         甲; 13; A1; 里布; 11×4.15=45.65",
    );
    assert!(round.of_left(0).right.len() < 2 || round.of_left(0).status != Status::Matched);
}

#[test]
fn one_line_an_item_for_the_whole_month() {
    run(
        "甲; 31; _; 里布; 341×4.15=1415.15
         甲; 31; _; 府绸; 120×9.8=1176",
        "甲; 5; A1; 里布; 100×4.15=415
         甲; 5; A1; 府绸; 50×9.8=490
         甲; 12; A2; 里布; 241×4.15=1000.15
         甲; 19; A3; 府绸; 70×9.8=686",
    )
    .are(&["matched 1=1+3 [split] [date]", "matched 2=2+4 [split] [date]"]);
}

#[test]
fn one_payment_in_two_transfers() {
    run(
        "甲; 12; _; _; _×_=-31265.8; payment",
        "甲; 12; _; _; _×_=-20000; payment
         甲; 13; _; _; _×_=-11265.8; payment",
    )
    .are(&["matched 1=1+2 [split] [date]"]);
}

#[test]
fn a_person_decides_what_belongs_together() {
    use crate::engine::matching::sides::Both;
    let (left, right) = (
        "甲; 5; A1; 里布; 100×4.15=415
         甲; 9; A2; 府绸; 50×9.8=490",
        "甲; 20; B7; 里布; 98×4.15=406.7
         甲; 9; A2; 府绸; 50×9.8=490",
    );
    let together =
        |left: &[usize], right: &[usize]| Both { left: left.to_vec(), right: right.to_vec() };
    run_with(left, right, |spec| spec.together.push(together(&[0], &[0])))
        .are(&["differs 1=1 8.3 quantity:8.3 [date]", "matched 2=2"]);
    run_with(left, right, |spec| {
        spec.together.push(together(&[0], &[7]));
        spec.together.push(together(&[], &[0]));
        spec.together.push(together(&[0, 0, 1], &[0, 1]));
        spec.together.push(together(&[1], &[1]));
    })
    .are(&["differs 1+2=1+2 8.3 quantity:8.3 [grouped] [date]"]);
}
