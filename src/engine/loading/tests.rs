//! What is loaded is loaded right: inside, apart, carried, in a pose that is
//! allowed, within the payload, in reach; and it is loaded well.

use proptest::prelude::*;

use super::*;

const MILLE: u64 = 10_000;

/// A carton in its place.
#[derive(Debug, Clone, Copy)]
struct Placed {
    at: [u32; 3],
    to: [u32; 3],
    carton: usize,
}

/// Unfolds stacks into single cartons.
fn placed(load: &Load) -> Vec<Placed> {
    let mut all = Vec::new();
    for stack in &load.stacks {
        for i in 0..stack.counts[0] {
            for j in 0..stack.counts[1] {
                for k in 0..stack.counts[2] {
                    let step = [i, j, k];
                    let at = [0, 1, 2].map(|axis| stack.at[axis] + step[axis] * stack.pose[axis]);
                    let to = [0, 1, 2].map(|axis| at[axis] + stack.pose[axis]);
                    all.push(Placed { at, to, carton: stack.carton });
                }
            }
        }
    }
    all
}

fn shared(one: &Placed, other: &Placed, axis: usize) -> u64 {
    let (from, to) = (one.at[axis].max(other.at[axis]), one.to[axis].min(other.to[axis]));
    u64::from(to.saturating_sub(from))
}

/// Checks a fleet against its order, by nothing but where cartons stand.
fn check(order: &Order<'_>, fleet: &Fleet) {
    let mut count = vec![0; order.cartons.len()];
    for load in &fleet.loads {
        let room = &order.rooms[load.room];
        let all = placed(load);
        let mut weight = 0;
        for one in &all {
            let carton = &order.cartons[one.carton];
            count[one.carton] += 1;
            weight += carton.weight;
            let size = [0, 1, 2].map(|axis| one.to[axis] - one.at[axis]);
            assert!((0..3).all(|axis| one.to[axis] <= room.size[axis]), "{one:?} sticks out");
            let stands = (0..3).any(|up| {
                let mut lying = carton.size.to_vec();
                let height = lying.remove(up);
                let turned = lying == size[..2] || (lying[0], lying[1]) == (size[1], size[0]);
                carton.upright[up] && height == size[2] && turned
            });
            assert!(stands, "{one:?} stands as it may not");
            let mut carried = 0;
            for other in &all {
                let plan = shared(one, other, 0) * shared(one, other, 1);
                let meets = plan > 0 && shared(one, other, 2) > 0;
                assert!(!meets || std::ptr::eq(one, other), "{one:?} is in {other:?}");
                carried += if other.to[2] == one.at[2] { plan } else { 0 };
            }
            let base = u64::from(size[0]) * u64::from(size[1]);
            let enough = carried * MILLE >= base * u64::from(order.support);
            assert!(one.at[2] == 0 || enough, "{one:?} hangs");
        }
        assert!(room.payload.is_none_or(|most| weight <= most), "{weight} is too heavy");
    }
    for (kind, carton) in order.cartons.iter().enumerate() {
        assert_eq!(count[kind] + fleet.left[kind] + fleet.misfits[kind], carton.quantity);
    }
}

fn carton(size: [u32; 3], upright: [bool; 3], quantity: u32) -> Carton {
    Carton { size, upright, quantity, weight: 0, tiers: None, bearing: None, stop: 0 }
}

fn room(size: [u32; 3]) -> Room {
    Room { size, door: [size[1], size[2]], payload: None }
}

fn run(cartons: &[Carton], rooms: &[Room], support: u32, nodes: u64) -> Fleet {
    let order = Order { cartons, rooms, support, limit: None };
    let fleet = load_all(&order, &Budget { nodes, time: None });
    check(&order, &fleet);
    fleet
}

const UPRIGHT: [bool; 3] = [false, false, true];

#[test]
fn as_many_of_one_size_go_in_as_a_person_gets_in() {
    for (size, upright, container, expected) in [
        ([60, 40, 40], [true; 3], [1203, 235, 269], 700),
        ([60, 40, 35], UPRIGHT, [1203, 235, 269], 770),
        ([58, 38, 30], UPRIGHT, [1203, 235, 269], 1008),
        ([60, 40, 35], UPRIGHT, [589, 235, 239], 318),
    ] {
        let cartons = [carton(size, upright, expected)];
        let fleet = run(&cartons, &[room(container)], WHOLE, 1_000);
        assert_eq!(fleet.loads.len(), 1, "{size:?}");
    }
}

/// Instances after the published recipe: edges of 30–120, 25–100 and 20–80 cm,
/// an edge may stand upright if the smallest of the others is more than half of
/// it, and kinds are drawn until the container's volume is reached.
fn instance(kinds: usize, seed: u64) -> (Room, Vec<Carton>) {
    let mut state = seed;
    let mut next = move |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut cartons = Vec::new();
    for _ in 0..kinds {
        let size = [30 + next(91) as u32, 25 + next(76) as u32, 20 + next(61) as u32];
        let upright = [0, 1, 2].map(|up| {
            let others = (0..3).filter(|&axis| axis != up).map(|axis| size[axis]);
            size[up] < 2 * others.min().unwrap()
        });
        cartons.push(carton(size, upright, 1));
    }
    let container = room([587, 233, 220]);
    let volume = |cartons: &[Carton]| -> u64 {
        cartons.iter().map(|one| one.volume() * u64::from(one.quantity)).sum()
    };
    loop {
        let kind = next(kinds as u64) as usize;
        cartons[kind].quantity += 1;
        if volume(&cartons) > container.volume() {
            cartons[kind].quantity -= 1;
            return (container, cartons);
        }
    }
}

#[test]
fn a_container_of_mixed_cartons_is_filled_well() {
    let mut shares = Vec::new();
    for (kinds, seed) in [(3, 11), (8, 12), (20, 13)] {
        let (container, cartons) = instance(kinds, seed);
        let fleet = run(&cartons, &[container], WHOLE, 400);
        shares.push(fleet.loads[0].volume() * 1_000 / container.volume());
    }
    let mean = shares.iter().sum::<u64>() / shares.len() as u64;
    assert!(mean >= 880, "{shares:?}");
}

#[test]
fn less_support_is_used_and_never_less_than_asked() {
    let (container, cartons) = instance(5, 7);
    for support in [0, 8_000, 9_500] {
        run(&cartons, &[container], support, 120);
    }
}

#[test]
fn tiers_bearing_and_payload_hold() {
    let mut low = carton([60, 40, 40], UPRIGHT, 200);
    (low.tiers, low.weight) = (Some(2), 10_000);
    let fleet = run(&[low], &[room([1200, 240, 260])], WHOLE, 100);
    let all = fleet.loads.iter().flat_map(placed).map(|one| one.at[2]).max();
    assert_eq!(all, Some(40), "two tiers");

    let mut weak = carton([60, 40, 40], UPRIGHT, 200);
    (weak.bearing, weak.weight) = (Some(25_000), 10_000);
    let fleet = run(&[weak], &[room([1200, 240, 260])], WHOLE, 100);
    let all = fleet.loads.iter().flat_map(placed).map(|one| one.at[2]).max();
    assert_eq!(all, Some(80), "25 kg bear two of 10 kg");

    let mut heavy = carton([60, 40, 40], UPRIGHT, 100);
    heavy.weight = 30_000;
    let container = Room { payload: Some(1_000_000), ..room([1200, 240, 260]) };
    let fleet = run(&[heavy], &[container], WHOLE, 100);
    assert_eq!((fleet.loads.len(), fleet.least), (4, 3), "33 in each of four");
}

#[test]
fn what_is_unloaded_first_stands_free_before_the_door() {
    let mut first = carton([60, 40, 40], UPRIGHT, 60);
    first.stop = 0;
    let mut second = carton([50, 40, 30], UPRIGHT, 80);
    second.stop = 1;
    let cartons = [first, second];
    let fleet = run(&cartons, &[room([590, 235, 239])], WHOLE, 150);
    let all: Vec<Placed> = fleet.loads.iter().take(1).flat_map(placed).collect();
    for one in all.iter().filter(|one| one.carton == 0) {
        for other in all.iter().filter(|other| other.carton == 1) {
            let shadow = shared(one, other, 1) > 0 && shared(one, other, 2) > 0;
            assert!(!shadow || other.at[0] < one.to[0], "{other:?} blocks {one:?}");
            let above =
                shared(one, other, 0) * shared(one, other, 1) > 0 && other.at[2] >= one.to[2];
            assert!(!above, "{other:?} stands on {one:?}");
        }
    }
}

#[test]
fn the_smallest_container_that_takes_all_is_taken() {
    let (small, large) = (room([590, 235, 239]), room([1203, 235, 269]));
    let few = [carton([60, 40, 40], [true; 3], 100)];
    let fleet = run(&few, &[large, small], WHOLE, 100);
    assert_eq!(fleet.loads.iter().map(|load| load.room).collect::<Vec<_>>(), [1]);
    let many = [carton([60, 40, 40], [true; 3], 1_500)];
    let fleet = run(&many, &[small, large], WHOLE, 200);
    assert_eq!(fleet.loads.iter().map(|load| load.room).collect::<Vec<_>>(), [1, 1, 0]);
    // In steps of 20, which all edges are, 60 × 11 × 13 of the large one count.
    assert_eq!(fleet.least, 3);
}

#[test]
fn what_goes_through_no_door_is_said() {
    let long = carton([300, 250, 250], [true; 3], 2);
    let fleet = run(&[long], &[room([590, 235, 239])], WHOLE, 10);
    assert_eq!((fleet.loads.len(), fleet.misfits[0]), (0, 2));
    let low_door = Room { door: [234, 227], ..room([590, 235, 239]) };
    let tall = carton([60, 60, 230], UPRIGHT, 1);
    assert_eq!(run(std::slice::from_ref(&tall), &[low_door], WHOLE, 10).misfits[0], 1);
    let lying = Carton { upright: [true; 3], ..tall };
    assert_eq!(run(&[lying], &[low_door], WHOLE, 10).misfits[0], 0);
}

#[test]
fn a_load_with_room_to_spare_stands_at_the_front_wall() {
    let cartons = [carton([60, 40, 40], UPRIGHT, 60)];
    let fleet = run(&cartons, &[room([1200, 240, 240])], WHOLE, 200);
    let end = placed(&fleet.loads[0]).iter().map(|one| one.to[0]).max().unwrap();
    assert!(end <= 160, "{end}");
}

#[test]
fn walls_hold_every_carton_and_nothing_is_walled_in() {
    let (container, cartons) = instance(8, 5);
    let fleet = run(&cartons, &[container], WHOLE, 150);
    let load = &fleet.loads[0];
    let rows: Vec<Stack> = walls(&load.stacks).into_iter().flat_map(|wall| wall.rows).collect();
    let count = |stacks: &[Stack]| stacks.iter().map(Stack::cartons).sum::<u32>();
    assert_eq!(count(&rows), count(&load.stacks));
    for (at, row) in rows.iter().enumerate() {
        for later in &rows[at + 1..] {
            let meets =
                |axis: usize| row.at[axis] < later.to()[axis] && later.at[axis] < row.to()[axis];
            let below = later.to()[2] <= row.at[2] && meets(0) && meets(1);
            assert!(!below, "{later:?} belongs under {row:?}");
            let behind = later.to()[0] <= row.at[0] && meets(1) && meets(2);
            assert!(!behind, "{later:?} belongs behind {row:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_load_is_right(
        kinds in prop::collection::vec(
            (prop::array::uniform3(1u32..40), prop::array::uniform3(any::<bool>()), 1u32..12, 0u64..400, prop::option::of(1u32..4)),
            1..6,
        ),
        container in prop::array::uniform3(20u32..80),
        support in prop::sample::select(vec![0u32, 7_500, 10_000]),
    ) {
        let cartons: Vec<Carton> = kinds
            .into_iter()
            .map(|(size, upright, quantity, weight, tiers)| {
                let upright = if upright == [false; 3] { [false, false, true] } else { upright };
                Carton { size, upright, quantity, weight, tiers, bearing: None, stop: 0 }
            })
            .collect();
        let container = Room { payload: Some(3_000), ..room(container) };
        run(&cartons, &[container], support, 40);
    }
}
