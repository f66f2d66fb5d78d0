//! A certificate authority that is made up at run time: names go in, certificates and keys come out, as files and for
//! servers.

use crate::home::overwrite;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Somebody who signs certificates.
pub(crate) struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
}

/// A certificate with its key.
pub(crate) struct Signed {
    certificate: rcgen::Certificate,
    key: KeyPair,
}

impl Authority {
    /// One that nobody knows yet.
    pub(crate) fn new(name: &str) -> Authority {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.distinguished_name.push(DnType::CommonName, name);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        Authority { issuer }
    }

    /// A certificate for a name or address; one that has ended in `last_year`.
    pub(crate) fn sign(&self, name: &str, last_year: Option<i32>) -> Signed {
        let mut params = CertificateParams::new([name.to_owned()]).expect("a name");
        if let Some(year) = last_year {
            params.not_after = rcgen::date_time_ymd(year, 12, 31);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        Signed { certificate, key }
    }

    /// Its certificate as a file.
    pub(crate) fn file(&self, folder: &Path) -> PathBuf {
        let file = folder.join("authority.pem");
        overwrite(&file, self.issuer.pem());
        file
    }

    /// What a server needs that shows a certificate, and wants to see one of `clients`.
    pub(crate) fn server(signed: &Signed, clients: Option<&Authority>) -> ServerConfig {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .expect("the provider knows them");
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                let der: CertificateDer<'static> = authority.issuer.der().clone();
                roots.add(der).expect("an authority");
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                        .build()
                        .expect("a verifier");
                builder.with_client_cert_verifier(verifier)
            }
        };
        let key = PrivateKeyDer::try_from(signed.key.serialize_der()).expect("a key");
        builder
            .with_single_cert(vec![signed.certificate.der().clone()], key)
            .expect("they fit together")
    }
}

impl Signed {
    /// Certificate and key as files.
    pub(crate) fn files(&self, folder: &Path) -> (PathBuf, PathBuf) {
        let (certificate, key) = (folder.join("client.pem"), folder.join("client.key"));
        overwrite(&certificate, self.certificate.pem());
        overwrite(&key, self.key.serialize_pem());
        (certificate, key)
    }
}
