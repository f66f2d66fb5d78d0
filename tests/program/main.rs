//! The program as people run it: the real binary, each test with a home of its own and an environment in which
//! nothing of this machine is left.

// the scripts in the cases use the GNU tools
#![cfg(target_os = "linux")]

#[path = "../api/mod.rs"]
mod api;
#[path = "../../examples/demo_site/mod.rs"]
mod demo_site;
mod display;
mod docs;
mod editors;
mod home;
mod hostile;
mod kills;
mod layers;
mod messages;
mod places;
mod races;
mod round_trip;
mod samples;
mod secrecy;
mod terminal;
mod undo;
