//! The worked numbers of the trade, and laws that hold for any lists.

mod properties;

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::allocate::{Coming, Demand, Due, Pool, Ready, allocate};
use super::order::Rule;
use super::shortage::{Supply, purchase, shortage};
use super::{Convention, Explosion, Graph, ItemId, Order, StructId, check};
use crate::location::{CellRef, Location, SheetId};
use crate::records::Item;
use crate::records::bom::{Alternate, Bom, BomLine, Columns, Head, Rate, SupplyType};

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(row: u32) -> Location {
    let id = SheetId { path: "清单.xlsx".into(), sheet: Some("1".into()) };
    Location::new(&Arc::new(id), CellRef::new(row, 0))
}

fn coded(code: &str) -> Item {
    Item { code: Some(code.into()), ..Item::default() }
}

/// Makes a line: level, code, use, loss in per cent.
fn line(
    row: usize,
    level: u32,
    parent: Option<usize>,
    code: &str,
    usage: &str,
    loss: &str,
) -> BomLine {
    BomLine {
        item: coded(code),
        unit: Some("个".into()),
        level,
        parent,
        jumps: false,
        usage: Some(dec(usage)),
        base: Decimal::ONE,
        loss: Rate { share: dec(loss) / Decimal::ONE_HUNDRED, doubt: None },
        warp: Rate::default(),
        weft: Rate::default(),
        total: None,
        on_hand: None,
        supply: SupplyType::Unknown,
        supplier: None,
        alternate: Alternate::None,
        placement: None,
        unit_price: None,
        order_multiple: None,
        minimum: None,
        width: None,
        actual_width: None,
        arrival: None,
        remark: None,
        at: at(u32::try_from(row).unwrap()),
    }
}

/// Makes a list out of `level code use loss%`, a line each.
fn bom(product: &str, text: &str) -> Bom {
    let mut lines: Vec<BomLine> = Vec::new();
    let mut above: Vec<(u32, usize)> = Vec::new();
    for (row, written) in text.split(';').map(str::trim).filter(|t| !t.is_empty()).enumerate() {
        let parts: Vec<&str> = written.split_whitespace().collect();
        let level: u32 = parts[0].parse().unwrap();
        while above.last().is_some_and(|(open, _)| *open >= level) {
            above.pop();
        }
        let parent = above.last().map(|(_, at)| *at);
        above.push((level, row));
        lines.push(line(row, level, parent, parts[1], parts[2], parts.get(3).unwrap_or(&"0")));
    }
    Bom {
        product: coded(product),
        product_at: at(0),
        variant: None,
        head: Head::default(),
        lines,
        columns: Columns::default(),
        sheet: at(0).sheet,
    }
}

fn graph(boms: &[Bom], convention: Convention) -> Graph {
    Graph::new(boms, &vec![convention; boms.len()])
}

/// Returns what so many of a product need, as `code=quantity`.
fn needs(graph: &Graph, root: StructId, quantity: &str) -> Vec<String> {
    let found = Explosion::new(graph).of(root);
    let show = |need: &super::Requirement| {
        let gross = super::tidy(need.per_unit * dec(quantity)).round_dp(2).normalize();
        format!("{}@{}={gross}", graph.items.get(need.item).label, need.level)
    };
    found.iter().map(show).collect()
}

#[test]
fn losses_add_or_divide_over_all_levels() {
    let lists = [bom("P", "1 A 2 2; 2 B 3 5; 1 B 1 5")];
    let added = graph(&lists, Convention::Additive);
    assert_eq!(needs(&added, added.roots[0], "500"), ["A@1=1020", "B@2=3738"]);
    let divided = graph(&lists, Convention::Divisive);
    assert_eq!(needs(&divided, divided.roots[0], "500"), ["A@1=1020.41", "B@2=3748.66"]);
}

#[test]
fn shrinkage_and_base_quantities_count() {
    let mut list = bom("K5199", "1 FB 1.35 3; 1 CT 1");
    list.lines[0].warp = Rate { share: dec("0.04"), doubt: None };
    list.lines[1].base = dec("24");
    let added = graph(std::slice::from_ref(&list), Convention::Additive);
    assert_eq!(needs(&added, added.roots[0], "1200"), ["FB@1=1735.34", "CT@1=50"]);
    let divided = graph(std::slice::from_ref(&list), Convention::Divisive);
    assert_eq!(needs(&divided, divided.roots[0], "1200")[0], "FB@1=1739.69");
    list.lines[0].warp = Rate::default();
    let plain = graph(&[list], Convention::Additive);
    assert_eq!(needs(&plain, plain.roots[0], "1200")[0], "FB@1=1668.6");
}

#[test]
fn phantoms_pass_their_need_through_and_count_as_a_level() {
    let mut list = bom("P", "1 PACK 1; 2 BAG 1 2; 1 BOX 1");
    list.lines[0].supply = SupplyType::Phantom;
    let graph = graph(&[list], Convention::Additive);
    assert_eq!(needs(&graph, graph.roots[0], "100"), ["BAG@2=102", "BOX@1=100"]);
}

#[test]
fn lists_are_followed_into_other_lists_and_bought_items_are_not() {
    let mut lists = [bom("P", "1 A 2; 1 C 1"), bom("A", "1 B 3"), bom("C", "1 D 1")];
    lists[0].lines[1].supply = SupplyType::Bought;
    let graph = graph(&lists, Convention::Additive);
    assert_eq!(needs(&graph, graph.roots[0], "10"), ["A@1=20", "C@1=10", "B@2=60"]);
    let levels = graph.low_levels();
    let level = |code: &str| levels[graph.items.find(&coded(code)).unwrap().index()];
    assert_eq!([level("P"), level("A"), level("B"), level("C"), level("D")], [0, 1, 2, 1, 1]);
}

#[test]
fn a_loop_is_found_at_the_line_that_closes_it_and_not_followed() {
    let lists = [bom("A", "1 B 1"), bom("B", "1 C 1; 1 X 2"), bom("C", "1 A 1")];
    let graph = graph(&lists, Convention::Additive);
    let [cycle] = graph.cycles.as_slice() else { panic!("{:?}", graph.cycles) };
    assert_eq!((cycle.line.bom, cycle.line.line), (2, 0));
    let path: Vec<&str> = cycle.path.iter().map(|item| &*graph.items.get(*item).label).collect();
    assert_eq!(path, ["A", "B", "C", "A"]);
    assert_eq!(needs(&graph, graph.roots[0], "1"), ["B@1=1", "C@2=1", "X@2=2"]);
    let within = [bom("P", "1 A 1; 2 B 1; 3 A 1")];
    let graph = super::tests::graph(&within, Convention::Additive);
    assert_eq!(graph.cycles.len(), 1);
}

#[test]
fn a_chain_of_many_thousand_levels_ends() {
    let lists: Vec<Bom> =
        (0..20_000).map(|at| bom(&format!("N{at}"), &format!("1 N{} 1", at + 1))).collect();
    let graph = graph(&lists, Convention::Additive);
    assert_eq!(Explosion::new(&graph).of(graph.roots[0]).len(), 20_000);
    assert_eq!(graph.low_levels().iter().max(), Some(&20_000));
}

#[test]
fn what_is_missing_is_bought_in_whole_packs() {
    let supply = |minimum: Option<&str>, multiple: Option<&str>| Supply {
        on_hand: dec("420"),
        allocated: dec("150"),
        safety_stock: dec("100"),
        coming: vec![Coming { due: Due::On(day("2026-11-05")), quantity: dec("600") }],
        minimum: minimum.map(dec),
        multiple: multiple.map(dec),
        given: false,
    };
    let lists = [bom("P", "1 M 1")];
    let graph = graph(&lists, Convention::Additive);
    let item = graph.items.find(&coded("M")).unwrap();
    let orders = [order(&graph, "O", "1669", Some("2026-11-09"), None)];
    let net = |supply: Supply| {
        let of: FxHashMap<ItemId, Supply> = [(item, supply)].into_iter().collect();
        let found = shortage(&graph, &orders, &of, Rule::Date);
        (found.items[0].net, found.items[0].purchase)
    };
    assert_eq!(net(supply(None, None)), (dec("899"), dec("899")));
    assert_eq!(net(supply(None, Some("50"))), (dec("899"), dec("900")));
    assert_eq!(net(supply(Some("1000"), Some("300"))), (dec("899"), dec("1200")));
    let given = Supply { given: true, ..supply(None, None) };
    assert_eq!(net(given).1, Decimal::ZERO);
    assert_eq!(purchase(Decimal::ZERO, &supply(Some("1000"), None)), Decimal::ZERO);
}

fn order(graph: &Graph, id: &str, quantity: &str, by: Option<&str>, rank: Option<u32>) -> Order {
    Order {
        id: id.into(),
        root: graph.roots[0],
        product: "P".into(),
        quantity: dec(quantity),
        needed_by: by.map(day),
        rank,
        customer: None,
        at: at(0),
    }
}

fn demand(order: usize, needed: &str, by: Option<&str>) -> Demand {
    Demand { order, needed: dec(needed), by: by.map(day) }
}

#[test]
fn main_customers_first_or_in_proportion() {
    let demands = [demand(0, "700", None), demand(1, "500", None)];
    let shares = |rule| {
        let mut pool = Pool::new(dec("1000"), Vec::new());
        let shares = allocate(&mut pool, &demands, rule);
        shares.iter().map(|share| share.allocated().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(shares(Rule::Date), ["700", "300"]);
    assert_eq!(shares(Rule::ProRata), ["583", "417"]);
}

#[test]
fn each_order_counts_what_comes_by_its_own_day() {
    let lists = [bom("P", "1 M 1")];
    let graph = graph(&lists, Convention::Additive);
    let item = graph.items.find(&coded("M")).unwrap();
    let orders = [
        order(&graph, "B", "100", Some("2026-11-16"), Some(2)),
        order(&graph, "A", "100", Some("2026-11-09"), Some(1)),
    ];
    let coming = |due, quantity: &str| Coming { due, quantity: dec(quantity) };
    let supply = Supply {
        on_hand: dec("30"),
        coming: vec![
            coming(Due::On(day("2026-11-12")), "150"),
            coming(Due::Overdue(day("2026-11-01")), "40"),
            coming(Due::Undated, "60"),
        ],
        ..Supply::default()
    };
    let of: FxHashMap<ItemId, Supply> = [(item, supply)].into_iter().collect();
    let found = shortage(&graph, &orders, &of, Rule::Date);
    let net = &found.items[0];
    assert_eq!(
        (net.gross, net.net, net.in_time, net.late),
        (dec("200"), dec("70"), dec("100"), dec("150"))
    );
    let ids: Vec<&str> = found.orders.iter().map(|net| &*orders[net.order].id).collect();
    assert_eq!(ids, ["A", "B"]);
    let (first, second) = (&found.orders[0], &found.orders[1]);
    assert_eq!((first.enough, first.buildable, first.ready), (false, dec("30"), Ready::Never));
    assert_eq!((second.enough, second.ready), (true, Ready::On(day("2026-11-12"))));
}

#[test]
fn ready_made_parts_need_no_parts_of_their_own() {
    let lists = [bom("P", "1 A 1; 2 B 2")];
    let graph = graph(&lists, Convention::Additive);
    let id = |code: &str| graph.items.find(&coded(code)).unwrap();
    let supply = Supply { on_hand: dec("40"), ..Supply::default() };
    let of: FxHashMap<ItemId, Supply> = [(id("A"), supply)].into_iter().collect();
    let orders = [order(&graph, "1", "30", None, None), order(&graph, "2", "30", None, None)];
    let found = shortage(&graph, &orders, &of, Rule::Date);
    let gross: Vec<_> = found.items.iter().map(|net| (net.item, net.gross)).collect();
    assert_eq!(gross, [(id("B"), dec("40"))]);
    let taken: Vec<_> = found.assemblies.iter().map(|one| (one.order, one.ready_made)).collect();
    assert_eq!(taken, [(0, dec("30")), (1, dec("10"))]);
}

#[test]
fn ready_made_parts_count_for_the_sets_that_can_be_built() {
    // Of 600, 120 seats are ready; wire for 150 / 1.89 = 79.4 more.
    let lists = [bom("P", "1 SEAT 1; 2 WIRE 1.8 5; 1 SHADE 1")];
    let graph = graph(&lists, Convention::Additive);
    let id = |code: &str| graph.items.find(&coded(code)).unwrap();
    let stock = |quantity: &str| Supply { on_hand: dec(quantity), ..Supply::default() };
    let of: FxHashMap<ItemId, Supply> =
        [(id("SEAT"), stock("120")), (id("WIRE"), stock("150")), (id("SHADE"), stock("700"))]
            .into_iter()
            .collect();
    let orders = [order(&graph, "1", "600", None, None)];
    let found = shortage(&graph, &orders, &of, Rule::Date);
    assert_eq!(found.orders[0].buildable, dec("199"));
}

#[test]
fn a_substitute_covers_what_is_short_and_is_told() {
    let mut list = bom("P", "1 M 1; 1 S 2");
    list.lines[1].alternate = Alternate::Of(0);
    let graph = graph(&[list], Convention::Additive);
    let id = |code: &str| graph.items.find(&coded(code)).unwrap();
    let stock = |quantity: &str| Supply { on_hand: dec(quantity), ..Supply::default() };
    let of: FxHashMap<ItemId, Supply> =
        [(id("M"), stock("60")), (id("S"), stock("50"))].into_iter().collect();
    let found = shortage(&graph, &[order(&graph, "1", "100", None, None)], &of, Rule::Date);
    let [net] = found.items.as_slice() else { panic!("{:?}", found.items) };
    assert_eq!((net.net, net.substituted), (dec("15"), dec("25")));
    let [one] = found.replacements.as_slice() else { panic!() };
    assert_eq!((one.by, one.covers, one.taken), (id("S"), dec("25"), dec("50")));
    assert!(!found.orders[0].enough);
}

#[test]
fn totals_tell_how_losses_are_meant() {
    let mut list = bom("P", "1 A 1 5; 1 B 2 10");
    list.head.quantity = Some(crate::location::Located { value: dec("1000"), at: at(0) });
    let mut said = |a: &str, b: &str| {
        list.lines[0].total = Some(dec(a));
        list.lines[1].total = Some(dec(b));
        check::convention(&list)
    };
    assert_eq!(said("1052.63", "2222.22"), Some(Convention::Divisive));
    assert_eq!(said("1050", "2200"), Some(Convention::Additive));
    assert_eq!(said("1", "2"), None);
    list.lines[0].total = Some(dec("1050"));
    list.lines[1].total = Some(dec("2000.5"));
    let wrong = check::totals(&list, Convention::Additive);
    assert_eq!(wrong.len(), 1);
    assert_eq!(wrong[0].at, Some(at(1)));
}
