//! Takes the snapshot of the environment, runs, and turns an error into an exit code.
fn main() {}
