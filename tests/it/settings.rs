//! `init` and `gendan.toml`: what is found in a folder, and what is worked by.

use std::fs;

use crate::examples::sample;
use crate::sandbox::Sandbox;

fn month() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, bytes) in sample::month().papers {
        sandbox.write(&format!("10月/{name}"), bytes);
    }
    sandbox
}

#[test]
fn init_writes_settings_with_the_firms_of_the_folder() {
    let sandbox = month();
    let ran = sandbox.run(&["init", "10月", "-q"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran}");
    let written = fs::read_to_string(sandbox.path("10月/gendan.toml")).unwrap();
    let settings: toml::Table = toml::from_str(&written).unwrap();
    assert_eq!(settings["company"]["name"].as_str(), Some("望棠湾家具有限公司"));
    let suppliers = settings["suppliers"].as_array().unwrap();
    let names: Vec<&str> = suppliers.iter().map(|s| s["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 6, "{names:?}");
    let wood = suppliers.iter().find(|s| s["name"].as_str() == Some("临沂枫栎湾木业有限公司"));
    assert_eq!(wood.unwrap()["aliases"].as_array().unwrap()[0].as_str(), Some("枫栎湾木业"));
    // Every key that has a value stands below its comment.
    let lines: Vec<&str> = written.lines().collect();
    let bare = lines.windows(2).filter(|pair| {
        let is_key = pair[1].contains(" = ") && !pair[1].starts_with('#');
        is_key
            && !pair[0].starts_with('#')
            && !pair[0].starts_with("[[")
            && !pair[0].contains(" = ")
    });
    assert_eq!(bare.map(|pair| pair[1]).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn init_keeps_what_a_person_has_written() {
    let sandbox = month();
    sandbox.write("10月/gendan.toml", "[company]\nname = \"别家\"\n");
    let ran = sandbox.run(&["init", "10月"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran}");
    let kept = fs::read_to_string(sandbox.path("10月/gendan.toml")).unwrap();
    assert_eq!(kept, "[company]\nname = \"别家\"\n");
    // Asked to, it writes anew, and what was set stays set.
    assert_eq!(sandbox.run(&["init", "10月", "--force", "-q"]).code, 0);
    let written = fs::read_to_string(sandbox.path("10月/gendan.toml")).unwrap();
    assert!(written.contains("name = \"别家\""), "{written}");
}

#[test]
fn settings_beside_the_inputs_or_above_are_worked_by() {
    let sandbox = month();
    sandbox.write("gendan.toml", "lang = \"en\"\n");
    assert!(sandbox.run(&["inspect", "10月"]).stdout.starts_with("What is in these files"));
    sandbox.write("10月/gendan.toml", "lang = \"zh-Hant\"\n");
    assert!(sandbox.run(&["inspect", "10月"]).stdout.starts_with("檔案裡有什麼"));
    let named = sandbox.run(&["inspect", "10月", "--settings", "gendan.toml"]);
    assert!(named.stdout.starts_with("What is in these files"), "{named}");
    let flag = sandbox.run(&["inspect", "10月", "--lang", "zh-Hans"]);
    assert!(flag.stdout.starts_with("文件里有什么"), "the flag wins\n{flag}");
}

#[test]
fn a_key_that_means_nothing_is_refused_with_the_nearest() {
    let sandbox = month();
    sandbox.write("gendan.toml", "[matching]\ntolerence = \"0.05\"\n");
    let ran = sandbox.run(&["inspect", "10月", "--lang", "en"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{ran}");
    assert!(ran.stderr.contains("tolerence") && ran.stderr.contains("tolerance"), "{ran}");
}
