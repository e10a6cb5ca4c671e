//! What a row of a bill is for, and how the log says a parcel is paid, by
//! their words. The words are data: `roles.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::data::{self, compiled_in};
use crate::records::BillLine;
use crate::text::fold;

/// The words of `roles.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    charge: Vec<String>,
    movement: Vec<String>,
    discount: Vec<String>,
    prepaid: Vec<String>,
    claim: Vec<String>,
    cash: Vec<String>,
    collect: Vec<String>,
    monthly: Vec<String>,
    freight_expense: Vec<String>,
    broad_expense: Vec<String>,
    bill_payment: Vec<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| data::read(compiled_in!("engine/freight/roles")));

fn has(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// What a row of a bill is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// The freight of a parcel.
    Freight,
    /// A charge beside it.
    Charge,
    /// Another way that the parcel went: back, or to another place.
    Movement,
    /// Something taken off.
    Discount,
    /// Something paid in advance.
    Prepaid,
    /// What the carrier pays back.
    Claim,
}

impl Role {
    /// Says what a row of a bill is for: by its service, else its remark.
    pub(super) fn of(line: &BillLine) -> Self {
        let words = &*WORDS;
        let service = line.service.as_deref().map(fold).unwrap_or_default();
        let remark = line.remark.as_deref().map(fold).unwrap_or_default();
        let weighed = line.chargeable_weight.is_some_and(|weight| !weight.is_zero());
        let either = |list: &[String]| has(&service, list) || has(&remark, list);
        let unnumbered = line.waybills.is_empty();
        let of_no_parcel = unnumbered && line.destination.is_none();
        if of_no_parcel && either(&words.prepaid) {
            return Self::Prepaid;
        }
        if line.amount.is_sign_negative() && !line.amount.is_zero() {
            return if either(&words.claim) { Self::Claim } else { Self::Discount };
        }
        if has(&service, &words.movement) || has(&remark, &words.movement) {
            return Self::Movement;
        }
        if of_no_parcel && either(&words.claim) {
            return Self::Claim;
        }
        if of_no_parcel && either(&words.discount) {
            return Self::Discount;
        }
        if has(&service, &words.charge) && !weighed {
            return Self::Charge;
        }
        if service.is_empty() && !weighed && has(&remark, &words.charge) {
            return Self::Charge;
        }
        if line.of_bill {
            return Self::Charge;
        }
        Self::Freight
    }
}

/// How a parcel is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Payer {
    /// With the month's bill, or the log does not say.
    Monthly,
    /// On the spot.
    Cash,
    /// By whoever receives it.
    Collect,
}

impl Payer {
    /// Reads what the log says.
    pub(super) fn of(text: Option<&str>) -> Self {
        let folded = text.map(fold).unwrap_or_default();
        let words = &*WORDS;
        if has(&folded, &words.monthly) || folded.contains("未付") || folded.contains("unpaid") {
            Self::Monthly
        } else if has(&folded, &words.collect) {
            Self::Collect
        } else if has(&folded, &words.cash) {
            Self::Cash
        } else {
            Self::Monthly
        }
    }
}

/// Whether an expense is freight that was paid on the spot.
pub(super) fn is_freight_expense(category: &str, description: &str) -> bool {
    let words = &WORDS.freight_expense;
    let category = fold(category);
    let says_nothing = category.is_empty() || WORDS.broad_expense.contains(&category);
    has(&category, words) || says_nothing && has(&fold(description), words)
}

/// Whether an expense settles a carrier's bill: it is of no day's parcels.
pub(super) fn pays_bill(description: &str) -> bool {
    let description = fold(description);
    has(&description, &WORDS.monthly) || has(&description, &WORDS.bill_payment)
}

/// Whether a fee of the card is the one that a row charges: 包装费 is
/// 包装服务.
pub(super) fn is_same_fee(fee: &str, charged: &str) -> bool {
    let core = |text: &str| {
        let folded = fold(text);
        let mut core = folded.as_str();
        for ending in
            ["服务费", "附加费", "服务", "费用", "费", "surcharge", "service", "fee", "charge"]
        {
            core = core.strip_suffix(ending).filter(|rest| !rest.is_empty()).unwrap_or(core);
        }
        core.to_owned()
    };
    let (fee, charged) = (core(fee), core(charged));
    !fee.is_empty() && !charged.is_empty() && (fee.contains(&charged) || charged.contains(&fee))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_of_paying() {
        for (text, payer) in [
            ("月结", Payer::Monthly),
            ("寄付月结", Payer::Monthly),
            ("", Payer::Monthly),
            ("未付", Payer::Monthly),
            ("已付", Payer::Cash),
            ("現金", Payer::Cash),
            ("微信", Payer::Cash),
            ("到付", Payer::Collect),
            ("Freight Collect", Payer::Collect),
        ] {
            assert_eq!(Payer::of(Some(text)), payer, "{text}");
        }
    }

    #[test]
    fn expenses_that_are_freight() {
        assert!(is_freight_expense("快递费", "寄样"));
        assert!(is_freight_expense("", "付货车运费"));
        assert!(is_freight_expense("销售费用", "付中通快递"));
        assert!(!is_freight_expense("伙食费", "快递员午餐"));
        assert!(pays_bill("付大荣9月账单运费") && !pays_bill("付货车运费"));
    }

    #[test]
    fn fees_by_their_names() {
        assert!(is_same_fee("包装费", "包装服务"));
        assert!(is_same_fee("偏远费", "偏远附加费"));
        assert!(is_same_fee("Packing fee", "Packing"));
        assert!(!is_same_fee("包装费", "保价费"));
    }
}
