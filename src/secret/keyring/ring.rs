//! What a keyring can do, whichever system it belongs to: the name of an entry goes in, the bytes of its secret come out.
//!
//! One file a system implements [`Ring`]; this one chooses the file that is compiled.

use super::fault::KeyringFault;

#[cfg(any(windows, target_os = "macos"))]
#[path = "native.rs"]
mod system;
#[cfg(all(unix, not(target_os = "macos")))]
#[path = "secret_service.rs"]
mod system;

/// Under which all entries are filed; keyring programs show it.
const SERVICE: &str = "lassi";

/// A keyring that was reached. Its calls may take as long as they like.
pub(super) trait Ring {
    /// The secret of an entry; `None` only where the keyring is open and has no such entry.
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, KeyringFault>;

    /// Makes an entry or gives it another secret.
    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyringFault>;

    /// Removes an entry; one that is not there is as good.
    fn remove(&self, name: &str) -> Result<(), KeyringFault>;
}

/// Reaches the keyring of this system.
pub(super) fn open_system_ring() -> Result<Box<dyn Ring>, KeyringFault> {
    Ok(Box::new(system::SystemRing::open()?))
}
