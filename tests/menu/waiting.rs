//! While a site does not answer: Ctrl-C leaves, and the terminal is as it was.

use super::Menu;
use crate::program::Home;
use crate::terminal::Conversation;
use rustix::process::Signal;
use std::net::TcpListener;
use std::os::unix::process::ExitStatusExt;

/// A server that takes connections and never answers.
struct Silent {
    listener: TcpListener,
    url: String,
}

impl Silent {
    fn start() -> Silent {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("a port"));
        Silent { listener, url }
    }

    /// Waits until somebody asks.
    fn asked(&self) -> std::net::TcpStream {
        self.listener.accept().expect("somebody asks").0
    }
}

#[test]
fn ctrl_c_leaves_while_a_site_is_asked_what_it_is() {
    let silent = Silent::start();
    let home = Home::empty(None);
    let mut menu = Menu::open(&home, &["config"], 80, 24);
    menu.screen_with("Exit");
    menu.press("\r", "Site (any");
    menu.send(&format!("{}\r", silent.url));
    let _connection = silent.asked();
    let conversation = menu.into_conversation();
    conversation.signal(Signal::INT);
    let ended = conversation.finish();
    assert_eq!(ended.status.code(), Some(130), "{}", ended.shown);
    assert_eq!(ended.remaining(), "");
    assert!(home.is_untouched());
}

#[test]
fn ctrl_c_leaves_while_a_sign_in_is_tested() {
    let silent = Silent::start();
    let home = Home::with(&format!(
        "[auth.jira.\"{}\"]\nusername = \"me\"\ndeployment = \"datacenter\"\n",
        silent.url
    ));
    let path = format!("auth.jira[\"{}\"]", silent.url);
    let token = home.write("token", "hunter2");
    let mut storing = home.lassi(&[
        "config",
        "set",
        "--secret-stdin",
        &format!("{path}.api_token"),
    ]);
    let token = std::fs::File::open(token).expect("it is there");
    assert!(storing.stdin(token).status().expect("it runs").success());
    let before = home.configuration();
    for (signal, code) in [(Signal::INT, Some(130)), (Signal::TERM, None)] {
        let mut menu = Menu::open(&home, &["config", "edit", &path], 80, 24);
        menu.screen_with("Test connection");
        menu.send("/test\r");
        let _connection = silent.asked();
        let conversation = menu.into_conversation();
        conversation.signal(signal);
        let ended = conversation.finish();
        assert_eq!(ended.status.code(), code, "{}", ended.shown);
        assert_eq!(ended.status.signal().is_none(), code.is_some());
        assert_eq!(ended.remaining(), "");
    }
    assert_eq!(home.configuration(), before);
}

#[test]
fn ctrl_c_leaves_a_login_that_waits() {
    let silent = Silent::start();
    let home = Home::empty(None);
    let mut asked = Conversation::start(home.lassi(&["auth", "login"]), 80, 24);
    asked.expect("Site (any");
    asked.send(&format!("{}\r", silent.url));
    let _connection = silent.asked();
    asked.signal(Signal::INT);
    let ended = asked.finish();
    assert_eq!(ended.status.code(), Some(130), "{}", ended.shown);
    assert!(home.is_untouched());
}

#[test]
fn a_menu_is_drawn_anew_at_another_size() {
    let home = Home::new();
    let mut menu = Menu::open(&home, &["config"], 80, 24);
    menu.screen_with("Exit");
    menu.resize(30, 8);
    menu.screen_with("too small");
    menu.resize(60, 20);
    menu.screen_with("Exit");
    menu.send("\u{1b}");
    assert!(menu.into_conversation().finish().status.success());
}

#[test]
fn a_terminal_that_is_closed_ends_the_menu() {
    let home = Home::new();
    let before = home.configuration();
    let mut menu = Menu::open(&home, &["config"], 80, 24);
    menu.screen_with("Exit");
    assert!(!menu.into_conversation().hang_up().success());
    assert_eq!(home.configuration(), before);
}

#[test]
fn a_list_is_edited_item_by_item() {
    let home = Home::new();
    let path = "connection.retry_status_codes";
    let mut menu = Menu::open(&home, &["config", "edit", path], 80, 24);
    menu.screen_with("Show where it comes from");
    menu.press("j\r", "= Done");
    // away with the first, another one at the end, and the second changed
    menu.press("\u{1b}[Hd", "❯ 502");
    menu.press("a", "Esc goes back");
    menu.press("401\r", "401");
    menu.press("\u{15}418\r", "418");
    menu.press("\u{1b}[Hj\r", "503");
    menu.press("\u{15}500\r", "500");
    menu.send("\u{1b}[F\r");
    let ended = menu.into_conversation().finish();
    assert!(ended.status.success(), "{}", ended.shown);
    let line = "retry_status_codes = [502, 500, 504, 418]\n";
    assert!(
        home.configuration().contains(line),
        "{}",
        home.configuration()
    );
}
