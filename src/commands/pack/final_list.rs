//! `gendan pack final`: what was really packed.

use crate::args::Inputs;
use crate::commands::{Context, Run};
use crate::error::Result;
use crate::records::packing::po_key;
use crate::report::{InputRead, Report, Section, appendix, labels};

use super::json::{CartonRow, TotalRow};
use super::lists::{number_findings, orders, printed_sum, read_lists};

/// Check the final packing lists against orders and plan
#[derive(Debug, clap::Args)]
pub(super) struct Final {
    #[command(flatten)]
    inputs: Inputs,
}

impl Run for Final {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let mut report = Report::new("pack-final", labels::text(lang, "pack.final_title"), lang);
        report.findings.extend(reading.findings);
        let mut lists = read_lists(&reading.tables);
        report.inputs = reading.tables.iter().map(InputRead::of).collect();
        for (at, list) in &mut lists {
            report.inputs[*at].rejected = u32::try_from(list.rejected).unwrap_or(u32::MAX);
            report.findings.append(&mut list.findings);
            report.findings.extend(number_findings(list));
        }
        let cartons: Vec<_> = lists.iter().flat_map(|(_, list)| &list.cartons).collect();
        let pos = orders(cartons.iter().map(|one| &one.range));
        let of = |po: &str| {
            let key = po_key(po);
            let own = cartons.iter().copied();
            own.filter(move |one| one.range.po().is_some_and(|po| po_key(po) == key))
        };
        let mut totals: Vec<TotalRow<'_>> =
            pos.iter().map(|po| TotalRow::of(Some(po), &printed_sum(of(po)))).collect();
        totals.push(TotalRow::of(None, &printed_sum(cartons.iter().copied())));
        report
            .sections
            .push(Section::new("cartons", cartons.iter().map(|one| CartonRow::of(&one.range))));
        report.sections.push(Section::new("totals", totals));
        report.sheets.push(appendix::problems(&report));
        report.sheets.push(appendix::inputs(&report));
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}
