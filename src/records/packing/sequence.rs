//! The sequence of sizes that an order has: rows leave sizes out, the columns
//! of its sheets name all.

use rustc_hash::FxHashMap;

use super::breakdown::OrderedPieces;
use super::names::size_key;
use crate::location::SheetId;

/// Returns the sizes of lines, by key, in their own sequence.
pub fn size_sequence<'a>(lines: impl IntoIterator<Item = &'a OrderedPieces>) -> Vec<String> {
    let mut sheets: Vec<(&SheetId, Vec<(String, u16)>)> = Vec::new();
    let mut known: FxHashMap<(usize, String), ()> = FxHashMap::default();
    for line in lines {
        let at = match sheets.iter().position(|(sheet, _)| **sheet == *line.at.sheet) {
            Some(at) => at,
            None => {
                sheets.push((&line.at.sheet, Vec::new()));
                sheets.len() - 1
            }
        };
        let size = line.size.as_deref().map(size_key).unwrap_or_default();
        if known.insert((at, size.clone()), ()).is_none() {
            sheets[at].1.push((size, line.at.cell.col));
        }
    }
    let mut sequence = Vec::new();
    for (_, sizes) in sheets {
        merge(&mut sequence, &in_columns(sizes));
    }
    sequence
}

/// Puts the sizes of one sheet in the sequence of their columns; where columns
/// have several (inseams in rows), one inseam after the other. Sizes in rows
/// stay as they come.
fn in_columns(mut sizes: Vec<(String, u16)>) -> Vec<String> {
    let mut cols: Vec<u16> = sizes.iter().map(|(_, col)| *col).collect();
    cols.sort_unstable();
    let shared = cols.windows(2).any(|pair| pair[0] == pair[1]);
    cols.dedup();
    if cols.len() > 1 {
        let inseam = |size: &str| match size.rsplit_once('/') {
            Some((_, inseam)) if shared => inseam.to_owned(),
            _ => String::new(),
        };
        let mut inseams: Vec<String> = Vec::new();
        for (size, _) in &sizes {
            let own = inseam(size);
            if !inseams.contains(&own) {
                inseams.push(own);
            }
        }
        sizes.sort_by_key(|(size, col)| {
            (inseams.iter().position(|known| *known == inseam(size)), *col)
        });
    }
    sizes.into_iter().map(|(size, _)| size).collect()
}

/// Adds the sizes of a sheet that are not known yet: each before the next one
/// that is, else at the end.
fn merge(sequence: &mut Vec<String>, sheet: &[String]) {
    for (at, size) in sheet.iter().enumerate() {
        if !sequence.contains(size) {
            let place = |size: &String| sequence.iter().position(|known| known == size);
            let next = sheet[at + 1..].iter().find_map(place);
            sequence.insert(next.unwrap_or(sequence.len()), size.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(sizes: &[(&str, u16)]) -> String {
        let sizes = sizes.iter().map(|(size, col)| ((*size).to_owned(), *col));
        in_columns(sizes.collect()).join(" ")
    }

    #[test]
    fn sizes_that_a_row_leaves_out_keep_their_place() {
        assert_eq!(sequence(&[("m", 2), ("l", 3), ("s", 1), ("xl", 4)]), "s m l xl");
        let inseams = [("28/30", 2), ("30/30", 3), ("28/32", 2), ("26/30", 1), ("26/32", 1)];
        assert_eq!(sequence(&inseams), "26/30 28/30 30/30 26/32 28/32");
        assert_eq!(sequence(&[("m", 5), ("s", 5)]), "m s", "sizes in rows");
        let mut all = vec!["s".to_owned(), "l".to_owned()];
        merge(&mut all, &["xs", "s", "m", "l", "xl"].map(str::to_owned));
        assert_eq!(all.join(" "), "xs s m l xl");
    }
}
