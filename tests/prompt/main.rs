//! Questions on a real pseudo-terminal: what is asked, what comes of every key and signal, and that the terminal is
//! as it was before, whatever happens.

#[cfg(test)]
#[cfg(unix)]
mod endings;
#[cfg(test)]
#[cfg(unix)]
mod login;
#[cfg(test)]
#[cfg(unix)]
#[path = "../menu/mod.rs"]
mod menu;
mod program;
#[cfg(test)]
#[cfg(unix)]
mod questions;
#[cfg(test)]
#[cfg(unix)]
mod screens;
#[cfg(test)]
#[cfg(unix)]
mod site;
#[cfg(test)]
#[cfg(unix)]
mod terminal;
