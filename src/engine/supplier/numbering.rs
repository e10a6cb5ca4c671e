//! Which of our columns holds the suppliers' numbers. Headers often do not say
//! (单号, 单据编号), but the suppliers' own papers do: where a register has no
//! delivery notes, the numbers that stand on the statements are they.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::entries::{Resolve, party_of};
use super::papers::{Paper, Papers};
use crate::engine::entry::Entry;
use crate::records::{DocumentNo, ReceiptLine, Records};
use crate::text::fold;

/// Where a register has the suppliers' numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    /// Where its headers say.
    AsRead,
    /// In the column of our own receipt numbers.
    ReceiptNo,
    /// Among its other numbers.
    OtherNos,
}

/// The numbers that the suppliers' papers have, by party.
#[derive(Debug, Default)]
pub(super) struct TheirNumbers(FxHashMap<Arc<str>, FxHashSet<String>>);

impl TheirNumbers {
    pub(super) fn of(papers: &Papers, resolve: Resolve<'_>) -> Self {
        let mut numbers = Self::default();
        for paper in &papers.statements {
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                let keys = line.document_nos.iter().filter_map(|number| key(&number.text));
                numbers.0.entry(party).or_default().extend(keys);
            }
        }
        numbers
    }

    /// Gives a line of our ledger the number of theirs that its text names:
    /// books are kept under numbers of their own.
    pub(super) fn in_ledger(&self, mut entry: Entry) -> Entry {
        let Some(theirs) = self.0.get(&entry.party) else { return entry };
        let is_theirs = |text: &str| key(text).is_some_and(|key| theirs.contains(&key));
        if entry.document_nos.iter().any(|number| is_theirs(&number.text)) {
            return entry;
        }
        let texts = [entry.item.clone(), entry.remark.clone()];
        let ends = |c: char| !(c.is_ascii_alphanumeric() || "-_/.#".contains(c));
        let words = texts.iter().flatten().flat_map(|text| text.split(ends));
        let known = words.chain(entry.other_nos.iter().map(|number| &**number));
        let found: Vec<DocumentNo> = known
            .filter(|word| is_theirs(word))
            .map(|word| DocumentNo { text: Arc::from(word), damaged: false })
            .collect();
        if !found.is_empty() {
            let own = std::mem::replace(&mut entry.document_nos, found);
            entry.other_nos.extend(own.into_iter().map(|number| number.text));
        }
        entry
    }

    /// Finds where a register has them.
    pub(super) fn in_register(
        &self,
        paper: &Paper<Records<ReceiptLine>>,
        resolve: Resolve<'_>,
    ) -> Numbering {
        /// Fewer lines are no evidence.
        const LINES: usize = 3;
        let (mut lines, mut as_read, mut receipt, mut other) = (0_usize, 0, 0, 0);
        for line in &paper.records.lines {
            let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
            let Some(theirs) = self.0.get(&party).filter(|theirs| !theirs.is_empty()) else {
                continue;
            };
            let known =
                |number: &DocumentNo| key(&number.text).is_some_and(|key| theirs.contains(&key));
            lines += 1;
            as_read += usize::from(line.document_nos.iter().any(known));
            receipt += usize::from(line.receipt_no.iter().any(known));
            other += usize::from(line.other_nos.iter().any(known));
            // Enough stand where the headers say: the rest changes nothing.
            if as_read * 10 > paper.records.lines.len() {
                return Numbering::AsRead;
            }
        }
        let (best, numbering) = if receipt >= other {
            (receipt, Numbering::ReceiptNo)
        } else {
            (other, Numbering::OtherNos)
        };
        // Months run over: a third of the lines may be on other papers.
        let sure = best >= LINES && best * 2 >= lines && as_read * 10 <= lines;
        if sure { numbering } else { Numbering::AsRead }
    }
}

impl Numbering {
    /// Gives an entry the suppliers' number of its line; what was read as
    /// such stays among the other numbers.
    pub(super) fn apply(self, line: &ReceiptLine, entry: &mut Entry) {
        let numbers: Vec<DocumentNo> = match self {
            Self::AsRead => return,
            Self::ReceiptNo => line.receipt_no.iter().cloned().collect(),
            Self::OtherNos => line.other_nos.clone(),
        };
        entry.other_nos.retain(|other| numbers.iter().all(|number| number.text != *other));
        entry.other_nos.extend(entry.document_nos.drain(..).map(|number| number.text));
        entry.document_nos = numbers;
    }
}

/// A number as both sides may write it.
pub(super) fn key(number: &str) -> Option<String> {
    let folded = fold(number);
    let kept: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
    let key = kept.trim_start_matches('0');
    (key.chars().count() >= 3).then(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::supplier::fixtures::{receipts, statement};

    const THEIRS: [&str; 4] = ["FL-1001", "FL-1002", "FL-1003", "FL-1004"];

    fn register(numbers: [&str; 4]) -> Numbering {
        let goods = THEIRS.map(|number| ("2026-10-08", number, "A", "1", "2"));
        let mut ours = receipts(&goods);
        for (line, number) in ours.records.lines.iter_mut().zip(numbers) {
            line.document_nos.clear();
            line.receipt_no = Some(DocumentNo { text: number.into(), damaged: false });
        }
        let papers = Papers {
            statements: vec![statement(None, &goods, &[], None)],
            receipts: vec![ours],
            ..Papers::default()
        };
        let resolve = |name: &str| Arc::from(name);
        TheirNumbers::of(&papers, &resolve).in_register(&papers.receipts[0], &resolve)
    }

    #[test]
    fn numbers_that_stand_on_the_statements_are_the_suppliers() {
        assert_eq!(register(["FL1001", "fl-1002", "FL1003", "RK7"]), Numbering::ReceiptNo);
        assert_eq!(register(["RK1", "RK2", "RK3", "FL1004"]), Numbering::AsRead);
    }
}
