//! Figures too large to be added up or multiplied: refused where they stand,
//! in whatever column of whatever paper, and never the end of a command.

use gendan::kinds::{self, Field, FieldType};
use gendan::lang::Lang;

use crate::sandbox::Sandbox;

/// Twenty-eight nines: one of them can be held, two cannot be added.
const TOO_LARGE: &str = "9999999999999999999999999999";
/// The largest that is still reckoned with.
const LARGE: &str = "999999999999999.99";

const COMMANDS: [&[&str]; 17] = [
    &["inspect"],
    &["reconcile", "supplier", "--month", "2026-10"],
    &["reconcile", "sales", "--month", "2026-10"],
    &["reconcile", "freight", "--month", "2026-10"],
    &["reconcile", "reseller", "--month", "2026-10"],
    &["stock", "ledger"],
    &["stock", "reorder"],
    &["stock", "count"],
    &["bom", "check"],
    &["bom", "explode"],
    &["bom", "shortage"],
    &["bom", "arrivals"],
    &["bom", "issue"],
    &["pack", "plan"],
    &["pack", "final"],
    &["pack", "labels"],
    &["pack", "load"],
];

/// Writes a paper of every kind, with its example row three times, `figure` in
/// all columns of figures; returns how to name them on the command line.
fn papers(sandbox: &Sandbox, figure: &str) -> Vec<String> {
    let mut inputs = Vec::new();
    for kind in kinds::all() {
        let fields: Vec<&Field> =
            kind.fields.iter().filter(|field| field.pattern.is_none()).collect();
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let labels = fields.iter().map(|field| quoted(field.label(Lang::Hans)));
        let mut rows = vec![labels.collect::<Vec<_>>().join(",")];
        for row in 1..=3 {
            let cell = |field: &&Field| match (field.field_type, &field.example) {
                (FieldType::Money | FieldType::Decimal | FieldType::Int, _) => figure.to_owned(),
                (FieldType::Code, Some(example)) => quoted(&format!("{example}{row}")),
                (_, example) => quoted(example.as_deref().unwrap_or_default()),
            };
            rows.push(fields.iter().map(cell).collect::<Vec<_>>().join(","));
        }
        let name = format!("{}.csv", kind.id);
        sandbox.write(&name, rows.join("\n"));
        inputs.push(format!("{}={name}", kind.id));
    }
    inputs
}

/// Runs a command on papers; returns its report.
#[track_caller]
fn run(sandbox: &Sandbox, command: &[&str], inputs: &[String]) -> serde_json::Value {
    let mut args = command.to_vec();
    args.extend(["--format", "json", "--lang", "en", "--today", "2026-11-03"]);
    args.extend(inputs.iter().map(String::as_str));
    let ran = sandbox.run(&args);
    assert!(matches!(ran.code, 0 | 1), "{command:?}: {}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn figures_that_cannot_be_added_up_are_refused_in_their_cells() {
    let sandbox = Sandbox::new();
    let inputs = papers(&sandbox, TOO_LARGE);
    for command in COMMANDS {
        let report = run(&sandbox, command, &inputs);
        let refused = report["findings"].as_array().unwrap().iter().any(|finding| {
            finding["code"] == "bad-number" && finding["message"].as_str().unwrap().contains("999")
        });
        assert!(refused || command == ["inspect"], "{command:?} says nothing of them");
    }
    let (left, right) = ("goods_receipt.csv".to_owned(), "supplier_statement.csv".to_owned());
    run(&sandbox, &["compare"], &[left, right]);
}

#[test]
fn the_largest_figures_are_reckoned_with_to_the_cent() {
    let sandbox = Sandbox::new();
    let inputs = papers(&sandbox, LARGE);
    for command in COMMANDS {
        run(&sandbox, command, &inputs);
    }
    let (theirs, ours) = (
        "供应商,送货单号,日期,品名,金额\n甲厂,A1001,2026-10-08,里布,999999999999999.99\n\
         甲厂,A1002,2026-10-09,府绸,999999999999999.98\n",
        "供应商,入库单号,送货单号,入库日期,品名,金额\n甲厂,R1,A1001,2026-10-08,里布,999999999999999.99\n\
         甲厂,R2,A1002,2026-10-09,府绸,999999999999999.99\n",
    );
    sandbox.write("theirs.csv", theirs).write("ours.csv", ours);
    let inputs = ["supplier_statement=theirs.csv".to_owned(), "goods_receipt=ours.csv".to_owned()];
    let report = run(&sandbox, &["reconcile", "supplier", "--month", "2026-10"], &inputs);
    assert_eq!(report["conservation"]["amount_in"], "3999999999999999.95", "{report:#}");
    assert_eq!(report["conservation"]["amount_reported"], "3999999999999999.95");
}

#[test]
fn products_that_no_figure_can_be_leave_out_their_own_row_alone() {
    let sandbox = Sandbox::new();
    const MANY: &str = "99999999999999";
    let rows = |head: &str| -> String {
        let row = |at: usize| format!("2026-10-05,甲厂,A{at},里布,{MANY},{MANY}\n");
        let plain = format!("{head}\n2026-10-05,甲厂,B1,里布,10,2\n");
        plain + &(0..20).map(row).collect::<String>()
    };
    sandbox
        .write("theirs.csv", rows("日期,供应商,送货单号,品名,数量,单价"))
        .write("ours.csv", rows("入库日期,供应商,送货单号,品名,数量,单价"));
    let inputs = ["supplier_statement=theirs.csv".to_owned(), "goods_receipt=ours.csv".to_owned()];
    for command in
        [&["reconcile", "supplier", "--month", "2026-10"][..], &["reconcile", "reseller"]]
    {
        let report = run(&sandbox, command, &inputs);
        assert!(report["findings"].as_array().unwrap().len() >= 20, "{command:?}");
    }
    let bom = format!("父件编码,子件编码,单位,用量\nP,A,件,{MANY}\nA,B,件,{MANY}\nQ,B,件,2\n");
    sandbox.write("BOM.csv", bom);
    sandbox
        .write("订单.csv", "订单号,产品编码,数量,交期\nO1,P,50,2026-11-30\nO2,Q,50,2026-11-30\n");
    let inputs = ["bom=BOM.csv".to_owned(), "customer_order=订单.csv".to_owned()];
    for command in ["explode", "shortage", "arrivals", "issue"] {
        let report = run(&sandbox, &["bom", command], &inputs);
        let told = |code: &str| {
            let findings = report["findings"].as_array().unwrap().iter();
            findings.filter(|finding| finding["code"] == code).count()
        };
        assert!(told("bom-too-large") > 0, "{command}: {report:#}");
        assert!(report["sections"].to_string().contains("\"O2\""), "{command}: {report:#}");
    }
}
