//! `gendan pack plan`: the simulated packing list, from the order's sizes and
//! the packing spec.

use rustc_hash::FxHashMap;

use super::compared::{compared, rules};
use super::json::{BoundRow, CartonRow, OverShortRow, TotalRow};
use super::list_sheet::{ListKind, ListPaper, Maker};
use super::lists::{by_order, unused};
use super::lots::lots;
use super::papers::Papers;
use super::sheets;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::packing::lot::Lot;
use crate::engine::packing::plan::{Plan as Planned, Problem, plan};
use crate::engine::packing::weighings::Weighings;
use crate::engine::packing::{CartonRange, Sum};
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::records::packing::{colour_key, po_key, size_key, style_key};
use crate::report::{Report, Section, appendix, labels};

/// The machine name of the report.
pub(super) const REPORT: &str = "pack-plan";

/// Plan cartons from an order's sizes and the packing spec
#[derive(Debug, clap::Args)]
pub(super) struct Plan {
    #[command(flatten)]
    inputs: Inputs,
    /// What lists are printed on: a4 or letter
    #[arg(long, value_name = "PAPER", value_enum, default_value_t)]
    paper: ListPaper,
}

impl Run for Plan {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let mut papers = Papers::of(reading, context);
        let mut report = Report::new(REPORT, labels::text(lang, "pack.plan_title"), lang);
        let lots = lots(&papers.ordered, &papers.specs, &mut papers.findings);
        let earlier = earlier(&papers, &lots);
        let mut weighings = Weighings::of(&papers.weighings, numbers_alone(&lots), po_key);
        let planned = plan(&lots, &earlier, &mut weighings);
        report.findings.append(&mut papers.findings);
        report.findings.extend(weighings.unused().map(unused));
        if papers.ordered.is_empty() {
            report.findings.push(Finding::of(codes::NO_ORDER));
        }
        report.findings.extend(findings(&planned, &lots));
        let cartons: Vec<&CartonRange> = planned.cartons.iter().collect();
        let compared =
            compared(&papers.ordered, &papers.specs, &cartons, &rules(&context.settings));
        report.sections = sections(&planned);
        report.sections.push(Section::new(
            "over_short",
            compared.rows.iter().map(|row| OverShortRow::of(row, &compared.orders[row.order])),
        ));
        report.inputs = std::mem::take(&mut papers.inputs);
        report.sheets.push(sheets::summary(&planned, lang));
        let (buyers, kind) = (&papers.buyers, ListKind::Simulated);
        let sizes = &papers.sizes();
        let maker = Maker { buyers, kind, paper: self.paper, sizes, context };
        report.sheets.extend(maker.sheets(&cartons));
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// Whether a carton number says alone which carton it is: there is one order,
/// or numbers run through all.
fn numbers_alone(lots: &[Lot]) -> bool {
    lots.windows(2).all(|pair| pair[0].po == pair[1].po)
        || lots.iter().any(|lot| lot.rules.mixing.orders)
}

/// Returns the machine side of a plan.
fn sections(planned: &Planned) -> Vec<Section> {
    let orders = by_order(&planned.cartons, |range| range);
    let named = orders.iter().filter_map(|order| Some((order.po?, order)));
    let mut totals: Vec<TotalRow<'_>> = named
        .map(|(po, order)| TotalRow::of(Some(po), &Sum::of(order.cartons.iter().copied())))
        .collect();
    totals.push(TotalRow::of(None, &Sum::of(&planned.cartons)));
    vec![
        Section::new("cartons", planned.cartons.iter().map(CartonRow::of)),
        Section::new("totals", totals),
        Section::new("bounds", planned.bounds.iter().map(BoundRow::of)),
    ]
}

/// Returns the cartons of the plan before, in the names that the orders have
/// now; weights and places are not what makes them the same.
fn earlier(papers: &Papers, lots: &[Lot]) -> Vec<CartonRange> {
    let mut names = FxHashMap::default();
    for lot in lots {
        for line in &lot.lines {
            let of = |name: &Option<std::sync::Arc<str>>, fold: fn(&str) -> String| {
                name.as_deref().map(fold).unwrap_or_default()
            };
            let key = (
                of(&lot.po, po_key),
                of(&lot.style, style_key),
                of(&lot.colour, colour_key),
                of(&line.size, size_key),
            );
            names.entry(key).or_insert((lot, line.size.clone()));
        }
    }
    let mut cartons: Vec<CartonRange> = Vec::new();
    for listed in papers.plans.iter().chain(&papers.lists).flat_map(|list| &list.cartons) {
        let mut range = listed.range.clone();
        for content in &mut range.contents {
            let of = |name: &Option<std::sync::Arc<str>>, fold: fn(&str) -> String| {
                name.as_deref().map(fold).unwrap_or_default()
            };
            let key = (
                of(&content.po, po_key),
                of(&content.style, style_key),
                of(&content.colour, colour_key),
                of(&content.size, size_key),
            );
            let Some((lot, size)) = names.get(&key) else { continue };
            (content.po, content.style) = (lot.po.clone(), lot.style.clone());
            (content.colour, content.size) = (lot.colour.clone(), size.clone());
            range.destination.clone_from(&lot.destination);
        }
        cartons.push(range);
    }
    cartons
}

/// Returns what the plan cannot do as it should.
fn findings(planned: &Planned, lots: &[Lot]) -> Vec<Finding> {
    let place =
        |finding: Finding, lot: &Lot| match lot.lines.iter().find_map(|line| line.at.clone()) {
            Some(at) => finding.at(at),
            None => finding,
        };
    let of_carton = |carton: usize| {
        let range = &planned.cartons[carton];
        let same = |lot: &&Lot| {
            lot.po.as_ref() == range.po()
                && lot.style.as_ref() == range.style()
                && (range.colour().is_none() || lot.colour.as_ref() == range.colour())
        };
        (range, lots.iter().find(same).unwrap_or(&lots[0]))
    };
    let numbers = |range: &CartonRange| match range.from == range.to {
        true => range.from.to_string(),
        false => format!("{}-{}", range.from, range.to),
    };
    let finding = |problem: &Problem| match problem {
        Problem::OverWeight { carton, limit } => {
            let (range, lot) = of_carton(*carton);
            let gross = range.weights.gross.unwrap_or_default();
            let finding = Finding::of(codes::CARTON_OVER_WEIGHT)
                .with("carton", numbers(range))
                .with("found", gross)
                .with("limit", limit.normalize());
            place(finding, lot)
        }
        Problem::BelowMinimum { carton, minimum } => {
            let (range, lot) = of_carton(*carton);
            let finding = Finding::of(codes::CARTON_BELOW_MINIMUM)
                .with("carton", numbers(range))
                .with("found", range.pieces_each().normalize())
                .with("limit", minimum);
            place(finding, lot)
        }
        Problem::TooManyOdd { lot, found } => {
            let lot = &lots[*lot];
            let finding = Finding::of(codes::TOO_MANY_ODD)
                .with("po", lot.po.as_deref().unwrap_or("-"))
                .with("colour", lot.colour.as_deref().unwrap_or("-"))
                .with("found", found);
            place(finding, lot)
        }
        Problem::Unpacked { lot, line } => {
            let (lot, line) = (&lots[*lot], &lots[*lot].lines[*line]);
            let finding = Finding::of(codes::NOT_PACKED)
                .with("item", lot.colour.as_deref().unwrap_or("-"))
                .with("size", line.size.as_deref().unwrap_or("-"))
                .with("found", line.pieces);
            match &line.at {
                Some(at) => finding.at(at.clone()),
                None => finding,
            }
        }
        Problem::Void { po, from, to } => Finding::of(codes::CARTON_NUMBERS_VOID)
            .with("po", po.as_deref().unwrap_or("-"))
            .with("found", if from == to { from.to_string() } else { format!("{from}-{to}") }),
    };
    planned.problems.iter().map(finding).collect()
}
