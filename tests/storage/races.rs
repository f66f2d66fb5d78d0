//! Many processes at the same moment: nobody's change is lost, and no reader sees half a file.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use lassi::config::history::{ENTRIES_KEPT, list};
use lassi::secret::Store;
use toml_edit::DocumentMut;

use crate::child::{finish, start, tell};
use crate::sandbox::Sandbox;

#[test]
fn fifty_writers_of_one_file_all_keep_their_key() {
    let sandbox = Sandbox::new();
    let mut writers: Vec<_> = (0..50).map(|_| start()).collect();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                if let Ok(text) = fs::read_to_string(sandbox.file()) {
                    text.parse::<DocumentMut>()
                        .expect("the file parses at every instant");
                }
            }
        });
        for (number, writer) in writers.iter_mut().enumerate() {
            tell(writer, "set", &sandbox, &format!("key{number}"));
        }
        writers.into_iter().for_each(finish);
        done.store(true, Ordering::Relaxed);
        reader.join().expect("no reader saw half a file");
    });
    let document: DocumentMut = sandbox.text().parse().expect("it parses at the end");
    assert_eq!(document.len(), 50);
    assert_eq!(
        list(&sandbox.target()).expect("readable").len(),
        ENTRIES_KEPT
    );
    let names: Vec<_> = fs::read_dir(sandbox.folder())
        .expect("a folder")
        .flatten()
        .collect();
    assert_eq!(names.len(), 2, "config.toml and .gitignore: {names:?}");
}

#[test]
fn thirty_savers_of_secrets_start_from_nothing() {
    let sandbox = Sandbox::new();
    let mut savers: Vec<_> = (0..30).map(|_| start()).collect();
    for (number, saver) in savers.iter_mut().enumerate() {
        tell(
            saver,
            "save-secret",
            &sandbox,
            &format!("profiles.p{number}.api_token"),
        );
    }
    savers.into_iter().for_each(finish);
    let store = sandbox.store();
    assert_eq!(store.names().expect("readable").len(), 30);
    for number in 0..30 {
        let name = format!("profiles.p{number}.api_token");
        let secret = store.get(&name).expect("readable").expect("there");
        assert_eq!(secret.expose(), format!("secret of {name}"));
    }
}
