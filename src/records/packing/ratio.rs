//! Ratios as specs write them: `S:4 M:8 L:8 XL:4`, `1:2:2:1`,
//! `S:M:L=1:2:2`, `S4/M8/L8`.

use super::names::size_key;

/// Pieces of each size (by key) in one carton.
pub type Ratio = Vec<(String, u64)>;

/// Reads a ratio over sizes in their own sequence (keys). A row of one size
/// gives its figure alone.
pub fn ratio(text: &str, sizes: &[String]) -> Option<Ratio> {
    let text = text.replace(['：', '﹕'], ":").replace(['／'], "/").replace('，', ",");
    let text = text.split_once("共").map_or(text.as_str(), |(before, _)| before);
    if let Some((names, figures)) = text.split_once('=')
        && let Some(found) = two_lists(names, figures)
    {
        return Some(found);
    }
    pairs(text, sizes)
        .or_else(|| by_place(text, sizes))
        .filter(|found| found.iter().any(|(_, pieces)| *pieces > 0))
}

/// `S:M:L:XL=1:2:2:1`.
fn two_lists(names: &str, figures: &str) -> Option<Ratio> {
    let split = |text: &str| -> Vec<String> {
        let parts = text.split([':', '/', ',', '、', '-', '+']);
        parts.map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    };
    let (names, figures) = (split(names), split(figures));
    if names.len() != figures.len() || names.len() < 2 {
        return None;
    }
    names
        .iter()
        .zip(&figures)
        .map(|(name, figure)| Some((size_key(name), count(figure)?)))
        .collect()
}

/// `S:4 M:8`, `S4/M8`, `90:5,100:8`.
fn pairs(text: &str, sizes: &[String]) -> Option<Ratio> {
    // Sizes with an inseam are written with a stroke themselves.
    let stroke = !sizes.iter().any(|size| size.contains('/'));
    let parts = text.split(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '；' | '、' | '+') || c == '/' && stroke
    });
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let mut found = Ratio::new();
    for part in &parts {
        found.push(pair(part, sizes)?);
    }
    (!found.is_empty()).then_some(found)
}

fn pair(part: &str, sizes: &[String]) -> Option<(String, u64)> {
    for sign in [':', '=', '*', '×', '-', '('] {
        if let Some((name, figure)) = part.split_once(sign) {
            let key = size_key(name);
            if sizes.contains(&key) {
                return Some((key, count(figure.trim_end_matches(')'))?));
            }
        }
    }
    // S4, 2XL6: the longest size that the text begins with.
    let lower = part.to_lowercase();
    let mut names: Vec<&String> = sizes
        .iter()
        .filter(|size| size.ends_with(|c: char| !c.is_ascii_digit()) && lower.starts_with(*size))
        .collect();
    names.sort_by_key(|size| std::cmp::Reverse(size.len()));
    names.iter().find_map(|size| Some(((*size).clone(), count(&lower[size.len()..])?)))
}

/// `1:2:2:1`, a figure for each size in sequence.
fn by_place(text: &str, sizes: &[String]) -> Option<Ratio> {
    let parts =
        text.split(|c: char| c.is_whitespace() || matches!(c, ':' | '/' | '-' | ',' | '、' | '+'));
    let figures: Option<Vec<u64>> = parts.filter(|part| !part.is_empty()).map(count).collect();
    let figures = figures.filter(|figures| figures.len() == sizes.len() && figures.len() > 1)?;
    Some(sizes.iter().cloned().zip(figures).collect())
}

fn count(text: &str) -> Option<u64> {
    let digits = text.trim().trim_end_matches(['件', '条', '个']);
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_read_in_every_spelling() {
        let sizes: Vec<String> = ["s", "m", "l", "xl"].map(str::to_owned).into();
        let read = |text: &str| {
            let found = ratio(text, &sizes)?;
            Some(
                found
                    .into_iter()
                    .map(|(size, n)| format!("{size}{n}"))
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        };
        for text in [
            "S:4  M:8  L:8  XL:4",
            "4:8:8:4",
            "4/8/8/4",
            "S4 M8 L8 XL4",
            "S4/M8/L8/XL4",
            "S：4，M：8，L：8，XL：4",
            "S:M:L:XL=4:8:8:4",
            "S4 M8 L8 XL4 共24件",
            "s-4 m-8 l-8 xl-4",
        ] {
            assert_eq!(read(text).as_deref(), Some("s4 m8 l8 xl4"), "{text}");
        }
        assert_eq!(read("—"), None);
        assert_eq!(read("4:8:8"), None, "three figures for four sizes");
        let children: Vec<String> = ["90", "100", "110"].map(str::to_owned).into();
        let found = ratio("90:5  100:8  110:10", &children);
        assert_eq!(found, Some(vec![("90".into(), 5), ("100".into(), 8), ("110".into(), 10)]));
        assert_eq!(ratio("1:2:1", &children).map(|found| found[1].1), Some(2));
    }
}
