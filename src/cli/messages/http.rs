//! The wording for requests that got no answer: what is the case, and what to set.

use super::super::describe::shell_word;
use super::super::failure::{Exit, Message};
use crate::http::{CertificateFault, HttpError, ProxyFault, RedirectFault, TlsFile};

/// The gateway of Atlassian Cloud, which some networks do not let through.
const GATEWAY_HOST: &str = "api.atlassian.com";

/// Why there is no answer.
pub(in crate::cli) fn http(error: &HttpError) -> Message {
    let message = what_and_hints(error);
    match error {
        HttpError::Resolve { host }
        | HttpError::Refused { host }
        | HttpError::Timeout { host, .. }
        | HttpError::Proxy { host, .. }
            if host == GATEWAY_HOST =>
        {
            message.hint(
                "where only the site can be reached: `lassi config set connection.route=site`",
            )
        }
        _ => message,
    }
}

fn what_and_hints(error: &HttpError) -> Message {
    let failed = |what: String| Message::new(Exit::Failed, what);
    match error {
        HttpError::TlsFile {
            which,
            file,
            reason,
        } => tls_file(*which, &file.display().to_string(), *reason),
        HttpError::HalfIdentity { missing } => {
            let (present, missing) = match missing {
                TlsFile::ClientKey => ("connection.client_cert", "connection.client_key"),
                _ => ("connection.client_key", "connection.client_cert"),
            };
            Message::new(Exit::Invalid, format!("`{present}` is set, and `{missing}` is not"))
                .hint(format!("to set it: `lassi config set {missing}=FILE`"))
        }
        HttpError::ProxyAddress { proxy } => {
            Message::new(Exit::Invalid, format!("{proxy} cannot be used as a proxy"))
                .hint("to set another one: `lassi config set connection.proxy=http://HOST:PORT`")
        }
        HttpError::Client => failed("no connection can be made with these settings".to_owned())
            .hint("`lassi config list connection --origin` shows them"),
        HttpError::PlainHttp { host } => Message::new(
            Exit::Invalid,
            format!("{host} would be reached without encryption, and nothing is sent"),
        )
        .hint(format!(
            "to allow it: `lassi config set connection.allow_http={}`",
            shell_word(host)
        )),
        HttpError::Resolve { host } => failed(format!("{host} is not known: the name has no address"))
            .hint("look at the spelling of the site: `lassi auth list`")
            .hint("behind a proxy: `lassi config set connection.proxy=http://HOST:PORT`, or the variable HTTPS_PROXY"),
        HttpError::Refused { host } => failed(format!("{host} cannot be reached: nothing answers there"))
            .hint("look at host and port of the site: `lassi auth list`")
            .hint("behind a proxy: `lassi config set connection.proxy=http://HOST:PORT`, or the variable HTTPS_PROXY"),
        HttpError::Proxy { host, fault } => proxy(host, *fault),
        HttpError::Certificate { host, fault } => certificate(host, *fault),
        HttpError::ClientCertificate { host, shown } => failed(if *shown {
            format!("{host} does not accept the certificate that this machine shows")
        } else {
            format!("{host} lets in nobody who does not show a certificate")
        })
        .hint("to show another one: `lassi config set connection.client_cert=FILE connection.client_key=FILE`"),
        HttpError::Tls { host, reason } => failed(format!("no encrypted connection to {host}: {reason}"))
            .hint("is it really https? look at the address of the site: `lassi auth list`"),
        HttpError::Timeout { host, seconds } => failed(format!("{host} did not answer within {seconds} s"))
            .hint("to wait longer: `lassi config set connection.timeout=SECONDS`"),
        HttpError::Broken { host } => failed(format!("the connection to {host} broke before the answer was there"))
            .hint("`--debug` shows what was sent and when it broke"),
        HttpError::TooLarge { host, largest } => failed(format!(
            "the answer of {host} is larger than {} MiB and was left",
            largest / (1024 * 1024)
        ))
        .hint("ask for less: a smaller `--limit`, fewer `--fields`"),
        HttpError::Encoding { host, encoding } => failed(format!(
            "{host} packed its answer as `{encoding}`, which was not asked for"
        ))
        .hint("a proxy in between may do that: ask its administrator"),
        HttpError::Damaged { host } => failed(format!("the answer of {host} is damaged and cannot be unpacked"))
            .hint("a proxy in between may do that: ask its administrator"),
        HttpError::Redirect { host, fault } => failed(match fault {
            RedirectFault::Circle => format!("{host} redirects again and again and does not answer"),
            RedirectFault::Plain => {
                format!("{host} redirects to an address without encryption, which is not followed")
            }
            RedirectFault::Elsewhere { to } => {
                format!("{host} redirects to {to}: what would change something is not sent elsewhere")
            }
            RedirectFault::Nowhere => format!("{host} redirects to something that is no address"),
        })
        .hint("look at the address of the site: `lassi auth list`")
        .hint("`--debug` shows where it leads"),
        HttpError::Upload { file, reason } => failed(format!("{} cannot be read: {reason}", file.display())),
        HttpError::Keep { reason } => failed(format!("what was received cannot be written: {reason}")),
        HttpError::Other { host, reason } => failed(format!("{host} cannot be asked: {reason}"))
            .hint("`--debug` shows what was sent"),
    }
}

fn tls_file(which: TlsFile, file: &str, reason: Option<std::io::ErrorKind>) -> Message {
    let (setting, holds) = match which {
        TlsFile::CaBundle => ("connection.ca_bundle", "no certificate in PEM form"),
        TlsFile::ClientCertificate => ("connection.client_cert", "no certificate in PEM form"),
        TlsFile::ClientKey => (
            "connection.client_key",
            "no key in PEM form that can be used",
        ),
    };
    let what = match reason {
        Some(reason) => format!("{file}, which `{setting}` names, cannot be read: {reason}"),
        None => format!("{file}, which `{setting}` names, holds {holds}"),
    };
    Message::new(Exit::Invalid, what).hint(format!(
        "to name another one: `lassi config set {setting}=FILE`"
    ))
}

fn proxy(host: &str, fault: ProxyFault) -> Message {
    let what = match fault {
        ProxyFault::SignIn => {
            format!("the proxy does not let {host} be reached without a sign-in of its own (407)")
        }
        ProxyFault::Refused => format!("the proxy refuses the way to {host}"),
        ProxyFault::Unreachable => format!("the proxy for {host} cannot be reached"),
    };
    Message::new(Exit::Failed, what)
        .hint("to set the proxy: `lassi config set connection.proxy=http://HOST:PORT`, or the variable HTTPS_PROXY")
        .hint("to go around it: `lassi config unset connection.proxy`, or name the host in the variable NO_PROXY")
}

fn certificate(host: &str, fault: CertificateFault) -> Message {
    let message = |what: String| Message::new(Exit::Failed, what);
    match fault {
        CertificateFault::UnknownAuthority => message(format!(
            "the certificate of {host} is signed by nobody that this machine trusts"
        ))
        .hint("to trust your company's authority: `lassi config set connection.ca_bundle=FILE`"),
        CertificateFault::NotNow => message(format!(
            "the certificate of {host} has ended or is not valid yet"
        ))
        .hint("look at the clock of this machine, or tell the administrator of the server"),
        CertificateFault::OtherName => {
            message(format!("the certificate of {host} is for another name"))
                .hint("look at the address of the site: `lassi auth list`")
        }
        CertificateFault::Other => message(format!("the certificate of {host} is not accepted"))
            .hint(
                "to trust your company's authority: `lassi config set connection.ca_bundle=FILE`",
            ),
    }
}
