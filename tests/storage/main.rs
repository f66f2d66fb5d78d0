//! Files, history and secrets as many processes, a killed process, a full disk and odd folders meet them.

#[cfg(test)]
mod child;
#[cfg(test)]
mod history;
#[cfg(test)]
#[cfg(unix)]
mod kills;
#[cfg(test)]
#[cfg(unix)]
mod mounts;
#[cfg(test)]
mod races;
#[cfg(test)]
mod sandbox;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod write;
