//! The sample month as files: made anew from the tables in here, the same
//! bytes every time.

mod accounts;
mod expected;
mod goods;
mod grid;
mod ole;
mod ours;
mod plants;
mod theirs;
mod xls;
mod xlsx;

use std::collections::BTreeMap;

use accounts::Account;

/// Where lines stand, by paper, supplier and key: `file#sheet!row`, as the
/// spreadsheet counts rows; text files without a sheet.
#[derive(Debug, Default)]
pub(crate) struct Places(BTreeMap<(Paper, &'static str, String), String>);

impl Places {
    fn add(&mut self, paper: Paper, account: &Account, key: &str, place: String) {
        let supplier = account.supplier.code;
        let before = self.0.insert((paper, supplier, key.to_owned()), place);
        assert!(before.is_none(), "{supplier} {key} stands twice on one paper");
    }

    fn find(&self, paper: Paper, account: &Account, key: &str) -> &str {
        let supplier = account.supplier.code;
        let found = self.0.get(&(paper, supplier, key.to_owned()));
        found.unwrap_or_else(|| panic!("{supplier} {key} stands nowhere"))
    }
}

/// Whose paper a line stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paper {
    /// The supplier's statement.
    Theirs,
    /// Our registers and last month's open items.
    Ours,
}

/// The month: its papers by name, and what a cross-check of them should find.
pub(crate) struct Month {
    pub(crate) papers: Vec<(String, Vec<u8>)>,
    pub(crate) expected: String,
}

/// Makes the month.
pub(crate) fn month() -> Month {
    let accounts = plants::month();
    let mut places = Places::default();
    let mut papers = theirs::papers(&accounts, &mut places);
    papers.extend(ours::papers(&accounts, &mut places));
    let expected = expected::list(&accounts, &places);
    Month { papers, expected }
}
