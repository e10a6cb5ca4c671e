//! Decisions that name another line.

use gendan::engine::decisions::Choice;
use gendan::input::sheet::{NewCell, Value, Workbook};
use gendan::lang::Lang;
use gendan::report::{Column, Report, Row, Sheet, Table, decisions};

use super::workbook::{bytes, open};

const IDS: [&str; 2] = ["EBBM1-H10YP", "7Q2ZK-0A1BC"];

/// A report of two lines, numbered 12 and 13; its decision column is C.
fn written() -> Workbook {
    let decide = decisions::columns(Lang::Hans);
    let columns = [Column::integer("line", "行号"), Column::text("item", "品名")];
    let mut table = Table::new(columns.into_iter().chain(decide));
    for (id, number) in IDS.into_iter().zip(12_u32..) {
        table.push(Row::new([number.into(), "里布".into()]).id(id));
    }
    let mut report = Report::new("reconcile-supplier", "对账", Lang::Hans);
    report.sheets.push(Sheet::new("differences", "差异").table(table));
    open(&bytes(&report))
}

fn type_in(workbook: &mut Workbook, row: usize, col: u16, value: Value) {
    let cells = &mut workbook.sheets[0].rows[row].cells;
    cells.change(|cells| {
        cells.retain(|cell| cell.col != col);
        cells.push(NewCell { value, col, ..NewCell::default() });
        cells.sort_by_key(|cell| cell.col);
    });
}

#[test]
fn another_line_is_named_by_its_number_or_its_id() {
    for other in [Value::Number(13.into()), Value::Text(" 13 ".into()), Value::Text(IDS[1].into())]
    {
        let mut workbook = written();
        type_in(&mut workbook, 1, 2, Value::Text("与另一行相同".into()));
        type_in(&mut workbook, 1, 3, other.clone());
        let read = decisions::read(&workbook).unwrap();
        assert_eq!(read.findings, [], "{other:?}");
        assert_eq!(read.decisions[0].line, IDS[0]);
        assert_eq!(read.decisions[0].choice, Some(Choice::SameAs));
        assert_eq!(read.decisions[0].same_as.as_deref(), Some(IDS[1]));
    }
}

#[test]
fn a_line_that_is_not_there_is_asked_for_again() {
    let mut workbook = written();
    type_in(&mut workbook, 1, 2, Value::Text("与另一行相同".into()));
    type_in(&mut workbook, 1, 3, Value::Number(99.into()));
    let read = decisions::read(&workbook).unwrap();
    assert_eq!(read.decisions[0].choice, None);
    assert_eq!(read.findings[0].code.0, "unknown-decision");
    assert_eq!(read.findings[0].values, [("found", "与另一行相同 99".to_owned())]);
}

#[test]
fn a_decision_whose_line_id_was_deleted_is_not_lost_in_silence() {
    let mut workbook = written();
    type_in(&mut workbook, 2, 2, Value::Text("有异议".into()));
    type_in(&mut workbook, 2, 6, Value::Empty);
    let read = decisions::read(&workbook).unwrap();
    assert_eq!(read.decisions, []);
    assert_eq!(read.findings.len(), 1);
}
