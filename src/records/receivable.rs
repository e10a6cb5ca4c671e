//! What customers owe, item by item, as our list of receivables has it.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, ReadContext, Records};
use crate::input::table::Table;
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
    /// The cell of its amount.
    pub at: Location,
}

const FIELDS: Fields = Fields { dates: &["doc_date", "due_date"], ids: &["doc_no"], rates: &[] };

/// Reads a list of receivables.
pub fn receivables(table: &Table, context: &ReadContext<'_>) -> Records<ReceivableLine> {
    let around = Surroundings::of(table, context);
    let reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    reader.records(around, ("no-amount", "amount"), line)
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
