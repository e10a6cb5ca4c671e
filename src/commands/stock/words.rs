//! What could not be known and how it was taken, in words.

use crate::engine::stock::ledger::Assumed;
use crate::lang::Lang;
use crate::report::labels;

/// Returns the sentence that says how something was taken.
pub(super) fn assumed(assumed: Assumed, lang: Lang) -> &'static str {
    let key = match assumed {
        Assumed::OpeningNought => "warehouse.opening_nought",
        Assumed::OpeningByBalance => "warehouse.opening_by_balance",
        Assumed::TableAlone => "warehouse.table_alone",
        Assumed::NetChange => "warehouse.net_change",
        Assumed::WarehouseWithoutMovements => "warehouse.warehouse_without_movements",
        Assumed::SlipsCounted => "warehouse.slips_counted",
        Assumed::OpeningByClosing => "warehouse.opening_by_closing",
        Assumed::OpeningByColumns => "warehouse.opening_by_columns",
        Assumed::OpeningByEarlierTable => "warehouse.opening_by_earlier_table",
        Assumed::WarehousesTogether => "warehouse.warehouses_together",
    };
    labels::text(lang, key)
}
