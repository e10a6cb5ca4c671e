//! From rows to cartons that are alike, and back: which carton of which row
//! stands where, in the order of loading.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::choice::Choice;
use crate::containers::Container;
use crate::engine::loading::{Balance, Carton, Fleet, Load, Room, Stack, Wall, walls};
use crate::records::CartonRow;
use crate::records::packing::po_key;

/// The most cartons that are planned, each with its place: three times what
/// the largest ship's order fills. What is beyond is left over, and said.
const MOST_CARTONS: u32 = 100_000;

/// Cartons as the engine knows them, and the rows they come from.
#[derive(Debug)]
pub(super) struct Identities {
    /// How many cartons of each row are planned.
    planned: Vec<u32>,
    /// Cartons that are alike.
    pub(super) cartons: Vec<Carton>,
    /// The rows of each, in order.
    rows: Vec<Vec<usize>>,
}

/// The whole plan.
#[derive(Debug)]
pub(super) struct Plan {
    /// The containers, in the order in which they were filled.
    pub(super) containers: Vec<Loaded>,
    /// What is in none of them.
    pub(super) left_over: Vec<LeftOver>,
    /// The fewest containers that could do.
    pub(super) least: u64,
}

/// One container, loaded.
#[derive(Debug)]
pub(super) struct Loaded {
    /// What it is.
    pub(super) container: Container,
    /// Its room.
    pub(super) room: Room,
    /// Its walls, in the order of loading.
    pub(super) walls: Vec<Wall>,
    /// Its cartons, in the order of loading.
    pub(super) boxes: Vec<Boxed>,
    /// Where its weight is.
    pub(super) balance: Option<Balance>,
}

/// One carton in its place. Loose cargo has none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Boxed {
    /// Its row.
    pub(super) row: usize,
    /// Its number, by the list or counted through.
    pub(super) number: u32,
    /// Its corner nearest the front wall, the left side and the floor.
    pub(super) at: [u32; 3],
    /// Its edges as it stands.
    pub(super) size: [u32; 3],
    /// Its wall, counted from 0.
    pub(super) wall: usize,
}

/// Cartons of a row that are in no container.
#[derive(Debug)]
pub(super) struct LeftOver {
    /// The row.
    pub(super) row: usize,
    /// How many.
    pub(super) count: u32,
    /// Why.
    pub(super) reason: &'static str,
}

/// What makes cartons alike.
type Likeness = ([(u32, bool); 3], u64, Option<u32>, Option<u64>, u32);

impl Identities {
    /// Puts rows of like cartons together. Orders that are to be unloaded
    /// first come last into the container.
    pub(super) fn of(rows: &[CartonRow], unload: &[String]) -> Self {
        let stops: Vec<String> = unload.iter().map(|po| po_key(po)).collect();
        let mut known: BTreeMap<Likeness, usize> = BTreeMap::new();
        let mut room = MOST_CARTONS;
        let planned = rows.iter().map(|row| {
            let planned = row.quantity.min(room);
            room -= planned;
            planned
        });
        let mut this = Self { planned: planned.collect(), cartons: Vec::new(), rows: Vec::new() };
        for (at, row) in rows.iter().enumerate() {
            let carton = carton(row, stop(row, &stops));
            let mut edges = [0, 1, 2].map(|edge| (carton.size[edge], carton.upright[edge]));
            edges.sort_unstable();
            let likeness = (edges, carton.weight, carton.tiers, carton.bearing, carton.stop);
            let kind = *known.entry(likeness).or_insert_with(|| {
                this.cartons.push(Carton { quantity: 0, ..carton.clone() });
                this.rows.push(Vec::new());
                this.cartons.len() - 1
            });
            this.cartons[kind].quantity += this.planned[at];
            this.rows[kind].push(at);
        }
        this
    }

    /// Says which carton of which row stands where.
    pub(super) fn plan(&self, rows: &[CartonRow], choice: &Choice, fleet: Fleet) -> Plan {
        let mut hand = Hand::new(self, rows);
        let mut containers = Vec::new();
        let count = fleet.loads.len();
        for (at, load) in fleet.loads.iter().enumerate() {
            let loose =
                choice.loose.as_ref().filter(|loose| at + 1 == count && is_small(load, loose));
            let room = choice.rooms[load.room];
            let container = loose.unwrap_or(&choice.containers[load.room]);
            containers.push(self.loaded(load, container, room, &mut hand, loose.is_some()));
        }
        let mut left_over = Vec::new();
        for (counts, misfit) in [(&fleet.misfits, true), (&fleet.left, false)] {
            for (kind, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let reason = match misfit {
                    true if self.too_heavy(kind, &choice.rooms) => "too-heavy",
                    true => "too-large",
                    false => "limit",
                };
                left_over.extend(hand.rest(kind, count, reason));
            }
        }
        for (at, (row, &planned)) in rows.iter().zip(&self.planned).enumerate() {
            let count = row.quantity - planned;
            left_over.extend((count > 0).then_some(LeftOver {
                row: at,
                count,
                reason: "too-many",
            }));
        }
        left_over.sort_by_key(|left| left.row);
        if let Some(loose) = choice.loose.as_ref().filter(|_| choice.rooms.is_empty()) {
            let planned: Vec<LeftOver> =
                left_over.extract_if(.., |left| left.reason != "too-many").collect();
            let boxes = planned.into_iter().flat_map(|left| hand.loose(left)).collect();
            let room = Room { size: [0; 3], door: [0; 2], payload: None };
            let container = loose.clone();
            containers.push(Loaded { container, room, walls: Vec::new(), boxes, balance: None });
        }
        Plan { containers, left_over, least: fleet.least }
    }

    fn too_heavy(&self, kind: usize, rooms: &[Room]) -> bool {
        let weight = self.cartons[kind].weight;
        !rooms.is_empty() && rooms.iter().all(|room| room.payload.is_some_and(|most| most < weight))
    }

    fn loaded(
        &self,
        load: &Load,
        container: &Container,
        room: Room,
        hand: &mut Hand<'_>,
        loose: bool,
    ) -> Loaded {
        let walls = walls(&load.stacks);
        let mut boxes = Vec::new();
        for (wall, rows) in walls.iter().enumerate() {
            for stack in &rows.rows {
                for at in stack.corners() {
                    let Some((row, number)) = hand.take(stack.carton) else { continue };
                    boxes.push(Boxed { row, number, at, size: stack.pose, wall });
                }
            }
        }
        let balance = Balance::of(&load.stacks, &self.cartons);
        let (walls, balance) = if loose { (Vec::new(), None) } else { (walls, balance) };
        Loaded { container: container.clone(), room, walls, boxes, balance }
    }
}

impl Loaded {
    /// Whether its cartons are sent loose, without a plan.
    pub(super) fn is_loose(&self) -> bool {
        self.container.loose.is_some()
    }

    /// Returns the cartons of a wall, in the order of loading.
    pub(super) fn of_wall(&self, wall: usize) -> &[Boxed] {
        let from = self.boxes.partition_point(|one| one.wall < wall);
        let to = self.boxes.partition_point(|one| one.wall <= wall);
        &self.boxes[from..to]
    }

    /// Returns the volume of its cartons in cubic millimetres.
    pub(super) fn volume(&self) -> u64 {
        let of = |one: &Boxed| one.size.iter().map(|&edge| u64::from(edge)).product::<u64>();
        self.boxes.iter().map(of).sum()
    }

    /// Returns what its cartons weigh, in kilograms, as far as it is known.
    pub(super) fn weight(&self, rows: &[CartonRow]) -> Decimal {
        let of = |one: &Boxed| rows[one.row].gross_weight.unwrap_or_default();
        self.boxes
            .iter()
            .map(of)
            .fold(Decimal::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum))
    }

    /// Returns how far along it is filled.
    pub(super) fn length(&self) -> u32 {
        self.boxes.iter().map(|one| one.at[0] + one.size[0]).max().unwrap_or(0)
    }
}

/// Whether a load is better sent loose.
fn is_small(load: &Load, loose: &Container) -> bool {
    const CUBIC_METRE: u64 = 1_000_000_000;
    loose.loose.is_some_and(|most| load.volume() <= u64::from(most) * CUBIC_METRE)
}

fn stop(row: &CartonRow, stops: &[String]) -> u32 {
    let po = row.po.as_deref().map(po_key);
    let at = stops.iter().position(|stop| Some(stop) == po.as_ref());
    at.unwrap_or(stops.len()) as u32
}

fn carton(row: &CartonRow, stop: u32) -> Carton {
    Carton {
        size: row.size,
        upright: row.upright,
        quantity: row.quantity,
        weight: row.gross_weight.and_then(grams).unwrap_or(0),
        tiers: row.tiers,
        bearing: row.bearing.and_then(grams),
        stop,
    }
}

/// Returns a weight in whole grams, rounded up.
fn grams(kilograms: Decimal) -> Option<u64> {
    kilograms.checked_mul(Decimal::ONE_THOUSAND)?.ceil().to_u64()
}

/// Cartons not yet placed: of each kind, from the first of its first row.
struct Hand<'a> {
    identities: &'a Identities,
    rows: &'a [CartonRow],
    /// The number of the first carton of each row.
    first: Vec<u32>,
    /// Of each kind: its next row, and how many of that are taken.
    next: Vec<(usize, u32)>,
}

impl<'a> Hand<'a> {
    fn new(identities: &'a Identities, rows: &'a [CartonRow]) -> Self {
        let mut counted = 1u32;
        let first = rows.iter().map(|row| {
            let first = row.first.unwrap_or(counted);
            counted = counted.saturating_add(row.quantity);
            first
        });
        let first = first.collect();
        Self { identities, rows, first, next: vec![(0, 0); identities.cartons.len()] }
    }

    /// Takes the next carton of a kind: its row and its number.
    fn take(&mut self, kind: usize) -> Option<(usize, u32)> {
        let (place, taken) = &mut self.next[kind];
        loop {
            let row = *self.identities.rows[kind].get(*place)?;
            if *taken < self.identities.planned[row] {
                *taken += 1;
                return Some((row, self.first[row].saturating_add(*taken - 1)));
            }
            (*place, *taken) = (*place + 1, 0);
        }
    }

    /// Takes the rest of a kind, row by row.
    fn rest(&mut self, kind: usize, count: u32, reason: &'static str) -> Vec<LeftOver> {
        let mut left: Vec<LeftOver> = Vec::new();
        for _ in 0..count {
            let Some((row, _)) = self.take(kind) else { break };
            match left.last_mut().filter(|last| last.row == row) {
                Some(last) => last.count += 1,
                None => left.push(LeftOver { row, count: 1, reason }),
            }
        }
        left
    }

    /// Returns cartons that go without a place of their own.
    fn loose(&self, left: LeftOver) -> Vec<Boxed> {
        let row = &self.rows[left.row];
        let last = self.first[left.row].saturating_add(self.identities.planned[left.row]);
        let numbers = last.saturating_sub(left.count)..last;
        let boxed = |number| Boxed { row: left.row, number, at: [0; 3], size: row.size, wall: 0 };
        numbers.map(boxed).collect()
    }
}

/// Returns the stacks of a wall with the cartons of each.
pub(super) fn by_stack(loaded: &Loaded, wall: usize) -> Vec<(&Stack, &[Boxed])> {
    let mut rest = loaded.of_wall(wall);
    let mut stacks = Vec::new();
    for stack in loaded.walls.get(wall).map_or(&[][..], |wall| &wall.rows) {
        let (own, later) = rest.split_at((stack.cartons() as usize).min(rest.len()));
        stacks.push((stack, own));
        rest = later;
    }
    stacks
}
