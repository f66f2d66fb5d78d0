//! The screen for a file that cannot be used: where it is broken, and the ways to mend it.

use super::row::file_of;
use super::screen::Screen;
use super::world::Complaint;
use super::{Ended, Flow, Wizard};
use crate::config::layer::Layer;
use crate::prompt::{Answer, MenuRow};

/// What can be done about it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Choice {
    Edit,
    Undo,
    Leave,
}

impl Wizard<'_> {
    /// Asks once what to do, and does it. Whoever asks for the state tries again afterwards.
    pub(super) fn broken(&mut self, layer: Layer, complaint: &Complaint) -> Flow<()> {
        let file = file_of(layer);
        let mut screen = Screen::new("The configuration cannot be read");
        screen.paragraphs.clone_from(&complaint.lines);
        screen.row(
            Choice::Edit,
            MenuRow::new("Open it in the editor").about(format!("Opens {file}.")),
        );
        screen.row(
            Choice::Undo,
            MenuRow::new("Undo last change")
                .about(format!("Takes back what lassi changed last in {file}.")),
        );
        screen.row(
            Choice::Leave,
            MenuRow::new("Leave").about("Everything stays as it is."),
        );
        match self.show(&screen, &mut None)? {
            Answer::Back | Answer::Given(Choice::Leave) => Err(Ended::Left),
            Answer::Given(Choice::Edit) => self.edit(layer),
            Answer::Given(Choice::Undo) => {
                let undone = self.world.undo(layer);
                self.report(undone);
                Ok(())
            }
        }
    }

    /// The editor has the terminal to itself.
    pub(super) fn edit(&mut self, layer: Layer) -> Flow<()> {
        self.prompter.end_screens()?;
        let edited = self.world.edit(layer);
        self.prompter.begin_screens()?;
        self.report(edited);
        Ok(())
    }
}
