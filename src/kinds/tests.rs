//! Every kind is whole, its words are sorted, and none of them means two
//! things.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::text::header_word;

#[test]
fn every_file_of_the_folder_is_compiled_in_and_parses() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/kinds");
    let mut ids = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.extension().is_some_and(|end| end == "toml") && name != "shared" {
            let kind: Kind = toml::from_str(&std::fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(kind.id, name, "the id is the file's name");
            ids.insert(name);
        }
    }
    let compiled: BTreeSet<String> = all().iter().map(|kind| kind.id.clone()).collect();
    assert_eq!(ids, compiled);
    assert!(lookup::shared().len() > 50);
}

#[test]
fn all_documents_of_the_trade_are_there() {
    let numbers: BTreeSet<&str> = all().iter().filter_map(|kind| kind.number.as_deref()).collect();
    let wanted: Vec<String> =
        (1..=43).filter(|no| *no != 4).map(|no| format!("D{no:02}")).collect();
    let missing: Vec<&String> = wanted.iter().filter(|no| !numbers.contains(no.as_str())).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn word_lists_are_sorted_and_say_nothing_twice() {
    for field in all().iter().flat_map(|kind| &kind.fields).chain(lookup::shared()) {
        for list in [&field.ahead, &field.cn, &field.tw, &field.en] {
            assert!(list.is_sorted_by(|a, b| a < b), "{}: {list:?}", field.name);
        }
    }
    for kind in all() {
        assert!(kind.aliases.is_sorted_by(|a, b| a < b), "{}", kind.id);
        assert!(kind.titles.is_sorted_by(|a, b| a < b), "{}", kind.id);
    }
}

#[test]
fn no_word_means_two_fields_of_a_kind() {
    for kind in all() {
        let mut own: BTreeMap<String, &str> = BTreeMap::new();
        for field in &kind.fields {
            for word in field.words() {
                let word = header_word(word);
                let other = own.insert(word.clone(), &field.name);
                let same = other.is_none_or(|other| other == field.name);
                assert!(same, "{}: {word} is {} and {other:?}", kind.id, field.name);
            }
            for word in &field.also {
                let word = header_word(word);
                assert_ne!(own.get(&word), Some(&field.name.as_str()), "{}: {word}", kind.id);
            }
        }
    }
}

#[test]
fn fields_are_named_once_and_rules_speak_of_fields() {
    for kind in all() {
        let mut names = BTreeSet::new();
        for field in &kind.fields {
            assert!(names.insert(field.name.as_str()), "{}: {} twice", kind.id, field.name);
            assert!(!field.label(crate::lang::Lang::En).is_empty());
            let labelled = field.labels.is_some()
                || lookup::shared().iter().any(|shared| shared.name == field.name);
            assert!(labelled, "{}: {} has no label", kind.id, field.name);
        }
        let rules = kind.key.iter().chain(kind.needs.iter().flatten()).chain(&kind.product);
        for name in rules {
            assert!(names.contains(name.as_str()), "{}: {name} is no field", kind.id);
        }
        assert!(kind.product.is_empty() || kind.product.len() == 3, "{}", kind.id);
        assert!(!kind.needs.is_empty() && !kind.titles.is_empty(), "{}", kind.id);
    }
}

#[test]
fn every_kind_has_an_example_row() {
    for kind in all() {
        let shown = kind.fields.iter().filter(|field| field.example.is_some()).count();
        assert!(shown >= 3, "{}: {shown}", kind.id);
        for group in &kind.needs {
            let has = |name: &String| {
                kind.fields.iter().any(|field| &field.name == name && field.example.is_some())
            };
            assert!(group.iter().any(has), "{}: no example for {group:?}", kind.id);
        }
    }
}

#[test]
fn the_words_of_the_trade_are_there() {
    let count = |list: fn(&Field) -> &Vec<String>| -> usize {
        let fields = all().iter().flat_map(|kind| &kind.fields).chain(lookup::shared());
        fields.flat_map(list).map(|word| header_word(word)).collect::<BTreeSet<_>>().len()
    };
    let counts = (count(|field| &field.cn), count(|field| &field.tw), count(|field| &field.en));
    assert!(counts.0 >= 2900 && counts.1 >= 900 && counts.2 >= 950, "{counts:?}");
    let (words, meanings) = vocabulary::size();
    assert!(words >= 4300 && meanings >= 6000, "{words} words, {meanings} meanings");
}

#[test]
fn people_call_a_kind_by_many_names() {
    for (name, id) in [
        ("D08", "goods_receipt"),
        ("receipts", "goods_receipt"),
        ("入库", "goods_receipt"),
        ("入庫單", "goods_receipt"),
        ("statement", "supplier_statement"),
        ("Supplier Statements", "supplier_statement"),
        ("supplier-statement", "supplier_statement"),
        ("對帳單", "supplier_statement"),
        ("BOM", "bom"),
        ("价格表", "price_list"),
        ("d34", "document_register"),
    ] {
        assert_eq!(named(name).map(|kind| kind.id.as_str()), Some(id), "{name}");
    }
    assert!(named("nonsense").is_none());
}

#[test]
fn names_belong_to_one_kind() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for kind in all() {
        for alias in kind.aliases.iter().chain(std::iter::once(&kind.id)) {
            let alias = crate::text::fold(alias).replace(['_', '-'], "");
            let other = seen.insert(alias.clone(), &kind.id);
            assert!(other.is_none_or(|other| other == kind.id), "{alias}: {other:?}, {}", kind.id);
        }
    }
}

#[test]
fn words_mean_what_the_kind_says() {
    let field = |kind: &str, word: &str| {
        get(kind).unwrap().claim(&header_word(word)).map(|field| field.name.as_str())
    };
    for (kind, word, name) in [
        ("supplier_statement", "送貨單號", "delivery_note_no"),
        ("supplier_statement", "单号", "delivery_note_no"),
        ("supplier_statement", "应收金额", "amount"),
        ("supplier_statement", "已收款", "paid_amount"),
        ("supplier_statement", "Debit", "debit"),
        ("supplier_statement", "颜色", "color"),
        ("goods_receipt", "實收數量", "received_qty"),
        ("goods_receipt", "送货数量", "delivered_qty"),
        ("goods_receipt", "订单号", "po_no"),
        ("freight_log", "件数", "pieces"),
        ("freight_log", "单号", "tracking_no"),
        ("price_list", "每箱数量", "pack_factor"),
        ("payment_register", "收款單位", "payee"),
    ] {
        assert_eq!(field(kind, word), Some(name), "{kind}: {word}");
    }
    assert_eq!(field("supplier_statement", "Lorem"), None);
}
