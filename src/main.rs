//! Takes the snapshot of the environment, runs, and turns the result into an exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    let environment = lassi::environment::Environment::of_process();
    ExitCode::from(lassi::cli::run(&environment))
}
