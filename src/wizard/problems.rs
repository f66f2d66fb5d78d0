//! What is wrong inside files that can be read: shown, with what mends it.

use super::row::file_of;
use super::screen::Screen;
use super::world::Problem;
use super::{Flow, Wizard};
use crate::changes::Changes;
use crate::config::change::Step;
use crate::config::schema::{Match, Setting};
use crate::prompt::{Answer, MenuRow};

/// What can be done about a problem.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Choice {
    Setting(&'static Setting),
    Remove,
    Edit,
}

impl Wizard<'_> {
    /// The problems, until none is left or they are left.
    pub(super) fn problems(&mut self) -> Flow<()> {
        let mut marked = None;
        loop {
            // files are read again
            self.state()?;
            let problems = self.world.problems();
            if problems.is_empty() {
                return Ok(());
            }
            let mut screen = Screen::new(title(problems.len()));
            screen.paragraphs =
                vec!["These values of the files are not used until they are mended.".to_owned()];
            for problem in problems {
                let row = MenuRow::new(problem.path.to_string()).about(problem.lines.join("; "));
                screen.row(problem, row);
            }
            let Answer::Given(problem) = self.show(&screen, &mut marked)? else {
                return Ok(());
            };
            self.below("Problems", |wizard| wizard.problem(&problem))?;
        }
    }

    fn problem(&mut self, problem: &Problem) -> Flow<()> {
        let file = file_of(problem.layer);
        let is_here = self.state()?.layer() == problem.layer;
        let mut screen = Screen::new(problem.path.to_string());
        screen.paragraphs.clone_from(&problem.lines);
        if let (Match::Setting(setting), true) = (problem.path.lookup(), is_here)
            && !problem.holds_secret
        {
            screen.row(Choice::Setting(setting), MenuRow::new("Open the setting"));
        }
        // a secret would be lost
        if is_here && !problem.holds_secret {
            let remove = MenuRow::new("Remove it").about(format!("From {file}."));
            screen.row(Choice::Remove, remove);
        }
        let edit = MenuRow::new("Open the file in the editor").about(format!("Opens {file}."));
        screen.row(Choice::Edit, edit);
        match self.show(&screen, &mut None)? {
            Answer::Back => {}
            Answer::Given(Choice::Setting(setting)) => self.setting(&problem.path, setting)?,
            Answer::Given(Choice::Remove) => {
                self.apply(&Changes {
                    command: "unset",
                    steps: vec![Step::Unset {
                        path: problem.path.clone(),
                    }],
                    ..Changes::default()
                });
            }
            Answer::Given(Choice::Edit) => self.edit(problem.layer)?,
        }
        Ok(())
    }
}

/// `1 problem`, `2 problems`.
pub(super) fn title(number: usize) -> String {
    super::row::count(number, "problem")
}
