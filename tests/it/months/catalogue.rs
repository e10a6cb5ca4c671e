//! Suppliers as a factory has them: how each numbers its delivery notes, how
//! its paper is written, what it sells and at what prices.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::random::Random;

/// What a supplier sells.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) code: Arc<str>,
    /// Name, specification and colour, as our papers write it.
    pub(crate) text: Arc<str>,
    /// What the supplier calls it on a paper with words of its own.
    pub(crate) own_text: Arc<str>,
    pub(crate) unit: &'static str,
    /// Our price, without tax where the supplier's paper is with tax.
    pub(crate) price: Decimal,
    /// Pieces a box.
    pub(crate) factor: i64,
    /// Whether it is measured (metres, kilograms) and not counted.
    pub(crate) measured: bool,
}

/// How a supplier's statement is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// A line for every line of a delivery note, like ours.
    Lines,
    /// In boxes or dozens, at a price for each; the factor may be printed on
    /// it, or known from our price list, or neither.
    Boxes { printed: bool, listed: bool },
    /// With tax of some per cent where ours is without, or without where
    /// `ours` is with it; the papers may say so or not.
    Taxed { rate: i64, stated: bool, ours: bool },
    /// One line for a whole delivery note.
    WholeNotes,
}

impl Paper {
    /// What our price is to be multiplied by to get theirs, and divided by.
    pub(crate) fn tax(self) -> (Decimal, Decimal) {
        match self {
            Self::Taxed { rate, ours: false, .. } => (with_tax(rate), Decimal::ONE),
            Self::Taxed { rate, ours: true, .. } => (Decimal::ONE, with_tax(rate)),
            _ => (Decimal::ONE, Decimal::ONE),
        }
    }

    /// Whether our papers are with tax and theirs without: their prices are
    /// then quotients, and only ours can be changed freely.
    pub(crate) fn ours_taxed(self) -> bool {
        matches!(self, Self::Taxed { ours: true, .. })
    }
}

fn with_tax(rate: i64) -> Decimal {
    Decimal::ONE + Decimal::new(rate, 2)
}

/// How a supplier numbers its delivery notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// `HJ26100624`: letters, day, two random digits.
    Dated,
    /// `0084213`: one after the other, each one edit from its neighbours.
    Dense,
    /// `XS-20261006-003`.
    Dashed,
    /// `3250136542540229684`: 19 digits, too many for a spreadsheet.
    Long,
}

/// A supplier.
#[derive(Debug, Clone)]
pub(crate) struct Supplier {
    pub(crate) name: Arc<str>,
    pub(crate) prefix: String,
    pub(crate) numbering: Numbering,
    pub(crate) paper: Paper,
    /// Whether the statement carries item codes.
    pub(crate) codes: bool,
    /// Whether the statement names items in the supplier's own words.
    pub(crate) own_words: bool,
    /// Whether its lines carry no dates.
    pub(crate) undated: bool,
    /// Whether it delivers the same few quantities again and again.
    pub(crate) standing: bool,
    /// Whether it delivers nothing but a few round lots.
    pub(crate) lots: bool,
    /// Whether it dates by its own dispatch, a day before our receipt.
    pub(crate) dispatch_dates: bool,
    /// The last day its October statement covers, if that is not the 31st.
    pub(crate) cut_off: Option<NaiveDate>,
    pub(crate) items: Vec<Item>,
}

impl Supplier {
    /// What a clerk calls it: its name without place and legal form.
    pub(crate) fn short_name(&self) -> String {
        let name = PLACES.iter().find_map(|place| self.name.strip_prefix(place));
        let name = name.unwrap_or(&self.name);
        let forms = ["有限公司", "制品厂", "厂", "行"];
        let short = forms.iter().find_map(|form| name.strip_suffix(form));
        short.unwrap_or(name).to_owned()
    }
}

/// How many of which suppliers a month has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Market {
    pub(crate) suppliers: usize,
    /// Whether some of them write with tax.
    pub(crate) taxed: bool,
    /// Whether some of them close before the month ends.
    pub(crate) cut_offs: bool,
    /// Whether much agrees by chance: few items, prices and lots, and numbers
    /// one after the other.
    pub(crate) dense: bool,
}

const PLACES: [&str; 10] =
    ["绍兴", "东莞", "佛山市", "广州", "义乌", "温州", "昆山", "厦门", "泉州", "中山"];
const NAMES: [&str; 12] = [
    "恒泰隆",
    "永兴达",
    "宏达岭",
    "彩虹坊",
    "丰裕谷",
    "昌顺湾",
    "金麦穗",
    "鸿图",
    "顺景坡",
    "利民桥",
    "嘉禾川",
    "瑞祥阁",
];
const TRADES: [(&str, &str); 6] = [
    ("织造有限公司", "FB"),
    ("拉链厂", "ZP"),
    ("纽扣制品厂", "BT"),
    ("服装辅料行", "LB"),
    ("包装材料有限公司", "PK"),
    ("线业有限公司", "TH"),
];
const GOODS: [(&str, &str, bool); 14] = [
    ("全棉斜纹布", "米", true),
    ("弹力牛仔布", "米", true),
    ("口袋布", "米", true),
    ("毛圈卫衣布", "公斤", true),
    ("金属拉链", "条", false),
    ("树脂拉链", "条", false),
    ("四眼树脂扣", "个", false),
    ("金属工字扣", "个", false),
    ("洗水唛", "个", false),
    ("吊牌", "套", false),
    ("PE胶袋", "个", false),
    ("外箱", "个", false),
    ("缝纫线", "个", false),
    ("松紧带", "米", true),
];
const SPECS: [&str; 10] = [
    "150cm/260g",
    "147cm/10oz",
    "18L",
    "24L",
    "3# 18cm",
    "5# 60cm",
    "30*40cm 4丝",
    "60*40*35cm",
    "402 3000码",
    "50*90mm",
];
const COLOURS: [&str; 8] = ["藏青", "黑色", "卡其", "漂白", "麻灰", "古铜", "银色", "本白"];
/// Prices that many items of a trade share, in ten-thousandths.
const PRICES: [i64; 14] = [
    1_200, 2_600, 3_500, 6_200, 8_500, 18_500, 35_000, 53_500, 78_500, 114_000, 186_000, 235_000,
    468_350, 482_650,
];

/// Makes the suppliers of a month.
pub(crate) fn suppliers(market: Market, random: &mut Random) -> Vec<Supplier> {
    (0..market.suppliers).map(|index| supplier(index, market, random)).collect()
}

fn supplier(index: usize, market: Market, random: &mut Random) -> Supplier {
    let (trade, letters) = TRADES[index % TRADES.len()];
    let place = PLACES[(index * 7 + index / 10) % PLACES.len()];
    let name = NAMES[(index * 5 + index / 12) % NAMES.len()];
    let paper = match index % 8 {
        2 => {
            let printed = random.chance(40);
            Paper::Boxes { printed, listed: printed || random.chance(70) }
        }
        4 if market.taxed => Paper::Taxed {
            rate: *random.pick(&[13, 13, 13, 9, 6, 3]),
            stated: random.chance(50),
            ours: index % 16 == 12 || (index < 8 && random.chance(20)),
        },
        6 => Paper::WholeNotes,
        _ => Paper::Lines,
    };
    let numbering = match (index + random.below(2)) % 4 {
        1..=3 if market.dense => Numbering::Dense,
        0 => Numbering::Dated,
        1 => Numbering::Dense,
        2 => Numbering::Dashed,
        _ => Numbering::Long,
    };
    let prefix =
        format!("{}{}", char::from(b'A' + (index % 26) as u8), ['J', 'C', 'D'][index / 26 % 3]);
    let cut_off = (market.cut_offs && index.is_multiple_of(3))
        .then(|| NaiveDate::from_ymd_opt(2026, 10, if random.chance(50) { 28 } else { 25 }))
        .flatten();
    let count = if market.dense { random.between(2, 4) } else { random.between(8, 26) };
    let mut items: Vec<Item> = (0..count).map(|n| item(n, letters, paper, random)).collect();
    if market.dense && !paper.ours_taxed() {
        for item in &mut items {
            item.price = Decimal::from(*random.pick(&[2, 4, 5, 8]));
        }
    }
    Supplier {
        name: Arc::from(format!("{place}{name}{trade}")),
        prefix,
        numbering,
        paper,
        codes: random.chance(70),
        own_words: random.chance(25),
        undated: market.cut_offs && random.chance(8),
        standing: random.chance(20),
        lots: market.dense,
        dispatch_dates: random.chance(20),
        cut_off,
        items,
    }
}

fn item(n: i64, letters: &str, paper: Paper, random: &mut Random) -> Item {
    let boxes = matches!(paper, Paper::Boxes { .. });
    let (name, unit, measured) = loop {
        let goods = *random.pick(&GOODS);
        if !(boxes && goods.2) {
            break goods;
        }
    };
    let mut price = if random.chance(60) {
        Decimal::new(*random.pick(&PRICES), 4)
    } else {
        Decimal::new(random.between(12, 4_800), 2)
    };
    if let Paper::Taxed { rate, ours: true, .. } = paper {
        price = (price * with_tax(rate)).normalize();
    }
    let (spec, colour) = (random.pick(&SPECS), random.pick(&COLOURS));
    let text = format!("{name} {spec} {colour} {n:02}");
    let own_text = format!("{spec}{name}");
    // Codes a step of one apart: a neighbour's code is one edit away, too.
    let code = if random.chance(20) {
        format!("{:05}", 100 + n)
    } else {
        format!("{letters}-{}", 4001 + n)
    };
    Item {
        code: Arc::from(code),
        text: Arc::from(text),
        own_text: Arc::from(own_text),
        unit,
        price: price.normalize(),
        factor: *random.pick(&[12, 100, 200, 500, 1000]),
        measured,
    }
}
