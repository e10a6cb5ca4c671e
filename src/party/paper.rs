//! Whose paper it is, from what stands around its table: facts, titles, the
//! names of sheet and file.

use std::sync::Arc;

use super::name::Name;
use super::words::WORDS;
use super::{Firm, Parties};
use crate::location::Location;
use crate::records::{HintFrom, PartyHint};
use crate::text::fold;

/// The party a paper belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperParty {
    /// The party.
    pub party: Arc<str>,
    /// What told it.
    pub from: HintFrom,
    /// The text that told it.
    pub text: String,
    /// Where that stands, if it is a cell.
    pub at: Option<Location>,
    /// Whether only part of the name stood there, which is a guess.
    pub guessed: bool,
}

impl Parties {
    /// Returns the party whose paper it is by its strongest hint; `None` if
    /// no hint names exactly one firm.
    pub fn of_paper(&self, hints: &[PartyHint]) -> Option<PaperParty> {
        let mut hints: Vec<&PartyHint> =
            hints.iter().filter(|hint| hint.from != HintFrom::Customer).collect();
        hints.sort_by_key(|hint| hint.from);
        hints.into_iter().find_map(|hint| self.of_hint(hint))
    }

    fn of_hint(&self, hint: &PartyHint) -> Option<PaperParty> {
        let folded = fold(&hint.text);
        let mut named: Vec<(usize, &Firm)> = self
            .firms
            .iter()
            .filter(|firm| !firm.ours)
            .map(|firm| (firm.named_in(&folded), firm))
            .filter(|(length, _)| *length >= 2)
            .collect();
        named.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
        let (length, firm) = match named[..] {
            [] => return None,
            [only] => only,
            // A title may name a firm whose name contains a shorter one's.
            [first, second, ..] if first.0 > second.0 && !self.apart(&folded, first, second) => {
                first
            }
            _ => return None,
        };
        let fullest = firm.names.iter().map(|name| name.whole.chars().count()).max();
        Some(PaperParty {
            party: Arc::clone(&firm.shown),
            from: hint.from,
            text: hint.text.clone(),
            at: hint.at.clone(),
            guessed: hint.from > HintFrom::Title && Some(length) < fullest,
        })
    }

    /// Whether two firms are both named in a text, each in a place of its own.
    fn apart(&self, folded: &str, first: (usize, &Firm), second: (usize, &Firm)) -> bool {
        let without = first.1.names.iter().fold(folded.to_owned(), |text, name| {
            let text = text.replace(&name.whole, "");
            let shorter = name.cores.iter().chain(&name.brands);
            shorter.fold(text, |text, word| text.replace(word.as_str(), ""))
        });
        second.1.named_in(&without) >= 2
    }
}

impl Firm {
    /// Returns how many characters of the firm's name stand in a text: of its
    /// longest spelling or core that does.
    fn named_in(&self, folded: &str) -> usize {
        let spellings = self
            .names
            .iter()
            .flat_map(|name| name.cores.iter().chain(&name.brands).chain([&name.whole]));
        let standing = spellings.filter(|spelling| spelled_in(folded, spelling));
        standing.map(|spelling| spelling.chars().count()).max().unwrap_or(0)
    }
}

/// Whether a folded text names a firm: in full, or by what it is called for
/// short.
pub fn stands_in(name: &str, folded: &str) -> bool {
    let name = Name::new(name);
    let mut spellings = name.cores.iter().chain(&name.brands).chain([&name.whole]);
    spellings.any(|spelling| spelling.chars().count() >= 2 && spelled_in(folded, spelling))
}

/// Whether a spelling stands in a text as a whole: letters must not go on.
fn spelled_in(folded: &str, spelling: &str) -> bool {
    folded.match_indices(spelling).any(|(at, _)| {
        let before = folded[..at].chars().next_back();
        let after = folded[at + spelling.len()..].chars().next();
        let goes_on = |inner: Option<char>, outer: Option<char>| {
            matches!((inner, outer), (Some(a), Some(b)) if a.is_ascii_alphabetic() && b.is_ascii_alphabetic())
        };
        // Folding has removed the spaces between English words, so that only
        // the start of a text tells where a Latin name begins.
        !goes_on(spelling.chars().next(), before) || spelling.chars().count() >= 6
            || !goes_on(spelling.chars().next_back(), after)
    })
}

/// Returns the firm's name in a title or a name of a file or sheet: what is
/// left without the words of documents, periods and figures. `None` if
/// nothing that could be a name is left.
pub fn name_in(text: &str) -> Option<String> {
    let first = text
        .split(['　', '\t', '\n', '_', '-', '—', '（', '('])
        .map(str::trim)
        .find(|part| is_name(part));
    let name = without_documents(first?);
    is_name(&name).then_some(name)
}

/// Returns a firm's full name in a title: one with its legal form. `None` if
/// what stands there has none.
pub fn full_name_in(text: &str) -> Option<String> {
    let parts = text.split(['　', '\t', '\n']).flat_map(|part| part.split("  "));
    // A name without spaces may stand beside the month.
    let words = text.split_whitespace().filter(|word| !word.is_ascii());
    parts.chain(words).map(|part| through_company(&without_documents(part)).to_owned()).find(
        |name| {
            let folded = fold(name);
            WORDS.legal.iter().any(|form| folded.ends_with(form.as_str())) && is_name(name)
        },
    )
}

/// Cuts a text where the words of a document begin.
fn without_documents(part: &str) -> String {
    let mut name = part.to_owned();
    for word in &WORDS.document {
        // Titles pad their words (对 账 单): compare without spaces, cut with.
        if let Some(at) = padded_find(&name, word) {
            name.truncate(at);
        }
    }
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || "年月日./- ".contains(c));
    // The stop of `LTD.` is its own; only a day has one too.
    let has_stop = name[bare.len()..].trim_end() == ".";
    if has_stop { name.trim().to_owned() } else { bare.trim().to_owned() }
}

/// Cuts what a title says behind a company's name (…公司染费), unless it is a
/// part of the name (…公司东莞一厂).
fn through_company(name: &str) -> &str {
    const COMPANY: &str = "公司";
    let Some(at) = name.rfind(COMPANY) else { return name };
    let (company, rest) = name.split_at(at + COMPANY.len());
    let folded = fold(rest);
    if WORDS.legal.iter().any(|form| folded.ends_with(form.as_str())) { name } else { company }
}

/// Whether a text could be a firm's name: something besides document words,
/// figures and places is in it.
fn is_name(text: &str) -> bool {
    let mut folded = fold(text);
    for word in WORDS.document.iter().chain(&WORDS.legal) {
        folded = folded.replace(word.as_str(), "");
    }
    let letters = folded.chars().filter(|c| c.is_alphabetic() && !"年月日".contains(*c)).count();
    letters >= 2 && !Name::new(text).cores.iter().all(|core| core.is_empty())
}

/// Returns where a word begins in a text whose characters may be padded.
fn padded_find(text: &str, word: &str) -> Option<usize> {
    let letter = |c: Option<char>| word.is_ascii() && c.is_some_and(|c| c.is_ascii_alphabetic());
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    starts.into_iter().find(|&at| {
        // Letters must not go on: there is no `Sep` in `Sunrise Plastics`.
        if letter(text[..at].chars().next_back()) {
            return false;
        }
        let mut wanted = word.chars();
        let mut next = wanted.next();
        for c in text[at..].chars() {
            let Some(want) = next else { return !letter(Some(c)) || c.eq_ignore_ascii_case(&'s') };
            if c.is_whitespace() {
                if want == word.chars().next().unwrap_or(want) {
                    return false;
                }
                continue;
            }
            let folded = fold(&c.to_string());
            if !folded.starts_with(want) {
                return false;
            }
            next = wanted.next();
        }
        next.is_none()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str, from: HintFrom) -> PartyHint {
        PartyHint { text: text.to_owned(), from, at: None }
    }

    fn parties() -> Parties {
        let names = [
            "广州丽彩坊服装辅料行",
            "广州丽丰坊织带厂",
            "顺达坡纸箱厂",
            "东莞永跃达拉链厂",
            "Brightway Interlining (HK) Limited",
        ];
        Parties::new(names, &["青禾岭制衣有限公司".to_owned()], &[])
    }

    #[test]
    fn titles_and_names_of_files_tell_whose_paper_it_is() {
        for (text, from, party) in [
            ("广州丽彩坊服装辅料行  对账单", HintFrom::Title, "广州丽彩坊服装辅料行"),
            ("广州丽丰坊织带厂 2026年10月往来账", HintFrom::Title, "广州丽丰坊织带厂"),
            ("顺达坡纸箱厂对帐单", HintFrom::Title, "顺达坡纸箱厂"),
            ("永跃达拉链10月对账.xls", HintFrom::File, "东莞永跃达拉链厂"),
            ("Brightway_SOA_Oct2026.xlsx", HintFrom::File, "Brightway Interlining (HK) Limited"),
        ] {
            let found = parties().of_paper(&[hint(text, from)]);
            assert_eq!(
                found.map(|found| found.party.to_string()).as_deref(),
                Some(party),
                "{text}"
            );
        }
    }

    #[test]
    fn a_file_named_after_two_firms_leaves_it_to_the_sheet() {
        let file = hint("丽彩坊、丽丰坊10月对账单.xlsx", HintFrom::File);
        assert_eq!(parties().of_paper(std::slice::from_ref(&file)), None);
        let sheet = hint("丽丰坊", HintFrom::Sheet);
        let found = parties().of_paper(&[file, sheet]).unwrap();
        assert_eq!((&*found.party, found.from), ("广州丽丰坊织带厂", HintFrom::Sheet));
    }

    #[test]
    fn our_own_name_is_nobodys_paper() {
        let title = hint("青禾岭制衣有限公司  面辅料入库明细表", HintFrom::Title);
        assert_eq!(parties().of_paper(&[title]), None);
    }

    #[test]
    fn full_names_have_a_legal_form() {
        for (text, name) in [
            ("沧州华锐标准件有限公司往来对账", Some("沧州华锐标准件有限公司")),
            ("绍兴宏达染整有限公司染费对账单", Some("绍兴宏达染整有限公司")),
            ("华锐集团公司东莞一厂  对账单", Some("华锐集团公司东莞一厂")),
            (
                "PACIFIC CREST POLYMERS (H.K.) CO., LTD.",
                Some("PACIFIC CREST POLYMERS (H.K.) CO., LTD."),
            ),
            ("Sunrise Plastics (HK) Ltd", Some("Sunrise Plastics (HK) Ltd")),
            ("KWONG SHING METAL WORKS LTD.", Some("KWONG SHING METAL WORKS LTD.")),
            ("華銳標準件廠 十月份對帳單", Some("華銳標準件廠")),
            ("华锐标准件 10月对账单", None),
            ("STATEMENT OF ACCOUNT", None),
        ] {
            assert_eq!(full_name_in(text).as_deref(), name, "{text}");
        }
    }

    #[test]
    fn names_are_found_beside_the_words_of_documents() {
        for (text, name) in [
            ("绍兴恒锦川织造有限公司", Some("绍兴恒锦川织造有限公司")),
            ("东莞永跃达拉链厂  往来对账明细", Some("东莞永跃达拉链厂")),
            ("佛山市宏昌岗纽扣制品厂对账单", Some("佛山市宏昌岗纽扣制品厂")),
            ("广州丽丰坊织带厂 2026年10月往来账", Some("广州丽丰坊织带厂")),
            ("供 应 商 对 账 单", None),
            ("應收帳款對帳單", None),
            ("STATEMENT OF ACCOUNT", None),
            ("2026年10月", None),
        ] {
            assert_eq!(name_in(text).as_deref(), name, "{text}");
        }
    }
}
