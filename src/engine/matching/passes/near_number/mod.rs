//! Notes whose number has no counterpart, against notes with nearly the same
//! number: only where lines or sums agree as well, and only the clearly best.

mod agreement;
mod crowd;
mod notes;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Run, Trust, note};
use crate::engine::matching::assignment::{Scores, assign};
use crate::engine::matching::links::Sets;
use crate::engine::matching::names::Id;
use crate::engine::matching::near_number::Nearness;
use crate::engine::matching::outcome::Note;
use crate::engine::matching::sides::Both;
use crate::engine::matching::weigh::MARGIN;
use agreement::{edge, weak_edge};
use crowd::Crowd;
use notes::{Doc, near_pairs, unlinked};

/// Notes up to which a component is assigned, and lines of one that are
/// compared with the lines of another.
const MOST: usize = 200;

/// A left and a right note that may be one.
#[derive(Debug, Clone, Copy)]
struct Edge {
    left: usize,
    right: usize,
    nearness: Nearness,
    score: i64,
    trust: Trust,
}

/// Links and settles notes with nearly the same number: surely where lines or
/// sums agree; with doubt where the numbers are each other's only neighbours
/// and the rest comes near.
pub(super) fn run(run: &mut Run<'_, '_>) {
    for certain in [true, false] {
        let mut parties: Vec<(Id, Both<Vec<Doc>>)> = unlinked(run, certain).into_iter().collect();
        let names = &run.board.names;
        parties.sort_unstable_by(|a, b| names.text(a.0).cmp(names.text(b.0)));
        for (party, docs) in parties {
            if docs.left.is_empty() || docs.right.is_empty() {
                continue;
            }
            let mut pairs = near_pairs(run, &docs);
            if !certain {
                pairs = only_neighbours(pairs);
            }
            let crowd = Crowd::around(run, party, &docs, &pairs);
            let edges: Vec<Edge> = if certain {
                let edges = pairs.into_iter().filter_map(|pair| edge(run, &docs, &crowd, pair));
                clear_pairs(&docs, &edges.collect::<Vec<Edge>>())
            } else {
                let edges = pairs.into_iter();
                edges.filter_map(|pair| weak_edge(run, &docs, &crowd, pair)).collect()
            };
            for edge in edges {
                settle(run, &docs, edge);
            }
        }
    }
}

fn settle(run: &mut Run<'_, '_>, docs: &Both<Vec<Doc>>, edge: Edge) {
    let linked = Both {
        left: docs.left[edge.left].lines.clone(),
        right: docs.right[edge.right].lines.clone(),
    };
    let said = match edge.nearness {
        Nearness::Typo => Note::DocumentNoTypo,
        Nearness::Truncated => Note::DocumentNoTruncated,
    };
    let setting = note::setting(run, &linked);
    note::settle(run, &linked, setting, Some(said), edge.trust);
}

/// Returns the pairs of notes that have no other near note.
fn only_neighbours(mut pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut neighbours: Both<FxHashMap<usize, usize>> = Both::default();
    for &(left, right) in &pairs {
        *neighbours.left.entry(left).or_default() += 1;
        *neighbours.right.entry(right).or_default() += 1;
    }
    pairs.retain(|(left, right)| neighbours.left[left] == 1 && neighbours.right[right] == 1);
    pairs
}

/// Returns the pairs of the best assignment that are clearly better than any
/// other way.
fn clear_pairs(docs: &Both<Vec<Doc>>, edges: &[Edge]) -> Vec<Edge> {
    let offset = docs.left.len();
    let mut sets = Sets::new(offset + docs.right.len());
    for edge in edges {
        sets.join(edge.left, offset + edge.right);
    }
    let mut rooted: Vec<(usize, Edge)> =
        edges.iter().map(|&edge| (sets.root(edge.left), edge)).collect();
    rooted.sort_by_key(|&(root, edge)| (root, edge.left, edge.right));
    let mut clear = Vec::new();
    for group in rooted.chunk_by(|a, b| a.0 == b.0) {
        let edges: Vec<Edge> = group.iter().map(|&(_, edge)| edge).collect();
        clear.extend(best(&edges));
    }
    clear
}

fn best(edges: &[Edge]) -> Vec<Edge> {
    let distinct = |of: fn(&Edge) -> usize| {
        edges.iter().map(of).collect::<BTreeSet<usize>>().into_iter().collect::<Vec<usize>>()
    };
    let (rows, columns) = (distinct(|edge| edge.left), distinct(|edge| edge.right));
    if rows.len().max(columns.len()) > MOST {
        return Vec::new();
    }
    let mut scores = Scores::new(rows.len(), columns.len());
    for edge in edges {
        let row = rows.partition_point(|&at| at < edge.left);
        let column = columns.partition_point(|&at| at < edge.right);
        scores.set(row, column, edge.score);
    }
    let clear = assign(&scores)
        .pairs
        .into_iter()
        .filter(|pair| pair.margin == pair.score || pair.margin >= i64::from(MARGIN));
    clear
        .filter_map(|pair| {
            let place = (rows[pair.row], columns[pair.column]);
            edges.iter().find(|edge| (edge.left, edge.right) == place).copied()
        })
        .collect()
}
