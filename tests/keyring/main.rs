//! The store of the system's keyring against a real Secret Service, as the program meets it: every test starts a bus and
//! GNOME Keyring of its own, without a display. Where these programs are not installed the tests say so and are skipped.

#![cfg(all(unix, not(target_os = "macos")))]

#[cfg(test)]
mod desktop;
#[cfg(test)]
mod migration;
#[cfg(test)]
mod out_of_reach;
#[cfg(test)]
mod storing;
