//! How many containers, and which: containers are filled one after the other,
//! the last with the smallest that takes what is left, and compared with the
//! fewest that could do at all.

use super::cargo::{Carton, Room, Stack, volume};
use super::search::{Budget, Found, load};

/// What is to be loaded, and how.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    /// The cartons.
    pub cartons: &'a [Carton],
    /// The containers to choose from.
    pub rooms: &'a [Room],
    /// The least share of each base that is carried, in ten-thousandths.
    pub support: u32,
    /// The most containers.
    pub limit: Option<usize>,
}

/// One container and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Which of the rooms.
    pub room: usize,
    /// What stands in it.
    pub stacks: Vec<Stack>,
}

impl Load {
    /// Returns the volume of its cartons.
    pub fn volume(&self) -> u64 {
        let of = |stack: &Stack| volume(stack.pose) * u64::from(stack.cartons());
        self.stacks.iter().map(of).sum()
    }

    /// Returns how many cartons of each kind it holds.
    fn used(&self, kinds: usize) -> Vec<u32> {
        let mut used = vec![0; kinds];
        for stack in &self.stacks {
            used[stack.carton] += stack.cartons();
        }
        used
    }
}

/// All containers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fleet {
    /// The containers, in the order in which they were filled.
    pub loads: Vec<Load>,
    /// Cartons of each kind that no container took though they fit one.
    pub left: Vec<u32>,
    /// Cartons of each kind that fit none of the containers.
    pub misfits: Vec<u32>,
    /// The fewest containers that could hold what fits, by volume and weight.
    pub least: u64,
}

/// Loads everything into as few containers as it finds.
pub fn load_all(order: &Order<'_>, budget: &Budget<'_>) -> Fleet {
    let (scale, cartons, rooms) = scaled(order);
    let fits =
        |carton: &Carton| rooms.iter().any(|room| !admitted(carton, room).poses().is_empty());
    let mut fleet = Fleet { misfits: vec![0; cartons.len()], ..Fleet::default() };
    let mut left: Vec<u32> = cartons.iter().map(|carton| carton.quantity).collect();
    for (kind, carton) in cartons.iter().enumerate().filter(|(_, carton)| !fits(carton)) {
        fleet.misfits[kind] = carton.quantity;
        left[kind] = 0;
    }
    fleet.least = least(&cartons, &left, &rooms);
    let filler = Filler { cartons: &cartons, rooms: &rooms, support: order.support, budget };
    while left.iter().any(|&count| count > 0) {
        let room_left = order.limit.map(|limit| limit.saturating_sub(fleet.loads.len()));
        let Some(load) = filler.next(&left).filter(|_| room_left != Some(0)) else { break };
        let used = load.used(cartons.len());
        // As long as a container can be filled in the same way, it is.
        let again = used.iter().zip(&left).filter(|(used, _)| **used > 0);
        let again = again.map(|(used, left)| left / used).min().unwrap_or(0) as usize;
        let again = again.clamp(1, room_left.unwrap_or(usize::MAX));
        for (left, used) in left.iter_mut().zip(&used) {
            *left -= used * again as u32;
        }
        fleet.loads.extend(std::iter::repeat_n(load, again));
    }
    fleet.left = left;
    for stack in fleet.loads.iter_mut().flat_map(|load| &mut load.stacks) {
        stack.at = stack.at.map(|place| place * scale);
        stack.pose = stack.pose.map(|edge| edge * scale);
    }
    fleet
}

/// Fills one container at a time.
struct Filler<'a> {
    cartons: &'a [Carton],
    rooms: &'a [Room],
    support: u32,
    budget: &'a Budget<'a>,
}

impl Filler<'_> {
    /// Fills the smallest container that takes all that is left, else the one
    /// that takes the most; `None` if nothing goes into any.
    fn next(&self, left: &[u32]) -> Option<Load> {
        let all = total_volume(self.cartons, left);
        let weight = total_weight(self.cartons, left);
        let mut order: Vec<usize> = (0..self.rooms.len()).collect();
        order.sort_by_key(|&at| (self.rooms[at].volume(), at));
        let mut best: Option<(u64, Load)> = None;
        for &at in &order {
            let room = &self.rooms[at];
            let whole = room.volume() >= all && room.payload.is_none_or(|most| most >= weight);
            let last = Some(&at) == order.last();
            if !whole && !last && !self.carries_more(at, &order) {
                continue;
            }
            let found = self.fill(room, left);
            if found.volume == all {
                return Some(Load {
                    room: at,
                    stacks: self.shorter(room, left, all, found).stacks,
                });
            }
            if found.volume > 0 && best.as_ref().is_none_or(|(volume, _)| found.volume >= *volume) {
                best = Some((found.volume, Load { room: at, stacks: found.stacks }));
            }
        }
        best.map(|(_, load)| load)
    }

    /// Whether a container may carry more than every larger one.
    fn carries_more(&self, at: usize, order: &[usize]) -> bool {
        let payload = |at: usize| self.rooms[at].payload.unwrap_or(u64::MAX);
        let larger = order.iter().skip_while(|&&other| other != at).skip(1);
        larger.into_iter().all(|&other| payload(at) > payload(other))
    }

    fn fill(&self, room: &Room, left: &[u32]) -> Found {
        let at_hand: Vec<Carton> = self
            .cartons
            .iter()
            .zip(left)
            .map(|(carton, &quantity)| Carton { quantity, ..admitted(carton, room) })
            .collect();
        // The search knows only what is there.
        let kinds: Vec<usize> =
            (0..at_hand.len()).filter(|&kind| at_hand[kind].quantity > 0).collect();
        let cartons: Vec<Carton> = kinds.iter().map(|&kind| at_hand[kind].clone()).collect();
        let mut found = load(&cartons, room, self.support, self.budget);
        for stack in &mut found.stacks {
            stack.carton = kinds[stack.carton];
        }
        found
    }

    /// What goes into a container with room to spare is pushed to the front
    /// wall: it is loaded into ever shorter containers.
    fn shorter(&self, room: &Room, left: &[u32], all: u64, found: Found) -> Found {
        const STEPS: u32 = 6;
        let base = u64::from(room.size[1]) * u64::from(room.size[2]);
        let mut too_short = (all / base.max(1)) as u32;
        let mut best = found;
        let mut long_enough = reach(&best.stacks);
        let nodes = (self.budget.nodes / u64::from(2 * STEPS)).max(1);
        let time = self.budget.time.map(|(most, clock)| (most / u64::from(2 * STEPS), clock));
        let filler = Filler { budget: &Budget { nodes, time }, ..*self };
        for _ in 0..STEPS {
            let Some(length) = between(too_short, long_enough) else { break };
            let mut size = room.size;
            size[0] = length;
            let found = filler.fill(&Room { size, ..*room }, left);
            if found.volume == all {
                long_enough = reach(&found.stacks);
                best = found;
            } else {
                too_short = length;
            }
        }
        best
    }
}

/// Returns a length to try next, if there is one. A search may miss at one
/// length what it then finds within a smaller one, so that the bounds cross.
fn between(too_short: u32, long_enough: u32) -> Option<u32> {
    let length = too_short + long_enough.checked_sub(too_short)? / 2;
    (length > too_short).then_some(length)
}

/// Returns how far the farthest carton reaches from the front wall.
fn reach(stacks: &[Stack]) -> u32 {
    stacks.iter().map(|stack| stack.to()[0]).max().unwrap_or(0)
}

/// Returns a carton with the ways it can be brought into a container: its
/// upright edge goes through the door, and one of the others.
fn admitted(carton: &Carton, room: &Room) -> Carton {
    let mut upright = carton.upright;
    for (up, allowed) in upright.iter_mut().enumerate() {
        let others = (0..3).filter(|&axis| axis != up).map(|axis| carton.size[axis]);
        let narrow = others.clone().min().unwrap_or(0);
        let wide = others.max().unwrap_or(0);
        let enters = carton.size[up] <= room.door[1] && narrow <= room.door[0];
        let stands = carton.size[up] <= room.size[2]
            && narrow <= room.size[0].min(room.size[1])
            && wide <= room.size[0].max(room.size[1]);
        *allowed &= enters && stands;
    }
    let light = room.payload.is_none_or(|most| carton.weight <= most);
    Carton { upright: upright.map(|allowed| allowed && light), ..carton.clone() }
}

fn total_volume(cartons: &[Carton], left: &[u32]) -> u64 {
    cartons.iter().zip(left).map(|(carton, &count)| carton.volume() * u64::from(count)).sum()
}

fn total_weight(cartons: &[Carton], left: &[u32]) -> u64 {
    let of = |(carton, &count): (&Carton, &u32)| carton.weight.saturating_mul(u64::from(count));
    cartons.iter().zip(left).map(of).fold(0, u64::saturating_add)
}

/// Returns the fewest containers that could do: the largest room and the
/// greatest payload, for the whole volume and weight.
fn least(cartons: &[Carton], left: &[u32], rooms: &[Room]) -> u64 {
    let volume = total_volume(cartons, left);
    let weight = total_weight(cartons, left);
    let largest = rooms.iter().map(Room::volume).max().unwrap_or(1).max(1);
    let strongest =
        rooms.iter().map(|room| room.payload.unwrap_or(u64::MAX)).max().unwrap_or(u64::MAX);
    volume.div_ceil(largest).max(weight.div_ceil(strongest.max(1)))
}

/// Returns everything in the largest unit that divides all edges, and that
/// unit: tables of lengths become short.
fn scaled(order: &Order<'_>) -> (u32, Vec<Carton>, Vec<Room>) {
    let edges = order.cartons.iter().flat_map(|carton| carton.size);
    let unit = edges.fold(0, gcd).max(1);
    let mut cartons = order.cartons.to_vec();
    for carton in &mut cartons {
        carton.size = carton.size.map(|edge| edge / unit);
    }
    let mut rooms = order.rooms.to_vec();
    for room in &mut rooms {
        room.size = room.size.map(|edge| edge / unit);
        room.door = room.door.map(|edge| edge / unit);
    }
    (unit, cartons, rooms)
}

fn gcd(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { gcd(other, one % other) }
}

#[cfg(test)]
mod tests {
    use super::between;

    #[test]
    fn bounds_may_meet_and_cross() {
        assert_eq!(between(100, 200), Some(150));
        assert_eq!(between(100, 101), None);
        assert_eq!(between(100, 100), None);
        assert_eq!(between(100, 90), None, "found within less than what was missed");
    }
}
