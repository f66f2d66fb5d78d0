//! `lassi bitbucket pr`.

use super::{PAGES, QUERY, REPOSITORY, SORT, WORKSPACE, members};
use crate::auth::Product;
use crate::product::column::Column;
use crate::product::command::{
    Action, Command, Ending, Endpoint, Own, Parameter, ParameterKind, Thing, To,
};
use crate::product::paging::Paging;
use crate::product::run::Run;

const ALL: &str = "/2.0/repositories/{repository}/pullrequests";
const ONE: &str = "/2.0/repositories/{repository}/pullrequests/{pull-request}";
const MERGING: &str = "/2.0/repositories/{repository}/pullrequests/{pull-request}/merge";
const SAID: &str = "/2.0/repositories/{repository}/pullrequests/{pull-request}/comments";

const PAGE: &str = "/{repository}/pull-requests/{pull-request}";

const ID: Column = Column::new("ID", &["/id"]);
const TITLE: Column = Column::new("TITLE", &["/title"]);
const STATE: Column = Column::new("STATE", &["/state"]);
const AUTHOR: Column = Column::new("AUTHOR", &["/author"]);
const SOURCE: Column = Column::new("SOURCE", &["/source/branch/name"]);
const DESTINATION: Column = Column::new("DESTINATION", &["/destination/branch/name"]);
const UPDATED: Column = Column::moment("UPDATED", &["/updated_on"]);

const PULL_REQUEST: Parameter = Parameter::argument(
    "pull-request",
    "PULL_REQUEST",
    ParameterKind::Key(Thing::PullRequest),
    "The number of a pull request, or its address, which names the repository, too",
);

pub(super) static LIST: Command = Command::list(
    Product::Bitbucket,
    "pr list",
    "List pull requests: the open ones, or those of `--state`",
    &[ID, STATE, AUTHOR, SOURCE, DESTINATION, UPDATED, TITLE],
)
.takes(&[
    Parameter::flag(
        "state",
        "STATE",
        ParameterKind::Choices(&["OPEN", "MERGED", "DECLINED", "SUPERSEDED"]),
        "In this state: open, merged, declined, superseded; several with commas [default: open]",
    ),
    QUERY,
    SORT,
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::get(ALL)
    .sends(&[
        ("state", To::Each("state")),
        ("query", To::Query("q")),
        ("sort", To::Query("sort")),
    ])
    // of these, Bitbucket gives no more at once
    .pages(Paging::Next { size: 50 }, "/values")])
.web("/{repository}/pull-requests");

pub(super) static GET: Command = Command::show(
    Product::Bitbucket,
    "pr get",
    "Show a pull request",
    &[
        ID,
        TITLE,
        STATE,
        AUTHOR,
        SOURCE,
        DESTINATION,
        Column::new("REVIEWERS", &["/reviewers"]),
        Column::new("DRAFT", &["/draft"]),
        Column::new("COMMENTS", &["/comment_count"]),
        Column::new("TASKS", &["/task_count"]),
        Column::moment("CREATED", &["/created_on"]),
        UPDATED,
        Column::new("PAGE", &["/links/html/href"]),
        Column::document("DESCRIPTION", &["/description", "/summary/raw"]),
    ],
)
.takes(&[PULL_REQUEST, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::get(ONE)])
.web(PAGE);

pub(super) static CREATE: Command = Command::send(
    Product::Bitbucket,
    "pr create",
    "Open a pull request",
    "opened pull request {/id}: {/links/html/href}",
)
.takes(&[
    Parameter::flag("title", "TITLE", ParameterKind::Text, "Its title").required(),
    Parameter::flag(
        "body",
        "TEXT",
        ParameterKind::Markdown,
        "What it is about, in Markdown: a text, `@file`, or `-` for standard input",
    ),
    Parameter::flag(
        "source",
        "BRANCH",
        ParameterKind::Branch,
        "The branch with the changes [default: the folder's]",
    )
    .required(),
    Parameter::flag(
        "destination",
        "BRANCH",
        ParameterKind::Text,
        "Where they are to go [default: the repository's main branch]",
    ),
    Parameter::flag(
        "reviewer",
        "PERSON",
        ParameterKind::Members,
        "Who is asked to look at it: a member's name, UUID or, for administrators, email address; several with commas",
    ),
    Parameter::switch("draft", "As a draft"),
    Parameter::switch("close-branch", "Delete the source branch after the merge"),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::of("POST", ALL).sends(&[
    ("title", To::Body("/title")),
    ("body", To::Body("/description")),
    ("source", To::Body("/source/branch/name")),
    ("destination", To::Body("/destination/branch/name")),
    ("reviewer", To::Objects("/reviewers", "uuid")),
    ("draft", To::Body("/draft")),
    ("close-branch", To::Body("/close_source_branch")),
]), members::ASKED]);

pub(super) static APPROVE: Command = Command::send(
    Product::Bitbucket,
    "pr approve",
    "Approve a pull request",
    "approved pull request {pull-request} of {repository}",
)
.takes(&[PULL_REQUEST, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::of(
    "POST",
    "/2.0/repositories/{repository}/pullrequests/{pull-request}/approve",
)]);

pub(super) static MERGE: Command = Command::of(
    Product::Bitbucket,
    "pr merge",
    "Merge a pull request",
    Action::Own(Own {
        run: merge,
        changes: true,
        lists: false,
    }),
)
.plain()
.takes(&[
    PULL_REQUEST,
    Parameter::flag(
        "strategy",
        "STRATEGY",
        ParameterKind::Choice(&[
            "merge_commit",
            "squash",
            "fast_forward",
            "squash_fast_forward",
            "rebase_fast_forward",
            "rebase_merge",
        ]),
        "How [default: the destination branch's]",
    ),
    Parameter::flag(
        "message",
        "TEXT",
        ParameterKind::Text,
        "The message of the commit that it makes",
    ),
    Parameter::switch("close-branch", "Delete the source branch"),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::of("POST", MERGING).sends(&[
    ("strategy", To::Body("/merge_strategy")),
    ("message", To::Body("/message")),
    ("close-branch", To::Body("/close_source_branch")),
])]);

pub(super) static DECLINE: Command = Command::send(
    Product::Bitbucket,
    "pr decline",
    "Decline a pull request",
    "declined pull request {pull-request} of {repository}",
)
.takes(&[PULL_REQUEST, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::of(
    "POST",
    "/2.0/repositories/{repository}/pullrequests/{pull-request}/decline",
)]);

pub(super) static DIFF: Command = Command::of(
    Product::Bitbucket,
    "pr diff",
    "Print what a pull request changes",
    Action::Text("text/plain"),
)
.takes(&[PULL_REQUEST, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::get(
    "/2.0/repositories/{repository}/pullrequests/{pull-request}/diff",
)])
.web("/{repository}/pull-requests/{pull-request}/diff");

pub(super) static COMMENTS: Command = Command::list(
    Product::Bitbucket,
    "pr comment list",
    "List what was said about a pull request, oldest first",
    &[
        ID,
        Column::new("AUTHOR", &["/user"]),
        Column::moment("CREATED", &["/created_on"]),
        Column::new("FILE", &["/inline/path"]),
        Column::new("LINE", &["/inline/to", "/inline/from"]),
        Column::new("COMMENT", &["/content/raw"]),
    ],
)
.takes(&[PULL_REQUEST, REPOSITORY, WORKSPACE])
.calls(&[Endpoint::get(SAID).pages(PAGES, "/values")])
.web(PAGE);

pub(super) static ADD_COMMENT: Command = Command::send(
    Product::Bitbucket,
    "pr comment add",
    "Say something about a pull request",
    "added comment {/id} to pull request {pull-request} of {repository}",
)
.takes(&[
    PULL_REQUEST,
    Parameter::flag(
        "body",
        "TEXT",
        ParameterKind::Markdown,
        "What to say, in Markdown: a text, `@file`, or `-` for standard input",
    )
    .required(),
    Parameter::flag(
        "file",
        "PATH",
        ParameterKind::Text,
        "The changed file that it is about",
    ),
    Parameter::flag(
        "line",
        "N",
        ParameterKind::Integer,
        "The line of that file, as it is after the change",
    ),
    Parameter::flag(
        "reply-to",
        "ID",
        ParameterKind::Integer,
        "The comment that it answers",
    ),
    REPOSITORY,
    WORKSPACE,
])
.calls(&[Endpoint::of("POST", SAID).sends(&[
    ("body", To::Body("/content/raw")),
    ("file", To::Body("/inline/path")),
    ("line", To::Body("/inline/to")),
    ("reply-to", To::Body("/parent/id")),
])]);

/// A merge that takes long goes on by itself, and is not done yet when the answer comes.
fn merge<'a>(run: &'a Run<'a>) -> Ending<'a> {
    Box::pin(async move {
        let call = run.call(run.endpoint_at(MERGING)?)?;
        let Some(answer) = run.send_call(&call).await? else {
            return Ok(());
        };
        let what = run
            .values
            .fill("pull request {pull-request} of {repository}");
        run.talk.note(&match answer["state"].as_str() {
            Some("MERGED") => match answer["merge_commit"]["hash"].as_str() {
                Some(hash) => format!("merged {what}: commit {hash}"),
                None => format!("merged {what}"),
            },
            Some(state) => format!("{what} is {state}"),
            None => format!(
                "the merge of {what} goes on: `lassi bitbucket pr get {}` says when it is done",
                run.values.text("pull-request").unwrap_or_default()
            ),
        });
        Ok(())
    })
}
