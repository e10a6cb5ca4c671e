//! What could not be known and how it was taken, in words.

use crate::engine::stock::ledger::Assumed;
use crate::lang::Lang;
use crate::report::labels;

/// Returns the sentence that says how something was taken.
pub(super) fn assumed(assumed: Assumed, lang: Lang) -> &'static str {
    let key = match assumed {
        Assumed::OpeningNought => "stock.opening_nought",
        Assumed::OpeningByBalance => "stock.opening_by_balance",
        Assumed::TableAlone => "stock.table_alone",
        Assumed::WarehouseWithoutMovements => "stock.warehouse_without_movements",
        Assumed::SlipsCounted => "stock.slips_counted",
        Assumed::OpeningByEarlierTable => "stock.opening_by_earlier_table",
        Assumed::WarehousesTogether => "stock.warehouses_together",
    };
    labels::text(lang, key)
}
