//! Which stated sums are not the sums of their rows.

use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::columns::Class;
use super::super::figure::{figure, is_sum};
use super::super::series::texts_in_series;
use super::super::words::words;
use super::Summed;
use super::balance::{Running, last_above};
use super::candidates::{Candidate, Rule, of, opening};
use super::prefix::{Mark, Prefix, Take, marks, prefix};
use crate::currency::Currency;
use crate::finding::{Finding, codes};
use crate::input::table::{Column, Role, Table};
use crate::text::fold;

/// A stated sum that nothing explains.
struct Open {
    mark: usize,
    col: usize,
    candidates: Vec<Candidate>,
}

/// What agreed, and so tells what the others mean.
#[derive(Default)]
struct Evidence {
    /// Columns whose sums agreed somewhere.
    columns: FxHashSet<usize>,
    /// Rules that explained a sum, by mark.
    rules: FxHashMap<usize, Vec<Rule>>,
}

/// Checks every stated sum of a table; adds its own sums to `so_far`. `folded`
/// are the sums of the whole list of which the table is a part.
pub(super) fn sums(
    summed: &Summed<'_>,
    running: &[Running],
    so_far: &mut FxHashMap<u16, Decimal>,
    folded: Option<&[Decimal]>,
) -> Vec<Finding> {
    let (table, classes) = (summed.table, &summed.classes);
    let marks = marks(summed);
    let plain = prefix(&summed.data, Take::Plain);
    let mut evidence = Evidence::default();
    let mut open = Vec::new();
    for (at, mark) in marks.iter().enumerate().filter(|(_, mark)| mark.role != Role::Opening) {
        for (col, stated) in mark.stated.iter().enumerate() {
            let (Some(stated), true) = (*stated, is_summable(classes[col])) else { continue };
            let mut candidates = of(&marks, &plain, at, col);
            candidates.extend(across(&candidates, table, col, so_far));
            let whole = folded.and_then(|sums| sums.get(col));
            candidates.extend(whole.map(|&sum| Candidate { rule: Rule::Folded, sum, count: 2 }));
            let agreeing = candidates.iter().filter(|candidate| is_sum(stated, candidate.sum));
            let rules: Vec<(Rule, u32)> =
                agreeing.map(|candidate| (candidate.rule, candidate.count)).collect();
            if rules.is_empty() {
                open.push(Open { mark: at, col, candidates });
            } else if !stated.is_zero() && rules.iter().any(|(_, count)| *count > 1) {
                evidence.columns.insert(col);
                evidence.rules.entry(at).or_default().extend(rules.iter().map(|(rule, _)| *rule));
            }
        }
    }
    settle(summed, running, &marks, &plain, &mut open);
    add_to(so_far, table, &plain);
    let open = open
        .iter()
        .filter(|open| is_known(&marks, open) && is_expected(table, classes, &evidence, open));
    open.map(|open| finding(table, &marks, &evidence, open)).collect()
}

/// Whether what a sum should be can be known: a closing balance follows from
/// an opening one, which may stand in another table; the sum of the year below
/// the month's is of other months too.
fn is_known(marks: &[Mark], open: &Open) -> bool {
    let (mark, above) = (&marks[open.mark], &marks[..open.mark]);
    let of_month = || above.iter().any(|mark| matches!(mark.role, Role::Total | Role::Subtotal));
    if mark.role == Role::Total && words().year.holds.is_in(&fold(&mark.label)) && of_month() {
        return false;
    }
    let opened = || marks[..open.mark].iter().any(|mark| mark.role == Role::Opening);
    let runs = open.candidates.iter().any(|candidate| candidate.rule == Rule::Last);
    marks[open.mark].role != Role::Closing || runs || opened()
}

/// Whether the sum of a column can mean anything.
fn is_summable(class: Class) -> bool {
    !matches!(class, Class::Single | Class::Rate | Class::Serial | Class::Remark)
}

/// Returns the candidates that begin in the tables above.
fn across(
    own: &[Candidate],
    table: &Table,
    col: usize,
    so_far: &FxHashMap<u16, Decimal>,
) -> Vec<Candidate> {
    let Some(before) = so_far.get(&table.columns[col].col) else { return Vec::new() };
    let whole = own.iter().filter(|own| matches!(own.rule, Rule::SinceStart | Rule::Whole));
    let across = whole.filter_map(|own| {
        Some(Candidate { rule: Rule::Before, sum: own.sum.checked_add(*before)?, ..*own })
    });
    across.collect()
}

/// Adds a table's own sums to those of the tables above.
fn add_to(so_far: &mut FxHashMap<u16, Decimal>, table: &Table, plain: &Prefix) {
    let Some(sums) = plain.above.last() else { return };
    for (column, sum) in table.columns.iter().zip(sums) {
        let so_far = so_far.entry(column.col).or_default();
        *so_far = so_far.checked_add(*sum).unwrap_or_default();
    }
}

/// Takes out what the rarer ways explain: a balance that runs on, the rows of
/// a named group, positive rows only, returns taken off, cartons times what one holds, what was
/// paid in another column.
fn settle(
    summed: &Summed<'_>,
    running: &[Running],
    marks: &[Mark],
    plain: &Prefix,
    open: &mut Vec<Open>,
) {
    let table = summed.table;
    let stated = |open: &Open| marks[open.mark].stated[open.col].unwrap_or_default();
    open.retain_mut(|open| {
        let last = last_above(summed, running, open.col, marks[open.mark].row);
        if let Some(sum) = last {
            open.candidates = vec![Candidate { rule: Rule::Last, sum, count: 1 }];
        }
        last.is_none_or(|last| last != stated(open))
    });
    if open.is_empty() {
        return;
    }
    let groups = groups(summed, marks, open);
    open.retain_mut(|open| {
        let sums = groups.get(&marks[open.mark].group);
        if let Some((sum, count)) = sums.map(|sums| sums[open.col]) {
            open.candidates = vec![Candidate { rule: Rule::Group, sum, count }];
        }
        sums.is_none_or(|sums| !is_sum(stated(open), sums[open.col].0))
    });
    let mut takes = vec![Take::Positive, Take::Lowered];
    takes.extend(cartons(table).map(Take::Times));
    for take in takes {
        let other = prefix(&summed.data, take);
        open.retain(|open| {
            let candidates = of(marks, &other, open.mark, open.col);
            !candidates.iter().any(|candidate| is_sum(stated(open), candidate.sum))
        });
    }
    if open.is_empty() {
        return;
    }
    let lowered = prefix(&summed.data, Take::Lowered);
    open.retain_mut(|open| {
        let less = |sums| less_paid(&summed.classes, marks, sums, open);
        let paid = less(plain);
        let explained =
            |paid: &[Candidate]| paid.iter().any(|candidate| is_sum(stated(open), candidate.sum));
        let explained = explained(&paid) || explained(&less(&lowered));
        if marks[open.mark].role == Role::Closing {
            open.candidates.extend(paid);
        }
        !explained
    });
}

/// Longer texts are no names of currencies.
const LONGEST_CURRENCY: usize = 12;

/// Returns the sums of the groups that labels name, by their folded names.
fn groups(
    summed: &Summed<'_>,
    marks: &[Mark],
    open: &[Open],
) -> FxHashMap<String, Vec<(Decimal, u32)>> {
    let table = summed.table;
    let names = open.iter().map(|open| &marks[open.mark].group).filter(|name| !name.is_empty());
    let width = table.columns.len();
    let mut groups: FxHashMap<String, Vec<(Decimal, u32)>> = FxHashMap::default();
    for name in names {
        groups.entry(name.clone()).or_insert_with(|| vec![(Decimal::ZERO, 0); width]);
    }
    if groups.is_empty() {
        return groups;
    }
    let currencies: Vec<(&str, String)> = groups
        .keys()
        .filter_map(|name| Some((Currency::in_text(name)?.code.as_str(), name.clone())))
        .collect();
    let named = |text: &str, groups: &FxHashMap<String, _>| {
        let folded = fold(text);
        if groups.contains_key(&folded) {
            return Some(folded);
        }
        // 人民币小计 of the rows in RMB.
        let code = (!currencies.is_empty() && text.len() <= LONGEST_CURRENCY)
            .then(|| Currency::in_text(text))?;
        let code = code.map(|currency| currency.code.as_str());
        currencies.iter().find(|(of, _)| Some(*of) == code).map(|(_, name)| name.clone())
    };
    for row in summed.data.bodies() {
        let mut texts = summed.data.cells(row).filter_map(|(_, cell)| cell.text());
        let Some(name) = texts.find_map(|text| named(text, &groups)) else { continue };
        let Some(sums) = groups.get_mut(&name) else { continue };
        for (at, cell) in summed.data.figures(row) {
            let sum = figure(cell).and_then(|value| sums[at].0.checked_add(value));
            if let Some(sum) = sum {
                sums[at] = (sum, sums[at].1 + 1);
            }
        }
    }
    groups.retain(|_, sums| sums.iter().any(|(_, count)| *count > 0));
    groups
}

/// Returns the columns that say how many cartons a row stands for.
fn cartons(table: &Table) -> impl Iterator<Item = usize> {
    let words = &words().column.cartons;
    table.columns.iter().enumerate().filter_map(|(at, column)| {
        let known = column.parts.iter().any(|part| {
            let folded = fold(part);
            words.has(&folded) || words.after(&folded).is_some_and(|rest| words.has(rest))
        });
        known.then_some(at)
    })
}

/// Returns opening + this column − another column, for closing balances of
/// statements that keep payments apart.
fn less_paid(classes: &[Class], marks: &[Mark], plain: &Prefix, open: &Open) -> Vec<Candidate> {
    let above = &marks[..open.mark];
    let sum = |col: usize| plain.above[open.mark][col];
    let count = |col: usize| plain.counts[open.mark][col];
    let opening = opening(above, open.col).unwrap_or_default();
    let paid = (0..classes.len())
        .filter(|col| *col != open.col && classes[*col] == Class::Additive && count(*col) > 0);
    let candidates = paid.filter_map(|paid| {
        let sum = opening.checked_add(sum(open.col))?.checked_sub(sum(paid))?;
        Some(Candidate { rule: Rule::LessPaid, sum, count: count(open.col) })
    });
    candidates.collect()
}

/// Whether the sum should have agreed: money and quantities by their header,
/// and columns whose sums agree elsewhere or beside it.
fn is_expected(table: &Table, classes: &[Class], evidence: &Evidence, open: &Open) -> bool {
    if open.candidates.iter().all(|candidate| candidate.count == 0) {
        return false;
    }
    let runs = open.candidates.iter().any(|candidate| candidate.rule == Rule::Last);
    runs || classes[open.col] == Class::Additive
        || evidence.columns.contains(&open.col)
        || siblings(table, open.col).filter(|col| evidence.columns.contains(col)).count() > 1
}

/// Returns the columns that hold the same as one does: of one group of the
/// header, or members of one series (sizes, months).
fn siblings(table: &Table, col: usize) -> impl Iterator<Item = usize> {
    let names = table.columns.iter().map(|column| column.parts.last().map_or("", String::as_str));
    let series = texts_in_series(names);
    let parent = |column: &Column| column.parts.first().filter(|_| column.parts.len() > 1).cloned();
    let group = parent(&table.columns[col]);
    let same = table.columns.iter().enumerate().map(move |(at, column)| {
        (at, (series[at] && series[col]) || (group.is_some() && parent(column) == group))
    });
    same.filter(move |(at, same)| *same && *at != col).map(|(at, _)| at)
}

/// Makes the finding of a sum that is not the sum of its rows.
fn finding(table: &Table, marks: &[Mark], evidence: &Evidence, open: &Open) -> Finding {
    let mark = &marks[open.mark];
    let stated = mark.stated[open.col].unwrap_or_default();
    let expected = expected(marks, evidence, open, stated);
    let code = match mark.role {
        Role::Total => codes::TOTAL_MISMATCH,
        Role::Closing => codes::CLOSING_MISMATCH,
        _ => codes::SUBTOTAL_MISMATCH,
    };
    Finding::of(code)
        .at(table.at(mark.row, table.columns[open.col].col))
        .with("label", &mark.label)
        .with("found", stated)
        .with("expected", expected.normalize())
        .with("difference", stated.saturating_sub(expected).normalize())
}

/// Returns the sum that should have been stated: by the rule that explains
/// the row's other sums, or the sums of its name; else the nearest.
fn expected(marks: &[Mark], evidence: &Evidence, open: &Open, stated: Decimal) -> Decimal {
    let same = |at: &usize| marks[*at].key == marks[open.mark].key;
    let own = evidence.rules.get(&open.mark);
    let others = evidence.rules.iter().filter(|(at, _)| same(at)).map(|(_, rules)| rules);
    let mut votes: FxHashMap<Rule, usize> = FxHashMap::default();
    for rule in own.map_or_else(|| others.flatten().collect(), |own| own.iter().collect::<Vec<_>>())
    {
        *votes.entry(*rule).or_default() += 1;
    }
    let mut rules: Vec<(Rule, usize)> = votes.into_iter().collect();
    rules.sort_by_key(|(rule, votes)| (std::cmp::Reverse(*votes), *rule));
    // Whether the opening balance is in it, another column cannot tell.
    let nearest = |rule: Option<Rule>| {
        let summed = open.candidates.iter().filter(|candidate| {
            candidate.count > 0 && rule.is_none_or(|rule| candidate.rule == rule)
        });
        summed.min_by_key(|candidate| stated.saturating_sub(candidate.sum).abs())
    };
    let explained = rules.into_iter().find_map(|(rule, _)| nearest(Some(rule)));
    explained.or_else(|| nearest(None)).map_or(Decimal::ZERO, |candidate| candidate.sum)
}
