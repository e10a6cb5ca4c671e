//! What holds for any two papers: nothing lost, the order of the rows does not
//! matter, swapped sides mirror the result, a clean month raises nothing, and
//! strangers change nothing.

use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::engine::entry::{DocumentNo, EntryType};
use crate::engine::matching::reconcile;
use crate::location::{CellRef, Location, SheetId};

/// One line of a note, as both papers should have it.
#[derive(Debug, Clone)]
struct Good {
    note: usize,
    item: usize,
    quantity: i64,
}

/// What happens to a line on its way to a paper.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Whole,
    LeftOut,
    Twice,
    Short(i64),
    Dearer(i64),
    NoNumber,
    OtherNumber(usize),
    OtherDay(i64),
}

const ITEMS: [(&str, i64); 8] = [
    ("斜纹布 150cm 藏青", 1860),
    ("斜纹布 150cm 黑色", 1890),
    ("口袋布 T/C", 535),
    ("里布 210T", 415),
    ("拉链 3# 45cm", 85),
    ("拉链 3# 50cm", 92),
    ("四眼扣 18L", 4),
    ("洗水唛", 5),
];

fn paper(party: &str, file: &str, goods: &[Good], fates: &[Fate]) -> Vec<Entry> {
    let sheet = Arc::new(SheetId { path: file.to_owned(), sheet: None });
    let mut entries = Vec::new();
    for (good, fate) in goods.iter().zip(fates) {
        let times = match fate {
            Fate::LeftOut => 0,
            Fate::Twice => 2,
            _ => 1,
        };
        for _ in 0..times {
            let at = Location::new(&sheet, CellRef::new(entries.len() as u32 + 4, 8));
            entries.push(line(party, good, *fate, at));
        }
    }
    entries
}

fn line(party: &str, good: &Good, fate: Fate, at: Location) -> Entry {
    let (item, price) = ITEMS[good.item];
    let quantity = match fate {
        Fate::Short(by) => good.quantity - by,
        _ => good.quantity,
    };
    let price = match fate {
        Fate::Dearer(by) => price + by,
        _ => price,
    };
    let (quantity, price) = (Decimal::from(quantity), Decimal::new(price, 2));
    let number = match fate {
        Fate::NoNumber => None,
        Fate::OtherNumber(digit) => Some(slipped(good.note, digit)),
        _ => Some(format!("HJ2610{:04}", good.note * 37 + 11)),
    };
    let day = match fate {
        Fate::OtherDay(by) => by,
        _ => 0,
    };
    Entry {
        party: Arc::from(party),
        entry_type: EntryType::Goods,
        document_nos: number
            .map(|text| DocumentNo { text: Arc::from(text), damaged: false })
            .into_iter()
            .collect(),
        other_nos: Vec::new(),
        item_code: None,
        item: Some(Arc::from(item)),
        goods: None,
        quantity: Some(quantity),
        unit: None,
        pack_factor: None,
        unit_price: Some(price),
        amount: (quantity * price).round_dp(2),
        tax_rate: None,
        tax_included: None,
        date: NaiveDate::from_ymd_opt(2026, 10, 1)
            .unwrap()
            .checked_add_signed(chrono::Duration::days(good.note as i64 % 28 + day)),
        remark: None,
        at,
    }
}

fn slipped(note: usize, digit: usize) -> String {
    let mut number = format!("HJ2610{:04}", note * 37 + 11).into_bytes();
    let at = 6 + digit % 3;
    number.swap(at, at + 1);
    String::from_utf8(number).unwrap()
}

fn goods() -> impl Strategy<Value = Vec<Good>> {
    let good = (0_usize..14, 0_usize..ITEMS.len(), 1_i64..3000);
    prop::collection::vec(good, 1..40).prop_map(|goods| {
        goods.into_iter().map(|(note, item, quantity)| Good { note, item, quantity }).collect()
    })
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        12 => Just(Fate::Whole),
        1 => Just(Fate::LeftOut),
        1 => Just(Fate::Twice),
        1 => (1_i64..30).prop_map(Fate::Short),
        1 => (1_i64..20).prop_map(Fate::Dearer),
        1 => Just(Fate::NoNumber),
        1 => (0_usize..3).prop_map(Fate::OtherNumber),
        1 => (1_i64..9).prop_map(Fate::OtherDay),
    ]
}

fn month() -> impl Strategy<Value = (Vec<Entry>, Vec<Entry>)> {
    goods().prop_flat_map(|goods| {
        let fates = || prop::collection::vec(fate(), goods.len());
        (Just(goods.clone()), fates(), fates()).prop_map(|(goods, left, right)| {
            (paper("甲厂", "theirs", &goods, &left), paper("甲厂", "ours", &goods, &right))
        })
    })
}

/// What the result says of entries, by what they say and not by where they
/// stand.
fn content(left: &[Entry], right: &[Entry], outcome: &Outcome) -> Vec<String> {
    let say = |entry: &Entry| {
        let number = entry.document_nos.first().map(|number| number.text.to_string());
        format!("{:?} {:?} {} {:?}", number, entry.item, entry.amount, entry.date)
    };
    let mut said: Vec<String> = outcome
        .lines
        .iter()
        .map(|line| {
            let side = |indices: &[usize], entries: &[Entry]| {
                let mut said: Vec<String> = indices.iter().map(|&at| say(&entries[at])).collect();
                said.sort();
                said
            };
            let (left, right) = (side(&line.left, left), side(&line.right, right));
            let shown = show(line);
            let words = shown.split_once(' ').map_or(String::new(), |(_, rest)| {
                rest.split(' ').skip(1).collect::<Vec<_>>().join(" ")
            });
            format!("{:?} {left:?} {right:?} {words}", line.status)
        })
        .collect();
    said.sort();
    said
}

fn permuted(entries: &[Entry], seed: u64) -> Vec<Entry> {
    let mut entries = entries.to_vec();
    let mut state = seed | 1;
    for at in (1..entries.len()).rev() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        entries.swap(at, (state >> 33) as usize % (at + 1));
    }
    // The rows also change their places, as sorting a sheet would.
    let mut places: Vec<Location> = entries.iter().map(|entry| entry.at.clone()).collect();
    places.sort();
    for (entry, at) in entries.iter_mut().zip(places) {
        entry.at = at;
    }
    entries
}

/// How a line reads from the other side.
fn mirrored(line: &Line) -> (Status, Vec<usize>, Vec<usize>, Decimal, Vec<Note>) {
    let status = match line.status {
        Status::LeftOnly => Status::RightOnly,
        Status::RightOnly => Status::LeftOnly,
        status => status,
    };
    let notes = line.notes.iter().map(|&note| match note {
        Note::Split => Note::Combined,
        Note::Combined => Note::Split,
        note => note,
    });
    let mut notes: Vec<Note> = notes.collect();
    notes.sort();
    (status, line.right.clone(), line.left.clone(), -line.difference, notes)
}

fn plain(line: &Line) -> (Status, Vec<usize>, Vec<usize>, Decimal, Vec<Note>) {
    (line.status, line.left.clone(), line.right.clone(), line.difference, line.notes.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_the_rows_does_not_matter((left, right) in month(), seed in any::<u64>()) {
        let spec = text::october();
        let first = reconcile(&left, &right, &spec).unwrap();
        let (other_left, other_right) = (permuted(&left, seed), permuted(&right, seed ^ 77));
        let second = reconcile(&other_left, &other_right, &spec).unwrap();
        prop_assert_eq!(
            content(&left, &right, &first),
            content(&other_left, &other_right, &second)
        );
    }

    #[test]
    fn swapped_sides_mirror_the_result((left, right) in month()) {
        let spec = text::october();
        let there = reconcile(&left, &right, &spec).unwrap();
        let back = reconcile(&right, &left, &spec.mirrored()).unwrap();
        let mut there: Vec<_> = there.lines.iter().map(plain).collect();
        let mut back: Vec<_> = back.lines.iter().map(mirrored).collect();
        there.sort();
        back.sort();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn a_clean_month_raises_nothing(goods in goods()) {
        let whole = vec![Fate::Whole; goods.len()];
        let (left, right) =
            (paper("甲厂", "theirs", &goods, &whole), paper("甲厂", "ours", &goods, &whole));
        let outcome = reconcile(&left, &right, &text::october()).unwrap();
        let clean = |line: &Line| {
            line.status == Status::Matched && line.causes.is_empty() && line.notes.is_empty()
        };
        prop_assert!(outcome.lines.iter().all(clean), "{:#?}", outcome.lines);
        prop_assert!(outcome.verdicts.is_empty() && outcome.findings.is_empty());
    }

    #[test]
    fn strangers_change_nothing((left, right) in month(), (more_left, more_right) in month()) {
        let spec = text::october();
        let alone = reconcile(&left, &right, &spec).unwrap();
        let rename = |entries: Vec<Entry>| -> Vec<Entry> {
            let far = |entry: Entry| Entry {
                party: Arc::from("乙厂"),
                document_nos: Vec::new(),
                amount: entry.amount + Decimal::new(1_000_000_001, 2),
                quantity: None,
                unit_price: None,
                item: Some(Arc::from("别的")),
                goods: None,
                at: Location::new(&entry.at.sheet, CellRef::new(entry.at.cell.row + 1000, 8)),
                ..entry
            };
            entries.into_iter().map(far).collect()
        };
        let both = reconcile(
            &[left.clone(), rename(more_left)].concat(),
            &[right.clone(), rename(more_right)].concat(),
            &spec,
        )
        .unwrap();
        let of_first = both.lines.iter().filter(|line| {
            line.left.iter().all(|&at| at < left.len()) && line.right.iter().all(|&at| at < right.len())
        });
        let of_first: Vec<String> = of_first.map(show).collect();
        prop_assert_eq!(of_first, alone.lines.iter().map(show).collect::<Vec<_>>());
    }
}
