//! Delivery note numbers that their paper writes in another way, damages,
//! shortens or leaves out.

use std::sync::Arc;

use gendan::engine::entry::DocumentNo;
use gendan::engine::matching::outcome::Note;

use super::super::catalogue::{Numbering, Paper};
use super::super::sketch::{Sides, Sketch, Written, october};
use super::super::truth::Class;
use super::pick_delivery;

/// The right number under a date of another week.
pub(super) fn wrong_date(sketch: &mut Sketch) -> usize {
    let Some(delivery) = pick_delivery(sketch, unwritten) else { return 0 };
    let date = sketch.deliveries[delivery].date;
    let undated = sketch.suppliers[sketch.deliveries[delivery].supplier].undated;
    if undated || sketch.deliveries[delivery].late != 0 || date < october(1) || date > october(31) {
        return 0;
    }
    let late = if date <= october(15) { 9 } else { -9 };
    sketch.deliveries[delivery].late = late;
    let number = sketch.deliveries[delivery].number.clone();
    write(sketch, delivery, Some((number, false)), Class::DateWrong, &[Note::Date])
}

/// The same number in another spelling.
pub(super) fn format(sketch: &mut Sketch) -> usize {
    let Some(delivery) = pick_delivery(sketch, unwritten) else { return 0 };
    let number = sketch.deliveries[delivery].number.clone();
    let numbering = numbering(sketch, delivery);
    let other = match (numbering, sketch.random.below(4)) {
        // Without the supplier's own letters.
        (Numbering::Dated, 3) => number[2..].to_owned(),
        (Numbering::Dense, 0) => number.trim_start_matches('0').to_owned(),
        (Numbering::Long | Numbering::Dense, 1) => number.chars().map(full_width).collect(),
        (Numbering::Long | Numbering::Dense, _) => format!("No.{number}"),
        (Numbering::Dashed, _) => number.replace('-', ""),
        (Numbering::Dated, 0) => format!("{}-{}", &number[..8], &number[8..]),
        (Numbering::Dated, 1) => number.to_lowercase(),
        (Numbering::Dated, _) => format!("{} {}", &number[..2], &number[2..]),
    };
    let notes = [Note::DocumentNoFormat, Note::DocumentNoTruncated];
    write(sketch, delivery, Some((other, false)), Class::NumberFormat, &notes)
}

fn full_width(digit: char) -> char {
    digit.to_digit(10).and_then(|d| char::from_u32(u32::from('０') + d)).unwrap_or(digit)
}

/// One digit wrong, or two neighbours swapped.
pub(super) fn typo(sketch: &mut Sketch) -> usize {
    let Some(delivery) = pick_delivery(sketch, unwritten) else { return 0 };
    let Some((number, letter)) = slipped(sketch, delivery) else { return 0 };
    let notes = [Note::DocumentNoTypo, Note::DocumentNoFormat];
    let notes = if letter { &notes[..] } else { &notes[..1] };
    write(sketch, delivery, Some((number, false)), Class::NumberTypo, notes)
}

/// Returns the number of a delivery with one slip of a key, such as no note of
/// the supplier has, and whether the slip is a letter that looks like a digit.
pub(super) fn slipped(sketch: &mut Sketch, delivery: usize) -> Option<(String, bool)> {
    for _ in 0..20 {
        let mut number = sketch.deliveries[delivery].number.clone().into_bytes();
        let tail = number.len().min(6);
        let at = number.len() - 1 - sketch.random.below(tail - 1);
        if !(number[at].is_ascii_digit() && number[at - 1].is_ascii_digit()) {
            continue;
        }
        // A letter that looks like the digit.
        let alike = [(b'0', b'O'), (b'1', b'I')].iter().find(|(digit, _)| *digit == number[at]);
        let letter = alike.is_some() && sketch.random.chance(50);
        if let Some((_, looks)) = alike.filter(|_| letter) {
            number[at] = *looks;
        } else if sketch.random.chance(50) {
            number.swap(at, at - 1);
        } else {
            number[at] = b'0' + sketch.random.below(10) as u8;
        }
        let Ok(number) = String::from_utf8(number) else { continue };
        if !taken(sketch, delivery, &number) {
            return Some((number, letter));
        }
    }
    None
}

fn taken(sketch: &Sketch, delivery: usize, number: &str) -> bool {
    let supplier = sketch.deliveries[delivery].supplier;
    sketch.deliveries.iter().any(|other| other.supplier == supplier && other.number == number)
}

/// A number of 19 digits that went through a spreadsheet; often all of a
/// paper did.
pub(super) fn damaged(sketch: &mut Sketch) -> usize {
    let long = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        unwritten(sketch, delivery, deals) && numbering(sketch, delivery) == Numbering::Long
    };
    let Some(first) = pick_delivery(sketch, long) else { return 0 };
    let supplier = sketch.deliveries[first].supplier;
    let of_supplier = sketch.deliveries.iter().filter(|d| d.supplier == supplier).count();
    let all = of_supplier < 60 && sketch.random.chance(40);
    let short = sketch.random.chance(15);
    let mut touched = 0;
    for delivery in 0..sketch.deliveries.len() {
        let same = sketch.deliveries[delivery].supplier == supplier && all;
        if !(delivery == first || same) || sketch.deliveries[delivery].written.is_some() {
            continue;
        }
        if short && differs_as_a_whole(sketch, delivery) {
            continue;
        }
        let number = sketch.deliveries[delivery].number.clone();
        let broken = match (short, number.len() > 15) {
            (_, false) => continue,
            (true, true) => format!("{}.{}E+18", &number[..1], &number[1..6]),
            (false, true) => format!("{}{}", &number[..15], "0".repeat(number.len() - 15)),
        };
        let number = Some((broken, true));
        touched +=
            write(sketch, delivery, number, Class::NumberDamaged, &[Note::DocumentNoDamaged]);
    }
    touched.min(4)
}

/// Whether a note is billed in one sum that is not ours: under six digits of
/// its number there would be nothing left to know it by.
fn differs_as_a_whole(sketch: &Sketch, delivery: usize) -> bool {
    paper(sketch, delivery) == Paper::WholeNotes
        && !sketch.deals_of(delivery).iter().all(|&deal| sketch.deals[deal].agrees())
}

/// Only the last digits of the number.
pub(super) fn truncated(sketch: &mut Sketch) -> usize {
    let Some(delivery) = pick_delivery(sketch, unwritten) else { return 0 };
    let number = sketch.deliveries[delivery].number.clone();
    let supplier = sketch.deliveries[delivery].supplier;
    let keep = sketch.random.between(4, 6) as usize;
    let tail = number[number.len() - keep..].trim_start_matches('-').to_owned();
    let same = sketch
        .deliveries
        .iter()
        .filter(|d| d.supplier == supplier && d.number.ends_with(&tail))
        .count();
    // Leading zeros alone are a way of writing.
    let lost = number.len() - tail.len();
    if same > 1 || number[..lost].chars().all(|c| c == '0') {
        return 0;
    }
    write(
        sketch,
        delivery,
        Some((tail, false)),
        Class::NumberTruncated,
        &[Note::DocumentNoTruncated],
    )
}

/// No number on one line of a note.
pub(super) fn missing_line(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        unwritten(sketch, delivery, deals)
            && paper(sketch, delivery) != Paper::WholeNotes
            && alone(sketch, deals[0])
    };
    let Some(delivery) = pick_delivery(sketch, fits) else { return 0 };
    let deal = sketch.deals_of(delivery)[0];
    sketch.deals[deal].written = Some(Written {
        number: None,
        class: Class::NumberMissing,
        notes: vec![Note::DocumentNoMissing],
    });
    sketch.deals[deal].closed = true;
    1
}

/// No number on any line of a note.
pub(super) fn missing_note(sketch: &mut Sketch) -> usize {
    let fits = |sketch: &Sketch, delivery: usize, deals: &[usize]| {
        unwritten(sketch, delivery, deals) && deals.iter().all(|&deal| alone(sketch, deal))
    };
    let Some(delivery) = pick_delivery(sketch, fits) else { return 0 };
    for deal in sketch.deals_of(delivery) {
        sketch.deals[deal].closed = true;
    }
    write(sketch, delivery, None, Class::NumberMissing, &[Note::DocumentNoMissing])
}

/// Whether nothing was planted in the deal, and no other of the supplier has
/// its item and quantity.
fn alone(sketch: &Sketch, index: usize) -> bool {
    let deal = &sketch.deals[index];
    let supplier = sketch.deliveries[deal.delivery].supplier;
    deal.untouched()
        && !sketch.deals.iter().enumerate().any(|(other, d)| {
            other != index
                && d.item == deal.item
                && sketch.deliveries[d.delivery].supplier == supplier
                && (d.left.contains(&deal.left[0]) || d.right.contains(&deal.left[0]))
        })
}

fn unwritten(sketch: &Sketch, delivery: usize, deals: &[usize]) -> bool {
    sketch.deliveries[delivery].written.is_none()
        && deals.iter().all(|&deal| {
            let deal = &sketch.deals[deal];
            deal.written.is_none() && deal.booked_under.is_none() && deal.sides == Sides::Both
        })
}

fn numbering(sketch: &Sketch, delivery: usize) -> Numbering {
    sketch.suppliers[sketch.deliveries[delivery].supplier].numbering
}

fn paper(sketch: &Sketch, delivery: usize) -> Paper {
    sketch.suppliers[sketch.deliveries[delivery].supplier].paper
}

pub(super) fn write(
    sketch: &mut Sketch,
    delivery: usize,
    number: Option<(String, bool)>,
    class: Class,
    notes: &[Note],
) -> usize {
    let number = number.map(|(text, damaged)| DocumentNo { text: Arc::from(text), damaged });
    sketch.deliveries[delivery].written = Some(Written { number, class, notes: notes.to_vec() });
    sketch.deals_of(delivery).len()
}
