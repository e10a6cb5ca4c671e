//! Fabric that came narrower or wider than its use was worked out for: the use
//! is corrected, and it is said that it was.

use rust_decimal::Decimal;

use super::fabric;
use crate::engine::measure;
use crate::finding::{Finding, codes};
use crate::location::Location;
use crate::records::FabricTest;
use crate::records::bom::{Bom, BomLine};
use crate::text::fold;

/// Corrects the uses of fabrics whose width is known to be another: by the
/// list's own column, else by tests; the narrowest lot counts. Says of each
/// line what was taken.
pub fn corrected(boms: &mut [Bom], tests: &[FabricTest]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for bom in boms {
        for index in 0..bom.lines.len() {
            let line = &bom.lines[index];
            let found = correction(bom, line, tests);
            let Some((norm, actual, tested, usage)) = found else { continue };
            let item = line.item.code.clone().or_else(|| line.item.text()).unwrap_or_default();
            let mut finding = Finding::of(codes::BOM_WIDTH_CORRECTED)
                .with("item", item)
                .with("expected", norm.normalize())
                .with("found", actual.normalize())
                .with("taken", usage.round_dp(4).normalize())
                .at(bom.at(line, bom.columns.usage));
            finding.related.extend(tested.cloned());
            findings.push(finding);
            bom.lines[index].usage = Some(usage);
        }
    }
    findings
}

type Correction<'t> = (Decimal, Decimal, Option<&'t Location>, Decimal);

/// Returns norm, actual width, where that was measured, and the use that
/// follows; nothing if none is known or they are the same.
fn correction<'t>(bom: &Bom, line: &BomLine, tests: &'t [FabricTest]) -> Option<Correction<'t>> {
    if !line.unit.as_deref().is_none_or(measure::is_length) {
        return None;
    }
    let norm = line.width.or_else(|| fabric::width(line.item.spec.as_deref()?))?;
    let measured = tests.iter().filter(|test| is_of(test, bom, line)).min_by_key(|test| test.width);
    let (actual, at) = match line.actual_width {
        Some(actual) => (actual, None),
        None => (measured?.width, Some(&measured?.at)),
    };
    // Twice as wide is another unit, no other lot.
    let ratio = norm.checked_div(actual)?;
    let likely = ratio > Decimal::new(5, 1) && ratio < Decimal::TWO && norm != actual;
    let usage = fabric::for_width(line.usage?, norm, actual).filter(|_| likely)?;
    Some((norm, actual, at, usage))
}

/// Whether a test is of the line's fabric.
fn is_of(test: &FabricTest, bom: &Bom, line: &BomLine) -> bool {
    let same = |one: &str, other: &str| fold(one) == fold(other);
    let names = [&line.item.code, &line.item.name];
    let color = test.color.as_deref().zip(line.item.color.as_deref());
    let order = test.order_no.as_ref().zip(bom.head.order.as_ref());
    names.into_iter().flatten().any(|name| same(name, &test.fabric))
        && color.is_none_or(|(own, other)| same(own, other))
        && order.is_none_or(|(own, other)| same(&own.text, &other.value))
}
