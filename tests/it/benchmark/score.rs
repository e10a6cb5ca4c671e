//! Judges what a matcher says of a month against the truth.

use std::collections::{BTreeMap, HashMap};

use gendan::engine::entry::Entry;
use gendan::engine::matching::outcome::{Cause, CauseCode, Line, Note, Reason, Status};
use rust_decimal::Decimal;

use crate::months::truth::{Class, Expected, Fact, Month};

/// What was said of some entries, whoever said it.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) status: Status,
    pub(crate) left: Vec<usize>,
    pub(crate) right: Vec<usize>,
    pub(crate) difference: Decimal,
    pub(crate) causes: Vec<Cause>,
    pub(crate) notes: Vec<Note>,
    pub(crate) reason: Option<Reason>,
}

impl From<&Line> for Said {
    fn from(line: &Line) -> Self {
        Self {
            status: line.status,
            left: line.left.clone(),
            right: line.right.clone(),
            difference: line.difference,
            causes: line.causes.clone(),
            notes: line.notes.clone(),
            reason: line.reason,
        }
    }
}

/// Right ones of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub(crate) right: usize,
    pub(crate) all: usize,
}

impl Share {
    /// Counts one more.
    pub(crate) fn count(&mut self, right: bool) {
        self.all += 1;
        self.right += usize::from(right);
    }

    /// The share, in ten-thousandths; all of nothing is all.
    pub(crate) fn rate(self) -> usize {
        (self.right * 10_000).checked_div(self.all).unwrap_or(10_000)
    }

    /// Adds another share.
    pub(crate) fn add(&mut self, other: Self) {
        self.right += other.right;
        self.all += other.all;
    }
}

/// How often a cause was named rightly, wrongly, or not.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Named {
    pub(crate) right: usize,
    pub(crate) wrong: usize,
    pub(crate) missed: usize,
}

impl Named {
    /// F1 in ten-thousandths.
    pub(crate) fn f1(self) -> usize {
        let all = 2 * self.right + self.wrong + self.missed;
        (2 * self.right * 10_000).checked_div(all).unwrap_or(10_000)
    }
}

/// What came out, over one month or many.
#[derive(Debug, Clone, Default)]
pub(crate) struct Score {
    /// Confirmed pairs and groups that are true.
    pub(crate) precision: Share,
    /// Sure pairs and groups that were confirmed.
    pub(crate) recall: Share,
    /// Facts of each class that were told right in every respect.
    pub(crate) classes: BTreeMap<Class, Share>,
    pub(crate) causes: BTreeMap<CauseCode, Named>,
    /// Lines whose causes do not sum to their difference.
    pub(crate) inexact: usize,
    /// Lines that were chosen although nothing decides.
    pub(crate) ambiguous_confirmed: usize,
    /// Entries that stand in no line, or in two.
    pub(crate) lost_or_doubled: usize,
    /// Lines whose difference is not left − right.
    pub(crate) wrong_differences: usize,
    /// What went wrong, in words.
    pub(crate) failures: Vec<String>,
}

impl Score {
    /// Returns the mean F1 of all causes that occurred, in ten-thousandths.
    pub(crate) fn macro_f1(&self) -> usize {
        let all: Vec<usize> = self.causes.values().map(|named| named.f1()).collect();
        if all.is_empty() { 10_000 } else { all.iter().sum::<usize>() / all.len() }
    }

    /// Adds another month's score.
    pub(crate) fn add(&mut self, other: Self) {
        self.precision.add(other.precision);
        self.recall.add(other.recall);
        for (class, share) in other.classes {
            self.classes.entry(class).or_default().add(share);
        }
        for (code, named) in other.causes {
            let sum = self.causes.entry(code).or_default();
            sum.right += named.right;
            sum.wrong += named.wrong;
            sum.missed += named.missed;
        }
        self.inexact += other.inexact;
        self.ambiguous_confirmed += other.ambiguous_confirmed;
        self.lost_or_doubled += other.lost_or_doubled;
        self.wrong_differences += other.wrong_differences;
        self.failures.extend(other.failures);
    }
}

/// The kinds of a line's or fact's entries: what makes two of them the same.
type Key = (Vec<usize>, Vec<usize>);

struct Judge<'a> {
    month: &'a Month,
    lines: &'a [Said],
    score: Score,
    /// Whether a line was taken as the answer to a fact.
    taken: Vec<bool>,
}

/// Judges `lines` against the truth of `month`.
pub(crate) fn judge(month: &Month, lines: &[Said]) -> Score {
    let taken = vec![false; lines.len()];
    let mut judge = Judge { month, lines, score: Score::default(), taken };
    judge.sums();
    judge.two_sided();
    judge.one_sided();
    judge.surplus();
    judge.ambiguous();
    judge.score
}

impl Judge<'_> {
    /// Conservation and exactness, which need no truth.
    fn sums(&mut self) {
        let mut left = vec![0_usize; self.month.left.len()];
        let mut right = vec![0_usize; self.month.right.len()];
        for line in self.lines {
            line.left.iter().for_each(|&index| left[index] += 1);
            line.right.iter().for_each(|&index| right[index] += 1);
            let difference =
                total(&self.month.left, &line.left) - total(&self.month.right, &line.right);
            self.score.wrong_differences += usize::from(difference != line.difference);
            let causes: Decimal = line.causes.iter().map(|cause| cause.amount).sum();
            let told = matches!(line.status, Status::Matched | Status::Differs);
            if (told || !line.causes.is_empty()) && causes != line.difference {
                self.score.inexact += 1;
                self.fail(&format!("causes sum to {causes}"), None, Some(line));
            }
        }
        for (side, counts) in [(&self.month.left, &left), (&self.month.right, &right)] {
            for (entry, count) in side.iter().zip(counts).filter(|(_, count)| **count != 1) {
                self.score.lost_or_doubled += 1;
                self.score.failures.push(format!("in {count} lines\n    {}", shown(entry)));
            }
        }
    }

    fn key(&self, left: &[usize], right: &[usize]) -> Key {
        let kinds = |indices: &[usize], kinds: &[usize]| {
            let mut all: Vec<usize> = indices.iter().map(|&index| kinds[index]).collect();
            all.sort_unstable();
            all
        };
        (kinds(left, &self.month.left_kinds), kinds(right, &self.month.right_kinds))
    }

    /// Looks for each two-sided fact the line that has exactly its entries.
    fn two_sided(&mut self) {
        let mut at: HashMap<Key, Vec<usize>> = HashMap::new();
        for (index, line) in self.lines.iter().enumerate() {
            if !line.left.is_empty() && !line.right.is_empty() {
                at.entry(self.key(&line.left, &line.right)).or_default().push(index);
            }
        }
        let month = self.month;
        for fact in month.facts.iter().filter(|fact| fact.two_sided()) {
            let key = self.key(&fact.left, &fact.right);
            let free = at.get(&key).into_iter().flatten().copied().filter(|&i| !self.taken[i]);
            let (good, other): (Vec<usize>, Vec<usize>) =
                free.partition(|&index| verdict(fact, &self.lines[index]).is_ok());
            let found = good.first().or(other.first()).copied();
            self.tell(fact, found);
        }
    }

    /// Records how the line that was found for a fact, if any, does it right.
    fn tell(&mut self, fact: &Fact, found: Option<usize>) {
        let line = found.map(|index| &self.lines[index]);
        if let Some(index) = found {
            self.taken[index] = true;
        }
        if fact.must_be_confirmed() {
            let sure = line.is_some_and(confirmed);
            self.score.recall.count(sure);
        }
        if line.is_some_and(confirmed) {
            let real = !fact.statuses.contains(&Status::Ambiguous);
            self.score.precision.count(real);
        }
        let verdict = match line {
            Some(line) => verdict(fact, line),
            None => Err("not found".to_owned()),
        };
        for &class in &fact.classes {
            self.score.classes.entry(class).or_default().count(verdict.is_ok());
        }
        self.causes(fact, line);
        if let Err(why) = verdict {
            self.fail(&why, Some(fact), line);
        }
    }

    fn causes(&mut self, fact: &Fact, line: Option<&Said>) {
        let named = line.map(|line| line.causes.as_slice()).unwrap_or_default();
        for expected in &fact.causes {
            let found = named.iter().any(|cause| is(expected, cause.code, cause.amount));
            let of = self.score.causes.entry(expected.code).or_default();
            of.right += usize::from(found && expected.needed);
            of.missed += usize::from(!found && expected.needed);
        }
        for cause in named {
            if !fact.causes.iter().any(|expected| is(expected, cause.code, cause.amount)) {
                self.score.causes.entry(cause.code).or_default().wrong += 1;
            }
        }
    }

    /// Looks for each one-sided fact the line that its entry stands in.
    fn one_sided(&mut self) {
        let mut left: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut right: HashMap<usize, Vec<usize>> = HashMap::new();
        for (index, line) in self.lines.iter().enumerate().filter(|(i, _)| !self.taken[*i]) {
            for &entry in &line.left {
                left.entry(self.month.left_kinds[entry]).or_default().push(index);
            }
            for &entry in &line.right {
                right.entry(self.month.right_kinds[entry]).or_default().push(index);
            }
        }
        let month = self.month;
        for fact in month.facts.iter().filter(|fact| !fact.two_sided()) {
            let lines = match (fact.left.first(), fact.right.first()) {
                (Some(&entry), _) => left.get_mut(&month.left_kinds[entry]),
                (None, Some(&entry)) => right.get_mut(&month.right_kinds[entry]),
                (None, None) => None,
            };
            let found = lines.and_then(|lines| {
                let good =
                    lines.iter().position(|&i| self.lone_verdict(fact, &self.lines[i]).is_ok());
                (!lines.is_empty()).then(|| lines.remove(good.unwrap_or(0)))
            });
            let line = found.map(|index| &self.lines[index]);
            let verdict = match line {
                Some(line) => self.lone_verdict(fact, line),
                None => Err("not found alone".to_owned()),
            };
            for &class in &fact.classes {
                self.score.classes.entry(class).or_default().count(verdict.is_ok());
            }
            self.causes(fact, line.filter(|line| line.left.is_empty() || line.right.is_empty()));
            if let Err(why) = verdict {
                self.fail(&why, Some(fact), line);
            }
        }
    }

    fn lone_verdict(&self, fact: &Fact, line: &Said) -> Result<(), String> {
        let two_sided = !line.left.is_empty() && !line.right.is_empty();
        if two_sided && line.status == Status::Suggested {
            let allowed = fact.pool.is_some_and(|pool| {
                let same: Vec<&Fact> =
                    self.month.facts.iter().filter(|other| other.pool == Some(pool)).collect();
                let left = |&index: &usize| {
                    let kinds = &self.month.left_kinds;
                    same.iter().flat_map(|f| &f.left).any(|&other| kinds[other] == kinds[index])
                };
                let right = |&index: &usize| {
                    let kinds = &self.month.right_kinds;
                    same.iter().flat_map(|f| &f.right).any(|&other| kinds[other] == kinds[index])
                };
                line.left.iter().all(left) && line.right.iter().all(right)
            });
            return if allowed { Ok(()) } else { Err("suggested with a stranger".to_owned()) };
        }
        if two_sided {
            return Err(format!("has a partner, {:?}", line.status));
        }
        let sides = line.left.len() + line.right.len();
        verdict_of(fact, line, sides == fact.left.len() + fact.right.len())
    }

    /// Confirmed lines that answer no fact are false.
    fn surplus(&mut self) {
        for index in 0..self.lines.len() {
            let line = &self.lines[index];
            if confirmed(line)
                && !self.taken[index]
                && !line.left.is_empty()
                && !line.right.is_empty()
            {
                self.score.precision.count(false);
                for cause in &line.causes {
                    self.score.causes.entry(cause.code).or_default().wrong += 1;
                }
                self.fail("FALSE MATCH", None, Some(line));
            }
        }
    }

    fn ambiguous(&mut self) {
        let twins: Vec<&Fact> = self
            .month
            .facts
            .iter()
            .filter(|f| f.classes.contains(&Class::AmbiguousTwins))
            .collect();
        let wrong = self.lines.iter().filter(|line| confirmed(line)).filter(|line| {
            twins.iter().any(|fact| {
                line.left.iter().any(|index| fact.left.contains(index))
                    || line.right.iter().any(|index| fact.right.contains(index))
            })
        });
        self.score.ambiguous_confirmed = wrong.count();
    }

    fn fail(&mut self, why: &str, fact: Option<&Fact>, line: Option<&Said>) {
        let mut text = why.to_owned();
        if let Some(fact) = fact {
            let classes: Vec<String> = fact.classes.iter().map(|class| class.name()).collect();
            text += &format!("\n  truth {} {:?}", classes.join(" + "), fact.statuses);
            text += &format!(" causes {:?}", brief(&fact.causes));
            text += &format!(" notes {:?} reasons {:?}", fact.notes, fact.reasons);
            text += &self.entries(&fact.left, &fact.right);
        }
        if let Some(line) = line {
            let causes: Vec<_> =
                line.causes.iter().map(|c| (c.code, c.amount.to_string())).collect();
            text += &format!("\n  got {:?} {} causes {causes:?}", line.status, line.difference);
            text += &format!(" notes {:?} reason {:?}", line.notes, line.reason);
            if fact.is_none_or(|f| f.left != line.left || f.right != line.right) {
                text += &self.entries(&line.left, &line.right);
            }
        }
        self.score.failures.push(text);
    }

    fn entries(&self, left: &[usize], right: &[usize]) -> String {
        let left = left.iter().map(|&index| ("L", &self.month.left[index]));
        let right = right.iter().map(|&index| ("R", &self.month.right[index]));
        left.chain(right).map(|(side, entry)| format!("\n    {side} {}", shown(entry))).collect()
    }
}

/// An entry on one line, for people.
pub(crate) fn shown(entry: &Entry) -> String {
    let numbers: Vec<String> = entry
        .document_nos
        .iter()
        .map(|no| format!("{}{}", no.text, if no.damaged { "(damaged)" } else { "" }))
        .collect();
    let text = |text: &Option<std::sync::Arc<str>>| text.as_deref().unwrap_or("-").to_owned();
    let number = |n: Option<Decimal>| n.map_or("-".to_owned(), |n| n.to_string());
    format!(
        "{} | {:?} | {} | {} | {} {} | {} {} x {} = {} | {} | {}",
        entry.party,
        entry.entry_type,
        if numbers.is_empty() { "no number".to_owned() } else { numbers.join(",") },
        entry.other_nos.join(","),
        text(&entry.item_code),
        text(&entry.item),
        number(entry.quantity),
        text(&entry.unit),
        number(entry.unit_price),
        entry.amount,
        entry.date.map_or("-".to_owned(), |date| date.to_string()),
        entry.at,
    )
}

fn brief(causes: &[Expected]) -> Vec<String> {
    causes
        .iter()
        .map(|c| format!("{:?} {}{}", c.code, c.amount, if c.needed { "" } else { " (optional)" }))
        .collect()
}

fn total(side: &[Entry], indices: &[usize]) -> Decimal {
    indices.iter().map(|&index| side[index].amount).sum()
}

/// Whether the line says that this is settled as the same.
pub(crate) fn confirmed(line: &Said) -> bool {
    matches!(line.status, Status::Matched | Status::Differs)
}

fn is(expected: &Expected, code: CauseCode, amount: Decimal) -> bool {
    (expected.code == code || expected.or == Some(code))
        && (expected.amount - amount).abs() <= Decimal::new(2, 2)
}

fn verdict(fact: &Fact, line: &Said) -> Result<(), String> {
    verdict_of(fact, line, true)
}

/// Whether a line says of a fact all that a clerk needs, and nothing wrong.
fn verdict_of(fact: &Fact, line: &Said, whole: bool) -> Result<(), String> {
    if !fact.statuses.contains(&line.status) {
        return Err(format!("wrong status {:?}", line.status));
    }
    if whole {
        let missing = fact.causes.iter().find(|expected| {
            expected.needed && !line.causes.iter().any(|c| is(expected, c.code, c.amount))
        });
        if let Some(missing) = missing {
            return Err(format!("cause {:?} {} not named", missing.code, missing.amount));
        }
        let wrong = line
            .causes
            .iter()
            .find(|cause| !fact.causes.iter().any(|e| is(e, cause.code, cause.amount)));
        if let Some(wrong) = wrong {
            return Err(format!("cause {:?} {} is wrong", wrong.code, wrong.amount));
        }
    }
    if !fact.notes.is_empty() && !fact.notes.iter().any(|note| line.notes.contains(note)) {
        return Err(format!("note {:?} not made", fact.notes));
    }
    let reason = match line.reason {
        Some(reason) => fact.reasons.contains(&reason),
        None => fact.reasons.is_empty() || fact.reason_optional,
    };
    if reason { Ok(()) } else { Err(format!("reason {:?}", line.reason)) }
}
