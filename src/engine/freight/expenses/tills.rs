//! Which sheets are one till's: a book goes on from month to month, a sheet
//! each, and every shop may keep one of its own.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Book, cash};
use crate::input::values::date::is_month_name;
use crate::location::SheetId;
use crate::text::fold;

/// A till: its books, first days first.
struct Known<'a> {
    books: Vec<&'a Book>,
    name: String,
    last: Option<NaiveDate>,
    closing: Option<Decimal>,
}

/// Puts the books of one till behind each other. A book goes on where another
/// one ended: with its balance, or under its name in the months behind. Where
/// several could be meant it is a till of its own, and nothing is said of it.
pub(super) fn tills<'a>(books: &[&'a Book]) -> Vec<Vec<&'a Book>> {
    let mut sorted: Vec<&Book> = books.to_vec();
    sorted.sort_by_key(|book| days(book).0);
    let mut tills: Vec<Known<'a>> = Vec::new();
    for book in sorted {
        let (first, last) = days(book);
        let (name, opening) = (name(&book.sheet), cash::opening(&book.records));
        let opening = opening.map(|opening| opening.value);
        let goes_on =
            |till: &Known<'_>| till.last.zip(first).is_some_and(|(last, first)| last <= first);
        let before: Vec<usize> = (0..tills.len()).filter(|&at| goes_on(&tills[at])).collect();
        let same_name = |&at: &usize| tills[at].name == name;
        let same_money = |&at: &usize| opening.is_some() && tills[at].closing == opening;
        let known = only(before.iter().copied().filter(|at| same_name(at) && same_money(at)))
            .or_else(|| only(before.iter().copied().filter(same_money)))
            .or_else(|| only(before.iter().copied().filter(same_name)));
        let closing = cash::closing(&book.records).map(|closing| closing.value);
        match known {
            Some(at) => {
                let till = &mut tills[at];
                till.books.push(book);
                (till.last, till.closing) = (last, closing);
            }
            None => tills.push(Known { books: vec![book], name, last, closing }),
        }
    }
    tills.into_iter().map(|till| till.books).collect()
}

/// Returns the one thing there is; `None` if there are several.
fn only(mut found: impl Iterator<Item = usize>) -> Option<usize> {
    found.next().filter(|_| found.next().is_none())
}

/// Returns the first and last day of a book.
fn days(book: &Book) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let days = || book.records.records.lines.iter().filter_map(|line| line.date);
    (days().min(), days().max())
}

/// Returns what a sheet is called but for its month: `费用10月.xlsx#A店` and
/// `费用11月.xlsx#A店` are one book.
fn name(sheet: &SheetId) -> String {
    let file = sheet.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let tab = sheet.sheet.as_deref().unwrap_or_default();
    format!("{}/{}", without_month(file), without_month(tab))
}

fn without_month(text: &str) -> String {
    const NUMERALS: &str = "〇一二三四五六七八九十";
    let folded = text.to_lowercase();
    let words = folded.split(|c: char| !c.is_alphabetic());
    let words = words.filter(|word| !is_month_name(word)).map(|word| {
        let bare = word.strip_suffix('份').unwrap_or(word);
        match bare.strip_suffix('月') {
            Some(month) => month.trim_end_matches(|c| NUMERALS.contains(c)),
            None => word.trim_matches(['年', '月', '日', '份']),
        }
    });
    fold(&words.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_called_the_same_in_every_month() {
        let called = |path: &str, sheet: &str| {
            name(&SheetId { path: path.to_owned(), sheet: Some(sheet.to_owned()) })
        };
        assert_eq!(called("d/费用2026年9月.xlsx", "A店"), called("费用2026年10月份.xlsx", "A店"));
        assert_eq!(called("现金.xlsx", "九月"), called("现金.xlsx", "十一月"));
        assert_eq!(called("cash.xlsx", "Sep 2026"), called("cash.xlsx", "Oct-2026"));
        assert_eq!(called("cash.xlsx", "2026-09"), called("cash.xlsx", "2026-10"));
        assert_ne!(called("零用金.xlsx", "台北店"), called("零用金.xlsx", "高雄店"));
    }
}
