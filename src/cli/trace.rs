//! What happens to requests goes in; what is said of it on standard error comes out: everything with `--debug`, and what
//! takes long without it. Secrets are masked.

use super::failure::{Exit, Message, Severity};
use super::messages;
use super::session::show;
use crate::http::{Authorization, Event, Observer, redact};
use crate::output::escape::Visible;
use std::time::Duration;

/// Shorter waits are nothing to talk about.
const WORTH_SAYING: Duration = Duration::from_secs(1);

/// Says what happens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Trace {
    /// Whether everything is said.
    pub debug: bool,
    /// Whether only warnings are said.
    pub quiet: bool,
    /// Whether it is said in colour.
    pub colour: bool,
}

impl Trace {
    fn debug(self, text: &str) {
        if self.debug {
            show(&format!("debug: {}\n", Visible(text)));
        }
    }
}

/// A text without the secret.
pub(super) fn masked(secret: Option<&Authorization>, text: &str) -> String {
    secret.map_or_else(|| text.to_owned(), |secret| secret.masked(text))
}

impl Observer for Trace {
    fn see(&self, event: &Event<'_>) {
        match event {
            Event::Sending {
                method,
                url,
                headers,
                route,
                credential,
                secret,
            } if self.debug => {
                let url = masked(*secret, &redact::url(url));
                self.debug(&format!("> {method} {url} ({route})"));
                for (name, value) in *headers {
                    self.debug(&format!("> {name}: {}", redact::header(name, value)));
                }
                if credential.is_empty() {
                    self.debug("> no credential");
                } else {
                    self.debug(&format!("> signed in by {credential}"));
                }
            }
            Event::Answered {
                status,
                headers,
                secret,
                time,
            } if self.debug => {
                self.debug(&format!("< {status} in {} ms", time.as_millis()));
                for (name, value) in *headers {
                    let value = masked(*secret, &redact::header(name, value));
                    self.debug(&format!("< {name}: {value}"));
                }
            }
            Event::Failed { error, time } => {
                let message = messages::http(error);
                self.debug(&format!("< {} after {} ms", message.what, time.as_millis()));
            }
            Event::Waiting {
                host,
                status,
                duration,
                next,
                of,
            } => {
                let why = match status {
                    Some(status) => format!("answered {}", status.as_u16()),
                    None => "did not answer".to_owned(),
                };
                let seconds = duration.as_secs_f64();
                let text = format!("{host} {why}: try {next} of {of} in {seconds:.1} s");
                if *duration >= WORTH_SAYING && !self.quiet {
                    show(&format!("{}\n", Visible(&text)));
                } else {
                    self.debug(&text);
                }
            }
            Event::Unchecked { host } => {
                let what = format!("the certificate of {host} is not checked");
                let message = Message::new(Exit::Failed, what).hint(
                    "`lassi config unset connection.allow_invalid_tls`, and trust its authority instead: `lassi config set connection.ca_bundle=FILE`",
                );
                show(&message.render(Severity::Warning, self.colour));
            }
            Event::Sending { .. } | Event::Answered { .. } => {}
        }
    }
}
