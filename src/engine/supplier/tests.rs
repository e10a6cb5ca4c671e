//! The month as a whole, on small papers: balances, bridges, checks.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::fixtures::{Goods, amount, balances, open_items, payments, receipts, statement};
use super::{Papers, PartyMonth, Sides, SupplierMonth, reconcile};
use crate::engine::matching::outcome::{Note, Reason, Status};
use crate::engine::matching::spec::Spec;
use crate::finding::codes;
use crate::location::Located;
use crate::period::Month;

const A: Goods<'_> = ("2026-10-06", "HJ1006", "FB-1", "100", "18.60");
const B: Goods<'_> = ("2026-10-12", "HJ1012", "FB-2", "40", "5.55");
const SEPTEMBER: Goods<'_> = ("2026-09-29", "HJ0929", "FB-3", "10", "24.20");

fn month(papers: &Papers) -> SupplierMonth {
    let resolve = |name: &str| Arc::from(name);
    let period = Month::new(2026, 10).unwrap().into();
    let sides = Sides::of(papers, &resolve, period);
    reconcile(sides, papers, &resolve, period, &Spec::default()).unwrap()
}

fn party(month: &SupplierMonth) -> &PartyMonth {
    let party = &month.parties[0];
    assert_eq!(&*party.party, "甲");
    assert_eq!(party.residual, Some(Decimal::ZERO), "{:?}", party.steps);
    party
}

fn step(party: &PartyMonth, name: &str) -> Option<Decimal> {
    party.steps.iter().find(|step| step.name == name).map(|step| step.amount)
}

#[test]
fn a_clean_month_agrees() {
    let papers = Papers {
        statements: vec![statement(Some("1000"), &[A, B], &[("2026-10-09", "1000")], Some("2082"))],
        receipts: vec![receipts(&[A, B])],
        payments: vec![payments(&[("2026-10-09", "1000")])],
        balances: vec![balances("1000", "1000")],
        ..Papers::default()
    };
    let month = month(&papers);
    let party = party(&month);
    assert_eq!(party.difference, Some(Decimal::ZERO));
    assert_eq!(party.right.closing, Some(amount("2082")));
    assert!(month.findings.is_empty(), "{:?}", month.findings);
    assert!(month.lines.iter().all(|line| line.status == Status::Matched), "{:?}", month.lines);
    assert_eq!(party.steps.len(), 3);
}

#[test]
fn a_short_delivery_is_a_step_of_the_bridge() {
    let short = (A.0, A.1, A.2, "98", A.4);
    let papers = Papers {
        statements: vec![statement(Some("0"), &[A, B], &[], None)],
        receipts: vec![receipts(&[short, B])],
        balances: vec![balances("0", "0")],
        ..Papers::default()
    };
    let month = month(&papers);
    assert_eq!(party(&month).difference, Some(amount("37.20")));
    assert_eq!(step(party(&month), "quantity"), Some(amount("-37.20")));
}

#[test]
fn goods_carried_over_and_billed_now_move_nothing() {
    let papers = Papers {
        statements: vec![statement(Some("0"), &[SEPTEMBER, A], &[], None)],
        receipts: vec![receipts(&[SEPTEMBER, A])],
        open_items: vec![open_items(&[SEPTEMBER])],
        balances: vec![balances("242", "0")],
        ..Papers::default()
    };
    let month = month(&papers);
    let party = party(&month);
    assert_eq!(party.difference, Some(Decimal::ZERO));
    assert_eq!(party.steps.len(), 3, "{:?}", party.steps);
    assert_eq!(party.right.lines, amount("1860"), "September's goods are in the opening");
}

#[test]
fn goods_carried_over_and_still_not_billed_stay_a_step() {
    // The register of October begins in October: the open item stands for
    // itself.
    let papers = Papers {
        statements: vec![statement(Some("0"), &[A], &[], None)],
        receipts: vec![receipts(&[A])],
        open_items: vec![open_items(&[SEPTEMBER])],
        balances: vec![balances("242", "0")],
        ..Papers::default()
    };
    let month = month(&papers);
    let party = party(&month);
    assert_eq!(party.difference, Some(amount("-242")));
    assert_eq!(step(party, "carried-forward"), Some(amount("242")));
    let line = month.lines.iter().find(|line| line.status == Status::RightOnly).unwrap();
    assert_eq!(line.reason, Some(Reason::CarriedForward));
}

#[test]
fn a_payment_on_its_way_is_next_period() {
    let papers = Papers {
        statements: vec![statement(Some("500"), &[A], &[], None)],
        receipts: vec![receipts(&[A])],
        payments: vec![payments(&[("2026-10-30", "500")])],
        balances: vec![balances("500", "500")],
        ..Papers::default()
    };
    let month = month(&papers);
    assert_eq!(party(&month).difference, Some(amount("500")));
    assert_eq!(step(party(&month), "next-period"), Some(amount("-500")));
}

#[test]
fn goods_of_next_month_are_in_neither_balance() {
    let november = ("2026-11-02", "HJ1102", "FB-1", "7", "18.60");
    let papers = Papers {
        statements: vec![statement(Some("0"), &[A], &[], None)],
        receipts: vec![receipts(&[A, november])],
        balances: vec![balances("0", "0")],
        ..Papers::default()
    };
    let month = month(&papers);
    assert_eq!(party(&month).difference, Some(Decimal::ZERO));
    assert_eq!(party(&month).steps.len(), 3);
}

#[test]
fn goods_billed_on_the_last_day_and_received_on_the_first_are_a_step() {
    let billed = ("2026-10-31", "HJ1031", "FB-1", "7", "18.60");
    let received = ("2026-11-01", "HJ1031", "FB-1", "7", "18.60");
    let papers = Papers {
        statements: vec![statement(Some("0"), &[billed], &[], None)],
        receipts: vec![receipts(&[received])],
        balances: vec![balances("0", "0")],
        ..Papers::default()
    };
    let month = month(&papers);
    assert_eq!(month.lines[0].status, Status::Matched);
    assert!(month.lines[0].notes.contains(&Note::Date));
    assert_eq!(step(party(&month), "date"), Some(amount("-130.20")));
}

#[test]
fn without_openings_the_bridge_is_of_the_month_alone() {
    let papers = Papers {
        statements: vec![statement(None, &[A, B], &[], None)],
        receipts: vec![receipts(&[A])],
        ..Papers::default()
    };
    let month = month(&papers);
    let party = party(&month);
    assert_eq!(party.difference, Some(amount("222")));
    assert_eq!((party.left.unwrap().closing, party.right.closing), (None, None));
}

#[test]
fn wrong_openings_and_closings_are_found() {
    let papers = Papers {
        statements: vec![statement(Some("1100"), &[A], &[], Some("3000"))],
        receipts: vec![receipts(&[A])],
        balances: vec![balances("1000", "1000")],
        ..Papers::default()
    };
    let month = month(&papers);
    let found: Vec<_> = month.findings.iter().map(|finding| finding.code).collect();
    assert_eq!(found, [codes::OPENING_MISMATCH, codes::CLOSING_MISMATCH]);
    assert_eq!(step(party(&month), "opening"), Some(amount("-100")));
}

#[test]
fn a_list_that_names_the_supplier_in_each_row_is_its_statement() {
    let mut list = statement(Some("1000"), &[A, B], &[], Some("3082"));
    list.party = None;
    for (line, name) in list.records.lines.iter_mut().zip(["甲", "甲"]) {
        line.party = Some(Located { value: Arc::from(name), at: line.at.clone() });
    }
    let papers = Papers {
        statements: vec![list.clone()],
        receipts: vec![receipts(&[A, B])],
        balances: vec![balances("1000", "1000")],
        ..Papers::default()
    };
    let left = party(&month(&papers)).left.unwrap();
    assert_eq!((left.lines, left.closing), (amount("2082"), Some(amount("3082"))));
    // The balances of a list of several parties are nobody's.
    let other = list.records.lines[1].party.as_mut().unwrap();
    other.value = Arc::from("乙");
    let month = month(&Papers { statements: vec![list], ..papers });
    let of = |name: &str| month.parties.iter().find(|party| &*party.party == name).unwrap();
    assert_eq!(of("甲").left.map(|left| left.lines), Some(amount("1860")));
    assert_eq!(of("乙").left.map(|left| (left.opening, left.lines)), Some((None, amount("222"))));
    assert_eq!(of("甲").stated_closing, None);
}
