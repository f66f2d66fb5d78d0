//! What is printed: values go in, lines for people and for programs come out.

mod csv;
pub mod escape;
pub mod listing;
pub mod table;
pub mod yaml;
