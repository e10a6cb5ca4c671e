//! Sheets for people: a heading, facts, tables, forms, charts, one below the
//! other.

use super::cell::Cell;
use super::picture::Picture;
use super::table::Table;

/// What a sheet is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// A4.
    #[default]
    A4,
    /// US letter.
    Letter,
    /// A6: a carton label.
    A6,
    /// 4 by 6 inches: a carton label.
    FourBySix,
}

impl Paper {
    /// Whether it is no larger than a label.
    pub fn is_label(self) -> bool {
        matches!(self, Self::A6 | Self::FourBySix)
    }
}

/// How the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side, for wide tables.
    Landscape,
}

/// One sheet of a report, or one document to print.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The name by which formulas of other sheets refer to it.
    pub key: &'static str,
    /// The name on its tab.
    pub name: String,
    /// How it is printed.
    pub orientation: Orientation,
    /// What it is printed on.
    pub paper: Paper,
    /// What stands on it, top to bottom.
    pub blocks: Vec<Block>,
    /// How many rows of its first table the terminal shows, heaviest first;
    /// `None`: the sheet is for files only.
    pub on_terminal: Option<usize>,
}

impl Sheet {
    /// Makes an empty sheet.
    pub fn new(key: &'static str, name: impl Into<String>) -> Self {
        Self { key, name: name.into(), ..Self::default() }
    }

    /// Prints it on its side.
    #[must_use]
    pub fn landscape(mut self) -> Self {
        self.orientation = Orientation::Landscape;
        self
    }

    /// Prints it on other paper.
    #[must_use]
    pub fn paper(mut self, paper: Paper) -> Self {
        self.paper = paper;
        self
    }

    /// Adds pictures side by side.
    #[must_use]
    pub fn pictures(self, pictures: impl IntoIterator<Item = (u16, Picture)>) -> Self {
        self.block(Block::Pictures(pictures.into_iter().collect()))
    }

    /// Adds pictures beside the rows that follow.
    #[must_use]
    pub fn beside(self, pictures: impl IntoIterator<Item = (u16, Picture)>) -> Self {
        self.block(Block::Beside(pictures.into_iter().collect()))
    }

    /// Shows up to `rows` rows of its first table on the terminal.
    #[must_use]
    pub fn on_terminal(mut self, rows: usize) -> Self {
        self.on_terminal = Some(rows);
        self
    }

    /// Adds the large line at the top.
    #[must_use]
    pub fn title(self, title: impl Into<String>) -> Self {
        self.block(Block::Title(title.into()))
    }

    /// Adds a label and its value; neighbouring ones stand together.
    #[must_use]
    pub fn fact(mut self, label: impl Into<String>, value: impl Into<Cell>) -> Self {
        let fact = (label.into(), value.into());
        if let Some(Block::Facts(facts)) = self.blocks.last_mut() {
            facts.push(fact);
            return self;
        }
        self.block(Block::Facts(vec![fact]))
    }

    /// Adds a paragraph over the whole width.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.block(Block::Text(text.into()))
    }

    /// Adds a table, without what none of its rows has.
    #[must_use]
    pub fn table(self, mut table: Table) -> Self {
        table.leave_out_unfilled();
        self.block(Block::Table(table))
    }

    /// Adds a chart of the table before it.
    #[must_use]
    pub fn chart(self, chart: Chart) -> Self {
        self.block(Block::Chart(chart))
    }

    /// Adds a row of a form.
    #[must_use]
    pub fn spans(self, spans: impl IntoIterator<Item = Span>) -> Self {
        self.block(Block::Spans(spans.into_iter().collect()))
    }

    /// Adds any block.
    #[must_use]
    pub fn block(mut self, block: Block) -> Self {
        self.blocks.push(block);
        self
    }

    /// Returns its tables, top first.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// Takes the total rows off its tables: their figures do not go together.
    pub fn drop_totals(&mut self) {
        for block in &mut self.blocks {
            if let Block::Table(table) = block {
                table.total = None;
            }
        }
    }
}

/// Something that stands on a sheet.
#[derive(Debug, Clone)]
pub enum Block {
    /// The large line at the top.
    Title(String),
    /// Labels and their values.
    Facts(Vec<(String, Cell)>),
    /// A paragraph over the whole width.
    Text(String),
    /// A table.
    Table(Table),
    /// One row of a form: spans side by side.
    Spans(Vec<Span>),
    /// An empty row.
    Space,
    /// A chart of the table before it.
    Chart(Chart),
    /// Pictures side by side, each at its sheet column.
    Pictures(Vec<(u16, Picture)>),
    /// Pictures beside the rows that follow, each at its sheet column: those
    /// rows must be high enough and leave the columns free.
    Beside(Vec<(u16, Picture)>),
    /// What follows starts on a new page.
    PageBreak,
}

/// A piece of a form's row.
#[derive(Debug, Clone)]
pub struct Span {
    /// How many sheet columns it covers.
    pub columns: u16,
    /// What stands in it.
    pub cell: Cell,
    /// How it looks.
    pub style: SpanStyle,
}

impl Span {
    /// Makes a plain span.
    pub fn new(columns: u16, cell: impl Into<Cell>) -> Self {
        Self { columns: columns.max(1), cell: cell.into(), style: SpanStyle::Plain }
    }

    /// Sets how it looks.
    #[must_use]
    pub fn style(mut self, style: SpanStyle) -> Self {
        self.style = style;
        self
    }
}

/// How a span looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpanStyle {
    /// Left, as it is.
    #[default]
    Plain,
    /// Right.
    Right,
    /// Centred.
    Center,
    /// Bold, left.
    Strong,
    /// The company at the head: centred, large.
    Company,
    /// The name of the document: centred, large, bold.
    Heading,
    /// Small and grey.
    Small,
    /// A frame to sign or stamp in: bordered, top left, high.
    Stamp,
    /// An amount of money, bold.
    Money,
}

/// A chart of the table before it.
#[derive(Debug, Clone)]
pub struct Chart {
    /// Its form.
    pub kind: ChartKind,
    /// Its title.
    pub title: String,
    /// The column that names the points.
    pub categories: &'static str,
    /// The columns that are drawn.
    pub series: Vec<&'static str>,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Upright bars.
    Column,
    /// Lying bars: long names.
    Bar,
    /// Lying bars, one part after the other.
    StackedBar,
    /// A line over time.
    Line,
    /// Shares of a whole.
    Pie,
}
