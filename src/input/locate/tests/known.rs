//! What a person says about where the tables are.

use std::sync::Arc;

use super::super::{LocateOptions, tables};
use super::{area_of, sheet, shown};

const SHEET: &str = "随手记
    甲|乙|丙
    台灯|白|10
    灯罩|黑|20
    .
    日期|单号|金额
    10.5|A1|50
    10.6|A2|60";

fn shows(options: &LocateOptions, expected: &[&str]) {
    let found = tables(&Arc::new(sheet(SHEET)), options);
    assert_eq!(found.iter().map(shown).collect::<Vec<_>>(), expected);
}

#[test]
fn an_area_is_all_that_is_read() {
    let options = LocateOptions { area: Some(area_of("A6:C8")), ..LocateOptions::default() };
    shows(&options, &["A6:C8 HBB 日期,单号,金额"]);
    let options = LocateOptions { area: Some(area_of("B6:C7")), ..LocateOptions::default() };
    shows(&options, &["B6:C7 HB 单号,金额"]);
}

#[test]
fn a_named_header_row_is_the_header() {
    let options = LocateOptions { header_rows: Some(vec![1]), area: Some(area_of("A1:C4")) };
    shows(&options, &["A2:C4 tHBB 甲,乙,丙"]);
}

#[test]
fn an_area_that_begins_with_names_has_them_as_header() {
    let options = LocateOptions { area: Some(area_of("A2:C4")), ..LocateOptions::default() };
    shows(&options, &["A2:C4 HBB 甲,乙,丙"]);
}
