//! Settings that stand at the root of a file.

use super::{Kind, Section, Setting, setting};

/// Which profile is meant when none is named.
pub(super) static SECTION: Section = Section {
    name: "",
    title: "General",
    help: "What holds for every command.",
    menu_place: 6,
    settings: SETTINGS,
};

const SETTINGS: &[Setting] = &[setting(
    "default_profile",
    Kind::ProfileName,
    "Default profile",
    "The profile that commands use when none is named on the command line.",
)
.example("\"work\"")];
