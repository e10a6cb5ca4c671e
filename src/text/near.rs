//! Names that look like one that was mistyped. They are only ever shown; no
//! figure and no id is matched by likeness.

/// How alike a name must be to be offered.
const NEARNESS: f64 = 0.5;

/// How many are offered.
const OFFERED: usize = 3;

/// Returns the names most like `asked`, the most alike first.
pub fn nearest<'a>(asked: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let asked = asked.to_lowercase();
    let likeness = |name: &str| strsim::normalized_levenshtein(&asked, &name.to_lowercase());
    let mut near: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| (likeness(name), name))
        .filter(|(likeness, _)| *likeness >= NEARNESS)
        .collect();
    near.sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.cmp(right)));
    near.into_iter().take(OFFERED).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_alike_come_first_and_strangers_not_at_all() {
        let names = ["total-mismatch", "subtotal-mismatch", "bad-date", "damaged-id"];
        assert_eq!(nearest("total-mismach", names), ["total-mismatch", "subtotal-mismatch"]);
        assert_eq!(nearest("对账", ["对帐", "库存"]), ["对帐"]);
        assert!(nearest("xyz", names).is_empty());
    }
}
