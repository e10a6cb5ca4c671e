//! The warehouse: its books, what to buy, what a count found.

pub mod count;
pub mod ledger;
mod numbers;
mod papers;
pub mod reorder;
mod words;

use super::{Context, Run};
use crate::engine::stock::ledger::{Assumed, ledger};
use crate::finding::{Finding, codes};
use crate::input::reading::Reading;
use crate::lang::Lang;
use crate::period::Period;
use crate::report::{Block, Sheet, Span, SpanStyle, Table, labels};

/// Keep the stock: its books, what to buy, what a count found
#[derive(Debug, clap::Args)]
pub struct Stock {
    #[command(subcommand)]
    job: Job,
}

/// Returns what is wrong with the stock tables, movements and counts among
/// tables, and with the tables against the movements. Slips are not weighed
/// here: which of them are posted is the ledger's to say.
pub(super) fn problems(reading: Reading, context: &Context) -> Vec<Finding> {
    const KINDS: [&str; 3] = ["stock_movements", "stock_table", "stocktake"];
    let papers = papers::Papers::of(reading, &KINDS, context);
    let rolled = ledger(&papers.books(context.month.map(Period::from)));
    // Where nothing tells what there was, nothing tells that it was too little.
    let blind = rolled.assumed.contains(&Assumed::OpeningNought);
    let of_ledger = rolled.findings.into_iter();
    let mut found = papers.findings;
    found.extend(of_ledger.filter(|finding| !(blind && finding.code == codes::NEGATIVE_STOCK)));
    found
}

/// What is done with the stock.
#[derive(Debug, clap::Subcommand)]
enum Job {
    /// Check a stocktake against the book at the moment of counting
    Count(count::Count),
    /// Roll the stock forward and check the stock table against it
    Ledger(ledger::Ledger),
    /// Say what to buy: stock and orders against safety stock and reorder point
    Reorder(reorder::Reorder),
}

/// Adds boxes to sign in, side by side under the sheet's table, for those who
/// answer for a paper.
pub(super) fn papers_to_sign(sheet: Sheet, keys: &[&'static str], lang: Lang) -> Sheet {
    /// Narrower boxes leave no room for a name.
    const NARROWEST: usize = 2;
    let printed = |table: &Table| {
        let columns = table.columns.iter().filter(|column| !column.off_paper);
        columns.map(|column| usize::from(column.span)).sum::<usize>()
    };
    let width = sheet.tables().next().map_or(0, printed);
    let count = keys.len().max(1);
    let each = (width / count).max(NARROWEST);
    let date = labels::text(lang, "warehouse.sign_date");
    let spans: Vec<Span> = (1..)
        .zip(keys)
        .map(|(at, key)| {
            let text = format!("{}\n\n{date}", labels::text(lang, key));
            // The last one takes what is left over.
            let own = if at == count { width.saturating_sub(each * (count - 1)) } else { each };
            let columns = u16::try_from(own.max(NARROWEST)).unwrap_or(u16::MAX);
            Span::new(columns, text).style(SpanStyle::Stamp)
        })
        .collect();
    sheet.block(Block::Space).spans(spans)
}

impl Stock {
    /// Returns the job that was asked for.
    pub fn job(&self) -> &dyn Run {
        match &self.job {
            Job::Count(count) => count,
            Job::Ledger(ledger) => ledger,
            Job::Reorder(reorder) => reorder,
        }
    }
}
