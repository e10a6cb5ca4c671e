//! Sheets as people keep them, as text in `layouts/`: whether what is read of
//! each is what a careful clerk would say.

mod book;
mod judge;
mod layout;
mod sums;

use std::error::Error;
use std::fs;
use std::path::Path;

use layout::Layout;

/// Reads all layouts, by name.
fn layouts() -> Result<Vec<(String, Layout)>, Box<dyn Error>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/wild/layouts");
    let mut layouts = Vec::new();
    for file in fs::read_dir(dir)? {
        let path = file?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let layout = toml::from_str(&fs::read_to_string(&path)?)
            .map_err(|error| format!("{name}: {error}"))?;
        layouts.push((name, layout));
    }
    layouts.sort_by(|(one, _), (two, _)| one.cmp(two));
    Ok(layouts)
}

#[test]
fn every_expected_field_is_one_of_its_kind() -> Result<(), Box<dyn Error>> {
    let layouts = layouts()?;
    assert!(layouts.len() >= 40, "only {} layouts", layouts.len());
    for (name, layout) in layouts {
        for table in &layout.table {
            let kinds: Vec<_> = table.kind.split('|').map(gendan::kinds::get).collect();
            assert!(kinds.iter().all(Option::is_some), "{name}: {}", table.kind);
            for field in table.columns.values().flat_map(|fields| fields.split('|')) {
                let known = kinds.iter().flatten().any(|kind| kind.field(field).is_some());
                assert!(known, "{name}: {} has no {field}", table.kind);
            }
        }
    }
    Ok(())
}

#[test]
fn layouts_are_understood() -> Result<(), Box<dyn Error>> {
    let dir = tempfile::tempdir()?;
    let layouts = layouts()?;
    for (name, layout) in &layouts {
        book::write(layout, dir.path()).map_err(|error| format!("{name}: {error}"))?;
    }
    let tables = judge::read_folder(dir.path())?;
    let mut wrong = Vec::new();
    for (name, layout) in &layouts {
        for complaint in judge::complaints(layout, &tables) {
            wrong.push(format!("{name}: {complaint}\n    ({})", layout.about));
        }
    }
    assert!(wrong.is_empty(), "{} complaints\n{}", wrong.len(), wrong.join("\n"));
    Ok(())
}
