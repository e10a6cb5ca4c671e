//! Hands a generated month to the matcher.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use gendan::engine::matching::reconcile;
use gendan::engine::matching::spec::{Pack, SideSpec, Spec};

use super::score::Said;
use crate::months::truth::Month;

/// What the other papers of a month say, as the matcher asks for it.
pub(crate) fn spec(month: &Month) -> Spec {
    let cut_off: BTreeMap<Arc<str>, NaiveDate> = month.papers.cut_offs.iter().cloned().collect();
    let mut spec = Spec {
        from: NaiveDate::from_ymd_opt(2026, 10, 1),
        to: NaiveDate::from_ymd_opt(2026, 10, 31),
        ..Spec::default()
    };
    spec.packs = month
        .papers
        .factors
        .iter()
        .map(|(party, item, factor)| Pack {
            party: Some(Arc::clone(party)),
            item: Arc::clone(item),
            factor: *factor,
        })
        .collect();
    spec.sides.left =
        SideSpec { cut_off, settled: month.papers.settled.clone(), ..SideSpec::default() };
    spec.sides.right.carried = month.carried.iter().copied().collect();
    spec
}

/// What the matcher says of the month.
pub(crate) fn lines(month: &Month) -> Vec<Said> {
    match reconcile(&month.left, &month.right, &spec(month)) {
        Ok(outcome) => outcome.lines.iter().map(Said::from).collect(),
        Err(miscount) => panic!("the matcher miscounts: {miscount:?}"),
    }
}
