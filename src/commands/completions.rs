//! `gendan completions`: shell completions from the grammar itself.

use clap_complete::Shell;

use super::Context;
use crate::cli::grammar;

/// The arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct Completions {
    /// The shell: bash, zsh, fish, powershell or elvish
    shell: Shell,
}

impl Completions {
    /// Returns the script.
    pub fn script(&self, context: &Context) -> String {
        let mut script = Vec::new();
        let mut command = grammar::command(context.lang);
        clap_complete::generate(self.shell, &mut command, "gendan", &mut script);
        String::from_utf8_lossy(&script).into_owned()
    }
}
