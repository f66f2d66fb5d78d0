//! Files come in and go out: a download becomes a file whole or not at all, an upload is told of while it runs.

use super::error::ApiError;
use super::parameter::{Parameter, ParameterKind};
use super::run::Run;
use super::site::Call;
use super::talk::Talk;
use crate::http::{Body, Download, HttpError, Upload};
use futures_util::future::{Either, select};
use serde_json::Value as Json;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// How often the progress of an upload is shown.
const MOMENT: Duration = Duration::from_millis(200);

/// What `--output` calls standard output.
const STANDARD_OUTPUT: &str = "-";

/// Where a download goes.
pub const OUTPUT: Parameter = Parameter::flag(
    "output",
    "FILE",
    ParameterKind::File,
    "Where it goes: a file, a folder, or `-` for standard output",
);

/// Whether a download takes the place of a file.
pub const FORCE: Parameter = Parameter::switch("force", "Write over a file that is there");

/// A file that is downloaded.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// What the server calls it.
    pub name: &'a str,
    /// Where it goes: a file, a folder, `-` for standard output; nowhere is the working directory.
    pub output: Option<&'a str>,
    /// Whether a file that is there is written over.
    pub force: bool,
    /// Its size in bytes, where it is known.
    pub size: Option<u64>,
}

/// A file that is uploaded.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// The file, as it was named.
    pub file: &'a str,
    /// The field of the form that holds it.
    pub field: &'static str,
    /// Other fields of the form.
    pub texts: &'a [(&'static str, String)],
}

/// Downloads what a call answers. What comes back is the file that was written; `None` is standard output.
pub async fn download(
    run: &Run<'_>,
    mut call: Call,
    incoming: &Incoming<'_>,
) -> Result<Option<PathBuf>, ApiError> {
    call.accept = "*/*";
    if incoming.output == Some(STANDARD_OUTPUT) {
        let answer = run.site.download(&call).await?;
        to_output(run.talk, answer, incoming).await?;
        return Ok(None);
    }
    let target = target(run.talk, incoming)?;
    if !incoming.force && target.symlink_metadata().is_ok() {
        return Err(ApiError::Exists { file: target });
    }
    let failed = |error: &io::Error| ApiError::File {
        file: target.clone(),
        reason: error.kind(),
    };
    let answer = run.site.download(&call).await?;
    let mut partial = partial_file(&target).map_err(|error| failed(&error))?;
    copy(run.talk, answer, incoming, partial.as_file_mut()).await?;
    let kept = if incoming.force {
        partial.persist(&target)
    } else {
        // somebody may have made the file meanwhile
        partial.persist_noclobber(&target)
    };
    match kept {
        Ok(_) => Ok(Some(target)),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(ApiError::Exists { file: target })
        }
        Err(error) => Err(failed(&error.error)),
    }
}

/// Uploads a file; what comes back is the answer, `None` where the request was only shown.
pub async fn upload(
    run: &Run<'_>,
    mut call: Call,
    outgoing: &Outgoing<'_>,
) -> Result<Option<Json>, ApiError> {
    let named = Path::new(outgoing.file);
    let file = run.talk.file(named);
    let unreadable = |reason| ApiError::File {
        file: named.to_owned(),
        reason,
    };
    let facts = std::fs::metadata(&file).map_err(|error| unreadable(error.kind()))?;
    if !facts.is_file() {
        return Err(unreadable(io::ErrorKind::IsADirectory));
    }
    let name = named.file_name().unwrap_or_default();
    let name = name.to_string_lossy().into_owned();
    let upload = Upload {
        field: outgoing.field,
        file,
        name: name.clone(),
        size: facts.len(),
        texts: outgoing.texts.to_vec(),
        sent: Arc::new(AtomicU64::new(0)),
    };
    call.body = Body::Upload(upload.clone());
    let mut sending = pin!(run.send_call(&call));
    loop {
        match select(sending, pin!(tokio::time::sleep(MOMENT))).await {
            Either::Left((answer, _)) => {
                run.talk.progress("");
                return answer;
            }
            Either::Right(((), unfinished)) => {
                sending = unfinished;
                let sent = upload.sent();
                run.talk.progress(&progress(&name, sent, Some(upload.size)));
            }
        }
    }
}

/// The file that a download becomes.
fn target(talk: &dyn Talk, incoming: &Incoming<'_>) -> Result<PathBuf, ApiError> {
    let name = safe_name(incoming.name);
    let Some(output) = incoming.output else {
        return Ok(talk.file(Path::new(&name)));
    };
    let file = talk.file(Path::new(output));
    if file.is_dir() {
        return Ok(file.join(name));
    }
    if output.ends_with(std::path::is_separator) {
        return Err(ApiError::File {
            file,
            reason: io::ErrorKind::NotFound,
        });
    }
    Ok(file)
}

/// A server's name for a file as a name in a folder: it leads nowhere else, is not hidden, and shows what it is.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let shown: String = last
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '|' | '?' | '*' => '_',
            c if crate::output::escape::is_hidden(c) => '_',
            c => c,
        })
        .collect();
    match shown.trim_end_matches(['.', ' ']) {
        "" => "download".to_owned(),
        special if special.starts_with('.') || is_device(special) => format!("_{special}"),
        name => name.to_owned(),
    }
}

/// Whether Windows takes a name for one of its devices, whatever stands behind the first dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_ascii_uppercase();
    let numbered = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL")
        || numbered.is_some_and(|number| number.chars().count() == 1)
}

/// A file beside the target, which is gone if it does not become it.
fn partial_file(target: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".download-").suffix(".part");
    // as any file that is made: what the mask of the process leaves
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

async fn copy(
    talk: &dyn Talk,
    download: Download,
    incoming: &Incoming<'_>,
    to: &mut dyn Write,
) -> Result<(), ApiError> {
    let size = download.size.or(incoming.size);
    let host = download.head.url.host_str().unwrap_or_default().to_owned();
    let mut shown = None;
    let received = download
        .copy_to(to, &mut |received| {
            // a line for every piece would be more than anybody can read
            let step = received >> 16;
            if shown != Some(step) {
                shown = Some(step);
                talk.progress(&progress(incoming.name, received, size));
            }
        })
        .await;
    talk.progress("");
    let received = received?;
    // a page in place of the file has another size
    if incoming.size.is_some_and(|size| size != received) {
        return Err(HttpError::Broken { host }.into());
    }
    Ok(())
}

async fn to_output(
    talk: &dyn Talk,
    download: Download,
    incoming: &Incoming<'_>,
) -> Result<(), ApiError> {
    let mut output = Output {
        talk,
        failure: None,
    };
    let copied = copy(talk, download, incoming, &mut output).await;
    match output.failure {
        Some(failure) => Err(failure),
        None => copied,
    }
}

/// Standard output, as something that can be written to.
struct Output<'a> {
    talk: &'a dyn Talk,
    /// Why it cannot be.
    failure: Option<ApiError>,
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.talk.print_bytes(bytes) {
            Ok(()) => Ok(bytes.len()),
            Err(failure) => {
                self.failure = Some(failure);
                Err(io::ErrorKind::Other.into())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How far a file is.
fn progress(name: &str, done: u64, size: Option<u64>) -> String {
    match size {
        Some(size) if size > 0 => {
            let percent = done.min(size) * 100 / size;
            format!("{name}: {percent} % of {}", amount(size))
        }
        _ => format!("{name}: {}", amount(done)),
    }
}

/// A number of bytes, for people.
pub fn amount(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KiB", "MiB", "GiB", "TiB"];
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let mut unit = 0;
    let mut tenths = bytes * 10 / 1024;
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_servers_lead_nowhere_else() {
        for (name, safe) in [
            ("names.txt", "names.txt"),
            ("Plätzchen backen.png", "Plätzchen backen.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\me.dll", "me.dll"),
            ("a/b/..", "download"),
            ("", "download"),
            (".bashrc", "_.bashrc"),
            (". . .", "download"),
            ("report. ", "report"),
            ("con.txt", "_con.txt"),
            ("LPT1", "_LPT1"),
            ("company.txt", "company.txt"),
            ("a\u{1b}[31m\n.txt", "a_[31m_.txt"),
            ("gpj.\u{202e}exe", "gpj._exe"),
            ("what? <now>: \"x\".", "what_ _now__ _x_"),
        ] {
            assert_eq!(safe_name(name), safe, "{name}");
        }
    }

    #[test]
    fn progress_is_shown_in_steps_that_people_know() {
        for (bytes, text) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1.0 KiB"),
            (1_572_864, "1.5 MiB"),
            (5 << 40, "5.0 TiB"),
        ] {
            assert_eq!(amount(bytes), text);
        }
        assert_eq!(progress("a", 512, Some(1024)), "a: 50 % of 1.0 KiB");
        assert_eq!(progress("a", 512, None), "a: 512 B");
        assert_eq!(progress("a", 0, Some(0)), "a: 0 B");
    }
}
