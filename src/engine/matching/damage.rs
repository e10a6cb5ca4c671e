//! Long ids that lost digits in a spreadsheet: what each kind of damage makes
//! of an intact id. All in whole numbers; no binary fraction is ever formed.

use std::collections::BTreeSet;

/// Significant digits that writers are known to keep.
const KEPT: [usize; 4] = [12, 15, 16, 17];
/// Ids with fewer digits survive every spreadsheet.
const LEAST_DIGITS: usize = 13;
/// Digits past which the nearest double is not worked out.
const MOST_DIGITS: usize = 36;

/// Returns the digits of a damaged id at full length: `2.18E+18` becomes
/// `2180000000000000000`.
pub(in crate::engine) fn spelled_out(folded: &str) -> Option<String> {
    let Some((mantissa, exponent)) = folded.split_once("e+") else {
        let digits = folded.bytes().all(|b| b.is_ascii_digit());
        return (digits && folded.len() >= LEAST_DIGITS).then(|| folded.to_owned());
    };
    let exponent: usize = exponent.parse().ok().filter(|&exponent| exponent < 100)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let is_number = whole.len() == 1 && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || digits.len() > exponent + 1 {
        return None;
    }
    Some(format!("{digits:0<width$}", width = exponent + 1))
}

/// Returns how many digits an E+ text still shows.
pub(in crate::engine) fn shown_digits(folded: &str) -> Option<usize> {
    let (mantissa, _) = folded.split_once("e+")?;
    Some(mantissa.bytes().filter(u8::is_ascii_digit).count())
}

/// Returns everything that damage may have made of an intact id: cut or
/// rounded to any of the usual numbers of digits or to one of `also`, or the
/// nearest double, in full or printed with 17 digits.
pub(in crate::engine) fn images(id: &str, also: &BTreeSet<usize>) -> BTreeSet<String> {
    let mut images = BTreeSet::new();
    let is_long = id.len() >= LEAST_DIGITS && id.bytes().all(|b| b.is_ascii_digit());
    if !is_long {
        return images;
    }
    for &kept in KEPT.iter().chain(also).filter(|&&kept| kept < id.len() && kept > 0) {
        images.insert(cut(id, kept));
        images.extend(rounded(id, kept));
    }
    if let Some(double) = nearest_double(id) {
        images.extend(rounded(&double, 17));
        images.extend(rounded(&double, 15));
        images.insert(double);
    }
    images.remove(id);
    images
}

/// How a spreadsheet destroyed digits of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// Cut off behind so many digits, filled up with zeros.
    Cut(usize),
    /// Rounded to so many digits.
    Rounded(usize),
    /// The nearest binary number of 53 bits.
    Binary,
    /// Shown with so many digits and a power of ten.
    Scientific(usize),
}

impl std::fmt::Display for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Cut(digits) => write!(f, "cut-{digits}"),
            Self::Rounded(digits) => write!(f, "rounded-{digits}"),
            Self::Binary => f.write_str("binary"),
            Self::Scientific(digits) => write!(f, "scientific-{digits}"),
        }
    }
}

/// Returns how the id `whole` became the folded text `damaged`, if any damage
/// that is known makes it so: the likeliest first.
pub(in crate::engine) fn operator(damaged: &str, whole: &str) -> Option<Operator> {
    let image = spelled_out(damaged)?;
    // An exponent with as many digits as spreadsheets keep is but how it is
    // shown.
    if let Some(shown) =
        shown_digits(damaged).filter(|shown| !KEPT.iter().any(|kept| kept <= shown))
    {
        let is = images(whole, &BTreeSet::from([shown])).contains(&image);
        return is.then_some(Operator::Scientific(shown));
    }
    if !images(whole, &BTreeSet::new()).contains(&image) {
        return None;
    }
    const LIKELIEST: [usize; 4] = [15, 16, 17, 12];
    let kept = || LIKELIEST.into_iter().filter(|&kept| kept < whole.len());
    let as_cut = kept().find(|&kept| cut(whole, kept) == image).map(Operator::Cut);
    let as_rounded = || kept().find(|&kept| rounded(whole, kept).is_some_and(|made| made == image));
    as_cut.or_else(|| as_rounded().map(Operator::Rounded)).or(Some(Operator::Binary))
}

fn cut(id: &str, kept: usize) -> String {
    format!("{:0<width$}", &id[..kept], width = id.len())
}

fn rounded(id: &str, kept: usize) -> Option<String> {
    if kept >= id.len() || id.len() > MOST_DIGITS {
        return None;
    }
    let unit = 10_u128.pow((id.len() - kept) as u32);
    let number: u128 = id.parse().ok()?;
    let up = number % unit >= unit / 2;
    let rounded = (number / unit + u128::from(up)) * unit;
    Some(format!("{rounded:0>width$}", width = id.len()))
}

/// Rounds a whole number to 53 significant bits, half to even, as a
/// spreadsheet's number type does.
fn nearest_double(id: &str) -> Option<String> {
    if id.len() > MOST_DIGITS {
        return None;
    }
    let number: u128 = id.parse().ok()?;
    let bits = 128 - number.leading_zeros();
    let shift = bits.checked_sub(53).filter(|&shift| shift > 0)?;
    let unit = 1_u128 << shift;
    let (whole, rest) = (number >> shift, number & (unit - 1));
    let half = unit / 2;
    let up = rest > half || (rest == half && whole & 1 == 1);
    Some(((whole + u128::from(up)) << shift).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_image(damaged: &str, intact: &str) -> bool {
        let shown = shown_digits(damaged).into_iter().collect();
        images(intact, &shown).contains(&spelled_out(damaged).unwrap())
    }

    #[test]
    fn every_kind_of_damage_is_known() {
        let id = "3250136542540229684";
        for damaged in [
            "3250136542540220000",
            "3250136542540230000",
            "3250136542540229632",
            "3250136542540229600",
            "3250136542540000000",
            "3250136542540229700",
            "3.25e+18",
            "3.25013654254023e+18",
            "3.25013654254022e+18",
        ] {
            assert!(is_image(damaged, id), "{damaged}");
        }
        assert!(!is_image("3250136542540240000", id));
        assert!(!is_image("3.26e+18", id));
    }

    #[test]
    fn the_damage_has_a_name() {
        let id = "3250136542540229684";
        for (damaged, name) in [
            ("3250136542540220000", "cut-15"),
            ("3250136542540230000", "rounded-15"),
            ("3250136542540229632", "binary"),
            ("3250136542540000000", "cut-12"),
            ("3.25e+18", "scientific-3"),
        ] {
            assert_eq!(operator(damaged, id).map(|how| how.to_string()).as_deref(), Some(name));
        }
        assert_eq!(operator("3250136542540240000", id), None);
    }

    #[test]
    fn short_ids_are_never_damaged() {
        assert!(images("261017990012", &BTreeSet::new()).is_empty());
        assert_eq!(spelled_out("26101799"), None);
        assert_eq!(spelled_out("2.18345e+3"), None);
    }
}
