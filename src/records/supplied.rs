//! Goods supplied to distributors and sibling shops, as our slips list them:
//! to us what a receipt is to the other side.

use chrono::NaiveDate;

use super::money::{Basis, amount_or_product, date_hints, main_amount};
use super::reader::{Fields, RowReader};
use super::receivable::due_by_terms;
use super::surroundings::{Surroundings, slip_fact};
use super::{DocumentNo, ReadContext, ReceiptLine, Records};
use crate::input::sheet::Value;
use crate::input::table::Table;
use crate::input::values::Parsed;
use crate::input::values::date::day_behind;
use crate::input::values::id::ids;

const FIELDS: Fields =
    Fields { dates: &["slip_date"], ids: &["slip_no", "order_no", "item_code"], rates: &[] };

/// Reads the lines of slips.
pub fn supplied(table: &Table, context: &ReadContext<'_>) -> Records<ReceiptLine> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let main = main_amount(&reader);
    let basis = Basis::of(&reader, &around, main, false, "qty");
    let form = Form::of(table, context);
    let mut lines = Vec::new();
    while reader.advance() {
        match line(&mut reader, main, &basis, context) {
            Some(line) => lines.push(form.complete(line)),
            None => reader.reject("no-amount", main),
        }
    }
    Records::new(lines, reader.finish(), around)
}

fn line(
    reader: &mut RowReader<'_>,
    main: &str,
    basis: &Basis,
    context: &ReadContext<'_>,
) -> Option<ReceiptLine> {
    let counted = reader.decimal("qty");
    let quantity = counted.as_ref().map(|figure| figure.value);
    let printed_price = basis.of_one(reader.decimal("unit_price")).map(|price| price.value);
    let unit_price = basis.price(printed_price, basis.tax_rate);
    let unit = reader.unit("qty", counted.as_ref());
    let (party, date) = (reader.located_text("customer"), reader.date("slip_date"));
    let (document_nos, other_nos) = (reader.ids("slip_no"), reader.ids("order_no"));
    let (item, remark) = (reader.item(), reader.text("remark"));
    let pack_factor = reader.pack_factor();
    let terms = reader.text("payment_terms").or_else(|| reader.text("paid_flag"));
    let (amount, amount_computed) = amount_or_product(reader, main, quantity, unit_price)?;
    Some(ReceiptLine {
        due: date.zip(terms).and_then(|(date, terms)| due_by_terms(date, &terms)),
        party,
        date,
        document_nos,
        receipt_no: None,
        other_nos,
        item,
        quantity,
        delivered: None,
        unit,
        pack_factor,
        unit_price,
        amount: amount.value,
        charge: false,
        amount_computed,
        tax_rate: basis.tax_rate,
        tax_included: basis.tax_included.or(context.settings.tax.ours_included),
        remark,
        at: amount.at,
    })
}

/// What a printed form says once, around its lines.
struct Form {
    slip_nos: Vec<DocumentNo>,
    date: Option<NaiveDate>,
}

impl Form {
    fn of(table: &Table, context: &ReadContext<'_>) -> Self {
        let text = |field| slip_fact(table, field).map(|fact| fact.value.value.as_str());
        let numbers = text("slip_no").map(|number| ids(&Value::Text(number.trim().into())));
        let slip_nos = match numbers {
            Some(Parsed::Value(found)) => found
                .into_iter()
                .map(|id| DocumentNo { text: id.text, damaged: id.damaged })
                .collect(),
            _ => Vec::new(),
        };
        let date = text("slip_date").and_then(|day| day_behind(day.trim(), context.period));
        Self { slip_nos, date }
    }

    /// Gives a line what it leaves to the form.
    fn complete(&self, mut line: ReceiptLine) -> ReceiptLine {
        if line.document_nos.is_empty() {
            line.document_nos.clone_from(&self.slip_nos);
        }
        line.date = line.date.or(self.date);
        line
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{in_october, table};
    use super::*;

    #[test]
    fn a_slip_for_distributors_is_its_lines() {
        let slips = table(
            "shipping_slip",
            "
            出货单号|出货日期|货号|名称|数量|分销结算价|金额|结款方式
            FX2610001|10.2|'00205|北欧吊灯 三头|10|193.2|1932|月结
            ||'00206|北欧吊灯 五头|15|293.25|4398.75|
            FX2610002|10.7|'00310|LED灯泡|36|3.28||月结
            ",
        );
        let lines = in_october(|context| supplied(&slips, context)).lines;
        assert_eq!(lines.len(), 3);
        let number = |at: usize| lines[at].document_nos.first().map(|no| no.text.to_string());
        assert_eq!(number(1).as_deref(), Some("FX2610001"));
        assert_eq!(lines[2].amount.to_string(), "118.08");
        assert!(lines[2].amount_computed);
    }
}
