//! Tables of rates: headers that are places or zones side by side, and rows
//! that begin with what their prices are for.

use super::grid::Line;
use crate::places::heads_places;
use crate::text::heads_prices;

/// Whether all cells of a line but the first name places or zones.
pub(super) fn names_places(line: Line<'_>) -> bool {
    let mut rest = line.filled().skip(1);
    line.count() > 2 && rest.all(|cell| cell.head().is_some_and(heads_places))
}

/// Whether a line says what its figures are for (`首重1kg | 12 | 15 | 18`): a
/// row of a table of rates, however evenly its figures rise.
pub(super) fn says_what_prices_are_for(line: Line<'_>) -> bool {
    let mut cells = line.filled();
    let first = cells.next().and_then(|cell| cell.head());
    first.is_some_and(heads_prices) && cells.all(|cell| cell.head().is_none())
}
