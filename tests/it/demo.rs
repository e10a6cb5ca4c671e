//! `demo`: the sample month, written out and reconciled.

use std::fs;

use crate::examples::sample;
use crate::sandbox::Sandbox;

#[test]
fn the_demo_writes_the_sample_month_its_report_and_the_papers() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&["demo", "--lang", "en"]);
    assert_eq!(ran.code, 0, "a sample needs nobody\n{ran}");
    let month = sample::month();
    for (name, bytes) in &month.papers {
        let written = fs::read(sandbox.path("gendan-demo/2026-10").join(name)).unwrap();
        assert!(written == *bytes, "{name}");
    }
    let files = sandbox.files();
    assert!(files.contains(&"gendan-demo/report-2026-10.xlsx".to_owned()), "{files:?}");
    let papers = files.iter().filter(|file| file.starts_with("gendan-demo/papers/"));
    assert_eq!(papers.filter(|file| file.ends_with(".xlsx")).count(), 6, "{files:?}");
    for place in ["gendan-demo/2026-10", "gendan-demo/report-2026-10.xlsx", "gendan-demo/papers"] {
        assert!(ran.stdout.contains(place), "{place}\n{ran}");
    }
}

#[test]
fn the_demo_can_be_run_again_and_touches_nothing_of_others() {
    let sandbox = Sandbox::new();
    let first = sandbox.run(&["演示", "样例", "-q"]);
    assert_eq!(sandbox.run(&["演示", "样例", "-q"]), first);
    sandbox.write("样例/2026-10/付款登记2026.xlsx", "a file of somebody else");
    let ran = sandbox.run(&["演示", "样例", "-q"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran}");
    let kept = fs::read(sandbox.path("样例/2026-10/付款登记2026.xlsx")).unwrap();
    assert_eq!(kept, b"a file of somebody else");
}
