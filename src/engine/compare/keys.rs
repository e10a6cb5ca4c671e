//! The key by the values themselves: columns that hold the same values on both
//! sides and tell the rows apart, one or a few together.

use rustc_hash::{FxHashMap, FxHashSet};

use super::columns::sampled;
use super::profile::{Class, Profile, sample};
use super::values::{Grid, folded, number};
use crate::engine::matching::sides::Both;
use crate::input::table::Table;

/// Columns a key may be made of.
const LONGEST: usize = 3;
/// Different rows of a hundred that make a key good enough.
const ENOUGH: usize = 97;
/// Values of a hundred that both sides must have in common.
const SHARED: usize = 20;

/// Returns of a hundred values of the left column how many the right one has;
/// of figures as figures.
pub(super) fn is_shared(grids: &Both<Grid<'_>>, columns: Both<u16>) -> usize {
    let key = |grid: &Grid<'_>, row: usize, col: u16| {
        let value = grid.value(row, col);
        number(value).map_or_else(|| folded(value), |number| number.to_string())
    };
    let right: FxHashSet<String> =
        (0..grids.right.rows.len()).map(|row| key(&grids.right, row, columns.right)).collect();
    let left: Vec<String> = sample(grids.left.rows.len())
        .map(|row| key(&grids.left, row, columns.left))
        .filter(|key| !key.is_empty())
        .collect();
    let shared = left.iter().filter(|key| right.contains(*key)).count();
    shared * 100 / left.len().max(1)
}

/// Finds the columns of the key; none if nothing tells the rows apart.
pub(super) fn by_values(
    grids: &Both<Grid<'_>>,
    tables: &Both<&Table>,
    profiles: &Both<Vec<Profile>>,
    by_header: &[Both<usize>],
) -> Vec<Both<usize>> {
    let mut candidates = candidates(grids, tables, profiles, by_header);
    candidates.sort_by_key(|one| (std::cmp::Reverse(one.score), one.at.left, one.at.right));
    let Some(first) = candidates.first() else { return Vec::new() };
    let mut key = vec![first.at];
    let mut apart = apart(grids, tables, &key);
    while apart < ENOUGH && key.len() < LONGEST {
        let more = candidates.iter().filter(|one| {
            key.iter().all(|known| known.left != one.at.left && known.right != one.at.right)
        });
        let with = |at: Both<usize>| {
            let longer: Vec<Both<usize>> = key.iter().copied().chain([at]).collect();
            self::apart(grids, tables, &longer)
        };
        let best = more.map(|one| (with(one.at), one.at)).max_by_key(|&(apart, at)| {
            (apart, std::cmp::Reverse(at.left), std::cmp::Reverse(at.right))
        });
        let Some((better, at)) = best.filter(|(better, _)| *better > apart) else { break };
        key.push(at);
        apart = better;
    }
    key
}

struct Candidate {
    at: Both<usize>,
    score: usize,
}

/// Returns pairs of columns that share values and tell rows apart.
fn candidates(
    grids: &Both<Grid<'_>>,
    tables: &Both<&Table>,
    profiles: &Both<Vec<Profile>>,
    by_header: &[Both<usize>],
) -> Vec<Candidate> {
    let usable = |profile: &Profile| {
        let amounts = profile.class == Class::Number && profile.fractions;
        profile.filled >= 50 && !amounts
    };
    let mut found = Vec::new();
    for (left, of_left) in profiles.left.iter().enumerate() {
        for (right, of_right) in profiles.right.iter().enumerate() {
            let at = Both { left, right };
            let named = by_header.contains(&at);
            let telling = of_left.distinct >= 20 && of_right.distinct >= 20;
            if !usable(of_left) || !usable(of_right) || !(named || telling) {
                continue;
            }
            // Small counting numbers are the same everywhere.
            let counts = of_left.class == Class::Number && is_counting(grids, tables, at);
            let columns = Both {
                left: tables.left.columns[left].col,
                right: tables.right.columns[right].col,
            };
            let shared = is_shared(grids, columns);
            if shared < SHARED || (counts && !named) {
                continue;
            }
            let distinct = of_left.distinct.min(of_right.distinct);
            let bonus = usize::from(named) * 600 + usize::from(is_key(tables, at)) * 600;
            let malus =
                usize::from(counts) * 4000 + usize::from(of_left.class == Class::Day) * 2000;
            found.push(Candidate { at, score: (shared * distinct + bonus).saturating_sub(malus) });
        }
    }
    found
}

/// Whether the columns are a number that documents are known by.
fn is_key(tables: &Both<&Table>, at: Both<usize>) -> bool {
    let field = |field: Option<&str>| field.is_some_and(|field| field.ends_with("_no"));
    field(tables.left.columns[at.left].field) || field(tables.right.columns[at.right].field)
}

/// Whether a column counts its rows: 1, 2, 3.
fn is_counting(grids: &Both<Grid<'_>>, tables: &Both<&Table>, at: Both<usize>) -> bool {
    let cells = sampled(&grids.left, tables.left.columns[at.left].col);
    let small = |cell: &&String| cell.len() <= 4 && cell.bytes().all(|byte| byte.is_ascii_digit());
    !cells.is_empty() && cells.iter().filter(small).count() * 10 >= cells.len() * 9
}

/// Returns how many of a hundred rows of the worse side a key tells apart.
fn apart(grids: &Both<Grid<'_>>, tables: &Both<&Table>, key: &[Both<usize>]) -> usize {
    let left: Vec<u16> = key.iter().map(|at| tables.left.columns[at.left].col).collect();
    let right: Vec<u16> = key.iter().map(|at| tables.right.columns[at.right].col).collect();
    let of = |grid: &Grid<'_>, cols: &[u16]| {
        let rows: Vec<usize> = sample(grid.rows.len()).collect();
        let mut seen: FxHashMap<Vec<String>, usize> = FxHashMap::default();
        for &row in &rows {
            let parts = cols.iter().map(|&col| folded(grid.value(row, col))).collect();
            *seen.entry(parts).or_default() += 1;
        }
        seen.len() * 100 / rows.len().max(1)
    };
    of(&grids.left, &left).min(of(&grids.right, &right))
}
