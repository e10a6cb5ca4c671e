//! Whole papers that are written differently.

use super::*;
use crate::engine::matching::outcome::Habit;
use crate::engine::matching::sides::Side;

const WITH_TAX: &str = "鸿; 6; HY1; 胶袋; 6300×0.1356=854.28
     鸿; 6; HY1; 干燥剂; 5100×0.0452=230.52
     鸿; 7; HY2; 胶袋; 3800×0.1356=515.28
     鸿; 7; HY2; 防潮纸; 2200×0.1356=298.32
     鸿; 8; HY3; 箱贴; 2900×0.1695=491.55
     鸿; 9; TH1; 胶袋; -2000×0.1356=-271.2; return
     鸿; 9; _; _; _×_=-9266; payment";

const NET: &str = "鸿; 6; HY1; 胶袋; 6300×0.12=756
     鸿; 6; HY1; 干燥剂; 5100×0.04=204
     鸿; 7; HY2; 胶袋; 3800×0.12=456
     鸿; 7; HY2; 防潮纸; 2200×0.11=242
     鸿; 8; HY3; 箱贴; 2600×0.15=390
     鸿; 9; TH1; 胶袋; -2000×0.12=-240; return
     鸿; 9; _; _; _×_=-9266; payment";

#[test]
fn a_paper_with_tax() {
    let found = run(WITH_TAX, NET);
    found.are(&[
        "matched 1=1 98.28 tax:98.28",
        "matched 2=2 26.52 tax:26.52",
        "matched 3=3 59.28 tax:59.28",
        "differs 4=4 56.32 price:22 tax:34.32",
        "differs 5=5 101.55 quantity:45 tax:56.55",
        "matched 6=6 -31.2 tax:-31.2",
        "matched 7=7",
    ]);
    let verdict = &found.outcome.verdicts[0];
    let rate = rust_decimal::Decimal::new(13, 2);
    assert_eq!(verdict.habit, Habit::Tax { rate, inclusive: Side::Left });
    assert_eq!((&*verdict.party, verdict.agreeing), ("鸿", 4));
}

#[test]
fn our_paper_with_tax() {
    let found = run(NET, WITH_TAX);
    assert_eq!(show(found.of_left(0)), "matched 1=1 -98.28 tax:-98.28");
    assert!(matches!(found.outcome.verdicts[0].habit, Habit::Tax { inclusive: Side::Right, .. }));
}

#[test]
fn one_taxed_line_is_no_habit() {
    let found = run(
        "甲; 6; A1; 胶袋; 100×11.3=1130
         甲; 6; A2; 胶袋; 200×10=2000
         甲; 7; A3; 胶袋; 300×10=3000",
        "甲; 6; A1; 胶袋; 100×10=1000
         甲; 6; A2; 胶袋; 200×10=2000
         甲; 7; A3; 胶袋; 300×10=3000",
    );
    found.are(&["differs 1=1 130 tax:130", "matched 2=2", "matched 3=3"]);
    assert!(found.outcome.verdicts.is_empty());
}

#[test]
fn a_paper_in_boxes() {
    let found = run(
        "昌; 5; HC1; 四眼扣; 11×26=286; unit=箱
         昌; 5; HC2; 四眼扣; 22×26=572; unit=箱
         昌; 6; HC3; 四眼扣; 10×26=260; unit=箱
         昌; 7; HC4; 四眼扣; 12×26=312; unit=箱",
        "昌; 5; HC1; 四眼扣; 5500×0.052=286; unit=个
         昌; 5; HC2; 四眼扣; 11000×0.052=572; unit=个
         昌; 6; HC3; 四眼扣; 5000×0.052=260; unit=个
         昌; 7; HC4; 四眼扣; 5750×0.052=299; unit=个",
    );
    found.are(&[
        "matched 1=1 unit:0",
        "matched 2=2 unit:0",
        "matched 3=3 unit:0",
        "differs 4=4 13 quantity:13",
    ]);
    assert_eq!(found.outcome.verdicts[0].habit, Habit::Unit { larger: Side::Left });
}

#[test]
fn a_known_pack_needs_no_other_lines() {
    run(
        "昌; 7; HC4; 四眼扣; 12×26=312; unit=箱 pack=500",
        "昌; 7; HC4; 四眼扣; 5750×0.052=299; unit=个",
    )
    .are(&["differs 1=1 13 quantity:13"]);
}

#[test]
fn cents_that_rounding_leaves() {
    run("昱; 9; YC1; 罗纹; 382.2×46.835=17900.33", "昱; 9; YC1; 罗纹; 382.2×46.835=17900.34")
        .are(&["matched 1=1 -0.01 rounding:-0.01"]);
}

#[test]
fn a_unit_of_measure_needs_no_pack() {
    run(
        "金; 7; JL1; 黄铜棒; 0.884×48300=42697.2; unit=吨
         金; 8; JL2; 黄铜棒; 1.256×48500=60916; unit=吨",
        "金; 7; JL1; 黄铜棒; 879×48.3=42455.7; unit=KG
         金; 8; JL2; 黄铜棒; 1256×48.5=60916; unit=KG",
    )
    .are(&["differs 1=1 241.5 quantity:241.5", "matched 2=2 unit:0"]);
}

#[test]
fn tax_rounded_to_whole_units_of_money() {
    let found = run(
        "宏; 6; HS1; 前蓋; 1250×_=10382
         宏; 7; HS2; 後蓋; 980×_=7641
         宏; 8; HS3; 按鍵; 3300×_=8017
         宏; 9; HS4; 前蓋; 1475×_=12250",
        "宏; 6; HS1; 前蓋; 1250×7.35=9188
         宏; 7; HS2; 後蓋; 980×6.9=6762
         宏; 8; HS3; 按鍵; 3300×2.15=7095
         宏; 9; HS4; 前蓋; 1475×7.35=10841",
    );
    found.are(&[
        "matched 1=1 1194 tax:1194",
        "matched 2=2 879 tax:879",
        "matched 3=3 922 tax:922",
        "matched 4=4 1409 tax:1409",
    ]);
}
