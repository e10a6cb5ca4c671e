//! The invented firm, its suppliers and what they sell.

use rust_decimal::Decimal;

/// The firm whose month it is, as the three papers' languages write it.
pub(super) const FIRM: &str = "望棠湾家具有限公司";
pub(super) const FIRM_HANT: &str = "望棠灣家具有限公司";
pub(super) const FIRM_EN: &str = "WANGTANGWAN FURNITURE CO., LTD.";

/// A supplier.
#[derive(Debug)]
pub(super) struct Supplier {
    pub code: &'static str,
    /// The full name, as its own paper has it.
    pub name: &'static str,
    /// How our registers write it.
    pub short: &'static str,
    /// What a delivery note's number begins with.
    pub prefix: &'static str,
    /// Days of delivery in October.
    pub days: &'static [u32],
    /// Lines on each note.
    pub lines: usize,
    pub goods: &'static [Goods],
}

/// Something a supplier sells.
#[derive(Debug)]
pub(super) struct Goods {
    pub code: &'static str,
    pub name: &'static str,
    pub spec: &'static str,
    pub unit: &'static str,
    /// The agreed price of one unit, in ten-thousandths.
    pub price: i64,
    /// How many units a box holds; 1 where nobody counts boxes.
    pub pack: u32,
    /// The step in which it is ordered, in tenths of a unit.
    pub step: i64,
}

impl Goods {
    pub(super) fn price(&self) -> Decimal {
        Decimal::new(self.price, 4).normalize()
    }
}

const fn goods(
    code: &'static str,
    (name, spec): (&'static str, &'static str),
    unit: &'static str,
    price: i64,
    pack: u32,
    step: i64,
) -> Goods {
    Goods { code, name, spec, unit, price, pack, step }
}

pub(super) const WOOD: usize = 0;
pub(super) const HARDWARE: usize = 1;
pub(super) const FOAM: usize = 2;
pub(super) const CLOTH: usize = 3;
pub(super) const PAINT: usize = 4;
pub(super) const FITTINGS: usize = 5;

pub(super) const SUPPLIERS: [Supplier; 6] = [
    Supplier {
        code: "G001",
        name: "临沂枫栎湾木业有限公司",
        short: "枫栎湾木业",
        prefix: "FL2610",
        days: &[8, 12, 15, 19, 22, 26, 28, 30],
        lines: 3,
        goods: &[
            goods("MB-101", ("多层板", "18mm 1220*2440"), "张", 925_000, 1, 100),
            goods("MB-102", ("多层板", "15mm 1220*2440"), "张", 780_000, 1, 100),
            goods("MB-103", ("密度板", "9mm 1220*2440"), "张", 412_000, 1, 200),
            goods("MB-104", ("松木方", "40*60*3000"), "根", 168_000, 1, 500),
            goods("MB-105", ("橡木皮", "0.5mm"), "㎡", 236_000, 1, 405),
            goods("MB-106", ("封边条", "PVC 22mm 胡桃"), "米", 8_500, 1, 5000),
        ],
    },
    Supplier {
        code: "G002",
        name: "佛山市铆拓岗五金厂",
        short: "铆拓岗五金",
        prefix: "00812",
        days: &[9, 14, 17, 21, 27, 31],
        lines: 3,
        goods: &[
            goods("WJ-201", ("自攻螺丝", "4*30 镀锌"), "个", 460, 1000, 10_000),
            goods("WJ-202", ("缓冲铰链", "全盖 35mm"), "个", 36_000, 200, 2_000),
            goods("WJ-203", ("三合一连接件", "15mm"), "套", 9_200, 500, 5_000),
            goods("WJ-204", ("抽屉滑轨", "450mm 三节"), "付", 185_000, 20, 200),
            goods("WJ-205", ("拉手", "128孔距 黑"), "个", 42_000, 250, 2_500),
        ],
    },
    Supplier {
        code: "G003",
        name: "海宁绵润堰海绵制品厂",
        short: "绵润堰海绵",
        prefix: "MR261",
        days: &[9, 13, 16, 20, 23, 29],
        lines: 3,
        goods: &[
            goods("0301", ("高密度海绵", "35D 50mm"), "张", 486_000, 1, 60),
            goods("0302", ("回弹棉", "28D 30mm"), "张", 274_000, 1, 90),
            goods("0303", ("喷胶棉", "300g 1.5m"), "米", 62_000, 1, 1500),
            goods("0304", ("定型靠背", "62*48"), "件", 198_000, 1, 270),
        ],
    },
    Supplier {
        code: "G004",
        name: "杭州彩棉塘布业有限公司",
        short: "彩棉塘布业",
        prefix: "CM2610-1",
        days: &[10, 13, 16, 20, 24, 27],
        lines: 3,
        goods: &[
            goods("BL-401", ("棉麻布", "1.45m 米黄"), "米", 200_000, 1, 1000),
            goods("BL-402", ("雪尼尔", "1.42m 深灰"), "米", 320_000, 1, 700),
            goods("BL-403", ("底布", "1.5m 黑"), "米", 48_000, 1, 1500),
            goods("BL-404", ("科技皮", "1.38m 驼色"), "米", 365_000, 1, 600),
        ],
    },
    Supplier {
        code: "G005",
        name: "鴻棟灘塗料股份有限公司",
        short: "鸿栋滩涂料",
        prefix: "HD-2610",
        days: &[12, 15, 19, 22, 28],
        lines: 2,
        goods: &[
            goods("TL-501", ("PU面漆", "白 20kg"), "kg", 283_650, 1, 403),
            goods("TL-502", ("PU底漆", "透明 20kg"), "kg", 216_425, 1, 517),
            goods("TL-503", ("固化剂", "10kg"), "kg", 341_875, 1, 129),
            goods("TL-504", ("稀释剂", "16kg"), "kg", 128_835, 1, 311),
        ],
    },
    Supplier {
        code: "G006",
        name: "Northmere Fittings (HK) Limited",
        short: "Northmere Fittings",
        prefix: "NF-55",
        days: &[9, 14, 16, 21, 23, 27, 29],
        lines: 2,
        goods: &[
            goods("GS-80", ("Gas spring", "80N 245mm"), "PCS", 64_000, 1, 1000),
            goods("LS-24", ("LED strip", "24V 4000K"), "MTR", 112_000, 1, 500),
            goods("GC-08", ("Glass clamp", "8mm satin"), "PCS", 12_500, 1, 1000),
            goods("CW-50", ("Castor", "50mm brake"), "PCS", 38_500, 1, 800),
        ],
    },
];
