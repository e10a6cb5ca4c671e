//! The plan for programs.

use rust_decimal::prelude::FromPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::identity::{Boxed, Loaded, Plan};
use crate::records::CartonRow;
use crate::report::{Conservation, Section};

/// Cubic millimetres in a cubic metre.
const CUBIC_METRE: u64 = 1_000_000_000;

#[derive(Serialize)]
struct Placement<'a> {
    container: usize,
    carton: &'a str,
    x: u32,
    y: u32,
    z: u32,
    dx: u32,
    dy: u32,
    dz: u32,
    number: u32,
    wall: usize,
    po: Option<&'a str>,
    at: String,
}

#[derive(Serialize)]
struct ContainerRow<'a> {
    container: usize,
    #[serde(rename = "type")]
    name: &'a str,
    cartons: usize,
    fill: Option<Decimal>,
    payload: Decimal,
    payload_limit: Option<u32>,
    inside: Option<[u32; 3]>,
    volume: Decimal,
    length_used: u32,
    centre_of_gravity: Option<[u64; 3]>,
}

#[derive(Serialize)]
struct WallRow<'a> {
    container: usize,
    wall: usize,
    from: u32,
    to: u32,
    cartons: usize,
    contents: Vec<Numbers<'a>>,
}

/// Cartons of one row, by their numbers.
#[derive(Serialize)]
struct Numbers<'a> {
    carton: &'a str,
    number_from: u32,
    number_to: u32,
}

#[derive(Serialize)]
struct LeftOverRow<'a> {
    carton: &'a str,
    quantity: u32,
    reason: &'static str,
    at: String,
}

#[derive(Serialize)]
struct BoundRow {
    containers: usize,
    lower_bound: u64,
    proved: bool,
}

/// Returns the plan for programs.
pub(super) fn sections(plan: &Plan, rows: &[CartonRow]) -> Vec<Section> {
    let loads = || plan.containers.iter().enumerate().map(|(at, loaded)| (at + 1, loaded));
    let placements =
        loads().filter(|(_, loaded)| !loaded.is_loose()).flat_map(|(number, loaded)| {
            loaded.boxes.iter().map(move |one| placement(number, one, rows))
        });
    let left = plan.left_over.iter().map(|left| LeftOverRow {
        carton: &rows[left.row].label,
        quantity: left.count,
        reason: left.reason,
        at: rows[left.row].at.to_string(),
    });
    let containers = plan.containers.len();
    let bound = BoundRow {
        containers,
        lower_bound: plan.least,
        proved: plan.left_over.is_empty() && containers as u64 == plan.least,
    };
    vec![
        Section::new("containers", loads().map(|(number, loaded)| container(number, loaded, rows))),
        Section::new("placements", placements),
        Section::new("walls", loads().flat_map(|(number, loaded)| walls(number, loaded, rows))),
        Section::new("left_over", left),
        Section::new("bounds", [bound]),
    ]
}

/// Returns that every carton is somewhere: in a container, or left over. The
/// amounts are cubic metres.
pub(super) fn conservation(plan: &Plan, rows: &[CartonRow]) -> Conservation {
    let volume = |row: &CartonRow| row.size.iter().map(|&edge| u64::from(edge)).product::<u64>();
    let of = |(row, count): (&CartonRow, u64)| u128::from(volume(row)) * u128::from(count);
    let placed = plan.containers.iter().flat_map(|loaded| &loaded.boxes);
    let placed = placed.map(|one| (&rows[one.row], 1));
    let left = plan.left_over.iter().map(|left| (&rows[left.row], u64::from(left.count)));
    let reported: Vec<(&CartonRow, u64)> = placed.chain(left).collect();
    let read = rows.iter().map(|row| (row, u64::from(row.quantity)));
    Conservation {
        rows_in: read.clone().map(|(_, count)| count).sum(),
        rows_reported: reported.iter().map(|(_, count)| count).sum(),
        amount_in: cubic_metres(read.map(of).sum()),
        amount_reported: cubic_metres(reported.into_iter().map(of).sum()),
    }
}

fn placement<'a>(container: usize, one: &Boxed, rows: &'a [CartonRow]) -> Placement<'a> {
    let row = &rows[one.row];
    let ([x, y, z], [dx, dy, dz]) = (one.at, one.size);
    Placement {
        container,
        carton: &row.label,
        x,
        y,
        z,
        dx,
        dy,
        dz,
        number: one.number,
        wall: one.wall + 1,
        po: row.po.as_deref(),
        at: row.at.to_string(),
    }
}

fn container<'a>(number: usize, loaded: &'a Loaded, rows: &[CartonRow]) -> ContainerRow<'a> {
    let planned = !loaded.is_loose();
    ContainerRow {
        container: number,
        name: loaded.container.name(),
        cartons: loaded.boxes.len(),
        fill: planned.then(|| fill(loaded)),
        payload: loaded.weight(rows),
        payload_limit: loaded.container.payload,
        inside: planned.then_some(loaded.room.size),
        volume: cubic_metres(u128::from(loaded.volume())),
        length_used: if planned { loaded.length() } else { 0 },
        centre_of_gravity: loaded.balance.map(|balance| balance.centre),
    }
}

/// Returns the share of a container that its cartons take, to four decimals.
pub(super) fn fill(loaded: &Loaded) -> Decimal {
    let room = Decimal::from(loaded.room.volume().max(1));
    let share = Decimal::from(loaded.volume()).checked_div(room).unwrap_or_default();
    share.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero)
}

/// Returns cubic millimetres in cubic metres.
pub(super) fn cubic_metres(volume: u128) -> Decimal {
    let volume = Decimal::from_u128(volume).unwrap_or(Decimal::MAX);
    volume.checked_div(Decimal::from(CUBIC_METRE)).unwrap_or_default().normalize()
}

fn walls<'a>(container: usize, loaded: &'a Loaded, rows: &'a [CartonRow]) -> Vec<WallRow<'a>> {
    let wall = |(at, wall): (usize, &crate::engine::loading::Wall)| {
        let [from, to] = wall.reach();
        let own = loaded.of_wall(at);
        let contents = ranges(own.iter().map(|one| (one.row, one.number)));
        let contents = contents.into_iter().map(|(row, number_from, number_to)| Numbers {
            carton: &rows[row].label,
            number_from,
            number_to,
        });
        WallRow {
            container,
            wall: at + 1,
            from,
            to,
            cartons: own.len(),
            contents: contents.collect(),
        }
    };
    loaded.walls.iter().enumerate().map(wall).collect()
}

/// Joins numbers that follow each other: of which row, from, to.
pub(super) fn ranges(numbers: impl Iterator<Item = (usize, u32)>) -> Vec<(usize, u32, u32)> {
    let mut numbers: Vec<(usize, u32)> = numbers.collect();
    numbers.sort_unstable();
    let mut ranges: Vec<(usize, u32, u32)> = Vec::new();
    for (row, number) in numbers {
        match ranges.last_mut() {
            Some((known, _, to)) if *known == row && *to + 1 == number => *to = number,
            _ => ranges.push((row, number, number)),
        }
    }
    ranges
}
