//! Whether a column of weights or volumes is about one carton or about all of
//! its row: headers seldom say, figures do.

use rust_decimal::Decimal;

use super::row::ListRow;
use crate::engine::packing::carton::{WEIGHT_DECIMALS, rounded};
use crate::input::table::{Role, Table};
use crate::input::values::decimal;
use crate::text::fold;

/// What a figure of a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum About {
    /// One carton.
    Each,
    /// All cartons of the row.
    All,
}

/// What the columns of a list are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Basis {
    pub(super) net: About,
    pub(super) gross: About,
    pub(super) cbm: About,
}

impl About {
    /// Returns the figure of one carton and of all, from what a row prints.
    pub(super) fn split(
        self,
        figure: Option<Decimal>,
        all: Option<Decimal>,
        count: u32,
    ) -> (Option<Decimal>, Option<Decimal>) {
        let cartons = Decimal::from(count);
        let share = |all: Decimal| {
            let each = all.checked_div(cartons)?;
            Some(rounded(each, WEIGHT_DECIMALS.max(all.scale())).normalize())
        };
        match (self, figure) {
            (About::Each, Some(each)) => (Some(each), all.or_else(|| each.checked_mul(cartons))),
            (About::All, Some(figure)) => (share(figure), all.or(Some(figure))),
            (_, None) => (all.and_then(share), all),
        }
    }
}

impl Basis {
    /// Finds out for every column.
    pub(super) fn of(table: &Table, rows: &[ListRow]) -> Self {
        let tare = by_tare(rows);
        let settle = |field: &str, value: fn(&ListRow) -> Option<Decimal>| {
            by_header(table, field)
                .or_else(|| by_total(table, field, rows, value))
                .or(tare)
                .unwrap_or(About::Each)
        };
        Self {
            net: settle("net_weight", |row| row.net),
            gross: settle("gross_weight", |row| row.gross),
            cbm: by_header(table, "cbm").or_else(|| by_volume(rows)).unwrap_or(About::All),
        }
    }
}

/// What the header says: 净重/箱, 单箱毛重, 总毛重.
fn by_header(table: &Table, field: &str) -> Option<About> {
    let header = fold(&table.column(field)?.header);
    let says = |words: &[&str]| words.iter().any(|word| header.contains(word));
    if says(&["/箱", "每箱", "单箱", "/ctn", "perctn", "percarton", "/carton"]) {
        Some(About::Each)
    } else if says(&["总", "合计", "total", "ttl"]) {
        Some(About::All)
    } else {
        None
    }
}

/// What the total row says: the sum of the figures, or of the figures times
/// cartons.
fn by_total(
    table: &Table,
    field: &str,
    rows: &[ListRow],
    value: fn(&ListRow) -> Option<Decimal>,
) -> Option<About> {
    let column = table.column(field)?;
    let total = table.rows_of(Role::Total).next()?;
    let said = decimal(&table.cell(total, column.col)?.value()).value()?.value;
    let (mut plain, mut times) = (Decimal::ZERO, Decimal::ZERO);
    for row in rows {
        let Some(figure) = value(row) else { continue };
        plain = plain.checked_add(figure)?;
        times = times.checked_add(figure.checked_mul(row.many()?)?)?;
    }
    // Totals are printed to fewer decimals than their figures.
    let near = |sum: Decimal| (sum - said).abs() <= Decimal::new(5, 2);
    match (near(plain), near(times)) {
        (true, false) => Some(About::All),
        (false, true) => Some(About::Each),
        _ => None,
    }
}

/// What the empty carton says: gross less net is the same for every carton.
fn by_tare(rows: &[ListRow]) -> Option<About> {
    let tares: Vec<(Decimal, Decimal)> = rows
        .iter()
        .filter_map(|row| Some((row.gross?.checked_sub(row.net?)?, row.many()?)))
        .filter(|(tare, _)| *tare > Decimal::ZERO)
        .collect();
    let spread = |tares: &mut dyn Iterator<Item = Decimal>| -> Option<Decimal> {
        let all: Vec<Decimal> = tares.collect();
        all.iter().max()?.checked_div(*all.iter().min()?)
    };
    let counts: Vec<Decimal> = tares.iter().map(|(_, count)| *count).collect();
    if counts.iter().max()? == counts.iter().min()? {
        return None;
    }
    let each = spread(&mut tares.iter().map(|(tare, _)| *tare))?;
    let all = spread(&mut tares.iter().filter_map(|(tare, count)| tare.checked_div(*count)))?;
    Some(if all < each { About::All } else { About::Each })
}

/// What the outside says: the volume of one carton, or of all.
fn by_volume(rows: &[ListRow]) -> Option<About> {
    let (mut each, mut all) = (0_u32, 0_u32);
    for row in rows {
        let Some(volume) = row.outer.and_then(|outer| outer.cbm()) else { continue };
        let (Some(cbm), Some(count)) = (row.cbm, row.many()) else { continue };
        let Some(product) = volume.checked_mul(count) else { continue };
        if count <= Decimal::ONE {
            continue;
        }
        if (cbm - volume).abs() < (cbm - product).abs() { each += 1 } else { all += 1 }
    }
    (each + all > 0).then_some(if each > all { About::Each } else { About::All })
}
