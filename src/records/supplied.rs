//! Goods supplied to distributors and sibling shops, as our slips list them:
//! to us what a receipt is to the other side.

use super::money::{Basis, amount_or_product, date_hints, main_amount};
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{ReadContext, ReceiptLine, Records};
use crate::input::table::Table;

const FIELDS: Fields =
    Fields { dates: &["slip_date"], ids: &["slip_no", "order_no", "item_code"], rates: &[] };

/// Reads the lines of slips.
pub fn supplied(table: &Table, context: &ReadContext<'_>) -> Records<ReceiptLine> {
    let around = Surroundings::of(table, context);
    let mut reader =
        RowReader::new(table, FIELDS, date_hints(&around, context), &context.settings.tax.rates);
    let main = main_amount(&reader);
    let basis = Basis::of(&reader, &around, main, false, "qty");
    let mut lines = Vec::new();
    while reader.advance() {
        match line(&mut reader, main, &basis, context) {
            Some(line) => lines.push(line),
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
    let printed_price = reader.decimal("unit_price").map(|price| price.value);
    let unit_price = basis.price(printed_price, basis.tax_rate);
    let unit = reader.unit("qty", counted.as_ref());
    let (party, date) = (reader.located_text("customer"), reader.date("slip_date"));
    let (document_nos, other_nos) = (reader.ids("slip_no"), reader.ids("order_no"));
    let (item, remark) = (reader.item(), reader.text("remark"));
    let pack_factor = reader.pack_factor();
    let (amount, amount_computed) = amount_or_product(reader, main, quantity, unit_price)?;
    Some(ReceiptLine {
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
        amount_computed,
        tax_rate: basis.tax_rate,
        tax_included: basis.tax_included.or(context.settings.tax.ours_included),
        remark,
        at: amount.at,
    })
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
