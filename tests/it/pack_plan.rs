//! `pack plan`: orders in many layouts become cartons, and no piece is lost.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::pack_final::{findings, section};
use crate::sandbox::{Ran, Sandbox};

/// Pieces by order, colour and size.
pub(crate) type Pieces = BTreeMap<(String, String, String), u64>;

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_str().map_or_else(|| value.as_u64(), |text| text.parse().ok()).unwrap()
}

/// Returns what is in the cartons of a plan.
pub(crate) fn packed(ran: &Ran) -> Pieces {
    let mut pieces = Pieces::new();
    for carton in section(ran, "cartons") {
        for content in carton["contents"].as_array().unwrap() {
            let key = (text(&carton["po"]), text(&carton["colour"]), text(&content["size"]));
            *pieces.entry(key).or_default() +=
                number(&content["pieces"]) * number(&carton["cartons"]);
        }
    }
    pieces
}

/// Runs a plan and returns its cartons as `from-to colour size×pieces …`.
pub(crate) fn plan(order: &str, spec: &str) -> (Ran, Vec<String>) {
    let sandbox = Sandbox::new();
    sandbox.write("order.csv", order).write("spec.csv", spec);
    let ran =
        sandbox.run(&["pack", "plan", "order.csv", "spec.csv", "--format", "json", "--lang", "en"]);
    let cartons = shown(&ran);
    (ran, cartons)
}

/// Shows the cartons of a plan as `from-to colour size×pieces …`.
pub(crate) fn shown(ran: &Ran) -> Vec<String> {
    let cartons = section(ran, "cartons");
    let shown = cartons.iter().map(|carton| {
        let contents = carton["contents"].as_array().unwrap().iter();
        let contents: Vec<String> = contents
            .map(|one| format!("{}×{}", text(&one["size"]), text(&one["pieces"])))
            .collect();
        let (from, to) = (&carton["number_from"], &carton["number_to"]);
        format!("{from}-{to} {} {}", text(&carton["colour"]), contents.join(" "))
    });
    shown.collect()
}

const CARD: &str = "\
包装资料 款号：K5199,
项目,内容
装箱方式,独色独码
每箱数量,24件/箱
外箱尺寸,600*400*350mm
空箱重,1.6kg
单件净重,450g
胶袋重,12g
限重,毛重≤15KG
尾箱,可混码，不可混色
";

#[test]
fn a_cross_table_and_a_card_of_facts_make_a_plan() {
    let order = "\
订单尺码明细表,,,,,
款号：K5199,PO：88121,目的国：美国,,,
颜色,尺码,,,,合计
,S,M,L,XXL,
黑色,50,48,30,,128
藏青,,24,,5,29
合计,50,72,30,5,157
";
    let (ran, cartons) = plan(order, CARD);
    assert_eq!(
        cartons,
        [
            "1-2 黑色 S×24",
            "3-4 黑色 M×24",
            "5-5 黑色 L×24",
            "6-6 黑色 S×2 L×6",
            "7-7 藏青 M×24",
            "8-8 藏青 XXL×5",
        ],
        "{ran}"
    );
    let cartons = section(&ran, "cartons");
    // 24 × 462 g = 11.088 kg, and 1.60 for the carton.
    assert_eq!(cartons[0]["net_weight"], "11.09");
    assert_eq!(cartons[0]["net_net_weight"], "10.80");
    assert_eq!(cartons[0]["gross_weight"], "12.69");
    assert_eq!(cartons[0]["cbm"], "0.084");
    assert_eq!(cartons[3]["kind"], "mixed");
    let totals = section(&ran, "totals");
    assert_eq!((&totals[0]["po"], &totals[0]["cartons"]), (&json!("88121"), &json!(8)));
    assert_eq!(totals[1]["cbm"], "0.672");
    assert_eq!(
        section(&ran, "bounds"),
        [json!({"po": "88121", "cartons": 8, "lower_bound": 8, "gap": 0, "proved": true})]
    );
    assert_eq!(findings(&ran), [], "{ran}");
}

#[test]
fn sizes_in_rows_and_groups_of_sizes_in_english() {
    let order = "\
PO No.,Destination,Style,Colour,Size,Qty
4500012,US,ST-1,Black,S,53
4500012,US,ST-1,Black,M,24
4500012,US,ST-1,Black,2XL,40
4500013,CA,ST-1,Black,S,24
";
    let spec = "\
Style,Size Group,Pcs per Carton,Carton Size (cm),Tare (kg),Unit Weight (g),Polybag weight (g)
ST-1,S-M,24,60*40*35,1.2,450,10
ST-1,XXL,18,60*40*35,1.2,520,10
";
    let (ran, cartons) = plan(order, spec);
    assert_eq!(
        cartons,
        [
            "1-2 Black S×24",
            "3-3 Black M×24",
            "4-5 Black 2XL×18",
            "6-6 Black S×5 2XL×4",
            "1-1 Black S×24",
        ],
        "{ran}"
    );
}

#[test]
fn ratios_inseams_and_traditional_characters() {
    let order = "\
訂單尺碼明細,,,,,
款號：J200,PO：PO-778,,,,
顏色,內長,28,30,32,合計
深藍,30,40,80,43,163
深藍,32,20,20,20,60
";
    let spec = "\
包裝資料 款號：J200,
項目,內容
裝箱方式,按配比
配比,28/30:5 30/30:10 32/30:5
每箱數量,20件/箱
外箱尺寸,58×38×30
空箱重,1.3kg
單件重,620g
膠袋重,12g
";
    let (ran, cartons) = plan(order, spec);
    assert_eq!(
        cartons,
        [
            "1-1 深藍 28/32×20",
            "2-2 深藍 30/32×20",
            "3-3 深藍 32/32×20",
            "4-11 深藍 28/30×5 30/30×10 32/30×5",
            "12-12 深藍 32/30×3",
        ],
        "{ran}"
    );
}

#[test]
fn what_is_not_known_is_asked_for_and_what_is_too_heavy_is_named() {
    let order = "款号,颜色,S,M,合计\nK1,红,30,30,60\n";
    let (ran, cartons) = plan(order, "款号,外箱尺寸,限重\nK1,60*40*35,15\n");
    assert_eq!(cartons, Vec::<String>::new());
    let codes: Vec<String> = findings(&ran).into_iter().map(|(code, _)| code).collect();
    assert!(codes.iter().filter(|code| *code == "missing-fact").count() >= 3, "{ran}");
    assert_eq!(codes.iter().filter(|code| *code == "not-packed").count(), 2, "{ran}");
    assert_eq!(ran.code, 1);

    let spec = "款号,每箱数量,配比,外箱尺寸,空箱重(kg),单件净重(g),限重(kg)\n\
                K1,24,12:12,60*40*35,1.2,800,15\n";
    let (ran, cartons) = plan(order, spec);
    assert_eq!(cartons[0], "1-2 红 S×12 M×12", "{ran}");
    let over = ("carton-over-weight".to_owned(), "order.csv!C2".to_owned());
    assert!(findings(&ran).contains(&over), "{ran}");
}

#[test]
fn a_row_that_does_not_add_up_and_a_bad_cell_are_said() {
    let order =
        "款号,PO,颜色,S,M,L,合计\nK1,7,红,30,三十,5,36\nK1,7,蓝,1,1,1,3\n合计,,,31,1,6,39\n";
    let (ran, _) = plan(order, "款号,每箱数量\nK1,10\n");
    let found = findings(&ran);
    assert!(found.contains(&("bad-number".to_owned(), "order.csv!E2".to_owned())), "{ran}");
    assert!(found.contains(&("total-mismatch".to_owned(), "order.csv!G2".to_owned())), "{ran}");
    let all: u64 = packed(&ran).values().sum();
    assert_eq!(all, 38, "{ran}");
}

/// A small generator, so that every run sees the same orders.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Writes an order of some sizes, colours and customer's orders, with cells
/// that hold nothing usable; returns it, its pieces, and the bad cells.
fn generated(dice: &mut Dice) -> (String, Pieces, usize) {
    let sizes: Vec<String> = match dice.roll(3) {
        0 => ["XS", "S", "M", "L", "XL", "2XL", "3XL"][..1 + dice.roll(7) as usize]
            .iter()
            .map(|size| (*size).to_owned())
            .collect(),
        1 => (0..2 + dice.roll(10)).map(|at| (80 + at * 10).to_string()).collect(),
        _ => (0..40 + dice.roll(21))
            .map(|at| format!("{}/{}", 24 + at % 20, 28 + at / 20 * 2))
            .collect(),
    };
    let mut lines = vec![format!("款号,PO,颜色,{},合计", sizes.join(","))];
    let (mut pieces, mut bad) = (Pieces::new(), 0);
    for po in 0..1 + dice.roll(3) {
        for colour in &["黑", "白", "藏青"][..1 + dice.roll(3) as usize] {
            let mut cells = Vec::new();
            let mut sum = 0;
            for (at, size) in sizes.iter().enumerate() {
                // The first cell is always good: a row without pieces is none.
                let count = if at == 0 { 1 + dice.roll(300) } else { dice.roll(300) };
                match if at == 0 { 9 } else { dice.roll(12) } {
                    0 => cells.push(String::new()),
                    1 => {
                        cells.push("待定?".to_owned());
                        bad += 1;
                    }
                    _ => {
                        cells.push(if dice.roll(4) == 0 {
                            format!("{count}件")
                        } else {
                            count.to_string()
                        });
                        sum += count;
                        if count > 0 {
                            pieces.insert(
                                (format!("P{po}"), (*colour).to_owned(), size.clone()),
                                count,
                            );
                        }
                    }
                }
            }
            lines.push(format!("K9,P{po},{colour},{},{sum}", cells.join(",")));
        }
    }
    (lines.join("\n") + "\n", pieces, bad)
}

#[test]
fn every_piece_of_generated_orders_is_packed_once() {
    let mut dice = Dice(7);
    for _ in 0..10 {
        let (order, expected, bad) = generated(&mut dice);
        let cap = 6 + dice.roll(50);
        let (ran, _) = plan(&order, &format!("款号,每箱数量\nK9,{cap}\n"));
        assert_eq!(packed(&ran), expected, "{order}\n{ran}");
        let said = findings(&ran).iter().filter(|(code, _)| code == "bad-number").count();
        assert_eq!(said, bad, "{order}\n{ran}");
        for carton in section(&ran, "cartons") {
            assert!(number(&carton["pieces"]) <= cap, "{ran}");
        }
    }
}

#[test]
fn printed_numbers_stay_when_the_order_changes() {
    let sandbox = Sandbox::new();
    let order =
        |small: u32| format!("款号,PO,颜色,S,M,合计\nK5199,7,黑,{small},48,{}\n", small + 48);
    sandbox.write("spec.csv", CARD).write("order.csv", order(50));
    let first = sandbox.run(&["装箱", "计划", "order.csv", "spec.csv", "-o", "plan.xlsx"]);
    assert_eq!(first.code, 0, "{first}");
    sandbox.write("order.csv", order(74));
    let args = ["pack", "plan", "order.csv", "spec.csv", "plan.xlsx", "--format", "json"];
    let again = sandbox.run(&args);
    let cartons = section(&again, "cartons");
    let shown: Vec<String> = cartons
        .iter()
        .map(|carton| {
            let content = &carton["contents"][0];
            format!(
                "{}-{} {}{}",
                carton["number_from"],
                carton["number_to"],
                text(&content["size"]),
                text(&content["pieces"])
            )
        })
        .collect();
    assert_eq!(shown, ["1-2 S24", "3-4 M24", "5-5 S2", "6-6 S24"], "{again}");
}

#[test]
fn one_odd_carton_an_order_is_a_rule_in_words_or_in_a_column() {
    let order = "\
PO：88200,款号：K7,,,
颜色,S,M,L,合计
红,24,5,6,35
蓝,7,,4,11
";
    let card = |rule: &str| {
        format!(
            "包装资料 款号：K7,\n项目,内容\n每箱数量,24件/箱\n外箱尺寸,60*40*35cm\n空箱重,1kg\n{rule}\n"
        )
    };
    let free = plan(order, &card("尾箱,可混码不可混色")).1;
    assert_eq!(free, ["1-1 红 S×24", "2-2 红 M×5 L×6", "3-3 蓝 S×7 L×4"]);
    for rule in ["尾箱,每单最多一个尾箱", "每单尾箱数,1", "尾箱,Only one odd carton per PO"]
    {
        let (ran, cartons) = plan(order, &card(rule));
        assert_eq!(cartons, ["1-1 红 S×24", "2-2  M×5 L×6 S×7 L×4"], "{rule}: {ran}");
        assert_eq!(section(&ran, "cartons")[1]["colour"], json!(null), "{ran}");
    }
    // Two rules that cannot both be kept: it is said, not decided.
    let (ran, _) = plan(order, &card("尾箱,每单最多一个尾箱，不可混色"));
    assert!(findings(&ran).iter().any(|(code, _)| code == "too-many-odd-cartons"), "{ran}");
}

#[test]
fn how_many_ratios_are_chosen_is_the_specs_to_say() {
    let order = "PO：9,款号：K8,,,,\n颜色,S,M,L,XL,合计\n黑,61,125,140,77,403\n";
    let ratios = |rule: &str| {
        let spec = format!(
            "包装资料 款号：K8,\n项目,内容\n装箱方式,按配比{rule}\n每箱数量,24\n外箱尺寸,60*40*35cm\n空箱重,1kg\n"
        );
        let (ran, _) = plan(order, &spec);
        let cartons = section(&ran, "cartons");
        let count = cartons.iter().filter(|carton| carton["kind"] == "ratio").count();
        (count, section(&ran, "bounds")[0].clone())
    };
    let (one, two, three) = (ratios("，最多1种配比"), ratios(""), ratios("\n配比种数,3"));
    assert!(one.0 == 1 && two.0 <= 2 && three.0 <= 3, "{one:?} {two:?} {three:?}");
    let cartons = |found: &(usize, Value)| found.1["cartons"].as_u64().unwrap();
    assert!(cartons(&three) <= cartons(&two) && cartons(&two) <= cartons(&one));
    assert_eq!(three.1["proved"], true, "{three:?}");
}

#[test]
fn a_rule_that_nobody_understands_is_said_at_its_cell() {
    let spec = "包装资料 款号：K8,\n项目,内容\n每箱数量,24\n外箱尺寸,60*40*35cm\n空箱重,1kg\n尾箱,按乙方案；可混码\n";
    let (ran, _) = plan("PO：9,款号：K8,,\n颜色,S,M,合计\n黑,25,2,27\n", spec);
    let unread = |(code, at): &(String, String)| code == "fact-unread" && at == "spec.csv!B6";
    assert!(findings(&ran).iter().any(unread), "{ran}");
}

#[test]
fn weights_and_volumes_are_those_of_the_trade_s_worked_carton() {
    let spec = "包装资料 款号：K1,\n项目,内容\n每箱数量,24\n外箱尺寸,60*40*35cm\n空箱重,1.6kg\n单件净重,450g\n胶袋重,16.67g\n";
    let (ran, cartons) = plan("PO：1,款号：K1,,\n颜色,S,M,合计\n黑,576,24,600\n", spec);
    assert_eq!(cartons, ["1-24 黑 S×24", "25-25 黑 M×24"], "{ran}");
    let carton = &section(&ran, "cartons")[0];
    assert_eq!(
        (&carton["net_weight"], &carton["gross_weight"]),
        (&json!("11.20"), &json!("12.80"))
    );
    let totals = &section(&ran, "totals")[0];
    let figures = ["net_weight", "gross_weight", "cbm"].map(|key| totals[key].as_str().unwrap());
    assert_eq!(figures, ["280.00", "320.00", "2.100"], "{ran}");
}

#[test]
fn a_card_of_facts_needs_neither_title_nor_heading_and_may_be_in_traditional_words() {
    let order = "\
客戶：北岸服飾,,款式編號：TW-77,訂單號碼：N-3301,
色號,褲長,27,28,小計
01,30,12,24,36
01,32,24,48,72
";
    let card = "\
款式編號,TW-77
裝箱方式,獨色獨碼
每箱入數,12 件
外箱尺寸,50*40*30公分
空箱重量,0.95 公斤
單件淨重,0.62 公斤
膠袋重量,15公克
毛重上限,12 公斤
尾箱處理,同色混碼，不可混色
";
    let (ran, cartons) = plan(order, card);
    assert_eq!(
        cartons,
        ["1-1 01 27/30×12", "2-3 01 28/30×12", "4-5 01 27/32×12", "6-9 01 28/32×12"],
        "{ran}"
    );
    // 12 × 635 g, and 0.95 for the carton.
    assert_eq!(section(&ran, "cartons")[0]["gross_weight"], "8.57", "{ran}");
    assert_eq!(findings(&ran), [], "{ran}");
}

#[test]
fn goods_for_two_warehouses_share_no_carton() {
    let order = "\
合同号,货号,花色,码数,下单数,收货仓
HT-9,Q1,豆绿,80,50,东仓
HT-9,Q1,豆绿,100,20,西仓
";
    let spec = "货号,码数,装箱数,纸箱规格(mm)\nQ1,80-90,20,500*400*300\nQ1,100,16,500*400*300\n";
    let (ran, cartons) = plan(order, spec);
    assert_eq!(
        cartons,
        ["1-2 豆绿 80×20", "3-3 豆绿 80×10", "4-4 豆绿 100×16", "5-5 豆绿 100×4"],
        "{ran}"
    );
    assert_eq!(section(&ran, "cartons")[3]["destination"], "西仓", "{ran}");
}
