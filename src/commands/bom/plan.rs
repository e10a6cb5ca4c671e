//! Papers → the graph of all lists and the orders that take part.

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::arguments::{Common, Loss};
use super::orders::{Chosen, choose, left_out};
use super::papers::Papers;
use super::variants::take_apart;
use crate::commands::Context;
use crate::engine::bom::{Convention, Graph, Limits, LineRef, Order, StructId, check, width};
use crate::error;
use crate::finding::{Finding, codes};
use crate::input::reading::Reading;
use crate::report::Report;

/// Everything a job works with.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) papers: Papers,
    pub(super) graph: Graph,
    pub(super) orders: Vec<Order>,
    /// The products that are told by themselves: those that no order is for,
    /// if there are no papers of orders that could tell.
    pub(super) products: Vec<StructId>,
    /// Totals of the lists that their own lines do not make.
    pub(super) totals: Vec<Finding>,
    /// What every job must say: of the files, the lists, the orders.
    pub(super) findings: Vec<Finding>,
}

impl Plan {
    /// Reads the inputs and puts lists and orders together.
    pub(super) fn of(common: &Common, context: &Context) -> error::Result<Self> {
        let reading = common.inputs.read(&context.settings, &context.progress)?;
        let mut plan = Self::from(reading, &common.orders, common.loss, context);
        if plan.papers.boms.is_empty() {
            plan.findings.push(Finding::of(codes::NOTHING_TO_DO).with("job", "bom"));
        }
        Ok(plan)
    }

    /// Says that there is no order to reckon for, unless it is said why the
    /// orders there are take no part.
    pub(super) fn ask_for_orders(&mut self) {
        let told = [codes::BOM_ORDER_LEFT_OUT, codes::NOTHING_TO_DO];
        let is_told = self.findings.iter().any(|finding| told.contains(&finding.code));
        if self.orders.is_empty() && !is_told {
            self.findings.push(Finding::of(codes::NOTHING_TO_DO).with("job", "orders"));
        }
    }

    /// Puts the lists and orders of tables together.
    pub(super) fn from(reading: Reading, wanted: &[String], loss: Loss, context: &Context) -> Self {
        let mut papers = Papers::of(reading, context);
        papers.orders = take_apart(std::mem::take(&mut papers.orders), &papers.boms);
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
        let mut plan = Self { papers, graph, orders, products: Vec::new(), totals, findings };
        if plan.papers.orders.is_empty() || plan.orders.is_empty() {
            plan.products = plan.without_order();
        }
        plan.keep_reckonable();
        plan
    }

    /// Returns the products that no order is for: what has a list and is part
    /// of no other.
    fn without_order(&self) -> Vec<StructId> {
        let edges = self.graph.structures.iter().flat_map(|structure| &structure.edges);
        let parts = edges.filter(|edge| !edge.cut).filter_map(|edge| edge.child);
        let ordered = self.orders.iter().map(|order| order.root);
        let other: FxHashSet<StructId> = parts.chain(ordered).collect();
        self.graph.roots.iter().copied().filter(|root| !other.contains(root)).collect()
    }

    /// Leaves out the orders and products whose needs are larger than any
    /// figure can be: a slip in one list takes no other order along.
    fn keep_reckonable(&mut self) {
        let mut limits = Limits::new(&self.graph);
        let mut told: FxHashSet<LineRef> = FxHashSet::default();
        let (boms, findings) = (&self.papers.boms, &mut self.findings);
        let mut beyond = |root: StructId, quantity: Decimal, findings: &mut Vec<Finding>| {
            let line = limits.beyond(root, quantity);
            if let Some(line) = line.filter(|line| told.insert(*line)) {
                let at = boms[line.bom].lines[line.line].at.clone();
                findings.push(Finding::of(codes::BOM_TOO_LARGE).at(at));
            }
            line.is_some()
        };
        self.orders.retain(|order| {
            let beyond = beyond(order.root, order.quantity, findings);
            if beyond {
                findings.push(left_out(&order.id, &order.product, "too-large", &order.at));
            }
            !beyond
        });
        self.products.retain(|root| !beyond(*root, Decimal::ONE, findings));
    }

    /// Puts what was read and found into a report.
    pub(super) fn tell(&mut self, report: &mut Report) {
        report.inputs = std::mem::take(&mut self.papers.inputs);
        let found = std::mem::take(&mut self.findings);
        report.findings.splice(0..0, found);
    }
}
