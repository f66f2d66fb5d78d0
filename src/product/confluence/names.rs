//! Account ids go in, names of people come out: the newer API and texts in storage format name people by their ids only.

use crate::auth::{Deployment, Product};
use crate::http::Method;
use crate::product::column::{Cell, Column, in_storage_format};
use crate::product::command::{Endpoint, To};
use crate::product::document::Document;
use crate::product::site::{Call, Site};
use serde_json::{Value as Json, json};
use std::collections::{BTreeSet, HashMap};

/// As many are answered at once.
const MOST: usize = 100;

/// What asks for people.
pub(super) const PEOPLE: Endpoint = Endpoint::get("/wiki/rest/api/user/bulk")
    .cloud()
    .sends(&[("people", To::Each("accountId"))]);

/// The names that were found so far, and where they are wanted.
pub(in crate::product) struct Names<'a> {
    site: &'a Site,
    columns: Vec<Column>,
    /// By account id; those that cannot be found have their id as name.
    known: HashMap<String, String>,
}

impl<'a> Names<'a> {
    /// Names for these columns; nothing where answers have them already.
    pub(in crate::product) fn wanted(site: &'a Site, columns: &[Column]) -> Option<Names<'a>> {
        let has_people = |column: &Column| column.is_document() || is_person(column);
        let without_names =
            site.product == Product::Confluence && site.deployment == Deployment::Cloud;
        (without_names && columns.iter().any(has_people)).then(|| Names {
            site,
            columns: columns.to_vec(),
            known: HashMap::new(),
        })
    }

    /// Replaces ids by names. That is for people who read; where names cannot be had, ids stay.
    pub(in crate::product) async fn put(&mut self, things: &mut [Json]) {
        let ids: BTreeSet<String> = things
            .iter()
            .flat_map(|thing| self.ids(thing))
            .filter(|id| !self.known.contains_key(id))
            .collect();
        let ids: Vec<String> = ids.into_iter().collect();
        for some in ids.chunks(MOST) {
            self.ask(some).await;
        }
        for thing in things {
            self.name(thing);
        }
    }

    async fn ask(&mut self, ids: &[String]) {
        let mut call = Call::new(Method::GET, PEOPLE.path);
        for id in ids {
            call = call.query("accountId", id);
            self.known.insert(id.clone(), id.clone());
        }
        let Ok(answer) = self.site.json(&call).await else {
            return;
        };
        for person in answer["results"].as_array().into_iter().flatten() {
            let name = person["displayName"]
                .as_str()
                .or(person["publicName"].as_str());
            if let (Some(id), Some(name)) = (person["accountId"].as_str(), name)
                && !name.is_empty()
            {
                self.known.insert(id.to_owned(), name.to_owned());
            }
        }
    }

    fn ids(&self, thing: &Json) -> Vec<String> {
        let mut ids = Vec::new();
        for column in &self.columns {
            if is_person(column) {
                let id = column
                    .nameless_pointer(thing)
                    .and_then(|at| thing.pointer(at));
                ids.extend(id.and_then(Json::as_str).map(str::to_owned));
            } else if let Some(document) = mentioning(column, thing) {
                let mentions = document.mentions();
                ids.extend(mentions.iter().map(|mention| mention.account.clone()));
            }
        }
        ids
    }

    fn name(&self, thing: &mut Json) {
        for column in &self.columns {
            if is_person(column) {
                if let Some(person) = column
                    .nameless_pointer(thing)
                    .and_then(|at| thing.pointer_mut(at))
                    && let Some(name) = person.as_str().and_then(|id| self.known.get(id))
                {
                    *person = Json::from(name.as_str());
                }
            } else if let Some(mut document) = mentioning(column, thing)
                && let Some(body) = column
                    .pointers
                    .iter()
                    .find(|pointer| thing.pointer(pointer).is_some())
                    .and_then(|pointer| thing.pointer_mut(pointer))
            {
                document.map_mentions(|mention| {
                    if let Some(name) = self.known.get(&mention.account)
                        && *name != mention.account
                    {
                        mention.name.clone_from(name);
                    }
                });
                // unlike storage format, Markdown has names
                *body = json!({"representation": "markdown", "value": document.to_markdown()});
            }
        }
    }
}

fn is_person(column: &Column) -> bool {
    matches!(column.cell, Cell::Person)
}

/// The document of a column that mentions people without their names.
fn mentioning(column: &Column, thing: &Json) -> Option<Document> {
    if !column.is_document() {
        return None;
    }
    let text = in_storage_format(column.value(thing))?;
    let document = Document::from_storage(text).ok()?;
    let is_nameless = document
        .mentions()
        .iter()
        .any(|mention| mention.name.is_empty());
    is_nameless.then_some(document)
}
