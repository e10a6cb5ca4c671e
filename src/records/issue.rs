//! Material that was issued to the workshop: issue lists, requisitions,
//! supplements, returns.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::date_hints;
use super::reader::{Fields, RowReader};
use super::surroundings::Surroundings;
use super::{DocumentNo, Item, ReadContext, Records};
use crate::input::table::Table;
use crate::location::Location;
use crate::text::{fold, header_key};

/// What kind of slip a line stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IssueType {
    /// Material for an order, by its norm.
    #[default]
    Issue,
    /// More of it, because what was issued did not do.
    Supplement,
    /// Material that came back.
    Return,
}

/// One line of an issue slip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueLine {
    /// The order it was issued for.
    pub order_no: Option<DocumentNo>,
    /// What was issued.
    pub item: Item,
    /// The unit of its quantities.
    pub unit: Option<Arc<str>>,
    /// What kind of slip it is.
    pub kind: IssueType,
    /// What was to be issued.
    pub required: Option<Decimal>,
    /// What was issued; what a slip of returns says came back.
    pub issued: Decimal,
    /// What of it came back, in a column of its own.
    pub returned: Decimal,
    /// Why a supplement was needed.
    pub reason: Option<Arc<str>>,
    /// The supervisor's signature.
    pub signed: Option<Arc<str>>,
    /// The trade department's confirmation.
    pub confirmed: Option<Arc<str>>,
    /// The day of the slip.
    pub date: Option<NaiveDate>,
    /// The cell of what was issued.
    pub at: Location,
}

impl IssueLine {
    /// Returns what was used up: issued without what came back. A return is
    /// written with or without its minus, an issue that is taken back with it.
    pub fn used(&self) -> Decimal {
        let issued = match self.kind {
            IssueType::Issue | IssueType::Supplement => self.issued,
            IssueType::Return => -self.issued.abs(),
        };
        issued.saturating_sub(self.returned.abs())
    }
}

const FIELDS: Fields = Fields {
    dates: &["issue_date"],
    ids: &["order_no", "production_no", "component_code"],
    rates: &[],
};

/// Reads the lines of a table of issues; rows of which nothing was issued are
/// lines too.
pub fn issues(table: &Table, context: &ReadContext<'_>) -> Records<IssueLine> {
    let around = Surroundings::of(table, context);
    let reader = RowReader::new(table, FIELDS, date_hints(&around, context), &[]);
    let order = fact(table, &["order_no", "production_no"]);
    let title = table.titles.iter().find_map(|title| type_of(&title.value));
    let header = |field| type_of(&table.column(field)?.header);
    let title = title
        .or_else(|| type_of(table.sheet.id.sheet.as_deref()?))
        .or_else(|| header("issue_no"))
        .or_else(|| header("issued_qty"))
        .or_else(|| type_of(file_of(table)))
        .unwrap_or_default();
    reader.records(around, ("no-item", "component_code"), |reader| {
        line(reader, order.as_ref(), title)
    })
}

fn line(
    reader: &mut RowReader<'_>,
    order: Option<&Arc<str>>,
    title: IssueType,
) -> Option<IssueLine> {
    let item = Item {
        code: reader.ids("component_code").into_iter().next().map(|code| code.text),
        name: reader.text("component_name"),
        spec: reader.text("spec"),
        color: reader.text("color"),
        size: reader.text("size"),
        goods: None,
    };
    if item.code.is_none() && item.name.is_none() {
        return None;
    }
    let own =
        ["order_no", "production_no"].into_iter().find_map(|f| reader.ids(f).into_iter().next());
    let whole = order.map(|text| DocumentNo { text: Arc::clone(text), damaged: false });
    let issued = reader.decimal("issued_qty");
    let kind = reader.text("issue_type").and_then(|text| type_of(&text)).unwrap_or(title);
    Some(IssueLine {
        order_no: own.or(whole),
        unit: reader.unit("issued_qty", issued.as_ref()),
        required: reader.decimal("required_qty").map(|figure| figure.value),
        issued: issued.map(|figure| figure.value).unwrap_or_default(),
        returned: reader.decimal("returned_qty").map(|figure| figure.value).unwrap_or_default(),
        reason: reader.text("reason"),
        signed: reader.text("signed_head"),
        confirmed: reader.text("trade_confirm"),
        date: reader.date("issue_date"),
        at: reader.at("issued_qty"),
        kind,
        item,
    })
}

/// Returns the file's name without its folders.
fn file_of(table: &Table) -> &str {
    let path = &table.sheet.id.path;
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

fn type_of(text: &str) -> Option<IssueType> {
    let text = fold(text);
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        // A paper of both ways says nothing of its rows.
        () if says(&["领退", "领补", "发退"]) => None,
        () if says(&["补料", "超领", "补领", "supplement"]) => Some(IssueType::Supplement),
        () if says(&["退料", "退库", "return"]) => Some(IssueType::Return),
        () if says(&["领料", "发料", "预发", "issue", "requisition"]) => {
            Some(IssueType::Issue)
        }
        () => None,
    }
}

/// Returns the fact that stands for one of the fields.
fn fact(table: &Table, fields: &[&str]) -> Option<Arc<str>> {
    let kind = crate::kinds::get("material_issue")?;
    let means = |key: &str| {
        header_key(key)
            .all()
            .any(|word| kind.claim(word).is_some_and(|field| fields.contains(&field.name.as_str())))
    };
    let found = table.facts.iter().find(|fact| means(&fact.key))?;
    Some(Arc::from(found.value.value.trim()))
}
