//! The laws of packing, over generated orders.

use super::bound::lower_bound;
use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::lot::{
    CartonType, Lot, LotLine, Method, Mixing, OddLimit, PerCarton, PieceFacts, Rules,
};
use super::numbers::faults;
use super::plan::{Plan, Problem};
use super::tails::{Rest, pack};
use super::weighings::Weighings;
use super::{CartonKind, CartonRange};

/// Plans cartons that nobody weighed.
fn plan(lots: &[Lot], earlier: &[CartonRange]) -> Plan {
    super::plan::plan(lots, earlier, &mut Weighings::of(&[], true, str::to_owned))
}

/// A small generator, so that every run sees the same blocks.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// The usual way: the largest first, each into the fullest carton with room.
fn best_fit_decreasing(fills: &[u64], capacity: u64) -> usize {
    let mut sorted = fills.to_vec();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let mut cartons: Vec<u64> = Vec::new();
    for fill in sorted {
        match cartons.iter_mut().filter(|full| **full + fill <= capacity).max() {
            Some(full) => *full += fill,
            None => cartons.push(fill),
        }
    }
    cartons.len()
}

/// Another exact search: can the fills go into `cartons` cartons at all?
fn fits(fills: &[u64], room: &mut Vec<u64>) -> bool {
    let Some((&first, others)) = fills.split_first() else { return true };
    let mut tried = Vec::new();
    for at in 0..room.len() {
        if room[at] < first || tried.contains(&room[at]) {
            continue;
        }
        tried.push(room[at]);
        room[at] -= first;
        let fit = fits(others, room);
        room[at] += first;
        if fit {
            return true;
        }
    }
    false
}

#[test]
fn remainders_take_the_fewest_cartons_and_it_is_proved() {
    let mut dice = Dice(20_261_103);
    let (mut closed, blocks) = (0_u32, 5_000_u32);
    for _ in 0..blocks {
        let capacity = 12 + dice.roll(49);
        let sizes = 1 + dice.roll(15);
        let fills: Vec<u64> = (0..sizes).map(|_| 1 + dice.roll(capacity - 1)).collect();
        let rests: Vec<Rest> = (0..)
            .zip(&fills)
            .map(|(size, &fill)| Rest { fill, style: 0, colour: 0, size })
            .collect();
        let packed = pack(&rests, capacity);
        let mut all: Vec<usize> = packed.cartons.iter().flatten().copied().collect();
        all.sort_unstable();
        assert_eq!(all, (0..fills.len()).collect::<Vec<_>>(), "every rest once");
        for carton in &packed.cartons {
            assert!(carton.iter().map(|&at| fills[at]).sum::<u64>() <= capacity);
        }
        assert!(packed.lower >= lower_bound(&fills, capacity));
        assert!(packed.cartons.len() <= best_fit_decreasing(&fills, capacity));
        let mut sorted = fills.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let fewer = packed.cartons.len() - 1;
        let may =
            lower_bound(&fills, capacity) <= fewer && fits(&sorted, &mut vec![capacity; fewer]);
        assert!(!may, "{fills:?} of {capacity} fit {fewer} cartons");
        closed += u32::from(packed.lower == packed.cartons.len());
    }
    assert_eq!(closed, blocks, "every block is proved");
}

fn text(text: impl Into<String>) -> Option<Arc<str>> {
    Some(Arc::from(text.into()))
}

fn lot(po: &str, colour: &str, rules: Rules, sizes: &[(&str, u64, PieceFacts)]) -> Lot {
    let line = |&(size, pieces, facts): &(&str, u64, PieceFacts)| LotLine {
        size: text(size),
        pieces,
        facts,
        at: None,
    };
    Lot {
        po: text(po),
        destination: None,
        style: text("K1"),
        colour: text(colour),
        rules,
        lines: sizes.iter().map(line).collect(),
    }
}

fn holds(pieces: &str) -> PieceFacts {
    PieceFacts { per_carton: PerCarton::of(pieces.parse().unwrap()), ..PieceFacts::default() }
}

/// Cartons as a reader would write them: numbers, kind, pieces by size.
fn shown(plan: &Plan) -> Vec<String> {
    let carton = |range: &CartonRange| {
        let contents: Vec<String> = range
            .contents
            .iter()
            .map(|one| format!("{}{}", one.size.as_deref().unwrap_or("-"), one.pieces.normalize()))
            .collect();
        format!("{}-{} {:?} {}", range.from, range.to, range.kind, contents.join(" "))
    };
    plan.cartons.iter().map(carton).collect()
}

#[test]
fn solid_cartons_come_first_and_whole_rests_share_the_fewest() {
    let cap = holds("24");
    let sizes = [("S", 103, cap), ("M", 200, cap), ("L", 205, cap), ("XL", 98, cap)];
    let plan = plan(&[lot("1", "a", Rules::default(), &sizes)], &[]);
    assert_eq!(
        shown(&plan),
        [
            "1-4 Solid S24",
            "5-12 Solid M24",
            "13-20 Solid L24",
            "21-24 Solid XL24",
            "25-25 Mixed S7 XL2",
            "26-26 Mixed M8 L13",
        ]
    );
    assert_eq!((plan.bounds[0].cartons, plan.bounds[0].lower), (26, 26));
}

#[test]
fn a_ratio_ends_with_its_scarcest_size_and_the_rest_is_mixed() {
    let of = |in_ratio| PieceFacts { in_ratio: Some(in_ratio), ..holds("24") };
    let rules = Rules { method: Method::Ratio, ..Rules::default() };
    let sizes = [("S", 103, of(1)), ("M", 200, of(2)), ("L", 205, of(2)), ("XL", 98, of(1))];
    let plan = plan(&[lot("1", "a", rules, &sizes)], &[]);
    assert_eq!(shown(&plan)[0], "1-24 Ratio S4 M8 L8 XL4");
    assert_eq!(plan.cartons.len(), 3);
    assert_eq!(plan.bounds[0].cartons, 26);
}

#[test]
fn fractions_and_pieces_of_several_cartons_come_out_whole() {
    let sizes = [("A", 11, holds("2.5")), ("B", 3, holds("0.5"))];
    let plan = plan(&[lot("1", "a", Rules::default(), &sizes)], &[]);
    assert_eq!(shown(&plan), ["1-4 Solid A2.5", "5-10 Solid B0.5", "11-11 Solid A1"]);
}

#[test]
fn what_is_too_heavy_is_named_and_what_is_too_little_is_topped_up() {
    let heavy = PieceFacts {
        grams: Some(16_000.into()),
        carton: CartonType { outer: None, tare: Some(Decimal::ONE) },
        ..holds("24")
    };
    let rules = Rules { max_gross: Some(15.into()), ..Rules::default() };
    let over = plan(&[lot("1", "a", rules, &[("S", 24, heavy)])], &[]);
    assert!(matches!(over.problems[..], [Problem::OverWeight { carton: 0, .. }]), "{over:?}");
    let rules = Rules { minimum: Some(6), ..Rules::default() };
    let little = plan(&[lot("1", "a", rules, &[("S", 50, holds("24"))])], &[]);
    assert_eq!(shown(&little), ["1-1 Solid S24", "2-2 Solid S20", "3-3 Solid S6"]);
    assert!(little.problems.is_empty());
}

#[test]
fn numbers_of_printed_labels_stay_when_the_order_grows() {
    let cap = holds("24");
    let before = plan(&[lot("1", "a", Rules::default(), &[("S", 50, cap), ("M", 48, cap)])], &[]);
    assert_eq!(shown(&before), ["1-2 Solid S24", "3-4 Solid M24", "5-5 Solid S2"]);
    let lots = [lot("1", "a", Rules::default(), &[("S", 74, cap), ("M", 24, cap)])];
    let after = plan(&lots, &before.cartons);
    assert_eq!(shown(&after), ["1-2 Solid S24", "3-3 Solid M24", "4-4 Solid S24", "5-5 Solid S2"]);
    let fewer = plan(&[lot("1", "a", Rules::default(), &[("M", 48, cap)])], &before.cartons);
    assert_eq!(shown(&fewer), ["3-4 Solid M24"]);
    assert!(matches!(fewer.problems[..], [Problem::Void { from: 1, to: 2, .. }]));
}

#[test]
fn at_most_one_carton_of_an_order_is_odd() {
    let one = Rules {
        mixing: Mixing { colours: true, split: true, ..Mixing::default() },
        odd_limit: Some(OddLimit::Order),
        ..Rules::default()
    };
    let cap = holds("24");
    let colour = |name| lot("1", name, one, &[("S", 24 + 15, cap), ("M", 14, cap)]);
    let made = plan(&[colour("a"), colour("b")], &[]);
    // 58 pieces are left: two full cartons of several colours, and one.
    assert_eq!(
        shown(&made),
        [
            "1-1 Solid S24",
            "2-2 Mixed S15 M9",
            "3-3 Mixed M5 S15 M4",
            "4-4 Solid S24",
            "5-5 Solid M10",
        ]
    );
    let odd: Vec<bool> = made.cartons.iter().map(|range| range.odd).collect();
    assert_eq!(odd.iter().filter(|odd| **odd).count(), 1, "{made:?}");
    assert!(made.problems.is_empty() && made.bounds[0].lower == 5, "{made:?}");
    // What must stay whole or apart cannot keep to it: it is said.
    let whole = Rules { mixing: Mixing::default(), ..one };
    let apart = plan(&[lot("1", "a", whole, &[("S", 15, cap), ("M", 14, cap)])], &[]);
    assert!(matches!(apart.problems[..], [Problem::TooManyOdd { found: 2, .. }]), "{apart:?}");
}

#[test]
fn a_free_ratio_is_proved_by_what_its_pieces_fill() {
    let rules = |patterns| Rules { method: Method::Ratio, patterns, ..Rules::default() };
    let cap = holds("24");
    let sizes = [("S", 60, cap), ("M", 120, cap), ("L", 132, cap), ("XL", 72, cap)];
    for patterns in 1..4 {
        let made = plan(&[lot("1", "a", rules(patterns), &sizes)], &[]);
        let ratios = made.cartons.iter().filter(|range| range.kind == CartonKind::Ratio).count();
        assert!(ratios <= patterns, "{:?}", shown(&made));
        assert_eq!((made.bounds[0].cartons, made.bounds[0].lower), (16, 16), "{:?}", shown(&made));
    }
}

prop_compose! {
    fn a_lot(po: u8, colour: u8)(
        method in 0..3_u8,
        free in any::<bool>(),
        odd_limit in prop::option::of(prop::sample::select(vec![OddLimit::Order, OddLimit::Colour])),
        split in any::<bool>(),
        colours in any::<bool>(),
        sizes in prop::collection::vec((0..400_u64, 1..61_u64, 0..5_u64), 1..61),
    ) -> Lot {
        let line = |(at, (pieces, cap, in_ratio)): (usize, (u64, u64, u64))| LotLine {
            size: text(format!("s{at}")),
            pieces,
            facts: PieceFacts { in_ratio: Some(in_ratio).filter(|_| !free), ..holds(&cap.to_string()) },
            at: None,
        };
        Lot {
            po: text(format!("po{po}")),
            destination: None,
            style: text("K1"),
            colour: text(format!("c{colour}")),
            rules: Rules {
                method: [Method::Solid, Method::Ratio, Method::Mixed][usize::from(method)],
                mixing: Mixing { split, colours, ..Mixing::default() },
                odd_limit,
                patterns: 2,
                ..Rules::default()
            },
            lines: sizes.into_iter().enumerate().map(line).collect(),
        }
    }
}

/// Pieces by order, colour and size.
type Pieces = BTreeMap<(String, String, String), Decimal>;

fn ordered(lots: &[Lot]) -> Pieces {
    let name = |text: &Option<Arc<str>>| text.as_deref().unwrap_or_default().to_owned();
    let mut pieces = Pieces::new();
    for lot in lots {
        for line in lot.lines.iter().filter(|line| line.pieces > 0) {
            *pieces.entry((name(&lot.po), name(&lot.colour), name(&line.size))).or_default() +=
                Decimal::from(line.pieces);
        }
    }
    pieces
}

fn packed(cartons: &[CartonRange]) -> Pieces {
    let name = |text: &Option<Arc<str>>| text.as_deref().unwrap_or_default().to_owned();
    let mut pieces = Pieces::new();
    for range in cartons {
        for one in &range.contents {
            *pieces.entry((name(&one.po), name(&one.colour), name(&one.size))).or_default() +=
                one.pieces * Decimal::from(range.count());
        }
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn every_piece_is_packed_once_and_every_number_used_once(
        lots in prop::collection::vec((0..3_u8, 0..4_u8), 1..6).prop_flat_map(|keys| {
            keys.into_iter().map(|(po, colour)| a_lot(po, colour)).collect::<Vec<_>>()
        }),
    ) {
        let plan = plan(&lots, &[]);
        prop_assert_eq!(ordered(&lots), packed(&plan.cartons));
        for po in plan.bounds.iter().map(|bound| bound.po.clone()) {
            let own: Vec<&CartonRange> =
                plan.cartons.iter().filter(|range| range.po() == po.as_ref()).collect();
            prop_assert!(faults(&own).is_empty());
            prop_assert!(own.is_empty() || own[0].from == 1);
        }
        let cartons: u64 = plan.cartons.iter().map(|range| u64::from(range.count())).sum();
        let said: u64 = plan.bounds.iter().map(|bound| bound.cartons).sum();
        prop_assert_eq!(cartons, said);
        prop_assert!(plan.bounds.iter().all(|bound| bound.lower <= bound.cartons));
        let solid = plan.cartons.iter().filter(|range| range.kind == CartonKind::Solid);
        prop_assert!(solid.into_iter().all(|range| range.contents.len() == 1));
        let again = self::plan(&lots, &plan.cartons);
        prop_assert_eq!(&again.cartons, &plan.cartons, "made again it is the same");
    }
}
