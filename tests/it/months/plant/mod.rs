//! Plants discrepancies in a clean month, of all classes and over each other.

mod coincidences;
mod groups;
mod moneys;
mod numbers;
mod one_sided;
mod values;

use super::catalogue::Paper;
use super::sketch::{Sides, Sketch};

/// Plants one discrepancy somewhere; returns how many lines it touched, none
/// if there was no fitting place.
type Plant = fn(&mut Sketch) -> usize;

const PLANTS: [Plant; 49] = [
    values::quantity,
    values::quantity,
    values::price,
    values::price,
    values::quantity_and_price,
    values::transposed_digits,
    values::decimal_shift,
    values::arithmetic,
    values::amount_typed,
    values::rounding,
    values::pieces_as_boxes,
    values::short_in_whole_note,
    groups::split,
    groups::split,
    groups::combined,
    groups::grouped,
    groups::two_notes_in_one_line,
    numbers::wrong_date,
    numbers::format,
    numbers::typo,
    numbers::damaged,
    numbers::truncated,
    numbers::missing_line,
    numbers::missing_note,
    one_sided::not_received_note,
    one_sided::not_received_line,
    one_sided::not_billed_note,
    one_sided::not_billed_line,
    one_sided::double_billed_note,
    one_sided::double_billed_line,
    one_sided::settled,
    one_sided::three_against_two,
    one_sided::double_booked,
    one_sided::prior_period,
    one_sided::carried_found,
    one_sided::carried_lost,
    one_sided::other_party,
    one_sided::ambiguous_twins,
    one_sided::decoy,
    one_sided::decoy_sum,
    one_sided::substitution,
    one_sided::goods_in_transit,
    moneys::freight,
    moneys::surcharge,
    moneys::discount,
    moneys::deduction,
    moneys::in_transit,
    moneys::sign,
    moneys::payment_otherwise,
];

const COINCIDENCES: [Plant; 5] = [
    coincidences::near_strangers,
    coincidences::swapped_amounts,
    coincidences::last_year,
    coincidences::unnumbered,
    coincidences::unnumbered_stranger,
];

/// Plants discrepancies in `percent` of the lines.
pub(crate) fn discrepancies(sketch: &mut Sketch, percent: usize) {
    plant(sketch, percent, &PLANTS);
}

/// Plants what only happens to agree in `percent` of the lines.
pub(crate) fn coincidences(sketch: &mut Sketch, percent: usize) {
    plant(sketch, percent, &COINCIDENCES);
}

fn plant(sketch: &mut Sketch, percent: usize, plants: &[Plant]) {
    let target = sketch.deals.len() * percent / 100;
    let mut touched = 0;
    let mut plants = plants.to_vec();
    for _ in 0..200 {
        sketch.random.shuffle(&mut plants);
        for plant in &plants {
            if touched >= target {
                return;
            }
            touched += plant(sketch);
        }
    }
}

/// Picks a deal on whose papers each line stands for itself, that nothing was
/// planted in, and that `fits`.
fn pick_deal(sketch: &mut Sketch, fits: impl Fn(&Sketch, usize) -> bool) -> Option<usize> {
    (0..60).map(|_| sketch.random.below(sketch.deals.len())).collect::<Vec<_>>().into_iter().find(
        |&deal| {
            sketch.deals[deal].untouched()
                && sketch.supplier_of(deal).paper != Paper::WholeNotes
                && fits(sketch, deal)
        },
    )
}

/// Picks a delivery that both sides have and that `fits`.
fn pick_delivery(
    sketch: &mut Sketch,
    fits: impl Fn(&Sketch, usize, &[usize]) -> bool,
) -> Option<usize> {
    let tries: Vec<usize> = (0..60).map(|_| sketch.random.below(sketch.deliveries.len())).collect();
    tries.into_iter().find(|&delivery| {
        let deals = sketch.deals_of(delivery);
        !deals.is_empty()
            && deals.iter().all(|&deal| sketch.deals[deal].sides == Sides::Both)
            && fits(sketch, delivery, &deals)
    })
}
