//! What is printed: values go in, lines for people and for programs come out.

pub mod escape;
pub mod yaml;
