//! The data compiled into the program: words, labels, codes, layouts. People
//! write it as TOML beside the code that knows it; the build turns it into
//! JSON, which is read faster.

use serde::de::DeserializeOwned;

/// Returns the data of a TOML file, named from `src/` without its ending, as
/// the program reads it.
macro_rules! compiled_in {
    ($path:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $path, ".json"))
    };
}

pub(crate) use compiled_in;

/// Reads data that is compiled in. What does not parse fails every test that
/// needs it; a released program would do without.
pub(crate) fn read<T: DeserializeOwned + Default>(data: &str) -> T {
    let read = serde_json::from_str(data);
    debug_assert!(read.is_ok(), "data that does not parse: {:?}", read.err());
    read.unwrap_or_default()
}
