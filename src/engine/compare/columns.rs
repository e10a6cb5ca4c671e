//! Which columns of two sheets belong together: as named, by their headers,
//! or by their values; which of them are the key and which the amounts.

use rustc_hash::FxHashMap;

use super::amounts::{main_amount, says_amount};
use super::keys::by_values;
use super::profile::Class;
use super::shared::Shared;
use crate::engine::matching::sides::{Both, Side};
use crate::input::table::{Column, Table};
use crate::location::{column_name, parse_column};
use crate::text::{header_key, header_word};

/// Rows of one key from which columns are believed to belong together.
const ENOUGH: usize = 3;
/// More pairs of columns than these are of sheets that are crosstabs.
const MOST_PAIRS: usize = 2_500;
/// Of a hundred such rows, so many must hold the same.
const NEARLY_ALL: usize = 80;

/// What two columns are to the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairRole {
    /// They say which rows are the same.
    Key,
    /// They are added up and must agree.
    Amount,
    /// They are compared.
    Compared,
}

/// How two columns were found to belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// The person said so.
    Named,
    /// Their headers say the same.
    Header,
    /// Their values are the same.
    Values,
}

/// Two columns that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What they are.
    pub role: PairRole,
    /// How they were found.
    pub found: Found,
    /// The sheets' columns.
    pub columns: Both<u16>,
    /// Their headers.
    pub headers: Both<String>,
    pub(super) class: Class,
}

/// The columns a comparison works by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// The pairs: keys, amounts, then the others from left to right.
    pub pairs: Vec<Pair>,
    /// Headers of the left sheet that the right one has not.
    pub left_only: Vec<String>,
    /// Headers of the right sheet that the left one has not.
    pub right_only: Vec<String>,
}

impl Plan {
    /// Returns the pairs of a role.
    pub fn of(&self, role: PairRole) -> impl Iterator<Item = &Pair> {
        self.pairs.iter().filter(move |pair| pair.role == role)
    }
}

/// What a person said of the columns: `单号`, `单号=Order No`, letters.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The key's columns.
    pub keys: Vec<String>,
    /// The amounts' columns, the main one first.
    pub amounts: Vec<String>,
}

/// A column that was named and is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoColumn {
    /// The side that lacks it.
    pub side: Side,
    /// What was named.
    pub name: String,
    /// The headers there are.
    pub headers: Vec<String>,
}

/// Finds out which columns belong together.
///
/// # Errors
///
/// [`NoColumn`] if a column that was named is not there.
pub fn plan(left: &Table, right: &Table, wanted: &Wanted) -> Result<Plan, NoColumn> {
    let planning = Planning { tables: Both { left, right }, shared: Shared::of(left, right) };
    let mut pairs = planning.named(&wanted.keys, PairRole::Key)?;
    let amounts = planning.named(&wanted.amounts, PairRole::Amount)?;
    let mut taken: Vec<Both<usize>> =
        pairs.iter().chain(&amounts).map(|pair| planning.positions(pair)).collect();
    let shared = planning.by_header(&taken);
    if pairs.is_empty() {
        let free =
            |at: &Both<usize>| taken.iter().all(|t| t.left != at.left && t.right != at.right);
        let keys = by_values(&planning.shared, &planning.tables, &shared);
        for key in keys.into_iter().filter(free).collect::<Vec<_>>() {
            let found = if shared.contains(&key) { Found::Header } else { Found::Values };
            pairs.push(planning.pair(key, PairRole::Key, found));
            taken.push(key);
        }
    }
    let find = amounts.is_empty();
    pairs.extend(amounts);
    let is_free = |at: &Both<usize>| taken.iter().all(|t| t.left != at.left && t.right != at.right);
    let main = main_amount(&planning.shared, &planning.tables, &shared, &is_free);
    if let Some((main, found)) = main.filter(|_| find) {
        pairs.push(planning.pair(main, PairRole::Amount, found));
        taken.push(main);
    }
    for at in shared {
        if taken.iter().all(|taken| taken.left != at.left && taken.right != at.right) {
            // Line numbers say where a row stands, and nothing of it.
            let numbers =
                Side::BOTH.into_iter().any(|side| planning.numbers_rows(side, *at.of(side)));
            if !numbers {
                pairs.push(planning.pair(at, PairRole::Compared, Found::Header));
            }
            taken.push(at);
        }
    }
    let keys: Vec<Both<usize>> = pairs
        .iter()
        .filter(|pair| pair.role == PairRole::Key)
        .map(|pair| planning.positions(pair))
        .collect();
    for at in planning.by_rows(&keys, &taken) {
        pairs.push(planning.pair(at, PairRole::Compared, Found::Values));
        taken.push(at);
    }
    let alone = |columns: &[Column], is_taken: &dyn Fn(usize) -> bool| {
        let free = (0..columns.len()).filter(|&at| !is_taken(at));
        free.map(|at| header(&columns[at])).collect()
    };
    Ok(Plan {
        left_only: alone(&left.columns, &|at| taken.iter().any(|taken| taken.left == at)),
        right_only: alone(&right.columns, &|at| taken.iter().any(|taken| taken.right == at)),
        pairs,
    })
}

/// Returns a column's header; its letter where it has none.
fn header(column: &Column) -> String {
    if column.header.is_empty() { column_name(column.col) } else { column.header.clone() }
}

struct Planning<'t> {
    tables: Both<&'t Table>,
    shared: Shared<'t>,
}

impl Planning<'_> {
    /// Whether a column numbers the rows, and is called nothing that counts.
    fn numbers_rows(&self, side: Side, at: usize) -> bool {
        !says_amount(&self.tables.of(side).columns[at]) && self.shared.numbers_rows(side, at)
    }

    fn positions(&self, pair: &Pair) -> Both<usize> {
        let position = |columns: &[Column], col: u16| columns.iter().position(|c| c.col == col);
        Both {
            left: position(&self.tables.left.columns, pair.columns.left).unwrap_or_default(),
            right: position(&self.tables.right.columns, pair.columns.right).unwrap_or_default(),
        }
    }

    fn pair(&self, at: Both<usize>, role: PairRole, found: Found) -> Pair {
        let (left, right) =
            (&self.tables.left.columns[at.left], &self.tables.right.columns[at.right]);
        let profiles = self.shared.profiles(at);
        let classes = (profiles.left.class, profiles.right.class);
        Pair {
            role,
            found,
            columns: Both { left: left.col, right: right.col },
            headers: Both { left: header(left), right: header(right) },
            class: if classes.0 == classes.1 { classes.0 } else { Class::Text },
        }
    }

    /// Finds the columns that a person has named.
    fn named(&self, names: &[String], role: PairRole) -> Result<Vec<Pair>, NoColumn> {
        let parts = names.iter().flat_map(|name| name.split([',', '，']));
        let mut pairs = Vec::new();
        for name in parts.map(str::trim).filter(|name| !name.is_empty()) {
            let (left, right) = name.split_once(['=', '＝']).unwrap_or((name, name));
            let at = Both {
                left: self.column(Side::Left, left.trim())?,
                right: self.column(Side::Right, right.trim())?,
            };
            pairs.push(self.pair(at, role, Found::Named));
        }
        Ok(pairs)
    }

    fn column(&self, side: Side, name: &str) -> Result<usize, NoColumn> {
        let columns = &self.tables.of(side).columns;
        column(columns, name).ok_or_else(|| NoColumn {
            side,
            name: name.to_owned(),
            headers: columns.iter().map(header).collect(),
        })
    }

    /// Pairs columns under other headers that hold the same on nearly all rows
    /// of one key, those most alike first.
    fn by_rows(&self, keys: &[Both<usize>], taken: &[Both<usize>]) -> Vec<Both<usize>> {
        let free = |side: Side| -> Vec<usize> {
            let columns = 0..self.tables.of(side).columns.len();
            let free = |at: &usize| taken.iter().all(|taken| taken.of(side) != at);
            columns.filter(|at| free(at) && !self.numbers_rows(side, *at)).collect()
        };
        let (lefts, rights) = (free(Side::Left), free(Side::Right));
        let pairs = lefts.len().saturating_mul(rights.len());
        if pairs == 0 || pairs > MOST_PAIRS || keys.is_empty() {
            return Vec::new();
        }
        let rows = self.shared.aligned(keys);
        let mut alike: Vec<(usize, Both<usize>)> = Vec::new();
        for at in
            lefts.iter().flat_map(|&left| rights.iter().map(move |&right| Both { left, right }))
        {
            let (same, filled) = self.shared.same_on(at, &rows);
            if filled >= ENOUGH && same * 100 >= filled * NEARLY_ALL {
                alike.push((same, at));
            }
        }
        alike.sort_by_key(|&(same, at)| (std::cmp::Reverse(same), at.left, at.right));
        let mut found: Vec<Both<usize>> = Vec::new();
        for (_, at) in alike {
            if found.iter().all(|known| known.left != at.left && known.right != at.right) {
                found.push(at);
            }
        }
        found.sort_by_key(|at| (at.left, at.right));
        found
    }

    /// Pairs columns whose headers, or what they were understood as, say the
    /// same; each once, from left to right.
    fn by_header(&self, taken: &[Both<usize>]) -> Vec<Both<usize>> {
        let mut found: Vec<Both<usize>> = Vec::new();
        let (lefts, rights) = (&self.tables.left.columns, &self.tables.right.columns);
        let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, column) in rights.iter().enumerate() {
            for word in words(column) {
                by_word.entry(word).or_default().push(at);
            }
        }
        let mut free = Both::from_fn(|side| vec![true; self.tables.of(side).columns.len()]);
        for at in taken {
            (free.left[at.left], free.right[at.right]) = (false, false);
        }
        // The same header first, then the same meaning, then no header in the
        // same place.
        let same_words = |column: &Column| -> Vec<usize> {
            let same = words(column).into_iter().find_map(|word| by_word.get(&word));
            same.into_iter().flatten().copied().collect()
        };
        let same = |is: &dyn Fn(&Column) -> bool| -> Vec<usize> {
            (0..rights.len()).filter(|&at| is(&rights[at])).collect()
        };
        let same_field = |column: &Column| match column.field {
            Some(field) => same(&|other| other.field == Some(field)),
            None => Vec::new(),
        };
        let same_place = |column: &Column| match column.header.is_empty() {
            true => same(&|other| other.header.is_empty() && other.col == column.col),
            false => Vec::new(),
        };
        type Way<'w> = &'w dyn Fn(&Column) -> Vec<usize>;
        let ways: [Way<'_>; 3] = [&same_words, &same_field, &same_place];
        for way in ways {
            for (left, column) in lefts.iter().enumerate() {
                let mut rights = way(column).into_iter().filter(|&at| free.right[at]);
                if let Some(right) = rights.next().filter(|_| free.left[left]) {
                    (free.left[left], free.right[right]) = (false, false);
                    found.push(Both { left, right });
                }
            }
        }
        found.sort_by_key(|pair| (pair.left, pair.right));
        found
    }
}

/// Returns the words under which a header is looked up.
fn words(column: &Column) -> Vec<String> {
    header_key(&column.header).whole.into_iter().filter(|word| !word.is_empty()).collect()
}

/// Finds a column by its header, by what it was understood as, or by its
/// letter.
fn column(columns: &[Column], name: &str) -> Option<usize> {
    let word = header_word(name);
    let same =
        |column: &Column| header_word(&column.header) == word || words(column).contains(&word);
    let by_header = columns.iter().position(same);
    let by_field = || columns.iter().position(|column| column.field == Some(name));
    let by_part = || {
        let mut holds = (0..columns.len())
            .filter(|&at| !word.is_empty() && header_word(&columns[at].header).contains(&word));
        holds.next().filter(|_| holds.next().is_none())
    };
    let by_letter = || {
        let col = parse_column(name)?;
        columns.iter().position(|column| column.col == col)
    };
    by_header.or_else(by_field).or_else(by_letter).or_else(by_part)
}
