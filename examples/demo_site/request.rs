//! A request as the site sees it, and as its record keeps it.

use serde_json::Value;

/// What was asked.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// In upper case.
    pub(crate) method: String,
    /// As it was sent, without the query.
    pub(crate) path: String,
    /// Names and values, decoded, in the order in which they were sent.
    pub(crate) query: Vec<(String, String)>,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// A request without a body, from the parts of its first line.
    pub(crate) fn new(
        method: &str,
        path: &str,
        query: &str,
        headers: Vec<(String, String)>,
    ) -> Request {
        let query = url::form_urlencoded::parse(query.as_bytes());
        Request {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.into_owned().collect(),
            headers,
            body: Vec::new(),
        }
    }

    /// The parts of the path between slashes, decoded.
    pub(crate) fn segments(&self) -> Vec<String> {
        let path = self.path.trim_matches('/');
        if path.is_empty() {
            return Vec::new();
        }
        path.split('/').map(decoded).collect()
    }

    /// The value of a header; the name is given in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        value_of(&self.headers, name)
    }

    /// The value of a parameter in the query. One that is empty is as good as none.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        value_of(&self.query, name).filter(|value| !value.is_empty())
    }

    /// A number in the query.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.parameter(name)?.parse().ok()
    }

    /// The words of a parameter that may be repeated and may hold commas.
    pub(crate) fn words(&self, name: &str) -> Vec<&str> {
        self.query
            .iter()
            .filter(|(known, _)| known == name)
            .flat_map(|(_, value)| value.split(','))
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .collect()
    }

    /// The body, or `null` if it is no JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// Whether nothing is changed by it, going by the method alone.
    pub(crate) fn only_reads(&self) -> bool {
        self.method == "GET" || self.method == "HEAD"
    }

    /// The method with which the site looks for an answer: `HEAD` is `GET` without the body.
    pub(crate) fn verb(&self) -> &str {
        if self.method == "HEAD" {
            "GET"
        } else {
            &self.method
        }
    }
}

fn value_of<'list>(list: &'list [(String, String)], name: &str) -> Option<&'list str> {
    list.iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.as_str())
}

fn decoded(segment: &str) -> String {
    let bytes = segment.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = segment
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        plain.push(code.unwrap_or(bytes[at]));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&plain).into_owned()
}
