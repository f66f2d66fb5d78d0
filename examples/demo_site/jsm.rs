//! Jira Service Management: desks, their kinds of requests and queues, requests and what is said to them.

use super::answer::Answer;
use super::jira::{Deployment, Visit};
use super::jsm_shapes::{
    DESKS, QUEUES, SIZE, SIZED, STATUSES, SUMMARIES, TYPES, comment, date, desk, field, is_in,
    issue, refusal, request_type, shown, size, status, transition_id,
};
use super::listing;
use super::people::YOU;
use serde_json::{Value, json};

/// All that Service Management knows.
pub(crate) struct ServiceManagement {
    requests: Vec<ServiceRequest>,
    next_id: u64,
}

/// A request.
pub(crate) struct ServiceRequest {
    pub(crate) id: u64,
    pub(crate) number: u64,
    /// Its place in [`TYPES`].
    pub(crate) kind: usize,
    pub(crate) summary: String,
    pub(crate) description: String,
    /// Its place in [`STATUSES`].
    pub(crate) status: usize,
    pub(crate) reporter: usize,
    pub(crate) comments: Vec<Said>,
}

/// A comment, which customers see if it is public.
pub(crate) struct Said {
    pub(crate) id: u64,
    pub(crate) author: usize,
    pub(crate) body: String,
    pub(crate) is_public: bool,
}

impl ServiceRequest {
    /// As people write it.
    pub(crate) fn key(&self) -> String {
        format!("HELP-{}", self.number)
    }
}

impl ServiceManagement {
    /// Service Management as it is at the start.
    pub(crate) fn new() -> ServiceManagement {
        let requests = SUMMARIES
            .into_iter()
            .enumerate()
            .map(|(place, summary)| ServiceRequest {
                id: 30_001 + place as u64,
                number: place as u64 + 1,
                kind: place % TYPES.len(),
                summary: summary.to_owned(),
                description: format!("{summary}. Please help."),
                status: place % STATUSES.len(),
                reporter: place % 4,
                comments: vec![Said {
                    id: 31_001 + place as u64,
                    author: 1,
                    body: "We are looking into it.".to_owned(),
                    is_public: place % 2 == 0,
                }],
            });
        ServiceManagement {
            requests: requests.collect(),
            next_id: 32_000,
        }
    }

    /// Answers what is asked below `/rest/servicedeskapi`.
    pub(crate) fn answer(&mut self, visit: &Visit) -> Answer {
        let list = |all: Vec<Value>| {
            Answer::ok(&listing::service_management(
                visit.request,
                visit.site,
                &all,
            ))
        };
        let is_experimental = matches!(
            visit.path,
            ["servicedesk", _, "queue", ..] | ["request", _, "transition"]
        );
        let is_known = visit.request.header("x-experimentalapi") == Some("opt-in");
        if visit.deployment == Deployment::DataCenter && is_experimental && !is_known {
            return refusal(
                412,
                "This API is experimental. Experimental APIs are not guaranteed to be stable within the preview period.",
            );
        }
        match (visit.request.verb(), visit.path) {
            ("GET", ["info"]) => Answer::ok(&json!({
                "version": "5.17.0", "platformVersion": "1001.0.0-SNAPSHOT", "isLicensedForUse": true,
                "buildChangeSet": "0000000000000000000000000000000000000000", "buildDate": date(),
                "_links": { "self": format!("{}/rest/servicedeskapi/info", visit.site) },
            })),
            ("GET", ["servicedesk"]) => list((0..DESKS.len()).map(|at| desk(at, visit)).collect()),
            ("GET", ["requesttype"]) => list((0..TYPES.len()).map(request_type).collect()),
            (_, ["servicedesk", name, rest @ ..]) => {
                let wanted = name.to_uppercase();
                let at = DESKS
                    .iter()
                    .position(|(id, _, key, _)| *id == wanted || *key == wanted);
                match at {
                    Some(at) => self.of_desk(visit, at, rest),
                    None => refusal(
                        404,
                        &format!("The service desk with the ID '{name}' does not exist."),
                    ),
                }
            }
            ("GET", ["request"]) => {
                let request = visit.request;
                let text = request
                    .parameter("searchTerm")
                    .unwrap_or_default()
                    .to_lowercase();
                let status = request.parameter("requestStatus");
                let meant = |known: &&ServiceRequest| {
                    known.summary.to_lowercase().contains(&text)
                        && request
                            .parameter("requestTypeId")
                            .is_none_or(|id| id == TYPES[known.kind].0)
                        && request
                            .parameter("serviceDeskId")
                            .is_none_or(|id| id == DESKS[0].0)
                        && match status {
                            Some("OPEN_REQUESTS") => known.status != 2,
                            Some("CLOSED_REQUESTS") => known.status == 2,
                            _ => true,
                        }
                };
                list(
                    self.requests
                        .iter()
                        .filter(meant)
                        .map(|known| shown(known, visit))
                        .collect(),
                )
            }
            ("POST", ["request"]) => self.create(visit),
            (verb, ["request", name, rest @ ..]) => {
                let wanted = name.to_uppercase();
                let mut all = self.requests.iter();
                let at =
                    all.position(|known| known.key() == wanted || known.id.to_string() == wanted);
                match at {
                    Some(at) => self.of_request(visit, at, verb, rest),
                    None => refusal(
                        404,
                        "The issue does not exist or you do not have permission to see it.",
                    ),
                }
            }
            _ => refusal(404, "null for uri"),
        }
    }

    fn of_desk(&self, visit: &Visit, at: usize, path: &[&str]) -> Answer {
        let list = |all: Vec<Value>| {
            Answer::ok(&listing::service_management(
                visit.request,
                visit.site,
                &all,
            ))
        };
        let own = |count: usize| if at == 0 { count } else { 0 };
        match path {
            [] => Answer::ok(&desk(at, visit)),
            ["requesttype"] => list((0..own(TYPES.len())).map(request_type).collect()),
            ["requesttype", id, "field"] => {
                if TYPES.iter().any(|(known, _)| known == id) {
                    let mut fields = vec![field("summary", true), field("description", false)];
                    if *id == SIZED {
                        fields.push(size());
                    }
                    Answer::ok(
                        &json!({ "canRaiseOnBehalfOf": true, "canAddRequestParticipants": true,
                    "requestTypeFields": fields }),
                    )
                } else {
                    refusal(
                        404,
                        &format!("The request type with the ID '{id}' does not exist."),
                    )
                }
            }
            ["queue"] => list(
                (0..own(QUEUES.len()))
                    .map(|queue| self.queue(queue, visit))
                    .collect(),
            ),
            ["queue", id, rest @ ..] => {
                let queue = QUEUES
                    .iter()
                    .position(|(known, _)| known == id)
                    .filter(|_| at == 0);
                match (queue, rest) {
                    (Some(queue), []) => Answer::ok(&self.queue(queue, visit)),
                    (Some(queue), ["issue"]) => list(
                        self.requests
                            .iter()
                            .filter(|known| is_in(known, queue))
                            .map(|known| issue(known, visit))
                            .collect(),
                    ),
                    _ => refusal(
                        404,
                        &format!("The queue with the ID '{id}' does not exist."),
                    ),
                }
            }
            _ => refusal(404, "null for uri"),
        }
    }

    fn queue(&self, queue: usize, visit: &Visit) -> Value {
        let (id, name) = QUEUES[queue];
        let mut shown = json!({
            "id": id, "name": name, "jql": format!("project = HELP AND statusCategory {} Done", if queue == 0 { "!=" } else { "=" }),
            "fields": ["issuetype", "issuekey", "summary", "created", "reporter"],
            "_links": { "self": format!("{}/rest/servicedeskapi/servicedesk/1/queue/{id}", visit.site) },
        });
        if visit.request.parameter("includeCount") == Some("true") {
            let count = self
                .requests
                .iter()
                .filter(|known| is_in(known, queue))
                .count();
            shown["issueCount"] = count.into();
        }
        shown
    }

    fn create(&mut self, visit: &Visit) -> Answer {
        let body = visit.request.json();
        let id = |name: &str| {
            let given = &body[name];
            given
                .as_str()
                .map_or_else(|| given.to_string(), str::to_owned)
        };
        if id("serviceDeskId") != DESKS[0].0 {
            return refusal(
                404,
                &format!(
                    "The service desk with the ID '{}' does not exist.",
                    id("serviceDeskId")
                ),
            );
        }
        let Some(kind) = TYPES
            .iter()
            .position(|(known, _)| *known == id("requestTypeId"))
        else {
            return refusal(
                400,
                &format!(
                    "The request type with the ID '{}' does not exist.",
                    id("requestTypeId")
                ),
            );
        };
        let values = &body["requestFieldValues"];
        let Some(summary) = values["summary"].as_str().filter(|text| !text.is_empty()) else {
            return refusal(
                400,
                "Your request could not be created. Please check the fields have been correctly filled in. Summary: This field is required.",
            );
        };
        if TYPES[kind].0 == SIZED && values[SIZE].is_null() {
            return refusal(
                400,
                "Your request could not be created. Please check the fields have been correctly filled in. Size: This field is required.",
            );
        }
        let made = ServiceRequest {
            id: self.new_id(),
            number: self.requests.len() as u64 + 1,
            kind,
            summary: summary.to_owned(),
            description: values["description"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            status: 0,
            reporter: YOU,
            comments: Vec::new(),
        };
        let answer = Answer::json(201, &shown(&made, visit));
        self.requests.push(made);
        answer
    }

    fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    fn of_request(&mut self, visit: &Visit, at: usize, verb: &str, path: &[&str]) -> Answer {
        let id = self.new_id();
        let known = &mut self.requests[at];
        let list = |all: Vec<Value>| {
            Answer::ok(&listing::service_management(
                visit.request,
                visit.site,
                &all,
            ))
        };
        match (verb, path) {
            ("GET", []) => Answer::ok(&shown(known, visit)),
            ("GET", ["comment"]) => list(
                known
                    .comments
                    .iter()
                    .map(|said| comment(said, visit))
                    .collect(),
            ),
            ("POST", ["comment"]) => {
                let body = visit.request.json();
                let Some(text) = body["body"].as_str().filter(|text| !text.is_empty()) else {
                    return refusal(400, "Comment body can not be empty!");
                };
                let said = Said {
                    id,
                    author: YOU,
                    body: text.to_owned(),
                    is_public: body["public"].as_bool().unwrap_or(true),
                };
                let answer = Answer::json(201, &comment(&said, visit));
                known.comments.push(said);
                answer
            }
            ("GET", ["transition"]) => {
                let others = (0..STATUSES.len()).filter(|status| *status != known.status);
                list(others.map(|status| json!({ "id": transition_id(status), "name": STATUSES[status].0 })).collect())
            }
            ("POST", ["transition"]) => {
                let body = visit.request.json();
                let wanted = body["id"].as_str().unwrap_or_default();
                let mut others = (0..STATUSES.len()).filter(|status| *status != known.status);
                let Some(status) = others.find(|status| transition_id(*status) == wanted) else {
                    return refusal(
                        400,
                        &format!(
                            "The transition with the ID '{wanted}' is not valid for this request."
                        ),
                    );
                };
                known.status = status;
                if let Some(text) = body["additionalComment"]["body"].as_str() {
                    known.comments.push(Said {
                        id,
                        author: YOU,
                        body: text.to_owned(),
                        is_public: true,
                    });
                }
                Answer::empty(204)
            }
            ("GET", ["status"]) => list(vec![status(known)]),
            ("GET", ["participant"]) => list(Vec::new()),
            _ => refusal(404, "null for uri"),
        }
    }
}
