//! What a spreadsheet's number format makes of a number: a date, a per cent,
//! text, or just a number.

use super::sheet::NumberFormat;

/// What the general format is called, in the editions that write it out.
const GENERAL: [&str; 3] = ["general", "g/通用格式", "g/標準"];

/// Returns what a built-in format does, by its id. The ids of East Asian
/// editions (27 to 36, 50 to 58) are dates and times in all of them.
pub(super) fn built_in(id: u16) -> NumberFormat {
    match id {
        9 | 10 => NumberFormat::Percent,
        14..=22 | 27..=36 | 45 | 47 | 50..=58 => NumberFormat::Date,
        46 => NumberFormat::Duration,
        49 => NumberFormat::Text,
        _ => NumberFormat::General,
    }
}

/// Returns what a format code does.
pub(super) fn of_code(code: &str) -> NumberFormat {
    let mut sections = sections(code);
    let first = sections.next().unwrap_or_default();
    if first.trim() == "@" {
        return NumberFormat::Text;
    }
    let first_does = of_section(first);
    if first_does != NumberFormat::General || !has_condition(first) {
        return first_does;
    }
    // `[<1]h:mm;yyyy/m/d`: which section a number gets depends on its value.
    sections.map(of_section).find(|does| *does == NumberFormat::Date).unwrap_or_default()
}

/// Splits a code at the semicolons that are not part of a text in it.
fn sections(code: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    let mut escaped = false;
    code.split(move |c| {
        if escaped {
            escaped = false;
            return false;
        }
        match c {
            '\\' if !quoted => escaped = true,
            '"' => quoted = !quoted,
            _ => {}
        }
        c == ';' && !quoted
    })
}

/// Whether a section applies to some numbers only.
fn has_condition(section: &str) -> bool {
    section.split('[').skip(1).any(|part| part.starts_with(['<', '>', '=']))
}

/// Returns what one section does, by the codes that stand outside of texts,
/// brackets, escapes and fill characters.
fn of_section(section: &str) -> NumberFormat {
    let lower = section.to_ascii_lowercase();
    // The general format has letters of dates in its names.
    let lower = GENERAL.iter().fold(lower, |code, name| code.replace(name, ""));
    let mut letters = String::new();
    let mut digits = false;
    let mut rest = lower.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' => {
                rest.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                rest.next();
            }
            '[' => {
                let inside: String = rest.by_ref().take_while(|c| *c != ']').collect();
                let elapsed = ["h", "hh", "m", "mm", "s", "ss"].contains(&inside.trim());
                if elapsed {
                    return NumberFormat::Duration;
                }
            }
            'e' if matches!(rest.peek(), Some('+' | '-')) => digits = true,
            '%' => return NumberFormat::Percent,
            '#' | '?' => digits = true,
            'y' | 'm' | 'd' | 'h' | 's' | 'e' | 'a' | 'g' | 'b' | 'n' => letters.push(c),
            _ => {}
        }
    }
    let letters = letters.replace("am", "");
    let dates = letters.contains(['y', 'm', 'd', 'h', 's', 'e']) || letters.contains("aaa");
    if dates && !digits { NumberFormat::Date } else { NumberFormat::General }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_in_every_way_they_are_written() {
        for code in [
            "yyyy-mm-dd",
            "m/d/yy h:mm",
            "yyyy\"年\"m\"月\"d\"日\"",
            "yyyy年m月d日",
            "[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@",
            "[$-404]e/m/d",
            "[$-404]e\"年\"m\"月\"d\"日\"",
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
            "上午/下午h\"时\"mm\"分\"",
            "h:mm AM/PM",
            "mm:ss.0",
            "d-mmm-yy",
            "[$-804]aaaa;@",
            "[Red]m/d",
            "[<1]0;yyyy/m/d",
            "MM.DD",
        ] {
            assert_eq!(of_code(code), NumberFormat::Date, "{code}");
        }
    }

    #[test]
    fn numbers_are_not_taken_for_dates() {
        for code in [
            "General",
            "G/通用格式",
            "G/通用格式\"元\"",
            "0.00",
            "#,##0.00_);[Red](#,##0.00)",
            "[Red]0",
            "0\"d\"",
            "0.00\"元/m\"",
            "#,##0\\ \"kg\"",
            "0\\m",
            "0.00E+00",
            "##0.0E+0",
            "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
            "[$¥-804]#,##0.00",
            "[$USD] #,##0.00",
            "[DBNum2]0",
            "000000",
            "# ?/?",
            "0;yyyy",
            ";;;",
            "",
        ] {
            assert_eq!(of_code(code), NumberFormat::General, "{code}");
        }
    }

    #[test]
    fn per_cents_texts_and_durations_are_told_apart() {
        assert_eq!(of_code("0.00%"), NumberFormat::Percent);
        assert_eq!(of_code("0\\%"), NumberFormat::General);
        assert_eq!(of_code("0\"%\""), NumberFormat::General);
        assert_eq!(of_code("@"), NumberFormat::Text);
        assert_eq!(of_code("@\" 件\""), NumberFormat::General);
        assert_eq!(of_code("[h]:mm"), NumberFormat::Duration);
        assert_eq!(of_code("[mm]:ss"), NumberFormat::Duration);
    }

    #[test]
    fn built_in_formats_are_known_by_their_ids() {
        assert_eq!(built_in(0), NumberFormat::General);
        assert_eq!(built_in(10), NumberFormat::Percent);
        assert_eq!(built_in(14), NumberFormat::Date);
        assert_eq!(built_in(31), NumberFormat::Date);
        assert_eq!(built_in(57), NumberFormat::Date);
        assert_eq!(built_in(46), NumberFormat::Duration);
        assert_eq!(built_in(49), NumberFormat::Text);
        assert_eq!(built_in(44), NumberFormat::General);
    }
}
