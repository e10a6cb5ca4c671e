//! Long ids that lost digits in a spreadsheet: what each kind of damage makes
//! of an intact id. All in whole numbers; no binary fraction is ever formed.

use std::collections::BTreeSet;

/// Significant digits that writers are known to keep.
const KEPT: [usize; 4] = [12, 15, 16, 17];
/// Ids with fewer digits survive every spreadsheet.
const LEAST_DIGITS: usize = 13;
/// Digits past which nothing is worked out.
const MOST_DIGITS: usize = 36;

/// Returns the number that a damaged id shows, at full length: `2.18E+18` is
/// 2180000000000000000.
pub(in crate::engine) fn spelled_out(folded: &str) -> Option<u128> {
    let Some((mantissa, exponent)) = folded.split_once("e+") else {
        return long_number(folded);
    };
    let exponent: usize = exponent.parse().ok().filter(|&exponent| exponent < MOST_DIGITS)?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let is_number = whole.len() == 1 && digits.bytes().all(|b| b.is_ascii_digit());
    if !is_number || digits.len() > exponent + 1 {
        return None;
    }
    let missing = exponent + 1 - digits.len();
    digits.parse::<u128>().ok()?.checked_mul(10_u128.checked_pow(missing as u32)?)
}

/// Returns how many digits an E+ text still shows.
pub(in crate::engine) fn shown_digits(folded: &str) -> Option<usize> {
    let (mantissa, _) = folded.split_once("e+")?;
    Some(mantissa.bytes().filter(u8::is_ascii_digit).count())
}

/// Returns everything that damage may have made of an intact id, itself
/// first: cut or rounded to any of the usual numbers of digits or to one of
/// `also`, or the nearest double, in full, printed with 17 digits, or with the
/// fewest that name it.
pub(in crate::engine) fn images(folded: &str, also: &BTreeSet<usize>) -> Vec<u128> {
    let Some(number) = long_number(folded) else { return Vec::new() };
    let mut images = vec![number];
    let mut add = |image: u128| {
        if !images.contains(&image) {
            images.push(image);
        }
    };
    let digits = number.ilog10() as usize + 1;
    for &kept in KEPT.iter().chain(also).filter(|&&kept| kept < digits && kept > 0) {
        add(cut(number, digits - kept));
        add(rounded(number, digits - kept));
    }
    if let Some(double) = nearest_double(number) {
        for kept in [15, 17].into_iter().filter(|&kept| kept < digits) {
            add(rounded(double, digits - kept));
        }
        add(double);
        add(shortest(double, digits));
    }
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
    const LIKELIEST: [usize; 4] = [15, 16, 17, 12];
    let image = spelled_out(damaged)?;
    // An exponent with as many digits as spreadsheets keep is but how it is
    // shown.
    if let Some(shown) =
        shown_digits(damaged).filter(|shown| !KEPT.iter().any(|kept| kept <= shown))
    {
        let is = images(whole, &BTreeSet::from([shown])).contains(&image);
        return is.then_some(Operator::Scientific(shown));
    }
    let number = long_number(whole).filter(|&number| number != image)?;
    if !images(whole, &BTreeSet::new()).contains(&image) {
        return None;
    }
    let digits = number.ilog10() as usize + 1;
    let kept = || LIKELIEST.into_iter().filter(move |&kept| kept < digits);
    let as_cut = kept().find(|&kept| cut(number, digits - kept) == image).map(Operator::Cut);
    let as_rounded = || kept().find(|&kept| rounded(number, digits - kept) == image);
    as_cut.or_else(|| as_rounded().map(Operator::Rounded)).or(Some(Operator::Binary))
}

/// Reads digits alone, enough of them to be damaged.
fn long_number(folded: &str) -> Option<u128> {
    let fits = (LEAST_DIGITS..=MOST_DIGITS).contains(&folded.len());
    let digits = fits && folded.bytes().all(|b| b.is_ascii_digit());
    let number: u128 = folded.parse().ok().filter(|_| digits)?;
    (number > 0).then_some(number)
}

/// Makes the last digits zero.
fn cut(number: u128, last: usize) -> u128 {
    let unit = 10_u128.pow(last as u32);
    number / unit * unit
}

fn rounded(number: u128, last: usize) -> u128 {
    let unit = 10_u128.pow(last as u32);
    let up = number % unit >= unit / 2;
    (number / unit + u128::from(up)) * unit
}

/// Rounds a whole number to 53 significant bits, half to even, as a
/// spreadsheet's number type does.
fn nearest_double(number: u128) -> Option<u128> {
    let bits = 128 - number.leading_zeros();
    let shift = bits.checked_sub(53).filter(|&shift| shift > 0)?;
    let unit = 1_u128 << shift;
    let (whole, rest) = (number >> shift, number & (unit - 1));
    let half = unit / 2;
    let up = rest > half || (rest == half && whole & 1 == 1);
    Some((whole + u128::from(up)) << shift)
}

/// Returns a double as programs print it that write no more digits than name
/// it.
fn shortest(double: u128, digits: usize) -> u128 {
    let mut printed = (12.min(digits)..=17.min(digits)).map(|kept| rounded(double, digits - kept));
    printed.find(|&image| nearest_double(image) == Some(double)).unwrap_or(double)
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
        assert!(is_image("789964182494259500", "789964182494259432"), "the shortest that names it");
        assert!(is_image("785357371657162400", "785357371657162332"));
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
        assert_eq!(operator(id, id), None);
    }

    #[test]
    fn short_ids_are_never_damaged() {
        assert!(images("261017990012", &BTreeSet::new()).is_empty());
        assert_eq!(spelled_out("26101799"), None);
        assert_eq!(spelled_out("2.18345e+3"), None);
        assert_eq!(spelled_out("2.1e+99"), None);
    }
}
