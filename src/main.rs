//! The `gendan` program: everything is in the library.

fn main() -> std::process::ExitCode {
    gendan::cli::main()
}
