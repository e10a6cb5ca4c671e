//! Numbers that are written differently, wrongly, partly or not at all.

use super::*;

const NOTE: &str = "甲; 14; A1001; 里布; 100×4.15=415
     甲; 14; A1001; 府绸; 50×9.8=490
     甲; 15; A2002; 里布; 33×4.15=136.95";

fn with_number(number: &str) -> String {
    NOTE.replace("A1001", number)
}

#[test]
fn another_spelling() {
    for number in ["A-1001", "ａ１００１", "a 1001", "A/1001"] {
        let number = number.replace(' ', "");
        run(&with_number(&number), NOTE).are(&[
            "matched 1=1 [document-no-format]",
            "matched 2=2 [document-no-format]",
            "matched 3=3",
        ]);
    }
    run(&with_number("A01001"), NOTE).are(&[
        "matched 1=1 [document-no-format]",
        "matched 2=2 [document-no-format]",
        "matched 3=3",
    ]);
}

#[test]
fn a_composite_number_is_not_another_one() {
    let found = run("甲; 5; 1-11; _; _×_=500", "甲; 5; 11-1; _; _×_=700");
    assert!(found.outcome.lines.iter().all(|line| line.status != Status::Differs));
}

#[test]
fn two_digits_swapped_bring_the_whole_note_along() {
    let ours = "甲; 20; HJ26102084; 里布; 100×4.15=415
         甲; 20; HJ26102084; 府绸; 50×9.8=490
         甲; 20; HJ26102085; 府绸; 70×9.8=686";
    run(
        "甲; 20; HJ26102048; 里布; 100×4.15=415
         甲; 20; HJ26102048; 府绸; 48×9.8=470.4
         甲; 20; HJ26102085; 府绸; 70×9.8=686",
        ours,
    )
    .are(&[
        "matched 1=1 [document-no-typo]",
        "differs 2=2 -19.6 quantity:-19.6 [document-no-typo]",
        "matched 3=3",
    ]);
}

#[test]
fn neighbouring_numbers_are_not_slips_of_each_other() {
    run("甲; 20; HJ26102084; 里布; 100×4.15=415", "甲; 20; HJ26102085; 府绸; 70×9.8=686")
        .are(&["left-only 1= 415 (not-received)", "right-only =1 -686 (not-billed)"]);
}

#[test]
fn only_the_last_digits() {
    run(
        "甲; 20; 2984; 里布; 113×4.15=468.95
         甲; 21; …5493; 府绸; 57×9.8=558.6
         甲; 22; 991; 府绸; 77×9.8=754.6",
        "甲; 20; HJ26102984; 里布; 113×4.15=468.95
         甲; 21; HJ26105493; 府绸; 57×9.8=558.6
         甲; 21; HJ99100; 府绸; 12×9.8=117.6",
    )
    .are(&[
        "matched 1=1 [document-no-truncated]",
        "matched 2=2 [document-no-truncated]",
        "left-only 3= 754.6 (not-received)",
        "right-only =3 -117.6 (not-billed)",
    ]);
}

#[test]
fn digits_that_a_spreadsheet_ate() {
    let ours = "店; 3; 3250136542540229684; _; _×_=45.6
         店; 3; 3250136542540311127; _; _×_=129
         店; 4; 3250199000000000123; _; _×_=64";
    for (first, second) in [
        ("3250136542540220000", "3250136542540310000"),
        ("3250136542540230000", "3250136542540310000"),
        ("3250136542540229632", "3250136542540311040"),
        ("3.25013654254023E+18", "3.25013654254031E+18"),
    ] {
        let theirs = format!(
            "店; 3; {first}; _; _×_=45.6; damaged
             店; 3; {second}; _; _×_=129; damaged
             店; 4; 3250199000000000123; _; _×_=64"
        );
        run(&theirs, ours).are(&[
            "matched 1=1 [document-no-damaged]",
            "matched 2=2 [document-no-damaged]",
            "matched 3=3",
        ]);
    }
}

#[test]
fn an_id_may_end_in_zeros_by_itself() {
    run(
        "店; 3; 3250136542540220000; _; _×_=45.6; damaged",
        "店; 3; 3250136542540220000; _; _×_=45.6",
    )
    .are(&["matched 1=1 [document-no-damaged]"]);
}

#[test]
fn short_numbers_need_more_besides() {
    let found = run("甲; 5; 12; _; 30×4=120", "甲; 9; 12; _; 70×11=770");
    assert_ne!(found.outcome.lines[0].status, Status::Differs);
    run("甲; 5; 8821; 里布; 113×4.15=468.95", "甲; 5; 8812; 里布; 113×4.15=468.95")
        .are(&["matched 1=1 [document-no-typo]"]);
}

#[test]
fn a_restored_number_alone_is_a_suggestion() {
    let found = run(
        "店; 3; 3250136542540220000; _; _×_=45.6; damaged",
        "店; 3; 3250136542540229684; _; _×_=77.7",
    );
    assert_eq!(found.outcome.lines[0].status, Status::Suggested);
}

#[test]
fn a_number_left_out() {
    run(
        "甲; 20; _; 里布; 113×4.15=468.95
         甲; 21; A1002; 府绸; 57×9.8=558.6
         甲; 22; A1003; 府绸; 88×9.8=862.4",
        "甲; 23; A1001; 里布; 113×4.15=468.95
         甲; 21; A1002; 府绸; 57×9.8=558.6
         甲; 22; A1003; 府绸; 88×9.8=862.4",
    )
    .are(&["matched 1=1 [document-no-missing] [date]", "matched 2=2", "matched 3=3"]);
}

#[test]
fn two_equally_good_partners_are_shown_and_none_is_chosen() {
    run(
        "丽; 20; _; 织唛; 2000×0.045=90
         丽; 21; LC1002; 吊牌; 57×9.8=558.6
         丽; 22; LC1003; 吊牌; 88×9.8=862.4",
        "丽; 20; LC1041; 织唛; 2000×0.045=90
         丽; 20; LC1077; 织唛; 2000×0.045=90
         丽; 21; LC1002; 吊牌; 57×9.8=558.6
         丽; 22; LC1003; 吊牌; 88×9.8=862.4",
    )
    .are(&["ambiguous 1=1+2 -90", "matched 2=3", "matched 3=4"]);
}

#[test]
fn the_nearer_day_decides_between_two() {
    let found = run(
        "丽; 20; _; 织唛; 2130×0.045=95.85
         丽; 21; LC1002; 吊牌; 57×9.8=558.6",
        "丽; 20; LC1041; 织唛; 2130×0.045=95.85
         丽; 26; LC1077; 织唛; 2130×0.045=95.85
         丽; 21; LC1002; 吊牌; 57×9.8=558.6",
    );
    assert_eq!(show(found.of_left(0)), "matched 1=1 [document-no-missing]");
}

#[test]
fn a_paper_without_any_numbers() {
    run(
        "甲; 5; _; 里布; 100×4.15=415
         甲; 6; _; 府绸; 53×9.8=519.4
         甲; 7; _; 里布; 120×4.15=498
         甲; 8; _; 府绸; 71×9.8=695.8
         甲; 9; _; 里布; 130×4.15=539.5",
        "甲; 5; A1; 里布; 100×4.15=415
         甲; 6; A2; 府绸; 53×9.8=519.4
         甲; 7; A3; 里布; 118×4.15=489.7
         甲; 8; A4; 府绸; 71×9.8=695.8
         甲; 9; A5; 里布; 130×4.15=539.5",
    )
    .are(&[
        "matched 1=1",
        "matched 2=2",
        "differs 3=3 8.3 quantity:8.3",
        "matched 4=4",
        "matched 5=5",
    ]);
}

#[test]
fn several_numbers_in_one_cell() {
    run(
        "甲; 8; A1001 A1002; _; _×_=905",
        "甲; 8; A1001; 里布; 100×4.15=415
         甲; 8; A1002; 府绸; 50×9.8=490",
    )
    .are(&["matched 1=1+2 [split]"]);
}

#[test]
fn words_name_the_note_that_they_correct() {
    run(
        "甲; 12; _; 10月HJ26100835单价更正; _×_=-43; adjustment
         甲; 12; _; HJ26100900运费; _×_=60; charge
         甲; 12; _; 更正HJ26100731; _×_=-300; adjustment",
        "甲; 8; HJ26100835; 口袋布; _×_=-43; adjustment
         甲; 8; HJ26100900; 里布; 100×4.15=415
         甲; 9; HJ26100731; 府绸; _×_=-378; adjustment",
    )
    .are(&[
        "matched 1=1 [date]",
        "left-only 2= 60 freight:60 (other-charge)",
        "differs 3=3 78 unexplained:78 [date]",
        "right-only =2 -415 (not-billed)",
    ]);
}
