//! Cases that one rule decides: slips as evidence, parts of one item, sums
//! under a number that lost its digits, oddities that are too many.

use super::*;

#[test]
fn a_note_billed_whole_takes_what_costs_nothing() {
    run(
        "顺; 6; SD1006; _; 610×_=4003.5",
        "顺; 6; SD1006; 外箱 大; 510×7.85=4003.5
         顺; 6; SD1006; 外箱 小; 100×0=0",
    )
    .are(&["matched 1=1+2 [split]"]);
}

#[test]
fn received_in_parts_and_too_much() {
    let parts = "丰; 21; LF1021; 树脂扣; 249×23.5=5851.5
         丰; 21; LF1021; 树脂扣; 1599×23.5=37576.5";
    run("丰; 21; LF1021; 树脂扣; 1621×23.5=38093.5", parts)
        .are(&["differs 1=1+2 -5334.5 quantity:-5334.5 [split]"]);
    run("丰; 21; LF1021; 树脂扣; 1599×23.6=37736.4", parts)
        .are(&["differs 1=2 159.9 price:159.9", "right-only =1 -5851.5 (not-billed)"]);
}

#[test]
fn a_slip_of_the_pen_is_evidence() {
    run("甲; 5; A1001; 松紧带; 415×0.62=257.3", "甲; 5; A1001; 松紧带; 145×0.62=89.9")
        .are(&["differs 1=1 167.4 transposed-digits:167.4"]);
}

#[test]
fn two_digits_of_a_boxs_price_swapped() {
    let with_pack = |spec: &mut Spec| {
        let pack = crate::engine::matching::spec::Pack {
            party: None,
            item: "PE胶袋".into(),
            factor: 12.into(),
        };
        spec.packs.push(pack);
    };
    let found = run_with(
        "甲; 31; A1031; PE胶袋; 27×92.4=2494.8",
        "甲; 31; A1031; PE胶袋; 324×7.85=2543.4",
        with_pack,
    );
    assert_eq!(show(found.of_left(0)), "differs 1=1 -48.6 transposed-digits:-48.6");
}

#[test]
fn a_dozen_says_itself_how_many_it_is() {
    run(
        "甲; 5; A1001; 外箱; 13×88.08=1145.04; unit=打
         甲; 6; A1002; 外箱; 156×88.08=13740.48; unit=打",
        "甲; 5; A1001; 外箱; 156×7.34=1145.04; unit=个
         甲; 6; A1002; 外箱; 156×7.34=1145.04; unit=个",
    )
    .are(&["matched 1=1 unit:0", "differs 2=2 12595.44 unit:12595.44"]);
}

#[test]
fn boxes_are_learnt_under_damaged_numbers_too() {
    let (theirs, ours): (Vec<String>, Vec<String>) = (1..=5)
        .map(|n| {
            let (boxes, number) = (n * 7, 3_250_136_542_540_000_000_u64 + n * 7_919_000_111);
            let short = if n == 5 { 100 } else { 0 };
            let (pieces, amount) = (boxes * 500 - short, boxes * 25 - short / 20);
            let price = format!("{pieces}×0.05={amount}");
            (
                format!(
                    "甲; {n}; {}0000; 胶袋; {boxes}×25={}; damaged unit=箱",
                    number / 10_000,
                    boxes * 25
                ),
                format!("甲; {n}; {number}; 胶袋; {price}; unit=个"),
            )
        })
        .unzip();
    let found = run(&theirs.join("\n"), &ours.join("\n"));
    for at in 0..4 {
        let expected = format!("matched {0}={0} unit:0 [document-no-damaged]", at + 1);
        assert_eq!(show(found.of_left(at)), expected);
    }
    assert_eq!(show(found.of_left(4)), "suggested 5=5 5 quantity:5 [document-no-damaged]");
}

#[test]
fn two_lines_of_an_item_against_two_under_words_that_are_only_like() {
    run(
        "甲; 18; E1954; 50*90mm缝纫线; 78×0.3955=30.85; tax
         甲; 18; E1954; 50*90mm缝纫线; 1291×0.3955=510.59; tax
         甲; 18; E1955; 24L纽扣; 100×1.13=113; tax",
        "甲; 19; E1954; 缝纫线 50*90mm 黑色 03; 84×0.35=29.4; net
         甲; 19; E1954; 缝纫线 50*90mm 黑色 03; 1285×0.35=449.75; net
         甲; 19; E1955; 纽扣 24L 银色; 100×1=100; net",
    )
    .are(&["matched 1+2=1+2 62.29 tax:62.29 [grouped] [date]", "matched 3=3 13 tax:13 [date]"]);
}

#[test]
fn notes_are_known_by_their_sums_under_six_digits() {
    let found = run(
        "甲; 5; 3.25014E+18; _; _×_=13867.42
         甲; 9; 3.25015E+18; _; _×_=20771.13",
        "甲; 5; 3250142302720766650; 里布; 1311×4.15=5440.65
         甲; 5; 3250142302720766650; 府绸; 859.87×9.8=8426.77
         甲; 9; 3250146419437780860; 里布; 2000×4.15=8300
         甲; 9; 3250146419437780860; 府绸; 1272.564×9.8=12471.13",
    );
    found.are(&[
        "matched 1=1+2 [document-no-damaged] [split]",
        "matched 2=3+4 [document-no-damaged] [split]",
    ]);
}

#[test]
fn digits_that_cannot_have_become_these_link_nothing() {
    let found = run(
        "甲; 5; 3.25015E+18; 里布; 1311×4.15=5440.65",
        "甲; 5; 3250143302720766650; 里布; 1311×4.15=5440.65",
    );
    assert!(!found.of_left(0).notes.contains(&Note::DocumentNoDamaged));
}

#[test]
fn a_near_number_in_another_week_is_another_note() {
    let found = run(
        "甲; 8; 0084508; 拉链; 2200×11.4=25080
         甲; 8; 0084400; 拉链; 100×11.4=1140",
        "甲; 29; 0084507; 拉链; 2200×11.4=25080
         甲; 8; 0084400; 拉链; 100×11.4=1140",
    );
    assert_ne!(found.of_left(0).status, Status::Matched);
}

#[test]
fn a_payment_less_the_banks_fee_is_near() {
    let found = run("甲; 18; _; _; _×_=-78127.73; payment", "甲; 18; _; _; _×_=-78140.73; payment");
    assert!(matches!(found.of_left(0).status, Status::Differs | Status::Suggested));
    assert_eq!(found.of_left(0).right, [0]);
}

#[test]
fn standing_payments_go_by_their_days() {
    run(
        "甲; 15; _; _; _×_=-80000; payment
         甲; 24; _; _; _×_=-80000; payment",
        "甲; 13; _; _; _×_=-80000; payment
         甲; 22; _; _; _×_=-80000; payment",
    )
    .are(&["matched 1=1 [date]", "matched 2=2 [date]"]);
}
