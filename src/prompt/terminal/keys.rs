//! The keys that questions know, whichever system they come from.

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "not all systems tell all keys"))]
pub(super) enum Key {
    /// A character, which is no control character.
    Typed(char),
    /// A character of a paste: text, never a command. Line breaks are left out, tabs are spaces.
    Pasted(char),
    Enter,
    Escape,
    /// Ctrl-C.
    Interrupt,
    /// Ctrl-D.
    EndOfInput,
    /// Ctrl-Z.
    Suspend,
    Backspace,
    Delete,
    /// Ctrl-U.
    DeleteToStart,
    /// Ctrl-K.
    DeleteToEnd,
    /// Ctrl-W, Alt-Backspace.
    DeleteWord,
    Left,
    Right,
    WordLeft,
    WordRight,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Tab,
    /// F1.
    Help,
    /// Anything else: it does nothing.
    Unknown,
}

impl Key {
    /// What a control character means.
    pub(super) fn of_control(control: char) -> Key {
        match control {
            '\u{1}' => Key::Home,
            '\u{2}' => Key::Left,
            '\u{3}' => Key::Interrupt,
            '\u{4}' => Key::EndOfInput,
            '\u{5}' => Key::End,
            '\u{6}' => Key::Right,
            '\u{8}' | '\u{7f}' => Key::Backspace,
            '\t' => Key::Tab,
            '\n' | '\r' => Key::Enter,
            '\u{b}' => Key::DeleteToEnd,
            '\u{e}' => Key::Down,
            '\u{10}' => Key::Up,
            '\u{15}' => Key::DeleteToStart,
            '\u{17}' => Key::DeleteWord,
            '\u{1a}' => Key::Suspend,
            _ => Key::Unknown,
        }
    }
}
