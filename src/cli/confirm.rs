//! A question with yes or no, for what cannot be taken back lightly.

use super::failure::{Exit, Failure, Message};
use super::messages;
use super::session::Session;
use crate::prompt::{Answer, ConfirmQuestion, PromptError};

/// Asks, if there is somebody to ask. `yes` is the flag that says it beforehand; without it and without a
/// terminal it is an error that names the flag.
pub(super) fn confirm(
    session: &Session<'_>,
    yes: bool,
    question: &str,
    flag: &str,
) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !session.may_ask() {
        let what = format!("{question} There is nobody to ask.");
        return Err(Message::new(Exit::Usage, what)
            .hint(format!("add `{flag}` to say yes"))
            .into());
    }
    if ask(session, question, false)? {
        Ok(())
    } else {
        Err(Message::new(Exit::Failed, "nothing was changed").into())
    }
}

/// Asks; Enter alone is `default`, and Esc and the end of the input are no.
pub(super) fn ask(session: &Session<'_>, question: &str, default: bool) -> Result<bool, Failure> {
    let question = ConfirmQuestion::new(question, default);
    match session.prompter().confirm(&question) {
        Ok(Answer::Given(answer)) => Ok(answer),
        Ok(Answer::Back) | Err(PromptError::EndOfInput) => Ok(false),
        Err(error) => Err(messages::prompt(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::global::Global;
    use crate::environment::Environment;
    use crate::prompt::{Reply, Scripted};
    use clap::{ArgMatches, Args, Command, FromArgMatches};

    fn global(arguments: &[&str]) -> Global {
        let command = Global::augment_args(Command::new("lassi"));
        let matches: ArgMatches = command.get_matches_from([&["lassi"], arguments].concat());
        Global::from_arg_matches(&matches).expect("flags that exist")
    }

    fn attended<'a>(variables: impl IntoIterator<Item = (&'a str, &'a str)>) -> Environment {
        let mut environment = Environment::with_variables(variables);
        environment.input_is_terminal = true;
        environment.error_is_terminal = true;
        environment
    }

    fn confirmed(reply: Reply) -> Result<(), Failure> {
        let environment = attended([]);
        let script = Scripted::new([("Sure?", reply)]);
        let session = Session::with_prompter(&environment, global(&[]), Box::new(script.clone()));
        let result = confirm(&session, false, "Sure?", "--yes");
        script.assert_finished();
        result
    }

    #[test]
    fn only_a_yes_goes_on() {
        assert!(confirmed(Reply::Confirm(true)).is_ok());
        for reply in [
            Reply::Confirm(false),
            Reply::Enter,
            Reply::Back,
            Reply::Fail(PromptError::EndOfInput),
        ] {
            match confirmed(reply.clone()) {
                Err(Failure::Message(message)) => assert_eq!(message.exit, Exit::Failed),
                other => panic!("{reply:?}: {other:?}"),
            }
        }
    }

    #[test]
    fn an_interruption_is_an_exit_code_and_no_message() {
        for (error, expected) in [
            (PromptError::Interrupted, Exit::Interrupted),
            (PromptError::Terminated, Exit::Terminated),
            (PromptError::HungUp, Exit::HungUp),
        ] {
            match confirmed(Reply::Fail(error)) {
                Err(Failure::Silent(exit)) => assert_eq!(exit, expected),
                other => panic!("{error}: {other:?}"),
            }
        }
    }

    #[test]
    fn nobody_is_asked_where_nobody_may_be() {
        let unattended = |arguments: &[&str], environment: Environment| {
            let script = Box::new(Scripted::new([]));
            let session = Session::with_prompter(&environment, global(arguments), script);
            match confirm(&session, false, "Sure?", "--yes") {
                Err(Failure::Message(message)) => {
                    assert_eq!(message.exit, Exit::Usage);
                    assert_eq!(message.hints, ["add `--yes` to say yes"]);
                }
                other => panic!("{other:?}"),
            }
            assert!(confirm(&session, true, "Sure?", "--yes").is_ok());
        };
        unattended(&["--no-input"], attended([]));
        unattended(&[], attended([("CI", "true")]));
        unattended(&[], attended([("LASSI_NO_INPUT", "1")]));
        unattended(&[], attended([("TERM", "dumb")]));
        unattended(&[], Environment::default());
        let mut input_only = attended([]);
        input_only.error_is_terminal = false;
        unattended(&[], input_only);
    }
}
