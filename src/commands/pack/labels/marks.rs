//! What stands on a carton: the main mark (consignee, order, destination,
//! number, origin) and the side mark (what is in it, what it weighs, how large
//! it is). Marks are in English letters: they travel.

use rust_decimal::Decimal;

use crate::engine::packing::{CartonRange, Content};
use crate::records::packing::About;

/// Millimetres in a centimetre.
const CENTIMETRE: Decimal = Decimal::TEN;

/// How the line with a carton's number begins.
const NUMBER: &str = "C/NO. ";

/// Whether a line of a mark is the carton's number.
pub(super) fn is_number(line: &str) -> bool {
    line.starts_with(NUMBER)
}

/// Returns the main mark.
pub(super) fn main(
    range: &CartonRange,
    about: &About,
    (number, total): (u32, u32),
    consignee: Option<&str>,
    origin: &str,
) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(consignee.or(about.customer.as_deref()).map(str::to_owned));
    let po = range.po().or(about.po.as_ref()).or(about.order_no.as_ref());
    lines.extend(po.map(|po| labelled_po(po)));
    let destination = range.destination.as_ref().or(about.destination.as_ref());
    lines.extend(destination.map(|destination| destination.to_string()));
    lines.push(format!("{NUMBER}{number}/{total}"));
    lines.push(format!("MADE IN {}", origin.to_uppercase()));
    lines
}

/// Returns the side mark.
pub(super) fn side(range: &CartonRange, about: &About, origin: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let po = range.po().or(about.po.as_ref());
    lines.extend(po.map(|po| labelled_po(po)));
    let style = range.style().or(about.style.as_ref());
    lines.extend(style.map(|style| format!("STYLE: {style}")));
    lines.extend(range.colour().map(|colour| format!("COLOUR: {colour}")));
    lines.extend(contents(range));
    lines.extend(counted(range.pieces_each()).map(|pieces| format!("QTY: {pieces} PCS")));
    let weight =
        |name: &str, weight: Option<Decimal>| weight.map(|weight| format!("{name}: {weight} KG"));
    lines.extend(weight("G.W.", range.weights.gross));
    lines.extend(weight("N.W.", range.weights.net));
    lines.extend(range.outer.and_then(|outer| {
        let edges = [outer.length, outer.width, outer.height];
        let edges: Option<Vec<String>> = edges
            .iter()
            .map(|edge| Some(edge.checked_div(CENTIMETRE)?.normalize().to_string()))
            .collect();
        Some(format!("MEAS: {} CM", edges?.join(" X ")))
    }));
    lines.push(format!("MADE IN {}", origin.to_uppercase()));
    lines
}

/// Returns what placeholders of barcodes stand for.
pub(super) fn values(
    range: &CartonRange,
    about: &About,
    number: u32,
    sscc: Option<&str>,
) -> Vec<(&'static str, String)> {
    let text =
        |text: Option<&std::sync::Arc<str>>| text.map(ToString::to_string).unwrap_or_default();
    let size = match range.contents.as_slice() {
        [content] => text(content.size.as_ref()),
        _ => String::new(),
    };
    vec![
        ("po", text(range.po().or(about.po.as_ref()))),
        ("style", text(range.style().or(about.style.as_ref()))),
        ("colour", text(range.colour())),
        ("size", size),
        ("number", number.to_string()),
        ("sscc", sscc.unwrap_or_default().to_owned()),
    ]
}

fn labelled_po(po: &str) -> String {
    let bare = po.trim();
    let is_labelled = bare.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("po"));
    if is_labelled { bare.to_owned() } else { format!("PO: {bare}") }
}

/// Returns a number of pieces as a mark states it; nothing where a total did
/// not divide into its cartons, for then it counts nothing.
fn counted(pieces: Decimal) -> Option<String> {
    const DECIMALS: u32 = 3;
    let pieces = pieces.normalize();
    (!pieces.is_zero() && pieces.scale() <= DECIMALS).then(|| pieces.to_string())
}

/// Returns what is in a carton: sizes with their pieces; where colours or
/// styles are mixed, a line for each.
fn contents(range: &CartonRange) -> Vec<String> {
    let one_colour =
        range.colour().is_some() || range.contents.iter().all(|one| one.colour.is_none());
    let one_style = range.style().is_some() || range.contents.iter().all(|one| one.style.is_none());
    let piece = |content: &Content| match (&content.size, counted(content.pieces)) {
        (Some(size), Some(pieces)) => format!("{size}/{pieces}"),
        (Some(size), None) => size.to_string(),
        (None, pieces) => pieces.unwrap_or_default(),
    };
    match range.contents.as_slice() {
        [] => Vec::new(),
        [one] if one_colour && one_style => {
            one.size.iter().map(|size| format!("SIZE: {size}")).collect()
        }
        many if one_colour && one_style => {
            vec![format!("SIZE: {}", many.iter().map(piece).collect::<Vec<_>>().join("  "))]
        }
        many => grouped(many, !one_style, piece),
    }
}

/// Returns a line for each colour, or style and colour.
fn grouped(contents: &[Content], styles: bool, piece: impl Fn(&Content) -> String) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for content in contents {
        let style = content.style.as_deref().filter(|_| styles);
        let name: Vec<&str> = style.into_iter().chain(content.colour.as_deref()).collect();
        let name = name.join(" ");
        match lines.iter_mut().find(|(known, _)| *known == name) {
            Some((_, pieces)) => pieces.push(piece(content)),
            None => lines.push((name, vec![piece(content)])),
        }
    }
    lines.into_iter().map(|(name, pieces)| format!("{name}: {}", pieces.join("  "))).collect()
}
