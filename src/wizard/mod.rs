//! Menus as questions and answers: the configuration and a person's answers go in, edits come out.
//!
//! Touches no terminal and no network: questions go to a [`Prompter`], edits to a [`World`], and what sites say
//! comes from a [`Connector`]. Every screen is made from the state as it is at that moment, so that a change of
//! somebody else is seen and never overwritten.

mod broken;
mod change;
mod connect;
mod connector;
mod entries;
mod entry;
mod problems;
mod row;
mod screen;
mod search;
mod section;
mod setting;
mod state;
mod top;
mod transfer;
mod tree;
mod world;

pub use connect::{Known, Place, SignIn, Surroundings, sign_in};
pub use connector::{Attempt, Connector, Recognised, Tested, Trouble, Verdict, Whose};
pub use state::{Kept, State, shorten};
pub use world::{Complaint, Problem, ReadError, World};

use crate::config::path::Path;
use crate::config::schema::Setting;
use crate::prompt::{PromptError, Prompter, on_screens};
use std::rc::Rc;

/// Where the menu is entered.
#[derive(Debug, Clone, PartialEq)]
pub enum Entrance {
    /// At the top.
    Top,
    /// At a section, a profile or an instance.
    Section(Path),
    /// At a setting.
    Setting(Path, &'static Setting),
    /// At an instance that is not there yet.
    NewInstance(Path),
    /// At a site that nothing is configured for yet.
    NewSite(String),
}

/// Why a menu has ended before its time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The person chose to leave.
    Left,
    /// A question has no answer.
    Prompt(PromptError),
    /// The world cannot go on, and knows why.
    Stopped,
}

impl From<PromptError> for Ended {
    fn from(error: PromptError) -> Ended {
        Ended::Prompt(error)
    }
}

/// What a step of a menu comes to.
type Flow<T> = Result<T, Ended>;

/// Opens the menu, until the person leaves it. What was said last and not shown with a question comes out, too.
pub fn open(
    world: &mut dyn World,
    prompter: &mut dyn Prompter,
    entrance: &Entrance,
) -> (Result<(), Ended>, Vec<String>) {
    let mut said = Vec::new();
    let result = on_screens(prompter, |prompter| {
        let mut wizard = Wizard {
            world,
            prompter,
            trail: Vec::new(),
            said: Vec::new(),
            state: None,
        };
        let result = wizard.enter(entrance);
        said = wizard.said;
        result
    });
    match result {
        Err(Ended::Left) => (Ok(()), said),
        result => (result, said),
    }
}

/// A menu that is open.
struct Wizard<'a> {
    world: &'a mut dyn World,
    prompter: &'a mut dyn Prompter,
    /// The titles of the menus that led here.
    trail: Vec<String>,
    /// What is said with the next question.
    said: Vec<String>,
    state: Option<Rc<State>>,
}

impl Wizard<'_> {
    fn enter(&mut self, entrance: &Entrance) -> Flow<()> {
        match entrance {
            Entrance::Top => self.top(),
            Entrance::Section(path) => self.section_at(path),
            Entrance::Setting(path, setting) => self.setting(path, setting),
            Entrance::NewInstance(path) => {
                let product = path.parent();
                self.add_site(&product, path.last().unwrap_or_default())
            }
            Entrance::NewSite(address) => self.connect(address),
        }
    }

    /// The configuration as it is now. A file that is broken is mended first, or the menu is left.
    fn state(&mut self) -> Flow<Rc<State>> {
        loop {
            match self.world.read() {
                Ok(now) => {
                    let known = self.state.take().filter(|known| known.is_like(&now));
                    let state = known.unwrap_or_else(|| Rc::new(now));
                    self.state = Some(Rc::clone(&state));
                    return Ok(state);
                }
                Err(ReadError::Broken { layer, complaint }) => self.broken(layer, &complaint)?,
                Err(ReadError::Stopped) => return Err(Ended::Stopped),
            }
        }
    }
}
