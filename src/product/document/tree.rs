//! The tree between all formats: blocks that hold blocks or inlines.
//!
//! Readers build it in one normal form (`inlines.rs`), so that equal texts are equal trees: no empty paragraphs, no
//! empty or adjacent equal texts, no line breaks within a text.

use jiff::civil::Date;

/// One part of a document, below the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading {
        /// From 1, the largest, to 6.
        level: u8,
        /// What it says.
        content: Vec<Inline>,
    },
    /// A list with bullets.
    BulletList(Vec<ListItem>),
    /// A list with numbers.
    OrderedList {
        /// The number of the first item.
        start: u32,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A list of what is to be done.
    TaskList(Vec<Task>),
    /// Code, or other text that is shown as it is.
    Code {
        /// The language it is in, one word.
        language: Option<String>,
        /// The text, without a line break at its end.
        text: String,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A coloured box.
    Panel {
        /// What it stands for.
        kind: PanelKind,
        /// What is in it.
        content: Vec<Block>,
    },
    /// A table, row by row.
    Table(Vec<Vec<Cell>>),
    /// A line across.
    Rule,
    /// Text that is shown once somebody asks for it.
    Expand {
        /// What is shown before that.
        title: String,
        /// What is in it.
        content: Vec<Block>,
    },
    /// What the reader did not know, kept visible.
    Unknown {
        /// What its format calls it.
        name: String,
        /// What it says, as far as that can be told.
        text: String,
    },
}

/// The content of one item of a list.
pub type ListItem = Vec<Block>;

/// One thing to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Whether it is done.
    pub done: bool,
    /// What is to be done, and lists below it.
    pub content: Vec<Block>,
}

/// What a coloured box stands for, named as in Atlassian Document Format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelKind {
    /// Blue: worth knowing.
    Info,
    /// Purple: to be kept in mind.
    Note,
    /// Yellow: take care.
    Warning,
    /// Green: well done, or a tip.
    Success,
    /// Red: this goes wrong.
    Error,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Whether it is a heading.
    pub header: bool,
    /// How many columns it covers, at least 1.
    pub columns: u16,
    /// How many rows it covers, at least 1.
    pub rows: u16,
    /// What is in it.
    pub content: Vec<Block>,
}

impl Cell {
    /// A cell of one column and one row.
    pub fn new(header: bool, content: Vec<Block>) -> Cell {
        Cell {
            header,
            columns: 1,
            rows: 1,
            content,
        }
    }
}

/// One part of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text that looks the same from end to end.
    Text {
        /// The text.
        text: String,
        /// What it looks like.
        marks: Marks,
    },
    /// Somebody who is notified.
    Mention(Mention),
    /// An emoji that is more than a character.
    Emoji {
        /// Its name between colons: `:smile:`.
        name: String,
        /// The character, where there is one; else what its format shows for it.
        text: String,
    },
    /// A new line in the same paragraph.
    Break,
    /// A coloured word.
    Status {
        /// The word.
        text: String,
        /// Its colour.
        color: Color,
    },
    /// A day.
    Date(Date),
    /// A link that is shown by the title of its target.
    Card(String),
    /// A picture or a file.
    Image(Image),
    /// What the reader did not know, kept visible.
    Unknown {
        /// What its format calls it.
        name: String,
        /// What it says, as far as that can be told.
        text: String,
    },
}

impl Inline {
    /// Text without marks.
    pub fn plain(text: impl Into<String>) -> Inline {
        Inline::Text {
            text: text.into(),
            marks: Marks::default(),
        }
    }
}

/// What a text looks like.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Where it leads.
    pub link: Option<String>,
    /// Bold.
    pub strong: bool,
    /// Italic.
    pub emphasis: bool,
    /// Struck through.
    pub strike: bool,
    /// In the type of code.
    pub code: bool,
}

/// Somebody who is named and notified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The account id, or what stands for it until it is looked up: an email address, a user name.
    pub account: String,
    /// The shown name without `@`; may be empty.
    pub name: String,
}

/// The colour of a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Grey.
    Neutral,
    /// Purple.
    Purple,
    /// Blue.
    Blue,
    /// Red.
    Red,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
}

impl Color {
    /// All of them, with their names in Atlassian Document Format, and in macros of Confluence.
    pub(super) const NAMES: [(Color, &'static str, &'static str); 6] = [
        (Color::Neutral, "neutral", "Grey"),
        (Color::Purple, "purple", "Purple"),
        (Color::Blue, "blue", "Blue"),
        (Color::Red, "red", "Red"),
        (Color::Yellow, "yellow", "Yellow"),
        (Color::Green, "green", "Green"),
    ];

    /// The colour of this name, in either format; grey for any other.
    pub(super) fn named(name: &str) -> Color {
        let known = |(_, adf, storage): &&(Color, &str, &str)| {
            name.eq_ignore_ascii_case(adf) || name.eq_ignore_ascii_case(storage)
        };
        Color::NAMES
            .iter()
            .find(known)
            .map_or(Color::Neutral, |(color, _, _)| *color)
    }

    /// Its names in Atlassian Document Format and in macros of Confluence.
    pub(super) fn names(self) -> (&'static str, &'static str) {
        let own = |(color, _, _): &&(Color, &str, &str)| *color == self;
        Color::NAMES
            .iter()
            .find(own)
            .map_or(("neutral", "Grey"), |(_, adf, storage)| (adf, storage))
    }
}

/// A picture or a file that a text shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Image {
    /// From anywhere.
    Address {
        /// Where it is.
        url: String,
        /// What is said instead of it.
        alt: String,
    },
    /// Attached to the same page or issue.
    Attachment {
        /// The name of the file.
        file: String,
        /// What is said instead of it.
        alt: String,
    },
    /// In the media store that Atlassian Document Format refers to.
    Stored {
        /// The id there.
        id: String,
        /// The collection that it is in; may be empty.
        collection: String,
        /// What is said instead of it.
        alt: String,
    },
}

impl Image {
    /// What is said instead of the picture: its description, else its address, name or id.
    pub(super) fn caption(&self) -> &str {
        let (alt, or) = match self {
            Image::Address { url, alt } => (alt, url),
            Image::Attachment { file, alt } => (alt, file),
            Image::Stored { id, alt, .. } => (alt, id),
        };
        if alt.is_empty() { or } else { alt }
    }
}
