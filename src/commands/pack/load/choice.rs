//! The containers to choose from.

use crate::containers::{self, Container};
use crate::engine::loading::Room;
use crate::error::Result;
use crate::finding::{Finding, codes};

/// What is used if nobody says.
const USUAL: &str = "40HQ";

/// Grams in a kilogram.
const KILOGRAM: u64 = 1_000;

/// The containers to choose from, those of loose cargo apart.
#[derive(Debug)]
pub(super) struct Choice {
    /// The containers.
    pub(super) containers: Vec<Container>,
    /// Their rooms, one each.
    pub(super) rooms: Vec<Room>,
    /// Loose cargo, if it may go so.
    pub(super) loose: Option<Container>,
}

impl Choice {
    /// Finds the containers that were named.
    pub(super) fn of(names: &[String], own: &[Container]) -> Result<Self> {
        let usual = [USUAL.to_owned()];
        let names = if names.is_empty() { &usual } else { names };
        let mut choice = Self { containers: Vec::new(), rooms: Vec::new(), loose: None };
        for name in names {
            let container = containers::named(name, own).map_err(|near| unknown(name, &near))?;
            if container.loose.is_some() {
                choice.loose = Some(container);
            } else if !choice.containers.contains(&container) {
                choice.rooms.push(room(&container));
                choice.containers.push(container);
            }
        }
        Ok(choice)
    }
}

fn room(container: &Container) -> Room {
    let [_, width, height] = container.inside;
    Room {
        size: container.inside,
        door: container.door.unwrap_or([width, height]),
        payload: container.payload.map(|payload| u64::from(payload) * KILOGRAM),
    }
}

fn unknown(name: &str, near: &[String]) -> crate::error::Error {
    let finding = Finding::of(codes::UNKNOWN_ARGUMENT).with("found", name);
    finding.with("near", near.join(", ")).into()
}
