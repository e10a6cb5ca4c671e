//! Fabric: shrinkage, width, and length against weight.

use rust_decimal::Decimal;

/// Returns the share that a length lost in washing: (before − after) ÷ before.
pub fn shrinkage(before: Decimal, after: Decimal) -> Option<Decimal> {
    before.checked_sub(after)?.checked_div(before)
}

/// Returns the length to cut for a finished length.
pub fn pattern_length(finished: Decimal, shrinkage: Decimal) -> Option<Decimal> {
    finished.checked_div(Decimal::ONE.checked_sub(shrinkage)?)
}

/// Returns the use of a fabric that is narrower or wider than the norm's.
pub fn for_width(usage: Decimal, norm: Decimal, actual: Decimal) -> Option<Decimal> {
    usage.checked_mul(norm)?.checked_div(actual)
}

/// Returns how many metres a weight of fabric is: kg × 1000 ÷ (g/m² × m).
pub fn metres(kilograms: Decimal, grams: Decimal, width_cm: Decimal) -> Option<Decimal> {
    let per_metre = grams.checked_mul(width_cm)?.checked_div(Decimal::ONE_HUNDRED)?;
    kilograms.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(per_metre)
}

/// Reads width (cm) and weight (g/m²) in a specification: `180cm/320g`.
pub fn width_and_weight(spec: &str) -> Option<(Decimal, Decimal)> {
    Some((figure_before(spec, "cm")?, figure_before(spec, "g")?))
}

/// Reads the width in a specification, in cm.
pub fn width(spec: &str) -> Option<Decimal> {
    figure_before(spec, "cm")
}

fn figure_before(spec: &str, mark: &str) -> Option<Decimal> {
    let lower = spec.to_lowercase();
    let (before, _) = lower.split_once(mark)?;
    let start = before
        .rfind(|c: char| !c.is_ascii_digit() && c != '.')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    before[start..].parse::<Decimal>().ok().filter(|figure| *figure > Decimal::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn fabric_is_worked_out_as_the_trade_does() {
        assert_eq!(shrinkage(dec("50.0"), dec("48.0")), Some(dec("0.04")));
        let length = pattern_length(dec("70"), dec("0.04")).unwrap();
        assert_eq!(length.round_dp(2), dec("72.92"));
        let usage = for_width(dec("1.35"), dec("150"), dec("148")).unwrap();
        assert_eq!(usage.round_dp(3), dec("1.368"));
        let metres = metres(dec("100"), dec("180"), dec("150")).unwrap();
        assert_eq!(metres.round_dp(2), dec("370.37"));
    }

    #[test]
    fn a_specification_tells_width_and_weight() {
        assert_eq!(width_and_weight("180cm/320g"), Some((dec("180"), dec("320"))));
        assert_eq!(width_and_weight("毛圈 150CM 180G/M2"), Some((dec("150"), dec("180"))));
        assert_eq!(width_and_weight("147cm/10oz"), None);
        assert_eq!(super::metres(Decimal::ONE, Decimal::ZERO, Decimal::ONE), None);
    }
}
