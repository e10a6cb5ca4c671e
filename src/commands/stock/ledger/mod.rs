//! `gendan stock ledger`: opening + received − issued ± adjusted = closing, of
//! every item, against the stock table and the slips.

mod json;
mod sheets;

use chrono::NaiveDate;

use super::papers::Papers;
use super::words;
use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::engine::stock::ledger::ledger;
use crate::engine::stock::postings;
use crate::error::Result;
use crate::finding::{Finding, codes};
use crate::period::{NoDate, Period, parse_day};
use crate::report::{Conservation, Report, Section, appendix, labels};

/// Roll the stock forward and check the stock table against it
#[derive(Debug, clap::Args)]
pub struct Ledger {
    #[command(flatten)]
    inputs: Inputs,
    /// The day whose slips are to be posted; all days if none is named
    #[arg(long, value_name = "DAY", value_parser = day)]
    day: Option<NaiveDate>,
}

/// The kinds that the job has a use for.
const KINDS: [&str; 4] = ["goods_receipt", "material_issue", "stock_movements", "stock_table"];

impl Run for Ledger {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let papers = Papers::of(reading, &KINDS, context);
        let period = context.month.map(Period::from);
        let books = papers.books(period);
        let rolled = ledger(&books);
        let slips = postings::postings(&papers.movements, &rolled.items);
        let due = postings::findings(&slips, &rolled.items, rolled.has_ledger);
        let shown: Vec<&postings::Posting<'_>> = slips
            .iter()
            .filter(|posting| {
                let day = posting.line.moment.map(|moment| moment.day);
                self.day.is_none_or(|wanted| day == Some(wanted))
            })
            .collect();
        let mut report =
            Report::new("stock-ledger", labels::text(lang, "warehouse.ledger_title"), lang);
        report.period = period.map(|period| period.to_string());
        report.inputs = papers.inputs;
        report.sections = vec![
            Section::new("balances", json::balances(&rolled)),
            Section::new("postings", json::postings(&shown, &rolled.items)),
        ];
        report.conservation = Some(conservation(&rolled));
        report.notes = rolled
            .assumed
            .iter()
            .map(|assumed| words::assumed(*assumed, lang).to_owned())
            .collect();
        if rolled.counted.other_period > 0 {
            let count = rolled.counted.other_period.to_string();
            report.notes.push(labels::fill(lang, "warehouse.other_period", &[("count", &count)]));
        }
        report.sheets.push(sheets::balances(&rolled, &report, context));
        if !shown.is_empty() {
            report.sheets.push(sheets::postings(&shown, &rolled.items, lang));
        }
        report.findings = papers.findings;
        report.findings.extend(gaps_explained(rolled.findings, &due));
        report.findings.extend(due);
        if rolled.balances.is_empty() {
            report.findings.push(Finding::of(codes::NOTHING_TO_DO).with("job", "ledger"));
        }
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

/// A number that is missing because its slip was not posted is told by the
/// slip; the hole is no alarm of its own.
fn gaps_explained(mut findings: Vec<Finding>, due: &[Finding]) -> Vec<Finding> {
    let value = |finding: &Finding, name: &str| {
        finding.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
    };
    let unposted: Vec<String> =
        due.iter().filter_map(|finding| value(finding, "document")).collect();
    for gap in findings.iter_mut().filter(|finding| finding.code == codes::DOCUMENT_NO_GAP) {
        let missing = value(gap, "missing").unwrap_or_default();
        let count = value(gap, "count").and_then(|count| count.parse::<usize>().ok());
        let mut numbers = missing.split(", ");
        let shown = numbers.clone().count();
        if count == Some(shown) && numbers.all(|number| unposted.iter().any(|one| one == number)) {
            gap.severity = crate::finding::Severity::Info;
        }
    }
    findings
}

fn conservation(rolled: &crate::engine::stock::ledger::Ledger) -> Conservation {
    let counted = rolled.counted;
    let rows = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    Conservation {
        rows_in: rows(counted.read),
        rows_reported: rows(counted.rolled + counted.other_period),
        amount_in: counted.moved,
        amount_reported: counted.placed,
    }
}

fn day(text: &str) -> std::result::Result<NaiveDate, NoDate> {
    parse_day(text)
}
