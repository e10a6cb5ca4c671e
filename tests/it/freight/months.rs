//! Months made by a program that knows nothing of the engine: five styles of
//! rate card, planted errors of every class.

use super::ran::{Folder, Said};
use crate::months::random::Random;

/// Places, and the zone of each.
const PLACES: [(&str, usize); 9] = [
    ("浙江", 0),
    ("江苏", 0),
    ("上海", 0),
    ("安徽", 1),
    ("湖南", 1),
    ("福建", 1),
    ("四川", 2),
    ("陕西", 2),
    ("河南", 2),
];

/// How a carrier prices parcels.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Style {
    /// Half kilograms, volume by 6000, 10 % off, packing 5.00 agreed, several
    /// rows a waybill.
    Halves,
    /// Whole kilograms, volume by 8000.
    Wholes,
    /// Fixed tiers to 3 kg, whole kilograms beyond.
    Tiers,
    /// A price for each half kilogram to 3 kg, whole kilograms beyond: weights
    /// down the sheet, places across it.
    Matrix,
    /// The same the other way round, at prices of its own.
    Across,
}

/// Grams and cents: no fraction, and none of the engine's own arithmetic.
impl Style {
    pub(super) const ALL: [Self; 5] =
        [Self::Halves, Self::Wholes, Self::Tiers, Self::Matrix, Self::Across];

    fn chargeable(self, grams: u64) -> u64 {
        let step = if self == Style::Halves { 500 } else { 1000 };
        grams.div_ceil(step).max(1000 / step) * step
    }

    fn list(self, grams: u64, zone: usize) -> u64 {
        match self {
            Style::Halves => {
                let (first, step) = [(900, 100), (1100, 150), (1300, 250)][zone];
                first + (self.chargeable(grams) - 1000) / 500 * step
            }
            Style::Wholes => {
                let (first, step) = [(350, 120), (400, 180), (450, 250)][zone];
                first + (self.chargeable(grams) - 1000) / 1000 * step
            }
            Style::Tiers => {
                let zone = zone as u64;
                match grams {
                    0..=500 => 210 + 30 * zone,
                    501..=1000 => 240 + 40 * zone,
                    1001..=2000 => 300 + 60 * zone,
                    2001..=3000 => 380 + 80 * zone,
                    _ => 320 + 60 * zone + (grams - 1000).div_ceil(1000) * (100 + 40 * zone),
                }
            }
            Style::Matrix | Style::Across => {
                let (zone, base) = (zone as u64, if self == Style::Matrix { 240 } else { 290 });
                let half = |nth: u64| base + 70 * zone + nth * (35 + 15 * zone);
                let beyond = grams.saturating_sub(3000).div_ceil(1000);
                half(grams.min(3000).div_ceil(500).max(1) - 1) + beyond * (100 + 40 * zone)
            }
        }
    }

    fn net(self, list: u64) -> u64 {
        if self == Style::Halves { (list * 9 + 5) / 10 } else { list }
    }

    fn divisor(self) -> u64 {
        if self == Style::Wholes { 8000 } else { 6000 }
    }

    fn card(self) -> String {
        match self {
            Style::Halves => "疾风速运 运费价格表\n区域,省份,首重价(元/1kg),续重价(元/kg)\n1区,浙江、江苏、上海,9,2\n2区,安徽、湖南、福建,11,3\n3区,四川、陕西、河南,13,5\n\n说明：首重1kg；续重每0.5kg进位，按续重价的一半收；体积重÷6000；月结9折；包装费5元/票\n".into(),
            Style::Wholes => "疾风速运 快递报价\n目的省份,首重(元),续重(元/kg)\n浙江,3.5,1.2\n江苏,3.5,1.2\n上海,3.5,1.2\n安徽,4,1.8\n湖南,4,1.8\n福建,4,1.8\n其他,4.5,2.5\n\n首重1kg，续重不足1kg按1kg；长*宽*高/8000\n".into(),
            Style::Tiers => {
                let mut card = "疾风速运 电商价格表\n省份,0-0.5kg,0.5-1kg,1-2kg,2-3kg,3kg以上首重,3kg以上续重\n".to_owned();
                for (zone, places) in ["江浙沪", "安徽、湖南、福建", "四川、陕西、河南"].iter().enumerate() {
                    let z = zone as u64;
                    let prices = [210 + 30 * z, 240 + 40 * z, 300 + 60 * z, 380 + 80 * z, 320 + 60 * z, 100 + 40 * z];
                    let prices: Vec<String> = prices.iter().map(|&price| money(price)).collect();
                    card += &format!("\"{places}\",{}\n", prices.join(","));
                }
                card + "\n首重1kg，续重1kg；体积÷6000\n"
            }
            Style::Matrix | Style::Across => self.matrix(),
        }
    }
}

impl Style {
    /// A card of every half kilogram and every place.
    fn matrix(self) -> String {
        let places = ["江浙沪", "安徽、湖南、福建", "四川、陕西、河南"];
        let halves = ["0.5", "1", "1.5", "2", "2.5", "3"];
        let price = |nth: u64, zone| money(self.list(nth * 500, zone));
        let beyond = |zone: usize| money(100 + 40 * zone as u64);
        let mut rows = Vec::new();
        if self == Style::Matrix {
            rows.push(format!("重量(KG),{}", places.map(|place| format!("\"{place}\"")).join(",")));
            for (nth, half) in (1..).zip(halves) {
                let prices: Vec<String> = (0..3).map(|zone| price(nth, zone)).collect();
                rows.push(format!("{half},{}", prices.join(",")));
            }
            let beyond: Vec<String> = (0..3).map(beyond).collect();
            rows.push(format!("续重/KG,{}", beyond.join(",")));
        } else {
            rows.push(format!("省份/重量(KG),{},续重/KG", halves.join(",")));
            for (zone, place) in places.into_iter().enumerate() {
                let prices: Vec<String> = (1..=6).map(|nth| price(nth, zone)).collect();
                rows.push(format!("\"{place}\",{},{}", prices.join(","), beyond(zone)));
            }
        }
        format!("疾风速运 运费价格表\n{}\n体积÷6000\n", rows.join("\n"))
    }
}

fn money(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn kilograms(grams: u64) -> String {
    format!("{}.{:03}", grams / 1000, grams % 1000)
}

/// What must come of some rows.
#[derive(Debug, Clone)]
pub(super) struct Truth {
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
    pub(super) class: &'static str,
}

/// The classes that are planted, each on so many of a thousand parcels.
const CLASSES: [(&str, u64); 10] = [
    ("weight", 12),
    ("divisor", 10),
    ("zone", 12),
    ("rate", 12),
    ("surcharge", 10),
    ("double-billed", 10),
    ("not-shipped", 10),
    ("not-billed", 10),
    ("way-back", 8),
    ("typo", 6),
];

pub(super) struct Month {
    style: Style,
    random: Random,
    bill: Vec<String>,
    log: Vec<String>,
    pub(super) truths: Vec<Truth>,
}

impl Month {
    pub(super) fn make(style: Style, seed: u64, parcels: u64) -> Self {
        let bill = vec![
            "疾风速运 月结客户对账单 账期：2026-10".to_owned(),
            "序号,运单号码,日期,到件地区,计费重量(kg),产品类型,费用(元),应付金额(元),备注"
                .to_owned(),
        ];
        let log = vec![
            "运费登记表 2026年10月".to_owned(),
            "日期,旺旺号,目的地,货运部,单号,件数,重量,尺寸,运费,付款".to_owned(),
        ];
        let mut month = Self { style, random: Random::new(seed), bill, log, truths: Vec::new() };
        for number in 0..parcels {
            month.parcel(number);
        }
        month.bill.push("合计,,,,,,,,".to_owned());
        month
    }

    fn class(&mut self) -> &'static str {
        let mut at = self.random.below(1000) as u64;
        for (class, share) in CLASSES {
            if at < share {
                return class;
            }
            at -= share;
        }
        "clean"
    }

    fn parcel(&mut self, number: u64) {
        let class = self.class();
        let (place, zone) = PLACES[self.random.below(9)];
        let waybill = format!("JF{}", 13_000_000_000_u64 + number * 23_757);
        let day = 1 + number * 30 / 1000 % 30;
        // Volume decides where it is much more than the weight.
        let boxed = class == "divisor" || self.random.below(12) == 0;
        let weight = 100 + self.random.below(6000) as u64;
        let volume = 40 * 40 * (30 + self.random.below(30) as u64);
        let by = |divisor: u64| if boxed { (volume * 1000).div_ceil(divisor) } else { 0 };
        let grams = weight.max(by(self.style.divisor()));
        let size = if boxed { format!("40*40*{}", volume / 1600) } else { String::new() };
        let list = self.style.list(grams, zone);
        let logged =
            if class == "typo" { waybill.replacen("13", "31", 1) } else { waybill.clone() };
        if class != "not-shipped" {
            self.log.push(format!(
                "2026-10-{day:02},tb_{number},{place},疾风,{logged},1,{},{size},{},月结",
                kilograms(weight),
                money(list)
            ));
        }
        let right: Vec<usize> = if class == "not-shipped" { vec![] } else { vec![self.log.len()] };
        let (mut billed, mut to, mut billed_zone, mut price_list) = (grams, place, zone, list);
        match class {
            "weight" => billed = self.heavier(grams, zone),
            "divisor" => billed = weight.max(by(4000)),
            "zone" => {
                billed_zone = (zone + 1 + self.random.below(2)) % 3;
                to = PLACES.iter().find(|(_, other)| *other == billed_zone).unwrap().0;
            }
            _ => {}
        }
        if ["weight", "divisor", "zone"].contains(&class) {
            price_list = self.style.list(billed, billed_zone);
        }
        if class == "rate" {
            price_list += 70 + self.random.below(100) as u64;
        }
        if class == "not-billed" {
            self.truths.push(Truth { left: vec![], right, class });
            return;
        }
        let row = self.bill_row(
            &waybill,
            day,
            to,
            Some(billed),
            "标快",
            price_list,
            self.style.net(price_list),
            "",
        );
        let mut left = vec![row];
        if self.style == Style::Halves && self.random.below(15) == 0 {
            left.push(self.bill_row(&waybill, day, to, None, "包装服务", 500, 500, "包装费"));
        }
        if class == "surcharge" {
            left.push(self.bill_row(&waybill, day, to, None, "超长附加", 800, 800, ""));
        }
        let class_of_pair = match class {
            "double-billed" | "way-back" => "clean",
            "zone" | "rate" | "divisor" | "weight" if price_list == list => "clean",
            other => other,
        };
        self.truths.push(Truth { left, right, class: class_of_pair });
        if class == "double-billed" {
            let row = self.bill_row(
                &waybill,
                day,
                to,
                Some(billed),
                "标快",
                price_list,
                self.style.net(price_list),
                "",
            );
            self.truths.push(Truth { left: vec![row], right: vec![], class });
        } else if class == "way-back" {
            let back = self.bill_row(&waybill, day, to, Some(billed), "标快", 600, 600, "退回件");
            self.truths.push(Truth { left: vec![back], right: vec![], class });
        }
    }

    /// A weight that costs more.
    fn heavier(&mut self, grams: u64, zone: usize) -> u64 {
        let mut heavier = self.style.chargeable(grams) + 1000;
        while self.style.list(heavier, zone) == self.style.list(grams, zone) {
            heavier += 500;
        }
        heavier
    }

    #[expect(clippy::too_many_arguments, reason = "a row has so many cells")]
    fn bill_row(
        &mut self,
        waybill: &str,
        day: u64,
        place: &str,
        grams: Option<u64>,
        service: &str,
        list: u64,
        net: u64,
        remark: &str,
    ) -> usize {
        let weight = grams.map(|grams| {
            let fixed = [Style::Tiers, Style::Matrix, Style::Across].contains(&self.style);
            kilograms(if fixed && grams <= 3000 { grams } else { self.style.chargeable(grams) })
        });
        let number = self.bill.len() - 1;
        self.bill.push(format!(
            "{number},{waybill},10-{day:02},{place}省,{},{service},{},{},{remark}",
            weight.unwrap_or_default(),
            money(list),
            money(net)
        ));
        self.bill.len()
    }

    pub(super) fn run(&self) -> Said {
        let (bill, log) = (self.bill.join("\n"), self.log.join("\n"));
        Folder::of(&[("rates.csv", &self.style.card()), ("log.csv", &log), ("bill.csv", &bill)])
            .run()
    }
}
