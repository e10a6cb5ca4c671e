//! Which encoding a text file is in: by its mark, by strict decoding, and
//! where several encodings decode it, by which of them makes the text that
//! people write.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use crate::input::refusal::Refusal;
use crate::kinds::vocabulary::is_header_word;

/// A text out of its encoding.
pub(super) struct Decoded<'a> {
    pub(super) text: Cow<'a, str>,
    /// The encoding's usual name.
    pub(super) encoding: &'static str,
    pub(super) certainty: Certainty,
}

/// How sure the encoding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// The file says it, or nothing else decodes it.
    Known,
    /// Guessed; everything speaks for it.
    Likely,
    /// Guessed; a person should look at it.
    Doubtful,
}

/// How much of a text is judged.
const SAMPLE: usize = 256 << 10;

/// Decodes a text file; `label` is the encoding that the person named.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>) -> Result<Decoded<'a>, Refusal> {
    let decoded = match label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) => known(encoding, bytes),
        None => marked(bytes).unwrap_or_else(|| unmarked(bytes)),
    };
    if is_binary(&decoded.text) {
        return Err(Refusal::NotASheet("binary"));
    }
    if decoded.text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    Ok(decoded)
}

fn known<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, encoding, damaged) = encoding.decode(bytes);
    let certainty = if damaged { Certainty::Doubtful } else { Certainty::Known };
    Decoded { text, encoding: encoding.name(), certainty }
}

/// Decodes by the byte order mark, or by the zero bytes that only wide
/// encodings have.
fn marked(bytes: &[u8]) -> Option<Decoded<'_>> {
    match bytes {
        [0xFF, 0xFE, 0, 0, rest @ ..] => return Some(utf32(rest, u32::from_le_bytes, "UTF-32LE")),
        [0, 0, 0xFE, 0xFF, rest @ ..] => return Some(utf32(rest, u32::from_be_bytes, "UTF-32BE")),
        _ => {}
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(known(encoding, bytes));
    }
    let head = &bytes[..bytes.len().min(SAMPLE)];
    let zeros = |parity| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Delimiters, digits and line ends have a zero byte on one side, always
    // the same.
    let encoding = match (even, odd) {
        (0, 0) => return None,
        (even, odd) if odd > 20 * even => UTF_16LE,
        (even, odd) if even > 20 * odd => UTF_16BE,
        _ => return None,
    };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    (!damaged).then_some(Decoded { text, encoding: encoding.name(), certainty: Certainty::Known })
}

fn utf32<'a>(bytes: &[u8], read: fn([u8; 4]) -> u32, encoding: &'static str) -> Decoded<'a> {
    let units = bytes.as_chunks::<4>().0.iter().map(|unit| read(*unit));
    let text: String =
        units.map(|unit| char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Decoded { text: Cow::Owned(text), encoding, certainty: Certainty::Known }
}

/// Decodes a text that says nothing of its encoding.
fn unmarked(bytes: &[u8]) -> Decoded<'_> {
    if let Some(text) = utf8(bytes) {
        return text;
    }
    let mut readings: Vec<(f64, Decoded<'_>)> = [GB18030, BIG5, SHIFT_JIS]
        .into_iter()
        .filter_map(|encoding| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
            let naturalness = naturalness(encoding, &text);
            let certainty = Certainty::Likely;
            Some((naturalness, Decoded { text, encoding: encoding.name(), certainty }))
        })
        .collect();
    readings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let runner_up = readings.get(1).map_or(0.0, |(naturalness, _)| *naturalness);
    match readings.into_iter().next() {
        Some((naturalness, mut best)) if naturalness >= 0.5 => {
            if naturalness < 0.8 || naturalness - runner_up < 0.1 {
                best.certainty = Certainty::Doubtful;
            }
            best
        }
        _ => western_or_damaged(bytes),
    }
}

/// Reads UTF-8. A file cut in the middle of a character, or with a few broken
/// ones among many whole, is UTF-8 all the same.
fn utf8(bytes: &[u8]) -> Option<Decoded<'_>> {
    let encoding = UTF_8.name();
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: Cow::Borrowed(text), encoding, certainty: Certainty::Known });
    }
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    let text = String::from_utf8_lossy(bytes);
    (whole > 50 * broken).then_some(Decoded { text, encoding, certainty: Certainty::Doubtful })
}

/// Returns how much of a text's characters beyond ASCII are such as people
/// write in that encoding, 0 to 1; known header words speak louder.
fn naturalness(encoding: &'static Encoding, text: &str) -> f64 {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    let sample = &text[..end.unwrap_or_default()];
    let (mut all, mut common) = (0_usize, 0_usize);
    let mut buffer = [0; 4];
    for character in sample.chars().filter(|c| !c.is_ascii()) {
        all += 1;
        let written = encoding.encode(character.encode_utf8(&mut buffer)).0;
        common += usize::from(is_common(encoding, character, &written));
    }
    let words = sample.lines().take(30).flat_map(|line| line.split([',', '\t', ';', '|', '"']));
    let words: usize = words
        .map(str::trim)
        .filter(|word| !word.is_ascii() && is_header_word(word))
        .map(|word| word.chars().count())
        .sum();
    // A header word vouches for as many characters again as it has, thrice.
    (common + 3 * words) as f64 / (all + 3 * words).max(1) as f64
}

/// Whether a character, as it is written in an encoding, is of the levels that
/// hold nearly all of running text: the standards sort by frequency.
fn is_common(encoding: &'static Encoding, character: char, written: &[u8]) -> bool {
    let [lead, trail] = written else {
        return false;
    };
    if is_wide_sign(character) {
        return true;
    }
    if encoding == GB18030 {
        // Level 1 of GB 2312.
        (0xB0..=0xD7).contains(lead) && *trail >= 0xA1
    } else if encoding == BIG5 {
        // The frequently used characters.
        (0xA4..=0xC6).contains(lead)
    } else {
        // Kana, and level 1 of JIS X 0208.
        (0x82..=0x83).contains(lead) || (0x88..=0x97).contains(lead)
    }
}

/// Whether a character is a sign or a letter of full width.
fn is_wide_sign(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}' | '\u{FFE5}' | '“' | '”')
        || matches!(character, '×' | '—' | '…' | '℃' | 'Φ' | '·' | '№' | '①'..='⑩' | '±' | '°')
}

/// Decodes what no East Asian encoding makes sense of: a western one, or a
/// damaged text.
fn western_or_damaged(bytes: &[u8]) -> Decoded<'_> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    let encoding = detector.guess(Some(b"cn"), Utf8Detection::Deny);
    // "GBK" is always its superset.
    let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Decoded { text, encoding: encoding.name(), certainty: Certainty::Doubtful }
}

/// Whether a text has control characters that no text has: a few zeros at its
/// head, or many others.
fn is_binary(text: &str) -> bool {
    if text.chars().take(1 << 10).filter(|c| *c == '\0').count() > 8 {
        return true;
    }
    let sample = text.chars().take(64 << 10);
    let (mut all, mut controls) = (0_usize, 0_usize);
    for character in sample {
        all += 1;
        controls += usize::from(matches!(character, '\0'..='\u{6}' | '\u{E}'..='\u{1A}'));
    }
    controls * 100 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "送货单号,品名,数量,单价,金额\nHJ26101799,拉链 5#,100,0.85,85.00\n";
    const TRADITIONAL: &str = "單號,品名規格,數量,單價,金額\nT1151001,針織布,100,0.85,85.00\n";

    /// Shows how bytes are decoded: the encoding, how sure, and whether the
    /// text came out as it went in.
    fn guess(bytes: &[u8], text: &str) -> (&'static str, Certainty, bool) {
        let Ok(decoded) = decode(bytes, None) else { panic!("refused") };
        (decoded.encoding, decoded.certainty, decoded.text == text)
    }

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }

    #[test]
    fn marks_and_strict_decoding_are_certain() {
        let mark = format!("\u{feff}{SHEET}");
        let utf32: Vec<u8> = mark.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        for (bytes, encoding) in [
            (SHEET.as_bytes().to_vec(), "UTF-8"),
            (mark.as_bytes().to_vec(), "UTF-8"),
            (utf16(&mark, u16::to_le_bytes), "UTF-16LE"),
            (utf16(&mark, u16::to_be_bytes), "UTF-16BE"),
            (utf16(SHEET, u16::to_le_bytes), "UTF-16LE"),
            (utf16(SHEET, u16::to_be_bytes), "UTF-16BE"),
            (utf32, "UTF-32LE"),
        ] {
            assert_eq!(guess(&bytes, SHEET), (encoding, Certainty::Known, true));
        }
    }

    #[test]
    fn east_asian_encodings_are_told_by_their_text() {
        let gbk = GB18030.encode(SHEET).0;
        assert_eq!(guess(&gbk, SHEET), ("gb18030", Certainty::Likely, true));
        let big5 = BIG5.encode(TRADITIONAL).0;
        assert_eq!(guess(&big5, TRADITIONAL), ("Big5", Certainty::Likely, true));
        let text = "品番,商品名,数量,単価\nA1,ファスナー,100,85\nA2,ボタン(4つ穴),20,9\n";
        let sjis = SHIFT_JIS.encode(text).0;
        assert_eq!(guess(&sjis, text), ("Shift_JIS", Certainty::Likely, true));
        let latin = encoding_rs::WINDOWS_1252.encode("Désignation,Qté\nCrémone,5\n").0;
        assert_eq!(guess(&latin, "Désignation,Qté\nCrémone,5\n").0, "windows-1252");
    }

    #[test]
    fn a_few_characters_are_enough_where_they_are_known_words() {
        let gbk = GB18030.encode("数量,100\n").0;
        assert_eq!(guess(&gbk, "数量,100\n"), ("gb18030", Certainty::Likely, true));
        let big5 = BIG5.encode("數量,100\n").0;
        assert_eq!(guess(&big5, "數量,100\n"), ("Big5", Certainty::Likely, true));
    }

    #[test]
    fn rare_characters_of_gb18030_decode() {
        let text = "姓名,数量\n㐂喆𠮷,1\n客户,100\n";
        assert!(guess(&GB18030.encode(text).0, text).2);
    }

    #[test]
    fn broken_utf8_is_utf8_with_a_warning() {
        let text = SHEET.repeat(10);
        let cut = &text.as_bytes()[..text.rfind("价").unwrap() + 1];
        let decoded = decode(cut, None).unwrap_or_else(|_| panic!());
        assert_eq!((decoded.encoding, decoded.certainty), ("UTF-8", Certainty::Doubtful));
        assert!(decoded.text.starts_with(SHEET));
    }

    #[test]
    fn the_persons_word_goes_first() {
        let big5 = BIG5.encode(TRADITIONAL).0;
        let decoded = decode(&big5, Some("gbk")).unwrap_or_else(|_| panic!());
        assert_eq!(decoded.encoding, "GBK");
        let decoded = decode(&big5, Some("big5")).unwrap_or_else(|_| panic!());
        assert_eq!((decoded.text.as_ref(), decoded.certainty), (TRADITIONAL, Certainty::Known));
    }
}
