//! `connection`: how requests travel.

use super::{Kind, Section, Setting, UrlUse, setting};

/// One table.
pub(super) static SECTION: Section = Section {
    name: "connection",
    title: "Connection",
    help: "How requests travel: time limits, retries, proxies and certificates.",
    menu_place: 3,
    settings: SETTINGS,
};

const SETTINGS: &[Setting] = &[
    setting("connection.timeout", Kind::Integer { min: 1, max: 600 }, "Timeout", "Seconds to wait for an answer.")
        .default("30")
        .example("60"),
    setting(
        "connection.max_retries",
        Kind::Integer { min: 0, max: 20 },
        "Retries",
        "How often a failed request is sent again.",
    )
    .default("5")
    .example("3"),
    setting(
        "connection.backoff_factor",
        Kind::Number { min: 1.0, max: 10.0 },
        "Backoff factor",
        "How many times longer each wait between retries is than the one before.",
    )
    .default("2")
    .example("1.5"),
    setting(
        "connection.max_backoff",
        Kind::Number { min: 0.0, max: 3600.0 },
        "Longest backoff",
        "Seconds that a wait between retries lasts at the most.",
    )
    .default("60")
    .example("120"),
    setting(
        "connection.retry_status_codes",
        Kind::StatusCodes { min: 400, max: 599, without: &[401, 403] },
        "Retry on",
        "Status codes after which a request is sent again.",
    )
    .default("[429, 502, 503, 504]")
    .example("[429, 500, 503]"),
    setting(
        "connection.max_workers",
        Kind::Integer { min: 1, max: 64 },
        "Parallel requests",
        "How many requests are under way at the same time, at the most.",
    )
    .default("8")
    .example("4"),
    setting(
        "connection.route",
        Kind::Choice(&["auto", "site", "gateway"]),
        "Route",
        "How requests travel to a Cloud site: straight to the `site`, through the `gateway`, or whichever works.",
    )
    .default("\"auto\"")
    .example("\"gateway\""),
    setting(
        "connection.gateway_url",
        Kind::Url(UrlUse::Site),
        "Gateway",
        "The gateway of Atlassian Cloud. Government clouds have their own.",
    )
    .default("\"https://api.atlassian.com\"")
    .example("\"https://api.atlassian.com\"")
    .protected(),
    setting(
        "connection.allow_http",
        Kind::Hosts,
        "Allow http",
        "Hosts that may be reached without encryption. This machine always may.",
    )
    .default("[]")
    .example("[\"wiki.acme.example\"]")
    .protected(),
    setting(
        "connection.allow_invalid_tls",
        Kind::Hosts,
        "Allow invalid certificates",
        "Hosts whose certificates are not checked. Every use of it warns.",
    )
    .default("[]")
    .example("[\"localhost:8443\"]")
    .protected(),
    setting(
        "connection.ca_bundle",
        Kind::Path,
        "CA bundle",
        "A file of PEM certificates to trust besides the system's.",
    )
    .example("\"/etc/ssl/acme.pem\"")
    .protected(),
    setting(
        "connection.client_cert",
        Kind::Path,
        "Client certificate",
        "A PEM file with the certificate that this machine shows to servers.",
    )
    .example("\"/home/you/acme-client.pem\"")
    .protected(),
    setting("connection.client_key", Kind::Path, "Client key", "A PEM file with the key of the client certificate.")
        .example("\"/home/you/acme-client.key\"")
        .protected(),
    setting(
        "connection.proxy",
        Kind::Url(UrlUse::Proxy),
        "Proxy",
        "The proxy for all requests, without user or password. Where it is not set, HTTPS_PROXY and NO_PROXY count.",
    )
    .example("\"http://proxy.acme.example:3128\"")
    .protected(),
];
