//! Columns without a header, by what stands in them: only where one column
//! alone fits, and never money or quantities (see `arithmetic`).

use super::assign::Assignment;
use super::header::Headers;
use super::profile::{Profile, Sample};
use crate::kinds::{FieldType, Kind};

/// Gives columns without a header the field that their values show. A column
/// of days may also have a header that is not known but ends like one of days
/// (点收日期).
pub(super) fn fill(
    assignment: &mut Assignment,
    kind: &'static Kind,
    sample: &Sample<'_>,
    headers: &Headers,
) {
    let open = |wanted: &dyn Fn(usize) -> bool| -> Vec<(usize, Profile)> {
        let free = |at: &usize| assignment.columns[*at].is_none() && wanted(*at);
        let columns = (0..assignment.columns.len()).filter(free);
        let profiles = columns.map(|at| (at, sample.profile(at)));
        profiles.filter(|(_, profile)| profile.filled >= 2).collect()
    };
    let free = open(&|at| headers.is_silent(at));
    let dated = open(&|at| headers.is_silent(at) || headers.says_day(at));
    let days: Vec<usize> = fitting(&dated, |profile| profile.mostly(profile.days));
    let codes: Vec<usize> = fitting(&free, |profile| profile.mostly(profile.codes));
    let units: Vec<usize> = fitting(&free, |profile| profile.mostly(profile.units));
    if let [at] = days.as_slice() {
        take(assignment, kind, *at, |field| field.field_type == FieldType::Date);
    }
    if let [at] = codes.as_slice() {
        let keyed = |name: &str| kind.key.iter().any(|key| key == name);
        take(assignment, kind, *at, |field| {
            field.field_type == FieldType::Code && keyed(&field.name)
        });
    }
    if let [at] = units.as_slice() {
        take(assignment, kind, *at, |field| field.name == "unit");
    }
}

/// Returns the columns that fit.
fn fitting(free: &[(usize, Profile)], fits: impl Fn(&Profile) -> bool) -> Vec<usize> {
    free.iter().filter(|(_, profile)| fits(profile)).map(|(at, _)| *at).collect()
}

/// Makes a column the first field of the kind that fits, unless another
/// column has it.
fn take(
    assignment: &mut Assignment,
    kind: &'static Kind,
    at: usize,
    fits: impl Fn(&crate::kinds::Field) -> bool,
) {
    let Some(field) = kind.fields.iter().find(|field| fits(field)) else { return };
    if assignment.column(&field.name).is_none() {
        assignment.columns[at] = Some((field, 0));
    }
}
