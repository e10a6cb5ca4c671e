//! `gendan man`: manual pages from the grammar itself.

use std::path::PathBuf;

use super::Context;
use crate::cli::grammar;
use crate::error::Result;
use crate::output;

/// The arguments of `man`.
#[derive(Debug, clap::Args)]
pub struct Man {
    /// Write the pages of all commands into this folder
    dir: Option<PathBuf>,
}

impl Man {
    /// Returns the page of the program, or writes all pages and returns their
    /// paths, one a line.
    pub fn pages(&self, context: &Context) -> Result<String> {
        let mut command = grammar::command(context.lang);
        command.build();
        match &self.dir {
            None => Ok(String::from_utf8_lossy(&page(command)).into_owned()),
            Some(dir) => {
                let pages = all_pages(&command, "");
                let paths: Vec<PathBuf> =
                    pages.iter().map(|(name, _)| dir.join(format!("{name}.1"))).collect();
                let bytes = pages.iter().map(|(_, page)| page.as_slice());
                output::write_known(paths.iter().cloned().zip(bytes), context.force)?;
                Ok(paths.iter().map(|path| format!("{}\n", path.display())).collect())
            }
        }
    }
}

/// Returns the pages of a command and all below it, by name.
fn all_pages(command: &clap::Command, above: &str) -> Vec<(String, Vec<u8>)> {
    let name = format!("{above}{}", command.get_name());
    let mut pages = vec![(name.clone(), page(command.clone().display_name(name.clone())))];
    for sub in command.get_subcommands() {
        pages.extend(all_pages(sub, &format!("{name}-")));
    }
    pages
}

fn page(command: clap::Command) -> Vec<u8> {
    let mut page = Vec::new();
    // Writing to memory cannot fail.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    page
}
