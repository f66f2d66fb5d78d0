//! Which workspace, repository and branch are meant where the command line does not say it: those of the settings, and
//! of the git repository around the working directory.

use crate::product::command::{Parameter, ParameterKind, Thing};
use crate::product::error::ApiError;
use crate::product::run::Run;
use url::Url;

/// The hosts of Bitbucket's git; the second one is for networks that let nothing but port 443 out.
const GIT_HOSTS: [&str; 3] = ["bitbucket.org", "altssh.bitbucket.org", "www.bitbucket.org"];

/// Gives values to what a command takes of them. A repository gets its whole name, `acme/rocket`.
pub(in crate::product) fn fill_in(run: &mut Run<'_>) -> Result<(), ApiError> {
    for parameter in run.command.parameters {
        if parameter.kind == ParameterKind::Key(Thing::Repository) {
            let found = repository(run, parameter)?;
            give(run, parameter, found, nothing_found)?;
        }
    }
    for parameter in run.command.parameters {
        if run.values.is_set(parameter.name) {
            continue;
        }
        match parameter.kind {
            ParameterKind::Key(Thing::Workspace) => {
                let found = workspace(run);
                give(run, parameter, found, |_| NO_WORKSPACE.to_owned())?;
            }
            ParameterKind::Branch if parameter.required => {
                let found = run.talk.git_branch();
                give(run, parameter, found, |_| {
                    "this folder has no git branch checked out".to_owned()
                })?;
            }
            _ => {}
        }
    }
    Ok(())
}

const NO_WORKSPACE: &str =
    "the profile names no workspace, and no git remote of this folder is on Bitbucket";

/// An argument that may be left out is needed all the same: its value comes from here.
fn give(
    run: &mut Run<'_>,
    parameter: &'static Parameter,
    found: Option<String>,
    reason: impl FnOnce(&Run<'_>) -> String,
) -> Result<(), ApiError> {
    match found {
        Some(value) => run.values.set(parameter.name, value),
        None if parameter.required || parameter.positional => {
            return Err(ApiError::Missing {
                flags: vec![parameter.name],
                reason: reason(run),
            });
        }
        None => {}
    }
    Ok(())
}

/// The workspace that the command line names.
fn named_workspace<'r>(run: &'r Run<'_>) -> Option<&'r str> {
    let mut parameters = run.command.parameters.iter();
    let parameter =
        parameters.find(|parameter| parameter.kind == ParameterKind::Key(Thing::Workspace))?;
    run.values.text(parameter.name)
}

/// The settings' workspace, else that of the repository that is meant, else of the git remote.
fn workspace(run: &Run<'_>) -> Option<String> {
    let of = |repository: &str| Some(repository.split_once('/')?.0.to_owned());
    let mut parameters = run.command.parameters.iter();
    let repository = parameters.find(|one| one.kind == ParameterKind::Key(Thing::Repository));
    let set = run.site.workspace.clone();
    set.or_else(|| of(run.values.text(repository?.name)?))
        .or_else(|| of(&remote_repository(run)?))
}

/// The repository that is meant, with its workspace.
fn repository(run: &Run<'_>, parameter: &Parameter) -> Result<Option<String>, ApiError> {
    let named = named_workspace(run);
    let is_in = |repository: &str, workspace: &str| {
        let own = repository.split('/').next().unwrap_or_default();
        own.eq_ignore_ascii_case(workspace)
    };
    let Some(typed) = run.values.text(parameter.name) else {
        let found = remote_repository(run);
        return Ok(found.filter(|found| named.is_none_or(|named| is_in(found, named))));
    };
    let wrong = |reason: String| ApiError::Argument {
        name: parameter.name.to_owned(),
        typed: typed.to_owned(),
        reason,
    };
    match typed.split('/').collect::<Vec<_>>().as_slice() {
        [name] if !name.is_empty() => {
            let workspace = named.map(str::to_owned).or_else(|| workspace(run));
            let workspace = workspace.ok_or_else(|| ApiError::Missing {
                flags: vec!["workspace"],
                reason: NO_WORKSPACE.to_owned(),
            })?;
            Ok(Some(format!("{workspace}/{name}")))
        }
        [workspace, name] if !workspace.is_empty() && !name.is_empty() => match named {
            Some(named) if !is_in(typed, named) => {
                Err(wrong(format!("it is not in the workspace `{named}`")))
            }
            _ => Ok(Some(typed.to_owned())),
        },
        _ => Err(wrong(
            "a repository is called `acme/rocket`, or `rocket` in its workspace".to_owned(),
        )),
    }
}

/// Why no repository is meant.
fn nothing_found(run: &Run<'_>) -> String {
    match named_workspace(run) {
        Some(workspace) => {
            format!("no git remote of this folder is in the workspace `{workspace}` on Bitbucket")
        }
        None => "no git remote of this folder is on Bitbucket".to_owned(),
    }
}

/// The repository of the first remote on Bitbucket.
fn remote_repository(run: &Run<'_>) -> Option<String> {
    let remotes = run.talk.git_remotes();
    remotes
        .iter()
        .find_map(|remote| repository_of(remote, &run.site.address))
}

/// `acme/rocket` of a remote's address on Bitbucket, or on what stands for it.
fn repository_of(remote: &str, site: &str) -> Option<String> {
    let (host, path) = host_and_path(remote)?;
    let path = path.trim_matches('/');
    let below = if GIT_HOSTS.contains(&host.as_str()) {
        path
    } else {
        let site = Url::parse(site).ok()?;
        if !site.host_str()?.eq_ignore_ascii_case(&host) {
            return None;
        }
        let context = site.path().trim_matches('/');
        // over ssh there is no context
        path.strip_prefix(context).unwrap_or(path)
    };
    let mut segments = below.split('/').filter(|segment| !segment.is_empty());
    let (workspace, repository) = (segments.next()?, segments.next()?);
    let repository = repository.strip_suffix(".git").unwrap_or(repository);
    (!repository.is_empty()).then(|| format!("{workspace}/{repository}"))
}

/// Host and path of a remote's address: a URL, or `git@bitbucket.org:acme/rocket.git` as scp has it.
fn host_and_path(remote: &str) -> Option<(String, String)> {
    let rest = match remote.split_once("://") {
        Some((_, rest)) => {
            if let Ok(url) = Url::parse(remote) {
                let host = url.host_str()?.to_ascii_lowercase();
                return Some((host, url.path().to_owned()));
            }
            // a path where a port belongs, which git understands
            rest
        }
        None => remote,
    };
    let (before, path) = rest.split_once(':')?;
    let host = before.rsplit('@').next()?;
    // a folder of this machine may hold a colon, too
    (!before.contains('/')).then(|| (host.to_ascii_lowercase(), path.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_on_bitbucket_name_their_repository_however_they_are_spelt() {
        let rocket = Some("acme/rocket");
        for (remote, repository) in [
            ("git@bitbucket.org:acme/rocket.git", rocket),
            ("git@bitbucket.org:acme/rocket", rocket),
            ("git@bitbucket.org:/acme/rocket.git/", rocket),
            ("bitbucket.org:acme/rocket.git", rocket),
            ("Git@BitBucket.org:acme/rocket.git", rocket),
            ("https://bitbucket.org/acme/rocket", rocket),
            ("https://bitbucket.org/acme/rocket.git", rocket),
            ("https://me@bitbucket.org/acme/rocket.git/", rocket),
            (
                "https://x-token-auth:t@bitbucket.org/acme/rocket.git",
                rocket,
            ),
            ("https://bitbucket.org:443/acme/rocket.git", rocket),
            ("ssh://git@bitbucket.org/acme/rocket.git", rocket),
            ("ssh://git@bitbucket.org:22/acme/rocket", rocket),
            ("ssh://git@bitbucket.org:acme/rocket.git", rocket),
            ("ssh://git@altssh.bitbucket.org:443/acme/rocket.git", rocket),
            ("git+ssh://git@bitbucket.org/acme/rocket.git", rocket),
            ("git://bitbucket.org/acme/rocket.git", rocket),
            ("git@bitbucket.org:acme/rocket.git/wiki", rocket),
            (
                "git@bitbucket.org:acme/my.rocket.git",
                Some("acme/my.rocket"),
            ),
            ("http://127.0.0.1:8080/bitbucket/acme/rocket.git", rocket),
            ("git@127.0.0.1:acme/rocket.git", rocket),
            ("git@github.com:acme/rocket.git", None),
            ("https://notbitbucket.org/acme/rocket.git", None),
            ("https://example.com/bitbucket.org/acme/rocket", None),
            ("https://bitbucket.org/acme", None),
            ("/srv/bitbucket.org:acme/rocket.git", None),
            ("../rocket", None),
            ("", None),
        ] {
            let found = repository_of(remote, "http://127.0.0.1:8080/bitbucket");
            assert_eq!(found.as_deref(), repository, "{remote}");
        }
    }
}
