//! A container drawn: its floor from above, and each wall as it is seen from
//! the door. Cartons of one row have one colour and one letter.

use std::collections::BTreeMap;

use super::super::identity::{Boxed, Loaded};
use crate::report::Picture;
use crate::report::picture::{BLACK, Canvas, Colour};

/// Colours that print apart, light enough for black letters.
const COLOURS: [Colour; 12] = [
    [141, 211, 199],
    [255, 237, 111],
    [190, 186, 218],
    [251, 154, 143],
    [128, 177, 211],
    [253, 180, 98],
    [179, 222, 105],
    [252, 205, 229],
    [217, 217, 217],
    [188, 128, 189],
    [204, 235, 197],
    [166, 206, 227],
];

/// Dots of the longer side of a picture.
const DOTS: u32 = 1_400;
/// The height of a wall's picture, in dots.
const WALL_DOTS: u32 = 520;
/// Dots in a dot of a letter, at most.
const LARGEST: u32 = 5;

/// The letters that stand for the rows of a container, in the order of
/// loading.
#[derive(Debug)]
pub(super) struct Letters(BTreeMap<usize, usize>);

impl Letters {
    /// Gives every row of a container its letter.
    pub(super) fn of(loaded: &Loaded) -> Self {
        let mut known = BTreeMap::new();
        for one in &loaded.boxes {
            let next = known.len();
            known.entry(one.row).or_insert(next);
        }
        Self(known)
    }

    /// Returns the letter of a row: A to Z, then AA.
    pub(super) fn letter(&self, row: usize) -> String {
        let mut at = self.0.get(&row).copied().unwrap_or(0);
        let mut letters = Vec::new();
        loop {
            letters.push(char::from(b'A' + (at % 26) as u8));
            if at < 26 {
                break;
            }
            at = at / 26 - 1;
        }
        letters.iter().rev().collect()
    }

    fn colour(&self, row: usize) -> Colour {
        COLOURS[self.0.get(&row).copied().unwrap_or(0) % COLOURS.len()]
    }
}

/// A view: which axes lie across and down the picture, how long they are, and
/// whether down is turned up.
struct View {
    axes: [usize; 2],
    room: [u32; 2],
    dots: [u32; 2],
    upward: bool,
}

impl View {
    fn new(loaded: &Loaded, axes: [usize; 2], upward: bool, most: [u32; 2]) -> Self {
        let room = axes.map(|axis| loaded.room.size[axis].max(1));
        let wide = u64::from(most[0]) * u64::from(room[1]);
        let high = u64::from(most[1]) * u64::from(room[0]);
        let dots = if wide <= high {
            [most[0], (wide / u64::from(room[0])) as u32]
        } else {
            [(high / u64::from(room[1])) as u32, most[1]]
        };
        Self { axes, room, dots: dots.map(|dots| dots.max(2)), upward }
    }

    fn dot(&self, side: usize, length: u32) -> u32 {
        (u64::from(length) * u64::from(self.dots[side] - 1) / u64::from(self.room[side])) as u32
    }

    /// Draws a carton with its letter.
    fn draw(&self, canvas: &mut Canvas, one: &Boxed, letters: &Letters) {
        let from = [0, 1].map(|side| one.at[self.axes[side]]);
        let to = [0, 1].map(|side| from[side] + one.size[self.axes[side]]);
        let mut at = [self.dot(0, from[0]), self.dot(1, from[1])];
        let size = [0, 1].map(|side| (self.dot(side, to[side]) - at[side] + 1).max(2));
        if self.upward {
            at[1] = (self.dots[1]).saturating_sub(at[1] + size[1]);
        }
        canvas.fill(at, size, letters.colour(one.row));
        canvas.frame(at, size, BLACK);
        let letter = letters.letter(one.row);
        let fits = |scale: &u32| {
            let [wide, high] = Canvas::measure(&letter, *scale);
            wide + 4 <= size[0] && high + 4 <= size[1]
        };
        if let Some(scale) = (1..=LARGEST).rev().find(fits) {
            let [wide, high] = Canvas::measure(&letter, scale);
            let place = [at[0] + (size[0] - wide) / 2, at[1] + (size[1] - high) / 2];
            canvas.write(place, &letter, scale, BLACK);
        }
    }

    fn canvas(&self) -> Canvas {
        let mut canvas = Canvas::new(self.dots[0], self.dots[1]);
        canvas.frame([0, 0], self.dots, BLACK);
        canvas
    }
}

/// Draws the container from above: what stands highest covers what is below.
/// The front wall is at the left, the door at the right.
pub(super) fn floor(loaded: &Loaded, letters: &Letters, text: &str) -> Option<Picture> {
    let view = View::new(loaded, [0, 1], false, [DOTS, DOTS]);
    let mut canvas = view.canvas();
    let mut boxes: Vec<&Boxed> = loaded.boxes.iter().collect();
    boxes.sort_by_key(|one| (one.at[2], one.at[0], one.at[1]));
    for one in boxes {
        view.draw(&mut canvas, one, letters);
    }
    canvas.picture(printed(view.dots, 1_750), text)
}

/// Draws a wall as it is seen from the door, its own cartons alone.
pub(super) fn wall(loaded: &Loaded, wall: usize, letters: &Letters, text: &str) -> Option<Picture> {
    let view = View::new(loaded, [1, 2], true, [DOTS, WALL_DOTS]);
    let mut canvas = view.canvas();
    // In the order of loading, the later ones stand before the earlier.
    for one in loaded.of_wall(wall) {
        view.draw(&mut canvas, one, letters);
    }
    canvas.picture(printed(view.dots, 700), text)
}

/// Returns the size of a picture on paper that is so many tenths of a
/// millimetre wide.
fn printed(dots: [u32; 2], width: u32) -> [u32; 2] {
    [width, width * dots[1] / dots[0].max(1)]
}
