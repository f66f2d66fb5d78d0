//! Requests and answers over real connections: the demo site, and the lists that requests are held to.

mod documented;
mod first_commands;
mod visitor;
