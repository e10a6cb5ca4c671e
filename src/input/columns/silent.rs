//! Columns without a header, by what stands in them: only where one column
//! alone fits, and never money or quantities (see `arithmetic`).

use super::assign::Assignment;
use super::profile::{Profile, Sample};
use crate::kinds::{FieldType, Kind};

/// Gives columns without a header the field that their values show.
pub(super) fn fill(
    assignment: &mut Assignment,
    kind: &'static Kind,
    sample: &Sample<'_>,
    silent: &dyn Fn(usize) -> bool,
) {
    let free: Vec<(usize, Profile)> = (0..assignment.columns.len())
        .filter(|at| assignment.columns[*at].is_none() && silent(*at))
        .map(|at| (at, sample.profile(at)))
        .filter(|(_, profile)| profile.filled >= 2)
        .collect();
    let days: Vec<usize> = fitting(&free, |profile| profile.mostly(profile.days));
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
