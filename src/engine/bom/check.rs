//! What is wrong or doubtful in parts lists themselves.

use rust_decimal::{Decimal, RoundingStrategy};
use rustc_hash::{FxHashMap, FxHashSet};

use super::graph::{Convention, Graph, LineRef};
use super::item::ItemId;
use super::tidy;
use crate::engine::measure;
use crate::finding::{Code, Finding, codes};
use crate::location::Location;
use crate::records::Item;
use crate::records::bom::{Alternate, Bom, BomLine, Doubt, Rate, SupplyType};
use crate::text::fold;

/// Returns what every job that works with the lists must say of them.
pub fn structure(graph: &Graph, boms: &[Bom]) -> Vec<Finding> {
    let mut findings = cycles(graph, boms);
    let made = made(graph);
    for (at, bom) in boms.iter().enumerate() {
        for (index, line) in bom.lines.iter().enumerate() {
            findings.extend(of_line(bom, line, made.contains(&LineRef { bom: at, line: index })));
        }
    }
    findings.extend(unit_conflicts(boms));
    for line in &graph.too_large {
        let (bom, line) = (&boms[line.bom], &boms[line.bom].lines[line.line]);
        findings.push(Finding::of(codes::BOM_TOO_LARGE).at(bom.at(line, bom.columns.usage)));
    }
    findings
}

/// Returns the lines whose items have parts, below them or in a list of their
/// own.
fn made(graph: &Graph) -> FxHashSet<LineRef> {
    let edges = graph.structures.iter().flat_map(|structure| &structure.edges);
    edges.filter(|edge| edge.child.is_some()).map(|edge| edge.line).collect()
}

fn cycles(graph: &Graph, boms: &[Bom]) -> Vec<Finding> {
    let found = graph.cycles.iter().map(|cycle| {
        let path: Vec<&str> =
            cycle.path.iter().map(|item| &*graph.items.get(*item).label).collect();
        let bom = &boms[cycle.line.bom];
        let line = &bom.lines[cycle.line.line];
        Finding::of(codes::BOM_CYCLE).with("path", path.join(" → ")).at(line.at.clone())
    });
    found.collect()
}

/// Returns what is odd about one line by itself.
fn of_line(bom: &Bom, line: &BomLine, has_parts: bool) -> Vec<Finding> {
    let columns = &bom.columns;
    let mut findings = Vec::new();
    if line.jumps {
        let finding = Finding::of(codes::BOM_LEVEL_JUMP).with("found", line.level);
        findings.push(finding.at(bom.at(line, columns.level)));
    }
    let usage = line.usage.map(|usage| usage.normalize().to_string()).unwrap_or_default();
    let zero = line.usage.is_none_or(|usage| usage <= Decimal::ZERO);
    // Parts lists that only state totals have no use per piece to be wrong.
    let stated_only = line.usage.is_none() && line.total.is_some();
    if zero && !stated_only {
        let what = if line.usage.is_none() { "blank" } else { "figure" };
        let finding = Finding::of(codes::BOM_ZERO_USE).with("what", what).with("found", usage);
        findings.push(finding.at(bom.at(line, columns.usage)));
    } else if line.base <= Decimal::ZERO {
        let finding =
            Finding::of(codes::BOM_ZERO_USE).with("what", "base").with("found", line.base);
        findings.push(finding.at(bom.at(line, columns.usage)));
    }
    if line.supply == SupplyType::Phantom && !has_parts {
        findings.push(Finding::of(codes::BOM_EMPTY_PHANTOM).at(line.at.clone()));
    }
    for rate in [line.loss, line.warp, line.weft] {
        findings.extend(doubt(rate).map(|finding| finding.at(bom.at(line, columns.loss))));
    }
    findings
}

fn doubt(rate: Rate) -> Option<Finding> {
    let code: Code = match rate.doubt? {
        Doubt::Convention | Doubt::Unreadable => codes::BOM_LOSS_CONVENTION,
        Doubt::Range => codes::BOM_LOSS_RANGE,
    };
    let percent = (rate.share * Decimal::ONE_HUNDRED).normalize();
    Some(Finding::of(code).with("taken", format!("{percent}%")))
}

/// An item in two units, at the later line.
fn unit_conflicts(boms: &[Bom]) -> Vec<Finding> {
    let mut first: FxHashMap<String, (&str, &Location)> = FxHashMap::default();
    let mut findings = Vec::new();
    for bom in boms {
        for line in &bom.lines {
            let (Some(key), Some(unit)) = (key(&line.item), line.unit.as_deref()) else { continue };
            let known = *first.entry(key).or_insert((unit, &line.at));
            if known.1 != &line.at && measure::fit(unit, known.0) != measure::Fit::Same {
                let finding = Finding::of(codes::BOM_UNIT_CONFLICT)
                    .with("item", label(&line.item))
                    .with("found", unit)
                    .with("expected", known.0)
                    .related(known.1.clone());
                findings.push(finding.at(bom.at(line, bom.columns.unit)));
            }
        }
    }
    findings
}

fn key(item: &Item) -> Option<String> {
    item.code.as_deref().map(fold).or_else(|| item.text().map(|text| fold(&text)))
}

fn label(item: &Item) -> String {
    item.code
        .as_ref()
        .map(ToString::to_string)
        .or_else(|| item.text().map(|t| t.to_string()))
        .unwrap_or_default()
}

/// Returns lines that say the same thing twice: one parent, one item, one
/// place of use; at the second.
pub fn duplicates(boms: &[Bom]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for bom in boms {
        let mut seen: FxHashMap<(Option<usize>, String, String), &Location> = FxHashMap::default();
        for line in bom.lines.iter().filter(|line| !matches!(line.alternate, Alternate::Of(_))) {
            let Some(item) = key(&line.item) else { continue };
            let more = [&line.item.color, &line.item.size, &line.placement];
            let more: Vec<String> =
                more.iter().map(|text| text.as_deref().map(fold).unwrap_or_default()).collect();
            let key = (line.parent, item, more.join("|"));
            match seen.get(&key) {
                None => {
                    seen.insert(key, &line.at);
                }
                Some(first) => {
                    let finding =
                        Finding::of(codes::BOM_DUPLICATE_LINE).with("item", label(&line.item));
                    findings.push(finding.related((*first).clone()).at(line.at.clone()));
                }
            }
        }
    }
    findings
}

/// Returns lines whose items no list knows. Parts with parts of their own and
/// groupings need not be stocked.
pub fn unknown_items(graph: &Graph, boms: &[Bom], known: &dyn Fn(ItemId) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for structure in &graph.structures {
        for edge in structure.edges.iter().filter(|edge| edge.child.is_none() && !edge.phantom) {
            if !known(edge.item) {
                let line = &boms[edge.line.bom].lines[edge.line.line];
                let finding = Finding::of(codes::BOM_UNKNOWN_ITEM).with("item", label(&line.item));
                findings.push((edge.line, finding.at(line.at.clone())));
            }
        }
    }
    findings.sort_by_key(|(line, _)| *line);
    findings.into_iter().map(|(_, finding)| finding).collect()
}

/// Returns what each line of a list needs for a number of products, by the
/// list alone; `None` where a figure is too large.
pub fn line_needs(bom: &Bom, quantity: Decimal, convention: Convention) -> Vec<Option<Decimal>> {
    let mut needs: Vec<Option<Decimal>> = Vec::with_capacity(bom.lines.len());
    for line in &bom.lines {
        let parents = line.parent.map_or(Some(quantity), |parent| needs[parent]);
        let need = parents.zip(convention.factor(line)).and_then(|(a, b)| a.checked_mul(b));
        needs.push(need.map(tidy));
    }
    needs
}

/// Returns the stated totals of all lists that are not what their lines need.
pub fn all_totals(boms: &[Bom], conventions: &[Convention]) -> Vec<Finding> {
    let lists = boms.iter().zip(conventions);
    lists.flat_map(|(bom, convention)| totals(bom, *convention)).collect()
}

/// Returns the stated totals that are not what their lines need.
pub fn totals(bom: &Bom, convention: Convention) -> Vec<Finding> {
    let Some(quantity) = &bom.head.quantity else { return Vec::new() };
    let step = step(bom);
    let mut findings = Vec::new();
    for (line, need) in bom.lines.iter().zip(line_needs(bom, quantity.value, convention)) {
        let (Some(total), Some(need), Some(_)) = (line.total, need, line.usage) else { continue };
        if !agrees(total, need, step) {
            let shown = need.round_dp_with_strategy(4, RoundingStrategy::MidpointAwayFromZero);
            let finding = Finding::of(codes::BOM_TOTAL_MISMATCH)
                .with("found", total.normalize())
                .with("expected", shown.normalize())
                .with("difference", (total - shown).normalize());
            findings.push(finding.at(bom.at(line, bom.columns.total)));
        }
    }
    findings
}

/// Returns how the list's own totals say its loss rates are meant; nothing if
/// they do not tell.
pub fn convention(bom: &Bom) -> Option<Convention> {
    let quantity = bom.head.quantity.as_ref()?.value;
    let step = step(bom);
    let agreeing = |convention| {
        let needs = line_needs(bom, quantity, convention);
        let pairs = bom.lines.iter().zip(needs);
        pairs
            .filter(|(line, need)| {
                let loses =
                    [line.loss, line.warp, line.weft].iter().any(|rate| !rate.share.is_zero());
                loses
                    && line.total.zip(*need).is_some_and(|(total, need)| agrees(total, need, step))
            })
            .count()
    };
    let (added, divided) = (agreeing(Convention::Additive), agreeing(Convention::Divisive));
    match divided {
        2.. if divided > added * 2 => Some(Convention::Divisive),
        _ if added > 0 => Some(Convention::Additive),
        _ => None,
    }
}

/// Returns the smallest step in which the list's totals are written.
fn step(bom: &Bom) -> Decimal {
    const FINEST: u32 = 4;
    let scales =
        bom.lines.iter().filter_map(|line| line.total).map(|total| total.normalize().scale());
    Decimal::new(1, scales.max().unwrap_or_default().min(FINEST))
}

/// Whether a stated total is a need, rounded either way or up to whole pieces.
fn agrees(total: Decimal, need: Decimal, step: Decimal) -> bool {
    let whole = need.round_dp_with_strategy(0, RoundingStrategy::ToPositiveInfinity);
    (total - need).abs() < step || total == whole
}
