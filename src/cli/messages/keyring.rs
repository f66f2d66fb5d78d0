//! The wording for a keyring that does not do what it should: which it is, and how to go on.

use super::super::describe::shell_word;
use super::super::failure::{Exit, Message};
use crate::secret::KeyringFault;

/// The way out that works everywhere.
const USE_THE_FILE: &str =
    "to keep secrets in the encrypted file instead: `lassi config set credentials.store=file`";

/// A keyring that cannot be used at all.
pub(in crate::cli) fn keyring(fault: &KeyringFault) -> Message {
    let message = Message::new(Exit::Failed, what(fault));
    match fault {
        KeyringFault::Several { name, .. } => message.hint(format!(
            "remove all but one in the program that shows your keyring: service `lassi`, user name `{name}`"
        )),
        _ => message.maybe_hint(mend(fault)).hint(USE_THE_FILE),
    }
}

fn what(fault: &KeyringFault) -> String {
    match fault {
        KeyringFault::Locked => "the system's keyring is locked".to_owned(),
        KeyringFault::NoBus => {
            "the system's keyring cannot be reached: there is no session bus".to_owned()
        }
        KeyringFault::NoService => {
            "there is no keyring: no program on the session bus offers one".to_owned()
        }
        KeyringFault::NoDefault => "the system's keyring service has no default keyring".to_owned(),
        KeyringFault::Refused => "the system's keyring refuses".to_owned(),
        KeyringFault::Silent { waited } => format!(
            "the system's keyring has not answered for {} seconds",
            waited.as_secs()
        ),
        KeyringFault::Stopped => {
            "the library that talks to the system's keyring ended by itself".to_owned()
        }
        KeyringFault::TooLong { longest } => {
            format!("the secret is too long for the system's keyring, which takes {longest} bytes")
        }
        KeyringFault::Several { name, count } => {
            format!(
                "`{}` is in the system's keyring {count} times",
                path_of(name)
            )
        }
        KeyringFault::Failed { reason } => format!("the system's keyring failed: {reason}"),
    }
}

fn mend(fault: &KeyringFault) -> Option<String> {
    let mend = match fault {
        KeyringFault::Locked => {
            "unlock it, in the program that shows your keyring or by logging in to the desktop, and try again"
        }
        KeyringFault::NoBus => {
            "a desktop session has a bus; without one: `dbus-run-session -- bash`, then unlock a keyring in there"
        }
        KeyringFault::NoService => {
            "install one and start it: GNOME Keyring, KDE Wallet or KeePassXC"
        }
        KeyringFault::NoDefault => {
            "make one in the program that shows your keyring, and choose it as the default"
        }
        KeyringFault::Refused => "allow it when you are asked, and try again",
        KeyringFault::Silent { .. } => {
            "it may be asking something in a window; else log out and in again, which restarts it"
        }
        KeyringFault::Stopped
        | KeyringFault::TooLong { .. }
        | KeyringFault::Several { .. }
        | KeyringFault::Failed { .. } => return None,
    };
    Some(mend.to_owned())
}

/// A secret that somebody removed from the keyring.
pub(super) fn not_in_keyring(name: &str) -> Message {
    let path = path_of(name);
    let quoted = shell_word(path);
    Message::new(
        Exit::Failed,
        format!("`{path}` was saved in the system's keyring, which does not hold it any more"),
    )
    .hint(format!(
        "to save it anew: `lassi config set --secret-stdin {quoted}`"
    ))
    .hint(format!("to forget it: `lassi config unset {quoted}`"))
}

/// Something in the keyring that is no secret of ours.
pub(super) fn not_text_in_keyring(name: &str) -> Message {
    let path = path_of(name);
    Message::new(
        Exit::Failed,
        format!("what the system's keyring holds for `{path}` is no text"),
    )
    .hint(format!(
        "to save it anew: `lassi config set --secret-stdin {}`",
        shell_word(path)
    ))
}

/// A change that was broken off.
pub(super) fn half_changed(names: &[String], fault: &KeyringFault) -> Message {
    let paths: Vec<_> = names
        .iter()
        .map(|name| format!("`{}`", path_of(name)))
        .collect();
    let message = Message::new(
        Exit::Failed,
        format!(
            "{}, in the middle of a change; the old secret or the new one may be stored: {}",
            what(fault),
            paths.join(", ")
        ),
    );
    message
        .maybe_hint(mend(fault))
        .hint("then give the same command again")
}

/// The path in the name of an entry.
fn path_of(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}
