//! A small site of all four products on this machine, with made-up content and sign-ins: requests go in, the answers
//! that Atlassian's servers would give come out, and a record of every request is kept.
//!
//! One server is everything, told apart by path: a Cloud site at its root, the gateway below `/ex`, Bitbucket at
//! `/bitbucket/2.0`, Jira and Confluence Data Center at `/jira-dc` and `/wiki-dc`, and at `/sso` one behind a single
//! sign-on, which never answers. What is changed is remembered until the site stops. A second server holds downloads, on
//! another port: a download is answered by a redirect to it.

mod answer;
mod big_project;
mod bitbucket;
mod bitbucket_pipelines;
mod bitbucket_repository;
mod bitbucket_seed;
mod boards;
mod confluence;
mod confluence_changes;
mod confluence_seed;
mod confluence_v1;
mod confluence_v2;
mod document;
mod entrance;
mod jira;
mod jira_attachments;
mod jira_change;
mod jira_conversation;
mod jira_issues;
mod jira_projects;
mod jira_search;
mod jira_seed;
mod jql;
mod jsm;
mod jsm_shapes;
mod listing;
mod people;
mod request;
mod scopes;
mod server;
pub(crate) mod tokens;

use entrance::Site;
pub(crate) use request::Request;
use std::fmt::{self, Debug};
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// The cloud ID of the site.
pub(crate) const CLOUD_ID: &str = "11111111-2222-4333-8444-555555555555";

/// A running site. It stops when it is dropped.
pub(crate) struct DemoSite {
    url: String,
    log: Arc<Mutex<Vec<Request>>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl DemoSite {
    /// Starts a site of its own on a free port.
    pub(crate) fn start() -> DemoSite {
        DemoSite::start_at(0).expect("this machine has a free port on loopback")
    }

    /// Starts the site on a port of 127.0.0.1.
    pub(crate) fn start_at(port: u16) -> io::Result<DemoSite> {
        let (site_listener, url) = listen(port)?;
        let (media_listener, media_url) = listen(0)?;
        let site = Arc::new(Site::new(&url, &media_url));
        let log = Arc::new(Mutex::new(Vec::new()));
        let (stop, stopped) = oneshot::channel();
        let servers = vec![
            server::Server {
                listener: site_listener,
                respond: recorded(&log, {
                    let site = Arc::clone(&site);
                    move |request| site.answer(request)
                }),
            },
            server::Server {
                listener: media_listener,
                respond: recorded(&log, move |request| site.answer_download(request)),
            },
        ];
        let thread = std::thread::Builder::new()
            .name("demo site".to_owned())
            .spawn(move || server::serve(servers, stopped))?;
        Ok(DemoSite {
            url,
            log,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address of the Cloud site, without a slash at its end.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Every request so far, in the order of arrival, those for downloads too.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

impl Debug for DemoSite {
    /// A site in a failed assertion tells what it was asked.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let asked = self.requests();
        let asked = asked
            .iter()
            .map(|request| format!("{} {}", request.method, request.path));
        write!(formatter, "{} was asked ", self.url)?;
        formatter.debug_list().entries(asked).finish()
    }
}

impl Drop for DemoSite {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn listen(port: u16) -> io::Result<(TcpListener, String)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

fn recorded(
    log: &Arc<Mutex<Vec<Request>>>,
    answer: impl Fn(&Request) -> answer::Answer + Send + Sync + 'static,
) -> Arc<server::Respond> {
    let log = Arc::clone(log);
    Arc::new(move |request| {
        let answer = answer(&request);
        log.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(request);
        answer
    })
}
