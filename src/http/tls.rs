//! Files of certificates and keys go in, what reqwest takes comes out.

use super::{HttpError, TlsFile};
use crate::config::views::Connection;
use reqwest::{Certificate, Identity};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use rustls::{Error as TlsError, RootCertStore};
use std::fs;
use std::path::Path;
use zeroize::Zeroizing;

/// The certificates of `connection.ca_bundle`.
pub(super) fn bundle(connection: &Connection) -> Result<Vec<Certificate>, HttpError> {
    let Some(file) = &connection.ca_bundle else {
        return Ok(Vec::new());
    };
    let pem = read(TlsFile::CaBundle, file)?;
    let mut roots = RootCertStore::empty();
    // reqwest would look into them too late to say which file it is
    let all_fit = ders(&pem).is_some_and(|ders| ders.into_iter().all(|der| roots.add(der).is_ok()));
    match Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if all_fit && !certificates.is_empty() => Ok(certificates),
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
    let chain = ders(&pem)
        .filter(|chain| !chain.is_empty())
        .ok_or_else(|| unusable(TlsFile::ClientCertificate, certificate))?;
    let key_pem = read(TlsFile::ClientKey, key)?;
    let wrong_key = |_| unusable(TlsFile::ClientKey, key);
    let key_der = PrivateKeyDer::from_pem_slice(&key_pem).map_err(wrong_key)?;
    let provider = rustls::crypto::ring::default_provider();
    CertifiedKey::from_der(chain, key_der, &provider).map_err(|error| match error {
        TlsError::InvalidCertificate(_) => unusable(TlsFile::ClientCertificate, certificate),
        _ => unusable(TlsFile::ClientKey, key),
    })?;
    pem.push(b'\n');
    pem.extend_from_slice(&key_pem);
    Identity::from_pem(&pem)
        .map(Some)
        .map_err(|_| unusable(TlsFile::ClientKey, key))
}

/// The certificates in a text in PEM form; `None` if one of them is broken.
fn ders(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .ok()
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
