//! The lines that each side writes about a deal.

use std::sync::Arc;

use gendan::engine::entry::{DocumentNo, Entry, EntryType};
use rust_decimal::Decimal;

use super::catalogue::Paper;
use super::sketch::{Deal, Sides, Sketch, Written, cents, shift};
use super::write::place;

/// How a deal's number stands on their paper.
pub(crate) fn written(sketch: &Sketch, deal: &Deal) -> Option<Written> {
    deal.written.clone().or_else(|| sketch.deliveries[deal.delivery].written.clone())
}

/// Our line of a deal.
pub(crate) fn our_line(sketch: &Sketch, deal: &Deal, n: usize) -> Entry {
    let delivery = &sketch.deliveries[deal.delivery];
    let supplier = &sketch.suppliers[delivery.supplier];
    let booked = &sketch.suppliers[deal.booked_under.unwrap_or(delivery.supplier)];
    let item = &supplier.items[deal.item];
    let tax_included = match supplier.paper {
        Paper::Taxed { stated: true, ours, .. } => Some(ours),
        _ => None,
    };
    let slip = if n == 0 { deal.right_slip } else { Decimal::ZERO };
    Entry {
        party: Arc::clone(&booked.name),
        entry_type: EntryType::Goods,
        document_nos: vec![whole_number(&delivery.number)],
        // A later part of a delivery comes in under its own receipt.
        other_nos: vec![match n {
            0 => Arc::clone(&delivery.receipt_no),
            _ => Arc::from(format!("{}-{n}", delivery.receipt_no)),
        }],
        item_code: Some(Arc::clone(&item.code)),
        item: Some(Arc::clone(&item.text)),
        goods: None,
        quantity: Some(deal.right[n]),
        unit: Some(Arc::from(item.unit)),
        pack_factor: None,
        unit_price: Some(deal.right_price),
        amount: cents(deal.right[n] * deal.right_price) + slip,
        tax_rate: None,
        tax_included,
        date: Some(delivery.date),
        remark: None,
        at: place("ours", 0),
    }
}

/// Their line of a deal.
pub(crate) fn their_line(sketch: &Sketch, deal: &Deal, n: usize) -> Entry {
    let delivery = &sketch.deliveries[deal.delivery];
    let supplier = &sketch.suppliers[delivery.supplier];
    let item = &supplier.items[deal.item];
    let factor = Decimal::from(item.factor);
    let mut quantity = deal.left[n];
    let mut price = deal.left_price;
    let mut line = our_line(sketch, deal, 0);
    line.party = Arc::clone(&supplier.name);
    line.document_nos = match written(sketch, deal) {
        Some(written) => written.number.into_iter().collect(),
        None => vec![whole_number(&delivery.number)],
    };
    line.other_nos = Vec::new();
    line.item_code = supplier.codes.then(|| Arc::clone(&item.code));
    line.tax_included = None;
    if supplier.own_words {
        line.item = Some(Arc::clone(&item.own_text));
    }
    match supplier.paper {
        Paper::Boxes { printed, .. } => {
            price = (price * factor).normalize();
            if !deal.pieces_as_boxes {
                quantity = (quantity / factor).normalize();
            }
            line.unit = Some(Arc::from(if item.factor == 12 { "打" } else { "箱" }));
            line.pack_factor = printed.then_some(factor);
        }
        Paper::Taxed { rate, stated, ours } => {
            let (times, by) = supplier.paper.tax();
            price = (price * times / by).normalize();
            line.tax_included = stated.then_some(!ours);
            line.tax_rate = (stated && !ours).then(|| Decimal::new(rate, 2));
        }
        Paper::Lines | Paper::WholeNotes => {}
    }
    let product = quantity * price;
    let slip = if n == 0 { deal.slip } else { Decimal::ZERO };
    line.amount = if deal.cut { product.trunc_with_scale(2) } else { cents(product) } + slip;
    line.quantity = Some(quantity);
    line.unit_price = Some(price);
    line.date = their_date(sketch, deal.delivery);
    line
}

fn their_date(sketch: &Sketch, delivery: usize) -> Option<chrono::NaiveDate> {
    let delivery = &sketch.deliveries[delivery];
    let supplier = &sketch.suppliers[delivery.supplier];
    let habit = -i64::from(supplier.dispatch_dates);
    (!supplier.undated).then(|| shift(delivery.date, delivery.late + habit))
}

pub(crate) fn their_total(sketch: &Sketch, deals: &[Deal]) -> Entry {
    let mut line = their_line(sketch, &deals[0], 0);
    line.item_code = None;
    line.item = None;
    line.quantity = None;
    line.unit = None;
    line.unit_price = None;
    line.amount = deals
        .iter()
        .filter(|d| !matches!(d.sides, Sides::Right(_)))
        .flat_map(|d| d.left.iter().map(|&q| cents(q * d.left_price) + d.slip))
        .sum();
    line
}

fn whole_number(number: &str) -> DocumentNo {
    DocumentNo { text: Arc::from(number), damaged: false }
}
