//! Cells that name the columns by going up: sizes, months, days, numbers,
//! weights.

use rust_decimal::Decimal;

use super::words::words;
use crate::input::sheet::{Cell, Held};
use crate::kinds::Pattern;
use crate::text::{fold, header_word, weight_range};

/// One member of a series: what stands around its figure, and the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Member {
    /// A size in letters: their order is not looked at.
    Size,
    /// `26`, `1月`, `Q3`, `仓库2`, a day; counted in halves, for `37.5`.
    Step { before: String, after: String, at: i64 },
    /// `8-9`, `10:00-11:00`, `31-60天`: from one figure to the next.
    Span { after: String, from: u32, to: u32 },
}

/// Marks the columns of a table of rates: three weights or more that rise
/// from half a kilogram or less (`0.5 | 1 | 1.5`, `0.5kg | 1kg | 2kg`).
fn mark_weights(cells: &[Cell<'_>], marked: &mut [bool]) {
    const FEWEST: usize = 3;
    let weights: Vec<Option<Decimal>> = cells.iter().copied().map(weight).collect();
    let mut from = 0;
    while from < weights.len() {
        let rises = |at: usize| match (weights[at - 1], weights.get(at).copied().flatten()) {
            (Some(one), Some(next)) => {
                one < next && next.checked_mul(Decimal::TWO).is_some_and(|two| two.is_integer())
            }
            _ => false,
        };
        let mut to = from + 1;
        while to < weights.len() && rises(to) {
            to += 1;
        }
        let light = weights[from].is_some_and(|first| first <= Decimal::new(5, 1));
        if light && to - from >= FEWEST {
            marked[from..to].fill(true);
        }
        from = to;
    }
}

/// Reads a cell as a weight.
fn weight(cell: Cell<'_>) -> Option<Decimal> {
    const HEAVIEST: i64 = 100;
    let weight = match cell.held() {
        Held::Number(number) => number,
        Held::Text(text) if text.len() <= LONGEST => {
            let number = text.trim().parse::<Decimal>().ok();
            number.or_else(|| weight_range(text, false)?.up_to)?
        }
        _ => return None,
    };
    (weight > Decimal::ZERO && weight <= Decimal::from(HEAVIEST)).then_some(weight)
}

/// Says of every cell whether it is one of a series with its neighbours.
pub(super) fn in_series(cells: &[Cell<'_>]) -> Vec<bool> {
    let mut marked = marked(&cells.iter().copied().map(member).collect::<Vec<_>>());
    mark_weights(cells, &mut marked);
    marked
}

/// Says of every name whether it is one of a series with its neighbours.
pub(super) fn texts_in_series<'t>(names: impl Iterator<Item = &'t str>) -> Vec<bool> {
    marked(&names.map(text_member).collect::<Vec<_>>())
}

/// Whether a text could name a member of a series by itself: `12月`.
pub(super) fn is_member(text: &str) -> bool {
    text.len() <= LONGEST
        && matches!(text_member(text), Some(Member::Step { after, .. }) if after == "月")
}

/// Longer texts name no member.
const LONGEST: usize = 24;

/// Marks the members that go on from one to the next.
fn marked(members: &[Option<Member>]) -> Vec<bool> {
    let mut marked = vec![false; members.len()];
    let mut from = 0;
    while from < members.len() {
        let mut to = from + 1;
        while to < members.len() && goes_on(members[to - 1].as_ref(), members[to].as_ref()) {
            to += 1;
        }
        let sizes = members[from] == Some(Member::Size);
        if is_of_halves(&members[from..to]) {
            from = to;
            continue;
        }
        // Two dates running are a start and an end; three name columns.
        let fewest = if is_part_of_date(members[from].as_ref()) { 3 } else { 2 };
        if members[from].is_some() && (to - from >= fewest || sizes) {
            marked[from..to].fill(true);
        }
        from = to;
    }
    marked
}

/// Whether a run has halves and is no run of sizes of shoes: those go on by
/// halves, three of them or more (`37 | 37.5 | 38`).
fn is_of_halves(run: &[Option<Member>]) -> bool {
    let steps: Vec<i64> = run
        .iter()
        .flatten()
        .filter_map(|member| match member {
            Member::Step { at, .. } => Some(*at),
            _ => None,
        })
        .collect();
    let halves = steps.iter().any(|at| at % 2 != 0);
    halves && (run.len() < 3 || steps.windows(2).all(|pair| pair[1] - pair[0] > 1))
}

/// Whether a member is the last part of a date: `10/5`.
fn is_part_of_date(member: Option<&Member>) -> bool {
    let Some(Member::Step { before, after, .. }) = member else { return false };
    before.ends_with(['-', '/', '.', '月']) || after == "day"
}

/// Whether a member comes next after another.
fn goes_on(left: Option<&Member>, right: Option<&Member>) -> bool {
    match (left, right) {
        (Some(Member::Size), Some(Member::Size)) => true,
        (
            Some(Member::Step { before, after, at }),
            Some(Member::Step { before: next_before, after: next_after, at: next }),
        ) => before == next_before && after == next_after && (1..=40).contains(&(next - at)),
        // Hours leave out the noon, days nothing.
        (
            Some(Member::Span { after, to, .. }),
            Some(Member::Span { after: next_after, from, .. }),
        ) => after == next_after && (*to..=to.saturating_add(BREAK)).contains(from),
        _ => false,
    }
}

/// The widest gap between two spans, in hours or days.
const BREAK: u32 = 3;

/// Reads a cell as a member of a series.
fn member(cell: Cell<'_>) -> Option<Member> {
    match cell.held() {
        Held::Number(number) if number.is_integer() => {
            let at = i64::try_from(number).ok().filter(|at| (0..10_000).contains(at))?;
            Some(Member::Step { before: String::new(), after: String::new(), at: at * 2 })
        }
        Held::Number(number) => half(&number.normalize().to_string()),
        Held::Date(day) => {
            let at = i64::from(chrono::Datelike::num_days_from_ce(&day.date())) * 2;
            Some(Member::Step { before: String::new(), after: "day".to_owned(), at })
        }
        Held::Text(text) if text.len() <= LONGEST => text_member(text),
        _ => None,
    }
}

/// Reads half a size of shoes: `37.5`.
fn half(text: &str) -> Option<Member> {
    let whole: i64 = text.strip_suffix(".5")?.parse().ok()?;
    let step = |at| Member::Step { before: String::new(), after: String::new(), at };
    (1..=60).contains(&whole).then(|| step(whole * 2 + 1))
}

/// Reads a text as a member of a series.
fn text_member(text: &str) -> Option<Member> {
    let folded = fold(text);
    if words().cell.sizes.has(&folded) || is_body_size(&folded) || is_named_size(text) {
        return Some(Member::Size);
    }
    if let Some(span) = span(&folded) {
        return Some(span);
    }
    if let Some(half) = half(&folded) {
        return Some(half);
    }
    let tail = folded.trim_end_matches(|c: char| !c.is_ascii_digit());
    let after = &folded[tail.len()..];
    let before = tail.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &tail[before.len()..];
    let known = [
        "", "月", "日", "号", "周", "月份", "码", "季度", "年", "次", "级", "阶", "层", "段", "区",
    ];
    let dated =
        before.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | '年' | '月'));
    let named = before.chars().count() <= 4 && !before.ends_with(['-', '/', '.']);
    let at = digits.parse::<i64>().ok().filter(|at| *at < 10_000)? * 2;
    ((dated || named) && known.contains(&after) && digits.len() <= 4).then(|| Member::Step {
        before: before.to_owned(),
        after: after.to_owned(),
        at,
    })
}

/// Reads `8-9`, `8:00-9:00`, `31-60天` as a span, and what is open at one end
/// (`30天以内`, `over 90 days`); `10-5` is a day.
fn span(folded: &str) -> Option<Member> {
    const OVER: [&str; 6] = ["over", ">", "超过", "大于", "以上", "+"];
    const UNDER: [&str; 5] = ["within", "<", "以内", "内", "以下"];
    let without = |words: &[&str]| {
        let strip = |word: &&str| folded.strip_prefix(*word).or(folded.strip_suffix(*word));
        words.iter().find_map(strip)
    };
    let of = |text: &str| text.strip_suffix(":00").unwrap_or(text).parse::<u32>().ok();
    let (first, second) = match (without(&OVER), without(&UNDER), folded.split_once(['-', '~'])) {
        (Some(over), ..) => (None, over),
        (_, Some(under), _) => (Some(0), under),
        (.., Some((first, second))) => (Some(of(first)?), second),
        _ => return None,
    };
    let end = second.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(second.len());
    let (second, after) = second.split_at(end);
    let known = ["", "点", "时", "h", "天", "日", "days", "day", "岁", "个月"];
    // A figure beside a sign alone is no span.
    let unit = folded.contains(['-', '~']) || !after.is_empty();
    let second = of(second).filter(|to| *to < 1_000)?;
    let (from, to) = first.map_or((second, second + 1), |first| (first, second));
    (from < to && unit && known.contains(&after)).then(|| Member::Span {
        after: after.to_owned(),
        from,
        to,
    })
}

/// Whether a text is a size that is no bare number: `34B`, `2X`, `30/32`.
fn is_named_size(text: &str) -> bool {
    let named = text.contains(|c: char| c.is_alphabetic() || c == '/');
    named && Pattern::Size.matches(&header_word(text))
}

/// Whether a text is a size by height and girth: `165/88A`.
fn is_body_size(folded: &str) -> bool {
    let Some((height, girth)) = folded.split_once('/') else { return false };
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    height.len() == 3
        && digits(height)
        && (2..=4).contains(&girth.len())
        && digits(girth.trim_end_matches(['a', 'b', 'c', 'y']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::sheet::{Cells, NewCell, Value};

    fn all(values: impl Iterator<Item = Value>) -> Vec<bool> {
        let cells: Cells = values.map(|value| NewCell { value, ..NewCell::default() }).collect();
        in_series(&cells.iter().collect::<Vec<_>>())
    }

    fn marked(row: &str) -> String {
        let texts = row.split('|').map(|text| Value::Text(text.into()));
        all(texts).into_iter().map(|yes| if yes { '+' } else { '.' }).collect()
    }

    #[test]
    fn sizes_months_and_numbers_are_series() {
        assert_eq!(marked("颜色|S|M|L|XL|合计"), ".++++.");
        assert_eq!(marked("颜色|26|27|28|29|每箱"), ".++++.");
        assert_eq!(marked("颜色|90|100|110|120|合计"), ".++++.");
        assert_eq!(marked("机型|7月|8月|9月|10月|合计"), ".++++.");
        assert_eq!(marked("仓库1|仓库2|备注"), "++.");
        assert_eq!(marked("155/80A|160/84A|165/88A"), "+++");
        assert_eq!(marked("车间|10/8|10/9|10/10|合计"), ".+++.");
        assert_eq!(marked("10月8日|10月9日|10月10日"), "+++");
        assert_eq!(marked("线别|8-9|9-10|10-11|11-12|13-14|合计"), ".+++++.");
        assert_eq!(marked("8:00-9:00|9:00-10:00|备注"), "++.");
        assert_eq!(marked("客户|1-30天|31-60天|61-90天"), ".+++");
        assert_eq!(marked("30天以内|31-60天|60天以上|备注"), "+++.");
        assert_eq!(marked("Current|1-30 days|31-60 days|Over 60 days"), ".+++");
        assert_eq!(marked("30+|40+"), "..");
        assert_eq!(marked("颜色|36|36.5|37|38|合计"), ".++++.");
        assert_eq!(marked("颜色|34B|36C|38D|合计"), ".+++.");
        assert_eq!(marked("颜色|30/32|30/34|XL|2X|合计"), ".++++.");
    }

    #[test]
    fn weights_of_rate_cards_are_series() {
        assert_eq!(marked("省份|0.5kg|1kg|1.5kg|2kg|续重"), ".++++.");
        assert_eq!(marked("省份|0.5kg以内|1kg以内|3kg以内"), ".+++");
        assert_eq!(marked("省份|1kg|1.2kg|1.3kg"), "....");
        let number = |text: &&str| Value::Number(text.parse().unwrap());
        let all = |figures: &[&str]| all(figures.iter().map(number));
        assert_eq!(all(&["0.5", "1", "1.5", "2", "3"]), [true; 5]);
        assert_eq!(all(&["0.3", "0.5", "1"]), [true; 3]);
        assert_eq!(all(&["0.42", "0.55", "0.61"]), [false; 3]);
        assert_eq!(all(&["2.2", "2.5", "3"]), [false; 3]);
    }

    #[test]
    fn figures_of_data_are_none() {
        assert_eq!(marked("黑|1200|32.5|39,000"), "....");
        assert_eq!(marked("A26-0301|200|200|400"), "....");
        assert_eq!(marked("10-02|10-03"), "..");
        assert_eq!(marked("1.5|2.5|3.5"), "...");
    }
}
