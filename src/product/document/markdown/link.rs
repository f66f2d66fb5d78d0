//! The target of a Markdown link goes in; what it stands for in the tree comes out, and back.
//!
//! A few schemes say that something else than a link is meant: `accountid:` a person, `status:` a coloured word,
//! `date:` a day; and for pictures `attachment:` a file of the same page, `media:` one of the media store.

use super::super::tree::{Color, Image, Inline, Mention};

/// What a link with this text stands for, unless it is a link.
pub(super) fn special(target: &str, text: &str) -> Option<Inline> {
    let (scheme, value) = target.split_once(':')?;
    match scheme {
        "accountid" if !value.is_empty() => Some(Inline::Mention(Mention {
            account: value.to_owned(),
            name: text.strip_prefix('@').unwrap_or(text).to_owned(),
        })),
        "status" if !text.is_empty() => Some(Inline::Status {
            text: text.to_owned(),
            color: Color::named(value),
        }),
        "date" => value.parse().ok().map(Inline::Date),
        _ => None,
    }
}

/// The picture that a target stands for.
pub(super) fn image(target: &str, alt: String) -> Image {
    if let Some(stored) = target.strip_prefix("media:") {
        let (collection, id) = stored.rsplit_once('/').unwrap_or(("", stored));
        if !id.is_empty() {
            return Image::Stored {
                id: id.to_owned(),
                collection: collection.to_owned(),
                alt,
            };
        }
    }
    let file = target.strip_prefix("attachment:");
    match file.or_else(|| (!target.contains([':', '/'])).then_some(target)) {
        Some(file) if !file.is_empty() => Image::Attachment {
            file: file.to_owned(),
            alt,
        },
        _ => Image::Address {
            url: target.to_owned(),
            alt,
        },
    }
}

/// The target that stands for a picture, and its description.
pub(super) fn of_image(image: &Image) -> (String, &str) {
    match image {
        Image::Address { url, alt } => (url.clone(), alt),
        Image::Attachment { file, alt } => (format!("attachment:{file}"), alt),
        Image::Stored {
            id,
            collection,
            alt,
        } if collection.is_empty() => (format!("media:{id}"), alt),
        Image::Stored {
            id,
            collection,
            alt,
        } => (format!("media:{collection}/{id}"), alt),
    }
}
