//! Replaced by the real module when it is merged.
use serde_json::Value as Json;

/// A text with structure.
pub struct Document(String);

impl Document {
    /// Reads Markdown.
    pub fn from_markdown(text: &str) -> Document {
        Document(text.to_owned())
    }
    /// Reads ADF.
    pub fn from_adf(json: &Json) -> Result<Document, ()> {
        Ok(Document(json.to_string()))
    }
    /// Reads storage format.
    pub fn from_storage(text: &str) -> Result<Document, ()> {
        Ok(Document(text.to_owned()))
    }
    /// As ADF.
    pub fn to_adf(&self) -> Json {
        Json::from(self.0.as_str())
    }
    /// As wiki markup.
    pub fn to_wiki_markup(&self) -> String {
        self.0.clone()
    }
    /// As storage format.
    pub fn to_storage(&self) -> String {
        self.0.clone()
    }
    /// As text.
    pub fn to_text(&self) -> String {
        self.0.clone()
    }
}
