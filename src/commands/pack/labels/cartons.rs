//! The cartons of the packing lists among the inputs.

use crate::finding::{Finding, codes};
use crate::input::reading::ReadTable;
use crate::location::Location;
use crate::records::packing::{CartonList, carton_list};

/// All lists of cartons.
#[derive(Debug, Default)]
pub(super) struct Cartons {
    /// The lists, in the order of the inputs.
    pub(super) lists: Vec<CartonList>,
    /// What was wrong or doubtful.
    pub(super) findings: Vec<Finding>,
    /// Of each table: how many rows could not be used; `None` if it is no
    /// list of cartons.
    pub(super) rejected: Vec<Option<usize>>,
}

impl Cartons {
    /// Reads the packing lists. A number that two cartons of one list have is
    /// told: two labels would be the same.
    pub(super) fn of(tables: &[ReadTable]) -> Self {
        let mut this = Self::default();
        for read in tables {
            if read.kind.is_none_or(|kind| kind.id != "packing_list") {
                this.rejected.push(None);
                continue;
            }
            let list = carton_list(read);
            this.rejected.push(Some(list.rejected));
            this.findings.extend(list.findings.iter().cloned());
            this.findings.extend(repeated(&list));
            this.lists.push(list);
        }
        this
    }
}

/// Returns the numbers that two rows of one order claim.
fn repeated(list: &CartonList) -> Vec<Finding> {
    let mut rows: Vec<(Option<&str>, u32, u32, Option<&Location>)> = list
        .cartons
        .iter()
        .map(|one| &one.range)
        .map(|range| (range.po().map(AsRef::as_ref), range.from, range.to, range.at.as_ref()))
        .collect();
    rows.sort_by_key(|(po, from, to, _)| (*po, *from, *to));
    let clash = |pair: &[(Option<&str>, u32, u32, Option<&Location>)]| {
        let [(one_po, _, one_to, one_at), (po, from, to, at)] = pair else { return None };
        if one_po != po || from > one_to {
            return None;
        }
        let last = one_to.min(to);
        let shown = if from == last { from.to_string() } else { format!("{from}-{last}") };
        let mut finding = Finding::of(codes::CARTON_OVERLAP).with("found", shown);
        if let Some(at) = at {
            finding = finding.at((*at).clone());
        }
        if let Some(other) = one_at {
            finding = finding.related((*other).clone());
        }
        Some(finding)
    };
    rows.windows(2).filter_map(clash).collect()
}
