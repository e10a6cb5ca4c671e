//! Pictures that stand on sheets: drawn here, dot by dot, so that the same
//! report gives the same bytes.

use std::sync::Arc;

use super::glyphs::{GLYPH, glyph};

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// Black.
pub const BLACK: Colour = [0, 0, 0];

/// A finished picture, and how large it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its bytes as PNG.
    pub png: Arc<[u8]>,
    /// Its width and height on paper, in tenths of a millimetre.
    pub size: [u32; 2],
    /// What it shows, for those who cannot see it.
    pub text: String,
}

/// Something to draw on.
#[derive(Debug, Clone)]
pub struct Canvas {
    width: u32,
    height: u32,
    dots: Vec<u8>,
}

impl Canvas {
    /// Makes a white one.
    pub fn new(width: u32, height: u32) -> Self {
        let dots = vec![255; width as usize * height as usize * 3];
        Self { width, height, dots }
    }

    /// Fills a rectangle: its corner, its width and height.
    pub fn fill(&mut self, [x, y]: [u32; 2], [width, height]: [u32; 2], colour: Colour) {
        for row in y..y.saturating_add(height).min(self.height) {
            for col in x..x.saturating_add(width).min(self.width) {
                let at = (row as usize * self.width as usize + col as usize) * 3;
                if let Some(dot) = self.dots.get_mut(at..at + 3) {
                    dot.copy_from_slice(&colour);
                }
            }
        }
    }

    /// Draws a frame just inside a rectangle.
    pub fn frame(&mut self, [x, y]: [u32; 2], [width, height]: [u32; 2], colour: Colour) {
        self.fill([x, y], [width, 1], colour);
        self.fill([x, y], [1, height], colour);
        self.fill([x, (y + height).saturating_sub(1)], [width, 1], colour);
        self.fill([(x + width).saturating_sub(1), y], [1, height], colour);
    }

    /// Writes letters and figures, each dot of them `scale` wide.
    pub fn write(&mut self, [x, y]: [u32; 2], text: &str, scale: u32, colour: Colour) {
        let [wide, _] = GLYPH;
        for (at, c) in (0..).zip(text.chars()) {
            for (row, bits) in (0..).zip(glyph(c)) {
                for col in (0..wide).filter(|col| bits >> (wide - 1 - col) & 1 == 1) {
                    let left = x + (at * (wide + 1) + col) * scale;
                    self.fill([left, y + row * scale], [scale, scale], colour);
                }
            }
        }
    }

    /// Returns how wide and high a text is.
    pub fn measure(text: &str, scale: u32) -> [u32; 2] {
        let count = u32::try_from(text.chars().count()).unwrap_or(0);
        let width = (count * (GLYPH[0] + 1)).saturating_sub(1);
        [width * scale, GLYPH[1] * scale]
    }

    /// Makes a picture of it that is printed at a size; `None` if it cannot be
    /// packed.
    pub fn picture(&self, size: [u32; 2], text: impl Into<String>) -> Option<Picture> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&self.dots).ok()?;
        writer.finish().ok()?;
        Some(Picture { png: bytes.into(), size, text: text.into() })
    }
}
