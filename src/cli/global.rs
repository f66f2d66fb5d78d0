//! The flags that every command takes.

use crate::environment::Environment;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The flags that every command takes.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// Use this value for this run [repeatable]
    #[arg(
        long,
        global = true,
        value_name = "PATH=VALUE",
        help_heading = "Global options"
    )]
    pub set: Vec<String>,

    /// Use this profile
    #[arg(
        short,
        long,
        global = true,
        value_name = "NAME",
        help_heading = "Global options"
    )]
    pub profile: Option<String>,

    /// Use the configured site at this address
    #[arg(
        long,
        global = true,
        value_name = "URL",
        help_heading = "Global options"
    )]
    pub url: Option<String>,

    /// The folder of the user's configuration
    #[arg(
        long,
        global = true,
        value_name = "FOLDER",
        help_heading = "Global options"
    )]
    pub config_dir: Option<PathBuf>,

    /// Never ask anything
    #[arg(long, global = true, help_heading = "Global options")]
    pub no_input: bool,

    /// Say on standard error what is read and why
    #[arg(long, global = true, help_heading = "Global options")]
    pub debug: bool,

    /// Colour the output
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        help_heading = "Global options"
    )]
    pub color: Option<Colour>,

    /// Say nothing but warnings and errors
    #[arg(short, long, global = true, help_heading = "Global options")]
    pub quiet: bool,
}

/// Whether messages are coloured while the arguments are not known yet.
pub(super) fn colour_before_arguments(environment: &Environment) -> bool {
    environment.error_is_terminal && environment.variable("NO_COLOR").is_none()
}

/// Shows clap's answer where it belongs and returns the exit code.
pub(super) fn show_usage(error: &clap::Error) -> u8 {
    // a closed pipe is no failure, and there is nowhere left to say anything else
    let _ = error.print();
    u8::try_from(error.exit_code()).unwrap_or(2)
}
