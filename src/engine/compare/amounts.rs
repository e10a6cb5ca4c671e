//! Which columns are the amounts: money by its name, figures with decimals,
//! what is counted, the only figures there are, or equal figures under other
//! names.

use super::columns::Found;
use super::keys::says_key;
use super::profile::{Class, Profile};
use super::shared::Shared;
use crate::engine::matching::sides::Both;
use crate::input::table::{Column, Table};
use crate::text::header_word;

/// Words of amounts, the likeliest main one first.
const AMOUNTS: [&str; 24] = [
    "实付",
    "实际支付",
    "paid",
    "价税合计",
    "金额",
    "amount",
    "应付",
    "应收",
    "实收",
    "合计",
    "total",
    "总价",
    "货款",
    "费用",
    "运费",
    "sum",
    "额",
    "工资",
    "薪",
    "salary",
    "wage",
    "debit",
    "credit",
    "cost",
];

/// Words of what is counted or measured.
const COUNTED: [&str; 9] =
    ["数量", "件数", "箱数", "重量", "工时", "qty", "pcs", "hours", "weight"];

/// Words of figures that nobody adds up.
const NEVER: [&str; 19] = [
    "单价",
    "price",
    "税率",
    "rate",
    "余额",
    "balance",
    "限额",
    "电话",
    "手机",
    "传真",
    "邮编",
    "身份证",
    "年龄",
    "phone",
    "mobile",
    "telno",
    "fax",
    "zip",
    "postcode",
];

/// Columns of figures need this many equal values of a hundred to be one.
const SAME: usize = 50;

/// Finds the main amount among the columns that both sheets have and that are
/// free, else among equal figures under other names.
pub(super) fn main_amount(
    shared: &Shared<'_>,
    tables: &Both<&Table>,
    by_header: &[Both<usize>],
    is_free: &dyn Fn(&Both<usize>) -> bool,
) -> Option<(Both<usize>, Found)> {
    let columns =
        |at: &Both<usize>| [&tables.left.columns[at.left], &tables.right.columns[at.right]];
    let is_figures = |at: &Both<usize>| {
        let profiles = shared.profiles(*at);
        profiles.left.class == Class::Number
            && profiles.right.class == Class::Number
            && !columns(at).into_iter().any(says_key)
    };
    let all: Vec<Both<usize>> =
        by_header.iter().copied().filter(|at| is_free(at) && is_figures(at)).collect();
    let best = |words: &[&str]| {
        let rank =
            |at: &Both<usize>| columns(at).into_iter().map(|column| rank(column, words)).min();
        let named = all.iter().filter(|at| rank(at) < Some(usize::MAX));
        named.min_by_key(|at| rank(at)).copied()
    };
    let fractions = || {
        let has = |at: &&Both<usize>| {
            let profiles = shared.profiles(**at);
            (profiles.left.fractions || profiles.right.fractions)
                && !columns(at).into_iter().any(never_added)
        };
        all.iter().find(has).copied()
    };
    let only = || match all[..] {
        [at] if !columns(&at).into_iter().any(never_added) => Some(at),
        _ => None,
    };
    let found = best(&AMOUNTS).or_else(fractions).or_else(|| best(&COUNTED)).or_else(only);
    match found {
        Some(at) => Some((at, Found::Header)),
        None => by_values(shared, tables, by_header, is_free).map(|at| (at, Found::Values)),
    }
}

/// Finds two columns of money under different headers that hold the same
/// figures.
fn by_values(
    shared: &Shared<'_>,
    tables: &Both<&Table>,
    by_header: &[Both<usize>],
    is_free: &dyn Fn(&Both<usize>) -> bool,
) -> Option<Both<usize>> {
    let is_money = |profile: &Profile, column: &Column| {
        profile.fractions || rank(column, &AMOUNTS) < usize::MAX
    };
    let mut best: Option<(usize, Both<usize>)> = None;
    for at in shared.pairs(by_header) {
        let profiles = shared.profiles(at);
        let figures = profiles.left.class == Class::Number && profiles.right.class == Class::Number;
        let is_money = || {
            is_money(profiles.left, &tables.left.columns[at.left])
                || is_money(profiles.right, &tables.right.columns[at.right])
        };
        if !figures || !is_money() || !is_free(&at) {
            continue;
        }
        let share = shared.share(at);
        if share >= SAME && best.is_none_or(|(most, _)| share > most) {
            best = Some((share, at));
        }
    }
    best.map(|(_, at)| at)
}

/// Whether a column is called something that is added up.
pub(super) fn says_amount(column: &Column) -> bool {
    rank(column, &AMOUNTS) < usize::MAX || rank(column, &COUNTED) < usize::MAX
}

fn never_added(column: &Column) -> bool {
    let word = header_word(&column.header);
    NEVER.iter().any(|not| word.contains(not))
}

/// Returns how likely a column is the one that the words mean: small is
/// likely.
fn rank(column: &Column, words: &[&str]) -> usize {
    let word = header_word(&column.header);
    if never_added(column) {
        return usize::MAX;
    }
    words.iter().position(|amount| word.contains(amount)).unwrap_or(usize::MAX)
}
