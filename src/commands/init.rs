//! `gendan init`: a `gendan.toml` for a folder, from what is found there.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;

use super::reconcile::supplier::firms;
use super::{Context, Run};
use crate::args::Inputs;
use crate::error::Result;
use crate::input::reading::{ReadTable, Reading};
use crate::input::table::Role;
use crate::output::Replace;
use crate::report::{Cell, Column, InputRead, Report, Row, Section, Sheet, Table, labels};
use crate::settings::{FILE_NAME, Settings, SupplierNames, draft};

/// The arguments of `init`.
#[derive(Debug, clap::Args)]
pub struct Init {
    /// The folder to write it for
    #[arg(default_value = ".")]
    dir: String,
}

impl Run for Init {
    fn run(&self, context: &Context) -> Result<Report> {
        let lang = context.lang;
        let path = Path::new(&self.dir).join(FILE_NAME);
        let replace = Replace { read: &[], force: context.force };
        replace.check(&path)?;
        let reading = self.read(context)?;
        let settings = found(&reading.tables, context);
        replace.write(&path, |file| file.write_all(draft(&settings, lang).as_bytes()))?;

        let mut report = Report::new("init", labels::text(lang, "init.title"), lang);
        let written = path.display().to_string();
        report.notes.push(labels::fill(lang, "cli.written", &[("file", &written)]));
        report.inputs = reading.tables.iter().map(InputRead::of).collect();
        report.sections.push(Section::new(
            "suppliers",
            settings.suppliers.iter().map(|firm| {
                BTreeMap::from([
                    ("name", vec![&firm.name]),
                    ("aliases", firm.aliases.iter().collect()),
                ])
            }),
        ));
        report.sheets.push(sheet(&settings, context));
        Ok(report)
    }

    fn inputs(&self) -> &[String] {
        std::slice::from_ref(&self.dir)
    }
}

impl Init {
    /// Reads the folder; one without sheets gets settings all the same.
    fn read(&self, context: &Context) -> Result<Reading> {
        let inputs = Inputs { inputs: vec![self.dir.clone()] };
        inputs.read_any(&context.settings, &context.progress)
    }
}

/// The settings in force, with the firms that the sheets name.
fn found(tables: &[ReadTable], context: &Context) -> Settings {
    let mut settings = context.settings.clone();
    let firms = firms(tables, &settings);
    if settings.company.name.is_none() {
        settings.company.name = firms.parties.ours().map(str::to_owned);
    }
    let mut suppliers: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for party in firms.of_papers {
        suppliers.entry(party.to_string()).or_default();
    }
    for spelling in tables.iter().flat_map(spellings) {
        let party = firms.parties.resolve(&spelling).party.to_string();
        if let Some(names) = suppliers.get_mut(&party).filter(|_| spelling != party) {
            names.insert(spelling);
        }
    }
    for firm in &settings.suppliers {
        suppliers.entry(firm.name.clone()).or_default().extend(firm.aliases.iter().cloned());
    }
    settings.suppliers = suppliers
        .into_iter()
        .map(|(name, aliases)| SupplierNames { name, aliases: aliases.into_iter().collect() })
        .collect();
    settings
}

/// Returns the ways in which a table's rows write suppliers.
fn spellings(read: &ReadTable) -> Vec<String> {
    let table = &read.table;
    let Some(column) = ["supplier", "payee"].iter().find_map(|field| table.column(field)) else {
        return Vec::new();
    };
    let cells = table.rows_of(Role::Body).filter_map(|row| table.cell(row, column.col));
    cells.filter_map(|cell| cell.text()).map(|text| text.trim().to_owned()).collect()
}

fn sheet(settings: &Settings, context: &Context) -> Sheet {
    let label = |key| labels::text(context.lang, key);
    let mut table = Table::new([
        Column::text("supplier", label("init.supplier")),
        Column::text("aliases", label("init.aliases")),
    ])
    .empty(label("init.no_suppliers"));
    for firm in &settings.suppliers {
        table.push(Row::new([Cell::from(firm.name.as_str()), firm.aliases.join(", ").into()]));
    }
    let company = settings.company.name.as_deref().unwrap_or(label("init.no_company"));
    Sheet::new("firms", label("init.firms"))
        .fact(label("init.company"), company)
        .table(table)
        .on_terminal(settings.suppliers.len())
}
