//! The keychain of macOS and the Credential Manager of Windows: calls of the system, through one library for each.

use std::sync::Arc;

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use keyring_core::api::CredentialStoreApi;
use keyring_core::{Entry, Error};
#[cfg(windows)]
use windows_native_keyring_store::Store;

use super::super::fault::KeyringFault;
use super::{Ring, SERVICE};

/// The user's own keychain, or their credentials.
pub(super) struct SystemRing {
    store: Arc<Store>,
}

impl SystemRing {
    pub(super) fn open() -> Result<Self, KeyringFault> {
        let store = Store::new().map_err(|error| fault(SERVICE, error))?;
        Ok(Self { store })
    }

    fn entry(&self, name: &str) -> Result<Entry, KeyringFault> {
        self.store
            .build(SERVICE, name, None)
            .map_err(|error| fault(name, error))
    }
}

impl Ring for SystemRing {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringFault> {
        match self.entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(fault(name, error)),
        }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyringFault> {
        let written = self.entry(name)?.set_secret(secret);
        written.map_err(|error| fault(name, error))
    }

    fn remove(&self, name: &str) -> Result<(), KeyringFault> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(fault(name, error)),
        }
    }
}

fn fault(name: &str, error: Error) -> KeyringFault {
    match error {
        // locked, or no session in which it could be open
        Error::NoStorageAccess(_) => KeyringFault::Locked,
        Error::TooLong(_, longest) => KeyringFault::TooLong { longest },
        Error::Ambiguous(entries) => KeyringFault::Several {
            name: name.to_owned(),
            count: entries.len(),
        },
        Error::PlatformFailure(error) => platform_fault(error.as_ref()),
        other => KeyringFault::Failed {
            reason: other.to_string(),
        },
    }
}

/// `OSStatus` codes of the Security framework, from `SecBase.h`.
#[cfg(target_os = "macos")]
fn platform_fault(error: &(dyn std::error::Error + Send + Sync + 'static)) -> KeyringFault {
    const USER_CANCELED: i32 = -128;
    const AUTH_FAILED: i32 = -25293;
    const INTERACTION_NOT_ALLOWED: i32 = -25308;
    let code = error
        .downcast_ref::<security_framework::base::Error>()
        .map(|error| error.code());
    match code {
        Some(INTERACTION_NOT_ALLOWED) => KeyringFault::Locked,
        Some(USER_CANCELED | AUTH_FAILED) => KeyringFault::Refused,
        _ => KeyringFault::Failed {
            reason: error.to_string(),
        },
    }
}

#[cfg(windows)]
fn platform_fault(error: &(dyn std::error::Error + Send + Sync + 'static)) -> KeyringFault {
    KeyringFault::Failed {
        reason: error.to_string(),
    }
}
