//! What a cross-check of the month should find, as a list beside the papers.

use std::fmt::Write;

use rust_decimal::Decimal;

use super::accounts::{Account, Expected};
use super::{Paper, Places};

const HEAD: &str = "\
# What a cross-check of these papers should find: written with them by
# `cargo run --example factory`. left is the supplier's paper, right is ours;
# a place is file#sheet!row. Lines that are not named here agree.
";

/// Returns the list as TOML.
pub(super) fn list(accounts: &[Account], places: &Places) -> String {
    let mut out = HEAD.to_owned();
    for account in accounts {
        let _ = write!(
            out,
            "\n[[party]]\nname = \"{}\"\nleft_opening = \"{}\"\nleft_closing = \"{}\"\n\
             right_opening = \"{}\"\nright_closing = \"{}\"\n",
            account.supplier.name,
            money(account.their_opening),
            money(account.their_closing()),
            money(account.our_opening()),
            money(account.our_closing()),
        );
        for expected in &account.expected {
            difference(&mut out, account, expected, places);
        }
    }
    out
}

fn difference(out: &mut String, account: &Account, expected: &Expected, places: &Places) {
    let found = |paper, keys: &[String]| {
        let places = keys.iter().map(|key| format!("\"{}\"", places.find(paper, account, key)));
        places.collect::<Vec<_>>().join(", ")
    };
    let causes =
        expected.causes.iter().map(|(code, amount)| format!("{code} = \"{}\"", money(*amount)));
    let _ = write!(
        out,
        "\n[[party.difference]]\nname = \"{}\"\nleft = [{}]\nright = [{}]\nstatus = \"{}\"\n\
         difference = \"{}\"\n",
        expected.name,
        found(Paper::Theirs, &expected.left),
        found(Paper::Ours, &expected.right),
        expected.status,
        money(expected.difference),
    );
    let causes = causes.collect::<Vec<_>>().join(", ");
    for (name, value) in [
        ("causes", (!causes.is_empty()).then(|| format!("{{ {causes} }}"))),
        ("note", expected.note.map(|note| format!("\"{note}\""))),
        ("reason", expected.reason.map(|reason| format!("\"{reason}\""))),
    ] {
        if let Some(value) = value {
            let _ = writeln!(out, "{name} = {value}");
        }
    }
}

fn money(amount: Decimal) -> String {
    format!("{amount:.2}")
}
