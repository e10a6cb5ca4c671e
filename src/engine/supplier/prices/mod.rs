//! The price check: what is billed and booked against what was agreed.

mod footing;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
use rustc_hash::FxHashMap;

use self::footing::{Footing, rounded};
use super::entries::{Resolve, party_of};
use super::papers::Papers;
use crate::engine::entry::{Entry, EntryType};
use crate::engine::matching::outcome::{Line, Status};
use crate::engine::matching::sides::Side;
use crate::engine::matching::spec::Pack;
use crate::finding::{Finding, codes};
use crate::records::PriceLine;
use crate::text::fold;

/// The agreed prices of all parties.
#[derive(Debug, Default)]
pub struct AgreedPrices<'a> {
    by_item: FxHashMap<(Arc<str>, String), Vec<&'a PriceLine>>,
}

/// What a price check of one line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Check<'a> {
    /// No price was agreed for the item.
    NoPrice,
    /// The price is one that was agreed and valid.
    Agreed,
    /// It is another one; the price that was valid.
    Other(&'a PriceLine, Decimal),
}

impl<'a> AgreedPrices<'a> {
    pub(super) fn of(papers: &'a Papers, resolve: Resolve<'_>) -> Self {
        let mut prices = Self::default();
        for paper in &papers.prices {
            for line in &paper.records.lines {
                let party = party_of(line.party.as_ref(), paper.party.as_ref(), resolve);
                if let Some(key) = item_key(line.item.code.as_deref(), line.item.text().as_deref())
                {
                    prices.by_item.entry((party, key)).or_default().push(line);
                }
            }
        }
        prices
    }

    /// Returns the pack sizes that the price lists state.
    pub(super) fn packs(&self) -> Vec<Pack> {
        let mut packs: Vec<Pack> = Vec::new();
        for ((party, _), lines) in &self.by_item {
            for line in lines {
                let item = line.item.code.clone().or_else(|| line.item.text());
                let (Some(item), Some(factor)) = (item, line.pack_factor) else { continue };
                packs.push(Pack { party: Some(Arc::clone(party)), item, factor });
            }
        }
        packs.sort_by(|a, b| (&a.party, &a.item, a.factor).cmp(&(&b.party, &b.item, b.factor)));
        packs.dedup();
        packs
    }

    /// Whether any price was agreed at all.
    pub(super) fn is_empty(&self) -> bool {
        self.by_item.is_empty()
    }

    /// Finds the papers whose prices stand on another footing than is said,
    /// and remembers it with the habits.
    pub(super) fn find_footings(
        &self,
        left: &[Entry],
        right: &[Entry],
        habits: &mut TaxHabits,
    ) -> Vec<Finding> {
        footing::find(self, left, right, habits)
    }

    /// Checks the prices of a line's entries, theirs and ours. `habits` say of
    /// whole papers whether they include tax.
    pub(super) fn check(
        &self,
        line: &Line,
        left: &[Entry],
        right: &[Entry],
        habits: &TaxHabits,
    ) -> Vec<Finding> {
        // Our register knows the item's code where theirs may have lost it.
        let known_as = match (&line.left[..], &line.right[..]) {
            ([_], [ours]) => Some(&right[*ours]),
            _ => None,
        };
        // Where the amounts agree their price is ours, in whatever unit they
        // write it: what is wrong with it is said of ours.
        let ours_speaks = line.status == Status::Matched
            && !line.right.is_empty()
            && line.right.iter().all(|&index| right[index].unit_price.is_some());
        let theirs = line.left.iter().filter(|_| !ours_speaks);
        let theirs = theirs.map(|&index| (&left[index], Side::Left, known_as));
        let ours = line.right.iter().map(|&index| (&right[index], Side::Right, None));
        let check = |(entry, side, known_as): (&Entry, Side, Option<&Entry>)| {
            let written = Written::new(entry, side, habits)?;
            self.check_entry(&written, known_as)
        };
        theirs.chain(ours).filter_map(check).collect()
    }

    fn check_entry(&self, written: &Written<'_>, known_as: Option<&Entry>) -> Option<Finding> {
        let entry = written.entry;
        let mut check = self.look_up(written, entry);
        if let (Check::NoPrice, Some(known_as)) = (check, known_as) {
            check = self.look_up(written, known_as);
        }
        let Check::Other(line, expected) = check else { return None };
        let item = known_as.and_then(|known_as| known_as.item_code.as_deref());
        let item = item.or(entry.item_code.as_deref()).or(entry.item.as_deref());
        Some(
            Finding::of(codes::PRICE_NOT_AGREED)
                .at(entry.at.clone())
                .related(line.at.clone())
                .with("party", &entry.party)
                .with("item", item.unwrap_or_default())
                .with("found", written.price.normalize())
                .with("expected", expected),
        )
    }

    fn look_up(&self, written: &Written<'_>, named: &Entry) -> Check<'a> {
        let valid = self.valid(written, named);
        if valid.iter().any(|line| written.agrees(line, written.footing)) {
            return Check::Agreed;
        }
        match valid.first() {
            Some(line) => Check::Other(line, written.nearest(line)),
            None => Check::NoPrice,
        }
    }

    /// Returns what was agreed for an item on the day of an entry.
    fn valid(&self, written: &Written<'_>, named: &Entry) -> Vec<&'a PriceLine> {
        let entry = written.entry;
        let key = item_key(named.item_code.as_deref(), named.item.as_deref());
        let lines = key.and_then(|key| self.by_item.get(&(Arc::clone(&entry.party), key)));
        let lines = lines.into_iter().flatten().copied();
        lines.filter(|line| is_valid(line, entry.date)).collect()
    }
}

/// What holds for whole papers.
#[derive(Debug, Default)]
pub(super) struct TaxHabits {
    /// By party: the tax rate of its paper, and the side that includes it,
    /// where the matcher found it.
    tax: BTreeMap<Arc<str>, (Decimal, Side)>,
    /// How prices lead from the agreed ones, where they show that what is
    /// said of them does not hold.
    footings: BTreeMap<(Arc<str>, Side), Footing>,
}

impl TaxHabits {
    /// Makes the habits out of what the matcher found.
    pub(super) fn new(tax: BTreeMap<Arc<str>, (Decimal, Side)>) -> Self {
        Self { tax, footings: BTreeMap::new() }
    }
}

/// A price as one side writes it.
struct Written<'e> {
    entry: &'e Entry,
    price: Decimal,
    tax_included: Option<bool>,
    tax_rate: Option<Decimal>,
    footing: Option<Footing>,
}

impl<'e> Written<'e> {
    /// `None` if the entry is no goods or has no price.
    fn new(entry: &'e Entry, side: Side, habits: &TaxHabits) -> Option<Self> {
        if entry.entry_type != EntryType::Goods {
            return None;
        }
        let habit = habits.tax.get(&entry.party);
        let by_habit = habit.map(|(_, inclusive)| *inclusive == side);
        Some(Self {
            entry,
            price: entry.unit_price?,
            tax_included: by_habit.or(entry.tax_included),
            tax_rate: habit.map(|(rate, _)| *rate).or(entry.tax_rate),
            footing: habits.footings.get(&(Arc::clone(&entry.party), side)).copied(),
        })
    }

    /// Returns the ways in which this side may rightly write an agreed price:
    /// per piece or per pack, with tax or without. `footing` goes before what
    /// the papers say.
    fn ways(
        &self,
        line: &PriceLine,
        footing: Option<Footing>,
    ) -> impl Iterator<Item = Decimal> + use<> {
        let factors = [Some(Decimal::ONE), line.pack_factor, self.entry.pack_factor];
        let rate = self.tax_rate.or(line.tax_rate).unwrap_or(Decimal::new(13, 2));
        let said = || Footing::said(line.tax_included, self.tax_included);
        let price = footing.unwrap_or_else(said).of(line.unit_price, rate);
        factors.into_iter().flatten().filter_map(move |factor| price?.checked_mul(factor))
    }

    fn agrees(&self, line: &PriceLine, footing: Option<Footing>) -> bool {
        self.ways(line, footing).any(|way| same(self.price, way))
    }

    fn nearest(&self, line: &PriceLine) -> Decimal {
        let distance = |way: &Decimal| (self.price - way).abs();
        let way = self.ways(line, self.footing).min_by_key(distance);
        rounded(way.unwrap_or(line.unit_price), [self.price, line.unit_price])
    }
}

fn item_key(code: Option<&str>, text: Option<&str>) -> Option<String> {
    // A code that lost its leading zeros still names the item.
    let code = code.map(fold).filter(|code| !code.is_empty());
    match code {
        Some(code) => Some(code.trim_start_matches('0').to_owned()),
        None => text.map(fold).filter(|text| !text.is_empty()),
    }
}

fn is_valid(line: &PriceLine, date: Option<NaiveDate>) -> bool {
    let Some(date) = date else { return true };
    line.valid_from.is_none_or(|from| from <= date) && line.valid_to.is_none_or(|to| date <= to)
}

/// Whether a written price is this price, or, where tax or packs have been
/// reckoned in, this price rounded as it is written. Cells drop trailing
/// zeros: a price is written to the cent at least.
fn same(written: Decimal, price: Decimal) -> bool {
    let digits = written.scale().max(2);
    written == price || written == price.round_dp_with_strategy(digits, MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::supplier::fixtures::{amount, day, entry, price, with_prices};
    use crate::engine::supplier::papers::Papers;

    fn found(
        papers: &Papers,
        code: &str,
        written: &str,
        change: impl Fn(&mut Entry),
    ) -> Vec<String> {
        let resolve = |name: &str| Arc::from(name);
        let mut entry = entry("甲", EntryType::Goods, "1");
        entry.item_code = Some(code.into());
        entry.unit_price = Some(amount(written));
        entry.date = Some(day("2026-10-08"));
        change(&mut entry);
        let line = Line::new(
            crate::engine::matching::outcome::Status::LeftOnly,
            vec![0],
            vec![],
            entry.amount,
        );
        let prices = AgreedPrices::of(papers, &resolve);
        let findings = prices.check(&line, &[entry], &[], &TaxHabits::default());
        let expected = |finding: &Finding| {
            let value = finding.values.iter().find(|(name, _)| *name == "expected");
            value.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        findings.iter().map(expected).collect()
    }

    #[test]
    fn another_price_than_the_agreed_one_is_found() {
        let papers = with_prices(vec![price("FB-1", "5.35")]);
        assert_eq!(found(&papers, "FB-1", "5.40", |_| ()), ["5.35"]);
        assert_eq!(found(&papers, "FB-1", "5.4", |_| ()), ["5.35"]);
        assert!(found(&papers, "FB-1", "5.350", |_| ()).is_empty());
        assert!(found(&papers, "FB-2", "5.40", |_| ()).is_empty());
    }

    #[test]
    fn a_price_per_box_is_the_agreed_price_of_its_pieces() {
        let mut per_piece = price("BT-1", "0.035");
        per_piece.pack_factor = Some(amount("1000"));
        let papers = with_prices(vec![per_piece]);
        assert!(found(&papers, "BT-1", "35", |_| ()).is_empty());
        assert_eq!(found(&papers, "BT-1", "36", |_| ()), ["35"]);
    }

    #[test]
    fn tax_is_taken_out_where_the_papers_say_which_has_it() {
        let mut net = price("PK-1", "0.11");
        net.tax_included = Some(false);
        let papers = with_prices(vec![net]);
        let gross = |entry: &mut Entry| {
            entry.tax_included = Some(true);
            entry.tax_rate = Some(amount("0.13"));
        };
        assert!(found(&papers, "PK-1", "0.1243", gross).is_empty());
        assert_eq!(found(&papers, "PK-1", "0.1356", gross), ["0.1243"]);
    }

    #[test]
    fn a_new_price_holds_from_its_first_day() {
        let mut old = price("KN-1", "48.265");
        old.valid_to = Some(day("2026-10-31"));
        let mut new = price("KN-1", "49.00");
        new.valid_from = Some(day("2026-11-01"));
        let papers = with_prices(vec![old, new]);
        assert_eq!(found(&papers, "KN-1", "49", |_| ()), ["48.265"]);
        let later = |entry: &mut Entry| entry.date = Some(day("2026-11-02"));
        assert!(found(&papers, "KN-1", "49", later).is_empty());
    }

    #[test]
    fn a_code_that_lost_its_zeros_still_names_the_item() {
        let papers = with_prices(vec![price("00151", "8.90")]);
        assert_eq!(found(&papers, "151", "9.80", |_| ()), ["8.9"]);
    }
}
