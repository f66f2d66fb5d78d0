use super::super::dialogue::play::{press, rows, typed, whole};
use super::*;

fn settings() -> Vec<MenuRow> {
    vec![
        MenuRow::new("Format")
            .value("json")
            .badge("modified")
            .about("How product commands print what they found."),
        MenuRow::new("Colour")
            .value("auto")
            .badge("overridden by LASSI_OUTPUT__COLOR"),
        MenuRow::new("Certificates").unavailable("a shared file cannot set this"),
    ]
}

fn drawn(menu: &mut Menu<'_>) -> Vec<String> {
    rows(&menu.frame(whole(60, 12)).expect("it fits"))
}

#[test]
fn a_menu_shows_all_there_is_to_know() {
    let settings = settings();
    let paragraphs = ["Set output.format = \"json\" in ~/.config/lassi/config.toml".to_owned()];
    let question = MenuQuestion::new("Output", &settings)
        .trail(&["lassi"])
        .paragraphs(&paragraphs);
    let mut menu = Menu::new(&question).expect("it has rows");
    let frame = menu.frame(whole(60, 12)).expect("it fits");
    assert_eq!(
        rows(&frame),
        [
            "lassi > Output",
            "",
            "Set output.format = \"json\" in ~/.config/lassi/config.toml",
            "",
            "> Format        json  [modified]",
            "  Colour        auto  [overridden by LASSI_OUTPUT__COLOR]",
            "  Certificates        [not available]",
            "",
            "How product commands print what they found.",
            "",
            "",
            "Enter takes, Esc goes back, / filters, ? helps",
        ]
    );
    assert_eq!(frame.cursor, (4, 0));
    let keys = [Key::Typed('j'), Key::Typed('k'), Key::Down, Key::Enter];
    assert_eq!(press(&mut menu, &keys), Some(1));
}

#[test]
fn a_row_that_cannot_be_taken_says_why() {
    let settings = settings();
    let question = MenuQuestion::new("Output", &settings).marked(9);
    let mut menu = Menu::new(&question).expect("it has rows");
    assert_eq!(drawn(&mut menu)[6], "a shared file cannot set this");
    assert_eq!(press(&mut menu, &[Key::Enter]), None);
    assert_eq!(drawn(&mut menu)[6], "! a shared file cannot set this");
    assert_eq!(press(&mut menu, &[Key::Up, Key::Enter]), Some(1));
}

#[test]
fn a_filter_narrows_and_esc_shows_all_again() {
    let settings = settings();
    let question = MenuQuestion::new("Output", &settings);
    let mut menu = Menu::new(&question).expect("it has rows");
    let mut keys = vec![Key::Typed('/')];
    keys.extend(typed("jcolr"));
    keys.extend([Key::Home, Key::Delete]);
    press(&mut menu, &keys);
    let frame = menu.frame(whole(60, 12)).expect("it fits");
    assert_eq!(
        rows(&frame)[2..5],
        [
            "/ colr",
            "> Colour        auto  [overridden by LASSI_OUTPUT__COLOR]",
            ""
        ]
    );
    assert_eq!(frame.cursor, (2, 2));
    assert!(menu.escape());
    assert_eq!(
        drawn(&mut menu)[2..4],
        [
            "  Format        json  [modified]",
            "> Colour        auto  [overridden by LASSI_OUTPUT__COLOR]",
        ]
    );
    assert!(!menu.escape());
    press(&mut menu, &[Key::Typed('/'), Key::Typed('z')]);
    assert_eq!(drawn(&mut menu)[3], "  nothing found");
    assert_eq!(press(&mut menu, &[Key::Enter]), None);
    assert!(menu.escape());
    assert_eq!(press(&mut menu, &[Key::Enter]), Some(1));
}

#[test]
fn the_best_of_a_filter_is_taken_by_enter() {
    let settings = settings();
    let question = MenuQuestion::new("Output", &settings);
    let mut menu = Menu::new(&question).expect("it has rows");
    let keys = [
        Key::Typed('/'),
        Key::Typed('c'),
        Key::Typed('o'),
        Key::Enter,
    ];
    assert_eq!(press(&mut menu, &keys), Some(1));
    // values are searched, too
    let mut menu = Menu::new(&question).expect("it has rows");
    let mut keys = vec![Key::Typed('/')];
    keys.extend(typed("json"));
    keys.push(Key::Enter);
    assert_eq!(press(&mut menu, &keys), Some(0));
}

#[test]
fn help_tells_the_keys_and_goes_away() {
    let settings = settings();
    let question = MenuQuestion::new("Output", &settings).help("What is printed, and how.");
    let mut menu = Menu::new(&question).expect("it has rows");
    press(&mut menu, &[Key::Typed('?')]);
    let screen = rows(&menu.frame(whole(60, 20)).expect("it fits"));
    assert_eq!(screen[0], "Help > Output");
    assert_eq!(screen[2], "What is printed, and how.");
    assert!(screen.contains(&"Ctrl-C: leave".to_owned()));
    assert!(menu.escape());
    assert_eq!(drawn(&mut menu)[0], "Output");
    press(&mut menu, &[Key::Help, Key::Enter]);
    assert_eq!(press(&mut menu, &[Key::Enter]), Some(0));
}

#[test]
fn what_a_row_has_no_room_for_is_said_below() {
    let settings = [MenuRow::new("Command that the token is read from")
        .value("pass show atlassian/acme/token-of-this-year")];
    let question = MenuQuestion::new("Credentials", &settings);
    let mut menu = Menu::new(&question).expect("it has rows");
    let screen = rows(&menu.frame(whole(60, 16)).expect("it fits"));
    assert!(screen[2].ends_with('~'), "{}", screen[2]);
    assert_eq!(
        screen[4..6].join(" "),
        "Command that the token is read from  pass show atlassian/acme/token-of-this-year"
    );
}

#[test]
fn pastes_and_other_keys_do_nothing() {
    let settings = settings();
    let question = MenuQuestion::new("Output", &settings);
    let mut menu = Menu::new(&question).expect("it has rows");
    let keys = [
        Key::Pasted('/'),
        Key::Pasted('j'),
        Key::Typed('x'),
        Key::Tab,
        Key::Enter,
    ];
    assert_eq!(press(&mut menu, &keys), Some(0));
    let error = Menu::new(&MenuQuestion::new("Output", &[])).err();
    assert_eq!(error, Some(PromptError::NothingToSelect));
}
