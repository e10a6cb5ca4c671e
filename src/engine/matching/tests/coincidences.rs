//! What only happens to agree: equal amounts on one day, neighbouring numbers,
//! sums that come out by chance. None of it may be stated as a match.

use super::*;

/// Asserts that no line of the result joins both sides for sure.
#[track_caller]
fn nothing_is_sure(found: &Checked) {
    let sure = |line: &&Line| {
        matches!(line.status, Status::Matched | Status::Differs)
            && !line.left.is_empty()
            && !line.right.is_empty()
    };
    let confirmed: Vec<&Line> = found.outcome.lines.iter().filter(sure).collect();
    assert!(confirmed.is_empty(), "{confirmed:#?}");
}

/// Asserts that no sure line joins this left entry to this right one.
#[track_caller]
fn not_joined(found: &Checked, left: usize, right: usize) {
    let line = found.of_left(left);
    let sure = matches!(line.status, Status::Matched | Status::Differs);
    assert!(!(sure && line.right.contains(&right)), "{line:#?}");
}

#[test]
fn a_slip_of_the_number_with_other_quantities_is_a_suggestion() {
    for (left, right) in [
        // Nobody names an item.
        ("甲; 20; HJ26102048; _; 1200×1=1200", "甲; 20; HJ26102084; _; 10000×0.12=1200"),
        ("甲; 20; HJ26102048; _; 100×12=1200", "甲; 20; HJ26102084; _; 300×4=1200"),
        // The same item, at a price that makes up for it.
        ("甲; 20; HJ26102048; 里布; 96×12.5=1200", "甲; 20; HJ26102084; 里布; 100×12=1200"),
        ("甲; 20; HJ26102048; 里布; 100×12=1200", "甲; 20; HJ26102084; 里布; 50×24=1200"),
        // One side bills the note as a whole, and counts other pieces.
        (
            "甲; 20; HJ26102048; _; 640×_=1200",
            "甲; 20; HJ26102084; 里布; 200×3=600
             甲; 20; HJ26102084; 府绸; 300×2=600",
        ),
        // Line by line, nothing is the same but the total.
        (
            "甲; 20; HJ26102048; _; 100×4=400
             甲; 20; HJ26102048; _; 50×16=800",
            "甲; 20; HJ26102084; _; 30×20=600
             甲; 20; HJ26102084; _; 70×8.5=595
             甲; 20; HJ26102084; _; 10×0.5=5",
        ),
    ] {
        nothing_is_sure(&run(left, right));
    }
}

#[test]
fn a_slip_of_the_number_with_the_same_goods_is_sure() {
    run(
        "甲; 20; HJ26102048; _; 1130×1.17=1322.1
         甲; 21; HJ26102112; 里布; 610×_=4003.5",
        "甲; 20; HJ26102084; _; 1130×1.17=1322.1
         甲; 21; HJ26102121; 外箱 大; 510×7.85=4003.5
         甲; 21; HJ26102121; 外箱 小; 100×0=0",
    );
    let found =
        run("甲; 20; HJ26102048; _; 1130×1.17=1322.1", "甲; 20; HJ26102084; _; 1130×1.17=1322.1");
    found.are(&["matched 1=1 [document-no-typo]"]);
}

#[test]
fn boxes_under_a_mistyped_number_are_the_same_goods() {
    run(
        "甲; 20; HJ26102048; 胶袋; 12×130.2=1562.4; unit=箱",
        "甲; 20; HJ26102084; 胶袋; 1200×1.302=1562.4; unit=个",
    )
    .are(&["matched 1=1 unit:0 [document-no-typo]"]);
}

#[test]
fn the_next_number_on_a_pad_is_another_note() {
    // They bill 0084507, which never came; we received 0084508, which they
    // forgot: the same standing order, twice a day.
    let left = "甲; 20; 0084505; 里布; 100×4=400
         甲; 20; 0084506; 里布; 100×4=400
         甲; 20; 0084507; 里布; 100×4=400
         甲; 21; 0084509; 里布; 200×4=800
         甲; 21; 0084510; 里布; 100×4=400";
    let right = "甲; 20; 0084505; 里布; 100×4=400
         甲; 20; 0084506; 里布; 100×4=400
         甲; 20; 0084508; 里布; 100×4=400
         甲; 21; 0084509; 里布; 200×4=800
         甲; 21; 0084510; 里布; 100×4=400";
    let found = run(left, right);
    not_joined(&found, 2, 2);
    assert_eq!(show(found.of_left(3)), "matched 4=4");
}

#[test]
fn two_numbers_one_slip_apart_that_both_papers_have_stay_apart() {
    run(
        "甲; 20; HJ26102048; 里布; 100×4=400
         甲; 20; HJ26102084; 里布; 120×4=480",
        "甲; 20; HJ26102048; 里布; 120×4=480
         甲; 20; HJ26102084; 里布; 100×4=400",
    )
    .are(&["differs 1=1 -80 quantity:-80", "differs 2=2 80 quantity:80"]);
}

#[test]
fn a_slip_towards_a_number_that_the_other_paper_has_is_no_slip() {
    // Their second note is one digit from our first, which has its partner.
    let found = run(
        "甲; 20; HJ26102048; 里布; 100×4=400
         甲; 20; HJ26102049; 里布; 100×4=400",
        "甲; 20; HJ26102048; 里布; 100×4=400",
    );
    assert_eq!(show(found.of_left(0)), "matched 1=1");
    assert_eq!(found.of_left(1).status, Status::LeftOnly);
}

#[test]
fn equal_amounts_of_one_day_under_other_numbers_are_not_one() {
    // Where the papers share their numbers, another number is another note.
    let found = run(
        "甲; 19; HJ26101001; 里布; 31×4.15=128.65
         甲; 19; HJ26101010; 里布; 47×4.15=195.05
         甲; 20; HJ26101731; 里布; 137×4.15=568.55",
        "甲; 19; HJ26101001; 里布; 31×4.15=128.65
         甲; 19; HJ26101010; 里布; 47×4.15=195.05
         甲; 20; HJ26109955; 里布; 137×4.15=568.55",
    );
    not_joined(&found, 2, 2);
}

#[test]
fn the_same_total_without_a_number_by_other_quantities_is_a_suggestion() {
    let papers = |last: &str| {
        format!(
            "甲; 18; A1007; 府绸; 57×9.8=558.6
             甲; 19; A1008; 里布; 31×4.15=128.65
             甲; 20; {last}"
        )
    };
    let found = run(
        &papers("_; 里布; 1385×4.15=5747.75"),
        &papers("A1009; 里布; 1325×4.337924528301886792452830189=5747.75"),
    );
    not_joined(&found, 2, 2);
    let found = run(&papers("_; 里布; 250×20.34=5085"), &papers("A1009; 里布; 500×10.17=5085"));
    not_joined(&found, 2, 2);
}

#[test]
fn a_sum_of_strangers_under_a_near_number_is_no_split() {
    // 1200 = 900 + 300, in other goods, under a neighbour's number.
    nothing_is_sure(&run(
        "甲; 20; HJ26102048; 里布; 100×12=1200",
        "甲; 20; HJ26102084; 里布; 3000×0.3=900
         甲; 20; HJ26102084; 府绸; 100×3=300",
    ));
    // Nor three weeks later.
    nothing_is_sure(&run(
        "甲; 3; HJ26102048; _; _×_=1200",
        "甲; 27; HJ26102084; 里布; 3000×0.3=900
         甲; 27; HJ26102084; 府绸; 100×3=300",
    ));
}

#[test]
fn round_lines_that_happen_to_make_a_round_sum_are_no_split() {
    let found = run(
        "甲; 12; _; _; _×_=3000
         甲; 15; A9; 里布; 31×4.15=128.65",
        "甲; 11; A1; 里布; 250×4=1000
         甲; 12; A2; 府绸; 200×10=2000
         甲; 12; A3; 拉链; 500×3=1500
         甲; 13; A4; 线; 1500×1=1500
         甲; 14; A5; 线; 700×1=700
         甲; 15; A9; 里布; 31×4.15=128.65",
    );
    let line = found.of_left(0);
    assert!(line.status != Status::Matched && line.status != Status::Differs, "{line:#?}");
}

#[test]
fn another_suppliers_note_of_the_same_number_stays_with_him() {
    run(
        "甲; 20; 0084507; 里布; 137×4.15=568.55
         乙; 20; 0084507; 拉链; 137×4.15=568.55",
        "乙; 20; 0084507; 拉链; 137×4.15=568.55
         甲; 20; 0084507; 里布; 130×4.15=539.5",
    )
    .are(&["differs 1=2 29.05 quantity:29.05", "matched 2=1"]);
}

#[test]
fn last_years_note_of_the_same_number_is_another_one() {
    // The pad starts again at 0000001 every January.
    let found = run(
        "甲; 5; 0000712; 里布; 137×4.15=568.55
         甲; 6; 0000713; 里布; 61×4.15=253.15",
        "甲; 2025-10-02; 0000712; 里布; 120×4.15=498
         甲; 6; 0000713; 里布; 61×4.15=253.15",
    );
    not_joined(&found, 0, 0);
    assert_eq!(show(found.of_left(1)), "matched 2=2");
    let found = run("甲; 5; 0000712; _; _×_=568.55", "甲; 2025-10-02; 0000712; _; _×_=498");
    not_joined(&found, 0, 0);
    // A year that was mistyped is still the same day of the same note.
    run("甲; 2025-10-05; 0000712; 里布; 137×4.15=568.55", "甲; 5; 0000712; 里布; 137×4.15=568.55")
        .are(&["matched 1=1 [date]"]);
}

#[test]
fn an_open_item_is_billed_however_late() {
    let (theirs, ours) =
        ("甲; 5; 0000712; 里布; 137×4.15=568.55", "甲; 2025-11-20; 0000712; 里布; 137×4.15=568.55");
    let found = run_with(theirs, ours, |spec| spec.sides.right.carried.extend([0]));
    found.are(&["matched 1=1 [date] (carried-forward)"]);
    not_joined(&run(theirs, ours), 0, 0);
}

#[test]
fn a_note_of_last_month_billed_again_under_its_own_number_is_not_this_months() {
    let settled = text::entries("甲; 09-20; A1001; 里布; 137×4.15=568.55", "last month");
    let found = run_with(
        "甲; 09-20; A1001; 里布; 137×4.15=568.55
         甲; 20; A1044; 里布; 61×4.15=253.15",
        "甲; 20; A1010; 里布; 137×4.15=568.55
         甲; 20; A1044; 里布; 61×4.15=253.15",
        |spec| spec.sides.left.settled.clone_from(&settled),
    );
    not_joined(&found, 0, 0);
    assert_eq!(found.of_left(0).reason, Some(Reason::DoubleBilled));
}

#[test]
fn offsetting_errors_under_one_number_are_told() {
    // 20 metres short, and the dearer price makes up for it to the cent.
    run("甲; 8; A1001; 里布; 100×4=400", "甲; 8; A1001; 里布; 80×5=400")
        .are(&["differs 1=1 quantity:100 price:-100"]);
    run(
        "甲; 8; A1001; 里布; 200×4=800; unit=米",
        "甲; 8; A1001; 里布; 60×8=480; unit=米
         甲; 8; A1001; 里布; 40×8=320; unit=米",
    )
    .are(&["differs 1=1+2 quantity:800 price:-800 [split]"]);
    // Ways of writing are none: pieces and pairs, tax in the price, prices
    // printed short.
    for (left, right) in [
        ("甲; 8; A1001; 袜; 50×8=400; unit=打", "甲; 8; A1001; 袜; 600×0.6666667=400; unit=双"),
        ("甲; 8; A1001; 面料; 250×16=4000; unit=公斤", "甲; 8; A1001; 面料; 800×5=4000; unit=米"),
        ("甲; 8; A1001; 里布; 100×10=1130", "甲; 8; A1001; 里布; 100×11.3=1130"),
        ("甲; 8; A1001; 织唛; 1000×0.0455=45.5", "甲; 8; A1001; 织唛; 1000×0.05=45.5"),
        ("甲; 8; A1001; 里布; 100×_=400", "甲; 8; A1001; 里布; 80×5=400"),
        ("甲; 8; A1001; 里布; 100×8=800", "甲; 8; A1001; 里布; 200×4=800"),
    ] {
        let found = run(left, right);
        assert_eq!(found.of_left(0).status, Status::Matched, "{left} and {right}");
    }
}
