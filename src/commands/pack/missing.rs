//! What packing would need to know and is not told, and what is said twice.

use std::sync::Arc;

use crate::engine::packing::lot::PieceFacts;
use crate::finding::{Finding, Severity, codes};
use crate::location::Location;
use crate::records::packing::OrderedPieces;

/// What is not known and should be, and what is said twice.
#[derive(Debug, Default)]
pub(super) struct Missing {
    pub(super) facts: Facts,
    pub(super) conflicts: Vec<(Location, Location)>,
    pub(super) unread: Vec<(Location, String)>,
}

/// A fact that is missing: style, fact, the sizes concerned, the first place.
type MissingFact = (Option<Arc<str>>, &'static str, Vec<String>, Location);

/// Facts that are missing.
#[derive(Debug, Default)]
pub(super) struct Facts(Vec<MissingFact>);

impl Facts {
    /// Notes what is not known of a size.
    pub(super) fn note(&mut self, line: &OrderedPieces, facts: &PieceFacts) {
        let known = [
            ("per-carton", facts.per_carton.is_some()),
            ("carton-size", facts.carton.outer.is_some()),
            ("carton-tare", facts.carton.tare.is_some()),
            ("piece-weight", facts.grams.is_some()),
            ("polybag-weight", facts.bag_grams.is_some()),
        ];
        for (fact, _) in known.into_iter().filter(|(_, known)| !known) {
            let same = |one: &&mut (Option<Arc<str>>, &str, Vec<String>, Location)| {
                one.0 == line.style && one.1 == fact
            };
            let size = line.size.as_deref().unwrap_or("-").to_owned();
            match self.0.iter_mut().find(same) {
                Some((_, _, sizes, _)) if sizes.contains(&size) => {}
                Some((_, _, sizes, _)) => sizes.push(size),
                None => self.0.push((line.style.clone(), fact, vec![size], line.at.clone())),
            }
        }
    }
}

impl Missing {
    pub(super) fn tell(self, findings: &mut Vec<Finding>) {
        for (style, fact, sizes, at) in self.facts.0 {
            // Without it nothing can be packed; without weights much can; a
            // bag without a weight of its own is mostly in the piece's.
            let severity = match fact {
                "per-carton" => Severity::Error,
                "polybag-weight" => Severity::Info,
                _ => Severity::Warning,
            };
            let finding = Finding::new(codes::MISSING_FACT, severity)
                .with("fact", fact)
                .with("style", style.as_deref().unwrap_or("-"))
                .with("sizes", sizes.join(", "));
            findings.push(finding.at(at));
        }
        for (at, text) in self.unread {
            findings.push(Finding::of(codes::FACT_UNREAD).with("found", text).at(at));
        }
        for (first, second) in self.conflicts {
            findings.push(Finding::of(codes::SPEC_CONFLICT).at(second).related(first));
        }
    }
}
