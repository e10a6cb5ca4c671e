//! Document kinds as data: one TOML each (fields, types, header words, keys,
//! an example row).
