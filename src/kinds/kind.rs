//! What a kind's TOML says.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::lookup::{self, Claim};
use super::pattern::Pattern;
use crate::lang::Lang;
use crate::text::header_word;

/// A kind of document: what its columns are and how to know it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its machine name (`supplier_statement`).
    pub id: String,
    /// Its number in the trade's list of documents (`D11`), if it has one.
    pub number: Option<String>,
    /// Its name in every language.
    pub names: [String; 3],
    /// Further names that a person may give it on the command line.
    pub aliases: Vec<String>,
    /// Words in titles, file and sheet names that point to it.
    pub titles: Vec<String>,
    /// The fields that tell its rows apart.
    pub key: Vec<String>,
    /// Of each group at least one field must be there for the table to be of
    /// use.
    pub needs: Vec<Vec<String>>,
    /// Whether a sheet of it may be a form: names of fields with their values
    /// beside them, and no table.
    #[serde(default)]
    pub form: bool,
    /// Three fields of which the first times the second is the third.
    #[serde(default)]
    pub product: Vec<String>,
    /// The field of the one party or order that the whole document is about:
    /// a column of it with several values speaks against the kind.
    #[serde(default)]
    pub about: Option<String>,
    /// Its fields, in the order in which a form shows them.
    pub fields: Vec<Field>,
}

impl Kind {
    /// Returns its name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        &self.names[place(lang)]
    }

    /// Returns a field of the kind, or one of those that all kinds share.
    pub fn field(&'static self, name: &str) -> Option<&'static Field> {
        let own = self.fields.iter().find(|field| field.name == name);
        own.or_else(|| lookup::shared().iter().find(|field| field.name == name))
    }

    /// Whether the kind's work stands or falls with a field: one it needs,
    /// tells rows apart by, or multiplies.
    pub fn is_vital(&self, field: &Field) -> bool {
        let mut names = self.needs.iter().flatten().chain(&self.key).chain(&self.product);
        field.field_type.is_strict() && names.any(|name| *name == field.name)
    }

    /// Returns the header words by which a field is known in this kind: its
    /// own, and those of the shared field that the kind has no other use for.
    pub fn words(&'static self, field: &'static Field) -> Vec<&'static str> {
        let shared = lookup::shared().iter().filter(|shared| shared.name == field.name);
        let means = |word: &&str| {
            self.claim(&header_word(word)).is_some_and(|meant| meant.name == field.name)
        };
        let mut words: Vec<&str> = field.words().collect();
        words.extend(shared.flat_map(Field::words).filter(means));
        let mut seen = std::collections::BTreeSet::new();
        words.retain(|word| seen.insert(*word));
        words
    }

    /// Returns the fields that a header word (folded by
    /// [`header_key`](crate::text::header_key)) may mean in this kind, the
    /// surest first.
    pub fn claims(&'static self, word: &str) -> Vec<Claim> {
        lookup::claims(self, word)
    }

    /// Returns the field that a folded header word means first in this kind.
    pub fn claim(&'static self, word: &str) -> Option<&'static Field> {
        self.claims(word).first().map(|claim| claim.field)
    }
}

/// One field of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its machine name (`delivery_note_no`).
    pub name: String,
    /// Its header in every language; absent where the shared field has it.
    #[serde(default)]
    pub labels: Option<[String; 3]>,
    /// What it holds.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// The unit it is in (`kg`, `cm`), if that is fixed.
    #[serde(default)]
    pub unit: Option<String>,
    /// Whether the document is complete without it.
    #[serde(default)]
    pub required: Required,
    /// Whether it often stands outside the table, once for all rows.
    #[serde(default)]
    pub outside: bool,
    /// Whether several columns may be this field (sizes, months).
    #[serde(default)]
    pub many: bool,
    /// The pattern of its headers, where they are no words.
    #[serde(default)]
    pub pattern: Option<Pattern>,
    /// Its header words in simplified Chinese, sorted.
    #[serde(default)]
    pub cn: Vec<String>,
    /// In traditional Chinese, sorted.
    #[serde(default)]
    pub tw: Vec<String>,
    /// In English, sorted.
    #[serde(default)]
    pub en: Vec<String>,
    /// Words that it takes before all others, even before its own label
    /// (折后金额 before 金额).
    #[serde(default)]
    pub ahead: Vec<String>,
    /// Words it takes only if no column is called more exactly, best first.
    #[serde(default)]
    pub also: Vec<String>,
    /// Words that it takes before all others where codes stand below them
    /// (Material, in SAP's lists).
    #[serde(default)]
    pub coded: Vec<String>,
    /// Headers beside which those words mean it, whatever stands below them.
    #[serde(default)]
    pub described_by: Vec<String>,
    /// A value as the kind's example row has it.
    #[serde(default)]
    pub example: Option<String>,
    /// Its labels as they are looked up; made when first asked for.
    #[serde(skip)]
    folded_labels: OnceLock<[String; 3]>,
}

impl Field {
    /// Returns its header in a language.
    pub fn label(&self, lang: Lang) -> &str {
        let shared = || lookup::shared().iter().find(|field| field.name == self.name);
        let labels = self.labels.as_ref().or_else(|| shared()?.labels.as_ref());
        labels.map_or(self.name.as_str(), |labels| &labels[place(lang)])
    }

    /// Whether a folded header is its label in one of the languages.
    pub fn is_label(&self, word: &str) -> bool {
        let folded = || Lang::ALL.map(|lang| header_word(self.label(lang)));
        self.folded_labels.get_or_init(folded).iter().any(|label| label == word)
    }

    /// Returns its header words in all languages, without those of the
    /// shared field of the same name.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.ahead, &self.cn, &self.tw, &self.en];
        lists.into_iter().flatten().map(String::as_str)
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldType {
    /// A number or name that identifies something: text from the first byte.
    Code,
    /// Any text.
    Text,
    /// One of a few words, or a tick.
    Enum,
    /// A day.
    Date,
    /// A day and a time.
    Datetime,
    /// A whole number.
    Int,
    /// A quantity.
    Decimal,
    /// A price or an amount of money.
    Money,
    /// A rate.
    Percent,
    /// A date, a quantity, a tick or text, by row (stages of a schedule).
    Mixed,
}

impl FieldType {
    /// Whether a wrong column would falsify figures or mix up documents.
    pub fn is_strict(self) -> bool {
        matches!(self, Self::Code | Self::Int | Self::Decimal | Self::Money | Self::Percent)
    }

    /// Whether the field holds numbers.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Decimal | Self::Money | Self::Percent)
    }
}

/// Whether a document is complete without a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Required {
    /// It is.
    #[default]
    No,
    /// It depends.
    Sometimes,
    /// It is not.
    Yes,
}

/// Returns the place of a language in lists of texts.
fn place(lang: Lang) -> usize {
    match lang {
        Lang::Hans => 0,
        Lang::Hant => 1,
        Lang::En => 2,
    }
}
