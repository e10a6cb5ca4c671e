//! Which of very many numbers a damaged one may have been. Where hundreds share
//! what is left of it, only the buyer's own and those for the same money are
//! looked at: nothing else could tell them apart.

use std::cell::RefCell;
use std::sync::Arc;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use super::damaged::Images;
use super::own::Own;

/// Numbers under one image up to which all are looked at.
const FEW: usize = 512;
/// Those for the same money that are looked at: more cannot be told apart.
const SAME_MONEY: usize = 64;

/// Holders under one image, by amount: those whose buyer is not known apart.
type ByMoney = FxHashMap<(Decimal, bool), Vec<usize>>;

/// What is known of a holder of a number.
pub(super) struct Holder<'b> {
    /// What it is worth.
    pub(super) amounts: Vec<Decimal>,
    /// Its buyer, if known.
    pub(super) buyer: Option<&'b Arc<str>>,
}

/// The holders that a damaged number may belong to.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) holders: Vec<usize>,
    /// Whether there are so many that most were not looked at.
    pub(super) is_crowd: bool,
}

/// Looks up the holders of whole numbers by what damage made of one.
pub(super) struct Crowds<'a> {
    images: &'a Images,
    holder: &'a dyn Fn(usize) -> Holder<'a>,
    own: &'a Own,
    by_money: RefCell<FxHashMap<u128, ByMoney>>,
}

impl<'a> Crowds<'a> {
    /// Looks them up in `images`; `holder` tells what is known of each, `own`
    /// which are of a buyer.
    pub(super) fn new(
        images: &'a Images,
        holder: &'a dyn Fn(usize) -> Holder<'a>,
        own: &'a Own,
    ) -> Self {
        Self { images, holder, own, by_money: RefCell::default() }
    }

    /// Returns the holders that a damaged number may belong to; `seeker` is
    /// what is known of its row.
    pub(super) fn find(&self, damaged: &str, seeker: &Holder<'_>) -> Found {
        let under = self.images.under(damaged);
        let all = || under.iter().map(|&(_, holder)| holder as usize);
        let Some(&(image, _)) = under.first().filter(|_| under.len() > FEW) else {
            return Found { holders: all().collect(), is_crowd: false };
        };
        let held = |at: &usize| under.binary_search_by_key(at, |held| held.1 as usize).is_ok();
        let mut found: Vec<usize> = Vec::new();
        let mut by_money = self.by_money.borrow_mut();
        let money = by_money.entry(image).or_insert_with(|| self.sorted(all()));
        for &amount in &seeker.amounts {
            let own = seeker.buyer.map_or(&[][..], |buyer| self.own.near(buyer, amount));
            found.extend(own.iter().copied().filter(held));
            // Whoever is known to be somebody else is no candidate.
            let key = (amount.normalize(), seeker.buyer.is_some());
            found.extend(money.get(&key).into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        Found { holders: found, is_crowd: true }
    }

    /// Sorts holders by what they are worth.
    fn sorted(&self, holders: impl Iterator<Item = usize>) -> ByMoney {
        let mut by_money = ByMoney::default();
        for at in holders {
            let Holder { amounts, buyer } = (self.holder)(at);
            for amount in amounts {
                let mut add = |only_unknown: bool| {
                    let of = by_money.entry((amount.normalize(), only_unknown)).or_default();
                    if of.len() < SAME_MONEY && of.last() != Some(&at) {
                        of.push(at);
                    }
                };
                add(false);
                if buyer.is_none() {
                    add(true);
                }
            }
        }
        by_money
    }
}
