//! A supplier month as a report, of invented firms: every kind of column,
//! row, formula and sheet that reports have.

use std::sync::Arc;

use chrono::NaiveDate;
use gendan::engine::line_id::{LineIds, Parts};
use gendan::finding::{Finding, Severity, codes};
use gendan::input::table::Role;
use gendan::lang::Lang;
use gendan::location::{CellRef, Location, SheetId};
use gendan::report::{
    Cell, Chart, ChartKind, Column, ColumnRead, InputRead, Report, Row, RowStyle, Sheet, Table,
    Tone, appendix, decisions,
};
use rust_decimal::Decimal;

const PARTIES: [&str; 4] = [
    "绍兴市锦纶坊织造有限公司",
    "东莞市大岭拉链厂",
    "Harbourline Trimmings (HK) Limited",
    "昱順織帶股份有限公司",
];

pub(super) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn place(path: &str, sheet: Option<&str>, cell: &str) -> Location {
    let id = SheetId { path: path.into(), sheet: sheet.map(str::to_owned) };
    Location::new(&Arc::new(id), CellRef::parse(cell).unwrap())
}

fn theirs(party: usize, row: u32) -> Location {
    let (path, sheet) = [
        ("2026-10/锦纶坊10月对账单.xlsx", Some("10月")),
        ("2026-10/大岭拉链2026.10.xls", Some("Sheet1")),
        ("2026-10/Harbourline_SOA_Oct.csv", None),
        ("2026-10/昱順_對帳單_11510.xlsx", Some("應收帳款")),
    ][party];
    place(path, sheet, &format!("H{row}"))
}

fn ours(row: u32) -> Location {
    place("2026-10/入库明细2026年10月.xlsx", Some("10月入库"), &format!("J{row}"))
}

/// The report: summary, differences, matched, bridge, problems, inputs.
pub(super) fn report() -> Report {
    let mut report = Report::new("reconcile-supplier", "供应商对账", Lang::Hans);
    report.period = Some("2026-10".into());
    report.needs_person = true;
    report.notes = vec!["没有价格表，单价没有核对约定价。".into()];
    report.sheets = vec![summary(), differences(), matched(120), bridge()];
    report.findings = vec![
        Finding::new(codes::TOTAL_MISMATCH, Severity::Warning)
            .at(theirs(2, 65))
            .with("label", "合计")
            .with("found", "55,641.60")
            .with("expected", "54,741.60")
            .with("difference", "900.00"),
        Finding::new(codes::BAD_NUMBER, Severity::Error)
            .at(theirs(0, 18))
            .related(ours(17))
            .with("found", "12．5o"),
    ];
    report.inputs = vec![input("2026-10/锦纶坊10月对账单.xlsx", Some("10月"), 54)];
    report.inputs.push(input("2026-10/Harbourline_SOA_Oct.csv", None, 60));
    let (problems, inputs) = (appendix::problems(&report), appendix::inputs(&report));
    report.sheets.extend([problems, inputs]);
    report
}

fn input(path: &str, sheet: Option<&str>, body: u32) -> InputRead {
    let column = |letters: &str, header: &str, field: Option<&str>| ColumnRead {
        column: letters.into(),
        header: header.into(),
        field: field.map(str::to_owned),
    };
    InputRead {
        confidence: 97,
        path: path.into(),
        sheet: sheet.map(str::to_owned),
        kind: Some("supplier_statement".into()),
        party: Some(PARTIES[0].into()),
        table: Some("A4:K57".into()),
        header_rows: vec![4],
        columns: vec![
            column("A", "日期", Some("doc_date")),
            column("B", "送货单号", Some("delivery_note_no")),
            column("C", "品名规格", Some("item_name")),
            column("D", "缸号", None),
            column("F", "数量", Some("qty")),
            column("G", "单价", Some("unit_price")),
            column("H", "金额", Some("amount")),
        ],
        rows: [(Role::Title, 3), (Role::Body, body), (Role::Total, 1), (Role::Signature, 1)].into(),
        rejected: 1,
    }
}

fn summary() -> Sheet {
    let mut table = Table::new([
        Column::text("party", "供应商").width(34),
        Column::money("left", "对方期末余额").sum(),
        Column::money("right", "我方期末余额").sum(),
        Column::money("difference", "差异").sum(),
        Column::money("listed", "差异明细").sum(),
        Column::money("opening", "期初差异").sum(),
        Column::money("residual", "未解释").sum(),
        Column::integer("open", "待处理").sum(),
        Column::word("status", "状态"),
        Column::text("why", "主要原因").width(34),
    ])
    .total("合计");
    let rows = [
        (
            "650426.91",
            "655005.16",
            "-4578.25",
            "0.00",
            4_u32,
            "对方漏开一行 -11,268.25；数量、单价",
        ),
        ("189782.30", "179837.30", "9945.00", "0.00", 1, "单价小数点错位"),
        ("100643.50", "100463.50", "180.00", "0.00", 1, "运费未约定"),
        ("152300.00", "152300.00", "0.00", "0.00", 0, ""),
    ];
    for (party, (left, right, listed, opening, open, why)) in PARTIES.iter().zip(rows) {
        let difference = dec(left) - dec(right);
        let settled = open == 0;
        let (tone, word) =
            if settled { (Tone::Good, "已核平") } else { (Tone::Bad, "有差异") };
        table.push(
            Row::new([
                (*party).into(),
                dec(left).into(),
                dec(right).into(),
                Cell::calc("{left}-{right}", difference),
                Cell::calc(
                    "SUMIF({differences.party@all},{party},{differences.difference@all})",
                    dec(listed),
                ),
                dec(opening).into(),
                Cell::calc("{difference}-{listed}-{opening}", Decimal::ZERO),
                open.into(),
                Cell::word(tone, word),
                why.into(),
            ])
            .weight(difference),
        );
    }
    Sheet::new("summary", "汇总")
        .landscape()
        .title("供应商对账汇总")
        .fact("期间", "2026-10")
        .fact("供应商", "4 家")
        .fact("对账截止", "2026-11-05（还剩 2 个工作日）")
        .table(table)
        .text("差异 = 对方期末余额 − 我方期末余额。未解释为 0.00 表示差异已逐笔列出。")
        .chart(Chart {
            kind: ChartKind::Bar,
            title: "各供应商差异".into(),
            categories: "party",
            series: vec!["difference"],
        })
        .on_terminal(10)
}

struct Difference {
    party: usize,
    status: (Tone, &'static str),
    document: &'static str,
    item: &'static str,
    left: Option<(&'static str, &'static str, &'static str, u32)>,
    right: Option<(&'static str, &'static str, &'static str, u32)>,
    causes: &'static str,
    why: &'static str,
}

fn differences() -> Sheet {
    let differs = (Tone::Bad, "有差异");
    let rows = [
        Difference {
            party: 0,
            status: differs,
            document: "HJ26100812",
            item: "弹力牛仔布 147cm/10oz 靛蓝",
            left: Some(("1000", "18.90", "18900.00", 14)),
            right: Some(("980", "18.90", "18522.00", 13)),
            causes: "数量 378.00",
            why: "对方多开 20 米 × 18.90 = 378.00",
        },
        Difference {
            party: 0,
            status: differs,
            document: "HJ26101107",
            item: "府绸 145cm/120g 漂白",
            left: Some(("650", "19.20", "12480.00", 31)),
            right: Some(("630", "18.90", "11907.00", 30)),
            causes: "数量 378.00；单价 195.00",
            why: "短收 20 米 × 18.90 = 378.00；单价高 0.30 × 650 = 195.00",
        },
        Difference {
            party: 0,
            status: (Tone::Warning, "仅对方有"),
            document: "HJ26101799",
            item: "=HYPERLINK(\"http://x\",\"里布\")",
            left: Some(("420", "9.80", "4116.00", 39)),
            right: None,
            causes: "未收到 4,116.00",
            why: "没有收到：我方入库里没有这个单号，也没有相同品名、数量的行（最近的是 HJ26101779，数量不同）",
        },
        Difference {
            party: 0,
            status: (Tone::Warning, "仅我方有"),
            document: "HJ26102084",
            item: "毛圈卫衣布 180cm/320g 麻灰",
            left: None,
            right: Some(("596.2", "18.90", "9645.25", 34)),
            causes: "对方未开 -9,645.25",
            why: "对方漏开：同一送货单的其他行都在对账单上",
        },
        Difference {
            party: 1,
            status: differs,
            document: "000123",
            item: "尼龙闭尾拉链 3# 20cm",
            left: Some(("1300", "8.50", "11050.00", 59)),
            right: Some(("1300", "0.85", "1105.00", 118)),
            causes: "小数点 9,945.00",
            why: "单价小数点错位：8.50 应为 0.85，约定价 0.85",
        },
        Difference {
            party: 2,
            status: (Tone::Warning, "仅对方有"),
            document: "SOA-FRT-10",
            item: "Freight",
            left: Some(("1", "180.00", "180.00", 54)),
            right: None,
            causes: "运费 180.00",
            why: "价格表写明送货上门，没有约定运费",
        },
    ];
    let mut table = Table::new(
        [
            Column::text("party", "供应商").width(18),
            Column::word("status", "状态").width(9),
            Column::id("document", "单号").width(13),
            Column::date("date", "日期"),
            Column::text("item", "品名规格").width(20),
            Column::quantity("left_quantity", "对方数量").detail(),
            Column::price("left_price", "对方单价").detail(),
            Column::money("left_amount", "对方金额").sum(),
            Column::quantity("right_quantity", "我方数量").detail(),
            Column::price("right_price", "我方单价").detail(),
            Column::money("right_amount", "我方金额").sum(),
            Column::money("difference", "差异").sum(),
            Column::text("causes", "原因").width(16),
            Column::text("why", "说明").width(34),
        ]
        .into_iter()
        .chain(decisions::columns(Lang::Hans))
        .chain([
            Column::cell("left_at", "对方位置").width(16).detail().off_paper(),
            Column::cell("right_at", "我方位置").width(16).detail().off_paper(),
        ]),
    )
    .total("合计")
    .empty("没有差异");
    let mut ids = LineIds::default();
    for row in rows {
        table.push(difference(&row, &mut ids));
    }
    Sheet::new("differences", "差异")
        .landscape()
        .title("差异明细")
        .fact("期间", "2026-10")
        .fact("规则", "差异 = 对方 − 我方，各原因相加等于差异，一分不差")
        .table(table)
        .on_terminal(5)
}

fn difference(row: &Difference, ids: &mut LineIds) -> Row {
    let side = |side: &Option<(&str, &str, &str, u32)>, at: usize| -> Option<Decimal> {
        side.as_ref().map(|side| dec([side.0, side.1, side.2][at]))
    };
    let amounts = (side(&row.left, 2), side(&row.right, 2));
    let difference = amounts.0.unwrap_or_default() - amounts.1.unwrap_or_default();
    let cells = [
        PARTIES[row.party].into(),
        Cell::word(row.status.0, row.status.1),
        row.document.into(),
        NaiveDate::from_ymd_opt(2026, 10, 8).into(),
        row.item.into(),
        side(&row.left, 0).into(),
        side(&row.left, 1).into(),
        amounts.0.into(),
        side(&row.right, 0).into(),
        side(&row.right, 1).into(),
        amounts.1.into(),
        Cell::calc("{left_amount}-{right_amount}", difference),
        row.causes.into(),
        row.why.into(),
    ];
    let places = [
        row.left.as_ref().map(|side| theirs(row.party, side.3)).into(),
        row.right.as_ref().map(|side| ours(side.3)).into(),
    ];
    let told = [PARTIES[row.party], row.document, row.item];
    let mut parts = Parts::default();
    told.into_iter().for_each(|part| parts.add(part));
    let id = ids.id_of(parts);
    Row::new(cells.into_iter().chain(decisions::cells(Lang::Hans, None)).chain(places))
        .id(id)
        .weight(difference)
}

/// Returns a sheet of `count` matched lines.
pub(super) fn matched(count: u32) -> Sheet {
    let mut table = Table::new([
        Column::text("party", "供应商").width(24),
        Column::id("document", "单号"),
        Column::date("date", "日期"),
        Column::text("item", "品名规格"),
        Column::quantity("quantity", "数量"),
        Column::text("unit", "单位"),
        Column::price("price", "单价"),
        Column::money("amount", "金额").sum(),
        Column::cell("left_at", "对方位置"),
        Column::cell("right_at", "我方位置"),
    ])
    .total("合计")
    .empty("没有对上的行");
    let items = ["弹力牛仔布 147cm/10oz 靛蓝", "树脂开尾拉链 5# 60cm 麻灰", "织带 2.5cm 漂白"];
    for at in 0..count {
        let party = at as usize * PARTIES.len() / count as usize;
        let quantity =
            Decimal::from(at * 37 % 900 + 100) / Decimal::from(if at % 5 == 0 { 4 } else { 1 });
        let price = Decimal::new(i64::from(at % 13 + 1) * 85, if at % 3 == 0 { 3 } else { 2 });
        let amount = (quantity * price)
            .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        table.push(Row::new([
            PARTIES[party].into(),
            format!("0{:07}", 26_100_000 + at).into(),
            NaiveDate::from_ymd_opt(2026, 10, at % 31 + 1).into(),
            items[at as usize % 3].into(),
            quantity.into(),
            "米".into(),
            price.into(),
            Cell::calc("{quantity}*{price}", amount),
            theirs(party, at + 8).into(),
            vec![ours(at + 4), ours(at + 5)].into(),
        ]));
    }
    Sheet::new("matched", "对上的行").landscape().title("对上的行").table(table)
}

fn bridge() -> Sheet {
    let mut table = Table::new([
        Column::text("step", "项目").width(34),
        Column::money("amount", "金额"),
        Column::money("running", "累计"),
        Column::place("lines", "涉及的行").width(40),
    ]);
    let steps = [
        ("数量", "-756.00", vec![theirs(0, 14), theirs(0, 31)]),
        ("单价", "-195.00", vec![theirs(0, 31)]),
        ("对方开了、我方未收", "-4116.00", vec![theirs(0, 39)]),
        ("我方收了、对方未开", "9645.25", vec![ours(34)]),
    ];
    for (party, left, right, steps) in [
        (PARTIES[0], "650426.91", "655005.16", steps.as_slice()),
        (PARTIES[3], "152300.00", "152300.00", &[]),
    ] {
        table.push(Row::group(party));
        let mut running = dec(left);
        table.push(
            Row::new(["对方期末余额".into(), running.into(), Cell::calc("{amount}", running)])
                .style(RowStyle::Strong),
        );
        for (step, amount, lines) in steps {
            running += dec(amount);
            table.push(
                Row::new([
                    (*step).into(),
                    dec(amount).into(),
                    Cell::calc("{running@above}+{amount}", running),
                    lines.clone().into(),
                ])
                .level(1),
            );
        }
        table.push(
            Row::new(["我方期末余额".into(), dec(right).into(), Cell::Empty])
                .style(RowStyle::Strong),
        );
        let at = table.rows.len();
        let residual = running - dec(right);
        let (tone, word) =
            if residual.is_zero() { (Tone::Good, "平") } else { (Tone::Bad, "不平") };
        let check =
            format!("IF(ROUND({{running@{}}}-{{amount@{}}},2)=0,\"平\",\"不平\")", at - 2, at - 1);
        table.push(
            Row::new([
                "余额差（应为 0.00）".into(),
                Cell::calc(format!("{{running@{}}}-{{amount@{}}}", at - 2, at - 1), residual),
                Cell::calc(check, Cell::word(tone, word)),
            ])
            .style(RowStyle::Subtotal),
        );
    }
    Sheet::new("bridge", "余额过渡").title("从对方余额到我方余额").table(table)
}
