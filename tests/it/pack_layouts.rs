//! `pack plan` on orders and specs that are laid out in other ways.

use serde_json::json;

use crate::pack_final::{findings, section};
use crate::pack_plan::{plan, shown};
use crate::sandbox::{Ran, Sandbox};

/// Runs a plan of files by name and text.
fn plan_of(files: &[(&str, &str)]) -> (Ran, Vec<String>) {
    let sandbox = Sandbox::new();
    let mut args = vec!["pack", "plan"];
    for (name, text) in files {
        sandbox.write(name, text);
        args.push(name);
    }
    let ran = sandbox.run(&[&args[..], &["--format", "json", "--lang", "en"]].concat());
    let cartons = shown(&ran);
    (ran, cartons)
}

fn codes(ran: &Ran) -> Vec<String> {
    findings(ran).into_iter().map(|(code, _)| code).collect()
}

const TWELVE: &str =
    "款号,每箱数量,外箱尺寸,空箱重,单件净重,胶袋重\nK1,12,60*40*35cm,1kg,300g,10g\n";

#[test]
fn rows_of_ratios_are_ratios_and_no_pieces() {
    let order = "款号：K1,PO：7,,,,,\n颜色,类别,S,M,L,XL,合计\n\
                 黑,订单数,25,50,50,24,149\n黑,配比,1,2,2,1,6\n黑,裁数,26,51,51,25,153\n";
    let (ran, cartons) = plan(order, TWELVE);
    assert_eq!(cartons, ["1-12 黑 S×2 M×4 L×4 XL×2", "13-13 黑 S×1 M×2 L×2"], "{ran}");
    // What was cut is said to be left out.
    assert_eq!(findings(&ran), [("rejected-row".to_owned(), "order.csv!A5".to_owned())], "{ran}");

    let below = "款号：K1,PO：7,,,,\n颜色,S,M,L,合计\n黑,24,48,24,96\n白,12,24,12,48\n\
                 配比,1,2,1,4\n";
    let (ran, cartons) = plan(below, TWELVE);
    assert_eq!(cartons, ["1-8 黑 S×3 M×6 L×3", "9-12 白 S×3 M×6 L×3"], "{ran}");
}

#[test]
fn colours_may_stand_in_columns_or_under_other_words() {
    let across = "款号：K1,PO：991,,,\nSize,Black,White,Olive,Total\n\
                  S,10,12,8,30\nM,20,24,16,60\nTotal,30,36,24,90\n";
    let (ran, _) = plan(across, TWELVE);
    let packed = crate::pack_plan::packed(&ran);
    let of = |colour: &str, size: &str| {
        packed.get(&("991".to_owned(), colour.to_owned(), size.to_owned())).copied()
    };
    assert_eq!(of("Black", "S"), Some(10), "{ran}");
    assert_eq!(of("Olive", "M"), Some(16), "{ran}");
    assert_eq!(packed.values().sum::<u64>(), 90, "{ran}");

    let wash = "Style: K1,PO: 9,,,\nWash,Inseam,30,32,Total\nIndigo,30,12,24,36\n\
                Indigo,32,24,12,36\nBlack,30,12,12,24\n";
    let (ran, cartons) = plan(wash, TWELVE);
    assert_eq!(cartons.iter().filter(|shown| shown.contains("Indigo")).count(), 4, "{ran}");
    assert!(cartons.contains(&"7-7 Black 30/30×12".to_owned()), "{ran}");
}

#[test]
fn shoes_have_halves_and_other_names_of_sizes() {
    let order = "鞋类订单尺码,,,,,,,\nPO：SH-1,款号：K1,,,,,,\n\
                 配色,EU,35.5,36,37,37.5,38,合计(双)\n,UK,2.5,3.5,4,4.5,5,\n\
                 黑/白,,12,24,36,36,48,156\n灰,,6,12,18,18,24,78\n";
    let (ran, cartons) = plan(order, TWELVE);
    assert!(cartons.contains(&"1-1 黑/白 35.5×12".to_owned()), "{ran}");
    let packed: u64 = crate::pack_plan::packed(&ran).values().sum();
    assert_eq!(packed, 234, "{ran}");
}

#[test]
fn facts_may_differ_by_sizes_or_be_told_in_sentences() {
    let order = "款号：K1,PO：7,,,\n颜色,90cm,100cm,110cm,合计\n红,40,40,40,120\n";
    let card = "包装要求,款号：K1\n每箱件数,90-100cm：40件；110cm：20件\n外箱尺寸,50 x 40 x 30 cm\n\
                空箱重,900g\n单件净重,0.2kg\n胶袋重,5g\n";
    let (ran, cartons) = plan(order, card);
    assert_eq!(cartons, ["1-1 红 90cm×40", "2-2 红 100cm×40", "3-4 红 110cm×20"], "{ran}");
    assert_eq!(section(&ran, "cartons")[0]["length"], "500", "{ran}");
    assert_eq!(findings(&ran), [], "{ran}");

    let told = "K1 包装说明\n1、独色独码，每箱20件，尾箱同色混码\n\
                2、外箱：60*40*35cm，空箱1.1KG，限重15KG\n3、单件净重0.35KG，胶袋8克\n";
    let sandbox = Sandbox::new();
    sandbox.write("order.csv", order).write("包装说明.txt", told);
    let args = ["pack", "plan", "order.csv", "packing_spec=包装说明.txt", "--format", "json"];
    let ran = sandbox.run(&args);
    let cartons = section(&ran, "cartons");
    assert_eq!((cartons.len(), &cartons[0]["gross_weight"]), (3, &json!("8.26")), "{ran}");
}

#[test]
fn cartons_have_kinds_and_the_last_one_its_own() {
    let order = "款号：K1,PO：7,,\n颜色,S,M,合计\n黑,24,31,55\n";
    let spec =
        "款号,每箱数量,纸箱型号,单件净重,胶袋重,尾箱\nK1,24,A箱,400g,10g,可混码，尾箱用B箱\n";
    let types = "纸箱资料,,,\n纸箱型号,外箱尺寸,空箱重,说明\nA箱,60*40*35cm,1.2kg,大箱\nB箱,40*40*30cm,0.8kg,\n";
    let (ran, _) = plan_of(&[("order.csv", order), ("spec.csv", spec), ("types.csv", types)]);
    let cartons = section(&ran, "cartons");
    assert_eq!(
        (&cartons[0]["length"], &cartons[0]["gross_weight"]),
        (&json!("600"), &json!("11.04"))
    );
    let last = cartons.last().unwrap();
    assert_eq!((&last["length"], &last["gross_weight"]), (&json!("400"), &json!("3.67")), "{ran}");
}

#[test]
fn edges_in_letters_a_piece_in_two_cartons_and_bags_by_their_unit() {
    let order = "PO,Item No.,Description,Qty\n8,TB-200,Table,3\n";
    let spec = "Packing spec,,,,,,,\nItem No.,Pcs/Ctn,L (in),W (in),H (in),Tare (lbs),Unit N.W. (kg),Polybag (g)\n\
                TB-200,1/2,24,16,14,2,22,100\n";
    let (ran, cartons) = plan(order, spec);
    assert_eq!(cartons, ["1-6  ×0.5"], "{ran}");
    let carton = &section(&ran, "cartons")[0];
    assert_eq!(
        (&carton["length"], &carton["net_weight"]),
        (&json!("609.6"), &json!("11.05")),
        "{ran}"
    );
    assert_eq!(carton["gross_weight"], "11.96", "{ran}");
}

#[test]
fn what_a_scale_says_goes_before_what_is_computed() {
    let order = "款号：K1,PO：7,,\n颜色,S,M,合计\n黑,36,12,48\n";
    let scale = "称重记录,\n箱号,毛重(kg)\n2,5.10\n9,4.00\n";
    let (ran, cartons) =
        plan_of(&[("order.csv", order), ("spec.csv", TWELVE), ("称重.csv", scale)]);
    assert_eq!(cartons, ["1-1 黑 S×12", "2-2 黑 S×12", "3-3 黑 S×12", "4-4 黑 M×12"], "{ran}");
    let cartons = section(&ran, "cartons");
    assert_eq!(
        (&cartons[1]["gross_weight"], &cartons[1]["weighed"]),
        (&json!("5.10"), &json!(true))
    );
    assert_eq!(
        (&cartons[0]["gross_weight"], &cartons[0]["weighed"]),
        (&json!("4.72"), &json!(false))
    );
    assert_eq!(section(&ran, "totals")[1]["gross_weight"], "19.26", "{ran}");
    assert_eq!(codes(&ran), ["weighing-unused"], "{ran}");
}

#[test]
fn sizes_below_colours_or_inseams_are_of_each() {
    let colours = "订单尺码明细 款号：K1 PO：17,,,,,,\n目的地,黑色,,白色,,合计\n,S,M,S,M,\n\
                   汉堡,12,24,12,0,48\n";
    let sandbox = Sandbox::new();
    sandbox.write("order.csv", colours).write("spec.csv", TWELVE);
    let args = ["pack", "plan", "size_breakdown=order.csv", "spec.csv", "--format", "json"];
    let ran = sandbox.run(&args);
    // A text file has no merged cells: what stands above goes on to the right.
    assert_eq!(shown(&ran), ["1-1 黑色 S×12", "2-3 黑色 M×12", "4-4 白色 S×12"], "{ran}");
    assert_eq!(section(&ran, "cartons")[0]["po"], "17", "{ran}");
}

#[test]
fn a_spec_may_have_its_sizes_in_columns() {
    let order = "款号：K1,PO：7,,,\n颜色,S,M,L,合计\n黑,20,40,18,78\n";
    let spec = "包装资料,款号：K1,,\n项目,S,M,L\n每箱件数,20,20,18\n单件净重(g),300,320,340\n\
                胶袋重(g),10,10,10\n外箱尺寸,60*40*35cm,60*40*35cm,60*40*38cm\n空箱重(kg),1.1,1.1,1.2\n";
    let (ran, cartons) = plan(order, spec);
    assert_eq!(cartons, ["1-1 黑 S×20", "2-3 黑 M×20", "4-4 黑 L×18"], "{ran}");
    let last = &section(&ran, "cartons")[2];
    assert_eq!((&last["height"], &last["gross_weight"]), (&json!("380"), &json!("7.50")), "{ran}");
    assert_eq!(findings(&ran), [], "{ran}");
}
