//! Words that are settled by what stands below and beside them: `Item` over
//! 10, 20, 30 counts lines, `Material` over codes or beside their short text
//! is the code.

use super::header::{AGAINST, CODED, COMMON, Candidate, Headers, SAID};
use super::profile::Sample;
use crate::kinds::{Field, Kind, claims_line, coded_fields};

/// The fields that number lines.
const LINES: [&str; 2] = ["order_line", "line_no"];

/// Weighs the candidates by what stands below and beside their words.
pub(super) fn settle(
    found: &mut Vec<Candidate>,
    headers: &Headers,
    sample: &Sample<'_>,
    kind: &'static Kind,
) {
    let counts = |at: usize| {
        sample.profile(at).lines && headers.columns[at].words().any(|word| claims_line(word))
    };
    let line = LINES.iter().find_map(|name| kind.fields.iter().find(|field| field.name == *name));
    for at in (0..headers.columns.len()).filter(|at| counts(*at)) {
        let told = |one: &&mut Candidate| one.at == at && one.rank > SAID;
        found.iter_mut().filter(told).for_each(|one| one.rank += AGAINST);
        found.extend(line.map(|field| Candidate { at, rank: CODED, field }));
    }
    for words in coded_fields() {
        let field = kind.fields.iter().find(|field| field.name == words.name);
        let Some((field, at)) = field.zip(column(headers, words)) else { continue };
        if is_described(headers, words, at)
            || sample.holds_codes(at) && !is_named(found, at, field, kind)
        {
            found.retain(|one| one.at != at || one.field.name != field.name);
            found.push(Candidate { at, rank: CODED, field });
        }
    }
}

/// Whether some other column is the code, or the name of what a code would
/// stand for: then codes may as well be grades (SUS304).
fn is_named(found: &[Candidate], at: usize, code: &Field, kind: &'static Kind) -> bool {
    let name = code.name.replace("code", "name");
    let names = |one: &&Candidate| [code.name.as_str(), &name].contains(&one.field.name.as_str());
    kind.field(&name).is_some()
        && found.iter().filter(names).any(|one| one.at != at && one.rank < COMMON)
}

/// Returns the one column that a field's words for codes head.
fn column(headers: &Headers, field: &Field) -> Option<usize> {
    let mut places = (0..headers.columns.len()).filter(|at| headers.says(*at, &field.coded));
    places.next().filter(|_| places.next().is_none())
}

/// Whether another column describes what stands in this one.
fn is_described(headers: &Headers, field: &Field, at: usize) -> bool {
    (0..headers.columns.len()).any(|other| other != at && headers.says(other, &field.described_by))
}
