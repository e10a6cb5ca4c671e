//! Columns of tables for people: what their cells are, and what happens to
//! them on paper, on the terminal, in totals.

/// What the cells of a column are; decides format, alignment and width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A document number or code: text always.
    Id,
    /// An amount of money, two decimals at least.
    Money,
    /// A unit price: two decimals at least, more if it has them.
    Price,
    /// A quantity: as many decimals as it has.
    Quantity,
    /// A share: 0.05 is shown as 5%.
    Percent,
    /// A count.
    Integer,
    /// A day.
    Date,
    /// A place in an input, linked where a link can reach it.
    Place,
    /// A place whose file the row names anyway: shown by sheet and cell.
    Cell,
    /// A word with a tone: a status, a severity.
    Word,
    /// One of some words, to be chosen by a person.
    Choice(Vec<String>),
}

impl Kind {
    /// Whether its cells are figures, to be read down the column.
    pub fn is_figure(&self) -> bool {
        matches!(self, Kind::Money | Kind::Price | Kind::Quantity | Kind::Percent | Kind::Integer)
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// The name by which formulas and charts refer to it.
    pub key: &'static str,
    /// Its header.
    pub label: String,
    /// What its cells are.
    pub kind: Kind,
    /// Its width in narrow characters; `None`: by its content.
    pub width: Option<u16>,
    /// How many sheet columns it takes (forms with several tables).
    pub span: u16,
    /// Whether the total row sums it.
    pub summed: bool,
    /// Whether a person is to fill it in.
    pub input: bool,
    /// Whether the terminal leaves it out.
    pub detail: bool,
    /// Whether paper leaves it out; only columns at the right can be.
    pub off_paper: bool,
    /// Whether the table leaves it out where no row fills it.
    pub if_filled: bool,
}

impl Column {
    /// Makes a column of any kind.
    pub fn new(key: &'static str, label: impl Into<String>, kind: Kind) -> Self {
        Self {
            key,
            label: label.into(),
            kind,
            width: None,
            span: 1,
            summed: false,
            input: false,
            detail: false,
            off_paper: false,
            if_filled: false,
        }
    }

    /// Makes a column of words.
    pub fn text(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Text)
    }

    /// Makes a column of numbers that are names.
    pub fn id(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Id)
    }

    /// Makes a column of amounts.
    pub fn money(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Money)
    }

    /// Makes a column of unit prices.
    pub fn price(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Price)
    }

    /// Makes a column of quantities.
    pub fn quantity(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Quantity)
    }

    /// Makes a column of shares.
    pub fn percent(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Percent)
    }

    /// Makes a column of counts.
    pub fn integer(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Integer)
    }

    /// Makes a column of days.
    pub fn date(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Date)
    }

    /// Makes a column of places.
    pub fn place(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Place)
    }

    /// Makes a column of places that are shown without their file.
    pub fn cell(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Cell)
    }

    /// Makes a column of status words.
    pub fn word(key: &'static str, label: impl Into<String>) -> Self {
        Self::new(key, label, Kind::Word)
    }

    /// Makes a column where a person chooses one of `options`.
    pub fn choice(key: &'static str, label: impl Into<String>, options: Vec<String>) -> Self {
        Self::new(key, label, Kind::Choice(options)).input()
    }

    /// Sums it in the total row.
    #[must_use]
    pub fn sum(mut self) -> Self {
        self.summed = true;
        self
    }

    /// Sets its width, in narrow characters.
    #[must_use]
    pub fn width(mut self, width: u16) -> Self {
        self.width = Some(width);
        self
    }

    /// Sets how many sheet columns it takes.
    #[must_use]
    pub fn span(mut self, span: u16) -> Self {
        self.span = span.max(1);
        self
    }

    /// Lets a person fill it in.
    #[must_use]
    pub fn input(mut self) -> Self {
        self.input = true;
        self
    }

    /// Leaves it out on the terminal.
    #[must_use]
    pub fn detail(mut self) -> Self {
        self.detail = true;
        self
    }

    /// Leaves it out on paper, if no column that is printed stands right of
    /// it.
    #[must_use]
    pub fn off_paper(mut self) -> Self {
        self.off_paper = true;
        self
    }

    /// Leaves it out of tables in which no row fills it. No formula may refer
    /// to it.
    #[must_use]
    pub fn if_filled(mut self) -> Self {
        self.if_filled = true;
        self
    }
}
