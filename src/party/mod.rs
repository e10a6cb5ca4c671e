//! The same firm in several spellings is one: full name, short name, place
//! and legal form left out, brackets, both scripts, and the names that
//! `gendan.toml` gives. A short form that fits two firms is neither.

mod carriers;
mod name;
mod paper;
mod words;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use name::{Likeness, Name};

use crate::settings::SupplierNames;

pub use carriers::{is_known_carrier, known_carriers};
pub use paper::{PaperParty, full_name_in, name_in, stands_in};

/// Whether two names may be one firm's: the same but for place and legal form,
/// or one short for the other.
pub fn are_alike(one: &str, other: &str) -> bool {
    Name::new(one).likeness(&Name::new(other)) > Likeness::Unlike
}

/// Returns what a firm calls itself, without place and legal form; and what
/// that may be without a place that is not listed, which papers must bear out.
pub fn cores(name: &str) -> (String, Vec<String>) {
    let core = Name::new(name).cores.into_iter().next().unwrap_or_default();
    let shorter = name::behind_places(&core);
    (core, shorter)
}

/// The firms that a month's papers name.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    firms: Vec<Firm>,
    by_spelling: FxHashMap<String, Resolved>,
}

/// One firm.
#[derive(Debug, Clone)]
struct Firm {
    /// The name that reports show.
    shown: Arc<str>,
    /// Its spellings, fullest first.
    names: Vec<Name>,
    /// Whether it is our own.
    ours: bool,
}

/// What a spelling was found to mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The firm's name, one for all spellings.
    pub party: Arc<str>,
    /// Whether it was taken for a short form, which is a guess.
    pub guessed: bool,
    /// Other firms of which it might be a short form as well: then it stands
    /// for itself.
    pub rivals: Vec<Arc<str>>,
}

/// A name as some paper writes it, and how often.
type Spellings = BTreeMap<String, usize>;

impl Parties {
    /// Finds the firms behind all the spellings that occur. `ours` are names
    /// of our own firm, the one to be shown first; `aliases` are the firms that the settings name.
    pub fn new<'a>(
        spellings: impl IntoIterator<Item = &'a str>,
        ours: &[String],
        aliases: &[SupplierNames],
    ) -> Self {
        let mut parties = Self::default();
        if let Some(shown) = ours.first() {
            parties.add_alias(shown, ours, true);
        }
        for firm in aliases {
            let mut names = firm.aliases.clone();
            names.push(firm.name.clone());
            parties.add_alias(&firm.name, &names, false);
        }
        parties.add_spellings(spellings);
        parties
    }

    /// Returns the one name of the firm that a spelling means; a spelling
    /// that was not among those given stands for itself.
    pub fn resolve(&self, spelling: &str) -> Resolved {
        let itself =
            || Resolved { party: Arc::from(spelling.trim()), guessed: false, rivals: Vec::new() };
        self.by_spelling.get(&crate::text::fold(spelling)).cloned().unwrap_or_else(itself)
    }

    /// Returns what resolves the names of a million rows: each spelling once.
    pub fn resolver(&self) -> impl Fn(&str) -> Arc<str> + '_ {
        let known: RefCell<FxHashMap<String, Arc<str>>> = RefCell::default();
        move |spelling| {
            if let Some(party) = known.borrow().get(spelling) {
                return Arc::clone(party);
            }
            let party = self.resolve(spelling).party;
            known.borrow_mut().insert(spelling.to_owned(), Arc::clone(&party));
            party
        }
    }

    /// Returns our own firm's name, if the settings or the papers tell it.
    pub fn ours(&self) -> Option<&str> {
        self.firms.iter().find(|firm| firm.ours).map(|firm| &*firm.shown)
    }

    /// Whether a name is our own firm's.
    pub fn is_ours(&self, spelling: &str) -> bool {
        let party = self.resolve(spelling).party;
        self.firms.iter().any(|firm| firm.ours && firm.shown == party)
    }

    fn add_alias(&mut self, shown: &str, names: &[String], ours: bool) {
        let shown: Arc<str> = Arc::from(shown);
        let names: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
        for name in &names {
            let resolved =
                Resolved { party: Arc::clone(&shown), guessed: false, rivals: Vec::new() };
            self.by_spelling.insert(name.whole.clone(), resolved);
        }
        self.firms.push(Firm { shown, names, ours });
    }

    /// Adds the spellings, fullest first, so that short forms find the firm
    /// they are short for.
    fn add_spellings<'a>(&mut self, spellings: impl IntoIterator<Item = &'a str>) {
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        spellings.into_iter().for_each(|spelling| *counts.entry(spelling).or_default() += 1);
        let mut by_fold: BTreeMap<String, Spellings> = BTreeMap::new();
        for (spelling, count) in counts {
            let folded = crate::text::fold(spelling);
            if !folded.is_empty() && !self.by_spelling.contains_key(&folded) {
                let spelled = by_fold.entry(folded).or_default();
                *spelled.entry(spelling.trim().to_owned()).or_default() += count;
            }
        }
        let mut all: Vec<(String, Spellings)> = by_fold.into_iter().collect();
        all.sort_by_key(|(folded, _)| (std::cmp::Reverse(folded.chars().count()), folded.clone()));
        let mut starts: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (index, firm) in self.firms.iter().enumerate() {
            for start in firm.names.iter().flat_map(Name::starts) {
                starts.entry(start).or_default().push(index);
            }
        }
        for (folded, spelled) in all {
            self.add_spelling(folded, &spelled, &mut starts);
        }
    }

    fn add_spelling(
        &mut self,
        folded: String,
        spelled: &Spellings,
        starts: &mut FxHashMap<String, Vec<usize>>,
    ) {
        let name = Name::new(&most_written(spelled));
        let mut fitting: Vec<(Likeness, usize)> = name
            .starts()
            .filter_map(|start| starts.get(&start))
            .flatten()
            .map(|&index| (self.firms[index].likeness(&name), index))
            .filter(|(likeness, _)| *likeness > Likeness::Unlike)
            .collect();
        fitting.sort_by_key(|&(likeness, index)| (std::cmp::Reverse(likeness), index));
        fitting.dedup();
        let best = fitting.first().map(|(likeness, _)| *likeness);
        fitting.retain(|(likeness, _)| Some(*likeness) == best);
        let index = match fitting[..] {
            [(_, index)] => index,
            _ => self.add_firm(spelled),
        };
        let own = |&(_, rival): &(Likeness, usize)| {
            (rival != index).then(|| Arc::clone(&self.firms[rival].shown))
        };
        let resolved = Resolved {
            party: Arc::clone(&self.firms[index].shown),
            guessed: fitting.len() == 1 && best == Some(Likeness::ShortForm),
            rivals: fitting.iter().filter_map(own).collect(),
        };
        for start in name.starts() {
            let firms = starts.entry(start).or_default();
            if !firms.contains(&index) {
                firms.push(index);
            }
        }
        self.firms[index].names.push(name);
        self.by_spelling.insert(folded, resolved);
    }

    /// Makes a firm of a spelling: shown as it is most often written.
    fn add_firm(&mut self, spelled: &Spellings) -> usize {
        let shown = Arc::from(most_written(spelled));
        self.firms.push(Firm { shown, names: Vec::new(), ours: false });
        self.firms.len() - 1
    }
}

/// Returns the form in which a spelling occurs most often.
fn most_written(spelled: &Spellings) -> String {
    let most = spelled.iter().max_by_key(|&(text, count)| (count, std::cmp::Reverse(text)));
    most.map(|(text, _)| text.clone()).unwrap_or_default()
}

impl Firm {
    /// Compares a name with the fullest spelling it is most alike to. A name
    /// must not be a short form of a short form: 恒锦 is not 恒锦川织造 by way
    /// of 恒锦川.
    fn likeness(&self, name: &Name) -> Likeness {
        // By way of a name without a place, firms of two places would meet.
        if self.names.iter().any(|own| own.is_elsewhere(name)) {
            return Likeness::Unlike;
        }
        let likeness = self.names.iter().map(|own| own.likeness(name));
        likeness.max().unwrap_or(Likeness::Unlike)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties(spellings: &[&str]) -> Parties {
        Parties::new(spellings.iter().copied(), &[], &[])
    }

    #[test]
    fn all_spellings_lead_to_the_fullest_name() {
        let parties = parties(&[
            "丽彩坊",
            "丽丰坊织带",
            "恒锦川织造",
            "绍兴恒锦川织造有限公司",
            "广州丽彩坊服装辅料行",
            "广州丽丰坊织带厂",
            "丽彩坊辅料",
            "电费",
        ]);
        for (spelling, party) in [
            ("恒锦川织造", "绍兴恒锦川织造有限公司"),
            ("丽彩坊", "广州丽彩坊服装辅料行"),
            ("丽彩坊辅料", "广州丽彩坊服装辅料行"),
            ("丽丰坊织带", "广州丽丰坊织带厂"),
            ("电费", "电费"),
        ] {
            assert_eq!(&*parties.resolve(spelling).party, party, "{spelling}");
        }
    }

    #[test]
    fn a_short_form_of_two_firms_is_neither() {
        let parties = parties(&["新华纺织一厂", "新华纺织二厂", "新华纺织"]);
        let resolved = parties.resolve("新华纺织");
        assert_eq!(&*resolved.party, "新华纺织");
        assert_eq!(resolved.rivals.len(), 2);
        assert_ne!(parties.resolve("新华纺织一厂").party, parties.resolve("新华纺织二厂").party);
    }

    #[test]
    fn settings_go_before_evidence() {
        let aliases = [SupplierNames {
            name: "绍兴恒锦川织造有限公司".to_owned(),
            aliases: vec!["老王布行".to_owned()],
        }];
        let parties = Parties::new(["老王布行", "恒锦川"], &[], &aliases);
        assert_eq!(&*parties.resolve("老王布行").party, "绍兴恒锦川织造有限公司");
        assert_eq!(&*parties.resolve("恒锦川").party, "绍兴恒锦川织造有限公司");
    }

    #[test]
    fn the_order_of_the_spellings_does_not_matter() {
        let names = ["丽彩坊", "广州丽彩坊服装辅料行", "丽彩坊辅料", "丽丰坊"];
        let mut reversed = names;
        reversed.reverse();
        let (one, other) = (parties(&names), parties(&reversed));
        for name in names {
            assert_eq!(one.resolve(name), other.resolve(name));
        }
    }
}
