//! Lines under one number: what agrees, what differs and why.

use super::*;

#[test]
fn equal_rows_match() {
    run(
        "甲; 8; A1001; 里布 黑; 100×4.15=415
         甲; 8; A1001; 府绸 白; 50×9.8=490",
        "甲; 8; A1001; 府绸 白; 50×9.8=490
         甲; 8; A1001; 里布 黑; 100×4.15=415",
    )
    .are(&["matched 1=2", "matched 2=1"]);
}

#[test]
fn quantity_price_and_both() {
    run(
        "甲; 8; A1001; 斜纹布; 1000×18.9=18900
         甲; 8; A1002; 口袋布; 860×5.4=4644
         甲; 9; A1003; 斜纹布; 650×19.2=12480
         甲; 9; A1003; 里布; 77×4.15=319.55",
        "甲; 8; A1001; 斜纹布; 980×18.9=18522
         甲; 8; A1002; 口袋布; 860×5.35=4601
         甲; 9; A1003; 斜纹布; 630×18.9=11907
         甲; 9; A1003; 里布; 77×4.15=319.55",
    )
    .are(&[
        "differs 1=1 378 quantity:378",
        "differs 2=2 43 price:43",
        "differs 3=3 573 quantity:378 price:195",
        "matched 4=4",
    ]);
}

#[test]
fn units_that_differ_tell_what_a_pack_holds() {
    run(
        "甲; 8; A1001; 工字扣; 35×3500=122500; unit=箱
         甲; 8; A1002; 缝线; 9000×620=5580000; unit=箱
         甲; 8; A1003; 胶袋; 9×0.62=5.58; unit=箱
         甲; 8; A1004; 里布; 100×20=2000; unit=米",
        "甲; 8; A1001; 工字扣; 34837×3.5=121929.5; unit=个
         甲; 8; A1002; 缝线; 9000×0.62=5580; unit=个
         甲; 8; A1003; 胶袋; 9000×0.62=5580; unit=个
         甲; 8; A1004; 里布; 9×205=1845; unit=件",
    )
    .are(&[
        "differs 1=1 570.5 quantity:570.5",
        "differs 2=2 5574420 unit:5574420",
        "differs 3=3 -5574.42 unit:-5574.42",
        "differs 4=4 155 unexplained:155",
    ]);
}

#[test]
fn one_unit_under_two_names_is_no_pack() {
    run(
        "甲; 8; A1001; 胶袋; 9000×6.2=55800; unit=PCS",
        "甲; 8; A1001; 胶袋; 9000×0.62=5580; unit=个",
    )
    .are(&["differs 1=1 50220 decimal-shift:50220"]);
}

#[test]
fn two_rolls_match_by_count() {
    run(
        "甲; 8; A1001; 里布; 100×4.15=415
         甲; 8; A1001; 里布; 100×4.15=415",
        "甲; 8; A1001; 里布; 100×4.15=415
         甲; 8; A1001; 里布; 100×4.15=415",
    )
    .are(&["matched 1=1", "matched 2=2"]);
}

#[test]
fn three_against_two_leave_exactly_one() {
    let found = run(
        "甲; 8; A1001; 拉链; 620×3.2=1984
         甲; 8; A1001; 拉链; 620×3.2=1984
         甲; 8; A1001; 拉链; 620×3.2=1984",
        "甲; 8; A1001; 拉链; 620×3.2=1984
         甲; 8; A1001; 拉链; 620×3.2=1984",
    );
    found.are(&["matched 1=1", "matched 2=2", "left-only 3= 1984 (double-billed)"]);
}

#[test]
fn a_line_billed_again_on_another_day() {
    let found = run(
        "甲; 22; A1001; 拉链; 550×1.85=1017.5
         甲; 9; A1001; 拉链; 550×1.85=1017.5",
        "甲; 9; A1001; 拉链; 550×1.85=1017.5",
    );
    found.are(&["left-only 1= 1017.5 (double-billed)", "matched 2=1"]);
    assert_eq!(found.of_left(0).related, [found.left[1].at.clone()]);
}

#[test]
fn a_line_booked_again_the_next_day() {
    let found = run(
        "甲; 13; A1001; 牛仔布; 1480×23.5=34780",
        "甲; 13; A1001; 牛仔布; 1480×23.5=34780; po=RK1
         甲; 14; A1001; 牛仔布; 1480×23.5=34780; po=RK2",
    );
    found.are(&["matched 1=1", "right-only =2 -34780 (double-booked)"]);
}

#[test]
fn what_is_missing_from_a_note_is_missing() {
    run(
        "甲; 16; A1001; 牛仔布 水洗黑; 1093×24.2=26450.6
         甲; 16; A1001; 口袋布; 254×5.35=1358.9
         甲; 20; A1009; 里布; 31×4.15=128.65",
        "甲; 16; A1001; 牛仔布 靛蓝; 479.5×23.5=11268.25
         甲; 16; A1001; 牛仔布 水洗黑; 1093×24.2=26450.6
         甲; 16; A1001; 口袋布; 254×5.35=1358.9
         甲; 21; A1010; 牛仔布 靛蓝; 10×23.5=235",
    )
    .are(&[
        "matched 1=2",
        "matched 2=3",
        "left-only 3= 128.65 (not-received)",
        "right-only =1 -11268.25 (not-billed)",
        "right-only =4 -235 (not-billed)",
    ]);
}

#[test]
fn two_different_items_of_one_note_are_not_one() {
    run(
        "甲; 8; A1001; 拉链 黑色; 300×3.2=960
         甲; 9; A1002; 拉链 黑色; 120×3.2=384
         甲; 9; A1002; 拉链 麻灰; 80×3.2=256",
        "甲; 8; A1001; 拉链 麻灰; 260×3.2=832
         甲; 9; A1002; 拉链 黑色; 120×3.2=384
         甲; 9; A1002; 拉链 麻灰; 80×3.2=256",
    )
    .are(&[
        "left-only 1= 960 (not-received)",
        "matched 2=2",
        "matched 3=3",
        "right-only =1 -832 (not-billed)",
    ]);
}

#[test]
fn items_named_in_another_language_are_learnt() {
    let found = run(
        "B; 5; BW1001; Pocket interlining 10cm white; 1225×0.52=637
         B; 5; BW1001; Waistband interlining 4cm white; 1250×0.74=925
         B; 6; BW1002; Pocket interlining 10cm white; 1175×0.52=611
         B; 6; BW1002; Waistband interlining 4cm white; 550×0.74=407
         B; 8; BW1003; Waistband interlining 4cm white; 880×0.74=651.2
         B; 8; BW1003; Pocket interlining 10cm white; 1200×0.52=624",
        "B; 5; BW1001; 袋口衬; 1225×0.52=637
         B; 5; BW1001; 腰衬; 1250×0.74=925
         B; 6; BW1002; 袋口衬; 1175×0.52=611
         B; 6; BW1002; 腰衬; 550×0.74=407
         B; 8; BW1003; 袋口衬; 1100×0.54=594
         B; 8; BW1003; 腰衬; 860×0.72=619.2",
    );
    assert_eq!(show(found.of_left(4)), "differs 5=6 32 quantity:14.4 price:17.6");
    assert_eq!(show(found.of_left(5)), "differs 6=5 30 quantity:54 price:-24");
}

#[test]
fn codes_that_lost_their_zeros() {
    run(
        "J; 6; JS1001; 绣花线; 61×8.9=542.9; code=151
         J; 6; JS1001; 绣花线; 61×8.9=542.9; code=00152",
        "J; 6; JS1001; 绣花线; 61×8.9=542.9; code=00152
         J; 6; JS1001; 绣花线; 61×8.9=542.9; code=00151",
    )
    .are(&["matched 1=2", "matched 2=1"]);
}

#[test]
fn a_return_that_their_paper_adds_up() {
    run(
        "丰; 21; TH1021; 松紧带 黑色（退）; 300×0.62=186
         丰; 22; LF1022; 松紧带 黑色; 2600×0.62=1612",
        "丰; 21; TH1021; 松紧带 黑色; -300×0.62=-186; return
         丰; 22; LF1022; 松紧带 黑色; 2600×0.62=1612",
    )
    .are(&["differs 1=1 372 sign:372", "matched 2=2"]);
}

#[test]
fn slips_and_arithmetic() {
    run(
        "甲; 8; A1001; 拉链; 1300×8.5=11050
         甲; 8; A1002; 线; 126×4.2=529.2
         甲; 8; A1003; 线; 176×4.2=802.2",
        "甲; 8; A1001; 拉链; 1300×0.85=1105
         甲; 8; A1002; 线; 162×4.2=680.4
         甲; 8; A1003; 线; 176×4.2=739.2",
    )
    .are(&[
        "differs 1=1 9945 decimal-shift:9945",
        "differs 2=2 -151.2 transposed-digits:-151.2",
        "differs 3=3 63 arithmetic:63",
    ]);
}

#[test]
fn the_same_item_on_many_days_under_one_order_number() {
    run(
        "甲; 5; PO8812; 里布; 100×4=400
         甲; 12; PO8812; 里布; 210×4=840
         甲; 16; PO8812; 里布; 330×4=1320",
        "甲; 5; PO8812; 里布; 100×4=400
         甲; 12; PO8812; 里布; 200×4=800
         甲; 19; PO8812; 里布; 77×4=308",
    )
    .are(&[
        "matched 1=1",
        "differs 2=2 40 quantity:40",
        "left-only 3= 1320 (not-received)",
        "right-only =3 -308 (not-billed)",
    ]);
}
