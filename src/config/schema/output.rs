//! `output`: what commands print.

use super::{Kind, Section, Setting, setting};

/// One table.
pub(super) static SECTION: Section = Section {
    name: "output",
    title: "Output",
    help: "What commands print, and how.",
    menu_place: 4,
    settings: SETTINGS,
};

const SETTINGS: &[Setting] = &[
    setting(
        "output.format",
        Kind::Choice(&["table", "json", "yaml", "csv", "quiet"]),
        "Format",
        "The form in which product commands print what they found.",
    )
    .default("\"table\"")
    .example("\"json\""),
    setting(
        "output.color",
        Kind::Choice(&["auto", "always", "never"]),
        "Colour",
        "Whether output is coloured: `auto` colours on a terminal, unless NO_COLOR is set.",
    )
    .default("\"auto\"")
    .example("\"never\""),
];
