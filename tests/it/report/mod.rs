//! A whole report as a clerk gets it: written, read back, recalculated by a
//! spreadsheet program.

mod example;
mod libreoffice;
mod papers;
mod same_as;
mod workbook;
