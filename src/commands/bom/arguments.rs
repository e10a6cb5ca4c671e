//! Arguments that all jobs with parts lists share.

use clap::{Args, ValueEnum};

use crate::args::Inputs;
use crate::engine::bom::Convention;

/// What all jobs with parts lists are told.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Common {
    #[command(flatten)]
    pub(super) inputs: Inputs,
    /// How losses are counted: auto (as the list's own totals show, else add), add or divide
    #[arg(long, value_name = "WAY", default_value = "auto")]
    pub(super) loss: Loss,
    /// Only these orders; may be given more than once
    #[arg(long = "order", value_name = "NO")]
    pub(super) orders: Vec<String>,
}

/// How loss rates are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Loss {
    /// As the list's own totals show, else by adding.
    #[default]
    Auto,
    /// use × (1 + loss)
    Add,
    /// use ÷ (1 − loss)
    Divide,
}

impl Loss {
    /// Returns the way that was asked for; nothing if the list decides.
    pub(super) fn said(self) -> Option<Convention> {
        match self {
            Loss::Auto => None,
            Loss::Add => Some(Convention::Additive),
            Loss::Divide => Some(Convention::Divisive),
        }
    }
}
