//! Files of certificates and keys go in, what reqwest takes comes out.

use super::{HttpError, TlsFile};
use crate::config::views::Connection;
use reqwest::{Certificate, Identity};
use std::fs;
use std::path::Path;
use zeroize::Zeroizing;

/// The certificates of `connection.ca_bundle`.
pub(super) fn bundle(connection: &Connection) -> Result<Vec<Certificate>, HttpError> {
    let Some(file) = &connection.ca_bundle else {
        return Ok(Vec::new());
    };
    let pem = read(TlsFile::CaBundle, file)?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(certificates),
        _ => Err(unusable(TlsFile::CaBundle, file)),
    }
}

/// The certificate that this machine shows, with its key.
pub(super) fn identity(connection: &Connection) -> Result<Option<Identity>, HttpError> {
    let (certificate, key) = match (&connection.client_cert, &connection.client_key) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => (certificate, key),
        (Some(_), None) => {
            return Err(HttpError::HalfIdentity {
                missing: TlsFile::ClientKey,
            });
        }
        (None, Some(_)) => {
            return Err(HttpError::HalfIdentity {
                missing: TlsFile::ClientCertificate,
            });
        }
    };
    let mut pem = read(TlsFile::ClientCertificate, certificate)?;
    if Certificate::from_pem_bundle(&pem).map_or(true, |all| all.is_empty()) {
        return Err(unusable(TlsFile::ClientCertificate, certificate));
    }
    pem.push(b'\n');
    pem.extend_from_slice(&read(TlsFile::ClientKey, key)?);
    // the certificates were read above: what is wrong is the key
    Identity::from_pem(&pem)
        .map(Some)
        .map_err(|_| unusable(TlsFile::ClientKey, key))
}

fn read(which: TlsFile, file: &Path) -> Result<Zeroizing<Vec<u8>>, HttpError> {
    fs::read(file)
        .map(Zeroizing::new)
        .map_err(|error| HttpError::TlsFile {
            which,
            file: file.to_path_buf(),
            reason: Some(error.kind()),
        })
}

fn unusable(which: TlsFile, file: &Path) -> HttpError {
    HttpError::TlsFile {
        which,
        file: file.to_path_buf(),
        reason: None,
    }
}
