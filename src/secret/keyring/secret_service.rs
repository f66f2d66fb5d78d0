//! The Secret Service of Linux and other Unix desktops (GNOME Keyring, KDE Wallet, KeePassXC): calls over the session bus.
//!
//! <https://specifications.freedesktop.org/secret-service/latest/>. Entries are found by the attributes `service` and
//! `username`, as other programs name them, so `secret-tool lookup service lassi username NAME` shows one. The address of
//! the bus is taken from the process environment by the library.

use std::collections::HashMap;

use secret_service::blocking::{Collection, Item, SecretService};
use secret_service::{EncryptionType, Error};
use zbus::DBusError;
use zbus::blocking::Connection;

use super::super::fault::KeyringFault;
use super::{Ring, SERVICE};

const CONTENT_TYPE: &str = "text/plain";

/// A session with the service, encrypted between here and there.
pub(super) struct SystemRing {
    service: SecretService<'static>,
}

impl SystemRing {
    pub(super) fn open() -> Result<Self, KeyringFault> {
        // whatever keeps the bus from being reached, there is none for us
        let connection = Connection::session().map_err(|_| KeyringFault::NoBus)?;
        let service = SecretService::connect_with_existing(EncryptionType::Dh, connection)
            .map_err(|error| fault(&error))?;
        Ok(Self { service })
    }

    /// The one entry of that name. A locked keyring keeps its entries to itself, and so does one that was never opened
    /// since the start: that there is none is said only by one that is open.
    fn find(&self, name: &str) -> Result<Option<Item<'_>>, KeyringFault> {
        let mut found = self
            .service
            .search_items(attributes(name))
            .map_err(|error| fault(&error))?;
        match (found.unlocked.len(), found.locked.len()) {
            (1, 0) => Ok(found.unlocked.pop()),
            (0, 0) => self.open_collection().map(|_| None),
            (0, _) => Err(KeyringFault::Locked),
            (unlocked, locked) => Err(KeyringFault::Several {
                name: name.to_owned(),
                count: unlocked + locked,
            }),
        }
    }

    /// The default keyring, if it is not locked. It is not asked to open: that would show a window and wait for a
    /// password, and the caller waits for seconds only.
    fn open_collection(&self) -> Result<Collection<'_>, KeyringFault> {
        let collection = self
            .service
            .get_default_collection()
            .map_err(|error| match error {
                Error::NoResult => KeyringFault::NoDefault,
                other => fault(&other),
            })?;
        if collection.is_locked().map_err(|error| fault(&error))? {
            return Err(KeyringFault::Locked);
        }
        Ok(collection)
    }
}

impl Ring for SystemRing {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringFault> {
        let item = self.find(name)?;
        item.map(|item| item.get_secret().map_err(|error| fault(&error)))
            .transpose()
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyringFault> {
        let written = match self.find(name)? {
            Some(item) => item.set_secret(secret, CONTENT_TYPE),
            None => self
                .open_collection()?
                .create_item(
                    &format!("{SERVICE}: {name}"),
                    attributes(name),
                    secret,
                    true,
                    CONTENT_TYPE,
                )
                .map(|_| ()),
        };
        written.map_err(|error| fault(&error))
    }

    fn remove(&self, name: &str) -> Result<(), KeyringFault> {
        match self.find(name)? {
            Some(item) => item.delete().map_err(|error| fault(&error)),
            None => Ok(()),
        }
    }
}

fn attributes(name: &str) -> HashMap<&str, &str> {
    HashMap::from([("service", SERVICE), ("username", name)])
}

fn fault(error: &Error) -> KeyringFault {
    match error {
        Error::Locked => KeyringFault::Locked,
        Error::Prompt => KeyringFault::Refused,
        Error::Unavailable => KeyringFault::NoService,
        Error::Zbus(error) => bus_fault(error),
        Error::ZbusFdo(error) => named_fault(error.name().as_str(), error),
        other => failed(other),
    }
}

fn bus_fault(error: &zbus::Error) -> KeyringFault {
    match error {
        zbus::Error::MethodError(name, _, _) => named_fault(name.as_str(), error),
        zbus::Error::FDO(inner) => named_fault(inner.name().as_str(), error),
        other => failed(other),
    }
}

/// By the names of the D-Bus and Secret Service specifications.
fn named_fault(name: &str, error: &dyn std::error::Error) -> KeyringFault {
    match name {
        "org.freedesktop.DBus.Error.ServiceUnknown"
        | "org.freedesktop.DBus.Error.NameHasNoOwner" => KeyringFault::NoService,
        "org.freedesktop.Secret.Error.IsLocked" => KeyringFault::Locked,
        "org.freedesktop.DBus.Error.AccessDenied" | "org.freedesktop.DBus.Error.AuthFailed" => {
            KeyringFault::Refused
        }
        // the bus knows how to start the service, and that failed
        name if name.starts_with("org.freedesktop.DBus.Error.Spawn.") => KeyringFault::NoService,
        _ => failed(error),
    }
}

fn failed(error: &dyn std::error::Error) -> KeyringFault {
    KeyringFault::Failed {
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use zbus::fdo;

    #[test]
    fn answers_of_the_bus_are_told_apart() {
        let of = |error: fdo::Error| fault(&Error::Zbus(zbus::Error::FDO(Box::new(error))));
        let text = || "said by the bus".to_owned();
        assert_eq!(
            of(fdo::Error::ServiceUnknown(text())),
            KeyringFault::NoService
        );
        assert_eq!(
            of(fdo::Error::SpawnChildExited(text())),
            KeyringFault::NoService
        );
        assert_eq!(of(fdo::Error::AccessDenied(text())), KeyringFault::Refused);
        assert!(matches!(
            of(fdo::Error::NoMemory(text())),
            KeyringFault::Failed { reason } if reason.contains("said by the bus")
        ));
        assert_eq!(fault(&Error::Locked), KeyringFault::Locked);
        assert_eq!(fault(&Error::Prompt), KeyringFault::Refused);
    }
}
