//! One container: its facts, and its walls in the order of loading, each with
//! the numbers of its cartons and how they stand.

use super::super::identity::{Boxed, Loaded, by_stack};
use super::super::json::{cubic_metres, fill, ranges};
use crate::engine::loading::Stack;
use crate::lang::Lang;
use crate::records::CartonRow;
use crate::report::format;
use crate::report::{Cell, Column, Row, Sheet, Table, labels};

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
    Sheet::new("load.container", title.clone())
        .title(format!("{} {title}", label("load.title")))
        .fact(label("load.type"), format!("{name}  {size} mm"))
        .fact(label("load.container_no"), "________________")
        .fact(label("load.seal_no"), "________________")
        .fact(label("load.cartons"), loaded.boxes.len().to_string())
        .fact(label("load.cbm"), format!("{cbm}  ({percent})"))
        .fact(label("load.payload"), payload)
        .table(steps(loaded, rows, lang))
}

fn steps(loaded: &Loaded, rows: &[CartonRow], lang: Lang) -> Table {
    let label = |key| labels::text(lang, key);
    let mut table = Table::new([
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
    let mut at = 0;
    while at < loaded.walls.len() {
        let wall = &loaded.walls[at];
        let alike = loaded.walls[at..].iter().take_while(|other| wall.alike(other)).count();
        table.push(heading(loaded, at, alike, lang));
        for each in 0..alike {
            let stacks = by_stack(loaded, at + each);
            for (stack, cartons) in stacks {
                step(&mut table, stack, cartons, rows);
            }
        }
        at += alike;
    }
    table
}

fn heading(loaded: &Loaded, from: usize, count: usize, lang: Lang) -> Row {
    let to = from + count;
    let (first, last) = ((from + 1).to_string(), to.to_string());
    let key = if count > 1 { "load.walls_alike" } else { "load.wall_one" };
    let name = labels::fill(lang, key, &[("from", &first), ("to", &last)]);
    let start = loaded.walls[from].reach()[0];
    let end = loaded.walls[to - 1].reach()[1];
    Row::group(format!("{name}   {start}–{end} mm"))
}

/// Adds a line for every row of the list that a stack is made of.
fn step(table: &mut Table, stack: &Stack, cartons: &[Boxed], rows: &[CartonRow]) {
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
            once(stack.at.map(|place| place.to_string()).join(" / ")),
            Cell::from(&*row.label),
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
