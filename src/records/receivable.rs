//! What customers owe, item by item, as our list of receivables has it.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::{Surroundings, cutoff, file_stem};
use super::{DocumentNo, ReadContext, Records};
use crate::input::table::Table;
use crate::input::values::date::{days_in, period_in};
use crate::location::{Located, Location};
use crate::period::{Month, Period};

/// One item of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivableLine {
    /// Who owes it, as the row writes it.
    pub party: Option<Located<Arc<str>>>,
    /// The papers it stands on.
    pub document_nos: Vec<DocumentNo>,
    /// The day of the paper.
    pub date: Option<NaiveDate>,
    /// The day it is due: as written, or by its terms.
    pub due: Option<NaiveDate>,
    /// How much was owed at first.
    pub amount: Decimal,
    /// How much of it came in.
    pub received: Decimal,
    /// The day as of which its list is taken, where the list says so.
    pub as_of: Option<NaiveDate>,
    /// The cell of its amount.
    pub at: Location,
}

const FIELDS: Fields = Fields { dates: &["doc_date", "due_date"], ids: &["doc_no"], rates: &[] };

/// Reads a list of receivables.
pub fn receivables(table: &Table, context: &ReadContext<'_>) -> Records<ReceivableLine> {
    let around = Surroundings::of(table, context);
    let reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let as_of = around.cutoff.as_ref().map(|day| day.value).or_else(|| as_of(table, context));
    let mut records = reader.records(around, ("no-amount", "amount"), line);
    for line in &mut records.lines {
        line.as_of = as_of;
    }
    records
}

/// Returns the day as of which a list is taken: the one that its facts, its
/// titles or the names of its sheet and file give, else the end of the month
/// that these name.
fn as_of(table: &Table, context: &ReadContext<'_>) -> Option<NaiveDate> {
    /// Words of the day on which a list was printed, whatever it holds.
    const PRINTED: [&str; 5] = ["制表", "打印", "导出", "print", "export"];
    let facts = table.facts.iter().map(|fact| format!("{}:{}", fact.key, fact.value.value));
    let told = facts.clone().find_map(|fact| cutoff(&fact, context.period));
    let titles = table.titles.iter().map(|title| title.value.clone());
    let sheet = table.sheet.id.sheet.clone();
    let names: Vec<String> = titles.chain(sheet).chain([file_stem(table).to_owned()]).collect();
    told.or_else(|| names.iter().find_map(|name| cutoff(name, context.period))).or_else(|| {
        names.into_iter().chain(facts).find_map(|name| {
            let folded = crate::text::fold(&name);
            if PRINTED.iter().any(|word| folded.contains(word)) {
                return None;
            }
            match days_in(&name, context.period)[..] {
                [day] => Some(day),
                _ => period_in(&name, context.period).map(|period| period.last),
            }
        })
    })
}

fn line(reader: &mut RowReader<'_>) -> Option<ReceivableLine> {
    let mut figure = |field| reader.decimal(field).map(|figure| figure.value);
    let (amount, received) = (figure("amount"), figure("received"));
    let balance = figure("balance");
    // A list of open items alone says only what is left.
    let received = received.or_else(|| amount.zip(balance).and_then(|(a, b)| a.checked_sub(b)));
    let received = received.unwrap_or_default();
    let amount = amount.or_else(|| balance.and_then(|balance| balance.checked_add(received)))?;
    let date = reader.date("doc_date");
    let terms = reader.text("payment_terms");
    let due = date.zip(terms).and_then(|(date, terms)| due_by_terms(date, &terms));
    Some(ReceivableLine {
        party: reader.located_text("customer"),
        document_nos: reader.ids("doc_no"),
        date,
        due: reader.date("due_date").or(due),
        amount,
        received,
        as_of: None,
        at: reader.at(if reader.has("amount") { "amount" } else { "balance" }),
    })
}

/// Returns when something of a day is due by its terms: `30天` from that day,
/// `月结30天` from the end of its month.
pub(super) fn due_by_terms(date: NaiveDate, terms: &str) -> Option<NaiveDate> {
    let folded = crate::text::fold(terms);
    let monthly = ["月结", "月底", "月末", "当月", "eom", "endofmonth"];
    let monthly = monthly.iter().any(|word| folded.contains(word));
    let since = if monthly { Period::from(Month::of(date)).last } else { date };
    since.checked_add_days(Days::new(days(terms)?))
}

/// Returns the days that terms give: `30天`, `月结60天`, `net 30`.
fn days(terms: &str) -> Option<u64> {
    let digits: String = terms.chars().skip_while(|c| !c.is_ascii_digit()).collect();
    let digits: String = digits.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|&days| days <= 720)
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{in_october, table};
    use super::*;

    #[test]
    fn an_item_is_due_as_written_or_by_its_terms() {
        let list = table(
            "receivables",
            "
            客户|单号|发货日期|账期|到期日|应收|已收|余额|逾期
            概念数码|'0003|2026-10-31|30天|2026-11-30|18200||18200|
            信念实业|'0002|2026-09-30|30天||12650|3000|9650|22
            ",
        );
        let lines = in_october(|context| receivables(&list, context)).lines;
        let due: Vec<_> = lines.iter().map(|line| line.due.unwrap().to_string()).collect();
        assert_eq!(due, ["2026-11-30", "2026-10-30"]);
        assert_eq!(lines[1].received, Decimal::from(3000));
    }

    #[test]
    fn a_list_says_up_to_when_it_tells() {
        let as_of = |title: &str| {
            let list = table(
                "receivables",
                &format!("\n{title}\n客户|单号|发货日期|应收\n甲|'1|2026-09-02|5\n"),
            );
            in_october(|context| receivables(&list, context)).lines[0]
                .as_of
                .map(|day| day.to_string())
        };
        for (title, day) in [
            ("应收款明细表  截至2026年9月30日  单位：元", "2026-09-30"),
            ("應收帳款明細  截止9月30日", "2026-09-30"),
            ("Receivables as of 30 Sep 2026", "2026-09-30"),
            ("截止日期：2026-09-30", "2026-09-30"),
            ("应收款表 2026年10月15日", "2026-10-15"),
            ("2026年9月应收款明细表", "2026-09-30"),
            ("2026年9月应收款", "2026-09-30"),
        ] {
            assert_eq!(as_of(title).as_deref(), Some(day), "{title}");
        }
        // The sheet is called 10月, and when it was printed tells nothing.
        for title in ["应收款明细表", "应收款明细表  打印日期：2026-11-02"] {
            assert_eq!(as_of(title).as_deref(), Some("2026-10-31"), "{title}");
        }
    }

    #[test]
    fn terms_are_days() {
        assert_eq!(days("月结30天"), Some(30));
        assert_eq!(days("net 60"), Some(60));
        assert_eq!(days("现结"), None);
        let due = |terms: &str| {
            let date = NaiveDate::from_ymd_opt(2026, 9, 12).unwrap();
            due_by_terms(date, terms).map(|due| due.to_string())
        };
        assert_eq!(due("30天").as_deref(), Some("2026-10-12"));
        assert_eq!(due("月结30天").as_deref(), Some("2026-10-30"));
        assert_eq!(due("EOM 60 days").as_deref(), Some("2026-11-29"));
        assert_eq!((due("月结"), due("现结")), (None, None));
    }
}
