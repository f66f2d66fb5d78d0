//! Why there is no answer: what reqwest says goes in, the case with its fields comes out.

use rustls::{AlertDescription, CertificateError, Error as TlsError};
use std::error::Error;
use std::io;
use std::path::PathBuf;

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HttpError {
    /// A file of certificates or keys cannot be used.
    TlsFile {
        /// Which one.
        which: TlsFile,
        /// The file.
        file: PathBuf,
        /// Why it cannot be read; `None` where it is read and does not hold what it should.
        reason: Option<io::ErrorKind>,
    },
    /// `connection.client_cert` without `connection.client_key`, or the other way round.
    HalfIdentity {
        /// The one that is missing.
        missing: TlsFile,
    },
    /// The proxy's address cannot be used.
    ProxyAddress {
        /// The address.
        proxy: String,
    },
    /// No client can be made of the settings.
    Client,
    /// `http://` to a host that is not this machine and not listed.
    PlainHttp {
        /// The host.
        host: String,
    },
    /// The host's name has no address.
    Resolve {
        /// The host.
        host: String,
    },
    /// Nothing listens there, or a firewall says no.
    Refused {
        /// Host and port.
        host: String,
    },
    /// The proxy cannot be reached, or does not let the request through.
    Proxy {
        /// The host that was asked for.
        host: String,
        /// Why.
        fault: ProxyFault,
    },
    /// The server asks for a certificate of the client's.
    ClientCertificate {
        /// The host.
        host: String,
        /// Whether one was shown, which it does not accept.
        shown: bool,
    },
    /// The server's certificate is not accepted.
    Certificate {
        /// The host.
        host: String,
        /// Why.
        fault: CertificateFault,
    },
    /// The encrypted connection could not be made.
    Tls {
        /// The host.
        host: String,
        /// What the library says.
        reason: String,
    },
    /// Nothing came in time.
    Timeout {
        /// The host.
        host: String,
        /// `connection.timeout`.
        seconds: u64,
    },
    /// The connection broke.
    Broken {
        /// The host.
        host: String,
    },
    /// The answer is larger than it may be.
    TooLarge {
        /// The host.
        host: String,
        /// The bound, in bytes.
        largest: usize,
    },
    /// The answer is packed in a way that was not asked for.
    Encoding {
        /// The host.
        host: String,
        /// `Content-Encoding`.
        encoding: String,
    },
    /// What is packed cannot be unpacked.
    Damaged {
        /// The host.
        host: String,
    },
    /// A redirect that is not followed.
    Redirect {
        /// The host that redirected.
        host: String,
        /// Why.
        fault: RedirectFault,
    },
    /// A file to upload cannot be read.
    Upload {
        /// The file.
        file: PathBuf,
        /// Why.
        reason: io::ErrorKind,
    },
    /// What is received cannot be kept.
    Keep {
        /// Why.
        reason: io::ErrorKind,
    },
    /// Anything else.
    Other {
        /// The host.
        host: String,
        /// What the library says, without addresses.
        reason: String,
    },
}

/// Which file of certificates or keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsFile {
    /// `connection.ca_bundle`.
    CaBundle,
    /// `connection.client_cert`.
    ClientCertificate,
    /// `connection.client_key`.
    ClientKey,
}

/// Why there is no way through a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProxyFault {
    /// It cannot be reached.
    Unreachable,
    /// It wants a sign-in of its own.
    SignIn,
    /// It does not let the request through.
    Refused,
}

/// Why a redirect is not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectFault {
    /// There are too many of them.
    Circle,
    /// It leads away from encryption.
    Plain,
    /// What would change something is not sent to another server, nor is it answered by one.
    Elsewhere {
        /// The other server.
        to: String,
    },
    /// It leads to no address.
    Nowhere,
}

/// Why a certificate is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateFault {
    /// Nobody that is trusted has signed it.
    UnknownAuthority,
    /// It has ended, or has not begun.
    NotNow,
    /// It is for another name.
    OtherName,
    /// Anything else.
    Other,
}

impl HttpError {
    /// Whether another try may do better.
    pub(super) fn is_passing(&self) -> bool {
        matches!(self, HttpError::Timeout { .. } | HttpError::Broken { .. })
    }

    /// What reqwest says of a request to a host.
    pub(super) fn of(error: &reqwest::Error, host: &str, seconds: u64) -> HttpError {
        let host = host.to_owned();
        if error.is_timeout() {
            return HttpError::Timeout { host, seconds };
        }
        let chain: Vec<&(dyn Error + 'static)> =
            std::iter::successors(error.source(), |error| inside(*error)).collect();
        let tls = chain
            .iter()
            .find_map(|error| error.downcast_ref::<TlsError>());
        if let Some(fault) = tls {
            return match fault {
                TlsError::AlertReceived(alert) => match about_our_certificate(*alert) {
                    Some(shown) => HttpError::ClientCertificate { host, shown },
                    None => HttpError::Tls {
                        host,
                        reason: fault.to_string(),
                    },
                },
                TlsError::InvalidCertificate(fault) => HttpError::Certificate {
                    host,
                    fault: CertificateFault::of(fault),
                },
                other => HttpError::Tls {
                    host,
                    reason: other.to_string(),
                },
            };
        }
        let texts: Vec<String> = chain.iter().map(ToString::to_string).collect();
        let says = |word: &str| texts.iter().any(|text| text.contains(word));
        if says("tunnel") || says("socks") || says("proxy") {
            let fault = if says("authorization required") || says("auth required") {
                ProxyFault::SignIn
            } else if says("unsuccessful") || says("unexpected end of file") {
                ProxyFault::Refused
            } else {
                ProxyFault::Unreachable
            };
            return HttpError::Proxy { host, fault };
        }
        if says("dns error") {
            return HttpError::Resolve { host };
        }
        let kind = chain
            .iter()
            .rev()
            .find_map(|error| error.downcast_ref::<io::Error>().map(io::Error::kind));
        match kind {
            Some(io::ErrorKind::TimedOut) => HttpError::Timeout { host, seconds },
            Some(
                io::ErrorKind::ConnectionRefused
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::NetworkDown,
            ) => HttpError::Refused { host },
            Some(_) => HttpError::Broken { host },
            None if error.is_request() || error.is_body() => HttpError::Broken { host },
            None => HttpError::Other {
                host,
                reason: texts.last().cloned().unwrap_or_default(),
            },
        }
    }
}

/// The error inside of an error. One of `std::io` that wraps another says only what is inside of that.
fn inside<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let wrapped = error
        .downcast_ref::<io::Error>()
        .and_then(io::Error::get_ref);
    match wrapped {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// Whether a server complains about the certificate that it wants to see: `true` about the one that was shown, `false`
/// that there is none (RFC 8446, 6.2).
fn about_our_certificate(alert: AlertDescription) -> Option<bool> {
    match alert {
        AlertDescription::CertificateRequired => Some(false),
        AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateRevoked
        | AlertDescription::CertificateExpired
        | AlertDescription::CertificateUnknown
        | AlertDescription::UnknownCA
        | AlertDescription::AccessDenied => Some(true),
        _ => None,
    }
}

impl CertificateFault {
    fn of(error: &CertificateError) -> CertificateFault {
        match error {
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                CertificateFault::UnknownAuthority
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => CertificateFault::NotNow,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                CertificateFault::OtherName
            }
            _ => CertificateFault::Other,
        }
    }
}
