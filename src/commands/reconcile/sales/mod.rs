//! `gendan reconcile sales`: the platforms' orders against the register of
//! sales ids, and the audit of shipping slips.

mod doubt;
mod json;
mod papers;
mod report;
mod sheets;

use clap::Args;

use super::checked::{Checked, rules, with_decisions};
use super::earlier::{Carried, earlier};
use super::lines::Told;
use super::terms::Terms;
use super::uses;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::matching::outcome::{Line, Reason};
use crate::engine::matching::sides::Both;
use crate::engine::sales::{self, SalesMonth};
use crate::error::Result;
use crate::records::ReadContext;
use crate::report::{Report, appendix};

/// The machine name of the report.
const REPORT: &str = "reconcile-sales";

/// What the job calls things.
const TERMS: Terms = Terms {
    party: "sales.shop",
    document_no: "sales.order_no",
    number_width: 21,
    other_no: "sales.buyer",
    keeps_other_no: true,
    sides: Both { left: "sales.platform", right: "sales.register" },
    quantities: Both { left: "sales.quantity_left", right: "sales.quantity_right" },
    prices: Both { left: "sales.price_left", right: "sales.price_right" },
    amounts: Both { left: "sales.amount_left", right: "sales.amount_right" },
    places: Both { left: "sales.place_left", right: "sales.place_right" },
    ..Terms::PLAIN
};

/// Sheets of the report that the next month reads.
const CARRIED: [Carried; 2] = [
    Carried { sheet: "reconcile.open_items", kind: "open_items", headers: &HEADERS },
    Carried { sheet: "reconcile.matched", kind: "settled_items", headers: &HEADERS },
];

/// What the headers of these sheets are to their kinds.
const HEADERS: [(&str, &str); 3] = [
    ("sales.shop", "supplier"),
    ("sales.order_no", "delivery_note_no"),
    ("sales.buyer", "receipt_no"),
];

/// What the audit of slips calls things.
const SLIP_TERMS: Terms = Terms {
    sides: Both { left: "sales.slip", right: "sales.platform" },
    amounts: Both { left: "sales.amount_slip", right: "sales.amount_left" },
    places: Both { left: "sales.place_slip", right: "sales.place_left" },
    ..TERMS
};

/// Check a shop's orders, sales ids and shipping slips against each other
#[derive(Debug, Args)]
pub struct Sales {
    #[command(flatten)]
    inputs: Inputs,
}

impl Run for Sales {
    fn run(&self, context: &Context) -> Result<Report> {
        let settings = &context.settings;
        let mut reading = self.inputs.read(settings, &context.progress)?;
        doubt::settle(&mut reading.tables, settings);
        let period = papers::period(context.month, &reading.tables, settings);
        let reading_context = ReadContext { period, near: None, settings };
        let earlier = earlier(REPORT, &reading.ours, period, &CARRIED, context.today);
        let mut assembled = papers::assemble(&reading.tables, &reading_context);
        papers::add_earlier(&mut assembled.papers, &earlier.tables, &reading_context);
        let read = uses::inputs(&reading.tables, &assembled.uses);
        let of_use =
            uses::of_use(reading.findings, &reading.tables, &assembled.uses, &papers::KINDS);
        // Two hundred thousand orders need the room that their sheets took.
        drop(reading.tables);
        let run = |rules: &_| sales::reconcile(&assembled.papers, period, rules);
        let (month, ids) = with_decisions(&earlier.decisions, rules(settings), run, checked)?;
        drop(assembled.papers);
        let slips = Checked {
            left: &month.slips.left,
            right: &month.slips.right,
            lines: &month.slips.lines,
        };
        let slip_ids = slips.ids();
        let one_sided = month.is_one_sided();
        let apart = |line: &Line| one_sided || counts_nothing(line) || was_settled(line);
        let told = Both {
            left: checked(&month).tell(&ids, &earlier.decisions, &TERMS, context, apart),
            right: slips.tell(&slip_ids, &earlier.decisions, &SLIP_TERMS, context, |_| false),
        };
        let mut report = report::build(&month, &told.left, &told.right, period, context);
        report.inputs = read;
        report.findings.extend(of_use);
        report.findings.extend(assembled.findings);
        report.findings.extend(earlier.findings);
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// Returns what every cross-check has, of a month.
fn checked(month: &SalesMonth) -> Checked<'_> {
    Checked { left: &month.left, right: &month.right, lines: &month.lines }
}

/// Whether a line is of an order that nobody has to book: it was never paid,
/// or the money went back.
fn counts_nothing(line: &Line) -> bool {
    let reason = matches!(line.reason, Some(Reason::Unpaid | Reason::Closed | Reason::Refunded));
    reason && line.right.is_empty() && line.difference.is_zero()
}

/// Whether a line is of what last month's report has settled.
fn was_settled(line: &Line) -> bool {
    line.reason == Some(Reason::PriorPeriod) && !line.related.is_empty()
}

/// Whether the goods of a slip should stay here.
fn is_held(told: &Told<'_>) -> bool {
    told.line.reason.is_some()
}
