//! A path that is not declared goes in; the declared one that was probably meant comes out.

use super::tree::{Match, lookup};
use super::{Setting, all};
use crate::config::path::Path;

/// The nearest declared path for one that is not, as text to show: canonical, or a pattern where it has to hold
/// a name that nobody typed.
pub fn suggest(path: &Path) -> Option<String> {
    let mut keys = path.to_keys();
    // mend key by key as long as a mended key leads on
    while let Match::Unknown { known, section } = lookup(keys.iter().map(String::as_str)) {
        let Some(near) = nearest(&keys[known], section.names()) else {
            return by_field(path.last()?);
        };
        near.clone_into(&mut keys[known]);
    }
    let mended = keys
        .iter()
        .fold(Path::default(), |path, key| path.join(key));
    (&mended != path).then(|| mended.to_string())
}

/// The setting whose last name is this one, or nearly so.
fn by_field(field: &str) -> Option<String> {
    let found = all().find(|setting| setting.field() == field);
    let near = || {
        let field = nearest(field, all().map(Setting::field))?;
        all().find(|setting| setting.field() == field)
    };
    found
        .or_else(near)
        .map(|setting| setting.pattern.to_owned())
}

/// The candidate that differs least, if it differs little: at most a third of the letters.
pub fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(&typed, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().max(3) / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found_at_every_level() {
        for (typed, want) in [
            ("output.fromat", Some("output.format")),
            ("outptu.format", Some("output.format")),
            ("outptu.fromat", Some("output.format")),
            (
                "auth.jira[\"https://a.b\"].usrname",
                Some("auth.jira[\"https://a.b\"].username"),
            ),
            (
                "profiles.work.bitbuket.tokn",
                Some("profiles.work.bitbucket.token"),
            ),
            ("timeout", Some("connection.timeout")),
            ("proxi", Some("connection.proxy")),
            ("zzz.qqq", None),
        ] {
            assert_eq!(
                suggest(&Path::parse(typed).unwrap()).as_deref(),
                want,
                "{typed}"
            );
        }
    }
}
