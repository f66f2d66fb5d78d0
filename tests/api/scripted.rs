//! A server that says what it is told to, byte for byte: a request goes in, bytes or silence come out, over HTTP or HTTPS.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What comes back, and how.
pub(crate) enum Reply {
    /// These bytes, and the end of the connection.
    Bytes(Vec<u8>),
    /// Nothing, for as long as somebody waits.
    Silence,
}

/// A running server. It ends with the process.
pub(crate) struct Server {
    /// Host and port.
    pub host: String,
    scheme: &'static str,
    seen: Arc<Mutex<Vec<String>>>,
}

/// An answer with its length. Headers stand as `Name: value`.
pub(crate) fn answer(status: u16, headers: &[&str], body: &str) -> Reply {
    let headers = headers
        .iter()
        .fold(String::new(), |text, header| text + header + "\r\n");
    let length = body.len();
    Reply::Bytes(
        format!("HTTP/1.1 {status} Told\r\n{headers}Connection: close\r\nContent-Length: {length}\r\n\r\n{body}")
            .into_bytes(),
    )
}

/// An answer in JSON.
pub(crate) fn json(status: u16, body: &str) -> Reply {
    answer(status, &["Content-Type: application/json"], body)
}

/// The method and the address of a request.
pub(crate) fn target(request: &str) -> &str {
    request.split(" HTTP/1.1").next().expect("a first line")
}

impl Server {
    /// Without encryption. The closure gets the request, and how many came before.
    pub(crate) fn plain(respond: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Server {
        Server::start(None, respond)
    }

    /// With encryption.
    pub(crate) fn encrypted(
        config: ServerConfig,
        respond: impl Fn(&str, usize) -> Reply + Send + Sync + 'static,
    ) -> Server {
        Server::start(Some(Arc::new(config)), respond)
    }

    fn start(
        tls: Option<Arc<ServerConfig>>,
        respond: impl Fn(&str, usize) -> Reply + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let scheme = if tls.is_some() { "https" } else { "http" };
        let (log, respond) = (Arc::clone(&seen), Arc::new(respond));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (tls, log, respond) = (tls.clone(), Arc::clone(&log), Arc::clone(&respond));
                thread::spawn(move || {
                    let talk = |stream: &mut dyn ReadWrite| converse(stream, &log, &*respond);
                    serve(stream, tls, talk);
                });
            }
        });
        Server { host, scheme, seen }
    }

    /// The address, without a slash at its end.
    pub(crate) fn url(&self) -> String {
        format!("{}://{}", self.scheme, self.host)
    }

    /// All requests so far, heads and bodies.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The methods and addresses of all requests so far.
    pub(crate) fn targets(&self) -> Vec<String> {
        self.seen()
            .iter()
            .map(|seen| target(seen).to_owned())
            .collect()
    }
}

/// Anything that can be read and written.
trait ReadWrite: Read + Write {}
impl<T: Read + Write> ReadWrite for T {}

fn serve(
    mut stream: TcpStream,
    tls: Option<Arc<ServerConfig>>,
    talk: impl Fn(&mut dyn ReadWrite) -> bool,
) {
    let said = match tls {
        None => talk(&mut stream),
        Some(config) => {
            let connection = ServerConnection::new(config).expect("a configuration that fits");
            let mut encrypted = StreamOwned::new(connection, stream);
            let said = talk(&mut encrypted);
            encrypted.conn.send_close_notify();
            let _ = encrypted.flush();
            stream = encrypted.sock;
            said
        }
    };
    if !said {
        // an alert may be on its way: who has unread bytes would be cut off before it is there
        let _ = stream.read_to_end(&mut Vec::new());
    }
    let _ = stream.shutdown(Shutdown::Both);
}

/// Answers one request. Returns whether there was one.
fn converse(
    stream: &mut dyn ReadWrite,
    log: &Mutex<Vec<String>>,
    respond: &(dyn Fn(&str, usize) -> Reply + Send + Sync),
) -> bool {
    let Some(request) = read_request(stream) else {
        let _ = stream.flush();
        return false;
    };
    let before = {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push(request.clone());
        log.len() - 1
    };
    match respond(&request, before) {
        Reply::Bytes(bytes) => {
            // who has heard enough hangs up
            let _ = stream.write_all(&bytes).and_then(|()| stream.flush());
        }
        Reply::Silence => {
            let _ = stream.read(&mut [0]);
        }
    }
    true
}

/// Head and body of a request.
pub(crate) fn read_request(stream: &mut (impl Read + ?Sized)) -> Option<String> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .and_then(|(_, length)| length.parse().ok())
                .unwrap_or(0);
            if body.len() >= length {
                return Some(text);
            }
        }
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => return None,
            Ok(read) => bytes.extend_from_slice(&piece[..read]),
        }
    }
}
