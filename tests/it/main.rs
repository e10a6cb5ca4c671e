//! The one test binary of the command line and of the house itself.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]

mod benchmark;
mod bom;
mod check;
mod commands;
mod compare;
mod demo;
mod dependencies;
mod differential;
mod examples;
mod freight;
mod hostile;
mod inspect;
mod languages;
mod layout;
mod months;
mod pack_final;
mod pack_labels;
mod pack_layouts;
mod pack_load;
mod pack_plan;
mod package;
mod platforms;
mod properties;
mod readme;
mod recognise;
mod report;
mod reseller;
mod round_trip;
mod sales;
mod sandbox;
mod settings;
mod shop;
mod stock;
mod supplier;
mod wild;
