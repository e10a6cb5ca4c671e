//! `gendan pack load`: cartons into containers, and how a person loads them.

mod choice;
mod findings;
mod identity;
mod json;
mod rows;
mod sheets;

use std::time::Instant;

use clap::Args;
use rust_decimal::Decimal;

use self::choice::Choice;
use self::identity::Identities;
use self::rows::Cargo;
use crate::args::Inputs;
use crate::commands::pack::no_carton_list;
use crate::commands::{Context, Run};
use crate::engine::loading::{Budget, Order, WHOLE, load_all};
use crate::error::Result;
use crate::finding::Finding;
use crate::report::{InputRead, Report, appendix, labels};

/// How many blocks are placed for a container unless the person says
/// otherwise: a second or two.
const NODES: u64 = 100_000;

/// The most containers unless the person says otherwise.
const CONTAINERS: usize = 300;

/// Load cartons into containers, as a plan to load by
#[derive(Debug, Args)]
pub struct Load {
    #[command(flatten)]
    inputs: Inputs,
    /// A container to use, by name or inside (40HQ, 5870x2330x2200, in mm); several to choose from
    #[arg(long, value_name = "CONTAINER", value_delimiter = ',')]
    container: Vec<String>,
    /// The least share of each carton's base that must be carried, 0 to 1
    #[arg(long, value_name = "SHARE", default_value = "1.0")]
    support: Decimal,
    /// How long to search, in seconds for each container
    #[arg(long, value_name = "SECONDS")]
    seconds: Option<Decimal>,
    /// How long to search, in blocks placed for each container; the same every time
    #[arg(long, value_name = "COUNT")]
    nodes: Option<u64>,
    /// The most containers
    #[arg(long, value_name = "COUNT")]
    limit: Option<usize>,
    /// Orders in the order of unloading: the first named is unloaded first
    #[arg(long, value_name = "PO", value_delimiter = ',')]
    unload: Vec<String>,
}

impl Run for Load {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let support = self.support()?;
        let choice = Choice::of(&self.container, &context.settings.containers)?;
        let time = self.milliseconds()?;
        let reading = self.inputs.read(&context.settings, &context.progress)?;
        let mut cargo = Cargo::of(&reading, context);
        if cargo.rows.is_empty() && cargo.used.iter().all(Option::is_none) {
            return Err(no_carton_list(&reading.findings));
        }
        let identities = Identities::of(&cargo.rows, &self.unload);
        // A budget of time is a person's wish to wait so long, and no date.
        let begun = Instant::now();
        let clock = || u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let nodes = self.nodes.unwrap_or(if time.is_some() { u64::MAX } else { NODES });
        let budget = Budget { nodes, time: time.map(|most| (most, &clock as &dyn Fn() -> u64)) };
        let order = Order {
            cartons: &identities.cartons,
            rooms: &choice.rooms,
            support,
            limit: Some(self.limit.unwrap_or(CONTAINERS)),
        };
        context.progress.start("load.title", 0);
        let fleet = load_all(&order, &budget);
        context.progress.finish();
        let plan = identities.plan(&cargo.rows, &choice, fleet);

        let mut report = Report::new("pack-load", labels::text(lang, "load.title"), lang);
        for (read, used) in reading.tables.iter().zip(&cargo.used) {
            let rejected = u32::try_from(used.unwrap_or(0)).unwrap_or(u32::MAX);
            report.inputs.push(InputRead {
                rejected,
                party: read.party.clone(),
                ..InputRead::of(read)
            });
        }
        report.findings.extend(cargo.of_use(reading.findings, &reading.tables));
        report.findings.append(&mut cargo.findings);
        report.findings.extend(findings::of(&plan, &cargo.rows));
        report.needs_person = !plan.left_over.is_empty();
        report.sections = json::sections(&plan, &cargo.rows);
        report.conservation = Some(json::conservation(&plan, &cargo.rows));
        report.sheets = sheets::of(&plan, &cargo.rows, lang);
        appendix::append(&mut report);
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        &self.inputs.inputs
    }
}

impl Load {
    /// Returns the least support in ten-thousandths.
    fn support(&self) -> Result<u32> {
        let share = self.support.checked_mul(Decimal::from(WHOLE)).map(|share| share.ceil());
        let share = share.filter(|share| (Decimal::ZERO..=Decimal::from(WHOLE)).contains(share));
        share
            .and_then(|share| share.try_into().ok())
            .ok_or_else(|| Finding::bad_argument("--support", self.support).into())
    }

    fn milliseconds(&self) -> Result<Option<u64>> {
        let Some(seconds) = self.seconds else { return Ok(None) };
        let milliseconds = seconds.checked_mul(Decimal::ONE_THOUSAND).map(|time| time.floor());
        let milliseconds = milliseconds.filter(|time| *time > Decimal::ZERO);
        let milliseconds = milliseconds.and_then(|time| u64::try_from(time).ok());
        milliseconds.map(Some).ok_or_else(|| Finding::bad_argument("--seconds", seconds).into())
    }
}
