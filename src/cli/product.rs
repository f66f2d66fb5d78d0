//! The commands of products: declarations go in, what clap has to know of them comes out; what was typed goes in, the
//! command runs.

use super::connect::connect;
use super::failure::{Exit, Failure, Message};
use super::session::Session;
use super::talk::TerminalTalk;
use super::{Subcommand, messages, network};
use crate::auth::Product;
use crate::config::views::{self, Format};
use crate::product::command::{Command as Declared, Parameter, ParameterKind};
use crate::product::{self, ApiError, Options, Run, Values, commands};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum};
use indexmap::IndexMap;
use std::ffi::OsString;

/// `lassi jira`.
pub(super) const JIRA: Subcommand = Subcommand {
    name: "jira",
    about: "Issues, projects and boards of Jira",
    arguments: |command| with_all(command, Product::Jira),
    run: |session, matches| run(session, Product::Jira, matches),
};

/// `lassi confluence`.
pub(super) const CONFLUENCE: Subcommand = Subcommand {
    name: "confluence",
    about: "Pages and spaces of Confluence",
    arguments: |command| with_all(command, Product::Confluence),
    run: |session, matches| run(session, Product::Confluence, matches),
};

/// `lassi bitbucket`.
pub(super) const BITBUCKET: Subcommand = Subcommand {
    name: "bitbucket",
    about: "Repositories and pull requests of Bitbucket",
    arguments: |command| with_all(command, Product::Bitbucket),
    run: |session, matches| run(session, Product::Bitbucket, matches),
};

/// `lassi jsm`.
pub(super) const JSM: Subcommand = Subcommand {
    name: "jsm",
    about: "Service desks and requests of Jira Service Management",
    arguments: |command| with_all(command, Product::Jsm),
    run: |session, matches| run(session, Product::Jsm, matches),
};

/// The form in which things are shown, as clap knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// Columns for people
    Table,
    /// The API's objects as JSON
    Json,
    /// The API's objects as YAML
    Yaml,
    /// Comma-separated values
    Csv,
    /// Keys only, one a line
    Quiet,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Format {
        match name {
            FormatName::Table => Format::Table,
            FormatName::Json => Format::Json,
            FormatName::Yaml => Format::Yaml,
            FormatName::Csv => Format::Csv,
            FormatName::Quiet => Format::Quiet,
        }
    }
}

/// What can be said of the form where a text can also be had as Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// In one of the usual forms.
    As(FormatName),
    /// Its text alone, as Markdown.
    Markdown,
}

impl Shown {
    /// What `--format` takes for a command.
    fn parser(declared: &Declared) -> impl TypedValueParser<Value = Shown> + use<> {
        let usual = FormatName::value_variants()
            .iter()
            .filter_map(ValueEnum::to_possible_value);
        let markdown = declared
            .markdown
            .then(|| PossibleValue::new(MARKDOWN).help("The text alone, as Markdown"));
        PossibleValuesParser::new(usual.chain(markdown))
            .map(|name| FormatName::from_str(&name, false).map_or(Shown::Markdown, Shown::As))
    }
}

/// The name of that form.
const MARKDOWN: &str = "markdown";

/// The names of flags that commands have without declaring them.
mod flag {
    pub(super) const FORMAT: &str = "format";
    pub(super) const LIMIT: &str = "limit";
    pub(super) const YES: &str = "yes";
    pub(super) const DRY_RUN: &str = "dry-run";
    pub(super) const WEB: &str = "web";
}

/// All commands of a product, below its own.
fn with_all(command: Command, product: Product) -> Command {
    below(command, commands(product), 0)
}

/// The one command of a product that these words seem to call, and none of its neighbours; `None` where they call none.
pub(super) fn narrowed(group: &'static str, words: &[&str]) -> Option<Command> {
    let product = Product::named(group)?;
    let follows = |declared: &Declared| {
        let mut words = words.iter();
        declared
            .words
            .split(' ')
            .all(|wanted| words.any(|word| *word == wanted))
    };
    let matching = commands(product)
        .iter()
        .filter(|declared| follows(declared));
    // `issue get` is meant by `issue get …`, even if one of its values is `list`
    let declared = matching.min_by_key(|declared| {
        let first = declared.words.split(' ').next().unwrap_or_default();
        let starts = words.iter().position(|word| *word == first);
        (starts, std::cmp::Reverse(declared.words.len()))
    })?;
    Some(below(
        Command::new(group).subcommand_required(true),
        std::slice::from_ref(declared),
        0,
    ))
}

/// Adds the commands whose words start alike, by the word at `depth`.
fn below(mut command: Command, declared: &[&'static Declared], depth: usize) -> Command {
    let mut groups: IndexMap<&'static str, Vec<&'static Declared>> = IndexMap::new();
    for one in declared {
        if let Some(word) = one.words.split(' ').nth(depth) {
            groups.entry(word).or_default().push(one);
        }
    }
    command = command
        .subcommand_required(true)
        .arg_required_else_help(true);
    for (word, members) in groups {
        let leaf = members
            .iter()
            .find(|one| one.words.split(' ').count() == depth + 1);
        let built = match leaf {
            Some(leaf) => arguments(Command::new(word), leaf),
            None => below(
                Command::new(word).about(about_group(&members, depth)),
                &members,
                depth + 1,
            ),
        };
        command = command.subcommand(built);
    }
    command
}

/// What a group of commands is about: what its members do.
fn about_group(members: &[&'static Declared], depth: usize) -> String {
    let mut verbs: Vec<&str> = Vec::new();
    for member in members {
        if let Some(verb) = member.words.split(' ').nth(depth + 1)
            && !verbs.contains(&verb)
        {
            verbs.push(verb);
        }
    }
    verbs.join(", ")
}

/// The arguments of one command.
fn arguments(mut command: Command, declared: &'static Declared) -> Command {
    command = command.about(declared.about);
    if !declared.details.is_empty() {
        command = command.after_help(declared.details);
    }
    // where a command asks by itself, `--yes` is among what it takes
    let own = |parameter: &&Parameter| parameter.name != flag::YES;
    for parameter in declared.parameters.iter().filter(own) {
        command = command.arg(argument(parameter));
    }
    let shows = !declared.plain
        && !matches!(
            declared.action,
            product::command::Action::Send(_) | product::command::Action::Text(_)
        );
    if shows {
        let help = if declared.markdown {
            "Show as table, json, yaml, csv, quiet: keys only, or markdown: the text alone"
        } else {
            "Show as table, json, yaml, csv or quiet: keys only"
        };
        command = command.arg(
            Arg::new(flag::FORMAT)
                .short('f')
                .long(flag::FORMAT)
                .value_name("FORMAT")
                .value_parser(Shown::parser(declared))
                .hide_possible_values(true)
                .help(help),
        );
    }
    if declared.lists() {
        command = command.arg(
            Arg::new(flag::LIMIT)
                .long(flag::LIMIT)
                .value_name("N")
                .allow_negative_numbers(true)
                .value_parser(|text: &str| {
                    let number = text.parse::<u64>();
                    number.map_err(|_| "it is no number of things")
                })
                .help("As many at the most; 0 is all [default: 50]"),
        );
    }
    if declared.changes() {
        command = command.arg(
            Arg::new(flag::DRY_RUN)
                .long(flag::DRY_RUN)
                .action(ArgAction::SetTrue)
                .help("Show the request and send nothing"),
        );
    }
    if declared.confirm.is_some() || declared.parameter(flag::YES).is_some() {
        command = command.arg(
            Arg::new(flag::YES)
                .short('y')
                .long(flag::YES)
                .action(ArgAction::SetTrue)
                .help("Do not ask"),
        );
    }
    if declared.web.is_some() {
        command = command.arg(
            Arg::new(flag::WEB)
                .long(flag::WEB)
                .action(ArgAction::SetTrue)
                .help("Open it in the browser"),
        );
    }
    command
}

fn argument(parameter: &'static Parameter) -> Arg {
    let mut argument = Arg::new(parameter.name).help(parameter.help);
    if !parameter.positional {
        argument = argument.long(parameter.name);
    }
    if parameter.kind == ParameterKind::Switch {
        return argument.action(ArgAction::SetTrue);
    }
    let gapless = !matches!(
        parameter.kind,
        ParameterKind::Key(_) | ParameterKind::Branch
    );
    argument = argument
        .value_name(parameter.value_name)
        // repository and branch may follow from the folder, or from an address in another argument
        .required(parameter.required && (parameter.positional || gapless))
        .allow_hyphen_values(matches!(
            parameter.kind,
            ParameterKind::Markdown | ParameterKind::Json
        ));
    if let ParameterKind::Choice(words) = parameter.kind {
        argument = argument
            .value_parser(PossibleValuesParser::new(words))
            .ignore_case(true);
    }
    if let ParameterKind::Named(pairs) = parameter.kind {
        argument = argument
            .value_parser(PossibleValuesParser::new(
                pairs.iter().map(|(word, _)| *word),
            ))
            .ignore_case(true);
    }
    let repeats = matches!(
        parameter.kind,
        ParameterKind::List
            | ParameterKind::Members
            | ParameterKind::Choices(_)
            | ParameterKind::Fields
            | ParameterKind::Files
    );
    if repeats {
        argument = argument.action(ArgAction::Append);
        if parameter.positional {
            argument = argument.num_args(1..);
        }
    }
    if let Some(default) = parameter.default {
        argument = argument.help(format!("{} [default: {default}]", parameter.help));
    }
    argument
}

/// The command that was called, and its own matches.
fn called(product: Product, matches: &ArgMatches) -> Option<(&'static Declared, &ArgMatches)> {
    let mut words: Vec<&str> = Vec::new();
    let mut inner = matches;
    while let Some((word, deeper)) = inner.subcommand() {
        words.push(word);
        inner = deeper;
    }
    let words = words.join(" ");
    let declared = commands(product)
        .iter()
        .find(|declared| declared.words == words)?;
    Some((declared, inner))
}

fn run(session: &Session<'_>, product: Product, matches: &ArgMatches) -> Result<(), Failure> {
    let Some((command, matches)) = called(product, matches) else {
        return Err(Message::new(Exit::Usage, "no command was given")
            .hint(format!("`lassi {product} --help` lists them"))
            .into());
    };
    let typed = typed(session, command, matches)?;
    let url = product::web_address(command, &typed).map(str::to_owned);
    let url = url.as_deref().or(session.global.url.as_deref());
    let values = Values::read(command, &typed)
        .map_err(|error| messages::api(&error, &messages::Context::none(command)))?;
    refuse_gaps(command, &values)?;
    let is_set = |name: &str| matches.try_get_one::<bool>(name).ok().flatten() == Some(&true);
    let options = Options {
        limit: matches
            .try_get_one::<u64>(flag::LIMIT)
            .ok()
            .flatten()
            .copied(),
        yes: is_set(flag::YES),
        dry_run: is_set(flag::DRY_RUN),
        web: is_set(flag::WEB),
        markdown: shown(matches) == Some(Shown::Markdown),
    };
    let talk = TerminalTalk::new(session, format(session, matches)?);
    network::block_on(async {
        let connected = connect(session, product, url).await?;
        let run = Run {
            command,
            site: &connected.site,
            values,
            talk: &talk,
            options,
        };
        let result = run.finish().await;
        connected.remember_route(session);
        result.map_err(|error| match (error, talk.take_failure()) {
            (ApiError::Asked, Some(failure)) => failure,
            (ApiError::Output(None), _) => Failure::ClosedPipe,
            (error, _) => messages::api(&error, &messages::Context::of(command, &connected)).into(),
        })
    })
}

/// What `--format` says.
fn shown(matches: &ArgMatches) -> Option<Shown> {
    let named = matches.try_get_one::<Shown>(flag::FORMAT);
    named.ok().flatten().copied()
}

/// The form that is wanted: the flag's, else the settings'.
fn format(session: &Session<'_>, matches: &ArgMatches) -> Result<Format, Failure> {
    if let Some(Shown::As(name)) = shown(matches) {
        return Ok(name.into());
    }
    let output = views::output(session.stack()?).map_err(|error| messages::view(&error))?;
    Ok(output.format)
}

/// What was typed, by the names of parameters; texts that stand in files or standard input are read.
fn typed(
    session: &Session<'_>,
    command: &'static Declared,
    matches: &ArgMatches,
) -> Result<IndexMap<&'static str, Vec<String>>, Failure> {
    let mut typed = IndexMap::new();
    for parameter in command.parameters {
        if parameter.kind == ParameterKind::Switch {
            if matches.get_flag(parameter.name) {
                typed.insert(parameter.name, Vec::new());
            }
            continue;
        }
        let Some(values) = matches.get_raw(parameter.name) else {
            continue;
        };
        let mut texts = Vec::new();
        for value in values.map(OsString::from) {
            let text = value.into_string().map_err(|_| {
                Message::new(
                    Exit::Usage,
                    format!("`{}` is not UTF-8 text", parameter.name),
                )
            })?;
            let from_elsewhere = matches!(
                parameter.kind,
                ParameterKind::Markdown | ParameterKind::Json
            );
            texts.push(if from_elsewhere {
                session.text_argument(&text)?
            } else {
                text
            });
        }
        typed.insert(parameter.name, texts);
    }
    Ok(typed)
}

/// What has to be there and is not, after addresses have filled what they can. Workspaces, repositories and branches are
/// looked for elsewhere, too.
fn refuse_gaps(command: &'static Declared, values: &Values) -> Result<(), Failure> {
    use product::command::Thing;
    for parameter in command.parameters {
        let found_elsewhere = matches!(
            parameter.kind,
            ParameterKind::Key(Thing::Workspace | Thing::Repository) | ParameterKind::Branch
        );
        if parameter.required && !found_elsewhere && !values.is_set(parameter.name) {
            let name = if parameter.positional {
                format!("<{}>", parameter.value_name)
            } else {
                format!("--{} {}", parameter.name, parameter.value_name)
            };
            let what = format!("`lassi {}` needs {name}", command.name());
            return Err(Message::new(Exit::Usage, what)
                .hint(format!("`lassi {} --help` says more", command.name()))
                .into());
        }
    }
    Ok(())
}
