//! Papers → the graph of all lists and the orders that take part.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::arguments::{Common, Loss};
use super::orders::{Chosen, choose, left_out};
use super::papers::Papers;
use crate::commands::Context;
use crate::engine::bom::explode::TooLarge;
use crate::engine::bom::{Convention, Graph, LineRef, Order, StructId, check, width};
use crate::error;
use crate::finding::{Finding, codes};
use crate::input::reading::Reading;
use crate::input::values::decimal::product;
use crate::report::Report;

/// Everything a job works with.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) papers: Papers,
    pub(super) graph: Graph,
    pub(super) orders: Vec<Order>,
    /// Totals of the lists that their own lines do not make.
    pub(super) totals: Vec<Finding>,
    /// What every job must say: of the files, the lists, the orders.
    pub(super) findings: Vec<Finding>,
}

impl Plan {
    /// Reads the inputs and puts lists and orders together.
    pub(super) fn of(common: &Common, context: &Context) -> error::Result<Self> {
        let reading = common.inputs.read(&context.settings, &context.progress)?;
        Ok(Self::from(reading, &common.orders, common.loss, context))
    }

    /// Puts the lists and orders of tables together.
    pub(super) fn from(reading: Reading, wanted: &[String], loss: Loss, context: &Context) -> Self {
        let mut papers = Papers::of(reading, context);
        let mut findings = std::mem::take(&mut papers.findings);
        let mut conventions = Vec::with_capacity(papers.boms.len());
        for bom in &papers.boms {
            let said = loss.said();
            let found = said.or_else(|| check::convention(bom)).unwrap_or_default();
            if said.is_none() && found == Convention::Divisive {
                findings.push(Finding::of(codes::BOM_DIVISIVE_LOSS).at(bom.product_at.clone()));
            }
            conventions.push(found);
        }
        let totals = check::all_totals(&papers.boms, &conventions);
        findings.extend(width::corrected(&mut papers.boms, &papers.tests));
        let graph = Graph::new(&papers.boms, &conventions);
        findings.extend(check::structure(&graph, &papers.boms));
        let Chosen { orders, findings: of_orders } = choose(&papers, &graph, wanted, context.today);
        findings.extend(of_orders);
        let orders = reckonable(orders, &papers, &graph, &mut findings);
        Self { papers, graph, orders, totals, findings }
    }

    /// Puts what was read and found into a report.
    pub(super) fn tell(&mut self, report: &mut Report) {
        report.inputs = std::mem::take(&mut self.papers.inputs);
        let found = std::mem::take(&mut self.findings);
        report.findings.splice(0..0, found);
    }
}

/// Leaves out the orders whose needs are larger than any figure can be: a slip
/// in one list takes no other order along.
fn reckonable(
    mut orders: Vec<Order>,
    papers: &Papers,
    graph: &Graph,
    findings: &mut Vec<Finding>,
) -> Vec<Order> {
    let mut largest: FxHashMap<StructId, Result<Decimal, TooLarge>> = FxHashMap::default();
    let mut told: FxHashSet<LineRef> = FxHashSet::default();
    orders.retain(|order| {
        let most = largest.entry(order.root).or_insert_with(|| graph.largest_need(order.root));
        let line = match most {
            Ok(most) if product(*most, order.quantity).is_some() => return true,
            Ok(_) => graph.first_line(order.root),
            Err(TooLarge(line)) => *line,
        };
        if told.insert(line) {
            let at = papers.boms[line.bom].lines[line.line].at.clone();
            findings.push(Finding::of(codes::BOM_TOO_LARGE).at(at));
        }
        findings.push(left_out(&order.id, &order.product, "too-large", &order.at));
        false
    });
    orders
}
