//! Who goes with whom when several could: the assignment with the highest
//! total score, how much better it is than the best one without a given pair,
//! and where two assignments are equally good.
//!
//! Scores are integers, so results never hang on the order of additions. A row
//! or column may stay alone, which scores 0.

use std::collections::VecDeque;

/// No edge.
const NONE: i64 = i64::MAX / 4;

/// A pair of the best assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::engine) struct Pair {
    pub(in crate::engine) row: usize,
    pub(in crate::engine) column: usize,
    pub(in crate::engine) score: i64,
    /// Best total − best total without this pair. 0: there is an equally good
    /// assignment without it.
    pub(in crate::engine) margin: i64,
}

/// Rows and columns that can be assigned in several equally good ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::engine) struct Tie {
    pub(in crate::engine) rows: Vec<usize>,
    pub(in crate::engine) columns: Vec<usize>,
}

/// The best assignment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::engine) struct Assignment {
    /// The pairs that every best assignment has, by row.
    pub(in crate::engine) pairs: Vec<Pair>,
    /// The rest, where best assignments disagree.
    pub(in crate::engine) ties: Vec<Tie>,
}

/// Scores of rows against columns; only positive scores are edges.
#[derive(Debug, Clone)]
pub(in crate::engine) struct Scores {
    rows: usize,
    columns: usize,
    scores: Vec<i64>,
}

impl Scores {
    /// Makes a table without edges.
    pub(in crate::engine) fn new(rows: usize, columns: usize) -> Self {
        Self { rows, columns, scores: vec![0; rows * columns] }
    }

    /// Sets one score.
    pub(in crate::engine) fn set(&mut self, row: usize, column: usize, score: i64) {
        self.scores[row * self.columns + column] = score;
    }

    /// Returns one score.
    pub(in crate::engine) fn get(&self, row: usize, column: usize) -> i64 {
        self.scores[row * self.columns + column]
    }

    /// The cost of giving a row a column. Columns past the last are the rows'
    /// own places to stay alone in.
    fn cost(&self, row: usize, column: usize) -> i64 {
        match column.checked_sub(self.columns) {
            Some(alone) if alone == row => 0,
            Some(_) => NONE,
            None if self.get(row, column) > 0 => -self.get(row, column),
            None => NONE,
        }
    }
}

/// Finds the best assignment. Cost grows with rows² · (rows + columns).
pub(in crate::engine) fn assign(scores: &Scores) -> Assignment {
    let mut solver = Solver::new(scores);
    for row in 0..scores.rows {
        solver.insert(row);
    }
    let ties = solver.ties();
    let tied = |row: usize| ties.iter().any(|tie| tie.rows.contains(&row));
    let mut pairs = Vec::new();
    for row in (0..scores.rows).filter(|&row| !tied(row)) {
        let column = solver.column_of[row];
        if column < scores.columns {
            let margin = solver.margin(row, column);
            pairs.push(Pair { row, column, score: scores.get(row, column), margin });
        }
    }
    Assignment { pairs, ties }
}

/// Shortest augmenting paths with potentials (Jonker–Volgenant).
struct Solver<'a> {
    scores: &'a Scores,
    columns: usize,
    row_potential: Vec<i64>,
    column_potential: Vec<i64>,
    row_of: Vec<Option<usize>>,
    column_of: Vec<usize>,
}

/// The shortest ways from one row to the columns.
struct Paths {
    distance: Vec<i64>,
    /// The row from which each column was reached.
    from: Vec<usize>,
    is_done: Vec<bool>,
    /// Columns in the order in which their distance became final.
    done: Vec<usize>,
}

impl Paths {
    fn new(columns: usize) -> Self {
        Self {
            distance: vec![NONE; columns],
            from: vec![usize::MAX; columns],
            is_done: vec![false; columns],
            done: Vec::new(),
        }
    }

    /// Shortens the way to a column.
    fn offer(&mut self, column: usize, distance: i64, from: usize) {
        if !self.is_done[column] && distance < self.distance[column] {
            self.distance[column] = distance;
            self.from[column] = from;
        }
    }

    /// Settles the nearest column that can be reached.
    fn settle(&mut self) -> Option<usize> {
        let open = (0..self.distance.len()).filter(|&column| !self.is_done[column]);
        let next = open
            .filter(|&column| self.distance[column] < NONE)
            .min_by_key(|&column| self.distance[column])?;
        self.is_done[next] = true;
        self.done.push(next);
        Some(next)
    }
}

impl<'a> Solver<'a> {
    fn new(scores: &'a Scores) -> Self {
        let columns = scores.columns + scores.rows;
        Self {
            scores,
            columns,
            row_potential: vec![0; scores.rows],
            column_potential: vec![0; columns],
            row_of: vec![None; columns],
            column_of: vec![usize::MAX; scores.rows],
        }
    }

    fn reduced(&self, row: usize, column: usize) -> i64 {
        let cost = self.scores.cost(row, column);
        if cost == NONE {
            return NONE;
        }
        cost - self.row_potential[row] - self.column_potential[column]
    }

    /// Shortens the ways that lead over one row.
    fn relax(&self, row: usize, base: i64, forbidden: Option<usize>, paths: &mut Paths) {
        for column in (0..self.columns).filter(|&column| forbidden != Some(column)) {
            let reduced = self.reduced(row, column);
            if reduced < NONE {
                paths.offer(column, base + reduced, row);
            }
        }
    }

    /// Gives `row` a column, moving others where that is cheaper.
    fn insert(&mut self, row: usize) {
        let mut paths = Paths::new(self.columns);
        self.relax(row, 0, None, &mut paths);
        while let Some(column) = paths.settle() {
            let base = paths.distance[column];
            match self.row_of[column] {
                Some(occupant) => self.relax(occupant, base, None, &mut paths),
                None => return self.augment(row, column, &paths),
            }
        }
    }

    /// Moves everybody along the shortest way from `row` to a free column.
    fn augment(&mut self, row: usize, end: usize, paths: &Paths) {
        let total = paths.distance[end];
        self.row_potential[row] += total;
        for &column in &paths.done {
            let gain = total - paths.distance[column];
            self.column_potential[column] -= gain;
            if let Some(occupant) = self.row_of[column] {
                self.row_potential[occupant] += gain;
            }
        }
        let mut column = end;
        loop {
            let giver = paths.from[column];
            let previous = self.column_of[giver];
            self.row_of[column] = Some(giver);
            self.column_of[giver] = column;
            if giver == row {
                return;
            }
            column = previous;
        }
    }

    /// Best total − best total without this pair: the shortest circle that
    /// leaves the row by another edge and comes back to the column. It may
    /// lead through a free column: then some occupied one becomes free, or
    /// this one stays so.
    fn margin(&self, row: usize, column: usize) -> i64 {
        let mut paths = Paths::new(self.columns);
        let mut through_free = false;
        self.relax(row, 0, Some(column), &mut paths);
        while let Some(next) = paths.settle() {
            let base = paths.distance[next];
            if next == column {
                return base;
            }
            match self.row_of[next] {
                Some(occupant) => self.relax(occupant, base, None, &mut paths),
                None if !through_free => {
                    through_free = true;
                    for other in (0..self.columns).filter(|&at| self.row_of[at].is_some()) {
                        paths.offer(other, base - self.column_potential[other], usize::MAX);
                    }
                }
                None => {}
            }
        }
        self.scores.get(row, column)
    }

    /// Finds where best assignments disagree: the edges of no reduced cost
    /// that lie on a circle of such edges. Free columns are joined by one
    /// more node, since any of them may take the other's place.
    fn ties(&self) -> Vec<Tie> {
        let (rows, columns) = (self.scores.rows, self.columns);
        let hub = rows + columns;
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); hub + 1];
        for row in 0..rows {
            for column in (0..columns).filter(|&column| self.reduced(row, column) == 0) {
                if self.column_of[row] == column {
                    next[rows + column].push(row);
                } else {
                    next[row].push(rows + column);
                }
            }
        }
        for column in (0..columns).filter(|&column| self.column_potential[column] == 0) {
            match self.row_of[column] {
                Some(_) => next[hub].push(rows + column),
                None => next[rows + column].push(hub),
            }
        }
        let circle = circles(&next);
        self.tie_components(&next, &circle)
    }

    /// Joins rows and columns along edges inside one circle.
    fn tie_components(&self, next: &[Vec<usize>], circle: &[usize]) -> Vec<Tie> {
        let (rows, real) = (self.scores.rows, self.scores.rows + self.scores.columns);
        let mut near: Vec<Vec<usize>> = vec![Vec::new(); real];
        for row in 0..rows {
            for &column in &next[row] {
                if column < real && circle[row] == circle[column] {
                    near[row].push(column);
                    near[column].push(row);
                }
            }
            let own = rows + self.column_of[row];
            if own < real && circle[row] == circle[own] {
                near[row].push(own);
                near[own].push(row);
            }
        }
        let mut seen = vec![false; real];
        let mut ties = Vec::new();
        for start in (0..rows).filter(|&row| !near[row].is_empty()) {
            let members = spread(start, &near, &mut seen);
            if members.len() > 2 {
                let (of_rows, of_columns): (Vec<usize>, Vec<usize>) =
                    members.into_iter().partition(|&node| node < rows);
                let columns = of_columns.into_iter().map(|node| node - rows).collect();
                ties.push(Tie { rows: of_rows, columns });
            }
        }
        ties
    }
}

/// Returns all nodes reachable from `start`, sorted; marks them as seen.
fn spread(start: usize, near: &[Vec<usize>], seen: &mut [bool]) -> Vec<usize> {
    let mut members = Vec::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        members.push(node);
        queue.extend(&near[node]);
    }
    members.sort_unstable();
    members
}

/// Numbers the strongly connected parts of a graph (Tarjan, without
/// recursion).
fn circles(next: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let count = next.len();
    let (mut order, mut low) = (vec![UNSEEN; count], vec![0; count]);
    let (mut part, mut open) = (vec![UNSEEN; count], Vec::new());
    let (mut clock, mut parts) = (0, 0);
    for start in 0..count {
        if order[start] != UNSEEN {
            continue;
        }
        let mut calls = vec![(start, 0)];
        while let Some(&(node, at)) = calls.last() {
            if at == 0 {
                order[node] = clock;
                low[node] = clock;
                clock += 1;
                open.push(node);
            }
            if let Some(&to) = next[node].get(at) {
                if let Some(call) = calls.last_mut() {
                    call.1 += 1;
                }
                if order[to] == UNSEEN {
                    calls.push((to, 0));
                } else if part[to] == UNSEEN {
                    low[node] = low[node].min(order[to]);
                }
                continue;
            }
            calls.pop();
            if let Some(&(parent, _)) = calls.last() {
                low[parent] = low[parent].min(low[node]);
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    part[member] = parts;
                    if member == node {
                        break;
                    }
                }
                parts += 1;
            }
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn table(rows: &[&[i64]]) -> Scores {
        let columns = rows.first().map_or(0, |row| row.len());
        let mut scores = Scores::new(rows.len(), columns);
        for (row, line) in rows.iter().enumerate() {
            for (column, &score) in line.iter().enumerate() {
                scores.set(row, column, score);
            }
        }
        scores
    }

    /// All assignments with their totals, by trying everything.
    fn everything(scores: &Scores) -> Vec<(i64, Vec<Option<usize>>)> {
        let mut found = vec![(0, Vec::new())];
        for row in 0..scores.rows {
            let mut longer = Vec::new();
            for (total, chosen) in found {
                longer.push((total, [chosen.clone(), vec![None]].concat()));
                for column in 0..scores.columns {
                    let score = scores.get(row, column);
                    if score > 0 && !chosen.contains(&Some(column)) {
                        longer.push((total + score, [chosen.clone(), vec![Some(column)]].concat()));
                    }
                }
            }
            found = longer;
        }
        found
    }

    #[test]
    fn the_best_total_wins_over_the_best_pair() {
        let found = assign(&table(&[&[10, 9], &[9, 1]]));
        let chosen: Vec<_> = found.pairs.iter().map(|pair| (pair.row, pair.column)).collect();
        assert_eq!(chosen, [(0, 1), (1, 0)]);
        assert_eq!(found.pairs[0].margin, 7);
    }

    #[test]
    fn equally_good_partners_are_a_tie() {
        let found = assign(&table(&[&[5, 5]]));
        assert_eq!(found.pairs, []);
        assert_eq!(found.ties, [Tie { rows: vec![0], columns: vec![0, 1] }]);
        let two = assign(&table(&[&[5, 5, 0, 0], &[0, 0, 7, 7]]));
        assert_eq!(two.ties.len(), 2);
    }

    #[test]
    fn nothing_to_assign() {
        assert_eq!(assign(&Scores::new(0, 3)), Assignment::default());
        assert_eq!(assign(&Scores::new(3, 0)), Assignment::default());
        assert_eq!(assign(&table(&[&[0]])), Assignment::default());
    }

    proptest! {
        #[test]
        fn pairs_margins_and_ties_are_those_of_trying_everything(
            cells in prop::collection::vec(prop::sample::select(vec![0_i64, 1, 2, 3, 5, 9]), 12),
        ) {
            let scores = table(&[&cells[0..4], &cells[4..8], &cells[8..12]]);
            let all = everything(&scores);
            let best = all.iter().map(|found| found.0).max().unwrap();
            let found = assign(&scores);
            let optimal: Vec<_> = all.iter().filter(|found| found.0 == best).collect();
            for row in 0..3 {
                let first = optimal[0].1[row];
                let certain = optimal.iter().all(|found| found.1[row] == first);
                let pair = found.pairs.iter().find(|pair| pair.row == row);
                match first {
                    Some(column) if certain => {
                        let without = all.iter().filter(|other| other.1[row] != Some(column));
                        let second = without.map(|other| other.0).max().unwrap();
                        prop_assert_eq!(pair.unwrap().column, column);
                        prop_assert_eq!(pair.unwrap().margin, best - second);
                    }
                    _ => prop_assert!(pair.is_none()),
                }
                let tied = found.ties.iter().any(|tie| tie.rows.contains(&row));
                prop_assert_eq!(tied, !certain);
            }
            for tie in &found.ties {
                for &column in &tie.columns {
                    let users = |found: &&&(i64, Vec<Option<usize>>)| found.1.contains(&Some(column));
                    let rows = optimal.iter().filter(users).count();
                    prop_assert!(rows > 0);
                }
            }
        }
    }
}
