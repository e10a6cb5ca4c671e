//! The warehouse: its books, what to buy, what a count found.

pub mod count;
pub mod ledger;
mod numbers;
mod papers;
pub mod reorder;
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
    /// Check a stocktake against the book at the moment of counting
    Count(count::Count),
    /// Roll the stock forward and check the stock table against it
    Ledger(ledger::Ledger),
    /// Say what to buy: stock and orders against safety stock and reorder point
    Reorder(reorder::Reorder),
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

/// Returns a name that every file system takes.
fn file_name(name: &str) -> String {
    let safe = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let name: String = name.chars().map(safe).take(60).collect();
    name.trim_matches(['.', ' ']).to_owned()
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
