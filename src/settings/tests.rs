use std::path::Path;

use rust_decimal::Decimal;

use super::*;
use crate::containers::Container;
use crate::lang::Lang;

fn read(text: &str) -> crate::error::Result<Settings> {
    parse(Path::new("gendan.toml"), text)
}

fn refused(text: &str) -> String {
    read(text).unwrap_err().message(Lang::En)
}

fn full() -> Settings {
    Settings {
        path: Some("gendan.toml".into()),
        lang: Some(Lang::Hant),
        company: Company {
            name: Some("青禾岭制衣有限公司".into()),
            aliases: vec!["青禾岭 \"QHL\"".into()],
            address: Some("东莞\n虎门".into()),
            phone: None,
        },
        matching: Matching { tolerance: Decimal::new(5, 2), days: 10 },
        tax: Tax {
            rates: vec![Decimal::new(13, 2), Decimal::new(15, 3)],
            ours_included: Some(false),
        },
        packs: [("BT-4001".to_owned(), Decimal::from(1000))].into(),
        words: vec![ExtraWords {
            kind: "supplier_statement".into(),
            field: "delivery_note_no".into(),
            words: vec!["出车单号".into()],
        }],
        files: vec![FileRule {
            pattern: "*对账*.xls".into(),
            sheet: Some("10月".into()),
            kind: Some("supplier_statement".into()),
            party: Some("佛山市宏昌岗纽扣制品厂".into()),
            header_rows: vec![3, 4],
            columns: [("I".to_owned(), "amount".to_owned())].into(),
        }],
        suppliers: vec![SupplierNames {
            name: "丽彩坊".into(),
            aliases: vec!["丽彩坊辅料".into()],
        }],
        over_short: vec![OverShortSetting {
            name: "H".into(),
            types: vec!["外销".into()],
            markets: vec!["us".into()],
            from: Some(1001),
            to: Some(3000),
            over: Decimal::from(5),
            short: Decimal::new(25, 1),
        }],
        carriers: vec![CarrierSettings {
            name: "疾风速运".into(),
            aliases: vec!["疾风".into()],
            divisor: Some(Decimal::from(6000)),
            rounding: Some(RoundingSetting::HalfThenWhole),
            first_weight: Some(Decimal::ONE),
            step: Some(Decimal::new(5, 1)),
            discount: Some(Decimal::new(9, 1)),
            minimum: Some(Decimal::from(8)),
            average: Some(AverageSettings {
                up_to: Some(Decimal::from(3)),
                agreed: Some(Decimal::new(5, 1)),
                step: None,
                price: Some(Decimal::new(2, 1)),
            }),
            fees: [
                ("保价费".to_owned(), FeeSetting::Share(Decimal::new(5, 3))),
                ("包装费".to_owned(), FeeSetting::Amount(Decimal::from(5))),
                ("签单".to_owned(), FeeSetting::AsBilled),
            ]
            .into(),
            zones: vec![ZoneSettings {
                name: "1区".into(),
                places: "浙江、江苏".into(),
                first: Some(Decimal::from(9)),
                continued: Some(Decimal::ONE),
                per_kg: Some(Decimal::new(85, 2)),
                per_cubic: Some(Decimal::from(180)),
                minimum: Some(Decimal::from(35)),
                tiers: vec![(Decimal::new(5, 1), Decimal::new(32, 1))],
            }],
        }],
        calendar: CalendarSettings {
            closed: vec![("2027-02-01".parse().unwrap(), "2027-02-16".parse().unwrap())],
            worked: vec!["2027-02-20".parse().unwrap()],
            six_day_week: true,
        },
        stock: StockSettings {
            lead_days: Some(7.into()),
            safety_days: Some(3.into()),
            service_factor: Decimal::new(233, 2),
            recount_percent: Decimal::new(15, 1),
            recount_value: Some(500.into()),
        },
        containers: vec![Container {
            names: vec!["40HQ".into(), "高柜".into()],
            inside: [12_032, 2_350, 2_690],
            door: Some([2_340, 2_577]),
            payload: Some(22_000),
            loose: None,
        }],
        labels: LabelSettings {
            company_prefix: Some("6901234".into()),
            next_serial: 17,
            extension: 3,
            heavy_above: Decimal::from(12),
        },
        numbering: [("statement".to_owned(), "DZ{yyyy}{mm}-{seq:3}".to_owned())].into(),
    }
}

#[test]
fn what_is_drafted_reads_back() {
    let defaults = Settings { path: Some("gendan.toml".into()), ..Settings::default() };
    for settings in [full(), defaults] {
        for lang in Lang::ALL {
            let text = draft(&settings, lang);
            assert_eq!(read(&text).unwrap(), settings, "{text}");
        }
    }
}

#[test]
fn every_key_is_explained_and_every_example_can_be_taken_as_it_is() {
    let text = draft(&Settings::default(), Lang::En);
    let examples = text.lines().map(|line| match line.strip_prefix("# ") {
        // An example is what would be TOML without its mark of comment.
        Some(rest) if rest.starts_with("[[") || rest.contains(" = ") => rest,
        _ => line,
    });
    let taken: Vec<&str> = examples.collect();
    let settings = read(&taken.join("\n")).unwrap();
    assert_eq!(settings.suppliers.len(), 1);
    assert_eq!(settings.words.len(), 1);
    assert_eq!(settings.files[0].header_rows, [3]);
    assert_eq!(settings.packs.len(), 1);
    assert_eq!(settings.calendar.closed.len(), 1);
    for key in
        ["lang", "name", "aliases", "tolerance", "days", "rates", "ours_included", "six_day_week"]
    {
        assert!(text.contains(&format!("{key} = ")), "{key} is not in it");
    }
}

#[test]
fn settings_are_read_as_people_write_them() {
    let settings = read(
        "\u{feff}lang = \"zh_TW\"\n[matching]\ntolerance = 0.02\n[tax]\nrates = [13, 0.06, \"1%\"]\n\
         [packs]\nBT-1 = 500\n[calendar]\nclosed = [\"2026-12-31\", \"2027年2月1日..2027年2月9日\"]\n",
    )
    .unwrap();
    assert_eq!(settings.lang, Some(Lang::Hant));
    assert_eq!(settings.matching.tolerance, Decimal::new(2, 2));
    assert_eq!(settings.matching.days, Settings::default().matching.days);
    assert_eq!(settings.tax.rates, [13, 6, 1].map(|rate| Decimal::new(rate, 2)));
    assert_eq!(settings.packs["BT-1"], Decimal::from(500));
    assert_eq!(settings.calendar.closed.len(), 2);
    assert_eq!(read("").unwrap().matching, Settings::default().matching);
}

#[test]
fn a_key_that_means_nothing_names_its_line_and_its_neighbour() {
    assert_eq!(
        refused("\n[matchin]\ndays = 3\n"),
        "gendan.toml line 2: `matchin` means nothing here; near it: matching"
    );
    assert!(refused("[matching]\n\ntolerence = 1\n").contains("line 3: `tolerence`"));
    assert!(refused("[matching]\n\ntolerence = 1\n").contains("near it: tolerance"));
    assert!(
        refused("[[files]]\npattern = \"*\"\nkind = \"supplier_statment\"")
            .contains("supplier_statement")
    );
    let field = "[[words]]\nkind = \"goods_receipt\"\nfield = \"recieved_qty\"\nwords = []";
    assert!(refused(field).contains("line 3: `recieved_qty`"));
    assert!(refused(field).contains("received_qty"));
}

#[test]
fn a_value_that_cannot_be_worked_by_is_refused() {
    for (text, line) in [
        ("lang = \"fr\"", 1),
        ("[matching]\ntolerance = -1", 2),
        ("[matching]\ntolerance = \"abc\"", 2),
        ("[matching]\ndays = 400", 2),
        ("[tax]\nrates = [13,\n 0]", 3),
        ("[tax]\nrates = [130]", 2),
        ("[packs]\nA = 0", 2),
        ("[[files]]\npattern = \"[\"", 2),
        ("[[files]]\npattern = \"*\"\nheader_rows = [0]", 3),
        (
            "[[suppliers]]\nname = \"甲厂\"\n[[suppliers]]\nname = \"乙厂\"\naliases = [\"甲 廠\"]",
            5,
        ),
        ("[calendar]\nclosed = [\"2027-02-09..2027-02-01\"]", 2),
        ("[calendar]\nworked = [\"soon\"]", 2),
        ("[numbering]\nstatement = \"DZ\"", 2),
        ("[company]\nname = 青禾岭", 2),
        ("[company", 1),
    ] {
        let message = refused(text);
        assert!(message.contains(&format!("line {line}")), "{text}: {message}");
    }
}

#[test]
fn the_nearest_file_at_or_above_the_inputs_counts() {
    let folder = tempfile::tempdir().unwrap();
    let month = folder.path().join("2026").join("10");
    std::fs::create_dir_all(&month).unwrap();
    assert_eq!(find([month.as_path()], folder.path()), find([], folder.path()));
    let above = folder.path().join(FILE_NAME);
    std::fs::write(&above, "lang = \"en\"").unwrap();
    let sheet = month.join("对账单.xlsx");
    assert_eq!(find([sheet.as_path()], Path::new("/")), Some(above.clone()));
    assert_eq!(find([], folder.path()), Some(above.clone()));
    let beside = month.join(FILE_NAME);
    std::fs::write(&beside, "").unwrap();
    assert_eq!(find([sheet.as_path()], Path::new("/")), Some(beside));
    assert_eq!(load(&above).unwrap().lang, Some(Lang::En));
    assert!(load(&folder.path().join("none.toml")).is_err());
}

#[test]
fn rates_that_cannot_be_are_refused() {
    let carrier = |key: &str| refused(&format!("[[carriers]]\nname = \"甲\"\n{key}\n"));
    assert!(carrier("discount = 120").contains("nine tenths"));
    assert!(carrier("rounding = \"up\"").contains("half-then-whole"));
    assert!(carrier("divisor = 0").contains("more than nothing"));
    assert!(carrier("fees = { \"包装\" = \"五元\" }").contains("as-billed"));
    assert!(carrier("devisor = 6000").contains("divisor"));
}
