//! What is typed and what it could go on to be go in; how far all of these agree comes out.

/// What Tab makes of a typed text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Completed {
    /// The text from here on: the longest that all candidates start with.
    pub text: String,
    /// The candidates, if there are several.
    pub candidates: Vec<String>,
}

/// Completes `typed` as far as all candidates that start with it agree.
pub(super) fn complete(typed: &str, mut candidates: Vec<String>) -> Completed {
    candidates.retain(|candidate| candidate.starts_with(typed));
    let Some(first) = candidates.first() else {
        return Completed {
            text: typed.to_owned(),
            candidates,
        };
    };
    let common = candidates
        .iter()
        .map(|candidate| common_start(first, candidate))
        .min()
        .unwrap_or(first.len());
    let text = first[..common].to_owned();
    if candidates.len() == 1 {
        candidates.clear();
    }
    Completed { text, candidates }
}

/// In bytes, and never within a character.
fn common_start(one: &str, other: &str) -> usize {
    one.char_indices()
        .zip(other.chars())
        .find(|((_, one), other)| one != other)
        .map_or(one.len().min(other.len()), |((offset, _), _)| offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(typed: &str, candidates: &[&str]) -> (String, usize) {
        let candidates = candidates.iter().copied().map(str::to_owned).collect();
        let completed = complete(typed, candidates);
        (completed.text, completed.candidates.len())
    }

    #[test]
    fn it_goes_as_far_as_all_agree() {
        assert_eq!(completed("/e", &["/etc/"]), ("/etc/".to_owned(), 0));
        assert_eq!(completed("/", &["/ab", "/abc"]), ("/ab".to_owned(), 2));
        assert_eq!(completed("/é", &["/éà", "/éè"]), ("/é".to_owned(), 2));
        assert_eq!(completed("x", &["x1", "x2"]), ("x".to_owned(), 2));
    }

    #[test]
    fn what_does_not_go_on_stays() {
        assert_eq!(completed("x", &[]), ("x".to_owned(), 0));
        assert_eq!(completed("x", &["y", "yx"]), ("x".to_owned(), 0));
    }
}
