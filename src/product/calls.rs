//! An endpoint and the values of a command go in; the call that they make comes out.

use super::command::{Endpoint, ParameterKind, To};
use super::confluence::lookup;
use super::document::Document;
use super::error::ApiError;
use super::fill::put;
use super::people;
use super::run::Run;
use super::site::Call;
use crate::http::header::{HeaderName, HeaderValue};
use crate::http::{Body, Method};
use serde_json::{Map, Value as Json, json};

/// What a switch is in a query.
const TRUE: &str = "true";

impl Run<'_> {
    /// The call that an endpoint and the values make, after the ids that it needs were looked up.
    pub async fn prepared(&self, endpoint: &Endpoint) -> Result<Call, ApiError> {
        let mut call = self.call(endpoint)?;
        for (name, to) in endpoint.sends {
            let (Some(key), To::QueryId(place) | To::BodyId(place)) = (self.values.text(name), to)
            else {
                continue;
            };
            let id = lookup::space_id(self.site, key).await?;
            match (to, &mut call.body) {
                (To::BodyId(_), Body::Json(Json::Object(body))) => put(body, place, id.into()),
                (To::BodyId(_), _) => {
                    let mut body = Map::new();
                    put(&mut body, place, id.into());
                    call = call.json(Json::Object(body));
                }
                _ => call = call.query(*place, id),
            }
        }
        Ok(call)
    }

    /// The call that an endpoint and the values make. Ids that have to be looked up are not in it.
    pub fn call(&self, endpoint: &Endpoint) -> Result<Call, ApiError> {
        let method = Method::from_bytes(endpoint.method.as_bytes()).unwrap_or_default();
        let mut call = Call::new(method, self.fill_path(endpoint.path)?);
        call.reads |= endpoint.reads;
        if endpoint.experimental {
            let name = HeaderName::from_static("x-experimentalapi");
            call.headers
                .insert(name, HeaderValue::from_static("opt-in"));
        }
        for (name, value) in endpoint.fixed {
            call = call.query(*name, *value);
        }
        let mut body = Map::new();
        for (pointer, text) in endpoint.constant {
            put(&mut body, pointer, Json::from(*text));
        }
        for (name, to) in endpoint.sends {
            let texts = self.values.texts(name);
            let given = self.values.is_set(name);
            let kind = self.command.parameter(name).map(|parameter| parameter.kind);
            let switch = given && kind == Some(ParameterKind::Switch);
            if let To::Unless(pointer) = to {
                put(&mut body, pointer, Json::Bool(!switch));
                continue;
            }
            if let (To::Body(pointer), Some(ParameterKind::List), true) =
                (to, kind, given && texts.is_empty())
            {
                // a list that is given and empty takes all away
                put(&mut body, pointer, Json::Array(Vec::new()));
                continue;
            }
            let texts = if switch { &[TRUE.to_owned()] } else { texts };
            let Some(first) = texts.first() else { continue };
            match to {
                To::Objects(pointer, member) => {
                    let objects = texts.iter().map(|text| json!({ *member: text }));
                    put(&mut body, pointer, objects.collect());
                }
                To::Fields(pointer) => {
                    for text in texts {
                        let (field, value) = Self::field(name, text)?;
                        put(&mut body, &format!("{pointer}/{field}"), value);
                    }
                }
                To::Query(query) => call = call.query(*query, texts.join(",")),
                To::Each(query) => {
                    for text in texts {
                        call = call.query(*query, text);
                    }
                }
                To::Unless(_) | To::QueryId(_) | To::BodyId(_) => {}
                To::Body(pointer) => put(&mut body, pointer, self.typed(name, texts)),
                To::Whole => call = call.json(self.typed(name, texts)),
                To::Json(pointer) => {
                    let json = serde_json::from_str(first).map_err(|error| ApiError::Argument {
                        name: (*name).to_owned(),
                        typed: first.clone(),
                        reason: format!("it is no JSON: line {}", error.line()),
                    })?;
                    put(&mut body, pointer, json);
                }
                To::Adf(pointer) => {
                    put(&mut body, pointer, Document::from_markdown(first).to_adf());
                }
                To::Wiki(pointer) => {
                    let text = Document::from_markdown(first).to_wiki_markup();
                    put(&mut body, pointer, Json::from(text));
                }
                To::Storage(pointer) => {
                    let text = Document::from_markdown(first).to_storage();
                    put(&mut body, pointer, Json::from(text));
                }
            }
        }
        if !body.is_empty() {
            call = call.json(Json::Object(body));
        }
        Ok(call)
    }

    /// A field and what stands behind its `NAME=`: JSON, or else a text. What begins like JSON was meant to be it.
    fn field<'t>(name: &str, typed: &'t str) -> Result<(&'t str, Json), ApiError> {
        let (field, text) = typed.split_once('=').unwrap_or((typed, ""));
        let value = match serde_json::from_str(text) {
            Ok(value) => value,
            Err(error) if text.starts_with(['{', '[', '"']) => {
                return Err(ApiError::Argument {
                    name: name.to_owned(),
                    typed: typed.to_owned(),
                    reason: format!("its value is no JSON: column {}", error.column()),
                });
            }
            Err(_) => Json::from(text),
        };
        Ok((field, value))
    }

    /// A value as JSON, by the kind of its parameter.
    fn typed(&self, name: &str, texts: &[String]) -> Json {
        let kind = self.command.parameter(name).map(|parameter| parameter.kind);
        match (kind, texts) {
            (Some(ParameterKind::Switch), _) => Json::Bool(true),
            (Some(ParameterKind::List | ParameterKind::Choices(_)), texts) => {
                texts.iter().cloned().collect()
            }
            (Some(ParameterKind::Person), [text, ..]) if text == people::NOBODY => Json::Null,
            (Some(ParameterKind::Integer), [text, ..]) => text
                .parse::<u64>()
                .map_or_else(|_| Json::from(text.as_str()), Json::from),
            (_, [text, ..]) => Json::from(text.as_str()),
            (_, []) => Json::Null,
        }
    }
}
