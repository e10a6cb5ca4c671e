//! What spreadsheets make of a long number.

/// A way of losing digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Damage {
    /// Fifteen digits, then zeros.
    Cut,
    /// Rounded to fifteen digits.
    Rounded,
    /// The nearest number of the machine.
    Double,
    /// `2.18345E+18`: six digits.
    SixDigits,
    /// `2.18E+18`: three.
    ThreeDigits,
}

impl Damage {
    /// All of them.
    pub(super) const ALL: [Damage; 5] =
        [Damage::Cut, Damage::Rounded, Damage::Double, Damage::SixDigits, Damage::ThreeDigits];

    /// Returns what is left of a number of nineteen digits.
    pub(super) fn of(self, id: u64) -> String {
        match self {
            Self::Cut => (id / 10_000 * 10_000).to_string(),
            Self::Rounded => ((id + 5_000) / 10_000 * 10_000).to_string(),
            Self::Double => format!("{:.0}", id as f64),
            Self::SixDigits => scientific(id, 6),
            Self::ThreeDigits => scientific(id, 3),
        }
    }
}

/// Writes a number with so many digits and a power of ten, rounded as the
/// spreadsheet shows it.
fn scientific(id: u64, digits: usize) -> String {
    let unit = 10_u64.pow((19 - digits) as u32);
    let shown = ((id + unit / 2) / unit).to_string();
    format!("{}.{}E+18", &shown[..1], &shown[1..])
}

#[test]
fn spreadsheets_lose_digits_in_their_ways() {
    let id = 2_183_456_789_012_345_678;
    let shown: Vec<String> = Damage::ALL.iter().map(|damage| damage.of(id)).collect();
    let expected = [
        "2183456789012340000",
        "2183456789012350000",
        "2183456789012345600",
        "2.18346E+18",
        "2.18E+18",
    ];
    assert_eq!(shown[..2], expected[..2]);
    assert_eq!(shown[3..], expected[3..]);
    assert!(shown[2].starts_with("21834567890123") && shown[2] != id.to_string(), "{}", shown[2]);
}
