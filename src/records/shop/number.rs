//! Numbers of orders as shops write them: whole, damaged by a spreadsheet, or
//! only the last digits.

use std::sync::Arc;

use crate::records::DocumentNo;
use crate::text::fold;

/// Digits that the end of a number must have to be worth anything.
const LEAST_TAIL: usize = 3;
/// Digits up to which a bare number may be only the end of one.
const MOST_TAIL: usize = 8;
/// Words that say that the end of a number follows.
const TAIL_WORDS: [&str; 7] = ["尾号", "后四位", "后4位", "末四位", "末4位", "末尾", "last4"];

/// How much of an order's number a paper has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderForm {
    /// All of it.
    Whole,
    /// All of it but what a spreadsheet destroyed.
    Damaged,
    /// Only its last digits, and the paper shows that something is left out.
    Tail,
    /// So few digits that it may be the end of a longer one.
    Short,
}

/// The number of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderNo {
    /// As the paper writes it.
    pub text: Arc<str>,
    /// How it is compared: folded, without dashes and signs of omission.
    pub key: Arc<str>,
    /// How much of it there is.
    pub form: OrderForm,
}

impl OrderNo {
    /// Looks at a number that was read; `None` if it holds no digit.
    pub fn of(number: &DocumentNo) -> Option<Self> {
        let folded = fold(&number.text);
        let folded = folded.trim_start_matches('#');
        let shown = without_omission(folded);
        // Abroad there are letters in numbers.
        let is_plain = shown.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !shown.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let form = if number.damaged {
            OrderForm::Damaged
        } else if shown.len() < folded.len() && is_plain && shown.len() >= LEAST_TAIL {
            OrderForm::Tail
        } else if is_plain && (LEAST_TAIL..=MOST_TAIL).contains(&shown.len()) {
            OrderForm::Short
        } else {
            OrderForm::Whole
        };
        let key = match form {
            // The point of 2.18E+18 counts.
            OrderForm::Damaged => Arc::from(folded),
            OrderForm::Tail => Arc::from(shown),
            _ => folded.chars().filter(|c| c.is_alphanumeric()).collect::<String>().into(),
        };
        Some(Self { text: Arc::clone(&number.text), key, form })
    }

    /// Returns it as other cross-checks know numbers.
    pub fn document_no(&self) -> DocumentNo {
        DocumentNo { text: Arc::clone(&self.text), damaged: self.form == OrderForm::Damaged }
    }
}

/// Drops what stands for digits left out: `…`, `...`, `***`, `尾号`.
fn without_omission(folded: &str) -> &str {
    let rest = TAIL_WORDS.iter().find_map(|word| folded.strip_prefix(word)).unwrap_or(folded);
    // Folded, an ellipsis is full stops and a star is an x.
    rest.trim_start_matches(['.', 'x', '~', '-', ':', '(', ')', '…'])
}
