//! `lassi config` and `lassi config edit` on a terminal: the menu. Anywhere else: the command that does the same.
//!
//! The thin glue between the command line and `wizard`: which file, which screen, and what the world is.

mod world;

use self::world::SessionWorld;
use super::set::command_for;
use crate::cli::auth::NetworkConnector;
use crate::cli::describe::shell_word;
use crate::cli::failure::{Exit, Failure, Message};
use crate::cli::messages;
use crate::cli::session::Session;
use crate::config::layer::Layer;
use crate::config::name::Named;
use crate::config::path::Path;
use crate::config::schema::{self, Key, Match, Node};
use crate::config::site_url;
use crate::wizard::{self, Connector, Ended, Entrance};
use clap::{ArgMatches, Args};

/// Without a subcommand the menu is opened, on a terminal.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Open the menu on the file that everybody who works in this repository shares: .lassi.toml
    #[arg(long, conflicts_with = "local", help_heading = "Which file")]
    project: bool,

    /// Open the menu on your own file for this repository: .lassi.local.toml
    #[arg(long, help_heading = "Which file")]
    local: bool,
}

impl Arguments {
    /// The layer that the menu is opened on.
    pub(super) fn layer(&self) -> Layer {
        match (self.project, self.local) {
            (true, _) => Layer::Project,
            (_, true) => Layer::Local,
            _ => Layer::User,
        }
    }
}

/// In front of a subcommand the flags that open the menu say nothing; there they are not even known, where clap
/// was told of one subcommand alone.
pub(super) fn refuse_flags(matches: &ArgMatches) -> Result<(), Failure> {
    let given = |flag: &&str| matches!(matches.try_get_one::<bool>(flag), Ok(Some(true)));
    match ["project", "local"].into_iter().find(given) {
        None => Ok(()),
        Some(flag) => {
            let what = format!("`--{flag}` in front of a subcommand opens the menu");
            Err(Message::new(Exit::Usage, what)
                .hint(format!(
                    "put it behind: `lassi config set --{flag} output.format=json`"
                ))
                .into())
        }
    }
}

/// Opens the menu on the file of a layer, at a path or at its top.
pub(super) fn run(session: &Session<'_>, layer: Layer, typed: Option<&str>) -> Result<(), Failure> {
    let entrance = match typed {
        Some(typed) => entrance(session, typed)?,
        None => Entrance::Top,
    };
    if let Some(reason) = session.why_not_ask() {
        return Err(instead(layer, &entrance, reason).into());
    }
    let connector = NetworkConnector::new(session);
    open(session, layer, &entrance, Some(Box::new(connector)))
}

/// Opens the menu; `connector` is who can reach sites.
fn open(
    session: &Session<'_>,
    layer: Layer,
    entrance: &Entrance,
    connector: Option<Box<dyn Connector + '_>>,
) -> Result<(), Failure> {
    let mut world = SessionWorld::new(session, layer, connector);
    let (result, said) = {
        let mut prompter = session.prompter();
        wizard::open(&mut world, prompter.as_mut(), entrance)
    };
    for line in said {
        session.note(line);
    }
    match result {
        Ok(()) | Err(Ended::Left) => Ok(()),
        Err(Ended::Prompt(error)) => Err(messages::prompt(error)),
        Err(Ended::Stopped) => Err(world.into_failure()),
    }
}

/// The screen that a path or an address means.
fn entrance(session: &Session<'_>, typed: &str) -> Result<Entrance, Failure> {
    // the addresses of sites are no paths
    if typed.contains("://") && !typed.starts_with("auth") {
        let site = site_url::normalise(typed);
        let site = site.map_err(|error| {
            Message::new(Exit::Usage, format!("not the address of a site: {error}"))
                .hint("for example https://acme.atlassian.net")
        })?;
        let products = schema::PRODUCTS.iter();
        let instances = products.map(|product| Path::from_declared(["auth", product, &site]));
        for instance in instances {
            if is_there(session, &instance)? {
                return Ok(Entrance::Section(instance));
            }
        }
        return Ok(Entrance::NewSite(site));
    }
    Ok(match session.name(typed)? {
        Named::Setting(path, setting) => Entrance::Setting(path, setting),
        Named::Section(path) | Named::Url(path)
            if path.instance_product().is_some() && !is_there(session, &path)? =>
        {
            Entrance::NewInstance(path)
        }
        Named::Section(path) | Named::Url(path) | Named::NoUrl(path) => Entrance::Section(path),
    })
}

/// Whether anything of an instance is set or stored. A file that is broken is the menu's to show.
fn is_there(session: &Session<'_>, instance: &Path) -> Result<bool, Failure> {
    let set = session.stack()?.resolve_all(instance, false);
    if set.map_or(true, |set| !set.is_empty()) {
        return Ok(true);
    }
    // a store that cannot be asked is the menu's to show, too
    let stored = session.stored().unwrap_or_default();
    Ok(stored.iter().any(|name| name.path.starts_with(instance)))
}

/// What to do where no menu can be opened: the command that does the same.
fn instead(layer: Layer, entrance: &Entrance, reason: &str) -> Message {
    let message = Message::new(Exit::Usage, format!("the menu cannot be opened: {reason}"));
    let flag = if layer.is_shared() {
        format!(" --{}", layer.name())
    } else {
        String::new()
    };
    let with_flag =
        |command: String| command.replacen("config set", &format!("config set{flag}"), 1);
    match entrance {
        Entrance::Top => message
            .hint(format!("`{}`", with_flag("lassi config set output.format=json".to_owned())))
            .hint("`lassi config list --defaults` lists the settings, `lassi config --help` the commands"),
        Entrance::Setting(path, setting) if setting.secret() => {
            let path = shell_word(&path.to_string());
            message.hint(format!("`lassi config set --secret-stdin {path}`"))
        }
        // it would be refused in a file that others share
        Entrance::Setting(path, setting) if setting.protected && layer.is_shared() => message
            .hint(format!("set it in your own file: `{}`", command_for(path)))
            .hint(format!("VALUE is {}", setting.kind)),
        Entrance::Setting(path, setting) => message
            .hint(format!("`{}`", with_flag(command_for(path))))
            .hint(format!("VALUE is {}", setting.kind)),
        Entrance::Section(path) | Entrance::NewInstance(path) => {
            let message = match first_setting(path) {
                Some(first) => message.hint(format!("`{}`", with_flag(command_for(&first)))),
                None => message.hint(format!("`{}`", with_flag(command_for(path)))),
            };
            let below = match path.lookup() {
                Match::Section(node) => keys_below(node),
                _ => Vec::new(),
            };
            message.hint(format!("what there is: {}", below.join(", ")))
        }
        Entrance::NewSite(site) => {
            let site = shell_word(site);
            message.hint(format!(
                "`lassi auth login --profile NAME --base-url {site} --email EMAIL --with-token`"
            ))
        }
    }
}

/// The first setting below a path that can be set by an argument; a made-up key stands where any can.
fn first_setting(path: &Path) -> Option<Path> {
    match path.lookup() {
        Match::Setting(setting) => (!setting.secret()).then(|| path.clone()),
        Match::Section(node) => {
            let any = node.any().map(|(key, _)| match key {
                Key::Name => "NAME",
                Key::Url => "https://acme.atlassian.net",
            });
            let keys = node.names().chain(any);
            keys.map(|key| path.join(key))
                .find_map(|path| first_setting(&path))
        }
        Match::Unknown { .. } => None,
    }
}

/// The settings and sections right below a section, and below any key of one that is free to choose.
fn keys_below(node: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for name in node.names() {
        match node.named(name) {
            // the fields of a part of a profile belong to the profile
            Some(part) if part.setting().is_none() && part.any().is_none() => {
                let fields = keys_below(part).into_iter();
                found.extend(fields.map(|field| format!("{name}.{field}")));
            }
            _ => found.push(name.to_owned()),
        }
    }
    if let Some((_, entry)) = node.any() {
        found.extend(keys_below(entry));
    }
    found
}

#[cfg(test)]
mod tests;
