use super::super::dialogue::play::{press, rows, typed, whole};
use super::*;

fn no_spaces(item: &str) -> Result<(), String> {
    if item.contains(' ') {
        Err("a host has no spaces".to_owned())
    } else {
        Ok(())
    }
}

fn hosts() -> Vec<String> {
    ["one.example", "two.example"].map(str::to_owned).to_vec()
}

fn question(items: &[String]) -> ListQuestion<'_> {
    ListQuestion::new("Hosts without TLS", items)
        .trail(&["Connection"])
        .item("Host")
        .check(&no_spaces)
}

fn drawn(list: &mut List<'_>) -> Vec<String> {
    rows(&list.frame(whole(60, 11)).expect("it fits"))
}

#[test]
fn enter_alone_takes_a_list_as_it_is() {
    let items = hosts();
    let question = question(&items);
    let mut list = List::new(&question);
    assert_eq!(
        drawn(&mut list),
        [
            "Connection > Hosts without TLS",
            "",
            "  one.example",
            "  two.example",
            "  + Add",
            "> = Done",
            "",
            "",
            "",
            "",
            "Enter takes, Esc goes back, a adds, ? helps, Up Down move",
        ]
    );
    assert_eq!(press(&mut list, &[Key::Enter]), Some(hosts()));
}

#[test]
fn items_are_added_one_after_the_other() {
    let question = question(&[]);
    let mut list = List::new(&question);
    let mut keys = vec![Key::Enter];
    keys.extend(typed("a.example"));
    keys.extend([Key::Enter, Key::Enter]);
    keys.extend(typed("b.example "));
    keys.extend([Key::Enter, Key::Down, Key::Enter]);
    let given = press(&mut list, &keys).expect("it is done");
    assert_eq!(given, ["a.example", "b.example"]);
}

#[test]
fn an_item_that_is_refused_stays_for_editing() {
    let items = hosts();
    let question = question(&items);
    let mut list = List::new(&question);
    press(&mut list, &[Key::Home, Key::Enter, Key::Typed(' ')]);
    press(&mut list, &[Key::Typed('x'), Key::Enter]);
    let screen = drawn(&mut list);
    assert_eq!(screen[2..4], ["Host: one.example x", "> one.example"]);
    assert!(screen.contains(&"! a host has no spaces".to_owned()));
    press(
        &mut list,
        &[Key::Backspace, Key::Backspace, Key::Typed('s')],
    );
    press(&mut list, &[Key::Enter, Key::End]);
    let given = press(&mut list, &[Key::Enter]).expect("it is done");
    assert_eq!(given, ["one.examples", "two.example"]);
    let question = super::tests::question(&[]);
    let mut list = List::new(&question);
    press(&mut list, &[Key::Enter, Key::Enter]);
    assert!(drawn(&mut list).contains(&"! nothing was typed; Esc goes back".to_owned()));
}

#[test]
fn items_are_removed_and_nothing_else_is() {
    let items = hosts();
    let question = question(&items);
    let mut list = List::new(&question);
    let keys = [
        Key::Typed('d'),
        Key::Home,
        Key::Typed('d'),
        Key::Delete,
        Key::Typed('d'),
    ];
    press(&mut list, &keys);
    assert_eq!(drawn(&mut list)[2..4], ["> + Add", "  = Done"]);
    assert_eq!(press(&mut list, &[Key::End, Key::Enter]), Some(Vec::new()));
}

#[test]
fn esc_leaves_an_item_then_the_list_and_asks_for_changes_first() {
    let items = hosts();
    let question = question(&items);
    let mut list = List::new(&question);
    press(&mut list, &[Key::Home, Key::Enter, Key::Typed('x')]);
    assert!(list.escape());
    assert!(!list.escape(), "nothing is changed");
    press(&mut list, &[Key::Typed('d')]);
    assert!(list.escape());
    assert!(drawn(&mut list).contains(&format!("! {UNSAVED}")));
    assert!(!list.escape());
    press(&mut list, &[Key::Down]);
    assert!(list.escape(), "it is asked anew");
}

#[test]
fn help_is_shown_over_the_list() {
    let items = hosts();
    let question = question(&items).help("Hosts that may be reached without TLS.");
    let mut list = List::new(&question);
    press(&mut list, &[Key::Typed('?')]);
    let screen = drawn(&mut list);
    assert_eq!(screen[0], "Help > Hosts without TLS");
    assert_eq!(screen[2], "Hosts that may be reached without TLS.");
    assert!(list.escape());
    assert_eq!(press(&mut list, &[Key::Enter]), Some(hosts()));
}
