//! Pictures on a sheet: each in a row of its own height, never wider than what
//! is printed.

use rust_xlsxwriter::{Image, ObjectMovement, Worksheet, XlsxError};

use super::plan::Plan;
use crate::report::picture::Picture;

/// Dots of the screen in a millimetre.
const DOTS: f64 = 96.0 / 25.4;
/// Points in a dot of the screen.
const POINTS: f64 = 0.75;
/// The width of a narrow character, in dots.
const CHARACTER: f64 = 7.0;
/// The highest a row can be, in points.
const HIGHEST: f64 = 409.0;
/// Room around a picture, in dots.
const AROUND: u32 = 4;

/// Puts pictures where a row begins; returns how high the row must be to hold
/// them, in points.
pub(super) fn insert(
    worksheet: &mut Worksheet,
    row: u32,
    pictures: &[(u16, Picture)],
    plan: &Plan,
) -> Result<f64, XlsxError> {
    let printed = printed_dots(plan);
    let mut highest: f64 = 0.0;
    for (column, picture) in pictures {
        let [width, height] = picture.size.map(|size| f64::from(size) / 10.0 * DOTS);
        let room = (printed - f64::from(2 * AROUND)).max(1.0);
        let most = (HIGHEST / POINTS - f64::from(2 * AROUND)).max(1.0);
        let scale = (room / width).min(most / height).min(1.0);
        let (width, height) = (width * scale, height * scale);
        let image = Image::new_from_buffer(&picture.png)?
            .set_scale_to_size(width, height, false)
            .set_alt_text(picture.text.chars().take(200).collect::<String>())
            .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
        worksheet.insert_image_with_offset(row, *column, &image, AROUND, AROUND)?;
        highest = highest.max(height);
    }
    Ok(((highest + f64::from(2 * AROUND)) * POINTS).min(HIGHEST))
}

/// Returns how wide the printed columns are, in dots.
fn printed_dots(plan: &Plan) -> f64 {
    let widths = plan.widths.iter().take(plan.printed);
    widths.map(|width| f64::from(*width) * CHARACTER + 5.0).sum()
}

/// Returns how wide the printed columns are, in points.
pub(super) fn printed_points(plan: &Plan) -> f64 {
    printed_dots(plan) * POINTS
}
