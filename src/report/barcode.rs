//! Barcodes as pictures: bars from the encoders, quiet zones and the text for
//! people below from here.

use barcoders::sym::code128::Code128;
use barcoders::sym::ean13::EAN13;
use barcoders::sym::tf::TF;
use qrcode::{Color, EcLevel, QrCode};

use super::picture::{BLACK, Canvas, Picture};

/// What bars mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbology {
    /// Any text of letters and figures.
    Code128,
    /// A serial shipping container code: GS1-128 with (00).
    Sscc,
    /// An article: 13 digits.
    Ean13,
    /// A case of articles: 14 digits.
    Itf14,
    /// Text in a square.
    Qr,
}

/// Dots in the width of the narrowest bar: enough for any printer.
const DOTS: u32 = 4;
/// The height of the bars, in dots.
const BARS: u32 = 200;
/// How large letters below are, in dots of theirs.
const LETTERS: u32 = 4;
/// The quiet zone at either side, in narrowest bars.
const QUIET: u32 = 11;
/// The quiet zone around a square, in modules.
const QUIET_SQUARE: u32 = 4;

impl Symbology {
    /// Returns the width of the narrowest bar, in thousandths of a millimetre:
    /// what GS1 asks for on cartons, and what phones read elsewhere.
    fn module(self) -> u32 {
        match self {
            Symbology::Sscc => 495,
            Symbology::Itf14 => 500,
            Symbology::Ean13 | Symbology::Code128 => 330,
            Symbology::Qr => 500,
        }
    }
}

/// Draws a text as bars; `None` if the symbology cannot hold it.
pub fn barcode(symbology: Symbology, text: &str) -> Option<Picture> {
    match symbology {
        Symbology::Qr => square(text),
        Symbology::Sscc => bars(symbology, &code128_c(text)?, &format!("(00) {text}")),
        Symbology::Code128 => bars(symbology, &code128_b(text)?, text),
        Symbology::Ean13 => bars(symbology, &EAN13::new(text).ok()?.encode(), text),
        Symbology::Itf14 if text.len() == 14 => {
            bars(symbology, &TF::interleaved(text).ok()?.encode(), text)
        }
        Symbology::Itf14 => None,
    }
}

/// Encodes an SSCC: set C, with the mark of GS1 and its identifier.
fn code128_c(digits: &str) -> Option<Vec<u8>> {
    let is_sscc = digits.len() == 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let code = is_sscc.then(|| Code128::new(format!("\u{0106}\u{0179}00{digits}")))?;
    Some(code.ok()?.encode())
}

/// Encodes text in set B.
fn code128_b(text: &str) -> Option<Vec<u8>> {
    const LONGEST: usize = 48;
    let printable = text.bytes().all(|byte| (0x20..0x7F).contains(&byte));
    let short = !text.is_empty() && text.len() <= LONGEST;
    let code = (printable && short).then(|| Code128::new(format!("\u{0181}{text}")))?;
    Some(code.ok()?.encode())
}

fn bars(symbology: Symbology, modules: &[u8], text: &str) -> Option<Picture> {
    let count = u32::try_from(modules.len()).ok()? + 2 * QUIET;
    let [wide, high] = Canvas::measure(text, LETTERS);
    let width = (count * DOTS).max(wide);
    let height = BARS + high + 3 * LETTERS;
    let mut canvas = Canvas::new(width, height);
    let left = (width - count * DOTS) / 2 + QUIET * DOTS;
    for (at, _) in (0..).zip(modules).filter(|(_, module)| **module == 1) {
        canvas.fill([left + at * DOTS, 0], [DOTS, BARS], BLACK);
    }
    canvas.write([(width - wide) / 2, BARS + 2 * LETTERS], text, LETTERS, BLACK);
    let printed = width * symbology.module() / DOTS / 100;
    canvas.picture([printed, printed * height / width], text)
}

fn square(text: &str) -> Option<Picture> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = u32::try_from(code.width()).ok()?;
    let whole = side + 2 * QUIET_SQUARE;
    let mut canvas = Canvas::new(whole * DOTS, whole * DOTS);
    for (at, colour) in (0..).zip(code.to_colors()) {
        if colour == Color::Dark {
            let place = [at % side, at / side].map(|at| (at + QUIET_SQUARE) * DOTS);
            canvas.fill(place, [DOTS, DOTS], BLACK);
        }
    }
    let printed = whole * Symbology::Qr.module() / 100;
    canvas.picture([printed, printed], text)
}

#[cfg(test)]
mod tests {
    use rxing::BarcodeFormat;

    use super::*;

    /// Reads a picture as a scanner would, by a decoder that is none of ours.
    fn scanned(picture: &Picture, format: BarcodeFormat) -> String {
        let decoder = png::Decoder::new(std::io::Cursor::new(picture.png.to_vec()));
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        let grey: Vec<u8> = bytes.chunks_exact(3).map(|dot| dot[0]).collect();
        let found = rxing::helpers::detect_in_luma(grey, info.width, info.height, Some(format));
        found.unwrap().getText().to_owned()
    }

    #[test]
    fn every_barcode_is_read_back_as_it_was_meant() {
        for (symbology, format, text) in [
            (Symbology::Code128, BarcodeFormat::CODE_128, "PO88140-17"),
            (Symbology::Code128, BarcodeFormat::CODE_128, "K6102 / 1-UP"),
            (Symbology::Ean13, BarcodeFormat::EAN_13, "6291041500213"),
            (Symbology::Itf14, BarcodeFormat::ITF, "16291041500210"),
            (Symbology::Qr, BarcodeFormat::QR_CODE, "C/NO. 17\nPO: 88140\nS/3  M/5"),
            (Symbology::Qr, BarcodeFormat::QR_CODE, "颜色：藏青 24件"),
        ] {
            let picture = barcode(symbology, text).unwrap();
            assert_eq!(scanned(&picture, format), text, "{symbology:?}");
        }
    }

    #[test]
    fn a_container_code_is_a_gs1_barcode_of_its_length() {
        let code = "376104250021234569";
        let picture = barcode(Symbology::Sscc, code).unwrap();
        let read = scanned(&picture, BarcodeFormat::CODE_128);
        assert!(read.ends_with(&format!("00{code}")), "{read:?}");
        assert_eq!(code128_c(code).unwrap().len(), 156, "start, mark, ten pairs, check, stop");
        // 156 modules of 0.495 mm, and eleven at either side.
        assert_eq!(picture.size[0], 881);
    }

    #[test]
    fn what_cannot_be_said_in_bars_is_refused() {
        for (symbology, text) in [
            (Symbology::Sscc, "12345"),
            (Symbology::Code128, "箱号"),
            (Symbology::Code128, ""),
            (Symbology::Ean13, "12"),
            (Symbology::Itf14, "1234567890123"),
        ] {
            assert!(barcode(symbology, text).is_none(), "{symbology:?} {text}");
        }
    }
}
