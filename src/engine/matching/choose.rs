//! From candidates to placements: the best assignment of each connected group,
//! sure where it is good and clearly better than any other, suggested where it
//! is not, ambiguous where two are equally good.

use std::cmp::Reverse;

use rustc_hash::FxHashSet;

use super::assignment::{Scores, Tie, assign};
use super::board::{Certainty, Placement};
use super::candidates::Candidate;
use super::explain::RunnerUp;
use super::learn::Relation;
use super::links::Sets;
use super::paper::Fact;
use super::sides::{Both, Side};
use super::weigh::{LIKELY, MARGIN, SURE, Scale, Setting, Weighed};

/// A weighed candidate.
#[derive(Debug)]
struct Edge {
    left: usize,
    right: usize,
    weighed: Weighed,
}

impl Edge {
    fn score(&self) -> i64 {
        i64::from(self.weighed.total - LIKELY + 1)
    }

    /// How sure the pair is by itself.
    fn certainty(&self, policy: Policy<'_>) -> Certainty {
        let weighed = &self.weighed;
        let doubtful = weighed.relation == Relation::Different
            || weighed.other_number
            || (weighed.contradicts && !policy.numbered);
        if weighed.total >= SURE && !doubtful && (policy.sure)(weighed) {
            Certainty::Sure
        } else {
            Certainty::Suggested
        }
    }
}

/// What a pass asks of the pairs it takes.
#[derive(Clone, Copy)]
pub(super) struct Policy<'a> {
    /// Which pairs are considered.
    pub(super) allowed: &'a dyn Fn(&Weighed) -> bool,
    /// Which of them may be sure.
    pub(super) sure: &'a dyn Fn(&Weighed) -> bool,
    /// Whether a number that is not in doubt links them.
    pub(super) numbered: bool,
}

/// What is chosen, and components that were too large for the best way.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) placements: Vec<Placement>,
    pub(super) too_large: Vec<Both<usize>>,
}

/// Chooses among candidates.
pub(super) fn choose(
    scale: &Scale<'_, '_>,
    candidates: &[Candidate],
    setting: Setting,
    policy: Policy<'_>,
) -> Chosen {
    let weigh = |&(left, right): &Candidate| {
        let weighed = scale.weigh(left, right, setting);
        // Two items that also differ in amount are two transactions.
        let possible = weighed.same_amount || !weighed.relation.is_other();
        let counts = possible && weighed.total >= LIKELY && (policy.allowed)(&weighed);
        counts.then_some(Edge { left, right, weighed })
    };
    let edges: Vec<Edge> = candidates.iter().filter_map(weigh).collect();
    let mut chosen = Chosen::default();
    for edges in components(edges) {
        let rows = distinct(edges.iter().map(|edge| edge.left));
        let columns = distinct(edges.iter().map(|edge| edge.right));
        if let [edge] = &edges[..] {
            chosen.placements.push(placement(edge, edge.certainty(policy), None));
        } else if rows.len().max(columns.len()) <= scale.spec.budget.component {
            let component = Component { scale, edges, rows, columns, setting, policy };
            component.best(&mut chosen.placements);
        } else {
            chosen.too_large.push(Both { left: rows.len(), right: columns.len() });
            greedy(edges, policy, &mut chosen.placements);
        }
    }
    chosen
}

/// Edges that hang together.
struct Component<'a, 'b, 'c> {
    scale: &'a Scale<'b, 'c>,
    edges: Vec<Edge>,
    rows: Vec<usize>,
    columns: Vec<usize>,
    setting: Setting,
    policy: Policy<'a>,
}

fn distinct(entries: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut entries: Vec<usize> = entries.collect();
    entries.sort_unstable();
    entries.dedup();
    entries
}

/// Splits edges into groups that share no entry.
fn components(edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    if edges.len() < 2 {
        return if edges.is_empty() { Vec::new() } else { vec![edges] };
    }
    let left = distinct(edges.iter().map(|edge| edge.left));
    let right = distinct(edges.iter().map(|edge| edge.right));
    let position = |entries: &[usize], at: usize| entries.partition_point(|&other| other < at);
    let mut sets = Sets::new(left.len() + right.len());
    for edge in &edges {
        sets.join(position(&left, edge.left), left.len() + position(&right, edge.right));
    }
    let mut rooted: Vec<(usize, Edge)> =
        edges.into_iter().map(|edge| (sets.root(position(&left, edge.left)), edge)).collect();
    rooted.sort_by_key(|(root, _)| *root);
    let mut groups: Vec<Vec<Edge>> = Vec::new();
    let mut last = None;
    for (root, edge) in rooted {
        if last != Some(root) {
            groups.push(Vec::new());
            last = Some(root);
        }
        if let Some(group) = groups.last_mut() {
            group.push(edge);
        }
    }
    groups
}

impl Component<'_, '_, '_> {
    /// Adds the best assignment.
    fn best(&self, placements: &mut Vec<Placement>) {
        let mut scores = Scores::new(self.rows.len(), self.columns.len());
        for edge in &self.edges {
            let row = self.rows.partition_point(|&at| at < edge.left);
            let column = self.columns.partition_point(|&at| at < edge.right);
            scores.set(row, column, edge.score());
        }
        let assignment = assign(&scores);
        for pair in &assignment.pairs {
            let Some(edge) = self.edge(self.rows[pair.row], self.columns[pair.column]) else {
                continue;
            };
            // Without rivals, leaving both alone is the only alternative.
            let unrivalled = pair.margin == pair.score;
            let clear = unrivalled
                || pair.margin >= i64::from(MARGIN)
                || self.is_rivalled_by_repetition(edge);
            let certainty = if clear { edge.certainty(self.policy) } else { Certainty::Suggested };
            let runner_up = if unrivalled { None } else { self.runner_up(edge, pair.margin) };
            placements.push(placement(edge, certainty, runner_up));
        }
        for tie in &assignment.ties {
            self.settle_tie(tie, placements);
        }
    }

    fn edge(&self, left: usize, right: usize) -> Option<&Edge> {
        self.edges.iter().find(|edge| (edge.left, edge.right) == (left, right))
    }

    /// Equally good partners that say the same are matched by count; others
    /// are ambiguous, all of them on one line.
    fn settle_tie(&self, tie: &Tie, placements: &mut Vec<Placement>) {
        let left: Vec<usize> = tie.rows.iter().map(|&row| self.rows[row]).collect();
        let right: Vec<usize> = tie.columns.iter().map(|&column| self.columns[column]).collect();
        let alike = (self.are_alike(Side::Left, &left), self.are_alike(Side::Right, &right));
        let saturated = left.len() == right.len() && (alike.0 || alike.1);
        if saturated || alike == (true, true) {
            for (&left, &right) in left.iter().zip(&right) {
                let Some(edge) = self.edge(left, right) else { continue };
                placements.push(placement(edge, edge.certainty(self.policy), None));
            }
            return;
        }
        let among = |edge: &&Edge| left.contains(&edge.left) && right.contains(&edge.right);
        let strongest = self.edges.iter().filter(among).max_by_key(|edge| edge.score());
        let evidence = strongest.map(|edge| edge.weighed.evidence.clone()).unwrap_or_default();
        let placement = Placement::new(Certainty::Ambiguous, left, right);
        placements.push(Placement { evidence, ..placement });
    }

    fn are_alike(&self, side: Side, entries: &[usize]) -> bool {
        let same_number = matches!(self.setting, Setting::SameNumber { .. });
        let facts = |at: usize| self.scale.board.fact(side, at);
        let Some((&first, rest)) = entries.split_first() else { return true };
        rest.iter().all(|&at| says_the_same(facts(first), facts(at), same_number))
    }

    /// Whether all that could take the place of one of the two is the same row
    /// again, billed or booked twice under the same number.
    fn is_rivalled_by_repetition(&self, chosen: &Edge) -> bool {
        let same_number = matches!(self.setting, Setting::SameNumber { .. });
        same_number
            && self.rivals(chosen).all(|rival| {
                let repeats = |side: Side, a: usize, b: usize| {
                    let fact = |at: usize| self.scale.board.fact(side, at);
                    says_the_same(fact(a), fact(b), true)
                };
                repeats(Side::Left, chosen.left, rival.left)
                    && repeats(Side::Right, chosen.right, rival.right)
            })
    }

    /// Returns the edges that share one entry with the chosen one.
    fn rivals<'e>(&'e self, chosen: &'e Edge) -> impl Iterator<Item = &'e Edge> {
        let shares_one = |edge: &&Edge| (edge.left == chosen.left) != (edge.right == chosen.right);
        self.edges.iter().filter(shares_one)
    }

    fn runner_up(&self, chosen: &Edge, margin: i64) -> Option<RunnerUp> {
        let best = self.rivals(chosen).max_by_key(|edge| edge.score())?;
        let (side, index) = if best.left == chosen.left {
            (Side::Right, best.right)
        } else {
            (Side::Left, best.left)
        };
        Some(RunnerUp { side, index, margin: i32::try_from(margin).unwrap_or(i32::MAX) })
    }
}

/// Whether two rows of one side agree in everything that is compared. Under
/// one number the day may differ: a row that comes again is the same row.
fn says_the_same(a: &Fact, b: &Fact, same_number: bool) -> bool {
    a.kind == b.kind
        && a.item == b.item
        && a.written == b.written
        && a.numbers == b.numbers
        && (same_number || a.day == b.day)
}

fn placement(edge: &Edge, certainty: Certainty, runner_up: Option<RunnerUp>) -> Placement {
    Placement {
        evidence: edge.weighed.evidence.clone(),
        runner_up,
        ..Placement::new(certainty, vec![edge.left], vec![edge.right])
    }
}

/// The best pair first; sure only where no other pair of its two entries comes
/// near.
fn greedy(mut edges: Vec<Edge>, policy: Policy<'_>, placements: &mut Vec<Placement>) {
    edges.sort_by_key(|edge| {
        let (low, high) = (edge.left.min(edge.right), edge.left.max(edge.right));
        (Reverse(edge.score()), low, high, edge.left)
    });
    let mut taken: Both<FxHashSet<usize>> = Both::default();
    for at in 0..edges.len() {
        let edge = &edges[at];
        if taken.left.contains(&edge.left) || taken.right.contains(&edge.right) {
            continue;
        }
        let rival = edges[at + 1..].iter().take(64).find(|other| {
            (other.left == edge.left && !taken.right.contains(&other.right))
                || (other.right == edge.right && !taken.left.contains(&other.left))
        });
        let margin = rival.map(|rival| edge.score() - rival.score());
        let clear = margin.is_none_or(|margin| margin >= i64::from(MARGIN));
        let certainty = if clear { edge.certainty(policy) } else { Certainty::Suggested };
        placements.push(placement(edge, certainty, None));
        taken.left.insert(edge.left);
        taken.right.insert(edge.right);
    }
}
