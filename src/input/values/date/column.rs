//! What a column of dates settles for its cells: the year, the order of day
//! and month, the epoch, and by its neighbours the tenth or the first.

use std::borrow::Borrow;

use chrono::{Datelike, Days, NaiveDate};

use super::forms::Form;
use super::{DateHints, Day};
use crate::input::sheet::Value;
use crate::input::values::odd::{Bad, Odd, Odds, Parsed};
use crate::period::Period;

/// How far from its period a paper's date is still at home, in days.
const NEAR: i64 = 45;

/// The order of two or three small numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    /// Day first.
    DayMonth,
    /// Month first.
    MonthDay,
    /// The column holds both, or says nothing.
    Open,
}

/// What a column of dates settled.
#[derive(Debug, Clone, Copy)]
pub struct DateContext {
    /// Where years come from that are not written.
    years: Option<Period>,
    /// The order of dates with a whole year (03/04/2026).
    order: Order,
    /// The order of dates without a year (3/4).
    pairs: Order,
    /// The order of three small numbers (26/3/4).
    triples: Option<TripleOrder>,
    /// Whether serial numbers count from 1904.
    epoch_1904: bool,
    /// Whether `10.1` in text may have been `10.10`.
    lost_zeros: bool,
    /// Whether days stand alone because the month is the paper's.
    days_alone: bool,
}

/// The order of three small numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TripleOrder {
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

impl DateContext {
    /// Makes the context of the cells of a column.
    pub fn of_column(
        cells: impl IntoIterator<Item = impl Borrow<Value>>,
        hints: DateHints,
    ) -> Self {
        let forms: Vec<Form> =
            cells.into_iter().map(|cell| super::forms::form(cell.borrow())).collect();
        Self::of_forms(&forms, hints)
    }

    /// Makes the context of a column whose cells were taken apart.
    pub(super) fn of_forms(forms: &[Form], hints: DateHints) -> Self {
        let mut context = Self {
            years: hints.period.or_else(|| own_years(forms)).or(hints.near),
            order: Order::Open,
            pairs: Order::Open,
            triples: None,
            epoch_1904: false,
            lost_zeros: hints.text_file && !forms.iter().any(keeps_zeros),
            days_alone: hints.period.is_some_and(|period| period.is_month())
                && forms.iter().all(|form| matches!(form, Form::Blank | Form::DayOnly { .. })),
        };
        context.order = context.order_with_year(forms);
        context.pairs = context.order_of_pairs(forms);
        context.triples = context.order_of_triples(forms);
        context.epoch_1904 = context.counts_from_1904(forms);
        context
    }

    /// Returns the day a form writes, as far as the column settles it.
    pub(super) fn settle(&self, form: &Form) -> Parsed<Day> {
        match *form {
            Form::Blank => Parsed::Blank(Odds::NONE),
            Form::Bad(ref bad) => Parsed::Bad(bad.clone()),
            Form::Day(value, odds) => Parsed::Value(Day { value, odds }),
            Form::MonthDay { month, day, odds } => self.in_year(month, day, odds),
            Form::Pair { a, b, odds } => self.pair(a, b, odds),
            Form::Decimal { month, digit, odds } => self.first_or_tenth(month, digit, odds),
            Form::WithYear { a, b, year, odds } => self.with_year(a, b, year, odds),
            Form::Triple { a, b, c, odds } => self.triple(a, b, c, odds),
            Form::Serial { days, odds } => self.serial(days, odds),
            Form::DayOnly { day, odds } => match self.years {
                Some(period) if self.days_alone => self.in_year(period.first.month(), day, odds),
                _ => Parsed::Bad(Bad::NoYear),
            },
        }
    }

    /// Gives a month and a day the year that brings them nearest the period.
    fn in_year(&self, month: u32, day: u32, odds: Odds) -> Parsed<Day> {
        // 2000 is a leap year: whatever exists at all exists there.
        if NaiveDate::from_ymd_opt(2000, month, day).is_none() {
            return Parsed::Bad(Bad::NoSuchDay);
        }
        let Some(period) = self.years else { return Parsed::Bad(Bad::NoYear) };
        match nearest(period, month, day) {
            Some(value) => Parsed::Value(Day { value, odds: odds.with(Odd::YearSupplied) }),
            None => Parsed::Bad(Bad::NoSuchDay),
        }
    }

    fn pair(&self, a: u32, b: u32, odds: Odds) -> Parsed<Day> {
        let decimal = odds.has(Odd::DecimalDate);
        if decimal && self.lost_zeros && (1..=3).contains(&b) {
            return self.first_or_tenth(a, b, odds);
        }
        let (month, day) = match self.pairs {
            _ if a > 12 => (b, a),
            _ if b > 12 => (a, b),
            Order::DayMonth => (b, a),
            Order::MonthDay => (a, b),
            Order::Open => return self.either(self.in_year(a, b, odds), self.in_year(b, a, odds)),
        };
        self.in_year(month, day, odds)
    }

    /// `10.1`: the first unless the column's neighbours say the tenth; both
    /// are kept for them.
    fn first_or_tenth(&self, month: u32, digit: u32, odds: Odds) -> Parsed<Day> {
        let first = self.in_year(month, digit, odds);
        match self.in_year(month, digit * 10, odds) {
            tenth @ Parsed::Value(_) => self.either(first, tenth),
            _ => first,
        }
    }

    /// One day if both readings are the same or only one is a day.
    fn either(&self, first: Parsed<Day>, second: Parsed<Day>) -> Parsed<Day> {
        match (first, second) {
            (Parsed::Value(first), Parsed::Value(second)) if first.value != second.value => {
                Parsed::Bad(Bad::TwoDays(first.value, second.value))
            }
            (Parsed::Value(day), _) | (_, Parsed::Value(day)) => Parsed::Value(day),
            (bad, _) => bad,
        }
    }

    fn with_year(&self, a: u32, b: u32, year: i32, odds: Odds) -> Parsed<Day> {
        let day_first = NaiveDate::from_ymd_opt(year, b, a);
        let month_first = NaiveDate::from_ymd_opt(year, a, b);
        let decided = odds.with(Odd::OrderDecided);
        let (value, odds) = match (day_first, month_first) {
            (Some(value), None) | (None, Some(value)) => (value, odds),
            (Some(one), Some(other)) if one == other => (one, odds),
            (Some(one), Some(other)) => match self.order {
                Order::DayMonth => (one, decided),
                Order::MonthDay => (other, decided),
                Order::Open => return Parsed::Bad(Bad::TwoDays(one, other)),
            },
            (None, None) => return Parsed::Bad(Bad::NoSuchDay),
        };
        Parsed::Value(Day { value, odds })
    }

    fn triple(&self, a: u32, b: u32, c: u32, odds: Odds) -> Parsed<Day> {
        if let Some(order) = self.triples
            && let Some(value) = order.day(a, b, c)
        {
            return Parsed::Value(Day { value, odds });
        }
        let mut days: Vec<NaiveDate> = self.readings(a, b, c).collect();
        days.sort_unstable();
        days.dedup();
        match days[..] {
            [] => Parsed::Bad(Bad::NoSuchDay),
            [value] => Parsed::Value(Day { value, odds }),
            [one, other, ..] => Parsed::Bad(Bad::TwoDays(one, other)),
        }
    }

    /// Returns the days that three small numbers can be, in a likely year.
    fn readings(&self, a: u32, b: u32, c: u32) -> impl Iterator<Item = NaiveDate> {
        TripleOrder::ALL
            .into_iter()
            .filter_map(move |order| order.day(a, b, c))
            .filter(|day| self.is_likely_year(day.year()))
    }

    fn is_likely_year(&self, year: i32) -> bool {
        match self.years {
            Some(period) => (period.first.year() - 1..=period.last.year() + 1).contains(&year),
            None => (2010..=2040).contains(&year),
        }
    }

    fn serial(&self, days: i64, odds: Odds) -> Parsed<Day> {
        match day_of_serial(days, self.epoch_1904) {
            // In text, a bare number of five digits is a day only if it is a
            // likely one.
            Some(day) if odds.has(Odd::Text) && !self.is_likely_year(day.year()) => {
                Parsed::Bad(Bad::NotThis)
            }
            Some(value) => Parsed::Value(Day { value, odds }),
            None => Parsed::Bad(Bad::NoSuchDay),
        }
    }

    /// Decides 03/04/2026: by the cells that only one order allows, else by
    /// the period.
    fn order_with_year(&self, forms: &[Form]) -> Order {
        let cells: Vec<(u32, u32, i32)> = forms
            .iter()
            .filter_map(|form| match *form {
                Form::WithYear { a, b, year, .. } => Some((a, b, year)),
                _ => None,
            })
            .collect();
        match by_size(cells.iter().map(|&(a, b, _)| (a, b))) {
            Order::Open => {}
            order => return order,
        }
        if conflicting(cells.iter().map(|&(a, b, _)| (a, b))) {
            return Order::Open;
        }
        let Some(period) = self.years else { return Order::Open };
        let at_home = |day: Option<NaiveDate>| day.is_some_and(|day| distance(period, day) <= NEAR);
        let day_first = cells.iter().all(|&(a, b, y)| at_home(NaiveDate::from_ymd_opt(y, b, a)));
        let month_first = cells.iter().all(|&(a, b, y)| at_home(NaiveDate::from_ymd_opt(y, a, b)));
        chosen(day_first, month_first)
    }

    /// Decides 3/4: month first as the trade writes it, unless the column
    /// shows the day first.
    fn order_of_pairs(&self, forms: &[Form]) -> Order {
        let cells = forms.iter().filter_map(|form| match *form {
            Form::Pair { a, b, .. } => Some((a, b)),
            _ => None,
        });
        match by_size(cells.clone()) {
            Order::Open if conflicting(cells.clone()) => Order::Open,
            Order::Open if self.order == Order::DayMonth => Order::DayMonth,
            Order::Open => {
                let Some(period) = self.years else { return Order::MonthDay };
                let at_home = |month, day| {
                    nearest(period, month, day).is_some_and(|day| distance(period, day) <= NEAR)
                };
                let month_first = cells.clone().any(|(a, b)| at_home(a, b));
                let day_first = cells.clone().all(|(a, b)| at_home(b, a));
                if !month_first && day_first { Order::DayMonth } else { Order::MonthDay }
            }
            order => order,
        }
    }

    /// Decides 26/3/4: the only order that gives every cell a likely day.
    fn order_of_triples(&self, forms: &[Form]) -> Option<TripleOrder> {
        let mut cells = Vec::new();
        for form in forms {
            if let Form::Triple { a, b, c, odds } = *form {
                cells.push((a, b, c, odds.has(Odd::EightDigits)));
            }
        }
        if cells.iter().any(|cell| cell.3) {
            return Some(TripleOrder::YearMonthDay);
        }
        let mut fitting = TripleOrder::ALL.into_iter().filter(|order| {
            let days = cells.iter().map(|&(a, b, c, _)| order.day(a, b, c));
            let mut days = days.map(|day| day.filter(|day| self.is_likely_year(day.year())));
            days.all(|day| day.is_some())
        });
        let first = fitting.next()?;
        let fitting: Vec<TripleOrder> = std::iter::once(first).chain(fitting).collect();
        if let [only] = fitting[..] {
            return Some(only);
        }
        let period = self.years?;
        let mut at_home = fitting.into_iter().filter(|order| {
            let mut days = cells.iter().filter_map(|&(a, b, c, _)| order.day(a, b, c));
            days.all(|day| distance(period, day) <= NEAR)
        });
        let only = at_home.next()?;
        at_home.next().is_none().then_some(only)
    }

    /// Serials of the other epoch show as days four years off the period.
    fn counts_from_1904(&self, forms: &[Form]) -> bool {
        let Some(period) = self.years else { return false };
        let mut serials = forms.iter().filter_map(|form| match form {
            Form::Serial { days, .. } => Some(*days),
            _ => None,
        });
        let far = |days, epoch_1904| {
            day_of_serial(days, epoch_1904).is_none_or(|day| distance(period, day) > 366)
        };
        let mut any = false;
        let all = serials.all(|days| {
            any = true;
            far(days, false) && !far(days, true)
        });
        any && all
    }
}

impl TripleOrder {
    const ALL: [TripleOrder; 3] =
        [TripleOrder::YearMonthDay, TripleOrder::DayMonthYear, TripleOrder::MonthDayYear];

    fn day(self, a: u32, b: u32, c: u32) -> Option<NaiveDate> {
        let (year, month, day) = match self {
            TripleOrder::YearMonthDay => (a, b, c),
            TripleOrder::DayMonthYear => (c, b, a),
            TripleOrder::MonthDayYear => (c, a, b),
        };
        NaiveDate::from_ymd_opt(2000 + i32::try_from(year).ok()?, month, day)
    }
}

/// Whether the form shows that a text file kept the zeros of its decimals.
fn keeps_zeros(form: &Form) -> bool {
    matches!(form, Form::Pair { b, odds, .. } if odds.has(Odd::DecimalDate) && b % 10 == 0)
}

/// The run of whole dates in the column itself.
fn own_years(forms: &[Form]) -> Option<Period> {
    let days = || {
        forms.iter().filter_map(|form| match *form {
            Form::Day(day, _) => Some(day),
            Form::WithYear { a, b, year, .. } => NaiveDate::from_ymd_opt(year, a.min(b), a.max(b)),
            _ => None,
        })
    };
    let (first, last) = (days().min()?, days().max()?);
    // Dates years apart say nothing of the year of the others.
    ((last - first).num_days() <= 366).then_some(Period { first, last })
}

/// The order that the cells themselves allow: a 25 is a day.
fn by_size(cells: impl Iterator<Item = (u32, u32)> + Clone) -> Order {
    let day_first = cells.clone().any(|(a, _)| a > 12);
    let month_first = cells.clone().any(|(_, b)| b > 12);
    chosen(day_first, month_first)
}

/// Whether cells of both orders stand in the column.
fn conflicting(mut cells: impl Iterator<Item = (u32, u32)> + Clone) -> bool {
    cells.clone().any(|(a, _)| a > 12) && cells.any(|(_, b)| b > 12)
}

fn chosen(day_first: bool, month_first: bool) -> Order {
    match (day_first, month_first) {
        (true, false) => Order::DayMonth,
        (false, true) => Order::MonthDay,
        _ => Order::Open,
    }
}

/// Returns how many days `day` lies outside the period.
fn distance(period: Period, day: NaiveDate) -> i64 {
    let early = (period.first - day).num_days();
    let late = (day - period.last).num_days();
    early.max(late).max(0)
}

/// Returns the day of this month and day that lies nearest the period. Papers
/// look back further than ahead: a quarter ahead at most.
fn nearest(period: Period, month: u32, day: u32) -> Option<NaiveDate> {
    const AHEAD: i64 = 92;
    let cost = |day: NaiveDate| {
        let too_far = (day - period.last).num_days() > AHEAD;
        distance(period, day) + if too_far { 366 } else { 0 }
    };
    (period.first.year() - 1..=period.last.year() + 1)
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .min_by_key(|day| cost(*day))
}

/// Returns the day of a serial number.
fn day_of_serial(days: i64, epoch_1904: bool) -> Option<NaiveDate> {
    let start = match epoch_1904 {
        false => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        true => NaiveDate::from_ymd_opt(1904, 1, 1)?,
    };
    start.checked_add_days(Days::new(u64::try_from(days).ok()?))
}

/// Settles the days that their neighbours settle: between the 9th and the
/// 11th, 10.1 is the 10th. Only in a column that runs one way.
pub(super) fn settle_by_neighbours(days: &mut [Parsed<Day>]) {
    let certain: Vec<Option<NaiveDate>> = days
        .iter()
        .map(|day| match day {
            Parsed::Value(day) => Some(day.value),
            _ => None,
        })
        .collect();
    let Some(descending) = direction(&certain) else { return };
    let after = last_known(certain.iter().rev().copied());
    let mut before = None;
    for (at, day) in days.iter_mut().enumerate() {
        let next = after.get(certain.len() - 1 - at).copied().flatten();
        if let Parsed::Bad(Bad::TwoDays(one, other)) = *day {
            let (low, high) = if descending { (next, before) } else { (before, next) };
            let fits = |day: NaiveDate| {
                low.is_none_or(|low| low <= day) && high.is_none_or(|high| day <= high)
            };
            let value = match (fits(one), fits(other)) {
                (true, false) => one,
                (false, true) => other,
                _ => continue,
            };
            let odds = Odds::NONE.with(Odd::NeighboursDecided);
            *day = Parsed::Value(Day { value, odds });
        }
        before = certain[at].or(before);
    }
}

/// For every place, the last day known up to and with it.
fn last_known(days: impl Iterator<Item = Option<NaiveDate>>) -> Vec<Option<NaiveDate>> {
    let mut last = None;
    days.map(|day| {
        last = day.or(last);
        last
    })
    .collect()
}

/// Whether the days run downwards; `None` if they run no way, or there are
/// too few to tell. A few that stand out of order do not count.
fn direction(days: &[Option<NaiveDate>]) -> Option<bool> {
    let known: Vec<NaiveDate> = days.iter().copied().flatten().collect();
    let pairs = known.windows(2);
    let (up, down) = pairs.fold((0_usize, 0_usize), |(up, down), pair| {
        (up + usize::from(pair[0] < pair[1]), down + usize::from(pair[0] > pair[1]))
    });
    if up + down == 0 {
        return (!known.is_empty()).then_some(false);
    }
    if up.min(down) * 10 > up + down {
        return None;
    }
    Some(down > up)
}
