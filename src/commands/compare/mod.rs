//! `gendan compare`: any two sheets, by any key and amounts.

mod report;

use clap::Args;
use rust_decimal::Decimal;

use crate::args::Inputs;
use crate::commands::reconcile::checked::{Checked, rules, with_decisions};
use crate::commands::reconcile::earlier::earlier;
use crate::commands::reconcile::terms::Terms;
use crate::commands::{Context, Run};
use crate::engine::compare::{self, Comparison, NoColumn, PairRole, Wanted};
use crate::engine::matching::outcome::Reason;
use crate::engine::matching::sides::Both;
use crate::error::{Error, Result};
use crate::finding::{Finding, codes};
use crate::input::columns;
use crate::input::reading::{ReadTable, Reading};
use crate::input::table::Role;
use crate::report::{InputRead, Report, appendix};

/// The machine name of the report.
const REPORT: &str = "compare";

/// What the job calls things.
const TERMS: Terms = Terms {
    party: "compare.party",
    document_no: "compare.key",
    between_numbers: " / ",
    number_width: 18,
    sides: Both { left: "compare.left", right: "compare.right" },
    reasons: &[(Reason::DoubleBilled, "compare.twice"), (Reason::DoubleBooked, "compare.twice")],
    unexplained_cause: "compare.cause_amount",
    quantities: Both { left: "compare.quantity_left", right: "compare.quantity_right" },
    prices: Both { left: "compare.price_left", right: "compare.price_right" },
    amounts: Both { left: "compare.amount_left", right: "compare.amount_right" },
    places: Both { left: "compare.place_left", right: "compare.place_right" },
    ..Terms::PLAIN
};

/// Compare any two sheets, by any key and amounts
#[derive(Debug, Args)]
pub struct Compare {
    /// The one sheet, as [KIND=]PATH[#SHEET]
    left: String,
    /// The other sheet; reports of gendan with decisions may follow: a decision stays with its rows, whatever else the sheets gain; a comparison has no month, so what is carried waits for the next one
    #[arg(required = true, value_name = "RIGHT")]
    right: Vec<String>,
    /// A column that says which rows are the same, as Order or Order=Ref; may be repeated
    #[arg(long, value_name = "COLUMN")]
    key: Vec<String>,
    /// A column that is added up and must agree, as Amount or Amount=Total; may be repeated
    #[arg(long, value_name = "COLUMN")]
    amount: Vec<String>,
    /// The largest difference of an amount that does not matter
    #[arg(long, value_name = "AMOUNT")]
    tolerance: Option<Decimal>,
}

impl Compare {
    fn side(&self, inputs: Vec<String>, context: &Context) -> Result<Reading> {
        Inputs { inputs }.read(&context.settings, &context.progress)
    }

    fn wanted(&self) -> Wanted {
        Wanted { keys: self.key.clone(), amounts: self.amount.clone() }
    }
}

impl Run for Compare {
    fn run(&self, context: &Context) -> Result<Report> {
        let (left, right) = rayon::join(
            || self.side(vec![self.left.clone()], context),
            || self.side(self.right.clone(), context),
        );
        let (left, right) = (left?, right?);
        let tables = Both { left: largest(&left)?, right: largest(&right)? };
        let plan = compare::plan(&tables.left.table, &tables.right.table, &self.wanted());
        let plan = plan.map_err(|missing| no_column(missing, &tables))?;
        if plan.of(PairRole::Key).next().is_none() {
            return Err(Finding::of(codes::NO_KEY).into());
        }
        let mut rules = rules(&context.settings);
        rules.tolerance = self.tolerance.unwrap_or(rules.tolerance);
        let ours: Vec<_> = left.ours.iter().chain(&right.ours).cloned().collect();
        let earlier = earlier(REPORT, &ours, None, &[], context.today);
        let run =
            |rules: &_| compare::reconcile(&tables.left.table, &tables.right.table, &plan, rules);
        let (compared, ids) = with_decisions(&earlier.decisions, rules, run, checked)?;
        let inputs = vec![InputRead::of(tables.left), InputRead::of(tables.right)];
        let mut findings = earlier.findings;
        for (reading, table) in [(&left, tables.left), (&right, tables.right)] {
            let found = reading.findings.iter().filter(|finding| matters(finding, table));
            findings.extend(found.cloned());
        }
        // A million rows need the room that their sheets took.
        drop((left, right));
        let told = checked(&compared).tell(&ids, &earlier.decisions, &TERMS, context, |_| false);
        let mut report = report::build(&compared, &plan, told, context);
        report.inputs = inputs;
        report.findings.extend(findings);
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.right
    }

    fn first_input(&self) -> Option<&String> {
        Some(&self.left)
    }
}

/// Returns what every cross-check has.
fn checked(compared: &Comparison) -> Checked<'_> {
    Checked { left: &compared.left, right: &compared.right, lines: &compared.lines }
}

/// Returns the table with the most rows: the one that is meant where a file
/// holds several.
fn largest(reading: &Reading) -> Result<&ReadTable> {
    let rows = |table: &&ReadTable| table.table.rows_of(Role::Body).count();
    let tables = reading.tables.iter().enumerate();
    let most = tables.max_by_key(|(at, table)| (rows(table), std::cmp::Reverse(*at)));
    most.map(|(_, table)| table)
        .ok_or_else(|| Error::from(Finding::of(codes::NO_TABLE)).with_unread(&reading.findings))
}

/// Whether a finding of the reading is about cells of the table, or about what
/// could not be read: what kind of sheet it is does not matter here.
fn matters(finding: &Finding, table: &ReadTable) -> bool {
    let here = finding.at.as_ref().is_none_or(|at| at.sheet == table.table.sheet.id);
    finding.is_unread()
        || (here
            && finding.code != codes::UNKNOWN_KIND
            && !columns::FINDINGS.contains(&finding.code))
}

/// Headers of a wide sheet that are told to whoever named a wrong one.
const TOLD: usize = 30;

fn no_column(missing: NoColumn, tables: &Both<&ReadTable>) -> Error {
    let mut headers = missing.headers;
    if headers.len() > TOLD {
        headers.truncate(TOLD);
        headers.push("…".to_owned());
    }
    Finding::of(codes::NO_SUCH_COLUMN)
        .with("found", missing.name)
        .with("sheet", &tables.of(missing.side).table.sheet.id)
        .with("columns", headers.join(", "))
        .into()
}
