//! One container: its facts and its floor, its walls in the order of loading,
//! each with the numbers of its cartons and how they stand, and each drawn.

use super::super::identity::{Boxed, Loaded, by_stack};
use super::super::json::{cubic_metres, fill, ranges};
use super::drawing::{self, Letters};
use crate::engine::loading::Stack;
use crate::lang::Lang;
use crate::records::CartonRow;
use crate::report::format;
use crate::report::{Cell, Column, Row, Sheet, Table, labels};

/// The most walls that are drawn; walls alike are drawn once.
const MOST_DRAWN: usize = 40;
/// Walls beside each other, and the sheet columns they begin in.
const BESIDE: [u16; 2] = [0, 4];

/// Returns the sheet of a container.
pub(super) fn sheet(number: usize, loaded: &Loaded, rows: &[CartonRow], lang: Lang) -> Sheet {
    let label = |key| labels::text(lang, key);
    let (shown, name) = (number.to_string(), loaded.container.name());
    let title = labels::fill(lang, "load.container_sheet", &[("number", &shown), ("type", name)]);
    let size = loaded.room.size.map(|edge| edge.to_string()).join(" × ");
    let weight = format::quantity(loaded.weight(rows));
    let payload = match loaded.container.payload {
        Some(most) => format!("{weight} / {most}"),
        None => weight,
    };
    let percent = format::text(&crate::report::Kind::Percent, &Cell::from(fill(loaded)));
    let cbm = cubic_metres(u128::from(loaded.volume())).round_dp(3);
    let letters = Letters::of(loaded);
    let floor = drawing::floor(loaded, &letters, label("load.floor"));
    let sheet = Sheet::new("load.container", title.clone())
        .title(format!("{} {title}", label("load.title")))
        .fact(label("load.type"), format!("{name}  {size} mm"))
        .fact(label("load.container_no"), "________________")
        .fact(label("load.seal_no"), "________________")
        .fact(label("load.cartons"), loaded.boxes.len().to_string())
        .fact(label("load.cbm"), format!("{cbm}  ({percent})"))
        .fact(label("load.payload"), payload)
        .text(label("load.floor"))
        .pictures(floor.map(|picture| (0, picture)))
        .table(steps(loaded, &letters, rows, lang));
    walls(sheet, loaded, &letters, lang)
}

/// Adds the walls, drawn as they are seen from the door.
fn walls(mut sheet: Sheet, loaded: &Loaded, letters: &Letters, lang: Lang) -> Sheet {
    let runs: Vec<(usize, usize)> = runs(loaded).into_iter().take(MOST_DRAWN).collect();
    sheet = sheet.text(labels::text(lang, "load.seen_from_door"));
    for pair in runs.chunks(BESIDE.len()) {
        let names: Vec<String> =
            pair.iter().map(|&(from, count)| run_name(loaded, from, count, lang)).collect();
        let pictures = pair.iter().zip(&names).zip(BESIDE).filter_map(|((run, name), column)| {
            drawing::wall(loaded, run.0, letters, name).map(|picture| (column, picture))
        });
        let pictures: Vec<_> = pictures.collect();
        sheet = sheet.text(names.join("      |      ")).pictures(pictures);
    }
    sheet
}

/// Returns the walls that are built up alike, one run after the other: the
/// first of each, and how many.
fn runs(loaded: &Loaded) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(wall) = loaded.walls.get(at) {
        let alike = loaded.walls[at..].iter().take_while(|other| wall.alike(other)).count();
        runs.push((at, alike.max(1)));
        at += alike.max(1);
    }
    runs
}

fn steps(loaded: &Loaded, letters: &Letters, rows: &[CartonRow], lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
        Column::text("letter", label("load.letter")).width(6),
        Column::text("position", label("load.position")).width(18),
        Column::id("carton", label("load.carton")).width(14),
        Column::id("po", label("load.po")).width(12),
        Column::id("numbers", label("load.numbers")).width(14),
        Column::text("pose", label("load.pose")).width(17),
        Column::text("across", label("load.across")).width(9),
        Column::integer("cartons", label("load.cartons")).sum(),
        Column::text("done", label("load.done")).width(6),
    ])
    .total(label("load.total"));
    for (from, count) in runs(loaded) {
        table.push(Row::group(run_name(loaded, from, count, lang)));
        for wall in from..from + count {
            for (stack, cartons) in by_stack(loaded, wall) {
                step(&mut table, stack, cartons, letters, rows);
            }
        }
    }
    table
}

/// Returns what a run of walls is called, with where it stands.
fn run_name(loaded: &Loaded, from: usize, count: usize, lang: Lang) -> String {
    let to = from + count;
    let (first, last) = ((from + 1).to_string(), to.to_string());
    let key = if count > 1 { "load.walls_alike" } else { "load.wall_one" };
    let name = labels::fill(lang, key, &[("from", &first), ("to", &last)]);
    let start = loaded.walls[from].reach()[0];
    let end = loaded.walls[to - 1].reach()[1];
    format!("{name}   {start}–{end} mm")
}

/// Adds a line for every row of the list that a stack is made of.
fn step(
    table: &mut Table,
    stack: &Stack,
    cartons: &[Boxed],
    letters: &Letters,
    rows: &[CartonRow],
) {
    let mut rest = cartons;
    let mut first = true;
    while let Some(one) = rest.first() {
        let same = rest.iter().take_while(|other| other.row == one.row).count();
        let (own, later) = rest.split_at(same);
        let row = &rows[one.row];
        let numbers = ranges(own.iter().map(|one| (one.row, one.number)));
        let numbers: Vec<String> = numbers
            .iter()
            .map(|(_, from, to)| if from == to { from.to_string() } else { format!("{from}-{to}") })
            .collect();
        let once = |text: String| if first { Cell::from(text) } else { Cell::Empty };
        table.push(Row::new([
            Cell::from(letters.letter(one.row)),
            once(stack.at.map(|place| place.to_string()).join(" / ")),
            Cell::from(&*row.called),
            Cell::from(row.po.as_deref()),
            Cell::from(numbers.join(", ")),
            once(stack.pose.map(|edge| edge.to_string()).join("×")),
            once(format!("{} × {}", stack.counts[1], stack.counts[2])),
            Cell::from(same),
            Cell::from("□"),
        ]));
        (rest, first) = (later, false);
    }
}
