//! What can be wrong with a keyring as a whole: the answers of three systems go in, one of these comes out.

use std::fmt;
use std::time::Duration;

/// Why the system's keyring cannot do what it was asked. No text of a secret is in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyringFault {
    /// It is locked, and may or may not hold what was asked for.
    Locked,
    /// There is no session bus to reach it by (Secret Service only).
    NoBus,
    /// Nothing on the session bus offers a keyring (Secret Service only).
    NoService,
    /// The service has no default keyring to put secrets into (Secret Service only).
    NoDefault,
    /// It says no: access is denied, or somebody dismissed the question it asked.
    Refused,
    /// It does not answer.
    Silent {
        /// How long it was waited for.
        waited: Duration,
    },
    /// The library that talks to it ended before it answered.
    Stopped,
    /// The secret is longer than the keyring takes.
    TooLong {
        /// The longest it takes, in bytes.
        longest: u32,
    },
    /// It holds several entries of one name, and cannot tell which is the right one.
    Several {
        /// The name.
        name: String,
        /// How many.
        count: usize,
    },
    /// It, or the way to it, failed for another reason.
    Failed {
        /// What the system says.
        reason: String,
    },
}

impl fmt::Display for KeyringFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Locked => formatter.write_str("locked"),
            Self::NoBus => formatter.write_str("no session bus"),
            Self::NoService => formatter.write_str("no service"),
            Self::NoDefault => formatter.write_str("no default keyring"),
            Self::Refused => formatter.write_str("refused"),
            Self::Silent { waited } => {
                write!(formatter, "no answer in {} s", waited.as_secs_f32())
            }
            Self::Stopped => formatter.write_str("library ended"),
            Self::TooLong { longest } => write!(formatter, "longer than {longest} bytes"),
            Self::Several { name, count } => write!(formatter, "{count} entries for {name}"),
            Self::Failed { reason } => formatter.write_str(reason),
        }
    }
}

impl std::error::Error for KeyringFault {}
