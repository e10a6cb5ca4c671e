//! The order in which a container is loaded: what stands behind or below
//! another comes first. Stacks are cut into rows across the container, and
//! rows that a loader builds up together are a wall.

use super::cargo::{Stack, overlap};

/// A wall is no deeper than this unless its cartons interlock: a loader
/// reaches no farther.
const DEPTH: u32 = 1_200;

/// Rows that are built up together, in the order of loading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wall {
    /// The rows, each one carton deep.
    pub rows: Vec<Stack>,
}

impl Wall {
    /// Returns from where to where it reaches along the container.
    pub fn reach(&self) -> [u32; 2] {
        let from = self.rows.iter().map(|row| row.at[0]).min().unwrap_or(0);
        let to = self.rows.iter().map(|row| row.to()[0]).max().unwrap_or(0);
        [from, to]
    }

    /// Whether another is built up in the same way, elsewhere.
    pub fn alike(&self, other: &Wall) -> bool {
        let (here, there) = (self.reach()[0], other.reach()[0]);
        self.rows.len() == other.rows.len()
            && self.rows.iter().zip(&other.rows).all(|(one, two)| {
                (one.pose, one.counts, one.carton) == (two.pose, two.counts, two.carton)
                    && one.at[1..] == two.at[1..]
                    && one.at[0] - here == two.at[0] - there
            })
    }
}

/// Puts the stacks of a container into the order of loading.
pub fn walls(stacks: &[Stack]) -> Vec<Wall> {
    let mut walls: Vec<Wall> = Vec::new();
    let mut end = 0;
    for row in in_order(rows(stacks)) {
        let fits =
            walls.last().is_some_and(|wall| row.at[0] < end && row.at[0] < wall.reach()[0] + DEPTH);
        end = if fits { end.max(row.to()[0]) } else { row.to()[0] };
        match walls.last_mut().filter(|_| fits) {
            Some(wall) => wall.rows.push(row),
            None => walls.push(Wall { rows: vec![row] }),
        }
    }
    walls
}

/// Cuts stacks into rows one carton deep.
fn rows(stacks: &[Stack]) -> Vec<Stack> {
    let row = |stack: &Stack, depth: u32| {
        let mut row = *stack;
        row.at[0] += depth * stack.pose[0];
        row.counts[0] = 1;
        row
    };
    stacks.iter().flat_map(|stack| (0..stack.counts[0]).map(move |at| row(stack, at))).collect()
}

/// Orders rows so that each comes after all that stand behind or below it;
/// among those that may come next, the one nearest the front wall.
fn in_order(mut rows: Vec<Stack>) -> Vec<Stack> {
    rows.sort_by_key(|row| (row.at[0], row.at[2], row.at[1]));
    let count = rows.len();
    let mut waits: Vec<u32> = vec![0; count];
    let mut frees: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (later, row) in rows.iter().enumerate() {
        for (earlier, other) in rows.iter().enumerate() {
            if later != earlier && comes_first(other, row) {
                waits[later] += 1;
                frees[earlier].push(later);
            }
        }
    }
    let mut done = vec![false; count];
    let mut ordered = Vec::with_capacity(count);
    for _ in 0..count {
        // Rows that lock each other in are taken from the front.
        let next = (0..count).filter(|&at| !done[at]);
        let Some(next) = next.min_by_key(|&at| (waits[at] > 0, at)) else { break };
        done[next] = true;
        ordered.push(rows[next]);
        for &freed in &frees[next] {
            waits[freed] = waits[freed].saturating_sub(1);
        }
    }
    ordered
}

fn comes_first(one: &Stack, other: &Stack) -> bool {
    let (from, to) = (other.at, other.to());
    let (ends, begins) = (one.to(), one.at);
    let meets = |axis: usize| overlap([begins[axis], ends[axis]], [from[axis], to[axis]]) > 0;
    (ends[0] <= from[0] && meets(1) && meets(2)) || (ends[2] <= from[2] && meets(0) && meets(1))
}
