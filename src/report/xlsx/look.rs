//! The look of all workbooks, in one place: a person should want to sign
//! them. Colour only ever stands beside a word that says the same.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};
use rustc_hash::FxHashMap;

use crate::lang::Lang;
use crate::report::cell::Tone;
use crate::report::column::Kind;
use crate::report::sheet::SpanStyle;
use crate::report::table::RowStyle;

const INK: Color = Color::RGB(0x26_26_26);
const FAINT: Color = Color::RGB(0x7F_7F_7F);
const GRID: Color = Color::RGB(0xD0_D5_DB);
const FORM_GRID: Color = Color::RGB(0x40_40_40);
const HEADER: Color = Color::RGB(0xE4_EA_F1);
const GROUP: Color = Color::RGB(0xF3_F5_F8);
const SUBTOTAL: Color = Color::RGB(0xF8_F9_FA);
const INPUT: Color = Color::RGB(0xFF_FB_E6);
const LINK: Color = Color::RGB(0x1F_4E_8C);

/// The size of most text, in points.
const SIZE: f64 = 10.0;

/// What part of a sheet a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// The large line at the top.
    Title,
    /// Labels and their values.
    Facts,
    /// A paragraph.
    Text,
    /// A table's header.
    Header,
    /// A table's body or totals.
    Body(RowStyle),
    /// A piece of a form.
    Span(SpanStyle),
}

/// Everything a cell's look depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// What part of the sheet it is.
    pub(super) part: Part,
    /// How its value is shown.
    pub(super) shown: Shown,
    /// What it asks of the reader.
    pub(super) tone: Tone,
    /// How deep it is indented.
    pub(super) indent: u8,
    /// Whether a person fills it in.
    pub(super) input: bool,
    /// Whether it is a form's, ruled in black.
    pub(super) form: bool,
    /// Whether its text begins like a formula and must stay text.
    pub(super) quoted: bool,
}

/// How a value is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Shown {
    /// Words, left, wrapped.
    Words,
    /// A word in the middle.
    Center,
    /// A number with some decimals.
    Number(u8),
    /// A share with some decimals.
    Percent(u8),
    /// A day.
    Date,
    /// Small and grey: ids of lines.
    Faint,
    /// A link.
    Link,
}

impl Shown {
    /// Returns how texts of a kind are shown.
    pub(super) fn text(kind: &Kind) -> Self {
        match kind {
            Kind::Word | Kind::Date | Kind::Choice(_) => Shown::Center,
            _ => Shown::Words,
        }
    }
}

/// The formats of one workbook, each made once.
pub(super) struct Looks {
    font: &'static str,
    spare: u16,
    made: FxHashMap<Key, Format>,
}

impl Looks {
    /// Makes the looks of a workbook in a language.
    pub(super) fn new(lang: Lang) -> Self {
        // Fonts that every Windows, and WPS with it, has.
        let font = match lang {
            Lang::Hans => "微软雅黑",
            Lang::Hant => "Microsoft JhengHei",
            Lang::En => "Calibri",
        };
        // Columns are measured in digits of Calibri: those of the others, and
        // of what stands in for them where they are missing, are wider.
        let spare = if lang == Lang::En { u16::MAX } else { 10 };
        Self { font, spare, made: FxHashMap::default() }
    }

    /// Returns which part of a column's width its font may need more than is
    /// counted: one in so many.
    pub(super) fn spare(&self) -> u16 {
        self.spare
    }

    /// Returns the format of a look.
    pub(super) fn get(&mut self, key: Key) -> &Format {
        let font = self.font;
        self.made.entry(key).or_insert_with(|| make(font, key))
    }
}

fn make(font: &str, key: Key) -> Format {
    let format = Format::new()
        .set_font_name(font)
        .set_font_size(SIZE)
        .set_font_color(INK)
        .set_align(FormatAlign::VerticalCenter);
    let format = shown(format, key.shown);
    let format = part(format, key);
    let format = tone(format, key.tone);
    let format = match key.input {
        true => format.set_background_color(INPUT).set_unlocked(),
        false => format,
    };
    let format = match key.indent {
        0 => format,
        indent => format.set_indent(indent.min(15)),
    };
    if key.quoted { format.set_quote_prefix() } else { format }
}

fn shown(format: Format, shown: Shown) -> Format {
    let right = FormatAlign::Right;
    match shown {
        Shown::Words => format.set_text_wrap(),
        Shown::Center => format.set_align(FormatAlign::Center).set_text_wrap(),
        Shown::Number(decimals) => {
            let digits = digits("#,##0", decimals);
            // The space after keeps figures off the words beside them.
            format.set_num_format(format!("{digits}_ ;[Red]-{digits}_ ")).set_align(right)
        }
        Shown::Percent(decimals) => {
            format.set_num_format(format!("{}%", digits("0", decimals))).set_align(right)
        }
        Shown::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
        Shown::Faint => format.set_font_color(FAINT).set_font_size(8),
        Shown::Link => format.set_font_color(LINK).set_text_wrap(),
    }
}

fn digits(whole: &str, decimals: u8) -> String {
    if decimals == 0 {
        return whole.to_owned();
    }
    format!("{whole}.{}", "0".repeat(usize::from(decimals)))
}

fn part(format: Format, key: Key) -> Format {
    let grid = if key.form { FORM_GRID } else { GRID };
    match key.part {
        Part::Title => format.set_bold().set_font_size(16),
        Part::Facts => format.set_font_color(FAINT),
        Part::Text => format.set_text_wrap().set_align(FormatAlign::Top),
        Part::Header => ruled(format, grid)
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_background_color(HEADER),
        Part::Body(style) => body(ruled(format, grid), style),
        Part::Span(style) => span(format, style),
    }
}

fn ruled(format: Format, color: Color) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(color)
}

fn body(format: Format, style: RowStyle) -> Format {
    match style {
        RowStyle::Normal => format,
        // A heading runs on over the empty cells beside it.
        RowStyle::Group => format.set_bold().set_background_color(GROUP).unset_text_wrap(),
        RowStyle::Subtotal => format.set_bold().set_background_color(SUBTOTAL),
        RowStyle::Strong => format.set_bold(),
        RowStyle::Total => format
            .set_bold()
            .set_background_color(GROUP)
            .set_border_top(FormatBorder::Medium)
            .set_border_top_color(FAINT),
    }
}

fn span(format: Format, style: SpanStyle) -> Format {
    match style {
        SpanStyle::Plain => format.set_text_wrap(),
        SpanStyle::Right => format.set_align(FormatAlign::Right).set_text_wrap(),
        SpanStyle::Center => format.set_align(FormatAlign::Center).set_text_wrap(),
        SpanStyle::Strong => format.set_bold().set_text_wrap(),
        SpanStyle::Company => format.set_bold().set_font_size(15).set_align(FormatAlign::Center),
        SpanStyle::Heading => format.set_bold().set_font_size(18).set_align(FormatAlign::Center),
        SpanStyle::Small => format.set_font_size(8.5).set_font_color(FAINT).set_text_wrap(),
        SpanStyle::Money => format.set_bold(),
        SpanStyle::Stamp => ruled(format, FORM_GRID).set_text_wrap().set_indent(1),
    }
}

fn tone(format: Format, tone: Tone) -> Format {
    let (ink, paper) = match tone {
        Tone::Plain => return format,
        Tone::Good => (0x1E_6B_2E, 0xE3_F1_E5),
        Tone::Info => (0x1F_4E_79, 0xE2_EC_F6),
        Tone::Warning => (0x7A_56_00, 0xFD_F0_CC),
        Tone::Bad => (0x9C_1C_1C, 0xFB_DF_DF),
    };
    format.set_font_color(Color::RGB(ink)).set_background_color(Color::RGB(paper))
}
