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
