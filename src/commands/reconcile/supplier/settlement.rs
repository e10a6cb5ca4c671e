//! What the calendar says of the settlement window of the month.

use crate::calendar::{Calendar, settlement};
use crate::commands::Context;
use crate::finding::{Finding, codes};
use crate::period::{Month, Period};
use crate::report::{Report, labels};

/// Tells how many working days are left to settle in, and warns where the
/// window has none or the holidays of its year are not known.
pub(super) fn tell(report: &mut Report, period: Period, context: &Context) {
    let calendar = Calendar::new(&context.settings.calendar);
    let window = settlement(&calendar, Month::of(period.last), context.today);
    let (first, last) = (window.first.to_string(), window.last.to_string());
    let text = match window.instead {
        Some((before, after)) => {
            let (before, after) = (before.to_string(), after.to_string());
            let finding = Finding::of(codes::NO_SETTLEMENT_DAY)
                .with("first", &first)
                .with("last", &last)
                .with("before", &before)
                .with("after", &after);
            report.findings.push(finding);
            let values =
                [("first", &*first), ("last", &*last), ("before", &*before), ("after", &*after)];
            labels::fill(context.lang, "reconcile.settlement_instead", &values)
        }
        None => {
            let (days, left) = (window.working_days.to_string(), window.left.to_string());
            let values = [("first", &*first), ("last", &*last), ("days", &*days), ("left", &*left)];
            labels::fill(context.lang, "reconcile.settlement", &values)
        }
    };
    report.notes.push(text);
    if !window.holidays_known {
        report.findings.push(Finding::of(codes::HOLIDAYS_UNKNOWN).with("year", &first[..4]));
    }
}
