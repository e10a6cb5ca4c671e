//! Turns the data that people write (`src/**/*.toml`) into JSON for the
//! program, which reads the same words in a twentieth of the time: they are
//! read at every start.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    writeln!(io::stdout(), "cargo::rerun-if-changed=src")?;
    let out = PathBuf::from(env::var("OUT_DIR")?);
    convert(Path::new("src"), &out)
}

/// Converts every file below a folder into one of the same name in another.
fn convert(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            convert(&path, &to.join(name))?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let text = fs::read_to_string(&path)?;
            let data: serde_json::Value =
                toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
            fs::write(to.join(name).with_extension("json"), serde_json::to_vec(&data)?)?;
        }
    }
    Ok(())
}
