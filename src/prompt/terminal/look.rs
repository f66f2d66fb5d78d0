//! Environment goes in; which characters and colours a question is drawn with comes out.

use crate::environment::Environment;

/// How questions look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether the terminal shows more than ASCII.
    pub unicode: bool,
    /// Whether it may be coloured. Nothing is told by colour alone.
    pub colour: bool,
}

/// The characters of a question. All are one column wide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Marks {
    /// In front of a question that is being asked.
    pub asking: char,
    /// In front of one that was answered.
    pub answered: char,
    /// In front of the row that Enter takes.
    pub chosen: char,
    /// In front of what is wrong with an answer.
    pub wrong: char,
    /// Where text was cut off.
    pub cut: char,
    /// A character of a secret.
    pub hidden: char,
}

impl Look {
    /// `colour` is what the flags and settings say.
    pub fn new(environment: &Environment, colour: bool) -> Look {
        Look {
            unicode: cfg!(windows) || is_utf8(environment),
            colour,
        }
    }

    pub(super) fn marks(self) -> Marks {
        if self.unicode {
            Marks {
                asking: '?',
                answered: '✔',
                chosen: '❯',
                wrong: '✘',
                cut: '…',
                hidden: '•',
            }
        } else {
            Marks {
                asking: '?',
                answered: '+',
                chosen: '>',
                wrong: '!',
                cut: '~',
                hidden: '*',
            }
        }
    }
}

/// The first of the variables that is set decides (POSIX.1-2024, Base Definitions, 8.2).
fn is_utf8(environment: &Environment) -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| environment.variable(name));
    locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unicode(variables: &[(&'static str, &'static str)]) -> bool {
        is_utf8(&Environment::with_variables(variables.iter().copied()))
    }

    #[test]
    fn the_first_locale_variable_decides() {
        assert!(unicode(&[("LANG", "de_DE.UTF-8")]));
        assert!(unicode(&[("LC_CTYPE", "C.utf8"), ("LANG", "C")]));
        assert!(!unicode(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")]));
        assert!(unicode(&[("LC_ALL", ""), ("LANG", "de_DE.UTF-8")]));
        assert!(!unicode(&[]));
    }

    #[test]
    fn without_unicode_all_marks_are_ascii() {
        let look = Look {
            unicode: false,
            colour: true,
        };
        let Marks {
            asking,
            answered,
            chosen,
            wrong,
            cut,
            hidden,
        } = look.marks();
        for mark in [asking, answered, chosen, wrong, cut, hidden] {
            assert!(mark.is_ascii_graphic());
        }
    }
}
