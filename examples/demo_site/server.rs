//! Listeners go in, their connections are served until the end is told: HTTP/1.1, connections kept open, without the
//! delays of small packets.

use super::answer::Answer;
use super::request::Request;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{HeaderName, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::TcpListener;
use std::sync::Arc;
use tokio::sync::oneshot;

/// What makes an answer of a request.
pub(crate) type Respond = dyn Fn(Request) -> Answer + Send + Sync;

/// A listener and what answers on it.
pub(crate) struct Server {
    pub(crate) listener: TcpListener,
    pub(crate) respond: Arc<Respond>,
}

/// Serves on this thread until `stopped`; connections that are still open then are closed.
pub(crate) fn serve(servers: Vec<Server>, stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("this machine can wait for connections");
    runtime.block_on(async {
        for server in servers {
            tokio::spawn(accept(server));
        }
        // a sender that is gone means the same
        let _ = stopped.await;
    });
}

async fn accept(server: Server) {
    server
        .listener
        .set_nonblocking(true)
        .expect("a socket can be non-blocking");
    let listener =
        tokio::net::TcpListener::from_std(server.listener).expect("the runtime waits for sockets");
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let _ = stream.set_nodelay(true);
        let respond = Arc::clone(&server.respond);
        tokio::spawn(async move {
            let service = service_fn(move |request| reply(Arc::clone(&respond), request));
            // a client that hangs up is no fault of the site
            let _ = http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn reply(
    respond: Arc<Respond>,
    request: hyper::Request<Incoming>,
) -> Result<hyper::Response<Full<Bytes>>, Infallible> {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.as_str().to_owned(), value)
    });
    let mut request = Request::new(
        parts.method.as_str(),
        parts.uri.path(),
        parts.uri.query().unwrap_or_default(),
        headers.collect(),
    );
    // a body that breaks off ends its connection, too
    if let Ok(whole) = body.collect().await {
        request.body = whole.to_bytes().to_vec();
    }
    let answer = respond(request);
    let mut response = hyper::Response::new(Full::new(Bytes::from(answer.body)));
    if let Ok(status) = hyper::StatusCode::from_u16(answer.status) {
        *response.status_mut() = status;
    }
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response
                .headers_mut()
                .append(HeaderName::from_static(name), value);
        }
    }
    Ok(response)
}
