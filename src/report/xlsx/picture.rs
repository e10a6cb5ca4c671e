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

/// Puts pictures into a row.
pub(super) fn insert(
    worksheet: &mut Worksheet,
    row: u32,
    pictures: &[(u16, Picture)],
    plan: &Plan,
) -> Result<(), XlsxError> {
    let printed: f64 = plan
        .widths
        .iter()
        .take(plan.printed)
        .map(|width| f64::from(*width) * CHARACTER + 5.0)
        .sum();
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
    let points = ((highest + f64::from(2 * AROUND)) * POINTS).min(HIGHEST);
    worksheet.set_row_height(row, points)?;
    Ok(())
}
