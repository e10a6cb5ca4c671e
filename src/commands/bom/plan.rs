//! Papers → the graph of all lists and the orders that take part.

use super::arguments::{Common, Loss};
use super::orders::{Chosen, choose};
use super::papers::Papers;
use crate::commands::Context;
use crate::engine::bom::{Convention, Graph, Order, check, width};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::input::reading::Reading;
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
    pub(super) fn of(common: &Common, context: &Context) -> Result<Self> {
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
        Self { papers, graph, orders, totals, findings }
    }

    /// Puts what was read and found into a report.
    pub(super) fn tell(&mut self, report: &mut Report) {
        report.inputs = std::mem::take(&mut self.papers.inputs);
        let found = std::mem::take(&mut self.findings);
        report.findings.splice(0..0, found);
    }
}
