//! The program as people run it: the real binary, each test with a home of its own and an environment in which
//! nothing of this machine is left.

#![cfg(unix)]

mod display;
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
mod undo;
