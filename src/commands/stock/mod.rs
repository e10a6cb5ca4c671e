//! The warehouse: its books, what to buy, what a count found.

pub mod ledger;
mod numbers;
mod papers;
mod words;

use super::Run;
use crate::lang::Lang;
use crate::report::{Block, Sheet, Span, SpanStyle, labels};

/// Keep the stock: its books, what to buy, what a count found
#[derive(Debug, clap::Args)]
pub struct Stock {
    #[command(subcommand)]
    job: Job,
}

/// What is done with the stock.
#[derive(Debug, clap::Subcommand)]
enum Job {
    /// Roll the stock forward and check the stock table against it
    Ledger(ledger::Ledger),
}

/// The columns of a form's row of boxes.
const FORM_COLUMNS: u16 = 12;

/// Adds boxes to sign in, side by side, for those who answer for a paper.
fn papers_to_sign(sheet: Sheet, keys: &[&'static str], lang: Lang) -> Sheet {
    let count = u16::try_from(keys.len()).unwrap_or(1).max(1);
    let date = labels::text(lang, "stock.sign_date");
    let spans = keys.iter().map(|key| {
        let text = format!("{}\n\n{date}", labels::text(lang, key));
        Span::new(FORM_COLUMNS / count, text).style(SpanStyle::Stamp)
    });
    sheet.block(Block::Space).spans(spans)
}

impl Stock {
    /// Returns the job that was asked for.
    pub fn job(&self) -> &dyn Run {
        match &self.job {
            Job::Ledger(ledger) => ledger,
        }
    }
}
