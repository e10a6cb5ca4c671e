//! What holds for whatever lists, stock and orders there are.

use proptest::prelude::*;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::*;

/// What one of an item needs, worked out by plain recursion.
fn naive(lists: &[Bom], product: &str, quantity: Decimal, into: &mut FxHashMap<String, Decimal>) {
    let Some(list) = lists.iter().find(|list| list.product.code.as_deref() == Some(product)) else {
        return;
    };
    for line in &list.lines {
        let code = line.item.code.as_deref().unwrap();
        let needed = quantity * line.usage.unwrap() * (Decimal::ONE + line.loss.share);
        *into.entry(code.to_owned()).or_default() += needed;
        naive(lists, code, needed, into);
    }
}

prop_compose! {
    /// Lists of items 0..n in which every item uses only later ones.
    fn layered()(
        lines in prop::collection::vec((0_usize..12, 1_usize..12, 1_u32..5, 0_u32..6), 1..40)
    ) -> Vec<Bom> {
        let mut text: FxHashMap<usize, String> = FxHashMap::default();
        for (parent, step, usage, loss) in lines {
            let own = text.entry(parent).or_default();
            own.push_str(&format!("1 I{} {usage} {loss};", parent + step));
        }
        let mut made: Vec<_> = text.into_iter().collect();
        made.sort_by_key(|(parent, _)| *parent);
        made.into_iter().map(|(parent, text)| bom(&format!("I{parent}"), &text)).collect()
    }
}

prop_compose! {
    fn demands()(
        needed in prop::collection::vec((1_u32..500, prop::option::of(1_u32..28)), 1..12)
    ) -> Vec<Demand> {
        let by = |day: u32| NaiveDate::from_ymd_opt(2026, 11, day);
        let mut demands: Vec<Demand> = needed
            .into_iter()
            .enumerate()
            .map(|(order, (needed, day))| Demand { order, needed: needed.into(), by: day.and_then(by) })
            .collect();
        demands.sort_by_key(|demand| demand.by.unwrap_or(NaiveDate::MAX));
        demands
    }
}

fn coming(parts: &[(u32, Option<u32>)]) -> Vec<Coming> {
    let due = |day: Option<u32>| {
        day.and_then(|day| NaiveDate::from_ymd_opt(2026, 11, day)).map_or(Due::Undated, Due::On)
    };
    parts
        .iter()
        .map(|(quantity, day)| Coming { due: due(*day), quantity: (*quantity).into() })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn explosion_is_plain_recursion(lists in layered()) {
        let graph = graph(&lists, Convention::Additive);
        prop_assert!(graph.cycles.is_empty());
        for (at, list) in lists.iter().enumerate() {
            let mut expected = FxHashMap::default();
            naive(&lists, list.product.code.as_deref().unwrap(), Decimal::ONE, &mut expected);
            let found = Explosion::new(&graph).of(graph.roots[at]);
            prop_assert_eq!(found.len(), expected.len());
            for need in &*found {
                let code = graph.items.get(need.item).label.to_string();
                let gap = (need.per_unit - expected[&code]).abs();
                prop_assert!(gap <= need.per_unit * Decimal::new(1, 20), "{} {:?}", code, need);
            }
        }
    }

    #[test]
    fn what_can_be_built_is_the_most_that_is_enough(
        lists in layered(),
        stock in prop::collection::vec(prop::sample::select(vec![0_u32, 0, 3, 40, 900]), 24),
        quantity in 1_u32..40,
    ) {
        let graph = graph(&lists, Convention::Additive);
        let of: FxHashMap<ItemId, Supply> = stock.iter().enumerate().filter_map(|(at, there)| {
            let item = graph.items.find(&coded(&format!("I{at}")))?;
            Some((item, Supply { on_hand: (*there).into(), ..Supply::default() }))
        }).collect();
        let net = |sets: u32| {
            let orders = [order(&graph, "1", &sets.to_string(), None, None)];
            shortage(&graph, &orders, &of, Rule::Date).orders[0].clone()
        };
        let most = (0..=quantity).rev().find(|sets| *sets == 0 || net(*sets).enough);
        prop_assert_eq!(net(quantity).buildable, most.unwrap().into());
    }

    #[test]
    fn never_more_is_given_than_there_is(
        demands in demands(),
        stock in 0_u32..600,
        parts in prop::collection::vec((1_u32..300, prop::option::of(1_u32..28)), 0..5),
        rule in prop::sample::select(vec![Rule::Date, Rule::Rank, Rule::ProRata]),
    ) {
        let mut pool = Pool::new(stock.into(), coming(&parts));
        let there = pool.available(None);
        let shares = allocate(&mut pool, &demands, rule);
        prop_assert_eq!(shares.len(), demands.len());
        let given: Decimal = shares.iter().map(|share| share.allocated()).sum();
        prop_assert!(given <= there);
        let from_stock: Decimal = shares.iter().map(|share| share.from_stock).sum();
        prop_assert!(from_stock <= stock.into());
        for share in &shares {
            prop_assert!(share.allocated() >= Decimal::ZERO && share.short() >= Decimal::ZERO);
            // What comes after a day is never counted for it, alone or together.
            let early: Decimal = shares.iter()
                .filter(|other| other.demand.by.unwrap_or(NaiveDate::MAX) <= share.demand.by.unwrap_or(NaiveDate::MAX))
                .map(|other| other.allocated())
                .sum();
            let fresh = Pool::new(stock.into(), coming(&parts));
            prop_assert!(early <= fresh.available(share.demand.by));
        }
    }

    #[test]
    fn a_better_rank_never_gets_less(
        needs in prop::collection::vec((1_u32..400, 1_u32..4, 1_u32..6), 2..8),
        stock in 0_u32..900,
        who in any::<prop::sample::Index>(),
        rule in prop::sample::select(vec![Rule::Date, Rule::Rank]),
    ) {
        let lists = [bom("P", "1 M 1")];
        let graph = graph(&lists, Convention::Additive);
        let item = graph.items.find(&coded("M")).unwrap();
        let who = who.index(needs.len());
        let got = |better: bool| {
            let orders: Vec<Order> = needs.iter().enumerate().map(|(at, (quantity, rank, by))| {
                let rank = if better && at == who { 0 } else { *rank };
                let by = format!("2026-11-{:02}", by + 10);
                order(&graph, &at.to_string(), &quantity.to_string(), Some(&by), Some(rank))
            }).collect();
            let supply = Supply { on_hand: stock.into(), ..Supply::default() };
            let of: FxHashMap<ItemId, Supply> = [(item, supply)].into_iter().collect();
            let found = shortage(&graph, &orders, &of, rule);
            found.items[0].shares.iter().find(|share| share.demand.order == who).unwrap().allocated()
        };
        prop_assert!(got(true) >= got(false));
    }
}

/// A thousand orders over fifty thousand lines in ten levels.
#[test]
fn a_large_base_is_netted_in_linear_time() {
    let mut lists: Vec<Bom> = Vec::new();
    for level in 0..10_u32 {
        for part in 0..100_u32 {
            let text: String = (0..50)
                .map(|line| format!("1 L{}-{} 1 1;", level + 1, (part * 7 + line * 3) % 100))
                .collect();
            lists.push(bom(&format!("L{level}-{part}"), &text));
        }
    }
    assert_eq!(lists.iter().map(|list| list.lines.len()).sum::<usize>(), 50_000);
    for list in &mut lists {
        list.lines.iter_mut().for_each(|line| line.usage = Some(dec("0.02")));
    }
    let graph = graph(&lists, Convention::Additive);
    let orders: Vec<Order> = (0..1_000)
        .map(|at| Order {
            root: graph.roots[at % 100],
            ..order(&graph, &at.to_string(), "10", None, None)
        })
        .collect();
    let found = shortage(&graph, &orders, &FxHashMap::default(), Rule::Date);
    assert_eq!(found.orders.len(), 1_000);
    assert_eq!(found.items.len(), 100);
}
