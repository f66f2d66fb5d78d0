//! What the products understand: requests and texts go in, what they mean comes out.

pub mod document;
