//! What came of a try goes in; whether and when to try again comes out.
//!
//! Exponential backoff with jitter, as AWS describes it ('Exponential Backoff And Jitter'), and what the server asks for
//! by `Retry-After` (RFC 9110, 10.2.3) or `X-RateLimit-Reset` (Atlassian's), within bounds: values of 0 and of
//! 9223372036854775807 were both seen.

use jiff::Timestamp;
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// The first wait, before the factor makes the others longer.
const FIRST_WAIT: Duration = Duration::from_secs(1);

/// When a request is sent again.
#[derive(Debug, Clone, PartialEq)]
pub struct Retry {
    /// How often, at the most.
    pub most: u32,
    /// How many times longer each wait is than the one before.
    pub factor: f64,
    /// The longest wait.
    pub longest: Duration,
    /// The status codes after which it is worth it.
    pub codes: Vec<u16>,
}

/// What came of a try.
#[derive(Debug, Clone, Copy)]
pub enum Tried<'a> {
    /// An answer.
    Answer(StatusCode, &'a HeaderMap),
    /// The connection broke, or nothing came in time.
    Fault,
}

/// A wait before the next try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// How long.
    pub duration: Duration,
    /// The next try's number, the first one being 1.
    pub next: u32,
}

impl Retry {
    /// Whether to try again after `tries` tries, and when. A refused sign-in is never tried again.
    pub fn after(&self, tries: u32, outcome: Tried<'_>, idempotent: bool) -> Option<Wait> {
        if tries > self.most {
            return None;
        }
        let asked = match outcome {
            Tried::Fault if idempotent => None,
            Tried::Answer(status, headers)
                if self.codes.contains(&status.as_u16())
                    && !matches!(status.as_u16(), 401 | 403)
                    && (idempotent || status == StatusCode::TOO_MANY_REQUESTS) =>
            {
                asked_for(headers)
            }
            Tried::Fault | Tried::Answer(..) => return None,
        };
        let duration = match asked {
            // at least something: a server that says 0 is still the one that had too much
            Some(asked) => asked.max(FIRST_WAIT).min(self.longest),
            None => self.backoff(tries),
        };
        Some(Wait {
            duration,
            next: tries + 1,
        })
    }

    /// The wait after a number of tries: half of it certain, half of it by chance.
    fn backoff(&self, tries: u32) -> Duration {
        let power = self
            .factor
            .powi(i32::try_from(tries).unwrap_or(i32::MAX) - 1);
        let seconds = (FIRST_WAIT.as_secs_f64() * power).min(self.longest.as_secs_f64());
        Duration::from_secs_f64(seconds * (0.5 + fastrand::f64() / 2.0))
    }
}

/// How long a server asks to be left alone.
fn asked_for(headers: &HeaderMap) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(text) = text(RETRY_AFTER.as_str()) {
        if let Ok(seconds) = text.parse::<u64>() {
            return Some(Duration::from_secs(seconds));
        }
        let at = httpdate::parse_http_date(text).ok()?;
        return Some(at.duration_since(SystemTime::now()).unwrap_or_default());
    }
    let at: Timestamp = text("x-ratelimit-reset")?.parse().ok()?;
    let left = at.duration_since(Timestamp::now());
    Some(Duration::try_from(left).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retry() -> Retry {
        Retry {
            most: 3,
            factor: 2.0,
            longest: Duration::from_mins(1),
            codes: vec![401, 429, 503],
        }
    }

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().expect("a header"));
        headers
    }

    fn wait(status: u16, headers: &HeaderMap, idempotent: bool) -> Option<Duration> {
        let status = StatusCode::from_u16(status).expect("a status");
        let tried = Tried::Answer(status, headers);
        Some(retry().after(1, tried, idempotent)?.duration)
    }

    #[test]
    fn waits_grow_and_end() {
        for (tries, shortest, longest) in [(1, 0.5, 1.0), (2, 1.0, 2.0), (3, 2.0, 4.0)] {
            let wait = retry().after(tries, Tried::Fault, true).expect("a wait");
            let seconds = wait.duration.as_secs_f64();
            assert!((shortest..=longest).contains(&seconds), "{seconds}");
            assert_eq!(wait.next, tries + 1);
        }
        assert_eq!(retry().after(4, Tried::Fault, true), None);
        let short = Retry {
            longest: Duration::ZERO,
            ..retry()
        };
        let wait = short.after(1, Tried::Fault, true).expect("a wait");
        assert_eq!(wait.duration, Duration::ZERO);
    }

    #[test]
    fn only_what_does_no_harm_is_sent_again() {
        let none = HeaderMap::new();
        assert!(wait(503, &none, true).is_some());
        assert!(wait(503, &none, false).is_none());
        assert!(wait(429, &none, false).is_some());
        assert!(wait(500, &none, true).is_none());
        assert!(wait(401, &none, true).is_none(), "even if it is listed");
        assert!(retry().after(1, Tried::Fault, false).is_none());
    }

    #[test]
    fn what_the_server_asks_for_counts_within_bounds() {
        let seconds = |text| wait(429, &headers("retry-after", text), true).map(|d| d.as_secs());
        assert_eq!(seconds("7"), Some(7));
        assert_eq!(seconds("0"), Some(1));
        assert_eq!(seconds("9223372036854775807"), Some(60));
        assert_eq!(seconds("Wed, 21 Oct 2099 07:28:00 GMT"), Some(60));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:00 GMT"), Some(1));
        let reset = headers("x-ratelimit-reset", "2099-01-01T00:00Z");
        assert_eq!(wait(429, &reset, true).map(|d| d.as_secs()), Some(60));
    }
}
