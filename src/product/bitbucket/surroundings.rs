//! Which workspace and repository of Bitbucket are meant where the command line does not say it: those of the settings, and
//! of the git repository around the working directory.

use crate::product::command::Thing;
use crate::product::error::ApiError;
use crate::product::run::Run;

/// The workspace or repository that is meant.
pub(in crate::product) fn find(run: &Run<'_>, thing: Thing) -> Result<Option<String>, ApiError> {
    let remote = || run.talk.git_remote().as_deref().and_then(repository_of);
    match thing {
        Thing::Repository => Ok(remote()),
        _ => Ok(run
            .site
            .workspace
            .clone()
            .or_else(|| Some(remote()?.split_once('/')?.0.to_owned()))),
    }
}

/// Why nothing is meant.
pub(in crate::product) fn nothing_found(thing: Thing) -> &'static str {
    match thing {
        Thing::Repository => "no git remote of this folder is on Bitbucket",
        _ => "the profile names no workspace, and no git remote of this folder is on Bitbucket",
    }
}

/// `acme/rocket` of a remote's address on Bitbucket: `git@bitbucket.org:acme/rocket.git`, `https://…`, `ssh://…`.
fn repository_of(remote: &str) -> Option<String> {
    let behind_host = remote
        .split_once("bitbucket.org")?
        .1
        .trim_start_matches([':', '/']);
    let path = match behind_host.split_once('/') {
        // a port
        Some((port, rest)) if port.bytes().all(|b| b.is_ascii_digit()) => rest,
        _ => behind_host,
    };
    let path = path.trim_end_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let (workspace, repository) = (segments.next()?, segments.next()?);
    Some(format!("{workspace}/{repository}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remotes_on_bitbucket_name_their_repository() {
        for (remote, repository) in [
            ("git@bitbucket.org:acme/rocket.git", Some("acme/rocket")),
            (
                "https://me@bitbucket.org/acme/rocket.git",
                Some("acme/rocket"),
            ),
            (
                "ssh://git@bitbucket.org:22/acme/rocket",
                Some("acme/rocket"),
            ),
            ("git@github.com:acme/rocket.git", None),
            ("https://bitbucket.org/acme", None),
        ] {
            assert_eq!(repository_of(remote).as_deref(), repository, "{remote}");
        }
    }
}
