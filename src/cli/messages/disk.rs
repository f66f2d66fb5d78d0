//! The wording for files, folders and stores that do not do what they should.

use super::super::failure::{Exit, Message};
use super::keyring;
use crate::disk::{Activity, DiskError, FileKind, Note};
use crate::secret::{Part, StoreError};
use std::io::ErrorKind;
use std::path::Path;

/// A file or folder that could not be read or written.
pub(in crate::cli) fn disk(error: &DiskError) -> Message {
    let failed = |what: String| Message::new(Exit::Failed, what);
    match error {
        DiskError::System {
            activity,
            path,
            source,
        } => system(*activity, path, source),
        DiskError::NoFileName { path } => {
            failed(format!("{} is not the name of a file", path.display()))
        }
        DiskError::NotAFile { path, found } => {
            let found = match found {
                FileKind::Folder => "a folder",
                FileKind::Special => "a device or a pipe",
            };
            failed(format!("{} is {found}, not a file", path.display()))
        }
        DiskError::FolderMissing { folder, file } => failed(format!(
            "there is no folder {} for {}",
            folder.display(),
            file.display()
        ))
        .hint(format!("make it: `mkdir -p {}`", folder.display())),
        DiskError::DanglingLink { link, target } => failed(format!(
            "{} is a link to {}, and there is no such folder",
            link.display(),
            target.display()
        ))
        .hint("make the folder, or remove the link"),
        DiskError::ReadOnlyFile { path } => failed(format!("{} is read-only", path.display()))
            .hint(format!("to allow changes: `chmod u+w {}`", path.display())),
        DiskError::ReadOnlyFolder { folder } => {
            failed(format!("the folder {} is read-only", folder.display())).hint(format!(
                "to allow changes: `chmod u+w {}`",
                folder.display()
            ))
        }
        DiskError::ForeignOwner { path, owner, .. } => failed(format!(
            "{} belongs to another user (id {owner}) and is not used",
            path.display()
        ))
        .hint("it has to be yours: remove it, or choose another folder with LASSI_CONFIG_DIR"),
        DiskError::LockHeld {
            lock,
            target,
            waited,
        } => {
            let what = format!(
                "another process has been changing {} for {} seconds",
                target.display(),
                waited.as_secs()
            );
            failed(what)
                .at(lock.display())
                .hint("end the other process, and try again")
        }
        DiskError::Changed { path } => unsteady(path),
    }
}

fn system(activity: Activity, path: &Path, source: &std::io::Error) -> Message {
    let doing = match activity {
        Activity::Resolve => "cannot be found",
        Activity::Examine | Activity::Read => "cannot be read",
        Activity::CreateFolder => "cannot be made",
        Activity::CreateFile
        | Activity::Write
        | Activity::Sync
        | Activity::KeepOwner
        | Activity::Replace => "cannot be written",
        Activity::Remove => "cannot be removed",
        Activity::Tighten => "cannot be made private",
        Activity::Lock => "cannot be locked",
    };
    let message = Message::new(
        Exit::Failed,
        format!("{} {doing}: {}", path.display(), reason(source.kind())),
    );
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            message.hint("nothing was changed; free some space and try again")
        }
        ErrorKind::PermissionDenied => {
            message.hint("nothing was changed; look at the permissions of the file and its folder")
        }
        _ => message,
    }
}

/// The system's reason, without its number.
pub(in crate::cli) fn reason(kind: ErrorKind) -> String {
    match kind {
        ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        ErrorKind::IsADirectory => "it is a folder".to_owned(),
        ErrorKind::StorageFull => "there is no space left".to_owned(),
        ErrorKind::QuotaExceeded => "the quota is used up".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only".to_owned(),
        kind => kind.to_string(),
    }
}

/// A file that somebody else keeps writing.
pub(in crate::cli) fn unsteady(path: &Path) -> Message {
    Message::new(
        Exit::Failed,
        format!(
            "{} is being changed by somebody else all the time",
            path.display()
        ),
    )
    .hint("nothing was changed; try again")
}

/// A store that cannot do what it was asked.
pub(in crate::cli) fn store(error: &StoreError) -> Message {
    let failed = |what: String| Message::new(Exit::Failed, what);
    let aside = |file: &Path| {
        format!(
            "nothing was overwritten; put the file back from a backup, or move it aside: `mv {0} {0}.broken`",
            file.display()
        )
    };
    match error {
        StoreError::Disk(error) => disk(error),
        StoreError::NotJson { file, line, column } => {
            failed("the credentials are not valid JSON".to_owned())
                .at(format!("{}:{line}:{column}", file.display()))
                .hint(aside(file))
        }
        StoreError::Malformed { file, part } => {
            let part = match part {
                Part::Whole => "the file is no JSON object",
                Part::Version => "`version` is missing or no number",
                Part::Entries => "`entries` is missing or no object",
                Part::Names => "`names` is missing or no list of texts",
            };
            failed(format!("the credentials cannot be used: {part}"))
                .at(file.display())
                .hint(aside(file))
        }
        StoreError::UnknownVersion { file, version } => failed(format!(
            "the credentials are of version {version}, which this lassi does not know"
        ))
        .at(file.display())
        .hint("use the lassi that wrote them, or a newer one"),
        StoreError::KeyMissing { key, file, .. } => {
            let what = format!(
                "the key to the stored secrets is missing: {}",
                key.display()
            );
            failed(what).at(file.display()).hint(format!(
                "put it back from a backup; without it, start anew: `mv {0} {0}.lost`, and save the secrets again",
                file.display()
            ))
        }
        StoreError::KeyMalformed { key } => {
            failed("the key to the stored secrets is damaged".to_owned())
                .at(key.display())
                .hint("put it back from a backup")
        }
        StoreError::Damaged { name, file } => {
            let path = name.split('@').next().unwrap_or(name);
            failed(format!(
                "`{path}` is stored, but cannot be decrypted: the entry or the key was changed"
            ))
            .at(file.display())
            .hint(format!(
                "to save it anew: `lassi config set --secret-stdin {}`",
                super::super::describe::shell_word(path)
            ))
        }
        StoreError::NoRandomness => {
            failed("the system gives no random numbers, so nothing can be encrypted".to_owned())
        }
        StoreError::Unsteady { file, .. } => unsteady(file),
        StoreError::Keyring { fault } => keyring::keyring(fault),
        StoreError::NotInKeyring { name } => keyring::not_in_keyring(name),
        StoreError::NotTextInKeyring { name } => keyring::not_text_in_keyring(name),
        StoreError::HalfChanged { names, fault } => keyring::half_changed(names, fault),
    }
}

/// What became of modes.
pub(in crate::cli) fn note(note: &Note) -> Message {
    match note {
        Note::Tightened { path, from, to } => {
            let what = format!(
                "{} could be read by others ({from:03o}); it is private now ({to:03o})",
                path.display()
            );
            Message::new(Exit::Failed, what)
        }
        Note::LeftLoose { path, mode } => {
            let what = format!(
                "{} can be read by others ({mode:03o}), and that cannot be changed",
                path.display()
            );
            Message::new(Exit::Failed, what).hint("choose another folder with LASSI_CONFIG_DIR")
        }
    }
}
