//! Trips of trucks have no waybill: the truck and the day name them, and where
//! it went, if it went out twice that day.

use std::sync::Arc;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::sides::Sides;
use crate::engine::matching::sides::Both;
use crate::text::fold;

/// Gives trips that have no number the key by which both sides find each
/// other; a trip that is not the only one of its name gets none.
pub(super) fn name_trips(sides: &mut Sides) {
    let left = sides.left.iter().zip(&sides.billed).map(|(entry, billed)| {
        let line = &billed.line;
        let free = billed.keys.is_empty();
        Trip::of(
            free,
            &entry.party,
            line.vehicle.as_deref(),
            line.date,
            line.destination.as_deref(),
        )
    });
    let left: Vec<Option<Trip>> = left.collect();
    let right = sides.right.iter().zip(&sides.logged).map(|(entry, logged)| {
        let line = &logged.line;
        let free = logged.keys.is_empty();
        Trip::of(
            free,
            &entry.party,
            line.vehicle.as_deref(),
            line.date,
            line.destination.as_deref(),
        )
    });
    let right: Vec<Option<Trip>> = right.collect();
    let by_day = Names::of(&left, &right, Trip::by_day);
    let by_place = Names::of(&left, &right, Trip::by_place);
    let key = |trip: &Option<Trip>| {
        let trip = trip.as_ref()?;
        [(&by_day, trip.by_day()), (&by_place, trip.by_place())]
            .into_iter()
            .find_map(|(names, name)| names.is_only(&name).then_some(name))
    };
    for (billed, trip) in sides.billed.iter_mut().zip(&left) {
        billed.keys.extend(key(trip));
    }
    for (logged, trip) in sides.logged.iter_mut().zip(&right) {
        logged.keys.extend(key(trip));
    }
}

/// A trip without a number.
struct Trip {
    carrier: Arc<str>,
    truck: String,
    day: NaiveDate,
    place: String,
}

impl Trip {
    fn of(
        free: bool,
        carrier: &Arc<str>,
        truck: Option<&str>,
        day: Option<NaiveDate>,
        place: Option<&str>,
    ) -> Option<Self> {
        let truck = fold(truck.filter(|_| free)?);
        let place = place.map(fold).unwrap_or_default();
        (!truck.is_empty())
            .then(|| Some(Self { carrier: Arc::clone(carrier), truck, day: day?, place }))?
    }

    fn by_day(&self) -> String {
        format!("{}@{}@{}", self.carrier, self.truck, self.day)
    }

    fn by_place(&self) -> String {
        format!("{}@{}", self.by_day(), self.place)
    }
}

/// How often each side uses a name.
struct Names(FxHashMap<String, Both<usize>>);

impl Names {
    fn of(left: &[Option<Trip>], right: &[Option<Trip>], name: fn(&Trip) -> String) -> Self {
        let mut names: FxHashMap<String, Both<usize>> = FxHashMap::default();
        for trip in left.iter().flatten() {
            names.entry(name(trip)).or_insert(Both { left: 0, right: 0 }).left += 1;
        }
        for trip in right.iter().flatten() {
            names.entry(name(trip)).or_insert(Both { left: 0, right: 0 }).right += 1;
        }
        Self(names)
    }

    /// Whether no side uses a name twice.
    fn is_only(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|uses| uses.left <= 1 && uses.right <= 1)
    }
}
