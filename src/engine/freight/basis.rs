//! How the papers of a carrier write amounts: before or after the discount
//! that holds for the whole month. Settled once, by what most lines show.

use rust_decimal::{Decimal, RoundingStrategy};

use super::tariff::cents;

/// Where an agreed share comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareSource {
    /// The rate card says it.
    RateCard,
    /// The bill shows list prices and what is to be paid.
    Bill,
    /// Our log at list price shows it against the bill.
    Log,
}

/// How a carrier's amounts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Basis {
    /// The share of the list price that is to be paid (0.9); 1: no discount.
    pub share: Decimal,
    /// What says so.
    pub source: Option<ShareSource>,
    /// Whether the bill's lines are after discount.
    pub bill_net: bool,
    /// Whether our log is after discount.
    pub log_net: bool,
    /// Whether our log holds the charges beside the freight too.
    pub log_has_charges: bool,
    /// Lines whose amounts agree once the discount is taken.
    pub agreeing: usize,
    /// Lines that could.
    pub of: usize,
}

/// One parcel that both sides have, as far as the basis is concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sample {
    /// What is billed for the freight.
    pub(super) billed: Decimal,
    /// What is billed beside it.
    pub(super) charges: Decimal,
    /// The list price that the bill shows beside it.
    pub(super) billed_list: Option<Decimal>,
    /// What our log has.
    pub(super) logged: Option<Decimal>,
    /// The list price by the agreed rates, for our weight and place.
    pub(super) priced: Option<Decimal>,
}

/// So many parcels show a discount that nobody has written down.
const ENOUGH: usize = 3;

impl Basis {
    /// Settles it. `agreed` is the share that the rate card says, `deducted`
    /// whether the bill takes the discount off in a row of its own.
    pub(super) fn of(samples: &[Sample], agreed: Option<Decimal>, deducted: bool) -> Self {
        let (share, source) = match agreed {
            Some(share) if share < Decimal::ONE => (share, Some(ShareSource::RateCard)),
            Some(_) => (Decimal::ONE, None),
            None => shown_by_bill(samples)
                .or_else(|| shown_by_log(samples))
                .unwrap_or((Decimal::ONE, None)),
        };
        let net = |amount: Decimal| cents(amount.saturating_mul(share));
        let count =
            |test: &dyn Fn(&Sample) -> bool| samples.iter().filter(|sample| test(sample)).count();
        let list = |sample: &Sample| sample.priced.or(sample.billed_list);
        let log_net =
            count(&|s| s.logged.zip(list(s)).is_some_and(|(logged, list)| near(logged, net(list))))
                > count(&|s| {
                    s.logged.zip(list(s)).is_some_and(|(logged, list)| near(logged, list))
                });
        let our_list = |sample: &Sample| {
            let logged = sample.logged.filter(|_| !log_net);
            logged.or(sample.priced).or(sample.billed_list)
        };
        let as_net = count(&|s| our_list(s).is_some_and(|list| near(s.billed, net(list))));
        let as_list = count(&|s| our_list(s).is_some_and(|list| near(s.billed, list)));
        let bill_net = share == Decimal::ONE || as_net >= as_list || !deducted;
        let agreeing = if bill_net { as_net } else { as_list };
        let of = samples.len();
        let mut basis =
            Self { share, source, bill_net, log_net, log_has_charges: false, agreeing, of };
        let charged = || samples.iter().filter(|sample| !sample.charges.is_zero());
        let (mut with, mut without) = (0_usize, 0_usize);
        for sample in charged() {
            let Some(logged) = sample.logged else { continue };
            let ours = [logged, basis.on_bill(logged)];
            let whole = sample.billed.saturating_add(sample.charges);
            with += usize::from(ours.iter().any(|ours| near(*ours, whole)));
            without += usize::from(ours.iter().any(|ours| near(*ours, sample.billed)));
        }
        basis.log_has_charges = with > without;
        basis
    }

    /// Returns what our log's amount comes to on the footing of the bill.
    pub(super) fn on_bill(&self, logged: Decimal) -> Decimal {
        match (self.log_net, self.bill_net) {
            (false, true) => cents(logged.saturating_mul(self.share)),
            (true, false) => logged.checked_div(self.share).map_or(logged, cents),
            _ => logged,
        }
    }

    /// Returns what a list price comes to on the footing of the bill.
    pub(super) fn of_list(&self, list: Decimal) -> Decimal {
        if self.bill_net { cents(list.saturating_mul(self.share)) } else { cents(list) }
    }
}

fn near(one: Decimal, other: Decimal) -> bool {
    one.checked_sub(other).is_some_and(|away| away.abs() <= Decimal::new(1, 2))
}

/// The bill shows list prices beside what is to be paid, in one ratio.
fn shown_by_bill(samples: &[Sample]) -> Option<(Decimal, Option<ShareSource>)> {
    let pairs = samples.iter().filter_map(|sample| Some((sample.billed, sample.billed_list?)));
    one_ratio(&pairs.collect::<Vec<_>>()).map(|share| (share, Some(ShareSource::Bill)))
}

/// Most parcels are billed at one share of what our log has.
fn shown_by_log(samples: &[Sample]) -> Option<(Decimal, Option<ShareSource>)> {
    let pairs = samples.iter().filter_map(|sample| Some((sample.billed, sample.logged?)));
    one_ratio(&pairs.collect::<Vec<_>>()).map(|share| (share, Some(ShareSource::Log)))
}

/// Returns the share below one that most pairs have in common.
fn one_ratio(pairs: &[(Decimal, Decimal)]) -> Option<Decimal> {
    let mut ratios: Vec<Decimal> = pairs
        .iter()
        .filter(|(_, list)| *list > Decimal::ZERO)
        .filter_map(|(net, list)| net.checked_div(*list))
        .map(|ratio| ratio.round_dp_with_strategy(3, RoundingStrategy::MidpointAwayFromZero))
        .collect();
    ratios.sort();
    let median = *ratios.get(ratios.len() / 2)?;
    let share =
        median.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize();
    if share >= Decimal::ONE || share <= Decimal::new(2, 1) {
        return None;
    }
    let agree = pairs.iter().filter(|(net, list)| near(*net, cents(list.saturating_mul(share))));
    let agree = agree.count();
    (agree >= ENOUGH && agree * 5 >= pairs.len() * 3).then_some(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn sample(billed: &str, logged: &str) -> Sample {
        Sample {
            billed: d(billed),
            charges: Decimal::ZERO,
            billed_list: None,
            logged: Some(d(logged)),
            priced: None,
        }
    }

    #[test]
    fn a_discount_that_only_the_amounts_show() {
        let samples = [
            sample("9.00", "10"),
            sample("10.80", "12"),
            sample("13.95", "15.5"),
            sample("18.00", "18"),
        ];
        let basis = Basis::of(&samples, None, false);
        assert_eq!((basis.share, basis.source), (d("0.9"), Some(ShareSource::Log)));
        assert!(basis.bill_net && !basis.log_net);
        assert_eq!((basis.agreeing, basis.of), (3, 4));
        assert_eq!(basis.on_bill(d("15.5")), d("13.95"));
        let none = Basis::of(&samples[2..], None, false);
        assert_eq!(none.share, Decimal::ONE);
    }

    #[test]
    fn lines_at_list_price_with_the_discount_in_a_row_of_its_own() {
        let samples = [sample("10", "10"), sample("12", "12"), sample("15.5", "15.5")];
        let basis = Basis::of(&samples, Some(d("0.9")), true);
        assert!(!basis.bill_net);
        assert_eq!(basis.on_bill(d("10")), d("10"));
        let withheld = Basis::of(&samples, Some(d("0.9")), false);
        assert!(withheld.bill_net, "a discount that is not given is a difference");
        assert_eq!(withheld.on_bill(d("10")), d("9.00"));
    }
}
