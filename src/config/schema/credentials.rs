//! `credentials`: where secrets live.

use super::{Kind, Section, Setting, setting};

/// One table.
pub(super) static SECTION: Section = Section {
    name: "credentials",
    title: "Credentials",
    help: "Where secrets are kept.",
    menu_place: 5,
    settings: SETTINGS,
};

const SETTINGS: &[Setting] = &[setting(
    "credentials.store",
    Kind::Choice(&["file", "keyring"]),
    "Store",
    "Where secrets are kept: in an encrypted `file` beside the configuration, or in the system's `keyring`.",
)
.default("\"file\"")
.example("\"keyring\"")
.protected()];
