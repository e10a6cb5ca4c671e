//! Strings: of one or two bytes a character since Excel 97, of a code page
//! before.

use encoding_rs::Encoding;

/// A string that may run over several records. Where a record ends within the
/// characters, the next begins with their width.
pub(super) struct Parts<'a> {
    parts: Vec<&'a [u8]>,
    part: usize,
    at: usize,
}

impl<'a> Parts<'a> {
    /// Begins with the first byte of the first part.
    pub(super) fn new(parts: Vec<&'a [u8]>) -> Self {
        Self { parts, part: 0, at: 0 }
    }

    /// Returns what is left of the part that is being read, the next part's
    /// bytes if it is used up.
    fn rest(&mut self) -> Option<&'a [u8]> {
        loop {
            let part: &'a [u8] = self.parts.get(self.part)?;
            if self.at < part.len() {
                return Some(&part[self.at..]);
            }
            self.part += 1;
            self.at = 0;
        }
    }

    fn u8(&mut self) -> Option<u8> {
        let byte = *self.rest()?.first()?;
        self.at += 1;
        Some(byte)
    }

    /// Reads a two-byte number.
    pub(super) fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    /// Reads a four-byte number.
    pub(super) fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let step = self.rest()?.len().min(count);
            self.at += step;
            count -= step;
        }
        Some(())
    }

    /// Reads a string of `length` characters, as Excel 97 and later write it.
    /// Runs of type and how it is pronounced are stepped over.
    pub(super) fn string(&mut self, length: usize) -> Option<String> {
        let flags = self.u8()?;
        let runs = if flags & 0x08 == 0 { 0 } else { usize::from(self.u16()?) };
        let phonetic = if flags & 0x04 == 0 { 0 } else { self.u32()? as usize };
        let mut units: Vec<u16> = Vec::new();
        let mut wide = flags & 0x01 == 1;
        while units.len() < length {
            // A record may hold nothing but a width.
            while self.parts.get(self.part).is_some_and(|part| self.at >= part.len()) {
                self.part += 1;
                self.at = 0;
                wide = self.u8()? & 0x01 == 1;
            }
            let wanted = length - units.len();
            let rest = self.rest()?;
            if wide {
                let chunk = rest.as_chunks::<2>().0;
                let chunk = &chunk[..chunk.len().min(wanted)];
                if chunk.is_empty() {
                    return None;
                }
                units.extend(chunk.iter().map(|unit| u16::from_le_bytes(*unit)));
                self.at += 2 * chunk.len();
            } else {
                let chunk = &rest[..rest.len().min(wanted)];
                units.extend(chunk.iter().map(|byte| u16::from(*byte)));
                self.at += chunk.len();
            }
        }
        self.skip(runs.checked_mul(4)?.checked_add(phonetic)?);
        Some(String::from_utf16_lossy(&units))
    }
}

/// Decodes a string of a code page.
pub(super) fn of_code_page(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Returns the encoding of a code page.
pub(super) fn encoding_of(code_page: u16) -> Option<&'static Encoding> {
    Some(match code_page {
        874 => encoding_rs::WINDOWS_874,
        932 | 10001 => encoding_rs::SHIFT_JIS,
        936 | 10008 => encoding_rs::GB18030,
        949 | 10003 => encoding_rs::EUC_KR,
        950 | 10002 => encoding_rs::BIG5,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 | 32768 => encoding_rs::MACINTOSH,
        // Western, and what writers put in that do not care.
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_change_their_width_from_record_to_record() {
        let first = [1, b'a', 0, b'b', 0];
        let second = [0, b'c', b'd'];
        let third = [1, 0x2D, 0x4E, 9, 9];
        let mut parts = Parts::new(vec![&first, &second, &[1], &third]);
        assert_eq!(parts.string(5).as_deref(), Some("abcd中"));
        assert_eq!(parts.u16(), Some(0x0909));
        assert_eq!(parts.u16(), None);
    }

    #[test]
    fn runs_and_pronunciation_are_stepped_over() {
        let bytes = [0x0C, 1, 0, 2, 0, 0, 0, b'x', 1, 2, 3, 4, 5, 6, b'y'];
        let mut parts = Parts::new(vec![&bytes]);
        assert_eq!(parts.string(1).as_deref(), Some("x"));
        assert_eq!(parts.u8(), Some(b'y'));
    }

    #[test]
    fn a_string_cut_off_is_none() {
        for bytes in [&[][..], &[1, b'a'], &[0, b'a'], &[8, 1], &[4, 1, 0]] {
            assert_eq!(Parts::new(vec![bytes]).string(2), None, "{bytes:?}");
        }
    }
}
