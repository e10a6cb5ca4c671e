//! The one test binary of the command line.

mod benchmark;
mod properties;
