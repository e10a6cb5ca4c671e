//! Last month's report among the inputs: decisions kept, open parcels carried
//! over, what was settled not paid twice.

use super::ran::Folder;

const OCTOBER_LOG: &str = "运费登记 2026年10月
日期,目的地,快递公司,快递单号,重量,快递费
2026-10-08,浙江,中通,776500000001,1,3.20
2026-10-29,安徽,中通,776500000002,1,3.80
2026-10-30,广东,中通,776500000003,1,4.20
";

const OCTOBER_BILL: &str = "中通快递 2026年10月账单
运单编号,收寄日期,目的省份,结算重量,快递运费
776500000001,2026-10-08,浙江省,1,3.20
776500000002,2026-10-29,安徽省,2,4.80
";

const NOVEMBER_LOG: &str = "运费登记 2026年11月
日期,目的地,快递公司,快递单号,重量,快递费
2026-11-03,浙江,中通,776500000011,1,3.20
2026-11-05,浙江,中通,776500000012,1,3.20
";

const NOVEMBER_BILL: &str = "中通快递 2026年11月账单
运单编号,收寄日期,目的省份,结算重量,快递运费
776500000003,2026-10-30,广东省,1,4.20
776500000011,2026-11-03,浙江省,1,3.20
776500000001,2026-11-04,浙江省,1,3.20
776500000012,2026-11-05,浙江省,1,3.20
";

#[test]
fn what_no_bill_had_is_expected_on_the_next() {
    let folder =
        Folder::of(&[("运费登记10月.csv", OCTOBER_LOG), ("中通账单10月.csv", OCTOBER_BILL)]);
    let sandbox = folder.sandbox();
    sandbox.write("n/运费登记11月.csv", NOVEMBER_LOG).write("n/中通账单11月.csv", NOVEMBER_BILL);
    let ran = sandbox.run(&["reconcile", "freight", "m", "-o", "n/freight-10.xlsx"]);
    assert_eq!(ran.code, 1, "{ran}");
    let said = folder.run_in("n");
    let lines: Vec<String> = said
        .section("lines")
        .iter()
        .map(|line| {
            let number = line["left"][0]["document_no"]
                .as_str()
                .or(line["right"][0]["document_no"].as_str());
            let reason = line["reason"].as_str().unwrap_or_default();
            format!("{} {} {reason}", number.unwrap(), line["status"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        lines,
        [
            "776500000003 matched carried-forward",
            "776500000011 matched ",
            "776500000001 left-only double-billed",
            "776500000012 matched ",
        ],
        "{:#?}",
        said.lines()
    );
    let residual = said.section("bridge").last().unwrap();
    assert_eq!((&residual["step"], &residual["amount"]), (&"residual".into(), &"0.00".into()));
}
